"""Tables of text layers beside other programs: ``python -m corpus.peers_tables --pdfs DIR --python PEER_PYTHON``.

vanban, pdfplumber and camelot read the same PDFs in one run and are measured alike: of the printed cells of a table's
body, how many are read exactly, in their column, in one row with the cells that stand beside them. Where that row
stands in the output is not asked, since the others neither know heads nor join what the page breaks.

PEER_PYTHON is the interpreter of an environment with ``pdfplumber`` and ``camelot-py``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.build import SETS
from corpus.distance import folded
from corpus.scoring import is_hidden
from corpus.truth import load_truth

READER = Path(__file__).with_name("peer_tables_reader.py")
PEERS = ("pdfplumber", "camelot")

Row = dict[int, str]
"""The texts of a row's cells by their column, empty ones left out."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code: 0, or 1 where no PDF has a table."""
    parser = argparse.ArgumentParser(prog="python -m corpus.peers_tables", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pdfs", type=Path, required=True, help="folder of sample PDFs with text layers")
    parser.add_argument("--python", type=Path, required=True, help="interpreter that has pdfplumber and camelot")
    asked = parser.parse_args(arguments)
    truths = {name: truth.tables for folder in SETS if not is_hidden(folder.name) for name, truth in
              load_truth(folder).items() if truth.tables}  # fmt: skip
    files = sorted(path for path in asked.pdfs.glob("*.pdf") if path.stem in truths)
    if not files:
        print(f"no PDF in {asked.pdfs} is a sample with a table", file=sys.stderr)
        return 1
    wanted = {path.stem: body_rows(truths[path.stem] or []) for path in files}
    print(f"{'cells of a body, exact and in their column and row':<52}{'cells':>8}{'right':>8}{'share':>8}{'s':>7}")
    for program in ("vanban", *PEERS):
        begin = time.perf_counter()
        found = _by_vanban(files) if program == "vanban" else _by_peer(asked.python, program, files)
        seconds = time.perf_counter() - begin
        scores = {name: count(rows, found.get(name, [])) for name, rows in wanted.items()}
        total = {name: sum(map(len, rows)) for name, rows in wanted.items()}
        _line(program, sum(total.values()), sum(scores.values()), f"{seconds:.1f}")
        for name in wanted:
            _line(f"  {name}", total[name], scores[name], "")
    return 0


def _line(label: str, total: int, right: int, seconds: str) -> None:
    print(f"{label:<52}{total:>8}{right:>8}{right / max(1, total):>8.1%}{seconds:>7}")


def body_rows(tables: Sequence[dict[str, Any]]) -> list[Row]:
    """Return the rows of the bodies of tables as a record has them, each cell in its first column."""
    rows: list[Row] = []
    for table in tables:
        taken: set[tuple[int, int]] = set()
        for number, row in enumerate(table["rows"]):
            texts: Row = {}
            column = 0
            for cell in row["cells"]:
                while (number, column) in taken:
                    column += 1
                if cell["text"].strip():
                    texts[column] = folded(cell["text"])
                spans = cell.get("row_span", 1), cell.get("col_span", 1)
                taken |= {(number + down, column + across) for down in range(spans[0]) for across in range(spans[1])}
                column += spans[1]
            rows.append(texts)
    return rows


def count(wanted: Sequence[Row], found: Sequence[Row]) -> int:
    """Return how many cells are right; each wanted row is compared with the found row that it has most in common."""
    return sum(max((_same(row, other) for other in found), default=0) for row in wanted)


def _same(row: Row, other: Row) -> int:
    return sum(other.get(column) == text for column, text in row.items())


def _by_vanban(files: Sequence[Path]) -> dict[str, list[Row]]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pipeline", "extract", *map(str, files), "--out", folder, "--jobs", "1"]
        subprocess.run(command, check=True, capture_output=True)
        records = {path.name.removesuffix(".pdf.json"): path for path in Path(folder).rglob("*.pdf.json")}
        return {name: body_rows(json.loads(path.read_bytes())["tables"]) for name, path in records.items()}


def _by_peer(python: Path, program: str, files: Sequence[Path]) -> dict[str, list[Row]]:
    done = subprocess.run([str(python), str(READER), program, *map(str, files)], check=True, capture_output=True)
    tables: dict[str, list[list[list[str | None]]]] = json.loads(done.stdout)
    return {
        name: [
            {column: folded(" ".join(cell.split())) for column, cell in enumerate(row) if cell and cell.strip()}
            for table in found
            for row in table
        ]
        for name, found in tables.items()
    }


if __name__ == "__main__":
    sys.exit(main())
