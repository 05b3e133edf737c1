"""From readings to channels: which tokens stood for which words, and what letters turn into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from diacritics.channel import case_of, mixed_forms
from diacritics.folding import fold
from diacritics.normalization import normalize, tone_key
from diacritics.spelling import Case, Speller
from diacritics.storage import ChannelTable
from diacritics.syllables import is_syllable
from diacritics.tokens import CLASSES, CLOSING, OPENING
from diacritics.training.confusions import letter_costs
from diacritics.training.reading import Reading

_READINGS_A_TOKEN: Final = 20
_REAL_LETTERS: Final = 60.0
_REAL_WORDS: Final = 4.0
_ONLY_STRIPPED: Final = 0.04
Pairs = dict[tuple[str, str], float]


def pairs_of_readings(readings: Iterable[Reading]) -> Pairs:
    """Return how often each printed word (letters only, without its punctuation) was read as what."""
    pairs: Pairs = {}
    for reading in readings:
        if len(reading.printed) == len(reading.read) == 1:
            _add(pairs, reading.printed[0], reading.read[0], 1)
    return pairs


def pairs_of_files(printed: Path, read: Path, times: int) -> Pairs:
    """Return the pairs of two texts that answer each other line for line; lines of unequal length tell nothing."""
    pairs: Pairs = {}
    lines = zip(printed.read_text("utf-8").split("\n"), read.read_text("utf-8").split("\n"), strict=False)
    for printed_line, read_line in lines:
        words, tokens = normalize(printed_line).split(), read_line.split()
        if len(words) == len(tokens):
            for word, token in zip(words, tokens, strict=True):
                _add(pairs, word, token, times)
    return pairs


def _together(pairs: Pairs, real: Pairs, times: float) -> Pairs:
    """Return the counts of two sets of pairs added up, the second `times` over."""
    total = dict(pairs)
    for key, count in real.items():
        total[key] = total.get(key, 0.0) + count * times
    return total


def _add(pairs: Pairs, printed: str, read: str, times: int) -> None:
    word = printed.lstrip(OPENING)
    read = _without(read, len(printed) - len(word), 0)
    printed = word.rstrip(CLOSING)
    read = _without(read, 0, len(word) - len(printed))
    if printed.isalpha() and any(sign.isalnum() or not sign.isascii() for sign in read):
        pairs[printed, read] = pairs.get((printed, read), 0.0) + times


def _without(token: str, opening: int, closing: int) -> str:
    """Return a token without the punctuation that was printed round its word: at most so many signs at each end.

    A sign that nothing was printed for is part of how the word was read: ơ leaves o and a quote.
    """
    while opening and token[:1] in OPENING:
        token, opening = token[1:], opening - 1
    while closing and token[-1:] in CLOSING:
        token, closing = token[:-1], closing - 1
    return token


def _stripped(pairs: Pairs) -> Pairs:
    """Return pairs as if a share of all words had only lost their marks: faint print does that to lines."""
    stripped: Pairs = {}
    for (printed, _), times in pairs.items():
        key = printed, fold(printed)
        stripped[key] = stripped.get(key, 0.0) + times * _ONLY_STRIPPED
    return stripped


def build_channel(pairs: Pairs, real: Pairs, vocabulary: list[str], priors: Sequence[float]) -> ChannelTable:
    """Return the channel learnt from pairs, over all syllables and all marked words of the vocabulary.

    Args:
        pairs: (printed, read) -> how often, on pages that we made.
        real: the same on real pages: few, but the engine and the paper are the true ones.
        vocabulary: of the language model.
        priors: -log frequency of each of its words.
    """
    letters = letter_costs(_together(pairs, real, _REAL_LETTERS))
    pairs = _together(pairs, real, _REAL_WORDS)
    words = {
        number: word
        for number, word in enumerate(vocabulary)
        if word not in CLASSES and (is_syllable(word) or not word.isascii())
    }
    ids = {word: number for number, word in words.items()}
    counts: dict[tuple[int, Case, str], float] = {}
    for (printed, read), times in [*pairs.items(), *_stripped(pairs).items()]:
        number = ids.get(tone_key(printed.lower()))
        if number is not None:
            key = number, case_of(printed), read
            counts[key] = counts.get(key, 0.0) + times
    forms, novelty = mixed_forms(counts, Speller(words, priors, letters), _READINGS_A_TOKEN)
    return ChannelTable(sorted(words), letters, forms, novelty)
