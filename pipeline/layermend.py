"""Mend the words of a text layer: decode them, put look-alike characters right, join syllables that were split.

A layer splits syllables where a font lacks a letter and another font fills in: "ĐIỀ U KHO ẢN", "ch ỉ đạ o". The
pieces stand closer together than words do; where they do not, they are joined only if a piece is no syllable and the
whole is one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from diacritics import legacy
from diacritics.alphabet import MARKED
from diacritics.encodings import Encoding
from diacritics.normalization import normalize
from diacritics.syllables import LONGEST, is_syllable
from pipeline.document import Box, Word
from pipeline.layer import Layer, LayerWord, Scores

CLOSE: Final = 0.08
"""Pieces nearer to each other than this share of the letters' height are one word: a space takes 0.2 and more."""
APART: Final = 0.6
"""Pieces farther apart than this are never joined."""
MAX_PIECES: Final = 5
UNREADABLE: Final = 0.3
"""Confidence of a word with characters that stand for none."""
_CLOSING: Final = ".,;:!?)]}\"'”’"
_OPENING: Final = "([{\"'“‘"

_FRAGMENTS: Final = frozenset("oueiêơưâă")
"""Letters that could be syllables and never are words: they are pieces of one."""

_LETTERS: Final = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏͰ-ӿḀ-ỿ]+")
_ODD: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd-\uffff\ue000-\uf8ff□■]")
_CYRILLIC: Final = str.maketrans("АВЕІЈКМНОРСТУХЅаеіјорсухѕԁ", "ABEIJKMHOPCTYXSaeijopcyxsd")
_FORMS: Final = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # full-width
    | dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
    | dict(
        zip("\uf02b\uf02d\uf076\uf0a7\uf0b7\uf0be\uf0d8\uf0e8\uf0fc", "+-❖▪•-➢➔✓", strict=True)
    )  # bullets of symbol fonts
    | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad")  # take no room on the page
)


class Meant(NamedTuple):
    """A word as it is meant, whether it is whole (a syllable, or nothing that letters make), and its scores."""

    text: str
    whole: bool
    scores: Scores


@lru_cache(maxsize=60_000)
def meant(raw: str, encoding: Encoding | None = None, partly: bool = False) -> Meant:
    """Return one word of a layer decoded and tidied, with what there is to say about it (see `legacy.convert`)."""
    text = tidy(legacy.convert(raw, encoding, partly) if encoding else raw)
    core = text.strip(_CLOSING + _OPENING)
    words = _LETTERS.findall(text)
    syllables = [word for word in words if is_syllable(word)]
    scores = Scores(
        words=len(words),
        syllables=len(syllables),
        marked_syllables=sum(not word.isascii() for word in syllables),
        letters=sum(map(len, words)),
        marked_letters=sum(letter in MARKED for letter in text),
        odd=len(_ODD.findall(text)),
        characters=len(text),
    )
    syllable = core in syllables or is_syllable(core)
    return Meant(text, not core.isalpha() or (syllable and core.lower() not in _FRAGMENTS), scores)


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


def mend(
    layer: Layer, start: int, end: int, encoding: Encoding | None, partly: bool = False
) -> tuple[list[Word], Scores]:
    """Return the words `start` to `end` of the layer as meant, split syllables joined, and how they read."""
    here = layer.words[start:end]
    known = [meant(word.raw, encoding, partly) for word in here]
    texts = [word.text for word in known]
    if encoding == "tcvn3":
        capitals = [legacy.capital_font(name) for name in layer.fonts]
        if any(capitals):
            texts = [_with_capitals(text, word, capitals) for text, word in zip(texts, here, strict=True)]
        texts = _raised(texts, here)
    suspects = _suspects(here, known)
    mended: list[Word] = []
    scores = [word.scores for word in known]
    at = 0
    while at < len(here):
        pieces = _pieces(here, texts, at) if suspects[at] < at + MAX_PIECES else 1
        if pieces > 1:
            joined = here[at : at + pieces]
            text = "".join(texts[at : at + pieces])
            mended.append(Word(" ".join(word.raw for word in joined), text, joined[0].box.union(joined[-1].box)))
            scores[at : at + pieces] = [meant(text).scores, *[Scores()] * (pieces - 1)]
        elif texts[at]:
            mended.append(Word(here[at].raw, texts[at], here[at].box))
        if mended and scores[at].odd:
            mended[-1].confidence, mended[-1].doubts = UNREADABLE, ("unreadable_character",)
        at += pieces
    return mended, Scores(*map(sum, zip(*scores, strict=True)))


def _raised(texts: list[str], here: list[LayerWord]) -> list[str]:
    ends = [at for at, word in enumerate(here, start=1) if word.line_end]
    starts = [0, *ends]
    return [
        text
        for start, end in zip(starts, [*ends, len(here)], strict=True)
        for text in legacy.raise_capitals(texts[start:end])
    ]


def _with_capitals(text: str, word: LayerWord, capitals: list[bool]) -> str:
    """Return the small letters of a TCVN3 capital font as the capitals that they show."""
    if len(word.fonts) == 1:
        return text.upper() if capitals[word.fonts[0][1]] else text
    if len(text) != len(word.raw):
        return text
    starts = [offset for offset, _ in word.fonts]
    parts = zip(starts, [*starts[1:], len(text)], word.fonts, strict=True)
    return "".join(text[start:end].upper() if capitals[font] else text[start:end] for start, end, (_, font) in parts)


def _suspects(here: list[LayerWord], known: list[Meant]) -> list[int]:
    """Return for each word the first from there on that is no syllable or stands too near the next one."""
    suspects = [len(here)] * (len(here) + 1)
    for at in range(len(here) - 1, -1, -1):
        suspect = not known[at].whole
        if not suspect and not here[at].line_end and at + 1 < len(here):
            box, following = here[at].box, here[at + 1].box
            suspect = following.x0 - box.x1 < CLOSE * (box.y1 - box.y0)
        suspects[at] = at if suspect else suspects[at + 1]
    return suspects


def _pieces(here: list[LayerWord], texts: list[str], at: int) -> int:
    """Return how many words from `at` on are pieces of one syllable: 1 where the word is whole."""
    if here[at].line_end or len(texts[at]) > LONGEST or not texts[at].isalpha():
        return 1
    text, best, near = texts[at], 1, True
    for last in range(at + 1, min(at + MAX_PIECES, len(here))):
        gap = _gap(here[last - 1].box, here[last].box)
        text += texts[last]
        core = text.rstrip(_CLOSING)
        if here[last - 1].line_end or not -APART < gap < APART or len(core) > LONGEST:
            break
        near = near and gap < CLOSE
        if (near or not all(meant(piece).whole for piece in texts[at : last + 1])) and is_syllable(core):
            best = last - at + 1 if _one_case(core) else best
    return best


def _one_case(text: str) -> bool:
    return text.islower() or text.isupper() or text[1:].islower()


def _gap(left: Box, right: Box) -> float:
    """Return the distance between two words in heights of their letters, infinite where they share no line."""
    height = max(left.y1 - left.y0, right.y1 - right.y0, 1.0)
    if abs(left.y1 - right.y1) > height * 0.6:
        return float("inf")
    return (right.x0 - left.x1) / height
