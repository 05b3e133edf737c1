"""Whom a unit works together with (*cơ quan phối hợp*): behind "phối hợp với", "cùng", "có sự phối hợp của".

A place is a partner too ("phối hợp với tỉnh Hà Sơn"); who helps with what another leads is told of as a subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.parsing.patterns import Pattern
from pipeline.parsing.units import Subject, subject_of

_TOGETHER: Final = Pattern(
    "coordination",
    r"(?:(?:phối hợp|kết hợp)(?:,?(?: chặt chẽ| tốt| kịp thời| thường xuyên| đồng bộ| hiệu quả| tích cực|"
    r" nhịp nhàng)){0,2},?"
    r"(?: với| cùng với| cùng|(?<=(?:có|với) sự phối hợp) của)?|(?<=chủ trì,? )cùng(?: với)?)\s*:?\s+"
    r"(?:đầu mối )?(?=\p{L})",
    "phối hợp với sở",
    {},
    needs=("ết hợp", "ối hợp", "chủ trì"),
)
_PLACE: Final = Pattern(
    "place_as_partner",
    r"(?P<unit>(?:Tỉnh|Thành phố|Huyện)(?![\p{L}])|(?:tỉnh|thành phố|huyện|xã|phường)(?: \p{Lu}\p{Ll}+){1,4})",
    "tỉnh Hà Sơn rà soát",
    {"unit": "tỉnh Hà Sơn"},
)
_NAMED_BY_IT: Final = (
    "quy chế ", "kế hoạch ", "chương trình ", "thỏa thuận ", "ký kết ", "việc ",
)  # fmt: skip
"""Before these words: what is called by who works together, no work of theirs."""


def partners_in(text: str, low: str, start: int, end: int) -> Iterator[tuple[int, Subject]]:
    """Where it says that somebody works together, and with whom."""
    for match in _TOGETHER.finditer(low, start, end):
        if low[max(start, match.start() - 12) : match.start()].endswith(_NAMED_BY_IT):
            continue
        subject = subject_of(text, low, match.end(), end) or _place_in(text, match.end(), end)
        if subject is not None:
            yield match.start(), subject


def opens_with_partners(low: str) -> bool:
    """Whether a text opens with "phối hợp với"."""
    return _TOGETHER.match(low) is not None


def lists_partners(text: str, low: str, start: int, end: int) -> bool:
    """Whether a text ends amid a list of partners: "phối hợp với các sở; UBND các xã triển khai …"."""
    stop = start + len(text[start:end].rstrip(" ;,"))
    last = max((match.end() for match in _TOGETHER.finditer(low, start, stop)), default=-1)
    partners = subject_of(text, low, last, stop) if last > 0 else None
    return partners is not None and partners.predicate is None and partners.end >= stop


def _place_in(text: str, start: int, end: int) -> Subject | None:
    match = _PLACE.match(text, start, end)
    return Subject((match.span("unit"),), match.end("unit"), None) if match else None
