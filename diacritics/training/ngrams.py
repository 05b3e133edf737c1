"""A modified Kneser-Ney model of n-grams, counted, smoothed, pruned and packed with whole-array operations.

An n-gram of order n is one uint64: word ids of 16 bits, the first word highest, so sorting keys sorts n-grams, the
context of a key is ``key >> 16`` and its suffix ``key & mask``. See Chen and Goodman (1998) for the discounts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Floats = NDArray[np.float64]
_WORD_BITS: Final = np.uint64(16)


class Order(NamedTuple):
    """All n-grams of one order: sorted keys, interpolated probabilities, how often each was seen."""

    keys: Keys
    probability: Floats
    counts: NDArray[np.int64]


class Pruned(NamedTuple):
    """The n-grams kept of one order: sorted keys, natural log probabilities, log back-off weights (0 at the top)."""

    keys: Keys
    log_probability: Floats
    log_backoff: Floats


def _mask(words: int) -> np.uint64:
    return np.uint64((1 << (16 * words)) - 1)


def _keys(tokens: NDArray[np.uint16], order: int) -> Keys:
    """Return the keys of all n-grams in a stream of word ids, in order of appearance."""
    length = len(tokens) - order + 1
    keys = np.zeros(max(length, 0), dtype=np.uint64)
    for place in range(order):
        keys = (keys << _WORD_BITS) | tokens[place : place + length].astype(np.uint64)
    return keys


def _tally(keys: Keys) -> tuple[Keys, NDArray[np.int64]]:
    keys.sort()
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[starts], np.diff(np.append(starts, len(keys)))


def _discounts(counts: NDArray[np.int64]) -> Floats:
    """Return the discount of a count of 0, 1, 2, and 3 or more."""
    n1, n2, n3, n4 = (float(np.count_nonzero(counts == times)) or 1.0 for times in (1, 2, 3, 4))
    y = n1 / (n1 + 2 * n2)
    found = np.array([0.0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3])
    bounded: Floats = np.clip(found, [0, 0.1, 0.2, 0.3], [0, 0.95, 1.9, 2.9])
    return bounded  # tiny or repeated data can leave the bounds


def smooth(streams: list[tuple[NDArray[np.uint16], int]], highest: int, vocabulary: int) -> list[Order]:
    """Return the orders 1 to `highest` of an interpolated modified Kneser-Ney model.

    Args:
        streams: word ids of each corpus and how many times it counts.
        highest: the longest n-gram, at most 4.
        vocabulary: number of word ids; every id gets a probability.
    """
    keys, count = _tally(np.concatenate([np.tile(_keys(tokens, highest), times) for tokens, times in streams]))
    tallies = [(keys, count)]
    for order in range(highest - 1, 0, -1):  # lower orders count in how many contexts a n-gram was seen, not how often
        keys, count = _tally(keys & _mask(order))
        tallies.insert(0, (keys, count))
    orders: list[Order] = []
    for order, (keys, count) in enumerate(tallies, start=1):
        orders.append(_first_order(keys, count, vocabulary) if order == 1 else _order(keys, count, orders[-1], order))
    return orders


def _first_order(keys: Keys, count: NDArray[np.int64], vocabulary: int) -> Order:
    every = np.zeros(vocabulary, dtype=np.int64)
    every[keys.astype(np.int64)] = count
    discounted = np.maximum(every - 0.5, 0.0)
    left = 1.0 - discounted.sum() / every.sum()
    probability = discounted / every.sum() + left / vocabulary
    return Order(np.arange(vocabulary, dtype=np.uint64), probability, every)


def _order(keys: Keys, count: NDArray[np.int64], lower: Order, order: int) -> Order:
    discount = _discounts(count)[np.minimum(count, 3)]
    contexts = keys >> _WORD_BITS
    starts = np.flatnonzero(np.concatenate(([True], contexts[1:] != contexts[:-1])))
    sizes = np.diff(np.append(starts, len(keys)))
    total = np.repeat(np.add.reduceat(count, starts).astype(np.float64), sizes)
    left = np.repeat(np.add.reduceat(discount, starts), sizes) / total
    suffix = np.searchsorted(lower.keys, keys & _mask(order - 1))
    return Order(keys, (count - discount) / total + left * lower.probability[suffix], count)


def prune(orders: list[Order], sizes: Sequence[int]) -> list[Pruned]:
    """Keep the n-grams whose loss would cost most likelihood, and give contexts the back-off weights that then fit.

    Args:
        orders: from `smooth`.
        sizes: how many n-grams to keep of orders 2, 3, …; an n-gram stays only where its context stays.
    """
    kept = [np.ones(len(orders[0].keys), dtype=bool)]
    for order, size in enumerate(sizes, start=2):
        kept.append(_choose(orders[order - 1], orders[order - 2], kept[-1], order, size))
    pruned = []
    for number, level in enumerate(orders):
        keep = kept[number]
        keys, log_probability = level.keys[keep], np.log(level.probability[keep])
        if number + 1 < len(orders):
            backoff = _backoffs(keys, orders[number + 1], kept[number + 1], level, number + 2)
        else:
            backoff = np.zeros(len(keys))
        pruned.append(Pruned(keys, log_probability, backoff))
    return pruned


def _choose(level: Order, lower: Order, lower_kept: NDArray[np.bool_], order: int, size: int) -> NDArray[np.bool_]:
    """Return which n-grams to keep: the largest count times log ratio to the next lower order (weighted difference)."""
    context = np.searchsorted(lower.keys, level.keys >> _WORD_BITS)
    context = np.minimum(context, len(lower.keys) - 1)
    allowed = (lower.keys[context] == level.keys >> _WORD_BITS) & lower_kept[context]
    suffix = np.searchsorted(lower.keys, level.keys & _mask(order - 1))
    gain = level.counts * np.abs(np.log(level.probability) - np.log(lower.probability[suffix]))
    gain[~allowed] = -1.0
    if size < np.count_nonzero(allowed):
        allowed = gain > max(float(np.partition(gain, -size)[-size]), 0.0)
    kept: NDArray[np.bool_] = allowed
    return kept


def _backoffs(keys: Keys, upper: Order, upper_kept: NDArray[np.bool_], level: Order, order: int) -> Floats:
    """Return for each context the weight its lower order takes: what the kept n-grams leave, over what they cover."""
    upper_keys = upper.keys[upper_kept]
    context = np.searchsorted(keys, upper_keys >> _WORD_BITS)
    suffix = np.searchsorted(level.keys, upper_keys & _mask(order - 1))
    taken = np.bincount(context, weights=upper.probability[upper_kept], minlength=len(keys))
    covered = np.bincount(context, weights=level.probability[suffix], minlength=len(keys))
    weights: Floats = np.log(np.maximum(1.0 - taken, 1e-6) / np.maximum(1.0 - covered, 1e-6))
    return weights
