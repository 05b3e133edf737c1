"""Many documents over a pool of processes: pages interleaved, one process a core, a deadline on each page.

Four kinds of task run in the pool: a document is inspected, each of its pages is read, the pages are finished into a
record, the record is written. A worker that crashes, hangs or outgrows its memory costs the page it had in hand.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import resource
import shutil
import signal
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Protocol

from pebble import ProcessExpired, ProcessPool

from pipeline import run, store
from pipeline.document import Page
from pipeline.errors import LOST_PAGE, DamagedFile, MissingProgram, PageError, PageTimeout, VanbanError
from pipeline.intake import Input
from pipeline.pages import PageSource, open_source
from pipeline.records import Warning
from pipeline.run import Inspected, Settings

State = Literal["done", "partial", "skipped", "failed"]
INSPECT_SECONDS = 120.0
FINISH_SECONDS = 600.0
GRACE_SECONDS = 30.0  # beyond a page's own limits, which end Tesseract and Poppler before their worker is ended
WORKER_MEMORY_BYTES = 4 << 30  # of address space, its children's too
TASKS_PER_WORKER = 500  # then it is replaced, so that no leak of any library grows for ever
PR_SET_PDEATHSIG = 1
SHM = Path("/dev/shm")
SCRATCH_PREFIX = "vanban-"


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


@dataclass
class _Progress:
    """A document on its way through the pool."""

    inspected: Inspected
    pages: dict[int, Page] = field(default_factory=dict)
    seconds: dict[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class _Task:
    """Something to do in the pool, and what to do here with its result or its error."""

    call: Callable[..., Any]
    args: tuple[Any, ...]
    seconds: float
    done: Callable[[Any], None]
    failed: Callable[[VanbanError], None]


class Batch:
    """One run over many inputs; a watcher is told as it goes."""

    def __init__(
        self,
        out: Path,
        settings: Settings,
        *,
        jobs: int,
        force: bool = False,
        watcher: Watcher | None = None,
    ) -> None:
        self.out, self.settings, self.jobs, self.force = out, settings, jobs, force
        self.watcher = watcher
        self.outcomes: list[Outcome] = []
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
        sweep_scratch()
        prefix = f"{SCRATCH_PREFIX}{os.getpid()}-"
        with tempfile.TemporaryDirectory(prefix=prefix, dir=_scratch_home(), ignore_cleanup_errors=True) as scratch:
            pool = ProcessPool(
                max_workers=self.jobs,
                max_tasks=TASKS_PER_WORKER,
                initializer=_start_worker,
                initargs=(scratch, os.getpid()),
                context=_context(),
            )
            try:
                while self._fill(pool, waiting):
                    finished, _ = wait(self._running, return_when=FIRST_COMPLETED)
                    for future in finished:
                        self._settle(future, self._running.pop(future))
                pool.close()
            except BaseException:
                pool.stop()
                raise
            finally:
                pool.join(timeout=10)
        return self.outcomes

    def _fill(self, pool: ProcessPool, waiting: Any) -> bool:
        """Keep the pool busy with little more than it can hold, so that memory does not grow with the inbox."""
        while len(self._running) < 2 * self.jobs:
            if len(self._ready) < 2 * self.jobs and (item := next(waiting, None)) is not None:
                self._ready.append(self._inspection(item))
            if not self._ready:
                break
            task = self._ready.popleft()
            self._running[pool.schedule(task.call, args=task.args, timeout=task.seconds)] = task
        return bool(self._running)

    def _settle(self, future: Future[Any], task: _Task) -> None:
        try:
            result = future.result()
        except VanbanError as error:
            if isinstance(error, MissingProgram):
                raise
            task.failed(error)
        except TimeoutError:
            task.failed(PageTimeout(f"not done in {task.seconds:.0f} s"))
        except (ProcessExpired, CancelledError) as error:
            task.failed(PageError(f"the reading process died ({error})"))
        except MemoryError:
            task.failed(PageError("it needs more memory than a page may take"))
        except Exception as error:  # a fault of ours: named, and kept to its document
            task.failed(PageError(f"{type(error).__name__}: {error}"))
        else:
            task.done(result)

    def _inspection(self, item: Input) -> _Task:
        started = time.monotonic()

        def done(inspected: Inspected | None) -> None:
            if inspected is None:
                self._end(Outcome(item.name, "skipped"))
            else:
                self._read(inspected, started)

        def failed(error: VanbanError) -> None:
            self._end(Outcome(item.name, "failed", error=error))

        return _Task(_inspect, (item, self._place(item), self._key, self.force), INSPECT_SECONDS, done, failed)

    def _place(self, item: Input) -> Path:
        return self.out / item.record_name

    def _read(self, inspected: Inspected, started: float) -> None:
        progress = _Progress(inspected)
        if self.watcher:
            self.watcher.pages_found(inspected.page_count)
        path, media_type = inspected.input.path, inspected.identity.media_type

        def keep(number: int, page: Page, seconds: float) -> None:
            progress.pages[number], progress.seconds[number] = page, round(seconds, 3)
            if self.watcher:
                self.watcher.page_read()
            if len(progress.pages) == inspected.page_count:
                self._ready.appendleft(self._finishing(progress, started))

        def reading(number: int) -> _Task:
            arguments = (path, media_type, number, self.settings)
            seconds = 2 * self.settings.page_seconds + GRACE_SECONDS
            return _Task(
                _read_page,
                arguments,
                seconds,
                done=lambda result: keep(number, *result),
                failed=lambda error: keep(number, run.failed_page(number, error), 0.0),
            )

        self._ready.extend(reading(number) for number in range(1, inspected.page_count + 1))

    def _finishing(self, progress: _Progress, started: float) -> _Task:
        inspected = progress.inspected
        pages = [progress.pages[number] for number in sorted(progress.pages)]

        def end(state: State, error: VanbanError | None, warnings: list[Warning]) -> None:
            seconds = round(time.monotonic() - started, 3)
            name, count = inspected.input.name, inspected.page_count
            self._end(Outcome(name, state, count, seconds, progress.seconds, error, warnings))

        def done(warnings: list[Warning]) -> None:
            lost = any(warning.code in LOST_PAGE for warning in warnings)
            end("partial" if lost else "done", None, warnings)

        args = (inspected, pages, self.settings, self._place(inspected.input))
        return _Task(_finish, args, FINISH_SECONDS, done, lambda error: end("failed", error, []))

    def _end(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        if self.watcher:
            self.watcher.ended(outcome)


def _scratch_home() -> Path | None:
    """Return where pages lie while they are read: in memory where the system has such a place, else as configured."""
    return SHM if SHM.is_dir() and os.access(SHM, os.W_OK) else None


def sweep_scratch(home: Path = SHM) -> None:
    """Remove what runs that were killed left behind: folders named for a process that is gone."""
    for folder in home.glob(f"{SCRATCH_PREFIX}*"):
        owner = folder.name.removeprefix(SCRATCH_PREFIX).split("-")[0]
        if not (owner.isdigit() and Path(f"/proc/{owner}").exists()):
            shutil.rmtree(folder, ignore_errors=True)


def _context() -> multiprocessing.context.ForkServerContext:
    """Fork workers from a server that has loaded the readers once: a new worker costs milliseconds, not seconds."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline.run"])
    return context


