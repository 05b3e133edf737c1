"""Quantities (*số liệu*): figures with what they measure, their direction and comparator; for targets and results.

What is measured stands before the figure ("Tỷ lệ … đạt 95%") or after it ("100% hồ sơ …"); figures that follow each
other without words of their own share it ("8,41/10 điểm, đạt 84,1%, tăng 39,73%").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import regex

from pipeline.parsing.cues import Comparator
from pipeline.parsing.figures import DENSE, figures_in
from pipeline.parsing.indicators import SHARE, SO_FAR, Told, indicator_of, of_plan
from pipeline.parsing.measured import Wording, moved
from pipeline.parsing.pairs import Paired, pairs_in
from pipeline.parsing.patterns import Bounded
from pipeline.parsing.printed import Figure, Kind, Taken, number_value
from pipeline.parsing.reading import Block, Reading
from pipeline.parsing.senses import UP_MARK, Change, sense_of
from pipeline.parsing.sentences import clauses_of, sentences_of
from pipeline.parsing.units import is_unit
from pipeline.parsing.wording import GROWTH, says_no_measure

_SO_WITH: Final = Bounded(
    r"\s*(?:\([^()]{0,80}\)\s*)?,?\s*(?:so (?:với|cùng kỳ|dự toán|kế hoạch)|"
    r"cùng kỳ)(?:\s+(?P<what>[^,;.:()]{0,60}?)(?P<year>(?:19|20)\d\d)(?:\s?[-–]\s?\d{4})?|[^,;.:()]{0,60})"
)
_TIMES: Final = Bounded(r"\s+(?:cùng kỳ )?năm (?P<year>(?:19|20)\d\d)")
""" "gấp 1,8 lần năm 2020"."""
_AMONG: Final = Bounded(
    r"\s+(?:(?:các|toàn|cả)\s+)?(?:tỉnh|thành phố|huyện|xã|phường|sở|ban|ngành|đơn vị|cơ quan|địa phương|bộ|quận|"
    r"thị xã|đặc khu|nước)"
    r"(?:(?:,| và)?\s+(?:tỉnh|thành phố|huyện|xã|phường|sở|ban|ngành|đơn vị|cơ quan|địa phương|bộ|quận|thị xã|"
    r"đặc khu))*(?!\p{L})"
)
"""What a place is counted among: "thứ 3/45 xã, phường"."""
_AHEAD: Final = Bounded(
    r"[^.;:()\d]{0,70}?(?:dẫn đầu|đứng đầu|cao nhất|tốt nhất|đầu tiên)"
    r"(?: (?:của )?(?:toàn |cả )?(?:tỉnh|thành phố|huyện|ngành|nước|quốc)(?!\p{L}))?"
)
""" "nhóm 05 sở, ban, ngành dẫn đầu tỉnh": the commas are the group's."""
_PLACED: Final = {"rank": _AMONG, "group": _AHEAD}
_MENTION: Final = Bounded(
    r"(?<!\p{L})(?:của|tại|trong|thuộc|giữa|cả|theo|đối với|về|từ|ở|khỏi|(?:phối hợp|cùng|kết nối|so) với|tất cả|"
    r"toàn bộ|chia (?:làm|thành|cho|đều cho)|cơ sở (?:sáp nhập|nhập|hợp nhất)|nhất là)(?: (?:tổng số|các|khoảng|hơn))?$"
)
_TELLING_WHICH: Final = (("đạt",), ("dưới",), ("trên",), ("từ",))
_WHICH_WORDS: Final = 3
_HAVING: Final = Bounded(r"(?:có|đạt) (?:tỷ lệ|tỉ lệ|chỉ số|số điểm|tổng điểm|mức|diện tích|quy mô)[^,;:()]{0,80}")
SERVED: Final = Bounded(
    r"(?<!\p{L})(?:việc làm|hỗ trợ|đào tạo|tập huấn|cấp|khám|khám bệnh|điều trị|tuyên truyền|tặng|trao|tư vấn|"
    r"bồi dưỡng|"
    r"bảo hiểm|vay vốn|giải quyết|chi trả|thông quan|tổ chức|xây dựng)(?:,? \p{L}+){0,6} cho$|"
    r"(?<!\p{L})(?:thanh tra|kiểm tra|giám sát|hậu kiểm|nói chuyện|truyền thông|tuyên truyền|biểu diễn|"
    r"chiếu phim|diễn tập|"
    r"xử lý|xử phạt|khảo sát|\p{L}+ hóa|lắp đặt|phủ sóng|thí điểm|"
    r"nhân rộng|xảy ra|triển khai|áp dụng|ghi nhận)(?:,? \p{L}+){0,8} (?:tại|ở|đối với)$|"
    r"(?<!\p{L})(?:rút ngắn|cắt giảm|cập nhật|làm sạch|chuẩn hóa|thu thập|đơn giản hóa)(?:,? \p{L}+){1,8} của$"
)
""" "giải quyết việc làm cho 4.150 lao động": who was served is counted."""
_LOOSE: Final = Bounded(r"\s+(?:với|và|của|cho|tại|là|có|do|đến|trong|ở|bằng|trên|gồm|như|từ)$")
_OTHER_YEARS: Final = ("cùng kỳ", "kết quả", "(", "(cùng kỳ", " hơn", " lần", "bằng")
"""Behind these a year is the one compared with."""
_YEAR: Final = Bounded(r"(?:năm|giai đoạn \d{4}\s?[-–])\s?(?P<year>(?:19|20)\d\d)(?!\s?[-–/]\s?\d)")
_ADDED_UP: Final = Bounded(rf"{SO_FAR}(?!\p{{L}})")
_NO_TOPIC: Final = Bounded(
    r"(?:kết quả|nguyên nhân|lý do|cụ thể|về|theo|lưu ý|số liệu|ghi chú|"
    r"toàn|cả|các|những|trên|trong|đến|tại|hiện|đã|tỉnh|huyện|xã|sở|ngành|phòng)(?!\p{L})"
)
_TOPIC_WORDS: Final = 6
_EVENTS: Final = frozenset(("vụ", "vụ việc", "trận", "cơn bão", "sự cố", "ổ dịch"))
_BEFALLING: Final = Bounded(r"^.*?(?<!\p{L})(?:vụ|trận|cơn|ổ) ", regex.IGNORECASE)
_BEFORE: Final = Bounded(
    r"(?:so (?:với )?(?:cùng kỳ(?: năm)?|năm)(?: trước| (?P<year>(?:19|20)\d\d))? ?\((?:là |đạt )?|"
    r"\((?:cùng kỳ(?: năm)?|năm)(?: trước| (?P<year>(?:19|20)\d\d))?:?(?: là| đạt)? )\s*$"
)
_DIVIDING: Final = Bounded(r"(?<!\p{L})(?:trong (?:số )?đó|gồm|bao gồm|cụ thể|chia ra|riêng)(?!\p{L})")
_HEADED: Final = Bounded(r"(?P<topic>\p{L}[^:;.,()\d]{2,50}):\s")
""" "Bệnh lao: phát hiện mới 27 ca, quản lý 53 ca"."""
_GOES_ON: Final = Bounded(
    r"(?:so (?:với )?(?:cùng kỳ|năm|tháng|quý)|tính chung|trong đó|cùng kỳ|tử vong|mắc mới|ra viện|khỏi bệnh)(?!\p{L})"
)


