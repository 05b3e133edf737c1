"""What a figure says of its measure: a level, a rise, a fall or a place, and against which bound.

The words before the number decide ("giảm", "không quá", "xuống còn"), then those behind it ("trở lên", "so với dự
toán"), then the figure before it in a list ("giảm 30% thời gian, 20% chi phí").
"""

from __future__ import annotations

from typing import Final, Literal

import regex

from pipeline.parsing.cues import BOUNDS, CUT, DOWN, LEVELS, NOT_TO, UP
from pipeline.parsing.patterns import Bounded
from pipeline.parsing.printed import Figure
from pipeline.records import Comparator

Change = Literal["level", "increase", "decrease", "rank"]

_BEYOND: Final = Bounded(r"\s*(?:so với|so|dự toán|kế hoạch|chỉ tiêu)(?!\p{L})")
_AHEAD: Final = frozenset(("vượt", "cao hơn", "hơn"))
_BEHIND: Final = frozenset(("thấp hơn", "kém", "ít hơn"))
UP_MARK: Final = Bounded(r"\s+trở (?P<way>lên|xuống)(?!\p{L})")
""" "từ 3 điểm trở lên"."""
_EACH: Final = Bounded(r"(?<!\p{L})(?:tối thiểu|ít nhất) mỗi(?: \p{L}+){1,3} $")
""" "ít nhất mỗi xã 01 mô hình"."""
_GRADED: Final = Bounded(
    r"\d|(?<!\p{L})(?:hoàn thành tốt nhiệm vụ|khá|"
    r"từ [\p{L} ]{2,30}|loại (?:\p{L}|tốt|khá|giỏi)|mức tốt|đại học|trung bình|trung cấp)$"
)
""" "đạt 3 sao trở lên", "xếp loại khá trở lên": the grade is what begins there, not the number."""
_CHANGED: Final = Bounded(
    r"^(?:điều chỉnh )?(?P<verb>giảm|cắt giảm|rút ngắn|kéo giảm|tăng)(?! cường| trưởng| thiểu| nghèo)\s+(?=\p{L})",
    regex.IGNORECASE,
)
_EXCEEDED: Final = Bounded(r"(?<!\p{L})vượt (?:mục tiêu|chỉ tiêu|kế hoạch|mức)[^,;()]{0,40}\($")
""" "vượt chỉ tiêu tỉnh giao (10%)"."""
_EXCEEDING: Final = (("vượt quá",), ("quá",))
_OVER: Final = (("trên",), ("hơn",))


Sense = tuple[Change, Comparator]


def sense_of(low: str, figure: Figure, stop: int, previous: tuple[Sense, str] | None) -> Sense:
    """Return direction and bound of a figure whose words end at `stop`.

    `previous` is the sense and the unit of the figure that it follows without words of its own, if it does.
    """
    bound = _bound(low, figure, stop)
    if figure.kind in ("rank", "group"):
        return "rank", bound
    if (plain := _worded_change(low, figure, stop, bound)) is not None:
        return plain
    cues = figure.cues
    if not any(cue in LEVELS for cue in cues):
        if any(cue in UP for cue in cues):
            return "increase", bound
        if any(cue in DOWN for cue in cues):
            return "decrease", bound
    if previous is not None and not cues and previous[1] == figure.unit and previous[0][0] in ("increase", "decrease"):
        return previous[0]
    joined = previous is not None and not cues and previous[1] == figure.unit and previous[0][1] in (">=", "<=")
    if joined and previous is not None and low.endswith((" và ", " và", ", "), 0, figure.start) and bound == "=":
        return previous[0]  # "Ít nhất 90% hồ sơ cấp huyện và 70% hồ sơ cấp xã", "Ít nhất 90% hồ sơ …, 70% giao dịch …"
    return "level", bound


def _worded_change(low: str, figure: Figure, stop: int, bound: Comparator) -> Sense | None:
    """Return what words that go beyond "tăng" and "giảm" say; None where there are none of them."""
    cues = figure.cues
    if cues and _BEYOND.match(low, figure.end, stop):
        if cues[-1] in _AHEAD or (cues[0] in _AHEAD and "gấp" in cues):
            return "increase", "="
        if len(cues) > 1 and cues[-2] in _AHEAD and cues[-1] in BOUNDS:
            return "increase", bound  # "vượt tối thiểu 5% so với dự toán"
        if cues[-1] in _BEHIND:
            return "decrease", "="
    if figure.unit.lower() == "lần" and cues[-1:] == ("gấp",):
        return "increase", bound  # "gấp 1,3 lần cùng kỳ"
    if figure.unit.lower() == "bậc" and "lên" in cues:
        return "increase", bound  # "nâng lên ít nhất 03 bậc"
    if figure.kind in ("counted", "thing") and cues[-1:] == (CUT,):
        return "level", bound  # "cắt giảm 12 thủ tục": so many were cut
    if "bình quân" in cues and figure.unit.startswith("%") and cues[0] in (*UP, *DOWN):
        return ("increase" if cues[0] in UP else "decrease"), bound  # "tăng bình quân giai đoạn 2021 - 2025 đạt 7%"
    return None


def _bound(low: str, figure: Figure, stop: int) -> Comparator:
    """ "tối thiểu 30%", "30% … trở lên"."""
    found: Comparator = ">=" if figure.ranges else "="
    for cue in figure.cues:
        found = BOUNDS.get(cue, found)
    if (figure.cues[-1:] in _EXCEEDING or figure.cues in _OVER) and NOT_TO.search(
        low, max(0, figure.cue_start - 120), figure.cue_start
    ):
        return "<="
    if found == "=" and _EXCEEDED.search(low, max(0, figure.cue_start - 70), figure.cue_start):
        return ">"
    if found == "=" and figure.cues[-1:] == ("từ",):
        return ">="
    if found == "=" and _EACH.search(low, max(0, figure.cue_start - 40), figure.cue_start):
        return ">="
    comma = low.find(", ", figure.end, stop)
    mark = UP_MARK.search(low, figure.end, comma if comma >= 0 else stop)
    if mark is not None and _GRADED.search(low, figure.end, mark.start()):
        mark = None
    if mark is not None and (found == "=" or mark.start() == figure.end):
        return ">=" if (mark["way"] == "lên") != (figure.kind == "rank") else "<="
    return "<=" if figure.kind == "group" else found


def changed(lead: str) -> tuple[Change | None, str]:
    """ "Giảm tỷ lệ hộ nghèo 1,5%": return the direction that the first word gives, and the words after it."""
    match = _CHANGED.match(lead)
    if match is None:
        return None, lead
    return ("increase" if match["verb"].lower() == "tăng" else "decrease"), lead[match.end() :]
