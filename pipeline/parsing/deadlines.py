"""Deadlines (*thời hạn*): a date by which something is due, or on which the document schedules something.

    before   trước ngày 15/12/2025, xong trước 17 giờ 00 ngày …
    by       đến ngày, chậm nhất ngày, hạn cuối ngày, hoàn thành ngày …
    on       Ngày 16/11/2025: Họp đoàn; từ ngày 3/4 đến ngày 5/4/2025 (the first); … vào ngày 9/10/2025

Dates of documents, dates from which something holds, and duties that recur are none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import regex

from pipeline.parsing.header import iso_date
from pipeline.parsing.headings import REPORTS
from pipeline.parsing.moods import reports
from pipeline.parsing.patterns import DECREE, Bounded, Pattern
from pipeline.parsing.printed import Taken
from pipeline.parsing.reading import Block, Node, Reading
from pipeline.parsing.sentences import clauses_of, sentences_of
from pipeline.parsing.units import subject_of
from pipeline.parsing.verbs import verb_at
from pipeline.records import Deadline

Relation = Literal["before", "by", "on"]

_DAY: Final = Pattern(
    "day",
    r"(?P<word>ng[aàáảãạầấ]y\s+|(?:tháng|(?<!nhân )dịp)\s+"
    r"(?=\d{1,2}\s?(?:/|th[aá]ng)\s?\d{1,2}\s?(?:/|năm)\s?\d{4}))?"
    r"(?:(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)\s*,?\s*(?:ngày\s+)?\(?)?"
    r"(?<![\d/.,])(?P<day>\d{1,2})"
    r"(?:(?:\s?[-–]\s?|\s+(?:đến|"
    r"tới)(?: hết)?(?: ngày)?\s+)\d{1,2})?\s?(?:"
    r"(?P<sign>[/.\-])\s?(?P<month>\d{1,2})(?:\s?(?P=sign)\s?(?P<year>\d{4}))?|\s?th[aáàảãạ]ng\s+(?P<month2>\d{1,2})(?:(?:\s+n[aăâàáảã]m\s+|/)(?P<year2>\d{4}))?)"
    r"(?![\d/]| (?:ngày|giờ|năm)(?!\p{L}))",
    "trước ngày 15/12/2025",
    {"day": "15", "month": "12", "year": "2025"},
    f"{DECREE}, II.4",
)
_CLOCK: Final = (
    r"(?:(?:lúc\s+|vào\s+|vào lúc\s+)?(?:\d{1,2}\s?(?:giờ|h|g)\s?(?:\d{1,2}(?:\s?phút)?)?|\d{1,2}:\d{2})\s*,?\s*)"
)
_AT_CLOCK: Final = Bounded(rf"{_CLOCK}$")
_BEFORE: Final = Bounded(rf"(?:trước|sớm hơn)(?:\s+thời điểm)?\s*:?\s*{_CLOCK}?(?:vào\s+)?(?:thứ \w+\s*,?\s*)?$")
_BY: Final = Bounded(
    r"(?<!\p{L})(?:không (?:quá|muộn hơn|chậm hơn)|"
    r"chậm nhất|muộn nhất|hạn cuối|hạn chót|thời hạn|hạn|hoàn thành|xong|đến hết|đến|hết|trong|"
    r"trước và đến|kết thúc)"
    rf"(?:\s+(?:là|đến|hết|vào|trong|cùng|hoàn thành|xong|cuối cùng|báo cáo|nộp|gửi))*\s*:?\s*{_CLOCK}?(?:vào\s+)?$"
)
_PAUSE: Final = Bounded(r", | ")
_TERM: Final = Bounded(
    rf"(?<!\p{{L}})(?:hạn cuối|hạn chót|thời hạn|hạn)(?: \p{{L}}+){{0,5}}\s*(?::|là(?: vào)?|vào)\s*{_CLOCK}?$"
)
""" "Hạn cuối nhận bài: 30/9"."""
_FROM: Final = Bounded(rf"(?<!\p{{L}})(?:từ|bắt đầu(?: từ)?)\s+{_CLOCK}?$")
_SPAN_END: Final = Bounded(
    rf"(?:từ|bắt đầu)\s+(?:ngày\s+)?[^.;]{{0,40}}\d\s*(?:,?\s*(?:đến|tới)(?: hết)?|[-–])\s*{_CLOCK}?(?:ngày\s+)?$"
)
_HOLDS: Final = Bounded(
    r"(?<!\p{L})(?:kể từ|có hiệu lực(?: thi hành)?(?: kể)?(?: từ)?|hiệu lực từ|áp dụng từ|tính (?:từ|"
    r"đến)(?: hết)?|số liệu (?:đến|từ|tính)|lũy kế(?: đến)?|ký|ban hành|sinh|cấp|họp|theo|tại|"
    r"(?<!chuyên )(?<!chủ )đề|của|phiên họp|"
    r"hội nghị|kỳ họp|"
    r"biên bản|văn bản|dư nợ đến|thông qua|công văn|gửi)\s*(?:từ\s+)?$"
)
_VALID: Final = Bounded(r"(?<!\p{L})(?:kể từ ngày|có hiệu lực|thời hạn ủy quyền|thời gian ủy quyền)(?!\p{L})")
_PAST: Final = Bounded(r",?\s*(?:(?:[^,;.]{0,40}\s)?đã|chỉ còn|còn(?: lại)?|là)(?!\p{L})")
"""Behind a date: what had been by then, or is left until then, is not due then."""
_COUNTED: Final = Bounded(r",?\s*có \d")
""" "Đến hết 24/5, có 22 nhiệm vụ hoàn thành", in a report."""
_LATER_YEAR: Final = Bounded(
    r"\s*(?:đến|tới|-|–|và|,)\s*(?:hết\s+)?(?:ngày\s+)?\d{1,2}\s?(?:[/.]|tháng)\s?\d{1,2}(?:[/.]|"
    r" năm )(?P<year>20\d\d)"
)
_CONDITION: Final = Bounded(
    r"(?:,| và| hoặc)? [^;.]{0,90}? (?:thì|(?:sẽ )?bị (?:điều chuyển|thu hồi|cắt|xử lý|phạt|loại))(?!\p{L})",
    needs=(" thì", " bị "),
)
_ON_CONDITION: Final = Bounded(r"(?:\p{L}+ )?(?:điều kiện|tiêu chí|đối tượng)(?: [^:;.]{0,40})?:|[^;.]{0,120} nào ")
""" "Dự án đến ngày 15/11 giải ngân dưới 60% thì bị điều chuyển vốn", "Điều kiện: … trước ngày 31/12": nothing is due,
what comes of it is said."""
_SPAN: Final = Bounded(r",? (?:đến|tới)(?: hết)? ngày \d")
""" "mở đợt cao điểm từ ngày 01/8 đến ngày 31/10"."""
_ARISEN: Final = Bounded(r"(?:phát sinh|công tác|làm việc|bảo hiểm xã hội|nghề(?: cao nhất)?|quy định) trước ")
_RECURRING: Final = Bounded(
    r"(?<!\p{L})(?:hằng|hàng|mỗi) (?:năm|tháng|quý|tuần)|định kỳ|(?:của )?(?:tháng|quý|năm) (?:cuối quý|liền kề|"
    r"kế tiếp|sau|báo cáo)|tháng cuối quý"
)
_ACTING: Final = Bounded(
    r"(?<!\p{L})(?:tổ chức|khai mạc|bế mạc|diễn ra|họp|tổng duyệt|vào|ra quân|phát động|tổng kết|sơ kết|báo cáo|"
    r"gửi|lễ|hội nghị|hội thảo|bắt đầu|triển khai|thực hiện|hoàn thành|thời gian|kiểm tra|công bố|dự kiến|"
    r"khởi công|tập huấn|khai giảng|khởi hành|mít tinh|hưởng ứng|ra mắt|trao|trưng bày|xét duyệt|phỏng vấn|thi|"
    r"khánh thành|bàn giao|nghiệm thu|(?:đợt|vòng|lần) (?:\d{1,2}|[ivx]+))(?!\p{L})"
)


_MUST: Final = Bounded(r"(?:(?:[dr]ứt khoát|kiên quyết|nhất định|quyết tâm)\s+)?(?:phải|cần)\s+|[dr]ứt khoát\s+")
"""Before the verb of an order: "Dứt khoát phải khánh thành … vào ngày 19/12"."""
_DEED: Final = Bounded(r"(?<!\p{L})đã \p{L}")
_SURE: Final = Bounded(r"không (?:quá|muộn hơn|chậm hơn)|chậm nhất|muộn nhất|hạn|hoàn thành|xong")


def deadlines(reading: Reading) -> None:
    """Fill in ``facts.deadlines``."""
    taken = Taken(reading)
    for block in reading.blocks:
        if block.paragraph.zone == "table":
            continue
        if block.part == "preamble" and reading.nodes and _is_basis(reading, block):
            continue  # in a letter without nodes the paragraph that cites may go on to what is asked
        start = block.paragraph.start + (block.paragraph.label.end if block.paragraph.label else block.paragraph.bullet)
        for begin, end in sentences_of(reading.view, start, block.paragraph.end):
            _read_sentence(reading, block, begin, end, taken)


def _is_basis(reading: Reading, block: Block) -> bool:
    opening = reading.view.folded[block.paragraph.start : block.paragraph.start + 10]
    return opening.startswith(("can cu", "xet", "theo de", "thuc hien"))


@dataclass
class _Sentence:
    """A sentence's span, and what it says as a whole: asked once, however many dates it holds."""

    reading: Reading
    block: Block
    start: int
    end: int

    @cached_property
    def recurs(self) -> bool:
        """Whether it speaks of what comes again every year, quarter, month."""
        return _RECURRING.search(self.reading.view.low, self.start, self.end) is not None

    @cached_property
    def valid_from(self) -> int:
        """Where it begins to speak of what holds from a date on; its end where it does not."""
        match = _VALID.search(self.reading.view.low, self.start, self.end)
        return self.end if match is None else match.end()

    @cached_property
    def reported(self) -> bool:
        """Whether it tells what was."""
        return self.block.mood == "result" or reports(self.reading.view.low, self.start, self.end)

    def conditional(self, start: int, end: int) -> bool:
        """Whether a date is part of a condition, and what comes of it is said behind it or before."""
        low = self.reading.view.low
        clause = max(self.start, low.rfind(";", self.start, start) + 1)
        begin = start - len(low[clause:start].lstrip())
        return _CONDITION.match(low, end, self.end) is not None or _ON_CONDITION.match(low, begin, start) is not None

    def tells_of(self, at: int) -> bool:
        """Whether a report says before a date what was done: "đã có thông báo nghỉ ngày 19/02"."""
        kind, low = self.reading.facts.header.kind, self.reading.view.low
        return kind in REPORTS and _DEED.search(low, self.start, at) is not None


