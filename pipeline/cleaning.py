"""A page's picture made fit to be read: upright, straight, even, without coloured ink, borders and ruling lines.

    limit -> take coloured ink out -> even the background -> turn upright -> straighten -> drop borders -> find rules

All measuring is done on small copies; the picture itself is touched a few times, always as uint8, so that a page of a
25-page colour scan costs little more memory than its own pixels. This is the only module that imports cv2.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.picture import CleanPage, Grey, Mask
from pipeline.ruling import Rule

MAX_PIXELS = 40_000_000
POINTS = 72.0
MEASURE_DPI = 100.0  # lines of text are found at this resolution
MAX_SKEW_DEGREES = 5.0
MIN_SKEW_DEGREES = 0.12  # below this turning would blur more than it straightens
MIN_INK_PIXELS = 400  # at MEASURE_DPI: with less ink nothing can be told


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
    gray = _print_only(image) if image.ndim == 3 else image
    bilevel = is_bilevel(gray)
    if not bilevel:
        gray = even_background(gray, dpi)
    ink = _small_ink(gray, dpi)
    rotation = find_rotation(ink)
    gray, ink = _turn(gray, rotation), _turn(ink, rotation)
    skew = find_skew(ink)
    if abs(skew) >= MIN_SKEW_DEGREES:
        gray = _straighten(gray, skew)
    else:
        skew = 0.0
    gray = drop_borders(gray, dpi)
    if bilevel:
        gray = drop_specks(gray, dpi)
    rules, gray = take_rules_out(gray, dpi)
    height, width = gray.shape
    scale = POINTS / dpi
    return CleanPage(gray, dpi, rotation, skew, width * scale, height * scale, ruling=rules, warnings=warnings)


def _limit(image: npt.NDArray[np.uint8], dpi: float, warnings: list[str]) -> tuple[npt.NDArray[np.uint8], float]:
    height, width = image.shape[:2]
    if height * width <= MAX_PIXELS:
        return image, dpi
    factor = (MAX_PIXELS / (height * width)) ** 0.5
    size = (max(1, int(width * factor)), max(1, int(height * factor)))
    warnings.append(f"The picture of {width} x {height} pixels was made smaller before it was read.")
    return _u8(cv2.resize(image, size, interpolation=cv2.INTER_AREA)), dpi * factor


def _print_only(image: npt.NDArray[np.uint8]) -> Grey:
    """Return grey in which coloured ink is as light as its lightest channel; black print stays black under a seal.

    Where most of the ink is coloured, the print itself is (a blue letterhead, a tinted photocopy): then the plain
    brightness is kept.
    """
    small = image[:: max(1, image.shape[0] // 800), :: max(1, image.shape[1] // 800)]
    brightest = small.max(axis=2).astype(np.int16)
    darkest = small.min(axis=2).astype(np.int16)
    ink = darkest < 128
    coloured = ink & (brightest - darkest > 60)
    if coloured.sum() > 0.6 * max(1, ink.sum()):
        return _u8(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY))
    red, green, blue = cv2.split(image)
    return _u8(cv2.max(cv2.max(red, green), blue))


def is_bilevel(gray: Grey) -> bool:
    """Tell whether the picture holds next to nothing but black and white."""
    sample = gray[::4, ::4]
    return bool(((sample < 8) | (sample > 247)).mean() > 0.985)


def even_background(gray: Grey, dpi: float) -> Grey:
    """Divide by the paper's brightness: shadows and yellowed or tinted paper become white, faint print darker."""
    height, width = gray.shape
    factor = max(1, int(dpi / 25))
    size = (max(1, width // factor), max(1, height // factor))
    paper = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    paper = cv2.dilate(paper, np.ones((5, 5), np.uint8))
    paper = cv2.medianBlur(_u8(paper), 11)
    paper = np.maximum(_u8(paper), 40)  # a black border is no shadow: it stays black
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return _u8(cv2.divide(gray, paper, scale=250))


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
    return _u8(np.where(letter[labels], 255, 0))


def find_rotation(ink: Mask) -> int:
    """Return by how many degrees clockwise the page must be turned to be upright, 0 where nothing is sure.

    Lines of text make the profile of rows jump between ink and paper; that tells lying from standing. Vietnamese
    carries its marks above the letters, so the rows above a line's body hold more ink than those below it; that
    tells upright from upside down.
    """
    if int((ink > 0).sum()) < MIN_INK_PIXELS:
        return 0
    lying = _alternation(ink)
    standing = _alternation(_u8(np.rot90(ink)))
    if standing > 1.5 * lying:
        turned = _u8(np.rot90(ink, -1))  # clockwise by 90
        return 270 if _upside_down(turned) else 90
    return 180 if _upside_down(ink) else 0


def _alternation(ink: Mask) -> float:
    """How strongly the rows alternate between ink and paper: the best over strips, so that skew costs little."""
    strips = np.array_split(ink, max(1, ink.shape[1] // 100), axis=1)
    total = 0.0
    for strip in strips:
        profile = (strip > 0).sum(axis=1).astype(np.float64)
        total += float((np.diff(profile) ** 2).sum())
    return total


def _upside_down(ink: Mask) -> bool:
    """Tell whether the marks stand below the letters; False unless that is clear."""
    skew = find_skew(ink)
    straight = _straighten(_u8(255 - ink), skew) if abs(skew) > MIN_SKEW_DEGREES else _u8(255 - ink)
    profile = (straight < 128).sum(axis=1).astype(np.float64)
    above = below = 0.0
    threshold = 0.5 * np.percentile(profile[profile > 0], 80) if (profile > 0).any() else 0.0
    body = profile > threshold
    edges = np.flatnonzero(np.diff(np.concatenate(([0], body.astype(np.int8), [0]))))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if not 2 <= end - start <= 16:
            continue
        reach = max(2, int(0.7 * (end - start)))
        above += float(profile[max(0, start - reach) : start].sum())
        below += float(profile[end : end + reach].sum())
    return below > 1.25 * above and above + below > MIN_INK_PIXELS / 4


def find_skew(ink: Mask) -> float:
    """Return by how many degrees clockwise the lines of text fall, 0.0 where there is nothing to tell it from.

    The ink is projected along many directions; along the lines the profile is sharpest.
    """
    ys, xs = np.nonzero(ink)
    if len(ys) < MIN_INK_PIXELS:
        return 0.0
    if len(ys) > 60_000:
        step = len(ys) // 60_000 + 1
        ys, xs = ys[::step], xs[::step]
    centred = xs - ink.shape[1] / 2

    def sharpness(degrees: float) -> float:
        rows = ys - centred * np.tan(np.radians(degrees))
        rows = (rows - rows.min() + 0.5).astype(np.int32)
        return float((np.bincount(rows).astype(np.float64) ** 2).sum())

    best, width = 0.0, MAX_SKEW_DEGREES
    for step_degrees in (0.5, 0.1, 0.03):
        candidates = np.arange(best - width, best + width + step_degrees / 2, step_degrees)
        best = float(max(candidates, key=sharpness))
        width = step_degrees
    plain = sharpness(0.0)
    if abs(best) > MAX_SKEW_DEGREES or sharpness(best) < 1.01 * plain:
        return 0.0
    return best


def _straighten(gray: Grey, skew_degrees: float) -> Grey:
    """Turn the picture about its centre so that lines which fall by `skew_degrees` run level; white comes in."""
    height, width = gray.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), skew_degrees, 1.0)
    return _u8(cv2.warpAffine(gray, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255))


def _turn(gray: Grey, degrees_clockwise: int) -> Grey:
    return _u8(np.ascontiguousarray(np.rot90(gray, -degrees_clockwise // 90))) if degrees_clockwise else gray


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
    mask = _u8(np.where(border[labels], 255, 0))
    mask = _u8(cv2.dilate(mask, np.ones((3, 3), np.uint8)))
    mask = _u8(cv2.resize(mask, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_NEAREST))
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


def take_rules_out(gray: Grey, dpi: float) -> tuple[list[Rule], Grey]:
    """Find the printed lines; where they make tables, paint them white so that no letter grows together with them."""
    _, ink = cv2.threshold(gray, 160, 255, cv2.THRESH_BINARY_INV)
    length = max(20, int(dpi * 0.45))
    thick = max(2, int(dpi / 36))
    rules: list[Rule] = []
    masks = []
    for kernel, across in (((length, 1), True), ((1, length), False)):
        # a scanned line breaks and climbs: bridge gaps along it, and look at two rows as one
        bridged = cv2.dilate(ink, np.ones((3, 1) if across else (1, 3), np.uint8))
        mask = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, kernel))
        count, labels, stats, _ = cv2.connectedComponentsWithStats(_u8(mask), connectivity=8)
        good = np.zeros(count, bool)
        for index in range(1, count):
            x, y, w, h, _area = (int(v) for v in stats[index])
            if (h if across else w) <= thick + 2:
                good[index] = True
                scale = POINTS / dpi
                rules.append(Rule(x * scale, y * scale, (x + w) * scale, (y + h) * scale))
        masks.append(_u8(np.where(good[labels], 255, 0)))
    if rules:
        gray = gray.copy()
        both = cv2.dilate(cv2.max(masks[0], masks[1]), np.ones((3, 3), np.uint8))
        gray[both > 0] = 255
    return rules, gray


def _u8(array: npt.NDArray[np.generic] | cv2.typing.MatLike) -> npt.NDArray[np.uint8]:
    return np.asarray(array, dtype=np.uint8)
