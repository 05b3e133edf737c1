"""Readings to learn channels from: lines drawn from the corpora, set, spoiled, read by an engine, kept as a file.

One file an engine, one reading a line: page, printed words, read words, confidence, parted by tabs.
"""

from __future__ import annotations

import os
import random
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Final

from diacritics.training.corpora import NEAREST, training_lines
from diacritics.training.pages import SpoiledPage, spoiled_pages
from diacritics.training.reading import Reading, read_page

# What the pages hold, by share: mostly documents of our kind, the rest for syllables that those seldom use.
_SHARES: Final = {
    NEAREST: 0.5,
    "legal_phapdien": 0.15,
    "legal_qa_articles": 0.15,
    "general_gov_finance_news_hddtvn": 0.15,
    "legal_tthc_procedures": 0.05,
}
_WORDS_A_PAGE: Final = 740
_LENGTHS: Final = (30, 400)  # characters: headings and sentences, no whole articles


def write_readings(corpora: Path, fonts: Path, language: str, pages: int, seed: int, out: Path) -> None:
    """Set and read so many pages with one engine and write the readings to `out`, the same on any number of cores.

    Raises:
        FileNotFoundError: a corpus is missing.
        subprocess.CalledProcessError: Tesseract failed, for want of the language's data perhaps.
    """
    lines = _lines(corpora, pages, seed)
    with out.open("w", encoding="utf-8") as file:
        for number, readings in enumerate(_read(islice(spoiled_pages(lines, fonts, seed), pages), language)):
            for reading in readings:
                printed, read = " ".join(reading.printed), " ".join(reading.read)
                file.write(f"{number}\t{printed}\t{read}\t{reading.confidence:.2f}\n")


def _read(pages: Iterable[SpoiledPage], language: str) -> Iterator[list[Reading]]:
    """Yield the readings of each page in order: while the cores read, the next pages are drawn."""
    cores = os.cpu_count() or 1
    waiting: deque[Future[list[Reading]]] = deque()
    with ThreadPoolExecutor(cores) as pool:
        for page in pages:
            waiting.append(pool.submit(read_page, page, language))
            if len(waiting) > 2 * cores:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def read_readings(path: Path) -> Iterator[Reading]:
    """Yield the readings of a file that `write_readings` wrote."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            _, printed, read, confidence = line.rstrip("\n").split("\t")
            yield Reading(tuple(printed.split()), tuple(read.split()), float(confidence))


def _lines(corpora: Path, pages: int, seed: int) -> list[str]:
    chosen: list[str] = []
    for name, share in _SHARES.items():
        lines = [line for line in training_lines(corpora, name) if _LENGTHS[0] <= len(line) <= _LENGTHS[1]]
        random.Random(seed).shuffle(lines)
        words = 0
        for line in lines:
            if words > share * pages * _WORDS_A_PAGE:
                break
            words += len(line.split())
            chosen.append(line)
    random.Random(seed).shuffle(chosen)
    return chosen
