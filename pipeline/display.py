"""Records and checks as a person reads them in a terminal. Makes rich renderables; printing is the command line's."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.errors import counted, printable

if TYPE_CHECKING:  # `vanban nightly` without news does without what records are checked by
    from pipeline import records
    from pipeline.doctor import Check
    from pipeline.records import Due, Evidence, Fact, Record, Row

MOST_COLUMNS: Final = 100  # of a table, and
DEEPEST: Final = 20  # levels that are set in: what a damaged record claims must not cost memory
NARROWEST_COLUMN: Final = 14  # of an answer; with less room for each, it is shown row under row


def summary_line(summary: dict[str, Any], out: Path) -> str:
    """Return the last line of a run: counts, and where the records are."""
    counts = summary["counts"]
    parts = [f"{counts['done']} read"]
    if counts["partial"]:
        parts.append(f"{counts['partial']} read with pages missing")
    if counts["skipped"]:
        parts.append(f"{counts['skipped']} unchanged since the last run and left alone")
    if counts["failed"]:
        parts.append(f"{counts['failed']} failed")
    if counts["not_reached"]:
        parts.append(f"{counts['not_reached']} not reached")
    return f"{counted(summary['found'], 'document')}: {', '.join(parts)}. Records are in {printable(out)}/"


def record_view(record: Record) -> Group:
    """Return a readable summary of a record: header, facts with their page, warnings."""
    parts: list[RenderableType] = [_header(record)]
    if record.sections:
        parts.append(_sections(record))
    parts += _facts(record)
    parts += [_table(record, number) for number in range(len(record.tables))]
    if record.warnings:
        rows = [(str(w.page or ""), w.code, w.message) for w in record.warnings]
        parts.append(_grid("Warnings", ["page", "code", "what"], rows))
    return Group(*parts)


def checks_view(checks: Iterable[Check]) -> Group:
    """Return what `vanban doctor` shows."""
    rows = [(c.name, c.found or "MISSING", "" if c.ok else c.remedy) for c in checks]
    missing = sum(not check.ok for check in checks)
    verdict = "Everything is there." if not missing else f"{missing} missing: see the last column."
    return Group(_grid("vanban doctor", ["what", "found", "how to get it"], rows), Text(verdict))


def _header(record: Record) -> Table:
    header, source = record.header, record.source
    signer = ", ".join(part for part in (header.signer.capacity, header.signer.position, header.signer.name) if part)
    origins: dict[str, int] = {}
    for page in record.pages:
        origins[page.text_source] = origins.get(page.text_source, 0) + 1
    scores = [page.confidence for page in record.pages if page.confidence is not None]
    rows = [
        ("authority", header.authority),
        ("issuer", header.issuer),
        ("number", header.number),
        ("kind", header.kind),
        ("place, date", ", ".join(part for part in (header.place, header.date) if part) or None),
        ("title", header.title),
        ("signer", signer or None),
        ("recipients", "; ".join(header.recipients) or None),
        ("pages", f"{source.pages} ({', '.join(f'{n} {origin}' for origin, n in origins.items())})"),
        ("confidence", f"{sum(scores) / len(scores):.3f}" if scores else None),
    ]
    return _grid(printable(source.path), ["", ""], [(name, value or "—") for name, value in rows], head=False)


def _sections(record: Record) -> Table:
    rows = [
        (_page(s.evidence), f"{_indent(s.depth - 1)}{s.label} {s.heading or _clip(s.text, 70)}", _doubt(s))
        for s in record.sections
    ]
    return _grid("Sections", ["page", "section", "doubt"], rows)


def _facts(record: Record) -> list[RenderableType]:
    """Return one table for each kind of fact that the document has."""
    targets = [(_page(f.evidence), f.section or "", f.display, f.period or "", _doubt(f)) for f in record.targets]
    results = [
        (_page(f.evidence), f.section or "", f.indicator, f"{f.direction} {_number(f.value, f.max)} {f.unit or ''}",
         f.period or "", _doubt(f))
        for f in record.results
    ]  # fmt: skip
    references = [
        (
            _page(f.evidence),
            f.role,
            f.kind,
            f.number or "—",
            f.date or "—",
            f.issuer or "",
            _clip(f.title, 50),
            _doubt(f),
        )
        for f in record.references
    ]
    duties = [
        (_page(f.evidence), f.section or "", f.role, "; ".join(f.units), _clip(f.task, 60), _doubt(f))
        for f in record.responsibilities
    ]
    tasks = [
        (_page(f.evidence), f"{f.table}/{f.row}", _clip(f.task, 60), "; ".join(f.lead), "; ".join(f.coordinate),
         _due(f.due), _clip(f.product, 40), _doubt(f))
        for f in record.tasks
    ]  # fmt: skip
    deadlines = [
        (_page(f.evidence), f.section or "", f"{f.relation} {f.due}", "; ".join(f.units), _clip(f.task, 60), _doubt(f))
        for f in record.deadlines
    ]
    grids = [
        _grid("Targets", ["page", "section", "target", "period", "doubt"], targets),
        _grid("Results", ["page", "section", "indicator", "value", "period", "doubt"], results),
        _grid("References", ["page", "role", "kind", "number", "date", "issuer", "title", "doubt"], references),
        _grid("Responsibilities", ["page", "section", "role", "units", "task", "doubt"], duties),
        _grid("Deadlines", ["page", "section", "due", "units", "task", "doubt"], deadlines),
        _grid("Tasks", ["page", "row", "task", "lead", "coordinate", "due", "product", "doubt"], tasks),
    ]
    return [grid for grid in grids if grid.row_count]


def _table(record: Record, number: int) -> Group:
    """Return a table with its groups in bold, rows set in by their level, and the notes under it."""
    table = record.tables[number]
    pages = ", ".join(str(page) for page in table.pages)
    widths = (sum(max(cell.col_span, 1) for cell in row.cells) for row in table.rows)
    width = min(max([len(table.head), *widths]), MOST_COLUMNS)
    head = [*table.head, *[""] * (width - len(table.head))]
    kinds = [column.kind for column in table.columns] or ["other"] * width
    grid = _grid(f"Table {table.id}: {table.title or 'no title'} (page {pages})", [], [], lines=True)
    for label, kind in zip(head, kinds, strict=False):
        figures = kind in ("value", "score")
        grid.add_column(
            Text(label), overflow="fold", ratio=None if kind in _NARROW or figures else 3 if kind in _WIDE else 2,
            justify="right" if figures else "left", min_width=4,
        )  # fmt: skip
    named = next((index for index, kind in enumerate(kinds[:width]) if kind in _WIDE), 0)
    for place, row in _placed(table, width):
        style = "bold" if row.kind != "body" else ""
        texts = [Text(text, style=style) for text in place]
        if texts and place[named]:
            texts[named] = Text(_indent(row.level)) + texts[named]
        grid.add_row(*texts)
    return Group(grid, *(Text(note, style="italic") for note in table.notes))


_NARROW: Final = frozenset({"ordinal", "measure"})
_WIDE: Final = frozenset({"task", "indicator"})


def _placed(table: records.Table, width: int) -> Iterator[tuple[list[str], Row]]:
    """Yield each row's texts column by column: a cell over several columns or rows stands in its first, then ″."""
    covered: dict[tuple[int, int], str] = {}
    for number, row in enumerate(table.rows):
        texts, cells = [""] * width, iter(row.cells)
        column = 0
        while column < width:
            if (number, column) in covered:
                texts[column] = covered[number, column]
                column += 1
                continue
            cell = next(cells, None)
            if cell is None:
                break
            texts[column] = cell.text
            end = min(column + max(cell.col_span, 1), width)
            for below in range(number + 1, min(number + cell.row_span, len(table.rows))):
                for beside in range(column, end):
                    covered[below, beside] = "″" if beside == column and cell.text else ""
            column = end
        yield texts, row


