"""Answers to the tables of the store, kept for as long as the tables stay the same; and keeping them current.

What people say goes beside the records at once; the tables follow a few seconds later, made anew where they changed.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from pipeline.analysis import manifests, search, tabulate
from pipeline.analysis.database import Database
from pipeline.analysis.fulltext import Wanted
from pipeline.analysis.search import Found
from pipeline.errors import NoTables, StoreBusy, UsageError

LISTED: Final = (
    "document, file, title, title_key, issuer, issuer_key, number, number_key, kind, date, year, pages, confidence,"
    " doubtful"
)
"""Columns of the list of documents."""
KEPT: Final = 512
SOON_SECONDS: Final = 3.0
"""After something was said, before the tables are brought up to it."""
PAUSE_SHARE: Final = 5.0
"""Of what that took, before the next time: a large store must not be busy with nothing else."""
Rows = list[tuple[Any, ...]]
log = logging.getLogger("vanban.review")


class Answers:
    """The tables of one store, asked by many threads at once."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self._database = Database(store, listed=LISTED)
        self._asking = ThreadPoolExecutor(1, "ask")  # the engine dies with the thread that started it: one that stays
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._guard = threading.Lock()
        self._working: defaultdict[Hashable, threading.Lock] = defaultdict(threading.Lock)
        self._seen: tuple[int, int] | None = None
        self._generation = 0

    def ask(self, sql: str, values: Mapping[str, Any] | None = None) -> Rows:
        """Return the rows of one SELECT.

        Raises:
            TablesError: the tables cannot be read. QueryError: it took too long.
        """
        question = (sql, tuple(sorted((values or {}).items())))
        rows: Rows = self.keep(question, lambda: self._asking.submit(self._asked, sql, values).result())
        return rows

    def _asked(self, sql: str, values: Mapping[str, Any] | None) -> Rows:
        return self._database.ask(sql, values).table()

    def pages_that_say(self, typed: str, wanted: Wanted, limit: int) -> list[Found]:
        """Return the pages whose text says what was typed, the best first; none where there is no word to look for.

        Raises:
            TablesError: the tables cannot be read.
        """

        def look() -> list[Found]:
            try:
                return search.search(self.store, typed, wanted, limit=limit).found
            except UsageError:
                return []

        found: list[Found] = self.keep((typed, wanted, limit), look)
        return found

    def keep(self, question: Hashable, work: Callable[[], Any]) -> Any:
        """Return what was worked out before from the tables as they are now, or work it out.

        Of many who ask the same at once, one works.
        """
        question = (self._current_generation(), question)
        with self._guard:
            if question in self._kept:
                self._kept.move_to_end(question)
                return self._kept[question]
            working = self._working[question]
        try:
            with working:
                with self._guard:
                    if question in self._kept:
                        return self._kept[question]
                answer = work()
                with self._guard:
                    self._kept[question] = answer
                    if len(self._kept) > KEPT:
                        self._kept.popitem(last=False)
                return answer
        finally:
            with self._guard:
                self._working.pop(question, None)

    def close(self) -> None:
        """End the process that answers."""
        self._asking.shutdown(cancel_futures=True)
        self._database.close()

    def _current_generation(self) -> int:
        """Return which generation of the tables counts; the manifest is read only when it was replaced."""
        path = manifests.tables_folder(self.store) / manifests.MANIFEST
        try:
            status = path.stat()
        except OSError:
            raise NoTables("the tables have not been made yet", path=self.store) from None
        looks = (status.st_mtime_ns, status.st_ino)
        if looks != self._seen:
            self._generation = manifests.read_manifest(self.store).generation
            self._seen = looks
        return self._generation


class Follower:
    """Brings the tables up to the records, in the background, some seconds after something was said."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self._said, self._ended = threading.Event(), threading.Event()
        self._then: Callable[[], None] = lambda: None
        self._thread = threading.Thread(target=self._follow, name="tables", daemon=True)

    def start(self, then: Callable[[], None]) -> None:
        """Begin to follow; the tables are brought up to the records at once. After each time `then` is called."""
        self._then = then
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
        pause = SOON_SECONDS
        while self._said.wait() and not self._ended.wait(pause):
            self._said.clear()  # what is said from here on may be missed by this round
            start = time.monotonic()
            try:
                tabulate.refresh(self.store)
                self._then()
            except StoreBusy:  # another run is at it; what was said since is taken in by the next
                self._said.set()
            except Exception:
                log.exception("the tables could not be refreshed")
            pause = max(SOON_SECONDS, PAUSE_SHARE * (time.monotonic() - start))
