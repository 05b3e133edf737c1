"""Quantities (*số liệu*): one grammar of numbers, ranges, scores, ranks and comparators, for targets and results.

    figure      [cues] number [/ number] [unit] [trở lên]          "đạt từ 75 điểm trở lên", "8,41/10 điểm", "09/63"
    number      1.234.567  39,73  02                               Vietnamese decimal comma, thousand points
    cues        tối thiểu, ít nhất, trên, không quá, dưới, tăng, giảm, xuống còn …, read backwards from the number
    rank        thứ 15/16, hạng 9, nhóm 10 … dẫn đầu, top 5

What is measured stands before the figure ("Tỷ lệ … đạt 95%") or after it ("100% hồ sơ …"); figures that follow each
other without words of their own share it ("8,41/10 điểm, đạt 84,1%, tăng 39,73%").
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final, Literal

import regex

from pipeline.parsing.measures import UNIT
from pipeline.parsing.patterns import SECONDS
from pipeline.parsing.reading import Block, Reading
from pipeline.parsing.sentences import clauses_of, sentences_of

Change = Literal["level", "increase", "decrease", "rank"]
Comparator = Literal[">=", ">", "<=", "<", "="]

_NUM: Final = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,9}(?:[.,]\d{1,4})?)"
_FIGURE: Final = regex.compile(
    rf"(?<![\p{{L}}\d/.,\-–])(?P<value>{_NUM})(?:\s?/\s?(?P<max>{_NUM}))?(?:\s?(?:[-–]|đến)\s?(?P<high>{_NUM}))?(?![\d])"
    rf"(?:\s?(?P<unit>{UNIT}))?(?P<up>\s+trở lên|\s+trở xuống)?"
)
_RANK: Final = regex.compile(
    r"(?:(?:đứng|xếp|ở|vị trí|vị thứ|xếp hạng|thứ hạng|đạt|hạng|xếp loại)\s+)*(?:vị trí\s+)?(?:thứ(?: hạng)?|hạng(?: thứ)?)\s+(?P<value>\d{1,4})"
    r"(?:\s?/\s?(?P<max>\d{1,4})|\s+(?:trong|trên)(?: tổng số)?\s+(?P<of>\d{1,4}))?(?P<up>\s+trở lên|\s+trở xuống)?(?!\s?[/%\d])"
)
_GROUP: Final = regex.compile(
    r"(?:(?:trong|vào|thuộc|nằm trong|đứng trong)\s+)*(?:(?:nhóm|tốp|top)\s+(?P<value>\d{1,3})(?!\s?[%/.,]\d)|"
    r"(?:trong|vào)\s+(?P<plain>\d{1,3})\s+(?=(?:tỉnh|địa phương|đơn vị|sở|xã|huyện|bộ)[^.;]{0,40}(?:dẫn đầu|đứng đầu|cao nhất|tốt nhất|đầu tiên)))"
)
_CUE: Final = regex.compile(
    r"(?:^|(?<=[\s,(:]))(?P<cue>không vượt quá|không quá|tối thiểu|ít nhất|tối đa|thấp nhất|nhiều nhất|từ|trên|hơn|vượt|dưới|khoảng|gần|≥|>=|≤|<=|>|<|"
    r"đạt được|đạt tỷ lệ|đạt mức|đạt|mới đạt|chỉ đạt|ước đạt|được|là|bằng|chiếm|mức|tỷ lệ|xuống còn|giảm còn|giảm xuống còn|giảm xuống|xuống|còn có|còn|lên tới|lên đến|lên|tới|đến|"
    r"tăng lên|tăng thêm|tăng|cắt giảm|rút ngắn|kéo giảm|giảm|thêm|có|muộn|chậm|quá hạn|bình quân|trung bình|mới|chỉ|đã|thực hiện được|duy trì ở mức|duy trì)\s*$"
)
_SO_WITH: Final = regex.compile(
    r"\s*(?:\([^()]{0,80}\)\s*)?,?\s*so với\s+(?:cùng kỳ\s+)?(?:kết quả\s+)?(?:của\s+)?(?:năm\s+)?(?P<year>(?:19|20)\d\d)?(?P<other>(?:cùng kỳ|năm trước|đầu kỳ))?"
)
_YEAR: Final = regex.compile(r"(?:năm|giai đoạn \d{4}\s?[-–])\s?(?P<year>(?:19|20)\d\d)(?!\s?[-–/]\s?\d)")
_COMPARATORS: Final[dict[str, Comparator]] = {
    "tối thiểu": ">=", "ít nhất": ">=", "thấp nhất": ">=", "≥": ">=", ">=": ">=", "trên": ">", "hơn": ">", "vượt": ">", ">": ">",
    "tối đa": "<=", "không quá": "<=", "không vượt quá": "<=", "nhiều nhất": "<=", "≤": "<=", "<=": "<=", "dưới": "<", "<": "<",
}  # fmt: skip
_UP: Final = frozenset({"tăng", "tăng thêm", "thêm"})
_DOWN: Final = frozenset({"giảm", "cắt giảm", "rút ngắn", "kéo giảm"})
_LEVELS: Final = frozenset(
    {"xuống còn", "giảm còn", "giảm xuống còn", "giảm xuống", "xuống", "lên", "lên tới", "lên đến", "tăng lên", "còn"}
)
_NOT_OF: Final = (
    "so với", "trở lên", "trở xuống", "vào", "trong năm", "trong giai đoạn", "năm", "và", "đến", "trên tổng", "theo", "với", "để", "nhằm", "tại",
    "do", "kế hoạch", "chỉ tiêu", "dự toán", "mục tiêu", "cùng kỳ", "mỗi", "hằng", "hàng", "/", "trong đó", "trở", "trước", "-", "–", "thì", "nhưng", "là",
)  # fmt: skip
_PREDICATE: Final = regex.compile(r"(?<!\p{L})(?:được|phải|có|đạt|bị|chưa|không)(?!\p{L})")
_INTRO: Final = regex.compile(
    r"^(?:trong đó|bao gồm|gồm|cụ thể|như sau|kết quả|đồng thời|riêng|ngoài ra|phấn đấu(?: đến)?|đảm bảo|bảo đảm|đến|hết|hằng năm|hàng năm|từng bước|tiếp tục)(?!\p{L})[\s,:]*",
    regex.IGNORECASE,
)
_TIME_LEAD: Final = regex.compile(
    r"^(?:(?:đến|trong|hết|đến hết|đến cuối|cuối|phấn đấu|phấn đấu đến)\s+)*(?:năm|giai đoạn|quý|tháng|6 tháng|9 tháng)\s+[\d/IVX]+(?:\s?[-–]\s?\d{4})?\s*[,:]?\s*",
    regex.IGNORECASE,
)
_TIME_TAIL: Final = regex.compile(r"(?:\s*,)?\s+(?:trong |vào |đến )?(?:hết )?năm \d{4}$", regex.IGNORECASE)
_WEAK_TAIL: Final = regex.compile(
    r"(?:\s|^)(?:(?:là|còn|rất|khá)?\s*(?:thấp|cao|còn|chưa|đạt|được|đã|mới|chỉ|với|chưa đạt chỉ tiêu|chưa mới|hiện|ước|và|ở|ở mức|còn ở mức|còn ở mức thấp|mức|phấn đấu|cũng|đều|năm qua|duy trì|từ|số điểm|điểm số))$"
)
_RANKING_WORDS: Final = ("thứ hạng", "xếp hạng", "hạng", "vị trí", "vị thứ", "điểm số", "điểm", "số điểm")


@dataclass(slots=True)
class Quantity:
    """A figure with what it says; offsets of the view. `mood_start` is where its own words begin."""

    value: float | int
    max: float | int | None
    unit: str
    kind: Literal["scale", "money", "duration", "measure", "counted", "rank"]
    change: Change
    comparator: Comparator
    cues: tuple[str, ...]
    indicator: str
    baseline: str | None
    year: str | None
    start: int
    figure: int
    end: int


@dataclass(slots=True)
class _Figure:
    """A match before its words are read."""

    value: str
    max: str | None
    unit: str
    kind: str
    up: str
    start: int
    end: int
    cue_start: int
    cues: tuple[str, ...]


def number_value(text: str) -> float | int:
    """Return the value of a printed number: 1.234,5 -> 1234.5, 39,73 -> 39.73, 02 -> 2."""
    if "," in text:
        return float(text.replace(".", "").replace(",", "."))
    head, _, tail = text.rpartition(".")
    if head and len(tail) == 3 and not head.startswith("0"):
        return int(text.replace(".", ""))
    return float(text) if "." in text else int(text)


def quantities_of(reading: Reading, block: Block) -> list[Quantity]:
    """Return the quantities of a paragraph, in order."""
    out: list[Quantity] = []
    taken = _Taken(reading)
    last = ""
    for start, end in sentences_of(reading.view, block.words, block.paragraph.end):
        for begin, stop in clauses_of(reading.view, start, end):
            found = _figures(reading, begin, stop, taken)
            last = _read_clause(reading, begin, stop, found, last, out) if found else last
    return out


class _Taken:
    """Numbers and dates of documents, found before."""

    def __init__(self, reading: Reading) -> None:
        self.spans = sorted(reading.taken)
        self.starts = [start for start, _ in self.spans]

    def holds(self, at: int) -> bool:
        """Whether an offset stands in one."""
        index = bisect_right(self.starts, at) - 1
        return index >= 0 and at < self.spans[index][1]


def _figures(reading: Reading, start: int, end: int, taken: _Taken) -> list[_Figure]:
    low = reading.view.low
    out: list[_Figure] = []
    for pattern in (_RANK, _GROUP):
        for match in pattern.finditer(low, start, end, timeout=SECONDS):
            groups = match.groupdict()
            value = groups["value"] or groups.get("plain")
            if value is None or taken.holds(match.start()) or _is_ordinal(low, match):
                continue
            cue = match.start()
            out.append(_Figure(value, groups.get("max") or groups.get("of"), "thứ hạng", "group" if pattern is _GROUP else "rank",
                (groups.get("up") or "").strip(), match.start(), match.end(), cue, ()))  # fmt: skip
    for match in _FIGURE.finditer(low, start, end, timeout=SECONDS):
        if match["unit"] is None or taken.holds(match.start()) or any(f.start <= match.start() < f.end for f in out):
            continue
        kind = next(k for k in ("scale", "money", "duration", "measure", "counted") if match[k])
        unit = reading.view.text[match.start("unit") : match.end("unit")]
        if match["max"] and kind in ("duration",):
            continue
        cue_start, cues = _cues(low, start, match.start())
        out.append(
            _Figure(
                match["value"],
                match["max"],
                unit,
                kind,
                (match["up"] or "").strip(),
                match.start(),
                match.end(),
                cue_start,
                cues,
            )
        )
    return sorted(out, key=lambda f: f.start)


def _is_ordinal(low: str, match: regex.Match[str]) -> bool:
    """ "lần thứ 15", "công chức hạng 2": no place in an order."""
    before = low[max(0, match.start() - 14) : match.start()].rstrip()
    return before.endswith(
        ("lần", "khóa", "khoá", "kỳ", "đại hội", "ngày", "điều", "viên chức", "bệnh viện", "đô thị", "chức danh")
    )


def _cues(low: str, start: int, at: int) -> tuple[int, tuple[str, ...]]:
    """Read the cue words backwards from a number."""
    found: list[str] = []
    for _ in range(6):
        match = _CUE.search(low, max(start, at - 24), at, timeout=SECONDS)
        if match is None:
            break
        found.append(match["cue"])
        at = match.start()
    return at, tuple(reversed(found))


def _read_clause(reading: Reading, start: int, end: int, figures: list[_Figure], last: str, out: list[Quantity]) -> str:
    """Give each figure its words; return what the clause measures last, for a clause that follows without words."""
    text, low = reading.view.text, reading.view.low
    previous: Quantity | None = None
    left = start
    for index, figure in enumerate(figures):
        following = figures[index + 1] if index + 1 < len(figures) else None
        after_end = _after_end(low, figure, following, end)
        before = _before(text, low, left, figure.cue_start, first=index == 0)
        behind = text[figure.end : after_end].strip(" ,.:;()")
        takes_behind = _measured_behind(low, figure, before)
        if figure.kind in ("counted", "measure", "money", "duration") and not takes_behind:
            indicator = before
        elif takes_behind:
            tail = behind or _shared_tail(text, low, figure, following, end)
            noun = text[figure.start : figure.end].split(None, 1)[-1] if figure.kind == "counted" else ""
            indicator = " ".join(part for part in (_short_lead(before), noun, tail) if part)
        else:
            indicator = before
        if not indicator or indicator.lower() in _RANKING_WORDS:
            indicator = f"{indicator} {last}".strip()
        change, comparator = _sense(figure, previous, bool(before))
        baseline = _SO_WITH.match(low, figure.end, end, timeout=SECONDS)
        quantity = Quantity(
            value=number_value(figure.value),
            max=number_value(figure.max) if figure.max else None,
            unit=figure.unit,
            kind="rank" if figure.kind == "group" else figure.kind,  # type: ignore[arg-type]
            change=change,
            comparator=comparator,
            cues=figure.cues,
            indicator=indicator,
            baseline=baseline["year"] if baseline else None,
            year=_year(low, start, end),
            start=min(left + _lead(text, left, figure.start), figure.start),
            figure=figure.start,
            end=max(baseline.end() if baseline else figure.end, after_end if takes_behind else figure.end),
        )
        out.append(quantity)
        previous = quantity
        if indicator:
            last = indicator
        left = quantity.end if takes_behind else (baseline.end() if baseline else figure.end)
    return last


def _lead(text: str, start: int, end: int) -> int:
    at = start
    while at < end and (text[at].isspace() or text[at] in ",.;:()-–"):
        at += 1
    return at - start


def _after_end(low: str, figure: _Figure, following: _Figure | None, end: int) -> int:
    """Where the words behind a figure end: before the next figure's own words, at the end of the clause."""
    stop = end
    if following is not None:
        comma = max(low.rfind(",", figure.end, following.cue_start), low.rfind(";", figure.end, following.cue_start))
        joined = low.rfind(" và ", figure.end, following.cue_start + 1)
        stop = max(comma, joined)
        if stop < figure.end:
            stop = following.cue_start
    for cut in (" so với năm", ", trong đó", " (", ")", ", góp phần", " nhằm ", ", bảo đảm", ", đảm bảo"):
        at = low.find(cut, figure.end, stop)
        if at >= 0 and not (cut == " (" and at < figure.end + 3):
            stop = min(stop, at)
    predicate = _PREDICATE.search(low, figure.end, stop, timeout=SECONDS)
    if predicate:
        comma = low.find(", ", predicate.end(), stop)
        if comma > 0 and len(low[figure.end : comma].split()) >= 4:
            stop = comma
    return max(stop, figure.end)


