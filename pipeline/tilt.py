"""How the lines of a page lie: their slope, and on which side of them the marks stand."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pipeline.picture import Mask

MAX_SKEW_DEGREES = 5.0
MIN_INK_PIXELS = 400  # with less ink nothing can be told


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
        return float((_profile(ys, centred, degrees) ** 2).sum())

    best, width = 0.0, MAX_SKEW_DEGREES
    for step_degrees in (0.5, 0.1, 0.03):
        candidates = np.arange(best - width, best + width + step_degrees / 2, step_degrees)
        best = float(max(candidates, key=sharpness))
        width = step_degrees
    plain = sharpness(0.0)
    if abs(best) > MAX_SKEW_DEGREES or sharpness(best) < 1.01 * plain:
        return 0.0
    return best


def _profile(ys: npt.NDArray[np.int64], xs: npt.NDArray[np.float64], degrees: float) -> npt.NDArray[np.float64]:
    """Ink in each row, rows falling by `degrees`; the ink lies at (xs, ys), xs from the middle of the picture."""
    lines = ys - xs * np.tan(np.radians(degrees))
    return np.bincount((lines - lines.min() + 0.5).astype(np.int32)).astype(np.float64)


def beside_lines(profile: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Sum the ink just above and just below the bodies of a strip's lines of text."""
    if not (profile > 0).any():
        return 0.0, 0.0
    body = profile > 0.5 * np.percentile(profile[profile > 0], 80)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], body.astype(np.int8), [0]))))
    above = below = 0.0
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if 3 <= end - start <= 14:
            reach = max(2, int(0.7 * (end - start)))
            above += float(profile[max(0, start - reach) : start].sum())
            below += float(profile[end : end + reach].sum())
    return above, below
