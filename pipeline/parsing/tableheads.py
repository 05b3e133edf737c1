"""Heads of tables: how many rows they have, what stands over them, and the row that numbers the columns."""

from __future__ import annotations

from typing import Final

from pipeline.parsing.columns import heading_kind
from pipeline.parsing.tablecells import CellGrid, TextCell
from pipeline.parsing.tablerows import is_ordinal, opens_with_ordinal

_MOST_HEAD_ROWS: Final = 5
_LONGEST_HEADING: Final = 160


def find_head(grid: CellGrid) -> None:
    """Note how many rows the head has, and take what stands over it in the same frame out of the rows."""
    rows = list(grid.rows())
    captions = 0
    while captions < min(2, len(rows) - 2) and _is_caption(rows[captions], grid.column_count):
        captions += 1
    if captions and not _looks_head(rows[captions]):
        captions = 0
    if captions:
        grid.captions = [cell for row in rows[:captions] for cell in row]
        rows = rows[captions:]
        kept = [cell for row in rows for cell in row]
        for cell in kept:
            cell.row -= captions
        grid.put(kept)
    grid.head_rows = _head_depth(rows) if rows and _looks_head(rows[0]) else 0


def _is_caption(row: list[TextCell], columns: int) -> bool:
    """Whether a row is one cell over the whole width, as a title or "Đơn vị tính: …" is."""
    return len(row) == 1 and row[0].column_span >= columns - 1 and columns > 1 and not opens_with_ordinal(row[0].text)


def _looks_head(row: list[TextCell]) -> bool:
    """Whether the first row heads columns: most of its cells have a known wording, and none is an ordinal or prose."""
    if len(row) < 2:
        return False
    kinds = [heading_kind(cell.text) for cell in row]
    known = sum(kind != "other" for kind in kinds)
    if any(len(cell.text) > _LONGEST_HEADING for cell in row) or is_ordinal(row[0].text):
        return False
    if kinds[0] == "ordinal" and known >= 2:
        return True
    return known >= max(2, len(row) / 2) and not any(cell.text.endswith((".", ";")) for cell in row)


def _head_depth(rows: list[list[TextCell]]) -> int:
    """Return how many rows the head has: as deep as its deepest cell, those under a merged heading, and a numbering."""
    depth = max(cell.row_span for cell in rows[0])
    merged = [cell for cell in rows[0] if cell.column_span > 1 and cell.row_span == 1]
    if depth == 1 and merged and len(rows) > 2:
        under = {column for cell in merged for column in range(cell.column, cell.column + cell.column_span)}
        depth += all(cell.column in under for cell in rows[1])
    depth = min(depth, _MOST_HEAD_ROWS, len(rows) - 1)
    while depth < min(_MOST_HEAD_ROWS, len(rows) - 1) and _runs_on(rows[0], rows[depth]):
        depth += 1
    while depth < len(rows) - 1 and is_numbering(rows[depth]):
        depth += 1
    return max(depth, 1)


def _runs_on(head: list[TextCell], row: list[TextCell]) -> bool:
    """Whether a row goes on with the words of the head over it, as where no line parts the rows: "ST | Khoa, phòng"
    over "T | chịu trách nhiệm". The broken sign over the ordinals tells it from a row that the page broke."""
    if not row or row[0].column or head[0].column:
        return False
    broken = row[0].text.isupper() and heading_kind(head[0].text + row[0].text) == "ordinal"
    told = [cell for cell in row[1:] if cell.text.strip()]
    return broken and len(told) > 1 and all(cell.text[0].islower() for cell in told)


def is_numbering(row: list[TextCell]) -> bool:
    """Whether a row numbers the columns, (1) (2) (3), A B 1 2 or 7 8 9=7/4, though a scan may read some signs ill."""
    signs = [(cell.column, cell.text.partition("=")[0].strip("()[]{}. ")) for cell in row]
    if len(signs) < 3 or any(len(cell.text) > 4 and "=" not in cell.text for cell in row):
        return False
    counted = [int(sign) - column for column, sign in signs if sign.isdigit()]
    letters = sum(sign in ("A", "B", "C") for _, sign in signs)
    steady = max((counted.count(offset) for offset in (-2, -1, 0, 1)), default=0)
    marked = sum(cell.text[-1:] == ")" or "=" in cell.text for cell in row)
    return (
        steady >= 2
        and steady + letters >= 0.5 * len(signs)
        and (marked >= 2 or letters > 0 or steady >= 0.8 * len(signs))
    )