def _before(text: str, low: str, left: int, right: int, first: bool) -> str:
    """Return the words before a figure that name what is measured."""
    words = text[left:right]
    bracket = words.rfind("(")
    if bracket >= 0 and ")" not in words[bracket:]:
        inner = words[bracket + 1 :].strip(" ,:")
        words = inner if len(inner.split()) > 2 else words[:bracket]
    colon = words.rfind(":")
    if colon >= 0 and not (bracket >= 0 and colon > bracket and len(words[:colon].split()) < 9):
        words = words[colon + 1 :]
    if not first:
        words = words.lstrip(" ).,;")
        for opener in ("và ", "đồng thời ", "trong đó ", "trong đó, ", "cùng với "):
            if words.lower().startswith(opener):
                words = words[len(opener) :]
        if words.lower().startswith("so với"):
            words = words.partition(",")[2]
    return _tidy(words)


def _tidy(words: str) -> str:
    words = " ".join(words.split()).strip(" ,.;:()-–")
    for _ in range(4):
        size = len(words)
        for pattern in (_INTRO, _TIME_LEAD):
            words = pattern.sub("", words, timeout=SECONDS)
        for pattern in (_TIME_TAIL, _WEAK_TAIL):
            words = pattern.sub("", words, timeout=SECONDS).strip(" ,.;:()-–")
        if len(words) == size:
            break
    return words


