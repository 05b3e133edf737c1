"""Ruling lines: where a page is ruled, and the grid of cells that the lines make.

A `Rule` is one straight printed line in points of the upright page. Rules come from a picture (cleaning) or from the
drawing operators of a PDF; `grids` knows only rules, so tables of both kinds are found by the same code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from pipeline.document import Box

TOUCH_POINTS = 5.0  # two lines that come this close to each other meet: scans break corners
MAX_BREAK_POINTS = 12.0  # a longer gap in a line is meant
SAME_LINE_POINTS = 0.75  # pieces that lie this close are drawn as one line
MIN_CELL_POINTS = 5.0  # nearer than this, two parallel lines are one thick or doubled line


class Rule(NamedTuple):
    """A horizontal or vertical line from (x0, y0) to (x1, y1), in points; the smaller coordinates come first."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def horizontal(self) -> bool:
        """Whether the line runs from left to right."""
        return self.x1 - self.x0 >= self.y1 - self.y0

    @property
    def length(self) -> float:
        """Length in points."""
        return max(self.x1 - self.x0, self.y1 - self.y0)


@dataclass(frozen=True)
class GridCell:
    """A cell of a ruled table: its place counted from 0, how many rows and columns it covers, and its box."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True)
class Grid:
    """A ruled table: the cells in reading order (by row, then column)."""

    box: Box
    cells: list[GridCell] = field(default_factory=list)
    row_count: int = 0
    column_count: int = 0


def joined(rules: list[Rule]) -> list[Rule]:
    """Join the pieces of lines that a scan broke: same direction, same place, a small gap between."""
    found: list[Rule] = []
    for horizontal in (True, False):
        pieces = sorted((r for r in rules if r.horizontal == horizontal), key=lambda r: r.x0 if horizontal else r.y0)
        lines: list[Rule] = []
        for piece in pieces:
            mate = next((line for line in lines if _continues(line, piece)), None)
            if mate is None:
                lines.append(piece)
            else:
                lines[lines.index(mate)] = Rule(
                    min(mate.x0, piece.x0), min(mate.y0, piece.y0), max(mate.x1, piece.x1), max(mate.y1, piece.y1)
                )
        found += lines
    return found


def _continues(line: Rule, piece: Rule) -> bool:
    if line.horizontal:
        return abs(line.y0 + line.y1 - piece.y0 - piece.y1) / 2 < 3.0 and piece.x0 - line.x1 < MAX_BREAK_POINTS
    return abs(line.x0 + line.x1 - piece.x0 - piece.x1) / 2 < 3.0 and piece.y0 - line.y1 < MAX_BREAK_POINTS


def grids(rules: list[Rule]) -> list[Grid]:
    """Return the ruled tables that the lines make, from the top of the page down.

    A table has at least two cells; a box round one paragraph and a line under a heading are none.
    """
    found = [_grid(group) for group in _connected(_whole_lines(rules))]
    return sorted((g for g in found if g is not None), key=lambda g: (g.box.y0, g.box.x0))


def _whole_lines(rules: list[Rule]) -> list[Rule]:
    """Put together the pieces that lie end to end or on each other: word processors draw the sides of each cell."""
    found: list[Rule] = []
    for horizontal in (True, False):
        pieces = sorted((r for r in rules if r.horizontal == horizontal), key=_position)
        for line in _same_position(pieces):
            line.sort(key=lambda r: r.x0 if horizontal else r.y0)
            whole = line[0]
            for piece in line[1:]:
                gap = piece.x0 - whole.x1 if horizontal else piece.y0 - whole.y1
                if gap > SAME_LINE_POINTS:
                    found.append(whole)
                    whole = piece
                elif horizontal:
                    whole = whole._replace(x1=max(whole.x1, piece.x1))
                else:
                    whole = whole._replace(y1=max(whole.y1, piece.y1))
            found.append(whole)
    return found


def _position(rule: Rule) -> float:
    """How far down a horizontal line lies, how far right a vertical one."""
    return (rule.y0 + rule.y1) / 2 if rule.horizontal else (rule.x0 + rule.x1) / 2


def _same_position(pieces: list[Rule]) -> list[list[Rule]]:
    """Group pieces, sorted by their position, that lie at the same one."""
    groups: list[list[Rule]] = []
    for piece in pieces:
        if groups and _position(piece) - _position(groups[-1][0]) <= SAME_LINE_POINTS:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _connected(rules: list[Rule]) -> list[list[Rule]]:
    """Group the lines that touch each other, directly or through others."""
    groups: list[list[Rule]] = []
    for rule in rules:
        touching = [g for g in groups if any(_touch(rule, other) for other in g)]
        merged = [rule, *(r for g in touching for r in g)]
        groups = [g for g in groups if not any(g is t for t in touching)] + [merged]
    return groups


def _touch(a: Rule, b: Rule) -> bool:
    return (
        a.x0 - TOUCH_POINTS <= b.x1
        and b.x0 - TOUCH_POINTS <= a.x1
        and a.y0 - TOUCH_POINTS <= b.y1
        and b.y0 - TOUCH_POINTS <= a.y1
    )


def _grid(group: list[Rule]) -> Grid | None:
    """Make the grid of one group of lines: all line positions cut the plane, cells without a line between them join."""
    down = [r for r in group if not r.horizontal]
    # an underlined word in a cell or below the table is a line too, but one of its ends hangs free
    width = max((r.x1 for r in group), default=0.0) - min((r.x0 for r in group), default=0.0)
    across = [r for r in group if r.horizontal and _parts(r, down, width)]
    ys = _positions([(r.y0 + r.y1) / 2 for r in across])
    xs = _positions([(r.x0 + r.x1) / 2 for r in down])
    if across and xs:  # many offices leave out the outer verticals
        left, right = median(r.x0 for r in across), median(r.x1 for r in across)
        xs = _positions([min(left, xs[0]), *xs, max(right, xs[-1])])
    if len(ys) < 2 or len(xs) < 2 or (len(ys) - 1) * (len(xs) - 1) < 2:
        return None
    cells = [
        GridCell(
            min(r for r, _ in places),
            min(c for _, c in places),
            len({r for r, _ in places}),
            len({c for _, c in places}),
            Box(
                min(xs[c] for _, c in places),
                min(ys[r] for r, _ in places),
                max(xs[c + 1] for _, c in places),
                max(ys[r + 1] for r, _ in places),
            ),
        )
        for places in _merged(across, down, xs, ys)
    ]
    if len(cells) < 2:
        return None
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(Box(xs[0], ys[0], xs[-1], ys[-1]), cells, len(ys) - 1, len(xs) - 1)


def _parts(rule: Rule, down: list[Rule], width: float) -> bool:
    """Whether a horizontal line runs from one vertical to another, or over half of the table where few are drawn."""
    met = _positions([other.x0 for other in down if _touch(rule, other)])
    return len(met) > 1 or (len(met) == 1 and rule.length > 0.5 * width)


def _merged(across: list[Rule], down: list[Rule], xs: list[float], ys: list[float]) -> list[list[tuple[int, int]]]:
    """Return the cells, each as the (row, column) fields of the grid that no line parts."""
    fields = [(r, c) for r in range(len(ys) - 1) for c in range(len(xs) - 1)]
    owner = {place: place for place in fields}

    def root(place: tuple[int, int]) -> tuple[int, int]:
        while owner[place] != place:
            place = owner[place]
        return place

    for r, c in fields:
        if (r, c + 1) in owner and not _ruled(down, xs[c + 1], ys[r], ys[r + 1], horizontal=False):
            owner[root((r, c + 1))] = root((r, c))
        if (r + 1, c) in owner and not _ruled(across, ys[r + 1], xs[c], xs[c + 1], horizontal=True):
            owner[root((r + 1, c))] = root((r, c))
    members: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place in fields:
        members.setdefault(root(place), []).append(place)
    return list(members.values())


def _positions(values: list[float]) -> list[float]:
    """Join positions that are nearer to each other than a cell can be."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] < MIN_CELL_POINTS:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(g) / len(g) for g in groups]


def _ruled(rules: list[Rule], at: float, start: float, end: float, *, horizontal: bool) -> bool:
    """Tell whether lines at position `at` cover more than half of the way from `start` to `end`."""
    covered = 0.0
    for rule in rules:
        position = (rule.y0 + rule.y1) / 2 if horizontal else (rule.x0 + rule.x1) / 2
        if abs(position - at) < MIN_CELL_POINTS:
            low, high = (rule.x0, rule.x1) if horizontal else (rule.y0, rule.y1)
            covered += max(0.0, min(high, end) - max(low, start))
    return covered > 0.5 * (end - start)
