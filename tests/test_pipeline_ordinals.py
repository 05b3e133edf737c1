"""Numbers of a table's rows: which are read again, and what two readings of one make together."""

from __future__ import annotations

import pytest

from pipeline.document import Box, Word
from pipeline.ordinals import bracketed, counted, places, settle
from pipeline.rereading import Place
from pipeline.ruling import Grid, GridCell

SIGN = Box(62, 104, 68, 114)


def grid(count: int = 5, width: float = 30) -> Grid:
    cells = [
        GridCell(row, column, 1, 1, Box(left, 100 + 20 * row, right, 120 + 20 * row))
        for row in range(count)
        for column, (left, right) in enumerate([(50.0, 50 + width), (50 + width, 400.0)])
    ]
    return Grid(Box(50, 100, 400, 100 + 20 * count), cells, count, 2)


def column(*texts: str, confidence: float = 0.99) -> tuple[list[Word], list[Box]]:
    """The words of a first column, and the marks of all its cells; an empty text was passed over."""
    boxes = [Box(SIGN.x0, SIGN.y0 + 20 * row, SIGN.x1, SIGN.y1 + 20 * row) for row in range(len(texts))]
    return [Word(text, text, box, confidence) for text, box in zip(texts, boxes, strict=True) if text], boxes


def test_only_what_was_passed_over_or_is_no_number_is_read_again() -> None:
    words, marks = column("1", "2", "g", "", "5")
    again = {place.box.y0 for place in places(words, marks, [grid()])}
    assert again == {marks[2].y0, marks[3].y0}


@pytest.mark.parametrize("texts", [("Tên", "Xã", "Huyện", "Tỉnh", ""), ("1", "", "", "", "")])
def test_a_column_that_counts_nothing_is_left_alone(texts: tuple[str, ...]) -> None:
    words, marks = column(*texts)
    assert places(words, marks, [grid()]) == []


def test_a_wide_column_is_left_alone() -> None:
    words, marks = column("1", "2", "g", "", "5")
    assert places(words, marks, [grid(width=200)]) == []


def read(*texts: tuple[str, float]) -> list[tuple[Place, Word | None]]:
    return [(Place(SIGN), Word(text, text, SIGN, confidence)) for text, confidence in texts]


def test_a_number_that_was_passed_over_is_taken_up() -> None:
    (word,) = settle([], read(("7", 0.97), ("7", 0.9)))
    assert (word.text, word.doubts) == ("7", ())


def test_a_letter_becomes_the_number_and_stays_beside_it() -> None:
    (word,) = settle([Word("g", "g", SIGN, 0.4)], read(("3", 0.7), ("3", 0.95)))
    assert (word.text, word.doubts, word.alternatives) == ("3", ("number_disputed",), ("g",))


def test_two_numbers_are_not_settled_here() -> None:
    words = [Word("17", "17", SIGN, 0.6)]
    assert settle(words, read(("7", 0.97), ("7", 0.97))) == words


def test_a_number_too_narrow_for_its_print_gives_way() -> None:
    wide = Box(62, 104, 76, 114)
    place = Place(wide)
    (settled,) = settle([Word("7", "7", wide, 0.6)], [(place, Word("17", "17", wide, 0.97)), (place, None)])
    assert (settled.text, settled.doubts, settled.alternatives) == ("17", ("number_disputed",), ("7",))


@pytest.mark.parametrize("texts", [(), (("7", 0.1),), (("xyz", 0.99),)])
def test_what_reads_poorly_changes_nothing(texts: tuple[tuple[str, float], ...]) -> None:
    words = [Word("g", "g", SIGN, 0.4)]
    assert settle(words, read(*texts)) == words


def test_a_speck_beside_a_number_is_left_off_and_the_number_doubted() -> None:
    (word,) = settle([Word("5_", "5_", SIGN, 0.6)], read(("2", 0.77)))
    assert (word.raw, word.text, word.doubts) == ("5_", "5", ("number_disputed",))


def test_two_scales_that_agree_are_a_reading_however_unsure() -> None:
    (word,) = settle([], read(("10", 0.0), ("10", 0.0)))
    assert (word.text, word.doubts) == ("10", ("low_confidence",))
    assert settle([], read(("10", 0.0), ("16", 0.0))) == []
    assert settle([], read(("1", 0.0), ("1", 0.0))) == []  # a stroke that two scales show is no more than a stroke


