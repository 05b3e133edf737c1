"""The language model tells print from what a foreign engine makes of it."""

import pytest

from diacritics import default_restorer

PRINTED = [
    "Ủy ban nhân dân xã yêu cầu các cơ quan, đơn vị thuộc xã nghiêm túc triển khai thực hiện các nội dung nêu trên.",
    "Trạm Y tế phối hợp với các trường học tổ chức khám sức khỏe định kỳ cho học sinh trên địa bàn.",
    "",
]
GARBLED = [
    "Uy ban nhan din xa yéu ciu cac co quan, don vi thudc xa nghiém tac trién khai thuc hién cac néi dung néu trén.",
    "Tram Y t& phéi hop véi cdc truéng hoc té chtic kham sire khée dinh ky cho hoc sinh trén dia ban.",
    "tho phcâ nghệm đicấ qoun bnẳg hieejn thwucj cuôgn btáo mawjc",
]


@pytest.mark.parametrize("text", PRINTED)
def test_print_reads_like_vietnamese(text: str) -> None:
    assert default_restorer().likeness(text) > 0.8


@pytest.mark.parametrize("text", GARBLED)
def test_garble_does_not(text: str) -> None:
    assert default_restorer().likeness(text) < 0.3
