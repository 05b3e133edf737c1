"""When an extracted fact is right: the rules of the specification's scorer, stated as one function a kind.

A fact counts when its defining fields agree and it stands in the same place: the same section, or half of the words
of the truth's quote. Text is compared without case, outer punctuation and runs of white space.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

Fact = Mapping[str, Any]

OUTER = " \t\n.,;:-–•\"'()"
SAME_SIGN = str.maketrans(dict.fromkeys("–—−", "-") | dict.fromkeys("“”„«»", '"'))
WORD = re.compile(r"\w+")
HEADER_FIELDS = ("authority", "issuer", "number", "kind", "place", "date", "title")
SIGNER_FIELDS = ("capacity", "position", "name")


@dataclass
class Tally:
    """Facts of one kind: how many are right, stand in the truth, were found; the ones missed or too many; and all that
    were measured (none for the header and for fields of tasks)."""

    hits: int = 0
    truth: int = 0
    found: int = 0
    misses: list[Fact] = field(default_factory=list)
    extras: list[Fact] = field(default_factory=list)
    considered: list[Fact] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of the found that is right; 1 where nothing was found."""
        return self.hits / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the truth that was found; 1 where there is none."""
        return self.hits / self.truth if self.truth else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def add(self, other: Tally) -> None:
        """Add another document's counts."""
        self.hits += other.hits
        self.truth += other.truth
        self.found += other.found
        self.misses += other.misses
        self.extras += other.extras
        self.considered += other.considered


def plain(value: object) -> str:
    """Return a value as text for comparing; None is empty."""
    text = unicodedata.normalize("NFC", "" if value is None else str(value)).translate(SAME_SIGN)
    return " ".join(text.split()).strip(OUTER).casefold()


def _tight(value: object) -> str:
    return "".join(plain(value).split())


def _bag(value: object) -> Counter[str]:
    return Counter(WORD.findall(plain(value)))


def shared_words(one: object, other: object) -> float:
    """Return the F1 of two bags of words, 0 to 1; two empty ones are alike."""
    a, b = _bag(one), _bag(other)
    size = a.total() + b.total()
    return 2 * (a & b).total() / size if size else 1.0


def likeness(one: object, other: object) -> float:
    """Return how alike two strings are in their order of characters, 0 to 1."""
    return SequenceMatcher(None, plain(one), plain(other), autojunk=False).ratio()


def _quote(fact: Fact) -> str:
    evidence = fact.get("evidence") or {}
    return evidence.get("quote") or fact.get("quote") or ""


def _same_place(truth: Fact, found: Fact) -> bool:
    if truth.get("section") and truth.get("section") == found.get("section"):
        return True
    wanted = _bag(_quote(truth))
    return bool(wanted) and (wanted & _bag(_quote(found))).total() >= 0.5 * wanted.total()


def _number(value: object) -> float | None:
    try:
        return round(float(str(value)), 4)
    except ValueError:
        return None


def _same_quantity(truth: Fact, found: Fact) -> bool:
    return (
        truth.get("direction") == found.get("direction")
        and _number(truth.get("value")) == _number(found.get("value"))
        and plain(truth.get("unit")) == plain(found.get("unit"))
        and shared_words(truth.get("indicator"), found.get("indicator")) >= 0.5
        and _same_place(truth, found)
    )


def same_section(truth: Fact, found: Fact) -> bool:
    """The same id, and headings alike."""
    return truth.get("id") == found.get("id") and likeness(truth.get("heading"), found.get("heading")) >= 0.8


def same_target(truth: Fact, found: Fact) -> bool:
    """The same quantity of the same indicator, with the same comparator, in the same place."""
    return (truth.get("comparator") or None) == (found.get("comparator") or None) and _same_quantity(truth, found)


def same_reference(truth: Fact, found: Fact) -> bool:
    """The same kind, date and number; without a number, titles alike."""
    if plain(truth.get("kind")) != plain(found.get("kind")):
        return False
    if (truth.get("date") or None) != (found.get("date") or None):
        return False
    if truth.get("number") or found.get("number"):
        return _tight(truth.get("number")) == _tight(found.get("number"))
    return shared_words(truth.get("title"), found.get("title")) >= 0.6


def same_responsibility(truth: Fact, found: Fact) -> bool:
    """The same role of the same units in the same place."""
    units = shared_words(" ".join(truth.get("units") or []), " ".join(found.get("units") or []))
    return truth.get("role") == found.get("role") and units >= 0.7 and _same_place(truth, found)


def same_deadline(truth: Fact, found: Fact) -> bool:
    """The same day and relation in the same place."""
    fields = ("due", "relation")
    return all(truth.get(name) == found.get(name) for name in fields) and _same_place(truth, found)


def same_task(truth: Fact, found: Fact) -> bool:
    """The same work with the same units, due time and product. Not part of the specification's scorer."""
    return all(right(truth, found) for right in TASK_FIELDS.values())


def same_row(truth: Fact, found: Fact) -> bool:
    """The same row of work, whatever else it says: its field by field score is taken from here."""
    return shared_words(truth.get("task"), found.get("task")) >= 0.7


def _units_alike(role: str) -> Callable[[Fact, Fact], bool]:
    def alike(truth: Fact, found: Fact) -> bool:
        return [plain(unit) for unit in truth.get(role) or []] == [plain(unit) for unit in found.get(role) or []]

    return alike


