"""Lines with cells to grids of text: a table as it stands on one page, and tables that go on over pages joined.

The layout says of every line of a table which cell it stands in (see document.CellPlace). Here the lines become cells
of text again; a part on the next page is joined where nothing but a page number stands between, where its columns lie
under those of the first, and where it brings no head of its own but the repeated one.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from diacritics.folding import fold
from pipeline.document import ASIDE, Box, Document, Page, Place

SAME_EDGE: Final = 0.025
"""Share of a table's width by which the edges of a column may differ from page to page."""
SAME_HEAD: Final = 0.75
"""Likeness of a repeated head, which a scan may have read in another way."""
SPANNING: Final = 0.1
"""Share of a column's cells over several rows from which an empty place is taken for more of the one above."""
_LONGEST_COMPARED: Final = 400


@dataclass(slots=True)
class TextCell:
    """A cell with its lines; its place counts from 0 in the grid that it is part of. `box` is None where unknown."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box | None
    places: list[Place] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines joined; a document symbol that the line end breaks is whole again."""
        text = ""
        for place in self.places:
            line = place.text.strip()
            broken = len(text) > 1 and text[-1] in "-/" and not text[-2].isspace() and line[:1].isalnum()
            text += line if broken or not text else f" {line}"
        return text

    @property
    def lines(self) -> list[str]:
        """The texts of the lines, one a line."""
        return [place.text.strip() for place in self.places]

    @property
    def span(self) -> tuple[int, int]:
        """Where the cell's text stands in the document; of a cell that the page breaks, the first part."""
        page = self.places[0].page
        last = max((p for p in self.places if p.page is page), key=lambda p: p.end)
        return self.places[0].start, last.end


@dataclass
class CellGrid:
    """A table, or its part on one page: cells by row and column, in reading order.

    `first` and `last` are the indices of its first and last line among the document's; `loose` are lines within the
    table that stand in no cell; `pages` are the pages it stands on. What joining asks of it page after page is kept up
    to date by `add`, so that a table of any length is joined in time by the page.
    """

    pages: list[Page]
    first: int
    last: int
    cells: list[TextCell] = field(default_factory=list)
    loose: list[Place] = field(default_factory=list)
    head_rows: int = 0
    captions: list[TextCell] = field(default_factory=list)
    row_count: int = 0
    column_count: int = 0
    lowest: dict[int, TextCell] = field(default_factory=dict)
    """For each column the cell that was added last."""
    begun: Counter[int] = field(default_factory=Counter)
    spanning: Counter[int] = field(default_factory=Counter)
    """For each column how many cells begin in it, and how many of them run over several rows."""
    numbered: set[int] = field(default_factory=set)
    """Rows with a cell in the first column."""
    _edges: dict[int, float] | None = None

    def add(self, cell: TextCell) -> None:
        """Add a cell; cells come row by row."""
        self.cells.append(cell)
        self.row_count = max(self.row_count, cell.row + cell.row_span)
        self.column_count = max(self.column_count, cell.column + cell.column_span)
        self.lowest[cell.column] = cell
        self.begun[cell.column] += 1
        self.spanning[cell.column] += cell.row_span > 1
        if cell.column == 0:
            self.numbered.add(cell.row)

    def put(self, cells: list[TextCell]) -> None:
        """Hold these cells instead of those there were."""
        self.cells, self.row_count, self.column_count, self._edges = [], 0, 0, None
        self.lowest, self.begun, self.spanning, self.numbered = {}, Counter(), Counter(), set()
        for cell in cells:
            self.add(cell)

    def rows(self) -> Iterator[list[TextCell]]:
        """Yield the cells that begin in each row, from the first row to the last, left to right."""
        by_row: dict[int, list[TextCell]] = {}
        for cell in self.cells:
            by_row.setdefault(cell.row, []).append(cell)
        for row in range(self.row_count):
            yield sorted(by_row.get(row, ()), key=lambda cell: cell.column)

    def bottom(self) -> dict[int, TextCell]:
        """Return the cells that reach down to the last row, by column."""
        return {at: cell for at, cell in self.lowest.items() if cell.row + cell.row_span == self.row_count}

    def edges(self) -> dict[int, float]:
        """Return where columns begin and end on the first page, as shares of the table's width from its left edge."""
        if self._edges is None:
            at: dict[int, float] = {}
            for cell in self.cells:
                if cell.box is not None:
                    at.setdefault(cell.column, cell.box.x0)
                    at.setdefault(cell.column + cell.column_span, cell.box.x1)
            left, right = min(at.values(), default=0.0), max(at.values(), default=1.0)
            self._edges = {column: (x - left) / max(right - left, 1.0) for column, x in at.items()}
        return self._edges


