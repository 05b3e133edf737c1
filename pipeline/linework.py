"""Printed lines found on a picture and painted white: tables are made of them, and letters grow together with them.

A line is where the ink's mean along its direction stands out against both sides: noise, faint print and small breaks
average out, and rows of text, which are two fifths ink at most and have no sharp sides, do not qualify. What is found
so is a stroke, seen through a window that blurs its ends: a line of text between two lines that end at its row can make
one of them, and the short lines of a head that is one row high are no longer than a letter may be. Both are told by the
lines across their way. The bars and serifs of capitals in a row (``TTT``) make one too, with stems that hang from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.picture import POINTS_PER_INCH, Grey, Mask, u8
from pipeline.ruling import TOUCH_POINTS, Rule, joined

MIN_DPI: Final = 125.0
"""Lines are still told apart at this resolution."""
REACH_INCHES: Final = 0.3
"""Lines are looked for over this length."""
MAX_THICK_INCHES: Final = 0.04
"""What is thicker is a bar, not a line."""
INK: Final = 100
"""Of 255: darker than this is ink, once the paper is white."""
COVER: Final = {True: 210, False: 200}
"""Of 255: inked share of the way, across and down; serifs reach less."""
CONTRAST: Final = 90
"""Of 255: how much more than its sides."""
MIN_RULE_POINTS: Final = 36.0
"""A stroke of this length is a line."""
MIN_CELL_POINTS: Final = 14.4
"""A shorter one, down to the height of a row, is a line if it parts cells."""
SAME_COLUMN_POINTS: Final = 3.0
"""Lines that part the same columns in different rows stand no further from each other."""
MIN_INKED: Final = 0.75
"""Share of the way between two lines across that a line must be inked; print in a cell never fills it so."""
LINE_POINTS: Final = 1.5
"""Half of a thick line."""
STEM_POINTS: Final = 4.0
"""What goes on so far from a stroke is the stem of a letter, be it a small one."""
SOLID: Final = 0.85
"""Inked share of a stem."""
STEMS: Final = 0.15
"""Share of a stroke from which stems hang, where it is made of letters; a line has them where others cross it."""


class Stroke(NamedTuple):
    """What may be a line: its place in points, the part of the picture that it lies in, its pixels there.

    `inked` tells for each pixel along the stroke whether there is ink.
    """

    rule: Rule
    part: tuple[slice, slice]
    mask: npt.NDArray[np.bool_]
    inked: npt.NDArray[np.bool_]


def take_rules_out(gray: Grey, dpi: float) -> tuple[list[Rule], Grey]:
    """Find the printed lines and paint them white, so that no letter grows together with them.

    A line is where the ink's mean along its direction stands out against both sides: noise, faint print and small
    breaks average out, and rows of text, which are two fifths ink at most and have no sharp sides, do not qualify.
    Fine scans are looked at in half their resolution.
    """
    dark = u8(255 - gray)
    factor = 2 if dpi >= 2 * MIN_DPI and min(gray.shape) > 1 else 1
    if factor == 2:
        dark = u8(cv2.resize(dark, (dark.shape[1] // 2, dark.shape[0] // 2), interpolation=cv2.INTER_AREA))
    small_dpi = dpi / factor
    across, down = (list(_strokes(dark, small_dpi, way)) for way in (True, False))
    strokes = [stroke for stroke in across if not _is_of_letters(dark > INK, stroke, small_dpi)] + down
    kept = lines_among(strokes, small_dpi / POINTS_PER_INCH)
    if not kept:
        return [], gray
    gray = gray.copy()
    lines = np.zeros_like(dark)
    for stroke in kept:
        lines[stroke.part][stroke.mask] = 255
    soft_edge = 2 * max(1, round(small_dpi / 150)) + 1
    lines = u8(cv2.dilate(lines, np.ones((soft_edge, soft_edge), np.uint8)))
    if factor == 2:
        lines = u8(np.repeat(np.repeat(lines, 2, axis=0), 2, axis=1))
    gray[: lines.shape[0], : lines.shape[1]][lines > 0] = 255
    return joined([stroke.rule for stroke in kept]), gray


def _strokes(dark: Grey, dpi: float, across: bool) -> Iterator[Stroke]:
    """Yield the pieces of ink that are long and thin enough to be printed lines that run across (or down)."""
    ink = _line_ink(dark, across)
    mask = _line_mask(ink, dpi, across)
    # the mean falls below the cover that far before a line's end
    lost = int(REACH_INCHES * dpi * (COVER[across] / 255 - 0.5))
    mask = u8(cv2.dilate(mask, np.ones((1, 2 * lost + 1) if across else (2 * lost + 1, 1), np.uint8)))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    scale = POINTS_PER_INCH / dpi
    for index, (x, y, w, h, _) in enumerate(stats[1:].tolist(), start=1):
        long, thick = (w, h) if across else (h, w)
        if long * scale >= MIN_CELL_POINTS and thick <= 0.04 * long + MAX_THICK_INCHES * dpi:
            part = slice(y, y + h), slice(x, x + w)
            own = labels[part] == index
            inked = ((ink[part] > 0) & own).any(axis=0 if across else 1)
            yield Stroke(Rule(x * scale, y * scale, (x + w) * scale, (y + h) * scale), part, own, inked)


def _line_ink(dark: Grey, across: bool) -> Mask:
    """Return 255 on ink; a line that climbs changes rows, so each row counts its neighbours' ink as its own."""
    beside = np.ones((3, 1) if across else (1, 3), np.uint8)
    blurred = cv2.blur(dark, (3, 1) if across else (1, 3))
    return u8(cv2.threshold(cv2.dilate(blurred, beside), INK, 255, cv2.THRESH_BINARY)[1])


