"""Cells that the reading of a page garbled or passed over are read alone, and the better reading stays."""

from __future__ import annotations

from pipeline import cells
from pipeline.document import Box, Word
from pipeline.ruling import Grid, GridCell

FIRST, SECOND = Box(0.0, 0.0, 100.0, 40.0), Box(100.0, 0.0, 200.0, 40.0)
TABLE = Grid(Box(0.0, 0.0, 200.0, 40.0), [GridCell(0, 0, 1, 1, FIRST), GridCell(0, 1, 1, 1, SECOND)], 1, 2)


def word(text: str, x: float, y: float = 5.0, confidence: float = 0.95, height: float = 10.0) -> Word:
    return Word(text, text, Box(x, y, x + 5.0 * len(text), y + height), confidence)


def boxes(*words: Word) -> list[Box]:
    return [word.box for word in words if word.box is not None]


def texts(words: list[Word]) -> list[str]:
    return sorted(word.text for word in words)


GOOD = [word("Kế", 10), word("hoạch", 30)]
OTHER = [word("Thực", 110), word("hiện", 140)]


def test_cells_read_well_are_left_alone() -> None:
    assert cells.astray(GOOD + OTHER, boxes(*GOOD, *OTHER), [TABLE]) == []
    assert cells.astray([word("hoạchh", 300)], [], [TABLE]) == []
    assert cells.astray([], [], [TABLE]) == []


def test_cells_to_read_alone() -> None:
    ink = boxes(*GOOD, *OTHER)
    for odd in (word("hoạchthực", 30), word("hoạch", 30, confidence=0.3), word("hoạch", 30, height=24.0)):
        assert cells.astray([GOOD[0], odd, *OTHER], ink, [TABLE]) == [FIRST]
    assert cells.astray([*GOOD, OTHER[0]], ink, [TABLE]) == [SECOND]  # "hiện" was passed over


def test_a_lone_sign_that_was_passed_over_is_no_line_of_text() -> None:
    assert cells.astray(GOOD, boxes(*GOOD, word("5", 150)), [TABLE]) == []
    assert cells.astray(GOOD, boxes(*GOOD, word("Lượt", 150)), [TABLE]) == [SECOND]


def test_specks_are_not_made_words() -> None:
    speck, unit = word("l", 150, confidence=0.2), word("Lượt", 150, confidence=0.7)
    assert cells.settle([], boxes(unit), [(SECOND, [speck])]) == []
    assert cells.settle([], boxes(unit), [(SECOND, [unit])]) == [unit]


def test_a_page_of_noise_is_not_read_cell_by_cell() -> None:
    rows = [Box(0.0, 20.0 * at, 100.0, 20.0 * at + 20.0) for at in range(cells.MOST_CELLS + 1)]
    table = Grid(Box(0.0, 0.0, 100.0, 9999.0), [GridCell(at, 0, 1, 1, box) for at, box in enumerate(rows)])
    assert cells.astray([word("hxqk", 10, box.y0 + 5.0) for box in rows], [], [table]) == []


def test_the_reading_of_more_likely_words_stays() -> None:
    first = [word("Kê", 10, confidence=0.6), word("hoạchh", 30), *OTHER]
    settled = cells.settle(first, boxes(*GOOD, *OTHER), [(FIRST, GOOD)])
    assert texts(settled) == texts(GOOD + OTHER)
    assert cells.settle(GOOD, boxes(*GOOD), [(FIRST, [word("Kê", 10, confidence=0.6), word("hoạchh", 30)])]) == GOOD


def test_the_reading_that_leaves_less_unread_stays() -> None:
    ink = boxes(*GOOD)
    assert texts(cells.settle(GOOD[:1], ink, [(FIRST, [word("Kế", 10, confidence=0.9), GOOD[1]])])) == texts(GOOD)
    assert cells.settle(GOOD, ink, [(FIRST, GOOD[:1])]) == GOOD
    assert cells.settle(GOOD, ink, [(FIRST, [])]) == GOOD


def test_lone_figures_are_left_to_the_model_for_figures() -> None:
    figures = word("22", 150)
    assert cells.settle([], boxes(figures), [(SECOND, [figures])]) == []


def test_a_number_of_one_reading_alone_is_marked() -> None:
    first = [word("thángg", 10), word("I0", 60), word("2031", 80)]
    second = [word("tháng", 10), word("10", 60), word("2031", 80)]
    settled = {w.text: w for w in cells.settle(first, boxes(*second), [(FIRST, second)])}
    assert settled["10"].doubts == ("number_disputed",)
    assert "I0" in settled["10"].alternatives
    assert settled["2031"].doubts == settled["tháng"].doubts == ()
