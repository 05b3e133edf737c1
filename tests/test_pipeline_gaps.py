"""Tables that no lines part, or some: columns by the white between words, rows by pitch and ordinals; prose is none."""

from __future__ import annotations

import pytest

from pipeline.document import Box, Word
from pipeline.gaps import open_grids, part_rows
from pipeline.layout import arrange
from pipeline.rows import placed, rows
from pipeline.ruling import Grid, GridCell, Rule
from tests.table_pages import words_at

LEFTS = (60.0, 90.0, 300.0, 420.0)
ROWS = [
    ["TT", "Nội dung", "Đơn vị", "Thời gian"],
    ["1", "Đo mực nước hồ chứa", "Trạm Thủy văn", "Quý I/2031"],
    ["2", "Nạo vét mương nội đồng / và sửa cống", "Hợp tác xã", "Quý II/2031"],
    ["3", "Trồng cây chắn gió", "Đoàn xã", "Tháng 7/2031"],
    ["4", "Tổng kết", "Văn phòng", "Tháng 12/2031"],
]


def table(found: list[list[str]], top: float = 100.0) -> list[Word]:
    """Rows 24 points apart, the lines of one cell 13 points apart."""
    words: list[Word] = []
    y = top
    for row in found:
        cells = [cell.split(" / ") for cell in row]
        for cell, x in zip(cells, LEFTS, strict=True):
            for number, text in enumerate(cell):
                words += words_at(text, x, y + 13 * number)
        y += 24 + 13 * (max(map(len, cells)) - 1)
    return words


def prose(y: float, lines: int = 6) -> list[Word]:
    words: list[Word] = []
    for number in range(lines):
        words += words_at(
            "Các tổ rà soát hồ sơ lập danh mục nộp về Văn phòng đúng hạn đã ghi trong lịch", 60, y + 15 * number
        )
    return words


def cell_texts(words: list[Word], ruling: list[Rule] | None = None) -> list[list[str]]:
    lines = [line for line in arrange(words, 595, 842, ruling) if line.cell is not None]
    found: dict[tuple[int, int], list[str]] = {}
    for line in lines:
        assert line.cell is not None
        found.setdefault((line.cell.row, line.cell.column), []).append(line.text)
    width = max((column for _, column in found), default=-1) + 1
    height = max((row for row, _ in found), default=-1) + 1
    return [[" / ".join(found.get((row, column), [])) for column in range(width)] for row in range(height)]


def test_columns_without_lines_are_a_table() -> None:
    assert cell_texts(table(ROWS)) == ROWS


def test_prose_around_a_table_stays_outside() -> None:
    words = prose(100) + table(ROWS, 220) + prose(400)
    assert cell_texts(words) == ROWS


@pytest.mark.parametrize("words", [prose(100, 12), words_at("1. Văn phòng Sở", 60, 100) + prose(115)])
def test_prose_is_no_table(words: list[Word]) -> None:
    assert open_grids(rows(placed(words)), []) == []


def test_lines_between_rows_part_rows() -> None:
    ys = [96.0, 120, 144, 181, 205, 229]
    across = [Rule(55, y, 520, y) for y in ys]
    assert cell_texts(table(ROWS), across) == ROWS


def test_a_group_s_heading_covers_the_columns() -> None:
    inner = [*ROWS[:2], ["", "II. Công việc sáu tháng cuối năm của toàn xã", "", ""], *ROWS[2:]]
    found = cell_texts(table(inner))
    assert [row[1] for row in found][2] == "II. Công việc sáu tháng cuối năm của toàn xã"
    assert [row[0] for row in found] == ["TT", "1", "", "2", "3", "4"]


def ruled_columns() -> tuple[Grid, list[Word]]:
    """A head and a body without lines between its rows."""
    xs = [55.0, 85.0, 295.0, 415.0, 520.0]
    cells = [
        GridCell(row, column, 1, 1, Box(xs[column], top, xs[column + 1], bottom))
        for row, (top, bottom) in enumerate([(96.0, 120.0), (120.0, 229.0)])
        for column in range(4)
    ]
    return Grid(Box(55, 96, 520, 229), cells, 2, 4), table(ROWS)


def test_rows_that_the_first_column_counts_are_parted() -> None:
    grid, words = ruled_columns()
    parted = part_rows(grid, placed(words))
    assert parted.row_count == 5 and len(parted.cells) == 20
    assert [cell.row for cell in parted.cells] == sorted(cell.row for cell in parted.cells)


def test_rows_are_parted_though_a_number_is_misread() -> None:
    grid, words = ruled_columns()
    misread = {"3": "g"}
    words = [Word(misread.get(w.text, w.text), misread.get(w.text, w.text), w.box) for w in words]
    assert part_rows(grid, placed(words)).row_count == 5


def test_a_first_column_of_words_leaves_the_rows_alone() -> None:
    grid, words = ruled_columns()
    words = (
        [w for w in words if w.box is not None and w.box.x0 > 85]
        + words_at("Việc", 60, 130)
        + words_at("khác", 60, 143)
    )
    assert part_rows(grid, placed(words)) is grid
