"""Labels settled on the picture: stems of ``I``, ``II``, ``III`` counted, ``d)`` told from ``đ)``, ``c)`` from ``C)``.

Tesseract's Vietnamese model reads Roman numbers as ``H``, ``IL``, ``1I`` or drops a stroke, always sure of itself, and
no language model can tell which section or quarter was meant. The strokes are there to be counted and measured.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.picture import Grey

STEMMED = re.compile(r"^(?P<stems>[IHLM1l|¡i]{1,4})(?P<rest>[./),:;–-]?$|/(?:19|20)\d\d\W*$)")
STEMS_OF = {"H": 2, "M": 2}  # every other sign in STEMMED has one
BANDS = ((0.28, 0.42), (0.58, 0.72))  # of the letter's height: above and below an H's bar
DARK = 140
FULL = 0.8  # share of a band's height that a stem fills
MAX_GAP = 0.6  # of the letter's height: stems further apart belong to two words
LETTERED = re.compile(r"^[dđcCoOsSvVxX3]\)\W?$")
SMALL = 0.62  # of the bracket's height: a letter lower than this is a small one
BAR = 0.03  # of the letter's height: how far the bar of a đ reaches out to the right
TOP = 0.16  # of the letter's height: where an I has its serif and a 1 its flag
FLAG = 0.1  # of the letter's height: how far the flag of a 1 reaches out to the left
FIGURES = re.compile(r"^\d[\d.,]*\d(?P<rest>[.,;:]?)$")
SYMBOL = re.compile(r"^\W*\d+[/-].*[DĐ]")
STEM_BANDS = (0.2, 0.35), (0.4, 0.65), (0.68, 0.82)  # of a capital's height: its stem, its bar, its stem again
NO_BAR, CLEAR_BAR = 0.03, 0.08  # of a capital's height: how far the bar of a Đ reaches out to the left of its stem
POWER = re.compile(r"^(?P<unit>[kcdm]?m)(?P<power>[23])(?!\d)")
RAISED = str.maketrans("23", "²³")
RISE = 0.25  # of the height of an m: how far above its foot a raised figure ends
ENDED = re.compile(r"\d%?\)?[,:;]$")
STOP = (0.08, 0.3)  # of the figures' height: how large a stop or comma is


def roman(text: str, crop: Grey) -> str | None:
    """Return the text with its leading stems counted on the crop, None where it is no such numeral or nothing is sure.

    Digits that have their stems (``1.``, ``11/2025``) are left as they are; a lone 1 with the serif of an I is an I, a
    lone I with the flag of a 1 is a 1.
    """
    match = STEMMED.match(text)
    if match is None:
        return None
    stems = find_stems(crop)
    if stems and match["rest"] in ("", ".", ",") and _goes_on(crop, stems[-1][1]):
        return None
    count = len(stems)
    one = count == 1 and has_serif(crop, stems[0])
    if set(match["stems"]) <= {"1"} and count <= len(match["stems"]) and not one:
        return None
    if count == len(match["stems"]) == 1 and not match["rest"].startswith("/") and has_flag(crop, stems[0]):
        return "1" + match["rest"]
    rest = match["rest"] or ("." if match["stems"].endswith("L") else "")  # an L is an I grown together with its stop
    return "I" * count + rest if 1 <= count <= 3 else None


def _goes_on(crop: Grey, stop: int) -> bool:
    """Tell whether something as high as the stems follows them, and is not cut off as the next word would be."""
    ink = crop < DARK
    height = int(np.ptp(np.flatnonzero(ink[:, :stop].any(axis=1))))
    runs = [(stop + start, stop + end) for start, end in _runs(np.asarray(ink[:, stop:].any(axis=0)))]
    return any(
        stop < start and end < ink.shape[1] and np.ptp(np.flatnonzero(ink[:, start:end].any(axis=1))) > 0.7 * height
        for start, end in runs
    )


def confirmed(text: str, crop: Grey) -> bool:
    """Tell whether the strokes are just those of a Roman number as it was read, which then is no more in doubt."""
    match = STEMMED.match(text)
    if match is None or set(match["stems"]) != {"I"}:
        return False
    stems = find_stems(crop)
    return len(stems) == len(match["stems"]) and (len(stems) > 1 or has_serif(crop, stems[0]))


def undecided(text: str, crop: Grey) -> str | None:
    """Return what a lone stroke before a year may be as well, I/2031 for 1/2031, where its top does not tell."""
    match = STEMMED.match(text)
    stems = find_stems(crop) if match and len(match["stems"]) == 1 and match["rest"].startswith("/") else []
    if match is None or len(stems) != 1 or has_serif(crop, stems[0]) or has_flag(crop, stems[0]):
        return None
    return ("I" if match["stems"] == "1" else "1") + match["rest"]


def lettered(text: str, crop: Grey) -> str | None:
    """Return a label of one letter and a bracket as its strokes have it; None where it is none or nothing is sure.

    The bar tells đ from d; the bracket's height tells small letters from capitals of the same shape, and a 3, which
    is as high as a capital, from an a.
    """
    if not LETTERED.match(text):
        return None
    letter = _first_glyph(crop < DARK)
    bracket = _first_glyph((crop < DARK)[:, letter.stop :]) if letter is not None else None
    if letter is None or bracket is None or bracket.height < 8:
        return None
    if text[0] in "dđ":
        return ("đ" if letter.bar >= BAR else "d") + text[1:]
    small = letter.height < SMALL * bracket.height
    if text[0] == "3":
        return "a" + text[1:] if small else None
    return (text[0].lower() if small else text[0].upper()) + text[1:]


class _Glyph(NamedTuple):
    """A piece of ink without a white column: where it ends, its height, and its bar's reach as a share of that."""

    stop: int
    height: int
    bar: float


