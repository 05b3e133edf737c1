"""Label lines (*dòng nhãn phân công*): "Đơn vị chủ trì: A; đơn vị phối hợp: B, C; đơn vị theo dõi, đôn đốc: D".

One line may have several labels; one that says itself who does what ("Đơn vị thực hiện: A chủ trì; B phối hợp") has
none but the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import regex

from pipeline.parsing.patterns import Bounded, Pattern
from pipeline.parsing.people import names_person
from pipeline.parsing.reading import Reading
from pipeline.parsing.units import Subject, listed_units, subject_of, unit_starts

Role = Literal["lead", "coordinate", "monitor", "perform"]

_LABEL_LINE: Final = Pattern(
    "label_line",
    r"(?P<label>(?!về )(?:phòng|đơn vị|cơ quan|bộ phận|tổ chức|cá nhân|trách nhiệm|phân công|lãnh đạo|cấp|người|"
    r"phòng/đơn vị|nơi|thành phần)?"
    r"[^:.;]{0,60}?(?:chủ trì|phối hợp|thực hiện|theo dõi|tổng hợp|đôn đốc|kiểm tra|giám sát|phụ trách|tham mưu|"
    r"chịu trách nhiệm|đầu mối)"
    r"[^:.;]{0,40})\s*:\s*(?P<units>[^:]{3,400})",
    "đơn vị chủ trì: văn phòng sở",
    {"label": "đơn vị chủ trì", "units": "văn phòng sở"},
)
_LONGEST_LABEL: Final = 14
_ACCORDING: Final = Bounded(r"theo (?!dõi)")
"""What a line names behind its units is no work of theirs: "theo kế hoạch", but "theo dõi"."""
_NEXT_LABEL: Final = Bounded(
    r"[;.)]\s*(?=[^:;.]{0,60}(?:chủ trì|phối hợp|thực hiện|theo dõi|thời gian|thời hạn|hoàn thành|sản phẩm|kết quả|"
    r"tiến độ|kinh phí)[^:;.]{0,40}:)|;\s*(?=(?:hoàn thành|thời (?:gian|hạn)|xong) )"
)
_MONITOR: Final = ("theo dõi", "tổng hợp", "đôn đốc", "kiểm tra", "giám sát")


@dataclass(frozen=True, slots=True)
class Share:
    """What one label of a line says: who has which role, and where it stands."""

    role: Role
    subject: Subject
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class LabelLine:
    """A paragraph that is a label line: its shares, or where it begins to say itself who does what."""

    shares: tuple[Share, ...]
    spoken: int | None = None


def label_line(reading: Reading, start: int, end: int) -> LabelLine | None:
    """Return a stretch as a label line, None where it is none."""
    low, text = reading.view.low, reading.view.text
    match = _LABEL_LINE.match(low, start + (low[start : start + 1] == "("), end)
    if match is None or len(match["label"].split()) > _LONGEST_LABEL:
        return None
    if not unit_starts(text, low, match.start("units")) and not names_person(text, low, match.start("units")):
        return None
    shares: list[Share] = []
    while match is not None:
        at = _end_of_units(low, match)
        subject = subject_of(text, low, match.start("units"), at)
        if subject is None and not names_person(text, low, match.start("units")):
            return LabelLine(tuple(shares)) if shares else None
        if subject is not None and subject.predicate is not None and not _ACCORDING.match(low, subject.predicate):
            return LabelLine(tuple(shares), match.start("units"))
        subject = listed_units(text, low, match.start("units"), at)
        shares.append(Share(_role(match["label"]), subject, (match.start(), subject.end)))
        while at < end and low[at] in "; .)":
            at += 1
        match = _LABEL_LINE.match(low, at, end)
    return LabelLine(tuple(shares))


def _end_of_units(low: str, match: regex.Match[str]) -> int:
    """Where a label line's units end: at its end, or before the next label of the same line."""
    start, end = match.span("units")
    following = _NEXT_LABEL.search(low, start, min(len(low), end + 2))
    end = end if following is None else following.start()
    closed = low[start:end].rstrip(" .;")
    members = closed.rfind(" (gồm ")
    if members > 0 and closed.endswith(")"):
        return start + members  # "Tổ Công tác của Sở (gồm 09 thành viên)"
    return start + len(closed) - (closed.endswith(")") and "(" not in closed)


def _role(label: str) -> Role:
    if "chủ trì" in label:
        return "lead"
    if "phối hợp" in label:
        return "coordinate"
    return "monitor" if any(word in label for word in _MONITOR) else "perform"
