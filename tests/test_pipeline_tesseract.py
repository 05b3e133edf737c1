"""Small pictures read by Tesseract's library: as the program reads them, whatever was read before, and bounded."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from pipeline import tesseract
from pipeline.errors import MissingProgram
from pipeline.picture import Grey
from pipeline.tesseract import BLOCK, Way
from tests.scanned import drawing, pixels

WAYS = [Way("vie"), Way("eng", alphabet="0123456789.,%"), Way("vie", BLOCK), Way("eng")]


@pytest.fixture(autouse=True)
def installed() -> Iterator[None]:
    """Each test finds the library as at the start of a process."""
    for known in (tesseract._library, tesseract._engine):
        known.cache_clear()
    if tesseract._library() is None:
        pytest.skip("Tesseract's library is not installed, or not that of the program")
    tesseract._library.cache_clear()
    yield
    for known in (tesseract._library, tesseract._engine):
        known.cache_clear()


@pytest.fixture(scope="module")
def crops() -> list[Grey]:
    page = pixels(drawing(dpi=200))
    grey = np.asarray(page if page.ndim == 2 else page.mean(axis=2), np.uint8)
    height, width = grey.shape
    bands = [grey[top : top + 70] for top in range(0, min(height - 70, 700), 70)]
    return [*bands, grey[: height // 3, : width // 2], np.full((40, 60), 255, np.uint8)]


@pytest.mark.parametrize("way", WAYS)
def test_library_and_program_read_the_same(crops: list[Grey], way: Way) -> None:
    by_program = tesseract.read_crops(crops, way, 60.0, apart=True)
    assert any(by_program)
    assert tesseract.read_crops(crops, way, 60.0) == by_program


def test_what_was_read_before_changes_nothing(crops: list[Grey]) -> None:
    first = tesseract.read_crops(crops, WAYS[0], 60.0)
    tesseract.read_crops(crops, WAYS[2], 60.0)
    backwards = tesseract.read_crops(crops[::-1], WAYS[0], 60.0)
    assert backwards[::-1] == first


def test_without_time_nothing_is_read(crops: list[Grey], monkeypatch: pytest.MonkeyPatch) -> None:
    assert tesseract.read_crops(crops, WAYS[0], 0.5) == [[] for _ in crops]
    monkeypatch.setattr(tesseract, "LEAST_SECONDS", 0.0)
    assert tesseract.read_crops(crops * 50, WAYS[0], 0.05) == [[] for _ in crops * 50]


def test_a_language_without_data_is_named(crops: list[Grey], capfd: pytest.CaptureFixture[str]) -> None:
    for apart in (False, True):
        with pytest.raises(MissingProgram, match="no data for the language xyz"):
            tesseract.read_crops(crops, Way("xyz"), 60.0, apart=apart)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(("name", "value"), [("LIBRARY", "libnothing.so.5"), ("version", lambda: "4.1.1")])
def test_without_the_program_s_own_library_the_program_reads(
    crops: list[Grey], monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    expected = tesseract.read_crops(crops[:3], WAYS[0], 60.0, apart=True)
    monkeypatch.setattr(tesseract, name, value)
    tesseract._engine.cache_clear()
    assert tesseract._engine("vie") is None
    assert tesseract.read_crops(crops[:3], WAYS[0], 60.0) == expected
