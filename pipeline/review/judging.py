"""What a person says of a fact becomes entries of the log, if they saw what others had said before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any

from pipeline import corrections
from pipeline.corrections import Action, Correction
from pipeline.errors import Conflict, UsageError
from pipeline.review import forms
from pipeline.review.cards import Card, find_card
from pipeline.review.shelf import Opened


class Reread(UsageError):
    """The text under the fact is another than the person saw."""

    code = "reread"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True)
class Saying:
    """What a person says of a fact: which one, as they saw it (`ground`, `seen`: see Card), what, and when.

    All entries that one saying makes have its time: so an undo knows how many to take back.
    """

    card_id: str
    ground: str
    seen: int
    action: Action
    who: str
    when: str = field(default_factory=lambda: _now())


def judge(opened: Opened, saying: Saying, typed: Mapping[str, str] | None = None) -> int:
    """Write what was said; return how many entries that made. A correction makes one for each changed field.

    An undo takes back what was said last, all fields of it.

    Raises:
        Reread: the document was read again. Conflict: somebody else said something meanwhile.
        Misfit: a typed value does not fit. UsageError, OutputError: see `corrections.add`.
    """
    card = _card_as_seen(opened, saying)
    if saying.action != "correct":
        count = _fields_said_last(card) if saying.action == "undo" else 1
        for number in range(count):
            _write(opened, card, saying, saying.seen + number)
        return count
    found = forms.changes(card, typed or {})
    if found and card.seen != saying.seen:
        raise Conflict("somebody else has judged this fact meanwhile", path=opened.path)
    for number, (name, after) in enumerate(found.items()):
        _write(opened, card, saying, saying.seen + number, name, after)
    return len(found)


def correct_field(opened: Opened, saying: Saying, field: str, after: Any) -> None:
    """Write the correction of one field by its JSON value; raises as `judge` does."""
    _write(opened, _card_as_seen(opened, saying), saying, saying.seen, field, after)


def _card_as_seen(opened: Opened, saying: Saying) -> Card:
    card = find_card(opened, saying.card_id)
    if card is None or card.ground != saying.ground:
        raise Reread("the document was read again", path=opened.path, advice="Load it again.")
    return card


def _fields_said_last(card: Card) -> int:
    """Return how many entries the last saying made: one but for a correction of several fields."""
    same = takewhile(lambda entry: _saying(entry) == _saying(card.entries[-1]), reversed(card.entries))
    return max(1, sum(1 for _ in same))


def _saying(entry: Correction) -> tuple[str, str, str]:
    return entry.who, entry.when, entry.action


def _write(opened: Opened, card: Card, saying: Saying, seen: int, field: str | None = None, after: Any = None) -> None:
    name = card.key.part if card.kind == "header" else field
    entry = Correction(
        key=card.key,
        action=saying.action,
        field=None if card.kind == "header" else field,
        before=_json(card.values.get(name or "")) if saying.action == "correct" else None,
        after=after,
        who=saying.who,
        when=saying.when,
    )
    corrections.add(opened.path, opened.record, entry, seen=seen)


def _json(value: Any) -> Any:
    return value.model_dump(by_alias=True) if hasattr(value, "model_dump") else value
