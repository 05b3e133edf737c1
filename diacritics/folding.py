"""Folding: Vietnamese letters to the ASCII letters they are built on, one character for one.

Offsets in the folded text are offsets in the text, so a pattern may be matched on the fold and read from the original.
Everything that is no precomposed Vietnamese letter stays: `…`, `№` and `₫` are not ours to spell out.
"""

from __future__ import annotations

from typing import Final

from diacritics.alphabet import BASE


class _Table(dict[int, int]):
    """What each letter becomes. A sign that stays is remembered as itself: to miss one costs more than to find it."""

    def __missing__(self, sign: int) -> int:
        self[sign] = sign
        return sign


_BOTH_CASES: Final = BASE | {letter.upper(): base.upper() for letter, base in BASE.items()}
_TABLE: Final = _Table({ord(letter): ord(base) for letter, base in _BOTH_CASES.items()})


def fold(text: str) -> str:
    """Return `text` with the 134 marked letters replaced by their ASCII base, case kept; same length."""
    return text.translate(_TABLE)
