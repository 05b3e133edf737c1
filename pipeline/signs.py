"""At most and at least: ``≤`` and ``≥`` before a figure, seen on the picture since no reader knows them.

Tesseract's models have neither sign: they come out as ``<``, stuck to the figure, or not at all, and "at most 15 days"
reads as 15 days. Their shape is plain: two arms that meet in a point, and a bar under them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.document import Box, Word
from pipeline.picture import Grey

Ink = npt.NDArray[np.bool_]
Cut = Callable[[Box], Grey]
"""Returns what the picture shows inside a box in points, ink dark."""

DARK: Final = 140
REACH: Final = 1.3
"""Heights of a figure before it in which its sign stands."""
LEAST_PIXELS: Final = 8
FLAT, THICK = 0.75, 0.35
"""Share of the sign's width that its bar covers; share of its height, from below, in which the bar lies."""
SLIM, BROAD = 0.5, 1.4
"""How wide a sign is, in its heights."""
POINTED, OPEN = 0.4, 0.6
"""Where, in its widths from the side of the point, an arm is near the point, and far from it."""
_SIGNED: Final = re.compile(r"[_~'-]{0,2}(?:[<>≤≥«»‹›£€=]{1,2}|[Ss](?=\d))(?P<rest>\S*)")
_FIGURE: Final = re.compile(r"\d[\d.,/%]*\S*")


def seen(words: Sequence[Word], cut: Cut) -> list[Word]:
    """Return the words, with each sign that the picture shows before a figure as a word of its own."""
    found: list[Word] = []
    for word in words:
        signed = _SIGNED.fullmatch(word.text)
        if word.box is None:
            found.append(word)
        elif signed:
            found += _taken_off(word, word.box, signed["rest"], cut)
        elif _FIGURE.fullmatch(word.text):
            sign = _before(word.box, cut)
            free = sign is not None and not any(_holds(other.box, sign.box) for other in words)
            found += [sign, word] if sign is not None and free else [word]
        else:
            found.append(word)
    return found


def _taken_off(word: Word, box: Box, rest: str, cut: Cut) -> list[Word]:
    """Part a word that begins with what may be a sign; one whose sign the picture does not show stays.

    The reader may have begun the word in the middle of the sign.
    """
    place = _with_room(box._replace(x0=max(0.0, box.x0 - box.height)))
    crop = cut(place)
    begin = crop.shape[1] * (box.x0 - place.x0) / place.width if place.width else 0.0
    glyphs = [glyph for glyph in _glyphs(crop) if glyph.stop > begin]
    text = _sign(crop[:, glyphs[0]]) if glyphs else None
    if text is None:
        return [word]
    edges = glyphs[0].start, glyphs[0].stop, (glyphs[1] if len(glyphs) > 1 else glyphs[0]).start
    start, end, behind = (place.x0 + place.width * edge / crop.shape[1] for edge in edges)
    sign = replace(word, raw=text, text=text, box=box._replace(x0=start, x1=end), confidence=1.0)
    return [sign, replace(word, raw=rest, text=rest, box=box._replace(x0=behind))] if rest else [sign]


def _before(box: Box, cut: Cut) -> Word | None:
    """Return the sign that was passed over before a figure."""
    place = _with_room(box._replace(x0=max(0.0, box.x0 - REACH * box.height), x1=box.x0))
    crop = cut(place)
    for glyph in reversed(_glyphs(crop)[-2:]):  # the reader may have begun the figure in the middle
        text = _sign(crop[:, glyph])
        if text is not None:
            start, stop = (place.x0 + place.width * edge / crop.shape[1] for edge in (glyph.start, glyph.stop))
            return Word(text, text, box._replace(x0=start, x1=stop), 1.0)
    return None


def _with_room(box: Box) -> Box:
    """The bar under a sign reaches below the figures."""
    return box._replace(y0=max(0.0, box.y0 - 0.1 * box.height), y1=box.y1 + 0.25 * box.height)


def _holds(box: Box | None, inner: Box | None) -> bool:
    if box is None or inner is None:
        return False
    x, y = (inner.x0 + inner.x1) / 2, (inner.y0 + inner.y1) / 2
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _glyphs(crop: Grey) -> list[slice]:
    """Return the columns of each piece of ink that white parts from the next."""
    flags = np.concatenate(([False], (crop < DARK).any(axis=0), [False])).astype(np.int8)
    edges = np.flatnonzero(np.diff(flags)).tolist()
    return [slice(start, stop) for start, stop in zip(edges[::2], edges[1::2], strict=True)]


def _sign(crop: Grey) -> str | None:
    """Tell ``≤`` and ``≥`` by their shape; None where a piece of ink is neither."""
    ink = crop < DARK
    rows = np.flatnonzero(ink.any(axis=1))
    if len(rows) == 0:
        return None
    ink = ink[rows[0] : rows[-1] + 1]
    height, width = ink.shape
    shares = ink.mean(axis=1)
    flat = np.flatnonzero(shares >= FLAT)
    if min(height, width) < LEAST_PIXELS or not SLIM <= width / height <= BROAD or len(flat) == 0:
        return None
    lowest = int((1 - THICK) * height)  # the bar lies below, and it is parted from the arms
    between = lowest + int(np.argmin(shares[lowest : flat[0] + 1])) if flat[0] >= lowest else 0
    arms = ink[:between]
    arms = arms[: int(np.flatnonzero(arms.any(axis=1))[-1]) + 1] if arms.any() else arms
    if len(arms) < 0.5 * height:
        return None
    return "≤" if _is_point(arms) else "≥" if _is_point(arms[:, ::-1]) else None


def _is_point(arms: Ink) -> bool:
    """Whether two arms run from the right to a point on the left, one stroke in each row."""
    height, width = arms.shape
    strokes = np.diff(np.concatenate((np.zeros((height, 1), np.int8), arms.astype(np.int8)), axis=1), axis=1) > 0
    if (strokes.sum(axis=1) > 1).sum() > 0.2 * height or not arms.any(axis=1).all():
        return False
    middles = (arms * np.arange(width)).sum(axis=1) / arms.sum(axis=1) / width
    edge = max(1, height // 6)
    point = middles[2 * height // 5 : max(2 * height // 5 + 1, 3 * height // 5)]
    ends = middles[:edge].mean(), middles[-edge:].mean()
    return bool(point.mean() < POINTED and min(ends) > OPEN)
