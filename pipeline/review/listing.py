"""The list of documents: filters, search, order, from the tables of the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, cast, get_args

from diacritics.folding import fold
from pipeline import corrections
from pipeline.store import read_record

ROWS_ON_A_PAGE: Final = 50
CHOICES: Final = 200
State = Literal["doubtful", "open", "begun"]
Order = Literal["newest", "oldest", "doubts", "quality", "name"]


@dataclass(frozen=True)
class Filters:
    """What of the list is asked for; `start` counts from 0."""

    text: str = ""
    issuer: str = ""
    kind: str = ""
    year: int | None = None
    state: State | None = None
    order: Order = "newest"
    start: int = 0

    @classmethod
    def from_query(cls, values: Mapping[str, str]) -> Filters:
        """Read them from an address; what makes no sense there is as if it were not there."""
        state, order = values.get("state", ""), values.get("order", "")
        return cls(
            text=" ".join(values.get("q", "").split())[:200],
            issuer=values.get("issuer", "")[:300],
            kind=values.get("kind", "")[:300],
            year=_whole(values.get("year", "")) or None,
            state=cast(State, state) if state in get_args(State) else None,
            order=cast(Order, order) if order in get_args(Order) else "newest",
            start=_whole(values.get("from", "")),
        )

    def query(self, start: int = 0) -> dict[str, object]:
        """Return the parameters of an address that asks for the same, from another row on."""
        order = None if self.order == "newest" else self.order
        return {
            "q": self.text, "issuer": self.issuer, "kind": self.kind, "year": self.year, "state": self.state,
            "order": order, "from": start or None,
        }  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A document in the list; `doubtful` counts its facts in doubt that nobody has judged, `judged` those judged."""

    name: str
    title: str | None
    number: str | None
    kind: str | None
    issuer: str | None
    date: str | None
    pages: int
    confidence: float | None
    doubtful: int
    judged: int


@dataclass(frozen=True)
class Found:
    """The rows asked for, and how many there are in all."""

    rows: list[Row]
    count: int


@dataclass(frozen=True)
class Choices:
    """What there is to choose from: the most frequent bodies and kinds, all years."""

    issuers: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    years: list[int] = field(default_factory=list)


class Listing:
    """The documents of one store."""

    def __init__(self, store: Path) -> None:
        self.store = store

    def _rows(self) -> list[Row]:
        rows = []
        for path in sorted(self.store.rglob("*.json")):
            try:
                record = read_record(path)
            except Exception:
                continue
            judged = corrections.apply(record, corrections.read(path))
            h = judged.record.header
            scores = [p.confidence for p in record.pages if p.confidence is not None]
            doubtful = sum(
                bool(f.doubts) and j.verdict is None
                for k in corrections.FACT_KINDS
                for f, j in zip(getattr(judged.record, k), judged.judgements[k], strict=True)
            )
            rows.append(
                Row(
                    path.relative_to(self.store).as_posix().removesuffix(".json"), h.title, h.number, h.kind, h.issuer,
                    h.date, record.source.pages, sum(scores) / len(scores) if scores else None, doubtful, 0,
                )
            )  # fmt: skip
        return rows

    def find(self, filters: Filters) -> Found:
        """Return the documents that match."""
        text = fold(filters.text).lower()
        rows = [
            row
            for row in self._rows()
            if (not text or text in fold(f"{row.number} {row.title} {row.issuer}").lower())
            and (not filters.issuer or row.issuer == filters.issuer)
            and (not filters.kind or row.kind == filters.kind)
            and (not filters.year or (row.date or "").startswith(str(filters.year)))
            and (filters.state != "doubtful" or row.doubtful)
        ]
        rows.sort(key=lambda row: row.date or "", reverse=True)
        return Found(rows[filters.start : filters.start + ROWS_ON_A_PAGE], len(rows))

    def choices(self) -> Choices:
        """Return what there is to choose from."""
        rows = self._rows()
        return Choices(
            [one for one, _ in Counter(r.issuer for r in rows if r.issuer).most_common(CHOICES)],
            [one for one, _ in Counter(r.kind for r in rows if r.kind).most_common(CHOICES)],
            sorted({int(r.date[:4]) for r in rows if r.date}, reverse=True),
        )


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
