"""What a paragraph has told before a figure: what that figure measures may stand there, and only there.

"Xảy ra 12 vụ tai nạn giao thông, làm chết 04 người": of what they died is said two figures before.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import regex

from pipeline.parsing.patterns import Bounded
from pipeline.parsing.printed import Figure
from pipeline.parsing.quantity import Quantity
from pipeline.parsing.units import is_unit
from pipeline.parsing.wording import says_no_measure

SO_FAR: Final = r"(?:l[ũu][ỹy] (?:kế|tích)|tích l[ũu][ỹy]|cộng dồn)"
_ADDED_UP: Final = Bounded(rf"{SO_FAR}(?!\p{{L}})")
_OTHER_YEARS: Final = ("cùng kỳ", "kết quả", "(", "(cùng kỳ", " hơn", " lần", "bằng")
"""Behind these a year is the one compared with."""
_YEAR: Final = Bounded(r"(?:năm|giai đoạn \d{4}\s?[-–])\s?(?P<year>(?:19|20)\d\d)(?!\s?[-–/]\s?\d)")
_BEFORE: Final = Bounded(
    r"(?:so (?:với )?(?:cùng kỳ(?: năm)?|năm)(?: trước| (?P<year>(?:19|20)\d\d))? ?\((?:là |đạt )?|"
    r"\((?:cùng kỳ(?: năm)?|năm)(?: trước| (?P<year>(?:19|20)\d\d))?:?(?: là| đạt)? )\s*$"
)
_NO_TOPIC: Final = Bounded(
    r"(?:kết quả|nguyên nhân|lý do|cụ thể|về|theo|lưu ý|số liệu|ghi chú|"
    r"toàn|cả|các|những|trên|trong|đến|tại|hiện|đã|tỉnh|huyện|xã|sở|ngành|phòng)(?!\p{L})"
)
_TOPIC_WORDS: Final = 8
_EVENTS: Final = frozenset(("vụ", "vụ việc", "trận", "cơn bão", "sự cố", "ổ dịch"))
_BEFALLING: Final = Bounded(
    r"^.*?(?<!\p{L})(?:vụ|trận|cơn|ổ) |(?: (?:xảy ra|có|bùng phát))? (?:vụ|trận|cơn|ổ)$", regex.IGNORECASE
)
_DIVIDING: Final = Bounded(r"(?<!\p{L})(?:trong (?:số )?đó|gồm|bao gồm|cụ thể|chia ra|riêng)(?!\p{L})")
_AMONG_THEM: Final = Bounded(
    r"(?<!\p{L})(?:trong (?:số )?đó|gồm|bao gồm)(?: có)?(?: \d[\d.]* \p{L}+(?: \p{L}+){0,3}(?:,| và))* $"
)
_HEADED: Final = Bounded(r"(?P<topic>[“\"]?\p{L}[^:;.,()\d]{2,50}):\s")
""" "Bệnh lao: phát hiện mới 27 ca, quản lý 53 ca"."""
_GOES_ON: Final = Bounded(
    r"(?:so (?:với )?(?:cùng kỳ|năm|tháng|quý)|tính chung|trong đó|cùng kỳ|tử vong|mắc mới|ra viện|khỏi bệnh)(?!\p{L})"
)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the figures before one measured.

    `last` in its paragraph, `own` in its clause with its `unit`, `same` of the same things, `before` in the sentence
    or the paragraph before, `counted` the last things of its sentence, `measures` all in its unit, the nearest first;
    `topic` is what the clause speaks of, `lead` the words before the last figure; `whole` is what it is a part of,
    `event` what harmed people; `added_up`: the figure itself is called a running total (*lũy kế*),
    `moved`: the one before it rises or falls.
    """

    last: str
    own: str
    unit: str
    same: str
    before: str
    counted: str
    measures: tuple[str, ...]
    topic: str
    lead: str
    whole: str
    event: str
    divided: str
    added_up: bool
    moved: bool


