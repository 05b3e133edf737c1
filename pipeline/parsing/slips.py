"""Labels as a reader of pictures spoils them: "HI." for "III.", "C)" for "c)", "A." for "4.", "2,1." for "2.1.".

`readings` says what a spoiled label may have been, nothing more; whether one of these is what the paper says, only the
order of the labels around it can tell (see scheme.py). A digit is never read as another digit.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import Final

import regex

from pipeline.parsing.labels import LETTERS, Label, roman
from pipeline.parsing.patterns import Bounded

_MOST_READINGS: Final = 16
_OPENING: Final = Bounded(
    r"(?P<noise>[.,:;'’`*_~|·•\-–—]{0,4}\s?)"
    r"(?P<token>[\p{L}\d|!\[\]@¢€]{1,5}(?:[.,]\s?\d{1,2}){0,3})\s?(?P<close>[.,:;)}»\]\-–/]|(?=\s\p{Lu}{2}))\s*(?=\S)"
)
_SPECKS: Final = Bounded(
    r"[.,:;'’`*_~|·\-–—]{1,4}(?:\d{1,2}[.)\-–]|[IVX]{1,4}[.\-–]|[a-zđ]\))\s*\p{Lu}|\d{1,2},\d{1,2}\.\s\p{Lu}|"
    r"(?![IVX]+[.\-–])[HIVXLTUM1l|!]{2,4}\s?[.\-–]\s?\p{Lu}{2}"
)
_NUMERAL: Final = {
    **dict.fromkeys("IiLlTtJjfF1|!][ÌÍìí", ("I",)), "H": ("II",), "U": ("II", "V"), "N": ("II",), "M": ("III", "II"),
    "n": ("II",), "m": ("III",), "V": ("V",), "v": ("V",), "Y": ("V",), "y": ("V",), "X": ("X",), "x": ("X",),
    "K": ("X",), "W": ("IV",),
}  # fmt: skip
_DIGIT: Final = {
    **dict.fromkeys("lIiLt|!][Ll", "1"), "Z": "2", "z": "2", "A": "4", "S": "5", "s": "5", "G": "6", "b": "6",
    "T": "7", "B": "8", "g": "9", "q": "9", "O": "0", "o": "0", "Q": "0",
}  # fmt: skip
_LETTER: Final = {
    **{letter: (letter,) for letter in LETTERS}, **{letter.upper(): (letter,) for letter in LETTERS},
    "e": ("e", "c"), "C": ("c", "e"), "¢": ("c",), "€": ("e", "c"), "d": ("d", "đ"), "đ": ("đ", "d"), "q": ("q", "d"),
    "Đ": ("đ", "d"), "D": ("d", "đ"), "ä": ("a",), "â": ("a",), "ă": ("a",), "à": ("a",), "á": ("a",), "@": ("a",),
    "ê": ("e",), "è": ("e",), "é": ("e",), "6": ("b",), "8": ("g",), "9": ("g",), "0": ("o",), "1": ("l", "i"),
    "h": ("h", "b"), "ø": ("o",),
}  # fmt: skip


def readings(text: str) -> Iterator[Label]:
    """Yield what the label that `text` opens with may have been, likeliest first; nothing where it opens with none."""
    match = _OPENING.match(text[:40])
    if match is None:
        return
    token, close, end = match["token"], match["close"], match.end()
    dot = close if close in (".", ")", "-", "–", "/") else "."
    for numeral in _numerals(token):
        value = roman(numeral)
        if value is not None:
            yield Label(numeral + dot, numeral, "I", value, end)
    if not close:
        return  # only a numeral over a title in capitals may have lost what closes it
    yield from _numbers(token, dot, end)
    if len(token) == 1:
        close = ")" if close in (")", "}", "»", "]", ",", ".") else close
        style = "a" + ("" if close == ")" else close)
        for letter in _LETTER.get(token, ()):
            yield Label(letter + close, letter, style, LETTERS.find(letter) + 1, end)


def opens_spoiled(text: str) -> bool:
    """Whether a line may open with a label that was misread (".2. Yêu cầu", "-3. Nghị quyết", "HI. TỔ CHỨC")."""
    return _SPECKS.match(text[:16]) is not None


def _numerals(token: str) -> Iterator[str]:
    choices = [_NUMERAL.get(character, ()) for character in token]
    if all(choices):
        yield from islice(("".join(parts) for parts in product(*choices)), _MOST_READINGS)


_LEVEL_SIGN: Final = regex.compile(r"[.,]\s?")


def _numbers(token: str, dot: str, end: int) -> Iterator[Label]:
    levels = _LEVEL_SIGN.split(token)
    read = ["".join(_DIGIT.get(c, c) if not c.isdigit() else c for c in level) for level in levels]
    if not all(level.isdigit() and len(level) <= 2 and level[0] != "0" for level in read):
        return
    bare = ".".join(read)
    style = "1" + ".1" * (len(read) - 1) if len(read) > 1 else "1" + ("" if dot == "." else dot)
    yield Label(bare + dot, bare, style, int(read[-1]), end)