def _due_alike(truth: Fact, found: Fact) -> bool:
    due, found_due = truth.get("due") or {}, found.get("due") or {}
    bounds = all((due.get(bound) or None) == (found_due.get(bound) or None) for bound in ("from", "to"))
    return bounds and likeness(due.get("text"), found_due.get("text")) >= 0.9


TASK_FIELDS: dict[str, Callable[[Fact, Fact], bool]] = {
    "task": lambda truth, found: shared_words(truth.get("task"), found.get("task")) >= 0.9,
    "lead": _units_alike("lead"),
    "coordinate": _units_alike("coordinate"),
    "due": _due_alike,
    "product": lambda truth, found: likeness(truth.get("product"), found.get("product")) >= 0.9,
}
"""When a field of a task is right: units one by one and in order, both bounds, words all but alike."""


RULES: dict[str, Callable[[Fact, Fact], bool]] = {
    "sections": same_section,
    "targets": same_target,
    "results": _same_quantity,
    "references": same_reference,
    "responsibilities": same_responsibility,
    "deadlines": same_deadline,
}
KINDS = ("header", *RULES)


def tally(truth: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, Tally]:
    """Return for each kind of fact how the record does against the truth; each found fact serves once.

    What stands in tables is counted only where the truth has ``tasks``, and so knows of tables. Responsibilities and
    deadlines with a `table` tell tasks again, and are counted as tasks.
    """
    record = {kind: _without_tables(kind, facts, "tasks" in truth) for kind, facts in record.items()}
    tallies = {"header": _tally_header(truth.get("header") or {}, record.get("header") or {})}
    for kind, rule in RULES.items():
        tallies[kind] = _tally_facts(truth.get(kind) or [], record.get(kind) or [], rule)
    if "tasks" in truth:
        tallies["tasks"] = _tally_facts(truth["tasks"], record.get("tasks") or [], same_task)
        for name, right in TASK_FIELDS.items():
            tallies[f"tasks.{name}"] = _tally_field(truth["tasks"], record.get("tasks") or [], name, right)
    return tallies


def _without_tables(kind: str, facts: Any, tables_known: bool) -> Any:
    again = kind in ("responsibilities", "deadlines") or (kind in ("targets", "results") and not tables_known)
    return [fact for fact in facts if not fact.get("table")] if again else facts


def _tally_field(truth: list[Fact], found: list[Fact], name: str, right: Callable[[Fact, Fact], bool]) -> Tally:
    """Count one field over tasks: a task's counterpart is the row of the same number, else one of the same work."""
    left = list(found)
    result = Tally(found=sum(bool(fact.get(name)) for fact in found))
    for fact in truth:
        alike = [other for other in left if same_row(fact, other)]
        mate = next((other for other in alike if other.get("row") == fact.get("row")), alike[0] if alike else None)
        if mate is not None:
            left = [other for other in left if other is not mate]
        result.truth += bool(fact.get(name))
        if fact.get(name) and mate is not None and right(fact, mate):
            result.hits += 1
        elif fact.get(name):
            result.misses.append(fact)
    return result


def _tally_facts(truth: list[Fact], found: list[Fact], rule: Callable[[Fact, Fact], bool]) -> Tally:
    left = list(found)
    result = Tally(truth=len(truth), found=len(found), considered=list(found))
    for fact in truth:
        place = next((index for index, candidate in enumerate(left) if rule(fact, candidate)), None)
        if place is None:
            result.misses.append(fact)
        else:
            del left[place]
            result.hits += 1
    result.extras = left
    return result


def _tally_header(truth: Fact, found: Fact) -> Tally:
    """A field that both leave empty is not counted; *nơi nhận* counts item by item."""
    result = Tally()
    for name, wanted, got, right in [*_fields(truth, found), *_recipients(truth, found)]:
        result.hits += right
        result.truth += bool(plain(wanted))
        result.found += bool(plain(got))
        if not right:
            result.misses.append({"field": name, "truth": wanted, "found": got})
    return result


def _fields(truth: Fact, found: Fact) -> Iterator[tuple[str, object, object, bool]]:
    pairs = [(name, truth.get(name), found.get(name)) for name in HEADER_FIELDS]
    signer, found_signer = truth.get("signer") or {}, found.get("signer") or {}
    pairs += [(f"signer.{name}", signer.get(name), found_signer.get(name)) for name in SIGNER_FIELDS]
    for name, wanted, got in pairs:
        if not plain(wanted) and not plain(got):
            continue
        exact = name in ("number", "date")
        alike = _tight(wanted) == _tight(got) if exact else likeness(wanted, got) >= 0.92
        yield name, wanted, got, alike and bool(plain(wanted)) == bool(plain(got))


def _recipients(truth: Fact, found: Fact) -> Iterator[tuple[str, object, object, bool]]:
    left = list(found.get("recipients") or [])
    for wanted in truth.get("recipients") or []:
        best = max(left, key=lambda item: likeness(wanted, item), default=None)
        right = best is not None and likeness(wanted, best) >= 0.85
        if right:
            left.remove(best)
        yield "recipients", wanted, best if right else None, right
    for extra in left:
        yield "recipients", None, extra, False
