"""Indicators and units that a model words otherwise than the rules, where it knows better.

The rules (indicators.py) say what a figure measures; on documents that nobody knew when they were made they go wrong in
one of ten. A model (see opinions.py) says of each word around the figure how likely it belongs to the indicator, and so
how right each wording can be expected to be. Another wording takes the place of the rules' where more is expected of
it: whole phrases before and behind the figure, what the paragraph told of before, the topic that it opens with, or the
words that the model itself would take. Of what is counted it says likewise how far its name goes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from models.figures import Floats
from pipeline.parsing.counting import RENAMED
from pipeline.parsing.opinions import opinion_of
from pipeline.parsing.quantity import Quantity
from pipeline.parsing.reading import Block, Reading
from pipeline.parsing.surroundings import Seen, Surroundings, cue_words, surroundings_of, words_of

Stretch = tuple[int, int]
"""Tokens from one on, up to another."""

REWORDED: Final = "indicator_reworded"
_FEW_WORDS: Final = 3
_SURER, _SURER_OF_MORE = 0.35, 0.1
"""How much more must be expected of another wording than of the rules', and than of theirs of few words."""
_SURER_OF_NAME: Final = 0.8
"""How much likelier the name of what is counted must end farther on than the rules say."""
_HELD: Final = 0.75
"""The rules' wording stands, and no other is tried, where so much is expected of it."""
_TAKEN, _CHANGING = 0.4, 0.5
"""From which probability on a word is taken, and what it costs to change between words taken and left."""
_LEAST_WORDS, _MOST_WORDS, _TOPIC_WORDS = 2, 22, 12
_TOLD: Final = 4
"""How many indicators told before are tried, the nearest first."""
_BEFORE, _TOGETHER, _BEHIND = 8, 4, 3
"""How many pieces of a sentence before a figure are tried, how many of them in a row, and how many behind it."""


class Unit(NamedTuple):
    """A unit as printed, where in the view what it stands in ends, how likely its name ends there (1 where that is no
    question), and the doubt that it leaves."""

    name: str
    end: int
    chance: float = 1.0
    doubts: tuple[str, ...] = ()


class Wording(NamedTuple):
    """An indicator, how much of it is to be expected right (F1 of its words), and the doubt that it leaves."""

    words: str
    expected: float
    doubts: tuple[str, ...] = ()


def unit_of(reading: Reading, block: Block, quantity: Quantity) -> Unit:
    """Return the unit of a figure: the rules', or the longer name of what it counts that the model is much surer of."""
    named = opinion_of(reading, block, quantity).ends
    if named is not None:
        ends, chances = named
        best = int(chances.argmax())
        if best > ends.said and chances[best] - chances[ends.said] > _SURER_OF_NAME:
            around, places = surroundings_of(reading, block), ends.places.tolist()
            name = around.printed((places[0], places[best] + 1))
            return Unit(name, max(quantity.end, around.tokens[places[best]].end), float(chances[best]), (RENAMED,))
        return Unit(quantity.unit, quantity.end, float(chances[ends.said]))
    return Unit(quantity.unit, quantity.end)


def reworded(reading: Reading, block: Block, quantity: Quantity, indicator: str) -> Wording:
    """Return the indicator of a figure, the rules' or a surer one."""
    seen, likely = opinion_of(reading, block, quantity).words
    if not len(seen.places):
        return Wording(indicator, 0.0)
    return surest(surroundings_of(reading, block), seen, likely, quantity, indicator)


def surest(around: Surroundings, seen: Seen, likely: Floats, quantity: Quantity, indicator: str) -> Wording:
    """Return the wording of which most is expected, where it is surer than the rules' `indicator`."""
    expected = Expected(around, seen, likely)
    held = expected.of(indicator)
    if held > _HELD:
        return Wording(indicator, held)
    least = held + (_SURER if len(words_of(indicator)) > _FEW_WORDS else _SURER_OF_MORE)
    tried = (*_wordings(around, seen, quantity, indicator), *_own_choice(around, seen, likely))
    best, words = max(((expected.of(words), words) for words in tried if " " in words), default=(0.0, ""))
    return Wording(words, best, (REWORDED,)) if best > least else Wording(indicator, held)


class Expected:
    """What is to be expected of wordings, by the probabilities of the words that are seen."""

    def __init__(self, around: Surroundings, seen: Seen, likely: Floats) -> None:
        self._likely: dict[str, list[float]] = {}
        for place, chance in zip(seen.places.tolist(), likely.tolist(), strict=True):
            self._likely.setdefault(around.low[place], []).append(chance)
        for chances in self._likely.values():
            chances.sort(reverse=True)
        self._all = float(likely.sum())

    def of(self, words: str) -> float:
        """Return the F1 to be expected of the words of an indicator."""
        said = words_of(words)
        left = {word: iter(self._likely.get(word, ())) for word in said}  # of a word said twice the two likeliest
        shared = sum([next(left[word], 0.0) for word in said])
        size = len(said) + self._all
        return 2 * shared / size if size else 0.0


# --- other wordings ---------------------------------------------------------------------------------------------------


