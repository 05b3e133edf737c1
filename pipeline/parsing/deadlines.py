"""Deadlines (*thời hạn*): a date by which something is due, or on which the document schedules something."""

from __future__ import annotations

from typing import Final, Literal

import regex
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.parsing.header import iso_date
from pipeline.parsing.patterns import SECONDS
from pipeline.parsing.reading import Block, Node, Reading
from pipeline.parsing.sentences import sentences_of
from pipeline.parsing.units import subject_of
from pipeline.records import Deadline

Relation = Literal["before", "by", "on"]

_CLOCK: Final = r"(?:(?:lúc |vào )?(?:\d{1,2}\s?(?:giờ|h|g)\s?(?:\d{1,2}(?:\s?phút)?)?|\d{1,2}:\d{2})\s*,?\s*)?"
_DAY: Final = (
    r"(?P<day>\d{1,2})\s*(?:[/.\-]|tháng)\s*(?P<month>\d{1,2})(?:\s*(?:[/.\-]|năm)\s*(?P<year>\d{4}))?(?![\d/])"
)
_WEEKDAY: Final = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)?\s*,?\s*\(?"
_DUE: Final = regex.compile(
    rf"(?<!\p{{L}})(?:(?P<before>(?:xong |hoàn thành )?trước(?: thời điểm)?)|(?P<by>chậm nhất(?: là)?(?: đến)?(?: hết)?(?: vào)?|muộn nhất(?: là)?(?: vào)?|đến hết|trước và đến|hết|hạn cuối(?: cùng)?(?: là)?(?: đến)?|"
    rf"thời hạn(?: là| đến| hoàn thành)?|hạn chót(?: là)?|hoàn thành(?: xong)?(?: vào| đến| trong)?|xong(?: vào)?|đến))\s*:?\s*{_CLOCK}(?:vào )?(?P<word>ngày)?\s*{_WEEKDAY}{_DAY}"
)
_ON: Final = regex.compile(
    rf"{_CLOCK}(?:từ |vào |tối |sáng |chiều |bắt đầu từ |khai mạc )?(?:{_CLOCK})(?P<word>ngày)\s+{_WEEKDAY}{_DAY}"
)
_TIME_LABEL: Final = regex.compile(
    r"(?:dự kiến\s+)?(?:thời gian|thời điểm|ngày|lịch|khai mạc|bế mạc|tổ chức)[^:.;]{0,60}:\s*"
)
_RECURRING: Final = regex.compile(r"(?:hằng|hàng|mỗi) (?:năm|tháng|quý|tuần)|định kỳ|của (?:tháng|quý|năm)")
_STATUS: Final = regex.compile(
    r"(?:tính|số liệu|lũy kế|kể|có hiệu lực|áp dụng|sinh|ký|ban hành|dư nợ|hiệu lực thi hành)(?:\s+\p{L}+){0,3}\s*$"
)
_FROM: Final = regex.compile(r"từ\s+(?:ngày\s+)?\d{1,2}(?:[/.]\d{1,2}(?:[/.]\d{4})?)?\s*$")


@Language.component("vanban_deadlines")
def deadlines(doc: Doc) -> Doc:
    """Fill in ``facts.deadlines``."""
    reading: Reading = doc._.reading
    taken = sorted(reading.taken)
    for block in reading.blocks:
        if block.paragraph.zone == "table" or (block.part == "preamble" and _is_basis(reading, block)):
            continue
        for start, end in sentences_of(reading.view, block.words, block.paragraph.end):
            _read_sentence(reading, block, start, end, taken)
    return doc


def _is_basis(reading: Reading, block: Block) -> bool:
    return reading.view.folded[block.paragraph.start : block.paragraph.start + 10].startswith(
        ("can cu", "xet", "theo de")
    )


def _read_sentence(reading: Reading, block: Block, start: int, end: int, taken: list[tuple[int, int]]) -> None:
    low = reading.view.low
    due_at = -1
    for match in _DUE.finditer(low, start, end, timeout=SECONDS):
        if _in_taken(taken, match.start("day")):
            continue
        if not _is_due(low, start, end, match, block):
            continue
        relation: Relation = "before" if match["before"] else "by"
        if relation == "by" and low[max(start, match.start() - 16) : match.start()].rstrip().endswith("trước"):
            relation = "before"
        due_at = match.end()
        _add(reading, block, match, relation, (start, end))
    if due_at < 0:
        _read_scheduled(reading, block, start, end, taken)


def _in_taken(taken: list[tuple[int, int]], at: int) -> bool:
    return any(a <= at < b for a, b in taken)


def _is_due(low: str, start: int, end: int, match: regex.Match[str], block: Block) -> bool:
    before = low[max(start, match.start() - 40) : match.start()]
    if (
        not match["year"]
        and not match["word"]
        and not (match["before"] or (match["by"] or "").startswith(("chậm", "muộn", "hạn")))
    ):
        return False
    if _STATUS.search(before.rstrip(), timeout=SECONDS) or before.rstrip().endswith(("tính", "từ")):
        return False
    if match["by"] in ("đến", "hết", "đến hết"):
        if block.mood == "result" or _FROM.search(before, timeout=SECONDS) or "từ ngày" in before[-30:]:
            return False
        if not match["word"]:
            return False
    if match["year"] is None and _RECURRING.search(
        low[max(start, match.start() - 60) : min(end, match.end() + 30)], timeout=SECONDS
    ):
        return False
    return not (match["year"] is None and _RECURRING.search(low[start:end], timeout=SECONDS))


def _read_scheduled(reading: Reading, block: Block, start: int, end: int, taken: list[tuple[int, int]]) -> None:
    """ "Ngày 16/11/2025: Họp đoàn", "Thời gian: từ ngày 3/4 đến ngày 5/4/2025"."""
    low = reading.view.low
    if block.mood == "result":
        return
    label = _TIME_LABEL.match(low, start, end, timeout=SECONDS)
    at = label.end() if label else start
    match = _ON.match(low, at, end, timeout=SECONDS)
    if (
        match is None
        and block.node is not None
        and block.labelled
        and "thời gian" in (block.node.heading or "").lower()
    ):
        match = _ON.match(low, start, end, timeout=SECONDS)
    if match is None or _in_taken(taken, match.start("day")):
        return
    behind = low[match.end() : match.end() + 3].lstrip()
    if label is None and not behind.startswith((":", ",", "-", "–", "(", "đến")):
        return
    _add(reading, block, match, "on", (start, end))


def _add(
    reading: Reading, block: Block, match: regex.Match[str], relation: Relation, sentence: tuple[int, int]
) -> None:
    year, doubts = match["year"], ()
    if year is None:
        following = regex.compile(r"(?:/|năm |\.)(?P<year>20\d\d)").search(
            reading.view.low, match.end(), min(sentence[1], match.end() + 30), timeout=SECONDS
        )
        year = following["year"] if following else (reading.facts.header.date or "")[:4] or reading.year()
        if not following:
            doubts = ("year_not_printed",)  # type: ignore[assignment]
    due = iso_date(match["day"], match["month"], year or "")
    if due is None:
        if match["year"]:
            page = reading.evidence(match.start(), match.end()).page
            reading.warn("impossible_date", f"no such day: {reading.text(match.start(), match.end())}", page)
        return
    text = reading.view.text
    start, end = sentence
    task = (text[start : match.start()] + text[match.end() : end]) if relation != "on" else text[match.end() : end]
    reading.facts.deadlines.append(
        Deadline(
            due=due,
            relation=relation,
            task=" ".join(task.split()).strip(" .,;:()-–")[:1000],
            units=_units(reading, block, start, end),
            section=block.section,
            **reading.fact(start, end, f"date_{relation}", 0.92, doubts),
        )
    )


def _units(reading: Reading, block: Block, start: int, end: int) -> list[str]:
    """Who is to do it: the subject of the sentence, else the unit that heads the node."""
    text, low = reading.view.text, reading.view.low
    subject = subject_of(text, low, start, end)
    if subject is not None and subject.predicate is not None:
        return [" ".join(text[a:b].split()) for a, b in subject.spans]
    node: Node | None = block.node if block.part == "node" else None
    while node is not None:
        for fact in reading.facts.responsibilities:
            if fact.section == node.id and fact.rule == "unit_heading":
                return list(fact.units)
        node = node.parent
    return []
