"""The channel: which printed words a token may stand for, and how well it fits each.

Three kinds of source spoil Vietnamese in three ways. An engine that knows no Vietnamese ("foreign") turns letters
into others, one into two or two into one (ủ: u, ii, ti; ậ: a, 4). Vietnamese engines ("vietnamese") mistake one mark
for another. Typists without marks ("stripped") drop them all. For the first two the channel is learnt from pairs of
printed and read words: forms that were seen carry their counts, others are spelt out letter by letter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log
from typing import Final, Literal, NamedTuple

Case = Literal["lower", "title", "upper"]

_LONGEST_CHUNK: Final = 3
_STRAINED: Final = 11.0  # a reading this dear is a last resort: look further
_STRAY: Final = 5.0  # a sign on the paper that stands for nothing
_ANY: Final = 6.5  # one sign for one letter that it was never seen for
_NEVER: Final = 12.0  # a letter that was never seen to leave no trace
_LAYER: Final = 60  # states kept after each letter: enough that the true word is lost about once in a thousand
_LONGEST_TOKEN: Final = 24  # nothing longer is one garbled syllable; without a limit a line of junk costs minutes


class Reading(NamedTuple):
    """A printed word that a token may stand for (its id in the vocabulary) and -log P(token | word)."""

    word: int
    cost: float


def case_of(token: str) -> Case:
    """Return how the printed word was cased, judged by the letters that were read."""
    letters = [letter for letter in token if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    if len(letters) > 1 and capitals >= len(letters) - letters.count("l") and capitals > 1:
        return "upper"  # a capital I is often read as l
    return "title" if token[:1].isupper() else "lower"


def with_case(word: str, case: Case) -> str:
    """Return a lower-case word cased as the token was."""
    return word.upper() if case == "upper" else word[:1].upper() + word[1:] if case == "title" else word


@dataclass(slots=True)
class _Node:
    """A node of the trie of printed words; `word` is -1 where none ends."""

    children: dict[str, _Node] = field(default_factory=dict)
    word: int = -1


class Speller:
    """Letter-by-letter part of a channel: spells out what a token could be, over a trie of printed words.

    Args:
        words: vocabulary id -> lower-case printed word.
        letters: printed letter (case kept) -> what is read for it, "" for nothing -> -log probability.
    """

    def __init__(self, words: Mapping[int, str], letters: Mapping[str, Mapping[str, float]]) -> None:
        self._root = _Node()
        for number, word in words.items():
            node = self._root
            for letter in word:
                node = node.children.setdefault(letter, _Node())
            node.word = number
        self._dropped: dict[str, float] = {}
        self._chunks: tuple[dict[str, list[tuple[str, float]]], ...] = ({}, {})  # of small letters, of capitals
        for letter, reads in letters.items():
            for chunk, cost in reads.items():
                if chunk:
                    table = self._chunks[letter.isupper()]
                    table.setdefault(chunk, []).append((letter.lower(), cost))
                elif not letter.isupper():
                    self._dropped[letter] = cost

    def readings(self, token: str, case: Case, limit: int) -> list[Reading]:
        """Return the words that best explain `token`, cheapest first; an over-long token has none."""
        if len(token) > _LONGEST_TOKEN:
            return []
        found = self._search(token, case, loose=False)
        if not found or found[0].cost > _STRAINED:
            found = self._search(token, case, loose=True)
        return found[:limit]

    def _search(self, token: str, case: Case, loose: bool) -> list[Reading]:
        """Walk the trie along the token; `loose` also passes signs that stand for nothing or for any one letter."""
        layers: list[dict[int, tuple[float, _Node]]] = [{} for _ in range(len(token) + 1)]
        layers[0][id(self._root)] = (0.0, self._root)
        for place in range(len(token)):
            self._drop(layers[place])
            best = sorted(layers[place].values(), key=lambda item: item[0])[:_LAYER]
            chunks = self._chunks[case == "upper" or (case == "title" and not place)]
            self._advance(token, place, best, layers, chunks)
            if loose:
                for before, node in best:
                    _offer(layers[place + 1], before + _STRAY, node)
                    for child in node.children.values():
                        _offer(layers[place + 1], before + _ANY, child)
        self._drop(layers[-1])
        ends = [Reading(node.word, cost) for cost, node in layers[-1].values() if node.word >= 0]
        return sorted(ends, key=lambda reading: reading.cost)

    def _advance(
        self,
        token: str,
        place: int,
        best: list[tuple[float, _Node]],
        layers: list[dict[int, tuple[float, _Node]]],
        chunks: dict[str, list[tuple[str, float]]],
    ) -> None:
        for length in range(1, min(_LONGEST_CHUNK, len(token) - place) + 1):
            options = chunks.get(token[place : place + length])
            if not options:
                continue
            layer = layers[place + length]
            for before, node in best:
                children = node.children
                for letter, cost in options:
                    child = children.get(letter)
                    if child is not None:
                        total = before + cost
                        known = layer.get(id(child))
                        if known is None or total < known[0]:
                            layer[id(child)] = (total, child)

    def _drop(self, layer: dict[int, tuple[float, _Node]]) -> None:
        """Let each state pass one letter that left no trace on the paper."""
        for before, node in list(layer.values()):
            for letter, child in node.children.items():
                _offer(layer, before + self._dropped.get(letter, _NEVER), child)


def _offer(layer: dict[int, tuple[float, _Node]], cost: float, node: _Node) -> None:
    known = layer.get(id(node))
    if known is None or cost < known[0]:
        layer[id(node)] = (cost, node)


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
        self._memo: dict[str, list[Reading]] = {}

    def is_known(self, token: str) -> bool:
        """Return whether the token was seen in training."""
        return token in self._forms

    def readings(self, token: str, limit: int = 14) -> list[Reading]:
        """Return what `token` may stand for, cheapest first; empty where nothing printed explains it."""
        found = self._memo.get(token)
        if found is None:
            found = self._forms.get(token) or self._spelt(token, limit)
            if len(self._memo) > 50_000:
                self._memo.clear()
            self._memo[token] = found
        return found

    def _spelt(self, token: str, limit: int) -> list[Reading]:
        spelt = self._speller.readings(token, case_of(token), limit)
        return [Reading(word, cost + self._novelty.get(word, 0.0)) for word, cost in spelt]


def mixed_forms(
    counts: Mapping[tuple[int, str], float], speller: Speller, limit: int
) -> tuple[dict[str, list[Reading]], dict[int, float]]:
    """Return the table of forms and the novelty costs for a `Channel`, from counts of (word id, token).

    P(token | word) is its discounted relative frequency, plus the mass set aside for forms never seen, shared out by
    the speller (absolute discounting). So a form seen once for one word may still be another's.
    """
    seen: dict[int, float] = {}
    kinds: dict[int, int] = {}
    by_token: dict[str, dict[int, float]] = {}
    for (word, token), count in counts.items():
        seen[word] = seen.get(word, 0.0) + count
        kinds[word] = kinds.get(word, 0) + 1
        by_token.setdefault(token, {})[word] = count
    discount = 0.6
    left = {word: max(discount * kinds[word] / (seen[word] + 1.0), 0.03) for word in seen}
    novelty = {word: -log(min(share, 1.0)) for word, share in left.items()}
    forms: dict[str, list[Reading]] = {}
    for token, words in by_token.items():
        spelt = {word: cost for word, cost in speller.readings(token, case_of(token), limit)}
        costs: list[Reading] = []
        for word in {*words, *spelt}:
            share = max(words.get(word, 0.0) - discount, 0.0) / (seen.get(word, 0.0) + 1.0)
            share += min(left.get(word, 1.0), 1.0) * 2.718281828 ** -spelt.get(word, 25.0)
            costs.append(Reading(word, -log(max(share, 1e-12))))
        costs.sort(key=lambda reading: reading.cost)
        forms[token] = costs[:limit]
    return forms, novelty
