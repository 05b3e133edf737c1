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

Kind = Literal["word", "number", "symbol", "address"]

_WORD: Final = re.compile(r"\S+")
_LINE: Final = re.compile(r"[^\n]*\n?")
# Inside a word these part pieces, when letters stand on both sides: "phí/lệ", "kinh tế-xã hội", "Số:127", "vụ(lần".
_PARTING: Final = re.compile(r"(?<=[^\W_])[-–—/:;,.()…]+(?=[^\W_])")
_LABEL: Final = re.compile(r"\s*(?:\(?[^\W_]{1,5}[.)]|[-–+•*])(?:\s|$)")
_LONGEST_WORD: Final = 200  # longer is no writing: kept whole, looked at by nobody


class Piece(NamedTuple):
    """A stretch of the text, ``text[start:end]`` before normalisation, and what it is taken for.

    `text` is in normal form. `opens` is set where a clause begins: after a full stop or a list label, or a capital after a blank line.
    """

    start: int
    end: int
    text: str
    kind: Kind
    opens: bool


def cut(text: str) -> Iterator[Piece]:
    """Yield the pieces of `text` in order, linear in its length."""
    spans = symbol_spans(text)
    place = 0
    opens = True
    blank = False
    for line in _LINE.finditer(text):
        if not line[0].strip():
            blank = True
            continue
        # Text may come with a blank line after each line: only a capital or a label tells that something new begins.
        opens = opens or (blank and not line[0].lstrip()[0].islower())
        blank = False
        label_end = _label_end(line[0]) + line.start()
        for word in _WORD.finditer(text, line.start(), line.end()):
            while place < len(spans) and spans[place][1] <= word.start():
                place += 1
            protected = place < len(spans) and spans[place][0] < word.end()
            for piece in _pieces(word, protected):
                yield piece._replace(opens=opens)
                opens = False
            opens = opens or ends_clause(word[0]) or word.end() <= label_end


def _label_end(line: str) -> int:
    """Return where the list label that opens a line ends; 0 where there is none."""
    match = _LABEL.match(line)
    return match.end() if match else 0


def _pieces(word: re.Match[str], protected: bool) -> Iterator[Piece]:
    raw = word[0]
    core = raw.lstrip(OPENING)
    start = word.start() + len(raw) - len(core)
    core = core.rstrip(CLOSING)
    if not core:
        return
    if protected:
        yield Piece(start, start + len(core), core, "symbol", False)
    elif len(core) > _LONGEST_WORD or ADDRESS_PATTERN.search(core):
        yield Piece(start, start + len(core), core, "address", False)
    elif not any(sign.isalpha() for sign in core):
        yield Piece(start, start + len(core), core, "number", False)
    else:
        yield from _parts(core, start)


def _parts(core: str, start: int) -> Iterator[Piece]:
    """Yield the parts of a word with letters; parts without letters are numbers."""
    place = 0
    for gap in [*((m.start(), m.end()) for m in _PARTING.finditer(core)), (len(core), len(core))]:
        part = core[place : gap[0]]
        if part:
            kind: Kind = "word" if any(sign.isalpha() for sign in part) else "number"
            yield Piece(start + place, start + gap[0], normalize(part), kind, False)
        place = gap[1]
