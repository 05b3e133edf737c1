"""The channel: which printed words a token may stand for, and how well it fits each.

Three kinds of source spoil Vietnamese in three ways. An engine that knows no Vietnamese ("foreign") turns letters
into others, one into two or two into one (ủ: u, ii, ti; ậ: a, 4). Vietnamese engines ("vietnamese") mistake one mark
for another. Typists without marks ("stripped") drop them all. For the first two the channel is learnt from pairs of
printed and read words: forms that were seen carry their counts, others are spelt out letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log
from operator import itemgetter
from typing import Final, Literal, NamedTuple

from diacritics.memory import Recent

Case = Literal["lower", "title", "upper"]
CASES: Final[tuple[Case, ...]] = ("lower", "title", "upper")

_LONGEST_CHUNK: Final = 3
_LAYER: Final = 32  # states kept after each letter
_BEHIND: Final = 10.0  # and how far behind the cheapest, in nats
_LOOSE: Final = 24  # states that are carried on loosely
_DROPPING: Final = 6  # states that a letter is dropped after
_STRAY: Final = 4.5  # a sign on the paper that stands for nothing
_ANY: Final = 5.5  # one sign for one letter that it was never seen for
_FADED: Final = 7.0  # a letter that left no trace, at most
_REMEMBERED: Final = 3_000  # tokens whose readings are kept
_LONGEST_TOKEN: Final = 24  # nothing longer is one garbled syllable; without a limit a line of junk costs minutes
ALIKE: Final = frozenset("CIJKLOPSUVWXYZ")
"""Capitals that an engine takes their small letters for (I for l too), the letters being alike but for their size."""

_DISCOUNT: Final = 0.6
_LEAST_NEW: Final = 0.1  # a document is never quite like the pages that we made


class Reading(NamedTuple):
    """A printed word that a token may stand for: its id in the vocabulary, its case, and -log P(token | it)."""

    word: int
    case: Case
    cost: float


Key = tuple[int, Case]
Counts = Mapping[tuple[int, Case, str], float]


def case_of(token: str) -> Case:
    """Return how a correctly read word is cased; a single capital counts as Title."""
    if token.islower():
        return "lower"
    if token.isupper():
        return "upper" if len(token) > 1 else "title"
    return "title" if token[:1].isupper() else "lower"


def cases_of(token: str) -> list[Case]:
    """Return how the printed word may have been cased: engines mistake capitals that look like their small letters."""
    letters = [letter for letter in token if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    cases: list[Case] = []
    if capitals and 2 * capitals >= len(letters):
        cases.append("upper")
    if token[:1].isupper() and (capitals <= 2 or len(letters) < 4):
        cases.append("title")
    if not token[:1].isupper() or (capitals == 1 and token[0] in ALIKE):
        cases.append("lower")
    return cases


def with_case(word: str, case: Case) -> str:
    """Return a lower-case word cased as asked."""
    return word.upper() if case == "upper" else word[:1].upper() + word[1:] if case == "title" else word


@dataclass(slots=True)
class _Node:
    """A node of the trie of printed words.

    `word` is -1 where none ends; `prior` is that of the most frequent word below: what a state may yet come to.
    """

    children: dict[str, _Node] = field(default_factory=dict)
    word: int = -1
    prior: float = 99.0


_Layer = dict[int, tuple[float, _Node]]
"""States after so many signs of a token: what reaching a node has cost, and the prior of what it may come to."""


class Speller:
    """Letter-by-letter part of a channel: spells out what a token could be, over a trie of printed words.

    Args:
        words: vocabulary id -> lower-case printed word.
        priors: vocabulary id -> -log frequency; it decides which of many readings are worth giving.
        letters: printed letter (case kept) -> what is read for it, "" for nothing -> -log probability.
    """

    def __init__(
        self, words: Mapping[int, str], priors: Sequence[float], letters: Mapping[str, Mapping[str, float]]
    ) -> None:
        self._root = _Node()
        self.priors = priors
        for number, word in words.items():
            node = self._root
            for letter in word:
                node = node.children.setdefault(letter, _Node())
                node.prior = min(node.prior, priors[number])
            node.word = number
        self._dropped: dict[str, float] = {}
        self._chunks: tuple[dict[str, dict[str, float]], ...] = ({}, {})  # of small letters, of capitals
        for letter, reads in letters.items():
            for chunk, cost in reads.items():
                if chunk:
                    self._chunks[letter.isupper()].setdefault(chunk, {})[letter.lower()] = cost
                elif not letter.isupper():
                    self._dropped[letter] = min(cost, _FADED)

    def readings(self, token: str, case: Case, limit: int) -> list[Reading]:
        """Return the words so cased that best explain `token`, cheapest first; an over-long token has none.

        Besides what letters were seen to turn into, a sign may stand for nothing, or for any one letter.
        """
        if len(token) > _LONGEST_TOKEN:
            return []
        layers: list[_Layer] = [{} for _ in range(len(token) + 1)]
        layers[0][id(self._root)] = (self._root.prior, self._root)
        for place in range(len(token)):
            best = self._best(layers[place])
            _advance(token, place, best, layers, self._chunks[case == "upper" or (case == "title" and not place)])
            _advance_loosely(best[:_LOOSE], layers[place + 1])
        ends: dict[int, float] = {}
        for promise, node in self._best(layers[-1]):
            if node.word >= 0:
                cost = promise - node.prior
                ends[node.word] = min(cost, ends.get(node.word, cost))
        return likeliest((Reading(word, case, cost) for word, cost in ends.items()), self.priors, limit)

    def _best(self, layer: _Layer) -> list[tuple[float, _Node]]:
        """Return the most promising states of a layer, and those that follow when a letter left no trace."""
        best = sorted(layer.values(), key=itemgetter(0))[:_LAYER]
        if best:
            limit = best[0][0] + _BEHIND
            best = [state for state in best if state[0] <= limit]
        dropped = self._dropped
        for promise, node in best[:_DROPPING]:
            cost = promise - node.prior
            for letter, child in node.children.items():
                best.append((cost + dropped.get(letter, _FADED) + child.prior, child))
        return best


def _advance(
    token: str, place: int, best: list[tuple[float, _Node]], layers: list[_Layer], chunks: dict[str, dict[str, float]]
) -> None:
    """Carry states over every chunk of the token that begins at `place`."""
    for length in range(1, min(_LONGEST_CHUNK, len(token) - place) + 1):
        options = chunks.get(token[place : place + length])
        if not options:
            continue
        layer = layers[place + length]
        for promise, node in best:
            cost = promise - node.prior
            for letter, child in node.children.items():
                if letter in options:
                    total = cost + options[letter] + child.prior
                    known = layer.get(id(child))
                    if known is None or total < known[0]:
                        layer[id(child)] = (total, child)


def _advance_loosely(best: list[tuple[float, _Node]], layer: _Layer) -> None:
    """Carry states over one sign that stands for nothing, or for any letter."""
    for promise, node in best:
        known = layer.get(id(node))
        if known is None or promise + _STRAY < known[0]:
            layer[id(node)] = (promise + _STRAY, node)
        cost = promise - node.prior + _ANY
        for child in node.children.values():
            known = layer.get(id(child))
            if known is None or cost + child.prior < known[0]:
                layer[id(child)] = (cost + child.prior, child)


def likeliest(readings: Iterable[Reading], priors: Sequence[float], limit: int) -> list[Reading]:
    """Return the readings that are likeliest out of context, cost and frequency taken together; cheapest first."""
    ranked = sorted(readings, key=lambda reading: (reading.cost + priors[reading.word], reading.word, reading.case))
    return sorted(ranked[:limit], key=lambda reading: (reading.cost, reading.word, reading.case))


class Channel:
    """Readings of tokens: forms seen in training from a table, others by the speller; remembered either way.

    Args:
        forms: token -> its readings, costs already mixed from counts and spelling.
        novelty: vocabulary id -> -log probability that the word is read in a way never seen in training.
        speller: for tokens that are not in `forms`.
    """

    def __init__(self, forms: Mapping[str, list[Reading]], novelty: Mapping[int, float], speller: Speller) -> None:
        self._forms = forms
        self._novelty = novelty
        self._speller = speller
        self._memo: Recent[str, list[Reading]] = Recent(_REMEMBERED)

    def is_known(self, token: str) -> bool:
        """Return whether the token was seen in training."""
        return token in self._forms

    def readings(self, token: str, limit: int = 24) -> list[Reading]:
        """Return what `token` may stand for, cheapest first; empty where nothing printed explains it."""
        found = self._memo.get(token)
        if found is None:
            found = self._memo.put(token, self._forms.get(token) or self._spelt(token, limit))
        return found

    def _spelt(self, token: str, limit: int) -> list[Reading]:
        spelt = [reading for case in cases_of(token) for reading in self._speller.readings(token, case, limit)]
        novel = [Reading(word, case, cost + self._novelty.get(word, 0.0)) for word, case, cost in spelt]
        return likeliest(novel, self._speller.priors, limit)


def mixed_forms(counts: Counts, speller: Speller, limit: int) -> tuple[dict[str, list[Reading]], dict[int, float]]:
    """Return the table of forms and the novelty costs for a `Channel`, from counts of (word id, case, token).

    P(token | word) is its discounted relative frequency, plus the mass set aside for forms never seen, shared out by
    the speller (absolute discounting). So a form seen once for one word may still be another's.
    """
    seen: dict[Key, float] = {}
    kinds: dict[Key, int] = {}
    by_token: dict[str, dict[Key, float]] = {}
    for (word, case, token), count in counts.items():
        key = word, case
        seen[key] = seen.get(key, 0.0) + count
        kinds[key] = kinds.get(key, 0) + 1
        by_token.setdefault(token, {})[key] = count
    left = {key: min(max(_DISCOUNT * kinds[key] / (seen[key] + 1.0), _LEAST_NEW), 1.0) for key in seen}
    forms: dict[str, list[Reading]] = {}
    for token, keys in by_token.items():
        cases = sorted({*cases_of(token), *(case for _, case in keys)})
        spelt = {(word, case): cost for c in cases for word, case, cost in speller.readings(token, c, limit)}
        readings = []
        for key in {*keys, *spelt}:
            share = max(keys.get(key, 0.0) - _DISCOUNT, 0.0) / (seen.get(key, 0.0) + 1.0)
            share += left.get(key, 1.0) * exp(-spelt.get(key, 25.0))
            readings.append(Reading(*key, -log(max(share, 1e-12))))
        forms[token] = likeliest(readings, speller.priors, limit)
    novelty: dict[int, float] = {}
    for (word, _), share in left.items():
        novelty[word] = max(novelty.get(word, 0.0), -log(share))
    return forms, novelty
