"""What kind of source a text came from, judged by its words alone.

Letters that only Vietnamese has (ơ, ạ, ở …) are in every other word of correct text and in none that lost its marks.
Without them, words that fold to Vietnamese syllables tell Vietnamese from other languages, and letters and signs that
typists do not make (quyét, s6, ¢) tell a foreign engine from a typist.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, Literal

from diacritics.alphabet import MARKED
from diacritics.folding import fold
from diacritics.normalization import normalize

Source = Literal["stripped", "foreign", "vietnamese", "other"]
"""Typed without marks; read by an engine without Vietnamese; correct, or read by one with it; not Vietnamese."""

_LATIN_1: Final = frozenset("àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ")
VIETNAMESE_ONLY: Final = MARKED - _LATIN_1
"""Marked letters that no western European language uses, so that no engine of theirs writes them."""

_WORD: Final = re.compile(r"[^\W_]+(?:['’‘&€¢@}][^\W_]*)*|[€¢@&]")
_SAMPLE: Final = 4000  # words that are looked at: more would not change the verdict


def judge(text: str, bases: frozenset[str]) -> Source:
    """Return the kind of source of `text`.

    Args:
        text: any text; only its first 4000 words are looked at.
        bases: every Vietnamese syllable, folded and in lower case.
    """
    words = [word for word, _ in zip(_words(text), range(_SAMPLE), strict=False)]
    if not words:
        return "other"
    vietnamese = sum(not VIETNAMESE_ONLY.isdisjoint(word) for word in words) / len(words)
    if vietnamese >= 0.12:
        return "vietnamese"
    familiar = sum(_plain(word) in bases for word in words) / len(words)
    if familiar < 0.5:
        return "other"
    spoiled = sum(not word.isascii() or not word.isalpha() for word in words) / len(words)
    return "foreign" if spoiled > 0.01 else "stripped"


def _words(text: str) -> Iterable[str]:
    for match in _WORD.finditer(normalize(text)):
        word = match[0]
        if not word.isdigit() and (word.isascii() is False or any(letter.isalpha() for letter in word)):
            yield word


def _plain(word: str) -> str:
    """Return a word in lower case without any marks, Vietnamese or others."""
    folded = fold(word.lower())
    if not folded.isascii():
        folded = "".join(sign for sign in unicodedata.normalize("NFD", folded) if not unicodedata.combining(sign))
    return folded
