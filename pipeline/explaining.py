"""How a fact came about: which rule found it, in which words, what was changed in them, what its confidence is made of.

targets/3          the third of the record's targets, counted as they stand in it, from 1
header/number      a field of the header, or header/signer.name
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.records import Evidence, Fact, PageLine, Record

LISTS: Final = (
    "sections", "targets", "results", "references", "responsibilities", "deadlines", "tasks",
)  # fmt: skip
RULES: Final = {
    "label": "a paragraph opens with a label of the document's numbering",
    "label_reread": "a paragraph opens with a label that was spoiled; its siblings tell what it was",
    "number": "a type of document and a number beside it",
    "mention_above": "a document named as the one above, of the only one of its type that was cited",
    "short_mention": "a later, shorter mention of a document that was cited in full",
    "law_name": "a law by its name",
    "named": "a plan or programme with a year, a period or a name of its own",
    "standard": "a standard or technical regulation by its number",
    "date_before": "a date behind 'trước ngày'",
    "date_by": "a date behind 'đến ngày', 'chậm nhất', 'hoàn thành'",
    "date_on": "a date on which the document schedules something",
    "unit_heading": "the heading of a node is a unit",
    "label_line": "a line 'Đơn vị chủ trì: …'",
    "subject": "a unit is the subject of the sentence",
    "bracket": "units in brackets behind what they are to do",
    "order": "a unit behind 'giao', 'yêu cầu', 'đề nghị'",
    "coordination": "units behind 'phối hợp với'",
    "table_row": "a row of a table that assigns work",
    "table_figure": "a figure in a cell of a table",
    "figure_in_goal": "a figure in words that promise",
    "figure_in_report": "a figure in words that report",
    "improvement": "a named index that is to be better, without a figure",
}
"""Rule -> what it goes by."""


def explain(record: Record, name: str) -> list[str]:
    """Return the lines that tell how the named fact of a record came about.

    Raises:
        UsageError: the record has no such fact.
    """
    kind, _, which = name.partition("/")
    if kind == "header":
        return list(_explain_field(record, which))
    if kind not in LISTS or not which.isdigit():
        raise UsageError(f"no such fact: {name}; say for example targets/3 or header/number")
    facts: list[Fact] = getattr(record, kind)
    if not 1 <= int(which) <= len(facts):
        raise UsageError(f"the record has {len(facts)} {kind}: there is no {name}")
    fact = facts[int(which) - 1]
    return [f"{name}: {fact.evidence.quote}", *_rule(fact), *_words(record, fact.evidence), *_doubts(fact.doubts)]


def _explain_field(record: Record, field: str) -> Iterator[str]:
    evidence = record.header.evidence.get(field)
    if evidence is None:
        known = ", ".join(record.header.evidence)
        raise UsageError(f"the header has no field {field!r} that was found; it has: {known}")
    value = record.header.signer if field.startswith("signer.") else record.header
    yield f"header/{field}: {getattr(value, field.removeprefix('signer.'))}"
    yield "rule: its place in the layout of Decree 30/2020/NĐ-CP"
    yield from _words(record, evidence)
    yield from _doubts(record.header.doubts.get(field, []))


def _rule(fact: Fact) -> Iterator[str]:
    yield f"rule: {fact.rule} - {RULES.get(fact.rule or '', 'see pipeline/parsing')}"
    if fact.parts is None:
        yield f"confidence: {fact.confidence}"
        return
    parts = [f"rule {fact.parts.rule}"]
    if fact.parts.reading is not None:
        parts.append(f"words as read {fact.parts.reading}")
    if fact.parts.restoration is not None:
        parts.append(f"words restored {fact.parts.restoration}")
    yield f"confidence: {fact.confidence}, the least of: {', '.join(parts)}"


def _words(record: Record, evidence: Evidence) -> Iterator[str]:
    """The lines that the fact stands on, and beneath each what was read where that differs."""
    page = evidence.page or 1
    lines = next((p.lines for p in record.pages if p.number == page), [])
    first, last = evidence.lines
    for number, line in enumerate(lines[first - 1 : last], start=first):
        yield f"page {page}, line {number}: {line.text}"
        if line.raw != line.text:
            yield f"  read as: {line.raw}"
            yield f"  changed: {', '.join(_edits(line))}"


def _edits(line: PageLine) -> list[str]:
    """The words that differ; whole lines where words were split or joined."""
    read, meant = line.raw.split(), line.text.split()
    if len(read) != len(meant):
        return [f"{line.raw} -> {line.text}"]
    return [f"{a} -> {b}" for a, b in zip(read, meant, strict=True) if a != b]


def _doubts(doubts: list[str]) -> Iterator[str]:
    yield f"doubts: {', '.join(doubts)}" if doubts else "doubts: none"
