"""What the model of figures thinks of each figure of a paragraph: target, result or neither, and of what it says.

All figures of a paragraph are asked at once, when the first of them is, since they share what the encoder makes of the
words (see models/figures.py).
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from models.figures import NEITHER, Floats, load_figures
from pipeline.parsing.moods import mood_of
from pipeline.parsing.quantities import quantities_of
from pipeline.parsing.quantity import Quantity
from pipeline.parsing.reading import Block, Reading
from pipeline.parsing.sequences import place_features, rows_of, rule_features, token_features
from pipeline.parsing.surroundings import Seen, surroundings_of

BY_MODEL: Final = "accepted_by_model"
_SURE, _SURE_OF_NONE = 0.9, 0.95
"""How likely the model must hold a figure to be a fact that the rules leave out, and to be none that they take."""


class Opinion(NamedTuple):
    """The words that a figure is seen with, how likely each is one of its indicator, and the figure's chances to be
    neither target nor result, a target, and a result."""

    seen: Seen
    likely: Floats
    chances: Floats


def opinion_of(reading: Reading, block: Block, quantity: Quantity) -> Opinion:
    """Return what the model thinks of a figure."""
    known: dict[int, Opinion] | None = reading.opinions.get(block.index)
    if known is None:
        known = reading.opinions[block.index] = _opinions(reading, block)
    return known[quantity.figure]


def judged(
    reading: Reading, block: Block, quantity: Quantity, kind: int, said: bool | None
) -> tuple[bool, tuple[str, ...]]:
    """Return whether a figure is a fact of a kind (`models.figures.TARGET` or `RESULT`), and the doubt that leaves.

    What the rules refuse is none; what they take is one unless the model is sure that it is not; and where they say
    nothing (None) the model must be sure that it is.
    """
    if said is False:
        return False, ()
    chances = opinion_of(reading, block, quantity).chances
    if said:
        return bool(chances[NEITHER] < _SURE_OF_NONE), ()
    return bool(chances[kind] > _SURE), (BY_MODEL,)


def _opinions(reading: Reading, block: Block) -> dict[int, Opinion]:
    """Return the opinions of all figures of a paragraph by where they stand."""
    model, around, quantities = load_figures(), surroundings_of(reading, block), quantities_of(reading, block)
    seen = [around.seen(quantity, quantity.indicator) for quantity in quantities]
    ids, features = token_features(around, seen, model.vocabulary)
    place = place_features(reading, block)
    out: dict[int, Opinion] = {}
    for tokens, figures in rows_of(around, seen):
        states = model.encoded(ids[tokens], features[tokens], place)
        at = np.full(len(ids) + 1, -1)
        at[tokens] = np.arange(len(tokens))
        whole = states.mean(axis=0)
        for number in figures:
            one, quantity = seen[number], quantities[number]
            figure, behind = states[at[one.figure]], states[at[one.behind]]  # -1: the last of the row
            inside = at[one.places] >= 0
            likely = np.zeros(len(one.places), np.float32)
            words = states[at[one.places[inside]]]
            likely[inside] = model.likely(one.features[inside], one.keys[inside], one.sorts[inside], words, figure)
            rules = rule_features(quantity, mood_of(reading, block, quantity), one)
            out[quantity.figure] = Opinion(one, likely, model.chances(rules, figure, behind, whole, place))
    return out
