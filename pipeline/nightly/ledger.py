"""The ledger: what became of every document that ever came, in one SQLite file. Only this module speaks SQL to it.

A document is its bytes, known by their SHA-256; it may stand at several paths (relative to the inbox), now or in the
past. The ledger may lag behind the records by what a power cut took from it, never run ahead of them: a record is on
the disk before its row says so, and a row that lags is put right by looking at the record.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pipeline.errors import DamagedLedger, NewerLedger, OutputError

State = Literal["waiting", "reading", "done", "partial", "quarantined", "vanished"]
STATES: tuple[State, ...] = ("waiting", "reading", "done", "partial", "quarantined", "vanished")
ENDED = ("done", "partial", "quarantined")
VERSION = 1
STANDS = "EXISTS (SELECT 1 FROM paths p WHERE p.sha256 = documents.sha256 AND p.until IS NULL)"

SCHEMA = Path(__file__).with_suffix(".sql")
SOUND = SCHEMA.with_name("ledger_sound.sql")
DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
"""What SQLite says where the file is none of ours: the last, where a table or a column is not there."""


class Sighting(NamedTuple):
    """A file as it was seen: enough to tell that it has not changed since (`ctime_ns` cannot be set back by a copy)."""

    size: int
    mtime_ns: int | None
    ctime_ns: int | None


@dataclass(frozen=True)
class Row:
    """A document as the ledger has it; `paths` are those where it stands now, else where it ever stood."""

    sha256: str
    state: State
    record: str | None
    bytes: int
    came: str
    began: str | None
    ended: str | None
    attempts: int
    pages: int | None
    lost: list[dict[str, Any]]
    code: str | None
    reason: str | None
    producer: str | None
    settings: str | None
    paths: tuple[str, ...]
    stands: bool


@dataclass(frozen=True)
class Run:
    """A run as the ledger has it."""

    run: int
    producer: str
    inbox: str
    began: str
    ended: str | None
    arrivals: dict[str, Any]


class Ledger:
    """One ledger, opened. `read_only` is for looking at it while a run is at work."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the ledger, or begin one.

        Raises:
            DamagedLedger: it is no database any more, or what stands in it is none of ours.
            NewerLedger: a newer version wrote it.
            OutputError: disk full, read-only disk, no permission.
        """
        self.path = path
        with self._errors():
            mode = "mode=rwc"
            if read_only:
                mode = "mode=ro" if os.access(path.parent, os.W_OK) else "mode=ro&immutable=1"  # a disk without locks
            self._db = sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, isolation_level=None)
            self._db.row_factory = sqlite3.Row
            version = self._one("PRAGMA user_version")
            if version > VERSION:
                raise NewerLedger(
                    f"a newer version of vanban wrote this ledger (its version is {version}, known here: {VERSION})",
                    path=path,
                )
            if not read_only:
                self._prepare(version)
            if version:
                self._check()

    def _prepare(self, version: int) -> None:
        """Make the file ready to be written to, with its tables where it is a new one."""
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")  # may forget the last rows in a power cut, see above
        if self._one("PRAGMA quick_check") != "ok":
            raise DamagedLedger("the ledger is damaged", path=self.path)
        if version == 0:
            with self.together():
                for statement in SCHEMA.read_text("utf-8").split(";\n"):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {VERSION}")

    def _check(self) -> None:
        """Look whether what a night works with can be what this program wrote."""
        if self._one(SOUND.read_text("utf-8")) is not None:
            raise DamagedLedger("the ledger is damaged", path=self.path)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Write everything within the block, or nothing."""
        with self._errors():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    # What is known of the inbox

    def sightings(self) -> dict[str, Sighting]:
        """Return every path where a document stands, with the file as it was last seen."""
        with self._errors():
            rows = self._db.execute("SELECT path, size, mtime_ns, ctime_ns FROM paths WHERE until IS NULL")
            rows.row_factory = None  # plain tuples: there may be a hundred thousand
            return {_text(path): Sighting(size, mtime, ctime) for path, size, mtime, ctime in rows}

    def unsettled(self) -> dict[str, tuple[Sighting, str]]:
        """Return the files that nothing could be said of, as they were last seen, and when that was."""
        rows = self._all("SELECT path, seen, size, mtime_ns, ctime_ns FROM unsettled")
        return {_text(path): (Sighting(*file), seen) for path, seen, *file in rows}

    def unreadable(self) -> list[tuple[str, str]]:
        """Return the files that could not be read so as to be told by their bytes, each with the reason."""
        rows = self._all("SELECT path, reason FROM unsettled WHERE reason IS NOT NULL ORDER BY path")
        return [(_text(path), reason) for path, reason in rows]

    def put_off(self, files: Iterable[tuple[str, Sighting, str | None]], now: str) -> None:
        """Remember exactly these files as unsettled, each with a reason unless it is still being written."""
        with self.together():
            self._do("DELETE FROM unsettled")
            rows = [(_stored(path), *seen, now, reason) for path, seen, reason in files]
            self._db.executemany("INSERT INTO unsettled VALUES (?, ?, ?, ?, ?, ?)", rows)

    def left(self, paths: Iterable[str], now: str) -> None:
        """Remember that nothing stands at these paths any more."""
        with self._errors():
            self._db.executemany(
                "UPDATE paths SET until = ? WHERE path = ? AND until IS NULL", ((now, _stored(path)) for path in paths)
            )

    def place(self, path: str, seen: Sighting, sha256: str, now: str) -> Literal["new", "duplicate", "moved", "known"]:
        """Remember which document stands at a path; tell whether it came, came twice, moved there or was there."""
        there = self._one("SELECT sha256 FROM paths WHERE path = ? AND until IS NULL", _stored(path))
        if there == sha256:
            self._do(
                "UPDATE paths SET size = ?, mtime_ns = ?, ctime_ns = ? WHERE path = ? AND until IS NULL",
                *seen, _stored(path),
            )  # fmt: skip
            return "known"
        if there is not None:
            self.left([path], now)
        known = self._one("SELECT state FROM documents WHERE sha256 = ?", sha256)
        stands = self._one("SELECT count(*) FROM paths WHERE sha256 = ? AND until IS NULL", sha256)
        if known is None:
            self._do(
                "INSERT INTO documents (sha256, state, bytes, came) VALUES (?, 'waiting', ?, ?)", sha256, seen.size, now
            )
        self._do("INSERT INTO paths VALUES (?, ?, ?, ?, ?, ?, NULL)", _stored(path), sha256, *seen, now)
        if known is None or known == "vanished":
            return "new"
        return "duplicate" if stands else "moved"

    def revive(self) -> None:
        """What was gone before it could be read, and stands there again, is to be read."""
        self._do(f"UPDATE documents SET state = 'waiting' WHERE state = 'vanished' AND {STANDS}")

    # What is read

    def unfinished(self) -> list[str]:
        """Return the hashes of what is to be read: by path, but last what runs that died had in hand the most."""
        rows = self._all(
            "SELECT d.sha256 FROM documents d JOIN paths p ON p.sha256 = d.sha256 AND p.until IS NULL"
            " WHERE state IN ('waiting', 'reading') GROUP BY d.sha256"
            " ORDER BY iif(state = 'reading', attempts, 0), min(p.path)"
        )
        return [row[0] for row in rows]

    def begin(self, sha256: str, record: str, now: str) -> None:
        """A document is being read; from now on its record has this place."""
        self._do(
            "UPDATE documents SET state = 'reading', attempts = attempts + 1, began = ?, ended = NULL, record = ?"
            " WHERE sha256 = ?", now, _stored(record), sha256,
        )  # fmt: skip

    def release(self, sha256: str) -> None:
        """A document has no record, and leaves the place for it to another."""
        self._do("UPDATE documents SET record = NULL WHERE sha256 = ?", sha256)

    def record_owner(self, record: str) -> str | None:
        """Return the hash of the document that a record's place belongs to."""
        owner: str | None = self._one("SELECT sha256 FROM documents WHERE record = ?", _stored(record))
        return owner

    def end(
        self,
        sha256: str,
        state: State,
        now: str,
        *,
        pages: int | None = None,
        lost: list[dict[str, Any]] | None = None,
        code: str | None = None,
        reason: str | None = None,
        producer: str | None = None,
        settings: str | None = None,
    ) -> None:
        """A document's reading has ended, well or not; the next report tells of it."""
        self._do(
            "UPDATE documents SET state = ?, ended = ?, pages = ?, lost = ?, code = ?, reason = ?, producer = ?,"
            " settings = ?, run = NULL WHERE sha256 = ?",
            state, now, pages, json.dumps(lost or [], ensure_ascii=False), code, reason, producer, settings, sha256,
        )  # fmt: skip

    def adopt(self, sha256: str, state: State, record: str, path: str, now: str, **known: Any) -> None:
        """Enter a document whose record was found without a row; two records of the same bytes count once."""
        lost = json.dumps(known["lost"], ensure_ascii=False)
        self._do(
            "INSERT OR IGNORE INTO documents (sha256, state, record, bytes, came, ended, pages, lost, producer,"
            " settings, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
            sha256, state, _stored(record), known["bytes"], now, now, known["pages"], lost, known["producer"],
            known["settings"],
        )  # fmt: skip
        self._do(
            "INSERT OR IGNORE INTO paths VALUES (?, ?, ?, NULL, NULL, ?, NULL)",
            _stored(path),
            sha256,
            known["bytes"],
            now,
        )

    def reopen_outdated(self, producer: str, settings: str) -> int:
        """Have everything read again that another version read, or this one with other settings; return how many."""
        count = self._do(
            "UPDATE documents SET state = 'waiting', attempts = 0 WHERE state IN ('done', 'partial', 'quarantined')"
            f" AND (producer IS NOT ? OR settings IS NOT ?) AND {STANDS}", producer, settings,
        )  # fmt: skip
        self._check()
        return count

    def reopen(self, sha256: str) -> None:
        """Have a document read again, if it still stands in the inbox."""
        self._do(f"UPDATE documents SET state = 'waiting', attempts = 0 WHERE sha256 = ? AND {STANDS}", sha256)

    def outdated(self, producer: str) -> int:
        """Count the documents that another version read."""
        count: int = self._one(
            "SELECT count(*) FROM documents WHERE state IN ('done', 'partial') AND producer IS NOT ?", producer
        )
        return count

    # What is told

    def row(self, sha256: str) -> Row:
        """Return one document."""
        (row,) = self._rows("sha256 = ?", sha256)
        return row

    def rows(self, *states: State) -> Iterator[Row]:
        """Yield the documents in these states, by the place of their record."""
        return self._rows(f"state IN ({', '.join('?' * len(states))}) ORDER BY record, sha256", *states)

    def untold(self) -> Iterator[Row]:
        """Yield the documents that ended since the last report."""
        return self._rows("run IS NULL AND state IN ('done', 'partial', 'quarantined') ORDER BY record, sha256")

    def told(self, run: int) -> None:
        """Remember that a run's report tells of everything that has ended."""
        self._do("UPDATE documents SET run = ? WHERE run IS NULL AND state IN ('done', 'partial', 'quarantined')", run)

    def counts(self) -> dict[State, int]:
        """Count the documents in each state."""
        found = dict(tuple(row) for row in self._all("SELECT state, count(*) FROM documents GROUP BY state"))
        return {state: found.get(state, 0) for state in STATES}

    def begin_run(self, producer: str, inbox: Path, now: str) -> int:
        """Enter a run and return its number."""
        stored = _stored(str(inbox))
        self._do("INSERT INTO runs (producer, inbox, began) VALUES (?, ?, ?)", producer, stored, now)
        number: int = self._one("SELECT max(run) FROM runs")
        return number

    def end_run(self, run: int, arrivals: dict[str, Any], now: str) -> None:
        """A run has ended, its report is written."""
        self._do("UPDATE runs SET ended = ?, arrivals = ? WHERE run = ?", now, json.dumps(arrivals), run)

    def last_run(self, before: int | None = None) -> Run | None:
        """Return the run before the given one, or the last of all; None where there is none."""
        rows = self._all("SELECT * FROM runs WHERE ? IS NULL OR run < ? ORDER BY run DESC LIMIT 1", before, before)
        if not rows:
            return None
        row = rows[0]
        arrivals = json.loads(row["arrivals"] or "{}")
        return Run(row["run"], row["producer"], _text(row["inbox"]), row["began"], row["ended"], arrivals)

    def _rows(self, where: str, *values: Any) -> Iterator[Row]:
        with self._errors():
            for row in self._db.execute(f"SELECT * FROM documents WHERE {where}", values):
                standing, past = self._paths(row["sha256"])
                known = {**dict(row), "lost": json.loads(row["lost"]), "paths": standing or past}
                known["stands"] = bool(standing)
                known["record"] = None if row["record"] is None else _text(row["record"])
                del known["run"]
                yield Row(**known)

    def _paths(self, sha256: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return where a document stands, and where it stood before."""
        found = self._all("SELECT path, until IS NULL FROM paths WHERE sha256 = ? ORDER BY path", sha256)
        now, past = ([_text(path) for path, stands in found if stands == wanted] for wanted in (True, False))
        return tuple(now), tuple(past)

    def _do(self, statement: str, *values: Any) -> int:
        with self._errors():
            return self._db.execute(statement, values).rowcount

    def _one(self, statement: str, *values: Any) -> Any:
        with self._errors():
            row = self._db.execute(statement, values).fetchone()
            return None if row is None else row[0]

    def _all(self, statement: str, *values: Any) -> list[sqlite3.Row]:
        with self._errors():
            return self._db.execute(statement, values).fetchall()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Say what SQLite says in words of ours."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", None)
            if code is not None and code & 0xFF in DAMAGE:
                raise DamagedLedger("the ledger is damaged", path=self.path) from None
            raise OutputError(f"the ledger cannot be written ({error})", path=self.path) from None


def _stored(path: str) -> str | bytes:
    """Return a path as SQLite can hold it: as text, or as bytes where it is no Unicode."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return os.fsencode(path)
    return path


def _text(path: str | bytes) -> str:
    return path if isinstance(path, str) else os.fsdecode(path)
