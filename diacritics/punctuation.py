"""Quotes, spaces and specks in what a foreign engine left: repaired by rule, since they are alike in every document.

Each pattern stands with an example; nothing here touches a digit, nor a letter but the one of "%o". How a document
ends, ``./.``, and ‰ are repaired whatever the text comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from diacritics.edits import Edit

# "‘‘rõ việc’’" and "rõ kết quả™": two single quotes for a double one, and the trade mark that ” is misread as.
_QUOTES: Final = re.compile("(?P<open>‘‘|``)|(?P<close>’’|(?<=\\w)[.,;]?™)")
# "tiếp nhận ‘hồ sơ": a speck before a word; where a single quote closes soon after, it may be meant.
_STRAY: Final = re.compile(r"(?<!\S)[‘’'`](?=[^\W\d_]{2})(?![^\n]{0,80}\w[’'‘](?:[\s.,;:)]|$))")
# "Số:127/KH-SYT", "S6:15": Decree 30 sets a space before the number of a document.
_NUMBER: Final = re.compile(r"^[ \t]*S[^\s\d]?[^\s:]?:(?=\d)", re.MULTILINE)
# "1. 1. Công tác": one heading number that was run apart.
_HEADING: Final = re.compile(r"^[ \t]*\d{1,2}\.(?P<gap> )\d{1,2}\.(?=\s+[^\W\d_])", re.MULTILINE)
# A line of a stamp or a signature: specks, hardly a letter.
_LINE: Final = re.compile(r"^[^\n]*\S[^\n]*$", re.MULTILINE)
_SPECKS: Final = frozenset("|\\~^_={}<>‘’“”'`\"*¢€£¥§°•")
_FEW: Final = 3
# "02093.555.014./,": the sign that closes a document.
_END: Final = re.compile(r"(?<=\./)[,;:'’](?=[ \t]*$)", re.MULTILINE)
# "Tỷ suất sinh 13,83%o": the sign for per mille, which engines know not.
_PER_MILLE: Final = re.compile(r"(?<=\d)%[oO](?!\w)")


def repair_punctuation(text: str) -> list[Edit]:
    """Return the edits that repair quotes, spaces and specks of garbled text; their order is not kept."""
    return [*_quotes(text), *_strays(text), *_spaces(text), *_specks(text)]


def repair_signs(text: str) -> list[Edit]:
    """Return the edits that repair signs which nothing else looks like: a document's end, per mille."""
    return [
        Edit(match.start(), match.end(), match[0], sign, "punctuation", 0.95)
        for pattern, sign in ((_END, "."), (_PER_MILLE, "‰"))
        for match in pattern.finditer(text)
    ]


def _quotes(text: str) -> Iterator[Edit]:
    for match in _QUOTES.finditer(text):
        start, before = match.start(), match[0]
        if match["close"] and before[0] in ".,;":
            start, before = start + 1, before[1:]
        yield Edit(start, match.end(), before, "“" if match["open"] else "”", "punctuation", 0.9)


def _strays(text: str) -> Iterator[Edit]:
    for match in _STRAY.finditer(text):
        yield Edit(match.start(), match.end(), match[0], "", "punctuation", 0.9)


def _spaces(text: str) -> Iterator[Edit]:
    for match in _NUMBER.finditer(text):
        yield Edit(match.end() - 1, match.end(), ":", ": ", "split", 0.97)
    for match in _HEADING.finditer(text):
        yield Edit(match.start("gap"), match.end("gap"), " ", "", "join", 0.9)


def _specks(text: str) -> Iterator[Edit]:
    """Yield the removal of lines that hold specks and at most three letters, no two of them together, and no digit."""
    for match in _LINE.finditer(text):
        line = match[0].strip()
        letters = sum(sign.isalnum() for sign in line)
        if letters <= _FEW and not _SPECKS.isdisjoint(line) and not re.search(r"\w\w|\d", line):
            start = match.start() + match[0].index(line)
            yield Edit(start, start + len(line), line, "", "punctuation", 0.8)