def _start_worker(scratch: str, parent: int) -> None:
    """Bound a worker's memory, leave Ctrl-C to the parent, and die when the parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() == 1:
        os._exit(1)
    resource.setrlimit(resource.RLIMIT_AS, (WORKER_MEMORY_BYTES, WORKER_MEMORY_BYTES))
    tempfile.tempdir = scratch


def _inspect(item: Input, path: Path, key: str, force: bool) -> Inspected | None:
    """Open the input; None where its record is current."""
    store.record_path(path.parent, path.name)
    inspected = run.inspect(item)
    current = not force and store.is_current(path, inspected.identity.sha256, run.PRODUCER, key)
    return None if current else inspected


def _read_page(path: Path, media_type: str, number: int, settings: Settings) -> tuple[Page, float]:
    started = time.monotonic()
    page = run.read_page(_opened(path, media_type), path, number, settings)
    return page, time.monotonic() - started


@lru_cache(maxsize=1)
def _opened(path: Path, media_type: str) -> PageSource:
    """Keep the last document open: its next page mostly comes to a worker that has it."""
    return open_source(path, media_type)


def _finish(inspected: Inspected, pages: list[Page], settings: Settings, path: Path) -> list[Warning]:
    try:
        record = run.finish(inspected, pages, settings)
    except RecursionError:
        raise DamagedFile("its structure is nested too deep to be read", path=inspected.input.path) from None
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
