"""Spoils a document as an office scanner does: the pages become pictures, sealed, skewed, faded, noisy, compressed.

Everything random hangs on the document's name, the level and the page, so the same document gives the same scan on
any machine with the same libraries.
"""

from __future__ import annotations

import io
import random
import time
import zlib
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

from corpus.inkwork import seal, signature, stamp
from corpus.paper import Paper

Picture = NDArray[np.uint8]

# Written into every PDF, so that two builds give the same bytes.
FIXED_TIME = time.gmtime(1_735_689_600)
SEAL_TO_THE_LEFT = 44.0  # points from the middle of the signature: the seal covers its left third


@dataclass(frozen=True)
class Level:
    """How badly a page is spoiled. Degrees, grey values of 255 and pixels at the level's own resolution."""

    name: str
    dots_per_inch: int
    blur_pixels: float = 0.0
    noise: float = 0.0
    ink_grey: tuple[int, int] = (0, 0)
    paper_grey: tuple[int, int] = (255, 255)
    shade: float = 0.0
    fade: float = 0.0
    skew_degrees: float = 0.0
    specks: int = 0
    form: Literal["jpeg", "bilevel"] = "jpeg"
    quality: int = 90
    sealed: bool = True


LEVELS = {
    level.name: level
    for level in (
        Level("clean", 300, sealed=False),
        Level(
            "office",
            200,
            blur_pixels=0.55,
            noise=3.0,
            ink_grey=(25, 60),
            paper_grey=(244, 252),
            shade=7.0,
            fade=0.18,
            skew_degrees=0.9,
            specks=45,
            quality=70,
        ),
        Level(
            "poor",
            150,
            blur_pixels=0.7,
            noise=8.0,
            ink_grey=(50, 90),
            paper_grey=(228, 244),
            shade=18.0,
            fade=0.3,
            skew_degrees=1.9,
            specks=110,
            quality=45,
        ),
        Level(
            "fax",
            150,
            blur_pixels=0.45,
            noise=6.0,
            ink_grey=(10, 40),
            paper_grey=(250, 255),
            shade=4.0,
            fade=0.12,
            skew_degrees=0.8,
            specks=70,
            form="bilevel",
        ),
    )
}


def scan(pdf: bytes, paper: Paper, level: Level) -> bytes:
    """Return a picture-only PDF of the document `pdf`, spoiled as `level` says.

    A landscape page comes out as scanners deliver it: a portrait page with its text turned a quarter.
    """
    document = pypdfium2.PdfDocument(pdf)
    pictures: list[Image.Image] = []
    for index, sheet in enumerate(paper.sheets):
        rng = random.Random(zlib.crc32(f"{paper.name}/{level.name}/{index}".encode()))
        page = _render(document, index, level.dots_per_inch)
        for place in sheet.seals if level.sealed else []:
            _sign(page, place, paper, level, rng)
        if sheet.width > sheet.height:
            page = np.rot90(page, k=rng.choice((1, 3))).copy()
        pictures.append(_encode(_spoil(page, level, rng), level))
    document.close()
    return _as_pdf(pictures, level)


def _render(document: pypdfium2.PdfDocument, index: int, dots_per_inch: int) -> Picture:
    bitmap = document[index].render(scale=dots_per_inch / 72, rev_byteorder=True)
    return np.ascontiguousarray(bitmap.to_numpy()[..., :3])


def _sign(page: Picture, place: tuple[float, float], paper: Paper, level: Level, rng: random.Random) -> None:
    """Sign and seal; the hand and the seal belong to the document, their exact place to the page."""
    own = random.Random(zlib.crc32(paper.name.encode()))
    scale = level.dots_per_inch / 72
    header = [line for line in paper.sheets[0].lines if line.role == "header_left"]
    issuer = " ".join(line.text for line in header if line.runs[0].face == "bold")
    x, y = place
    stamp(page, signature(level.dots_per_inch, own), round((x + rng.uniform(-6, 10)) * scale), round(y * scale))
    middle = x - SEAL_TO_THE_LEFT + rng.uniform(-8, 8), y + rng.uniform(-6, 6)
    stamp(page, seal(issuer, level.dots_per_inch, own), round(middle[0] * scale), round(middle[1] * scale))