def _line_mask(ink: Mask, dpi: float, across: bool) -> Mask:
    """Return 255 on printed lines that run across (or down)."""
    reach = max(9, int(REACH_INCHES * dpi))
    side = max(2, round(dpi / 45))
    mean = u8(cv2.blur(ink, (reach, 1) if across else (1, reach)))
    before, after = np.zeros_like(mean), np.zeros_like(mean)
    if across:
        before[side:], after[:-side] = mean[:-side], mean[side:]
    else:
        before[:, side:], after[:, :-side] = mean[:, :-side], mean[:, side:]
    contrast = cv2.subtract(mean, cv2.max(before, after))
    mask = u8(np.where((mean > COVER[across]) & (contrast > CONTRAST), 255, 0))
    bridge = max(3, int(0.1 * dpi))
    whole = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((1, bridge) if across else (bridge, 1), np.uint8))
    return u8(cv2.dilate(whole, np.ones((3, 1) if across else (1, 3), np.uint8)))


def _is_of_letters(ink: npt.NDArray[np.bool_], stroke: Stroke, dpi: float) -> bool:
    """Whether a stroke across is the tops (or feet) of capitals: their stems go on from it on one side."""
    rows, columns = stroke.part
    own = np.flatnonzero(stroke.mask.any(axis=0))
    if not len(own):
        return False
    mask, steps = stroke.mask[:, own], np.arange(1, round(STEM_POINTS * dpi / POINTS_PER_INCH) + 1)[:, None]
    below = rows.stop - 1 - mask[::-1].argmax(axis=0) + steps
    above = rows.start + mask.argmax(axis=0) - steps
    sides = (ink[np.clip(side, 0, len(ink) - 1), columns.start + own] for side in (below, above))
    return max(float((side.mean(axis=0) >= SOLID).mean()) for side in sides) >= STEMS


def lines_among(strokes: Sequence[Stroke], pixels_per_point: float) -> list[Stroke]:
    """Return the strokes that are lines, without the stretches in which print was taken for a part of them."""
    long = [stroke.rule for stroke in strokes if stroke.rule.length >= MIN_RULE_POINTS]
    kept = [s for s in strokes if s.rule.length >= MIN_RULE_POINTS or _parts_cells(s.rule, long)]
    return [part for stroke in kept for part in _inked(stroke, long, pixels_per_point)]


