"""The words of a first reading: noise goes, what stuck together is parted, figures stay as they were read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Box, Word
from pipeline.tidying import plain, tidied

BOX = Box(100, 100, 160, 112)


def word(text: str, confidence: float = 0.9, box: Box = BOX) -> Word:
    return Word(text, text, box, confidence)


def texts(*words: Word, marks: tuple[Box, ...] = ()) -> list[str]:
    return [found.text for found in tidied(words, marks)]


@pytest.mark.parametrize(
    ("text", "confidence", "box", "kept"),
    [
        ("~", 0.5, Box(100, 100, 104, 102), "-"),
        ("_", 0.9, Box(100, 100, 104, 101), "-"),
        ("_", 0.9, Box(100, 100, 160, 102), None),  # the rest of a ruling line
        ("-", 0.9, Box(100, 100, 101, 101), None),  # a speck
        ("Ề", 0.1, Box(100, 100, 108, 101), None),  # print has a height
        ("|", 0.4, Box(100, 100, 101, 112), None),
        ("'", 0.5, Box(100, 100, 102, 103), None),
        (".", 0.95, Box(100, 100, 102, 102), None),
        ("%", 0.95, Box(100, 100, 108, 110), "%"),
        ("……", 0.2, Box(100, 100, 160, 102), "……"),
        ("a", 0.1, BOX, "a"),
        ("©)", 0.5, BOX, "c)"),  # a label, however unsure
        ("©", 0.5, BOX, None),
        ("-", 0.9, Box(100, 100, 105, 109), "-"),
    ],
)
def test_lone_signs_are_dashes_leaders_or_noise(text: str, confidence: float, box: Box, kept: str | None) -> None:
    assert texts(word(text, confidence, box)) == ([kept] if kept else [])


@pytest.mark.parametrize(
    ("read", "meant"),
    [("_UBND", "UBND"), ("'Thạch", "Thạch"), (".nghiệm", "nghiệm"), ("._.2.", "2."), ("......ngày", "......ngày"),
     ("-95", "-95"), ("QĐÐ-STL", "QĐ-STL"), ("(b/©);", "(b/c);"), ("(ïi)", "(ii)"), ("100€", "100€"), ("ca§,", "cas,"),
     ("§1", "§1")],
)  # fmt: skip
def test_signs_that_no_text_has_go(read: str, meant: str) -> None:
    assert texts(word(read)) == [meant]


@pytest.mark.parametrize(
    ("read", "parted"),
    [
        ("I.MỤC", ["I.", "MỤC"]),
        ("HI.PHÂN", ["HI.", "PHÂN"]),
        ("2.Tổ", ["2.", "Tổ"]),
        ("a)Giao", ["a)", "Giao"]),
        ("X,KỲ", ["X,", "KỲ"]),
        ("H,IH/2031", ["H,", "IH/2031"]),
        ("-.14", ["-", "14"]),
        ("kho,tem", ["kho,", "tem"]),
        ("hồ.sơ", ["hồ.", "sơ"]),
        ("Điều-3;", ["Điều", "3;"]),
        ("Tháng.8/2031", ["Tháng", "8/2031"]),
        ("Covid-19", ["Covid-19"]),
        ("III//2031", ["III/2031"]),
        ("TP.HCM", ["TP.HCM"]),
        ("vanthu@songmay.example", ["vanthu@songmay.example"]),
        ("1.Ý", ["1.", "Ý"]),
        ("1.Ñ", ["1.Ñ"]),  # no letter of the language
        ("1.234", ["1.234"]),
        ("41,3", ["41,3"]),
    ],
)
def test_what_ran_together_is_parted(read: str, parted: list[str]) -> None:
    assert texts(word(read)) == parted


def test_parts_have_the_boxes_of_their_own_ink() -> None:
    label, title = Box(100, 100, 108, 112), Box(114, 100, 160, 112)
    assert [found.box for found in tidied([word("I.MỤC")], [label, title])] == [label, title]


@pytest.mark.parametrize(
    ("ink", "kept"),
    [(Box(100, 100, 105, 109), []), (Box(100, 104, 105, 105), ["-"]), (Box(92, 99, 130, 110), ["-"])],
)
def test_a_dash_with_the_ink_of_a_figure_was_passed_over(ink: Box, kept: list[str]) -> None:
    assert texts(word("-", box=Box(100, 100, 105, 110)), marks=(ink,)) == kept


def test_a_number_behind_a_bullet_has_the_box_of_its_figures() -> None:
    figures = Box(110, 100, 113, 112), Box(115, 100, 118, 112)
    bullet, number = tidied([word("-.14", box=Box(100, 100, 118, 112))], figures)
    assert bullet.box == Box(100, 100, 110, 112)
    assert number.box == Box(110, 100, 118, 112)


def test_a_freed_word_has_the_box_of_its_own_ink() -> None:
    ink = Box(140, 100, 160, 112)
    (freed,) = tidied([word("'kho")], [ink])
    assert freed.box == ink


@pytest.mark.parametrize(("width", "text"), [(5.0, "2"), (9.0, "2)")])
def test_a_narrow_figure_has_no_bracket(width: float, text: str) -> None:
    assert texts(word("2)", box=Box(100, 100, 100 + width, 110))) == [text]


@given(st.from_regex(r"[0-9]{1,4}([.,/:-][0-9]{1,4}){0,3}", fullmatch=True))
def test_figures_are_never_touched(number: str) -> None:
    assert plain(number) == number
    assert texts(word(number)) == [number]
