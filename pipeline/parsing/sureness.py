"""How likely a target or a result is right as a whole: what its confidence says of the rule that found it.

That a rule found it says the same of every fact. What the model of figures makes of this one tells more: how likely it
is a fact of its kind, how much of its wording is to be expected right, how likely the name of what is counted ends
where it was cut. With what kind of figure it is and what was changed these make one chance, by a logistic function
fitted to documents that the model had not seen (pipeline/learning/weighing.py).
"""

from __future__ import annotations

from typing import Final, NamedTuple, get_args

import numpy as np

from models.figures import Floats
from pipeline.parsing.counting import RENAMED
from pipeline.parsing.opinions import BY_MODEL, opinion_of
from pipeline.parsing.printed import Kind
from pipeline.parsing.quantity import Quantity
from pipeline.parsing.reading import Block, Reading
from pipeline.parsing.rewording import REWORDED, Unit, Wording

UNSURE: Final = "fact_unsure"
"""The doubt of a fact that is wrong as often as this bound says, or oftener."""
_UNSURE_BELOW: Final = 0.7
_KINDS: Final[tuple[str, ...]] = get_args(Kind)
_CHANGED: Final = (BY_MODEL, REWORDED, RENAMED)
SURE_FEATURES: Final = 13 + len(_KINDS) + len(_CHANGED)


class Weighed(NamedTuple):
    """A target or result on its way into the record, and what speaks for it."""

    kind: int
    block: Block
    quantity: Quantity
    wording: Wording
    unit: Unit
    features: Floats


def sureness(
    reading: Reading,
    block: Block,
    quantity: Quantity,
    kind: int,
    wording: Wording,
    unit: Unit,
    doubts: tuple[str, ...],
) -> tuple[float, tuple[str, ...]]:
    """Return how likely a fact of a kind (`models.figures.TARGET` or `RESULT`) is right, and all its doubts."""
    told = (*doubts, *wording.doubts, *unit.doubts)
    features = _features(reading, block, quantity, kind, wording, unit, told)
    reading.weighed.append(Weighed(kind, block, quantity, wording, unit, features))
    chance = reading.model.sure(features)
    return chance, (*told, UNSURE) if chance < _UNSURE_BELOW else told


def _features(
    reading: Reading,
    block: Block,
    quantity: Quantity,
    kind: int,
    wording: Wording,
    unit: Unit,
    doubts: tuple[str, ...],
) -> Floats:
    """Return what speaks for a fact, each about 0 to 1, the first of them always 1."""
    chance = float(np.clip(opinion_of(reading, block, quantity).chances[kind], 1e-3, 1 - 1e-3))
    words = len(wording.words.split())
    beside = sum(other.sentence == quantity.sentence for other in reading.quantities[block.index]) - 1
    told = [
        1,
        np.log(chance / (1 - chance)) / 4,
        wording.expected,
        wording.expected**2,
        unit.chance,
        unit.chance < 1,
        words <= 1,
        words <= 3,
        words > 14,
        min(beside, 6) / 6,
        quantity.change != "level",
        reading.facts.header.kind is None,
        quantity.comparator not in (None, "="),
    ]
    kinds = [name == quantity.kind for name in _KINDS]
    return np.array([*told, *kinds, *(name in doubts for name in _CHANGED)], np.float32)
