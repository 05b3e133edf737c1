"""What people say of facts, as types: the log beside a record, and a record with what was said laid over it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, Literal, get_args

from pydantic import ConfigDict, Field

from pipeline.ordered import Model
from pipeline.records import Fact, Record, Whole

SCHEMA: Final = "vanban-corrections/1"

Kind = Literal[
    "header", "sections", "targets", "results", "references", "responsibilities", "deadlines", "tasks"
]  # fmt: skip
Action = Literal["accept", "correct", "reject", "undo"]
Verdict = Literal["accepted", "corrected", "rejected", "added"]

FACT_KINDS: Final[tuple[str, ...]] = get_args(Kind)[1:]
HEADER_FIELDS: Final = (
    "authority", "issuer", "number", "kind", "place", "date", "title",
    "signer.capacity", "signer.position", "signer.name", "recipients",
)  # fmt: skip


class Key(Model):
    """Which fact is meant: its kind and the text under it.

    `part` is the field of the header, None for every other kind. `quote` is the evidence's quote, empty for a header
    field that was not found. Where one page has several facts of the kind over the same text, `nth` counts them from 1
    and `of` says how many there were. `added` numbers, within its kind, a fact that people added; its text is that of
    whole lines, and `nth` of `of` is which of the page's places with that text.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Kind
    part: str | None = None
    page: Whole | None = None
    quote: str
    nth: Whole = 1
    of: Whole = 1
    added: Whole | None = None


class Correction(Model):
    """One entry of the log; `when` is ISO 8601 in UTC.

    `field`, `before` and `after` belong to ``correct``; ``add`` has all fields of the new fact in `after`.
    """

    key: Key
    action: Action | Literal["add"]
    field: str | None = None
    before: Any = None
    after: Any = None
    who: str
    when: str


class Corrections(Model):
    """The file beside a record; entries in the order in which they were made."""

    schema_: Literal["vanban-corrections/1"] = Field(default=SCHEMA, alias="schema")
    corrections: list[Correction] = Field(default_factory=list)

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    def of(self, key: Key) -> list[Correction]:
        """Return the entries on one fact, undone ones too; their number is what `add` wants as `seen`."""
        return [entry for entry in self.corrections if entry.key == key]


@dataclass(frozen=True)
class Judgement:
    """What people say of one fact; `index` counts from 0 in the record as it was read."""

    index: int
    verdict: Verdict | None = None
    entries: tuple[Correction, ...] = ()


@dataclass(frozen=True)
class Added:
    """A fact as somebody added it; its `index` goes on after those that were read."""

    index: int
    key: Key
    fact: Fact


@dataclass
class Judged:
    """A record with its corrections laid over it.

    `record` holds the corrected facts without the rejected ones, the added ones last; `judgements[kind]` goes with its
    facts one for one. `rejected[kind]` are the others. `header` says for each header field that somebody judged what
    was said. `added[kind]` are the facts that people added, as they did. `stale` are corrections whose text is gone.
    """

    record: Record
    judgements: dict[str, list[Judgement]]
    rejected: dict[str, list[Judgement]] = field(default_factory=dict)
    header: dict[str, Judgement] = field(default_factory=dict)
    added: dict[str, list[Added]] = field(default_factory=dict)
    stale: list[Correction] = field(default_factory=list)
