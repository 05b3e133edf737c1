"""Many documents over a pool of processes, pages interleaved.

Four kinds of task run in the pool: a document is inspected, each of its pages is read, the pages are finished into a
record, the record is written. A worker that crashes, hangs or outgrows its memory costs the page it had in hand, and
that page one more attempt.

Pages pass packed from the workers that read them to the one that finishes their document: here nobody looks into them,
and the words of thousands of pages, as objects, would take gigabytes.
"""

from __future__ import annotations

import pickle
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

from diacritics.collector import collector_resting
from pipeline import checkpoint, intake, run, store
from pipeline.document import Page
from pipeline.errors import (
    LOST_PAGE,
    RETRIED,
    DamagedFile,
    FileChanged,
    MissingProgram,
    VanbanError,
    WorkerKilled,
)
from pipeline.intake import Identity, Input
from pipeline.pages import PageSource, open_source
from pipeline.pool import Pool
from pipeline.records import Warning
from pipeline.run import Inspected, Settings

State = Literal["done", "partial", "skipped", "failed"]
INSPECT_SECONDS = 120.0
FINISH_SECONDS = 600.0
GRACE_SECONDS = 30.0  # beyond a page's own limits, which end Tesseract and Poppler before their worker is ended


@dataclass
class Outcome:
    """What became of one input."""

    name: str
    state: State
    pages: int = 0
    seconds: float = 0.0
    page_seconds: dict[int, float] = field(default_factory=dict)
    error: VanbanError | None = None
    warnings: list[Warning] = field(default_factory=list)

    @property
    def failed_pages(self) -> list[Warning]:
        """The warnings of pages that could not be read."""
        return [warning for warning in self.warnings if warning.code in LOST_PAGE]


class Watcher(Protocol):
    """Who is told how a run goes."""

    def pages_found(self, count: int) -> None:
        """A document was opened and has so many pages."""

    def page_read(self) -> None:
        """One more page is read."""

    def ended(self, outcome: Outcome) -> None:
        """A document is done, skipped or failed."""


class _Packed(NamedTuple):
    """A page that was read, packed; `failed` where another attempt might read it."""

    number: int
    page: bytes
    seconds: float
    failed: bool

    @classmethod
    def of(cls, page: Page, seconds: float) -> _Packed:
        """Pack a page."""
        failed = any(warning.code in RETRIED for warning in page.warnings)
        return cls(page.number, pickle.dumps(page, pickle.HIGHEST_PROTOCOL), seconds, failed)

    def unpacked(self) -> Page:
        """Return the page."""
        page: Page = pickle.loads(self.page)
        return page


@dataclass
class _Progress:
    """A document on its way through the pool."""

    inspected: Inspected
    started: float
    pages: dict[int, _Packed] = field(default_factory=dict)

    @property
    def seconds(self) -> dict[int, float]:
        """How long each page took."""
        return {number: round(page.seconds, 3) for number, page in self.pages.items()}

    def take(self, page: _Packed) -> bool:
        """Add a page; tell whether it was the last."""
        self.pages[page.number] = page
        return len(self.pages) == self.inspected.page_count


@dataclass(frozen=True)
class _Task:
    """Something to do in the pool, and what to do here with its result or its error.

    One that was killed from outside is done once more as it was: that says nothing about the document.
    """

    call: Callable[..., Any]
    args: tuple[Any, ...]
    seconds: float
    done: Callable[[Any], None]
    failed: Callable[[VanbanError], None]
    again: bool = True