class Telling:
    """A clause from `start` to `end` of the view, in the sentence that begins at `sentence`; `out` is what was read of
    the paragraph so far and grows, `document_year` the year that the document speaks of."""

    def __init__(
        self, text: str, low: str, span: tuple[int, int, int], out: list[Quantity], document_year: str | None
    ) -> None:
        self._text, self._low, self._out, self._document_year = text, low, out, document_year
        self._sentence, self._start, self._end = span

    def before(self, figure: Figure, previous: Quantity | None, run_up: str) -> Told:
        """Return what was told before a figure; `previous` is the one before it in its clause, `run_up` what a run-up
        without a measure of its own speaks of."""
        head = _head(figure.unit)
        tail = self._text[figure.end : self._end].split(",")[0].strip(" .;)")
        earlier = self._out[::-1]
        likely = [q.measure for q in earlier if _head(q.unit) == head]
        same = next((words for words in likely if tail and tail.split()[0] in words.split()), next(iter(likely), ""))
        added_up = _ADDED_UP.search(self._low, max(self._start, figure.cue_start - 50), figure.start)
        if added_up is not None and previous is None and likely:
            same = likely[-1]  # what a paragraph began with is what it adds up
        counted = (q.measure for q in earlier if q.sentence == self._sentence and q.kind == "counted")
        return Told(
            last=previous.measure if previous else earlier[0].measure if earlier else "",
            own=previous.measure if previous else "",
            unit=previous.unit if previous else "",
            same=same,
            before=run_up,
            counted=next(counted, ""),
            measures=tuple(q.measure for q in earlier if q.unit == figure.unit),
            topic=self._topic(figure, previous),
            lead=previous.lead if previous else "",
            whole=self._whole(figure),
            event=self._event(),
            divided=self._divided(figure),
            added_up=added_up is not None,
            moved=previous is not None and previous.change in ("increase", "decrease"),
        )

    def nested(self, figure: Figure) -> bool:
        """Whether a figure stands in brackets that tell more of the one before them."""
        before = self._low[self._start : figure.start]
        return before.count("(") > before.count(")")

    def year_before(self, figure: Figure) -> str | None:
        """ "tăng 10,5% so với cùng kỳ (10.482 tỷ đồng)": the year of what is compared with; None for other figures."""
        if not self.nested(figure):
            return None
        match = _BEFORE.search(self._low, max(self._start, figure.cue_start - 60), figure.cue_start)
        if match is None:
            return None
        own = self.year or self._document_year
        return match["year"] or (str(int(own) - 1) if own is not None and own.isdigit() else None)

    @cached_property
    def year(self) -> str | None:
        """The year that the clause names, unless it only compares with it."""
        for match in _YEAR.finditer(self._low, self._start, self._end):
            before = self._low[max(self._start, match.start() - 30) : match.start()]
            if "so với" not in before and not before.rstrip().endswith(_OTHER_YEARS):
                return match["year"]
        return None

    def _whole(self, figure: Figure) -> str:
        """ "Diện tích gieo trồng đạt 8.942 ha. Trong đó: lúa 2.316 ha, ngô 3.870 ha": what the parts are parts of."""
        whole = next((q for q in reversed(self._out) if q.unit == figure.unit and not q.part), None)
        if whole is None or self.year_before(figure):
            return ""
        between = self._low[whole.figure_end : figure.start]
        opens = between.lstrip().startswith("(") or (figure.kind == "counted" and "(" in between)
        listed = opens and ")" not in between
        return whole.measure if listed or _DIVIDING.search(between) else ""

    def _divided(self, figure: Figure) -> str:
        """ "Ban hành 23 văn bản về cải cách hành chính, trong đó có 05 kế hoạch": what was done with the divided, as it
        reads for one of its kinds."""
        for told in reversed(self._out):
            if told.sentence != self._sentence or told.kind != "counted" or not figure.unit:
                continue
            if _AMONG_THEM.search(self._low, told.figure_end, figure.start):
                divides = told.unit != figure.unit and told.unit in told.measure
                return told.measure.replace(told.unit, figure.unit, 1) if divides else ""
        return ""

    def _event(self) -> str:
        """ "Xảy ra 02 vụ tai nạn lao động, …": the accident that the sentence tells of."""
        told = (q for q in reversed(self._out) if q.sentence == self._sentence and q.unit.lower() in _EVENTS)
        return next((_BEFALLING.sub("", q.measure) for q in told), "")

    def _topic(self, figure: Figure, previous: Quantity | None) -> str:
        """What the clause spoke of so far; "Lũy kế …" goes on with what the paragraph began with."""
        if previous is not None:
            return previous.topic
        if self._out and any(p.match(self._low, self._start) for p in (_ADDED_UP, _GOES_ON)):
            return self._out[0].topic
        head = _HEADED.match(self._text, self._start, self._end)
        if head is not None and head.end() >= figure.cue_start:
            return ""  # "tử vong: 0" names what is counted
        return head["topic"] if head is not None and _fits(head["topic"]) else ""


def topic_of(figure: Figure, lead: str, previous: Quantity | None, told: Told) -> str:
    """ "Sốt xuất huyết có 168 ca mắc, tử vong 0 ca": what is said of something holds for the figures after it."""
    if told.topic or previous is not None or figure.cues[:1] != ("có",) or says_no_measure(lead):
        return told.topic
    return lead if _fits(lead) else ""


def _head(unit: str) -> str:
    """What a counted thing is at bottom: "tin" of "tin báo", but "đơn vị" is no "đơn"."""
    return "đơn vị" if unit.startswith("đơn vị") else unit.partition(" ")[0]


def _fits(topic: str) -> bool:
    """Whether words say what is spoken of: short, and neither a body nor a place."""
    if not 0 < len(topic.split()) <= _TOPIC_WORDS or _NO_TOPIC.match(topic.lower()):
        return False
    return not is_unit(topic)
