"""A paragraph with its figures as a row of tokens for the model of figures (see models/figures.py).

A long paragraph is cut into rows of `LONGEST` tokens at most, each with the heading and the opening line before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple, get_args

import numpy as np

from models.figures import LONGEST, Floats, Ints, Vocabulary
from pipeline.parsing.quantity import Quantity
from pipeline.parsing.reading import Block, Reading
from pipeline.parsing.surroundings import OF_FIGURE, WORD_FEATURES, Span, Surroundings
from pipeline.records import Comparator

_MOST_FIGURES: Final = 10
"""Of a row: more figures than these share the words of another."""
_BEFORE, _BEHIND = 70, 20
"""How many tokens a row has before its first figure, and at least behind its last."""
_SIGNS: Final = {
    sign: at for at, signs in enumerate((",", ";", ":", "(", ")", ".", "-–", "%", "/", "+", '“”"')) for sign in signs
}
_ZONES, _DIGIT, _CAPITAL, _LOUD, _FIRST_SIGN, _IN_FIGURE, _FIGURE, _UNKNOWN = 0, 4, 5, 6, 7, 18, 19, 20
TOKEN_FEATURES: Final = 21
_TYPES: Final = ("Báo cáo", "Kế hoạch", "Công văn", "Quyết định", "Nghị quyết", "Thông báo", "Chương trình", "Chỉ thị")
PLACE_FEATURES: Final = len(_TYPES) + 4
_COMPARATORS: Final[tuple[str, ...]] = get_args(Comparator)
MOODS: Final = slice(len(_COMPARATORS), len(_COMPARATORS) + 2)
"""The columns of what the rules say that tell the mood of a figure."""
RULE_FEATURES: Final = len(_COMPARATORS) + 3 + WORD_FEATURES - OF_FIGURE


class Row(NamedTuple):
    """The tokens of a row, by their places among those of the surroundings, and the figures that it is made for."""

    tokens: Ints
    figures: list[int]


def rows_of(around: Surroundings, spans: list[Span]) -> Iterator[Row]:
    """Yield the rows of a paragraph, which together have all its figures once."""
    prefix, last = around.first, len(around.tokens)
    room = LONGEST - prefix
    order = sorted(range(len(spans)), key=lambda at: spans[at].figure)
    first = 0
    while first < len(order):
        start = max(prefix, min(spans[order[first]].figure - _BEFORE, last - room))
        stop = min(last, start + room)
        bound = stop if stop == last else stop - _BEHIND
        end = first + 1
        while end < min(len(order), first + _MOST_FIGURES) and spans[order[end]].figure < bound:
            end += 1
        yield Row(np.concatenate([np.arange(prefix), np.arange(start, stop)]), order[first:end])
        first = end


def token_features(around: Surroundings, spans: list[Span], vocabulary: Vocabulary) -> tuple[Ints, Floats]:
    """Return the number of each token's word, and its features."""
    ids = np.array([vocabulary.number(word) for word in around.low], int)
    features = np.zeros((len(ids), TOKEN_FEATURES), np.float32)
    features[np.arange(len(ids)), _ZONES + around.zones] = 1
    features[:, _DIGIT] = [low[0].isdigit() for low in around.low]
    features[:, _CAPITAL] = [token.text[0].isupper() for token in around.tokens]
    features[:, _LOUD] = [len(token.text) > 1 and token.text.isupper() for token in around.tokens]
    signs = [(at, _FIRST_SIGN + sign) for at, low in enumerate(around.low) if (sign := _SIGNS.get(low)) is not None]
    features[[at for at, _ in signs], [column for _, column in signs]] = 1
    for figure, behind in spans:
        features[figure:behind, _IN_FIGURE] = features[figure, _FIGURE] = 1
    features[:, _UNKNOWN] = ids == vocabulary.unknown
    return ids, features


def place_features(reading: Reading, block: Block) -> Floats:
    """Return what holds for all of a paragraph: the document's type, its mood, its part."""
    kind = reading.facts.header.kind
    told = [block.mood == "goal", block.mood == "result", block.part == "node", block.part == "closing"]
    return np.array([*(kind == name for name in _TYPES), *told], np.float32)


def rule_features(quantity: Quantity, mood: str | None, of_figure: Floats) -> Floats:
    """Return what the rules say of a figure; `of_figure` is what its surroundings tell of it."""
    compared = (quantity.comparator == sign for sign in _COMPARATORS)
    said = np.array([*compared, mood == "goal", mood == "result", quantity.kind == "duration"], np.float32)
    return np.concatenate([said, of_figure])
