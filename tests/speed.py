"""How fast text layers are read, in processor time: ``python -m tests.speed corpus/built/text [--profile]``.

One process loads all models and reads every third file; then the others are read, as often as asked, each time by a
process that forks from that one and so has seen none of them: to the text alone (the layer read, judged, mended and put
into lines) and on to the record on disk. The processor's time is counted and not the clock's, so that a busy machine
changes little; the best turn is printed, and the median.
"""

from __future__ import annotations

import argparse
import cProfile
import multiprocessing
import pstats
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from pipeline import run, store
from pipeline.intake import Input, find_inputs
from pipeline.pages import open_pages


def main(arguments: Sequence[str] | None = None) -> int:
    """Print pages a second to the text and to the record."""
    parser = argparse.ArgumentParser(prog="python -m tests.speed", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("inputs", nargs="+")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--profile", action="store_true", help="print instead which functions the time goes to")
    asked = parser.parse_args(arguments)
    items = find_inputs(asked.inputs).inputs
    known, new = items[::3], [item for number, item in enumerate(items) if number % 3]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        to_record(known, out)
        if asked.profile:
            profile = cProfile.Profile(time.process_time)
            profile.runcall(to_record, new, out)
            pstats.Stats(profile).sort_stats("tottime").print_stats(40)
            return 0
        pages = sum(run.inspect(item).page_count for item in new)
        print(f"{len(new)} documents, {pages} pages, {asked.turns} turns, processor time")
        report("to the text", pages, asked.turns, lambda: to_text(new))
        report("to the record", pages, asked.turns, lambda: to_record(new, out))
    return 0


def report(what: str, pages: int, turns: int, work: Callable[[], object]) -> None:
    """Do the work several times, each in a process of its own, and print how fast it went."""
    times = [apart(work) for _ in range(turns)]
    best, middle = pages / min(times), pages / median(times)
    print(f"{what:<14}{best:6.1f} pages/s at best, {middle:6.1f} in the middle", flush=True)


def apart(work: Callable[[], object]) -> float:
    """Return the processor's seconds of some work, done by a process that forks from this one."""
    ours, theirs = multiprocessing.Pipe()

    def timed() -> None:
        begin = time.process_time()
        work()
        theirs.send(time.process_time() - begin)

    process = multiprocessing.get_context("fork").Process(target=timed)
    process.start()
    theirs.close()
    seconds: float = ours.recv()
    process.join()
    return seconds


def to_text(items: Sequence[Input]) -> None:
    """Read all pages of the files."""
    settings = run.Settings()
    for item in items:
        inspected = run.inspect(item)
        with open_pages(item.path, inspected.identity.media_type) as source:
            for number in range(1, inspected.page_count + 1):
                run.read_page(source, item.path, number, settings)


def to_record(items: Sequence[Input], out: Path) -> int:
    """Read the files to their records on disk; return how many pages they have."""
    pages = 0
    for item in items:
        record = run.extract(item)
        store.write_record(record, out / item.record_name)
        pages += len(record.pages)
    return pages


if __name__ == "__main__":
    sys.exit(main())
