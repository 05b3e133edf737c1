"""Tables (*bảng, biểu, phụ lục*): head and body, parts on several pages joined, groups and their levels, notes.

    title      the line in capitals, or "Bảng 2. …", over the table
    head       its rows merged to one label a column: "Chỉ tiêu" over "2025 | 2026" is "Chỉ tiêu 2025", "Chỉ tiêu 2026";
               a row that only numbers the columns, (1) (2) (3), is left out
    rows       the body; ``group`` rows ("I. Lĩnh vực …") head those after them, ``total`` rows add up
    notes      "Ghi chú: …" and what follows it under the table

What is ruled but is no table (a box round a paragraph, a form to fill in) stays text, with a warning.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from diacritics.folding import fold
from pipeline.document import Box, Document, Place
from pipeline.parsing.columns import columns_of
from pipeline.parsing.labels import bullet_end
from pipeline.parsing.patterns import Bounded
from pipeline.parsing.reading import Reading
from pipeline.parsing.tablecells import (
    CellGrid,
    TextCell,
    append,
    column_map,
    drop_empty_columns,
    follows,
    grids_of,
    same_text,
)
from pipeline.parsing.tableheads import find_head, is_numbering
from pipeline.parsing.tablerows import deeper, opens_with_ordinal, style_of
from pipeline.parsing.view import capitals
from pipeline.records import Cell, Column, Row, Table

RowKind = Literal["body", "group", "total"]

_NOTE: Final = Bounded(r"\W{0,2}(?:ghi chu|chu thich|luu y|nguon)\b|\(?\*{1,3}\)?\s?\W?\s?\p{L}|\(\d\) ")
_CAPTION: Final = Bounded(r"\(?(?:don vi(?: tinh)?|dvt)\s?:")
_TITLE: Final = Bounded(r"(?:bang|bieu|phu luc|mau|danh muc|phu bieu)\b")
_TOTAL: Final = Bounded(r"(?:tong(?: cong| so| chung)?|cong(?: chung)?|toan (?:tinh|huyen|xa|nganh))(?:\W*\(.*\))?")
_HEAD_CELLS: Final = 200
"""Cells among which those of a head are looked for."""
_MOST_NOTES: Final = 12
_MOST_TITLE_LINES: Final = 4


@dataclass
class TableReading:
    """A table with what the components after this one need: the cell over each place of its body, and its columns.

    `first` is the index of its first line among the document's.
    """

    table: Table
    columns: list[Column]
    first: int
    cells: dict[tuple[int, int], TextCell] = field(default_factory=dict)
    groups: list[tuple[str, ...]] = field(default_factory=list)
    """For each row the headings of the groups that it stands in, the widest first."""

    def of_kind(self, *kinds: str) -> list[int]:
        """Return the columns of these kinds."""
        return [index for index, column in enumerate(self.columns) if column.kind in kinds]


def tables(reading: Reading) -> None:
    """Fill in ``facts.tables`` and ``reading.tables``."""
    sections = _sections(reading)
    for grid in _joined(reading.document):
        page = grid.pages[0].number
        drop_empty_columns(grid)
        if not _is_table(grid):
            reading.warn("table_as_text", "what looks like a table has no rows and columns; it is given as text", page)
            continue
        if grid.loose:
            reading.warn("table_text_outside_cells", "words in a table stand in no cell; they are given as text", page)
        found = _TableBuilder(reading.document, grid, f"T{len(reading.tables) + 1}").build()
        found.table.section = sections.get(reading.document.places[grid.first].start)
        reading.tables.append(found)
        reading.facts.tables.append(found.table)


def _sections(reading: Reading) -> dict[int, str | None]:
    """The node that each line of a table stands in, by the offset of the line."""
    return {
        reading.view.source(block.paragraph.start, block.paragraph.end)[0]: block.node.id if block.node else None
        for block in reading.blocks
        if block.paragraph.zone == "table" and block.paragraph.start < block.paragraph.end
    }


def _joined(document: Document) -> list[CellGrid]:
    """Return the tables of a document, those that go on over pages in one."""
    whole: list[CellGrid] = []
    for part in grids_of(document):
        find_head(part)
        if not (whole and _continue(document, whole[-1], part)):
            whole.append(part)
    return whole


def _continue(document: Document, table: CellGrid, part: CellGrid) -> bool:
    """Add a part to the table before it where it is one, without the repeated head; say whether it was."""
    if not follows(document, table, part):
        return False
    mapped = column_map(table, part)
    if mapped is None:
        return False
    rows = list(part.rows())
    skip = 0
    if part.head_rows and table.head_rows:
        head = [[cell for cell in table.cells[:_HEAD_CELLS] if cell.row == row] for row in range(table.head_rows)]
        same = [same_text(a, b) for a, b in zip(head, rows, strict=False)]
        if not any(same[: part.head_rows]):
            return False  # a table of its own, with another head
        skip = part.head_rows
    elif part.head_rows:
        return False
    elif len(rows) > 1 and is_numbering(rows[0]):
        skip = 1
    append(table, part, mapped, skip, skip < len(rows) and _is_broken(table, rows[skip], mapped))
    return True


def _is_broken(table: CellGrid, row: list[TextCell], mapped: dict[int, int]) -> bool:
    """Whether the first row of a part ends the last row of the page before: it has no ordinal where all rows have."""
    body_rows = table.row_count - table.head_rows
    if not body_rows or not row:
        return False
    last = {column: cell for column, cell in table.bottom().items() if cell.row == table.row_count - 1}
    begins = {mapped.get(cell.column, cell.column): cell for cell in row}
    if 0 in begins or 0 not in last or any(cell.column_span > 1 for cell in row):
        return False
    if any(bullet_end(cell.text) and not last.get(column) for column, cell in begins.items()):
        return False
    if len(table.numbered) - table.head_rows >= 0.9 * body_rows and opens_with_ordinal(last[0].text):
        return True
    return any(cell.text[:1].islower() for cell in begins.values())


def _is_table(grid: CellGrid) -> bool:
    """Whether there are columns and rows: with a head, or with at least two rows that fill two columns."""
    if grid.column_count < 2:
        return False
    full = sum(1 for row in list(grid.rows())[grid.head_rows :] if len(row) > 1)
    return full >= (1 if grid.head_rows else 2)


class _TableBuilder:
    """Makes the record of one table from its grid."""

    def __init__(self, document: Document, grid: CellGrid, name: str) -> None:
        self.document, self.grid, self.name = document, grid, name
        rows = list(grid.rows())
        self.head, self.body = rows[: grid.head_rows], rows[grid.head_rows :]
        self.notes = [cell.text for cell in self._take_notes()]
        self.width = grid.column_count

    def build(self) -> TableReading:
        """Return the table with its columns, levels and notes."""
        labels = self._labels()
        columns = columns_of(labels, self._content())
        table = Table(
            id=self.name,
            title=self._title(),
            pages=list(dict.fromkeys(page.number for page in self.grid.pages)),
            head=labels if self.head else [],
            rows=[],
            columns=columns,
            notes=[*self.notes, *self._notes_below()],
            doubts=[] if self.head else ["no_head"],
        )
        found = TableReading(table, columns, self.grid.first)
        offset = self.grid.head_rows
        for cells in self.body:
            for cell in cells:
                for row in range(cell.row - offset, cell.row - offset + cell.row_span):
                    for column in range(cell.column, cell.column + cell.column_span):
                        found.cells[row, column] = cell
        kinds = self._kinds(columns)
        self._level(found, kinds)
        return found

    def _take_notes(self) -> list[TextCell]:
        """Take rows at the end that are one wide cell with a note."""
        taken: list[TextCell] = []
        while len(self.body) > 1 and len(self.body[-1]) == 1 and self._is_note(self.body[-1][0].text):
            taken.insert(0, self.body.pop()[0])
        return taken

    @staticmethod
    def _is_note(text: str) -> bool:
        return _NOTE.match(fold(text[:60]).lower()) is not None

    def _labels(self) -> list[str]:
        """One label a column: the head's cells over it from top to bottom, each once, without the numbering."""
        rows = [row for row in self.head if not is_numbering(row)]
        over: list[list[str]] = [[] for _ in range(self.width)]
        for cell in (cell for row in rows for cell in row):
            for column in range(cell.column, min(cell.column + cell.column_span, self.width)):
                over[column].append(cell.text)
        return [" ".join(parts) for parts in over]

    def _content(self) -> list[list[str]]:
        content: list[list[str]] = [[] for _ in range(self.width)]
        for row in self.body:
            for cell in row:
                if cell.column_span == 1 and len(row) > 2:
                    content[cell.column].append(cell.text)
        return content

    # --- rows --------------------------------------------------------------------------------------------------------

    def _kinds(self, columns: list[Column]) -> list[RowKind]:
        """Say of each row whether it is body, group or total."""
        ordinals = {index for index, column in enumerate(columns) if column.kind == "ordinal"}
        kinds: list[RowKind] = []
        for index, row in enumerate(self.body):
            text = " ".join(cell.text for cell in row if cell.column not in ordinals)
            following = self.body[index + 1] if index + 1 < len(self.body) else None
            if any(_TOTAL.fullmatch(fold(cell.text).lower().strip(" :")) for cell in row[:2]):
                kinds.append("total")
            else:
                kinds.append("group" if following and self._is_group(row, following, ordinals, text) else "body")
        return kinds

    def _is_group(self, row: list[TextCell], following: list[TextCell], ordinals: set[int], text: str) -> bool:
        """Whether a row has a heading and nothing else, and what it heads follows."""
        words = [cell for cell in row if cell.column not in ordinals]
        if self.width < 3 or len(words) != 1 or not text:
            return False
        cell = words[0]
        first = min((c for c in range(self.width) if c not in ordinals), default=0)
        if cell.row_span > 1 or cell.column > first:
            return False
        if cell.column + cell.column_span >= self.width - 1 and cell.column_span > 1:
            return True
        style, under = style_of(row), style_of(following)
        return style in ("roman", "capital") or capitals(text) or (style is not None and deeper(under, style))

    def _level(self, found: TableReading, kinds: list[RowKind]) -> None:
        """Fill in the rows with their levels and groups."""
        open_groups: list[tuple[str, str]] = []  # style and heading
        for index, (row, kind) in enumerate(zip(self.body, kinds, strict=True)):
            style = style_of(row) or ("caps" if capitals(" ".join(cell.text for cell in row)) else "plain")
            at = next((depth for depth, (other, _) in enumerate(open_groups) if other == style), None)
            if at is not None and (kind == "group" or style not in ("caps", "plain")):
                del open_groups[at:]
            if kind == "total" and style in ("caps", "plain"):
                open_groups.clear()
            found.groups.append(tuple(heading for _, heading in open_groups))
            cells = self._cells(found, index)
            place = row[0].places[0] if row else None
            number = place.page.number if place is not None and place.page.width is not None else None
            found.table.rows.append(Row(page=number, cells=cells, kind=kind, level=len(open_groups)))
            if kind == "group":
                open_groups.append((style, " ".join(cell.text for cell in row)))

    def _cells(self, found: TableReading, row: int) -> list[Cell]:
        """Return the cells that begin in a row, empty ones too."""
        cells: list[Cell] = []
        offset = self.grid.head_rows
        begun = {cell.column: cell for cell in self.body[row]}
        band = [cell.box for cell in self.body[row] if cell.box is not None and cell.row_span == 1]
        column = 0
        while column < self.width:
            cell = begun.get(column)
            if cell is not None:
                cells.append(_cell(cell))
                column += cell.column_span
                continue
            covering = found.cells.get((row, column))
            if covering is None or covering.row - offset == row:
                cells.append(Cell(text="", bbox=self._empty_box(column, band)))
            column += 1
        return cells

    def _empty_box(self, column: int, band: list[Box]) -> tuple[float, float, float, float] | None:
        """Where an empty cell is: as wide as the cells of its column, as high as those of its row."""
        wide = self._wide.get(column)
        if wide is None or not band:
            return None
        return (*_round((wide.x0, min(b.y0 for b in band))), *_round((wide.x1, max(b.y1 for b in band))))

    @property
    def _wide(self) -> dict[int, Box]:
        known: dict[int, Box] | None = self.__dict__.get("_boxes")
        if known is None:
            single = [cell for cell in self.grid.cells if cell.column_span == 1 and cell.box is not None]
            known = self.__dict__["_boxes"] = {cell.column: cell.box for cell in single if cell.box is not None}
        return known

    # --- around the table --------------------------------------------------------------------------------------------

    def _title(self) -> str | None:
        """The lines over the table in capitals, or that begin as titles of tables do."""
        if self.grid.captions:
            captions = [c.text for c in self.grid.captions if not _CAPTION.match(fold(c.text).lower())]
            if captions:
                return " ".join(captions)
        lines: list[str] = []
        bracketed = False
        for place in self._above():
            text = place.text.strip()
            low = fold(text).lower()
            bracketed = (bracketed or text.endswith(")")) and not lines
            if not lines and (bracketed or _CAPTION.match(low)):
                bracketed = not text.startswith("(")  # "(Kèm theo Kế hoạch …)" may take two lines
                continue
            if not capitals(text) and not _TITLE.match(low):
                break
            lines.insert(0, text)
            if len(lines) == _MOST_TITLE_LINES or _TITLE.match(low):
                break
        return " ".join(lines) or None

    def _above(self) -> list[Place]:
        """The lines over the table on its page, the nearest first."""
        page, found = self.grid.pages[0], []
        for place in reversed(self.document.places[max(0, self.grid.first - 12) : self.grid.first]):
            if place.page is not page or place.line.role != "body":
                break
            found.append(place)
        return found

    def _notes_below(self) -> list[str]:
        """What stands under the table from "Ghi chú" on, one note an entry."""
        notes: list[str] = []
        page = self.grid.pages[-1]
        for place in self.document.places[self.grid.last + 1 : self.grid.last + 1 + 3 * _MOST_NOTES]:
            text = place.text.strip()
            if place.page is not page or place.line.role != "body" or len(notes) > _MOST_NOTES:
                break
            if self._is_note(text) or (notes and bullet_end(text)):
                notes.append(text)
            elif notes and (text[:1].islower() or not notes[-1].endswith((".", ";", ":"))) and not capitals(text):
                notes[-1] += f" {text}"
            else:
                break
        return notes


def _cell(cell: TextCell) -> Cell:
    words = [word for place in cell.places for word in place.line.words]
    return Cell(
        text=cell.text,
        row_span=cell.row_span,
        col_span=cell.column_span,
        bbox=None if cell.box is None else (*_round(cell.box[:2]), *_round(cell.box[2:])),
        confidence=round(sum(word.confidence for word in words) / max(len(words), 1), 4),
        doubts=list(dict.fromkeys(doubt for word in words for doubt in word.doubts)),
    )


def _round(point: tuple[float, float]) -> tuple[float, float]:
    return round(point[0], 2), round(point[1], 2)
