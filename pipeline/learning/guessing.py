"""What the encoder learns from the text corpora: to guess words that were left out of a row (Devlin et al. 2019)."""

from __future__ import annotations

import logging
from typing import Final

import jax
import jax.numpy as jnp
import numpy as np
import optax

from models.figures import WIDTH, Floats
from pipeline.learning.network import Arrays, encoded, entered, new_encoder
from pipeline.learning.words import UNKNOWN, WordIds
from pipeline.parsing.sequences import PLACE_FEATURES, TOKEN_FEATURES

_log: Final = logging.getLogger("pipeline.learning")

STEPS: Final = 12_000
_ROWS, _WORDS, _LEFT_OUT = 64, 96, 14
_SHOWN: Final = 0.1
"""What share of the words to be guessed is shown all the same."""
_RATE, _LAST_RATE, _WARM = 2e-3, 1e-4, 300


def learn_to_guess(ids: WordIds, vectors: Floats, steps: int = STEPS) -> dict[str, Floats]:
    """Return the arrays of an encoder that has read `steps` batches of the corpora."""
    rng = np.random.default_rng(5)
    arrays = new_encoder(1, vectors) | {
        "guess": jnp.eye(WIDTH),
        "guess_bias": jnp.zeros(len(vectors)),
        "left_out": jnp.zeros(WIDTH),
    }
    rates = optax.warmup_cosine_decay_schedule(0, _RATE, _WARM, max(steps, _WARM + 1), _LAST_RATE)
    optimiser = optax.adam(rates)
    state = optimiser.init(arrays)

    @jax.jit
    def step(arrays: Arrays, state: optax.OptState, rows: jax.Array, at: jax.Array, right: jax.Array):  # type: ignore[no-untyped-def]
        loss, slopes = jax.value_and_grad(_loss)(arrays, rows, at, right)
        changes, state = optimiser.update(slopes, state, arrays)
        return optax.apply_updates(arrays, changes), state, loss

    for number in range(1, steps + 1):
        starts = rng.integers(0, len(ids) - _WORDS, _ROWS)
        rows = np.stack([ids[start : start + _WORDS] for start in starts]).astype(np.int32)
        at = np.stack([rng.permutation(_WORDS)[:_LEFT_OUT] for _ in range(_ROWS)])
        right = np.take_along_axis(rows, at, 1)
        np.put_along_axis(rows, at, np.where(rng.random(at.shape) < _SHOWN, right, UNKNOWN), 1)
        arrays, state, loss = step(arrays, state, rows, at, right)
        if number % 100 == 0:
            _log.info("%d of %d batches read: loss %.3f", number, steps, float(loss))
    return {name: np.asarray(arrays[name]) for name in new_encoder(1, vectors)}


def _loss(arrays: Arrays, rows: jax.Array, at: jax.Array, right: jax.Array) -> jax.Array:
    """Return the loss of guessing the words of a batch that were left out."""
    shape = rows.shape
    states = entered(arrays, rows, jnp.zeros((*shape, TOKEN_FEATURES)), jnp.zeros((shape[0], PLACE_FEATURES)), None)
    hidden = arrays["left_out"] @ arrays["entry"][:WIDTH]
    states = states + jnp.where((rows == UNKNOWN)[..., None], hidden, 0)
    states = encoded(arrays, states, jnp.ones(shape, bool), iter([None] * 8))
    guessed = jnp.take_along_axis(states, at[..., None], 1) @ arrays["guess"]
    odds = guessed @ arrays["vectors"].T + arrays["guess_bias"]
    loss: jax.Array = optax.softmax_cross_entropy_with_integer_labels(odds, right).mean()
    return loss
