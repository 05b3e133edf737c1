"""Figures as they are printed: number, unit, and the cue words before them.

number      1.234.567  39,73  02            Vietnamese decimal comma, thousand points
score       8,41/10 điểm                    a value and the most it can be
rank        thứ 15/16, hạng 9/63            a place; "nhóm 10 … dẫn đầu", "top 5": a group at the head
cues        đạt, tối thiểu, từ, không quá, tăng, giảm, xuống còn …, read backwards from the number
"""

from __future__ import annotations

from itertools import zip_longest
from typing import Final

import regex

from pipeline.parsing.bare import bare_counts
from pipeline.parsing.counted import alternation
from pipeline.parsing.cues import read_cues
from pipeline.parsing.idle import (
    in_a_name,
    is_age,
    is_base,
    is_base_of_rate,
    is_name,
    is_named_so,
    is_origin,
    is_told_time,
)
from pipeline.parsing.measures import UNIT, thing_at
from pipeline.parsing.patterns import Bounded, Pattern
from pipeline.parsing.printed import NUM, SPELLED, Figure, Kind, Taken, number_value
from pipeline.parsing.ranks import ranks_in
from pipeline.parsing.reading import Reading

_FIGURE: Final = Pattern(
    "figure",
    rf"(?:(?<![\p{{L}}\d/.,\-–×]|\d\+|× )|(?<=\([\-–])|(?<= (?:vụ|vụ án|ca|cuộc)/)(?!10+(?!\d)))"
    rf"(?P<value>{NUM})(?:(?:\s?/\s?| (?:trên|trong) tổng số )(?P<max>{NUM}))?"
    rf"(?:\s?(?:%?\s?[-–]|đến)\s?(?P<high>{NUM}))?(?![\d])"
    rf"(?:\s?\((?:\p{{Ll}}+ ){{0,8}}\p{{Ll}}+\)(?=\s\p{{Ll}}))?"
    rf"(?:\s?(?P<unit>{UNIT})|\s(?P<thing>\p{{Ll}}+(?:-\p{{Ll}}+|(?: \p{{Ll}}+)?)))",
    "đạt 8,41/10 điểm",
    {"value": "8,41", "max": "10", "unit": "điểm"},
)
_IN_WORDS: Final = Pattern(
    "figure_in_words",
    rf"(?<=(?<!\p{{L}})(?:ít nhất|tối thiểu|tối đa|không quá|thêm|trên|dưới|đủ) )"
    rf"(?P<value>{alternation(tuple(SPELLED))}) (?=\p{{L}})",
    "ít nhất hai mươi hợp tác xã",
    {"value": "hai mươi"},
)
_NO_THING: Final = frozenset(
    "và của các cho từ đến trong trên tại theo với là thì mà để nhằm do có được bị đã sẽ trở năm tháng quý đồng "
    "về vào ra khi đang đối sao trước sau nếu như hoặc này đó khóa khoá khoản điều điểm mục phần so ở không đạt tối "
    "ít tăng giảm tiếp gồm còn bao chưa nên phải cần cũng đều qua bằng lên xuống cùng mới".split()
)
_PARTED: Final = Pattern(
    "figure_parted_from_its_unit",
    rf"(?<![\p{{L}}\d/.,\-–])(?P<value>{NUM})(?:\s?/\s?(?P<max>{NUM}))? ?\([^()%]{{1,24}}%\) (?P<of>\p{{Ll}})",
    "35/40 (đạt 87,5%) xã",
    {"value": "35", "max": "40"},
    needs=("%)",),
)
_ABBREVIATION: Final = Bounded(r"\p{Lu}{2,6}")
_BODIES: Final = frozenset(
    "UBND HĐND UBMTTQ MTTQ BCH BTV BCĐ TW TU CP NQ QĐ KH CT CV TT BC TB HD TTr KL ĐA VP BCT BYT BTC BNV BKHCN CAND "
    "QH VN TP TTg XHCN".split()
)
"""Behind a number they name who a document is of."""
_TWICE: Final = Bounded(rf"\s?/\s?(?P<max>{NUM})\s?")
_OUT_OF: Final = Bounded(rf" (?:trên|trong) tổng(?: số)? (?P<max>{NUM}) ")
""" "2.870 việc trên tổng số 3.402 việc"."""
_RATED: Final = Bounded(r"\p{Ll}+(?: (?!(?:vào|năm|trong|so|và|được|đến|từ)(?!\p{L}))\p{Ll}+){0,5}")

_NAME_JOINED: Final = Bounded(r"^\p{Ll}[^,]*, \p{Lu}")
""" "1.020 giường, Bệnh viện …": a name behind the comma is another thought."""
DENSE: Final = 60
"""More figures than this in one clause are a table that lost its lines, no prose."""


