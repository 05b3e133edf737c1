from __future__ import annotations

import numpy as np
import pytest

from pipeline.document import Box
from pipeline.layerink import area_cover, ink_cover, pixels_a_point


@pytest.mark.parametrize(
    ("boxes", "share"),
    [
        ([], 0.0),
        ([Box(0, 0, 600, 800)], 1.0),
        ([Box(0, 0, 600, 400)], 0.5),
        ([Box(0, 0, 600, 400), Box(0, 0, 600, 400)], 0.5),
        ([Box(0, 100 * strip, 600, 100 * strip + 100) for strip in range(8)], 1.0),
        ([Box(-300, -300, 900, 1100)], 1.0),
        ([Box(700, 900, 800, 1000), Box(-50, -50, -10, -10)], 0.0),
    ],
)
def test_area(boxes: list[Box], share: float) -> None:
    assert area_cover(boxes, 600, 800) == pytest.approx(share, abs=0.03)


def test_area_of_a_page_without_size() -> None:
    assert area_cover([Box(0, 0, 10, 10)], 0, 0) == 0.0


def page_with_two_lines() -> tuple[np.ndarray[tuple[int, int], np.dtype[np.uint8]], float]:
    scale = pixels_a_point(600, 800)
    gray = np.full((round(800 * scale), round(600 * scale)), 240, np.uint8)
    for top in (100, 400):
        row = round(top * scale)
        gray[row : row + 4, 48:200:3] = 30  # strokes with paper between
    return gray, scale


def test_ink_under_words() -> None:
    gray, scale = page_with_two_lines()
    first, second = Box(80, 95, 440, 115), Box(80, 395, 440, 415)
    assert ink_cover(gray, scale, []) == 0.0
    assert ink_cover(gray, scale, [first]) == pytest.approx(0.5, abs=0.05)
    assert ink_cover(gray, scale, [first, second]) == 1.0


def test_a_page_without_ink_and_a_black_one_say_nothing() -> None:
    assert ink_cover(np.full((300, 200), 255, np.uint8), 0.4, [Box(0, 0, 10, 10)]) is None
    assert ink_cover(np.zeros((300, 200), np.uint8), 0.4, []) is None
    assert ink_cover(np.zeros((2, 2), np.uint8), 0.4, []) is None
