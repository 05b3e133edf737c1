"""Words put side by side into rows, from their boxes alone: OCR words and text-layer words alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from pipeline.document import Box, Word

SAME_ROW_OVERLAP = 0.45  # share of the lower word's height that two neighbours in a row must share
SMALL = 0.55  # a word lower than this share of the usual height is a dash, dots or a quote: it makes no row


@dataclass
class Placed:
    """A word that is sure to have a box."""

    word: Word
    box: Box

    @property
    def middle(self) -> float:
        """Height of the word's middle on the page."""
        return (self.box.y0 + self.box.y1) / 2

    @property
    def centre(self) -> float:
        """Where the word's middle lies from left to right."""
        return (self.box.x0 + self.box.x1) / 2


Row = list[Placed]


def placed(words: Iterable[Word]) -> list[Placed]:
    """Return the words that have a box."""
    return [Placed(word, word.box) for word in words if word.box is not None]


def box_of(row: Iterable[Placed]) -> Box:
    """The smallest box round the words; there must be one."""
    boxes = [item.box for item in row]
    return Box(min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes))


def text_of(row: Iterable[Placed]) -> str:
    """The words joined by one space."""
    return " ".join(item.word.text for item in row)


def usual_height(words: list[Placed]) -> float:
    """The height of a usual word on this page, in points."""
    return median([item.box.height for item in words]) if words else 0.0


def rows(words: list[Placed]) -> list[Row]:
    """Put words into rows, the rows from the top down, each from left to right.

    A word joins the row whose last word lies beside it. Looking at the neighbour instead of the whole row lets lines
    climb or bend a little, as on scans of bound paper.
    """
    usual = usual_height(words)
    tall = sorted((w for w in words if w.box.height >= SMALL * usual), key=lambda w: w.box.x0)
    found: list[Row] = []
    bands = _Bands(max(usual, 1.0))
    for item in tall:
        best = max(bands.near(item.box), key=lambda at: _overlap(found[at][-1].box, item.box), default=None)
        if best is None or _overlap(found[best][-1].box, item.box) < SAME_ROW_OVERLAP:
            best = len(found)
            found.append([])
        found[best].append(item)
        bands.put(best, item.box)
    for item in words:
        if item.box.height < SMALL * usual:
            _join_nearest(item, found, usual)
    for row in found:
        row.sort(key=lambda w: w.box.x0)
    return sorted(found, key=lambda row: (sum(w.middle for w in row) / len(row), row[0].box.x0))


class _Bands:
    """Rows by the height at which they have words, so that a word is compared with its neighbours only."""

    def __init__(self, height: float) -> None:
        self._height = height
        self._rows: dict[int, set[int]] = {}

    def put(self, row: int, box: Box) -> None:
        """Note that a row has a word there."""
        for band in self._span(box):
            self._rows.setdefault(band, set()).add(row)

    def near(self, box: Box) -> list[int]:
        """Return the rows that have a word at this height, in order."""
        return sorted(set().union(*(self._rows.get(band, ()) for band in self._span(box))))

    def _span(self, box: Box) -> range:
        return range(int(box.y0 // self._height), int(box.y1 // self._height) + 1)


def _overlap(a: Box, b: Box) -> float:
    """Shared height as a share of the lower box's."""
    lower = min(a.height, b.height)
    return (min(a.y1, b.y1) - max(a.y0, b.y0)) / lower if lower > 0 else 0.0


def _join_nearest(item: Placed, found: list[Row], usual: float) -> None:
    """Put a dash or dots into the row that it stands in, or into one of its own."""

    def distance(row: Row) -> float:
        near = min(row, key=lambda w: abs(w.centre - item.centre))
        return max(near.box.y0 - item.middle, item.middle - near.box.y1, 0.0)

    best = min(found, key=distance, default=None)
    if best is not None and distance(best) <= 0.25 * usual:
        best.append(item)
    else:
        found.append([item])
