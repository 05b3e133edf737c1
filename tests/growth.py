"""What a page costs in documents of ever more pages: ``python -m tests.growth [--most 5000] [--level text]``.

The pages of our samples, one sample after another, are put into one PDF; `vanban extract` reads it in a process of its
own. A cost that does not grow with the document is the same in every row but the first, where the start stands out.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

import pypdfium2 as pdfium

from corpus.processes import timed

BUILT = Path(__file__).parents[1] / "corpus" / "built"
FIRST = 5  # pages of the smallest document


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a Markdown row a document."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=5_000, help="pages of the largest document")
    parser.add_argument("--level", default="text", help="which of the built samples, as text or office")
    parser.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_args(arguments)
    samples = sorted((BUILT / asked.level).glob("*.pdf"))
    print("| pages | seconds | ms a page | ms a page more | largest process |\n|---:|---:|---:|---:|---:|")
    pages, before = FIRST, (0, 0.0)
    with tempfile.TemporaryDirectory(prefix="vanban-growth-") as folder:
        while pages <= asked.most:
            document = Path(folder, f"{pages}.pdf")
            put_together(samples, pages, document)
            read = [sys.executable, "-m", "pipeline", "extract", str(document), "--jobs", str(asked.jobs)]
            run = timed([*read, "--out", f"{folder}/records"])
            more = (run.seconds - before[1]) / (pages - before[0]) * 1000
            print(f"| {pages:,} | {run.seconds:.1f} | {run.seconds / pages * 1000:.0f} | {more:.0f} | "
                  f"{run.peak_mib:.0f} MiB |", flush=True)  # fmt: skip
            pages, before = pages * 10, (pages, run.seconds)
    return 0


def put_together(samples: Sequence[Path], pages: int, document: Path) -> None:
    """Write one PDF with so many pages, those of the samples over and over."""
    whole = pdfium.PdfDocument.new()
    for sample in cycle(samples):
        with pdfium.PdfDocument(sample) as source:
            taken = min(len(source), pages - len(whole))
            whole.import_pages(source, list(range(taken)))
        if len(whole) == pages:
            break
    whole.save(document)
    whole.close()


if __name__ == "__main__":
    sys.exit(main())
