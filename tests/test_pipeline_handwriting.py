"""The places of a header that clerks fill in by hand."""

from __future__ import annotations

import pytest

from pipeline.document import Box, Line, LineRole, Word
from pipeline.handwriting import HANDWRITTEN, mark, without_pen

CASES: list[tuple[LineRole, str, dict[str, float], set[str]]] = [
    ("header_left", "Số: 45 /KH-SVT", {"45": 0.6}, {"45"}),
    ("header_left", "Số: 45/KH-SVT", {"45/KH-SVT": 0.6}, {"45/KH-SVT"}),
    ("header_left", "Số: 45/KH-SVT", {}, set()),
    ("header_left", "Số:4 5# /KH-SVT", {"5#": 0.3}, {"Số:4", "5#"}),  # one pen wrote both
    ("header_left", "S ố: 0 2# /KH-SVT", {"2#": 0.3}, {"0", "2#"}),
    ("header_left", "Số: 45/KH-SVT - VTS", {"VTS": 0.6}, {"VTS"}),
    ("header_left", "Số: 45 /KH-SVT", {"/KH-SVT": 0.5}, set()),
    ("header_left", "SỞ VĂN THƯ", {"THƯ": 0.3}, set()),
    ("header_right", "Hòa Minh, ngày 2* tháng 4 năm 2031", {"2*": 0.5, "Minh,": 0.97}, {"2*"}),
    ("header_right", "Hòa Minh, ngày2 tháng 4 năm 2031", {"ngày2": 0.5}, {"ngày2"}),
    ("header_right", "Hòa Minh, ngày 21 tháng 4 năm 2031", {"2031": 0.7}, set()),
    ("body", "ngày 2* tháng 4", {"2*": 0.5}, set()),
]


@pytest.mark.parametrize(("role", "text", "unsure", "marked"), CASES)
def test_what_is_not_surely_read_in_a_filled_in_place_is_marked(
    role: LineRole, text: str, unsure: dict[str, float], marked: set[str]
) -> None:
    line = Line([Word(t, t, None, unsure.get(t, 0.97)) for t in text.split()], role)
    mark([line])
    assert {word.text for word in line.words if HANDWRITTEN in word.doubts} == marked


def test_two_readings_that_differ_are_not_sure() -> None:
    line = Line([Word("Số:", "Số:"), Word("45", "45", None, 0.95, ("number_disputed",), ("46",))], "header_left")
    mark([line])
    mark([line])
    assert line.words[1].doubts == ("number_disputed", HANDWRITTEN)


def foot(*words: tuple[str, float, float], role: LineRole = "foot_right") -> Line:
    """A line of words (text, confidence, height)."""
    return Line(
        [Word(t, t, Box(300 + 40 * i, 600, 330 + 40 * i, 600 + h), c) for i, (t, c, h) in enumerate(words)], role
    )


def test_what_was_read_out_of_a_signature_goes_and_the_post_and_name_stay() -> None:
    lines = [
        foot(("KT.", 0.9, 9), ("GIÁM", 0.93, 12), ("ĐỐC", 0.97, 12)),
        foot(("Z⁄4", 0.2, 41), ("š", 0.5, 10)),
        foot(("7", 0.97, 8)),
        foot(("t</:`", 0.2, 36), ("'Vũ", 0.6, 12), ("Thị", 0.96, 12), ("Lụa", 0.97, 12)),
    ]
    kept, pen = without_pen(lines)
    assert [line.text for line in kept] == ["KT. GIÁM ĐỐC", "'Vũ Thị Lụa"]
    assert len(pen) == 4


def test_other_places_are_left_alone() -> None:
    lines = [foot(("Z⁄4", 0.2, 41), role="body"), foot(("7", 0.9, 8), role="table")]
    assert without_pen(lines) == (lines, [])
    assert without_pen([]) == ([], [])
