"""Draws what `corpus.bench --save` measured as bars: ``python -m corpus.chart FIGURES.json --out docs/peers.svg``.

A panel a comparison: errors of what reads scans, and words still wrong after restoration; shorter is better. Beside the
name stands the time that a program takes, as a multiple of vanban's.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any, Final

PANELS: Final = (
    ("real scans", "cer", "Real scans: characters wrong (CER)"),
    ("our samples at office level", "cer", "Our samples, scanned: characters wrong (CER)"),
    ("restoration", "wrong", "Garbled or markless text: words wrong after restoration"),
)
WIDTH, LABELS, BAR, GAP, HEAD = 760, 250, 20, 8, 34
OURS, THEIRS = "#b3261e", "#8d99a6"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the chart."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figures", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args(arguments)
    asked.out.write_text(drawn(json.loads(asked.figures.read_text("utf-8"))), "utf-8")
    return 0


def drawn(figures: Sequence[dict[str, Any]]) -> str:
    """Return the chart as SVG, one panel under another; a comparison that was not made has none."""
    shapes: list[str] = []
    top = 0
    for comparison, measure, title in PANELS:
        rows = [row for row in figures if row["comparison"] == comparison and row[measure] is not None]
        if rows:
            shapes += panel(rows, measure, title, top)
            top += HEAD + len(rows) * (BAR + GAP) + GAP
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" font-family="sans-serif" font-size="13">'
    )
    return "\n".join([head, f'<rect width="{WIDTH}" height="{top}" fill="#fff"/>', *shapes, "</svg>", ""])


def panel(rows: Sequence[dict[str, Any]], measure: str, title: str, top: float) -> Iterator[str]:
    """Yield the shapes of one comparison: its title, then a name, a bar and a figure for each program."""
    most = max(row[measure] for row in rows) or 1.0
    yield f'<text x="8" y="{top + 22}" font-weight="bold">{escape(title)}</text>'
    for number, row in enumerate(rows):
        y, length = top + HEAD + number * (BAR + GAP), row[measure] / most * (WIDTH - LABELS - 80)
        ours = row["program"] == "vanban"
        beside = "" if ours or not row["time_beside_vanban"] else f" ({row['time_beside_vanban']:.2f} × the time)"
        yield f'<text x="{LABELS - 8}" y="{y + 15}" text-anchor="end">{escape(row["program"] + beside)}</text>'
        long, colour = max(length, 1.0), OURS if ours else THEIRS
        yield f'<rect x="{LABELS}" y="{y}" width="{long:.1f}" height="{BAR}" fill="{colour}"/>'
        yield f'<text x="{LABELS + long + 6:.1f}" y="{y + 15}">{row[measure]:.2%}</text>'


if __name__ == "__main__":
    sys.exit(main())
