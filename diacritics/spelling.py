"""The speller: which printed words a token may stand for, letter by letter, where it was never seen in training.

A beam over a trie of printed words. The trie lies in flat arrays and a layer of states goes over a sign as a whole: in
a bad scan every other token is new, in a damaged file every one, and each has thousands of states.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from diacritics.memory import Recent

Case = Literal["lower", "title", "upper"]

_LONGEST_CHUNK: Final = 3
_LAYER: Final = 32  # states kept after each letter
_BEHIND: Final = 10.0  # and how far behind the cheapest, in nats
_LOOSE: Final = 24  # states that are carried on loosely
_DROPPING: Final = 6  # states that a letter is dropped after
_STRAY: Final = 4.5  # a sign on the paper that stands for nothing
_ANY: Final = 5.5  # one sign for one letter that it was never seen for
_FADED: Final = 7.0  # a letter that left no trace, at most
_LONGEST_TOKEN: Final = 24  # nothing longer is one garbled syllable
_REMEMBERED: Final = 1_000  # beginnings of tokens whose states are kept: 2 KB each, those of one letter more
_NO_WORD: Final = -1
_ROOT: Final = 0


class Reading(NamedTuple):
    """A printed word that a token may stand for: its id in the vocabulary, its case, and -log P(token | it)."""

    word: int
    case: Case
    cost: float


class _States(NamedTuple):
    """States after so many signs of a token: what each may come to at best, as -log probability, and its node."""

    promises: NDArray[np.float64]
    nodes: NDArray[np.intp]


class _Fan(NamedTuple):
    """Where states lead: all children of their nodes, of which state each is one, and what that state has cost."""

    states: _States
    children: NDArray[np.intp]
    of: NDArray[np.intp]
    costs: NDArray[np.float64]


class _Trie:
    """The trie of printed words; the children of a node stand together, in the order in which the words brought them.

    Arrays, one value a node:
        first, count: (N,) intp, where its children begin and how many they are.
        letter: (N,) intp, number of the letter that leads to it; `letters` has them.
        word: (N,) intp, the word that ends in it or -1.
        prior: (N,) float64, of the most frequent word below: what a state may yet come to.
    """

    def __init__(self, words: Mapping[int, str], priors: Sequence[float]) -> None:
        children: list[dict[str, int]] = [{}]
        word, prior = [_NO_WORD], [99.0]
        for number, spelling in words.items():
            node = _ROOT
            for letter in spelling:
                if letter not in children[node]:
                    children[node][letter] = len(children)
                    children.append({})
                    word.append(_NO_WORD)
                    prior.append(99.0)
                node = children[node][letter]
                prior[node] = min(prior[node], priors[number])
            word[node] = number
        self.letters: dict[str, int] = {}
        order, letter_of = [_ROOT], [0]
        for node in order:  # grows as it is walked: breadth first, so that children stand together
            order += children[node].values()
            letter_of += [self.letters.setdefault(letter, len(self.letters)) for letter in children[node]]
        self.word, self.prior = np.array(word, dtype=np.intp)[order], np.array(prior)[order]
        self.letter = np.array(letter_of, dtype=np.intp)
        self.count = np.array([len(children[node]) for node in order], dtype=np.intp)
        self.first = 1 + np.cumsum(self.count) - self.count

    def below(self, nodes: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return all children of some nodes, those of the first first, and of which of the nodes each is one."""
        counts = self.count[nodes]
        starts = self.first[nodes] - np.cumsum(counts) + counts
        children = np.repeat(starts, counts)
        children += np.arange(len(children))
        return children, np.repeat(np.arange(len(nodes)), counts)

    def by_letter(self, costs: Mapping[str, float], otherwise: float) -> NDArray[np.float64]:
        """Return the costs of letters by their numbers."""
        laid_out = np.full(len(self.letters), otherwise)
        for letter, cost in costs.items():
            if letter in self.letters:
                laid_out[self.letters[letter]] = cost
        return laid_out