def _grid(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, head: bool = True, lines: bool = False
) -> Table:
    grid = Table(
        title=Text(title, style="bold"), title_justify="left", box=box.SIMPLE, show_header=head, show_lines=lines
    )
    for column in columns:
        grid.add_column(Text(column), overflow="fold")
    for row in rows:
        grid.add_row(*(Text(cell) for cell in row))  # Text: square brackets of a document are no markup
    return grid


def _indent(level: int) -> str:
    return "  " * min(level, DEEPEST)


def _page(evidence: Evidence) -> str:
    return f"{evidence.page}" if evidence.page is not None else f"line {evidence.lines[0]}"


def _due(due: Due | None) -> str:
    """The printed words, then the days that they begin and end with, where they say so."""
    if due is None:
        return ""
    days = f"{due.from_ or '…'} – {due.to or '…'}" if due.from_ or due.to else ""
    return f"{due.text} [{days}]" if days else due.text


def _doubt(fact: Fact) -> str:
    return ", ".join(fact.doubts)


def _number(value: float, maximum: float | None) -> str:
    return f"{value:g}" if maximum is None else f"{value:g}/{maximum:g}"


def _clip(text: str | None, width: int) -> str:
    text = text or ""
    return text if len(text) <= width else text[: width - 1] + "…"


def answer_view(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> RenderableType:
    """Return the answer to a question as a table where `width` has room for one, else row under row."""
    if len(columns) * NARROWEST_COLUMN <= width:
        return _grid("", columns, rows)
    margin = max(map(len, columns)) + 2
    room, lines = max(width - margin, NARROWEST_COLUMN), []
    for row in rows:
        for name, cell in zip(columns, row, strict=True):
            first, *more = textwrap.wrap(cell, room, break_on_hyphens=False) or [""]
            lines += [f"{name:{margin}}{first}", *(f"{'':{margin}}{line}" for line in more)] if cell else []
        lines.append("")
    return Text("\n".join(lines))


def found_view(found: Iterable[tuple[str, str, str, int, int]]) -> Group:
    """Return what a search found: heading, document and page, snippet with the match from one place to another."""
    parts: list[RenderableType] = []
    for heading, place, snippet, start, end in found:
        line = Text(snippet)
        line.stylize("bold reverse", start, end)
        parts += [Text(heading, style="bold"), Text(place, style="dim"), line, Text("")]
    return Group(*parts)
