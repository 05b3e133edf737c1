"""What lies in the inbox: what is new, what came twice, what was moved, what is still being written.

Names decide nothing: a document is its bytes. A file whose size and times are those that the ledger knows is not
opened, so that a night without news costs a walk through the folders. The inbox is read and never written.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from diacritics.collector import collector_resting
from pipeline import intake
from pipeline.errors import InputError, Unreadable
from pipeline.nightly.ledger import Ledger, Sighting

NAMED = 200  # names of each sort that are kept for the report
TOGETHER = 256  # files a transaction


@dataclass
class Sort:
    """How many files of one sort there are, and the first of them by name."""

    count: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, path: str) -> None:
        """Count a file."""
        self.count += 1
        if len(self.first) < NAMED:
            self.first.append(path)


@dataclass
class Arrivals:
    """What a look at the inbox found."""

    files: int = 0
    new: Sort = field(default_factory=Sort)
    duplicate: Sort = field(default_factory=Sort)
    moved: Sort = field(default_factory=Sort)
    restless: Sort = field(default_factory=Sort)  # still being written
    unreadable: Sort = field(default_factory=Sort)
    passed_over: Sort = field(default_factory=Sort)  # no documents
    gone: Sort = field(default_factory=Sort)
    emptied: bool = False  # everything is gone at once: more likely a disk that is not mounted

    def as_json(self) -> dict[str, Any]:
        """Return plain values, as the ledger keeps them."""
        return asdict(self)


class Inbox:
    """One look at one inbox, entered into the ledger."""

    def __init__(self, root: Path, ledger: Ledger, store: Path, now: datetime, rest_seconds: float) -> None:
        self.root, self.ledger, self.store = root, ledger, store.resolve()
        self.now, self.rest_seconds = now, rest_seconds
        self.found = Arrivals()
        self._put_off: list[tuple[str, Sighting, str | None]] = []

    def look(self) -> Arrivals:
        """Tell apart everything that is there.

        Raises:
            Unreadable: the inbox itself is not there.
        """
        if not self.root.is_dir():
            raise Unreadable(
                "the inbox is not there", path=self.root, advice="Check the path, and that its disk is mounted."
            )
        before = self.ledger.unsettled()
        with collector_resting():  # hundreds of thousands of names and numbers are gathered
            known = self.ledger.sightings()
            there, changed = set[str](), dict[str, Sighting]()
            for path, status in self._walk():
                there.add(path)
                seen = (status.st_size, status.st_mtime_ns, status.st_ctime_ns)
                if known.get(path) != seen:
                    changed[path] = Sighting(*seen)
        self.found.files = len(there)
        self._note_gone(known.keys() - there)
        files = [path for path in sorted(changed) if self._is_ready(path, changed[path], path in known, before)]
        for start in range(0, len(files), TOGETHER):
            with self.ledger.together():
                for path in files[start : start + TOGETHER]:
                    self._enter(path, changed[path])
        self.ledger.put_off(self._put_off, self._stamp)
        self.ledger.revive()
        return self.found

    @property
    def _stamp(self) -> str:
        return self.now.isoformat(timespec="seconds")

    def _note_gone(self, gone: set[str]) -> None:
        if gone and not self.found.files:
            self.found.emptied = True
            return
        for path in sorted(gone):
            self.found.gone.add(path)
        with self.ledger.together():
            self.ledger.left(gone, self._stamp)

    def _is_ready(self, path: str, seen: Sighting, known: bool, before: dict[str, tuple[Sighting, str]]) -> bool:
        """Tell whether a new or changed file can be entered; one that is still being written waits for the next run."""
        try:
            if not known and not intake.is_meant(self.root / path):
                self.found.passed_over.add(path)
                return False
        except OSError as error:
            self._leave_unreadable(path, seen, _reason(error))
            return False
        if self._at_rest(seen, before.get(path)):
            return True
        self._leave_restless(path, seen)
        return False

    def _at_rest(self, seen: Sighting, before: tuple[Sighting, str] | None) -> bool:
        """Tell whether nobody has written to a file for a while.

        Its own time says so, unless that lies in the future (the clock was set back): then it must have been the same
        in an earlier run.
        """
        assert seen.mtime_ns is not None
        if self.now.timestamp() - seen.mtime_ns / 1e9 >= self.rest_seconds:
            return True
        if before is None or before[0] != seen:
            return False
        return abs((self.now - datetime.fromisoformat(before[1])).total_seconds()) >= self.rest_seconds

    def _enter(self, path: str, seen: Sighting) -> None:
        """Tell a file by its bytes."""
        place = self.root / path
        try:
            sha256, size, _ = intake.digest(place)
            if size != seen.size or _sighting(place.stat()) != seen:
                self._leave_restless(path, seen)
                return
        except InputError as error:
            self._leave_unreadable(path, seen, error.message)
            return
        except OSError as error:
            self._leave_unreadable(path, seen, _reason(error))
            return
        sort = self.ledger.place(path, seen, sha256, self._stamp)
        if sort != "known":
            sorts = {"new": self.found.new, "duplicate": self.found.duplicate, "moved": self.found.moved}
            sorts[sort].add(path)

    def _leave_restless(self, path: str, seen: Sighting) -> None:
        self.found.restless.add(path)
        self._put_off.append((path, seen, None))

    def _leave_unreadable(self, path: str, seen: Sighting, reason: str) -> None:
        self.found.unreadable.add(path)
        self._put_off.append((path, seen, reason))

    def _walk(self) -> Iterator[tuple[str, os.stat_result]]:
        """Yield all files by their path from the root; links are followed, each real folder once, so circles end."""
        waiting, visited = [""], set[tuple[int, int]]()
        while waiting:
            folder = waiting.pop()
            try:
                own = (self.root / folder).stat()
                if (own.st_dev, own.st_ino) in visited or (self.root / folder).resolve() == self.store:
                    continue
                visited.add((own.st_dev, own.st_ino))
                with os.scandir(self.root / folder) as entries:
                    for entry in entries:
                        if not entry.name.startswith("."):
                            path = f"{folder}/{entry.name}" if folder else entry.name
                            if (status := self._status(entry, path)) is None:
                                continue
                            if stat.S_ISREG(status.st_mode):
                                yield path, status
                            elif stat.S_ISDIR(status.st_mode):
                                waiting.append(path)
                            else:  # sockets, pipes and devices would block
                                self.found.passed_over.add(path)
            except OSError as error:
                self._leave_unreadable(folder or ".", Sighting(0, 0, 0), _reason(error))

    def _status(self, entry: os.DirEntry[str], path: str) -> os.stat_result | None:
        try:
            return entry.stat()
        except OSError as error:  # a link that leads nowhere, a file that went just now
            self._leave_unreadable(path, Sighting(0, 0, 0), _reason(error))
            return None


def _sighting(status: os.stat_result) -> Sighting:
    return Sighting(status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _reason(error: OSError) -> str:
    return f"cannot be read ({(error.strerror or str(error)).lower()})"
