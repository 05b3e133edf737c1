"""Words put into lines in reading order, each line with what it is: header, body, table, foot, page number, stamp.

Order: what stands over the header, the header's left block, its right block, the body and its tables from the top
down (a table row by row, a row cell by cell), then the foot's left block and its right block. Works from boxes alone,
so that words of a text layer and words of a scan are treated alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline import gaps, handwriting, letterhead
from pipeline.document import Box, CellPlace, Line, LineRole, Word
from pipeline.rows import Placed, Row, box_of, placed, rows, text_of
from pipeline.ruling import Grid, Rule, grids

PAGE_NUMBER = re.compile(r"^\W{0,3}\d{1,4}\W{0,3}$")
BAND = 12.0  # points
MOST_WORDS_OF_A_NUMBER = 3  # "- 12 -"
PAGE_NUMBER_SHARE = 0.1  # a page number stands within this share of the page from its top or bottom


def arrange(words: Sequence[Word], width: float, height: float, ruling: Sequence[Rule] | None = None) -> list[Line]:
    """Put the words of a page into lines in reading order.

    Args:
        words: with boxes in points of the upright page; words without a box come last, in a line of their own.
        width, height: of the upright page in points.
        ruling: printed lines in points; None or empty where none are known.
    """
    free = placed(words)
    blocks: list[tuple[float, list[Line]]] = []
    ruled = [gaps.part_rows(grid, free) for grid in grids(list(ruling or ()))]
    free = _take_tables(free, ruled, 0, blocks)
    head = letterhead.header(free, width, height)
    if head is not None:
        stamps = [row for row in rows(head.above) if not _is_page_number(row, height)]
        blocks += [(box_of(row).y0, [_line(row, "stamp")]) for row in stamps]
        free = _without(free, head.words + [item for row in stamps for item in row])
        lines = _lines(head.left, "header_left") + _lines(head.right, "header_right")
        handwriting.mark(lines)
        blocks.append((min(item.box.y0 for item in head.words), lines))
    body = rows(free)
    foot = letterhead.foot(body, width)
    if foot is not None:
        numbers = [item for row in rows(foot.words) if _is_page_number(row, height) for item in row]
        left, right = _without(foot.left, numbers), _without(foot.right, numbers)
        body = rows(_without(free, left + right))
        lines = _lines(left, "foot_left") + _lines(right, "foot_right")
        blocks.append((min(item.box.y0 for item in left + right), lines))
    columns = gaps.open_grids(body, ruling or ())
    if columns:
        body = rows(_take_tables([item for row in body for item in row], columns, len(ruled), blocks))
    for row in body:
        role: LineRole = "page_number" if _is_page_number(row, height) else "body"
        blocks.append((sum(item.middle for item in row) / len(row), [_line(row, role)]))
    blocks.sort(key=lambda block: block[0])
    found = [line for _, lines in blocks for line in lines]
    homeless = [word for word in words if word.box is None]
    return found + ([Line(homeless)] if homeless else [])


def _inside(item: Placed, box: Box) -> bool:
    return box.x0 <= item.centre <= box.x1 and box.y0 <= item.middle <= box.y1


def _take_tables(
    free: list[Placed], found: list[Grid], first: int, blocks: list[tuple[float, list[Line]]]
) -> list[Placed]:
    """Add the lines of tables to the blocks, the tables numbered from `first`; return the words that stand in none."""
    for number, grid in enumerate(found, start=first):
        inside = [item for item in free if _inside(item, grid.box)]
        if inside:
            free = _without(free, inside)
            blocks.append((grid.box.y0, _table_lines(inside, grid, number)))
    return free


def _table_lines(words: list[Placed], grid: Grid, number: int) -> list[Line]:
    """The lines of a table, row by row and cell by cell; each word belongs to one cell."""
    bands: dict[int, list[int]] = {}  # cells by the height at which they lie, so that a word asks few of them
    for at, cell in enumerate(grid.cells):
        for band in range(int(cell.box.y0 // BAND), int(cell.box.y1 // BAND) + 1):
            bands.setdefault(band, []).append(at)
    inside: dict[int | None, list[Placed]] = {}
    for item in words:
        near = bands.get(int(item.middle // BAND), ())
        inside.setdefault(next((at for at in near if _inside(item, grid.cells[at].box)), None), []).append(item)
    lines = []
    for at, cell in enumerate(grid.cells):
        place = CellPlace(number, cell.row, cell.column, cell.row_span, cell.column_span, cell.box)
        lines += [_line(row, "table", place) for row in rows(inside.get(at, []))]
    return lines + _lines(inside.get(None, []), "table")


def _lines(words: list[Placed], role: LineRole) -> list[Line]:
    return [_line(row, role) for row in rows(words)]


def _line(row: Row, role: LineRole, cell: CellPlace | None = None) -> Line:
    return Line([item.word for item in row], role, cell)


def _without(words: list[Placed], taken: list[Placed]) -> list[Placed]:
    identities = {id(item) for item in taken}
    return [item for item in words if id(item) not in identities]


def _is_page_number(row: Row, height: float) -> bool:
    if len(row) > MOST_WORDS_OF_A_NUMBER:
        return False
    box = box_of(row)
    at_edge = box.y1 < PAGE_NUMBER_SHARE * height or box.y0 > (1 - PAGE_NUMBER_SHARE) * height
    return at_edge and bool(PAGE_NUMBER.match(text_of(row)))