class Speller:
    """Letter-by-letter part of a channel: spells out what a token could be.

    Args:
        words: vocabulary id -> lower-case printed word.
        priors: vocabulary id -> -log frequency; it decides which of many readings are worth giving.
        letters: printed letter (case kept) -> what is read for it, "" for nothing -> -log probability.

    Attributes:
        steps: signs that states were carried over so far: what spelling costs.
    """

    def __init__(
        self, words: Mapping[int, str], priors: Sequence[float], letters: Mapping[str, Mapping[str, float]]
    ) -> None:
        self.priors = priors
        self._trie = _Trie(words, priors)
        dropped: dict[str, float] = {}
        chunks: tuple[dict[str, dict[str, float]], ...] = ({}, {})  # of small letters, of capitals
        for letter, reads in letters.items():
            for chunk, cost in reads.items():
                if chunk:
                    chunks[letter.isupper()].setdefault(chunk, {})[letter.lower()] = cost
                elif not letter.isupper():
                    dropped[letter] = min(cost, _FADED)
        self.steps = 0
        self._memo: Recent[tuple[str, Case], _States] = Recent(_REMEMBERED)
        self._dropped = self._trie.by_letter(dropped, _FADED)
        self._chunks = [
            {chunk: self._trie.by_letter(costs, np.inf) for chunk, costs in of_case.items()} for of_case in chunks
        ]
        self._start = self._best([_States(self._trie.prior[:1], np.array([_ROOT]))])

    def readings(self, token: str, case: Case, limit: int) -> list[Reading]:
        """Return the words so cased that best explain `token`, cheapest first; an over-long token has none.

        Besides what letters were seen to turn into, a sign may stand for nothing, or for any one letter.
        """
        if len(token) > _LONGEST_TOKEN:
            return []
        promises, nodes = self._after(token, case)
        words, costs = self._trie.word[nodes], promises - self._trie.prior[nodes]
        ends: dict[int, float] = {}
        for word, cost in zip(words.tolist(), costs.tolist(), strict=True):
            if word != _NO_WORD:
                ends[word] = min(cost, ends.get(word, cost))
        return likeliest((Reading(word, case, cost) for word, cost in ends.items()), self.priors, limit)

    def _after(self, token: str, case: Case) -> _States:
        """Return the most promising states after all signs of `token`; tokens that begin alike share the way."""
        states = [self._start]
        fans: dict[int, _Fan] = {}
        for end in range(1, len(token) + 1):
            key = token[:end], case
            found = self._memo.get(key)
            if found is None:
                for start in range(max(0, end - _LONGEST_CHUNK), end):
                    if start not in fans:
                        fans[start] = self._fan(states[start])
                found = self._memo.put(key, self._best(list(self._led(token, end, case, fans))))
                self.steps += 1
            states.append(found)
        return states[-1]

    def _fan(self, states: _States) -> _Fan:
        children, of = self._trie.below(states.nodes)
        return _Fan(states, children, of, (states.promises - self._trie.prior[states.nodes])[of])

    def _led(self, token: str, end: int, case: Case, fans: Mapping[int, _Fan]) -> Iterator[_States]:
        """Yield the states that chunks of the token lead to which end there, and its last sign whatever it is."""
        for start in range(max(0, end - _LONGEST_CHUNK), end):
            capital = case == "upper" or (case == "title" and not start)
            options = self._chunks[capital].get(token[start:end])
            if options is not None:
                _, children, _, costs = fans[start]
                totals = costs + options[self._trie.letter[children]] + self._trie.prior[children]
                possible = np.flatnonzero(totals < np.inf)
                yield _States(totals[possible], children[possible])
        yield self._loosely(fans[end - 1])

    def _loosely(self, fan: _Fan) -> _States:
        """Return the states after one sign that stands for nothing, or for any letter."""
        (promises, nodes), children, of, costs = fan
        kept, count = min(_LOOSE, len(nodes)), int(np.searchsorted(of, _LOOSE))
        loose = _States(np.empty(kept + count), np.empty(kept + count, dtype=np.intp))
        stay = np.arange(kept) + np.searchsorted(of, np.arange(kept))  # each state before those that it leads to
        go_on = np.arange(1, count + 1) + of[:count]
        loose.promises[stay], loose.nodes[stay] = promises[:kept] + _STRAY, nodes[:kept]
        loose.promises[go_on] = costs[:count] + _ANY + self._trie.prior[children[:count]]
        loose.nodes[go_on] = children[:count]
        return loose

    def _best(self, led: Sequence[_States]) -> _States:
        """Return the most promising of some states, and those that follow when a letter left no trace."""
        promises, nodes = (np.concatenate(parts) for parts in zip(*led, strict=True))
        by_node = nodes.argsort(kind="stable")
        begins = np.flatnonzero(np.diff(nodes[by_node], prepend=-1))
        cheapest, came = np.minimum.reduceat(promises[by_node], begins), by_node[begins]
        near = np.flatnonzero(cheapest <= cheapest.min() + _BEHIND)
        near = near[np.lexsort((came[near], cheapest[near]))][:_LAYER]  # of equals, what came first
        best = _States(cheapest[near], nodes[came[near]])
        _, children, _, costs = self._fan(_States(best.promises[:_DROPPING], best.nodes[:_DROPPING]))
        faded = costs + self._dropped[self._trie.letter[children]] + self._trie.prior[children]
        return _States(np.concatenate((best.promises, faded)), np.concatenate((best.nodes, children)))


def likeliest(readings: Iterable[Reading], priors: Sequence[float], limit: int) -> list[Reading]:
    """Return the readings that are likeliest out of context, cost and frequency taken together; cheapest first."""
    ranked = sorted(readings, key=lambda reading: (reading.cost + priors[reading.word], reading.word, reading.case))
    return sorted(ranked[:limit], key=lambda reading: (reading.cost, reading.word, reading.case))
