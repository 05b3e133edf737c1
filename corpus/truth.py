"""Loads truth: our own documents, gold documents given as text, and transcribed pages of real scans.

Three kinds of folder are understood, told apart by what lies in them:

- ``NAME.text`` (source) beside ``NAME.json`` (facts): our samples; their pages and tables come from the layout;
- ``NAME.json`` (facts) beside ``NAME.txt`` (text): gold documents; without a text, what people judged on the review
  page and `vanban export --truth` wrote;
- ``NAME_p3.txt``: the transcription of page 3 of the scan NAME; cells are joined by ``|``, and what follows the
  line ``=== STAMPS`` is not scored.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.cellwords import transcribed_rows
from corpus.layout import lay_out
from corpus.source import read_source

PAGE_FILE = re.compile(r"(?P<name>.+)_p(?P<page>\d+)")


@dataclass
class Truth:
    """What is true of one document. `pages` by number; key None holds the text of a document without pages."""

    name: str
    pages: dict[int | None, str] = field(default_factory=dict)
    facts: dict[str, Any] | None = None
    tables: list[dict[str, Any]] | None = None
    rows: dict[int, list[list[str]]] = field(default_factory=dict)
    """Rows of cells of transcribed pages, by page."""


def load_truth(folder: Path) -> dict[str, Truth]:
    """Return the truth of every document in `folder` by name; a folder that is not there has none."""
    truths: dict[str, Truth] = {}
    for source in sorted(folder.glob("*.text")):
        paper = lay_out(read_source(source)).truth()
        pages = {page["number"]: "\n".join(line["text"] for line in page["lines"]) for page in paper["pages"]}
        truths[source.stem] = Truth(source.stem, pages, tables=paper["tables"])
    for path in sorted(folder.glob("*.txt")):
        transcribed = PAGE_FILE.fullmatch(path.stem)
        if transcribed:
            truth = truths.setdefault(transcribed["name"], Truth(transcribed["name"]))
            truth.pages[int(transcribed["page"])] = _transcription(path)
            truth.rows[int(transcribed["page"])] = transcribed_rows(path.read_text("utf-8"))
        elif not path.stem.endswith(".ocr"):
            truths[path.stem] = Truth(path.stem, {None: path.read_text("utf-8")})
    for path in sorted(folder.glob("*.json")):
        facts = json.loads(path.read_text("utf-8"))
        if path.stem in truths or "header" in facts:
            truths.setdefault(path.stem, Truth(path.stem)).facts = facts
    return truths


def _transcription(path: Path) -> str:
    return path.read_text("utf-8").split("=== STAMPS")[0].replace(" | ", " ")