@dataclass(slots=True)
class Quantity:
    """A figure with what it says; offsets of the view: `start` to `end` is its evidence, `figure` to `figure_end` the
    printed number with its unit; `sentence` and `clause` are where those begin. `measure` is the indicator without the
    plan that a share is of; `topic` is what its clause speaks of; `ranges`: it is the lower end of a range."""

    value: float | int
    max: float | int | None
    unit: str
    kind: Kind
    change: Change
    comparator: Comparator
    cues: tuple[str, ...]
    lead: str
    measure: str
    indicator: str
    baseline: str | None
    year: str | None
    ranges: bool
    topic: str
    part: bool
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
    if not any(map(str.isdigit, reading.text(block.words, block.paragraph.end))):
        return out
    taken = reading.taken_index
    if taken is None:
        taken = reading.taken_index = Taken(reading)
    for start, end in sentences_of(reading.view, block.words, block.paragraph.end):
        for begin, stop in clauses_of(reading.view, start, end):
            listed = pairs_in(reading.view.text, reading.view.low, begin, stop)
            if listed:
                out += [_of_pair(start, begin, paired) for paired in listed]
                continue
            found = figures_in(reading, begin, stop, taken)
            if found and len(found) <= DENSE:
                _Clause(reading, start, begin, stop, found, out).read(_told_before(reading, block, start, out))
    return out


