"""A page's picture made fit to be read: upright, straight, even, without coloured ink, borders and ruling lines.

    limit -> take coloured ink out -> even the background -> turn upright -> straighten -> drop borders -> take leaders,
    specks and rules out

All measuring is done on small copies; the picture itself is touched a few times, always as uint8, so that a page of a
25-page colour scan costs little more memory than its own pixels.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.document import Box
from pipeline.leaders import take_leaders_out
from pipeline.linework import take_rules_out
from pipeline.picture import POINTS_PER_INCH, CleanPage, Grey, Mask, u8
from pipeline.tilt import MIN_INK_PIXELS, beside_lines, find_skew

cv2.setNumThreads(1)  # one process a core, one thread a process

MAX_PIXELS = 40_000_000
TOO_FINE_DPI, FINE_ENOUGH_DPI = 420.0, 300.0
READING_DPI = 160.0  # measured from 120 to 400: see _at_reading_size
OVERVIEW_DPI = 40.0  # seals and pens are found at this resolution
MEASURE_DPI = 100.0  # lines of text are found at this resolution
STRIP_PIXELS = 90  # at MEASURE_DPI
MIN_SKEW_DEGREES = 0.12  # below this turning would blur more than it straightens
LETTER_GAP = 5  # pixels at MEASURE_DPI: bridges letters of a word, not the lines of a page
SURE_STANDING = 1.25  # how many times fewer pieces the other way before a page is turned
MIN_MARK_POINTS, MAX_MARK_POINTS = 4.5, 30.0  # height of print that may be a word
MIN_DASH_POINTS, MAX_DASH_POINTS, MAX_DASH_HEIGHT = 2.8, 10.0, 2.2
PAPER, PAPER_FROM, INK_TO = 250, 222, 60  # of 255: paper once evened, lightest print, what print is brought to
MAX_STRETCH = 3.0
MIN_PRINT_SHARE = 0.004  # of a page: less is no print whose contrast could be told
FAINT = 200  # of 255: lighter than this is no ink at all
SPECK_POINTS, APART_POINTS = 2.4, 4.0  # how large a speck may be, and how far from all ink


def clean(image: npt.NDArray[np.uint8], dpi: float) -> CleanPage:
    """Make the picture of a page fit to be read.

    Args:
        image: (H, W) grey or (H, W, 3) RGB, uint8.
        dpi: dots per inch at which the picture shows the page.

    Raises:
        ValueError: the array is no picture.
    """
    if image.dtype != np.uint8 or image.ndim not in (2, 3) or (image.ndim == 3 and image.shape[2] != 3):
        raise ValueError(f"no picture of 8-bit grey or RGB pixels: {image.dtype} {image.shape}")
    if min(image.shape[:2]) < 1:
        raise ValueError("the picture has no pixels")
    warnings: list[str] = []
    image, dpi = _limit(image, dpi, warnings)
    overview = _overview(image, dpi)
    gray = _print_only(image) if image.ndim == 3 else image
    bilevel = is_bilevel(gray)
    if not bilevel:
        gray = darken_faint_print(even_background(gray, dpi))
    ink = _small_ink(gray, dpi)
    rotation = find_rotation(ink)
    gray, ink, overview = _turn(gray, rotation), _turn(ink, rotation), _turn(overview, rotation)
    skew = find_skew(ink)
    if abs(skew) >= MIN_SKEW_DEGREES:
        gray, overview = _straighten(gray, skew), _straighten(overview, skew)
    else:
        skew = 0.0
    gray = drop_borders(gray, dpi)
    leaders, gray = take_leaders_out(gray, dpi)
    if bilevel:
        gray = drop_specks(gray, dpi)
    gray = drop_lone_specks(gray, dpi)
    rules, gray = take_rules_out(gray, dpi)
    height, width = gray.shape[:2]
    scale = POINTS_PER_INCH / dpi
    marks, dashes = find_marks(gray, dpi)
    return CleanPage(
        *_at_reading_size(gray, dpi), rotation, skew, width * scale, height * scale, gray, dpi,
        ruling=rules, marks=marks, dashes=dashes, leaders=leaders, overview=overview, overview_dpi=OVERVIEW_DPI,
        warnings=warnings,
    )  # fmt: skip


def _at_reading_size(gray: Grey, dpi: float) -> tuple[Grey, float]:
    """Scale to READING_DPI.

    Tesseract squeezes each line to 36 pixels of height by picking pixels; averaging them here, down to about that
    height, keeps the marks of Vietnamese letters apart better than its own way from 200 or 300 dpi.
    """
    factor = READING_DPI / dpi
    if abs(factor - 1) < 0.08:
        return gray, dpi
    size = (max(1, round(gray.shape[1] * factor)), max(1, round(gray.shape[0] * factor)))
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return u8(cv2.resize(gray, size, interpolation=how)), READING_DPI


def _overview(image: npt.NDArray[np.uint8], dpi: float) -> npt.NDArray[np.uint8]:
    """Return a small copy of the page in its own colours, at OVERVIEW_DPI."""
    factor = OVERVIEW_DPI / dpi
    size = (max(1, round(image.shape[1] * factor)), max(1, round(image.shape[0] * factor)))
    return u8(cv2.resize(image, size, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR))


def find_marks(gray: Grey, dpi: float) -> tuple[list[Box], list[Box]]:
    """Return the boxes, in points, of the pieces of print of a word's size, and of those that may be dashes.

    Letters side by side are one piece.
    """
    factor = min(1.0, MEASURE_DPI / dpi)
    size = (max(1, int(gray.shape[1] * factor)), max(1, int(gray.shape[0] * factor)))
    small = cv2.resize(gray, size, interpolation=cv2.INTER_AREA) if factor < 1 else gray
    _, ink = cv2.threshold(small, 150, 255, cv2.THRESH_BINARY_INV)
    grown = u8(cv2.dilate(ink, np.ones((3, 5), np.uint8)))
    _, _, stats, _ = cv2.connectedComponentsWithStats(grown, connectivity=8)
    scale = POINTS_PER_INCH * gray.shape[1] / (small.shape[1] * dpi)
    marks, dashes = [], []
    for x, y, w, h, _ in stats[1:].tolist():
        x, y, w, h = x + 2, y + 1, w - 4, h - 2  # as it was before it was grown
        box = Box(x * scale, y * scale, (x + w) * scale, (y + h) * scale)
        inked = int((ink[y : y + h, x : x + w] > 0).sum())
        if MIN_MARK_POINTS <= box.height <= MAX_MARK_POINTS and w >= 1 and inked >= 0.15 * w * h:
            marks.append(box)
        elif box.height <= MAX_DASH_HEIGHT and MIN_DASH_POINTS <= box.width <= MAX_DASH_POINTS:
            dashes.append(box)
    return marks, dashes


def _limit(image: npt.NDArray[np.uint8], dpi: float, warnings: list[str]) -> tuple[npt.NDArray[np.uint8], float]:
    """Make pictures smaller that are finer than print needs, or larger than a page can be worth."""
    height, width = image.shape[:2]
    factor = FINE_ENOUGH_DPI / dpi if dpi > TOO_FINE_DPI else 1.0
    if height * width * factor**2 > MAX_PIXELS:
        factor = (MAX_PIXELS / (height * width)) ** 0.5
        warnings.append(f"The picture of {width} x {height} pixels was made smaller before it was read.")
    if factor == 1.0:
        return image, dpi
    size = (max(1, int(width * factor)), max(1, int(height * factor)))
    return u8(cv2.resize(image, size, interpolation=cv2.INTER_AREA)), dpi * factor


def _print_only(image: npt.NDArray[np.uint8]) -> Grey:
    """Return grey in which coloured ink is as light as its lightest channel; black print stays black under a seal.

    Where most of the ink is coloured, the print itself is (a blue letterhead, a tinted photocopy): then the plain
    brightness is kept.
    """
    small = image[:: max(1, image.shape[0] // 800), :: max(1, image.shape[1] // 800)]
    brightest = small.max(axis=2).astype(np.int16)
    darkest = small.min(axis=2).astype(np.int16)
    ink = darkest < np.median(darkest) - 50
    coloured = ink & (brightest - darkest > 60)
    if ink.mean() > 0.01 and coloured.sum() > 0.6 * ink.sum():  # not a blank page with a seal
        return u8(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY))
    red, green, blue = cv2.split(image)
    return u8(cv2.max(cv2.max(red, green), blue))


def is_bilevel(gray: Grey) -> bool:
    """Tell whether the picture holds next to nothing but black and white."""
    sample = gray[::4, ::4]
    return bool(((sample < 8) | (sample > 247)).mean() > 0.985)


def even_background(gray: Grey, dpi: float) -> Grey:
    """Divide by the paper's brightness: shadows and yellowed or tinted paper become white, faint print darker."""
    height, width = gray.shape[:2]
    factor = max(1, int(dpi / 25))
    size = (max(1, width // factor), max(1, height // factor))
    paper = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    paper = cv2.dilate(paper, np.ones((5, 5), np.uint8))
    paper = cv2.medianBlur(u8(paper), 11)
    paper = np.maximum(u8(paper), 40)  # a black border is no shadow: it stays black
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return u8(cv2.divide(gray, paper, scale=PAPER))


def darken_faint_print(gray: Grey) -> Grey:
    """Stretch the contrast so that the body of the print is nearly black; print that is so already is left alone."""
    counts = cv2.calcHist([gray], [0], None, [256], [0.0, 256.0]).ravel()
    inked = counts[:PAPER_FROM]
    if inked.sum() < MIN_PRINT_SHARE * gray.size:
        return gray
    level = int(np.searchsorted(np.cumsum(inked), 0.3 * inked.sum()))
    if level <= INK_TO + 30:
        return gray
    factor = min(MAX_STRETCH, (PAPER - INK_TO) / max(1, PAPER - level))
    table = np.clip(PAPER - (PAPER - np.arange(256.0)) * factor, 0, 255)
    return u8(cv2.LUT(gray, table.astype(np.uint8)))


def _small_ink(gray: Grey, dpi: float) -> Mask:
    """Return the ink at MEASURE_DPI, without what is too big to be a letter."""
    factor = min(1.0, MEASURE_DPI / dpi)
    size = (max(1, int(gray.shape[1] * factor)), max(1, int(gray.shape[0] * factor)))
    small = cv2.resize(gray, size, interpolation=cv2.INTER_AREA) if factor < 1 else gray
    _, ink = cv2.threshold(small, 170, 255, cv2.THRESH_BINARY_INV)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    letter = (
        (stats[:, cv2.CC_STAT_WIDTH] <= 80) & (stats[:, cv2.CC_STAT_HEIGHT] <= 80) & (stats[:, cv2.CC_STAT_AREA] >= 3)
    )
    letter[0] = False
    return u8(np.where(letter[labels], 255, 0))


def find_rotation(ink: Mask) -> int:
    """Return by how many degrees clockwise the page must be turned to be upright, 0 where nothing is sure.

    Letters stand closer to each other than lines do: growing the ink along the lines joins it to fewer pieces; that
    tells lying from standing. Vietnamese carries its marks above the letters, so the rows above a line's body hold
    more ink than those below it; that tells upright from upside down.
    """
    if int((ink > 0).sum()) < MIN_INK_PIXELS:
        return 0
    if _pieces(ink, (1, LETTER_GAP)) > SURE_STANDING * _pieces(ink, (LETTER_GAP, 1)):
        return 270 if _upside_down(u8(np.rot90(ink, -1))) else 90
    return 180 if _upside_down(ink) else 0


def _pieces(ink: Mask, reach: tuple[int, int]) -> int:
    """How many pieces are left when ink grows by (rows, columns): few, where it grows along the lines of text."""
    grown = cv2.dilate(ink, np.ones(reach, np.uint8))
    return int(cv2.connectedComponents(grown, connectivity=8)[0])


def _upside_down(ink: Mask) -> bool:
    """Tell whether the marks stand below the letters; False unless that is clear.

    Looked at strip by strip, since lines of table cells side by side do not stand at one height.
    """
    skew = find_skew(ink)
    straight = u8(255 - _straighten(u8(255 - ink), skew)) if abs(skew) > MIN_SKEW_DEGREES else ink
    above = below = 0.0
    for strip in np.array_split(straight, max(1, straight.shape[1] // STRIP_PIXELS), axis=1):
        over, under = beside_lines((strip > 127).sum(axis=1).astype(np.float64))
        above, below = above + over, below + under
    return below > 1.25 * above and above + below > MIN_INK_PIXELS / 4


def _straighten(gray: Grey, skew_degrees: float) -> Grey:
    """Turn the picture about its centre so that lines which fall by `skew_degrees` run level; white comes in."""
    height, width = gray.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), skew_degrees, 1.0)
    return u8(cv2.warpAffine(gray, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)))


def _turn(gray: Grey, degrees_clockwise: int) -> Grey:
    return u8(np.ascontiguousarray(np.rot90(gray, -degrees_clockwise // 90))) if degrees_clockwise else gray


def drop_borders(gray: Grey, dpi: float) -> Grey:
    """Paint white what a scanner's lid and a copier's glass leave: big dark areas that touch the edge."""
    factor = max(1, int(dpi / 50))
    small = cv2.resize(
        gray, (max(1, gray.shape[1] // factor), max(1, gray.shape[0] // factor)), interpolation=cv2.INTER_AREA
    )
    _, dark = cv2.threshold(small, 110, 255, cv2.THRESH_BINARY_INV)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=4)
    height, width = small.shape
    border = np.zeros(count, bool)
    for index in range(1, count):
        x, y, w, h, area = stats[index]
        touches = x == 0 or y == 0 or x + w == width or y + h == height
        border[index] = touches and area > 60 and area > 0.3 * min(w * h, 25 * max(w, h))
    if not border.any():
        return gray
    mask = u8(np.where(border[labels], 255, 0))
    mask = u8(cv2.dilate(mask, np.ones((3, 3), np.uint8)))
    mask = u8(cv2.resize(mask, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_NEAREST))
    gray = gray.copy()
    gray[mask > 0] = 255
    return gray


def drop_specks(gray: Grey, dpi: float) -> Grey:
    """Paint white the specks of a bilevel scan: smaller than any dot of print, and far from all letters."""
    _, ink = cv2.threshold(gray, 128, 255, cv2.THRESH_BINARY_INV)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    smallest = max(2, round(5 * (dpi / 200) ** 2))
    speck = stats[:, cv2.CC_STAT_AREA] <= smallest
    speck[0] = False
    if count < 2 or not speck.any():
        return gray
    gray = gray.copy()
    gray[speck[labels]] = 255
    return gray


def drop_lone_specks(gray: Grey, dpi: float) -> Grey:
    """Paint white what is no larger than a full stop and stands apart, as no stop, dot or mark of print does."""
    factor = min(1.0, MEASURE_DPI / dpi)
    size = (max(1, int(gray.shape[1] * factor)), max(1, int(gray.shape[0] * factor)))
    small = cv2.resize(gray, size, interpolation=cv2.INTER_AREA) if factor < 1 else gray
    _, ink = cv2.threshold(small, FAINT, 255, cv2.THRESH_BINARY_INV)
    reach = 2 * round(APART_POINTS / 2 * dpi * factor / POINTS_PER_INCH) + 1
    grown = cv2.dilate(ink, np.ones((reach, reach), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(grown, connectivity=8)
    largest = reach + round(SPECK_POINTS * dpi * factor / POINTS_PER_INCH)
    lone = (stats[:, cv2.CC_STAT_WIDTH] <= largest) & (stats[:, cv2.CC_STAT_HEIGHT] <= largest)
    if not lone.any():
        return gray
    gray = gray.copy()
    for x, y, w, h, _ in stats[lone].tolist():
        x0, y0, x1, y1 = (round(value / factor) for value in (x, y, x + w, y + h))
        gray[y0:y1, x0:x1] = 255
    return gray
