"""How sure a target or result is, learnt from documents that the model had not seen (see pipeline/parsing/sureness.py).

A model that has learnt from a document is surer of it than of others. So the documents are parted in two, each half is
parsed with a model that learnt from the other half, and what speaks for each fact found there is set against whether it
is right: a logistic regression with a penalty for large weights.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np

from models.figures import RESULT, TARGET, FigureModel, Floats
from pipeline.document import Document
from pipeline.learning.examples import KINDS, Lesson, fact_of
from pipeline.parsing.pipe import read
from pipeline.parsing.reading import Reading
from pipeline.parsing.sureness import SURE_FEATURES, Weighed
from pipeline.parsing.surroundings import words_of

_log: Final = logging.getLogger("pipeline.learning")

_A_HAND: Final = 6
"""So many documents that follow each other are mostly of one hand: they stay in one half."""
_PENALTY: Final = 3.0
_TURNS: Final = 50
_ALIKE: Final = 0.5
"""The F1 that an indicator's words must have with the true ones, as the specification's scorer has it."""


def halves(names: Sequence[str]) -> tuple[set[str], set[str]]:
    """Part documents in two, by their names."""
    ordered = sorted(names)
    first = {name for at, name in enumerate(ordered) if at // _A_HAND % 2}
    return set(ordered) - first, first


def weigh(lessons: Sequence[Lesson], model: FigureModel) -> tuple[Floats, Floats]:
    """Return what speaks for each target and result that is found with a model, and which of them are right (1, 0)."""
    rows = [row for lesson in lessons for row in _weighed(read(Document(lesson.pages), model), lesson.truth)]
    features, right = zip(*rows, strict=True)
    return np.array(features, np.float32), np.array(right, np.float32)


def _weighed(reading: Reading, truth: Mapping[str, Any]) -> Iterator[tuple[Floats, bool]]:
    left = [(kind, fact) for kind in KINDS for fact in truth.get(kind, ()) if fact.get("value") is not None]
    for found in reading.weighed:
        mate = fact_of(reading, found.block, found.quantity, left)
        if mate is not None:
            left.remove(mate)
        yield found.features, mate is not None and KINDS[mate[0]] == found.kind and is_right(found, mate[1])


def is_right(found: Weighed, truth: Mapping[str, Any]) -> bool:
    """Whether what was found of a figure is what is true of it."""
    same = [
        (found.quantity.aim if found.kind == TARGET else found.quantity.change) == truth["direction"],
        found.unit.name.strip(" .,;").casefold() == (truth["unit"] or "").strip(" .,;").casefold(),
        found.kind == RESULT or found.quantity.comparator == truth.get("comparator"),
    ]
    return all(same) and _alike(words_of(found.wording.words), words_of(truth["indicator"])) >= _ALIKE


def _alike(one: Sequence[str], other: Sequence[str]) -> float:
    shared = sum(min(one.count(word), other.count(word)) for word in set(one))
    return 2 * shared / max(len(one) + len(other), 1)


def regress(features: Floats, right: Floats) -> Floats:
    """Return the weights of a logistic regression, the first feature's, which is always 1, without a penalty."""
    penalty = _PENALTY * np.eye(SURE_FEATURES)
    penalty[0, 0] = 1e-6
    weights = np.zeros(SURE_FEATURES)
    for _ in range(_TURNS):  # Newton's steps
        chances = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (chances - right) + penalty @ weights
        bend = (features.T * (chances * (1 - chances))) @ features + penalty
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    _log.info("%d facts weighed: %.3f right, %.3f said", len(right), right.mean(), chances.mean())
    return weights.astype(np.float32)
