"""Figures as they are printed: number, unit, and the cue words before them.

number      1.234.567  39,73  02            Vietnamese decimal comma, thousand points
score       8,41/10 điểm                    a value and the most it can be
rank        thứ 15/16, hạng 9/63            a place; "nhóm 10 … dẫn đầu", "top 5": a group at the head
cues        đạt, tối thiểu, từ, không quá, tăng, giảm, xuống còn …, read backwards from the number
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, Literal

import regex

from pipeline.parsing.counted import THINGS, alternation
from pipeline.parsing.cues import read_cues
from pipeline.parsing.measures import UNIT
from pipeline.parsing.patterns import SECONDS, Pattern
from pipeline.parsing.reading import Reading

Kind = Literal["scale", "money", "duration", "measure", "counted", "thing", "rank", "group"]

_NUM: Final = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,9}(?:[.,]\d{1,4})?)"
_FIGURE: Final = Pattern(
    "figure",
    rf"(?<![\p{{L}}\d/.,\-–])(?P<value>{_NUM})(?:\s?/\s?(?P<max>{_NUM}))?(?:\s?(?:%?\s?[-–]|"
    rf"đến)\s?(?P<high>{_NUM}))?(?![\d])"
    rf"(?:\s?\((?:\p{{Ll}}+ ){{0,8}}\p{{Ll}}+\)(?=\s\p{{Ll}}))?"
    rf"(?:\s?(?P<unit>{UNIT})|\s(?P<thing>\p{{Ll}}+(?: \p{{Ll}}+)?))",
    "đạt 8,41/10 điểm",
    {"value": "8,41", "max": "10", "unit": "điểm"},
)
_SPELLED: Final = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười hai": 12, "mười lăm": 15, "hai mươi": 20, "ba mươi": 30, "bốn mươi": 40, "năm mươi": 50, "một trăm": 100,
}  # fmt: skip
_IN_WORDS: Final = Pattern(
    "figure_in_words",
    rf"(?<=(?<!\p{{L}})(?:ít nhất|tối thiểu|tối đa|không quá|thêm|trên|dưới|đủ) )"
    rf"(?P<value>{alternation(tuple(_SPELLED))}) (?P<unit>{THINGS})(?![\p{{L}}\d])",
    "ít nhất hai mươi hợp tác xã",
    {"value": "hai mươi", "unit": "hợp tác xã"},
)
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
    r"(?P<verb>(?:đứng|xếp|xếp hạng|thứ hạng|(?:ở )?vị trí)\s+)(?P<value>\d{1,4})\s?/\s?(?P<max>\d{1,4})(?!\s?[/%\d])",
    "xếp hạng 9/63",
    {"value": "9", "max": "63"},
    needs=("/",),
)
_GROUP: Final = Pattern(
    "leading_group",
    r"(?:(?:trong|vào|thuộc|nằm trong|đứng trong)\s+)*(?:(?:nhóm|tốp|"
    r"top)\s+(?P<value>\d{1,3})(?!\s?[%/.,]\d)(?=[^.;]{0,70}(?:dẫn đầu|đứng đầu|cao nhất|tốt nhất|đầu tiên|cao|"
    r"khá|tốt)|(?<=top \d{1,2})(?= ))|"
    r"(?:trong|vào)\s+(?P<plain>\d{1,3})\s+(?=(?:tỉnh|địa phương|đơn vị|sở|xã|huyện|bộ)[^.;]{0,40}(?:dẫn đầu|"
    r"đứng đầu|cao nhất|tốt nhất|đầu tiên)))",
    "trong nhóm 10 tỉnh dẫn đầu",
    {"value": "10"},
)
_TIMED: Final = frozenset(
    "tăng giảm muộn chậm quá_hạn không_quá dưới tối_đa trong_vòng rút_ngắn cắt_giảm không_vượt_quá xuống "
    "xuống_còn còn".split()
)
_NO_THING: Final = frozenset(
    "và của các cho từ đến trong trên tại theo với là thì mà để nhằm do có được bị đã sẽ trở năm tháng quý đồng "
    "về vào ra khi đối sao trước sau nếu như hoặc này đó khóa khoá khoản điều điểm mục phần so ở không đạt tối "
    "ít tăng giảm tiếp gồm còn bao chưa nên phải cần cũng đều qua bằng lên xuống cùng mới".split()
)
_ABBREVIATION: Final = regex.compile(r"\p{Lu}{2,6}")
_BODIES: Final = frozenset(
    "UBND HĐND UBMTTQ MTTQ BCH BTV BCĐ TW TU CP NQ QĐ KH CT CV TT BC TB HD TTr KL ĐA VP BCT BYT BTC BNV BKHCN CAND "
    "QH VN TP TTg XHCN".split()
)
"""Behind a number they name who a document is of."""
_NAMING: Final = frozenset(
    "năm tháng quý ngày số điều khoản mục phần chương mức độ cấp loại hạng khóa khoá kỳ lần thứ tuổi nhóm đoạn "
    "lớp lục mẫu đợt bước án điểm vùng quận khu giờ hệ phiên tỉ tỷ lộ quốc".split()
)
"""A number behind one of these names, it does not count."""
_TAKES_TIME: Final = regex.compile(
    r"(?<!\p{L})thời gian (?:chờ|khám|giải quyết|xử lý|thông quan|điều trị|nằm viện|lưu trú|đi lại|hoàn thành|kê khai)"
    r"[^,;:()]{0,40}$"
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

_LISTED: Final = regex.compile(
    r"(?<!\p{L})(?:(?:mẫu|biểu|phụ lục|văn bản|công văn)(?: biểu)?(?: số)?|số|mức độ|cấp độ|cấp|loại|hạng|nhóm|lớp|"
    r"đợt|điều|khoản|mục|chương|phần|đề án)"
    r" \d{1,4}(?:(?:,| và|, và) (?:(?:số|điều|khoản|mục) )?\d{1,4})*(?:,| và) (?:(?:số|điều|khoản|mục) )?$|"
    r"(?<!\p{L})(?:điều|khoản|mục|chương|phụ lục|đề án|khóa|khoá|kỳ họp thứ) $"
)
""" "Mẫu biểu số 02, 03 …", "Điều 8 Thông tư …": numbers that name."""
_YEAR: Final = regex.compile(r"(?:19|20)\d\d")
_DATED: Final = regex.compile(r"(?:năm|năm học|nhiệm kỳ|giai đoạn|\d\s?[-–/.])\s?$")
_SINCE: Final = regex.compile(r"\s*(?:\(?(?:vào |trong |cuối |đầu )*(?:năm|quý|tháng) [\d/]+\)?)?,?\s*")
_AGES: Final = regex.compile(r"tuổi (?:thọ|nghề|đời|kết hôn|trung bình|bình quân)|độ tuổi trung bình")
_AGE: Final = regex.compile(r"\s(?:tháng )?tuổi(?!\p{L})")
_BASE: Final = regex.compile(
    r"so (?:với )?(?:cùng kỳ|năm|kế hoạch|dự toán|tháng|quý)[^,;:()]{0,30}\((?:là |đạt )?\s*$|"
    r"\((?:so (?:với )?)?(?:cùng kỳ|(?:cả |đầu |cuối )?(?:năm|tháng|quý) (?:trước|[\d/]+))[^,;:()]{0,30}$"
)
_DEFINING: Final = regex.compile(
    r"(?<!\p{L})(?:hộ|xã|phường|thôn|doanh nghiệp|cơ sở|hợp tác xã|đơn vị|khu công nghiệp|khu|dự án|công trình|"
    r"trường|người|tổ chức)(?: \p{L}+){0,3} có (?:(?:diện tích|quy mô|công suất|dân số|tổng mức đầu tư|vốn|số|thu nhập)"
    r"(?: \p{L}+){0,4} )?(?:từ|trên|dưới)$"
)
""" "doanh nghiệp có từ 500 lao động trở lên": which ones are meant."""
_STORM: Final = regex.compile(
    r"(?<!\p{L})(?:bão|áp thấp|sức gió|vĩ độ|kinh độ|độ kinh|độ vĩ|lượng mưa|nhiệt độ|hải lý)(?!\p{L})"
)
_STORMY: Final = frozenset(("độ", "km/giờ", "km/h", "km", "mm", "m", "mét"))
"""What the weather is measured in."""
_PROGRAMME: Final = regex.compile(
    r"(?<!\p{L})(?:Đề án|Dự án|Phong trào|Cuộc vận động|Chiến dịch) \p{Ll}[^,;.:()\d]{0,60}$"
)
""" "Đề án phát triển 1 triệu ha lúa": the figure is part of the name."""
_STATED: Final = ("đạt", "tăng", "giảm", "vượt", "bằng", "chiếm", "cao hơn", "thấp hơn", "còn")
_AGAINST: Final = regex.compile(r"so với(?: (?!đạt|(?<!mức )tăng|giảm|vượt|bằng)\p{L}+){0,5}\s*$")
_TWICE: Final = regex.compile(rf"\s?/\s?(?P<max>{_NUM})\s?")
_RATED: Final = regex.compile(r"\p{Ll}+(?: (?!(?:vào|năm|trong|so|và|được|đến|từ)(?!\p{L}))\p{Ll}+){0,5}")

_NAME_JOINED: Final = regex.compile(r"^\p{Ll}[^,]*, \p{Lu}")
""" "1.020 giường, Bệnh viện …": a name behind the comma is another thought."""
_LONGEST_NAME: Final = 250
DENSE: Final = 60
"""More figures than this in one clause are a table that lost its lines, no prose."""


@dataclass(slots=True)
class Figure:
    """One printed figure; offsets of the view. `cue_start` is where its cue words begin."""

    value: str
    max: str | None
    unit: str
    kind: Kind
    start: int
    end: int
    cue_start: int
    cues: tuple[str, ...]
    ranges: bool = False
    """Whether it is the lower end of a range, "16 - 18%"."""


def number_value(text: str) -> float | int:
    """Return the value of a printed number: 1.234,5 -> 1234.5, 39,73 -> 39.73, 02 -> 2, hai mươi -> 20."""
    if text in _SPELLED:
        return _SPELLED[text]
    if "," in text:
        return float(text.replace(".", "").replace(",", "."))
    head, _, tail = text.rpartition(".")
    if head and len(tail) == 3 and not head.startswith("0"):
        return int(text.replace(".", ""))
    return float(text) if "." in text else int(text)


class Taken:
    """Numbers and dates of documents: no figures."""

    def __init__(self, reading: Reading) -> None:
        self.spans = sorted(reading.taken)
        self.starts = [start for start, _ in self.spans]

    def holds(self, at: int) -> bool:
        """Whether an offset stands in one."""
        index = bisect_right(self.starts, at) - 1
        return index >= 0 and at < self.spans[index][1]


def figures_in(reading: Reading, start: int, end: int, taken: Taken) -> list[Figure]:
    """Return the figures of a clause, in order."""
    text, low = reading.view.text, reading.view.low
    out = _ranks(low, start, end, taken)
    for match in _FIGURE.finditer(low, start, end):
        if len(out) > DENSE:
            break
        if taken.holds(match.start()) or any(f.start <= match.start() < f.end for f in out):
            continue
        cue_start, cues = read_cues(low, start, match.start())
        unit_end = match.end()
        if _in_a_name(text, low, start, match):
            continue
        if match["unit"]:
            kind: Kind = next(k for k in ("scale", "money", "duration", "measure", "counted") if match[k])
            unit = text[match.start("unit") : match.end("unit")]
        else:
            kind, unit = _thing(text, low, start, match)
            if not unit:
                continue
            unit_end = match.start("thing") + len(unit)
        if _is_age(low, start, match) or _is_base(low, start, cue_start, cues):
            continue
        if _is_named_so(text, low, start, match, unit, cues):
            continue
        if _NAME_JOINED.search(unit, timeout=SECONDS):
            unit_end -= len(unit) - len(unit.partition(",")[0])
            unit = unit.partition(",")[0]
        most, unit, unit_end = _of_which(text, match, unit, unit_end)
        kind = "measure" if "/" in unit and kind in ("counted", "thing") else kind
        if kind == "duration" and (match["max"] or not _is_told_time(low, start, cue_start, cues)):
            continue
        ranges = match["high"] is not None
        out.append(Figure(match["value"], most, unit, kind, match.start(), unit_end, cue_start, cues, ranges))
    out += _in_words(text, low, start, end)
    out = _ranges(low, sorted(out, key=lambda f: f.start))
    return [f for f, after in zip_longest(out, out[1:]) if f is not None and not _is_origin(low, f, after)]


def _thing(text: str, low: str, start: int, match: regex.Match[str]) -> tuple[Kind, str]:
    """Return what a number counts that no list holds: up to two words, or an abbreviation ("25 ĐKKD"); "" for none."""
    words = text[match.start("thing") : match.end("thing")].split()
    if _is_name(low, start, match):
        return "thing", ""
    if _ABBREVIATION.fullmatch(words[0]) and words[0] not in _BODIES:
        return "counted", words[0]
    if not words[0][0].islower():
        return "thing", ""
    keep = next((i for i, word in enumerate(words) if word.lower() in _NO_THING), len(words))
    return "thing", " ".join(words[:keep])


def _in_words(text: str, low: str, start: int, end: int) -> list[Figure]:
    """ "ít nhất một cơ sở y tế": a number in words counts behind a bound only, "một số xã" is no number."""
    out: list[Figure] = []
    for match in _IN_WORDS.finditer(low, start, end):
        cue_start, cues = read_cues(low, start, match.start())
        unit = text[match.start("unit") : match.end("unit")]
        out.append(Figure(match["value"], None, unit, "counted", match.start(), match.end(), cue_start, cues))
    return out


def _is_named_so(text: str, low: str, start: int, match: regex.Match[str], unit: str, cues: tuple[str, ...]) -> bool:
    """Whether a figure tells which things are meant, is part of a programme's name, or of the weather."""
    at = match.start()
    if not cues and _PROGRAMME.search(text, max(start, at - 80), at, timeout=SECONDS):
        return True
    if unit.lower() in _STORMY and _STORM.search(low, max(start, at - 200), at, timeout=SECONDS):
        return True
    return _DEFINING.search(low[max(start, at - 90) : at].rstrip(), timeout=SECONDS) is not None


