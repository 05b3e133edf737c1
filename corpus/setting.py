"""Setting text: words with their faces are broken into lines of a given width, then placed or justified."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from corpus.paper import Role, Run, SetLine
from corpus.typeface import width

BOLD_MARK = re.compile(r"\*\*(.+?)\*\*")


class Token(NamedTuple):
    """A word and its face."""

    text: str
    face: str


class Broken(NamedTuple):
    """The tokens of one line and whether it ends its paragraph (such a line is never stretched)."""

    tokens: list[Token]
    last: bool


def tokens(text: str, face: str) -> list[Token]:
    """Return the words of `text`; those between ``**`` marks are bold, the others have `face`."""
    found: list[Token] = []
    end = 0
    for mark in BOLD_MARK.finditer(text):
        found += [Token(word, face) for word in _words(text[end : mark.start()])]
        bold = "bold_italic" if "italic" in face else "bold"
        found += [Token(word, bold) for word in _words(mark.group(1))]
        end = mark.end()
    return found + [Token(word, face) for word in _words(text[end:])]


def _words(text: str) -> list[str]:
    # Split at plain spaces alone: no-break spaces keep the gap that is left for a number written by hand.
    return [word for word in text.split(" ") if word]


def break_lines(words: list[Token], size: float, measure: float, indent: float = 0.0) -> list[Broken]:
    """Break `words` into lines at most `measure` points wide, the first one shorter by `indent`.

    A word wider than the line is cut after a hyphen or slash where it has one (as word processors do), else anywhere:
    narrow columns of a table ask for it.
    """
    lines: list[list[Token]] = [[]]
    room = measure - indent
    waiting = list(reversed(words))
    while waiting:
        token = waiting.pop()
        space = width(" ", token.face, size) if lines[-1] else 0.0
        need = width(token.text, token.face, size)
        if need + space <= room + 0.01:
            lines[-1].append(token)
            room -= need + space
            continue
        if lines[-1]:
            lines.append([])
            room = measure
            waiting.append(token)
            continue
        head, tail = _cut(token, size, room)
        lines[-1].append(head)
        lines.append([])
        room = measure
        if tail is not None:
            waiting.append(tail)
    lines = [line for line in lines if line]
    return [Broken(line, number == len(lines) - 1) for number, line in enumerate(lines)]


def _cut(token: Token, size: float, room: float) -> tuple[Token, Token | None]:
    """Split a token that is wider than a line; always takes at least one character."""
    fitting = 1
    while fitting < len(token.text) and width(token.text[: fitting + 1], token.face, size) <= room:
        fitting += 1
    for at in range(fitting, 1, -1):
        if token.text[at - 1] in "-/":
            fitting = at
            break
    rest = token.text[fitting:]
    return Token(token.text[:fitting], token.face), Token(rest, token.face) if rest else None


def natural_width(words: Iterable[Token], size: float) -> float:
    """Return the width of the words with plain spaces between them."""
    listed = list(words)
    spaces = sum(width(" ", token.face, size) for token in listed[1:])
    return spaces + sum(width(token.text, token.face, size) for token in listed)


def place(line: Broken, x: float, measure: float, baseline: float, size: float, align: str, role: Role) -> SetLine:
    """Place one broken line with its left edge at `x`; `align` is ``l``, ``c``, ``r`` or ``j`` (justified)."""
    natural = natural_width(line.tokens, size)
    spare = measure - natural
    start = x + {"c": spare / 2, "r": spare}.get(align, 0.0)
    gaps = len(line.tokens) - 1
    stretch = spare / gaps if align == "j" and not line.last and gaps and spare > 0 else 0.0
    runs: list[Run] = []
    cursor = start
    group: list[str] = []
    for number, token in enumerate(line.tokens):
        if group and runs[-1].face == token.face:
            group.append(token.text)
            runs[-1] = runs[-1]._replace(text=" ".join(group))
        else:
            group = [token.text]
            runs.append(Run(cursor, token.text, token.face, stretch))
        cursor += width(token.text, token.face, size)
        if number < gaps:
            # The space is drawn in the face of the word before it.
            cursor += width(" ", token.face, size) + stretch
    return SetLine(tuple(runs), baseline, size, role, cursor)
