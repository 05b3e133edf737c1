"""Charts as inline SVG, drawn on the server: plain shapes, sized in units of the view box, styled by the sheet."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from markupsafe import Markup

from pipeline.review.rendering import clip, plain

WIDTH: Final = 960
LABEL_WIDTH: Final = 330
VALUE_WIDTH: Final = 70
ROW_HEIGHT: Final = 34
CURVE_HEIGHT: Final = 260
LABEL_CHARACTERS: Final = 44
Write = Callable[[float], str]


class Pair(NamedTuple):
    """A target and a result that belong together, either may be missing."""

    label: str
    target: float | None
    result: float | None


class Point(NamedTuple):
    """A point of a curve."""

    label: str
    value: float


@dataclass(frozen=True)
class Scale:
    """Values on a line of the picture: `ticks` are round."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """Return where a value lies."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 2)


def scale(low: float, high: float, start: float, end: float, steps: int = 5) -> Scale:
    """Return a scale that holds both values, with about so many round steps."""
    span = high - low
    if not math.isfinite(span) or span <= 0:
        high, span = low + 1.0, 1.0
    rough = span / steps
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999)
    first, last = math.floor(low / step), math.ceil(high / step)
    ticks = tuple(round(number * step, 10) for number in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], start, end, ticks)


def bullet_chart(pairs: Sequence[Pair], title: str, write: Write) -> Markup:
    """Draw a bar for each result and a mark for each target, one pair a row."""
    values = [value for pair in pairs for value in (pair.target, pair.result) if value is not None]
    across = scale(min(0.0, *values), max(values), LABEL_WIDTH, WIDTH - VALUE_WIDTH)
    bottom = len(pairs) * ROW_HEIGHT + 8
    shapes = []
    for tick in across.ticks:
        x = across.at(tick)
        shapes.append(_line(x, 0, x, bottom, "grid"))
        shapes.append(_text(x, bottom + 18, write(tick), "small", "middle"))
    shapes.append(_line(across.at(0), 0, across.at(0), bottom, "axis"))
    for number, pair in enumerate(pairs):
        middle = number * ROW_HEIGHT + ROW_HEIGHT / 2 + 4
        shapes.append(_text(LABEL_WIDTH - 12, middle + 4, clip(plain(pair.label), LABEL_CHARACTERS), "", "end"))
        if pair.result is not None:
            left, right = sorted((across.at(0), across.at(pair.result)))
            shapes.append(_rect(left, middle - 8, right - left, 16, "bar-result"))
        if pair.target is not None:
            x = across.at(pair.target)
            shapes.append(_line(x, middle - 13, x, middle + 13, "mark-target"))
        figures = " / ".join("–" if value is None else write(value) for value in (pair.result, pair.target))
        shapes.append(_text(WIDTH, middle + 4, figures, "small", "end"))
    return _picture(WIDTH, bottom + 28, title, shapes)


def curve(points: Sequence[Point], title: str, write: Write) -> Markup:
    """Draw a curve over evenly spaced labels."""
    values = [point.value for point in points]
    down = scale(min(values), max(values), CURVE_HEIGHT - 34, 12, steps=4)
    left, right = 56.0, WIDTH - 32.0
    step = (right - left) / max(1, len(points) - 1)
    shapes = []
    for tick in down.ticks:
        y = down.at(tick)
        shapes.append(_line(left, y, right, y, "grid"))
        shapes.append(_text(left - 8, y + 4, write(tick), "small", "end"))
    places = [(round(left + number * step, 2), down.at(point.value)) for number, point in enumerate(points)]
    every = math.ceil(len(points) / 10)
    for number, ((x, _), point) in enumerate(zip(places, points, strict=True)):
        if number % every == 0:
            shapes.append(_text(x, CURVE_HEIGHT - 10, plain(point.label), "small", "middle"))
    path = " ".join(f"{x},{y}" for x, y in places)
    shapes.append(Markup('<polyline class="curve" points="{}"/>').format(path))
    shapes += [Markup('<circle class="dot" cx="{}" cy="{}" r="3.5"/>').format(x, y) for x, y in places]
    return _picture(WIDTH, CURVE_HEIGHT, title, shapes)


def _picture(width: float, height: float, title: str, shapes: Sequence[Markup]) -> Markup:
    head = Markup('<svg class="plot" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(width, height, title)
    return head + Markup("").join(shapes) + Markup("</svg>")


def _line(x1: float, y1: float, x2: float, y2: float, look: str) -> Markup:
    return Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(look, x1, y1, x2, y2)


def _rect(x: float, y: float, width: float, height: float, look: str) -> Markup:
    return Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>').format(look, x, y, round(width, 2), height)


def _text(x: float, y: float, text: str, look: str, anchor: str) -> Markup:
    return Markup('<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>').format(look, x, y, anchor, text)
