"""How channels are laid out in an asset: tokens, readings and costs as flat arrays, letters as a small table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from diacritics.channel import CASES, Channel
from diacritics.spelling import Reading, Speller

_STEP: Final = 1 / 16
_PARTS: Final = ("sizes", "readings", "cases", "costs")


@dataclass(slots=True)
class ChannelTable:
    """What is learnt about one engine.

    Attributes:
        words: vocabulary ids of the words that can be read from it.
        letters: printed letter -> read chunk -> cost.
        forms: token -> readings.
        novelty: vocabulary id -> cost of a form never seen.
    """

    words: list[int]
    letters: Mapping[str, Mapping[str, float]]
    forms: Mapping[str, list[Reading]]
    novelty: Mapping[int, float]


def to_arrays(name: str, table: ChannelTable) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Return facts and arrays that hold `table`, their names led by `name`."""
    tokens = sorted(table.forms)
    readings = [reading for token in tokens for reading in table.forms[token]]
    novel = sorted(table.novelty)
    letters = {
        letter: {chunk: round(cost, 2) for chunk, cost in sorted(chunks.items())}
        for letter, chunks in sorted(table.letters.items())
    }
    facts = {"letters": letters, "tokens": "\n".join(tokens)}
    arrays: dict[str, NDArray[Any]] = {
        f"{name}.words": np.array(sorted(table.words), dtype=np.uint16),
        f"{name}.sizes": np.array([len(table.forms[token]) for token in tokens], dtype=np.uint8),
        f"{name}.readings": np.array([reading.word for reading in readings], dtype=np.uint16),
        f"{name}.cases": np.array([CASES.index(reading.case) for reading in readings], dtype=np.uint8),
        f"{name}.costs": _bytes([reading.cost for reading in readings]),
        f"{name}.novel": np.array(novel, dtype=np.uint16),
        f"{name}.novelty": _bytes([table.novelty[word] for word in novel]),
    }
    return facts, arrays


def from_arrays(
    name: str,
    facts: Mapping[str, Any],
    arrays: Mapping[str, NDArray[Any]],
    vocabulary: list[str],
    priors: Sequence[float],
) -> Channel:
    """Return the channel that `to_arrays` laid out under `name`; `priors` are -log frequencies of the vocabulary."""
    words = {number: vocabulary[number] for number in arrays[f"{name}.words"].tolist()}
    forms = _Forms(facts["tokens"].split("\n"), *(arrays[f"{name}.{part}"] for part in _PARTS))
    novelty = dict(zip(arrays[f"{name}.novel"].tolist(), (arrays[f"{name}.novelty"] * _STEP).tolist(), strict=True))
    return Channel(forms, novelty, Speller(words, priors, facts["letters"]))


class _Forms(Mapping[str, list[Reading]]):
    """Token -> readings over flat arrays; a reading is made when asked for, since all at once take their time."""

    def __init__(
        self,
        tokens: list[str],
        sizes: NDArray[np.uint8],
        words: NDArray[np.uint16],
        cases: NDArray[np.uint8],
        costs: NDArray[np.uint8],
    ) -> None:
        if len(tokens) != len(sizes):
            raise ValueError("tokens and sizes of a channel do not match: rebuild it with `make models`")
        self._numbers = {token: number for number, token in enumerate(tokens)}
        self._ends = np.cumsum(sizes, dtype=np.int64)
        self._words, self._cases, self._costs = words, cases, costs

    def __getitem__(self, token: str) -> list[Reading]:
        number = self._numbers[token]
        part = slice(int(self._ends[number - 1]) if number else 0, int(self._ends[number]))
        cases = [CASES[case] for case in self._cases[part].tolist()]
        return list(map(Reading, self._words[part].tolist(), cases, (self._costs[part] * _STEP).tolist()))

    def __contains__(self, token: object) -> bool:
        return token in self._numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def _bytes(costs: list[float]) -> NDArray[np.uint8]:
    return np.clip(np.round(np.array(costs) / _STEP), 0, 255).astype(np.uint8)
