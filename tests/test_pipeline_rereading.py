"""What is read again, and what two readings of a place make together."""

from __future__ import annotations

import pytest

from pipeline.document import Box, Word
from pipeline.rereading import MAX_CROPS, Place, dashes, places, settle, unread

BOX = Box(100, 100, 130, 112)
LETTER = Box(100, 100, 108, 112)


def word(text: str, confidence: float, box: Box = BOX) -> Word:
    return Word(text, text, box, confidence)


@pytest.mark.parametrize(
    ("first", "second", "text", "doubted"),
    [
        (("hô", 0.8), ("hồ", 0.97), "hồ", False),
        (("hồ", 0.9), ("hô", 0.7), "hồ", False),
        (("thâmq", 0.9), ("thẩm", 0.8), "thẩm", False),  # what is no syllable gives way
        (("15/4/2031", 0.7), ("15/4/2031", 0.9), "15/4/2031", False),
        (("15/4/2031", 0.7), ("18/4/2031", 0.9), "18/4/2031", True),
        (("15/4/2031", 0.9), ("18/4/2031", 0.7), "15/4/2031", True),
        (("I.", 0.9), ("1.", 0.97), "I.", True),
        (("hai", 0.7), ("ha1", 0.9), "ha1", True),  # a letter never becomes a figure unflagged
        (("41,3", 0.7), ("413", 0.9), "41,3", True),  # small signs get lost, they are not made
        (("112025", 0.9), ("II/2025", 0.7), "II/2025", True),
        (("4I,7", 0.9), ("41,7", 0.7), "41,7", True),  # no number has a letter among its figures
        (("728/QĐ-UBND", 0.8), ("28", 0.9), "728/QĐ-UBND", True),  # a crop that lost half of the word
    ],
)
def test_two_readings_are_settled(
    first: tuple[str, float], second: tuple[str, float], text: str, doubted: bool
) -> None:
    (settled,) = settle([word(*first)], [(Place(BOX, 0), word(*second))])
    assert settled.text == settled.raw == text
    assert settled.doubts == (("number_disputed",) if doubted else ())
    if doubted:
        assert {settled.text, *settled.alternatives} >= {first[0], second[0]}
    assert settled.box == BOX


def test_syllables_run_together_are_parted() -> None:
    parted = settle([word("khotư", 0.9)], [(Place(BOX, 0), word("kho tư", 0.9))])
    assert [found.text for found in parted] == ["kho", "tư"]
    left, right = (found.box for found in parted)
    assert left is not None
    assert right is not None
    assert BOX.x0 == left.x0 < left.x1 < right.x0 < right.x1 == pytest.approx(BOX.x1)


def test_agreement_lifts_the_confidence() -> None:
    (settled,) = settle([word("2031", 0.6)], [(Place(BOX, 0), word("2031", 0.7))])
    assert (settled.confidence, settled.doubts) == (pytest.approx(0.88), ())  # both wrong, and alike, is hardly likely
    (settled,) = settle([word("2031", 0.3)], [(Place(BOX, 0), word("2031", 0.5))])
    assert settled.doubts == ("low_confidence",)
    (settled,) = settle([word("kho", 0.6)], [(Place(BOX, 0), word("kho", 0.7))])
    assert settled.confidence == 0.7


def test_a_number_written_as_none_is_gives_way_and_is_doubted_where_nothing_better_is_read() -> None:
    (settled,) = settle([word("§3/NQ-HĐND", 0.9)], [(Place(BOX, 0), word("83/NQ-HĐND", 0.6))])
    assert (settled.text, settled.doubts, settled.alternatives) == ("83/NQ-HĐND", ("number_disputed",), ("§3/NQ-HĐND",))
    (settled,) = settle([word("4.9125", 0.95)], [(Place(BOX, 0), None)])
    assert (settled.text, settled.doubts) == ("4.9125", ("number_impossible",))


def test_the_number_of_a_unit_has_no_letter_and_what_was_read_stays_beside() -> None:
    (settled,) = settle([word("7/BC-PV0I", 0.9)], [(Place(BOX, 0), word("7/BC-PV0I", 0.9))])
    assert (settled.raw, settled.text) == ("7/BC-PV0I", "7/BC-PV01")
    assert (settled.doubts, settled.alternatives) == (("number_disputed",), ("7/BC-PV0I",))


def test_nothing_read_changes_nothing() -> None:
    first = word("kho", 0.5)
    assert settle([first], [(Place(BOX, 0), None)]) == [first]


def test_a_weak_number_that_nothing_supports_is_doubted() -> None:
    (settled,) = settle([word("2031", 0.5)], [(Place(BOX, 0), None)])
    assert (settled.text, settled.doubts) == ("2031", ("low_confidence",))


@pytest.mark.parametrize(("text", "confidence", "taken"), [
    ("7", 0.9, True), ("12.", 0.9, True), ("IV", 0.8, True), ("b)", 0.9, True), ("TT", 0.9, True),
    ("7", 0.3, False), ("§", 0.95, False), ("xyzw", 0.95, False), ("kho", 0.95, True), ("kho", 0.7, False),
])  # fmt: skip
def test_what_was_passed_over_is_taken_up_only_as_a_number_or_a_sure_word(
    text: str, confidence: float, taken: bool
) -> None:
    settled = settle([], [(Place(BOX), word(text, confidence)), (Place(BOX, dpi=160), None)])
    assert [found.text for found in settled] == ([text] if taken else [])