def _is_told_time(low: str, start: int, at: int, cues: tuple[str, ...]) -> bool:
    """ "muộn 22 ngày", "thời gian chờ trung bình 78 phút"; other times are dates and terms."""
    if {cue.replace(" ", "_") for cue in cues} & _TIMED:
        return True
    return _TAKES_TIME.search(low, max(start, at - 50), at, timeout=SECONDS) is not None


def _is_age(low: str, start: int, match: regex.Match[str]) -> bool:
    """ "từ 15 tuổi trở lên" says who is counted, "tuổi thọ trung bình đạt 76 tuổi" is measured."""
    behind = _AGE.match(low, match.end("high") if match["high"] else match.end("value"), timeout=SECONDS)
    measured = _AGES.search(low, max(start, match.start() - 60), match.start(), timeout=SECONDS)
    return behind is not None and measured is None


def _is_base(low: str, start: int, at: int, cues: tuple[str, ...]) -> bool:
    """ "tăng 5% so với cùng kỳ (412 tỷ đồng)", "tăng so với mức 412 tỷ đồng": what is compared with."""
    if not any(cue.endswith(_STATED) or cue.startswith(_STATED) for cue in cues):
        against = _AGAINST.search(low, max(start, at - 60), at, timeout=SECONDS)
        if against is not None:
            return True
    return _BASE.search(low, max(start, at - 60), at, timeout=SECONDS) is not None