def figures_in(reading: Reading, start: int, end: int, taken: Taken) -> list[Figure]:
    """Return the figures of a clause, in order."""
    text, low = reading.view.text, reading.view.low
    in_digits = any(map(str.isdecimal, low[start:end]))
    out = _in_digits(reading, start, end, taken) if in_digits else []
    out += _in_words(text, low, start, end)
    out += _parted(text, low, start, end, out, taken) if in_digits else []
    out += bare_counts(text, low, start, end, out, taken) if in_digits else []
    out = _ranges(low, sorted(out, key=lambda f: f.start))
    return [f for f, after in zip_longest(out, out[1:]) if f is not None and not is_origin(low, f, after)]


def _in_digits(reading: Reading, start: int, end: int, taken: Taken) -> list[Figure]:
    text, low = reading.view.text, reading.view.low
    out = ranks_in(low, start, end, taken)
    for match in _FIGURE.finditer(low, start, end):
        if len(out) > DENSE:
            break
        if taken.holds(match.start()) or any(f.start <= match.start() < f.end for f in out):
            continue
        cue_start, cues = read_cues(low, start, match.start())
        if text[match.start() - 1] in "-–+" and low.startswith("(", match.start() - 2):
            cue_start, cues = match.start() - 1, ("tăng" if text[match.start() - 1] == "+" else "giảm",)
        unit_end = match.end()
        if in_a_name(text, low, start, match):
            continue
        if match["unit"]:
            kind: Kind = next(k for k in ("scale", "money", "duration", "measure", "counted") if match[k])
            unit = text[match.start("unit") : match.end("unit")]
        else:
            kind, unit = _thing(text, low, start, match)
            if not unit:
                continue
            unit_end = match.start("thing") + len(unit)
        if is_age(low, start, match) or is_base(low, start, cue_start, cues) or is_base_of_rate(low, start, match):
            continue
        if is_named_so(text, low, start, match, unit, cues):
            continue
        if _NAME_JOINED.search(unit):
            unit_end -= len(unit) - len(unit.partition(",")[0])
            unit = unit.partition(",")[0]
        most, unit, unit_end = _of_which(text, match, unit, unit_end)
        kind = "measure" if "/" in unit and kind in ("counted", "thing") else kind
        if kind == "duration" and (match["max"] or not is_told_time(low, start, cue_start, match, cues)):
            continue
        ranges = match["high"] is not None
        out.append(Figure(match["value"], most, unit, kind, match.start(), unit_end, cue_start, cues, ranges))
    return out


def _thing(text: str, low: str, start: int, match: regex.Match[str]) -> tuple[Kind, str]:
    """Return what a number counts that no list holds: up to two words, or an abbreviation ("25 ĐKKD"); "" for none."""
    words = text[match.start("thing") : match.end("thing")].split()
    if is_name(low, start, match):
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
        unit_end = thing_at(low, match.end(), end)
        if unit_end is None:
            continue
        cue_start, cues = read_cues(low, start, match.start())
        unit = text[match.end() : unit_end]
        out.append(Figure(match["value"], None, unit, "counted", match.start(), unit_end, cue_start, cues))
    return out


def _parted(text: str, low: str, start: int, end: int, found: list[Figure], taken: Taken) -> list[Figure]:
    """ "còn 12/45 (chiếm 26,7%) xã chưa đạt": what is counted stands behind the share that it makes up."""
    out: list[Figure] = []
    for match in _PARTED.finditer(low, start, end):
        unit_end = thing_at(low, match.start("of"), end)
        known = any(figure.start <= match.start() < figure.end for figure in found)
        if unit_end is not None and not known and not taken.holds(match.start()):
            cue_start, cues = read_cues(low, start, match.start())
            unit = text[match.start("of") : unit_end]
            number_end = match.end("max" if match["max"] else "value")
            out.append(
                Figure(match["value"], match["max"], unit, "counted", match.start(), number_end, cue_start, cues)
            )
    return out


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
    if (
        most is not None
        and most.endswith(".000")
        and not match["scale"]
        and match["thing" if match["thing"] else "unit"]
    ):
        at = match.start("thing") if match["thing"] else match.start("unit")
        rate = _RATED.match(text, at)
        if rate is not None and number_value(match["value"]) < number_value(most):
            return None, f"/{most} {rate[0]}", rate.end()
    if most is None:
        among = _OUT_OF.match(text, end)
        if among is not None and text.startswith(unit, among.end()):
            return str(among["max"]), unit, among.end() + len(unit)
        twice = _TWICE.match(text, end)
        if twice is not None and text.startswith(unit, twice.end()):
            return str(twice["max"]), unit, twice.end() + len(unit)
    return most, unit, end
