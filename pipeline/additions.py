"""Facts that people add because the reader missed them: whole lines of a page, and a fact that stands on them.

An added fact is known by the text of its lines, as every other one, and found again by it in a later reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, get_args

from pydantic import ValidationError

from diacritics.normalization import normalize
from pipeline.errors import UsageError
from pipeline.records import Evidence, Fact, PageLine, PageRecord, Record

RULE: Final = "person"
"""What stands for the rule that found it."""
NOT_TYPED: Final = frozenset(Fact.model_fields) | {"mentions", "cells", "table", "row", "unit_keys"}
"""Where a fact stands, how it was found and what follows from its other fields is not for people to say."""
DATES: Final = frozenset({"date", "due"})
ISO_DATE: Final = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)
_GIVEN: Final[Mapping[str, Any]] = {"mentions": [], "table": None, "row": None}
_IN_TABLES: Final[Mapping[str, Any]] = {"table": "", "row": 0}  # a task's place, which only a table can give


def fact_type(kind: str) -> type[Fact]:
    """Return the type of the facts of a kind."""
    found: type[Fact] = get_args(Record.model_fields[kind].annotation)[0]
    return found


def place(record: Record, page: int, first: int, last: int) -> Evidence | None:
    """Return where lines `first` to `last` of a page stand, all counted from 1; None where there is no text there."""
    for one, offset in _pages(record):
        if one.number == page and 1 <= first <= last <= len(one.lines):
            return _evidence(one, offset, first, last)
    return None


def places(record: Record, page: int | None, quote: str) -> list[Evidence]:
    """Return where lines say just this text: on the page given (None for input without pages), else anywhere."""
    found = [evidence for one, offset in _pages(record) for evidence in _runs(one, offset, quote)]
    return [evidence for evidence in found if evidence.page == page] or found


def build(kind: str, fields: Mapping[str, Any], evidence: Evidence) -> Fact:
    """Return the fact that somebody added.

    Raises:
        UsageError: a field that there is not, or that is missing; a value that does not fit.
    """
    of = fact_type(kind)
    if unknown := fields.keys() - (of.model_fields.keys() - NOT_TYPED):
        raise UsageError(f"{kind} have no field to fill named {min(unknown)!r}", advice="")
    for name in DATES & fields.keys():
        check_date(fields[name])
    given = {**_GIVEN, **(_IN_TABLES if kind == "tasks" else {})}
    known = {name: value for name, value in given.items() if name in of.model_fields}
    try:
        return of.model_validate({**known, **fields, "evidence": evidence.model_dump(), "rule": RULE})
    except ValidationError as error:
        raise UsageError(f"this value does not fit: {first_fault(error)}", advice="") from None


def check_date(value: Any) -> None:
    """Refuse a text that is neither a day of the calendar nor a month nor a year, as ISO writes them.

    Raises:
        UsageError: it is not.
    """
    if isinstance(value, str) and not _is_date(value):
        advice = "Write it as 2025-12-15, or 2025 where only a year is printed."
        raise UsageError(f"{value!r} is no date", advice=advice)


def first_fault(error: ValidationError) -> str:
    """Return the first of what does not validate, in one line."""
    first = error.errors()[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"


def ground(evidence: Evidence) -> tuple[int | None, str]:
    """Return what a fact is known by: its page and the text under it."""
    return evidence.page, _plain(evidence.quote)


def _is_date(text: str) -> bool:
    if not ISO_DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)
    except ValueError:
        return False
    return True


def _plain(text: str) -> str:
    return " ".join(normalize(text).split())


def _pages(record: Record) -> Iterator[tuple[PageRecord, int]]:
    """Yield the pages, each with where it begins in the document's text."""
    offset = 0
    for page in record.pages:
        yield page, offset
        offset += sum(len(line.text) + 1 for line in page.lines)


def _runs(page: PageRecord, offset: int, quote: str) -> Iterator[Evidence]:
    """Yield the lines of a page, one or several in a row, that say just this text."""
    texts = [_plain(line.text) for line in page.lines]
    for first, text in enumerate(texts, start=1):
        said, last = text, first
        while said and len(said) < len(quote) and quote.startswith(said) and last < len(texts):
            said, last = f"{said} {texts[last]}".rstrip(), last + 1
        if said == quote and (evidence := _evidence(page, offset, first, last)) is not None:
            yield evidence


def _evidence(page: PageRecord, offset: int, first: int, last: int) -> Evidence | None:
    lines = page.lines[first - 1 : last]
    text = "\n".join(line.text for line in lines)
    if not text.strip():
        return None
    start = offset + sum(len(line.text) + 1 for line in page.lines[: first - 1])
    return Evidence(
        page=None if page.width is None else page.number, lines=(first, last), bbox=_box(lines),
        quote=" ".join(text.split()), span=(start, start + len(text)),
    )  # fmt: skip


def _box(lines: list[PageLine]) -> tuple[float, float, float, float] | None:
    boxes = [line.bbox for line in lines if line.bbox is not None]
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
