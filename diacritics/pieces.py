"""Cutting a text into pieces: what may be restored, what is a number, a symbol or an address, and what is only glue.

A piece is at most one printed word. "(đối" is a bracket of glue and a piece; "phí/lệ" two pieces; "02/4/2025" one
number. Everything between pieces stays as it is, so edits are replacements of pieces and nothing else moves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from diacritics.normalization import normalize
from diacritics.symbols import symbol_spans
from diacritics.tokens import ADDRESS_PATTERN, CLOSING, OPENING, ends_clause

Kind = Literal["word", "label", "number", "symbol", "address"]

QUOTES: Final = "'’‘?"
"""Signs that an engine may leave of a horn or a tone (ơ: o’, ữ: i?), so that they may belong to the word before."""

_LETTER_SIGNS: Final = frozenset("€¢&@£")  # never printed in a word; what an engine makes of whole letters (ở: &)
_WORD: Final = re.compile(r"\S+")
_LINE: Final = re.compile(r"[^\n]*\n?")
# Inside a word these part pieces, when letters stand on both sides: "phí/lệ", "kinh tế-xã hội", "Số:127", "vụ(lần".
_PARTING: Final = re.compile(r"(?<=[^\W_])[-–—/:;,.()…]+(?=[^\W_])")
_LABEL: Final = re.compile(
    r"\s*(?:\(?(?:[^\W\d_]|[¢€@]|\d{1,3}(?:\.\d{1,3}){0,4}|[IVXl1|!]{1,6})[.)]|\d{1,2}(?:\.\d{1,2}){1,4}|[-–+•*])(?=\s|$)"
)
_LONGEST_WORD: Final = 200  # longer is no writing: kept whole, looked at by nobody


class Piece(NamedTuple):
    """A stretch of the text, ``text[start:end]`` before normalisation, and what it is taken for.

    `text` is in normal form. `opens` is set where a clause begins: after a full stop or a list label, or a capital
    after a blank line. `follows` is set where only one space parts it from the piece before.
    """

    start: int
    end: int
    text: str
    kind: Kind
    opens: bool
    follows: bool


def cut(text: str, quotes_inside: bool = False) -> Iterator[Piece]:
    """Yield the pieces of `text` in order, linear in its length.

    Args:
        text: any text.
        quotes_inside: whether quotes at the end of a word are taken for part of it.
    """
    closing = "".join(sign for sign in CLOSING if sign not in QUOTES) if quotes_inside else CLOSING
    opens = True
    end = -2
    for word, protected, label, fresh in _words(text):
        opens = opens or fresh
        for piece in _pieces(word, protected, label, closing):
            yield piece._replace(opens=opens, follows=piece.start == end + 1 and text[end] == " ")
            opens, end = False, piece.end
        opens = opens or label or ends_clause(word[0])


def _words(text: str) -> Iterator[tuple[re.Match[str], bool, bool, bool]]:
    """Yield each word, whether it is in a document symbol, in a list label, and the first of something new."""
    spans = symbol_spans(text)
    place, blank = 0, False
    for line in _LINE.finditer(text):
        if not line[0].strip():
            blank = True
            continue
        # Text may come with a blank line after each line: only a capital or a label tells that something new begins.
        fresh = blank and not line[0].lstrip()[0].islower()
        blank = False
        label = _LABEL.match(line[0])
        label_end = line.start() + label.end() if label else 0
        for word in _WORD.finditer(text, line.start(), line.end()):
            while place < len(spans) and spans[place][1] <= word.start():
                place += 1
            protected = place < len(spans) and spans[place][0] < word.end()
            yield word, protected, word.end() <= label_end, fresh
            fresh = False


def _pieces(word: re.Match[str], protected: bool, label: bool, closing: str) -> Iterator[Piece]:
    raw = word[0]
    core = raw.lstrip(OPENING)
    start = word.start() + len(raw) - len(core)
    core = core.rstrip(closing)
    if not core:
        return
    kind: Kind | None = None
    if protected:
        kind = "symbol"
    elif len(core) > _LONGEST_WORD or ADDRESS_PATTERN.search(core):
        kind = "address"
    elif label:
        kind = "label"
    if kind is not None:
        yield Piece(start, start + len(core), core, kind, False, False)
    else:
        yield from _parts(core, start)


def _parts(core: str, start: int) -> Iterator[Piece]:
    """Yield the parts of a word; parts without letters are numbers, or what is left of a short word."""
    place = 0
    for gap in [*((m.start(), m.end()) for m in _PARTING.finditer(core)), (len(core), len(core))]:
        part = core[place : gap[0]]
        if part:
            yield Piece(start + place, start + gap[0], normalize(part), _kind(part), False, False)
        place = gap[1]


def _kind(part: str) -> Kind:
    if any(sign.isalpha() for sign in part):
        return "word"
    remains = len(part) <= 4 and any(sign in _LETTER_SIGNS for sign in part)
    return (
        "word"
        if remains and all(sign.isdigit() or sign in _LETTER_SIGNS or sign in QUOTES for sign in part)
        else "number"
    )
