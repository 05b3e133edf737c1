"""Words, lines, pages, document: what travels from the page reader to the record.

Law of this module: every character of ``document.text`` belongs to a word or is a separator (one space between
words, one line feed between lines), so any span of the text leads back to words, and words to a place on the paper.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from math import cos, radians, sin
from typing import Final, Literal, NamedTuple

from pipeline.records import Evidence, Warning, Whole

TextSource = Literal["layer", "decoded_layer", "ocr", "restored", "text", "none"]
LineRole = Literal[
    "body", "header_left", "header_right", "foot_left", "foot_right", "page_number", "stamp", "signature", "table"
]
ASIDE: Final[frozenset[LineRole]] = frozenset({"page_number", "stamp", "signature"})
"""Roles of lines that stand beside the text, though a sentence goes on behind them."""

MarkKind = Literal["seal", "stamp", "signature", "handwriting"]


class Box(NamedTuple):
    """A rectangle in PDF points (1/72 inch), origin at the top left of the upright page."""

    x0: float
    y0: float
    x1: float
    y1: float

    def union(self, other: Box) -> Box:
        """Return the smallest box that holds both."""
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    @property
    def height(self) -> float:
        """Height in points."""
        return self.y1 - self.y0

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0


def box_round(boxes: Sequence[Box]) -> Box | None:
    """Return the smallest box that holds all boxes, None where there are none."""
    if not boxes:
        return None
    left, top, right, bottom = zip(*boxes, strict=True)
    return Box(min(left), min(top), max(right), max(bottom))


@dataclass(slots=True)
class Word:
    """One printed word: what was read (`raw`, never changed) and what it stands for after restoration (`text`).

    A restored word may hold spaces ("SOYTE" -> "SỞ Y TẾ"), and two raw words may have become one.
    `confidence` is 0 to 1; `doubts` names what makes the word untrustworthy (see records.Doubt).
    """

    raw: str
    text: str
    box: Box | None = None
    confidence: float = 1.0
    doubts: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()


class PageMark(NamedTuple):
    """What a person put on the paper beside the print: a seal (*con dấu*), a stamp, a signature, a pen's writing."""

    kind: MarkKind
    box: Box


class CellPlace(NamedTuple):
    """Where a line of a table stands: the table's number on its page, row and column (all from 0), spans, cell box."""

    table: int
    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(slots=True)
class Line:
    """Words side by side on the page, in reading order; `role` is what the layout took the line for.

    Lines of a ruled table know their `cell`; an empty cell has no line.

    A line of plain-text input may be empty: blank lines are lines, so that line numbers are those of the file.
    """

    words: list[Word]
    role: LineRole = "body"
    cell: CellPlace | None = None

    @property
    def text(self) -> str:
        """The words joined by one space."""
        return " ".join([word.text for word in self.words])

    @property
    def raw(self) -> str:
        """What was read, before any restoration."""
        return " ".join([word.raw for word in self.words])

    @property
    def box(self) -> Box | None:
        """The smallest box round the words, None where they have none."""
        return box_round([word.box for word in self.words if word.box is not None])

    @property
    def confidence(self) -> float:
        """Mean confidence of the words, 0 to 1; an empty line is sure."""
        return sum([word.confidence for word in self.words]) / len(self.words) if self.words else 1.0


