"""What the model of figures thinks of each figure of a paragraph: target, result or neither, and of what it says.

All figures of a paragraph are asked at once, when the first of them is, since they share what the encoder makes of the
words (see models/figures.py).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import Final

import numpy as np

from models.figures import NEITHER, RESULT, TARGET, FigureModel, Floats, Ints
from pipeline.parsing.counting import Ends, ends_of
from pipeline.parsing.moods import mood_of
from pipeline.parsing.quantities import quantities_of
from pipeline.parsing.quantity import Quantity
from pipeline.parsing.reading import Block, Reading
from pipeline.parsing.sequences import place_features, rows_of, rule_features, token_features
from pipeline.parsing.surroundings import Seen, Surroundings, surroundings_of

BY_MODEL: Final = "accepted_by_model"
_SURE: Final = 0.9
"""How likely the model must hold a figure to be a fact of which the rules say nothing."""
_NONE: Final = {TARGET: 0.95, RESULT: 0.995}
"""How likely it must hold one to be none that the rules take. What it learnt from has more figures that are no results
than paper has, so there it must be surer."""


Words = tuple[Seen, Floats]
"""The words that a figure is seen with, and how likely each is one of its indicator."""
Names = tuple[Ends, Floats] | None
"""The words at which the name of what it counts may end, and the chance of each; None where it counts nothing."""


class Opinion:
    """A figure's chances to be neither target nor result, a target, and a result; and the opinion of the words around
    it, which is made when it is asked for: most figures are no facts."""

    def __init__(self, chances: Floats, look: Callable[[], Words], name: Callable[[], Names]) -> None:
        self.chances = chances
        self._look, self._name = look, name

    @cached_property
    def words(self) -> Words:
        """The words around the figure."""
        return self._look()

    @cached_property
    def ends(self) -> Names:
        """Where the name of what is counted may end."""
        return self._name()


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
        return bool(chances[NEITHER] < _NONE[kind]), ()
    return bool(chances[kind] > _SURE), (BY_MODEL,)


def _opinions(reading: Reading, block: Block) -> dict[int, Opinion]:
    """Return the opinions of all figures of a paragraph by where they stand."""
    model, around, quantities = reading.model, surroundings_of(reading, block), quantities_of(reading, block)
    spans = [around.span_of(quantity) for quantity in quantities]
    ids, features = token_features(around, spans, model.vocabulary)
    place = place_features(reading, block)
    out: dict[int, Opinion] = {}
    for row in rows_of(around, spans):
        states = model.encoded(ids[row.tokens], features[row.tokens], place)
        at = np.full(len(ids) + 1, -1)  # -1: the last of the row
        at[row.tokens] = np.arange(len(row.tokens))
        whole = states.mean(axis=0)
        for quantity, span in ((quantities[number], spans[number]) for number in row.figures):
            figure, behind = states[at[span.figure]], states[at[span.behind]]
            rules = rule_features(quantity, mood_of(reading, block, quantity), around.of_figure(quantity, span))
            chances = model.chances(rules, figure, behind, whole, place)
            asked = (model, around, quantity, states, at)
            out[quantity.figure] = Opinion(chances, partial(_words, *asked), partial(_names, *asked))
    return out


def _words(model: FigureModel, around: Surroundings, quantity: Quantity, states: Floats, at: Ints) -> Words:
    """Return the words around a figure; `at` says where in the row of `states` each token is."""
    seen = around.seen(quantity, quantity.indicator)
    inside = at[seen.places] >= 0
    likely = np.zeros(len(seen.places), np.float32)
    words, figure = states[at[seen.places[inside]]], states[at[seen.span.figure]]
    likely[inside] = model.likely(seen.features[inside], seen.keys[inside], seen.sorts[inside], words, figure)
    return seen, likely


def _names(model: FigureModel, around: Surroundings, quantity: Quantity, states: Floats, at: Ints) -> Names:
    """Return where the name of what a figure counts may end."""
    span = around.span_of(quantity)
    ends = ends_of(around, quantity, span)
    if ends is None or (at[ends.places] < 0).any():
        return None
    words, behind, figure = states[at[ends.places]], states[at[ends.places + 1]], states[at[span.figure]]
    return ends, model.ends(ends.features, ends.keys, ends.sorts, words, behind, figure)