def _of_pair(sentence: int, clause: int, paired: Paired) -> Quantity:
    """A number of a list of pairs as a quantity: it has neither unit nor words but its own."""
    return Quantity(
        value=number_value(paired.value),
        max=None,
        unit="",
        kind="scale",
        change="level",
        comparator="=",
        cues=(),
        lead="",
        measure=paired.measure,
        indicator=paired.measure,
        baseline=None,
        year=None,
        ranges=False,
        topic="",
        part=False,
        sentence=sentence,
        clause=clause,
        start=paired.start,
        figure=paired.figure,
        figure_end=paired.figure_end,
        end=paired.end,
    )


def _told_before(reading: Reading, block: Block, sentence: int, out: list[Quantity]) -> str:
    """Return what "Ước thực hiện cả năm …" speaks of.

    That is what the sentence before measured first, or the paragraph before in the same node.
    """
    earlier = [quantity for quantity in out if quantity.sentence < sentence]
    if earlier:
        return next(quantity.measure for quantity in earlier if quantity.sentence == earlier[-1].sentence)
    if not 0 < block.index < len(reading.blocks) or reading.blocks[block.index - 1].node is not block.node:
        return ""
    known: list[Quantity] = reading.quantities.get(block.index - 1, [])
    return known[0].measure if known else ""


def _mentioned(low: str, start: int, figure: Figure) -> bool:
    """Whether a number of things says who or what is spoken of ("của 02 tỉnh", "tại 15 xã"): no figure of its own, and
    part of the words of others."""
    if figure.kind not in ("counted", "thing") or figure.cues or figure.max is not None:
        return False
    before = low[max(start, figure.start - 70) : figure.start].rstrip()
    return _MENTION.search(before) is not None and not SERVED.search(before)


def _claimed(low: str, start: int, figures: list[Figure]) -> list[Figure]:
    """Return the figures that claim something; the others are words of theirs: "của 02 tỉnh", and what tells which
    things are counted, "09 xã đạt từ 15 đến 18 tiêu chí"."""
    out: list[Figure] = []
    for figure in figures:
        before = out[-1] if out else None
        if before is not None and before.kind == "counted" and _tells_which(low, before, figure):
            continue
        if not _mentioned(low, start, figure):
            out.append(figure)
    return out


def _tells_which(low: str, before: Figure, figure: Figure) -> bool:
    """ "09 xã đạt từ 15 tiêu chí", "còn 07 xã có tỷ lệ bao phủ dưới 50%": the second figure tells which things."""
    between = low[before.end : figure.cue_start].strip()
    if figure.kind == "counted" and not between:
        return figure.cues[:1] in _TELLING_WHICH
    if figure.unit == "%" and {"dưới", "trên"} & set(figure.cues) and "," not in between:
        return len(between.split()) <= _WHICH_WORDS  # "05 đơn vị giải ngân dưới 20%"
    return figure.cues[:1] in _TELLING_WHICH and _HAVING.fullmatch(between) is not None


def _fits(topic: str) -> bool:
    """Whether words say what is spoken of: short, and neither a body nor a place."""
    if not 0 < len(topic.split()) <= _TOPIC_WORDS or _NO_TOPIC.match(topic.lower()):
        return False
    return not is_unit(topic)