@dataclass(slots=True, eq=False)
class Page:
    """One page: its size in points, where its text came from, and its lines in reading order.

    `number` counts from 1. `width` and `height` are None for input that has no pages (plain text).
    `rotation_degrees` and `skew_degrees` are what was undone before reading, clockwise. The words' boxes lie on the
    page made level, so that rows and columns can be told by them; what goes into a record is turned back by
    `as_scanned`, so that it fits the picture that people look at. `ruling` are the printed lines, level too.
    """

    number: int
    width: float | None
    height: float | None
    text_source: TextSource
    lines: list[Line] = field(default_factory=list)
    dpi: Whole | None = None
    rotation_degrees: Whole = 0
    skew_degrees: float = 0.0
    layer: dict[str, float | str | bool] = field(default_factory=dict)
    warnings: list[Warning] = field(default_factory=list)
    marks: list[PageMark] = field(default_factory=list)
    ruling: list[Box] = field(default_factory=list)

    @property
    def confidence(self) -> float | None:
        """Mean confidence over the words of the page, None where it has none."""
        scores = [word.confidence for line in self.lines for word in line.words]
        return sum(scores) / len(scores) if scores else None

    def as_scanned(self, box: Box) -> Box:
        """Return the smallest upright box round what `box`, on the level page, covers on the page as it was scanned."""
        if not self.skew_degrees or self.width is None or self.height is None:
            return box
        sine, cosine = sin(radians(self.skew_degrees)), cos(radians(self.skew_degrees))
        middle_x, middle_y = self.width / 2, self.height / 2
        corners = [(x - middle_x, y - middle_y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
        xs = [middle_x + x * cosine - y * sine for x, y in corners]
        ys = [middle_y + x * sine + y * cosine for x, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))

    def box_as_scanned(self, words: Iterable[Word]) -> Box | None:
        """Return the smallest box, on the page as it was scanned, round words of this page; None where none has one."""
        boxes = [word.box for word in words if word.box is not None]
        return box_round([self.as_scanned(box) for box in boxes] if self.skew_degrees else boxes)


class Place(NamedTuple):
    """A line of the document with its text, the offsets of that (``document.text[start:end] == text``), and its box."""

    page: Page
    number: int
    line: Line
    start: int
    end: int
    text: str
    box: Box | None


@dataclass
class Document:
    """All pages of one document. Do not change pages, lines or words once `text` has been asked for."""

    pages: list[Page]

    @cached_property
    def places(self) -> list[Place]:
        """Every line with its page, its number on the page (from 1) and its offsets in `text`."""
        places, offset = [], 0
        for page in self.pages:
            for number, line in enumerate(page.lines, start=1):
                text = line.text
                end = offset + len(text)
                places.append(Place(page, number, line, offset, end, text, line.box))
                offset = end + 1
        return places

    @cached_property
    def text(self) -> str:
        """The texts of all lines, one a line."""
        return "\n".join([place.text for place in self.places])

    @cached_property
    def _word_starts(self) -> dict[int, list[int]]:
        """Offset of a line -> offsets of its words, as far as asked for: a line may be a megabyte long."""
        return {}

    @cached_property
    def _starts(self) -> list[int]:
        return [place.start for place in self.places]

    def places_of(self, start: int, end: int) -> list[Place]:
        """Return the lines that the span ``text[start:end]`` touches."""
        first = max(0, bisect_right(self._starts, start) - 1)
        last = bisect_right(self._starts, max(start, end - 1))
        return self.places[first:last]

    def words(self, start: int, end: int) -> list[Word]:
        """Return the words that share a character with the span ``text[start:end]``."""
        return [word for place in self.places_of(start, end) for word in self._words_of(place, start, end)]

    def _words_of(self, place: Place, start: int, end: int) -> list[Word]:
        words = place.line.words
        if start <= place.start and place.end <= end:
            return words
        starts = self._word_starts.get(place.start)
        if starts is None:
            lengths = [len(word.text) + 1 for word in words[:-1]]
            starts = self._word_starts[place.start] = list(accumulate(lengths, initial=place.start))
        first = max(0, bisect_right(starts, start) - 1)
        if words and starts[first] + len(words[first].text) <= start:
            first += 1  # the span begins with the space behind it
        return words[first : bisect_left(starts, end)]

    def _box(self, places: Iterable[Place], start: int, end: int) -> Box | None:
        """Return the box, on the page as it was scanned, of a span's words in lines of one page."""
        boxes: list[Box | None] = []
        for place in places:
            words = self._words_of(place, start, end)
            if place.page.skew_degrees:
                boxes.append(place.page.box_as_scanned(words))
            elif words is place.line.words:
                boxes.append(place.box)
            else:
                boxes += [word.box for word in words]
        return box_round([box for box in boxes if box is not None])

    def evidence(self, start: int, end: int) -> Evidence:
        """Return where the span ``text[start:end]`` stands on the paper.

        The box is that of the span's words on the first page it touches; the quote leaves out a page's number and
        stamps that the sentence runs past. Input without pages has page and box None;
        its lines are still counted.

        Raises:
            ValueError: the span is empty or outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no such span: {start}:{end} of a text of {len(self.text)} characters")
        places = self.places_of(start, end)
        page = places[0].page
        on_page = [place for place in places if place.page is page]
        box = self._box(on_page, start, end)
        return Evidence(
            page=None if page.width is None else page.number,
            lines=(on_page[0].number, on_page[-1].number),
            bbox=None if box is None else (box.x0, box.y0, box.x1, box.y1),
            quote=self._quote(places, start, end),
            span=(start, end),
        )

    def _quote(self, places: list[Place], start: int, end: int) -> str:
        within = [place for place in places if place.line.role not in ASIDE] if len(places) > 1 else places
        texts = [self.text[max(start, place.start) : min(end, place.end)] for place in within or places]
        return " ".join(" ".join(texts).split())
