"""Tables that lines do not part: columns told by the white between words, rows by pitch and ordinals.

Offices rule all cells, or only the columns, only between rows, only the head, or nothing. `grids` of ruling.py needs
lines both ways; here its rows are parted where only columns are ruled (`part_rows`), and the rest is found from words
that stand in columns, with the help of what lines there are (`open_grids`). Points throughout.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from pipeline.document import Box
from pipeline.rows import Placed, Row, box_of, rows, usual_height
from pipeline.ruling import Grid, GridCell, Rule

WIDE_GAP: Final = 1.0
"""White between two words, in heights of a word, from which it may part columns."""
CORRIDOR: Final = 0.3
"""Width, in heights of a word, that the white between two columns must keep over all rows."""
LEAST_COLUMNS: Final = 3
LEAST_ROWS: Final = 3
ROW_PITCH: Final = 1.2
"""A line that stands this much further off than lines of one cell do begins a row."""
TIGHT: Final = 1.5
"""Heights of a word; lines of one cell stand no further apart than this."""
FAR: Final = 2.6
"""Heights of a word; white that is higher ends a table."""
ALIGNED: Final = 0.6
"""Share of a column's rows that must begin, end or be centred at the same place."""
SAME_PLACE: Final = 6.0
LONG_RULE: Final = 0.6
"""Share of a table's width that a line must cover to part rows."""
LONGEST_ORDINAL: Final = 5
"""Characters of the number of a row: (12), VIII, 1.2.3."""
_ORDINAL: Final = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXL]{1,5}|[A-ZĐa-zđ])[.)]?")


@dataclass
class _Band:
    """Lines at one height that overlap: one printed line, or a row whose cells are centred."""

    y0: float
    y1: float
    words: list[Placed]

    @property
    def middle(self) -> float:
        return median(item.middle for item in self.words)


def part_rows(grid: Grid, words: Sequence[Placed]) -> Grid:
    """Return a ruled table with the rows parted in which the first column counts several lines: 1, 2, 3 …"""
    inside = [item for item in words if _within(item, grid.box)]
    edge = max((cell.box.x1 for cell in grid.cells if cell.column == 0 and cell.column_span == 1), default=grid.box.x0)
    first = [item for item in inside if item.centre <= edge]
    cells: list[GridCell] = []
    added = 0
    starts: dict[int, int] = {}
    for row in range(grid.row_count):
        starts[row] = row + added
        own = [cell for cell in grid.cells if cell.row == row]
        cuts = _cuts(own, first, inside) if own and all(cell.row_span == 1 for cell in own) else []
        for cell in own:
            edges = [cell.box.y0, *cuts, cell.box.y1]
            for index, (top, bottom) in enumerate(itertools.pairwise(edges)):
                box = Box(cell.box.x0, top, cell.box.x1, bottom)
                place = GridCell(row + added + index, cell.column, 1, cell.column_span, box)
                cells.append(place if cuts else GridCell(row + added, *_rest(cell)))
        added += len(cuts)
    if not added:
        return grid
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(grid.box, cells, grid.row_count + added, grid.column_count)


def _rest(cell: GridCell) -> tuple[int, int, int, Box]:
    return cell.column, cell.row_span, cell.column_span, cell.box


def _cuts(cells: list[GridCell], numbers: list[Placed], words: list[Placed]) -> list[float]:
    """Return the heights at which a ruled row is to be parted; none where its first column does not count lines.

    `numbers` are the words of the first column, `words` those of the whole table.
    """
    first = min(cells, key=lambda cell: cell.column)
    ordinals = [item for item in numbers if _within(item, first.box)]
    if len(ordinals) < 2 or not _counts(ordinals):
        return []
    box = Box(first.box.x0, first.box.y0, max(cell.box.x1 for cell in cells), first.box.y1)
    bands = _bands([item for item in words if _within(item, box)])
    starts = _row_starts(bands, first.box.x1, counted=True)
    return [(bands[at - 1].y1 + bands[at].y0) / 2 for at in starts if at]


