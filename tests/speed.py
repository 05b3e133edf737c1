"""How fast text layers are read, in processor time: ``python -m tests.speed corpus/built/text [--profile]``.

One process reads every file that it is given, as often as asked, once all models are loaded: to the text alone (the
layer read, judged, mended and put into lines) and on to the record on disk. The processor's time is counted and not
the clock's, so that a busy machine changes little; the best turn is printed, and the median.
"""

from __future__ import annotations

import argparse
import cProfile
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
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        pages = to_text(items)
        to_record(items, out)
        if asked.profile:
            profile = cProfile.Profile(time.process_time)
            profile.runcall(to_record, items, out)
            pstats.Stats(profile).sort_stats("tottime").print_stats(40)
            return 0
        print(f"{len(items)} documents, {pages} pages, {asked.turns} turns, processor time")
        report("to the text", pages, asked.turns, lambda: to_text(items))
        report("to the record", pages, asked.turns, lambda: to_record(items, out))
    return 0


def report(what: str, pages: int, turns: int, work: Callable[[], object]) -> None:
    """Do the work several times and print how fast it went."""
    times = []
    for _ in range(turns):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    best, middle = pages / min(times), pages / median(times)
    print(f"{what:<14}{best:6.1f} pages/s at best, {middle:6.1f} in the middle", flush=True)


def to_text(items: Sequence[Input]) -> int:
    """Read all pages of the files; return how many there were."""
    settings, count = run.Settings(), 0
    for item in items:
        inspected = run.inspect(item)
        with open_pages(item.path, inspected.identity.media_type) as source:
            for number in range(1, inspected.page_count + 1):
                run.read_page(source, item.path, number, settings)
        count += inspected.page_count
    return count


def to_record(items: Sequence[Input], out: Path) -> None:
    """Read the files to their records on disk."""
    for item in items:
        store.write_record(run.extract(item), out / item.record_name)


if __name__ == "__main__":
    sys.exit(main())
