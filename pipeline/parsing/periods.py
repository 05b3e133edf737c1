"""When work is due, as tables print it (*thời gian, thời hạn*): the days that the words begin and end with.

    Quý III/2025                    2025-07-01 to 2025-09-30        Trước ngày 15/12/2025     to 2025-12-15
    Tháng 4 - 6/2025                2025-04-01 to 2025-06-30        Từ tháng 3/2025           from 2025-03-01
    Năm 2025; giai đoạn 2025-2027   the years' first and last days  Trước tháng 6/2025        to 2025-05-31
    Thường xuyên; Tháng 6, 12 hằng năm; 15 ngày; Năm học 2025 - 2026                          neither

A year that is not printed is the document's; the caller is told (`Bounds.assumed`), so that the fact carries a doubt.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

import regex

from diacritics.folding import fold
from pipeline.parsing.labels import roman
from pipeline.parsing.patterns import Bounded

_QUARTER: Final = r"(?:[1-4]|iv|i{1,3})"
_DAY: Final = r"\d{1,2}"
_POINT: Final = Bounded(
    r"(?:ngay )?(?<![\d/.])(?P<day>\d{1,2})\s?[/.\-]\s?(?P<month>\d{1,2})(?:\s?[/.\-]\s?(?P<year>20\d\d))?(?![\d/])"
    r"|(?:ngay )?(?<!\d)(?<!tuan )(?P<day2>\d{1,2}) thang (?P<month2>\d{1,2})"
    r"(?:(?: nam |\s?/\s?|, nam )(?P<year2>20\d\d))?"
    rf"|(?:cac )?quy (?P<quarter>{_QUARTER})(?!\w)(?P<quarters>(?:\s?(?:,|va|-|–|;|den)\s?(?:quy )?{_QUARTER}(?!\w))*)"
    r"(?:\s?[/\-]\s?(?P<year3>20\d\d)|,? nam (?P<year4>20\d\d))?"
    r"|(?:cac )?thang (?P<month5>1[0-2]|0?[1-9])(?!\d)"
    r"(?P<months>(?:\s?(?:,|va|-|–|;|den)\s?(?:thang )?(?:1[0-2]|0?[1-9])(?!\d))*)"
    r"(?:\s?[/\-]\s?(?P<year5>20\d\d)|,? nam (?P<year6>20\d\d))?"
    r"|(?P<half>(?:6|sau|9|chin) thang (?:dau|cuoi) nam|nua (?:dau|cuoi) nam)(?: (?P<year7>20\d\d))?"
    r"|(?:giai doan |cac nam |nam )?(?P<since>20\d\d)\s?(?:-|–|den(?: nam)?|va|,)\s?(?:nam )?(?P<until>20\d\d)"
    r"|(?<![\d/])(?:nam )?(?P<whole>20\d\d)(?!\d)"
)
_RECURRING: Final = Bounded(
    r"\b(?:hang|moi)\s?(?:nam|quy|thang|tuan|ngay|ky)\b|\bdinh ky\b|\bthuong xuyen\b|\blien tuc\b|\bnam hoc\b"
)
_BEFORE: Final = Bounded(r"\btruoc\b[^,;]{0,16}$")
_UNTIL: Final = Bounded(
    r"(?:\bden\b|\btoi\b|\bcham nhat\b|\bmuon nhat\b|\bhoan thanh\b|\bxong\b|\bhan\b|\btrong\b.{0,6}\btruoc\b)"
    r"(?: (?:het|cuoi|vao|truoc|la|ngay|thoi diem))*[ :]*$"
)
_FROM: Final = Bounded(r"(?:\btu|\bbat dau(?: tu)?|\bke tu|\bsau)(?: (?:dau|cuoi|giua|ngay|het))*\s*$")
_HALVES: Final = {"6d": (1, 6), "6c": (7, 12), "9d": (1, 9), "9c": (4, 12)}


@dataclass(frozen=True, slots=True)
class Bounds:
    """First and last day (ISO), None where the words give none; `assumed`: the year is the document's, not printed.

    `exact` tells that a single day is meant, `before` that the words are "trước …".
    """

    first: str | None = None
    last: str | None = None
    assumed: bool = False
    exact: bool = False
    before: bool = False


@dataclass(frozen=True, slots=True)
class _Point:
    """A day, month, quarter or year in the words, or several, with its bounds and where it stands."""

    first: date
    last: date
    start: int
    end: int
    assumed: bool
    several: bool


FULL_YEAR: Final = Bounded(r"(?<!\d)20\d\d(?!\d)")
_SCHOOL_YEAR: Final = Bounded(r"\bnam hoc\b")


@lru_cache(maxsize=4096)
def bounds_of(text: str, year: str | None) -> Bounds:
    """Return the days that `text` begins and ends with; `year` is the document's, for words without a year."""
    plain = fold(text).lower()
    recurring = _RECURRING.search(plain) is not None
    years = FULL_YEAR.findall(plain)
    if (recurring and not years) or _SCHOOL_YEAR.search(plain):
        return Bounds()
    points = _points(plain, years[-1] if years else None, year)
    if not points:
        return Bounds()
    if recurring and any(point.last - point.first < _YEAR for point in points):
        return Bounds()  # "Ngày 20 hằng tháng, năm 2025"
    return _join(plain, points)


