"""How far the name of what a figure counts goes: "04 cuộc | kiểm tra", "226 con bò cái sinh sản | cho hộ nghèo".

The rules take it from a list of things that are counted, or up to two words; how clerks and readers name things is
wider than a list. A model (see opinions.py) says of each word behind the number how likely the name ends there, and
where it is much surer of an end farther on than of the rules', that one holds.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from models.figures import ENDING, Floats, Ints
from pipeline.parsing.quantity import Quantity
from pipeline.parsing.surroundings import Span, Surroundings, tokens_of

RENAMED: Final = "unit_reworded"
LONGEST_NAME: Final = 8
"""How many words the name of a thing has at most."""
_NAMED: Final = ("counted", "thing")
_JOINING: Final = (",", "-", "–", "/")
"""Signs that a name goes on behind: "cán bộ, công chức", "cây/ha"."""
_NEXT: Final = (",", ";", ".", ":", "(", ")", "/")
END_FEATURES: Final = 3 + LONGEST_NAME + len(_NEXT) + 3 + len(_NAMED)
SAID: Final = slice(0, 3)
"""The columns that say where the rules' name ends."""


class Ends(NamedTuple):
    """The words at which a name may end: their places among the tokens, features, keys and kinds of place, and which of
    them the rules' name ends at."""

    places: Ints
    features: Floats
    keys: Ints
    sorts: Ints
    said: int


def ends_of(around: Surroundings, quantity: Quantity, span: Span) -> Ends | None:
    """Return where the name of what a figure counts may end; None where it counts nothing or the name is not right
    behind the number."""
    unit = tokens_of(quantity.unit)
    if quantity.kind not in _NAMED or not unit:
        return None
    low, stop = around.low, min(span.figure + 8, len(around.low))
    first = next((at for at in range(span.figure, stop) if low[at : at + len(unit)] == unit), None)
    if first is None:
        return None
    places = _candidates(around, first)
    said = first + len(unit) - 1
    if said not in places:
        return None
    number = places.index(said)
    at, sorts = np.array(places, int), np.full(len(places), ENDING)
    return Ends(at, _features(around, places, number, quantity), around.keys(at, sorts), sorts, number)


def _candidates(around: Surroundings, first: int) -> list[int]:
    """Return the words from `first` on at which a name may end."""
    found: list[int] = []
    for at in range(first, len(around.low)):
        if around.is_word[at] and not around.low[at][0].isdigit():
            found.append(at)
        elif around.low[at] not in _JOINING:
            break
        if len(found) == LONGEST_NAME:
            break
    return found


def _features(around: Surroundings, places: list[int], said: int, quantity: Quantity) -> Floats:
    features = np.zeros((len(places), END_FEATURES), np.float32)
    features[:, SAID] = told(len(places), said)
    for number, at in enumerate(places):
        features[number, 3 + number] = 1
        behind = around.low[at + 1] if at + 1 < len(around.low) else ""
        column = 3 + LONGEST_NAME
        if behind in _NEXT:
            features[number, column + _NEXT.index(behind)] = 1
        column += len(_NEXT)
        features[number, column : column + 3] = not behind, behind[:1].isdigit(), behind[:1].isalpha()
        features[number, column + 3 + _NAMED.index(quantity.kind)] = 1
    return features


def told(count: int, said: int) -> Floats:
    """Return whether each of so many words is where the rules' name ends, before that, or behind it."""
    at = np.arange(count)
    return np.stack([at == said, at < said, at > said], 1).astype(np.float32)
