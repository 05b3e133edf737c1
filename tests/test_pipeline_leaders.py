"""Rows of dots to write on are counted and taken out; other dots are print."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.leaders import take_leaders_out
from pipeline.picture import Grey
from tests.scanned import drawing

DPI = 200
POINT = DPI / 72


def dotted(*rows: tuple[float, list[float]], size: float = 1.1) -> Grey:
    """A page with dots at these places: height, and distances from the left, in points."""
    page = Image.new("L", (900, 600), 255)
    pen = ImageDraw.Draw(page)
    for y, xs in rows:
        for x in xs:
            pen.rectangle((x * POINT, y * POINT, (x + size) * POINT, (y + size) * POINT), fill=0)
    return np.asarray(page, dtype=np.uint8)


def steps(start: float, step: float, count: int) -> list[float]:
    return [start + step * at for at in range(count)]


@pytest.mark.parametrize(("step", "count"), [(3.0, 64), (4.1, 17), (2.2, 5), (6.0, 12)])
def test_the_dots_are_counted_and_gone(step: float, count: int) -> None:
    (leader,), page = take_leaders_out(dotted((50.0, steps(40.0, step, count))), DPI)
    assert leader.dots == count
    assert leader.box == pytest.approx((40.0, 50.0, 40.0 + step * (count - 1) + 1.1, 51.1), abs=0.5)
    assert (page == 255).all()


def test_a_lost_dot_is_counted() -> None:
    xs = steps(40.0, 4.0, 20)
    del xs[7]
    (leader,), _ = take_leaders_out(dotted((50.0, xs)), DPI)
    assert leader.dots == 20


def test_a_leader_on_a_line_that_climbs_is_one() -> None:
    rows = [(50.0 - 0.02 * at, [40.0 + 4.0 * at]) for at in range(60)]
    (leader,), _ = take_leaders_out(dotted(*rows), DPI)
    assert leader.dots == 60


def test_two_leaders_side_by_side_and_below_each_other_are_three() -> None:
    page = dotted((50.0, steps(40.0, 3.0, 20) + steps(150.0, 3.0, 10)), (64.0, steps(40.0, 3.0, 30)))
    found, _ = take_leaders_out(page, DPI)
    assert [leader.dots for leader in found] == [20, 30, 10]


@pytest.mark.parametrize(
    "page",
    [
        dotted((50.0, steps(40.0, 4.0, 4))),  # an ellipsis
        dotted((50.0, [40.0, 42.5, 48.0, 50.1, 56.5, 59.0, 65.4])),  # no even step
        dotted(*((50.0 + 1.7 * at, [40.0 + 3.0 * at]) for at in range(9))),  # not level
        dotted((50.0, steps(40.0, 4.0, 9)), size=3.0),  # bullets
        dotted(),
    ],
)
def test_other_dots_stay(page: Grey) -> None:
    found, after = take_leaders_out(page, DPI)
    assert found == []
    assert after is page


def test_print_has_no_leaders() -> None:
    page = np.asarray(drawing().convert("L"), dtype=np.uint8)
    assert take_leaders_out(page, 150) == ([], page)


@pytest.mark.parametrize("density", [0.001, 0.003, 0.01, 0.05])
def test_specks_all_over_a_page_are_no_leaders(density: float) -> None:
    noise = np.where(np.random.default_rng(3).random((1169, 827)) < density, 0, 255).astype(np.uint8)
    found, _ = take_leaders_out(noise.repeat(2, axis=0).repeat(2, axis=1), DPI)
    assert found == []