def test_a_passed_over_number_read_in_two_ways_is_disputed() -> None:
    (settled,) = settle([], [(Place(BOX), word("3", 0.9)), (Place(BOX, dpi=160), word("8", 0.7))])
    assert (settled.text, settled.doubts, settled.alternatives) == ("3", ("number_disputed",), ("8",))


def test_doubtful_words_and_bare_print_are_read_again() -> None:
    words = [word("hồ", 0.97), word("sơ", 0.5, Box(140, 100, 160, 112)), word("xqz", 0.95, Box(170, 100, 190, 112))]
    bare = Box(100, 300, 106, 309)
    wanted = places(words, [BOX, bare])
    assert {place.index for place in wanted} == {None, 1, 2}
    assert [place.box for place in wanted if place.index is None] == [bare, bare]


def test_a_page_of_noise_is_not_read_speck_by_speck() -> None:
    marks = [Box(x, y, x + 8, y + 8) for x in range(0, 500, 20) for y in range(0, 800, 20)]
    words = [word("¬§", 0.1, mark) for mark in marks[::2]] + [word("q7", 0.1, mark) for mark in marks[1::2]]
    assert len(places(words, marks)) <= 3 * MAX_CROPS


@pytest.mark.parametrize(
    ("text", "figures"),
    [("2031", True), ("41,3", True), ("II.", True), ("C)", True), ("q@)", True), ("(ï", True), ("hồ", False),
     ("(để", False), ("12/KH-STL", False), ("y", False)],
)  # fmt: skip
def test_figures_and_labels_go_to_the_model_for_figures(text: str, figures: bool) -> None:
    (place,) = places([word(text, 0.7)], [])
    assert place.figures is figures


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        (("q@)", 0.3), ("(i)", 0.9), "(i)"),
        (("Œ)", 0.6), ("(ïi)", 0.9), "(ii)"),
        (("đ)", 0.8), ("d)", 0.95), "đ)"),  # the model for figures knows no đ
        (("gì", 0.4), ("3", 0.9), "3"),
        (("hồ", 0.45), ("ho", 0.9), "hồ"),  # nor marks: it settles no words
    ],
)
def test_labels_are_settled_by_what_a_label_may_be(
    first: tuple[str, float], second: tuple[str, float], text: str
) -> None:
    (settled,) = settle([word(*first, LETTER)], [(Place(LETTER, 0, figures=True), word(*second, LETTER))])
    assert settled.text == text


def test_a_sure_word_stays_a_word() -> None:
    (settled,) = settle([word("y", 0.9)], [(Place(BOX, 0), word("15", 0.95))])
    assert settled.text == "y"


def test_figures_side_by_side_are_read_as_one_number() -> None:
    one, other, far = Box(92, 169, 95, 177), Box(98, 169, 102, 177), Box(300, 169, 304, 177)
    assert {place.box for place in places([], [far, other, one])} == {one.union(other), far}


def test_a_passed_over_place_that_gave_nothing_is_read_at_another_scale() -> None:
    other = Box(300, 100, 306, 109)
    tried = places([], [BOX, other])
    read = [word("7", 0.9, place.box) if place.box == BOX and place.figures else None for place in tried]
    assert unread(tried, read, []) == []  # outside tables what gave nothing is mostly a pen's writing
    again = unread(tried, read, [Box(290, 90, 320, 120)])
    assert [place.box for place in again] == [other]
    assert again[0].dpi not in {place.dpi for place in tried}


BULLET = Box(90, 105, 94, 106)
CELL = Box(200, 90, 260, 130)


@pytest.mark.parametrize(
    ("mark", "found"),
    [
        (BULLET, True),
        (Box(90, 99, 94, 100), False),  # over the word: a tone's mark, a speck
        (Box(60, 105, 64, 106), False),  # too far from any word
        (Box(110, 105, 114, 106), False),  # inside a word
        (Box(228, 108, 232, 109), True),  # alone in a cell
    ],
)
def test_dashes_are_found_before_words_and_alone_in_cells(mark: Box, found: bool) -> None:
    assert bool(dashes([word("Lưu", 0.9)], [mark], [CELL])) is found


def test_a_dash_in_a_cell_with_words_is_none() -> None:
    inside = word("kho", 0.9, Box(205, 95, 225, 104))
    assert dashes([inside], [Box(240, 120, 244, 121)], [CELL]) == []


def test_print_for_two_figures_is_read_again_and_the_reading_that_fills_it_stays() -> None:
    wide = Box(100, 100, 114, 110)
    (place,) = places([word("2", 0.97, wide)], [])
    assert (place.box, place.figures) == (wide, True)
    (settled,) = settle([word("2", 0.97, wide)], [(place, word("72", 0.7, wide))])
    assert (settled.text, settled.doubts, settled.alternatives) == ("72", ("number_disputed",), ("2",))
    (settled,) = settle([word("2", 0.97, wide)], [(place, word("2", 0.9, wide))])
    assert (settled.text, settled.doubts) == ("2", ("low_confidence",))


@pytest.mark.parametrize(("text", "width", "again"), [("Si", 6.5, True), ("Si", 12.0, False), ("3", 6.5, False)])
def test_letters_in_print_for_one_sign_may_be_a_figure(text: str, width: float, again: bool) -> None:
    wanted = places([word(text, 0.97, Box(100, 100, 100 + width, 110))], [])
    assert [place.figures for place in wanted] == [True] * again
