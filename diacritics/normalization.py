"""One spelling for one letter, and one key for one syllable.

`normalize` is safe for text that is kept: it joins combining marks and repairs letters that look like Đ or đ but are
others. `tone_key` is for comparing only: hòa and hoà are the same syllable, and a name's printed spelling is not ours
to change.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from diacritics.alphabet import TONED, WITH_TONE, split_tone

_LOOK_ALIKES: Final = {
    "Ð": "Đ",  # Icelandic eth: its capital cannot be told from Đ on paper
    "Ɖ": "Đ",  # African d
    "ɖ": "đ",
}
_TABLE: Final = str.maketrans(_LOOK_ALIKES)
_VIETNAMESE_ETH: Final = re.compile(r"ð(?=[aăâeêioôơuưyàáảãạ-ỹ])", re.IGNORECASE)
_COMBINING: Final = "".join(chr(code) for code in (0x300, 0x301, 0x302, 0x303, 0x306, 0x309, 0x31B, 0x323))
_SPACED_MARK: Final = re.compile(f"([A-Za-zÀ-ỹ])([{_COMBINING}]+)")
_WORD: Final = re.compile(r"[^\W\d_]+")


def normalize(text: str) -> str:
    """Return `text` in NFC, with Đ and đ spelt as the Vietnamese letters.

    Compatibility forms (ligatures, full-width digits) stay: what they stand for is a reading, not a spelling.
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text).translate(_TABLE)
    text = _VIETNAMESE_ETH.sub("đ", text)
    # A tone typed before the shape (a + acute + circumflex) survives NFC as á + circumflex: join it over NFD.
    return _SPACED_MARK.sub(_join, text)


def _join(match: re.Match[str]) -> str:
    parts = unicodedata.normalize("NFD", match.group(0))
    letter, marks = parts[0], sorted(parts[1:], key="\u031b\u0302\u0306".find, reverse=True)
    joined = unicodedata.normalize("NFC", letter + "".join(marks))
    return joined if len(joined) == 1 else match.group(0)


def tone_key(text: str) -> str:
    """Return a key under which the two tone placements are one: "hoà" and "hòa" both give "hòa"; case kept."""
    return _WORD.sub(lambda match: _old_placement(match.group(0)), normalize(text))


_OPEN: Final = ("oa", "oe", "uy")


def _old_placement(word: str) -> str:
    """Move the tone of an open oa, oe or uy to its first letter: the only place where the two styles differ."""
    lower = word.lower()
    if len(lower) != len(word):  # a letter whose lower case is longer: no Vietnamese word
        return word
    bare, tone = split_tone(lower)
    if not tone or bare[-2:] not in _OPEN or (bare[-2:] == "uy" and bare[-3:-2] == "q"):
        return word
    letters = [TONED.get(letter, (letter, 0))[0] for letter in lower]
    letters[-2] = WITH_TONE[letters[-2], tone]
    return "".join(new.upper() if old.isupper() else new for old, new in zip(word, letters, strict=True))
