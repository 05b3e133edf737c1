"""From corpora to word ids: the vocabulary, the streams that n-grams are counted in, and how words are cased."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from diacritics.channel import case_of
from diacritics.language import STEP
from diacritics.normalization import tone_key
from diacritics.syllables import is_syllable
from diacritics.tokens import CLASSES, CLOSING, OPENING, UNKNOWN, ends_clause, model_tokens
from diacritics.training.corpora import NEAREST, WEIGHTS, line_hash, training_lines

_RARE_SYLLABLE: Final = 4
_RARE_WORD: Final = 30  # what is no syllable must be this frequent: foreign words and slips come in thousands of kinds
_CASES: Final = ("lower", "title", "upper")


@dataclass(frozen=True)
class Counted:
    """A vocabulary (classes first, then by frequency), each corpus as word ids with its weight, and case costs.

    `capitals` is (V, 3): -log share of lower, Title and UPPER inside clauses, in steps of the model.
    """

    vocabulary: list[str]
    streams: list[tuple[NDArray[np.uint16], int]]
    capitals: NDArray[np.uint8]


def count(corpora: Path, weights: dict[str, float] = WEIGHTS) -> Counted:
    """Read all corpora once and count them.

    Args:
        corpora: the folder of corpora.
        weights: how often each counts; below 1 that share of its lines is read, chosen by their hash.

    Raises:
        FileNotFoundError: a corpus is missing.
    """
    numbers: dict[str, int] = {}
    cases: Counter[tuple[str, str]] = Counter()
    raw: list[tuple[NDArray[np.uint32], int]] = []
    for name, weight in weights.items():
        lines = _share(training_lines(corpora, name), weight)
        if name == NEAREST:
            lines = list(lines)
            _count_cases(lines, cases)
        raw.append((_numbered(lines, numbers), max(1, round(weight))))
    words = list(numbers)
    totals = sum(np.bincount(stream, minlength=len(words)) * times for stream, times in raw)
    vocabulary = _vocabulary(words, np.asarray(totals))
    ids = {word: number for number, word in enumerate(vocabulary)}
    table = np.array([ids.get(word, ids[UNKNOWN]) for word in words], dtype=np.uint16)
    return Counted(vocabulary, [(table[stream], times) for stream, times in raw], _capitals(vocabulary, cases))


def _share(lines: Iterable[str], weight: float) -> Iterable[str]:
    return lines if weight >= 1 else (line for line in lines if line_hash(line) % 100 < 100 * weight)


def _numbered(lines: Iterable[str], numbers: dict[str, int]) -> NDArray[np.uint32]:
    stream = array("I")
    for line in lines:
        for token in model_tokens(line):
            stream.append(numbers.setdefault(token, len(numbers)))
    return np.frombuffer(stream, dtype=np.uint32)


def _vocabulary(words: list[str], totals: NDArray[np.int64]) -> list[str]:
    frequent = [
        words[place]
        for place in np.argsort(-totals, kind="stable")
        if words[place] not in CLASSES
        and totals[place] >= (_RARE_SYLLABLE if is_syllable(words[place]) else _RARE_WORD)
    ]
    return [*CLASSES, *frequent][: np.iinfo(np.uint16).max]


def _count_cases(lines: Iterable[str], cases: Counter[tuple[str, str]]) -> None:
    """Count how words are cased where case means something: inside clauses of mixed case."""
    for line in lines:
        if line.isupper():
            continue
        opens = True
        for raw in line.split():
            word = raw.strip(OPENING + CLOSING)
            if word.isalpha():
                if not opens:
                    cases[tone_key(word.lower()), case_of(word)] += 1
                opens = False
            opens = opens or ends_clause(raw)


def _capitals(vocabulary: list[str], cases: Counter[tuple[str, str]]) -> NDArray[np.uint8]:
    """Return -log of each word's share of cases, smoothed by the shares over all words."""
    overall = np.array([sum(times for (_, case), times in cases.items() if case == kind) for kind in _CASES], float)
    prior = (overall + 1) / (overall + 1).sum()
    counts = np.array([[cases[word, case] for case in _CASES] for word in vocabulary], dtype=float)
    shares = (counts + 5 * prior) / (counts.sum(axis=1, keepdims=True) + 5)
    costs: NDArray[np.uint8] = np.clip(np.round(-np.log(shares) / STEP), 0, 255).astype(np.uint8)
    return costs
