"""Facts as a person checks them: one card a fact and a header field, with its place, its doubts and what was said."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from pipeline import corrections
from pipeline.additions import NOT_TYPED
from pipeline.corrections import HEADER_FIELDS, Correction, Judgement, Key, Kind, Verdict
from pipeline.records import Evidence, Fact
from pipeline.review.shelf import Opened

Order = Literal["doubt", "page"]
Show = Literal["all", "doubtful", "open"]

KIND_ORDER: Final = (
    "header", "targets", "results", "deadlines", "responsibilities", "tasks", "references", "sections",
)  # fmt: skip


@dataclass(frozen=True)
class Card:
    """A fact on the page. `values` are its fields as corrected, `read` as they were read; both hold the same names.

    `id` is the kind and the index in the record (``targets-3``) or the header's field (``header-signer.name``).
    `seen` is how many entries people had made on it: who says something of it says that these were seen.
    """

    id: str
    key: Key
    values: dict[str, Any]
    read: dict[str, Any]
    evidence: Evidence | None
    doubts: tuple[str, ...]
    confidence: float | None
    rule: str | None
    verdict: Verdict | None
    entries: tuple[Correction, ...]
    seen: int

    @property
    def kind(self) -> str:
        """The kind of fact."""
        return self.key.kind

    @property
    def ground(self) -> str:
        """A short sign of the text under the fact: another one means that the document was read again."""
        return hashlib.sha256(self.key.model_dump_json().encode()).hexdigest()[:16]

    @property
    def changed(self) -> frozenset[str]:
        """The names of the fields that people gave another value."""
        return frozenset(name for name, value in self.values.items() if value != self.read[name])


def all_cards(opened: Opened) -> list[Card]:
    """Return the cards of a document in the order of the page: header first, then by kind as they were read."""
    logged: dict[Key, list[Correction]] = {}
    for entry in opened.log.corrections:
        logged.setdefault(entry.key, []).append(entry)
    cards = [_header_card(opened, part, logged) for part in HEADER_FIELDS]
    for kind in get_args(Kind)[1:]:
        cards += _kind_cards(opened, kind, logged)
    return cards


def find_card(opened: Opened, card_id: str) -> Card | None:
    """Return the card of that id, None where the document has none."""
    return next((card for card in all_cards(opened) if card.id == card_id), None)


def arrange(cards: Sequence[Card], *, kind: str | None, show: Show, order: Order) -> list[Card]:
    """Return the cards asked for, in the order asked for; header fields that were not found only where all are."""
    chosen = [card for card in cards if _wanted(card, kind, show)]
    return sorted(chosen, key=_doubt_first if order == "doubt" else _by_place)


def _wanted(card: Card, kind: str | None, show: Show) -> bool:
    if kind is not None and card.kind != kind:
        return False
    if show == "doubtful":
        return bool(card.doubts)
    return show == "all" or card.verdict is None


def _doubt_first(card: Card) -> tuple[Any, ...]:
    sureness = card.confidence if card.confidence is not None else 1.0
    return (0, sureness, *_by_place(card)) if card.doubts else (1, 0.0, *_by_place(card))


def _by_place(card: Card) -> tuple[Any, ...]:
    place = card.evidence
    here = (0, place.page or 0, place.span[0]) if place else (1, 0, 0)
    return (0 if card.kind == "header" else 1, *here, KIND_ORDER.index(card.kind))


def _header_card(opened: Opened, part: str, logged: dict[Key, list[Correction]]) -> Card:
    record, judged = opened.record, opened.judged
    key = corrections.header_key(record, part)
    judgement = judged.header.get(part, Judgement(0))
    corrected = judged.record.header if judgement.verdict == "corrected" else record.header
    doubts = record.header.doubts.get(part) or record.header.doubts.get(part.removeprefix("signer."), [])
    return Card(
        id=f"header-{part}",
        key=key,
        values={part: corrections.header_value(corrected, part)},
        read={part: corrections.header_value(record.header, part)},
        evidence=record.header.evidence.get(part) or record.header.evidence.get(part.split(".")[0]),
        doubts=tuple(doubts),
        confidence=None,
        rule=None,
        verdict=judgement.verdict,
        entries=judgement.entries,
        seen=len(logged.get(key, [])),
    )


def _kind_cards(opened: Opened, kind: Kind, logged: dict[Key, list[Correction]]) -> Iterator[Card]:
    judged = opened.judged
    keys = corrections.keys_of(opened.record, kind)
    facts = [(n, keys[n], fact) for n, fact in enumerate(getattr(opened.record, kind))]
    facts += [(one.index, one.key, one.fact) for one in judged.added.get(kind, ())]
    found: dict[int, tuple[Judgement, Fact | None]] = {
        judgement.index: (judgement, fact)
        for judgement, fact in zip(judged.judgements[kind], getattr(judged.record, kind), strict=True)
    }
    found.update((judgement.index, (judgement, None)) for judgement in judged.rejected.get(kind, []))
    for index, key, fact in facts:
        judgement, corrected = found[index]
        yield Card(
            id=f"{kind}-{index}",
            key=key,
            values=_fields(corrected or fact),
            read=_fields(fact),
            evidence=fact.evidence,
            doubts=tuple(fact.doubts),
            confidence=fact.confidence,
            rule=fact.rule,
            verdict=judgement.verdict,
            entries=judgement.entries,
            seen=len(logged.get(key, [])),
        )


def _fields(fact: Fact) -> dict[str, Any]:
    return {name: getattr(fact, name) for name in type(fact).model_fields if name not in NOT_TYPED}
