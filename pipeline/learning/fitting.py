"""Fitting the model of figures to examples: batches of rows of words, and the loss of words and kinds together."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray

from models.figures import BUCKETS, LONGEST, Floats, Ints, more_than_usual
from pipeline.learning.examples import Example, Figure
from pipeline.learning.network import Arrays, Batch, judged, new_heads
from pipeline.parsing.counting import END_FEATURES, LONGEST_NAME, SAID, Ends, told
from pipeline.parsing.sequences import MOODS, PLACE_FEATURES, RULE_FEATURES, TOKEN_FEATURES
from pipeline.parsing.surroundings import TOLD, WORD_FEATURES, WORD_KEYS, Seen

_log: Final = logging.getLogger("pipeline.learning")

_ROWS: Final = {64: 32, 112: 20, LONGEST: 12}
"""How many rows of what length a batch takes."""
_FIGURES, _WORDS = 64, 5120
"""How many figures, and words seen with them, a batch takes at most."""
_EPOCHS, _RATE, _WARM, _DECAY = 12, 2e-3, 50, 0.02
_KINDS_WEIGH: Final = 0.3
_ENDS_WEIGH: Final = 0.1
_SPOILED, _END_SPOILED, _PLACE_LOST, _MOOD_LOST, _MOOD_WRONG = 0.5, 0.3, 0.25, 0.3, 0.14
"""In what share of the examples what the rules say is spoiled, and what holds for the paragraph lost or wrong."""
_FROZEN: Final = "vectors"
"""Few documents would bend the vectors of their words away from those of words that they do not have."""


Known = tuple[Floats, Floats | None]
"""What other documents know of a figure's words, and of those at which the name of what it counts may end."""


class Counts(NamedTuple):
    """How often the words of each key belonged to the indicator, and how often they stood there."""

    taken: Floats
    seen: Floats

    def add(self, keys: Ints, taken: Floats | NDArray[np.bool_]) -> None:
        """Count words, by which of them were taken."""
        for column in keys.T:
            np.add.at(self.taken, column, taken)
            np.add.at(self.seen, column, 1)

    def known(self, words: Seen | Ends) -> Floats:
        """Return how much more often than usual each word was taken."""
        return more_than_usual(self.taken[words.keys], self.seen[words.keys], words.sorts)

    def less(self, other: Counts) -> Counts:
        """Return the counts without those of `other`."""
        return Counts(self.taken - other.taken, self.seen - other.seen)


def count(examples: Sequence[Example]) -> Counts:
    """Count the keys of examples."""
    counts = Counts(np.zeros(BUCKETS, np.float32), np.zeros(BUCKETS, np.float32))
    for figure in (figure for example in examples for figure in example.figures):
        if figure.right is not None:
            counts.add(figure.seen.keys, figure.right)
        if figure.ends is not None and figure.end is not None:
            counts.add(figure.ends.keys, np.arange(len(figure.ends.keys)) == figure.end)
    return counts


def fit(examples: Sequence[Example], encoder: dict[str, Floats], seed: int = 0) -> dict[str, Floats]:
    """Return the arrays of the model. Of each document's words it is told only what the others know of them."""
    everything = count(examples)
    known: dict[int, Known] = {}
    for name in {example.document for example in examples}:
        own = [example for example in examples if example.document == name]
        others = everything.less(count(own))
        for figure in (figure for example in own for figure in example.figures):
            ends = None if figure.ends is None else others.known(figure.ends)
            known[id(figure)] = others.known(figure.seen), ends
    start = {name: jnp.asarray(array) for name, array in encoder.items()} | new_heads(seed)
    arrays = _descend(list(examples), known, start, seed)
    return {name: np.asarray(array) for name, array in arrays.items()} | everything._asdict()


