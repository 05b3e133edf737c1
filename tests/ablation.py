"""What each step of cleaning and reading is worth: ``python -m tests.ablation --scans DIR [--only STEP …]``.

Every step is left out in turn; the rest runs as it is. CER is counted before restoration, so that the language model
cannot hide what a step did, in reading order, over all pages that have a truth: our own samples below DIR, level by
level, and the transcribed pages of real scans in SHARED. Beside it stands how many numbers were read wrong, since some
steps are there for figures alone. A step that does not pay has no place in the code.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from corpus.build import SETS
from corpus.distance import TextScore, compare
from corpus.score import SHARED
from corpus.truth import load_truth
from pipeline import cells, cleaning, handwriting, ocr, rereading, signs, spacing, strokes, tidying
from pipeline.document import Page
from pipeline.pages import open_pages
from pipeline.run import Settings, read_page

LEFT_OUT = ("stamp", "signature")  # lines that no truth has
PDF = "application/pdf"
Change = tuple[Any, str, Callable[..., Any]]


def _first(value: Any, *_: Any, **__: Any) -> Any:
    return value


STEPS: dict[str, Change] = {
    "coloured ink taken out": (cleaning, "_print_only", lambda image: image.mean(axis=2).astype(image.dtype)),
    "background evened": (cleaning, "even_background", _first),
    "faint print darkened": (cleaning, "darken_faint_print", _first),
    "page turned upright": (cleaning, "find_rotation", lambda ink: 0),
    "page made level": (cleaning, "find_skew", lambda ink: 0.0),
    "borders dropped": (cleaning, "drop_borders", _first),
    "specks of bilevel scans": (cleaning, "drop_specks", _first),
    "lone specks": (cleaning, "drop_lone_specks", _first),
    "rows of dots taken out": (cleaning, "take_leaders_out", lambda gray, dpi: ([], gray)),
    "ruling lines taken out": (cleaning, "take_rules_out", lambda gray, dpi: ([], gray)),
    "scaled for reading": (cleaning, "_at_reading_size", lambda gray, dpi: (gray, dpi)),
    "noise and stuck words": (tidying, "tidied", lambda words, marks: list(words)),
    "cells read alone": (cells, "astray", lambda words, marks, tables: []),
    "at most and at least": (signs, "seen", _first),
    "second readings": (rereading, "places", lambda words, marks: []),
    "model for figures": (ocr, "FIGURES", lambda: None),
    "dashes": (rereading, "dashes", lambda words, marks, cells: []),
    "strokes": (strokes, "roman", lambda text, crop: None),
    "stops lost": (strokes, "stopped", lambda text, crop: None),
    "spaces lost": (spacing, "parted", lambda word, crop: [word]),
    "letters of labels": (strokes, "lettered", lambda text, crop: None),
    "pen in signature blocks": (handwriting, "without_pen", lambda lines: (list(lines), [])),
}


@contextmanager
def without(step: str | None) -> Iterator[None]:
    """Leave one step out; None leaves everything in.

    Raises:
        KeyError: there is no such step.
    """
    if step is None:
        yield
        return
    module, name, instead = STEPS[step]
    with mock.patch.object(module, name, "absent" if name == "FIGURES" else instead):
        yield


def read(scan: Path, numbers: Sequence[int]) -> dict[int, str]:
    """Return the text of these pages of a scan as it is read before restoration."""
    settings = Settings(page_seconds=600)
    with open_pages(scan, PDF) as source:
        pages = [read_page(source, scan, number, settings) for number in numbers]
    return {page.number: _text(page) for page in pages}


def _text(page: Page) -> str:
    return "\n".join(line.text for line in page.lines if line.role not in LEFT_OUT)


def measure(scans: Path, shared: Path, names: Sequence[str]) -> dict[str, TextScore]:
    """Return the scores by group: each level of our own samples, and the pages of real scans."""
    groups: dict[str, TextScore] = {}
    samples = load_truth(SETS[0])
    for scan in sorted(scans.rglob("*.pdf")):
        truth = samples.get(scan.stem)
        if truth is not None and (not names or scan.stem.split("_")[0] in names):
            numbers = [number for number in truth.pages if number is not None]
            text = "\n".join(read(scan, numbers)[number] for number in numbers)
            groups.setdefault(scan.parent.name, TextScore()).add(compare(text, "\n".join(truth.pages.values())))
    for name, truth in load_truth(shared / "realdocs" / "truth").items():
        numbers = [number for number in truth.pages if number is not None]
        for number, text in read(shared / "realdocs" / "scans" / f"{name}.pdf", numbers).items():
            groups.setdefault("real", TextScore()).add(compare(text, truth.pages[number]))
    return groups


def told(score: TextScore, whole: TextScore) -> str:
    """Return a score in words, beside the one that is reached with all steps."""
    cer, usual = score.errors["raw"].cer, whole.errors["raw"].cer
    wrong, usually_wrong = (one.numbers - one.numbers_read for one in (score, whole))
    return f"{cer:.2%} ({cer - usual:+.2%}) {wrong} ({wrong - usually_wrong:+d})"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.ablation", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--scans", type=Path, required=True, help="folder of scanned samples, a folder for each level")
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder with realdocs/, if it is there")
    parser.add_argument("--names", nargs="*", default=(), help="samples to read, as s01 (default: all)")
    parser.add_argument("--only", nargs="*", choices=list(STEPS), metavar="STEP", help="steps to leave out in turn")
    asked = parser.parse_args(arguments)
    print(f"{'without':<26}CER and numbers wrong, and how much more than with all steps")
    whole: dict[str, TextScore] = {}
    for step in [None, *(asked.only or STEPS)]:
        with without(step):
            groups = measure(asked.scans, asked.shared, asked.names)
        whole = whole or groups
        cells = (f"{name} {told(score, whole[name])}" for name, score in groups.items())
        print(f"{step or 'nothing':<26}" + "  ".join(f"{cell:<34}" for cell in cells), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
