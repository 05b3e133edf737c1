"""Pairs records with truth and adds up, group by group: text errors, facts by kind, table cells.

A group is a set of truth and the folder of the record within the records' folder: ``samples/office``, ``gold``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.cellwords import score_cell_words
from corpus.distance import TextScore, compare, folded
from corpus.matching import Tally, tally
from corpus.truth import Truth, load_truth

INPUT_SUFFIXES = (".pdf", ".txt", ".tif", ".tiff", ".png", ".jpg", ".jpeg")
HIDDEN_SET = "unseen"
NOT_TRANSCRIBED = ("stamp", "signature")
"""Roles of lines that a transcription of a scan leaves out."""


@dataclass
class Reading:
    """A record found on disk: the document's name, the folder that it lay in, the record."""

    name: str
    folder: str
    record: dict[str, Any]


@dataclass
class Score:
    """The figures of one document, or of several added up."""

    documents: int = 0
    text: TextScore = field(default_factory=TextScore)
    facts: dict[str, Tally] = field(default_factory=dict)
    cells: int = 0
    cells_right: int = 0
    cell_words: int = 0
    cell_words_right: int = 0

    def add(self, other: Score) -> None:
        """Add another score."""
        self.documents += other.documents
        self.text.add(other.text)
        for kind, counts in other.facts.items():
            self.facts.setdefault(kind, Tally()).add(counts)
        self.cells += other.cells
        self.cells_right += other.cells_right
        self.cell_words += other.cell_words
        self.cell_words_right += other.cell_words_right

    @property
    def macro_f1(self) -> float:
        """Mean F1 over the kinds that the truth has; tasks stand apart, as no specification's scorer counts them."""
        scores = [counts.f1 for kind, counts in self.facts.items() if counts.truth and not kind.startswith("tasks")]
        return sum(scores) / len(scores) if scores else 0.0


Groups = dict[str, dict[str, Score]]


def load_records(folder: Path) -> Iterator[Reading]:
    """Yield the records under `folder`: files ``NAME.pdf.json`` (or another input's suffix, or none)."""
    for path in sorted(folder.rglob("*.json")):
        record = json.loads(path.read_text("utf-8"))
        if not isinstance(record, dict) or "pages" not in record:
            continue
        name = path.name.removesuffix(".json")
        for suffix in INPUT_SUFFIXES:
            name = name.removesuffix(suffix)
        yield Reading(name, path.parent.relative_to(folder).as_posix(), record)


def score_folders(records: Path, truths: list[Path]) -> Groups:
    """Return group -> document -> score for every record that has a truth; others are left out.

    A record named ``NAME.ocr`` is one of a spoiled text: it is measured by the truth of NAME, in a group of its own.
    """
    known = {folder: load_truth(folder) for folder in truths}
    groups: Groups = {}
    for reading in load_records(records):
        for folder, truth_of in known.items():
            truth = truth_of.get(reading.name)
            spoiled = truth is None and reading.name.endswith(".ocr")
            if spoiled:
                truth = truth_of.get(reading.name.removesuffix(".ocr"))
            if truth is not None:
                parts = [folder.name, *(["ocr"] if spoiled else []), *reading.folder.split("/")]
                group = "/".join(dict.fromkeys(part for part in parts if part != "."))
                groups.setdefault(group, {})[reading.name] = score_record(reading.record, truth)
    return groups


def score_record(record: dict[str, Any], truth: Truth) -> Score:
    """Return the figures of one record; facts and cells only where both the truth and the record know of them."""
    score = Score(documents=1)
    for number, text in truth.pages.items():
        left_out = NOT_TRANSCRIBED if number in truth.rows else ()
        score.text.add(compare(_text(record, number, left_out), text, _doubted(record, number)))
    if truth.pages and None not in truth.pages and truth.tables is not None:
        # A whole document is compared as one text, so that a line on the wrong page is not counted twice.
        score.text = compare(_text(record, None), "\n".join(truth.pages.values()), _doubted(record, None))
    if truth.facts is not None and "header" in record:
        score.facts = tally(truth.facts, record)
    if truth.tables and "tables" in record:
        score.cells, score.cells_right = score_tables(truth.tables, record.get("tables") or [])
    for number, rows in truth.rows.items():
        words, right = score_cell_words(rows, record.get("tables") or [], number)
        score.cell_words += words
        score.cell_words_right += right
    return score


