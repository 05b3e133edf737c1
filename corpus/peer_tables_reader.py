"""Reads the tables of PDFs with another program, for `corpus.peers_tables`: run by that program's own interpreter.

    PYTHON peer_tables_reader.py (pdfplumber | camelot) FILE …

Prints one JSON object: file stem -> tables, each a list of rows, each a list of cells (null where one is covered).
Camelot chooses between its ways of reading as a user would: by lines, and where these give no table, by white.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

Table = list[list[str | None]]


def by_pdfplumber(path: Path) -> list[Table]:
    """Return the tables of all pages with pdfplumber's own settings."""
    with import_module("pdfplumber").open(path) as pdf:
        return [table for page in pdf.pages for table in page.extract_tables()]


def by_camelot(path: Path) -> list[Table]:
    """Return the tables of all pages, by lines or else by white."""
    camelot = import_module("camelot")
    found = camelot.read_pdf(str(path), pages="all", flavor="lattice")
    if not len(found):
        found = camelot.read_pdf(str(path), pages="all", flavor="stream")
    return [table.df.values.tolist() for table in found]


def main() -> None:
    """Read each file; a file that cannot be read has no tables."""
    read = {"pdfplumber": by_pdfplumber, "camelot": by_camelot}[sys.argv[1]]
    tables: dict[str, list[Table]] = {}
    for name in sys.argv[2:]:
        try:
            tables[Path(name).stem] = read(Path(name))
        except Exception as error:
            print(f"{name}: {error}", file=sys.stderr)
            tables[Path(name).stem] = []
    json.dump(tables, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
