"""Records and checks as a person reads them in a terminal. Makes rich renderables; printing is the command line's."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.errors import counted, printable

if TYPE_CHECKING:  # `vanban nightly` without news does without what records are checked by
    from pipeline import records
    from pipeline.doctor import Check
    from pipeline.records import Due, Evidence, Fact, Record, Row

MOST_COLUMNS: Final = 100  # of a table, and
DEEPEST: Final = 20  # levels that are set in: what a damaged record claims must not cost memory
NARROWEST_COLUMN: Final = 10  # of text; with less room for each, a list is shown row under row
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")


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
    said = f"{counted(summary['found'], 'document')}: {', '.join(parts)}."
    there = counts["done"] + counts["partial"] + counts["skipped"]
    return f"{said} Records are in {printable(out)}/" if there else said


def record_view(record: Record) -> Group:
    """Return a readable summary of a record: header, facts with their page, warnings."""
    parts: list[RenderableType] = [_header(record)]
    if record.sections:
        parts.append(_sections(record))
    parts += _facts(record)
    parts += map(_Sheet, record.tables)
    if record.warnings:
        rows = [(str(w.page or ""), w.code, w.message) for w in record.warnings]
        parts.append(_Rows("Warnings", ["page", "code", "what"], rows))
    return Group(*parts)


def checks_view(checks: Iterable[Check]) -> Group:
    """Return what `vanban doctor` shows."""
    rows = [(c.name, c.found or "MISSING", "" if c.ok else c.remedy) for c in checks]
    missing = sum(not check.ok for check in checks)
    verdict = "Everything is there." if not missing else f"{missing} missing: see the last column."
    return Group(_Rows("vanban doctor", ["what", "found", "how to get it"], rows), Text(verdict))


def _header(record: Record) -> RenderableType:
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
    return _Rows(printable(source.path), ["", ""], [(name, value or "—") for name, value in rows], has_head=False)


def _sections(record: Record) -> RenderableType:
    rows = [
        (_page(s.evidence), f"{_indent(s.depth - 1)}{s.label} {s.heading or _clip(s.text, 70)}", _doubt(s))
        for s in record.sections
    ]
    return _Rows("Sections", ["page", "section", "doubt"], rows)


def _facts(record: Record) -> list[RenderableType]:
    """Return one table for each kind of fact that the document has."""
    targets = [
        (_page(f.evidence), f.section or "", f.display, f.period or "", _sure(f), _doubt(f)) for f in record.targets
    ]
    results = [
        (_page(f.evidence), f.section or "", f.indicator, f"{f.direction} {_number(f.value, f.max)} {f.unit or ''}",
         f.period or "", _sure(f), _doubt(f))
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
    lists = [
        _Rows("Targets", ["page", "section", "target", "period", "sure", "doubt"], targets),
        _Rows("Results", ["page", "section", "indicator", "value", "period", "sure", "doubt"], results),
        _Rows("References", ["page", "role", "kind", "number", "date", "issuer", "title", "doubt"], references),
        _Rows("Responsibilities", ["page", "section", "role", "units", "task", "doubt"], duties),
        _Rows("Deadlines", ["page", "section", "due", "units", "task", "doubt"], deadlines),
        _Rows("Tasks", ["page", "row", "task", "lead", "coordinate", "due", "product", "doubt"], tasks),
    ]
    return [one for one in lists if one.rows]


@dataclass(frozen=True)
class _Sheet:
    """A table of the document: its groups in bold, rows set in by their level, and the notes under it."""

    table: records.Table

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        table = self.table
        spans = (sum(max(cell.col_span, 1) for cell in row.cells) for row in table.rows)
        count = min(max([len(table.head), *spans]), MOST_COLUMNS)
        head = [*table.head[:count], *[""] * (count - len(table.head))]
        kinds = [*(column.kind for column in table.columns[:count]), *["other"] * (count - len(table.columns))]
        named = next((index for index, kind in enumerate(kinds) if kind in _WIDE), 0)
        rows = list(_placed(table, count))
        for texts, row in rows:
            if texts and texts[named]:
                texts[named] = _indent(row.level) + texts[named]
        widths = _widths(head, [texts for texts, _ in rows], options.max_width)
        pages = f"page{'s' if len(table.pages) > 1 else ''} {', '.join(map(str, table.pages))}"
        grid = _grid(f"Table {table.id}: {table.title or 'no title'} ({pages})", show_lines=True)
        for place, (label, kind) in enumerate(zip(head, kinds, strict=True)):
            figures = kind in ("value", "score")
            grid.add_column(
                Text(label), overflow="fold", justify="right" if figures else "left", min_width=4,
                **({"width": widths[place]} if widths else {"ratio": _ratio(kind)}),
            )  # fmt: skip
        for texts, row in rows:
            grid.add_row(*(_cell(text, "bold" if row.kind != "body" else "") for text in texts))
        yield grid
        yield from (Text(note, style="italic") for note in table.notes)


def _ratio(kind: str) -> int | None:
    """Return a column's share of the room where words do not fit whole, None for what is as wide as it is."""
    return None if kind in _NARROW else 3 if kind in _WIDE else 2


