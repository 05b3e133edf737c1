"""What a nightly store holds beside its records, and who is at work on it.

STORE/a/b.pdf.json           records, as `vanban extract` writes them
STORE/.vanban/ledger.sqlite  what became of every document
STORE/.vanban/pages/         finished pages of unfinished documents
STORE/.vanban/lock           held while a run is at work; says by whom
STORE/.vanban/tables-behind  there while the tables lack what was read
STORE/vanban-tables/         the analysts' tables, see `pipeline.analysis.manifests`
STORE/vanban-reports/        a report for people and one for machines after each run
STORE/vanban-quarantine/     a link and a reason for each document that could not be read
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import OutputError, StoreBusy


@dataclass(frozen=True)
class Premises:
    """The places of one store."""

    out: Path

    @property
    def home(self) -> Path:
        """What nobody but vanban needs to open."""
        return self.out / ".vanban"

    @property
    def ledger(self) -> Path:
        """The ledger."""
        return self.home / "ledger.sqlite"

    @property
    def pages(self) -> Path:
        """Finished pages of unfinished documents."""
        return self.home / "pages"

    @property
    def reports(self) -> Path:
        """Reports."""
        return self.out / "vanban-reports"

    @property
    def quarantine(self) -> Path:
        """Links to what could not be read."""
        return self.out / "vanban-quarantine"

    @property
    def tables(self) -> Path:
        """The analysts' tables."""
        return self.out / "vanban-tables"

    @property
    def tables_behind(self) -> Path:
        """A mark that stands while the tables lack what was read."""
        return self.home / "tables-behind"

    def records(self) -> Iterator[Path]:
        """Yield what may be a record, in a stable order: JSON files outside the places above."""
        for folder, folders, files in os.walk(self.out):
            own = ("vanban-", ".") if Path(folder) == self.out else (".",)
            folders[:] = sorted(name for name in folders if not name.startswith(own))
            names = sorted(name for name in files if name.endswith(".json") and not name.startswith(own))
            yield from (Path(folder, name) for name in names)

    def sweep(self) -> None:
        """Remove files that a run was writing when it was killed. Only for who holds the store."""
        for folder, _, files in os.walk(self.out):
            for name in files:
                if name.startswith(".vanban-") and name.endswith(".tmp"):
                    Path(folder, name).unlink(missing_ok=True)

    @contextmanager
    def held(self, now: str) -> Iterator[None]:
        """Hold the store for this process; the system lets go of it when the process ends, however it ends.

        Raises:
            StoreBusy: another run holds it; says who.
            OutputError: the store cannot be written.
        """
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.home / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise OutputError(f"the store cannot be written ({reason})", path=self.out) from None
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                who = _described(self.holder())
                raise StoreBusy(f"another run is at work on this store: {who}", path=self.out) from None
            _sign(handle, now)
            yield
        finally:
            os.close(handle)

    def holder(self) -> dict[str, Any] | None:
        """Return who holds the store (host, process, since); None where nobody does."""
        try:
            with (self.home / "lock").open("rb") as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                except BlockingIOError:
                    found: dict[str, Any] = json.loads(file.read() or b"{}")
                    return found
        except (OSError, ValueError):
            pass
        return None


def _sign(handle: int, now: str) -> None:
    """Write who holds the lock into it. A full disk keeps nobody from holding it."""
    signature = {"host": socket.gethostname(), "process": os.getpid(), "since": now}
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps(signature).encode(), 0)
    except OSError:
        pass


def _described(holder: dict[str, Any] | None) -> str:
    if not holder:
        return "it does not say who"
    return f"process {holder.get('process')} on {holder.get('host')}, since {holder.get('since')}"
