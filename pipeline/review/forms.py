"""A fact as a form: which input each field gets, and what a person typed turned back into the field's type.

Nothing is guessed about numbers: a figure that can be read in two ways is handed back with the question.
"""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, Union, get_args, get_origin

from pipeline import additions
from pipeline.records import Due
from pipeline.review.cards import Card
from pipeline.review.phrases import Phrases

InputKind = Literal["line", "text", "list", "number", "date", "choice"]
DATE_FIELDS: Final = frozenset({"date", "due", "due.from", "due.to"})
LONG_FIELDS: Final = frozenset({"title", "text", "task", "indicator", "heading", "display"})
DUE_PARTS: Final = ("text", "from", "to")


@dataclass(frozen=True)
class Input:
    """One input of a form: `name` is the field's, or ``due.from`` where a field has parts."""

    name: str
    kind: InputKind
    value: str
    choices: tuple[str, ...] = ()
    needed: bool = False


class Misfit(Exception):
    """A typed value that does not fit its field; `reason` is a phrase of the group ``error``."""

    def __init__(self, field: str, reason: str, text: str = "") -> None:
        super().__init__(field, reason, text)
        self.field, self.reason, self.text = field, reason, text


def inputs_of(card: Card, phrases: Phrases) -> list[Input]:
    """Return the inputs of a card's form, filled with its values as corrected."""
    inputs = []
    for name, value in card.values.items():
        annotation = _annotation(card, name)
        if Due in _options(annotation):
            parts = value.model_dump(by_alias=True) if value is not None else dict.fromkeys(DUE_PARTS)
            inputs += [_input(f"{name}.{part}", str | None, parts[part], phrases) for part in DUE_PARTS]
        else:
            inputs.append(_input(name, annotation, value, phrases))
    return inputs


def changes(card: Card, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields that were given another value than they have, as JSON values; those left out stay.

    Raises:
        Misfit: something typed does not fit its field.
    """
    found = {}
    for name, before in card.values.items():
        annotation = _annotation(card, name)
        if Due in _options(annotation):
            if f"{name}.text" not in typed:
                continue
            after: Any = _due(name, typed)
            before = before.model_dump(by_alias=True) if before is not None else None
        elif name in typed:
            after = _value(name, annotation, typed[name])
        else:
            continue
        if after != before:
            found[name] = after
    return found


def whole(text: str) -> int:
    """Return a whole number from 0 up as typed, 0 where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _annotation(card: Card, name: str) -> Any:
    if card.kind == "header":
        return list[str] if name == "recipients" else str | None
    return additions.fact_type(card.kind).model_fields[name].annotation


def _options(annotation: Any) -> tuple[Any, ...]:
    """Return what a union is of; other types are a union of one."""
    return get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else (annotation,)


def _choices(annotation: Any) -> tuple[str, ...]:
    return next((get_args(one) for one in _options(annotation) if get_origin(one) is Literal), ())


def _input(name: str, annotation: Any, value: Any, phrases: Phrases) -> Input:
    needed = type(None) not in _options(annotation) and get_origin(annotation) is not list
    if choices := _choices(annotation):
        return Input(name, "choice", value or "", choices if needed else ("", *choices), needed)
    if get_origin(annotation) is list:
        return Input(name, "list", "\n".join(value))
    if float in _options(annotation) or int in _options(annotation):
        return Input(name, "number", "" if value is None else _plain(value, phrases), needed=needed)
    if name in DATE_FIELDS:
        return Input(name, "date", phrases.day(value or ""), needed=needed)
    return Input(name, "text" if name in LONG_FIELDS else "line", value or "", needed=needed)


def _plain(value: float | int, phrases: Phrases) -> str:
    """Write a number without groups of thousands, so that it reads back as itself."""
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    if re.search(r"(?<![-.\d])[1-9]\d*\.\d{3}$", text):  # 1.234 would be asked about: 1.2340 is clear
        text += "0"
    return text.replace(".", ",") if phrases.language == "vi" else text


def _value(name: str, annotation: Any, text: str) -> Any:
    text = text.replace("\r\n", "\n").strip()
    options = _options(annotation)
    if get_origin(annotation) is list:
        return [line.strip() for line in text.split("\n") if line.strip()]
    if not text:
        if type(None) in options:
            return None
        raise Misfit(name, "needed")
    if choices := _choices(annotation):
        if text not in choices:
            raise Misfit(name, "unfit")
        return text
    if float in options or int in options:
        return _number(name, text)
    return _day(name, text) if name in DATE_FIELDS else text


def _number(name: str, text: str) -> float | int:
    if not re.fullmatch(r"-?[0-9]{1,18}(?:[.,][0-9]{1,18})?", text):  # 15 digits from 0.0001 on: `_plain`
        raise Misfit(name, "number")
    if re.fullmatch(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}", text):
        raise Misfit(name, "ambiguous", text)
    return float(text.replace(",", ".")) if re.search(r"[.,]", text) else int(text)


def _day(name: str, text: str) -> str:
    """Return a day as ISO; a year alone stays, since some documents are known by no more."""
    if name == "date" and re.fullmatch(r"[12][0-9]{3}", text):
        return text
    if match := re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", text):
        day, month, year = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"([0-9]{4})-([0-9][0-9])-([0-9][0-9])", text):
        year, month, day = (int(part) for part in match.groups())
    else:
        raise Misfit(name, "date")
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise Misfit(name, "date") from None


def _due(name: str, typed: Mapping[str, str]) -> dict[str, Any] | None:
    values = {part: _value(f"{name}.{part}", str | None, typed.get(f"{name}.{part}", "")) for part in DUE_PARTS}
    if not any(values.values()):
        return None
    return {**values, "text": values["text"] or ""}
