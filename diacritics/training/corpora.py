"""The corpora that models are built from: which files, how much each weighs, and which lines are set aside.

A corpus folder holds UTF-8 text, one paragraph or sentence a line, xz-compressed. Lines for measuring are chosen by
a hash of the line itself, so they are the same on every machine and never seen in training, however files are cut.
"""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from diacritics.normalization import normalize

WEIGHTS: Final[dict[str, float]] = {
    "legal_vanban_thuvienphapluat": 4,
    "legal_phapdien": 1,
    "legal_qa_articles": 1,
    "legal_alqac_law_cases": 1,
    "legal_political_ws_desegmented": 1,
    "legal_misc_docs": 1,
    "legal_tthc_procedures": 1,
    "general_gov_finance_news_hddtvn": 1,
    "general_wiki_vietnam_tnt305": 0.3,
}
"""How often a line of each corpus is counted: the closer to what agencies write, the more."""

NEAREST: Final = "legal_vanban_thuvienphapluat"
"""The corpus closest to the documents we restore: lines to measure on are held out of this one."""

HELD_OUT_LINES: Final = 300
_HELD_OUT_SHARE: Final = 97  # one line in so many is a candidate: some 400 of the nearest corpus
_MIN_WORDS: Final = 6  # a shorter line says little about restoring


def line_hash(line: str) -> int:
    """Return a 32-bit hash of a line that is the same on every machine."""
    return zlib.crc32(line.strip().encode())


def _is_candidate(line: str) -> bool:
    return line_hash(line) % _HELD_OUT_SHARE == 0 and len(line.split()) >= _MIN_WORDS


def read_corpus(corpora: Path, name: str) -> Iterator[str]:
    """Yield the lines of one corpus in normal form.

    Raises:
        FileNotFoundError: the corpus is not in the folder.
    """
    with lzma.open(corpora / f"{name}.txt.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield normalize(line.rstrip("\n"))


def held_out_lines(corpora: Path) -> list[str]:
    """Return the lines of the nearest corpus that are kept for measuring, at most 300, each once."""
    chosen = dict.fromkeys(line for line in read_corpus(corpora, NEAREST) if _is_candidate(line))
    return sorted(chosen, key=line_hash)[:HELD_OUT_LINES]


def training_lines(corpora: Path, name: str) -> Iterator[str]:
    """Yield the lines of one corpus that may be learnt from: no candidate for measuring, whichever corpus holds it."""
    return (line for line in read_corpus(corpora, name) if not _is_candidate(line))