def _first_glyph(ink: npt.NDArray[np.bool_]) -> _Glyph | None:
    runs = _runs(np.asarray(ink.any(axis=0)))
    if not runs:
        return None
    start, stop = runs[0]
    glyph = ink[:, start:stop]
    rows = np.flatnonzero(glyph.any(axis=1))
    glyph = glyph[rows[0] : rows[-1] + 1]
    height = len(glyph)
    ends = (glyph * np.arange(stop - start)).max(axis=1)  # the last inked column of each row
    stem, top = ends[int(0.45 * height) : int(0.75 * height)], ends[int(0.05 * height) : int(0.35 * height)]
    bar = float(top.max() - np.median(stem)) / height if len(stem) and len(top) else 0.0
    return _Glyph(stop, height, bar)


def stems_read(text: str) -> int:
    """How many stems the signs of a numeral as read would have."""
    match = STEMMED.match(text)
    return sum(STEMS_OF.get(sign, 1) for sign in match["stems"]) if match else 0


Stem = tuple[int, int]  # first column, and the column after the last


def find_stems(crop: Grey) -> list[Stem]:
    """Return the upright strokes from the left until something else comes; `crop` is (H, W), ink dark."""
    ink = crop < DARK
    rows = np.flatnonzero(ink.sum(axis=1) > 0)
    if len(rows) < 8:
        return []
    top, height = int(rows[0]), int(rows[-1] - rows[0] + 1)
    upper, lower = (ink[top + int(a * height) : top + int(b * height) + 1] for a, b in BANDS)
    inked = np.logical_or(upper.any(axis=0), lower.any(axis=0))
    full = (upper.mean(axis=0) >= FULL) & (lower.mean(axis=0) >= FULL)
    stems: list[Stem] = []
    for start, end in _runs(np.asarray(inked)):
        if not full[start:end].any() or (end - start) > 0.45 * height:
            break
        if stems and (start - stems[-1][1] > MAX_GAP * height or not _alike(stems, start, end)):
            break
        stems.append((start, end))
    return stems


