"""A ledger opened whatever has become of it: one that is lost or damaged is made anew from the records, aloud."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipeline import store
from pipeline.errors import LOST_PAGE, DamagedFile, DamagedLedger, OutputError, Unreadable
from pipeline.nightly.ledger import Ledger
from pipeline.nightly.premises import Premises

SHA256 = re.compile(r"[0-9a-f]{64}")
COMPANIONS = ("-wal", "-shm")  # files that SQLite keeps beside a database
TOGETHER = 256  # records a transaction


def open_ledger(premises: Premises, now: str) -> tuple[Ledger, list[str]]:
    """Open the store's ledger, and return it with what a person should be told about it: codes for the report.

    Raises:
        NewerLedger: a newer version wrote it.
        OutputError: the store cannot be written.
    """
    notices = []
    try:
        ledger = Ledger(premises.ledger)
    except DamagedLedger:
        _put_aside(premises.ledger)
        ledger = Ledger(premises.ledger)
        notices.append("ledger_damaged")
    try:
        if ledger.last_run() is None and _adopt_records(premises, ledger, now):
            notices.append("ledger_rebuilt")
    except BaseException:
        ledger.close()
        raise
    return ledger, notices


def _put_aside(path: Path) -> None:
    """Keep the damaged ledger under another name: somebody may want to look at it."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    try:
        path.rename(aside)
        for companion in COMPANIONS:
            with suppress(FileNotFoundError):
                Path(f"{path}{companion}").rename(f"{aside}{companion}")
    except OSError as error:
        raise OutputError(f"the damaged ledger cannot be put aside ({error.strerror})", path=path) from None


def _adopt_records(premises: Premises, ledger: Ledger, now: str) -> int:
    """Enter every record that is found; return how many. What had no record comes again with the next look."""
    from pipeline.records import SCHEMA

    places, adopted = list(premises.records()), 0
    for start in range(0, len(places), TOGETHER):
        with ledger.together():
            for place in places[start : start + TOGETHER]:
                with suppress(DamagedFile, Unreadable, KeyError, TypeError, ValueError):
                    record = store.read_json(place)
                    if record["schema"] == SCHEMA:
                        _adopt(record, place.relative_to(premises.out).as_posix(), ledger, now)
                        adopted += 1
    return adopted


def _adopt(record: Any, place: str, ledger: Ledger, now: str) -> None:
    """Enter a record.

    Raises:
        ValueError, KeyError, TypeError: it says of its document what cannot be, and would spoil the ledger.
    """
    from pipeline.records import Source, Warning

    source = Source.model_validate(record["source"])
    lost = [Warning.model_validate(warning).model_dump() for warning in lost_pages(record)]
    if not SHA256.fullmatch(source.sha256) or not _is_within(source.path):
        raise ValueError("its document cannot be where and what it says")
    ledger.adopt(
        source.sha256, "partial" if lost else "done", place, source.path, now,
        bytes=source.bytes, pages=source.pages, lost=lost, producer=str(record["producer"]),
        settings=str(record["settings"]),
    )  # fmt: skip


def _is_within(path: str) -> bool:
    """Tell whether a path may stand in an inbox: relative, and leading out of it nowhere."""
    return bool(path) and not path.startswith("/") and ".." not in path.split("/") and "\0" not in path


def lost_pages(record: Any) -> list[dict[str, Any]]:
    """Return the warnings of a record (as JSON) that stand for pages which could not be read."""
    return [warning for warning in record["warnings"] if warning["code"] in LOST_PAGE]