def _measured_behind(low: str, figure: _Figure, before: str) -> bool:
    """Whether what is measured stands behind the figure: "100% hồ sơ …", "có 01 báo cáo …"."""
    if figure.kind in ("rank", "group") or figure.up:
        return False
    behind = low[figure.end : figure.end + 24].lstrip()
    if figure.kind == "counted":
        return True
    if figure.kind in ("duration", "money", "measure"):
        return not before and bool(behind) and behind[0].isalpha() and not behind.startswith(_NOT_OF)
    if figure.unit not in ("%", "phần trăm") or not behind or not (behind[0].isalnum() or behind[0] in '“"'):
        return False
    if behind.startswith(_NOT_OF):
        return False
    if (
        figure.cues
        and figure.cues[-1] in ("đạt", "được", "đạt tỷ lệ", "mới đạt", "chỉ đạt", "ước đạt", "đạt mức", "chiếm")
        and len(before.split()) > 2
    ):
        return False
    return True


def _short_lead(before: str) -> str:
    """The verb before "100% các nhiệm vụ": kept where it is short ("hoàn thành"), dropped where it is another matter."""
    return (
        before
        if len(before.split()) <= 4
        else before.rpartition(", ")[2]
        if len(before.rpartition(", ")[2].split()) <= 4
        else ""
    )


