"""A fact in one line, and the values of its fields, as a person reads them in either language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from pipeline.records import Due
from pipeline.review.cards import Card
from pipeline.review.forms import DATE_FIELDS
from pipeline.review.phrases import Phrases

SIGNS: Final = ("%", "‰")
CODED_FIELDS: Final = frozenset({"direction", "comparator", "role", "relation"})
Values = Mapping[str, Any]


def headline(card: Card, phrases: Phrases) -> str:
    """Return what a card says, empty for a header field that was not found."""
    if card.kind == "header":
        name, value = next(iter(card.values.items()))
        return written(name, value, phrases)
    return _HEADLINES[card.kind](card.values, phrases)


def written(name: str, value: Any, phrases: Phrases) -> str:
    """Return a field's value for reading, empty where the page does not say."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(str(item) for item in value)
    if isinstance(value, Due):
        return _due(value, phrases)
    if isinstance(value, dict):  # a task's due, as it stands in the log
        return str(value.get("text", ""))
    if isinstance(value, bool) or not isinstance(value, int | float):
        text = str(value)
        if name in CODED_FIELDS:
            return phrases.word("value", text)
        return phrases.day(text) if name in DATE_FIELDS else text
    return phrases.number(value)


def _due(due: Due, phrases: Phrases) -> str:
    days = [phrases.day(day) for day in dict.fromkeys((due.from_, due.to)) if day]
    return f"{due.text} ({' – '.join(days)})" if days else due.text


def _target(values: Values, phrases: Phrases) -> str:
    direction, comparator = values["direction"], values["comparator"]
    words = [values["indicator"]]
    if direction != "reach":
        words.append(phrases.word("value", direction))
    if values["value"] is not None:
        words.append(phrases.word("value", comparator) if comparator else "")
        words.append(_figure(phrases.number(values["value"]), values["unit"]))
    return _joined(*words)


def _result(values: Values, phrases: Phrases) -> str:
    figure = phrases.number(values["value"])
    if values["max"] is not None:
        figure = f"{figure}/{phrases.number(values['max'])}"
    change = "" if values["direction"] == "level" else phrases.word("value", values["direction"])
    return _joined(f"{values['indicator']}:", change, _figure(figure, values["unit"]))


def _figure(number: str, unit: str | None) -> str:
    """Write a number with its unit; a sign stands close to it, as it is printed."""
    return f"{number}{unit}" if unit in SIGNS else _joined(number, unit or "")


def _reference(values: Values, phrases: Phrases) -> str:
    day = f"({phrases.day(values['date'])})" if values["date"] else ""
    return _joined(values["kind"], values["number"] or "", day, values["title"] or "")


def _responsibility(values: Values, phrases: Phrases) -> str:
    units = "; ".join(values["units"])
    return _joined(units, phrases.word("value", values["role"]) + ":", values["task"])


def _deadline(values: Values, phrases: Phrases) -> str:
    return _joined(phrases.word("value", values["relation"]), phrases.day(values["due"]) + ":", values["task"])


def _task(values: Values, phrases: Phrases) -> str:
    return _joined(values["task"], f"· {_due(values['due'], phrases)}" if values["due"] is not None else "")


def _section(values: Values, phrases: Phrases) -> str:
    return _joined(values["label"], values["heading"] or values["text"])


def _joined(*words: str) -> str:
    return " ".join(word for word in words if word)


_HEADLINES: Final[Mapping[str, Callable[[Values, Phrases], str]]] = {
    "targets": _target,
    "results": _result,
    "references": _reference,
    "responsibilities": _responsibility,
    "deadlines": _deadline,
    "tasks": _task,
    "sections": _section,
}
