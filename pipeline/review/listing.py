"""The list of documents: filters, search, order, from the tables of the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, cast, get_args

from pipeline.analysis.columns import key
from pipeline.analysis.fulltext import Wanted
from pipeline.analysis.search import Found as Passage
from pipeline.review.answers import Answers
from pipeline.review.forms import whole

ROWS_ON_A_PAGE: Final = 50
CHOICES: Final = 200
WORDS: Final = 8
"""Of what was typed: more narrow nothing."""
PASSAGES: Final = 10
"""Of the texts, shown under the list."""
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
            year=whole(values.get("year", "")) or None,
            state=cast(State, state) if state in get_args(State) else None,
            order=cast(Order, order) if order in get_args(Order) else "newest",
            start=whole(values.get("from", "")),
        )

    def query(self, start: int = 0) -> dict[str, object]:
        """Return the parameters of an address that asks for the same, from another row on."""
        order = None if self.order == "newest" else self.order
        return {
            "q": self.text, "issuer": self.issuer, "kind": self.kind, "year": self.year, "state": self.state,
            "order": order, "from": start or None,
        }  # fmt: skip


@dataclass(frozen=True)
class DocumentRow:
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

    rows: list[DocumentRow]
    count: int


@dataclass(frozen=True)
class Choices:
    """What there is to choose from: the most frequent bodies and kinds, all years."""

    issuers: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    years: list[int] = field(default_factory=list)


class Listing:
    """The documents of one store."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def find(self, filters: Filters) -> Found:
        """Return the documents that match.

        Raises:
            TablesError, QueryError: see `Answers.ask`.
        """
        conditions, values = _conditions(filters)
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        of_it = f"FROM listed d {_JUDGED} {where}"
        rows = self._answers.ask(
            f"SELECT count(*) OVER (), {_COLUMNS} {of_it} ORDER BY {_ORDERS[filters.order]}, d.document"
            f" LIMIT {ROWS_ON_A_PAGE} OFFSET {filters.start}",
            values,
        )
        beyond = not rows and filters.start > 0
        count = self._answers.ask(f"SELECT count(*) {of_it}", values)[0][0] if beyond else rows[0][0] if rows else 0
        return Found([DocumentRow(*row) for _, *row in rows], count)

    def passages(self, filters: Filters) -> list[Passage]:
        """Return the pages whose text says what was typed, the best first; raises as `find` does."""
        since, before = (f"{filters.year}", f"{filters.year + 1}") if filters.year else (None, None)
        wanted = Wanted(filters.kind or None, filters.issuer or None, since, before)
        return self._answers.pages_that_say(filters.text, wanted, PASSAGES) if filters.text else []

    def choices(self) -> Choices:
        """Return what there is to choose from; raises as `find` does."""

        def most(column: str) -> list[str]:
            sql = f"SELECT {column} FROM listed WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1"
            return [row[0] for row in self._answers.ask(f"{sql} LIMIT {CHOICES}")]

        years = self._answers.ask("SELECT DISTINCT year FROM listed WHERE year IS NOT NULL ORDER BY 1 DESC")
        return Choices(most("issuer"), most("kind"), [row[0] for row in years])


def _conditions(filters: Filters) -> tuple[list[str], dict[str, object]]:
    """Return what rows must fulfil, and the values that stand in it."""
    conditions, values = [], dict[str, object]()
    for name, value in (("issuer", filters.issuer), ("kind", filters.kind), ("year", filters.year)):
        if value:
            conditions.append(f"d.{name} = ${name}")
            values[name] = value
    if filters.text:
        said, words = _says(filters.text)
        conditions.append(said)
        values.update(words)
    if filters.state is not None:
        conditions.append(_STATES[filters.state])
    return conditions, values


def _says(typed: str) -> tuple[str, dict[str, str]]:
    """Return what a document that says all the words fulfils: typed without marks any will do, with marks they count.

    The folded columns are looked through first; only what is left is looked at as it is printed, which takes longer.
    """
    folded, printed, values = [], [], {}
    for number, word in enumerate(typed.split()[:WORDS]):
        plain = key(word) or ""
        if plain != word.lower():
            printed.append(f"contains(tones({_PRINTED}), tones($printed{number}))")
            values[f"printed{number}"] = word
        folded.append(f"({' OR '.join(f'contains({column}, $folded{number})' for column in _FOLDED)})")
        values[f"folded{number}"] = plain.lstrip("0") if "/" in plain else plain  # numbers are kept without them
    found = " AND ".join(folded)
    return f"CASE WHEN {found} THEN {' AND '.join(printed) or 'true'} ELSE false END", values


_JUDGED: Final = (
    "LEFT JOIN (SELECT document, count(DISTINCT (kind, part, page, quote)) AS facts FROM corrections GROUP BY document)"
    " judged USING (document)"
)
_COLUMNS: Final = (
    "d.file, d.title, d.number, d.kind, d.issuer, CAST(d.date AS VARCHAR), d.pages, d.confidence, d.doubtful,"
    " coalesce(judged.facts, 0)"
)
_FOLDED: Final = ("d.title_key", "d.issuer_key", "lower(d.number_key)", "lower(d.file)")
_PRINTED: Final = "concat_ws(' ', d.title, d.issuer, d.number, d.file)"
_STATES: Final[Mapping[State, str]] = {
    "doubtful": "d.doubtful > 0",
    "open": "judged.facts IS NULL",
    "begun": "judged.facts > 0",
}
_ORDERS: Final[Mapping[Order, str]] = {
    "newest": "d.date DESC NULLS LAST",
    "oldest": "d.date ASC NULLS LAST",
    "doubts": "d.doubtful DESC, d.date DESC NULLS LAST",
    "quality": "d.confidence ASC NULLS LAST",
    "name": "d.file",
}
