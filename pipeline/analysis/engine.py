"""DuckDB in a process of its own: it may read the tables, and nothing else. The only module that uses DuckDB.

Somebody else's SQL is let near neither files nor the network nor other processes: DuckDB itself is told so, only a
single SELECT is taken, and the operating system forbids the process to write any file or to grow beyond its memory.
DuckDB counts not all of its memory and is sometimes deaf to an interrupt, so who asks may end the process at any time.

The parent speaks first: a `Setup`, then one `Asked` after another; each is answered by `Heads`, lists of rows and an
`End`, or by a `Refusal`. This module imports little, so that a question waits for DuckDB and not for the rest.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

import duckdb

from pipeline.analysis.macros import literal
from pipeline.analysis.messages import Asked, End, Heads, Refusal, Setup

CHUNK_ROWS: Final = 2_000
PR_SET_PDEATHSIG: Final = 1
ADDRESSES_OF_THREAD: Final = 128 << 20  # its stack and its arena of memory: taken as addresses, hardly ever filled


def serve(connection: Connection) -> None:
    """Answer questions until the other side hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    try:
        setup: Setup = connection.recv()
    except EOFError:  # nobody asks after all
        return
    try:
        base = _open(setup)
    except duckdb.Error as error:
        connection.send(Refusal("damaged", _first_line(error)))
        return
    while True:
        try:
            asked: Asked = connection.recv()
        except EOFError:
            return
        try:
            _answer(base, asked, connection)
        except BrokenPipeError:
            return


def _open(setup: Setup) -> duckdb.DuckDBPyConnection:
    base = duckdb.connect(":memory:", config={"threads": setup.threads})
    for setting in (
        f"memory_limit = '{setup.memory_bytes}B'",
        "temp_directory = ''",
        f"allowed_directories = [{literal(setup.folder)}]",
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "allow_community_extensions = false",
        "enable_external_access = false",
        "preserve_insertion_order = true",
        "parquet_metadata_cache = true",  # parts never change
    ):
        base.execute(f"SET {setting}")
    for statement in setup.statements:
        base.execute(statement)
    base.execute("SET lock_configuration = true")
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    room = 2 * setup.memory_bytes + setup.threads * ADDRESSES_OF_THREAD + _address_space()
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    return base


def _address_space() -> int:
    """Return how many bytes of addresses the process has taken already."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()


def _answer(base: duckdb.DuckDBPyConnection, asked: Asked, connection: Connection) -> None:
    """Send an answer, or why there is none; the time that counts is DuckDB's, not that of who reads the rows."""
    try:
        statements = base.extract_statements(asked.sql)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            kind = "nothing" if not statements else statements[0].type.name if len(statements) == 1 else "several"
            connection.send(Refusal("refused", f"only a single SELECT is answered, and this is {kind}"))
            return
        with _Timer(base, asked.seconds):
            base.execute("BEGIN TRANSACTION READ ONLY")
            result = base.execute(statements[0], asked.values or None)
            rows = result.fetchmany(_next(asked.max_rows, 0))
        connection.send(Heads([(head[0], str(head[1])) for head in result.description or []]))
        _send_rows(base, result, rows, asked, connection)
    except duckdb.InterruptException:
        connection.send(Refusal("time", f"it took longer than {asked.seconds:g} seconds"))
    except (duckdb.OutOfMemoryException, MemoryError):
        connection.send(Refusal("memory", "it needs more memory than a question may take"))
    except duckdb.PermissionException:
        connection.send(Refusal("refused", "it would reach outside the tables"))
    except (duckdb.IOException, duckdb.InternalException) as error:
        connection.send(Refusal("damaged", _first_line(error)))
    except duckdb.Error as error:
        connection.send(Refusal("wrong", _first_line(error)))
    finally:
        _roll_back(base)


def _send_rows(
    base: duckdb.DuckDBPyConnection,
    result: duckdb.DuckDBPyConnection,
    rows: list[Any],
    asked: Asked,
    connection: Connection,
) -> None:
    sent = 0
    while rows:
        left = len(rows) if asked.max_rows is None else asked.max_rows - sent
        connection.send(rows[:left])
        sent += len(rows[:left])
        if len(rows) > left:
            connection.send(End(more=True))
            return
        with _Timer(base, asked.seconds):
            rows = result.fetchmany(_next(asked.max_rows, sent))
    connection.send(End(more=False))


def _next(max_rows: int | None, sent: int) -> int:
    """Return how many rows to fetch: one more than wanted tells whether there are more."""
    return CHUNK_ROWS if max_rows is None else min(CHUNK_ROWS, max_rows - sent + 1)


def _roll_back(base: duckdb.DuckDBPyConnection) -> None:
    try:
        base.execute("ROLLBACK")
    except duckdb.Error:
        return  # it had not begun


class _Timer:
    """Interrupts DuckDB after some seconds, if it listens."""

    def __init__(self, base: duckdb.DuckDBPyConnection, seconds: float) -> None:
        self._timer = threading.Timer(seconds, base.interrupt)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()


def _first_line(error: Exception) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return " ".join(lines[:2]) if lines else type(error).__name__


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
    os._exit(0)  # DuckDB's threads need no farewell
