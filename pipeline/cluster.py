"""The same work on many machines, by Ray: a pool like that of one machine, so that order, retries, ledger and records
are the same. The only module that imports ray; `pip install vanban[cluster]` brings it.

Every machine needs the same version of vanban and of Tesseract, which is checked, and sees inbox and store at the same
paths. Ray keeps a process alive between tasks, so that models are loaded once a process; it has no deadline and no
limit of memory that would end a process in the middle of foreign code, so each process sets its own.
"""

from __future__ import annotations

import logging
import os
import resource
import signal
import socket
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import cache
from types import TracebackType
from typing import Any, Self

from pipeline.errors import MissingProgram, PageTimeout, UsageError, VanbanError, WorkerKilled
from pipeline.pool import (
    SCRATCH_PREFIX,
    TASKS_PER_WORKER,
    WORKER_MEMORY_BYTES,
    as_page_error,
    scratch_home,
    sweep_scratch,
)

KNOCK_SECONDS = 10.0
os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody

try:
    import ray
    import ray.exceptions
except ImportError:
    raise MissingProgram("Ray is not installed", advice="Run `make setup-cluster`.") from None


class RayPool:
    """Processes on the machines of a Ray cluster, one a core of each."""

    def __init__(self, address: str) -> None:
        """`address` is that of the cluster's head (`host:6379`), or `auto` on one of its machines."""
        self.address, self.width = address, 1
        self._scheduled: dict[Future[Any], float] = {}

    def __enter__(self) -> Self:
        """Join the cluster.

        Raises:
            UsageError: no cluster answers at the address.
        """
        from pipeline.run import PRODUCER, Settings

        try:
            _knock(self.address)
            ray.init(address=self.address, log_to_driver=False, logging_level=logging.ERROR)
        except (OSError, RuntimeError, ValueError, ray.exceptions.RayError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise UsageError(
                f"no Ray cluster answers at {self.address} ({reason})", advice="Start one: see docs/sizing.md."
            ) from None
        self._version = f"{PRODUCER}, {Settings().key()}"
        self._task = ray.remote(num_cpus=1, max_retries=0, max_calls=TASKS_PER_WORKER)(_within_limits)
        self.width = max(1, int(ray.cluster_resources().get("CPU", 1)))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        ray.shutdown()

    def schedule(self, call: Callable[..., Any], args: tuple[Any, ...], seconds: float) -> Future[Any]:
        """See `pool.Pool`. The batch asks for little more than the cluster has cores: that is the back-pressure."""
        reference = self._task.remote(call, args, seconds, self._version)
        future: Future[Any] = reference.future()
        self._scheduled[future] = time.monotonic()
        return future

    def result(self, future: Future[Any], seconds: float) -> Any:
        """See `pool.Pool`."""
        waited = time.monotonic() - self._scheduled.pop(future)
        try:
            result = future.result()
        except ray.exceptions.RayError as error:
            if waited >= seconds:
                raise PageTimeout(f"not done in {seconds:.0f} s") from None
            raise WorkerKilled(f"the reading process died ({type(error).__name__})") from None
        if isinstance(result, VanbanError):
            raise result
        return result


def _knock(address: str) -> None:
    """Find out quickly whether anybody listens at ``host:port``, for which Ray would wait minutes.

    Raises:
        OSError, ValueError: nobody does.
    """
    if address != "auto":
        host, _, port = address.rpartition(":")
        socket.create_connection((host, int(port)), timeout=KNOCK_SECONDS).close()


def _within_limits(call: Callable[..., Any], args: tuple[Any, ...], seconds: float, version: str) -> Any:
    """Run a task in a process of the cluster; return what it returns, or its error, which so keeps its type.

    An alarm that nobody catches ends the process, whatever it is in the middle of.
    """
    try:
        _prepare(version)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        return call(*args)
    except VanbanError as error:
        return error
    except Exception as error:
        return as_page_error(error)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


@cache
def _prepare(version: str) -> None:
    """Make a process of Ray's one of ours, once.

    The limit is on its own data, not on address space as in a local pool: Ray maps memory that all processes share.

    Raises:
        MissingProgram: other versions are installed here than where the run was started.
    """
    from pipeline.run import PRODUCER, Settings

    here = f"{PRODUCER}, {Settings().key()}"
    if here != version:
        raise MissingProgram(
            f"{socket.gethostname()} has {here}; this run has {version}",
            advice="Install the same versions on every machine of the cluster.",
        )
    resource.setrlimit(resource.RLIMIT_DATA, (WORKER_MEMORY_BYTES, WORKER_MEMORY_BYTES))
    sweep_scratch()
    tempfile.tempdir = tempfile.mkdtemp(prefix=f"{SCRATCH_PREFIX}{os.getpid()}-", dir=scratch_home())
