"""Processes that tasks run in: one a core, a deadline on each task, a limit on the memory of each process.

What goes wrong in a process comes back as an error of ours: it ran out of time or of memory, it died, it was killed.
The only module that imports pebble.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import resource
import shutil
import signal
import tempfile
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from multiprocessing import forkserver
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from pebble import ProcessExpired, ProcessPool

from pipeline.errors import PageError, PageTimeout, VanbanError, WorkerKilled

WORKER_MEMORY_BYTES = 4 << 30  # of address space, its children's too
TASKS_PER_WORKER = 500  # then it is replaced, so that no leak of any library grows for ever
FROM_OUTSIDE = (-signal.SIGKILL, -signal.SIGTERM)  # how a process ends that was ended by somebody else
PR_SET_PDEATHSIG = 1
SHM = Path("/dev/shm")
SCRATCH_PREFIX = "vanban-"


class Pool(Protocol):
    """Where tasks run: on this machine (`LocalPool`) or on many (`cluster.RayPool`); a context manager."""

    width: int

    def schedule(self, call: Callable[..., Any], args: tuple[Any, ...], seconds: float) -> Future[Any]:
        """Run `call(*args)` as soon as there is room, for at most so many seconds."""

    def result(self, future: Future[Any], seconds: float) -> Any:
        """Return what the call returned.

        Raises:
            VanbanError: what the call raised, or what became of its process.
        """

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class LocalPool:
    """Processes on this machine. Their temporary files lie in memory where the system has such a place."""

    def __init__(self, jobs: int) -> None:
        self.width = jobs

    def __enter__(self) -> Self:
        sweep_scratch()
        self._scratch = tempfile.TemporaryDirectory(
            prefix=f"{SCRATCH_PREFIX}{os.getpid()}-", dir=scratch_home(), ignore_cleanup_errors=True
        )
        self._pool = ProcessPool(
            max_workers=self.width,
            max_tasks=TASKS_PER_WORKER,
            initializer=_start_worker,
            initargs=(self._scratch.name, os.getpid()),
            context=_context(),
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._pool.close()
            else:
                self._pool.stop()
            self._pool.join(timeout=10)
        finally:
            self._scratch.cleanup()

    def schedule(self, call: Callable[..., Any], args: tuple[Any, ...], seconds: float) -> Future[Any]:
        """See `Pool`."""
        future: Future[Any] = self._pool.schedule(call, args=args, timeout=seconds)
        return future

    def result(self, future: Future[Any], seconds: float) -> Any:
        """See `Pool`."""
        try:
            return future.result()
        except VanbanError:
            raise
        except TimeoutError:
            raise PageTimeout(f"not done in {seconds:.0f} s") from None
        except ProcessExpired as error:
            kind = WorkerKilled if error.exitcode in FROM_OUTSIDE else PageError
            raise kind(f"the reading process died ({error})") from None
        except CancelledError as error:
            raise PageError(f"the reading process died ({error})") from None
        except Exception as error:
            raise as_page_error(error) from error


def as_page_error(error: Exception) -> PageError:
    """Return the error of ours for one that nobody thought of: named, and kept to its page or document."""
    if isinstance(error, MemoryError):
        return PageError("it needs more memory than a page may take")
    return PageError(f"{type(error).__name__}: {error}")


def scratch_home() -> Path | None:
    """Return where pages lie while they are read: in memory where the system has such a place, else as configured."""
    return SHM if SHM.is_dir() and os.access(SHM, os.W_OK) else None


def sweep_scratch(home: Path = SHM) -> None:
    """Remove what runs that were killed left behind: folders named for a process that is gone."""
    for folder in home.glob(f"{SCRATCH_PREFIX}*"):
        owner = folder.name.removeprefix(SCRATCH_PREFIX).split("-")[0]
        if not (owner.isdigit() and Path(f"/proc/{owner}").exists()):
            shutil.rmtree(folder, ignore_errors=True)


def start_server() -> None:
    """Start the server that workers are forked from: it loads the readers while its caller is still loading them."""
    _context()
    forkserver.ensure_running()


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