def _parts_cells(rule: Rule, lines: Sequence[Rule]) -> bool:
    """Whether a short line runs from one line across its way to another, in the column (or row) of a long one."""
    aligned = any(
        line.horizontal == rule.horizontal and abs(_middle(line) - _middle(rule)) <= SAME_COLUMN_POINTS
        for line in lines
    )
    ends = _crossings(rule, lines)
    start, stop = _reach(rule)
    return aligned and bool(ends) and abs(ends[0] - start) <= TOUCH_POINTS and abs(ends[-1] - stop) <= TOUCH_POINTS


def _inked(stroke: Stroke, lines: Sequence[Rule], pixels_per_point: float) -> list[Stroke]:
    """Return what is left of a stroke without the stretches where it is not inked between two lines across.

    An end that hangs over the last line across, by less than a row, is print as well.
    """
    begin, end = _reach(stroke.rule)
    crossings = _crossings(stroke.rule, lines)
    cuts = [
        (above, below)
        for above, below in pairwise(crossings)
        if below - above > 2 * TOUCH_POINTS
        and _share(stroke.inked, above - begin, below - begin, pixels_per_point) < MIN_INKED
    ]
    first, last = (crossings[0], crossings[-1]) if crossings else (begin, end)
    start = first if TOUCH_POINTS < first - begin < MIN_CELL_POINTS else begin
    stop = last if TOUCH_POINTS < end - last < MIN_CELL_POINTS else end
    if not cuts and (start, stop) == (begin, end):
        return [stroke]
    edges = [start, *(edge for cut in cuts for edge in cut), stop]
    pieces = zip(edges[::2], edges[1::2], strict=True)
    return [_cut(stroke, a, b, pixels_per_point) for a, b in pieces if b - a > TOUCH_POINTS]


def _crossings(rule: Rule, lines: Sequence[Rule]) -> list[float]:
    """Where lines across meet a line, along it, in order."""
    at, (start, stop) = _middle(rule), _reach(rule)
    meeting = (
        _middle(line)
        for line in lines
        if line.horizontal != rule.horizontal and _reach(line)[0] - TOUCH_POINTS <= at <= _reach(line)[1] + TOUCH_POINTS
    )
    return sorted(place for place in meeting if start - TOUCH_POINTS <= place <= stop + TOUCH_POINTS)


def _share(inked: npt.NDArray[np.bool_], start: float, stop: float, pixels_per_point: float) -> float:
    """The inked share of the way from `start` to `stop`, in points, without the lines at both ends."""
    start, stop = start + LINE_POINTS, stop - LINE_POINTS
    way = inked[max(0, round(start * pixels_per_point)) : max(0, round(stop * pixels_per_point))]
    return float(way.mean()) if len(way) else 1.0


def _cut(stroke: Stroke, start: float, stop: float, pixels_per_point: float) -> Stroke:
    """Return the part of a stroke from `start` to `stop`, in points along the page."""
    origin = _reach(stroke.rule)[0]
    own = slice(round((start - origin) * pixels_per_point), max(1, round((stop - origin) * pixels_per_point)))
    rows, columns = stroke.part
    if stroke.rule.horizontal:
        rule = stroke.rule._replace(x0=start, x1=stop)
        part = rows, slice(columns.start + own.start, min(columns.stop, columns.start + own.stop))
        return Stroke(rule, part, stroke.mask[:, own], stroke.inked[own])
    rule = stroke.rule._replace(y0=start, y1=stop)
    part = slice(rows.start + own.start, min(rows.stop, rows.start + own.stop)), columns
    return Stroke(rule, part, stroke.mask[own], stroke.inked[own])


def _middle(rule: Rule) -> float:
    """How far down a horizontal line lies, how far right a vertical one."""
    return (rule.y0 + rule.y1) / 2 if rule.horizontal else (rule.x0 + rule.x1) / 2


def _reach(rule: Rule) -> tuple[float, float]:
    """Where a line begins and ends."""
    return (rule.x0, rule.x1) if rule.horizontal else (rule.y0, rule.y1)
