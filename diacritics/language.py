"""The language model: how likely a syllable is after the ones before it.

A trie of n-grams in flat arrays, walked as an automaton. Every n-gram is an entry: a word, a log probability, and, if
longer n-grams begin with it, a back-off weight and a slice of entries that continue it. A `State` is the longest
n-gram that the text so far ends in; states remember where each word led them, since official prose repeats itself.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from diacritics.tokens import UNKNOWN

STEP: Final = 1 / 16
"""Resolution of stored log probabilities: a byte holds 0 to -15.9 in steps of a sixteenth."""

_REMEMBERED: Final = 600_000
"""How many transitions are remembered before all are forgotten: some 100 MB at most."""


class State:
    """A place in the automaton: an n-gram, its weight for backing off, and the shorter n-gram to back off to."""

    __slots__ = ("backoff", "first", "last", "memo", "suffix", "words")

    def __init__(self, words: tuple[int, ...], backoff: float, suffix: State | None, first: int, last: int) -> None:
        self.words = words
        self.backoff = backoff
        self.suffix = suffix
        self.first = first
        self.last = last
        self.memo: dict[int, tuple[float, State]] = {}


class LanguageModel:
    """An n-gram model with back-off, its words and how each is cased.

    Arrays, one value an entry (entries stand order after order, each order sorted by its words):
        words: (E,) uint16, the last word of the n-gram.
        costs: (E,) uint8, -log probability in steps of 1/16.
        backoffs: (S,) int8 for the S entries that are no longest n-grams, log weight in steps of 1/16.
        children: (S,) uint16 or uint32, how many entries continue each.
        capitals: (V, 3) flattened uint8, -log share of lower, Title and UPPER case of each word, steps of 1/16.
    """

    def __init__(self, vocabulary: list[str], arrays: dict[str, NDArray[Any]]) -> None:
        self.vocabulary = vocabulary
        self.ids: dict[str, int] = {word: number for number, word in enumerate(vocabulary)}
        self.unknown = self.ids[UNKNOWN]
        self._words = _fast("H", arrays["words"])
        self._costs = arrays["costs"].tobytes()
        self._backoffs = _fast("b", arrays["backoffs"])
        starts = len(vocabulary) + np.concatenate(([0], np.cumsum(arrays["children"], dtype=np.int64)))
        self._starts = _fast("I", starts.astype(np.uint32))
        self._inner = len(arrays["backoffs"])
        self.case_costs = (arrays["capitals"].astype(np.float32) * STEP).reshape(-1, 3).tolist()
        self._remembered = 0
        self._states: dict[int, State] = {}
        self._root: tuple[State, ...] = ()

    def __len__(self) -> int:
        """Return how many n-grams the model holds."""
        return len(self._words)

    def start(self, word: str) -> State:
        """Return the state after one word, with nothing known before it."""
        return self._unigram(self.ids.get(word, self.unknown))

    def step(self, state: State, word: int) -> tuple[float, State]:
        """Return the log probability of `word` after `state`, and the state that it leads to."""
        found = state.memo.get(word)
        if found is None:
            found = self._walk(state, word)
            if self._remembered >= _REMEMBERED:
                self._forget()
            self._remembered += 1
            state.memo[word] = found
        return found

    def _walk(self, state: State, word: int) -> tuple[float, State]:
        entry = bisect_left(self._words, word, state.first, state.last)
        if entry < state.last and self._words[entry] == word:
            probability = -self._costs[entry] * STEP
            if entry < self._inner:
                return probability, self._state(entry, state, word)
            suffix = state.suffix
            return probability, (self.step(suffix, word)[1] if suffix else self._unigram(word))
        if state.suffix is None:
            return state.backoff - self._costs[word] * STEP, self._unigram(word)
        probability, after = self.step(state.suffix, word)
        return state.backoff + probability, after

    def _state(self, entry: int, before: State, word: int) -> State:
        """Return the state of the n-gram `entry`, reached from `before`; one that nothing continues is its suffix's."""
        found = self._states.get(entry)
        if found is None:
            suffix = self.step(before.suffix, word)[1] if before.suffix else self._unigram(word)
            first, last = self._starts[entry], self._starts[entry + 1]
            if first == last:
                found = suffix
            else:
                found = State((*before.words, word), self._backoffs[entry] * STEP, suffix, first, last)
            self._states[entry] = found
        return found

    def _unigram(self, word: int) -> State:
        found = self._states.get(word)
        if found is None:
            first, last = self._starts[word], self._starts[word + 1]
            found = self._states[word] = State((word,), self._backoffs[word] * STEP, None, first, last)
        return found

    def _forget(self) -> None:
        for state in self._states.values():
            state.memo.clear()
        self._remembered = 0


def _fast(kind: str, values: NDArray[Any]) -> array[Any]:
    """Return an array whose single elements Python reads fast (numpy's are slow to take one by one)."""
    return array(kind, np.ascontiguousarray(values, dtype=np.dtype(kind)).tobytes())
