"""Tables, ruled or not: rows of cells with their lines broken, heights, borders; cutting a row at a page's foot."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.paper import CellTruth, Rule, Sheet
from corpus.setting import Broken, break_lines, place, tokens
from corpus.source import Lines, SourceCell, SourceTable

PADDING = 3.5
PITCH = 1.17
THICKNESS = 0.6


@dataclass
class SetCell:
    """A cell with its broken lines; `ends_row` is False where a cell goes on into the row below."""

    x: float
    width: float
    lines: list[Broken]
    align: str
    size: float
    row_span: int = 1
    begins: bool = True
    ends: bool = True


@dataclass
class SetRow:
    """A row of a table, or the part of one that fits on a page; `lines` says which of its edges are printed."""

    cells: list[SetCell]
    height: float
    lines: Lines = "all"
    head: bool = False
    last: bool = False

    def draw(self, sheet: Sheet, top: float) -> float:
        """Put the row on `sheet` with its upper edge at `top`; return its lower edge. Cells are read one by one."""
        bottom = top + self.height
        for cell in self.cells:
            pitch = cell.size * PITCH
            y = top + PADDING
            for line in cell.lines:
                x, measure = cell.x + PADDING, cell.width - 2 * PADDING
                sheet.lines.append(place(line, x, measure, y + 0.92 * cell.size, cell.size, cell.align, "table"))
                y += pitch
            edges = []
            if self.lines in ("all", "columns"):
                edges += [(cell.x, top, cell.x, bottom), (cell.x + cell.width, top, cell.x + cell.width, bottom)]
            across = self.lines in ("all", "rows") or (self.lines != "none" and self.head)
            if cell.begins and across:
                edges.append((cell.x, top, cell.x + cell.width, top))
            if cell.ends and (across or (self.last and self.lines != "none")):
                edges.append((cell.x, bottom, cell.x + cell.width, bottom))
            sheet.rules += [Rule(*edge, THICKNESS) for edge in edges]
        return bottom


def ruled_rows(table: SourceTable, left: float, measure: float) -> tuple[list[SetRow], list[SetRow]]:
    """Return the rows of the head and of the body, laid out over `measure` points from `left`."""
    total = sum(table.widths)
    edges = [left]
    for share in table.widths:
        edges.append(edges[-1] + measure * share / total)
    rows = [_row(table, number, edges) for number in range(len(table.grid))]
    _make_room_for_tall_cells(rows)
    return rows[: table.head_rows], rows[table.head_rows :]


def _row(table: SourceTable, number: int, edges: list[float]) -> SetRow:
    """Set one row; a cell that came from above is there without lines, so that its sides are ruled."""
    head = number < table.head_rows
    cells: list[SetCell] = []
    height = table.size * PITCH + 2 * PADDING
    for column, cell in enumerate(table.grid[number]):
        owner_row, owner = _owner(table, number, column)
        if owner is None or table.grid[owner_row][column] is not owner:
            continue
        x0, x1 = edges[column], edges[column + owner.col_span]
        face = "bold" if head or (owner.col_span > 1 and owner.col_span >= len(table.widths) - 1) else "regular"
        lines: list[Broken] = []
        if cell is not None:
            for part in cell.text.split("//"):
                lines += break_lines(tokens(part, face), table.size, x1 - x0 - 2 * PADDING)
            if cell.row_span == 1:
                height = max(height, len(lines) * table.size * PITCH + 2 * PADDING)
        align = "c" if head else table.align[column]
        last = owner_row + owner.row_span - 1 == number
        cells.append(SetCell(x0, x1 - x0, lines, align, table.size, owner.row_span, cell is not None, last))
    return SetRow(cells, height, table.lines, head, number == len(table.grid) - 1)


def _owner(table: SourceTable, row: int, column: int) -> tuple[int, SourceCell | None]:
    """Return the row and cell that cover the place (row, column), found upwards in that column."""
    for above in range(row, -1, -1):
        cell = table.grid[above][column]
        if cell is not None:
            return (above, cell) if above + cell.row_span > row else (above, None)
    return row, None


def _make_room_for_tall_cells(rows: list[SetRow]) -> None:
    """Give the last row of a spanning cell the height that its lines still need."""
    for number, row in enumerate(rows):
        for cell in row.cells:
            if cell.begins and cell.row_span > 1:
                spanned = rows[number : number + cell.row_span]
                need = len(cell.lines) * cell.size * PITCH + 2 * PADDING
                spanned[-1].height += max(0.0, need - sum(each.height for each in spanned))


def cut_row(row: SetRow, room: float) -> tuple[SetRow | None, SetRow | None]:
    """Return what of `row` fits into `room` points and what is left for the next page (None: nothing).

    A row is cut only where at least two lines stay and the cells do not go on over rows.
    """
    if row.height <= room:
        return row, None
    pitch = max(cell.size for cell in row.cells) * PITCH
    fitting = int((room - 2 * PADDING) / pitch)
    longest = max(len(cell.lines) for cell in row.cells)
    whole = all(cell.begins and cell.ends for cell in row.cells)
    if not whole or fitting < 2 or longest - fitting < 2:
        return None, row
    first = [SetCell(c.x, c.width, c.lines[:fitting], c.align, c.size) for c in row.cells]
    rest = [SetCell(c.x, c.width, c.lines[fitting:], c.align, c.size) for c in row.cells]
    height = (longest - fitting) * pitch + 2 * PADDING
    return SetRow(first, room, row.lines, last=row.lines == "columns"), SetRow(rest, height, row.lines, last=row.last)


def row_truth(table: SourceTable, body_row: int) -> list[CellTruth]:
    """Return the printed cells of the body's row `body_row`, those begun above left out."""
    row = table.grid[table.head_rows + body_row]
    return [
        CellTruth(" ".join(cell.text.replace("//", " ").split()), cell.row_span, cell.col_span) for cell in row if cell
    ]


def head_labels(table: SourceTable) -> list[str]:
    """Return one label a column: the head's cells over it from top to bottom, each once."""
    labels = []
    for column in range(len(table.widths)):
        parts: list[str] = []
        for row in (at for at in range(table.head_rows) if at not in table.numbering):
            cell = next((c for c in reversed(table.grid[row][: column + 1]) if c is not None), None)
            own = table.grid[row][column]
            covered = own is None and not _covered_from_left(table, row, column)
            if cell is not None and not covered:
                parts.append(" ".join(cell.text.replace("//", " ").split()))
        labels.append(" ".join(parts))
    return labels


def _covered_from_left(table: SourceTable, row: int, column: int) -> bool:
    for start in range(column - 1, -1, -1):
        cell = table.grid[row][start]
        if cell is not None:
            return start + cell.col_span > column
    return False
