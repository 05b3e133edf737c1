"""Many readers of the review page at once: ``python -m corpus.readers http://127.0.0.1:8765 --readers 20``.

Measures, from outside and over HTTP, how long the list's first page takes with so many readers, how long pages of the
list take that each reader filters in another way, and how long the picture of a page takes when it is asked for first
and when it is asked for again. For cold pictures start `vanban review` with a ``--cache`` folder that is empty.
"""

from __future__ import annotations

import argparse
import http.client
import json
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from typing import Any
from urllib.parse import quote, urlsplit

TIMEOUT_SECONDS = 60
FILTERED = (
    "/?q=bao+cao", "/?order=doubts", "/?state=doubtful&year=2025", "/?q=kế+hoạch+cải+cách", "/?order=quality&from=50",
    "/?kind=Kế+hoạch&year=2024", "/?q=318", "/?order=oldest", "/?state=open&q=so+noi+vu", "/?order=name&from=5000",
)  # fmt: skip


class Reader:
    """One reader, with a connection of its own that stays open as a browser's does."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=TIMEOUT_SECONDS)

    def get(self, path: str) -> tuple[float, bytes]:
        """Return the seconds that an answer took, and the answer.

        Raises:
            RuntimeError: it is no success.
        """
        start = time.perf_counter()
        self._connection.request("GET", quote(path, safe="/?&=%+"))
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        return time.perf_counter() - start, body


def read_at_once(address: str, readers: int, each: int, paths: Callable[[int], Iterator[str]]) -> list[float]:
    """Return the seconds of every answer to `readers` readers who ask for `each` pages, all at once."""
    seconds: list[float] = []
    failures: list[Exception] = []
    gate = threading.Barrier(readers)

    def read(number: int) -> None:
        try:
            reader = Reader(address)
            reader.get("/static/review.css")  # connected before the watch starts
            gate.wait()
            seconds.extend([reader.get(path)[0] for path in islice(paths(number), each)])
        except Exception as failure:
            failures.append(failure)
            gate.abort()

    threads = [threading.Thread(target=read, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return seconds


def pictures(address: str, count: int) -> tuple[list[float], list[float]]:
    """Return the seconds of the first pictures of so many documents, asked for once and once more."""
    reader = Reader(address)
    listed: list[dict[str, Any]] = json.loads(reader.get("/api/documents?order=name")[1])["documents"]
    cold: list[float] = []
    warm: list[float] = []
    for row in listed:
        if len(cold) == count:
            break
        document = json.loads(reader.get(f"/api/documents/{row['name']}")[1])
        if document["original"] == "present" and document["source"]["media_type"] != "text/plain":
            cold.append(reader.get(f"/pages/1/{row['name']}")[0])
            warm.append(reader.get(f"/pages/1/{row['name']}")[0])
    return cold, warm


def told(name: str, seconds: Sequence[float]) -> str:
    """Return a line: how many, the median, the 95th percentile, the longest, in milliseconds."""
    if not seconds:
        return f"{name:<34} none"
    late = statistics.quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]
    figures = (statistics.median(seconds), late, max(seconds))
    return f"{name:<34} {len(seconds):>5}  " + "  ".join(f"{1000 * figure:>7.1f}" for figure in figures)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure a page that is being served, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("address", help="what vanban review printed, for example http://127.0.0.1:8765")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--each", type=int, default=20, help="pages a reader asks for")
    parser.add_argument("--pictures", type=int, default=20, help="documents whose first page is asked for")
    options = parser.parse_args(arguments)

    def rotated(number: int) -> Iterator[str]:
        start = number % len(FILTERED)
        return cycle(FILTERED[start:] + FILTERED[:start])

    opened, _ = Reader(options.address).get("/")
    first = read_at_once(options.address, options.readers, options.each, lambda number: cycle(["/"]))
    mixed = read_at_once(options.address, options.readers, options.each, rotated)
    cold, warm = pictures(options.address, options.pictures)
    lines = [
        f"{'milliseconds':<34} {'asked':>5}  {'median':>7}  {'95th':>7}  {'longest':>7}",
        told("first page, asked for first", [opened]),
        told(f"first page, {options.readers} readers", first),
        told(f"filtered and searched, {options.readers} readers", mixed),
        told("picture, cold", cold),
        told("picture, warm", warm),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
