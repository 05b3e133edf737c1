from __future__ import annotations

import pytest

from pipeline.document import Box, Line, Word
from pipeline.layerlines import better_lines, readability


def words(text: str, top: float, confidence: float = 1.0) -> list[Word]:
    found, x = [], 50.0
    for token in text.split():
        found.append(Word(token, token, Box(x, top, x + 6 * len(token), top + 12), confidence))
        x += 6 * len(token) + 4
    return found


GARBLE = "Qu7ét dlnh v@ viec ph4 duy~t"
GOOD = "Quyết định về việc phê duyệt"


def test_marked_vietnamese_reads_best() -> None:
    assert readability(GOOD.split()) == 1.0
    assert readability(["Quyet", "dinh", "ve", "viec", "phe", "duyet"]) < 0.5
    assert readability(GARBLE.split()) < 0.6
    assert readability(["\ufffd\ufffd\ufffd", "x"]) < 0.1
    assert readability(["12/2024", "-"]) == 1.0
    assert readability([]) == 0.0


@pytest.mark.parametrize(
    ("read", "confidence", "layer", "kept"),
    [
        (GARBLE, 0.4, GOOD, GOOD),
        (GARBLE, 0.4, GARBLE.replace("é", "e"), GARBLE),
        (GOOD, 0.9, GARBLE, GOOD),
        (GOOD, 0.4, GARBLE, GOOD),
        ("12.345 67,8 %", 0.3, "Quyết định", "12.345 67,8 %"),
        (GARBLE, 0.4, "", GARBLE),
    ],
)
def test_the_better_line_is_kept(read: str, confidence: float, layer: str, kept: str) -> None:
    line = Line(words(read, 100, confidence), "header_left")
    other = Line(words(GOOD, 140), "body")
    lines, replaced = better_lines([line, other], words(layer, 100) + words("xa lạ", 300))
    assert [found.text for found in lines] == [kept, GOOD]
    assert replaced == (kept == layer)
    assert lines[0].role == "header_left"
