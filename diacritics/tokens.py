"""What the language model sees of a text: syllables in one spelling, and classes for everything else.

Numbers, document symbols and addresses are classes: the model may use that one stands there, never what it says.
Case is taken off and given back by whoever asks; commas, dashes and brackets are passed over, since "sở, ban, ngành"
is one phrase; the marks that end a clause are kept as one boundary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from diacritics.normalization import tone_key

BOUNDARY: Final = "<p>"
NUMBER: Final = "<n>"
SYMBOL: Final = "<s>"
ADDRESS: Final = "<a>"
UNKNOWN: Final = "<u>"
CLASSES: Final = (BOUNDARY, NUMBER, SYMBOL, ADDRESS, UNKNOWN)

OPENING: Final = "([{<\"'“‘«-–—•*+…."
CLOSING: Final = ".,;:!?)]}>\"'”’»…-–—*/™"
_ENDS: Final = frozenset(".;:!?")
ADDRESS_PATTERN: Final = re.compile(r"\w@\w[\w.-]*\.\w|://|^www\.|\w\.(?:vn|com|org|net|gov|edu|info)\b", re.IGNORECASE)
_PIECES: Final = re.compile(r"[^\W_]+")


def ends_clause(word: str) -> bool:
    """Return whether a raw word ends a clause: a full stop, colon or semicolon, perhaps before a closing bracket."""
    tail = word.rstrip(")]}\"'”’»")
    return bool(tail) and tail[-1] in _ENDS


def model_tokens(line: str) -> Iterator[str]:
    """Yield what the language model sees of one line of correct text, a boundary at its end."""
    last = BOUNDARY
    for word in line.split():
        for token in word_tokens(word):
            last = token
            yield token
        if ends_clause(word) and last != BOUNDARY:
            last = BOUNDARY
            yield BOUNDARY
    if last != BOUNDARY:
        yield BOUNDARY


def word_tokens(word: str) -> Iterator[str]:
    """Yield the tokens of one printed word: none for punctuation, several for "tế-xã" or "và/hoặc"."""
    if word.isalpha():
        yield tone_key(word.lower())
        return
    core = word.lstrip(OPENING).rstrip(CLOSING)
    if core.isalpha():
        yield tone_key(core.lower())
    elif not core:
        return
    elif ADDRESS_PATTERN.search(core):
        yield ADDRESS
    elif any(sign.isdigit() for sign in core):
        yield SYMBOL if any(sign.isalpha() for sign in core) else NUMBER
    else:
        for piece in _PIECES.findall(core):
            yield tone_key(piece.lower())
