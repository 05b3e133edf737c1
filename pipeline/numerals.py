"""Numbers as documents write them: pieces of one rejoined, and what no number looks like told.

The reader parts a number at a dash or a stop (``127/KH-`` ``UBND``, ``(6.`` ``1)``), it loses commas or takes them for
strokes (``4.9125`` for 4.912,5; ``41/7`` for 41,7), figures for letters (``4I,7``), and it drops a figure (``2`` for
72), sure of itself. How numbers are written, and how wide figures are, tells it without a look at the picture. Nothing
is altered here but the space between two pieces and the letter in a unit's number (``PV0I``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from pipeline.document import Box, Word

TOUCHING: Final = 0.12
"""Heights of a word between two pieces that no space parts."""
NARROW: Final = 0.4
"""Heights between two pieces of a label in brackets, which slanted print sets wide."""
_BEGUN, _ENDED = re.compile(r"\(?\d\S*[/-]"), re.compile(r"[A-ZĐƯ][A-ZĐƯ&/-]*\d*[.,;:)]{0,2}")
_OPENED, _CLOSED = re.compile(r"\((?:\d{1,2}\.)+"), re.compile(r"(?:\d{1,2}\.)*\d{1,2}\)[.,;:]?")
_NO_SIGN: Final = re.compile(r"[^\w\s.,:;/()\[\]%‰+≤≥<>=*…\"“”'‘’°²³–-]")
_DATE: Final = re.compile(r"(\d{1,2})/(\d{1,2})(?:/\d{4})?")
_LOST_STOP: Final = re.compile(r"(?!\d{1,2}\.(?:19|20)\d\d$)[1-9]\d{0,2}(?:\.\d{3})*\.\d{4,}")
_MIXED: Final = re.compile(r"(?=[IVX]*\d)(?=[\dI]*[VX])[\dIVX]{2,6}/(?:19|20)\d\d")
_TWO_STOPS: Final = re.compile(r"\d%?\.\.$")
_SYMBOL: Final = re.compile(r"\d+/\d[A-ZĐ]{2,}[-/].*")
_LETTERED: Final = re.compile(r"\d[\d.,/]*[IlOo|][\d.,/IlOo|]*\d|.*[A-ZĐ]0[Il]\d*")
_UNIT: Final = re.compile(r"(?<=[A-ZĐ]0)[Il]$")
_PLAIN: Final = re.compile(r"[Il\d.,]*\d[Il\d.,]*")
FIGURE_WIDE, SIGN_WIDE = 0.74, 0.37
"""Width, in heights, that a figure and a stop or comma take in print, the white round them with it."""
ROOM: Final = 0.3
"""Heights by which the print of a number may be wider than its figures; that of another one would be more."""
_TRIM: Final = ".,;:()[]\"“”'"


def rejoined(words: Sequence[Word]) -> list[Word]:
    """Return the words with the pieces of each number made one; `words` have boxes in points."""
    found = list(words)
    for begun, ended, reach in ((_BEGUN, _ENDED, TOUCHING), (_OPENED, _CLOSED, NARROW)):
        for word in [word for word in found if begun.fullmatch(word.text)]:
            rest = _behind(word, (other for other in found if ended.fullmatch(other.text)), reach)
            if rest is not None:
                whole = _one(word, rest)
                found = [whole if other is word else other for other in found if other is not rest]
    return found


def _behind(word: Word, others: Iterable[Word], reach: float) -> Word | None:
    """Return the word that stands right behind a word, at its height."""
    if word.box is None:
        return None
    return next((other for other in others if other.box is not None and _touches(word.box, other.box, reach)), None)


def _touches(box: Box, other: Box, reach: float) -> bool:
    level = min(box.y1, other.y1) - max(box.y0, other.y0) > 0.5 * min(box.height, other.height)
    return level and abs(other.x0 - box.x1) <= reach * min(box.height, other.height)


def _one(word: Word, rest: Word) -> Word:
    assert word.box is not None and rest.box is not None
    text, doubts = word.text + rest.text, tuple(dict.fromkeys([*word.doubts, *rest.doubts]))
    return Word(text, text, word.box.union(rest.box), min(word.confidence, rest.confidence), doubts)


def is_odd(text: str) -> bool:
    """Tell whether a number is written as none is.

    A stop parts thousands, so that three figures stand behind it, or the parts of a label or a date; of two figures
    with a stroke between them the first is a day and the second a month, or it is the smaller, as in 41/63; a quarter
    has figures or Roman letters, never both, and no letter stands among figures; stems alone, I and 1, are told by
    their strokes.
    """
    if not any(sign.isdigit() for sign in text):
        return False
    core = text.strip(_TRIM)
    if _NO_SIGN.search(text) or _TWO_STOPS.search(text):
        return True
    if any(kind.fullmatch(core) for kind in (_LOST_STOP, _MIXED, _LETTERED, _SYMBOL)):
        return True
    date = _DATE.fullmatch(core)
    if date is None:
        return False
    day, month = int(date[1]), int(date[2])
    is_date = 1 <= day <= 31 and 1 <= month <= 12
    return not is_date and (core.count("/") == 2 or day > month)


def as_numbered(text: str) -> str:
    """Return a numbered unit of the police as it is numbered: behind a nought ``PV0I`` has a figure and no letter."""
    return _UNIT.sub("1", text)


def lacks_figure(text: str, box: Box | None) -> bool:
    """Tell whether a number stands in print that is wide enough for a figure more; figures of a typeface are alike."""
    if box is None or not _PLAIN.fullmatch(text):
        return False
    figures = sum(sign.isalnum() for sign in text)
    return box.width > (FIGURE_WIDE * figures + SIGN_WIDE * (len(text) - figures) + ROOM) * box.height
