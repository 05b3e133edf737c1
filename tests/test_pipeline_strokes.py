"""Roman one, two and three by their strokes."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from pipeline import strokes
from pipeline.picture import Grey
from tests.scanned import FONTS


def crop(text: str, size: int, blur: float = 0.0) -> Grey:
    path = next((font for font in FONTS if font.exists()), None)
    if path is None:
        pytest.skip("no font with serifs is installed")
    font = ImageFont.truetype(str(path), size)
    left, top, right, bottom = font.getbbox(text)
    picture = Image.new("L", (int(right - left) + 8, int(bottom - top) + 6), 255)
    ImageDraw.Draw(picture).text((4 - left, 3 - top), text, fill=0, font=font)
    return np.asarray(picture.filter(ImageFilter.GaussianBlur(blur)), dtype=np.uint8)


@pytest.mark.parametrize("size", [36, 54])
@pytest.mark.parametrize("blur", [0.0, 0.8])
@pytest.mark.parametrize(
    ("printed", "read", "settled"),
    [
        ("I.", "IL", "I."),
        ("II.", "H.", "II."),
        ("III.", "IH.", "III."),
        ("III.", "II.", "III."),
        ("II/2031", "1/2031", "II/2031"),
        ("III/2031", "IH/2031", "III/2031"),
    ],
)
def test_strokes_settle_what_was_misread(printed: str, read: str, settled: str, size: int, blur: float) -> None:
    assert strokes.roman(read, crop(printed, size, blur)) == settled


@pytest.mark.parametrize(
    ("printed", "read"),
    [("1.", "1."), ("11/2031", "11/2031"), ("IV.", "IV."), ("VII.", "VII."), ("11,5", "l1"), ("II4", "II")],
)
def test_other_numbers_are_left_alone(printed: str, read: str) -> None:
    assert strokes.roman(read, crop(printed, 40)) is None


@pytest.mark.parametrize("shape", [(0, 0), (3, 3), (40, 1)])
def test_crops_without_strokes_are_no_trouble(shape: tuple[int, int]) -> None:
    assert strokes.find_stems(np.full(shape, 255, np.uint8)) == []


@pytest.mark.parametrize("size", [30, 54])
@pytest.mark.parametrize("blur", [0.0, 0.8])
@pytest.mark.parametrize(
    ("printed", "read"),
    [("d)", "đ)"), ("đ)", "d)"), ("c)", "C)"), ("C)", "c)"), ("a)", "3)"), ("d)", "d)"), ("v)", "V)")],
)
def test_letters_of_labels_are_told_by_bar_and_height(printed: str, read: str, size: int, blur: float) -> None:
    assert strokes.lettered(read, crop(printed, size, blur)) == printed


@pytest.mark.parametrize(("printed", "read"), [("3)", "3)"), ("(3)", "(3)"), ("b)", "b)"), ("", "c)")])
def test_other_labels_are_left_alone(printed: str, read: str) -> None:
    assert strokes.lettered(read, crop(printed, 40)) is None


@pytest.mark.parametrize("size", [30, 54])
def test_a_one_with_the_serif_of_an_i_is_an_i(size: int) -> None:
    assert strokes.roman("1.", crop("I.", size)) == "I."
    assert strokes.roman("1.", crop("1.", size)) is None
    assert strokes.roman("I.", crop("I. M", size)) in (None, "I.")  # the next word's stem is not counted


@pytest.mark.parametrize("size", [30, 54])
@pytest.mark.parametrize("blur", [0.0, 0.8])
@pytest.mark.parametrize(
    ("printed", "read", "settled"),
    [
        ("6.3", "63", "6.3"),
        ("1.250", "1250", "1.250"),
        ("12,5", "125", "12,5"),
        ("2.4.", "24.", "2.4."),
        ("4.912,5", "4.9125", "4.912,5"),
        ("4.912,5", "49125", "4.912,5"),
        ("4.912", "4,912", None),
        ("4912", "4.912", None),
        ("63", "63", None),
        ("63.", "63", None),
        ("6-3", "63", None),
        ("6.3%", "63%", None),
        ("6.3", "633", None),
    ],
)
def test_a_stop_that_the_reader_lost_is_seen(
    printed: str, read: str, settled: str | None, size: int, blur: float
) -> None:
    assert strokes.stopped(read, crop(printed, size, blur)) == settled


@pytest.mark.parametrize("size", [30, 54])
@pytest.mark.parametrize(("printed", "read", "settled"), [("1", "I", "1"), ("I", "I", "I"), ("1.", "l.", "1.")])
def test_a_lone_one_is_told_by_its_flag(printed: str, read: str, settled: str, size: int) -> None:
    assert strokes.roman(read, crop(printed, size)) == settled


def test_a_stroke_without_a_top_may_be_one_or_the_other() -> None:
    year = crop("/2031", 40)
    rows = np.flatnonzero((year < 128).any(axis=1))
    bare = np.pad(year, ((0, 0), (14, 0)), constant_values=255)
    bare[rows[0] : rows[-1] + 1, 5:9] = 0
    assert strokes.undecided("1/2031", bare) == "I/2031"
    assert strokes.undecided("I/2031", bare) == "1/2031"
    for printed in ("1/2031", "I/2031"):
        assert strokes.undecided(printed, crop(printed, 40)) is None


@pytest.mark.parametrize(
    ("printed", "read", "confirmed"),
    [
        ("II/2031", "II/2031", True),
        ("III.", "III.", True),
        ("I.", "I.", True),
        ("1.", "I.", False),
        ("II.", "III.", False),
        ("11/2031", "11/2031", False),
    ],
)
def test_strokes_confirm_a_roman_number_that_was_read_right(printed: str, read: str, confirmed: bool) -> None:
    assert strokes.confirmed(read, crop(printed, 40)) is confirmed


@pytest.mark.parametrize("size", [30, 54])
@pytest.mark.parametrize(
    ("printed", "read", "shown"),
    [
        ("3", "3", True),
        ("3", "3.", False),
        ("3.", "3.", True),
        ("3.", "3", False),
        ("3.", "3,", False),
        ("15/4/2031,", "15/4/2031,", True),
        ("15/4/2031,", "15/4/2031.", False),
        ("118", "118", True),
        ("118", "1.18", False),
        ("41,3", "41.3", False),
        ("3-", "3", False),
    ],
)
def test_the_picture_shows_the_signs_of_a_number(printed: str, read: str, shown: bool, size: int) -> None:
    assert strokes.signed(read, crop(printed, size)) is shown


@pytest.mark.parametrize("size", [30, 54])
@pytest.mark.parametrize("blur", [0.0, 0.8])
@pytest.mark.parametrize(
    ("printed", "read", "settled"),
    [
        ("2%.", "2%,", "2%."),
        ("5.", "5,", "5."),
        ("2031,", "2031.", None),  # may be a stop with a speck at it
        ("2031,", "2031,", None),
        ("5.", "5.", None),
        ("5", "5,", None),  # a sign is sooner lost on the picture than made up by the reader
        ("(41%),", "(41%),", None),
        ("(41%).", "(41%):", "(41%)."),
        ("41:", "41:", None),
        ("41:", "41.", None),
        ("41;", "41,", None),
    ],
)
def test_the_picture_tells_a_stop_behind_a_number_from_a_comma(
    printed: str, read: str, settled: str | None, size: int, blur: float
) -> None:
    assert strokes.ended(read, crop(printed, size, blur)) == settled


@pytest.mark.parametrize("size", [30, 54])
@pytest.mark.parametrize("blur", [0.0, 0.8])
@pytest.mark.parametrize(
    ("printed", "read", "settled"),
    [
        ("127/HD-SYT", "127/HĐ-SYT", "127/HD-SYT"),
        ("127/QĐ-UBND", "127/QD-UBND", "127/QĐ-UBND"),
        ("127/QĐ-UBND", "127/QĐ-UBND", None),
        ("127/HD-SYT", "127/HD-SY", None),  # a letter was lost: which is the D?
        ("HD-SYT", "HĐ-SYT", None),  # no number
    ],
)
def test_the_bar_tells_the_letters_of_a_symbol(
    printed: str, read: str, settled: str | None, size: int, blur: float
) -> None:
    assert strokes.symbol(read, crop(printed, size, blur)) == settled


@pytest.mark.parametrize("size", [30, 54])
@pytest.mark.parametrize("blur", [0.0, 0.8])
@pytest.mark.parametrize(
    ("printed", "read", "settled"),
    [
        ("m³/ha,", "m3/ha,", "m³/ha,"),
        ("km²", "km2", "km²"),
        ("m3/ha", "m3/ha", None),
        ("m25", "m25", None),
        ("m³", "m", None),
    ],
)
def test_a_power_is_raised_where_its_print_is(
    printed: str, read: str, settled: str | None, size: int, blur: float
) -> None:
    assert strokes.raised(read, crop(printed, size, blur)) == settled
