"""``≤`` and ``≥`` are seen before a figure, whatever was read there."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from pipeline.document import Box, Word
from pipeline.picture import Grey
from pipeline.signs import seen
from tests.scanned import FONTS

SCALE = 3.0
"""Pixels a point."""


class Sheet:
    """A line of print; `cut` shows a part of it, `word` is what was read over some of its letters."""

    def __init__(self, print_: str, blur: float = 0.0) -> None:
        path = next((font for font in FONTS if font.exists()), None)
        if path is None:
            pytest.skip("no font with these signs is installed")
        self.print, self.font = print_, ImageFont.truetype(str(path), 42)
        picture = Image.new("L", (900, 90), 255)
        ImageDraw.Draw(picture).text((90, 15), print_, fill=0, font=self.font)
        self.pixels = np.asarray(picture.filter(ImageFilter.GaussianBlur(blur)), dtype=np.uint8)

    def cut(self, box: Box) -> Grey:
        x0, y0, x1, y1 = (max(0, round(value * SCALE)) for value in box)
        return self.pixels[y0:y1, x0:x1]

    def word(self, text: str, start: int, stop: int) -> Word:
        left, right = (90 + self.font.getlength(self.print[:at]) for at in (start, stop))
        _, top, _, bottom = self.font.getbbox("15")
        return Word(text, text, Box(left / SCALE, (15 + top) / SCALE, right / SCALE, (15 + bottom) / SCALE), 0.7)


@pytest.mark.parametrize("blur", [0.0, 0.8])
@pytest.mark.parametrize("sign", ["≤", "≥"])
@pytest.mark.parametrize("read", ["<15", "_<15", "<", "S15", "£15", ""])
def test_a_sign_is_seen_whatever_was_read(sign: str, read: str, blur: float) -> None:
    sheet = Sheet(f"{sign} 15 ngày", blur)
    words = [sheet.word("15", 2, 4)] if read in ("<", "") else []
    words += [sheet.word(read, 0, 4 if len(read) > 1 else 1)] if read else []
    found = seen(words, sheet.cut)
    assert sorted(word.text for word in found) == ["15", sign]


@pytest.mark.parametrize(
    ("printed", "read"),
    [("< 15", "<15"), ("> 15", ">15"), ("S15", "S15"), ("£15", "£15"), ("= 15", "=15"), ("2", "2"), ("Z15", "<15")],
)
def test_other_signs_stay(printed: str, read: str) -> None:
    sheet = Sheet(printed)
    assert [word.text for word in seen([sheet.word(read, 0, len(printed))], sheet.cut)] == [read]


@pytest.mark.parametrize("before", ["2 ", "Z ", "v ", "_ ", "L ", "z ", "đạt "])
def test_other_print_before_a_figure_is_no_sign(before: str) -> None:
    sheet = Sheet(f"{before}15")
    assert [word.text for word in seen([sheet.word("15", len(before), len(before) + 2)], sheet.cut)] == ["15"]


def test_the_sign_and_the_figure_have_their_own_boxes() -> None:
    sheet = Sheet("≤ 15")
    sign, figure = seen([sheet.word("<15", 0, 4)], sheet.cut)
    assert sign.box is not None and figure.box is not None
    assert sign.box.x0 < sign.box.x1 < figure.box.x0 < figure.box.x1
    assert (sign.confidence, figure.confidence) == (1.0, 0.7)


@pytest.mark.parametrize("shape", [(0, 0), (2, 9), (40, 40)])
@pytest.mark.parametrize("text", ["<15", "15"])
def test_empty_crops_are_no_trouble(shape: tuple[int, int], text: str) -> None:
    word = Word(text, text, Box(30.0, 0.0, 50.0, 12.0))
    assert seen([word], lambda box: np.full(shape, 255, np.uint8)) == [word]
