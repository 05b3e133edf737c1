"""The network of figures in JAX: the sums of models/figures.py for many rows at once, and with slopes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from models.figures import FAR, HEADS, LAYERS, WIDTH, Floats
from pipeline.parsing.counting import END_FEATURES, LONGEST_NAME
from pipeline.parsing.sequences import PLACE_FEATURES, RULE_FEATURES, TOKEN_FEATURES
from pipeline.parsing.surroundings import WORD_FEATURES, WORD_KEYS

Arrays = dict[str, jax.Array]
Key = jax.Array | None
"""A key of random numbers where part of the values is dropped, which keeps the net from learning by heart."""
Batch = dict[str, Any]

_HIDDEN = 96
_DROPPED, _WORDS_DROPPED, _KINDS_DROPPED = 0.15, 0.06, 0.2


def new_encoder(seed: int, vectors: Floats) -> Arrays:
    """Return the arrays of an encoder that has learnt nothing but the words' first vectors."""
    keys = iter(jax.random.split(jax.random.PRNGKey(seed), 5 * LAYERS + 1))
    entry = WIDTH + TOKEN_FEATURES + PLACE_FEATURES
    arrays = {"vectors": jnp.asarray(vectors), "entry": _random(next(keys), entry, WIDTH)}
    arrays["entry_bias"] = jnp.zeros(WIDTH)
    for layer in range(LAYERS):
        arrays[f"attention{layer}"] = _random(next(keys), WIDTH, 3 * WIDTH)
        arrays[f"joined{layer}"] = _random(next(keys), WIDTH, WIDTH) / 2
        arrays[f"inner{layer}"] = _random(next(keys), WIDTH, 2 * WIDTH)
        arrays[f"outer{layer}"] = _random(next(keys), 2 * WIDTH, WIDTH) / 2
        arrays[f"inner_bias{layer}"] = jnp.zeros(2 * WIDTH)
        arrays[f"apart{layer}"] = jnp.zeros((HEADS, 2 * FAR + 1))
        arrays[f"attention_scale{layer}"] = arrays[f"inner_scale{layer}"] = jnp.ones(WIDTH)
    return arrays


def new_heads(seed: int) -> Arrays:
    """Return the arrays of the nets that judge words and figures."""
    keys = iter(jax.random.split(jax.random.PRNGKey(1000 + seed), 6))
    arrays: Arrays = {}
    of_word, of_figure = WORD_FEATURES + WORD_KEYS + 3 * WIDTH, RULE_FEATURES + 3 * WIDTH + PLACE_FEATURES
    of_end = END_FEATURES + WORD_KEYS + 3 * WIDTH
    for name, entry, answers in (("word", of_word, 1), ("kind", of_figure, 3), ("end", of_end, 1)):
        arrays[f"{name}_inner"] = _random(next(keys), entry, _HIDDEN)
        arrays[f"{name}_inner_bias"] = jnp.zeros(_HIDDEN)
        arrays[f"{name}_outer"] = _random(next(keys), _HIDDEN, answers)
        arrays[f"{name}_outer_bias"] = jnp.zeros(answers)
    return arrays


def _random(key: jax.Array, rows: int, columns: int) -> jax.Array:
    values: jax.Array = jax.random.normal(key, (rows, columns)) * np.sqrt(2 / (rows + columns))
    return values


def entered(arrays: Arrays, ids: jax.Array, tokens: jax.Array, places: jax.Array, key: Key) -> jax.Array:
    """Return the first states of rows of words: (rows, words, WIDTH)."""
    spread = jnp.repeat(places[:, None], ids.shape[1], axis=1)
    vectors = _dropped(key, arrays["vectors"][ids], 0.1)
    return jnp.concatenate([vectors, tokens, spread], -1) @ arrays["entry"] + arrays["entry_bias"]