def has_serif(crop: Grey, stem: Stem) -> bool:
    """Tell whether a stem's top reaches out as far to the right as to the left: an I does, the flag of a 1 does not."""
    left, right = _top_reach(crop, stem)
    return left >= 0.04 and right >= 0.5 * left


def has_flag(crop: Grey, stem: Stem) -> bool:
    """Tell whether a stem's top reaches out to the left alone, as that of a 1 does."""
    left, right = _top_reach(crop, stem)
    return left >= FLAG and right <= 0.2 * left


def _top_reach(crop: Grey, stem: Stem) -> tuple[float, float]:
    """Return how far the top of a stem reaches out to the left and to the right, as shares of the letter's height."""
    ink = crop < DARK
    rows = np.flatnonzero(ink.sum(axis=1) > 0)
    top, height = int(rows[0]), int(rows[-1] - rows[0] + 1)
    inked = np.asarray(ink[top : top + max(1, round(TOP * height))].any(axis=0))
    start, end = stem
    left, right = start, end
    while left > 0 and inked[left - 1]:
        left -= 1
    while right < len(inked) and inked[right]:
        right += 1
    return (start - left) / height, (right - end) / height


def stopped(text: str, crop: Grey) -> str | None:
    """Return figures with the stops and commas between them that the picture shows; None where none was lost.

    A reader loses small signs (``63`` for 6.3) and is sure of itself. A comma reaches below the figures.
    """
    match = FIGURES.match(text)
    figures = re.findall(r"\d", text)
    seen = _stops(crop, len(figures)) if match else None
    read = _stops_read(text)
    if match is None or seen is None or not seen.keys() > read.keys():
        return None
    stops = {**seen, **read}
    return "".join(stops.get(at, "") + figure for at, figure in enumerate(figures)) + match["rest"]


def signed(text: str, crop: Grey) -> bool:
    """Tell whether a number has those stops and commas that the picture shows; those inside only where it is clear."""
    if _ending(crop) != (text[-1] if text[-1] in ".," else ""):
        return False
    seen = _stops(crop, len(re.findall(r"\d", text))) if FIGURES.match(text) else None
    return seen is None or seen == _stops_read(text)


def ended(text: str, crop: Grey) -> str | None:
    """Return a number with a stop behind it if one is seen on the picture and another sign was read, else None.

    Not the other way about: a stop with a speck at it looks like a comma.
    """
    return text[:-1] + "." if ENDED.search(text) and _ending(crop) == "." else None


def symbol(text: str, crop: Grey) -> str | None:
    """Return a document's number with each D and Đ of its symbol as its bar is seen; None for one as read or unclear.

    Where the letters of ``127/HD-SYT`` touch each other it is not known which is which.
    """
    ink = crop < DARK
    runs = _runs(np.asarray(ink.any(axis=0))) if SYMBOL.search(text) else []
    if len(runs) != len(text):
        return None
    seen = "".join(
        _barred(sign, ink[:, start:stop]) if sign in "DĐ" else sign
        for sign, (start, stop) in zip(text, runs, strict=True)
    )
    return seen if seen != text else None


def raised(text: str, crop: Grey) -> str | None:
    """Return an area or a volume with its power raised (``m3`` to ``m³``) if the picture shows it so, else None.

    Tesseract's Vietnamese model has no raised figures.
    """
    match = POWER.match(text)
    ink = crop < DARK
    runs = _runs(np.asarray(ink.any(axis=0))) if match else []
    if match is None or len(runs) <= len(match["unit"]):
        return None
    unit, power = (
        np.flatnonzero(ink[:, slice(*runs[at])].any(axis=1)) for at in (match.end("unit") - 1, match.end() - 1)
    )
    foot, low = int(unit[-1]), int(power[-1])
    if foot - low < RISE * (foot - unit[0]):
        return None
    return match["unit"] + match["power"].translate(RAISED) + text[match.end() :]


