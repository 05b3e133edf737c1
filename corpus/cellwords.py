"""Words in their right cell, on transcribed pages of real scans: a line is a row, where `` | `` parts its cells.

A row is compared with the row of the record that has most in common; its cells are paired with that row's in their
order, one with one, so that words of two cells read into one count for one of them alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from corpus.distance import folded

LEADER = re.compile(r"(?:[.…_-]\s?){3,}")
Cells = list[Counter[str]]


def transcribed_rows(text: str) -> list[list[str]]:
    """Return the rows of cells of a transcription; lines without a bar are no rows."""
    lines = (line for line in text.split("=== STAMPS")[0].splitlines() if "|" in line)
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def score_cell_words(rows: Sequence[Sequence[str]], tables: Sequence[dict[str, Any]], page: int) -> tuple[int, int]:
    """Return how many words the rows have, and how many of them stand in their cell in the record."""
    wanted = [[_words(cell) for cell in row] for row in rows]
    found = [
        [_words(cell["text"]) for cell in row["cells"]]
        for table in tables
        if page in table["pages"]
        for row in table["rows"]
    ]
    found += [[_words(label) for label in table["head"]] for table in tables if page in table["pages"]]
    total = sum(cell.total() for row in wanted for cell in row)
    return total, sum(max((_paired(row, other) for other in found), default=0) for row in wanted)


def _words(text: str) -> Counter[str]:
    """The words of a cell; leaders of dots are places to write on, no words."""
    return Counter(LEADER.sub(" ", folded(text)).split())


def _paired(row: Cells, other: Cells) -> int:
    """Return the most words that two rows share, cells paired in order."""
    best = [0] * (len(other) + 1)
    for cell in row:
        before = best[:]
        for at, mate in enumerate(other, start=1):
            best[at] = max(before[at], best[at - 1], before[at - 1] + (cell & mate).total())
    return best[-1]
