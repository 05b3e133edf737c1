"""Places in an order (*thứ hạng*): "đứng thứ 15/16", "xếp hạng 9/63", "trong nhóm 10 tỉnh dẫn đầu"."""

from __future__ import annotations

from typing import Final

from pipeline.parsing.patterns import Pattern
from pipeline.parsing.printed import Figure, Kind, Taken

_RANK: Final = Pattern(
    "rank",
    r"(?P<verb>(?:(?:đứng|xếp|ở|vị trí|vị thứ|xếp hạng|thứ hạng|đạt|hạng|xếp loại)\s+)*)(?:thứ(?: hạng)?|"
    r"hạng(?: thứ)?)\s+(?P<value>\d{1,4})"
    r"(?:\s?/\s?(?P<max>\d{1,4})|\s+(?:trong|trên)(?: tổng số)?\s+(?P<of>\d{1,4}))?(?!\s?[/%\d])",
    "đứng thứ 15/16",
    {"value": "15", "max": "16"},
    needs=("thứ", "hạng"),
)
_PLACE: Final = Pattern(
    "place_of",
    r"(?P<verb>(?:đứng|xếp|xếp hạng|thứ hạng|(?:ở )?vị trí)\s+)(?P<value>\d{1,4})\s?/\s?(?P<max>\d{1,4})(?!\s?[/%\d])|"
    r"(?<=, )(?P<verb>(?:xếp )?hạng )(?P<value>\d{1,3})(?=\s*[,;.)]|$)",
    "xếp hạng 9/63",
    {"value": "9", "max": "63"},
    needs=("/", "hạng "),
)
_GROUP: Final = Pattern(
    "leading_group",
    r"(?:(?:trong|vào|thuộc|nằm trong|đứng trong)\s+)*(?:(?:nhóm|tốp|"
    r"top)\s+(?P<value>\d{1,3})(?!\s?[%/.,]\d)(?=[^.;]{0,70}(?:dẫn đầu|đứng đầu|cao nhất|tốt nhất|đầu tiên|cao|"
    r"khá|tốt)|(?<=(?:top|tốp) \d{1,2})(?=[\s,;.)]|$))|"
    r"(?:trong|vào)\s+(?P<plain>\d{1,3})\s+(?=(?:tỉnh|địa phương|đơn vị|sở|xã|huyện|bộ)[^.;]{0,40}(?:dẫn đầu|"
    r"đứng đầu|cao nhất|tốt nhất|đầu tiên)))",
    "trong nhóm 10 tỉnh dẫn đầu",
    {"value": "10"},
    needs=("nhóm", "tốp", "top", "trong", "vào"),
)
_ORDINAL_OF: Final = (
    "lần",
    "khóa",
    "khoá",
    "kỳ",
    "đại hội",
    "ngày",
    "điều",
    "viên chức",
    "bệnh viện",
    "đô thị",
    "chức danh",
    "họp",
    "đợt",
    "loại",
    "trạm y tế",
)


def ranks_in(low: str, start: int, end: int, taken: Taken) -> list[Figure]:
    """Return the places and the groups at the head of an order that a clause names."""
    out: list[Figure] = []
    for pattern in (_RANK, _PLACE, _GROUP):
        for match in pattern.finditer(low, start, end):
            groups = match.groupdict()
            value, best = groups["value"] or groups.get("plain"), groups.get("max") or groups.get("of")
            if (
                value is None
                or taken.holds(match.start())
                or any(f.start <= match.end() and match.start() < f.end for f in out)
            ):
                continue
            before = low[max(start, match.start() - 14) : match.start()].rstrip()
            if pattern is _RANK and (before.endswith(_ORDINAL_OF) or not (best or groups.get("verb"))):
                continue  # "lần thứ 15", "công chức hạng 2"
            kind: Kind = "group" if pattern is _GROUP else "rank"
            out.append(Figure(value, best, "thứ hạng", kind, match.start(), match.end(), match.start(), ()))
    return out
