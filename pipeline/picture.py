"""The picture of a page fit to be read: what cleaning hands to the reader, to the layout and to `vanban look`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.document import Box
from pipeline.ruling import Rule

Grey = npt.NDArray[np.uint8]  # (H, W), 0 is black
Mask = npt.NDArray[np.uint8]  # (H, W), 255 where something is

POINTS_PER_INCH = 72.0


def u8(array: npt.ArrayLike) -> npt.NDArray[np.uint8]:
    """Return what cv2 gives back, whose type it does not tell, as the pixels that it is."""
    return np.asarray(array, dtype=np.uint8)


class Leader(NamedTuple):
    """A row of dots to write on: its box in points, and how many dots it has."""

    box: Box
    dots: int


@dataclass
class CleanPage:
    """A picture fit to be read, and how it lies on the upright page.

    `gray` is (H, W) uint8 and upright; ``pixel * 72 / dpi`` is a point of the upright page, whose size in points is
    `width` x `height`. `rotation_degrees` (0, 90, 180, 270) and `skew_degrees` are what was undone, clockwise.
    `fine` is the same picture at the scan's own resolution `fine_dpi`, for reading details again.
    `ruling` are the printed lines, `marks` the boxes of everything that may be a word, `dashes` of everything that may
    be a dash, all in points; `leaders` are the rows of dots that were taken out of the picture. `overview` is a small
    copy in the scan's own colours, upright and level, (H, W) or (H, W, 3), at `overview_dpi`; `warnings` are sentences
    for people.
    """

    gray: Grey
    dpi: float
    rotation_degrees: int
    skew_degrees: float
    width: float
    height: float
    fine: Grey
    fine_dpi: float
    ruling: list[Rule] = field(default_factory=list)
    marks: list[Box] = field(default_factory=list)
    dashes: list[Box] = field(default_factory=list)
    leaders: list[Leader] = field(default_factory=list)
    overview: Grey = field(default_factory=lambda: np.full((1, 1), 255, np.uint8))
    overview_dpi: float = 40.0
    warnings: list[str] = field(default_factory=list)

    @property
    def points_per_pixel(self) -> float:
        """Scale from pixels of `gray` to points of the upright page."""
        return POINTS_PER_INCH / self.dpi
