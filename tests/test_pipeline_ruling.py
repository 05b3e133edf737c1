"""The grid of cells that ruling lines make."""

from __future__ import annotations

import itertools
import time

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ruling import Rule, grids, joined

XS, YS = [50.0, 90.0, 300.0, 500.0], [100.0, 130.0, 170.0, 220.0]


def ruled(xs: list[float] = XS, ys: list[float] = YS) -> list[Rule]:
    return [Rule(xs[0], y, xs[-1], y) for y in ys] + [Rule(x, ys[0], x, ys[-1]) for x in xs]


def test_every_field_of_a_full_grid_is_a_cell() -> None:
    (grid,) = grids(ruled())
    assert (grid.row_count, grid.column_count) == (3, 3)
    assert [(cell.row, cell.column) for cell in grid.cells] == [(r, c) for r in range(3) for c in range(3)]
    assert tuple(grid.cells[4].box) == (90.0, 130.0, 300.0, 170.0)


def test_a_missing_piece_of_line_joins_two_cells() -> None:
    rules = [r for r in ruled() if not (not r.horizontal and r.x0 == 300.0)]
    rules += [Rule(300.0, 100.0, 300.0, 170.0)]
    (grid,) = grids(rules)
    spans = [(cell.row, cell.column, cell.column_span) for cell in grid.cells if cell.column_span > 1]
    assert spans == [(2, 1, 2)]


def test_a_table_without_outer_verticals_has_its_outer_columns() -> None:
    (grid,) = grids([r for r in ruled() if r.horizontal or r.x0 not in (50.0, 500.0)])
    assert (grid.row_count, grid.column_count, len(grid.cells)) == (3, 3, 9)


def test_an_underlined_word_in_a_cell_makes_no_row() -> None:
    (grid,) = grids([*ruled(), Rule(110.0, 158.0, 280.0, 158.0)])
    assert len(grid.cells) == 9


def test_lines_under_headings_and_a_frame_make_no_table() -> None:
    assert grids([Rule(100, 80, 180, 80), Rule(320, 80, 480, 80)]) == []
    assert grids(ruled([50.0, 500.0], [100.0, 220.0])) == []


def test_two_tables_are_two_from_the_top_down() -> None:
    lower = ruled(ys=[y + 300 for y in YS])
    assert [grid.box.y0 for grid in grids([*lower, *ruled()])] == [100.0, 400.0]


def test_the_pieces_of_a_broken_line_are_one() -> None:
    pieces = [Rule(50, 100, 120, 101), Rule(126, 100.5, 300, 101.5), Rule(340, 100, 500, 101), Rule(50, 130, 120, 130)]
    assert sorted(rule.length for rule in joined(pieces)) == [70, 160, 250]


@given(st.lists(st.tuples(*[st.floats(0, 600)] * 3, st.booleans()), max_size=25))
def test_cells_never_overlap(lines: list[tuple[float, float, float, bool]]) -> None:
    rules = [Rule(x, y, x + d, y) if flat else Rule(x, y, x, y + d) for x, y, d, flat in lines]
    for grid in grids(rules):
        places = [
            (r, c)
            for cell in grid.cells
            if cell.row_span * cell.column_span == 1
            for r in range(cell.row, cell.row + cell.row_span)
            for c in range(cell.column, cell.column + cell.column_span)
        ]
        assert len(places) == len(set(places))


def test_sides_drawn_cell_by_cell_are_the_same_table_as_whole_lines() -> None:
    xs, ys = [40.0, 90.0, 200.0, 300.0], [50.0 + 14 * row for row in range(41)]
    pieces = [Rule(x0, y, x1, y) for y in ys for x0, x1 in itertools.pairwise(xs)] * 2
    pieces += [Rule(x, y0, x, y1) for x in xs for y0, y1 in itertools.pairwise(ys)] * 2
    whole = [Rule(xs[0], y, xs[-1], y) for y in ys] + [Rule(x, ys[0], x, ys[-1]) for x in xs]
    assert grids(pieces) == grids(whole)
    assert grids(whole)[0].row_count == 40


def test_a_page_full_of_cells_is_told_in_time_by_the_cell() -> None:
    side = [(x, y) for x in range(40, 540, 10) for y in range(40, 2040, 10)]
    pieces = [Rule(x, y, x + 10, y) for x, y in side] + [Rule(x, y, x, y + 10) for x, y in side]
    begin = time.perf_counter()
    (grid,) = grids(pieces)
    assert len(grid.cells) > 9_000
    assert time.perf_counter() - begin < 30


def test_an_underlined_word_at_a_corner_is_no_row() -> None:
    (grid,) = grids([*ruled(), Rule(XS[0] + 2, YS[-1] + 4, XS[0] + 60, YS[-1] + 4)])
    assert grid.row_count == 3
