"""A figure as it is printed (*con số*): its value, its unit, and the cue words before it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final, Literal

from pipeline.parsing.reading import Reading

Kind = Literal["scale", "money", "duration", "measure", "counted", "thing", "rank", "group"]

NUM: Final = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,9}(?:[.,]\d{1,4})?)"
"""1.234.567  39,73  02: Vietnamese decimal comma, thousand points."""
SPELLED: Final = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười hai": 12, "mười lăm": 15, "hai mươi": 20, "ba mươi": 30, "bốn mươi": 40, "năm mươi": 50, "một trăm": 100,
}  # fmt: skip


@dataclass(slots=True)
class Figure:
    """One printed figure; offsets of the view. `cue_start` is where its cue words begin."""

    value: str
    max: str | None
    unit: str
    kind: Kind
    start: int
    end: int
    cue_start: int
    cues: tuple[str, ...]
    ranges: bool = False
    """Whether it is the lower end of a range, "16 - 18%"."""


def number_value(text: str) -> float | int:
    """Return the value of a printed number: 1.234,5 -> 1234.5, 39,73 -> 39.73, 02 -> 2, hai mươi -> 20."""
    if text in SPELLED:
        return SPELLED[text]
    if "," in text:
        return float(text.replace(".", "").replace(",", "."))
    head, _, tail = text.rpartition(".")
    if head and len(tail) == 3 and not head.startswith("0"):
        return int(text.replace(".", ""))
    return float(text) if "." in text else int(text)


class Taken:
    """Numbers and dates of documents: no figures."""

    def __init__(self, reading: Reading) -> None:
        self.spans = sorted(reading.taken)
        self.starts = [start for start, _ in self.spans]

    def holds(self, at: int) -> bool:
        """Whether an offset stands in one."""
        index = bisect_right(self.starts, at) - 1
        return index >= 0 and at < self.spans[index][1]
