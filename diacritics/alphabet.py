"""The Vietnamese alphabet: which letters carry which marks, and how letters are put together again.

A Vietnamese vowel is a base (a, e, i, o, u, y), a shape (circumflex, breve, horn or none) and a tone (one of six).
`d` has one shape of its own, the stroke (đ). Twelve vowels in six tones are 72 letters, six of them ASCII; the
other 66 and đ are the 67 marked letters, 134 with capitals.
Every table here is built from these few facts, so none of them can disagree with another.
"""

from __future__ import annotations

import unicodedata
from typing import Final

TONES: Final = "zfsrxj"
"""Keys of the six tones as typists name them: none (ngang), huyền, sắc, hỏi, ngã, nặng."""

_COMBINING_TONES: Final = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
VOWELS: Final = "aăâeêioôơuưy"
"""The twelve vowels without a tone."""


def _compose(vowel: str, tone: int) -> str:
    return unicodedata.normalize("NFC", vowel + _COMBINING_TONES[tone])


TONED: Final[dict[str, tuple[str, int]]] = {
    _compose(vowel, tone): (vowel, tone) for vowel in VOWELS for tone in range(len(TONES))
}
"""Lower-case toned vowel -> (vowel without tone, tone 0..5)."""

WITH_TONE: Final[dict[tuple[str, int], str]] = {parts: letter for letter, parts in TONED.items()}
"""(vowel without tone, tone 0..5) -> lower-case toned vowel."""

_BASES: Final = dict(zip(VOWELS, "aaaeeiooouuy", strict=True))

BASE: Final[dict[str, str]] = {
    **{letter: _BASES[vowel] for letter, (vowel, _) in TONED.items() if letter not in _BASES.values()},
    "đ": "d",
}
"""Every marked lower-case letter -> the ASCII letter it is built on (67 entries)."""

LETTERS: Final = "".join(sorted({*TONED, "đ"} | {letter.upper() for letter in {*TONED, "đ"}}))
"""All vowels and đ, both cases (146); with the plain consonants this is all that Vietnamese words are made of."""

MARKED: Final = frozenset(BASE) | frozenset(letter.upper() for letter in BASE)
"""The 134 letters that carry a mark, both cases: those that ASCII does not have."""


def split_tone(syllable: str) -> tuple[str, int]:
    """Return a lower-case syllable without its tone, and the tone (0..5); two tones leave the last one counted."""
    tone = 0
    letters = []
    for letter in syllable:
        vowel, own = TONED.get(letter, (letter, 0))
        tone = own or tone
        letters.append(vowel)
    return "".join(letters), tone