def _read_sentence(reading: Reading, block: Block, start: int, end: int, taken: Taken) -> None:
    low, sentence = reading.view.low, _Sentence(reading, block, start, end)
    for match in _DAY.finditer(low, start, end):
        if taken.holds(match.start("day")):
            continue
        before = low[max(start, match.start() - 60) : match.start()]
        relation = _relation(sentence, match, before)
        if relation is not None:
            _add(reading, block, match, relation, (start, end))


def _relation(sentence: _Sentence, match: regex.Match[str], before: str) -> Relation | None:
    """Return what the words before a date make of it, None where it is no deadline."""
    reading, block, start = sentence.reading, sentence.block, sentence.start
    low = reading.view.low
    printed_year = match["year"] or match["year2"]
    if not match["word"] and not printed_year and match["sign"] != "/":
        return None
    if sentence.conditional(match.start(), match.end()):
        return None
    if (not printed_year and sentence.recurs) or sentence.valid_from <= match.start():
        return None
    if _BEFORE.search(before):
        return None if _ARISEN.search(before) else "before"
    past = _PAST.match(low, match.end(), sentence.end)
    counted = reading.facts.header.kind in REPORTS and _COUNTED.match(low, match.end(), sentence.end)
    if past or counted:
        return None
    if _SPAN_END.search(before):
        return None
    if _HOLDS.search(before) and not _label_of_time(low, start, match.start()):
        return None
    if _BY.search(before) or _TERM.search(before):
        sure = _SURE.search(before[-60:])
        told = sentence.reported or block.part == "preamble"
        return "by" if (sure or not told) and (match["word"] or sure or printed_year) else None
    if sentence.reported or sentence.tells_of(match.start()):
        return None
    span = _FROM.search(before) and _LATER_YEAR.match(low, match.end(), sentence.end)
    if not (match["word"] or span or _label_of_time(low, start, match.start())):
        return None
    if block.part == "preamble" and reading.facts.header.date is None:
        return None  # "Ngày 28/4/2025, tại trụ sở …": what was before the document, or may have been
    return "on" if _scheduled(reading, block, match, before, start) else None


