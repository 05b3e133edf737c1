"""The places of a header that clerks fill in by hand."""

from __future__ import annotations

import pytest

from pipeline.document import Line, LineRole, Word
from pipeline.handwriting import HANDWRITTEN, mark

CASES: list[tuple[LineRole, str, dict[str, float], set[str]]] = [
    ("header_left", "Số: 45 /KH-SVT", {"45": 0.6}, {"45"}),
    ("header_left", "Số: 45/KH-SVT", {"45/KH-SVT": 0.6}, {"45/KH-SVT"}),
    ("header_left", "Số: 45/KH-SVT", {}, set()),
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
