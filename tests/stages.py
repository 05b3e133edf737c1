"""Where the time of a page goes, stage by stage: ``python -m tests.stages corpus/built/office [--runs 3]``.

One process reads every file to its record on disk, once to warm up and then as often as asked. The clock runs for the
stage that is at work: what a stage calls of another counts for that other. Tesseract and Poppler are programs of their
own, so that the clock's time is taken and not the processor's: run it on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, Final

from pipeline.intake import find_inputs
from tests.speed import to_record

STAGES: Final = {
    "run.inspect": "opening, hashing, signature fields",
    "pages.Pdf.raster": "the page's picture (PDFium, Poppler)",
    "pages.Picture.raster": "the page's picture (PDFium, Poppler)",
    "textlayer.read_layer": "the page's text layer (PDFium)",
    "textlayer.judge": "judging and mending the layer",
    "textlayer.words": "judging and mending the layer",
    "cleaning.clean": "cleaning the picture, ruling lines",
    "tesseract.read_page": "Tesseract, the whole page",
    "tesseract.read_crops": "Tesseract, second readings",
    "ocr.read_words": "what to read again, and which reading wins",
    "layout.arrange": "lines, columns, cells",
    "handwriting.without_pen": "seals, stamps, pen",
    "seals.collect": "seals, stamps, pen",
    "restoring.restore_pages": "restoring the text",
    "run.parse": "header, sections, facts",
    "run.finish": "the record and its checks",
    "store.write_record": "writing it",
}


class Clock:
    """Seconds of each stage, of which one at a time is at work."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._stack = ["the rest"]
        self._since = time.perf_counter()

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function with the clock running for `stage` while it works."""

        @wraps(function)
        def call(*given: Any, **named: Any) -> Any:
            self._turn()
            self._stack.append(stage)
            try:
                return function(*given, **named)
            finally:
                self._turn()
                self._stack.pop()

        return call

    def _turn(self) -> None:
        now = time.perf_counter()
        self.seconds[self._stack[-1]] += now - self._since
        self._since = now

    def stop(self) -> dict[str, float]:
        """Return the seconds of every stage, and begin anew."""
        self._turn()
        found, self.seconds = self.seconds, defaultdict(float)
        return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the milliseconds of a page in each stage, and their share."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+")
    parser.add_argument("--runs", type=int, default=1)
    asked = parser.parse_args(arguments)
    items = find_inputs(asked.inputs).inputs
    clock = watched()
    with tempfile.TemporaryDirectory() as folder:
        pages = to_record(items, Path(folder))
        clock.stop()
        for _ in range(asked.runs):
            to_record(items, Path(folder))
    seconds = clock.stop()
    whole = sum(seconds.values())
    print(f"{len(items)} documents, {pages} pages: {whole / asked.runs / pages * 1000:.0f} ms a page\n")
    print("| stage | ms a page | share |\n|---|---:|---:|")
    for stage in dict.fromkeys([*STAGES.values(), "the rest"]):
        if seconds[stage]:
            print(f"| {stage} | {seconds[stage] / asked.runs / pages * 1000:.1f} | {seconds[stage] / whole:.1%} |")
    return 0


def watched() -> Clock:
    """Put every stage under a clock, wherever the pipeline calls it by its module."""
    clock = Clock()
    for place, stage in STAGES.items():
        module, *names = place.split(".")
        holder: Any = importlib.import_module(f"pipeline.{module}")
        for name in names[:-1]:
            holder = getattr(holder, name)
        setattr(holder, names[-1], clock.timed(stage, getattr(holder, names[-1])))
    return clock


if __name__ == "__main__":
    sys.exit(main())