def _descend(examples: list[Example], known: dict[int, Known], arrays: Arrays, seed: int) -> Arrays:
    rng = np.random.default_rng(seed)
    frozen = {_FROZEN: arrays.pop(_FROZEN)}
    steps = _EPOCHS * sum(1 for _ in batches(examples, known, np.random.default_rng(1)))
    rates = optax.warmup_cosine_decay_schedule(0, _RATE, _WARM, max(steps, _WARM + 1))
    optimiser = optax.adamw(rates, weight_decay=_DECAY)
    state = optimiser.init(arrays)

    @jax.jit
    def step(arrays: Arrays, state: optax.OptState, batch: Batch, key: jax.Array):  # type: ignore[no-untyped-def]
        loss, slopes = jax.value_and_grad(_loss)(arrays, frozen, batch, key)
        changes, state = optimiser.update(slopes, state, arrays)
        return optax.apply_updates(arrays, changes), state, loss

    number = 0
    for epoch in range(_EPOCHS):
        losses = []
        for batch in batches(examples, known, rng):
            arrays, state, loss = step(arrays, state, batch, jax.random.PRNGKey(seed * 100_000 + number))
            losses.append(float(loss))
            number += 1
        _log.info("epoch %d of %d: loss %.3f", epoch + 1, _EPOCHS, float(np.mean(losses)))
    return arrays | frozen


def _loss(arrays: Arrays, frozen: Arrays, batch: Batch, key: jax.Array) -> jax.Array:
    likely, kinds, ends = judged(arrays | frozen, batch, key)
    words = optax.sigmoid_binary_cross_entropy(likely, batch["right"]) * batch["is_word"]
    figures = optax.softmax_cross_entropy_with_integer_labels(kinds, batch["kind"]) * batch["is_figure"]
    names = optax.softmax_cross_entropy_with_integer_labels(ends, batch["end"]) * batch["has_end"]
    loss: jax.Array = (
        words.sum() / batch["is_word"].sum().clip(1)
        + _KINDS_WEIGH * figures.sum() / batch["is_figure"].sum()
        + _ENDS_WEIGH * names.sum() / batch["has_end"].sum().clip(1)
    )
    return loss


# --- batches ----------------------------------------------------------------------------------------------------------


def batches(examples: Sequence[Example], known: dict[int, Known], rng: np.random.Generator) -> Iterator[Batch]:
    """Yield the rows of all examples once, in another order each time, those of like length together."""
    by_length: dict[int, list[tuple[Example, int]]] = {}
    for example in examples:
        for number, row in enumerate(example.rows):
            length = next(most for most in _ROWS if len(row.tokens) <= most)
            by_length.setdefault(length, []).append((example, number))
    streams = [_of_length(rows, length, known, rng) for length, rows in by_length.items()]
    while streams:
        stream = streams[rng.integers(len(streams))]
        batch = next(stream, None)
        if batch is None:
            streams.remove(stream)
        else:
            yield batch


def _of_length(
    rows: list[tuple[Example, int]], length: int, known: dict[int, Known], rng: np.random.Generator
) -> Iterator[Batch]:
    batch = _Batch(length)
    for at in rng.permutation(len(rows)):
        example, number = rows[at]
        if not batch.has_room(example, number):
            yield batch.arrays
            batch = _Batch(length)
        batch.add(example, number, known, rng)
    yield batch.arrays


