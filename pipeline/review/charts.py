"""What the page of charts shows: targets against results, deadlines on a calendar, reading quality over time."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from markupsafe import Markup

from pipeline.review.answers import Answers
from pipeline.review.phrases import Phrases
from pipeline.review.rendering import clip
from pipeline.review.svg import LABEL_CHARACTERS, Pair, Point, bullet_chart, curve

INDICATORS: Final = 100
PAIRS: Final = 30
DUES: Final = 100
MONTHS: Final = 36
MANY: Final = 5
"""Deadlines on one day that stand out on the calendar."""


class Indicator(NamedTuple):
    """What can be compared: an indicator in one unit."""

    key: str
    unit: str
    name: str

    @property
    def choice(self) -> str:
        """What stands for it in an address."""
        return f"{self.key}|{self.unit}"


class Day(NamedTuple):
    """A day of the calendar with how many deadlines it has; `number` is None outside of the month."""

    number: int | None
    dues: int
    label: str


class DueRow(NamedTuple):
    """A deadline in the list under the calendar."""

    due: str
    task: str
    name: str
    title: str


@dataclass(frozen=True)
class Comparison:
    """The first chart with the choice that it has."""

    indicators: list[Indicator]
    chosen: Indicator | None
    pairs: list[Pair]
    picture: Markup | None


def charts_context(answers: Answers, asked: Mapping[str, str], phrases: Phrases) -> dict[str, Any]:
    """Return what the template of the charts wants.

    Raises:
        TablesError, QueryError: see `Answers.ask`.
    """
    month = _asked_month(asked.get("month", "")) or _month_with_deadlines(answers)
    day = asked.get("day", "") if asked.get("day", "") in _DAYS else None
    return {
        "comparison": compare(answers, asked.get("indicator", ""), phrases),
        "month": month,
        "weeks": weeks(answers, month, phrases) if month else [],
        "dues": dues(answers, month, day) if month else [],
        "many": MANY,
        "earlier": _shifted(month, -1) if month else None,
        "later": _shifted(month, 1) if month else None,
        "shown_dues": DUES,
        "shown_pairs": PAIRS,
        **quality(answers, phrases),
    }


def compare(answers: Answers, asked: str, phrases: Phrases) -> Comparison:
    """Return targets against results of one indicator, by body and year."""
    indicators = [Indicator(*row) for row in answers.ask(_INDICATORS)]
    chosen = next((one for one in indicators if one.choice == asked), indicators[0] if indicators else None)
    if chosen is None:
        return Comparison([], None, [], None)
    rows = answers.ask(_COMPARED, {"indicator": chosen.key, "unit": chosen.unit})
    pairs = [Pair(_label(body, year), target, result) for body, year, target, result in rows]
    picture = bullet_chart(pairs, phrases.say("charts.targets"), phrases.number) if pairs else None
    return Comparison(indicators, chosen, pairs, picture)


def _label(body: str, year: int | None) -> str:
    return f"{clip(body, LABEL_CHARACTERS - 7)} · {year}" if year else body


def weeks(answers: Answers, month: date, phrases: Phrases) -> list[list[Day]]:
    """Return a month of deadlines, week by week from Monday."""
    counts: dict[int, int] = dict(answers.ask(_DUE_COUNTS, {"month": month.isoformat()}))
    rows = []
    for week in calendar.Calendar().monthdayscalendar(month.year, month.month):
        days = []
        for number in week:
            count = counts.get(number, 0) if number else 0
            day = phrases.day(month.replace(day=number).isoformat()) if number else ""
            label = phrases.say("charts.due_on", day=day, count=phrases.count(count)) if count else ""
            days.append(Day(number or None, count, label))
        rows.append(days)
    return rows


def dues(answers: Answers, month: date, day: str | None) -> list[DueRow]:
    """Return the deadlines of a month or of one day in it, the first `DUES` of them."""
    return [DueRow(*row) for row in answers.ask(_DUES, {"month": month.isoformat(), "day": day and int(day)})]


def quality(answers: Answers, phrases: Phrases) -> dict[str, Any]:
    """Return the curve of reading quality, and the same as rows."""
    rows = answers.ask(_QUALITY)[::-1]
    points = [Point(f"{month:02}/{year}", share) for year, month, share, _ in rows]
    picture = curve(points, phrases.say("charts.quality"), lambda v: f"{phrases.number(round(v * 100, 1))}%")
    return {
        "quality": picture if points else None,
        "quality_rows": [(f"{month:02}/{year}", phrases.percent(share), count) for year, month, share, count in rows],
    }


def _asked_month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01") if len(text) == 7 else None
    except ValueError:
        return None


def _month_with_deadlines(answers: Answers) -> date | None:
    """Return this month, or where nothing is due in it the next month that has deadlines, or else the last."""
    today = date.today().replace(day=1)
    found = answers.ask(_NEXT_MONTH, {"today": today.isoformat()})
    return found[0][0] if found and found[0][0] else None


def _shifted(month: date, by: int) -> str:
    number = month.year * 12 + month.month - 1 + by
    return f"{number // 12:04}-{number % 12 + 1:02}"


_INDICATORS: Final = f"""
    WITH figures AS (
        SELECT indicator_key, unit, indicator, 1 AS target, 0 AS result FROM targets
        WHERE value IS NOT NULL AND direction IN ('reach', 'rank')
        UNION ALL
        SELECT indicator_key, unit, indicator, 0, 1 FROM results WHERE direction IN ('level', 'rank')
    )
    SELECT indicator_key, coalesce(unit, ''), mode(indicator) FROM figures
    WHERE indicator_key <> ''
    GROUP BY ALL
    ORDER BY least(sum(target), sum(result)) DESC, count(*) DESC, 1
    LIMIT {INDICATORS}