def heading(*texts: str) -> tuple[list[Word], list[Box], Grid]:
    """A table whose first row counts its columns: its words, all its marks, and its grid."""
    cells = [GridCell(0, at, 1, 1, Box(50 + 80 * at, 100, 130 + 80 * at, 120)) for at in range(len(texts))]
    boxes = [Box(80 + 80 * at, 104, 92 + 80 * at, 114) for at in range(len(texts))]
    words = [Word(text, text, box, 0.97) for text, box in zip(texts, boxes, strict=True) if text]
    return words, boxes, Grid(Box(50, 100, 50 + 80 * len(texts), 120), cells, 1, len(texts))


@pytest.mark.parametrize(
    ("texts", "again"),
    [
        (("(1)", "(2)", "a)", "4)"), [2, 3]),
        (("(1)", "", "(3)", "(4)"), [1]),
        (("(1)", "(2)", "(3)"), []),
        (("(1)", "a)", "Xã", "b)"), []),  # one label counts nothing
        (("(1)", "(2)", "Tổng cộng"), []),
        (("(7)", "(2)", "(5)", "x"), []),
    ],
)
def test_a_row_that_counts_the_columns_is_read_again_where_it_goes_astray(
    texts: tuple[str, ...], again: list[int]
) -> None:
    words, marks, table = heading(*texts)
    found = {place.box for place in places(words, marks, [table])}
    assert found == {marks[at] for at in again}


@pytest.mark.parametrize(
    ("texts", "inside", "found"),
    [
        (("", "(2)", "(3)", "(4)"), "()", ["(1)"]),
        (("(1)", "(2)", "", "(4)"), "(o)", ["(3)"]),
        (("(1)", "(2)", "", "(4)"), "x", []),
        (("(1)", "(2)", "", "(5)"), "()", []),  # the others are counted with a gap
        (("(1)", "", "Xã", "(4)"), "()", []),
    ],
)
def test_brackets_in_which_nothing_was_read_hold_the_number_that_is_left(
    texts: tuple[str, ...], inside: str, found: list[str]
) -> None:
    words, marks, table = heading(*texts)
    place = Place(marks[texts.index("")])
    added = bracketed(words, [(place, Word(inside, inside, place.box, 0.5))], [table])[len(words) :]
    assert [word.text for word in added] == found
    assert all(word.doubts == ("number_disputed",) and word.alternatives == (inside,) for word in added)


def test_a_label_that_lost_its_bracket_gets_it_back_and_is_doubted() -> None:
    (word,) = settle([Word("4)", "4)", SIGN, 0.94)], read(("(4)", 0.97), ("(4)", 0.9)))
    assert (word.text, word.doubts, word.alternatives) == ("(4)", ("number_disputed",), ("4)",))


@pytest.mark.parametrize(
    ("texts", "alternatives", "settled", "doubted"),
    [
        (("20", "21", "2", "23", "24"), (), "2", True),  # nobody read 22: the number stays, in doubt
        (("20", "21", "2", "23", "24"), ("22",), "22", True),
        (("9", "10", "II", "12", "13"), ("1",), "11", True),
        (("1", "2", "3.", "4", "5"), ("3",), "3", True),
        (("1.", "2.", "3.", "4.", "5."), (), "3.", False),
        (("1", "2", "1", "2", "3"), (), "1", False),  # a column that begins again
        (("4", "5", "II", "6", "7"), (), "II", False),  # the heading of a part
        (("10", "20", "25", "40", "50"), (), "25", False),  # codes
        (("1.", "2.", "Xã", "4.", "5."), (), "Xã", False),
    ],
)
def test_a_row_s_number_is_held_against_its_neighbours(
    texts: tuple[str, ...], alternatives: tuple[str, ...], settled: str, doubted: bool
) -> None:
    words, _ = column(*texts)
    words[2].alternatives = alternatives
    found = counted(words, [grid(len(texts))])
    assert (found[2].text, bool(found[2].doubts)) == (settled, doubted)
    assert [word.text for word in found[:2] + found[3:]] == [*texts[:2], *texts[3:]]


def test_a_last_number_that_goes_back_is_doubted() -> None:
    words, _ = column("1", "2", "3", "4", "4")
    assert [bool(word.doubts) for word in counted(words, [grid()])] == [False] * 4 + [True]
