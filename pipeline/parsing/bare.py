"""Counts that print no unit behind the number (*số không kèm đơn vị*): the words before it name what is counted.

"Tổng số lượt khám bệnh: 182.450" counts lượt; "34 ca mắc mới, tử vong 0" goes on with the unit of its clause, and
"Mắc mới: 12; …; lũy tích 345 ca" takes it from where it is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from pipeline.parsing.cues import read_cues
from pipeline.parsing.measures import thing_at
from pipeline.parsing.patterns import Bounded, Pattern
from pipeline.parsing.printed import NUM, Figure, Taken

_ENDS: Final = r"(?=\s*(?:[,;()]|\.(?!\d)|$)| (?:và|tăng|giảm|đạt|bằng)(?!\p{L}))"
_NO_NUMBER: Final = "tỷ |tỉ |đơn vị |chữ ký |công nghệ |kinh tế |xã hội |kỹ năng |chuyển đổi |chính quyền "
"""Behind these "số" counts nothing: "chữ ký số"."""
_NUMBER_OF: Final = Pattern(
    "number_of", rf"(?<!\p{{L}}|{_NO_NUMBER})(?:tổng )?số (?=\p{{L}})", "tổng số lượt khám bệnh", {}, needs=("số ",)
)
_SUM: Final = Pattern(
    "sum",
    r"[^,;:.()\d/]{0,60}?(?<! (?:tháng|năm|quý|ngày|tuần|khóa|kỳ|thứ|số|mức|độ|cấp|loại|hạng|nhóm))"
    rf"(?:(?: là| đạt| ước đạt| có)? |:\s?)(?P<value>{NUM}){_ENDS}",
    " khám bệnh: 182.450, đạt",
    {"value": "182.450"},
)
_INDEX: Final = Pattern(
    "index_without_unit",
    r"(?<!\p{L})(?:chỉ số|tỷ số|tỉ số|hệ số|(?:số|tỷ lệ|tỉ lệ) \p{L}[\p{L} ]{1,40}/(?:\d[\d.]* )?\p{L}[\p{L} ]{1,20})"
    r"(?! \p{L}+ hóa)[^,;:()%]{0,80}?(?: \([\p{L} ]{1,12}\))?"
    r" (?:là|đạt|bằng|còn|dưới|trên|khoảng|tối thiểu|ít nhất|không quá|ở mức) "
    rf"(?!(?:19|20)\d\d(?!\d|,))(?P<value>{NUM}){_ENDS}",
    "chỉ số lăng quăng tại thôn 4 là 34, vượt ngưỡng",
    {"value": "34"},
    needs=("ỉ số", "ỷ số", "ệ số", "/"),
)
""" "Tỷ số giới tính khi sinh là 110", "số giường bệnh/vạn dân đạt 32,5": what has no unit by its nature."""
_TOLL: Final = Pattern(
    "toll",
    r"(?<!\p{L})(?P<what>tử vong|mắc mới|(?<!số )mắc|ra viện|khỏi bệnh|khiển trách|cảnh cáo|cách chức|khai trừ|"
    r"buộc thôi việc|"
    r"giáng chức|hạ bậc lương|trước hạn|đúng hạn|quá hạn|trễ hạn|khiếu nại|tố cáo|kiến nghị, phản ánh|"
    r"phản ánh, kiến nghị|"
    rf"bị thương|mất tích|chết)(?: là|:)? (?P<value>{NUM}){_ENDS}",
    "tử vong: 0; lũy tích",
    {"what": "tử vong", "value": "0"},
    needs=(
        "vong",
        "mắc",
        "ra viện",
        "khỏi",
        "trách",
        "cáo",
        "chức",
        "trừ",
        "thôi việc",
        "bậc lương",
        " hạn",
        "nại",
        "phản ánh",
        "thương",
        "tích",
        "chết",
    ),
)
_LABELLED: Final = Bounded(rf":\s?(?P<value>{NUM}){_ENDS}")
_SHARE: Final = Pattern(
    "share_of_what_is_named",
    r"(?P<what>\p{L}[\p{L} ]{3,40}?)\s?:\s"
    rf"(?P<value>{NUM})\s?/\s?(?P<max>{NUM})(?= (?:đang|đã|được|chưa|hoàn thành|cơ bản)(?!\p{{L}}))",
    "cống hộp: 12/15 đang thi công",
    {"what": "cống hộp", "value": "12", "max": "15"},
    needs=("/",),
)
_PEOPLE: Final = frozenset(("tử vong", "bị thương", "mất tích", "chết"))
_NUMBER: Final = Bounded(r"\d (?=\p{L})")
_REACH: Final = 120


def bare_counts(text: str, low: str, start: int, end: int, found: list[Figure], taken: Taken) -> list[Figure]:
    """Return the counts of a clause whose unit stands elsewhere; `found` are its other figures, in order."""
    out: list[Figure] = []
    counts = (
        *_summed(text, low, start, end),
        *_tolls(text, low, start, end, found),
        *_labelled(text, low, start, end),
    )
    indices = (("", match) for match in _INDEX.finditer(low, start, end))
    for unit, match in (*((unit, match) for unit, match in counts if unit), *indices):
        at, to = match.span("value")
        if not taken.holds(at) and not any(f.start <= at < f.end for f in (*found, *out)):
            cue_start, cues = read_cues(low, start, at)
            most = match.groupdict().get("max")
            to = match.end("max") if most else to
            out.append(Figure(match["value"], most, unit, "counted" if unit else "scale", at, to, cue_start, cues))
    return out


def _labelled(text: str, low: str, start: int, end: int) -> Iterator[tuple[str, regex.Match[str]]]:
    """ "nhân lực: 629" is all of a clause; "Cống hộp: 12/15 đang thi công"."""
    share = _SHARE.match(low, start, end)
    if share is not None:
        yield text[slice(*share.span("what"))], share
    thing = thing_at(low, start, end)
    label = None if thing is None or " " not in text[start:thing] else _LABELLED.match(low, thing, end)
    if thing is not None and label is not None:
        yield text[start:thing], label


def _summed(text: str, low: str, start: int, end: int) -> Iterator[tuple[str, regex.Match[str]]]:
    """Counts that are told as the number of something, with what they count."""
    for head in _NUMBER_OF.finditer(low, start, end):
        unit_end = thing_at(low, head.end(), end)
        match = None if unit_end is None else _SUM.match(low, unit_end, end)
        if match is not None:
            yield text[head.end() : unit_end], match


def _tolls(text: str, low: str, start: int, end: int, found: list[Figure]) -> Iterator[tuple[str, regex.Match[str]]]:
    """Counts that name what happened to those counted; the unit is printed last before, or else next."""
    for match in _TOLL.finditer(low, start, end):
        yield _unit(text, low, match, found), match


def _unit(text: str, low: str, match: regex.Match[str], found: list[Figure]) -> str:
    """The unit printed last before a count, else the next one; people die and are hurt, not accidents."""
    before = [f.unit for f in found if f.kind == "counted" and f.end <= match.start()]
    unit = before[-1] if before else ""
    if not unit:
        numbers = _NUMBER.finditer(low, match.end(), match.end() + _REACH)
        units = ((number.end(), thing_at(low, number.end())) for number in numbers)
        unit = next((text[at:to] for at, to in units if to is not None), "")
    return "người" if match["what"] in _PEOPLE and unit.lower().startswith("vụ") else unit
