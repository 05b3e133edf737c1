"""Edits: what was changed, where, why and how sure; replaying them on the source gives the restored text exactly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

Why = Literal["marks", "letters", "join", "split", "symbol", "label", "punctuation", "doubt"]
"""Kind of change: only marks were missing; letters were misread; words were run apart or together; a document symbol;
a list label or heading numeral; punctuation. `doubt` changes nothing: it flags what was kept though it cannot be."""


class Edit(NamedTuple):
    """One change: ``source[start:end] == before`` is replaced by `after`.

    `confidence` is 0 to 1. `alternatives` are other readings, best first; they matter most where `why` is "doubt".
    """

    start: int
    end: int
    before: str
    after: str
    why: Why
    confidence: float
    alternatives: tuple[str, ...] = ()


def replay(source: str, edits: Iterable[Edit]) -> str:
    """Return `source` with `edits` applied; they may come in any order but must not overlap.

    Raises:
        ValueError: an edit does not fit the source, or two edits overlap.
    """
    parts: list[str] = []
    done = 0
    for edit in sorted(edits):
        if edit.start < done or source[edit.start : edit.end] != edit.before:
            raise ValueError(f"edit does not fit the text: {edit}")
        parts += (source[done : edit.start], edit.after)
        done = edit.end
    return "".join([*parts, source[done:]])
