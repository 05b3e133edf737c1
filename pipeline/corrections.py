"""What people said of a record's facts: kept beside the record, laid over it wherever its facts are used.

``OUT/a.pdf.json`` is what was read; ``OUT/a.pdf.corrections.json`` is the log of what people accepted, corrected or
rejected in it, and added to it. The log only grows: an undo is an entry as well, so who said what and when is never
lost. A fact is known by the text under it (`Key`), not by its number, so that its corrections survive a second reading
of the document where that text is the same; a correction that finds its text no more is kept, reported as stale, and
not applied. `sayings` has the types of all this, `additions` makes facts that people add.
"""

from __future__ import annotations

import fcntl
import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from pipeline import additions
from pipeline.errors import Conflict, DamagedFile, OutputError, UsageError
from pipeline.records import Evidence, Fact, Header, Record, Target, in_short
from pipeline.sayings import (
    FACT_KINDS,
    HEADER_FIELDS,
    SCHEMA,
    Action,
    Added,
    Correction,
    Corrections,
    Judged,
    Judgement,
    Key,
    Kind,
    Verdict,
)
from pipeline.store import read_json, write_json

__all__ = [
    "FACT_KINDS",
    "HEADER_FIELDS",
    "SCHEMA",
    "SUFFIX",
    "Action",
    "Added",
    "Correction",
    "Corrections",
    "Judged",
    "Judgement",
    "Key",
    "Kind",
    "Verdict",
    "add",
    "add_fact",
    "apply",
    "header_key",
    "header_value",
    "key_of",
    "keys_of",
    "path_beside",
    "read",
    "standing",
    "truth",
    "unjudged",
]

SUFFIX: Final = ".corrections.json"


def path_beside(record_path: Path) -> Path:
    """Return where the corrections of a record stand: ``a.pdf.json`` -> ``a.pdf.corrections.json``."""
    return record_path.with_name(record_path.name.removesuffix(".json") + SUFFIX)


def read(record_path: Path) -> Corrections:
    """Return the corrections beside a record; none where there is no file.

    Raises:
        Unreadable: no permission. DamagedFile: no corrections of this schema.
    """
    path = path_beside(record_path)
    if not path.exists():
        return Corrections()
    value = read_json(path)
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        advice = "A newer vanban may have written it: update vanban."
        raise DamagedFile(f"these are no corrections of the schema {SCHEMA}", path=path, advice=advice)
    try:
        return Corrections.model_validate(value)
    except ValidationError as error:
        raise DamagedFile(
            f"the corrections do not validate: {additions.first_fault(error)}", path=path, advice=""
        ) from None


def add(record_path: Path, record: Record, entry: Correction, *, seen: int) -> Corrections:
    """Write one more entry and return the whole log. `seen` is how many entries on this fact its author had seen.

    Raises:
        Conflict: somebody else has judged the fact since. UsageError: no such fact or field, a value that does not fit,
        nothing to undo. OutputError: the file cannot be written.
    """
    with _locked(record_path.parent):
        log = read(record_path)
        earlier = log.of(entry.key)
        if len(earlier) != seen:
            last = earlier[-1] if earlier else entry
            raise Conflict(f"{last.who} has judged this fact meanwhile ({last.action}, {last.when})", path=record_path)
        log.corrections.append(entry)
        _check(record, log, entry)
        _write(record_path, log)
        return log


def add_fact(
    record_path: Path, record: Record, kind: Kind, evidence: Evidence, fields: dict[str, Any], *, who: str, when: str
) -> Added:
    """Write a fact that the reader missed into the log; it stands on whole lines (`additions.place`).

    Raises:
        UsageError: no such lines, a value that does not fit. OutputError: the file cannot be written.
    """
    with _locked(record_path.parent):
        log = read(record_path)
        page, quote = additions.ground(evidence)
        twins = additions.places(record, page, quote)
        if kind not in FACT_KINDS or evidence not in twins:
            raise UsageError("the record has no such lines", advice="Load the document again.")
        count = 1 + sum(entry.action == "add" and entry.key.kind == kind for entry in log.corrections)
        nth = 1 + twins.index(evidence)
        key = Key(kind=kind, page=page, quote=quote, nth=nth, of=len(twins), added=count)
        fact = additions.build(kind, fields, evidence)
        log.corrections.append(Correction(key=key, action="add", after=fields, who=who, when=when))
        _write(record_path, log)
        return Added(len(getattr(record, kind)) + count - 1, key, fact)


def _write(record_path: Path, log: Corrections) -> None:
    write_json(log.model_dump(mode="json", by_alias=True), path_beside(record_path))


def key_of(record: Record, kind: Kind, index: int) -> Key:
    """Return the key of a fact of the record as it was read; `index` counts from 0."""
    return keys_of(record, kind)[index]


