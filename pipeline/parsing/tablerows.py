"""Ordinals of a table's rows: A, I, 1, 1.1, a: their styles, and which stands under which."""

from __future__ import annotations

from typing import Final

from pipeline.parsing.labels import roman
from pipeline.parsing.patterns import Bounded
from pipeline.parsing.tablecells import TextCell

_LABEL: Final = Bounded(r"\(?(?:(?P<dotted>\d{1,3}(?:\.\d{1,3})+)|(?P<word>\d{1,3}|[IVXLC]{1,6}|\p{L}))(?:[.)/]|$)")
_RANKS: Final = ("capital", "roman", "1", "1.1", "1.1.1", "a", None)
"""From the widest to the narrowest; None for a row without one."""


def opens_with_ordinal(text: str) -> bool:
    """Whether a cell opens with an ordinal: "I. Lĩnh vực …", "12"."""
    return _LABEL.match(text) is not None


def is_ordinal(text: str) -> bool:
    """Whether a cell is an ordinal and nothing else."""
    return _LABEL.fullmatch(text.strip(" .")) is not None


def style_of(row: list[TextCell]) -> str | None:
    """The style of the ordinal that a row opens with: roman, capital, 1, 1.1, a; None where it opens with none."""
    if not row or row[0].column > 0:
        return None
    match = _LABEL.match(row[0].text.strip())
    if match is None:
        return None
    if match["dotted"]:
        return "1" + ".1" * match["dotted"].count(".")
    word = match["word"]
    if word.isdigit():
        return "1"
    if roman(word) and word.isupper() and word not in ("C", "L"):
        return "roman"
    return "capital" if word.isupper() else "a"


def deeper(style: str | None, than: str) -> bool:
    """Whether rows of one style stand under rows of the other."""
    return than in _RANKS and (style not in _RANKS or _RANKS.index(style) > _RANKS.index(than))