_YEAR: Final = date(2001, 12, 31) - date(2001, 1, 1)


def _points(plain: str, printed: str | None, year: str | None) -> list[_Point]:
    found = []
    for match in _POINT.finditer(plain):
        own = next((value for name, value in match.groupdict().items() if name.startswith("year") and value), None)
        if match["since"]:
            span = date(int(match["since"]), 1, 1), date(int(match["until"]), 12, 31)
        elif match["whole"]:
            span = date(int(match["whole"]), 1, 1), date(int(match["whole"]), 12, 31)
        else:
            known = own or _year_behind(plain, match.end()) or printed or year
            dated = _span(match, int(known)) if known and known.isdigit() else None
            if dated is None:
                continue
            span = dated
        assumed = own is None and printed is None and not match["since"] and not match["whole"]
        several = bool(match["months"] or match["quarters"] or match["since"])
        found.append(_Point(*span, match.start(), match.end(), assumed, several))
    return found


def _year_behind(plain: str, at: int) -> str | None:
    """The year of the next date: "Từ 01/3 đến 15/4/2025"."""
    match = FULL_YEAR.search(plain[at : at + 40])
    return match[0] if match else None


def _span(match: regex.Match[str], year: int) -> tuple[date, date] | None:
    """First and last day of a day, months, quarters or a half of a year; None for a day that does not exist."""
    if match["half"]:
        first, last = _HALVES[("9" if match["half"][0] in "9c" else "6") + ("d" if " dau" in match["half"] else "c")]
        return _months(year, first, last)
    if match["quarter"]:
        numbers = [_quarter(word) for word in regex.findall(rf"\b{_QUARTER}\b", match["quarter"] + match["quarters"])]
        return _months(year, 3 * min(numbers) - 2, 3 * max(numbers))
    if match["month5"]:
        numbers = [int(word) for word in regex.findall(r"\d+", f"{match['month5']} {match['months']}")]
        return _months(year, numbers[0], numbers[-1]) if numbers[0] <= numbers[-1] else None
    day, month = match["day"] or match["day2"], match["month"] or match["month2"]
    try:
        exact = date(year, int(month), int(day))
    except ValueError:
        return None
    return exact, exact


def _quarter(word: str) -> int:
    return int(word) if word.isdigit() else roman(word) or 1


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _join(plain: str, points: list[_Point]) -> Bounds:
    """Give the points their sense by the words before them."""
    first, last = points[0], points[-1]
    assumed = any(point.assumed for point in points)
    before = plain[: first.start]
    if len(points) == 1 and not first.several:
        if _BEFORE.search(before):
            exact = first.first == first.last
            day = first.last if exact else date.fromordinal(first.first.toordinal() - 1)
            return Bounds(None, day.isoformat(), assumed, exact, before=True)
        if _FROM.search(before):
            return Bounds(first.first.isoformat(), None, assumed)
        if _UNTIL.search(before):
            return Bounds(None, first.last.isoformat(), assumed, first.first == first.last)
    low, high = min(point.first for point in points), max(point.last for point in points)
    if len(points) == 2 and first.last > last.first:
        low, high = first.first, last.last
    return Bounds(low.isoformat(), high.isoformat(), assumed, len(points) == 1 and low == high)
