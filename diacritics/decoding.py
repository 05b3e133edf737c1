"""Decoding: the readings that fit together best, found with a beam over a lattice.

The lattice has a node before each piece and one at the end. An edge spans one piece, or two that were run apart, and
carries choices; a choice is one printed word, or several that were run together, with what the channel asks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import Final, NamedTuple

from diacritics.language import LanguageModel, State

BEAM: Final = 8
_MARGIN: Final = 14.0  # hypotheses this far (in nats) behind the best one are dropped
_NEIGHBOURS: Final = 3  # words after a position that a change there can matter to: the model looks back three


class Choice(NamedTuple):
    """One way to read an edge: the model's word ids, the text that it prints, the channel's cost."""

    words: tuple[int, ...]
    text: str
    cost: float


class Edge(NamedTuple):
    """Choices for the pieces from one node up to node `end`."""

    end: int
    choices: Sequence[Choice]


@dataclass(slots=True)
class Decision:
    """What was chosen for the pieces `first` to `last` (exclusive), and how the other choices of its edge compare.

    `posterior` is the share of the chosen text among all choices for this edge, its neighbours as decided.
    """

    first: int
    last: int
    choice: Choice
    posterior: float
    others: list[tuple[float, Choice]]


_Back = tuple["_Back | None", int, Edge, Choice]


def decode(model: LanguageModel, lattice: Sequence[Sequence[Edge]], start: State, beam: int = BEAM) -> list[Decision]:
    """Return the best path through a lattice, one decision an edge.

    Args:
        model: scores words in context.
        lattice: the edges that leave each node; the last node (one past the end of the list) has none.
        start: what the text before the first piece ends in.
        beam: hypotheses kept at each node.
    """
    fronts: list[dict[State, tuple[float, _Back | None]]] = [{} for _ in range(len(lattice) + 1)]
    fronts[0][start] = (0.0, None)
    for node, edges in enumerate(lattice):
        front = _best(fronts[node], beam)
        fronts[node] = {}
        for edge in edges:
            _extend(model, front, node, edge, fronts[edge.end])
    best = max(fronts[-1].values(), key=lambda item: item[0], default=(0.0, None))
    path: list[tuple[int, Edge, Choice]] = []
    back = best[1]
    while back is not None:
        path.append(back[1:])
        back = back[0]
    return _judge(model, path[::-1], start)


def _best(front: dict[State, tuple[float, _Back | None]], beam: int) -> list[tuple[State, float, _Back | None]]:
    ranked = sorted(
        ((score, number, state, back) for number, (state, (score, back)) in enumerate(front.items())),
        key=lambda item: -item[0],
    )[:beam]
    if not ranked:
        return []
    floor = ranked[0][0] - _MARGIN
    return [(state, score, back) for score, _, state, back in ranked if score >= floor]


def _extend(
    model: LanguageModel,
    front: list[tuple[State, float, _Back | None]],
    node: int,
    edge: Edge,
    target: dict[State, tuple[float, _Back | None]],
) -> None:
    """Carry every hypothesis over every choice of an edge."""
    step = model.step
    for choice in edge.choices:
        words, cost = choice.words, choice.cost
        for state, score, back in front:
            total, after = score - cost, state
            for word in words:
                found = after.memo.get(word) or step(after, word)
                total += found[0]
                after = found[1]
            known = target.get(after)
            if known is None or total > known[0]:
                target[after] = (total, (back, node, edge, choice))


def _judge(model: LanguageModel, path: list[tuple[int, Edge, Choice]], start: State) -> list[Decision]:
    """Give each decision its posterior: every other choice is scored in its place, the neighbours kept."""
    decisions = []
    state = start
    for place, (node, edge, chosen) in enumerate(path):
        following = [word for _, _, choice in path[place + 1 : place + 1 + _NEIGHBOURS] for word in choice.words]
        following = following[:_NEIGHBOURS]
        own, after = _score(model, state, chosen.words)
        posterior, others = 1.0, []
        if len(edge.choices) > 1:
            reference = own + _score(model, after, following)[0] - chosen.cost
            total = 1.0
            for other in edge.choices:
                if other.text != chosen.text:
                    words = [*other.words, *following]
                    weight = exp(min(30.0, _score(model, state, words)[0] - other.cost - reference))
                    total += weight
                    others.append((weight, other))
            posterior = 1.0 / total
            others = [(weight * posterior, other) for weight, other in sorted(others, key=lambda item: -item[0])[:3]]
        decisions.append(Decision(node, edge.end, chosen, posterior, others))
        state = after
    return decisions


def _score(model: LanguageModel, state: State, words: Sequence[int]) -> tuple[float, State]:
    total = 0.0
    for word in words:
        found = state.memo.get(word) or model.step(state, word)
        total += found[0]
        state = found[1]
    return total, state