def _text(record: dict[str, Any], number: int | None, left_out: Sequence[str] = ()) -> str:
    """Return the text of a page, or of all, without the lines of some roles."""
    pages = [page for page in record["pages"] if number is None or page["number"] == number]
    return "\n".join(line["text"] for page in pages for line in page["lines"] if line.get("role") not in left_out)


def _doubted(record: dict[str, Any], number: int | None) -> list[str]:
    pages = [page for page in record["pages"] if number is None or page["number"] == number]
    return [word["text"] for page in pages for line in page["lines"] for word in line.get("doubted", ())]


def score_tables(truth: list[dict[str, Any]], found: list[dict[str, Any]]) -> tuple[int, int]:
    """Return how many cells the tables have and how many were read exactly and stand in their place.

    Tables are paired in order of likeness of their places; a place is row and column, spans counted.
    """
    total = right = 0
    left = [grid(table) for table in found]
    for table in truth:
        wanted = grid(table)
        total += len(wanted)
        best = max(left, key=lambda other: _same_cells(wanted, other), default=None)
        if best is not None:
            right += _same_cells(wanted, best)
            left.remove(best)
    return total, right


def grid(table: dict[str, Any]) -> dict[tuple[int, int], str]:
    """Return the text of each cell of a table's head (row -1) and body by its row and column."""
    cells = {(-1, column): folded(label) for column, label in enumerate(table["head"])}
    taken: set[tuple[int, int]] = set()
    for row, content in enumerate(table["rows"]):
        column = 0
        for cell in content["cells"]:
            while (row, column) in taken:
                column += 1
            cells[row, column] = folded(cell["text"])
            for down in range(cell.get("row_span", 1)):
                for across in range(cell.get("col_span", 1)):
                    taken.add((row + down, column + across))
            column += cell.get("col_span", 1)
    return cells


def _same_cells(one: dict[tuple[int, int], str], other: dict[tuple[int, int], str]) -> int:
    return sum(other.get(place) == text for place, text in one.items())


def is_hidden(group: str) -> bool:
    """Return whether the group's documents must not be looked at while building: only their figures are shown."""
    return group.split("/")[0] == HIDDEN_SET


def brief(kind: str, fact: Any) -> str:
    """Return a fact on one line, stable from run to run: what is saved and compared."""
    keys = {
        "header": ("field", "truth", "found"),
        "sections": ("id", "heading"),
        "targets": ("section", "direction", "comparator", "value", "unit", "indicator"),
        "results": ("section", "direction", "value", "unit", "indicator"),
        "references": ("kind", "number", "date", "title"),
        "responsibilities": ("section", "role", "units", "task"),
        "deadlines": ("section", "relation", "due", "task"),
        "tasks": ("row", "task", "lead", "coordinate", "due", "product"),
    }[kind.split(".")[0]]
    values = (fact.get(key) for key in keys)
    return " | ".join("-" if value is None else str(value)[:90] for value in values)


def summary(groups: Groups) -> dict[str, Any]:
    """Return the figures as JSON data: for each group its sums, and for each document its figures and its slips."""
    return {
        group: {
            **_figures(total(documents)),
            "documents": {
                name: _figures(score) | ({} if is_hidden(group) else _slips(score))
                for name, score in sorted(documents.items())
            },
        }
        for group, documents in sorted(groups.items())
    }


def total(documents: dict[str, Score]) -> Score:
    """Return the scores of several documents added up."""
    result = Score()
    for score in documents.values():
        result.add(score)
    return result


def _figures(score: Score) -> dict[str, Any]:
    text = {
        name: {"cer": round(errors.cer, 5), "wer": round(errors.wer, 5)} for name, errors in score.text.errors.items()
    }
    facts = {
        kind: {"hits": counts.hits, "truth": counts.truth, "found": counts.found, "f1": round(counts.f1, 4)}
        for kind, counts in score.facts.items()
    }
    return {
        "count": score.documents,
        "text": text,
        "recall": round(score.text.recall, 4),
        "precision": round(score.text.precision, 4),
        "numbers": [score.text.numbers_read, score.text.numbers],
        "sure_numbers": [score.text.sure_numbers_right, score.text.sure_numbers],
        "cells": [score.cells_right, score.cells],
        "cell_words": [score.cell_words_right, score.cell_words],
        "facts": facts,
        "macro_f1": round(score.macro_f1, 4),
    }


def _slips(score: Score) -> dict[str, Any]:
    return {
        "missed": {kind: [brief(kind, fact) for fact in counts.misses] for kind, counts in score.facts.items()},
        "extra": {kind: [brief(kind, fact) for fact in counts.extras] for kind, counts in score.facts.items()},
    }
