"""A clean picture read by Tesseract: words with boxes and confidence. The only module that imports pytesseract.

Tesseract runs as a program of its own, so that a crash or a hang costs a page and not the process; one thread each,
since a page per core is faster than a core per line. The picture goes to it as raw pixels in memory-backed storage:
PNG, which pytesseract would write, takes longer to encode than a table to read.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytesseract
from PIL import Image, ImageOps

from pipeline import cells, ordinals, rereading, signs, spacing, strokes, tidying
from pipeline.document import Box, Word
from pipeline.errors import MissingProgram, OcrError, PageError, PageTimeout
from pipeline.numerals import rejoined
from pipeline.picture import POINTS_PER_INCH, CleanPage, Grey
from pipeline.rereading import Place
from pipeline.ruling import grids

os.environ["OMP_THREAD_LIMIT"] = "1"  # read by the program when it starts, not when this module is loaded

FIGURES = "eng"  # reads lone figures and labels that the Vietnamese model fails at; comes with every Tesseract
FIGURES_ALPHABET = "0123456789.,:;/()[]%+-IVXLMHTabcdeghiklmnopqrstuvxy"  # without letters that figures are taken for
AUTOMATIC, BLOCK, ONE_LINE = 3, 6, 7  # Tesseract's page segmentation modes that are used here
CROP_DPI = 200.0  # what Tesseract is told; crops come at several scales
CROP_MARGIN_POINTS = (2.0, 2.5)
CROP_BORDER_PIXELS = 8
INSIDE_POINTS = 1.0  # what is left of a ruling line stays outside a cell that is read alone


@cache
def version() -> str:
    """Return Tesseract's version.

    Raises:
        MissingProgram: it is not installed.
    """
    try:
        return str(pytesseract.get_tesseract_version())
    except (pytesseract.TesseractNotFoundError, subprocess.SubprocessError, SystemExit, OSError):
        raise MissingProgram("Tesseract is not installed") from None


def read_words(page: CleanPage, language: str = "vie", timeout_seconds: float = 120.0) -> list[Word]:
    """Read a page; boxes are in points of the upright page, confidence 0 to 1.

    What the first reading passed over or doubted is read a second time, as crops of their own.

    Raises:
        MissingProgram: Tesseract or the data of `language` is not installed.
        OcrError: Tesseract crashed, or printed what is no table of words.
        PageTimeout: it took longer than `timeout_seconds`, and was ended.
    """
    if not (page.gray < 128).any():
        return []
    deadline = time.monotonic() + timeout_seconds
    with _folder() as folder:
        picture = folder / "page.pgm"
        _write(picture, page.gray)
        table = _tesseract(picture, language, AUTOMATIC, page.dpi, timeout_seconds)
        words = tidying.tidied([found.word for found in _words(table, page.points_per_pixel)], page.marks)
        tables = grids(page.ruling)
        alone = cells.astray(words, page.marks, tables)
        read_alone = _read_cells(page, alone, folder, language, deadline - time.monotonic())
        words = cells.settle(words, page.marks, list(zip(alone, read_alone, strict=True)))
        words = rejoined(signs.seen(words, lambda box: _cut(page, box, (0.0, 0.0))))
        places = rereading.places(words, page.marks)
        read = _read_places(page, places, folder, language, deadline - time.monotonic())
        boxes = [cell.box for grid in tables for cell in grid.cells]
        more = rereading.unread(places, read, boxes)
        places += more
        read += _read_places(page, more, folder, language, deadline - time.monotonic())
        words = rereading.settle(words, list(zip(places, read, strict=True)))
        numbers = ordinals.places(words, page.marks, tables)
        read = _read_places(page, numbers, folder, language, deadline - time.monotonic(), ordinals.ALPHABET)
        words = ordinals.counted(ordinals.settle(words, list(zip(numbers, read, strict=True))), tables)
    words += rereading.dashes(words, page.dashes, boxes)
    words += [Word("." * leader.dots, "." * leader.dots, leader.box) for leader in page.leaders]
    return [part for word in words for part in _by_white(_by_strokes(word, page), page)]


def _by_white(word: Word, page: CleanPage) -> list[Word]:
    """Part words that were run together where there is white between them."""
    if word.box is None or not spacing.is_run(word.text):
        return [word]
    return spacing.parted(word, _cut(page, word.box, (0.0, 0.0)))


def _by_strokes(word: Word, page: CleanPage) -> Word:
    """Settle Roman numbers, letter labels and lost stops by their strokes; a count that is contradicted is doubted."""
    text, box = word.text, word.box
    if box is None or not any(kind.match(text) for kind in (strokes.STEMMED, strokes.LETTERED, strokes.FIGURES)):
        return word
    crop = _cut(page, box, (1.0, 0.5))
    settled = strokes.roman(text, crop) or strokes.lettered(text, crop) or strokes.stopped(text, crop)
    if settled is None or settled == text:
        if strokes.confirmed(text, crop):
            return replace(word, doubts=tuple(doubt for doubt in word.doubts if doubt != "number_disputed"))
        other = strokes.undecided(text, crop)
        return (
            word if other is None or word.doubts else replace(word, doubts=("number_disputed",), alternatives=(other,))
        )
    if strokes.stems_read(text) == strokes.stems_read(settled) and not (text[0].isdigit() or settled[0].isdigit()):
        figure = settled.replace("I", "1")  # a small l is no number: a reading of figures that has one is better
        if text[0] == "l" and figure in word.alternatives and not strokes.confirmed(settled, crop):
            return replace(word, raw=figure, text=figure)
        return Word(settled, settled, box, word.confidence)
    return Word(settled, settled, box, word.confidence, ("number_disputed",), (text,))


def _read_places(
    page: CleanPage,
    places: list[Place],
    folder: Path,
    language: str,
    timeout_seconds: float,
    alphabet: str = FIGURES_ALPHABET,
) -> list[Word | None]:
    """Read each place as a line of its own, figures by the model that is there for them, in their alphabet."""
    deadline = time.monotonic() + timeout_seconds
    read: list[Word | None] = [None] * len(places)
    for figures in (True, False):
        chosen = [index for index, place in enumerate(places) if place.figures is figures]
        crops = [_crop(page, places[index]) for index in chosen]
        try:
            found = _read_crops(crops, folder, FIGURES if figures else language, deadline - time.monotonic(), alphabet)
        except MissingProgram:  # no data for figures: the language's own has to do
            found = _read_crops(crops, folder, language, deadline - time.monotonic())
        for index, words in zip(chosen, found, strict=True):
            read[index] = _as_one(places[index], words)
    return read


def _read_cells(
    page: CleanPage, boxes: list[Box], folder: Path, language: str, timeout_seconds: float
) -> list[list[Word]]:
    """Read each cell of a table as a block of its own; boxes are in points of the page again."""
    scale, read = page.points_per_pixel, []
    corners = [(round((box.x0 + INSIDE_POINTS) / scale), round((box.y0 + INSIDE_POINTS) / scale)) for box in boxes]
    crops = [
        np.pad(page.gray[y : round((box.y1 - INSIDE_POINTS) / scale), x : round((box.x1 - INSIDE_POINTS) / scale)],
               CROP_BORDER_PIXELS, constant_values=255)
        for box, (x, y) in zip(boxes, corners, strict=True)
    ]  # fmt: skip
    found = _read_crops(crops, folder, language, timeout_seconds, mode=BLOCK)
    for (x, y), words in zip(corners, found, strict=True):
        left, top = (edge - CROP_BORDER_PIXELS for edge in (x, y))
        own = [replace(word, box=_moved(word.box, left, top, scale)) for word in words if word.box is not None]
        read.append(tidying.tidied(own, page.marks))
    return read


def _moved(box: Box, left: int, top: int, scale: float) -> Box:
    """Return a box of a crop, in pixels, as one of the page, in points."""
    return Box(*((edge + offset) * scale for edge, offset in zip(box, (left, top, left, top), strict=True)))


def _read_crops(
    crops: list[Grey],
    folder: Path,
    language: str,
    timeout_seconds: float,
    alphabet: str = FIGURES_ALPHABET,
    mode: int = ONE_LINE,
) -> list[list[Word]]:
    """Read each crop as a line, or a block; all of them go to one run of Tesseract, as the pages of a list."""
    read: list[list[Word]] = [[] for _ in crops]
    if not crops or timeout_seconds <= 1:
        return read
    names = []
    for number, crop in enumerate(crops):
        name = folder / f"{number}.pgm"
        _write(name, crop)
        names.append(f"{name}\n")
    listing = folder / "places.txt"
    listing.write_text("".join(names), "utf-8")
    try:
        table = _tesseract(listing, language, mode, CROP_DPI, timeout_seconds, alphabet)
        for found in _words(table, 1.0):
            if 1 <= found.page <= len(crops):
                read[found.page - 1].append(found.word)
    except PageError:  # the page has been read once: that is kept
        return [[] for _ in crops]
    return read


def _crop(page: CleanPage, place: Place) -> Grey:
    """Cut a place out of the fine picture with a little of what is round it, scaled for reading, on white."""
    crop = Image.fromarray(_cut(page, place.box, CROP_MARGIN_POINTS))
    factor = place.dpi / page.fine_dpi
    size = (max(8, round(crop.width * factor)), max(8, round(crop.height * factor)))
    crop = ImageOps.expand(crop.resize(size, Image.Resampling.LANCZOS), border=CROP_BORDER_PIXELS, fill=255)
    return np.asarray(crop, dtype=np.uint8)


def _cut(page: CleanPage, box: Box, margin_points: tuple[float, float]) -> Grey:
    """Return the part of the fine picture under a box and its margins."""
    scale = page.fine_dpi / POINTS_PER_INCH
    margin_x, margin_y = margin_points
    height, width = page.fine.shape
    x0, x1 = max(0, int((box.x0 - margin_x) * scale)), min(width, int((box.x1 + margin_x) * scale) + 1)
    y0, y1 = max(0, int((box.y0 - margin_y) * scale)), min(height, int((box.y1 + margin_y) * scale) + 1)
    return page.fine[y0:y1, x0:x1]


def _as_one(place: Place, words: list[Word]) -> Word | None:
    """Join what was read at a place by spaces; None where nothing was."""
    text = " ".join(word.text for word in words)
    if not text:
        return None
    return Word(text, text, place.box, min(word.confidence for word in words))


@contextmanager
def _folder() -> Iterator[Path]:
    """Make a folder that is gone afterwards; a batch has its temporary files in memory."""
    with tempfile.TemporaryDirectory(prefix="vanban-page-") as folder:
        yield Path(folder)


def _write(path: Path, gray: Grey) -> None:
    """Write the pixels as PGM, which needs no encoding."""
    with path.open("wb") as file:
        file.write(b"P5 %d %d 255\n" % (gray.shape[1], gray.shape[0]))
        file.write(np.ascontiguousarray(gray).data)


class _Found(NamedTuple):
    """A word, and on which picture of the list it was found, counting from 1."""

    page: int
    word: Word


def _tesseract(
    path: Path, language: str, mode: int, dpi: float, timeout_seconds: float, alphabet: str = FIGURES_ALPHABET
) -> str:
    config = f"--psm {mode} --dpi {max(70, round(dpi))} -c tessedit_do_invert=0 -c tessedit_create_tsv=1"
    if language == FIGURES:
        config += f" -c tessedit_char_whitelist={alphabet}"
    try:
        # image_to_data would first ask the program for its version, with no limit on the time that takes
        table = pytesseract.run_and_get_output(
            str(path), extension="tsv", lang=language, config=config, timeout=timeout_seconds
        )
        return str(table)
    except pytesseract.TesseractNotFoundError:
        raise MissingProgram("Tesseract is not installed") from None
    except pytesseract.TesseractError as error:
        text = " ".join(str(error.message).split())
        if "loading" in text and "language" in text:
            raise MissingProgram(f"Tesseract has no data for the language {language}") from None
        raise OcrError(f"Tesseract failed ({text[:200] or error.status})") from None
    except RuntimeError:
        raise PageTimeout(f"Tesseract did not finish within {timeout_seconds:.0f} s and was ended") from None
    except (OSError, UnicodeDecodeError) as error:
        raise OcrError(f"Tesseract left no result that can be read ({type(error).__name__})") from None


def _words(table: str, scale: float) -> Iterator[_Found]:
    """Yield the words of Tesseract's TSV; `scale` is points a pixel.

    Raises:
        OcrError: it is no such table.
    """
    lines = table.splitlines()
    if not lines or not lines[0].startswith("level\t"):
        raise OcrError("Tesseract printed what is no table of words")
    for line in lines[1:]:
        fields = line.split("\t")
        if len(fields) < 12 or fields[0] != "5":
            continue
        text = fields[11].strip()
        try:
            left, top, width, height = (int(value) for value in fields[6:10])
            confidence = float(fields[10]) / 100
        except ValueError:
            raise OcrError("Tesseract printed what is no table of words") from None
        if text:
            box = Box(left * scale, top * scale, (left + width) * scale, (top + height) * scale)
            yield _Found(int(fields[1]), Word(text, text, box, min(1.0, max(0.0, confidence))))