def _wordings(around: Surroundings, seen: Seen, quantity: Quantity, indicator: str) -> Iterator[str]:
    """Yield what was told before, the topic of the paragraph with the rules' words, and the phrases beside."""
    told = [other.indicator for other in around.quantities if other.figure < quantity.figure]
    yield from dict.fromkeys(reversed(told[-_TOLD:]))
    topic = _topic(around, quantity)
    if topic:
        yield f"{topic} {indicator}"
    unit = quantity.unit if quantity.kind in ("counted", "thing") else ""
    before = ["", *(around.printed(span) for span in _phrases_before(around, seen, quantity))]
    behind = ["", *(around.printed(span) for span in _phrases_behind(around, seen))]
    yield from (" ".join(part for part in (one, unit, other) if part) for one in before for other in behind)
    yield from before


def _topic(around: Surroundings, quantity: Quantity) -> str:
    """ "Hội nghị tuyên truyền: Có 350 người tham gia": the words before the first colon of a paragraph."""
    opening = around.view[around.sentences[0][0] : quantity.figure] if around.sentences else ""
    topic, colon, _ = opening.partition(":")
    return " ".join(topic.split()) if colon and len(topic.split()) <= _TOPIC_WORDS else ""


def _phrases_before(around: Surroundings, seen: Seen, quantity: Quantity) -> Iterator[Stretch]:
    """Yield the phrases of one piece, or of some in a row, that no figure parts."""
    own = seen.span.figure - cue_words(quantity)
    before = around.pieces[: bisect_left(around.pieces, (own, 0))]
    near = [span for span in before[-_BEFORE - 1 :] if span[1] <= seen.span.figure][-_BEFORE:]
    for at, (begin, _) in enumerate(near):
        for _, stop in near[at : at + _TOGETHER]:
            if around.is_phrase((begin, stop)) and _LEAST_WORDS <= around.is_word[begin:stop].sum() <= _MOST_WORDS:
                yield begin, stop


def _phrases_behind(around: Surroundings, seen: Seen) -> Iterator[Stretch]:
    """Yield the phrases that begin right behind a figure."""
    first = bisect_left(around.pieces, (seen.span.behind, 0))
    near = around.pieces[first : first + _BEHIND]
    for _, stop in near:
        if near[0][0] == seen.span.behind and around.is_phrase((seen.span.behind, stop)):
            yield seen.span.behind, stop


# --- the model's own choice -------------------------------------------------------------------------------------------


def _own_choice(around: Surroundings, seen: Seen, likely: Floats) -> Iterator[str]:
    """Yield the words that are most likely taken, as they stand and with those that runs of them are short of."""
    runs = _without_echoes(around, _runs(around, seen, taken(likely)), seen.span.figure)
    yield " ".join(map(around.printed, runs))
    starts, ends = {start for start, _ in around.runs}, {end for _, end in around.runs}
    whole = [(begin - (begin - 1 in starts), stop + (stop + 1 in ends)) for begin, stop in runs]
    yield " ".join(map(around.printed, whole))


def taken(likely: Floats) -> list[bool]:
    """Return which words in a row are most likely taken, when to change between taken and left costs something."""
    chance = np.clip(likely, 1e-4, 1 - 1e-4)
    gains = (np.log(chance / (1 - chance)) - np.log(_TAKEN / (1 - _TAKEN))).tolist()
    left, took = 0.0, -_CHANGING
    came_from: list[tuple[bool, bool]] = []
    for gain in gains:
        came_from.append((took - _CHANGING > left, took >= left - _CHANGING))
        left, took = max(left, took - _CHANGING), max(took, left - _CHANGING) + gain
    state, states = took > left, []
    for left_took, took_took in reversed(came_from):
        states.append(state)
        state = took_took if state else left_took
    return states[::-1]


def _runs(around: Surroundings, seen: Seen, took: list[bool]) -> list[Stretch]:
    """Return the stretches of tokens taken, of two words or more; signs between two words taken do not part them."""
    found: list[Stretch] = []
    last = -1
    for at, place in enumerate(seen.places.tolist()):
        if not took[at]:
            continue
        if at and last == at - 1 and _beside(around, seen, int(seen.places[at - 1]), place):
            found[-1] = found[-1][0], place + 1
        else:
            found.append((place, place + 1))
        last = at
    return [(begin, stop) for begin, stop in found if around.is_word[begin:stop].sum() >= _LEAST_WORDS]


def _beside(around: Surroundings, seen: Seen, one: int, other: int) -> bool:
    """Whether two words that follow each other stand in the same text, and no figure between them."""
    return around.is_phrase((one, other + 1)) and not one < seen.span.figure <= other


def _without_echoes(around: Surroundings, runs: list[Stretch], figure: int) -> list[Stretch]:
    """Leave out runs that say again what one nearer to the figure says."""
    kept: list[Stretch] = []
    said: set[str] = set()
    for begin, stop in sorted(runs, key=lambda run: min(abs(run[0] - figure), abs(run[1] - figure))):
        words = {around.low[at] for at in range(begin, stop) if around.is_word[at]}
        if not words <= said:
            kept.append((begin, stop))
            said |= words
    return sorted(kept)
