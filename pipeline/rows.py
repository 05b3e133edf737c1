"""Words put side by side into rows, from their boxes alone: OCR words and text-layer words alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from statistics import median
from typing import NamedTuple

from pipeline.document import Box, Word, box_round

SAME_ROW_OVERLAP = 0.45  # share of the lower word's height that two neighbours in a row must share
SMALL = 0.55  # a word lower than this share of the usual height is a dash, dots or a quote: it makes no row


class Placed(NamedTuple):
    """A word that is sure to have a box, and the box's middle: `centre` from left to right, `middle` from the top."""

    word: Word
    box: Box
    centre: float
    middle: float


Row = list[Placed]


def placed(words: Iterable[Word]) -> list[Placed]:
    """Return the words that have a box."""
    boxed = ((word, word.box) for word in words if word.box is not None)
    return [Placed(word, box, (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2) for word, box in boxed]


def box_of(row: Iterable[Placed]) -> Box:
    """The smallest box round the words; there must be one."""
    found = box_round([item.box for item in row])
    assert found is not None
    return found


def text_of(row: Iterable[Placed]) -> str:
    """The words joined by one space."""
    return " ".join(item.word.text for item in row)


def usual_height(words: list[Placed]) -> float:
    """The height of a usual word on this page, in points."""
    return median([item.box.y1 - item.box.y0 for item in words]) if words else 0.0


def rows(words: list[Placed]) -> list[Row]:
    """Put words into rows, the rows from the top down, each from left to right.

    A word joins the row whose last word lies beside it. Looking at the neighbour instead of the whole row lets lines
    climb or bend a little, as on scans of bound paper.
    """
    if len(words) == 1:  # most cells of a table have a word or two
        return [words]
    usual = usual_height(words)
    found: list[Row] = []
    bands = _Bands(max(usual, 1.0))
    small = []
    for item in sorted(words, key=_left):
        top, bottom = item.box.y0, item.box.y1
        if bottom - top < SMALL * usual:
            small.append(item)
            continue
        best = bands.beside(top, bottom)
        if best is None:
            best = len(found)
            found.append([])
        found[best].append(item)
        bands.put(best, top, bottom)
    for item in small:
        _join_nearest(item, found, bands, usual)
    if small:
        for row in found:
            row.sort(key=_left)
    return sorted(found, key=lambda row: (sum([item.middle for item in row]) / len(row), row[0].box.x0))


def _left(item: Placed) -> float:
    return item.box.x0


class _Bands:
    """Rows by the height at which they have words, so that a word is compared with its neighbours only."""

    def __init__(self, height: float) -> None:
        self._height = height
        self._rows: defaultdict[int, set[int]] = defaultdict(set)
        self._last: dict[int, tuple[float, float]] = {}

    def put(self, row: int, top: float, bottom: float) -> None:
        """Note that a row goes on with a word between these heights."""
        self._last[row] = top, bottom
        for band in self._between(top, bottom):
            self._rows[band].add(row)

    def near(self, top: float, bottom: float) -> list[int]:
        """Return the rows that have a word between these heights, in order."""
        return sorted(set().union(*[self._rows[band] for band in self._between(top, bottom)]))

    def beside(self, top: float, bottom: float) -> int | None:
        """Return the row whose last word shares most of its height with a word between these heights; None for none.

        What is shared is told as a share of the lower word's height.
        """
        best, most = -1, 0.0
        for band in self._between(top, bottom):
            for row in self._rows[band]:
                last_top, last_bottom = self._last[row]
                shared = (last_bottom if last_bottom < bottom else bottom) - (last_top if last_top > top else top)
                if shared > 0:
                    shared /= min(last_bottom - last_top, bottom - top)
                    if shared > most or (shared == most and row < best):
                        best, most = row, shared
        return best if most >= SAME_ROW_OVERLAP else None

    def _between(self, top: float, bottom: float) -> range:
        return range(int(top // self._height), int(bottom // self._height) + 1)


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
    bands.put(best, item.box.y0, item.box.y1)
