"""Decoding: the readings that fit together best, found with a beam over a lattice.

The lattice has a node before each piece and one at the end. An edge spans one piece, or two that were run apart, and
carries choices; a choice is one printed word, or several that were run together, with what the channel asks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import Final, NamedTuple

from diacritics.language import LanguageModel, State, Words

_MARGIN: Final = 12.0  # hypotheses this far (in nats) behind the best one are dropped
_NEIGHBOURS: Final = 2  # words after a position that are heard on a change there
_WEIGHED: Final = 4  # other choices that are weighed for the posterior
_TEMPER: Final = 1.4  # the model is surer than it is right: on held-out garble this makes its shares true
_UNTHOUGHT_OF: Final = 0.003  # and the right word may be none of those weighed,
_FAR_FETCHED: Final = 6.0  # the more so where the chosen one costs this much:
_FAR_FETCHED_WRONG: Final = 0.05  # counted on held-out garble
_NEAR: Final = 9.0  # nats behind the best choice, by what stands before, at which another is not weighed


class Choice(NamedTuple):
    """One way to read an edge: the model's word ids, the text that it prints, the channel's cost."""

    words: tuple[int, ...]
    text: str
    cost: float


class Choices:
    """The choices of one token, those of a single word laid out so that the model answers them at once."""

    __slots__ = ("costs", "every", "longer", "single", "words")

    def __init__(self, every: Sequence[Choice]) -> None:
        self.every = every
        self.single = [choice for choice in every if len(choice.words) == 1]
        self.longer = [choice for choice in every if len(choice.words) > 1]
        self.words = Words([choice.words[0] for choice in self.single])
        self.costs = [choice.cost for choice in self.single]


class Edge(NamedTuple):
    """Choices for the pieces from one node up to node `end`, at a `price` on top; `opens` puts a boundary before."""

    end: int
    choices: Choices
    opens: bool = False
    price: float = 0.0


@dataclass(slots=True)
class Decision:
    """What was chosen for the pieces `first` to `last` (exclusive), and how the other choices of its edge compare.

    `posterior` is the share of the chosen text among all choices for this edge, its neighbours as decided; `others`
    are the next best with their shares.
    """

    first: int
    last: int
    choice: Choice
    posterior: float
    others: list[tuple[float, Choice]]


_Back = tuple["_Back | None", int, Edge, Choice]
_Front = dict[State, tuple[float, "_Back | None"]]


def decode(
    model: LanguageModel, lattice: Sequence[Sequence[Edge]], boundary: int, start: State, beam: int
) -> list[Decision]:
    """Return the best path through a lattice, one decision an edge.

    Args:
        model: scores words in context.
        lattice: the edges that leave each node; the last node (one past the end of the list) has none.
        boundary: the word id that stands between clauses.
        start: what the text before the first piece ends in.
        beam: hypotheses kept at each node.
    """
    fronts: list[_Front] = [{} for _ in range(len(lattice) + 1)]
    fronts[0][start] = (0.0, None)
    for node, edges in enumerate(lattice):
        front = _best(fronts[node], beam)
        fronts[node] = {}
        for edge in edges:
            hypotheses = _bounded(model, front, boundary) if edge.opens else front
            _extend(model, hypotheses, node, edge, fronts[edge.end])
    best = max(fronts[-1].values(), key=lambda item: item[0], default=(0.0, None))
    path: list[tuple[int, Edge, Choice]] = []
    back = best[1]
    while back is not None:
        path.append(back[1:])
        back = back[0]
    return _judge(model, path[::-1], boundary, start)


def _best(front: _Front, beam: int) -> list[tuple[float, State, _Back | None]]:
    ranked = [(score, state, back) for state, (score, back) in front.items()]
    ranked.sort(key=_score_of, reverse=True)
    return ranked[:beam]


def _score_of(hypothesis: tuple[float, State, _Back | None]) -> float:
    return hypothesis[0]


def _bounded(
    model: LanguageModel, front: list[tuple[float, State, _Back | None]], boundary: int
) -> list[tuple[float, State, _Back | None]]:
    """Carry every hypothesis over a boundary; those that are one after it are joined."""
    joined: _Front = {}
    for score, state, back in front:
        probability, after = model.step(state, boundary)
        if after not in joined or score + probability > joined[after][0]:
            joined[after] = (score + probability, back)
    return _best(joined, len(front))


def _extend(
    model: LanguageModel,
    front: list[tuple[float, State, _Back | None]],
    node: int,
    edge: Edge,
    target: _Front,
) -> None:
    """Carry every hypothesis over every choice of an edge."""
    choices = edge.choices
    costs, single, words = choices.costs, choices.single, choices.words
    floor = max((score for score, _ in target.values()), default=-1e9) - _MARGIN
    for score, state, back in front:
        score -= edge.price
        probabilities, afters = model.steps(state, words)
        for probability, cost, after, choice in zip(probabilities, costs, afters, single, strict=True):
            total = score + probability - cost
            if total > floor:
                known = target.get(after)
                if known is None or total > known[0]:
                    target[after] = (total, (back, node, edge, choice))
                    if total - _MARGIN > floor:
                        floor = total - _MARGIN
        for choice in choices.longer:
            probability, after = _score(model, state, choice.words)
            total = score + probability - choice.cost
            if total > floor and (after not in target or total > target[after][0]):
                target[after] = (total, (back, node, edge, choice))


def _judge(model: LanguageModel, path: list[tuple[int, Edge, Choice]], boundary: int, start: State) -> list[Decision]:
    """Give each decision its posterior: every other choice is scored in its place, the neighbours kept."""
    decisions = []
    state = start
    for place, (node, edge, chosen) in enumerate(path):
        if edge.opens:
            state = model.step(state, boundary)[1]
        after = _score(model, state, chosen.words)[1]
        posterior = 1.0 if chosen.cost < _FAR_FETCHED else 1.0 / (1.0 + _unthought_of(chosen))
        others: list[tuple[float, Choice]] = []
        if len(edge.choices.every) > 1:
            following = _following(path, place, boundary)
            posterior, others = _posterior(model, state, edge.choices, chosen, following)
        decisions.append(Decision(node, edge.end, chosen, posterior, others))
        state = after
    return decisions


def _following(path: list[tuple[int, Edge, Choice]], place: int, boundary: int) -> list[int]:
    """Return the words after a place that look back at it."""
    words: list[int] = []
    for _, edge, choice in path[place + 1 : place + 1 + _NEIGHBOURS]:
        words += [boundary, *choice.words] if edge.opens else choice.words
    return words[:_NEIGHBOURS]


def _posterior(
    model: LanguageModel, state: State, choices: Choices, chosen: Choice, following: list[int]
) -> tuple[float, list[tuple[float, Choice]]]:
    """Return the share of the chosen text among the likeliest choices here, and the next best with theirs."""
    probabilities = model.steps(state, choices.words)[0]
    ranked = [(p - choice.cost, choice) for p, choice in zip(probabilities, choices.single, strict=True)]
    ranked += [(_score(model, state, choice.words)[0] - choice.cost, choice) for choice in choices.longer]
    ranked.sort(key=lambda item: -item[0])
    least = ranked[0][0] - _NEAR
    rivals = [other for score, other in ranked[: _WEIGHED + 1] if score > least and other.text != chosen.text]
    if not rivals:
        return 1.0 / (1.0 + _unthought_of(chosen)), []
    reference = _score(model, state, [*chosen.words, *following])[0] - chosen.cost
    weights: dict[str, tuple[float, Choice]] = {}
    for other in rivals:
        gain = _score(model, state, [*other.words, *following])[0] - other.cost - reference
        weight = exp(min(30.0, gain / _TEMPER))
        weights[other.text] = (weight + weights.get(other.text, (0.0, other))[0], other)
    total = 1.0 + _unthought_of(chosen) + sum(weight for weight, _ in weights.values())
    others = sorted(((weight / total, other) for weight, other in weights.values()), key=lambda item: -item[0])
    return 1.0 / total, others[:3]


def _unthought_of(chosen: Choice) -> float:
    return _UNTHOUGHT_OF if chosen.cost < _FAR_FETCHED else _FAR_FETCHED_WRONG


def _score(model: LanguageModel, state: State, words: Sequence[int]) -> tuple[float, State]:
    total = 0.0
    for word in words:
        found = model.step(state, word)
        total += found[0]
        state = found[1]
    return total, state
