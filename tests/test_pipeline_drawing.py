"""What was found on a page, drawn over its picture."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.document import Box, Line, Word
from pipeline.drawing import DOUBT, draw
from pipeline.picture import CleanPage
from pipeline.ruling import Rule


@pytest.fixture
def page() -> CleanPage:
    white = np.full((842, 595), 255, np.uint8)
    return CleanPage(white, 72, 0, 0.0, 595, 842, white, 72, ruling=[Rule(50, 700, 500, 700)])


def test_words_are_coloured_by_confidence_and_doubts_framed(page: CleanPage) -> None:
    sure, unsure = Word("rõ", "rõ", Box(100, 100, 140, 112), 0.97), Word("mờ", "mờ", Box(150, 100, 190, 112), 0.3)
    doubted = Word("7", "7", Box(200, 100, 210, 112), 0.9, ("number_disputed",))
    picture = np.asarray(draw(page, [Line([sure, unsure, doubted])], dpi=72)).astype(int)
    assert picture.shape == (842, 595, 3)
    assert picture[106, 120, 1] > picture[106, 120, 0]
    assert picture[106, 170, 0] > picture[106, 170, 1]
    assert tuple(picture[100, 205]) == DOUBT
    assert picture[700, 300, 2] > picture[700, 300, 0]


def test_a_page_without_anything_is_only_its_picture(page: CleanPage) -> None:
    page.ruling.clear()
    assert np.asarray(draw(page, [Line([Word("x", "x")])])).min() == 255
