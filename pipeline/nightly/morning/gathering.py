"""What there is to tell in the morning, from the ledger and from the records of what was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from pipeline import __version__, store
from pipeline.errors import DamagedFile, Unreadable
from pipeline.nightly.inbox import Arrivals
from pipeline.nightly.ledger import Ledger, Row, State
from pipeline.nightly.premises import Premises
from pipeline.nightly.tables import Tabled

HORIZON = timedelta(days=30)
LISTED = 1000  # documents a list holds; the JSON lines have all
POINTS = 8  # places a document that are listed for a person to look at
FACTS = ("targets", "results", "references", "responsibilities", "deadlines", "tasks", "sections")
GENTLY = "read_gently"


@dataclass(frozen=True)
class Paper:
    """A document as a person knows it: number, kind and title where they were read, else its file's name."""

    path: str
    record: str
    issuer: str | None = None
    number: str | None = None
    kind: str | None = None
    title: str | None = None
    date: str | None = None
    pages: int = 0

    @property
    def name(self) -> str:
        """Kind, number and title in one line."""
        parts = " ".join(part for part in (self.kind, self.number) if part)
        return " – ".join(part for part in (parts, self.title) if part) or self.path


@dataclass(frozen=True)
class Point:
    """A place to look at: the page (None where input has no pages), the field, and the code of what is the matter."""

    page: int | None
    field: str | None
    code: str
    quote: str = ""


@dataclass
class Attention:
    """A document that a person should look at: `lost` pages that were not read, then places in doubt."""

    paper: Paper
    lost: list[Point] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    further: int = 0


@dataclass(frozen=True)
class Duty:
    """Something that is due soon."""

    due: str
    task: str
    paper: Paper
    page: int | None


@dataclass(frozen=True)
class Failure:
    """A document in quarantine, or a file that could not even be told by its bytes."""

    paths: tuple[str, ...]
    code: str
    reason: str
    is_new: bool = True


@dataclass
class Morning:
    """Everything that a report tells."""

    run: int
    began: str
    until: str
    producer: str
    inbox: Path
    arrivals: Arrivals
    notices: list[str]
    counts: dict[State, int] = field(default_factory=dict)
    outdated: int = 0
    read: list[Paper] = field(default_factory=list)
    read_count: int = 0
    page_count: int = 0
    attention: list[Attention] = field(default_factory=list)
    attention_count: int = 0
    duties: dict[str, list[Duty]] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    failure_count: int = 0
    tabled: Tabled = field(default_factory=Tabled)

    @property
    def is_whole(self) -> bool:
        """Tell whether everything that came was read, all pages of it."""
        lost = any(attention.lost for attention in self.attention)
        return not (self.failure_count or lost or self.arrivals.unreadable.count)


def gather(
    ledger: Ledger, premises: Premises, inbox: Path, run: int, now: datetime, arrivals: Arrivals, notices: list[str]
) -> Morning:
    """Collect what has ended since the last report. `now` decides which deadlines are near."""
    this = ledger.last_run()
    assert this is not None
    morning = Morning(
        run, this.began, now.isoformat(timespec="seconds"), f"vanban {__version__}", inbox, arrivals, list(notices),
        ledger.counts(), ledger.outdated(f"vanban {__version__}"),
    )  # fmt: skip
    for row in ledger.untold():
        if row.state == "quarantined":
            morning.failure_count += 1
            if len(morning.failures) < LISTED:
                morning.failures.append(Failure(row.paths, row.code or "", row.reason or ""))
        else:
            _add_read(morning, premises, row, now.date())
    unreadable = (Failure((path,), Unreadable.code, reason) for path, reason in ledger.unreadable())
    morning.failures += list(unreadable)[:LISTED]
    morning.attention.sort(key=lambda a: (-len(a.lost), -len(a.points) - a.further))
    morning.duties = {
        body: sorted(duties, key=lambda duty: (duty.due, duty.task)) for body, duties in sorted(morning.duties.items())
    }
    return morning


def _add_read(morning: Morning, premises: Premises, row: Row, today: date) -> None:
    try:
        record = store.read_json(premises.out / str(row.record))
        paper = _paper(record, row)
        attention = _attention(record, row, paper)
        duties = list(_duties(record, paper, today))
    except (Unreadable, DamagedFile, KeyError, TypeError):  # gone or changed by hand since it was written
        paper = Paper(row.paths[0], str(row.record), pages=row.pages or 0)
        attention, duties = Attention(paper, [Point(None, None, "record_gone")]), []
    morning.read_count += 1
    morning.page_count += paper.pages
    if len(morning.read) < LISTED:
        morning.read.append(paper)
    if attention.lost or attention.points:
        morning.attention_count += 1
        if len(morning.attention) < LISTED:
            morning.attention.append(attention)
    for body, duty in duties:
        morning.duties.setdefault(body, []).append(duty)


def _paper(record: Any, row: Row) -> Paper:
    header = record["header"]
    known = {name: header[name] for name in ("issuer", "number", "kind", "title", "date")}
    return Paper(row.paths[0], str(row.record), pages=record["source"]["pages"], **known)


def _attention(record: Any, row: Row, paper: Paper) -> Attention:
    """Return what should be looked at: lost pages, pages read gently, then header fields and facts in doubt."""
    found = Attention(paper, [Point(lost["page"], None, lost["code"]) for lost in row.lost])
    seen: dict[Point, None] = {}
    for warning in record["warnings"]:
        if warning["code"] == GENTLY:
            seen[Point(warning["page"], None, GENTLY)] = None
    header = record["header"]
    for name, doubts in header["doubts"].items():
        evidence = header["evidence"].get(name) or {}
        seen.update({Point(evidence.get("page"), name, doubt, evidence.get("quote", "")): None for doubt in doubts})
    for kind in FACTS:
        for fact in record.get(kind, ()):
            evidence = fact["evidence"]
            seen.update({Point(evidence["page"], kind, doubt, evidence["quote"]): None for doubt in fact["doubts"]})
    points = list(seen)
    found.points, found.further = points[:POINTS], max(0, len(points) - POINTS)
    return found


def _duties(record: Any, paper: Paper, today: date) -> Iterator[tuple[str, Duty]]:
    """Yield what is due within the horizon, under each body that has to do it, else under nobody's name."""
    for deadline in record["deadlines"]:
        yield from _near(deadline["due"], deadline["units"], deadline, paper, today)
    for task in record.get("tasks", ()):
        if due := task["due"] and task["due"]["to"]:
            yield from _near(due, task["lead"], task, paper, today)


def _near(due: str, bodies: list[str], fact: Any, paper: Paper, today: date) -> Iterator[tuple[str, Duty]]:
    try:
        day = date.fromisoformat(due)
    except ValueError:
        return
    if today <= day <= today + HORIZON:
        for body in bodies or [""]:
            yield body, Duty(due, fact["task"], paper, fact["evidence"]["page"])
