"""Makes the sample documents: ``python -m corpus.build --out DIR [--levels text office …] [--names s01 …]``.

Writes ``DIR/<level>/<name>.pdf``: level ``text`` is the PDF with its text layer, the others are scans of it; and
``DIR/truth/<name>.json``: pages with their lines in reading order, and tables with their cells.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from corpus.drawing import draw
from corpus.layout import lay_out
from corpus.scanning import LEVELS, scan
from corpus.source import read_source

HOME = Path(__file__).parent
SETS = (HOME / "samples", HOME / "opened", HOME / "unseen")
"""What vanban is measured on."""
LESSONS = HOME / "lessons"
"""What its model of figures learns from besides; asked for by name."""
ALL_LEVELS = ("text", *LEVELS)


def sources(names: Sequence[str] = ()) -> list[Path]:
    """Return the sources of all documents that are measured on, or of all whose name begins with one of `names`."""
    folders = (*SETS, LESSONS) if names else SETS
    found = [path for folder in folders for path in sorted(folder.glob("*.text"))]
    return [path for path in found if not names or path.stem.startswith(tuple(names))]


def build(path: Path, out: Path, levels: Sequence[str]) -> str:
    """Make one document at all `levels` under `out`; return its name.

    Raises:
        SourceError: the source cannot be read. FontError: the typeface is missing.
    """
    paper = lay_out(read_source(path))
    pdf = draw(paper)
    _write(out / "truth" / f"{paper.name}.json", _as_json(paper.truth()).encode())
    for level in levels:
        _write(out / level / f"{paper.name}.pdf", pdf if level == "text" else scan(pdf, paper, LEVELS[level]))
    return paper.name


def _as_json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m corpus.build", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--out", type=Path, default=Path("out/corpus"))
    parser.add_argument("--levels", nargs="+", choices=ALL_LEVELS, default=list(ALL_LEVELS))
    parser.add_argument("--names", nargs="+", default=[], help="only documents whose name begins so")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args(arguments)
    chosen = sources(asked.names)
    with ProcessPoolExecutor(asked.jobs) as pool:
        for name in pool.map(partial(build, out=asked.out, levels=asked.levels), chosen):
            print(name, flush=True)
    print(f"{len(chosen)} documents at {len(asked.levels)} levels under {asked.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
