"""Cutting a text into pieces: what may be restored, what is a number, a symbol or an address, and what is only glue.

A piece is at most one printed word. "(đối" is a bracket of glue and a piece; "phí/lệ" two pieces; "02/4/2025" one
number. Everything between pieces stays as it is, so edits are replacements of pieces and nothing else moves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from diacritics.labels import is_odd_number
from diacritics.normalization import normalize
from diacritics.symbols import symbol_spans
from diacritics.tokens import ADDRESS_PATTERN, CLOSING, OPENING, ends_clause

Kind = Literal["word", "label", "number", "symbol", "address"]

QUOTES: Final = "'’‘?}"
"""Signs that an engine may leave of a horn or a tone (ơ: o’, ữ: i?), so that they may belong to the word before."""

_DOUBLED: Final = ("’’", "''", "‘‘")  # a quote of two signs is no part of a word
_LETTER_SIGNS: Final = frozenset("€¢&@£")  # never printed in a word; what an engine makes of whole letters (ở: &)
_WORD: Final = re.compile(r"\S+")
_LINE: Final = re.compile(r"[^\n]*\n?")
# Inside a word these part pieces, when letters stand on both sides: "phí/lệ", "kinh tế-xã hội", "Số:127", "vụ(lần".
_PARTING: Final = re.compile(r"(?<=[^\W_])[-–—/:;,.()…]+(?=[^\W_])")
_LABEL: Final = re.compile(
    r"\s*(?:\(?(?:[^\W\d_]|[¢€@]|\d{1,3}(?:\.\d{1,3}){0,4}|[IVXl1|!]{1,6})[.)]|\d{1,2}(?:\.\d{1,2}){1,4}|[-–+•*])(?=\s|$)"
)
_INLINE_LABEL: Final = re.compile(r"\(?(?:[^\W\d_]\)|\(?[ivx]{1,4}\)).{0,2}")  # "điểm b)", "(ii)" amid a sentence
_MEASURE: Final = re.compile(r"\d(?:[mcdk]?m[23²³]?|k?g|ha|m?l|[kM]?[WV]h?|[GTMK]B|[A-Z]|%)")  # 5km, 2ha, 8GB, 4G
_SHORT_LINE: Final = 0.7  # of the usual length: such a line ends what it says
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
    for word, symbol, label, fresh in _words(text):
        opens = opens or fresh
        for piece in _pieces(word, symbol, label, closing):
            yield piece._replace(opens=opens, follows=piece.start == end + 1 and text[end] == " ")
            opens, end = False, piece.end
        opens = opens or label or ends_clause(word[0])


def _words(text: str) -> Iterator[tuple[re.Match[str], int, bool, bool]]:
    """Yield each word, where a document symbol begins in it (else its end), whether it is a label, and opens anew."""
    spans = symbol_spans(text)
    place, blank = 0, False
    short = _SHORT_LINE * _usual_length(text)
    for line in _LINE.finditer(text):
        if not line[0].strip():
            blank = True
            continue
        # Text may come with a blank line after each line: only a capital or a label tells that something new begins.
        fresh = blank and not line[0].lstrip()[0].islower()
        blank = len(line[0].strip()) < short  # the line after a short one may begin something new as well
        label = _LABEL.match(line[0])
        label_end = line.start() + label.end() if label else 0
        for word in _WORD.finditer(text, line.start(), line.end()):
            while place < len(spans) and spans[place][1] <= word.start():
                place += 1
            symbol = max(spans[place][0], word.start()) if place < len(spans) else word.end()
            is_label = word.end() <= label_end or _INLINE_LABEL.fullmatch(word[0]) is not None
            yield word, min(symbol, word.end()), is_label, fresh
            fresh = False


def _usual_length(text: str) -> int:
    """Return the length that one line in eight exceeds: that of a full line, headings and last lines left aside."""
    lengths = sorted(len(line) for line in text.split("\n") if line)
    return lengths[len(lengths) * 7 // 8] if len(lengths) >= 8 else 0


def _pieces(word: re.Match[str], symbol: int, label: bool, closing: str) -> Iterator[Piece]:
    raw = word[0][: symbol - word.start()]
    core = raw.lstrip(OPENING)
    start = word.start() + len(raw) - len(core)
    core = core.rstrip(closing)
    if core[-2:] in _DOUBLED:
        core = core[:-2]
    if core and (len(core) > _LONGEST_WORD or ADDRESS_PATTERN.search(core)):
        yield Piece(start, start + len(core), core, "address", False, False)
    elif core and label:
        yield Piece(start, start + len(core), core, "label", False, False)
    elif core:
        yield from _parts(core, start)
    if symbol < word.end():
        yield Piece(symbol, word.end(), word[0][symbol - word.start() :], "symbol", False, False)


def _parts(core: str, start: int) -> Iterator[Piece]:
    """Yield the parts of a word; parts without letters are numbers, or what is left of a short word."""
    place = 0
    for gap in [*((m.start(), m.end()) for m in _PARTING.finditer(core)), (len(core), len(core))]:
        part = core[place : gap[0]]
        if part:
            yield Piece(start + place, start + gap[0], normalize(part), _kind(part), False, False)
        place = gap[1]


def _kind(part: str) -> Kind:
    if sum(sign.isdigit() for sign in part) > 1 or _MEASURE.fullmatch(part) or is_odd_number(part):
        return "number"
    if any(sign.isalpha() for sign in part):
        return "word"
    remains = len(part) <= 4 and any(sign in _LETTER_SIGNS for sign in part)
    return (
        "word"
        if remains and all(sign.isdigit() or sign in _LETTER_SIGNS or sign in QUOTES for sign in part)
        else "number"
    )