class Batch:
    """One run over many inputs; a watcher is told as it goes.

    With `pages_home`, a folder, pages are kept there until their document is finished, and a later run goes on with
    them; whoever gave the folder clears it. Without `keep_outcomes` only the watcher hears of them.
    """

    def __init__(
        self,
        out: Path,
        settings: Settings,
        *,
        pool: Pool,
        force: bool = False,
        watcher: Watcher | None = None,
        pages_home: Path | None = None,
        keep_outcomes: bool = True,
    ) -> None:
        self.out, self.settings, self.pool, self.force = out, settings, pool, force
        self.watcher, self.pages_home = watcher, pages_home
        self.outcomes: list[Outcome] = []
        self._keep_outcomes = keep_outcomes
        self._key = settings.key()
        self._ready: deque[_Task] = deque()
        self._running: dict[Future[Any], _Task] = {}

    def run(self, inputs: Iterable[Input]) -> list[Outcome]:
        """Read all inputs and return what became of each, in the order in which they ended.

        Raises:
            MissingProgram: Tesseract or Poppler is not installed; nothing more can be read.
            KeyboardInterrupt: what was finished is kept.
        """
        waiting = iter(inputs)
        with self.pool:
            while self._fill(waiting):
                finished, _ = wait(self._running, return_when=FIRST_COMPLETED)
                for future in finished:
                    self._settle(future, self._running.pop(future))
        return self.outcomes

    def _fill(self, waiting: Any) -> bool:
        """Keep the pool busy with little more than it can hold, so that memory does not grow with the inbox."""
        while len(self._running) < 2 * self.pool.width:
            if len(self._ready) < 2 * self.pool.width and (item := next(waiting, None)) is not None:
                self._ready.append(self._inspection(item))
            if not self._ready:
                break
            task = self._ready.popleft()
            self._running[self.pool.schedule(task.call, task.args, task.seconds)] = task
        return bool(self._running)

    def _settle(self, future: Future[Any], task: _Task) -> None:
        try:
            result = self.pool.result(future, task.seconds)
        except MissingProgram:
            raise
        except WorkerKilled as error:
            if task.again:
                self._ready.append(replace(task, again=False))
            else:
                task.failed(error)
        except VanbanError as error:
            task.failed(error)
        else:
            task.done(result)

    def _inspection(self, item: Input) -> _Task:
        started = time.monotonic()

        def done(opened: _Opened | None) -> None:
            if opened is None:
                self._end(Outcome(item.name, "skipped"))
            else:
                self._read(opened, started)

        def failed(error: VanbanError) -> None:
            self._end(Outcome(item.name, "failed", error=error))

        args = (item, self._place(item), self._key, self.force, self.pages_home)
        return _Task(_inspect, args, INSPECT_SECONDS, done, failed)

    def _place(self, item: Input) -> Path:
        return self.out / item.record_name

    def _read(self, opened: _Opened, started: float) -> None:
        """Queue the pages that no earlier run has read."""
        inspected = opened.inspected
        progress = _Progress(inspected, started)
        if self.watcher:
            self.watcher.pages_found(inspected.page_count)
        for page in opened.kept:
            self._take(progress, page)
        numbers = (number for number in range(1, inspected.page_count + 1) if number not in progress.pages)
        self._ready.extend(self._reading(progress, number, opened.shelf, self.settings) for number in numbers)

    def _reading(self, progress: _Progress, number: int, shelf: Path | None, settings: Settings) -> _Task:
        """Return the task that reads a page. One that fails is read once more, gently, when its turn comes again."""

        def done(page: _Packed) -> None:
            if page.failed and not settings.gentle:
                read_gently()
            else:
                self._take(progress, page)

        def failed(error: VanbanError) -> None:
            if settings.gentle:
                self._take(progress, _Packed.of(run.failed_page(number, error), 0.0))
            else:
                read_gently()

        def read_gently() -> None:
            self._ready.append(self._reading(progress, number, shelf, replace(settings, gentle=True)))

        seconds = 2 * settings.page_seconds + GRACE_SECONDS
        return _Task(_read_page, (progress.inspected, number, settings, shelf), seconds, done, failed)

    def _take(self, progress: _Progress, page: _Packed) -> None:
        if self.watcher:
            self.watcher.page_read()
        if progress.take(page):
            self._ready.appendleft(self._finishing(progress))

    def _finishing(self, progress: _Progress) -> _Task:
        inspected = progress.inspected
        pages = [progress.pages[number] for number in sorted(progress.pages)]

        def end(state: State, error: VanbanError | None, warnings: list[Warning]) -> None:
            seconds = round(time.monotonic() - progress.started, 3)
            name, count = inspected.input.name, inspected.page_count
            self._end(Outcome(name, state, count, seconds, progress.seconds, error, warnings))

        def done(warnings: list[Warning]) -> None:
            lost = any(warning.code in LOST_PAGE for warning in warnings)
            end("partial" if lost else "done", None, warnings)

        args = (inspected, pages, self.settings, self._place(inspected.input))
        return _Task(_finish, args, FINISH_SECONDS, done, lambda error: end("failed", error, []))

    def _end(self, outcome: Outcome) -> None:
        if self._keep_outcomes:
            self.outcomes.append(outcome)
        if self.watcher:
            self.watcher.ended(outcome)


