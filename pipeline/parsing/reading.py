"""What the components of the pipeline share: the document, its view, its nodes, the facts found so far.

Each component reads what those before it found and adds its own kind of fact; `Reading.fact` gives every fact its
evidence, its confidence (the least of the rule's own and of those of the words it stands on) and the words' doubts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Final, Literal, TypedDict

from models.figures import FigureModel, load_figures
from pipeline.document import Document
from pipeline.parsing.priors import RIGHT
from pipeline.parsing.view import Paragraph, View
from pipeline.parsing.zones import Zones
from pipeline.records import Confidence, Evidence, Facts, Warning

Mood = Literal["goal", "result"]
_KEPT: Final = 64
"""Of how many paragraphs at a time it is kept what a model sees and thinks of their figures."""


class Recent(dict[int, Any]):
    """What is known of the paragraphs asked for last, by their index: a long document's would fill gigabytes."""

    def __setitem__(self, index: int, value: Any) -> None:
        super().__setitem__(index, value)
        if len(self) > _KEPT:
            del self[next(iter(self))]


class Standing(TypedDict):
    """What every fact is built with."""

    evidence: Evidence
    confidence: float
    parts: Confidence
    doubts: list[str]
    rule: str


def _mean(confidences: list[float]) -> float | None:
    return round(sum(confidences) / len(confidences), 4) if confidences else None


@dataclass(slots=True)
class Node:
    """An enumerated node: its id, its heading, and the paragraphs from its label to the next one's."""

    id: str
    heading: str | None
    start: int
    parent: Node | None
    style: str
    mood: Mood
    paragraphs: list[int] = field(default_factory=list)
    children: int = 0
    loud: bool = False
    """Whether its title is set in capitals."""


@dataclass(slots=True)
class Block:
    """A paragraph with its place in the document. `words` is where its words begin, after label, heading or bullet.

    `part` tells the preamble (before the first node) and the closing (after the last) from what stands in nodes.
    """

    paragraph: Paragraph
    index: int
    words: int
    node: Node | None = None
    part: Literal["preamble", "node", "closing"] = "node"
    labelled: bool = False
    mood: Mood = "goal"

    @property
    def section(self) -> str | None:
        """The id of its node; a preamble and a closing belong to none."""
        return self.node.id if self.node is not None and self.part == "node" else None


@dataclass
class Reading:
    """One document on its way through the components."""

    document: Document
    zones: Zones
    view: View
    facts: Facts = field(default_factory=Facts)
    blocks: list[Block] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    taken: list[tuple[int, int]] = field(default_factory=list)
    """Spans of the view that are numbers and dates of documents: no quantities, no deadlines."""
    taken_index: Any = None
    """The same spans in order, as figures.py looks them up; made when all are known."""
    own_date: str | None = None
    """The document's date as moods.py takes it, "" for none; None as long as it was not looked for."""
    moods: dict[int, Mood | None] = field(default_factory=dict)
    """What moods.py found of a figure, by its offset."""
    telling: dict[int, bool] = field(default_factory=dict)
    """Whether a paragraph tells of outcomes, by its index: each of its figures asks."""
    quantities: dict[int, Any] = field(default_factory=dict)
    """What quantities.py read in a paragraph, by the paragraph's index."""
    surroundings: Recent = field(default_factory=Recent)
    """The words around a paragraph's figures as surroundings.py sees them, by the paragraph's index."""
    model: FigureModel = field(default_factory=load_figures)
    """What judges figures."""
    opinions: Recent = field(default_factory=Recent)
    """What the model thinks of a paragraph's figures (see opinions.py), by the paragraph's index."""
    weighed: list[Any] = field(default_factory=list)
    """What speaks for each target and result found (see sureness.py), which the model's fitting asks for."""
    heads: list[int | None] = field(default_factory=list)
    """The block that heads the list of each block, as far as headings.py has looked."""
    heading_units: dict[str, list[str]] = field(default_factory=dict)
    """The units that a node is headed by, by the node's id."""
    regulates: bool | None = None
    """Whether the document is a set of rules (see regulations.py)."""
    goals_start: int | None = None
    """Where the first part begins that names goals, 0 for none; None as long as headings.py was not asked."""
    leaning: float | None = None
    """Whether the text of a document of unknown type promises (above zero) or reports (see moods.py)."""
    tables: list[Any] = field(default_factory=list)
    """What tables.py read of each of ``facts.tables`` for the components after it (tables.TableReading)."""
    printed_year: str | None = None
    """The year in the header, also where the day is written by hand."""
    marks: list[tuple[str, int, int]] = field(default_factory=list)
    """Rule and span of the view of every fact, for spaCy's own tools (see spans.annotate)."""

    @cached_property
    def scanned(self) -> bool:
        """Whether pages of it were read from a picture."""
        return any(page.text_source == "ocr" for page in self.document.pages)

    @cached_property
    def headings(self) -> dict[str, str | None]:
        """The headings of the nodes by their ids; to be asked for when all nodes are known."""
        return {node.id: node.heading for node in self.nodes}

    def text(self, start: int, end: int) -> str:
        """Return a stretch of the view."""
        return self.view.text[start:end]

    def evidence(self, start: int, end: int) -> Evidence:
        """Return where a stretch of the view stands on the paper."""
        return self.document.evidence(*self.view.source(start, end))

    def fact(
        self, start: int, end: int, rule: str, doubts: tuple[str, ...] = (), sure: float | None = None
    ) -> Standing:
        """Return what a fact over a stretch of the view is built with; `sure` is how likely it is right, where more is
        known of it than that the rule found it."""
        self.marks.append((rule, start, end))
        return self.fact_of_source(*self.view.source(start, end), rule, doubts, sure)

    def fact_of_source(
        self, start: int, end: int, rule: str, doubts: tuple[str, ...] = (), sure: float | None = None
    ) -> Standing:
        """The same for a span of the document's own text."""
        prior = RIGHT[rule] if sure is None else sure
        words = self.document.words(start, end)
        parts = Confidence(
            rule=prior,
            reading=_mean([word.confidence for word in words if word.text == word.raw]),
            restoration=_mean([word.confidence for word in words if word.text != word.raw]),
        )
        flags = dict.fromkeys(doubts)
        for word in words:
            if word.doubts:
                flags.update(dict.fromkeys(word.doubts))
        return Standing(
            evidence=self.document.evidence(start, end),
            confidence=min(part for part in (prior, parts.reading, parts.restoration) if part is not None),
            parts=parts,
            doubts=list(flags),
            rule=rule,
        )

    def warn(self, code: str, message: str, page: int | None = None) -> None:
        """Record something a person should know."""
        self.facts.warnings.append(Warning(page=page, code=code, message=message))

    def year(self, last: bool = True) -> str | None:
        """The year the document speaks of: the last in its title (a report: the first), else that of its date."""
        return self._title_year(-1 if last else 0) or (self.facts.header.date or "")[:4] or self.printed_year

    def _title_year(self, which: int) -> str | None:
        found = _years_in(self.facts.header.title or "")
        return found[which] if found else None


@lru_cache(maxsize=16)
def _years_in(title: str) -> tuple[str, ...]:
    """Return the years that a title names; every figure asks for that of its document."""
    words = [word.strip(".,;()") for part in title.split() for word in part.replace("–", "-").split("-")]
    return tuple(word for word in words if len(word) == 4 and word.isdigit() and 1990 <= int(word) <= 2100)
