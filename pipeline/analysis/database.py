"""A store, to be asked in SQL: views over its tables, read only, with a limit to time and memory.

    with Database(store) as database:
        answer = database.ask("SELECT issuer, count(*) FROM documents GROUP BY ALL", {})

DuckDB runs in a process of its own (`engine`), which is kept between questions, ended when a question takes too long,
and started anew when the tables have been replaced. One `Database` may be shared by threads: questions wait in line.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from pathlib import Path
from typing import Any, Final

from pipeline.analysis.messages import Asked, End, Heads, Refusal, Setup
from pipeline.errors import NoTables, QueryError

SECONDS: Final = 30.0
MEMORY_BYTES: Final = 1 << 30
MAX_LISTED: Final = 500_000  # documents of which columns fit into that memory beside the questions
GRACE_SECONDS: Final = 2.0
MAX_THREADS: Final = 8
ASK_LESS: Final = "Ask for less, or allow more seconds."


@dataclass
class Answer:
    """Rows under their heads; `types` are DuckDB's. `more` is known when all rows have been taken."""

    columns: list[str]
    types: list[str]
    rows: Iterator[tuple[Any, ...]]
    more: bool = False

    def table(self) -> list[tuple[Any, ...]]:
        """Return all rows at once."""
        return list(self.rows)


class Database:
    """The tables of one store; use it as a context, or call `close`.

    `listed` are columns of `documents` that are asked for again and again: they are kept in memory, as table `listed`.
    """

    def __init__(
        self, store: Path, *, memory_bytes: int = MEMORY_BYTES, threads: int | None = None, listed: str = ""
    ) -> None:
        self.store, self._listed = store, listed
        self._memory_bytes, self._threads = memory_bytes, threads or min(os.cpu_count() or 1, MAX_THREADS)
        self._engine: _Engine | None = None
        self._lock = threading.RLock()

    def __enter__(self) -> Database:
        with self._lock:
            self._engine = self._engine or _Engine()  # starts while what it is to be told is loaded and read
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process, whatever it is doing."""
        with self._lock:
            if self._engine is not None:
                self._engine.end()
                self._engine = None

    def ask(
        self,
        sql: str,
        values: Mapping[str, Any] | None = None,
        *,
        seconds: float = SECONDS,
        max_rows: int | None = None,
    ) -> Answer:
        """Return the answer to one SELECT; ``$name`` in it stands for a value. All rows are taken before it returns.

        Raises:
            NoTables, NewerTables, DamagedFile: see `manifests.read_manifest`.
            QueryError: no single SELECT, wrong, refused, or beyond the limits of time and memory.
        """
        with self._lock:
            answer = self.stream(sql, values, seconds=seconds, max_rows=max_rows)
            rows = answer.table()
            return Answer(answer.columns, answer.types, iter(rows), answer.more)

    def stream(
        self,
        sql: str,
        values: Mapping[str, Any] | None = None,
        *,
        seconds: float = SECONDS,
        max_rows: int | None = None,
    ) -> Answer:
        """Like `ask`, but rows come as they are taken, a few thousand in memory at a time.

        Take all of them before the next question: nobody else may ask meanwhile.
        """
        with self._lock:
            engine = self._ready()
            received = engine.question(Asked(sql, dict(values or {}), seconds, max_rows))
            heads = next(received)
            if not isinstance(heads, Heads):
                raise QueryError("DuckDB gave no answer")
            answer = Answer([name for name, _ in heads.columns], [type for _, type in heads.columns], iter(()))
            answer.rows = self._rows(received, answer)
            return answer

    def _rows(self, received: Iterator[Any], answer: Answer) -> Iterator[tuple[Any, ...]]:
        for message in received:
            if isinstance(message, End):
                answer.more = message.more
            else:
                yield from message

    def _ready(self) -> _Engine:
        """Return a process that serves the tables as they are now."""
        from pipeline.analysis import manifests, views  # loaded while the process starts

        manifest = manifests.read_manifest(self.store)
        if self._engine is not None and not self._engine.may_serve(manifest.generation):
            self.close()
        if self._engine is None:
            self._engine = _Engine()
        if self._engine.generation is None:
            made = views.statements(self.store, manifest)
            if self._listed:
                kind = "TABLE" if manifest.documents <= MAX_LISTED else "VIEW"
                made.append(f"CREATE {kind} listed AS SELECT {self._listed} FROM documents")
            folder = manifests.tables_folder(self.store).resolve()
            self._engine.open(Setup(f"{folder}/", made, self._memory_bytes, self._threads), manifest.generation)
        return self._engine


class _Engine:
    """The process that runs DuckDB; `generation` is that of the tables that it was opened on."""

    def __init__(self) -> None:
        self.generation: int | None = None
        self.idle = True
        self._ours, theirs = Pipe()
        root = Path(__file__).parents[2]
        environment = {"PYTHONPATH": str(root), "PATH": os.defpath, "LC_ALL": "C.UTF-8"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pipeline.analysis.engine", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=None,
            env=environment,
            cwd="/",
        )
        theirs.close()

    def may_serve(self, generation: int) -> bool:
        """Return whether it is free, and open on these tables or on none yet."""
        return self.idle and self.generation in (None, generation)

    def open(self, setup: Setup, generation: int) -> None:
        """Tell it, once, which tables there are."""
        self.generation = generation
        with suppress(OSError):  # it has died: the first question says so
            self._ours.send(setup)

    def end(self) -> None:
        """End the process at once."""
        self._process.kill()
        self._process.wait()
        self._ours.close()

    def question(self, asked: Asked) -> Iterator[Any]:
        """Ask, and yield what comes back: `Heads`, lists of rows, `End`."""
        self.idle = False
        try:
            self._ours.send(asked)
            while True:
                message = self._receive(asked.seconds + GRACE_SECONDS)
                if isinstance(message, Refusal):
                    self.idle = True
                    raise _error(message)
                yield message
                if isinstance(message, End):
                    self.idle = True
                    return
        except (EOFError, OSError):
            raise QueryError("it needs more memory than a question may take", advice=ASK_LESS) from None

    def _receive(self, seconds: float) -> Any:
        if not self._ours.poll(seconds):
            self.end()
            raise QueryError(f"it took longer than {seconds - GRACE_SECONDS:g} seconds", advice=ASK_LESS)
        return self._ours.recv()


def _error(refusal: Refusal) -> Exception:
    if refusal.code == "damaged":
        return NoTables(f"the tables cannot be read: {refusal.message}", advice="Run `vanban tables --rebuild`.")
    if refusal.code in ("time", "memory"):
        return QueryError(refusal.message, advice=ASK_LESS)
    return QueryError(refusal.message)
