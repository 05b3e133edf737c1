"""Pages to learn misreadings from: corpus lines set as agencies set them, then spoiled as scanners and copiers do.

Every word that is drawn keeps its box, so what an engine reads can be matched to what was printed by place alone.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from PIL.ImageFont import FreeTypeFont

DPI: Final = 300
_WIDTH: Final = 2480  # A4 at 300 dpi
_MARGINS: Final = (350, 200)  # left, right: 30 and 17 mm, as Decree 30 lays down
_LINES: Final = 44
FACES: Final = ("Tinos-Regular", "Tinos-Regular", "Tinos-Regular", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic")
"""The metric twin of Times New Roman with all of Vietnamese; body text is regular more often than not."""


class PrintedWord(NamedTuple):
    """A word as drawn: its text and its box in pixels of the picture."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


class SpoiledPage(NamedTuple):
    """A grey picture (H, W) uint8, its resolution, and the words that were drawn on it, boxes in its pixels."""

    image: Image.Image
    dpi: int
    words: list[PrintedWord]


class Wear(NamedTuple):
    """How a page suffers: resolution it is scanned at, blur (pixels at 200 dpi) and noise (grey levels) in it,
    contrast left, slant in degrees, and the grey level it is cut to black and white at (None: it stays grey)."""

    dpi: int
    blur: float
    noise: float
    contrast: float
    slant: float
    cut: int | None


def _wear(rng: random.Random) -> Wear:
    """Draw a wear, from a clean office scan to a poor copy of a copy; half the machines save black and white."""
    dpi = rng.choice((120, 150, 150, 200, 200, 200, 240, 300))
    blur = rng.uniform(0.0, 0.9) * min(1.0, dpi / 200)
    cut = rng.choice((None, None, 128, 150, 175, 195))
    return Wear(dpi, blur, rng.uniform(0, 18), rng.uniform(0.7, 1.0), rng.uniform(-0.4, 0.4), cut)


def spoiled_pages(lines: Iterable[str], fonts: Path, seed: int) -> Iterator[SpoiledPage]:
    """Yield pages that together hold `lines`, each with a wear of its own; the same seed gives the same pages."""
    rng = random.Random(seed)
    pending: list[str] = [word for line in lines for word in line.split()]
    number = 0
    while pending:
        image, words, used = _set_page(pending, fonts, rng)
        pending = pending[used:]
        yield _spoil(image, words, _wear(rng), seed + number)
        number += 1


def _set_page(pending: list[str], fonts: Path, rng: random.Random) -> tuple[Image.Image, list[PrintedWord], int]:
    """Draw words from the head of `pending` until the page is full; return the page, its words and how many."""
    size = rng.choice((54, 54, 56, 58))  # 13 to 14 pt at 300 dpi
    pitch = round(size * rng.uniform(1.25, 1.5))
    image = Image.new("L", (_WIDTH, pitch * _LINES + 200), 255)
    draw = ImageDraw.Draw(image)
    words: list[PrintedWord] = []
    used = 0
    for row in range(_LINES):
        if row % 6 == 0:
            font = ImageFont.truetype(str(fonts / f"{rng.choice(FACES)}.ttf"), size)
            capitals = rng.random() < 0.12  # headings are set in capitals
        top = 100 + row * pitch
        used += _set_line(draw, pending[used:], font, top, words, capitals)
        if used >= len(pending):
            break
    return image, words, used


def _set_line(
    draw: ImageDraw.ImageDraw,
    pending: list[str],
    font: FreeTypeFont,
    top: int,
    words: list[PrintedWord],
    capitals: bool,
) -> int:
    """Draw one line of words at height `top`; return how many fitted."""
    x: float = _MARGINS[0]
    space = font.getlength(" ")
    for count, word in enumerate(pending):
        text = word.upper() if capitals else word
        width = font.getlength(text)
        if x + width > _WIDTH - _MARGINS[1] and count:
            return count
        draw.text((x, top), text, font=font, fill=0)
        words.append(PrintedWord(text, x, top, x + width, top + font.size * 1.2))
        x += width + space
    return len(pending)


def _spoil(image: Image.Image, words: list[PrintedWord], wear: Wear, seed: int) -> SpoiledPage:
    """Return the page as a scan at the wear's resolution; the slant is small enough for boxes to stay true."""
    scale = wear.dpi / DPI
    image = image.rotate(wear.slant, fillcolor=255, resample=Image.Resampling.BICUBIC)
    if wear.blur:
        image = image.filter(ImageFilter.GaussianBlur(wear.blur * DPI / 200))
    size = (round(image.width * scale), round(image.height * scale))
    pixels = np.asarray(image.resize(size, Image.Resampling.LANCZOS), dtype=np.float32)
    noise = np.random.default_rng(seed).normal(0, wear.noise, pixels.shape) if wear.noise else 0
    pixels = 255 - (255 - pixels) * wear.contrast + noise
    if wear.cut is not None:
        pixels = np.where(pixels > wear.cut, 255, 0)
    scaled = [_turned(word, image, wear.slant, scale) for word in words]
    return SpoiledPage(Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)), wear.dpi, scaled)


def _turned(word: PrintedWord, image: Image.Image, slant: float, scale: float) -> PrintedWord:
    """Return the word with its box where the slant and the scale have moved it (small angles: a shift)."""
    radians = np.deg2rad(slant)
    middle_x, middle_y = (word.x0 + word.x1) / 2 - image.width / 2, (word.y0 + word.y1) / 2 - image.height / 2
    dx, dy = float(radians * middle_y), float(-radians * middle_x)
    return PrintedWord(
        word.text, (word.x0 + dx) * scale, (word.y0 + dy) * scale, (word.x1 + dx) * scale, (word.y1 + dy) * scale
    )
