"""A quantity (*số liệu*): a figure with what it says of what; targets and results are made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.parsing.printed import Kind
from pipeline.parsing.senses import Change
from pipeline.records import Comparator


@dataclass(slots=True)
class Quantity:
    """A figure with what it says; offsets of the view: `start` to `end` is its evidence, `figure` to `figure_end` the
    printed number with its unit; `sentence` and `clause` are where those begin. `measure` is the indicator without the
    plan that a share is of; `topic` is what its clause speaks of; `ranges`: it is the lower end of a range."""

    value: float | int
    max: float | int | None
    unit: str
    kind: Kind
    change: Change
    comparator: Comparator
    cues: tuple[str, ...]
    lead: str
    measure: str
    indicator: str
    baseline: str | None
    year: str | None
    ranges: bool
    topic: str
    part: bool
    sentence: int
    clause: int
    start: int
    figure: int
    figure_end: int
    end: int

    @property
    def aim(self) -> Literal["reach", "increase", "decrease", "rank"]:
        """Which way it goes as a target: "gấp 2 lần năm 2020" is a level to be reached."""
        return "reach" if self.change == "level" or self.cues[-1:] == ("gấp",) else self.change