def _barred(sign: str, glyph: npt.NDArray[np.bool_]) -> str:
    """Return the D or Đ that a glyph is, as it was read where its bar does not tell."""
    rows = np.flatnonzero(glyph.any(axis=1))
    lefts = glyph[rows[0] : rows[-1] + 1].argmax(axis=1)
    height = len(lefts)
    above, middle, below = (lefts[int(a * height) : int(b * height) + 1] for a, b in STEM_BANDS)
    bar = float((np.median(above) + np.median(below)) / 2 - middle.min()) / height
    return "Đ" if bar >= CLEAR_BAR else "D" if bar <= NO_BAR else sign


def _stops_read(text: str) -> dict[int, str]:
    """Return the stops and commas between the figures of a number, by the figure that they stand before."""
    return {len(re.findall(r"\d", text[: sign.start()])): sign[0] for sign in re.finditer(r"(?<=\d)[.,](?=\d)", text)}


def _ending(crop: Grey) -> str | None:
    """Return the stop or comma behind the last figure of a crop, "" where there is none, None where it is not clear."""
    ink = crop < DARK
    runs = [(stop - start, stop, np.flatnonzero(ink[:, start:stop].any(axis=1)))
            for start, stop in _runs(np.asarray(ink.any(axis=0)))]  # fmt: skip
    heights = [int(rows[-1] - rows[0] + 1) for _, _, rows in runs]
    tall = [at for at, own in enumerate(heights) if own > 0.7 * max(heights)]
    if max(heights, default=0) < 8 or len(runs) > tall[-1] + 2:
        return None
    if len(runs) == tall[-1] + 1:
        return "" if runs[-1][1] < ink.shape[1] else None
    height, foot = min(heights[at] for at in tall), min(int(runs[at][2][-1]) for at in tall)  # brackets reach lower
    width, stop, rows = runs[-1]
    return _sign(width, rows, foot, height) if stop < ink.shape[1] else None


def _sign(width: int, rows: npt.NDArray[np.intp], foot: int, height: int) -> str | None:
    """Tell a stop from a comma, which reaches below the figures, by the rows that it is inked in; None for others."""
    low = foot - STOP[1] * height <= rows[0] and rows[-1] >= foot - 1
    if not low or min(width, rows[-1] - rows[0] + 1) < STOP[0] * height or width > STOP[1] * height:
        return None
    return "," if rows[-1] > foot + 0.08 * height else "."


def _stops(crop: Grey, count: int) -> dict[int, str] | None:
    """Return the stops and commas between `count` figures, by the figure that they stand before; None where unclear."""
    ink = crop < DARK
    runs = [
        (stop - start, np.flatnonzero(ink[:, start:stop].any(axis=1)))
        for start, stop in _runs(np.asarray(ink.any(axis=0)))
    ]
    heights = [int(rows[-1] - rows[0] + 1) for _, rows in runs]
    height = max(heights, default=0)
    tall = [rows for (_, rows), own in zip(runs, heights, strict=True) if own > 0.7 * height]
    if height < 8 or len(tall) != count:
        return None
    foot = max(int(rows[-1]) for rows in tall)
    found: dict[int, str] = {}
    before = 0
    for (width, rows), own in zip(runs, heights, strict=True):
        sign = _sign(width, rows, foot, height)
        if own > 0.7 * height:
            before += 1
        elif sign is None:
            return None
        elif 0 < before < count:
            found[before] = sign
    return found


def _runs(flags: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Start and end (exclusive) of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _alike(stems: list[Stem], start: int, end: int) -> bool:
    """Tell whether a stroke is as thick as the first, and as far from the one before as the second was."""
    thickness = stems[0][1] - stems[0][0]
    alike = 0.5 * thickness <= end - start <= 1.7 * thickness + 1
    if len(stems) < 2:
        return alike
    pitch = stems[1][0] - stems[0][0]
    return alike and abs((start - stems[-1][0]) - pitch) <= 0.35 * pitch + 1
