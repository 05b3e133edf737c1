"""Sentences and clauses of a paragraph: cut at stops, but not at abbreviations, numbers or within brackets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.parsing.patterns import Bounded
from pipeline.parsing.view import View

_STOP: Final = Bounded(
    r"(?:(?<!\b(?:TP|Tp|TM|KT|TL|TS|BS|ThS|PGS|GS|Q|P|Đ|đ/c|v\.v|vv))[.!?](?:/\.)?|…|\.{2,})\s*(?=\p{Lu}|"
    r"[“\"(]\p{Lu}|$)|\n",
    needs=(".", "!", "?", "…", "\n"),
)
_CLAUSE: Final = Bounded(r";\s*", needs=(";",))


def sentences_of(view: View, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the sentences in a stretch of the view; each begins with a character that is no space.

    Several components ask for those of the same paragraph.
    """
    known = view.sentences.get((start, end))
    if known is None:
        known = view.sentences[start, end] = list(_cut(view.text, start, end, _STOP))
    return known


def clauses_of(view: View, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the parts between semicolons."""
    yield from _cut(view.text, start, end, _CLAUSE)


def _cut(text: str, start: int, end: int, stop: Bounded) -> Iterator[tuple[int, int]]:
    at = start
    for match in stop.finditer(text, start, end):
        begin = _skip(text, at, match.start())
        if match.start() > begin:
            yield begin, match.start()
        at = match.end()
    begin = _skip(text, at, end)
    if begin < end:
        yield begin, end


def _skip(text: str, at: int, end: int) -> int:
    while at < end and (text[at].isspace() or text[at] in ".;,"):
        at += 1
    return at