_NARROW: Final = frozenset({"ordinal", "measure", "value", "score"})
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


@dataclass(frozen=True)
class _Rows:
    """Rows under a head: a table where the console has room for it, else row under row. An empty column is left out.

    No word is parted between two lines of a column: a date or a number that is cut reads as another one.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    has_head: bool = True

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        filled = [place for place in range(len(self.columns)) if not self.rows or any(row[place] for row in self.rows)]
        columns = [self.columns[place] for place in filled]
        rows = [[row[place] for place in filled] for row in self.rows]
        widths = _widths(columns, rows, options.max_width, NARROWEST_COLUMN)
        if widths is None and self.has_head:
            yield Text(self.title, style="bold") if self.title else Text("", end="")
            yield from _row_under_row(columns, rows, options.max_width)
            return
        grid = _grid(self.title, show_header=self.has_head)
        for place, column in enumerate(columns):
            figures = self.has_head and all(_NUMBER.fullmatch(row[place]) for row in rows)
            width = widths[place] if widths else None
            grid.add_column(Text(column), overflow="fold", width=width, justify="right" if figures else "left")
        for row in rows:
            grid.add_row(*map(_cell, row))
        yield grid


def _grid(title: str, **look: Any) -> Table:
    return Table(
        title=Text(title, style="bold") if title else None, title_justify="left", box=box.SIMPLE, pad_edge=False, **look
    )


def _cell(text: str, style: str = "") -> RenderableType:
    """Return a text as a cell, all its lines set in as its first; square brackets of a document are no markup."""
    words = Text(text.lstrip(" "), style=style)
    inset = len(text) - len(words.plain)
    return Padding(words, (0, 0, 0, inset)) if inset else words


def _widths(columns: Sequence[str], rows: Sequence[Sequence[str]], room: int, narrowest: int = 0) -> list[int] | None:
    """Return how wide each column is, none narrower than its longest word; None where `room` is too small for that.

    A text is given `narrowest` at least, if it is as long as that.
    """
    cells = [[column, *(row[place] for row in rows)] for place, column in enumerate(columns)]
    whole = [max(_longest_word(head), *map(cell_len, texts)) for head, *texts in cells]
    least = [min(most, max(narrowest, *map(_longest_word, texts))) for most, texts in zip(whole, cells, strict=True)]
    room -= 3 * len(columns) - 1
    widths = None
    for widest in range(room + 1):  # what is short stands whole before what is long takes more
        tried = [max(few, min(most, widest)) for few, most in zip(least, whole, strict=True)]
        if sum(tried) > room:
            break
        widths = tried
    return widths


def _longest_word(text: str) -> int:
    inset = len(text) - len(text.lstrip(" "))
    return inset + max(map(cell_len, text.split()), default=0)


def _row_under_row(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[Text]:
    """Yield each row as lines of a name and what it has there, without what is empty."""
    margin = max(map(len, columns)) + 2
    room = max(width - margin, NARROWEST_COLUMN)
    for row in rows:
        for name, cell in zip(columns, row, strict=True):
            if cell:
                first, *more = textwrap.wrap(cell, room, break_on_hyphens=False) or [""]
                yield Text("\n".join([f"{name:{margin}}{first}", *(f"{'':{margin}}{line}" for line in more)]))
        yield Text("")


def _indent(level: int) -> str:
    return "  " * min(level, DEEPEST)


def _page(evidence: Evidence) -> str:
    return f"{evidence.page}" if evidence.page is not None else f"line {evidence.lines[0]}"


def _due(due: Due | None) -> str:
    """The printed words, then the days that they begin and end with, where they say so."""
    if due is None:
        return ""
    days = " – ".join(dict.fromkeys((due.from_ or "…", due.to or "…"))) if due.from_ or due.to else ""
    return f"{due.text} [{days}]" if days else due.text


def _sure(fact: Fact) -> str:
    """Return a fact's confidence in hundredths."""
    return "" if fact.confidence is None else f"{fact.confidence:.0%}"


def _doubt(fact: Fact) -> str:
    return ", ".join(fact.doubts)


def _number(value: float, maximum: float | None) -> str:
    return f"{value:.15g}" if maximum is None else f"{value:.15g}/{maximum:.15g}"


def _clip(text: str | None, width: int) -> str:
    text = text or ""
    return text if len(text) <= width else text[: width - 1] + "…"


def answer_view(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> RenderableType:
    """Return the answer to a question as a table where there is room for one, else row under row."""
    return _Rows("", columns, rows)


def found_view(found: Iterable[tuple[str, str, str, int, int]]) -> Group:
    """Return what a search found: heading, document and page, snippet with the match from one place to another."""
    parts: list[RenderableType] = []
    for heading, place, snippet, start, end in found:
        line = Text(snippet)
        line.stylize("bold reverse", start, end)
        parts += [Text(heading, style="bold"), Text(place, style="dim"), line, Text("")]
    return Group(*parts)