def _shared_tail(text: str, low: str, figure: _Figure, following: _Figure | None, end: int) -> str:
    """ "01 công chức, 32 viên chức không hoàn thành": the words behind the second count for both."""
    if following is None or following.kind != figure.kind:
        return ""
    return text[following.end : _after_end(low, following, None, end)].strip(" ,.:;()")


def _sense(figure: _Figure, previous: Quantity | None, own_words: bool) -> tuple[Change, Comparator]:
    """Return direction and comparator from cues, what follows the figure, and the figure before."""
    cues = figure.cues
    comparator: Comparator = "="
    for cue in cues:
        comparator = _COMPARATORS.get(cue, comparator)
    if figure.up == "trở lên":
        comparator = ">="
    elif figure.up == "trở xuống":
        comparator = "<="
    if figure.kind in ("rank", "group"):
        return "rank", "<=" if figure.kind == "group" or figure.up == "trở lên" else comparator
    levels = any(cue in _LEVELS for cue in cues)
    if any(cue in _UP for cue in cues) and not levels:
        return "increase", comparator
    if any(cue in _DOWN for cue in cues) and not levels:
        return "decrease", comparator
    if (
        not cues
        and not own_words
        and previous is not None
        and previous.change in ("increase", "decrease")
        and previous.unit == figure.unit
    ):
        return previous.change, previous.comparator
    return "level", comparator


def _year(low: str, start: int, end: int) -> str | None:
    for match in _YEAR.finditer(low, start, end, timeout=SECONDS):
        if not low[max(start, match.start() - 16) : match.start()].rstrip().endswith(("so với", "cùng kỳ", "kết quả")):
            return match["year"]
    return None
