"""Which strokes on a picture are printed lines: told by the lines across their way."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.linework import Stroke, lines_among, take_rules_out
from pipeline.ruling import Rule
from tests.scanned import FONTS

TOP, HEAD, GROUP, FOOT = 100.0, 130.0, 152.0, 300.0
ACROSS = [Rule(50.0, y, 400.0, y) for y in (TOP, HEAD, GROUP, FOOT)]


def stroke(rule: Rule, white: tuple[float, float] = (0.0, 0.0)) -> Stroke:
    """A stroke of one pixel a point that is inked but for the way between two places."""
    height, width = round(rule.y1 - rule.y0) + 1, round(rule.x1 - rule.x0) + 1
    place = np.arange(max(height, width)) + (rule.x0 if rule.horizontal else rule.y0)
    part = slice(round(rule.y0), round(rule.y0) + height), slice(round(rule.x0), round(rule.x0) + width)
    return Stroke(rule, part, np.ones((height, width), bool), (place < white[0]) | (place > white[1]))


def lines(*strokes: Stroke) -> list[Rule]:
    return [kept.rule for kept in lines_among([*map(stroke, ACROSS), *strokes], 1.0)][len(ACROSS) :]


BELOW = Rule(200.0, GROUP, 200.0, FOOT)


def test_a_head_no_higher_than_a_line_of_text_keeps_its_columns() -> None:
    head = Rule(200.5, TOP, 200.5, HEAD)
    assert lines(stroke(head), stroke(BELOW)) == [head, BELOW]


@pytest.mark.parametrize(
    "short",
    [
        Rule(230.0, TOP, 230.0, HEAD),  # no column stands there: the arc of a seal
        Rule(200.0, TOP, 200.0, HEAD - 9),  # hangs free: a letter
        Rule(200.0, 320.0, 200.0, 350.0),  # outside the table
    ],
)
def test_other_short_strokes_are_no_lines(short: Rule) -> None:
    assert lines(stroke(short), stroke(BELOW)) == [BELOW]


def test_a_line_that_print_carried_on_through_a_group_row_ends_at_it() -> None:
    (head, body) = lines(stroke(Rule(200.0, TOP, 200.0, FOOT), white=(HEAD + 1, HEAD + 11)))
    assert (head.y0, head.y1, body.y0, body.y1) == (TOP, HEAD, GROUP, FOOT)


def test_an_end_that_print_carried_on_into_a_row_is_cut_off() -> None:
    above, below = Rule(200.0, TOP, 200.0, HEAD + 9), Rule(200.0, GROUP - 8, 200.0, FOOT)
    kept = lines(stroke(above), stroke(below))
    assert [(rule.y0, rule.y1) for rule in kept] == [(TOP, HEAD), (GROUP, FOOT)]


@pytest.mark.parametrize("over", [3.0, 40.0])
def test_other_ends_stay(over: float) -> None:
    """What a window blurs, and the rest of a table whose last line was not found."""
    rule = Rule(200.0, TOP - over, 200.0, FOOT + over)
    assert lines(stroke(rule)) == [rule]


def test_a_line_with_a_break_is_one_line() -> None:
    whole = Rule(200.0, TOP, 200.0, FOOT)
    assert lines(stroke(whole, white=(HEAD + 8, HEAD + 11))) == [whole]


def test_a_row_that_runs_over_an_empty_column_is_cut_there() -> None:
    down = [stroke(Rule(x, TOP, x, FOOT)) for x in (50.0, 200.0, 300.0, 400.0)]
    rules = [kept.rule for kept in lines_among([*down, stroke(Rule(50.0, 200.0, 400.0, 200.0), white=(210, 295))], 1.0)]
    assert [(rule.x0, rule.x1) for rule in rules if rule.horizontal] == [(50.0, 200.0), (300.0, 400.0)]


def test_what_is_cut_away_keeps_its_ink() -> None:
    kept = lines_among([*map(stroke, ACROSS), stroke(Rule(200.0, TOP, 200.0, FOOT), white=(131, 141))], 1.0)
    painted = np.zeros((400, 500), bool)
    for line in kept:
        painted[line.part] |= line.mask
    assert not painted[round(HEAD) + 2 : round(GROUP) - 1, 200].any()
    assert painted[round(TOP) : round(HEAD), 200].all()
    assert painted[round(GROUP) + 1 : round(FOOT), 200].all()


@pytest.mark.parametrize("points", [13, 14])
def test_bars_of_capitals_in_a_row_are_no_line(points: int) -> None:
    path = next((font for font in FONTS if font.exists()), None)
    if path is None:
        pytest.skip("no font with serifs is installed")
    picture = Image.new("L", (900, 300), 255)
    pen = ImageDraw.Draw(picture)
    pen.text((60, 60), "41/TT-BTTTTT", fill=0, font=ImageFont.truetype(str(path), points * 150 // 72))
    pen.line((60, 200, 300, 200), fill=0, width=2)
    rules, left = take_rules_out(np.asarray(picture, dtype=np.uint8), 150.0)
    assert [round(rule.y0 / 72 * 150 / 10) for rule in rules] == [20]
    assert (left[:150] == np.asarray(picture)[:150]).all()