def _spoil(page: Picture, level: Level, rng: random.Random) -> Picture:
    """Return `page` (H, W, 3) as the scanner saw it: toner, paper, light, skew, dust, lens, sensor."""
    if level.skew_degrees == 0 and level.noise == 0:
        return page
    numbers = np.random.default_rng(rng.getrandbits(32))
    height, width = page.shape[:2]
    ink, paper = rng.uniform(*level.ink_grey), rng.uniform(*level.paper_grey)
    # Toner takes unevenly: where it fades, black moves towards the paper.
    strength = 1 - level.fade * _cloud(numbers, height, width, 9)[..., None]
    light = 1 - (1 - page / np.float32(255)) * strength
    lit = ink + light * (paper - ink) - level.shade * _cloud(numbers, height, width, 3)[..., None]
    seen = _turn(lit.astype(np.float32), _angle(level, rng), paper)
    _add_specks(seen, level.specks, rng, ink)
    if level.blur_pixels:
        seen = np.asarray(cv2.GaussianBlur(seen, (0, 0), level.blur_pixels), dtype=np.float32)
    noisy = seen + numbers.normal(0, level.noise, (height, width, 1))
    return noisy.clip(0, 255).astype(np.uint8)


def _angle(level: Level, rng: random.Random) -> float:
    """Return a skew of either sign, never negligible, at most the level's."""
    return rng.choice((-1, 1)) * rng.uniform(0.15, 1.0) * level.skew_degrees


def _cloud(numbers: np.random.Generator, height: int, width: int, cells: int) -> NDArray[np.float32]:
    """Return values from 0 to 1 that change slowly over the page."""
    coarse = numbers.random((cells, cells), dtype=np.float32)
    grown = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip(grown, 0, 1).astype(np.float32)


def _turn(page: NDArray[np.float32], degrees: float, paper: float) -> NDArray[np.float32]:
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    border = (paper, paper, paper)
    turned = cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=border)
    return np.asarray(turned, dtype=np.float32)


def _add_specks(page: NDArray[np.float32], count: int, rng: random.Random, ink: float) -> None:
    """Add dust: dots of one to three pixels, and now and then a short hair."""
    height, width = page.shape[:2]
    for _ in range(rng.randint(count // 2, count)):
        x, y, grey = rng.randrange(width), rng.randrange(height), rng.uniform(ink, 150)
        cv2.circle(page, (x, y), rng.choice((0, 0, 1)), (grey, grey, grey), -1)
    for _ in range(rng.randint(0, 2)):
        x, y = rng.randrange(width), rng.randrange(height)
        end = (x + rng.randint(-25, 25), y + rng.randint(-25, 25))
        cv2.line(page, (x, y), end, (170.0, 170.0, 170.0), 1, cv2.LINE_AA)


def _encode(page: Picture, level: Level) -> Image.Image:
    """Return the picture in the colours that a scanner set to "automatic" keeps: grey where there is no colour."""
    if level.form == "bilevel":
        grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
        _, black = cv2.threshold(grey, 150, 255, cv2.THRESH_BINARY)
        return Image.fromarray(black).convert("1", dither=Image.Dither.NONE)
    spread = page.max(axis=2).astype(np.int16) - page.min(axis=2)
    coloured = int((spread > 60).sum()) > 500
    image = Image.fromarray(page)
    return image if coloured else image.convert("L")


def _as_pdf(pictures: list[Image.Image], level: Level) -> bytes:
    buffer = io.BytesIO()
    # Bilevel pages become CCITT group 4, which knows no quality.
    settings = {} if level.form == "bilevel" else {"quality": level.quality}
    pictures[0].save(
        buffer,
        "PDF",
        resolution=level.dots_per_inch,
        save_all=True,
        append_images=pictures[1:],
        creationDate=FIXED_TIME,
        modDate=FIXED_TIME,
        producer="scanner",
        **settings,
    )
    return buffer.getvalue()
