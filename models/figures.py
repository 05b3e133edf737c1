"""The model of figures: whether a figure is a target, a result or neither, and which words say what it measures.

An encoder (two layers of attention over the words of a paragraph, learnt from the text corpora by guessing words left
out) and two small nets over what it makes of the words and what the rules know, learnt from annotated documents.
`make models` writes the file; figures.md says what it holds and how good it is. What the features of words and figures
are is told in pipeline/parsing/sequences.py and surroundings.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.packing import pack, unpack
from models.restoration import MODELS

FIGURES: Final = "figures.bin"
BUCKETS: Final = 1 << 17
"""How many keys are told apart; words, and pairs of words, share them by their hash."""
WIDTH, HEADS, LAYERS = 64, 4, 2
FAR: Final = 32
"""Words farther apart than this are equally far for the encoder."""
LONGEST: Final = 176
"""How many words a row has at most."""
NEITHER, TARGET, RESULT = range(3)
_USUAL: Final = np.array([0.08, 0.05, 0.03, 0.35, 0.35, 0.45, 0.25], np.float32)
"""How often a word of each sort of place belongs to the indicator; the last: how often a name ends where it may end."""
ENDING: Final = len(_USUAL) - 1
"""The sort of a word at which the name of what is counted may end."""
_DOUBT, _SCALE = 4.0, 2.0
"""As many times a word counts as the usual before its own count does."""

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Vocabulary:
    """The words that have a vector, by their numbers."""

    def __init__(self, words: Sequence[str]) -> None:
        self._numbers = {word: at for at, word in enumerate(words)}
        self.unknown, self._figure = self._numbers["<unk>"], self._numbers["0"]

    def number(self, low: str) -> int:
        """Return the number of a word in lower case; all figures are one word."""
        return self._figure if low[0].isdigit() else self._numbers.get(low, self.unknown)


class FigureModel:
    """`words` are those that have a vector; `arrays` the weights by their names, as pipeline/learning fits them."""

    def __init__(self, words: Sequence[str], arrays: dict[str, Floats]) -> None:
        self.arrays, self.vocabulary = arrays, Vocabulary(words)
        at = np.arange(LONGEST)
        apart = np.clip(at - at[:, None], -FAR, FAR) + FAR
        self._apart = [arrays[f"apart{layer}"][:, apart] for layer in range(LAYERS)]

    def encoded(self, ids: Ints, features: Floats, place: Floats) -> Floats:
        """Return what the encoder makes of a row of words, as (words, WIDTH)."""
        arrays, count = self.arrays, len(ids)
        row = np.concatenate([arrays["vectors"][ids], features, np.broadcast_to(place, (count, len(place)))], axis=1)
        states = row @ arrays["entry"] + arrays["entry_bias"]
        for layer in range(LAYERS):
            asked = _normed(states, arrays[f"attention_scale{layer}"]) @ arrays[f"attention{layer}"]
            query, key, value = asked.reshape(count, 3, HEADS, WIDTH // HEADS).transpose(1, 2, 0, 3)
            odds = query @ key.transpose(0, 2, 1) / np.float32((WIDTH // HEADS) ** 0.5)
            odds += self._apart[layer][:, :count, :count]
            odds = np.exp(odds - odds.max(axis=-1, keepdims=True))
            heard = (odds / odds.sum(axis=-1, keepdims=True)) @ value
            states = states + heard.transpose(1, 0, 2).reshape(count, WIDTH) @ arrays[f"joined{layer}"]
            inner = _normed(states, arrays[f"inner_scale{layer}"]) @ arrays[f"inner{layer}"]
            states = states + np.maximum(inner + arrays[f"inner_bias{layer}"], 0) @ arrays[f"outer{layer}"]
        return np.asarray(states, np.float32)

    def likely(self, features: Floats, keys: Ints, sorts: Ints, words: Floats, figure: Floats) -> Floats:
        """Return the probability of each word of a figure to be of its indicator.

        One row of features, of keys and of the encoder's states for each word; the state of the figure.
        """
        known = more_than_usual(self.arrays["taken"][keys], self.arrays["seen"][keys], sorts)
        beside = np.broadcast_to(figure, words.shape)
        row = np.concatenate([features, known, words, beside, words * figure], axis=1)
        odds = _net(row, self.arrays, "word")[:, 0]
        return np.asarray(1 / (1 + np.exp(-odds)), np.float32)

    def ends(self, features: Floats, keys: Ints, sorts: Ints, words: Floats, behind: Floats, figure: Floats) -> Floats:
        """Return the chances of the name of what is counted to end at each of some words.

        One row of features, of keys and of the encoder's states for each word, and of those of what is behind it.
        """
        known = more_than_usual(self.arrays["taken"][keys], self.arrays["seen"][keys], sorts)
        row = np.concatenate([features, known, words, behind, np.broadcast_to(figure, words.shape)], axis=1)
        return _shares(_net(row, self.arrays, "end")[:, 0])

    def chances(self, rules: Floats, figure: Floats, behind: Floats, row: Floats, place: Floats) -> Floats:
        """Return the chances of one figure to be neither target nor result, a target, a result."""
        return _shares(_net(np.concatenate([rules, figure, behind, row, place]), self.arrays, "kind"))

    def sure(self, features: Floats) -> float:
        """Return the chance that a target or result is right, by what speaks for it."""
        odds = float(features @ self.arrays["sure"])
        return round(float(1 / (1 + np.exp(-odds))), 4)


def more_than_usual(taken: Floats, seen: Floats, sorts: Ints) -> Floats:
    """Return how much more often than usual words were taken that were seen so often, by the sorts of their places.

    One row a word, one column a key; a word never seen is as usual.
    """
    usual = _USUAL[sorts][:, None]
    return np.asarray(_SCALE * ((taken + _DOUBT * usual) / (seen + _DOUBT) - usual), np.float32)


def _shares(odds: Floats) -> Floats:
    chances = np.exp(odds - odds.max())
    return np.asarray(chances / chances.sum(), np.float32)


def _normed(states: Floats, scale: Floats) -> Floats:
    size = np.sqrt(np.mean(states * states, axis=-1, keepdims=True) + 1e-5)
    return np.asarray(states * scale / size, np.float32)


def _net(row: Floats, arrays: dict[str, Floats], name: str) -> Floats:
    hidden = np.maximum(row @ arrays[f"{name}_inner"] + arrays[f"{name}_inner_bias"], 0)
    out: Floats = hidden @ arrays[f"{name}_outer"] + arrays[f"{name}_outer_bias"]
    return out


def save_figures(path: Path, words: Sequence[str], arrays: dict[str, Floats]) -> None:
    """Write a model; half the bits of its numbers are enough."""
    shapes = {name: list(array.shape) for name, array in arrays.items()}
    halves: dict[str, NDArray[Any]] = {name: array.astype(np.float16).ravel() for name, array in arrays.items()}
    pack(path, {"words": list(words), "shapes": shapes}, halves)


@cache
def load_figures(folder: Path = MODELS) -> FigureModel:
    """Return the model, loaded once. See `models.packing.unpack` for the errors."""
    facts, packed = unpack(folder / FIGURES)
    shapes = facts["shapes"]
    return FigureModel(facts["words"], {n: a.astype(np.float32).reshape(shapes[n]) for n, a in packed.items()})