"""
_LATEST: Final = "arg_max({}, coalesce(d.date, DATE '1900-01-01'))"  # what the latest document says counts
_COMPARED: Final = f"""
    WITH promised AS (
        SELECT concat_ws(', ', coalesce(d.issuer, '—'), d.authority) AS body, t.year AS year,
               {_LATEST.format("t.value")} AS value
        FROM targets t JOIN documents d USING (document)
        WHERE t.indicator_key = $indicator AND coalesce(t.unit, '') = $unit AND t.value IS NOT NULL
              AND t.direction IN ('reach', 'rank')
        GROUP BY ALL
    ), reached AS (
        SELECT concat_ws(', ', CASE WHEN key(r.subject) = d.issuer_key THEN d.issuer
                                ELSE coalesce(r.subject, d.issuer, '—') END, d.authority) AS body, r.year AS year,
               {_LATEST.format("r.value")} AS value
        FROM results r JOIN documents d USING (document)
        WHERE r.indicator_key = $indicator AND coalesce(r.unit, '') = $unit AND r.direction IN ('level', 'rank')
        GROUP BY ALL
    )
    SELECT coalesce(p.body, r.body), coalesce(p.year, r.year), p.value, r.value
    FROM promised p FULL JOIN reached r ON key(p.body) = key(r.body) AND p.year IS NOT DISTINCT FROM r.year
    ORDER BY p.value IS NULL OR r.value IS NULL, coalesce(p.year, r.year) DESC NULLS LAST, 1
    LIMIT {PAIRS}
"""
_NEXT_MONTH: Final = """
    SELECT CAST(date_trunc('month', coalesce(
        (SELECT min(due) FROM deadlines WHERE due >= CAST($today AS DATE)), (SELECT max(due) FROM deadlines))) AS DATE)
"""
_IN_MONTH: Final = "due >= CAST($month AS DATE) AND due < CAST($month AS DATE) + INTERVAL 1 MONTH"
_DAYS: Final = frozenset(str(number) for number in range(1, 32))
_DUE_COUNTS: Final = f"SELECT day(due), count(*) FROM deadlines WHERE {_IN_MONTH} GROUP BY 1"
_DUES: Final = f"""
    SELECT CAST(l.due AS VARCHAR), l.task, d.file, coalesce(d.number, d.title, d.file)
    FROM deadlines l JOIN documents d USING (document) WHERE l.{_IN_MONTH}
    AND ($day IS NULL OR day(l.due) = $day) ORDER BY l.due, d.file, l.n LIMIT {DUES}
"""
_QUALITY: Final = f"""
    SELECT year(date), month(date), avg(confidence), count(*) FROM documents
    WHERE date IS NOT NULL AND confidence IS NOT NULL GROUP BY 1, 2 ORDER BY 1 DESC, 2 DESC LIMIT {MONTHS}
"""
