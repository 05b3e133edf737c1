"""Leaders: the rows of dots on which a form is filled in, counted on the picture and taken out of it.

Tesseract reads them as ``……c.e..`` or lets them spoil the words beside them, and a row of dots that stands alone may be
taken for a printed line or for specks. Dots of one size at one height, one step after another, are nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

import cv2

from pipeline.document import Box
from pipeline.picture import POINTS_PER_INCH, Grey, Leader

INK: Final = 150
"""Of 255: darker than this is ink."""
LEAST_DOT, LARGEST_DOT = 0.5, 2.4
"""Points."""
LEVEL: Final = 0.8
"""Points by which a dot may stand higher than the one before it."""
LONGEST_STEP: Final = 10.0
"""Points from one dot to the next, or to the one after a dot that was lost."""
EVEN: Final = 2.2
"""Pixels by which a step may differ from the usual one, or from two where a dot is lost."""
LEAST_DOTS: Final = 5
MOST_DOTS: Final = 5_000
"""A picture with more specks than this is noise."""
APART: Final = 3.0
"""Points above and below a leader in which hardly anything else is as small as its dots."""


def take_leaders_out(gray: Grey, dpi: float) -> tuple[list[Leader], Grey]:
    """Find the leaders and paint them white."""
    _, ink = cv2.threshold(gray, INK, 255, cv2.THRESH_BINARY_INV)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    least, largest = (size * dpi / POINTS_PER_INCH for size in (LEAST_DOT, LARGEST_DOT))
    sizes = stats[:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_HEIGHT + 1]
    small = ((sizes >= least) & (sizes <= largest)).all(axis=1)
    if not LEAST_DOTS <= small.sum() <= MOST_DOTS:
        return [], gray
    scale = POINTS_PER_INCH / dpi
    dots = [Box(x * scale, y * scale, (x + w) * scale, (y + h) * scale) for x, y, w, h, _ in stats[small].tolist()]
    found = [run for chain in _chains(dots) for run in _even(chain, EVEN * scale) if _is_apart(run, dots)]
    if not found:
        return [], gray
    gray = gray.copy()
    for box in (dot for run in found for dot in run):
        x0, y0, x1, y1 = (round(value / scale) for value in box)
        gray[max(0, y0 - 1) : y1 + 1, max(0, x0 - 1) : x1 + 1] = 255
    return [_leader(run) for run in found], gray


def _chains(dots: list[Box]) -> list[list[Box]]:
    """Put dots after each other that stand at one height, no further apart than the dots of a leader."""
    chains: list[_Chain] = []
    ending: dict[int, list[_Chain]] = {}  # by the height at which they end
    for dot in sorted(dots):
        at = int(dot.y0 / LEVEL)
        near = [chain for band in (at - 1, at, at + 1) for chain in ending.get(band, ())]
        mate = max((c for c in near if c.goes_on_with(dot)), key=lambda c: c.dots[-1].x1, default=None)
        if mate is None:
            mate = _Chain([])
            chains.append(mate)
        else:
            ending[int(mate.dots[-1].y0 / LEVEL)].remove(mate)
        mate.dots.append(dot)
        ending.setdefault(at, []).append(mate)
    return [chain.dots for chain in chains if len(chain.dots) >= LEAST_DOTS]


@dataclass(eq=False)
class _Chain:
    dots: list[Box]

    def goes_on_with(self, dot: Box) -> bool:
        last = self.dots[-1]
        return abs(dot.y1 - last.y1) <= LEVEL and 0 < dot.x0 - last.x0 <= LONGEST_STEP


def _even(chain: list[Box], slack: float) -> Iterator[list[Box]]:
    """Yield the parts of a chain in which the dots follow at an even step, give or take `slack` points."""
    steps = [b.x0 - a.x0 for a, b in pairwise(chain)]
    usual = median(steps)
    run = chain[:1]
    for step, dot in zip(steps, chain[1:], strict=True):
        if abs(step - usual * max(1, round(step / usual))) > slack:
            if len(run) >= LEAST_DOTS:
                yield run
            run = []
        run.append(dot)
    if len(run) >= LEAST_DOTS:
        yield run


def _is_apart(run: list[Box], dots: list[Box]) -> bool:
    """Whether the dots stand in white, as specks of a noisy scan never do."""
    box = run[0].union(run[-1])
    near = sum(
        box.x0 <= dot.x0 and dot.x1 <= box.x1 and box.y0 - APART < dot.y0 and dot.y1 < box.y1 + APART for dot in dots
    )
    return near <= 1.2 * len(run) + 1


def _leader(run: list[Box]) -> Leader:
    """Return a run of dots as a leader, lost dots counted too."""
    steps = [b.x0 - a.x0 for a, b in pairwise(run)]
    usual = median(steps)
    box = Box(run[0].x0, min(dot.y0 for dot in run), run[-1].x1, max(dot.y1 for dot in run))
    return Leader(box, 1 + sum(max(1, round(step / usual)) for step in steps))