class _Batch:
    """Arrays of a size that does not change, filled row by row."""

    def __init__(self, length: int) -> None:
        rows = self.most = _ROWS[length]
        self.rows = self.figures = self.words = 0
        shapes: dict[str, tuple[tuple[int, ...], Any]] = {
            "ids": ((rows, length), np.int32), "tokens": ((rows, length, TOKEN_FEATURES), np.float32),
            "places": ((rows, PLACE_FEATURES), np.float32), "mask": ((rows, length), bool),
            "row": ((_FIGURES,), np.int32), "figure": ((_FIGURES,), np.int32), "behind": ((_FIGURES,), np.int32),
            "rules": ((_FIGURES, RULE_FEATURES), np.float32), "kind": ((_FIGURES,), np.int32),
            "is_figure": ((_FIGURES,), np.float32), "of": ((_WORDS,), np.int32), "at": ((_WORDS,), np.int32),
            "words": ((_WORDS, WORD_FEATURES + WORD_KEYS), np.float32), "right": ((_WORDS,), np.float32),
            "is_word": ((_WORDS,), np.float32), "end": ((_FIGURES,), np.int32), "has_end": ((_FIGURES,), np.float32),
            "end_at": ((_FIGURES, LONGEST_NAME), np.int32), "end_behind": ((_FIGURES, LONGEST_NAME), np.int32),
            "is_end": ((_FIGURES, LONGEST_NAME), bool),
            "ends": ((_FIGURES, LONGEST_NAME, END_FEATURES + WORD_KEYS), np.float32),
        }  # fmt: skip
        self.arrays: Batch = {name: np.zeros(shape, kind) for name, (shape, kind) in shapes.items()}

    def has_room(self, example: Example, number: int) -> bool:
        """Whether a row of an example still fits in."""
        figures = [example.figures[at] for at in example.rows[number].figures]
        words = sum(len(figure.seen.places) for figure in figures)
        room = self.figures + len(figures) <= _FIGURES and self.words + words <= _WORDS
        return self.rows < self.most and room

    def add(self, example: Example, number: int, known: dict[int, Known], rng: np.random.Generator) -> None:
        """Take a row of an example in."""
        row, arrays, count = example.rows[number], self.arrays, len(example.rows[number].tokens)
        arrays["ids"][self.rows, :count] = example.ids[row.tokens]
        arrays["tokens"][self.rows, :count] = example.tokens[row.tokens]
        arrays["mask"][self.rows, :count] = True
        if rng.random() > _PLACE_LOST:
            arrays["places"][self.rows] = example.place
        at = np.full(len(example.ids) + 1, -1)
        at[row.tokens] = np.arange(count)
        for figure in (example.figures[number] for number in row.figures):
            self._add_figure(figure, at, count, known[id(figure)], rng)
        self.rows += 1

    def _add_figure(self, figure: Figure, at: Ints, count: int, known: Known, rng: np.random.Generator) -> None:
        arrays, seen, number = self.arrays, figure.seen, self.figures
        arrays["row"][number], arrays["figure"][number] = self.rows, at[seen.span.figure]
        arrays["behind"][number] = at[seen.span.behind] if at[seen.span.behind] >= 0 else count - 1
        arrays["rules"][number], arrays["kind"][number], arrays["is_figure"][number] = figure.rules, figure.kind, 1
        chance = rng.random()
        if chance < _MOOD_LOST + _MOOD_WRONG:
            arrays["rules"][number, MOODS] = 0
        if _MOOD_LOST <= chance < _MOOD_LOST + _MOOD_WRONG:
            arrays["rules"][number, MOODS.start + rng.integers(2)] = 1
        features = seen.features.copy()
        if rng.random() < _SPOILED:
            features[:, TOLD] = figure.told[rng.integers(len(figure.told))]
        self._add_ends(figure, at, count, known[1], rng)
        inside = at[seen.places] >= 0
        words = slice(self.words, self.words + int(inside.sum()))
        arrays["of"][words], arrays["at"][words] = number, at[seen.places][inside]
        arrays["words"][words] = np.concatenate([features, known[0]], axis=1)[inside]
        if figure.right is not None:
            arrays["right"][words], arrays["is_word"][words] = figure.right[inside], 1
        self.words, self.figures = words.stop, number + 1

    def _add_ends(self, figure: Figure, at: Ints, count: int, known: Floats | None, rng: np.random.Generator) -> None:
        """Take in where the name of what a figure counts may end; what the rules say of it is spoiled at times."""
        ends, arrays, number = figure.ends, self.arrays, self.figures
        if ends is None or known is None or figure.end is None or (at[ends.places] < 0).any():
            return
        size = len(ends.places)
        said = int(rng.integers(size)) if rng.random() < _END_SPOILED else ends.said
        behind = at[ends.places + 1]
        arrays["end_at"][number, :size] = at[ends.places]
        arrays["end_behind"][number, :size] = np.where(behind >= 0, behind, count - 1)
        arrays["ends"][number, :size] = np.concatenate([ends.features, known], axis=1)
        arrays["ends"][number, :size, SAID] = told(size, said)
        arrays["is_end"][number, :size] = True
        arrays["end"][number], arrays["has_end"][number] = figure.end, 1
