"""Roman one, two, three: the stems of ``I``, ``II``, ``III`` counted on the picture.

Tesseract's Vietnamese model reads these as ``H``, ``IL``, ``1I`` or drops a stroke, always sure of itself, and no
language model can tell which section or quarter was meant. The strokes are there to be counted.
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from pipeline.picture import Grey

STEMMED = re.compile(r"^(?P<stems>[IHL1l|¡i]{1,4})(?P<rest>[./),:;]?$|/(?:19|20)\d\d\W*$)")
STEMS_OF = {"H": 2}  # every other sign in STEMMED has one
BANDS = ((0.28, 0.42), (0.58, 0.72))  # of the letter's height: above and below an H's bar
DARK = 140
FULL = 0.8  # share of a band's height that a stem fills


def roman(text: str, crop: Grey) -> str | None:
    """Return the text with its leading stems counted on the crop, None where it is no such numeral or nothing is sure.

    Digits that have their stems (``1.``, ``11/2025``) are left as they are.
    """
    match = STEMMED.match(text)
    if match is None:
        return None
    count = count_stems(crop)
    if set(match["stems"]) <= {"1"} and count <= len(match["stems"]):
        return None
    rest = match["rest"] or ("." if match["stems"].endswith("L") else "")  # an L is an I grown together with its stop
    return "I" * count + rest if 1 <= count <= 3 else None


def stems_read(text: str) -> int:
    """How many stems the signs of a numeral as read would have."""
    match = STEMMED.match(text)
    return sum(STEMS_OF.get(sign, 1) for sign in match["stems"]) if match else 0


def count_stems(crop: Grey) -> int:
    """Count the upright strokes from the left until something else comes; `crop` is (H, W), ink dark."""
    ink = crop < DARK
    rows = np.flatnonzero(ink.sum(axis=1) > 0)
    if len(rows) < 8:
        return 0
    top, height = int(rows[0]), int(rows[-1] - rows[0] + 1)
    upper, lower = (ink[top + int(a * height) : top + int(b * height) + 1] for a, b in BANDS)
    inked = np.logical_or(upper.any(axis=0), lower.any(axis=0))
    full = (upper.mean(axis=0) >= FULL) & (lower.mean(axis=0) >= FULL)
    stems: list[tuple[int, int]] = []
    for start, end in _runs(np.asarray(inked)):
        if not full[start:end].any() or (end - start) > 0.45 * height:
            break
        if stems and not _alike(stems, start, end):
            break
        stems.append((start, end))
    return len(stems)


def _runs(flags: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Start and end (exclusive) of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _alike(stems: list[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether a stroke is as thick as the first, and as far from the one before as the second was."""
    thickness = stems[0][1] - stems[0][0]
    alike = 0.5 * thickness <= end - start <= 1.7 * thickness + 1
    if len(stems) < 2:
        return alike
    pitch = stems[1][0] - stems[0][0]
    return alike and abs((start - stems[-1][0]) - pitch) <= 0.35 * pitch + 1