def _counts(column: list[Placed]) -> bool:
    """Whether a column counts rows: two signs or more below each other, numbers most of them, however ill read."""
    lines = rows(column)
    short = all(len("".join(item.word.text for item in line)) <= LONGEST_ORDINAL for line in lines)
    known = sum(_ORDINAL.fullmatch(line[0].word.text) is not None for line in lines)
    return short and len(lines) > 1 and known >= 0.5 * len(lines)


def open_grids(lines: list[Row], ruling: Iterable[Rule]) -> list[Grid]:
    """Return the tables whose columns no line parts, among lines from the top of the page down."""
    height = usual_height([item for line in lines for item in line]) or 1.0
    found: list[Grid] = []
    at = 0
    across = [rule for rule in ruling if rule.horizontal]
    while at < len(lines):
        block = _Block(lines, at, height, across)
        if block.grow():
            found.append(block.grid())
            at = block.end
        else:
            at += 1
    return found


class _Block:
    """Lines from `start` to `end` that stand in the same columns; `white` is what no word of theirs covers."""

    def __init__(self, lines: list[Row], start: int, height: float, across: list[Rule]) -> None:
        self.lines, self.start, self.end = lines, start, start + 1
        self.height = height
        self.white = self._gaps(lines[start], WIDE_GAP)
        self.spanning: set[int] = set()
        self.across = across

    def _gaps(self, line: Row, least: float) -> list[tuple[float, float]]:
        """The white between the words of a line that is wider than `least` heights."""
        wide = least * self.height
        found = [(a.box.x1, b.box.x0) for a, b in itertools.pairwise(line)]
        return [(left, right) for left, right in found if right - left >= wide]

    def grow(self) -> bool:
        """Take in the lines below as long as they leave the columns apart; say whether a table came of it."""
        if len(self.white) < LEAST_COLUMNS - 1:
            return False
        while self.end < len(self.lines) and self._near(self.end):
            line = self.lines[self.end]
            white = self._left_by(line, self.white)
            fits = len(white) == len(self.white)
            alone = fits and len({_column_of(item, white) for item in line}) == 1
            if fits and (self._goes_on(self.end) if alone else self._in_columns(line, white)):
                self.white = white
            elif self._heads_more(self.end):
                self.spanning.add(self.end)
            else:
                break
            self.end += 1
        while self.end > self.start + 1 and self.end - 1 in self.spanning:
            self.end -= 1
        return self._is_table()

    def _near(self, at: int) -> bool:
        above, below = box_of(self.lines[at - 1]), box_of(self.lines[at])
        return below.y0 - above.y1 < FAR * self.height

    def _left_by(self, line: Row, white: list[tuple[float, float]]) -> list[tuple[float, float]]:
        """What a line leaves of the white between columns: of each piece the widest that no word covers."""
        left = []
        for x0, x1 in white:
            pieces, start = [], x0
            for item in sorted(line, key=lambda item: item.box.x0):
                if item.box.x1 > start and item.box.x0 < x1:
                    pieces.append((start, item.box.x0))
                    start = item.box.x1
            pieces.append((start, x1))
            widest = max(pieces, key=lambda piece: piece[1] - piece[0])
            if widest[1] - widest[0] >= CORRIDOR * self.height:
                left.append(widest)
        return left

    def _in_columns(self, line: Row, white: list[tuple[float, float]]) -> bool:
        """Whether the words right of each piece of white stand off by more than a space, or begin where others do."""
        line = sorted(line, key=lambda item: item.box.x0)
        for x0, x1 in white:
            middle = (x0 + x1) / 2
            before = [item for item in line if item.centre < middle]
            after = [item for item in line if item.centre > middle]
            if before and after and after[0].box.x0 - before[-1].box.x1 < WIDE_GAP * self.height:
                lefts = [item.box.x0 for row in self._rows() for item in row if item.centre > middle]
                if not lefts or abs(min(lefts) - after[0].box.x0) > SAME_PLACE:
                    return False
        return True

    def _goes_on(self, at: int) -> bool:
        """Whether a line in one column goes on with the line above it in that column, which left no room for it."""
        line = sorted(self.lines[at], key=lambda item: item.box.x0)
        column = self._column(line[0])
        above = [item for item in self.lines[at - 1] if self._column(item) == column]
        if not above or at - 1 in self.spanning:
            return False
        pitches = [self._pitch(other) for other in range(self.start + 1, at)]
        if self._pitch(at) > ROW_PITCH * min([*pitches, TIGHT * self.height]):
            return False
        right = self.white[column][0] if column < len(self.white) else self._sides()[1]
        return box_of(above).x1 + line[0].box.width > right - 2 * self.height

    def _pitch(self, at: int) -> float:
        """How far a line stands under the one above it, from middle to middle."""
        above, below = self.lines[at - 1], self.lines[at]
        return median(item.middle for item in below) - median(item.middle for item in above)

    def _heads_more(self, at: int) -> bool:
        """Whether a line over several columns is a group's: in the table's width, with a row of it right below."""
        box, following = self.lines[at], self.lines[at + 1 : at + 2]
        if not following or at - 1 in self.spanning or not self._near(at + 1):
            return False
        left, right = self._sides()
        own = box_of(box)
        if own.x0 < left - self.height or own.x1 > right + self.height or own.width > 0.9 * (right - left):
            return False
        same = self._left_by(following[0], self.white)
        return len(same) == len(self.white) and len(self._columns_of(following[0])) >= len(self.white)

    def _sides(self) -> tuple[float, float]:
        box = box_of(item for line in self._rows() for item in line)
        return box.x0, box.x1

    def _rows(self) -> list[Row]:
        return [self.lines[at] for at in range(self.start, self.end) if at not in self.spanning]

    def _column(self, item: Placed) -> int:
        return _column_of(item, self.white)

    def _columns_of(self, line: Row) -> set[int]:
        return {self._column(item) for item in line}

    def _is_table(self) -> bool:
        """Whether enough lines fill the columns, and the columns stand straight."""
        full = [line for line in self._rows() if len(self._columns_of(line)) > len(self.white) - 1]
        if len(full) < LEAST_ROWS:
            return False
        straight = sum(self._is_straight(column) for column in range(len(self.white) + 1))
        return straight >= len(self.white)

    def _is_straight(self, column: int) -> bool:
        boxes = []
        for line in self._rows():
            inside = [item for item in line if self._column(item) == column]
            if inside:
                boxes.append(box_of(inside))
        places = ([b.x0 for b in boxes], [b.x1 for b in boxes], [(b.x0 + b.x1) / 2 for b in boxes])
        return any(
            sum(abs(x - median(xs)) <= SAME_PLACE for x in xs) >= ALIGNED * len(xs) for xs in places if len(xs) > 1
        )

    def grid(self) -> Grid:
        """Return the rows and columns as a table's cells."""
        words = [item for line in self.lines[self.start : self.end] for item in line]
        self._part_ordinals()
        box = box_of(words)
        xs = [box.x0, *((x0 + x1) / 2 for x0, x1 in self.white), box.x1]
        bands = _bands(words)
        cuts = self._cuts(bands, xs)
        ys = [box.y0, *cuts, box.y1]
        cells: list[GridCell] = []
        spanning = [box_of(self.lines[at]) for at in self.spanning]
        for row, (top, bottom) in enumerate(itertools.pairwise(ys)):
            wide = [line for line in spanning if top <= (line.y0 + line.y1) / 2 < bottom]
            cells += self._row_cells(row, Box(xs[0], top, xs[-1], bottom), xs, wide)
        return Grid(box, cells, len(ys) - 1, len(xs) - 1)

    def _part_ordinals(self) -> None:
        """Part the numbers of the rows from the column beside them, where no heading stands over them."""
        column = [line for line in self._rows() if any(self._column(item) == 0 for item in line)]
        opened = [line for line in column if _ORDINAL.fullmatch(min(line, key=lambda item: item.box.x0).word.text)]
        if len(opened) < max(2, 0.5 * len(column)):
            return
        ordinals = [min(line, key=lambda item: item.box.x0) for line in opened]
        others = [item for line in column for item in line if not any(item is one for one in ordinals)]
        left, right = max(item.box.x1 for item in ordinals), min(item.box.x0 for item in others)
        if right - left >= CORRIDOR * self.height:
            self.white.insert(0, (left, right))

    def _cuts(self, bands: list[_Band], xs: list[float]) -> list[float]:
        """The heights between rows: the lines ruled there, and where the lines of words begin a row."""
        top = box_of(self.lines[self.start]).y0 - 2 * self.height
        across = [rule for rule in self.across if rule.y0 > top]
        long = [r for r in across if min(r.x1, xs[-1]) - max(r.x0, xs[0]) > LONG_RULE * (xs[-1] - xs[0])]
        ruled = sorted({(r.y0 + r.y1) / 2 for r in long})
        between = []
        for at, (above, below) in enumerate(itertools.pairwise(bands), start=1):
            parted = any(above.middle < y < below.middle for y in ruled)
            between.append((at, parted))
        inner = [at for at, parted in between if parted]
        every_row = len(inner) >= 3 and len(inner) >= 0.3 * len(bands)
        counted = _counts([item for line in self._rows()[1:] for item in line if self._column(item) == 0])
        starts = set(inner) if every_row else {*inner, *_row_starts(bands, xs[1], counted)}
        starts |= {at for at, _ in between for y in self._spanning_middles() if self._touches(bands, at, y)}
        return [(bands[at - 1].y1 + bands[at].y0) / 2 for at in sorted(starts) if at]

    def _spanning_middles(self) -> list[float]:
        boxes = [box_of(self.lines[at]) for at in self.spanning]
        return [(box.y0 + box.y1) / 2 for box in boxes]

    @staticmethod
    def _touches(bands: list[_Band], at: int, y: float) -> bool:
        return bands[at].y0 <= y <= bands[at].y1 or bands[at - 1].y0 <= y <= bands[at - 1].y1

    def _row_cells(self, row: int, band: Box, xs: list[float], wide: list[Box]) -> list[GridCell]:
        """The cells of a row; a group's heading covers the columns that it runs over."""
        cells, column = [], 0
        while column < len(xs) - 1:
            end = column + 1
            for line in wide:
                while end < len(xs) - 1 and line.x0 < xs[end] - 1 < line.x1 and column >= 1:
                    end += 1
            if wide and column >= 1:
                end = len(xs) - 1
            cells.append(GridCell(row, column, 1, end - column, Box(xs[column], band.y0, xs[end], band.y1)))
            column = end
        return cells


