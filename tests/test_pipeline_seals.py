"""Seals, stamps and pens on pages drawn for it, in colour and without."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline import seals
from pipeline.cleaning import clean
from pipeline.document import Box, Line, Word
from pipeline.handwriting import HANDWRITTEN
from tests.scanned import drawing, pixels

DPI = 150
RED, BLUE = (205, 40, 50), (30, 50, 160)
MIDDLE = (500, 800)  # pixels
SEAL = Box(*(72 / DPI * at for at in (MIDDLE[0] - 100, MIDDLE[1] - 100, MIDDLE[0] + 100, MIDDLE[1] + 100)))


def sealed(colour: tuple[int, int, int]) -> Image.Image:
    page = drawing(dpi=DPI, repeat=2)
    pen, (x, y) = ImageDraw.Draw(page), MIDDLE
    for radius, width in ((100, 5), (92, 2), (60, 3)):
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=colour, width=width)
    pen.ellipse((x - 20, y - 20, x + 20, y + 20), fill=colour)
    return page


def signed(page: Image.Image) -> Image.Image:
    pen = ImageDraw.Draw(page)
    for step in range(6):
        x = 470 + 35 * step
        pen.arc((x, 760, x + 50, 850), 0, 300, fill=BLUE, width=5)
    return page


def found(page: Image.Image, lines: tuple[Line, ...] = ()) -> dict[str, Box]:
    cleaned = clean(pixels(page), DPI)
    return dict(seals.collect(cleaned.overview, cleaned.overview_dpi, lines, []))


@pytest.mark.parametrize("degrees", [0.0, 2.0])
def test_a_red_seal_and_a_blue_signature_are_found(degrees: float) -> None:
    page = signed(sealed(RED)).rotate(-degrees, Image.Resampling.BICUBIC, fillcolor="white")
    marks = found(page)
    assert set(marks) == {"seal", "signature"}
    if degrees == 0:
        assert tuple(marks["seal"]) == pytest.approx(tuple(SEAL), abs=5)


def test_the_seal_of_a_bilevel_scan_is_found_by_its_ring_beside_the_signature() -> None:
    page = sealed((0, 0, 0)).convert("1").convert("L")
    block = Line([Word("GIÁM", "GIÁM", Box(230, 340, 260, 350))], "foot_right")
    assert tuple(found(page, (block,))["seal"]) == pytest.approx(tuple(SEAL), abs=8)
    assert found(drawing(dpi=DPI).convert("L"), (block,)) == {}


def test_a_flat_red_frame_is_a_stamp() -> None:
    page = drawing(dpi=DPI, repeat=2)
    ImageDraw.Draw(page).rectangle((120, 1000, 360, 1080), outline=RED, width=6)
    assert set(found(page)) == {"stamp"}


def test_a_pen_at_the_top_is_handwriting() -> None:
    page = drawing(dpi=DPI, repeat=1)
    pen = ImageDraw.Draw(page)
    pen.rectangle((0, 0, page.width, 80), fill="white")
    pen.arc((200, 30, 240, 75), 0, 300, fill=BLUE, width=6)
    pen.arc((235, 30, 275, 75), 0, 300, fill=BLUE, width=6)
    assert set(found(page)) == {"handwriting"}


def test_a_coloured_text_is_no_seal_and_a_bare_page_has_nothing() -> None:
    blue = pixels(drawing(dpi=DPI)).copy()
    blue[blue.max(axis=2) < 128] = BLUE
    assert found(Image.fromarray(blue)) == {}
    assert found(Image.new("RGB", (600, 800), "white")) == {}


def test_stamps_signatures_and_handwriting_that_the_words_tell_of() -> None:
    box, pen = Box(100, 100, 140, 112), Box(300, 600, 380, 640)
    lines = [
        Line([Word("ĐẾN", "ĐẾN", box)], "stamp"),
        Line([Word("45", "45", box, 0.4, (HANDWRITTEN,))], "header_left"),
    ]
    marks = seals.collect(np.full((400, 300), 255, np.uint8), 40.0, lines, [pen])
    assert [(mark.kind, mark.box) for mark in marks] == [("signature", pen), ("stamp", box), ("handwriting", box)]
