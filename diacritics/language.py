"""The language model: how likely a syllable is after the ones before it.

A trie of n-grams in flat arrays, walked as an automaton. Every n-gram is an entry: a word, a log probability, and, if
longer n-grams begin with it, a back-off weight and a slice of entries that continue it. A `State` is the longest
n-gram that the text so far ends in; states remember what they were asked, since official prose repeats itself.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from diacritics.tokens import UNKNOWN

STEP: Final = 1 / 16
"""Resolution of stored log probabilities: a byte holds 0 to -15.9 in steps of a sixteenth."""

_REMEMBERED: Final = 300_000  # transitions remembered before all are forgotten: some 40 MB at most
_STATES: Final = 100_000  # and states: some 20 MB


class State:
    """A place in the automaton: an n-gram, its weight for backing off, and the shorter n-gram to back off to."""

    __slots__ = ("asked", "backoff", "first", "last", "steps", "suffix")

    def __init__(self, backoff: float, suffix: State | None, first: int, last: int) -> None:
        self.backoff = backoff
        self.suffix = suffix
        self.first = first
        self.last = last
        self.steps: dict[int, tuple[float, State]] | None = None  # most states are never asked anything
        self.asked: dict[Words, Steps] | None = None


class Words:
    """Words that are asked for together, again and again: the readings of one token. Compared by identity."""

    __slots__ = ("alone", "ids", "places")

    def __init__(self, ids: Sequence[int]) -> None:
        self.ids = tuple(ids)
        self.alone: Steps | None = None  # what each costs without a context, once it was asked for
        self.places: dict[int, list[int]] = {}
        for place, word in enumerate(ids):
            self.places.setdefault(word, []).append(place)


Steps = tuple[list[float], list[State]]
"""Log probability of each of some words, and the state after each; not to be changed by who gets it."""


class LanguageModel:
    """An n-gram model with back-off, its words and how each is cased.

    Arrays, one value an entry (entries stand order after order, each order sorted by its words):
        words: (E,) uint16, the last word of the n-gram.
        costs: (E,) uint8, -log probability in steps of 1/16.
        backoffs: (S,) int8 for the S entries that are no longest n-grams, log weight in steps of 1/16.
        children: (S,) uint16, how many entries continue each.
        frequencies: (V,) uint8, -log relative frequency of each word (the model's own first order tells in how many
            contexts a word is seen instead: "dõi" is frequent, but only after "theo").
        capitals: (V, 3) flattened uint8, -log share of lower, Title and UPPER case of each word, steps of 1/16.
    """

    def __init__(self, vocabulary: list[str], arrays: dict[str, NDArray[Any]]) -> None:
        self.vocabulary = vocabulary
        self.ids: dict[str, int] = {word: number for number, word in enumerate(vocabulary)}
        self.unknown = self.ids[UNKNOWN]
        self._words = array("H", arrays["words"].tobytes())
        self._costs = arrays["costs"].tobytes()
        self._backoffs = array("b", arrays["backoffs"].tobytes())
        starts = len(vocabulary) + np.concatenate(([0], np.cumsum(arrays["children"], dtype=np.uint32)))
        self._starts = array("I", starts.astype(np.uint32).tobytes())
        self._inner = len(self._backoffs)
        self.priors: list[float] = (arrays["frequencies"] * STEP).tolist()
        self.case_costs = (arrays["capitals"].astype(np.float32) * STEP).reshape(-1, 3).tolist()
        self._remembered = 0
        self._states: dict[int, State] = {}

    def __len__(self) -> int:
        """Return how many n-grams the model holds."""
        return len(self._words)

    def start(self, word: str) -> State:
        """Return the state after one word, with nothing known before it."""
        return self._unigram(self.ids.get(word, self.unknown))

    def step(self, state: State, word: int) -> tuple[float, State]:
        """Return the log probability of `word` after `state`, and the state that it leads to."""
        if state.steps is None:
            state.steps = {}
        found = state.steps.get(word)
        if found is None:
            found = self._walk(state, word)
            self._count(1)  # may forget all that was asked: only then is this kept
            if state.steps is None:
                state.steps = {}
            state.steps[word] = found
        return found

    def steps(self, state: State, words: Words) -> Steps:
        """Return `step` for each of several words, probabilities and states apart."""
        if state.asked is None:
            state.asked = {}
        found = state.asked.get(words)
        if found is not None:
            return found
        if state.suffix is not None:
            shorter, after = self.steps(state.suffix, words)
        else:
            shorter, after = words.alone = words.alone or self._alone(words)
        backoff = state.backoff
        probabilities = [backoff + probability for probability in shorter] if backoff else shorter.copy()
        continued = self._continuations(state, words)
        if continued:
            after = after.copy()
        for entry, word in continued:
            for place in words.places[word]:
                probabilities[place] = -self._costs[entry] * STEP
                if entry < self._inner:  # after a longest n-gram the state is that after its suffix, as it stands
                    after[place] = self._state(entry, state, word)
        self._count(len(probabilities))  # may forget all that was asked: only then is this kept
        if state.asked is None:
            state.asked = {}
        found = state.asked[words] = probabilities, after
        return found

    def _alone(self, words: Words) -> Steps:
        return [-self._costs[word] * STEP for word in words.ids], [self._unigram(word) for word in words.ids]

    def _continuations(self, state: State, words: Words) -> list[tuple[int, int]]:
        """Return the entries that continue a state with one of the words, and which word each is."""
        first, last, entries, known = state.first, state.last, self._words, words.places
        if last - first <= 4 * len(known):
            return [(entry, entries[entry]) for entry in range(first, last) if entries[entry] in known]
        found = []
        for word in known:
            entry = bisect_left(entries, word, first, last)
            if entry < last and entries[entry] == word:
                found.append((entry, word))
        return found

    def _walk(self, state: State, word: int) -> tuple[float, State]:
        entry = bisect_left(self._words, word, state.first, state.last)
        if entry < state.last and self._words[entry] == word:
            probability = -self._costs[entry] * STEP
            if entry < self._inner:
                return probability, self._state(entry, state, word)
            return probability, (self.step(state.suffix, word)[1] if state.suffix else self._unigram(word))
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
            found = suffix if first == last else State(self._backoffs[entry] * STEP, suffix, first, last)
            self._states[entry] = found
        return found

    def _unigram(self, word: int) -> State:
        found = self._states.get(word)
        if found is None:
            first, last = self._starts[word], self._starts[word + 1]
            found = self._states[word] = State(self._backoffs[word] * STEP, None, first, last)
        return found

    def _count(self, remembered: int) -> None:
        self._remembered += remembered
        if self._remembered > _REMEMBERED or len(self._states) > _STATES:
            for state in self._states.values():
                state.steps = state.asked = None
            # States of single words stay: what words cost alone leads to them.
            self._states = {entry: state for entry, state in self._states.items() if entry < len(self.vocabulary)}
            self._remembered = 0
