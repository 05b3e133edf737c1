"""Words put side by side into rows, from their boxes alone: OCR words and text-layer words alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from statistics import median
from typing import NamedTuple

from pipeline.document import Box, Word, box_round

SAME_ROW_OVERLAP = 0.45  # share of the lower word's height that two neighbours in a row must share
SMALL = 0.55  # a word lower than this share of the usual height is a dash, dots or a quote: it makes no row
TALL = 1.7  # a word higher than so many usual ones has marks above and below, or a bit of another line in its box


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
    climb or bend a little, as on scans of bound paper. A tall word that lies beside the words of two rows joins the row
    of the words that were given before and behind it.
    """
    if len(words) == 1:  # most cells of a table have a word or two
        return [words]
    usual = usual_height(words)
    found: list[Row] = []
    bands = _Bands(max(usual, 1.0))
    small, tall = [], []
    for item in sorted(words, key=_left):
        _, top, _, bottom = item.box
        if bottom - top < SMALL * usual:
            small.append(item)
            continue
        if bottom - top > TALL * usual:
            tall.append(item)
            continue
        at = bands.take(top, bottom)
        if at == len(found):
            found.append([])
        found[at].append(item)
    if tall:
        for row in rows(_join_told(tall, words, found, bands)):
            for item in row:
                bands.put(len(found), item.box.y0, item.box.y1)
            found.append(row)
    for item in small:
        _join_nearest(item, found, bands, usual)
    if small or tall:
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
        self._last: list[tuple[float, float]] = []
        """Top and bottom of the last word of each row."""
        self._same: dict[tuple[float, float], int] = {}
        """Rows by the top and bottom of words that they took: in print the words of a row mostly have the same."""

    def take(self, top: float, bottom: float) -> int:
        """Return the row that goes on with a word between these heights; the next number where a row begins with it.

        That is the row whose last word shares most of its height with the word, as a share of the lower one's height.
        """
        place = top, bottom
        best = self._same.get(place, -1)
        if best >= 0 and self._last[best] == place:
            return best
        best, most, height = -1, 0.0, bottom - top
        reach = self._between(top, bottom)
        for band in reach:
            for row in self._rows[band]:
                last_top, last_bottom = self._last[row]
                shared = (last_bottom if last_bottom < bottom else bottom) - (last_top if last_top > top else top)
                if shared > 0:
                    last_height = last_bottom - last_top
                    shared /= last_height if last_height < height else height
                    if shared > most or (shared == most and row < best):
                        best, most = row, shared
        if most < SAME_ROW_OVERLAP:
            best = len(self._last)
            self._last.append(place)
        else:
            self._last[best] = place
        self._same[place] = best
        for band in reach:
            self._rows[band].add(best)
        return best

    def put(self, row: int, top: float, bottom: float) -> None:
        """Note that a row has a word between these heights."""
        for band in self._between(top, bottom):
            self._rows[band].add(row)

    def near(self, top: float, bottom: float) -> list[int]:
        """Return the rows that have a word between these heights, in order."""
        return sorted(set().union(*[self._rows[band] for band in self._between(top, bottom)]))

    def _between(self, top: float, bottom: float) -> range:
        return range(int(top // self._height), int(bottom // self._height) + 1)


def _join_told(tall: list[Placed], words: list[Placed], found: list[Row], bands: _Bands) -> list[Placed]:
    """Put tall words into rows and return those that lie beside none: a heading in large print.

    An engine that cut a word out with a bit of another line still told it among the words of its own.
    """
    place = {id(item): number for number, item in enumerate(words)}
    row_of = {id(item): at for at, row in enumerate(found) for item in row}
    left = []
    for item in tall:
        beside = [(shared, at) for at in bands.near(item.box.y0, item.box.y1) if (shared := _shared(item, found[at]))]
        if not beside:
            left.append(item)
            continue
        number = place[id(item)]
        told = [row_of.get(id(other)) for other in words[max(0, number - 1) : number + 2]]
        _, best = max(beside, key=lambda one: (told.count(one[1]), one[0]))
        found[best].append(item)
        row_of[id(item)] = best
        bands.put(best, item.box.y0, item.box.y1)
    return left


def _shared(item: Placed, row: Row) -> float:
    """What a word shares with the nearest of a row, as a share of the lower one's height; 0 where it is too little.

    Of a box without height, as some text layers have them, all is shared where it lies within the other's.
    """
    near = min(row, key=lambda other: abs(other.centre - item.centre)).box
    shared = min(item.box.y1, near.y1) - max(item.box.y0, near.y0)
    lower = min(item.box.y1 - item.box.y0, near.y1 - near.y0)
    share = shared / lower if lower > 0 else float(shared >= 0)
    return share if share >= SAME_ROW_OVERLAP else 0.0


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