def encoded(arrays: Arrays, states: jax.Array, mask: jax.Array, keys: Iterator[Key]) -> jax.Array:
    """Return what the encoder makes of rows of words, of which those that `mask` leaves out are none."""
    rows, count = states.shape[:2]
    at = jnp.arange(count)
    apart = jnp.clip(at - at[:, None], -FAR, FAR) + FAR
    for layer in range(LAYERS):
        asked = _normed(states, arrays[f"attention_scale{layer}"]) @ arrays[f"attention{layer}"]
        query, key, value = asked.reshape(rows, count, 3, HEADS, WIDTH // HEADS).transpose(2, 0, 3, 1, 4)
        odds = query @ key.transpose(0, 1, 3, 2) / np.sqrt(WIDTH // HEADS) + arrays[f"apart{layer}"][:, apart][None]
        heard = jax.nn.softmax(jnp.where(mask[:, None, None, :], odds, -1e9), -1) @ value
        joined = heard.transpose(0, 2, 1, 3).reshape(states.shape) @ arrays[f"joined{layer}"]
        states = states + _dropped(next(keys), joined, _DROPPED)
        inner = _normed(states, arrays[f"inner_scale{layer}"]) @ arrays[f"inner{layer}"] + arrays[f"inner_bias{layer}"]
        states = states + _dropped(next(keys), jax.nn.relu(inner) @ arrays[f"outer{layer}"], _DROPPED)
    return states


def judged(arrays: Arrays, batch: Batch, key: Key = None) -> tuple[jax.Array, jax.Array, jax.Array]:
    """Return the odds of each word of a batch to be of its figure's indicator, those of each figure's kinds, and those
    of the ends of what it counts."""
    keys = iter(jax.random.split(key, 13)) if key is not None else iter([None] * 13)
    ids, lost = batch["ids"], next(keys)
    if lost is not None:
        ids = jnp.where(jax.random.bernoulli(lost, _WORDS_DROPPED, ids.shape), 1, ids)
    states = entered(arrays, ids, batch["tokens"], batch["places"], next(keys))
    states = encoded(arrays, states, batch["mask"], keys)
    rows = batch["row"]
    figures, behind = states[rows, batch["figure"]], states[rows, batch["behind"]]
    words, beside = states[rows[batch["of"]], batch["at"]], figures[batch["of"]]
    likely = _net(arrays, "word", jnp.concatenate([batch["words"], words, beside, words * beside], -1), next(keys))
    mask = batch["mask"][..., None]
    whole = (states * mask).sum(1) / mask.sum(1).clip(1)
    known = jnp.concatenate([batch["rules"], figures, behind, whole[rows], batch["places"][rows]], -1)
    kinds = _net(arrays, "kind", _dropped(next(keys), known, 0.1), next(keys), _KINDS_DROPPED)
    of = rows[:, None]
    names = states[of, batch["end_at"]], states[of, batch["end_behind"]], jnp.repeat(figures[:, None], LONGEST_NAME, 1)
    ends = _net(arrays, "end", jnp.concatenate([batch["ends"], *names], -1), next(keys))[..., 0]
    return likely[:, 0], kinds, jnp.where(batch["is_end"], ends, -1e9)


def _normed(states: jax.Array, scale: jax.Array) -> jax.Array:
    return states * scale * jax.lax.rsqrt(jnp.mean(states * states, -1, keepdims=True) + 1e-5)


def _net(arrays: Arrays, name: str, row: jax.Array, key: Key, share: float = _DROPPED) -> jax.Array:
    hidden = jax.nn.relu(row @ arrays[f"{name}_inner"] + arrays[f"{name}_inner_bias"])
    return _dropped(key, hidden, share) @ arrays[f"{name}_outer"] + arrays[f"{name}_outer_bias"]


def _dropped(key: Key, values: jax.Array, share: float) -> jax.Array:
    if key is None:
        return values
    return values * jax.random.bernoulli(key, 1 - share, values.shape) / (1 - share)