def keys_of(record: Record, kind: Kind) -> list[Key]:
    """Return the keys of all facts of a kind, in their order."""
    grounds = [additions.ground(fact.evidence) for fact in getattr(record, kind)]
    counts, met = Counter(grounds), Counter[tuple[int | None, str]]()
    keys = []
    for page, quote in grounds:
        met[page, quote] += 1
        keys.append(Key(kind=kind, page=page, quote=quote, nth=met[page, quote], of=counts[page, quote]))
    return keys


def header_key(record: Record, part: str) -> Key:
    """Return the key of a header field: one of `HEADER_FIELDS`."""
    evidence = _header_evidence(record.header, part)
    page, quote = additions.ground(evidence) if evidence else (None, "")
    return Key(kind="header", part=part, page=page, quote=quote)


def standing(entries: Sequence[Correction]) -> dict[Key, list[Correction]]:
    """Return what holds of each fact: an undo takes back the last entry that still stood."""
    stands: dict[Key, list[Correction]] = defaultdict(list)
    for entry in entries:
        if entry.action != "undo":
            stands[entry.key].append(entry)
        elif stands[entry.key]:
            stands[entry.key].pop()
    return {key: kept for key, kept in stands.items() if kept}


def apply(record: Record, log: Corrections) -> Judged:
    """Lay corrections over a record, which stays as it is."""
    if not log.corrections:
        untouched = {kind: [Judgement(n) for n in range(len(getattr(record, kind)))] for kind in FACT_KINDS}
        return Judged(record, untouched, {kind: [] for kind in FACT_KINDS})
    judged = Judged(record.model_copy(deep=True), {})
    found: dict[tuple[str, int], list[Correction]] = {}
    places = _places(record)
    for key, entries in standing(log.corrections).items():
        if key.kind == "header":
            _apply_header(judged, record, key, entries)
        elif key.added is not None:
            _apply_added(judged, record, key, entries, found)
        elif (index := _locate(places, key)) is not None:
            found.setdefault((key.kind, index), []).extend(entries)
        else:
            judged.stale += entries
    for kind in FACT_KINDS:
        _apply_kind(judged, kind, found)
    return judged


def unjudged(judged: Judged) -> int:
    """Return how many facts and header fields nobody has judged yet."""
    facts = sum(one.verdict is None for judgements in judged.judgements.values() for one in judgements)
    return facts + sum(part not in judged.header for part in HEADER_FIELDS)


def truth(judged: Judged) -> dict[str, Any]:
    """Return the facts as `make score` reads truth: header and lists by kind, corrected, without the rejected and with
    the added. It is truth only where nothing is left unjudged, and as far as people added what the reader missed."""
    kinds = {"header", *FACT_KINDS}
    return judged.record.model_dump(mode="json", by_alias=True, include=kinds)


def _places(record: Record) -> dict[tuple[str, int | None, str], list[int]]:
    """Return the indices of the facts over each text, by kind, page and quote."""
    places: dict[tuple[str, int | None, str], list[int]] = defaultdict(list)
    for kind in FACT_KINDS:
        for index, fact in enumerate(getattr(record, kind)):
            places[kind, *additions.ground(fact.evidence)].append(index)
    return places


def _locate(places: Mapping[tuple[str, int | None, str], list[int]], key: Key) -> int | None:
    """Return the fact that a key means, None where its text is gone or it can no longer be told from its twins."""
    twins = places.get((key.kind, key.page, key.quote), [])
    if not twins:  # the page may have moved; then only a text that stands once is sure
        twins = [n for (kind, _, quote), ns in places.items() if (kind, quote) == (key.kind, key.quote) for n in ns]
        if len(twins) != 1:
            return None
    return twins[key.nth - 1] if len(twins) == key.of and 1 <= key.nth <= key.of else None


def _apply_kind(judged: Judged, kind: str, found: Mapping[tuple[str, int], list[Correction]]) -> None:
    facts, kept = getattr(judged.record, kind), []
    judgements, rejected = judged.judgements.setdefault(kind, []), judged.rejected.setdefault(kind, [])
    for index, fact in enumerate(facts):
        entries = found.get((kind, index), [])
        judgement = Judgement(index, _verdict(entries), tuple(entries))
        if judgement.verdict == "rejected":
            rejected.append(judgement)
            continue
        judgements.append(judgement)
        kept.append(_corrected(fact, entries))
    for added in sorted(judged.added.get(kind, ()), key=lambda one: one.index):
        entries = found[kind, added.index]
        verdict = _verdict(entries)
        judgement = Judgement(added.index, verdict if verdict == "rejected" else "added", tuple(entries))
        (rejected if verdict == "rejected" else judgements).append(judgement)
        if verdict != "rejected":
            kept.append(_corrected(added.fact, entries))
    facts[:] = kept


def _apply_header(judged: Judged, record: Record, key: Key, entries: list[Correction]) -> None:
    part = key.part or ""
    if part not in HEADER_FIELDS or header_key(record, part).quote != key.quote:
        judged.stale += entries
        return
    verdict = _verdict(entries)
    judged.header[part] = Judgement(HEADER_FIELDS.index(part), verdict, tuple(entries))
    changed = [entry for entry in entries if entry.action == "correct"]
    if verdict == "rejected":
        _set_header(judged.record.header, part, [] if part == "recipients" else None)
    elif changed:
        _set_header(judged.record.header, part, changed[-1].after)


