"""A clean picture read by Tesseract: the page first, then what was passed over or doubted, and which reading wins."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image, ImageOps

from pipeline import cells, ordinals, rereading, signs, spacing, strokes, tesseract, tidying
from pipeline.document import Box, Word
from pipeline.errors import MissingProgram
from pipeline.numerals import rejoined
from pipeline.picture import POINTS_PER_INCH, CleanPage, Grey
from pipeline.rereading import Place
from pipeline.ruling import grids
from pipeline.tesseract import BLOCK, Way

FIGURES = "eng"  # reads lone figures and labels that the Vietnamese model fails at; comes with every Tesseract
FIGURES_ALPHABET = "0123456789.,:;/()[]%+-IVXLMHTabcdeghiklmnopqrstuvxy"  # without letters that figures are taken for
CROP_MARGIN_POINTS = (2.0, 2.5)
CROP_BORDER_PIXELS = 8
NO_SIGNS = str.maketrans("", "", ".,")
BEHIND = 0.25  # heights of a number behind it in which its stop stands, and no other word
INSIDE_POINTS = 1.0  # what is left of a ruling line stays outside a cell that is read alone


def read_words(
    page: CleanPage, language: str = "vie", timeout_seconds: float = 120.0, *, apart: bool = False
) -> list[Word]:
    """Read a page; boxes are in points of the upright page, confidence 0 to 1.

    What the first reading passed over or doubted is read a second time, as crops of their own.

    Args:
        apart: second readings too are made by a program of their own, see `tesseract.read_crops`.

    Raises:
        MissingProgram: Tesseract or the data of `language` is not installed.
        OcrError: Tesseract crashed, or printed what is no table of words.
        PageTimeout: it took longer than `timeout_seconds`, and was ended.
    """
    if not (page.gray < 128).any():
        return []
    again = _Again(page, language, time.monotonic() + timeout_seconds, apart)
    found = tesseract.read_page(page.gray, language, page.dpi, timeout_seconds)
    words = tidying.tidied([_moved(word, 0, 0, page.points_per_pixel) for word in found], page.marks)
    tables = grids(page.ruling)
    alone = cells.astray(words, page.marks, tables)
    words = cells.settle(words, page.marks, list(zip(alone, again.cells(alone), strict=True)))
    words = rejoined(signs.seen(words, lambda box: _cut(page, box, (0.0, 0.0))))
    places = rereading.places(words, page.marks)
    read = again.places(places)
    boxes = [cell.box for grid in tables for cell in grid.cells]
    more = rereading.unread(places, read, boxes)
    read += again.places(more)
    words = rereading.settle(words, list(zip(places + more, read, strict=True)))
    numbers = ordinals.places(words, page.marks, tables)
    read = again.places(numbers, ordinals.ALPHABET)
    counts = list(zip(numbers, read, strict=True))
    words = ordinals.bracketed(ordinals.counted(ordinals.settle(words, counts), tables), counts, tables)
    words += rereading.dashes(words, page.dashes, boxes)
    words += [Word("." * leader.dots, "." * leader.dots, leader.box) for leader in page.leaders]
    for settled in (_by_strokes, _by_signs, _by_ending, _by_bars, _by_height):
        words = [settled(word, page) for word in words]
    return [part for word in words for part in _by_white(word, page)]


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


def _by_signs(word: Word, page: CleanPage) -> Word:
    """Settle a number of which the readings differ in stops and commas alone: the one that the picture shows stays."""
    readings = dict.fromkeys((word.text, *word.alternatives))
    alike = len({reading.translate(NO_SIGNS) for reading in readings}) == 1
    if word.box is None or len(readings) < 2 or not alike or not word.text[0].isdigit():
        return word
    crop = _with_ending(page, word.box)
    fitting = [reading for reading in readings if strokes.signed(reading, crop)]
    if len(fitting) != 1:
        return word
    (shown,) = fitting
    inside = len({reading.rstrip(".,") for reading in readings}) > 1  # there a faint sign is lost sooner than made
    doubts = tuple(doubt for doubt in word.doubts if inside or doubt != "number_disputed")
    return replace(word, raw=shown, text=shown, doubts=doubts, alternatives=tuple(r for r in readings if r != shown))


def _by_ending(word: Word, page: CleanPage) -> Word:
    """Give a number the stop behind it that the picture shows; readers take it for a comma or a colon."""
    if word.box is None or not strokes.ENDED.search(word.text):
        return word
    shown = strokes.ended(word.text, _with_ending(page, word.box))
    return word if shown is None else _disputed(word, shown)


def _by_bars(word: Word, page: CleanPage) -> Word:
    """Give the symbol of a document the letters D and Đ that the picture shows."""
    if word.box is None or not strokes.SYMBOL.search(word.text):
        return word
    shown = strokes.symbol(word.text, _cut(page, word.box, (1.0, 0.5)))
    return word if shown is None else _disputed(word, shown)


def _by_height(word: Word, page: CleanPage) -> Word:
    """Raise the power of an area or a volume that stands raised in print."""
    if word.box is None or not strokes.POWER.match(word.text):
        return word
    shown = strokes.raised(word.text, _cut(page, word.box, (1.0, 0.5)))
    return word if shown is None else replace(word, raw=shown, text=shown)


def _disputed(word: Word, shown: str) -> Word:
    """Return a number as the picture shows it, in doubt, with what was read beside."""
    others = dict.fromkeys([word.text, *(reading for reading in word.alternatives if reading != shown)])
    doubts = dict.fromkeys([*word.doubts, "number_disputed"])
    return replace(word, raw=shown, text=shown, doubts=tuple(doubts), alternatives=tuple(others))


def _with_ending(page: CleanPage, box: Box) -> Grey:
    """Return what the picture shows of a number and of what may stand behind it."""
    return _cut(page, box._replace(x1=box.x1 + BEHIND * box.height), (1.0, 1.5))


@dataclass(frozen=True)
class _Again:
    """Second readings of one page: until when, and whether by a program of their own."""

    page: CleanPage
    language: str
    deadline: float
    apart: bool

    def places(self, places: Sequence[Place], alphabet: str = FIGURES_ALPHABET) -> list[Word | None]:
        """Read each place as a line of its own, figures by the model that is there for them, in their alphabet."""
        read: list[Word | None] = [None] * len(places)
        for figures in (True, False):
            chosen = [index for index, place in enumerate(places) if place.figures is figures]
            crops = [_crop(self.page, places[index]) for index in chosen]
            try:
                found = self._read(crops, Way(FIGURES, alphabet=alphabet) if figures else Way(self.language))
            except MissingProgram:  # no data for figures: the language's own has to do
                found = self._read(crops, Way(self.language))
            for index, words in zip(chosen, found, strict=True):
                read[index] = _as_one(places[index], words)
        return read

    def cells(self, boxes: Sequence[Box]) -> list[list[Word]]:
        """Read each cell of a table as a block of its own; boxes are in points of the page again."""
        page, read = self.page, []
        scale, gray = page.points_per_pixel, page.gray
        corners = [(round((box.x0 + INSIDE_POINTS) / scale), round((box.y0 + INSIDE_POINTS) / scale)) for box in boxes]
        crops = [
            np.pad(gray[y : round((box.y1 - INSIDE_POINTS) / scale), x : round((box.x1 - INSIDE_POINTS) / scale)],
                   CROP_BORDER_PIXELS, constant_values=255)
            for box, (x, y) in zip(boxes, corners, strict=True)
        ]  # fmt: skip
        for (x, y), words in zip(corners, self._read(crops, Way(self.language, BLOCK)), strict=True):
            own = [_moved(word, x - CROP_BORDER_PIXELS, y - CROP_BORDER_PIXELS, scale) for word in words]
            read.append(tidying.tidied(own, page.marks))
        return read

    def _read(self, crops: Sequence[Grey], way: Way) -> list[list[Word]]:
        return tesseract.read_crops(crops, way, self.deadline - time.monotonic(), apart=self.apart)


def _moved(word: Word, left: int, top: int, scale: float) -> Word:
    """Return a word of a picture, its box in pixels, as one of the page, in points; the picture begins left, top."""
    if word.box is None:
        return word
    edges = zip(word.box, (left, top, left, top), strict=True)
    return replace(word, box=Box(*((edge + offset) * scale for edge, offset in edges)))


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
