"""What is read again, and what two readings of a place make together."""

from __future__ import annotations

import pytest

from pipeline.document import Box, Word
from pipeline.rereading import MAX_CROPS, Place, places, settle, without_noise

BOX = Box(100, 100, 130, 112)


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
    (settled,) = settle([word("2031", 0.6)], [(Place(BOX, 0), word("2031", 0.95))])
    assert settled.confidence == 0.95


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
    ("text", "confidence", "box", "kept"),
    [
        ("~", 0.5, Box(100, 100, 104, 102), "-"),
        ("_", 0.9, Box(100, 100, 104, 101), "-"),
        ("_", 0.9, Box(100, 100, 160, 102), None),  # the rest of a ruling line
        ("|", 0.4, Box(100, 100, 101, 112), None),
        ("'", 0.5, Box(100, 100, 102, 103), None),
        ("……", 0.2, Box(100, 100, 160, 102), "……"),
        ("a", 0.1, BOX, "a"),
    ],
)
def test_lone_signs_are_dashes_leaders_or_noise(text: str, confidence: float, box: Box, kept: str | None) -> None:
    assert [found.text for found in without_noise([word(text, confidence, box)])] == ([kept] if kept else [])
