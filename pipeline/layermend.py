"""Mend the words of a text layer: decode them, put look-alike characters right, join syllables that were split.

A layer splits syllables where a font lacks a letter and another font fills in: "ĐIỀ U KHO ẢN", "ch ỉ đạ o". The
pieces stand closer together than words do; where they do not, they are joined only if a piece is no syllable and the
whole is one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from diacritics import legacy
from diacritics.encodings import Encoding
from diacritics.normalization import normalize
from diacritics.syllables import is_syllable
from pipeline.document import Box, Word
from pipeline.layer import Layer, LayerWord

CLOSE: Final = 0.08
"""Pieces nearer to each other than this share of the letters' height are one word: a space takes 0.2 and more."""
APART: Final = 0.6
"""Pieces farther apart than this are never joined."""
MAX_PIECES: Final = 5

_CYRILLIC: Final = str.maketrans("АВЕІЈКМНОРСТУХЅаеіјорсухѕԁ", "ABEIJKMHOPCTYXSaeijopcyxsd")
_FORMS: Final = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # full-width
    | dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
    | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad")  # take no room on the page
)


@lru_cache(maxsize=20_000)
def tidy(text: str) -> str:
    """Return `text` in NFC with ligatures, full-width forms, look-alikes of other alphabets and empty characters right.

    Cyrillic letters are read as Latin only in words that hold Latin letters too: a Cyrillic word stays what it is.
    """
    if text.isascii():
        return text
    text = normalize(text.translate(_FORMS))
    if any("\u0400" <= letter <= "\u052f" for letter in text):
        latin = text.translate(_CYRILLIC)
        if not any("\u0400" <= letter <= "\u052f" for letter in latin) and latin != text:
            return latin if any(letter.isascii() and letter.isalpha() for letter in text) else text
    return text


def meant(word: LayerWord, layer: Layer, encoding: Encoding | None) -> str:
    """Return one word decoded and tidied; small letters of a TCVN3 capital font come out as the capitals they show."""
    if encoding is None:
        return tidy(word.raw)
    text = legacy.convert(word.raw, encoding)
    if encoding == "tcvn3":
        text = _with_capitals(text, word, layer)
    return tidy(text)


def _with_capitals(text: str, word: LayerWord, layer: Layer) -> str:
    starts = [offset for offset, _ in word.fonts]
    capital = [legacy.capital_font(layer.fonts[font]) for _, font in word.fonts]
    if not any(capital):
        return text
    if len(text) != len(word.raw):
        return text.upper()
    ends = [*starts[1:], len(text)]
    parts = (text[start:end] for start, end in zip(starts, ends, strict=True))
    return "".join(part.upper() if upper else part for part, upper in zip(parts, capital, strict=True))


def mend(layer: Layer, start: int, end: int, encoding: Encoding | None) -> list[Word]:
    """Return the words `start` to `end` of the layer as meant, split syllables joined."""
    here = layer.words[start:end]
    texts = [meant(word, layer, encoding) for word in here]
    mended: list[Word] = []
    at = 0
    while at < len(here):
        pieces = _pieces(here, texts, at)
        joined = here[at : at + pieces]
        text = "".join(texts[at : at + pieces])
        if text:
            box = joined[0].box
            for piece in joined[1:]:
                box = box.union(piece.box)
            mended.append(Word(" ".join(piece.raw for piece in joined), text, box))
        at += pieces
    return mended


def _pieces(here: list[LayerWord], texts: list[str], at: int) -> int:
    """Return how many words from `at` on are pieces of one syllable: 1 where the word is whole."""
    if here[at].line_end or not _could_split(texts[at]):
        return 1
    text, best = texts[at], 1
    near = True
    for count in range(2, MAX_PIECES + 1):
        last = at + count - 1
        if last >= len(here) or here[last - 1].line_end:
            break
        gap = _gap(here[last - 1].box, here[last].box)
        if gap > APART or gap < -APART:
            break
        near = near and gap < CLOSE
        text += texts[last]
        core = text.rstrip(".,;:!?)]}\"'”’")
        if len(core) > 7:
            break
        if is_syllable(core) and (near or not all(map(_whole, texts[at : last + 1]))):
            best = count
    return best


def _could_split(text: str) -> bool:
    return text.isalpha() and len(text) < 7


@lru_cache(maxsize=20_000)
def _whole(text: str) -> bool:
    core = text.strip(".,;:!?()[]{}\"'“”‘’")
    return is_syllable(core) or not core.isalpha()


def _gap(left: Box, right: Box) -> float:
    """Return the distance between two words in heights of their letters."""
    height = max(left.height, right.height, 1.0)
    if abs(left.y1 - right.y1) > height * 0.6:
        return APART + 1
    return (right.x0 - left.x1) / height
