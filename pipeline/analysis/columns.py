"""What tables are made of: columns with their types and meaning, and how a document fills rows with them.

Columns named ``…_key`` hold the folded, lower-case form of a text, so that a question typed without marks is answered
without folding millions of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from re import compile as pattern
from typing import Any, Final, Literal, NamedTuple

from diacritics.folding import fold
from pipeline.corrections import Judged, Judgement
from pipeline.records import Fact, Record

Type = Literal["text", "texts", "integer", "number", "date"]
Read = Callable[[Any], Any]
YEAR: Final = pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class Reading(NamedTuple):
    """One document on its way into the tables. `file` is the record's path in the store without ``.json``."""

    document: int
    file: str
    sha256: str
    judged: Judged

    @property
    def record(self) -> Record:
        """The record with its corrections laid over it."""
        return self.judged.record


class Item(NamedTuple):
    """What becomes one row: the `n`-th of its kind, and what it is made of.

    `n` counts from 1, as in the record that was read; what people added goes on after that.
    """

    n: int
    of: Any
    judgement: Judgement | None = None


@dataclass(frozen=True)
class Column:
    """One column; `read` takes what `Item.of` is, by default its attribute of the same name."""

    name: str
    type: Type
    about: str
    read: Read


def column(name: str, type: Type, about: str, read: Read | None = None) -> Column:
    """Return a column that reads the attribute of its name, or as told."""
    return Column(name, type, about, read or attrgetter(name))


DOCUMENT: Final = column("document", "integer", "which document: joins every table")
NTH: Final = column("n", "integer", "which of its kind in the record, from 1")
JUDGED: Final = (
    column("review", "text", "what people said: accepted, corrected, added, or null where nobody looked"),
    column("reviewer", "text", "who said so last"),
)


@dataclass(frozen=True)
class TableSpec:
    """One table: `rows` yields its items from a document, `own` are the columns that are read from them."""

    name: str
    about: str
    rows: Callable[[Reading], Iterable[Item]]
    own: tuple[Column, ...]
    judged: bool = False
    single: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns in their order: `document`, `n` where a document has several rows, own ones, what people said."""
        return (DOCUMENT, *(() if self.single else (NTH,)), *self.own, *(JUDGED if self.judged else ()))

    def fill(self, readings: Iterable[Reading]) -> list[list[Any]]:
        """Return the values of each column, in their order, over all rows of these documents."""
        documents: list[int] = []
        items: list[Item] = []
        for reading in readings:
            items += self.rows(reading)
            documents += [reading.document] * (len(items) - len(documents))
        of = [item.of for item in items]
        filled: list[list[Any]] = [documents] if self.single else [documents, [item.n for item in items]]
        filled += [list(map(column.read, of)) for column in self.own]
        if self.judged:
            filled += [list(map(read, items)) for read in (_verdict, _reviewer)]
        return filled


def _verdict(item: Item) -> str | None:
    return item.judgement.verdict if item.judgement else None


def _reviewer(item: Item) -> str | None:
    return item.judgement.entries[-1].who if item.judgement and item.judgement.entries else None


def _edge(index: int) -> Read:
    def read(fact: Fact) -> float | None:
        box = fact.evidence.bbox
        return None if box is None else box[index]

    return read


EVIDENCE: Final = (
    column("page", "integer", "page it stands on, from 1; null for plain text", attrgetter("evidence.page")),
    column("line", "integer", "its first line on that page, from 1", lambda f: f.evidence.lines[0]),
    column("line_end", "integer", "its last line on that page", lambda f: f.evidence.lines[1]),
    column("x0", "number", "left edge of its box, points from the left of the page", _edge(0)),
    column("y0", "number", "upper edge, points from the top of the page", _edge(1)),
    column("x1", "number", "right edge", _edge(2)),
    column("y1", "number", "lower edge", _edge(3)),
    column("quote", "text", "the words on the paper", attrgetter("evidence.quote")),
    column("confidence", "number", "how sure the reader is, 0 to 1"),
    column("doubts", "texts", "why it may be wrong; empty where nothing speaks against it"),
    column("rule", "text", "the rule that found it"),
)


def facts(kind: str, about: str, *own: Column) -> TableSpec:
    """Return the table of a kind of fact: its own columns, then where it stands and how sure it is."""

    def rows(reading: Reading) -> Iterator[Item]:
        judgements = reading.judged.judgements[kind]
        for fact, judgement in zip(getattr(reading.record, kind), judgements, strict=True):
            yield Item(judgement.index + 1, fact, judgement)

    return TableSpec(kind, about, rows, (*own, *EVIDENCE), judged=True)


def numbered(name: str, about: str, of: Callable[[Reading], Iterable[Any]], *own: Column) -> TableSpec:
    """Return a table of things that nobody judges."""
    return TableSpec(name, about, lambda reading: (Item(n, one) for n, one in enumerate(of(reading), start=1)), own)


def single(name: str, about: str, *own: Column) -> TableSpec:
    """Return a table with one row a document, read from the `Reading` itself."""
    return TableSpec(name, about, lambda reading: (Item(1, reading),), own, single=True)


def key(text: str | None) -> str | None:
    """Return the form of a text that ``…_key`` columns hold: folded, lower case, single spaces."""
    return None if text is None else " ".join(fold(text).lower().split())


def number_key(number: str | None) -> str | None:
    """Return the form in which a document number is compared: "05 /QĐ-UBND" -> "5/QD-UBND"."""
    return None if number is None else "".join(fold(number).upper().split()).lstrip("0")


def day(text: str | None) -> date | None:
    """Return the day that an ISO date names, None where it is no whole day of the calendar."""
    try:
        return date.fromisoformat(text) if text and len(text) == 10 else None
    except ValueError:
        return None


def year(text: str | None) -> int | None:
    """Return the one year that a period names; "2021 - 2025" names none."""
    years = set(YEAR.findall(text or ""))
    return int(years.pop()) if len(years) == 1 else None


def joined(texts: Iterable[str]) -> str | None:
    """Return texts as one, None where there are none."""
    return "; ".join(texts) or None
