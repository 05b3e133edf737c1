"""How much a text reads like Vietnamese administrative prose, by the language model alone."""

from __future__ import annotations

import math
from typing import Final

from diacritics.language import LanguageModel, State
from diacritics.tokens import model_tokens

MOST_WORDS: Final = 300
"""A page's first words tell; more would only take time."""
_UNKNOWN: Final = -6.0
"""What a word that the model does not know costs above the class of such words: there are thousands of them."""
_MIDDLE: Final = -6.5
_SLOPE: Final = 2.0
# Mean log probability of a word on texts that were looked at: printed pages -2.5 to -5.0 (lists of names and figures
# are the lowest), what a foreign engine makes of Vietnamese -8.1 to -9.0.


def likeness(model: LanguageModel, start: State, text: str) -> float:
    """Return 0 (no Vietnamese) to 1 (as printed) for `text`; one half lies between print and garble. Empty text is 1.

    Args:
        model: the language model.
        start: its state at the beginning of a text.
        text: of which the first words count.
    """
    total, count, state = 0.0, 0, start
    for token in model_tokens(text):
        word = model.ids.get(token, model.unknown)
        probability, state = model.step(state, word)
        total += probability if word != model.unknown else probability + _UNKNOWN
        count += 1
        if count == MOST_WORDS:
            break
    return 1.0 / (1.0 + math.exp(-_SLOPE * (total / count - _MIDDLE))) if count else 1.0