def _label_of_time(low: str, start: int, at: int) -> bool:
    colon = low.find(":", start, at)
    return colon > 0 and "thời gian" in low[start:colon]


def _scheduled(reading: Reading, block: Block, match: regex.Match[str], before: str, start: int) -> bool:
    """Whether a date is one on which the document schedules something: not before the document's own."""
    low = reading.view.low
    due = _iso(reading, match)
    own = reading.facts.header.date
    if due is None or (own is not None and due < own):
        return False
    bare = low[start : match.start()].strip(' -–+*(“"')
    leads = not bare or _FROM.fullmatch(bare + " ") is not None or _label_of_time(low, start, match.start())
    if leads or low[match.end() : match.end() + 2].lstrip().startswith(":"):
        return True
    if own is None and not match["year"] and not match["year2"] and block.part != "node":
        return False
    before = _AT_CLOCK.sub("", before)
    clause = before[max(before.rfind(";"), before.rfind(":")) + 1 :]
    opened = _FROM.sub("", before).rstrip()  # "(từ ngày 15/11 đến ngày 15/12)"
    if opened.endswith("(") and opened[:-1].rstrip().endswith(("”", '"')):
        return False  # the day that a name in quotes is of: "… Ngày Quốc tế …” (ngày 25/11)"
    span = _FROM.search(before) and _SPAN.match(low, match.end())
    if span or opened.endswith((":", "(")) or _ACTING.search(clause):
        return True
    return block.part == "node" and _acts(reading, block, start, match)


