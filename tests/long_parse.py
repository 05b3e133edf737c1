"""What it takes to find the facts of one long document: ``python -m tests.long_parse FOLDER [--pages 50 500]``.

The pages of the text layers in a folder, one file behind the other, are taken for one document and parsed: header,
sections, facts, checks. Every turn is a process that forks from one that has loaded the models and has parsed the pages
that come last and none of those measured, as long as the folder holds enough. The processor's time is counted.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle, islice
from statistics import median

from pipeline import run
from pipeline.document import Document, Page
from pipeline.intake import find_inputs
from tests.speed import apart

WARMING = 20  # pages parsed before the clock runs


def main(arguments: Sequence[str] | None = None) -> int:
    """Print seconds for each length asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.long_parse", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("inputs", nargs="+")
    parser.add_argument("--pages", nargs="+", type=int, default=[50, 500])
    parser.add_argument("--turns", type=int, default=5)
    asked = parser.parse_args(arguments)
    pages = read(asked.inputs)
    print(f"{len(pages)} pages read, {asked.turns} turns, processor time")
    run.parse(Document(pages[-WARMING:]))
    for length in asked.pages:
        repeated = ", some more than once" if length > len(pages) - WARMING else ""
        document = [replace(page, number=number) for number, page in enumerate(islice(cycle(pages), length), 1)]
        times = [apart(lambda document=document: run.parse(Document(document))) for _ in range(asked.turns)]
        print(
            f"{length:>5} pages: {min(times):6.2f} s at best, {median(times):6.2f} in the middle{repeated}", flush=True
        )
    return 0


def read(inputs: Sequence[str]) -> list[Page]:
    """Return the pages of all files, numbered through."""
    pages: list[Page] = []
    for item in find_inputs(inputs).inputs:
        pages += run.read_pages(run.inspect(item), run.Settings())
    return pages


if __name__ == "__main__":
    sys.exit(main())
