"""What letters turn into: aligned from pairs of printed and read words, counted, and re-aligned until it settles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from math import log
from typing import Final

from diacritics.alphabet import TONED
from diacritics.channel import ALIKE
from diacritics.folding import fold

_LONGEST_CHUNK: Final = 3
_ROUNDS: Final = 4
_FORGIVEN: Final = 9.0
"""Cost of what was never counted: about one in ten thousand."""

_LOST_MARKS: Final = 0.02
_TAKEN_FOR_CAPITAL: Final = 0.002
_KINSHIP: Final = 4.0
"""How many observations the kin of a letter count for."""

Letters = dict[str, dict[str, float]]


def letter_costs(pairs: Mapping[tuple[str, str], float]) -> Letters:
    """Return printed letter -> what was read for it ("" for nothing) -> -log probability.

    Args:
        pairs: (printed word, read word), case kept -> how often.
    """
    costs: Letters = {}
    for _ in range(_ROUNDS):
        counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for (printed, read), times in pairs.items():
            for letter, chunk in align(printed, read, costs):
                counts[letter][chunk] += times
        costs = _normalised(counts)
    return costs


def align(printed: str, read: str, costs: Letters) -> list[tuple[str, str]]:
    """Return each printed letter with the stretch of `read` that stands for it, by the cheapest path.

    A stretch is up to three characters long; a pair that cannot be joined so gives nothing.
    """
    infinite = float("inf")
    rows, columns = len(printed), len(read)
    best = [[infinite] * (columns + 1) for _ in range(rows + 1)]
    cut = [[0] * (columns + 1) for _ in range(rows + 1)]
    best[0][0] = 0.0
    for row, letter in enumerate(printed):
        for column in range(columns + 1):
            before = best[row][column]
            if before == infinite:
                continue
            for length in range(min(_LONGEST_CHUNK, columns - column) + 1):
                total = before + _cost(letter, read[column : column + length], costs)
                if total < best[row + 1][column + length]:
                    best[row + 1][column + length] = total
                    cut[row + 1][column + length] = length
    if best[rows][columns] == infinite:
        return []
    aligned, column = [], columns
    for row in range(rows, 0, -1):
        length = cut[row][column]
        aligned.append((printed[row - 1], read[column - length : column]))
        column -= length
    return aligned[::-1]


def _cost(letter: str, chunk: str, costs: Letters) -> float:
    known = costs.get(letter)
    if known is not None:
        return known.get(chunk, _FORGIVEN + 2.0 * abs(len(chunk) - 1))
    if chunk == letter or chunk == fold(letter):  # before anything was counted: likeness alone
        return 0.0
    if not chunk:
        return 4.0
    alike = fold(letter).lower() in fold(chunk).lower()
    return (1.0 if alike else 3.0) + 2.0 * (len(chunk) - 1)


def _normalised(counts: Mapping[str, Mapping[str, float]]) -> Letters:
    """Return costs from counts, backed off from the letter to its kin.

    What was rarely printed (ẳ, Ỗ) is read much as its kin are: first the letters of the same shape whatever the tone
    (ă ắ ằ …), then those of the same base whatever the shape (a â ă …).
    """
    letters = {*counts, *TONED, *(letter.upper() for letter in TONED)}
    by_base = {letter: fold(letter) for letter in letters}
    by_shape = {letter: _shape(letter) for letter in letters}
    base = _pooled(counts, by_base, {})
    shape = _pooled(counts, by_shape, {kind: base.get(fold(kind), {}) for kind in set(by_shape.values())})
    own = _pooled(counts, {letter: letter for letter in letters}, {k: shape.get(by_shape[k], {}) for k in letters})
    costs: Letters = {}
    for letter, shares in own.items():
        # Any letter may lose its marks, or be taken for a capital like it.
        floors = {fold(letter): _LOST_MARKS, letter.upper() if letter.upper() in ALIKE else letter: _TAKEN_FOR_CAPITAL}
        raised = {chunk: max(shares.get(chunk, 0.0), floors.get(chunk, 0.0)) for chunk in {*shares, *floors}}
        found = {chunk: -log(share) for chunk, share in sorted(raised.items()) if share}
        costs[letter] = {chunk: cost for chunk, cost in found.items() if cost < _FORGIVEN}
    return costs


def _shape(letter: str) -> str:
    """Return the letter without its tone, case kept."""
    bare = TONED.get(letter.lower(), (letter.lower(), 0))[0]
    return bare.upper() if letter.isupper() else bare


def _pooled(
    counts: Mapping[str, Mapping[str, float]], kinds: Mapping[str, str], prior: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, float]]:
    """Return kind -> chunk -> share, counts pooled over the letters of each kind, mixed with the kind's prior."""
    pooled: dict[str, dict[str, float]] = {}
    for letter, kind in kinds.items():
        pool = pooled.setdefault(kind, {})
        for chunk, times in counts.get(letter, {}).items():
            pool[chunk] = pool.get(chunk, 0.0) + times
        if not prior:  # any letter may be read as itself or as its base
            for own in (letter, fold(letter)):
                pool[own] = pool.get(own, 0.0) + 0.2
    for kind, pool in pooled.items():
        before = prior.get(kind, {})
        weight = _KINSHIP if before else 0.0
        total = sum(pool.values()) + weight
        for chunk in {*pool, *before}:
            pool[chunk] = (pool.get(chunk, 0.0) + weight * before.get(chunk, 0.0)) / total
    return pooled
