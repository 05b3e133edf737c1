"""What a document says twice and not alike, and what cannot be: recorded as warnings and doubts, never resolved.

the same document cited with two dates          the same target with two values for one period
a citation dated after the document itself      a province that was none on the document's day
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from pipeline.parsing.citations import plain
from pipeline.parsing.keys import add_keys
from pipeline.parsing.places import province_in, slug
from pipeline.parsing.reading import Reading
from pipeline.records import Fact, Result, Target

_SHOWN: Final = 4
"""Values that a warning spells out."""


def checks(reading: Reading) -> None:
    """Add keys of units, warnings and doubts to the facts."""
    add_keys(reading.facts)
    _reference_dates(reading)
    _values(reading)
    _province(reading)


def _reference_dates(reading: Reading) -> None:
    """One number, two dates; a date behind the document's own."""
    own = reading.facts.header.date
    dates: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in reading.facts.references:
        if fact.number and fact.date:
            dates[fact.kind, plain(fact.number)].append(fact)
            if own is not None and len(fact.date) == len(own) and fact.date > own:
                fact.doubts = [*fact.doubts, "dated_after_document"]
    for facts in dates.values():
        if len(facts) > 1:
            first = facts[0]
            told = ", ".join(sorted(str(getattr(fact, "date", "")) for fact in facts)[:_SHOWN])
            name = f"{getattr(first, 'kind', '')} {getattr(first, 'number', '')}"
            _disagree(reading, facts, "reference_dates_disagree", f"{name} is cited with several dates: {told}")


def _values(reading: Reading) -> None:
    """One indicator, one period, one direction, two values."""
    claims: dict[tuple[str, ...], list[Target | Result]] = defaultdict(list)
    for target in reading.facts.targets:
        if target.direction in ("reach", "rank") and target.value is not None:
            claims["target", *_claim(target)].append(target)
    for result in reading.facts.results:
        if result.direction in ("level", "rank"):
            claims["result", slug(result.subject or ""), *_claim(result)].append(result)
    for key, facts in claims.items():
        values = {fact.value for fact in facts}
        if len(values) > 1 and len(facts) <= _SHOWN:
            told = ", ".join(str(value) for value in sorted(values, key=lambda value: value or 0)[:_SHOWN])
            message = f"{facts[0].indicator} ({facts[0].period}) has several values: {told}"
            _disagree(reading, facts, f"{key[0]}_values_disagree", message)


def _claim(fact: Target | Result) -> tuple[str, ...]:
    comparator = fact.comparator if isinstance(fact, Target) else None
    return slug(fact.indicator), fact.direction, fact.unit or "", fact.period or "", comparator or ""


def _disagree(reading: Reading, facts: list[Fact] | list[Target | Result], code: str, message: str) -> None:
    for fact in facts:
        fact.doubts = [*fact.doubts, code]
    reading.warn(code, message, facts[0].evidence.page)


def _province(reading: Reading) -> None:
    """An issuer of a province that had been merged into another by the document's day."""
    header = reading.facts.header
    for name in ("issuer", "authority"):
        province = province_in(getattr(header, name) or "")
        if province is not None and header.date is not None and not province.was(header.date):
            header.doubts.setdefault(name, []).append("province_not_of_that_day")
            reading.warn("province_not_of_that_day", f"{province.name} was no province on {header.date}")
