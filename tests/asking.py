"""How long questions, SQL and searches over a large store take: ``python -m tests.asking STORE``.

The canned questions and the SQL are asked of one open database, as the review page and a program of one's own ask them,
three times each; the first time stands apart, because then the tables' files may not be in the system's cache. A search
opens its indexes anew each time. Then whole commands, Python's start in them, as typed into a shell. ``python -m
corpus.multiply`` makes a large store out of the samples.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from pipeline.analysis.database import Database
from pipeline.analysis.questions import BY_NAME
from pipeline.analysis.search import search

TIMES: Final = 3
ROWS: Final = 100  # as many as the screen shows
CANNED: Final[tuple[tuple[str, dict[str, str]], ...]] = (
    ("targets", {"indicator": "cai cach hanh chinh", "year": "2025", "least": "75"}),
    ("targets", {}),
    ("results", {"indicator": "giai ngan"}),
    ("promises", {"indicator": "cải cách hành chính", "year": "2025", "least": "75", "before": "2025-12-15"}),
    ("due", {"before": "2025-12-15", "unit": "Văn phòng"}),
    ("responsibilities", {"unit": "van phong", "role": "lead"}),
    ("tasks", {"unit": "Phòng Tư pháp"}),
    ("cites", {"number": "76/NQ-CP"}),
    ("cited", {"number": "318/KH-SNV"}),
    ("conflicts", {}),
    ("conflicts", {"within": "all", "year": "2025"}),
    ("progress", {"year": "2025"}),
    ("doubtful", {}),
    ("bodies", {}),
)
TYPICAL: Final = (
    "SELECT count(*) FROM targets",
    "SELECT issuer, count(*) FROM targets JOIN documents USING (document) GROUP BY issuer ORDER BY 2 DESC LIMIT 20",
    "SELECT issuer, indicator, value FROM results JOIN documents USING (document) "
    "WHERE to_dong(value, unit) > 20e9 ORDER BY to_dong(value, unit) DESC LIMIT 100",
    "SELECT year(due) AS y, month(due) AS m, count(*) FROM deadlines GROUP BY ALL ORDER BY ALL",
    "SELECT d.number, t.indicator, t.value FROM targets t JOIN documents d USING (document) "
    "WHERE fold(t.indicator) LIKE '%ho so%' AND t.value >= 90 AND year(d.date) = 2025 LIMIT 100",
    "SELECT number, count(*) FROM citations WHERE cited IS NOT NULL GROUP BY number ORDER BY 2 DESC LIMIT 20",
)
TYPED: Final = (
    "cải cách hành chính",
    "cai cach hanh chinh",
    "báo c*",
    "chủ trì phối hợp",
    "608/QĐ-UBND",
    '"giải ngân vốn"',
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one Markdown row a question: the seconds of the first time, and the most of the others."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    store = parser.parse_args(arguments).store
    print("| asked | first | again, at most |\n|---|---:|---:|")
    with Database(store) as database:
        for name, ask in (*_canned(database), *_typical(database), *_searches(store), *_commands(store)):
            seconds = [_seconds(ask) for _ in range(TIMES)]
            print(f"| {name} | {seconds[0]:.2f} s | {max(seconds[1:]):.2f} s |", flush=True)
    return 0


def _seconds(ask: Callable[[], object]) -> float:
    start = time.perf_counter()
    ask()
    return time.perf_counter() - start


def _canned(database: Database) -> Iterator[tuple[str, Callable[[], object]]]:
    for name, given in CANNED:
        question = BY_NAME[name]
        yield (
            f"{name} {_shown(given)}",
            partial(database.ask, question.sql, question.values(given, ROWS), max_rows=ROWS),
        )


def _typical(database: Database) -> Iterator[tuple[str, Callable[[], object]]]:
    for sql in TYPICAL:
        yield f"`{sql}`", partial(database.ask, sql, max_rows=ROWS)


def _searches(store: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    for typed in TYPED:
        yield f"search {typed}", partial(search, store, typed)


def _commands(store: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    for words in (
        ["ask", str(store), "targets", "--indicator", "cai cach hanh chinh", "--year", "2025"],
        ["ask", str(store), "due", "--before", "2025-12-15", "--unit", "Văn phòng"],
        ["ask", str(store), "conflicts"],
        ["query", str(store), TYPICAL[1]],
        ["search", str(store), "cai cach hanh chinh"],
    ):
        run = partial(subprocess.run, [sys.executable, "-m", "pipeline", *words], check=True, capture_output=True)
        yield f"the command `vanban {words[0]} … {words[2]}`", run


def _shown(given: dict[str, str]) -> str:
    return " ".join(f"{name}={value}" for name, value in given.items())


if __name__ == "__main__":
    sys.exit(main())