@dataclass(frozen=True)
class _Opened:
    """An inspected document, the folder for its pages, and those that an earlier run has left there."""

    inspected: Inspected
    shelf: Path | None = None
    kept: tuple[_Packed, ...] = ()


def _inspect(item: Input, path: Path, key: str, force: bool, pages_home: Path | None) -> _Opened | None:
    """Open the input and look for pages that were kept; None where its record is current."""
    store.record_path(path.parent, path.name)
    inspected = run.inspect(item)
    sha256 = inspected.identity.sha256
    if item.sha256 is not None and sha256 != item.sha256:
        raise FileChanged("it was replaced before it could be read", path=item.path)
    if not force and store.is_current(path, sha256, run.PRODUCER, key):
        return None
    if pages_home is None:
        return _Opened(inspected)
    shelf = checkpoint.shelf(pages_home, sha256, f"{run.PRODUCER}\n{key}")
    kept = checkpoint.kept(shelf, inspected.page_count).values()
    return _Opened(inspected, shelf, tuple(_Packed.of(page, seconds) for page, seconds in kept))


def _read_page(inspected: Inspected, number: int, settings: Settings, shelf: Path | None) -> _Packed:
    started = time.monotonic()
    path = inspected.input.path
    page = run.read_page(_opened(path, inspected.identity), path, number, settings)
    packed = _Packed.of(page, time.monotonic() - started)
    if shelf is not None and not packed.failed:
        checkpoint.keep(shelf, page, packed.seconds)
    return packed


@lru_cache(maxsize=1)
def _opened(path: Path, identity: Identity) -> PageSource:
    """Keep the last document open: its next page mostly comes to a worker that has it."""
    return open_source(path, identity.media_type)


@collector_resting()
def _finish(inspected: Inspected, pages: list[_Packed], settings: Settings, path: Path) -> list[Warning]:
    """Make the record and write it, if the file still is what the pages were read from."""
    try:
        record = run.finish(inspected, [page.unpacked() for page in pages], settings)
    except RecursionError:
        raise DamagedFile("its structure is nested too deep to be read", path=inspected.input.path) from None
    if intake.digest(inspected.input.path)[0] != inspected.identity.sha256:
        raise FileChanged("it was replaced while it was being read", path=inspected.input.path)
    store.write_record(record, path)
    return record.warnings


def summary(outcomes: list[Outcome], errors: list[Any], found: int) -> dict[str, Any]:
    """Return the run as JSON: what changes with time (durations) stands here and never in a record."""
    counts = {state: sum(o.state == state for o in outcomes) for state in ("done", "partial", "skipped", "failed")}
    return {
        "producer": run.PRODUCER,
        "found": found + len(errors),
        "counts": {**counts, "failed": counts["failed"] + len(errors), "not_reached": found - len(outcomes)},
        "documents": [
            {
                "path": outcome.name,
                "state": outcome.state,
                "pages": outcome.pages,
                "seconds": outcome.seconds,
                "page_seconds": {str(number): outcome.page_seconds[number] for number in sorted(outcome.page_seconds)},
                "failures": _failures(outcome),
            }
            for outcome in sorted(outcomes, key=lambda o: o.name)
        ]
        + [{"path": error.path, "state": "failed", "failures": [_failure(error)]} for error in errors],
    }


def _failures(outcome: Outcome) -> list[dict[str, Any]]:
    if outcome.error is not None:
        return [_failure(outcome.error)]
    return [warning.model_dump() for warning in outcome.failed_pages]


def _failure(error: VanbanError) -> dict[str, Any]:
    return {"page": error.page, "code": error.code, "message": f"{error.message}. {error.advice}"}