def _acts(reading: Reading, block: Block, start: int, match: regex.Match[str]) -> bool:
    """Whether somebody is to do something that day: "phát sóng kỳ đầu ngày 02/6", "ngày 22/3 trình hồ sơ"."""
    text, low = reading.view.text, reading.view.low
    begin = max(start, 1 + max(low.rfind(sign, start, match.start()) for sign in ",;"))
    begin += len(text[begin : match.start()]) - len(text[begin : match.start()].lstrip())
    must = _MUST.match(low, begin, match.start())
    begin = begin if must is None else must.end()
    if match.start() - begin < 4:  # the day comes first
        pause = _PAUSE.match(low, match.end())
        return verb_at(low, match.end() if pause is None else pause.end()) is not None
    subject = subject_of(text, low, begin, match.start())
    return verb_at(low, begin) is not None or (subject is not None and subject.predicate is not None)


def _iso(reading: Reading, match: regex.Match[str]) -> str | None:
    """The date of a match; a year that is not printed is that of the text behind it, else the document's."""
    year = match["year"] or match["year2"] or _later_year(reading, match) or _own_year(reading)
    return iso_date(match["day"], match["month"] or match["month2"], year or "")


def _later_year(reading: Reading, match: regex.Match[str]) -> str | None:
    """ "từ ngày 3/4 đến ngày 5/4/2025"."""
    stop = min(len(reading.view.low), match.end() + 34)
    found = _LATER_YEAR.match(reading.view.low, match.end(), stop)
    return found["year"] if found else None


def _own_year(reading: Reading) -> str | None:
    return (reading.facts.header.date or "")[:4] or reading.printed_year or reading.year()


def _add(
    reading: Reading, block: Block, match: regex.Match[str], relation: Relation, sentence: tuple[int, int]
) -> None:
    due = _iso(reading, match)
    printed_year = match["year"] or match["year2"]
    own = reading.facts.header.date
    if due is not None and own is not None and due < own:
        return  # a day that was past when the document was signed
    if due is None:
        if printed_year:
            page = reading.evidence(match.start(), match.end()).page
            reading.warn("impossible_date", f"no such day: {reading.text(match.start(), match.end())}", page)
        return
    assumed = not printed_year and _later_year(reading, match) is None
    start, end = next(((a, b) for a, b in clauses_of(reading.view, *sentence) if a <= match.start() < b), sentence)
    text = reading.view.text
    task = text[match.end() : end] if relation == "on" and match.start() - start < 12 else text[start:end]
    reading.facts.deadlines.append(
        Deadline(
            due=due,
            relation=relation,
            task=" ".join(task.split()).strip(" .,;:()-–")[:1000] or (block.node.heading or "" if block.node else ""),
            units=_units(reading, block, sentence[0], sentence[1]),
            section=block.section,
            **reading.fact(
                start,
                end,
                f"date_{relation}",
                ("year_not_printed",) if assumed else (),
            ),
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
        if node.id in reading.heading_units:
            return list(reading.heading_units[node.id])
        node = node.parent
    return []
