"""Words that ran together are parted where the picture shows white, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from pipeline.document import Box, Word
from pipeline.picture import Grey
from pipeline.spacing import parted
from tests.scanned import FONTS

SPACE = 10
"""Pixels that words stand apart; letters of this size stand two or three apart."""


def crop(text: str, blur: float = 0.0, space: int = SPACE) -> Grey:
    """Print words with these spaces."""
    path = next((font for font in FONTS if font.exists()), None)
    if path is None:
        pytest.skip("no font with Vietnamese letters is installed")
    font = ImageFont.truetype(str(path), 38)
    picture = Image.new("L", (60 * len(text), 60), 255)
    pen, x = ImageDraw.Draw(picture), 2.0
    for word in text.split():
        pen.text((x, 4), word, fill=0, font=font)
        x = pen.textbbox((x, 4), word, font=font)[2] + space
    ink = np.flatnonzero((np.asarray(picture) < 128).any(axis=0))
    picture = picture.filter(ImageFilter.GaussianBlur(blur))
    return np.asarray(picture, dtype=np.uint8)[:, ink[0] : ink[-1] + 1]


def texts(read: str, picture: Grey) -> list[str]:
    return [word.text for word in parted(Word(read, read, Box(0.0, 0.0, picture.shape[1] / 4, 15.0)), picture)]


@pytest.mark.parametrize("blur", [0.0, 0.7])
@pytest.mark.parametrize(
    "printed",
    [
        "Hỗ trợ đăng",
        "ký kết",
        "đã họp tổ dân",
        "trong 6 tháng",
        "3 sao",
        "3,5 m.",
        "Chi cục Đo",
        "“Lê Mây",
        "KẾ HOẠCH",
        "công an,",
        "cô ngan,",
    ],
)
def test_words_part_at_the_white_between_them(printed: str, blur: float) -> None:
    assert texts(printed.replace(" ", ""), crop(printed, blur)) == printed.split()


@pytest.mark.parametrize(
    "text",
    [
        "camera",
        "HĐND",
        "TT58",
        "Internet",
        "nghiêng",
        "12.500",
        "H5N1",
        "112A",
        "đăngký",
        "vitamin",
        "12ha",
        "2,5ha",
        "40cm",
    ],
)
def test_words_without_white_in_them_stay(text: str) -> None:
    assert texts(text, crop(text)) == [text]


def test_white_at_another_place_parts_nothing() -> None:
    assert texts("đăngký", crop("đă ngký")) == ["đăngký"]


def test_the_parts_have_their_own_boxes() -> None:
    picture = crop("Tổ chức")
    first, second = parted(Word("Tổchức", "Tổchức", Box(100.0, 0.0, 160.0, 15.0), 0.8), picture)
    assert first.box is not None and second.box is not None
    assert (first.box.x0, second.box.x1) == (100.0, 160.0)
    assert first.box.x1 == second.box.x0 == pytest.approx(121, abs=4)
    assert (first.raw, second.confidence) == ("Tổ", 0.8)


@pytest.mark.parametrize("shape", [(0, 0), (1, 1), (20, 90)])
def test_an_empty_crop_parts_nothing(shape: tuple[int, int]) -> None:
    assert texts("đăngký", np.full(shape, 255, np.uint8)) == ["đăngký"]
