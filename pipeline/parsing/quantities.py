"""Quantities (*số liệu*): figures with what they measure, their direction and comparator; for targets and results.

What is measured stands before the figure ("Tỷ lệ … đạt 95%") or after it ("100% hồ sơ …"); figures that follow each
other without words of their own share it ("8,41/10 điểm, đạt 84,1%, tăng 39,73%").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import regex

from pipeline.parsing.figures import DENSE, Figure, Kind, Taken, figures_in, number_value
from pipeline.parsing.patterns import SECONDS
from pipeline.parsing.reading import Block, Reading
from pipeline.parsing.sentences import clauses_of, sentences_of
from pipeline.parsing.units import subject_of
from pipeline.parsing.wording import says_no_measure, short_verb, shortened, tidy

Change = Literal["level", "increase", "decrease", "rank"]
Comparator = Literal[">=", ">", "<=", "<", "="]

_COMPARATORS: Final[dict[str, Comparator]] = {
    "tối thiểu": ">=", "ít nhất": ">=", "thấp nhất": ">=", "không dưới": ">=", "không thấp hơn": ">=",
    "không ít hơn": ">=", "≥": ">=", ">=": ">=",
    "trên": ">", "hơn": ">", "cao hơn": ">", "vượt": ">", ">": ">",
    "tối đa": "<=", "không quá": "<=", "không vượt quá": "<=", "không cao hơn": "<=", "nhiều nhất": "<=",
    "trong vòng": "<=", "≤": "<=", "<=": "<=",
    "dưới": "<", "thấp hơn": "<", "ít hơn": "<", "<": "<",
}  # fmt: skip
_UP: Final = frozenset({"tăng", "tăng thêm", "tăng nhẹ", "tăng mạnh", "tăng khá"})
_HAVING: Final = frozenset({"có", "còn", "còn có", "chỉ còn", "đã"})
_LATE: Final = ("muộn", "chậm", "quá hạn")
_DOWN: Final = frozenset({"giảm", "cắt giảm", "rút ngắn", "kéo giảm", "giảm nhẹ", "giảm mạnh", "giảm sâu"})
_LEVELS: Final = frozenset(
    {
        "xuống còn",
        "giảm còn",
        "giảm xuống còn",
        "giảm xuống",
        "xuống",
        "lên",
        "lên tới",
        "lên đến",
        "tăng lên",
        "còn",
        "chỉ còn",
        "đạt",
        "tới",
        "ở mức",
        "mức",
    }
)
_STATING: Final = frozenset(
    {
        "đạt",
        "được",
        "đạt được",
        "đạt tỷ lệ",
        "đạt mức",
        "mới đạt",
        "chỉ đạt",
        "ước đạt",
        "chiếm",
        "là",
        "bằng",
        "lên",
        "lên tới",
        "lên đến",
        "xuống",
        "xuống còn",
        "tới",
        "tăng lên",
    }
)
_SO_WITH: Final = regex.compile(
    r"\s*(?:\([^()]{0,80}\)\s*)?,?\s*so (?:với|cùng kỳ|dự toán|"
    r"kế hoạch)(?:\s+(?P<what>[^,;.:()]{0,60}?)(?P<year>(?:19|20)\d\d)(?:\s?[-–]\s?\d{4})?|[^,;.:()]{0,60})"
)
_AMONG: Final = regex.compile(
    r"\s+(?:(?:các|toàn|cả)\s+)?(?:tỉnh|thành phố|huyện|xã|phường|sở|ban|ngành|đơn vị|cơ quan|địa phương|bộ|quận|"
    r"thị xã|đặc khu|nước)"
    r"(?:(?:,| và)?\s+(?:tỉnh|thành phố|huyện|xã|phường|sở|ban|ngành|đơn vị|cơ quan|địa phương|bộ|quận|thị xã|"
    r"đặc khu))*(?!\p{L})"
)
"""What a place is counted among: "thứ 3/45 xã, phường"."""
_BEYOND: Final = regex.compile(r"\s*(?:so với|so|dự toán|kế hoạch|chỉ tiêu)(?!\p{L})")
_YEAR: Final = regex.compile(r"(?:năm|giai đoạn \d{4}\s?[-–])\s?(?P<year>(?:19|20)\d\d)(?!\s?[-–/]\s?\d)")
_SHARE: Final = regex.compile(r" (?:kế hoạch|dự toán|chỉ tiêu)(?: \p{L}+| \d{4}){0,5}?(?=,| và |;|\.| so | tăng| \(|$)")
_UP_MARK: Final = regex.compile(r"\s+trở (?P<way>lên|xuống)(?!\p{L})")
_NOT_OF: Final = regex.compile(
    r"(?:so với|so|trở lên|trở xuống|vào|trong năm|trong giai đoạn|năm|và|đến|theo|với|để|nhằm|tại|do|"
    r"kế hoạch(?! vốn)|"
    r"chỉ tiêu|dự toán|mục tiêu|cùng kỳ|mỗi|hằng|hàng|"
    r"trong đó|trước|thì|nhưng|là|trên tổng|số với|ở|bằng|qua|nghị quyết|yêu cầu|trong tổng|của|nên|"
    r"vì|mà|quy định|Trung ương giao|tỉnh giao)(?!\p{L})|[^\p{L}\d“\"]"
)
_AFTER_CUTS: Final = regex.compile(
    r",? so (?:với|cùng|dự|kế|năm) |, trong đó| \((?!\p{Lu}{2})|\)|, góp phần| nhằm |, (?:bảo|đảm) đảm |"
    r",? hoàn thành |,? (?:trước|đến|chậm nhất|từ) ngày | vào (?:cuối |đầu |năm|ngày|tháng)| trở (?:lên|"
    r"xuống)(?!\p{L})|"
    r" và (?=(?:đơn giản|nâng cao|rút ngắn|cắt giảm|bảo đảm|đảm bảo|tăng cường|phấn đấu)(?!\p{L}))|"
    r",? trong (?:năm|giai đoạn|quý|tháng) |, (?:trong vòng|không quá|đạt|tăng|giảm|bằng|chiếm) "
)
_PREDICATE: Final = regex.compile(r"(?<!\p{L})(?:được|phải|có|đạt|bị|chưa|không)(?!\p{L})")
_ABOUT: Final = regex.compile(r"\s+[^,;.]{0,60}?về (?P<about>[^,;.]{3,120})")
_RELATIVE: Final = (
    "cấp ",
    "ở ",
    "tại ",
    "khu vực ",
    "đối với ",
    "riêng ",
    "trong đó ",
    "nam ",
    "nữ ",
    "nông thôn",
    "thành thị",
)
_RANKING_WORDS: Final = frozenset(
    (
        "thứ hạng",
        "xếp hạng",
        "hạng",
        "hoàn thành",
        "tăng trưởng",
        "vị trí",
        "vị thứ",
        "điểm số",
        "điểm",
        "số điểm",
        "tăng",
        "giảm",
    )
)
_CHANGED: Final = regex.compile(
    r"^(?P<verb>giảm|cắt giảm|rút ngắn|kéo giảm|tăng)(?! cường| trưởng| thiểu| nghèo)\s+(?=\p{L})", regex.IGNORECASE
)
_JOINTLY: Final = regex.compile(r"(?:chủ trì,?\s*)?(?:phối hợp)(?: chặt chẽ)?,?(?: với| cùng với| cùng)\s+")
_ORDER: Final = regex.compile(r"(?:giao(?: cho)?|yêu cầu|đề nghị|phân công)\s+")


@dataclass(slots=True)
class Quantity:
    """A figure with what it says; offsets of the view: `start` to `end` is its clause, `figure` where the"""

    """number stands."""

    value: float | int
    max: float | int | None
    unit: str
    kind: Kind
    change: Change
    comparator: Comparator
    cues: tuple[str, ...]
    lead: str
    indicator: str
    baseline: str | None
    year: str | None
    sentence: int
    clause: int
    start: int
    figure: int
    figure_end: int
    end: int


def quantities_of(reading: Reading, block: Block) -> list[Quantity]:
    """Return the quantities of a paragraph, in order; read once, for targets and results alike."""
    known: list[Quantity] | None = reading.quantities.get(block.index)
    if known is None:
        known = reading.quantities[block.index] = _read(reading, block)
    return known


def _read(reading: Reading, block: Block) -> list[Quantity]:
    out: list[Quantity] = []
    if not any(c.isdigit() for c in reading.text(block.words, block.paragraph.end)):
        return out
    taken = Taken(reading)
    for start, end in sentences_of(reading.view, block.words, block.paragraph.end):
        for begin, stop in clauses_of(reading.view, start, end):
            found = figures_in(reading, begin, stop, taken)
            if found and len(found) <= DENSE:
                _Clause(reading, start, begin, stop, found, out).read(_told_before(reading, block, start, out))
    return out


def _told_before(reading: Reading, block: Block, sentence: int, out: list[Quantity]) -> str:
    """Return what "Ước thực hiện cả năm …" speaks of.

    That is what the sentence before measured first, or the paragraph before in the same node.
    """
    earlier = [quantity for quantity in out if quantity.sentence < sentence]
    if earlier:
        return next(quantity.indicator for quantity in earlier if quantity.sentence == earlier[-1].sentence)
    if not 0 < block.index < len(reading.blocks) or reading.blocks[block.index - 1].node is not block.node:
        return ""
    known: list[Quantity] = reading.quantities.get(block.index - 1, [])
    return known[0].indicator if known else ""


class _Clause:
    """The part of a sentence between semicolons, with its figures."""

    def __init__(
        self, reading: Reading, sentence: int, start: int, end: int, figures: list[Figure], out: list[Quantity]
    ) -> None:
        self.text, self.low = reading.view.text, reading.view.low
        self.sentence, self.start, self.end = sentence, start, end
        self.figures, self.out = figures, out

    def read(self, told: str) -> None:
        """Give each figure its words; `told` is what a run-up without a measure of its own speaks of."""
        left, behind_taken, previous = self.start, True, None
        for index, figure in enumerate(self.figures):
            following = self.figures[index + 1] if index + 1 < len(self.figures) else None
            left = min(left, figure.cue_start)
            lead = self._before(left, figure.cue_start, first=index == 0, free=behind_taken)
            lead = f"{lead} bình quân" if lead and "bình quân" in figure.cues else lead
            if index == 0 and not lead and figure.kind not in ("rank", "group"):
                lead = told if says_no_measure(self.text[left : figure.cue_start].strip(" ,.;:")) else ""
            stop = self._after_end(figure, following)
            behind = self.text[figure.end : stop].strip(" ,.:;()")
            takes = self._measured_behind(figure, lead)
            indicator, change, comparator = self._words(figure, following, previous, lead, behind if takes else "")
            compared = _SO_WITH.match(self.low, figure.end, self.end, timeout=SECONDS)
            base = compared or _SO_WITH.match(self.low, stop, self.end, timeout=SECONDS)
            end = max(stop if takes else figure.end, compared.end() if compared else 0)
            share = _SHARE.match(self.low, figure.end, self.end, timeout=SECONDS)
            end = self._past_bracket(max(end, share.end() if share else 0))
            among = _AMONG.match(self.low, end, self.end, timeout=SECONDS) if figure.kind == "rank" else None
            end = among.end() if among else end
            quantity = Quantity(
                value=number_value(figure.value),
                max=number_value(figure.max) if figure.max else None,
                unit=figure.unit,
                kind="rank" if figure.kind == "group" else figure.kind,
                change=change,
                comparator=self._comparator(figure, comparator, following),
                cues=figure.cues,
                lead=lead,
                indicator=indicator,
                baseline=base["year"] if base else None,
                year=self._year(),
                sentence=self.sentence,
                clause=self.start,
                start=self._skip(left, figure.start),
                figure=figure.start,
                figure_end=figure.end,
                end=end,
            )
            self.out.append(quantity)
            previous, left, behind_taken = quantity, end, takes or compared is not None

    # --- words before ------------------------------------------------------------------------------------------------

    def _before(self, left: int, right: int, first: bool, free: bool) -> str:
        """Return the words before a figure that name what is measured."""
        words = self.text[left:right]
        if first:
            words = self._without_subject(left, right)
        elif not free and words[:1] not in (",", ";", ")", ":"):
            # "đạt 96,8% kế hoạch, tăng …": what follows a figure up to the comma is still its own
            comma = min((at for sign in (", ", " và ", "; ", ") ") if (at := words.find(sign)) >= 0), default=-1)
            words = words[comma:] if comma >= 0 else ""
        bracket = words.rfind("(")
        if bracket >= 0 and ")" not in words[bracket:]:
            inner = words[bracket + 1 :].strip(" ,:")
            words = inner if len(inner.split()) > 2 else words[:bracket]
        colon = words.rfind(":")
        if colon >= 0 and not (bracket >= 0 and len(words[:colon].split()) < 9):
            words = words[colon + 1 :]
        if not first:
            words = words.lstrip(" ).,;")
            for opener in ("và ", "đồng thời ", "cùng với ", "trong đó, ", "trong đó "):
                if words.lower().startswith(opener):
                    words = words[len(opener) :]
            if words.lower().startswith("so với"):
                words = words.partition(",")[2]
        promise = words.lower().rfind("phấn đấu")
        if promise >= 0 and words[promise + len("phấn đấu") :].strip(" ,"):
            words = words[promise + len("phấn đấu") :]
        return tidy(shortened(tidy(words)))

    def _without_subject(self, left: int, right: int) -> str:
        """ "Sở A chủ trì, phối hợp với Sở B kiểm tra …" -> "kiểm tra …"."""
        order = _ORDER.match(self.low, left, right, timeout=SECONDS)
        subject = subject_of(self.text, self.low, order.end() if order else left, self.end)
        if subject is not None and subject.predicate is not None and subject.predicate < right:
            left = subject.predicate
        joint = _JOINTLY.search(self.low, left, right, timeout=SECONDS)
        if joint:
            other = subject_of(self.text, self.low, joint.end(), self.end)
            if other is not None and other.predicate is not None and other.predicate < right:
                left = other.predicate
        return self.text[left:right]

    def _past_bracket(self, end: int) -> int:
        """ "thủ tục hành chính (TTHC), 30% …": what stands in brackets belongs to the words before."""
        if self.text.startswith(" (", end):
            close = self.text.find(")", end, min(self.end, end + 60))
            if close > 0 and not any(c.isdigit() for c in self.text[end:close]):
                return close + 1
        return end

    def _skip(self, left: int, right: int) -> int:
        while left < right and (self.text[left].isspace() or self.text[left] in ",.;:()-–"):
            left += 1
        return left

    # --- words behind ------------------------------------------------------------------------------------------------

    def _after_end(self, figure: Figure, following: Figure | None) -> int:
        """Where the words behind a figure end: before the next figure's own words, at the end of the clause."""
        stop = self.end
        if following is not None:
            comma = self.low.rfind(",", figure.end, following.cue_start + 1)
            joined = self.low.rfind(" và ", figure.end, following.cue_start + 1)
            stop = max(comma, joined)
            if stop < figure.end:
                stop = following.cue_start
        cut = _AFTER_CUTS.search(self.low, figure.end, stop, timeout=SECONDS)
        if cut:
            stop = cut.start()
        predicate = _PREDICATE.search(self.low, figure.end, stop, timeout=SECONDS)
        if predicate:
            comma = self.low.find(", ", predicate.end(), stop)
            if comma > 0 and len(self.low[figure.end : comma].split()) >= 4:
                stop = comma
        return max(stop, figure.end)

    def _measured_behind(self, figure: Figure, lead: str) -> bool:
        """Whether what is measured stands behind the figure: "100% hồ sơ …", "có 01 báo cáo …"."""
        if figure.kind in ("rank", "group") or figure.unit.startswith("/"):
            return False
        if not lead and self.out and set(figure.cues) & {"bằng", "chiếm"}:
            return False
        behind = self.low[figure.end : figure.end + 24].lstrip()
        if figure.kind in ("counted", "thing"):
            return not (set(figure.cues) & _STATING and len(lead.split()) >= 2)
        if not behind or _NOT_OF.match(behind, timeout=SECONDS):
            return False
        if figure.kind in ("duration", "money", "measure"):
            return len(lead.split()) <= 4 or bool(_CHANGED.match(figure.cues[0] + " x" if figure.cues else ""))
        if figure.unit[0] not in "%p":
            return False
        return not (figure.cues and figure.cues[-1] in _STATING and len(lead.split()) > 2)

    def _words(
        self, figure: Figure, following: Figure | None, previous: Quantity | None, lead: str, behind: str
    ) -> tuple[str, Change, Comparator]:
        """Return indicator, direction and comparator."""
        change, comparator = self._sense(figure, previous, bool(lead))
        changed = _CHANGED.match(lead)
        if changed and change == "level" and not set(figure.cues) & _LEVELS:
            change = "increase" if changed["verb"].lower() == "tăng" else "decrease"
            lead = lead[changed.end() :]
        elif changed and set(figure.cues) & _LEVELS:
            lead = lead[changed.end() :]
        if figure.kind in ("counted", "thing") and not (set(figure.cues) & _STATING and len(lead.split()) >= 2):
            if change in ("increase", "decrease") and not lead and (same := self._same_unit(figure.unit)):
                return same, change, comparator
            noun = self.text[figure.start : figure.end].split(None, 1)[-1]
            tail = behind if not _NOT_OF.match(behind.lower()) else ""
            tail = tail or self._shared_tail(figure, following)
            verb = "" if figure.cues and figure.cues[0] in _HAVING else short_verb(lead)
            words = " ".join(part for part in (verb, noun, tail) if part)
        elif behind:
            words = " ".join(part for part in (short_verb(lead), behind) if part)
        else:
            words = lead
        if figure.kind == "group" or (figure.kind == "rank" and not lead):
            about = _ABOUT.match(self.low, figure.end, self.end, timeout=SECONDS)
            words = self.text[about.start("about") : about.end("about")].strip() if about else words
        if figure.cues and figure.cues[-1].endswith("tỷ lệ") and (len(words.split()) < 2 or "/" in figure.unit):
            words = f"tỷ lệ {figure.unit}"  # "đạt tỷ lệ 1,5 giáo viên/lớp" names itself
        late = next((cue for cue in figure.cues if cue in _LATE), None)
        words = f"{words} {late}".strip() if late and words else words
        if late and previous is not None and previous.unit == figure.unit:
            words = f"{words} {previous.indicator}"
        last = self.out[-1].indicator if self.out else ""
        if (
            not words
            or words.lower() in _RANKING_WORDS
            or (previous is not None and f"{words.lower()} ".startswith(_RELATIVE))
        ):
            words = f"{words} {last}".strip() if words.lower() not in ("tăng", "giảm") else last
        return words, change, comparator

    def _same_unit(self, unit: str) -> str:
        """What the last figure of the same things measured."""
        head = unit.split()[0]
        return next((q.indicator for q in reversed(self.out) if q.unit.split()[0] == head), "")

    def _shared_tail(self, figure: Figure, following: Figure | None) -> str:
        """ "01 công chức, 32 viên chức không hoàn thành": the words behind the second count for both."""
        if following is None or following.kind != figure.kind:
            return ""
        if self.low[figure.end : following.cue_start].strip(" ,") not in ("", "và"):
            return ""
        return self.text[following.end : self._after_end(following, None)].strip(" ,.:;()")

    # --- sense -------------------------------------------------------------------------------------------------------

    def _sense(self, figure: Figure, previous: Quantity | None, own_words: bool) -> tuple[Change, Comparator]:
        cues = figure.cues
        comparator: Comparator = "="
        for cue in cues:
            comparator = _COMPARATORS.get(cue, comparator)
        if figure.kind in ("rank", "group"):
            return "rank", "<=" if figure.kind == "group" else comparator
        beyond = _BEYOND.match(self.low, figure.end, self.end, timeout=SECONDS)
        if beyond and cues and cues[-1] in ("vượt", "cao hơn", "hơn", "thấp hơn", "kém", "ít hơn"):
            return ("increase" if cues[-1] in ("vượt", "cao hơn", "hơn") else "decrease"), "="
        levels = any(cue in _LEVELS for cue in cues)
        if any(cue in _UP for cue in cues) and not levels:
            return "increase", comparator
        if any(cue in _DOWN for cue in cues) and not levels:
            return "decrease", comparator
        chained = previous is not None and not cues and not own_words and previous.unit == figure.unit
        chained = chained and previous is not None and ":" not in self.text[previous.end : figure.start]
        if chained and previous is not None and previous.change in ("increase", "decrease"):
            return previous.change, previous.comparator
        return "level", comparator

    def _comparator(self, figure: Figure, comparator: Comparator, following: Figure | None) -> Comparator:
        """ "… trở lên" may stand behind what is measured."""
        stop = following.cue_start if following is not None else self.end
        comma = self.low.find(", ", figure.end, stop)
        mark = _UP_MARK.search(self.low, figure.end, comma if comma >= 0 else stop, timeout=SECONDS)
        if mark is None:
            return comparator
        upwards = (mark["way"] == "lên") != (figure.kind == "rank")
        return ">=" if upwards else "<="

    def _year(self) -> str | None:
        for match in _YEAR.finditer(self.low, self.start, self.end, timeout=SECONDS):
            before = self.low[max(self.start, match.start() - 30) : match.start()]
            if "so với" not in before and not before.rstrip().endswith(("cùng kỳ", "kết quả")):
                return match["year"]
        return None