class _Clause:
    """The part of a sentence between semicolons, with its figures."""

    def __init__(
        self, reading: Reading, sentence: int, start: int, end: int, figures: list[Figure], out: list[Quantity]
    ) -> None:
        self.text, self.low = reading.view.text, reading.view.low
        self.sentence, self.start, self.end = sentence, start, end
        self._document_year = reading.year(last=False)
        self.figures, self.out = _claimed(self.low, start, figures), out
        self.wording = Wording(self.text, self.low, start, end)

    def read(self, told: str) -> None:
        """Give each figure its words; `told` is what a run-up without a measure of its own speaks of."""
        left, free, own = self.start, True, len(self.out)
        outside: Quantity | None = None
        for index, figure in enumerate(self.figures):
            aside, following = self._after(index)
            nested = self._nested(figure)
            previous = self.out[-1] if len(self.out) > own else None
            previous = previous if nested else outside
            left = min(left, figure.cue_start)
            lead = self._lead(left, figure, previous, free, told)
            begin, stop = self.wording.behind(figure, aside, following)
            takes = self.wording.measured_behind(figure, lead, previous is not None, begin)
            words = UP_MARK.sub("", self.text[begin:stop].strip(" ,.:;")) if takes else ""
            behind = _LOOSE.sub("", words)
            change, comparator, lead = self._sense(figure, following, previous, lead)
            known = self._told(figure, previous, told)
            measure = indicator_of(self.wording, figure, following, lead, behind, known)
            before = self._year_before(figure) if self._nested(figure) else None
            compared = _SO_WITH.match(self.low, figure.end, self.end)
            indicator = measure if takes else of_plan(self.wording, figure, measure)
            if before and "cùng kỳ" in self.low[figure.cue_start - 30 : figure.cue_start]:
                indicator = f"{indicator} cùng kỳ"
            if figure.unit == "lần" and compared is None:
                compared = _TIMES.match(self.low, figure.end, self.end)
            base = compared or _SO_WITH.match(self.low, stop, self.end)
            end = self._end(figure, stop if takes else figure.end, compared.end() if compared else 0)
            quantity = Quantity(
                value=number_value(figure.value),
                max=number_value(figure.max) if figure.max else None,
                unit=figure.unit,
                kind="rank" if figure.kind == "group" else figure.kind,
                change=change,
                comparator=comparator,
                cues=figure.cues,
                lead=lead,
                measure=measure,
                indicator=indicator,
                baseline=base["year"] if base else None,
                year=before or self._year(),
                ranges=figure.ranges,
                topic=self._topic(figure, lead, previous, known),
                part=bool(known.whole),
                sentence=self.sentence,
                clause=self.start,
                start=self._skip(left, figure.start),
                figure=figure.start,
                figure_end=figure.end,
                end=end,
            )
            self.out.append(quantity)
            outside = outside if nested else quantity
            left, free = end, takes or compared is not None

    def _after(self, index: int) -> tuple[Figure | None, Figure | None]:
        """Return the figure set beside this one in brackets ("15/18 xã (83,3%) đạt chuẩn"), and the next one."""
        rest = self.figures[index + 1 : index + 3]
        end = self.figures[index].end
        opens = bool(rest) and self.low[end : rest[0].cue_start].strip() == "("
        if opens and self.low.startswith(")", rest[0].end):
            return rest[0], rest[1] if len(rest) > 1 else None
        return None, rest[0] if rest else None

    def _nested(self, figure: Figure) -> bool:
        """Whether a figure stands in brackets that tell more of the one before them."""
        before = self.low[self.start : figure.start]
        return before.count("(") > before.count(")")

    def _lead(self, left: int, figure: Figure, previous: Quantity | None, free: bool, told: str) -> str:
        lead = self.wording.before(left, figure, first=previous is None, free=free)
        if lead and "bình quân" in figure.cues:
            return f"{lead} bình quân"
        if previous is None and not lead and figure.kind not in ("rank", "group"):
            counts = figure.kind in ("counted", "thing") and not figure.cues
            return told if not counts and says_no_measure(self.text[left : figure.cue_start].strip(" ,.;:")) else ""
        return lead

    def _sense(
        self, figure: Figure, following: Figure | None, previous: Quantity | None, lead: str
    ) -> tuple[Change, Comparator, str]:
        """Return direction and bound, and the words before without the verb that gave the direction."""
        goes_on = previous is not None and not lead and ":" not in self.text[previous.end : figure.start]
        if previous is not None and not figure.cues and self._nested(figure) and figure.unit == previous.unit:
            goes_on = True  # "tăng 120 hồ sơ (trực tuyến: 80 hồ sơ, trực tiếp: 40 hồ sơ)"
        before = ((previous.change, previous.comparator), previous.unit) if previous is not None and goes_on else None
        stop = following.cue_start if following is not None else self.end
        change, comparator = sense_of(self.low, figure, stop, before)
        change, lead = moved(figure, lead, change)
        if previous is not None and figure.unit[:1] == "%" and GROWTH.fullmatch(lead):
            change = "decrease" if "giảm" in lead.lower() else "increase"
        return change, comparator, lead

    def _told(self, figure: Figure, previous: Quantity | None, before: str) -> Told:
        head = figure.unit.partition(" ")[0]
        tail = self.text[figure.end : self.end].split(",")[0].strip(" .;)")
        likely = [q.measure for q in reversed(self.out) if q.unit.partition(" ")[0] == head]
        same = next((words for words in likely if tail and tail.split()[0] in words.split()), next(iter(likely), ""))
        added_up = _ADDED_UP.search(self.low, max(self.start, figure.cue_start - 50), figure.start)
        if added_up is not None and previous is None and likely:
            same = likely[-1]  # what a paragraph began with is what it adds up
        last = previous.measure if previous else self.out[-1].measure if self.out else ""
        return Told(
            self._divided(figure),
            self._event(),
            next((q.measure for q in reversed(self.out) if q.sentence == self.sentence and q.kind == "counted"), ""),
            tuple(q.measure for q in reversed(self.out)),
            last,
            previous.measure if previous else "",
            previous.unit if previous else "",
            same,
            before,
            self._topic_before(figure, previous),
            previous.lead if previous else "",
            added_up is not None,
        )

    def _divided(self, figure: Figure) -> str:
        """ "Diện tích gieo trồng đạt 8.942 ha. Trong đó: lúa 2.316 ha, ngô 3.870 ha": what the parts are parts of."""
        if self._nested(figure) and self._year_before(figure):
            return ""
        for whole in reversed(self.out):
            between = self.low[whole.figure_end : figure.start]
            if whole.unit == figure.unit and not whole.part:
                listed = between.lstrip().startswith("(") and ")" not in between
                return whole.measure if listed or _DIVIDING.search(between) else ""
        return ""

    def _event(self) -> str:
        """ "Xảy ra 02 vụ tai nạn lao động, …": the accident that the sentence tells of."""
        for told in reversed(self.out):
            if told.sentence == self.sentence and told.unit.lower() in _EVENTS:
                return _BEFALLING.sub("", told.measure)
        return ""

    def _topic_before(self, figure: Figure, previous: Quantity | None) -> str:
        """What the clause spoke of so far; "Lũy kế …" goes on with what the paragraph began with."""
        if previous is not None:
            return previous.topic
        if self.out and any(p.match(self.low, self.start) for p in (_ADDED_UP, _GOES_ON)):
            return self.out[0].topic
        head = _HEADED.match(self.text, self.start, self.end)
        if head is not None and head.end() >= figure.cue_start:
            return ""  # "tử vong: 0" names what is counted
        return head["topic"] if head is not None and _fits(head["topic"]) else ""

    @staticmethod
    def _topic(figure: Figure, lead: str, previous: Quantity | None, told: Told) -> str:
        """ "Sốt xuất huyết có 168 ca mắc, tử vong 0 ca": what is said of something holds for the figures after it."""
        if told.topic or previous is not None or figure.cues[:1] != ("có",) or says_no_measure(lead):
            return told.topic
        return lead if _fits(lead) else ""

    def _end(self, figure: Figure, *ends: int) -> int:
        """Return where the evidence of a figure ends: behind its share of a plan, what it is counted among."""
        share = SHARE.match(self.low, figure.end, self.end)
        end = max(*ends, share.end() if share else 0)
        if self.text.startswith(" (", end):
            # "thủ tục hành chính (TTHC), 30% …": what stands in brackets belongs to the words before
            close = self.text.find(")", end, min(self.end, end + 60))
            if close > 0 and not any(c.isdigit() for c in self.text[end:close]):
                end = close + 1
        among = None
        if figure.kind in _PLACED:
            among = _PLACED[figure.kind].match(self.low, end, self.end)
        return among.end() if among else end

    def _skip(self, left: int, right: int) -> int:
        while left < right and (self.text[left].isspace() or self.text[left] in ",.;:()-–"):
            left += 1
        return left

    def _year_before(self, figure: Figure) -> str | None:
        """ "tăng 10,5% so với cùng kỳ (10.482 tỷ đồng)": the year of what is compared with; None for other brackets."""
        match = _BEFORE.search(self.low, max(self.start, figure.cue_start - 60), figure.cue_start)
        if match is None:
            return None
        own = self._year() or self._document_year
        return match["year"] or (str(int(own) - 1) if own is not None and own.isdigit() else None)

    def _year(self) -> str | None:
        for match in _YEAR.finditer(self.low, self.start, self.end):
            before = self.low[max(self.start, match.start() - 30) : match.start()]
            if "so với" not in before and not before.rstrip().endswith(_OTHER_YEARS):
                return match["year"]
        return None
