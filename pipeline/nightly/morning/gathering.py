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
BLANK = "no_text"


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
    """A place to look at: the page (None where input has no pages), the field, and the codes of what is the matter."""

    page: int | None
    field: str | None
    codes: tuple[str, ...]
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
        attention, duties = Attention(paper, [Point(None, None, ("record_gone",))]), []
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
    """Return what should be looked at: lost pages, pages read gently, no text at all, then what is in doubt."""
    found = Attention(paper, [Point(lost["page"], None, (lost["code"],)) for lost in row.lost])
    warnings = record["warnings"]
    points = [Point(warning["page"], None, (GENTLY,)) for warning in warnings if warning["code"] == GENTLY]
    if paper.pages and paper.pages == sum(warning["code"] == BLANK for warning in warnings):
        points.append(Point(None, None, (BLANK,)))
    header = record["header"]
    for name, doubts in header["doubts"].items():
        evidence = header["evidence"].get(name) or {}
        points.append(Point(evidence.get("page"), name, tuple(doubts), evidence.get("quote", "")))
    for kind in FACTS:
        for fact in record.get(kind, ()):
            evidence = fact["evidence"]
            points.append(Point(evidence["page"], kind, tuple(fact["doubts"]), evidence["quote"]))
    points = [point for point in dict.fromkeys(points) if point.codes]
    found.points, found.further = points[:POINTS], max(0, len(points) - POINTS)
    return found


def _duties(record: Any, paper: Paper, today: date) -> Iterator[tuple[str, Duty]]:
    """Yield what is due within the horizon, under each body that has to do it, else under nobody's name.

    The row of a table that assigns work with a day is a task and a deadline: it is told once.
    """
    dues = [(fact["due"], fact["units"], fact) for fact in record["deadlines"]]
    dues += [(fact["due"]["to"], fact["lead"], fact) for fact in record.get("tasks", ()) if fact["due"]]
    yield from dict.fromkeys(
        (body, Duty(due, fact["task"], paper, fact["evidence"]["page"]))
        for due, bodies, fact in dues
        if _is_near(due, today)
        for body in bodies or [""]
    )


def _is_near(due: str | None, today: date) -> bool:
    try:
        return due is not None and today <= date.fromisoformat(due) <= today + HORIZON
    except ValueError:
        return False
