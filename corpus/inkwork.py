"""What a person adds to a printed page: the round red seal and a signature, drawn as pictures with transparency.

Both are made up from the document's name, so that a document always gets the same seal and the same hand.
"""

from __future__ import annotations

import math
import random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from corpus.typeface import FACES, font_folder

Picture = NDArray[np.uint8]

SEAL_POINTS = 104.0
SEAL_RED = (205, 32, 44)
PEN_COLOURS = ((24, 44, 140), (30, 60, 168), (20, 20, 28))


def seal(text: str, dots_per_inch: int, rng: random.Random) -> Picture:
    """Return a round seal (H, W, 4) RGBA with `text` along its ring, a star in the middle, inked unevenly."""
    # Drawn at twice the size and reduced, which gives the soft edges of a rubber stamp.
    side = round(SEAL_POINTS / 72 * dots_per_inch) * 2
    canvas = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(canvas)
    middle = side / 2
    for radius, stroke in ((0.485, 0.018), (0.455, 0.006), (0.29, 0.008)):
        reach = radius * side
        box = [middle - reach, middle - reach, middle + reach, middle + reach]
        pen.ellipse(box, outline=255, width=max(2, round(stroke * side)))
    _star(pen, middle, 0.15 * side)
    _ring_text(canvas, text, 0.372 * side, round(0.088 * side))
    strength = np.asarray(canvas.resize((side // 2, side // 2), Image.Resampling.LANCZOS), dtype=np.float32)
    patches = _patches(side // 2, rng)
    turned = Image.fromarray((strength * patches).clip(0, 255).astype(np.uint8)).rotate(
        rng.uniform(-14, 14), resample=Image.Resampling.BICUBIC
    )
    return _tinted(np.asarray(turned), SEAL_RED, 0.86)


def signature(dots_per_inch: int, rng: random.Random) -> Picture:
    """Return a signature (H, W, 4) RGBA: a few looping strokes and a flourish, in blue or black ink."""
    scale = dots_per_inch / 72 * 2
    size = (round(130 * scale), round(58 * scale))
    canvas = Image.new("L", size, 0)
    pen = ImageDraw.Draw(canvas)
    stroke = max(2, round(1.1 * scale))
    x, y = 0.12 * size[0], 0.6 * size[1]
    for _ in range(rng.randint(4, 6)):
        reach, height = rng.uniform(0.05, 0.1) * size[0], rng.uniform(0.12, 0.36) * size[1]
        lean, phase = rng.uniform(0.2, 0.7), rng.uniform(0, math.pi)
        points = []
        for step in range(60):
            angle = phase + step / 60 * 2.3 * math.pi
            advance = step / 60 * 0.13 * size[0]
            loop_y = y + height * math.sin(angle)
            points.append((x + advance + reach * math.cos(angle) - lean * (loop_y - y), loop_y))
        pen.line(points, fill=255, width=stroke, joint="curve")
        x += 0.13 * size[0]
    tail = [(x + step * 0.004 * size[0], y - step * rng.uniform(0.001, 0.006) * size[1]) for step in range(60)]
    pen.line([(0.1 * size[0], 0.78 * size[1]), (x, 0.5 * size[1]), *tail], fill=255, width=stroke, joint="curve")
    reduced = canvas.resize((size[0] // 2, size[1] // 2), Image.Resampling.LANCZOS)
    return _tinted(np.asarray(reduced), rng.choice(PEN_COLOURS), 0.92)


def stamp(page: Picture, ink: Picture, x: int, y: int) -> None:
    """Lay `ink` (H, W, 4) on `page` (H, W, 3), its middle at (x, y); ink darkens paper as ink does."""
    height, width = ink.shape[:2]
    top, left = max(0, y - height // 2), max(0, x - width // 2)
    bottom, right = min(page.shape[0], top + height), min(page.shape[1], left + width)
    part = page[top:bottom, left:right].astype(np.float32)
    cut = ink[: bottom - top, : right - left].astype(np.float32)
    alpha = cut[..., 3:] / 255
    # Multiplied, not covered: print under a seal shows through it.
    inked = part * (1 - alpha) + part * cut[..., :3] / 255 * alpha
    page[top:bottom, left:right] = inked.astype(np.uint8)


def _star(pen: ImageDraw.ImageDraw, middle: float, reach: float) -> None:
    points = []
    for corner in range(10):
        angle = -math.pi / 2 + corner * math.pi / 5
        radius = reach if corner % 2 == 0 else reach * 0.4
        points.append((middle + radius * math.cos(angle), middle + radius * math.sin(angle)))
    pen.polygon(points, fill=255)


def _ring_text(canvas: Image.Image, text: str, radius: float, size: int) -> None:
    """Write `text` clockwise round the middle of `canvas`, letter by letter."""
    font = ImageFont.truetype(str(font_folder() / FACES["bold"]), size)
    letters = f"{text}  ★  ".replace("★", "*")
    middle = canvas.width / 2
    for number, letter in enumerate(letters):
        angle = -math.pi * 1.05 + number * 2 * math.pi / len(letters)
        glyph = Image.new("L", (size * 2, size * 2), 0)
        ImageDraw.Draw(glyph).text((size, size), letter, font=font, fill=255, anchor="mm")
        glyph = glyph.rotate(-math.degrees(angle) - 90, resample=Image.Resampling.BICUBIC)
        at = (round(middle + radius * math.cos(angle) - size), round(middle + radius * math.sin(angle) - size))
        canvas.paste(255, at, glyph)


def _patches(side: int, rng: random.Random) -> NDArray[np.float32]:
    """Return how much ink took, 0.55 to 1, changing slowly over the seal."""
    coarse = np.array([[rng.uniform(0.55, 1.05) for _ in range(7)] for _ in range(7)], dtype=np.float32)
    grown = Image.fromarray(coarse).resize((side, side), Image.Resampling.BICUBIC)
    return np.asarray(grown, dtype=np.float32).clip(0.4, 1)


def _tinted(strength: Picture, colour: tuple[int, int, int], opacity: float) -> Picture:
    tinted = np.empty((*strength.shape, 4), dtype=np.uint8)
    tinted[..., :3] = colour
    tinted[..., 3] = (strength.astype(np.float32) * opacity).astype(np.uint8)
    return tinted