def grids_of(document: Document) -> list[CellGrid]:
    """Return the tables of each page, in reading order; parts of one table are still apart."""
    found: list[CellGrid] = []
    open_key: tuple[int, int] | None = None
    known: dict[tuple[int, int, int, int], TextCell] = {}
    for index, place in enumerate(document.places):
        cell = place.line.cell
        if place.line.role != "table":
            open_key = None
            continue
        if cell is None:
            if open_key is not None and open_key[0] == place.page.number:
                found[-1].loose.append(place)
                found[-1].last = index
            continue
        key = (place.page.number, cell.table)
        if key != open_key:
            found.append(CellGrid([place.page], index, index))
            open_key, known = key, {}
        identity = (cell.row, cell.column, cell.row_span, cell.column_span)
        if identity not in known:
            known[identity] = TextCell(*identity, cell.box)
            found[-1].add(known[identity])
        known[identity].places.append(place)
        found[-1].last = index
    for grid in found:
        _drop_empty_rows(grid)
    return found


def _drop_empty_rows(grid: CellGrid) -> None:
    """Leave out the rows in which no cell with text begins, and count the others anew."""
    kept = sorted({cell.row for cell in grid.cells})
    new = {row: index for index, row in enumerate(kept)}
    for cell in grid.cells:
        cell.row_span = sum(1 for row in range(cell.row, cell.row + cell.row_span) if row in new)
        cell.row = new[cell.row]
    grid.put(grid.cells)


def drop_empty_columns(grid: CellGrid) -> None:
    """Leave out the columns in which no cell begins (a doubled line), and count the others anew."""
    kept = sorted({cell.column for cell in grid.cells})
    new = {column: index for index, column in enumerate(kept)}
    for cell in grid.cells:
        covered = range(cell.column, cell.column + cell.column_span)
        cell.column_span = sum(1 for column in covered if column in new)
        cell.column = new[cell.column]
    grid.put(grid.cells)


def follows(document: Document, before: CellGrid, after: CellGrid) -> bool:
    """Whether nothing but page numbers and stamps stands between a table and the next, on the next page."""
    if after.pages[0].number != before.pages[-1].number + 1:
        return False
    between = document.places[before.last + 1 : after.first]
    return all(place.line.role in ASIDE or not place.text.strip() for place in between)


def column_map(before: CellGrid, after: CellGrid) -> dict[int, int] | None:
    """Return which column of `before` each edge of a column of `after` lies under; None where they do not agree."""
    ours, theirs = before.edges(), after.edges()
    mapped: dict[int, int] = {}
    for column, x in sorted(theirs.items()):
        near = min(ours, key=lambda c: abs(ours[c] - x), default=None)
        if near is None or abs(ours[near] - x) > SAME_EDGE:
            break
        mapped[column] = near
    else:
        if all(a < b for a, b in itertools.pairwise(mapped.values())):
            return mapped
    if before.column_count == after.column_count:  # without lines, columns are told by their words, page by page
        return {column: column for column in range(after.column_count + 1)}
    return None


def same_text(one: list[TextCell], other: list[TextCell]) -> bool:
    """Whether two rows say the same, a few misread letters aside."""
    a, b = (fold(" ".join(cell.text for cell in row))[:_LONGEST_COMPARED].lower() for row in (one, other))
    return bool(a) and SequenceMatcher(None, a, b, autojunk=False).ratio() >= SAME_HEAD


def append(grid: CellGrid, part: CellGrid, mapped: dict[int, int], skip: int, broken: bool) -> None:
    """Add the rows of a table's next part, without its first `skip` rows; `broken`: its first row ends our last.

    The cells of a broken row go on in those above them; a cell over several rows goes on over those of the next page
    where they leave its column empty.
    """
    offset = grid.row_count - (1 if broken else 0) - skip
    last = grid.bottom()
    if not broken:
        _stretch(grid, part, mapped, skip, last)
    for cell in part.cells:
        if cell.row < skip:
            continue
        column = mapped.get(cell.column, cell.column)
        end = mapped.get(cell.column + cell.column_span, column + cell.column_span)
        if broken and cell.row == skip and column in last:
            last[column].places += cell.places
        else:
            row = cell.row + offset
            grid.add(TextCell(row, column, cell.row_span, max(1, end - column), cell.box, cell.places))
    grid.loose += part.loose
    grid.last = part.last
    grid.pages += part.pages


def _stretch(grid: CellGrid, part: CellGrid, mapped: dict[int, int], skip: int, last: dict[int, TextCell]) -> None:
    """Let the last cells of columns that are cut by rows go on over the part's first rows, where these have none."""
    begun, spanning = Counter(grid.begun), Counter(grid.spanning)
    for column, count in part.begun.items():
        begun[mapped.get(column, column)] += count
        spanning[mapped.get(column, column)] += part.spanning[column]
    taken: dict[int, int] = {}  # column -> the first row of the part with a cell over it
    for cell in part.cells:
        if cell.row >= skip:
            for column in range(cell.column, cell.column + cell.column_span):
                under = mapped.get(column, column)
                taken[under] = min(taken.get(under, cell.row), cell.row)
    for column in last:
        if column > 0 and last[column].column_span == 1 and spanning[column] > SPANNING * begun[column]:
            last[column].row_span += taken.get(column, part.row_count) - skip
