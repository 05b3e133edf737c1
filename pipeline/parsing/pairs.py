"""Lists of pairs in brackets (*liệt kê dạng a/b*), as health reports print them: what each stands for is told once.

"Số mắc trong tháng/lũy kế từ đầu năm: Tả (0/0), Thương hàn (7/29)": 7 cases of typhoid in the month, 29 so far. What a
second number is compared with ("so với cùng kỳ") is no outcome of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pipeline.parsing.patterns import Bounded
from pipeline.parsing.printed import NUM

_HEAD: Final = Bounded(
    r"(?P<first>\p{L}[^:;./()\d]{3,80}?)\s?/\s?(?P<second>\p{L}[^:;./()]{3,60}?)(?:,? (?:như sau|lần lượt|cụ thể))*:\s"
)
_ITEM: Final = Bounded(rf"(?P<name>\p{{L}}[^,;:()]{{1,60}}?)\s?\((?P<first>{NUM})\s?/\s?(?P<second>{NUM})\)")
_COMPARED: Final = ("so với", "so cùng", "cùng kỳ", "kế hoạch", "chỉ tiêu", "kh", "tổng")
_FEWEST: Final = 2


@dataclass(frozen=True, slots=True)
class Paired:
    """One number of a pair: what it measures, as printed, and where; `start` to `end` are its pair with its name."""

    measure: str
    value: str
    start: int
    figure: int
    figure_end: int
    end: int


def pairs_in(text: str, low: str, start: int, end: int) -> list[Paired]:
    """Return the numbers of a list of pairs that fills a clause, none where it is no such list."""
    if low.find("/", start, end) < 0 or low.find("(", start, end) < 0:
        return []
    head = _HEAD.match(low, start, end)
    items = list(_ITEM.finditer(low, head.end(), end)) if head is not None else []
    if head is None or len(items) < _FEWEST:
        return []
    names = {group: text[slice(*head.span(group))] for group in ("first", "second")}
    told = [group for group in names if group == "first" or not head[group].startswith(_COMPARED)]
    return [
        Paired(
            f"{text[slice(*item.span('name'))]} {names[group]}",
            item[group],
            item.start(),
            *item.span(group),
            item.end(),
        )
        for item in items
        for group in told
    ]