def _is_origin(low: str, figure: Figure, after: Figure | None) -> bool:
    """ "giảm từ 5% năm 2020 xuống còn 3%": the first figure is where the way began."""
    if after is None or not figure.cues or figure.cues[-1] != "từ" or not after.cues:
        return False
    moved = after.cues[0].startswith(("xuống", "lên", "còn", "giảm xuống", "giảm còn", "tăng lên"))
    return moved and _SINCE.fullmatch(low, figure.end, after.cue_start, timeout=SECONDS) is not None


def _ranges(low: str, figures: list[Figure]) -> list[Figure]:
    """ "tăng từ 10% đến 12%/năm" is one figure: its lower end, in the unit that the upper one names in full."""
    out: list[Figure] = []
    for figure in figures:
        first = out[-1] if out else None
        if (
            first is not None
            and first.cues[-1:] == ("từ",)
            and figure.cues == ("đến",)
            and figure.unit.startswith(first.unit)
            and not low[first.end : figure.cue_start].strip()
        ):
            first.unit, first.end, first.ranges = figure.unit, figure.end, True
        else:
            out.append(figure)
    return out


def _of_which(text: str, match: regex.Match[str], unit: str, end: int) -> tuple[str | None, str, int]:
    """Return the most it can be, the unit, and where both end: "56/93 nhiệm vụ", "58 tỷ đồng/60 tỷ đồng".

    "4/100.000 trẻ" is a rate: its unit is "/100.000 trẻ".
    """
    most: str | None = match["max"]
    if most is not None and most.endswith(".000") and match["thing" if match["thing"] else "unit"]:
        at = match.start("thing") if match["thing"] else match.start("unit")
        rate = _RATED.match(text, at, timeout=SECONDS)
        if rate is not None and number_value(match["value"]) < number_value(most):
            return None, f"/{most} {rate[0]}", rate.end()
    if most is None:
        twice = _TWICE.match(text, end, timeout=SECONDS)
        if twice is not None and text.startswith(unit, twice.end()):
            return str(twice["max"]), unit, twice.end() + len(unit)
    return most, unit, end


