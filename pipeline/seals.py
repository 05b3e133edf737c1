"""What a person put on the paper beside the print: seals, stamps, signatures, found by colour, seals also by shape.

A body's seal (*con dấu*) is round, 30 to 38 mm wide and red; stamps (*dấu đến*, *HỎA TỐC*, *MẬT*) are lower than they
are wide; pens are mostly blue. Where a scan has no colour only the seal's ring is looked for: nothing printed is that
round. All of it is told from a small copy of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
import numpy.typing as npt

from pipeline.document import Box, Line, MarkKind, PageMark
from pipeline.handwriting import HANDWRITTEN

Picture = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]

COLOURFUL = 24  # of 255: how far apart a coloured pixel's channels are
DARKER_THAN_PAPER = 20  # of 255
MAX_COLOURED_SHARE = 0.6  # of all ink: with more the print itself is coloured
CELL_PIXELS = 4  # pieces of one seal are this near to each other, twice over
SEAL_POINTS = (62.0, 150.0)
SEAL_RATIO = 0.66
STAMP_POINTS, STAMP_HEIGHT = (35.0, 260.0), (10.0, 110.0)
PEN_POINTS, PEN_HEIGHT = (14.0, 260.0), (8.0, 170.0)
TOP_SHARE = 0.35  # of the page: a pen above this filled in the number or the date, below it signed
RADII_POINTS = (40.0, 43.0, 46.0, 49.0, 52.0, 55.0)
MARGIN_POINTS = 70.0  # a seal reaches this far out of the signature block
OUTSIDE_POINTS = 5.0  # how far round the ring the paper is looked at
RING_CONTRAST = 0.18  # how much more of the ring is inked than of the paper round it


def find(overview: Picture, dpi: float, signed: Box | None = None) -> list[PageMark]:
    """Return the seals, stamps and pen marks of a page, boxes in points.

    Args:
        overview: the upright, level page in its own colours, small: (H, W, 3) RGB or (H, W) grey.
        dpi: its dots per inch, about 40.
        signed: where the signature block stands, if there is one: a seal without colour is only looked for there.
    """
    if overview.ndim == 3:
        darkest, brightest = overview.min(axis=2).astype(np.int16), overview.max(axis=2).astype(np.int16)
        ink = darkest < np.median(darkest) - DARKER_THAN_PAPER
        coloured = ink & (brightest - darkest > COLOURFUL)
        if coloured.sum() > max(20, 0.002 * ink.sum()):
            return _coloured(overview, coloured, dpi) if coloured.sum() < MAX_COLOURED_SHARE * ink.sum() else []
        overview = np.asarray(darkest, dtype=np.uint8)
    return _ring(overview, dpi, signed) if signed is not None else []


def collect(overview: Picture, dpi: float, lines: Sequence[Line], pen: Sequence[Box]) -> list[PageMark]:
    """Return all that stands on a page beside its print, in what order it was found.

    Args:
        overview, dpi: as for `find`.
        lines: the page's lines, stamps with their role, doubtful handwriting with its doubt.
        pen: the boxes of what was read out of a signature.
    """
    block = [*pen, *(box for line in lines if line.role == "foot_right" and (box := line.box) is not None)]
    marks = find(overview, dpi, _round_all(block))
    signature = _round_all(pen)
    if signature is not None and not any(mark.kind == "signature" for mark in marks):
        marks.append(PageMark("signature", signature))
    marks += [PageMark("stamp", box) for line in lines if line.role == "stamp" and (box := line.box) is not None]
    written = [word.box for line in lines for word in line.words if HANDWRITTEN in word.doubts]
    return marks + [PageMark("handwriting", box) for box in written if box is not None]


def _round_all(boxes: Sequence[Box]) -> Box | None:
    return reduce(Box.union, boxes) if boxes else None


def _coloured(overview: Picture, coloured: Flags, dpi: float) -> list[PageMark]:
    red = coloured & (overview[..., 0] == overview.max(axis=2))
    pressed = [PageMark(kind, box) for box in _pieces(red, dpi) if (kind := _pressed(box)) is not None]
    signed = any(mark.kind == "seal" for mark in pressed)
    top = TOP_SHARE * overview.shape[0] * 72 / dpi
    pens = [box for box in _pieces(coloured & ~red, dpi) if _fits(box, PEN_POINTS, PEN_HEIGHT)]
    return pressed + [PageMark("handwriting" if box.y1 < top and not signed else "signature", box) for box in pens]


def _pressed(box: Box) -> MarkKind | None:
    """Tell by its size what a piece of red ink is; None where it is too small."""
    small, large = sorted((box.width, box.height))
    if SEAL_POINTS[0] <= large <= SEAL_POINTS[1] and small >= SEAL_RATIO * large:
        return "seal"
    return "stamp" if _fits(box, STAMP_POINTS, STAMP_HEIGHT) else None


def _fits(box: Box, widths: tuple[float, float], heights: tuple[float, float]) -> bool:
    return widths[0] <= box.width <= widths[1] and heights[0] <= box.height <= heights[1]


def _pieces(mask: Flags, dpi: float) -> list[Box]:
    """Return the boxes, in points, of the pieces of ink; what lies near together is one."""
    rows, columns = (size // CELL_PIXELS + 1 for size in mask.shape)
    ys, xs = np.nonzero(mask)
    counts = np.bincount(ys // CELL_PIXELS * columns + xs // CELL_PIXELS, minlength=rows * columns)
    left = {divmod(int(cell), columns) for cell in np.flatnonzero(counts >= 2)}
    boxes = []
    while left:
        piece, edge = set(), {left.pop()}
        while edge:
            y, x = edge.pop()
            piece.add((y, x))
            near = {(y + dy, x + dx) for dy in (-2, -1, 0, 1, 2) for dx in (-2, -1, 0, 1, 2)} & left
            left -= near
            edge |= near
        y0, x0 = (min(at) * CELL_PIXELS for at in zip(*piece, strict=True))
        y1, x1 = ((max(at) + 1) * CELL_PIXELS for at in zip(*piece, strict=True))
        inked_y, inked_x = np.nonzero(mask[y0:y1, x0:x1])
        found = (x0 + inked_x.min(), y0 + inked_y.min(), x0 + inked_x.max() + 1, y0 + inked_y.max() + 1)
        boxes.append(Box(*(float(at) * 72 / dpi for at in found)))
    return _merged(boxes)


def _merged(boxes: list[Box]) -> list[Box]:
    """Join boxes that share a part of the page, from the top of the page down."""
    found: list[Box] = []
    for box in sorted(boxes, key=lambda box: box.y0):
        touching = [other for other in found if _overlap(box, other)]
        for other in touching:
            found.remove(other)
            box = box.union(other)
        found.append(box)
    return found


def _overlap(a: Box, b: Box) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.y0 < b.y1 and b.y0 < a.y1


def _ring(gray: Picture, dpi: float, area: Box) -> list[PageMark]:
    """Return the seal near a signature: where a ring of a seal's size is inked and the paper round it is not."""
    scale = 72 / dpi
    left, top = (max(0, int((at - MARGIN_POINTS) / scale)) for at in (area.x0, area.y0))
    right, bottom = (int((at + MARGIN_POINTS) / scale) for at in (area.x1, area.y1))
    ink = (gray[top:bottom, left:right] < np.median(gray) - 3.0 * DARKER_THAN_PAPER).astype(np.float32)
    if min(ink.shape) < 2:
        return []
    reach = int((RADII_POINTS[-1] + OUTSIDE_POINTS) / scale) + 2
    shape = tuple(size + reach for size in ink.shape)  # so that rings do not come in again at the other side
    spectrum = np.fft.rfft2(ink, shape)
    best, mark = RING_CONTRAST, None
    for radius in RADII_POINTS:
        kernel = _ring_kernel(radius / scale, shape) - _ring_kernel((radius + OUTSIDE_POINTS) / scale, shape)
        contrast = np.fft.irfft2(spectrum * np.conj(np.fft.rfft2(kernel)), shape)[: ink.shape[0], : ink.shape[1]]
        if contrast.max() > best:
            best = float(contrast.max())
            y, x = (int(at) for at in np.unravel_index(int(contrast.argmax()), contrast.shape))
            x_points, y_points = (left + x) * scale, (top + y) * scale
            box = Box(x_points - radius, y_points - radius, x_points + radius, y_points + radius)
            mark = PageMark("seal", box)
    return [mark] if mark is not None else []


def _ring_kernel(radius: float, shape: tuple[int, ...]) -> npt.NDArray[np.float64]:
    """Return a ring round the corner (0, 0), wrapped over the edges, whose pixels sum to 1; `radius` in pixels."""
    ys, xs = (np.minimum(np.arange(size), size - np.arange(size)) for size in shape)
    ring = np.clip(1.3 - np.abs(np.hypot(ys[:, None], xs[None, :]) - radius), 0, 1)
    return np.asarray(ring / ring.sum())
