"""How much of a page its pictures cover, and how much of the page's ink the words of a text layer cover."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.document import Box

GRID: Final = 24
"""Cells along each side of the page on which areas are counted."""
MAX_BOXES: Final = 5000
INK_CELLS: Final = 64
"""Cells along the longer side of the page on which ink is counted: a cell is a line of text high."""
INK_PIXELS: Final = 6
"""Pixels along the side of such a cell."""
INK_CONTRAST: Final = 50
"""How much darker than the paper ink is, of 255."""
INK_SHARE: Final = (0.08, 0.8)
"""Share of a cell's pixels that print blackens. Darker cells are shadows of the scanner and photographs."""


def area_cover(boxes: Sequence[Box], width: float, height: float) -> float:
    """Return the share of the page that the boxes cover, 0 to 1; they may overlap, and pictures come in strips."""
    if width <= 0 or height <= 0:
        return 0.0
    covered = np.zeros((GRID, GRID), dtype=bool)
    for box in boxes[:MAX_BOXES]:
        columns = slice(max(0, round(box.x0 / width * GRID)), max(0, round(box.x1 / width * GRID)))
        rows = slice(max(0, round(box.y0 / height * GRID)), max(0, round(box.y1 / height * GRID)))
        covered[rows, columns] = True
    return float(covered.mean())


def pixels_a_point(width: float, height: float) -> float:
    """Return the scale at which a page of this size is drawn for `ink_cover`."""
    return INK_CELLS * INK_PIXELS / max(width, height, 1.0)


def ink_cover(gray: npt.NDArray[np.uint8], scale: float, words: Sequence[Box]) -> float | None:
    """Return the share of the page's inked cells that the words touch; None where the page shows no ink.

    `gray` is the page as (H, W), dark ink on light paper, `scale` pixels a point. Cells are counted and not pixels:
    letters fill a word's box as they may.
    """
    rows, columns = gray.shape[0] // INK_PIXELS, gray.shape[1] // INK_PIXELS
    if not rows or not columns:
        return None
    dark = gray[: rows * INK_PIXELS, : columns * INK_PIXELS] < np.median(gray) - INK_CONTRAST
    shares = dark.reshape(rows, INK_PIXELS, columns, INK_PIXELS).mean(axis=(1, 3))
    inked = (shares > INK_SHARE[0]) & (shares < INK_SHARE[1])
    if not inked.any():
        return None
    covered = np.zeros_like(inked)
    for box in words:
        x0, y0, x1, y1 = (max(0, int(side * scale / INK_PIXELS)) for side in box)
        covered[y0 : y1 + 1, x0 : x1 + 1] = True
    return float((inked & covered).sum() / inked.sum())
