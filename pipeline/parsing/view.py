"""The text as parsing reads it: paragraphs rejoined over lines and pages, every offset leading back to the document.

A paragraph's lines are joined by one space, or by nothing where a document symbol breaks ("QĐ-" / "UBND").
The paragraphs are joined by line feeds. ``view.source(start, end)`` turns a span of the view into a span of
``document.text``, so evidence is always of the paper, never of what parsing made of it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from diacritics.folding import fold
from pipeline.parsing.labels import Label

Zone = Literal["body", "attachment", "table"]


class Piece(NamedTuple):
    """A stretch of the view copied from the document: where it begins in each, and how long it is."""

    start: int
    source: int
    length: int


@dataclass(slots=True)
class Paragraph:
    """A span of the view; `bullet` (where the words after it begin, 0 for none) and `label` count from `start`."""

    start: int
    end: int
    zone: Zone = "body"
    bullet: int = 0
    label: Label | None = None
    reread: bool = False
    """Whether the label is not as it was read (see scheme.py)."""


def lowered(text: str) -> str:
    """Return `text` in lower case, one character for one ("İ" stays, its lower case is two characters)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


@dataclass
class View:
    """The rejoined text (`text`), in lower case (`low`), folded too (`folded`), and its paragraphs; all"""

    """offsets agree."""

    text: str
    paragraphs: list[Paragraph]
    pieces: list[Piece]
    low: str = field(init=False)
    folded: str = field(init=False)
    sentences: dict[tuple[int, int], list[tuple[int, int]]] = field(init=False, default_factory=dict)
    """What sentences.py cut a stretch into."""
    _starts: list[int] = field(init=False)
    _paragraph_starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.low = lowered(self.text)
        self.folded = fold(self.low)
        self._starts = [piece.start for piece in self.pieces]
        self._paragraph_starts = [paragraph.start for paragraph in self.paragraphs]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the document that ``text[start:end]`` stands for.

        Raises:
            ValueError: the span holds nothing of the document.
        """
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start >= end:
            raise ValueError("an empty span has no place")
        first, last = self._piece(start), self._piece(end - 1)
        return first.source + min(start - first.start, first.length - 1), last.source + (end - 1 - last.start) + 1

    def _piece(self, offset: int) -> Piece:
        return self.pieces[max(0, bisect_right(self._starts, offset) - 1)]

    def paragraph_at(self, offset: int) -> int:
        """Return the index of the paragraph that holds the offset."""
        return max(0, bisect_right(self._paragraph_starts, offset) - 1)


class ViewBuilder:
    """Collects pieces of the document into paragraphs."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.pieces: list[Piece] = []
        self.paragraphs: list[Paragraph] = []

    def open(self, zone: Zone) -> None:
        """Begin a paragraph."""
        if self.paragraphs:
            self._append("\n")
        self.paragraphs.append(Paragraph(self._length, self._length, zone))

    def add(self, text: str, source: int, glue: str = "") -> None:
        """Add a stretch of the document to the open paragraph, after `glue`."""
        paragraph = self.paragraphs[-1]
        if self._length > paragraph.start:
            self._append(glue)
        self.pieces.append(Piece(self._length, source, len(text)))
        self._append(text)
        paragraph.end = self._length

    def length(self) -> int:
        """Characters in the open paragraph."""
        return self._length - self.paragraphs[-1].start if self.paragraphs else 0

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def view(self) -> View:
        """Return what was collected."""
        return View("".join(self._parts), self.paragraphs, self.pieces)


@lru_cache(maxsize=1024)
def capitals(text: str) -> bool:
    """Whether the letters of `text` are all but a few capitals (a title, a name of a body).

    It is asked of each line several times, once more as the line before the next.
    """
    letters = list(filter(str.isalpha, text))
    return len(letters) > 1 and sum(map(str.isupper, letters)) >= 0.85 * len(letters)
