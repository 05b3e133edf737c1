"""Words that were read as one, parted where the picture shows white between their letters.

In the cells of a table the reader loses the spaces between words: ``Hỗtrợđăngký``, ``6tháng``. Such a word is cut into
Vietnamese syllables if, and only if, the widest white in it lies at the cuts. Figures are cut off as they are, never
altered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import Final

import numpy as np

from diacritics.syllables import LONGEST, is_syllable
from pipeline.document import Box, Word
from pipeline.picture import Grey

DARK: Final = 140
SPACE: Final = 0.15
"""Width of the white between two words, in heights of the word, however tight they are set."""
CLEAR: Final = 1.5
"""How many times wider than the white between letters it is."""
FAR: Final = 1.0
"""Widths of a letter by which a cut may lie off the white that it stands for."""
SIGNS: Final = ".,;:!?()[]“”\"'/-–…"
_RUN: Final = re.compile(r"[^\W\d_]+|\d+")
_UNITS: Final = frozenset({"m", "km", "ha", "kg"})
_COUNTED: Final = re.compile(r"\d+[a-z]{2,}|\d[\d.,]*(?:" + "|".join(sorted(_UNITS)) + ")")
_NARROW: Final = frozenset("ijltfrIíìỉĩị.,:;'()")
_WIDE: Final = frozenset("mwMWƯƠƯQO")


def is_run(text: str) -> bool:
    """Whether a word is none of the language but may be several that were run together; ``vitamin`` has no marks.

    Without marks it may be a figure and what it counts, ``3sao`` or ``3,5m``.
    """
    core = text.strip(SIGNS)
    marked = core.isalnum() and not core.isascii()
    return len(core) > 3 and (marked or bool(_COUNTED.fullmatch(core))) and not is_syllable(core)


def parted(word: Word, crop: Grey) -> list[Word]:
    """Return the words that a word is made of, or the word alone.

    Args:
        word: with a box in points.
        crop: (H, W), what the picture shows inside that box, ink dark.
    """
    if word.box is None or not crop.size or not is_run(word.text):
        return [word]
    figures = _cut(word, word.box, crop, *_at_figures(word.text, crop))
    return [
        syllable
        for piece, box, part in figures
        for syllable, _, _ in _cut(piece, box, part, *_at_syllables(piece.text, part))
    ]


Cuts = tuple[Sequence[int], Sequence[float]]
"""The letters before which a word is cut, and where that is on its picture, in pixels; nothing where it is not cut."""


def _at_figures(text: str, crop: Grey) -> Cuts:
    """Cut figures off the words beside them: a figure and a word stand apart, be it by little."""
    runs = list(_RUN.finditer(text))
    cuts = [after.start() for before, after in pairwise(runs) if before.end() == after.start()]
    words = [run[0] for run in runs if not run[0].isdigit()]
    if not all(letters in _UNITS or (len(letters) > 1 and _syllables(letters)) for letters in words):  # 12A
        return (), ()
    white = [middle for middle, width in _white(crop) if width >= SPACE * crop.shape[0]]
    places = [min(white, key=lambda middle: abs(middle - place), default=-1.0) for place in _places(text, cuts, crop)]
    return (cuts, places) if _miss(places, text, cuts, crop) <= FAR else ((), ())


def _at_syllables(text: str, crop: Grey) -> Cuts:
    """Cut letters into syllables where the widest white lies."""
    letters = text.strip(SIGNS)
    offset = text.find(letters)
    ways = [[offset + cut for cut in way] for way in _syllables(letters) if way] if letters.isalpha() else []
    places = _widest(_white(crop), len(ways[0]), SPACE * crop.shape[0]) if ways else []
    if not places:
        return (), ()
    cuts = min(ways, key=lambda way: _miss(places, text, way, crop))
    return (cuts, places) if _miss(places, text, cuts, crop) <= FAR else ((), ())


def _miss(places: Sequence[float], text: str, cuts: Sequence[int], crop: Grey) -> float:
    """Return by how many letters' widths the white lies off the cuts at most."""
    expected = _places(text, cuts, crop)
    pixels = max((abs(a - b) for a, b in zip(places, expected, strict=True)), default=0.0)
    return pixels * len(text) / int(crop.shape[1])


def _syllables(letters: str) -> list[tuple[int, ...]]:
    """Return the ways to cut letters into the fewest syllables, none where there is no way."""
    ways: dict[int, list[tuple[int, ...]]] = {0: [()]}
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - LONGEST), end):
            part = letters[start:end]
            if start in ways and is_syllable(part) and (part[1:].islower() or part.isupper()):
                ways.setdefault(end, []).extend((*way, start) if start else way for way in ways[start])
    found = ways.get(len(letters), [])
    fewest = min(map(len, found), default=0)
    return [way for way in found if len(way) == fewest]


def _white(crop: Grey) -> list[tuple[float, int]]:
    """Return the middle and the width of each column of white between ink, in pixels."""
    inked = np.flatnonzero((crop < DARK).any(axis=0))
    return [((a + b) / 2, b - a - 1) for a, b in pairwise(inked.tolist()) if b - a > 1]


def _widest(white: Sequence[tuple[float, int]], count: int, least: float) -> list[float]:
    """Return the middles of the widest pieces of white, none where they do not stand out from the others."""
    ranked = sorted(white, key=lambda piece: -piece[1])
    chosen, others = ranked[:count], ranked[count:]
    if len(chosen) < count or chosen[-1][1] < max([least, *(CLEAR * width for _, width in others)]):
        return []
    return sorted(middle for middle, _ in chosen)


def _places(text: str, cuts: Sequence[int], crop: Grey) -> list[float]:
    """Return where the cuts should lie on the picture, by the usual widths of letters."""
    sizes = [0.6 if letter in _NARROW else 1.4 if letter in _WIDE else 1.0 for letter in text]
    before = [0.0, *accumulate(sizes)]
    return [crop.shape[1] * before[cut] / before[-1] for cut in cuts]


def _cut(
    word: Word, box: Box, crop: Grey, cuts: Sequence[int], places: Sequence[float]
) -> list[tuple[Word, Box, Grey]]:
    """Cut a word before these letters, its box and its picture at these places."""
    texts = [word.text[a:b] for a, b in pairwise([0, *cuts, len(word.text)])]
    found = []
    for text, (left, right) in zip(texts, pairwise([0.0, *places, float(crop.shape[1])]), strict=True):
        x0, x1 = (box.x0 + box.width * place / max(1, crop.shape[1]) for place in (left, right))
        own = box._replace(x0=x0, x1=x1) if cuts else box
        piece = replace(word, raw=text, text=text, box=own) if cuts else word
        found.append((piece, own, crop[:, round(left) : round(right)]))
    return found
