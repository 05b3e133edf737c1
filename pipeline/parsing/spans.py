"""The spaCy pipeline: a tokenizer that keeps document symbols, dates and decimal commas whole, and the components.

Tokens serve what works on tokens (spans for display, statistics); the rules work on the text, whose offsets are the
tokens'; every fact is a span of tokens too (``annotate``), so spaCy's own tools can show and train on them.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import regex
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.document import Document
from pipeline.parsing import (
    attached,
    checks,
    deadlines,
    header,
    references,
    responsibilities,
    results,
    sections,
    tablefigures,
    tables,
    targets,
    tasks,
)
from pipeline.parsing.paragraphs import rejoin
from pipeline.parsing.reading import Reading
from pipeline.parsing.zones import Zones, divide
from pipeline.records import Facts

COMPONENTS: Final = (
    "vanban_header",
    "vanban_sections",
    "vanban_references",
    "vanban_targets",
    "vanban_results",
    "vanban_responsibilities",
    "vanban_deadlines",
    "vanban_tables",
    "vanban_tasks",
    "vanban_table_figures",
    "vanban_attachments",
    "vanban_checks",
)
"""In the order in which they run: each may read what those before it found."""

_MODULES: Final = (
    header, sections, references, targets, results, responsibilities, deadlines, tables, tasks, tablefigures, attached,
    checks,
)  # fmt: skip
_TOKEN: Final = regex.compile(
    r"\d+\p{L}?(?:[/.\-–]\d+)*(?:\s?/\s?)?(?:(?<=/)\p{Lu}[\p{L}\d]*(?:[-–/]\p{Lu}[\p{L}\d]*)*)?"
    r"(?:,\d+)*(?:-\p{Lu}{1,4}/\p{Lu}+)?%?|\p{Lu}{1,3}\.(?=\s)|[\p{L}\p{M}]+(?:/[\p{L}]{1,3}(?!\p{L}))?|\s+|."
)
_LONGEST_TOKEN: Final = 200
_LONGEST_TEXT: Final = 1_000_000_000


class SymbolTokenizer:
    """Cuts text into words, but keeps 608/QĐ-UBND, 15-NQ/TU, 02/4/2025, 39,73% and TM. whole."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the tokens of `text`; their texts and spaces make it up again."""
        words: list[str] = []
        spaces: list[bool] = []
        for match in _TOKEN.finditer(text):
            piece = match[0]
            if piece == " " and words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
                continue
            for at in range(0, len(piece), _LONGEST_TOKEN):
                words.append(piece[at : at + _LONGEST_TOKEN])
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)


@cache
def pipeline() -> Language:
    """Return the pipeline; one a process."""
    if not Doc.has_extension("reading"):
        Doc.set_extension("reading", default=None)
    nlp = spacy.blank("xx")
    nlp.tokenizer = SymbolTokenizer(nlp.vocab)
    nlp.max_length = _LONGEST_TEXT  # spaCy's own limit is for parsers that need memory by the token; there is none here
    for component in COMPONENTS:
        nlp.add_pipe(component)
    return nlp


def annotate(document: Document) -> Doc:
    """Return the tokens of a document's text; ``doc.spans["facts"]`` has one span a fact, labelled by its rule.

    ``doc._.reading.facts`` are the facts. A component that runs into a time limit, or fails,
    costs its own facts and not the others'; a warning says so.
    """
    try:
        zones = divide(document)
    except TimeoutError:
        zones = Zones(body=[place for place in document.places if place.line.text.strip()])
    reading = Reading(document, zones, rejoin(zones))
    nlp = pipeline()
    doc = nlp.make_doc(reading.view.text)
    doc._.reading = reading
    for name, component in nlp.pipeline:
        try:
            doc = component(doc)
        except TimeoutError:
            kind = name.removeprefix("vanban_")
            reading.warn("pattern_timeout", f"{kind}: the text took too long to search; facts may be missing")
        except Exception as error:  # a fault of ours costs the rest of its kind, not the document
            kind = name.removeprefix("vanban_")
            reading.warn("rule_failed", f"{kind}: {type(error).__name__}: {error}; facts may be missing")
    spans = (doc.char_span(start, end, label=rule, alignment_mode="expand") for rule, start, end in reading.marks)
    doc.spans["facts"] = [span for span in spans if span is not None]
    return doc


def read(document: Document) -> Facts:
    """Return the facts of a document; the tokens are forgotten, so that a long run does not gather their strings."""
    with pipeline().memory_zone():
        reading: Reading = annotate(document)._.reading
        return reading.facts