def _column_of(item: Placed, white: Sequence[tuple[float, float]]) -> int:
    return sum(item.centre > (x0 + x1) / 2 for x0, x1 in white)


def _within(item: Placed, box: Box) -> bool:
    return box.x0 <= item.centre <= box.x1 and box.y0 <= item.middle <= box.y1


def _bands(words: Iterable[Placed]) -> list[_Band]:
    """Put words into bands from the top down, with white between them over the whole width."""
    bands: list[_Band] = []
    for item in sorted(words, key=lambda item: item.box.y0):
        slack = 0.2 * item.box.height
        if bands and item.box.y0 + slack < bands[-1].y1 - slack:
            bands[-1].words.append(item)
            bands[-1].y1 = max(bands[-1].y1, item.box.y1)
        else:
            bands.append(_Band(item.box.y0, item.box.y1, [item]))
    return bands


def _row_starts(bands: list[_Band], first_column_end: float, counted: bool) -> list[int]:
    """Return the bands that begin a row: where the first column has a word, or further off than lines of a cell are.

    `counted`: the first column numbers the rows. A number in the middle of its row lets the row begin at the widest
    white since the number before.
    """
    pitches = [below.middle - above.middle for above, below in itertools.pairwise(bands)]
    if not pitches:
        return [0]
    close = min(pitches)
    starts = {0, *(at for at, pitch in enumerate(pitches, start=1) if pitch > ROW_PITCH * close)}
    first = [at for at, band in enumerate(bands) if any(item.centre < first_column_end for item in band.words)]
    if not counted:  # nothing counts the rows: a line that fills the first column begins one
        return sorted(starts | set(first))
    for before, at in itertools.pairwise(first):
        if not starts & set(range(before + 1, at + 1)):
            starts.add(max(range(before + 1, at + 1), key=lambda one: (round(pitches[one - 1]), one)))
    return sorted(starts)