def _apply_added(
    judged: Judged, record: Record, key: Key, entries: list[Correction], found: dict[tuple[str, int], list[Correction]]
) -> None:
    fact = _added_fact(record, key, entries)
    if fact is None:
        judged.stale += entries
    else:
        index = len(getattr(record, key.kind)) + (key.added or 1) - 1
        judged.added.setdefault(key.kind, []).append(Added(index, key, fact))
        found[key.kind, index] = entries


def _verdict(entries: Sequence[Correction]) -> Verdict | None:
    """The last entry decides; an accepted correction is a correction."""
    if not entries:
        return None
    if entries[-1].action == "reject":
        return "rejected"
    return "corrected" if any(entry.action == "correct" for entry in entries) else "accepted"


def _corrected(fact: Fact, entries: Sequence[Correction]) -> Fact:
    """Return the fact with the values that people gave it; a value that no longer fits its type is left alone."""
    changes = {entry.field: entry.after for entry in entries if entry.action == "correct" and entry.field}
    if not changes:
        return fact
    if "units" in changes and "unit_keys" in type(fact).model_fields:
        changes["unit_keys"] = []  # those were of the units that were read
    try:
        corrected = type(fact).model_validate({**fact.model_dump(by_alias=True), **changes})
    except ValidationError:  # the log came from a version whose types allowed it
        return fact
    if isinstance(fact, Target) and isinstance(corrected, Target) and fact.display == _in_short(fact):
        corrected.display = changes.get("display") or _in_short(corrected)
    return corrected


def _in_short(target: Target) -> str:
    """A target as its fields say it; "" of an improvement without a figure, which stands in its own words."""
    if target.comparator is None or target.value is None:
        return ""
    return in_short(target.indicator, target.comparator, target.value, target.unit)


def _check(record: Record, log: Corrections, entry: Correction) -> None:
    """Refuse an entry that says nothing about this record; `log` already holds it."""
    key, earlier = entry.key, log.of(entry.key)[:-1]
    if key.kind == "header":
        fact, known = None, key.part in HEADER_FIELDS and header_key(record, key.part) == key
    else:
        fact = _fact(record, key, standing(earlier).get(key, []))
        known = fact is not None
    if not known:
        raise UsageError("the record has no such fact", advice="Load the document again.")
    if entry.action == "undo":
        if not standing(earlier):
            raise UsageError("there is nothing to undo on this fact", advice="")
    elif entry.action == "correct":
        _check_value(record, fact, entry)


def _fact(record: Record, key: Key, entries: Sequence[Correction]) -> Fact | None:
    """Return the fact that a key means, as it was read or added."""
    if key.added is not None:
        return _added_fact(record, key, entries)
    index = _locate(_places(record), key)
    return None if index is None else getattr(record, key.kind)[index]


def _added_fact(record: Record, key: Key, entries: Sequence[Correction]) -> Fact | None:
    """Return a fact that was added, None where its text is gone, it was taken back, or no longer fits its type."""
    twins = additions.places(record, key.page, key.quote)
    same_page = bool(twins) and twins[0].page == key.page
    if not entries or entries[0].action != "add" or len(twins) != (key.of if same_page else 1):
        return None
    try:
        return additions.build(key.kind, entries[0].after, twins[key.nth - 1 if same_page else 0])
    except (UsageError, AttributeError, IndexError):  # the log came from another version, or from another hand
        return None


def _check_value(record: Record, fact: Fact | None, entry: Correction) -> None:
    key, name = entry.key, entry.field or ""
    if (key.part or name) in additions.DATES:
        additions.check_date(entry.after)
    try:
        if fact is None:
            _set_header(record.header.model_copy(deep=True), key.part or "", entry.after)
            return
        if name not in type(fact).model_fields or name in additions.NOT_TYPED:
            raise UsageError(f"{key.kind} have no field to correct named {name!r}", advice="")
        type(fact).model_validate({**fact.model_dump(by_alias=True), name: entry.after})
    except ValidationError as error:
        raise UsageError(f"this value does not fit: {additions.first_fault(error)}", advice="") from None


def _set_header(header: Header, part: str, value: Any) -> None:
    owner, name = (header.signer, part.removeprefix("signer.")) if part.startswith("signer.") else (header, part)
    setattr(owner, name, value)


def header_value(header: Header, part: str) -> Any:
    """Return the value of a header field by its name in `HEADER_FIELDS`."""
    owner = header.signer if part.startswith("signer.") else header
    return getattr(owner, part.removeprefix("signer."))


def _header_evidence(header: Header, part: str) -> Evidence | None:
    return header.evidence.get(part) or header.evidence.get(part.split(".")[0])


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the only right to write corrections in a folder; the lock falls with the process that holds it."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise OutputError(f"cannot be opened ({(error.strerror or str(error)).lower()})", path=folder) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
