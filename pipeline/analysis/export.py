"""A whole store, or some of its tables or documents, as files that other programs open: xlsx, CSV, JSON Lines.

Folded columns, boxes and what only joins are left out: an export is for people and their programs, the tables are for
questions. Every row names its document's file, and in xlsx opens it on the review page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pipeline.analysis import answers
from pipeline.analysis.database import Answer, Database
from pipeline.analysis.schema import BY_NAME, EDGES, TABLES
from pipeline.analysis.workbook import Workbook
from pipeline.errors import OutputError, UsageError

EXPORTED: Final = tuple(table.name for table in TABLES if table.name not in ("pages", "cells"))
EXPORT_SECONDS: Final = 600.0
MAX_TABLE_SHEETS: Final = 200
LINKED_KINDS: Final = frozenset(table.name for table in TABLES if table.judged)


@dataclass(frozen=True)
class Choice:
    """What to export: which tables, and of which documents (words of their file, as ``like`` has them)."""

    tables: tuple[str, ...] = EXPORTED
    document: str | None = None

    def __post_init__(self) -> None:
        unknown = [name for name in self.tables if name not in BY_NAME]
        if unknown:
            raise UsageError(f"there is no table {unknown[0]}", advice=f"There are: {', '.join(BY_NAME)}.")


def to_xlsx(
    database: Database, path: Path, choice: Choice, *, address: str = answers.REVIEW_ADDRESS, grids: bool = False
) -> int:
    """Write one workbook, a sheet a table, and return how many rows; `grids` adds each table of a document as a sheet.

    Raises:
        OutputError: it cannot be written. TablesError, QueryError: see `Database.ask`.
    """
    _make_room(path.parent)
    count = 0
    with Workbook(path) as book:
        for name in choice.tables:
            answer = _rows(database, name, choice)
            count += book.sheet(name, answer.columns, answer.rows, _linker(name, answer.columns, address))
        if grids:
            for title, heads, rows in _grids(database, choice):
                count += book.sheet(title, heads, rows)
    return count


def to_csv(database: Database, folder: Path, choice: Choice) -> int:
    """Write a CSV file a table into a folder, with the sign by which Excel knows UTF-8; return how many rows."""
    return _to_files(database, folder, choice, ".csv", "utf-8-sig", answers.csv_lines) - len(choice.tables)


def to_jsonl(database: Database, folder: Path, choice: Choice) -> int:
    """Write a JSON Lines file a table into a folder; return how many rows."""
    return _to_files(database, folder, choice, ".jsonl", "utf-8", answers.json_lines)


def write_lines(path: Path, lines: Iterable[str], encoding: str = "utf-8") -> int:
    """Write a text file, whole or not at all, and return how many lines.

    Raises:
        OutputError: the disk is full, no permission.
    """
    making, count = path.with_name(f".{path.name}.tmp"), 0
    try:
        with making.open("w", encoding=encoding, errors="replace", newline="") as file:
            for line in lines:
                file.write(line)
                count += 1
        making.replace(path)
    except OSError as error:
        raise OutputError(f"cannot be written ({(error.strerror or str(error)).lower()})", path=path) from None
    finally:
        making.unlink(missing_ok=True)
    return count


def write_answer(path: Path, answer: Answer, format: answers.Format) -> int:
    """Write one answer to a file and return how many rows."""
    _make_room(path.parent)
    if format == "xlsx":
        with Workbook(path) as book:
            return book.sheet("answer", answer.columns, answer.rows)
    taken = 0

    def counted() -> Iterator[Sequence[Any]]:
        nonlocal taken
        for row in answer.rows:
            taken += 1
            yield row

    encoding = "utf-8-sig" if format == "csv" else "utf-8"
    write_lines(path, answers.LINES[format](answer.columns, counted()), encoding)
    return taken


def _to_files(
    database: Database,
    folder: Path,
    choice: Choice,
    suffix: str,
    encoding: str,
    lines: Callable[[Sequence[str], Iterable[Sequence[Any]]], Iterator[str]],
) -> int:
    _make_room(folder)
    count = 0
    for name in choice.tables:
        answer = _rows(database, name, choice)
        count += write_lines(folder / f"{name}{suffix}", lines(answer.columns, answer.rows), encoding)
    return count


def _make_room(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"the folder cannot be made ({(error.strerror or str(error)).lower()})"
        raise OutputError(message, path=folder) from None


def _rows(database: Database, table: str, choice: Choice) -> Answer:
    spec = BY_NAME[table]
    left_out = {"document", *EDGES, "file", "record_sha256"}
    names = [c.name for c in spec.columns if c.name not in left_out and not c.name.endswith("_key")]
    columns = ", ".join(f't."{name}"' for name in names)
    head = "" if table == "documents" else "d.number AS document_number, d.issuer AS document_issuer, "
    sql = (
        f'SELECT d.file, {head}{columns} FROM "{table}" t JOIN documents d USING (document) '
        "WHERE $document IS NULL OR contains(lower(d.file), lower($document))"
    )
    return database.stream(sql, {"document": choice.document}, seconds=EXPORT_SECONDS)


def _linker(table: str, columns: Sequence[str], address: str) -> Callable[[Sequence[Any]], str]:
    file, n = columns.index("file"), columns.index("n") if table in LINKED_KINDS else None

    def link(row: Sequence[Any]) -> str:
        return answers.review_link(row[file], table, None if n is None else row[n], address)

    return link


def _grids(database: Database, choice: Choice) -> Iterator[tuple[str, list[str], list[list[Any]]]]:
    """Yield each table of the chosen documents: a name for its sheet, its head, its rows as they are laid out.

    Raises:
        UsageError: too many tables for the sheets of one file.
    """
    sql = """
        SELECT d.file, c.n, c.table_id, c.table_row, c.table_column, c.text
        FROM cells c JOIN documents d USING (document)
        WHERE $document IS NULL OR contains(lower(d.file), lower($document)) ORDER BY d.file, c.n"""
    tables: dict[tuple[str, str], dict[tuple[int, int], str]] = {}
    for file, _, table, row, column, text in database.stream(
        sql, {"document": choice.document}, seconds=EXPORT_SECONDS
    ).rows:
        tables.setdefault((file, table), {})[row, column] = text
        if len(tables) > MAX_TABLE_SHEETS:
            advice = "Name fewer documents with --document."
            raise UsageError(f"there are more than {MAX_TABLE_SHEETS} tables", advice=advice)
    for (file, table), cells in tables.items():
        width, height = max(column for _, column in cells), max(row for row, _ in cells)
        grid = [[cells.get((row, column)) for column in range(1, width + 1)] for row in range(height + 1)]
        yield f"{table} {Path(file).stem}", [text or "" for text in grid[0]], [list(row) for row in grid[1:]]
