"""Citing a document (*viện dẫn*): date, issuer, title and pinpoint as they stand around its number or name.

The first citation gives type, number, date, issuer and subject (Decree 30/2020/NĐ-CP, Appendix I, II.6).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import regex

from pipeline.parsing.kinds import ABBREVIATIONS
from pipeline.parsing.patterns import DECREE, Bounded, Pattern, any_of
from pipeline.parsing.reading import Block, Reading
from pipeline.parsing.units import subject_of

_KINDS: Final = (
    *map(str.lower, ABBREVIATIONS), "kế hoạch hành động", "chương trình hành động",
    "kế hoạch liên tịch", "hướng dẫn liên tịch",
    "giấy phép", "giấy chứng nhận", "bản án",
    "qđ", "nđ", "nq", "tt", "ct", "cv", "kh", "vb",
)  # fmt: skip
KIND: Final = Bounded(rf"(?<!\p{{L}})(?<!pháp )(?<!kỷ )(?P<kind>{any_of(_KINDS)})(?!\p{{L}})")
_SHORT_KINDS: Final = {"qđ": "Quyết định", "nđ": "Nghị định", "nq": "Nghị quyết", "cv": "Công văn", "kh": "Kế hoạch"}
DATE: Final = Pattern(
    "reference_date",
    r"\s*,?\s*\(?(?:ban hành |được ban hành |ký )?ng[aàáảãạầấ]y\s+(?P<day>\d{1,2})\s*(?:[/.\-]|"
    r"th[aáàảãạ]ng)\s*(?P<month>\d{1,2})\s*(?:[/.\-]|n[aăâàáảã]m)\s*(?P<year>\d{4})\)?",
    " ngày 02/4/2025",
    {"day": "02", "month": "4", "year": "2025"},
    f"{DECREE}, II.6: first citation with its date",
)
YEAR: Final = Bounded(r"(?:\s*,?\s*\(?n[aăâàáảã]m| )(?<=m| ) ?(?P<year>(?:19|20)\d\d)(?![\d/-])")
OF: Final = Bounded(r"\s*,?\s*của\s+")
_PINPOINT: Final = Pattern(
    "pinpoint",
    r"(?P<pin>(?:(?:điểm\s+[a-zđ](?:,\s*[a-zđ])*\s*,?\s*)?(?:(?:các\s+)?khoản\s+\d+(?:(?:,|"
    r" và)\s*(?:khoản\s+)?\d+)*\s*,?\s*)?điều\s+\d+[a-z]?(?:(?:,| và)\s*(?:điều\s+)?\d+)*|"
    r"(?:chương|mục|phần|phụ lục)\s+[ivx\d]+))\s*(?:của|,|ban hành kèm theo)?\s*$",
    "tại khoản 2 điều 9 ",
    {"pin": "khoản 2 điều 9"},
    f"{DECREE}, II.6: điều, khoản, điểm",
)
_PREAMBLE: Final = (
    "can cu",
    "thuc hien",
    "theo",
    "xet",
    "tren co so",
    "thi hanh",
    "tiep theo",
    "phuc dap",
    "tiep tuc thuc hien",
    "trien khai",
    "can cu vao",
)
_ISSUERS: Final = Bounded(
    r"(?:thủ tướng chính phủ|chính phủ|quốc hội|bộ chính trị|ban bí thư(?: trung ương)?|"
    r"ban chấp hành trung ương(?: đảng)?|trung ương đảng|trung ương|"
    r"ủy ban thường vụ quốc hội|uỷ ban thường vụ quốc hội|chủ tịch nước|hội đồng bầu cử quốc gia|"
    r"tòa án nhân dân tối cao|"
    r"tỉnh ủy|tỉnh uỷ|thành ủy|thành uỷ|ban thường vụ (?:tỉnh|thành|huyện|đảng) (?:ủy|uỷ)|đảng ủy|tỉnh|sở)(?!\p{L})"
)
_ISSUER_END: Final = Bounded(
    r"[,;.:()“\"]|\s(?:về|v/v|ban hành|phê duyệt|quy định|sửa đổi|hướng dẫn|công bố|triển khai|thực hiện|"
    r"cải thiện|đẩy mạnh|tăng cường|thành lập|(?<!ngoại )giao|"
    r"kiện toàn|công nhận|phân công|bãi bỏ|thông qua|điều chỉnh|bổ sung|(?<!ban )(?<!vụ )tổ chức|nâng cao|"
    r"(?<!sở )(?<!bộ )xây dựng|đánh giá|trước|"
    r"kết luận|thông báo|và (?:kế hoạch|quyết định|nghị quyết|nghị định|thông tư|chỉ thị|công văn|luật|văn bản)|"
    r"để|nhằm|và các|số|ngày|tại|cho|đối với|năm|được|gửi|do|đến|trong|theo|khi|vì|đã)(?!\p{L})"
)
_TITLE_CUT: Final = Bounded(
    r";|\.(?=\s|$)|,\s+(?=(?:quyết định|nghị quyết|nghị định|thông tư|chỉ thị|công văn|kế hoạch|kết luận|luật) )|"
    r"\s+(?=(?:gửi|trước ngày|và (?:quyết định|nghị quyết|nghị định|thông tư|kế hoạch|công văn|chỉ thị) số) )|"
    r", (?=\p{L})"
)
_BODIES: Final = Bounded(r"\s*(?:ubnd|ủy ban|các sở|sở|thành phố|huyện)")
_AUTHOR_VERBS: Final = (
    "đề nghị",
    "yêu cầu",
    "ban hành",
    "xây dựng",
    "báo cáo",
    "trình",
    "thông báo",
    "hướng dẫn",
    "giao",
    "có ý kiến",
)


@dataclass
class Mention:
    """One place where a document is named, in offsets of the view."""

    kind: str
    number: str | None
    date: str | None
    issuer: str | None
    title: str | None
    pinpoint: str | None
    basis: bool
    start: int
    end: int
    rule: str
    doubts: list[str] = field(default_factory=list)
    drafted: bool = False
    """Whether the text says here that the document is to be written."""


def plain(number: str | None) -> str:
    """Return a number for comparing: without spaces, one kind of dash, no case."""
    return "".join((number or "").split()).replace("–", "-").lower()


def is_basis(reading: Reading, block: Block) -> bool:
    """Whether a paragraph of the preamble cites what the document rests on (*căn cứ*)."""
    head = reading.view.folded[block.paragraph.start + block.paragraph.bullet : block.paragraph.start + 60]
    return block.part == "preamble" and head.startswith(_PREAMBLE)


def kind_name(low: str) -> str:
    """Return the name of a type from how it stands in the text, in lower case or abbreviated."""
    return _SHORT_KINDS.get(low, low[0].upper() + low[1:])


def issuer_at(reading: Reading, at: int, end: int) -> tuple[str, int] | None:
    """Return the body named at an offset, as printed, and where its name ends."""
    text, low = reading.view.text, reading.view.low
    if KIND.match(low, at, end):
        return None  # "… một số điều của Luật …"
    named = _ISSUERS.match(low, at, end)
    stop = _ISSUER_END.search(low, at, min(end, at + 160))
    finish = stop.start() if stop else min(end, at + 160)
    if named and named.end() > finish:
        finish = named.end()
    subject = None if named else subject_of(text, low, at, end)
    if named is None and subject is None and not text[at : at + 1].isupper() and not low.startswith(("tỉnh", "cấp")):
        return None
    name = text[at:finish].strip()
    while low[at:finish].endswith((" và", ",")):
        finish = at + len(text[at:finish].rpartition(" ")[0])
        name = text[at:finish].strip(" ,")
    return (name, finish) if name and len(name.split()) <= 16 else None


def title_end(text: str, low: str, at: int, end: int) -> int:
    """A title runs to the end of its clause; a new citation behind a semicolon ends it, a list of bodies does not."""
    stop = at
    while stop < end:
        cut = _TITLE_CUT.search(low, stop, min(end, at + 900))
        if cut is None:
            return min(end, at + 900)
        if cut[0] == ";" and _BODIES.match(low, cut.end(), end):
            stop = cut.end()
            continue
        if cut[0] == ", ":
            subject = subject_of(text, low, cut.end(), end)
            if subject is None or not low.startswith(_AUTHOR_VERBS, subject.predicate or cut.start()):
                stop = cut.end()
                continue
        return cut.start()
    return end


def _skip(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


_PART_WORD: Final = regex.compile(r"\b(?:điều|chương|mục|phần|phụ lục)\b")


def pinpoint_before(text: str, low: str, start: int, begin: int) -> str | None:
    """Return the article, clause or point that stands before a citation, as printed."""
    found = _PINPOINT.search(low, max(start, begin - 60), begin)
    if found is None:
        return None
    words = text[found.start("pin") : found.end("pin")].strip(" ,")
    return _PART_WORD.sub(lambda match: match[0].capitalize(), words)
