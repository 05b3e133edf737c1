"""The words that have a vector, and their first vectors: from which words stand beside which in the text corpora.

Positive pointwise mutual information of each word with the words one and two places before and behind it, its rows
shortened to `WIDTH` numbers by a randomised singular value decomposition (Levy and Goldberg 2014, Halko et al. 2011).
"""

from __future__ import annotations

import lzma
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import regex
from numpy.typing import NDArray

from models.figures import WIDTH, Floats

_TOKEN: Final = regex.compile(r"\p{L}+|\d[\d.,]*\d|\d|[^\s\p{L}\d]")
PAD, UNKNOWN, LINE_END = 0, 1, 2
_SPECIAL: Final = ("<pad>", "<unk>", "<eol>")
_MOST: Final = 12_000
_NEIGHBOURS: Final = 3_000
"""Of how many words, the most frequent, it is counted whether they stand beside another."""
_AWAY: Final = "wiki"
_ONE_OF: Final = 3
"""Of a general corpus one line in so many is read: its words are far from those of offices."""
_PART: Final = 5_000_000
_SPARE, _TURNS = 20, 4
"""Columns and turns beyond what is asked for, which the decomposition takes to come near the exact one."""

WordIds = NDArray[np.uint16]


def read_corpora(folder: Path) -> tuple[list[str], WordIds]:
    """Return the words, the most frequent first, and the corpora as a row of their numbers."""
    paths = sorted(folder.glob("*.txt.xz"))
    counts = Counter(word for path in paths for line in _lines(path) for word in line)
    words = [*_SPECIAL, *(word for word, _ in counts.most_common(_MOST - len(_SPECIAL)))]
    numbers = {word: at for at, word in enumerate(words)}
    parts = []
    for path in paths:
        row = [number for line in _lines(path) for number in (*(numbers.get(w, UNKNOWN) for w in line), LINE_END)]
        parts.append(np.array(row, np.uint16))
    return words, np.concatenate(parts)


def _lines(path: Path) -> Iterator[list[str]]:
    """Yield the words of each line in lower case; every number is the word "0"."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if _AWAY not in path.name or number % _ONE_OF == _ONE_OF - 1:
                tokens = _TOKEN.findall(unicodedata.normalize("NFC", line).lower())
                yield ["0" if token[0].isdigit() else token for token in tokens]


def first_vectors(ids: WordIds) -> Floats:
    """Return a vector of each word, as (words, WIDTH)."""
    table = np.concatenate([_beside(ids.astype(np.int64), step) for step in (-2, -1, 1, 2)], axis=1)
    rows, columns = table.sum(1, keepdims=True) + 1, table.sum(0, keepdims=True) ** 0.75
    table = np.log(np.maximum(table * columns.sum() / (rows * columns + 1e-9), 1)).astype(np.float32)
    basis = np.random.default_rng(0).normal(size=(table.shape[1], WIDTH + _SPARE)).astype(np.float32)
    for _ in range(_TURNS):
        basis, _ = np.linalg.qr(table.T @ (table @ basis))
    left, sizes, _ = np.linalg.svd(table @ basis, full_matrices=False)
    vectors = left[:, :WIDTH] * np.sqrt(sizes[:WIDTH])
    vectors /= vectors[len(_SPECIAL) : _NEIGHBOURS].std()
    vectors[PAD] = 0
    return np.asarray(vectors, np.float32)


def _beside(ids: NDArray[np.int64], step: int) -> Floats:
    """Return how often each of the frequent words stands `step` places behind each word."""
    here, there = (ids[:-step], ids[step:]) if step > 0 else (ids[-step:], ids[:step])
    counts = np.zeros(_MOST * _NEIGHBOURS, np.float32)
    for start in range(0, len(here), _PART):
        near = there[start : start + _PART]
        known = near < _NEIGHBOURS
        pairs = here[start : start + _PART][known] * _NEIGHBOURS + near[known]
        counts += np.bincount(pairs, minlength=len(counts)).astype(np.float32)
    return counts.reshape(_MOST, _NEIGHBOURS)