def _in_a_name(text: str, low: str, start: int, match: regex.Match[str]) -> bool:
    """Whether a number stands in a list of numbers of documents, or in a name in quotation marks."""
    at = match.start()
    if _YEAR.fullmatch(match["value"]) and (match["high"] or _DATED.search(low, max(start, at - 20), at)):
        return True  # "năm 2024 huyện …", "2030 - 100% …"
    if not match["scale"] and _LISTED.search(low, max(start, at - 40), at, timeout=SECONDS):
        return True
    opened = text.rfind("“", max(start, at - _LONGEST_NAME), at)
    return opened >= 0 and "”" not in text[opened:at] and "”" in text[at : at + _LONGEST_NAME]


def _is_name(low: str, start: int, match: regex.Match[str]) -> bool:
    """Whether a number without a unit is a year, or part of a name ("mức độ 2", "Đề án 06")."""
    value = match["value"]
    if len(value) == 4 and value.isdigit() and 1900 <= int(value) <= 2100:
        return True
    if low[match.end() : match.end() + 1] in ("-", "–"):
        return True
    before = low[max(start, match.start() - 14) : match.start()].split()
    return bool(before) and before[-1].strip("(,") in _NAMING


def _ranks(low: str, start: int, end: int, taken: Taken) -> list[Figure]:
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
