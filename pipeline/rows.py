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
    found: list[Row] = []
    bands = _Bands(max(usual, 1.0))
    small = []
    for item in sorted(words, key=lambda w: w.box.x0):
        if item.box.height < SMALL * usual:
            small.append(item)
            continue
        best, shared = len(found), 0.0
        for at in bands.near(item.box.y0, item.box.y1):
            overlap = _overlap(found[at][-1].box, item.box)
            if overlap > shared:
                best, shared = at, overlap
        if shared < SAME_ROW_OVERLAP:
            best = len(found)
            found.append([])
        found[best].append(item)
        bands.put(best, item.box)
    for item in small:
        _join_nearest(item, found, bands, usual)
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
        for band in self._span(box.y0, box.y1):
            self._rows.setdefault(band, set()).add(row)

    def near(self, top: float, bottom: float) -> list[int]:
        """Return the rows that have a word between these heights, in order."""
        return sorted(set().union(*[self._rows.get(band, ()) for band in self._span(top, bottom)]))

    def _span(self, top: float, bottom: float) -> range:
        return range(int(top // self._height), int(bottom // self._height) + 1)


def _overlap(a: Box, b: Box) -> float:
    """Shared height as a share of the lower box's."""
    a_top, a_bottom, b_top, b_bottom = a.y0, a.y1, b.y0, b.y1
    lower = min(a_bottom - a_top, b_bottom - b_top)
    return (min(a_bottom, b_bottom) - max(a_top, b_top)) / lower if lower > 0 else 0.0


def _join_nearest(item: Placed, found: list[Row], bands: _Bands, usual: float) -> None:
    """Put a dash or dots into the row that it stands in, or into one of its own."""

    def distance(at: int) -> float:
        near = min(found[at], key=lambda w: abs(w.centre - item.centre))
        return max(near.box.y0 - item.middle, item.middle - near.box.y1, 0.0)

    reach = 0.25 * usual
    best = min(bands.near(item.middle - reach, item.middle + reach), key=distance, default=None)
    if best is None or distance(best) > reach:
        best = len(found)
        found.append([])
    found[best].append(item)
    bands.put(best, item.box)
