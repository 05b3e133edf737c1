"""Questions to the tables of the store, remembered for as long as the tables stay the same; and keeping them current.

What people say goes beside the records at once; the tables follow a few seconds later, made anew where they changed.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pipeline.analysis import parts, tabulate
from pipeline.analysis.database import Database
from pipeline.errors import NoTables, StoreBusy, VanbanError

REMEMBERED: Final = 512
QUIET_SECONDS: Final = 3.0
"""After the last correction, before the tables are brought up to it: a person at work makes one every few seconds."""
Rows = list[tuple[Any, ...]]
log = logging.getLogger("vanban.review")


class Questions:
    """The tables of one store, asked by many threads at once."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self._database = Database(store)
        self._answers: OrderedDict[tuple[object, ...], Rows] = OrderedDict()
        self._guard = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self.generation = 0

    def ask(self, sql: str, values: Mapping[str, Any] | None = None) -> Rows:
        """Return the rows of one SELECT.

        Raises:
            TablesError: the tables cannot be read. QueryError: it took too long.
        """
        self._look()
        question = (self.generation, sql, tuple(sorted((values or {}).items())))
        with self._guard:
            if question in self._answers:
                self._answers.move_to_end(question)
                return self._answers[question]
        rows = self._database.ask(sql, values).table()
        with self._guard:
            self._answers[question] = rows
            if len(self._answers) > REMEMBERED:
                self._answers.popitem(last=False)
        return rows

    def close(self) -> None:
        """End the process that answers."""
        self._database.close()

    def _look(self) -> None:
        """Note which generation of the tables counts; the manifest is read only when it was replaced."""
        path = parts.tables_folder(self.store) / parts.MANIFEST
        try:
            status = path.stat()
        except OSError:
            raise NoTables("the tables have not been made yet", path=self.store) from None
        looks = (status.st_mtime_ns, status.st_ino)
        if looks != self._seen:
            self.generation = parts.read_manifest(self.store).generation
            self._seen = looks


class Follower:
    """Brings the tables up to the records, in the background, some seconds after something was said."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self._said, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._follow, name="tables", daemon=True)

    def start(self) -> None:
        """Begin to follow; the tables are brought up to the records once at the start."""
        self._said.set()
        self._thread.start()

    def note(self) -> None:
        """Something was said of a record."""
        self._said.set()

    def close(self) -> None:
        """Stop following; what is not in the tables yet gets there with the next run."""
        self._ended.set()
        self._said.set()

    def _follow(self) -> None:
        while self._said.wait() and not self._ended.is_set():
            self._said.clear()
            if self._ended.wait(QUIET_SECONDS) or self._said.is_set():
                continue
            try:
                tabulate.refresh(self.store)
            except StoreBusy:  # another run is at it; what was said since is taken in by the next
                self._said.set()
                self._ended.wait(QUIET_SECONDS)
            except VanbanError as error:
                log.error("the tables could not be refreshed: %s", error)
