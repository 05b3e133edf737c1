"""The model of indicators: how likely a word beside a figure is one of those that say what the figure measures.

`make models` writes the file; indicators.md says what it holds and how good it is. What the features and keys of a word
are is told in pipeline/parsing/surroundings.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.packing import pack, unpack
from models.restoration import MODELS

INDICATORS: Final = "indicators.bin"
BUCKETS: Final = 1 << 17
"""How many keys are told apart; words, and pairs of words, share them by their hash."""

Floats = NDArray[np.float32]


class Net(NamedTuple):
    """One layer between the features and the odds."""

    inner: Floats
    bias: Floats
    outer: Floats
    offset: Floats

    def odds(self, features: Floats) -> Floats:
        """Return the logarithm of the odds of each row of features."""
        hidden: Floats = np.maximum(features @ self.inner + self.bias, 0)
        out: Floats = hidden @ self.outer + self.offset
        return out


def agreed(nets: Sequence[Net]) -> Net:
    """Return the net whose odds are the mean of those of `nets`."""
    inner, bias, outer = (np.concatenate(arrays, axis=-1) for arrays in list(zip(*nets, strict=True))[:3])
    offset = np.stack([net.offset for net in nets]).mean(axis=0)
    return Net(inner, bias, (outer / len(nets)).astype(np.float32), offset.astype(np.float32))


class IndicatorModel(NamedTuple):
    """`known`: for each key, how much more often than usual its word belonged to an indicator."""

    known: Floats
    net: Net

    def likely(self, features: Floats, keys: NDArray[np.int64]) -> Floats:
        """Return the probability of each word (a row of features and one of keys) to belong to the indicator."""
        rows = np.concatenate([features, self.known[keys]], axis=1)
        return np.asarray(1 / (1 + np.exp(-self.net.odds(rows))), np.float32)


def save_indicators(path: Path, model: IndicatorModel) -> None:
    """Write a model; half the bits of its numbers are enough."""
    arrays: dict[str, NDArray[Any]] = {"known": model.known, **model.net._asdict()}
    pack(path, {}, {name: array.astype(np.float16).ravel() for name, array in arrays.items()})


@cache
def load_indicators(folder: Path = MODELS) -> IndicatorModel:
    """Return the model, loaded once. See `models.packing.unpack` for the errors."""
    _, packed = unpack(folder / INDICATORS)
    arrays = {name: array.astype(np.float32) for name, array in packed.items()}
    known, inner = arrays.pop("known"), arrays.pop("inner")
    return IndicatorModel(known, Net(inner.reshape(-1, len(arrays["bias"])), **arrays))
