"""The nightly run: look at the inbox, read what is new, tell people in the morning.

    hold the store -> open the ledger -> look at the inbox -> read -> mirror quarantine -> report -> tables

Killed at any point, the next run goes on from there: a document is read until the ledger says that it has ended, pages
of a long one are kept until then, and a record is whole or not there. Nothing of the clock goes into a record.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import __version__
from pipeline.errors import UsageError
from pipeline.nightly import quarantine, recovery, tables
from pipeline.nightly.inbox import Arrivals, Inbox
from pipeline.nightly.ledger import Ledger
from pipeline.nightly.morning.gathering import Morning, gather
from pipeline.nightly.morning.writing import reasons, write
from pipeline.nightly.premises import Premises
from pipeline.nightly.terms import Night

if TYPE_CHECKING:
    from pipeline.batch import Watcher

Watch = Callable[[int], "AbstractContextManager[Watcher]"]
PRODUCER = f"vanban {__version__}"


def nightly(night: Night, watch: Watch | None = None) -> Morning:
    """Read what is new in the inbox; return what there is to tell, which is also written as a report.

    `watch` is called with the number of documents to read, once that is known.

    Raises:
        StoreBusy, OutputError: nothing can be done in this store now.
        Unreadable: the inbox is not there.
        MissingProgram: Tesseract or Poppler is not installed.
    """
    return _night(night, None, watch)


def retry(night: Night, names: Sequence[str], watch: Watch | None = None) -> Morning:
    """Read again what is in quarantine or lost pages: the documents named (by path or hash), or all of them.

    Raises:
        UsageError: no such document is in quarantine or lost pages.
        StoreBusy, OutputError, Unreadable, MissingProgram: see `nightly`.
    """
    return _night(night, names, watch)


def last_inbox(out: Path) -> Path:
    """Return the inbox of the store's last run.

    Raises:
        UsageError: there was none.
    """
    with _ledger_to_look_at(Premises(out)) as ledger:
        run = ledger.last_run()
    if run is None:
        raise UsageError("the ledger knows of no run", path=out, advice="Run `vanban nightly` first.")
    return Path(run.inbox)


def status(out: Path) -> dict[str, Any]:
    """Return how a store stands, also while a run is at work on it.

    Raises:
        UsageError: there is no ledger.
        DamagedLedger, NewerLedger: it cannot be used.
    """
    premises = Premises(out)
    with _ledger_to_look_at(premises) as ledger:
        run = ledger.last_run()
        return {
            "holder": premises.holder(),
            "run": run and asdict(run),
            "counts": ledger.counts(),
            "quarantined": [asdict(row) for row in ledger.rows("quarantined") if row.stands],
            "unreadable": [path for path, _ in ledger.unreadable()],
        }


def _ledger_to_look_at(premises: Premises) -> Ledger:
    if not premises.ledger.exists():
        raise UsageError(
            "no nightly run has worked on this store", path=premises.out, advice="Run `vanban nightly` first."
        )
    return Ledger(premises.ledger, read_only=True)


def _night(night: Night, again: Sequence[str] | None, watch: Watch | None) -> Morning:
    premises = Premises(night.out)
    with premises.held(night.now):
        ledger, notices = recovery.open_ledger(premises, night.now)
        with ledger:
            earlier = ledger.last_run()
            if earlier and datetime.fromisoformat(earlier.began) > night.clock():
                notices.append("clock_set_back")
            if earlier and earlier.ended is None:
                notices.append("cut_short")
                premises.sweep()
            number = ledger.begin_run(PRODUCER, night.inbox.absolute(), night.now)
            arrivals = Inbox(night.inbox, ledger, night.out, night.clock(), night.rest_seconds).look()
            if again is not None:
                _reopen(ledger, again)
            elif night.upgrade:
                ledger.reopen_outdated(PRODUCER, night.settings().key())
            _read(night, ledger, premises, watch)
            morning = _tell(night, ledger, premises, number, arrivals, notices)
            ledger.end_run(number, arrivals.as_json(), night.now)
    return morning


def _reopen(ledger: Ledger, names: Sequence[str]) -> None:
    rows = list(ledger.rows("quarantined", "partial"))
    chosen = [row for row in rows if not names or any(name == row.sha256 or name in row.paths for name in names)]
    unknown = [name for name in names if not any(name == row.sha256 or name in row.paths for row in rows)]
    if unknown:
        raise UsageError(
            f"not in quarantine and without lost pages: {', '.join(unknown)}", advice="See `vanban status`."
        )
    with ledger.together():
        for row in chosen:
            ledger.reopen(row.sha256)


def _read(night: Night, ledger: Ledger, premises: Premises, watch: Watch | None) -> None:
    """Read everything that is not finished. With nothing to read, the readers are not even loaded."""
    unfinished = ledger.unfinished()
    if not unfinished:
        return
    from pipeline.nightly.reading import Reading

    tables.fall_behind(premises)
    with watch(len(unfinished)) if watch else nullcontext() as watcher:
        Reading(night, ledger, premises, watcher).run(unfinished)


def _tell(
    night: Night, ledger: Ledger, premises: Premises, number: int, arrivals: Arrivals, notices: list[str]
) -> Morning:
    """Bring the quarantine folder up to date and write the report; then the tables, and what they add to it."""
    if not night.inbox.is_dir():
        notices.append("inbox_vanished")
    elif arrivals.emptied:
        notices.append("inbox_emptied")
    quarantine.mirror(premises.quarantine, night.inbox, ledger.rows("quarantined"), reasons(night.language))
    morning = gather(ledger, premises, night.inbox, number, night.clock(), arrivals, notices)
    write(morning, ledger, premises, night.language)
    if night.table_jobs:
        morning.tabled = tables.catch_up(premises, night.table_jobs)
        if not morning.tabled.is_well:
            write(morning, ledger, premises, night.language)
    ledger.told(number)
    return morning
