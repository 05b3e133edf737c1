"""The tables that analysts read, as data: names, types, what they hold, and how a record fills them.

JSON records are the truth; these tables are derived from them. A row of a kind of fact carries the fact's own fields,
its place on the paper, how sure the reader was, and what people said of it; a fact that people rejected has no row.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from operator import attrgetter
from typing import Any, Final, Literal, NamedTuple

from pipeline.analysis.columns import (
    Column,
    Read,
    Reading,
    TableSpec,
    column,
    day,
    facts,
    joined,
    key,
    number_key,
    numbered,
    single,
    year,
)
from pipeline.corrections import Correction, Judged
from pipeline.records import Table

EDGES: Final = ("x0", "y0", "x1", "y1")
MAX_SPAN: Final = 100  # columns that a cell may cover: a damaged record must not cost memory


class TableCell(NamedTuple):
    """A cell with its place in the grid: row 0 is the head, columns count from 1, spans counted."""

    table: Table
    row: int
    column: int
    row_kind: str
    page: int | None
    text: str
    row_span: int = 1
    col_span: int = 1
    bbox: tuple[float, float, float, float] | None = None


SECTION: Final = column("section", "text", "id of the section it stands in, see sections.id")
CELL_PLACE: Final = (
    column("table_id", "text", "the table it was read from, null for running text", attrgetter("table")),
    column("table_row", "integer", "row of that table, from 1", attrgetter("row")),
)


def _cells(reading: Reading) -> Iterator[TableCell]:
    """Yield every cell of every table at its place in the grid; a spanning cell stands where it begins."""
    for table in reading.record.tables:
        first_page = table.pages[0] if table.pages else None
        for place, label in enumerate(table.head, start=1):
            yield TableCell(table, 0, place, "head", first_page, label)
        taken: set[tuple[int, int]] = set()
        for number, row in enumerate(table.rows, start=1):
            place = 1
            for cell in row.cells:
                while (number, place) in taken:
                    place += 1
                below = range(number, number + min(cell.row_span, len(table.rows)))
                across = range(place, place + min(cell.col_span, MAX_SPAN))
                taken.update((r, c) for r in below for c in across)
                yield TableCell(
                    table, number, place, row.kind, row.page, cell.text, cell.row_span, cell.col_span, cell.bbox
                )
                place = across.stop


def _of_column(field: Literal["label", "kind", "period"]) -> Read:
    def read(cell: TableCell) -> str | None:
        columns = cell.table.columns
        return getattr(columns[cell.column - 1], field) if cell.column <= len(columns) else None

    return read


def _cell_edge(index: int) -> Read:
    def read(cell: TableCell) -> float | None:
        return None if cell.bbox is None else cell.bbox[index]

    return read


def _indicator_columns() -> tuple[Column, ...]:
    return (
        column("indicator", "text", "what is measured, in the document's words"),
        column("indicator_key", "text", "the same, folded", lambda f: key(f.indicator)),
        column("direction", "text", "reach or level, increase, decrease, rank, improve"),
    )


def _value_columns() -> tuple[Column, ...]:
    return (
        column("value", "number", "the figure, as a number"),
        column("unit", "text", "what it counts, as printed (%, điểm, tỷ đồng …); a rank: thứ hạng"),
        column("period", "text", "the time it is for, as printed, mostly a year"),
        column("year", "integer", "the year, where the period names exactly one", lambda f: year(f.period)),
        column("baseline", "text", "the year compared with"),
    )


def _units_columns() -> tuple[Column, ...]:
    return (
        column("units", "texts", "who, as printed, one name an entry"),
        column("units_key", "text", "the same, folded and joined by ;", lambda f: key(joined(f.units))),
        column("task", "text", "what is to be done"),
        column("task_key", "text", "the same, folded", lambda f: key(f.task)),
    )


def _mean_confidence(reading: Reading) -> float | None:
    scores = [page.confidence for page in reading.record.pages if page.confidence is not None]
    return sum(scores) / len(scores) if scores else None


def _doubtful(reading: Reading) -> int:
    """Count the facts that have doubts and that nobody has judged."""
    judged = reading.judged
    return sum(
        bool(fact.doubts) and one.verdict is None
        for kind, judgements in judged.judgements.items()
        for fact, one in zip(getattr(judged.record, kind), judgements, strict=True)
    )


def _header(field: str) -> Read:
    return attrgetter(f"record.header.{field}")


def _source(field: str) -> Read:
    return attrgetter(f"record.source.{field}")


def _count(kind: str) -> Column:
    return column(f"n_{kind}", "integer", f"how many {kind} it has", lambda r: len(getattr(r.record, kind)))


COUNTED: Final = (
    "sections", "targets", "results", "references", "responsibilities", "deadlines", "tasks", "tables", "warnings"
)  # fmt: skip
DOCUMENTS: Final = single(
    "documents",
    "one row a document: its header and foot, its source, how well it was read",
    column("file", "text", "its record in the store, without .json"),
    column("authority", "text", "body above the issuer, as printed", _header("authority")),
    column("issuer", "text", "body that issued it, as printed", _header("issuer")),
    column("issuer_key", "text", "the same, folded", lambda r: key(r.record.header.issuer)),
    column("number", "text", "số, ký hiệu, without spaces", _header("number")),
    column("number_key", "text", "the same for comparing", lambda r: number_key(r.record.header.number)),
    column("kind", "text", "type of document: Kế hoạch, Quyết định …", _header("kind")),
    column("place", "text", "place of issue", _header("place")),
    column("date", "date", "day of issue", lambda r: day(r.record.header.date)),
    column("year", "integer", "year of issue", lambda r: year(r.record.header.date)),
    column("title", "text", "trích yếu", _header("title")),
    column("title_key", "text", "the same, folded", lambda r: key(r.record.header.title)),
    column("signer_capacity", "text", "KT., TM., TL. … line", _header("signer.capacity")),
    column("signer_position", "text", "post of who signed", _header("signer.position")),
    column("signer_name", "text", "name of who signed", _header("signer.name")),
    column("recipients", "texts", "nơi nhận", _header("recipients")),
    column("pages", "integer", "how many pages", _source("pages")),
    column("confidence", "number", "mean confidence of its pages, 0 to 1", _mean_confidence),
    column("doubtful", "integer", "facts with doubts that nobody has judged", _doubtful),
    *(_count(kind) for kind in COUNTED),
    column("source", "text", "path of the file that was read", _source("path")),
    column("source_sha256", "text", "its SHA-256", _source("sha256")),
    column("bytes", "integer", "its size", _source("bytes")),
    column("media_type", "text", "what kind of file it is", _source("media_type")),
    column("producer", "text", "version that read it", lambda r: r.record.producer),
    column("record_sha256", "text", "of the record and its corrections", attrgetter("sha256")),
)

TABLES: Final[tuple[TableSpec, ...]] = (
    DOCUMENTS,
    facts(
        "sections", "numbered nodes of the text",
        column("id", "text", "labels of its ancestors and its own, joined by /"),
        column("label", "text", "as printed"),
        column("depth", "integer", "how deep it lies, from 1"),
        column("heading", "text", "its title, null where it runs into prose"),
        column("text", "text", "its own text, without that of its children"),
    ),
    facts(
        "targets", "mục tiêu, chỉ tiêu: what the author commits to",
        *_indicator_columns(),
        column("comparator", "text", ">=, >, <=, < or ="),
        *_value_columns(),
        column("display", "text", "a short form for people"),
        SECTION, *CELL_PLACE,
    ),
    facts(
        "results", "kết quả: what the document reports as reached",
        *_indicator_columns(),
        column("subject", "text", "whose outcome"),
        column("max", "number", "the best that could be, where printed"),
        *_value_columns(),
        SECTION, *CELL_PLACE,
    ),
    facts(
        "references", "documents named by this one; also as refs, since references is a word of SQL",
        column("kind", "text", "type of the document named"),
        column("number", "text", "its number and symbol"),
        column("number_key", "text", "the same for comparing", lambda f: number_key(f.number)),
        column("date_text", "text", "its date as ISO, or the year alone", attrgetter("date")),
        column("date", "date", "its day, where it is whole", lambda f: day(f.date)),
        column("issuer", "text", "who issued it, as printed"),
        column("issuer_key", "text", "the same, folded", lambda f: key(f.issuer)),
        column("title", "text", "its title"),
        column("title_key", "text", "the same, folded", lambda f: key(f.title)),
        column("pinpoint", "text", "the article meant"),
        column("role", "text", "basis or mention"),
        column("mentions", "integer", "how often it is named", lambda f: len(f.mentions)),
    ),
    facts(
        "responsibilities", "who is given something to do",
        column("role", "text", "lead, coordinate, monitor or perform"),
        *_units_columns(), SECTION, *CELL_PLACE,
    ),
    facts(
        "deadlines", "days by which, or on which, something is due",
        column("due", "date", "the day", lambda f: day(f.due)),
        column("relation", "text", "before, by or on"),
        *_units_columns(), SECTION, *CELL_PLACE,
    ),
    facts(
        "tasks", "rows of tables that assign work",
        column("task", "text", "the work"),
        column("task_key", "text", "the same, folded", lambda f: key(f.task)),
        column("lead", "texts", "who leads"),
        column("coordinate", "texts", "who helps"),
        column("units_key", "text", "both, folded and joined by ;", lambda f: key(joined([*f.lead, *f.coordinate]))),
        column("due_text", "text", "when, as printed", lambda f: f.due and f.due.text),
        column("due_from", "date", "its first day", lambda f: day(f.due.from_) if f.due else None),
        column("due", "date", "its last day", lambda f: day(f.due.to) if f.due else None),
        column("product", "text", "what is to come out of it"),
        column("groups", "texts", "headings of the groups that the row stands in"),
        SECTION, *CELL_PLACE,
    ),
    numbered(
        "tables", "tables of the documents", lambda r: r.record.tables,
        column("table_id", "text", "T1, T2 …", attrgetter("id")),
        column("title", "text", "what stands over it"),
        column("first_page", "integer", "page it begins on", lambda t: t.pages[0] if t.pages else None),
        column("last_page", "integer", "page it ends on", lambda t: t.pages[-1] if t.pages else None),
        column("head", "texts", "labels of its columns"),
        column("row_count", "integer", "rows of its body", lambda t: len(t.rows)),
        column("notes", "texts", "what stands under it"),
        SECTION,
        column("doubts", "texts", "why it may be wrong"),
    ),
    numbered(
        "cells", "cells of those tables", _cells,
        column("table_id", "text", "T1, T2 …", lambda c: c.table.id),
        column("table_row", "integer", "from 1; 0 is the head", attrgetter("row")),
        column("table_column", "integer", "from 1", attrgetter("column")),
        column("text", "text", "what it says"),
        column("row_kind", "text", "head, body, group or total"),
        column("column_label", "text", "heading of its column", _of_column("label")),
        column("column_kind", "text", "what its column holds: task, lead, due …", _of_column("kind")),
        column("column_period", "text", "year or quarter of its column", _of_column("period")),
        column("row_span", "integer", "rows it covers"),
        column("col_span", "integer", "columns it covers"),
        column("page", "integer", "page its row begins on"),
        *(column(name, "number", "its box, see targets", _cell_edge(i)) for i, name in enumerate(EDGES)),
    ),
    numbered(
        "pages", "pages with their text", lambda r: r.record.pages,
        column("page", "integer", "its number, from 1", attrgetter("number")),
        column("text", "text", "its lines in reading order, one a line", lambda p: "\n".join(t.text for t in p.lines)),
        column("text_source", "text", "layer, decoded_layer, ocr, restored, text or none"),
        column("confidence", "number", "mean confidence of its words, 0 to 1"),
        column("line_count", "integer", "how many lines", lambda p: len(p.lines)),
        column("width", "number", "in points"),
        column("height", "number", "in points"),
        column("dpi", "integer", "dots an inch of its picture"),
        column("rotation_degrees", "integer", "quarter turns undone, clockwise"),
        column("skew_degrees", "number", "slant undone, clockwise"),
    ),
    numbered(
        "warnings", "what a person should know of a reading", lambda r: r.record.warnings,
        column("page", "integer", "page it is about, null for the whole document"),
        column("code", "text", "a word for machines"),
        column("message", "text", "a sentence for people"),
    ),
    numbered(
        "corrections", "what people said of facts, undone and stale sayings left out",
        lambda r: _sayings(r.judged),
        column("kind", "text", "table of the fact, or header", lambda c: c.key.kind),
        column("part", "text", "field of the header", lambda c: c.key.part),
        column("page", "integer", "page of the fact", lambda c: c.key.page),
        column("quote", "text", "the words under it", lambda c: c.key.quote),
        column("action", "text", "accept, correct, reject or add"),
        column("field", "text", "what was corrected"),
        column("before", "text", "what was read", lambda c: _shown(c.before)),
        column("after", "text", "what it was corrected to; all of what was added, as JSON", lambda c: _shown(c.after)),
        column("who", "text", "who said so"),
        column("at", "text", "when, ISO 8601 in UTC", attrgetter("when")),
    ),
)  # fmt: skip


def _sayings(judged: Judged) -> Iterator[Correction]:
    groups = [*judged.judgements.values(), *judged.rejected.values(), judged.header.values()]
    for group in groups:
        for judgement in group:
            yield from judgement.entries


def _shown(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


BY_NAME: Final = {table.name: table for table in TABLES}
