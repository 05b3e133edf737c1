"""Quantities (*số liệu*): figures with what they measure, their direction and comparator; for targets and results.

What is measured stands before the figure ("Tỷ lệ … đạt 95%") or after it ("100% hồ sơ …"); figures that follow each
other without words of their own share it ("8,41/10 điểm, đạt 84,1%, tăng 39,73%").
"""

from __future__ import annotations

from typing import Final

from pipeline.parsing.claimed import claimed
from pipeline.parsing.figures import DENSE, figures_in
from pipeline.parsing.indicators import SHARE, indicator_of, of_plan
from pipeline.parsing.measured import Wording, moved
from pipeline.parsing.pairs import Paired, pairs_in
from pipeline.parsing.patterns import Bounded
from pipeline.parsing.printed import Figure, Taken, number_value
from pipeline.parsing.quantity import Quantity
from pipeline.parsing.reading import Block, Reading
from pipeline.parsing.senses import UP_MARK, Change, sense_of
from pipeline.parsing.sentences import clauses_of, sentences_of
from pipeline.parsing.told import Telling, topic_of
from pipeline.parsing.wording import GROWTH, says_no_measure
from pipeline.records import Comparator

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
_SO_MUCH: Final = ("tương ứng ", "tương đương ", "tương ứng với ", "tương đương với ")
_LOOSE: Final = Bounded(r"\s+(?:với|và|của|cho|tại|là|có|do|đến|trong|ở|bằng|trên|gồm|như|từ)$")


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


class _Clause:
    """The part of a sentence between semicolons, with its figures."""

    def __init__(
        self, reading: Reading, sentence: int, start: int, end: int, figures: list[Figure], out: list[Quantity]
    ) -> None:
        self.text, self.low = reading.view.text, reading.view.low
        self.sentence, self.start, self.end = sentence, start, end
        self.figures, self.out = claimed(self.low, start, figures), out
        self.wording = Wording(self.text, self.low, start, end)
        self.telling = Telling(self.text, self.low, (sentence, start, end), out, reading.year(last=False))

    def read(self, run_up: str) -> None:
        """Give each figure its words; `run_up` is what a run-up without a measure of its own speaks of."""
        left, free, own = self.start, True, len(self.out)
        outside: Quantity | None = None
        for index, figure in enumerate(self.figures):
            nested = self.telling.nested(figure)
            previous = self.out[-1] if len(self.out) > own else None
            previous = previous if nested else outside
            left = min(left, figure.cue_start)
            quantity, free = self._quantity(index, left, previous, free, run_up)
            self.out.append(quantity)
            outside, left = outside if nested else quantity, quantity.end

    def _quantity(
        self, index: int, left: int, previous: Quantity | None, free: bool, run_up: str
    ) -> tuple[Quantity, bool]:
        """Return the quantity of a figure whose words begin at `left`, and whether what follows it is free of it."""
        figure, (aside, following) = self.figures[index], self._after(index)
        lead = self._lead(left, figure, previous, free, run_up)
        begin, stop = self.wording.behind(figure, aside, following)
        takes = self.wording.measured_behind(figure, lead, previous is not None, begin)
        behind = _LOOSE.sub("", UP_MARK.sub("", self.text[begin:stop].strip(" ,.:;"))) if takes else ""
        change, comparator, lead = self._sense(figure, following, previous, lead)
        told = self.telling.before(figure, previous, run_up)
        measure = indicator_of(self.wording, figure, following, lead, behind, told)
        compared = _SO_WITH.match(self.low, figure.end, self.end)
        if compared is None and figure.unit == "lần":
            compared = _TIMES.match(self.low, figure.end, self.end)
        base = compared or _SO_WITH.match(self.low, stop, self.end)
        end = self._end(figure, stop if takes else figure.end, compared.end() if compared else 0)
        earlier = self.telling.year_before(figure)
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
            indicator=self._indicator(figure, measure, takes, earlier is not None),
            baseline=base["year"] if base else None,
            year=earlier or self.telling.year,
            ranges=figure.ranges,
            topic=topic_of(figure, lead, previous, told),
            part=bool(told.whole),
            sentence=self.sentence,
            clause=self.start,
            start=self._skip(left, figure.start),
            figure=figure.start,
            figure_end=figure.end,
            end=end,
        )
        return quantity, takes or compared is not None

    def _indicator(self, figure: Figure, measure: str, takes: bool, earlier: bool) -> str:
        """The measure with the plan that it is a share of, or marked as that of the time compared with."""
        words = measure if takes else of_plan(self.wording, figure, measure)
        if earlier and "cùng kỳ" in self.wording.up_to(figure, 30):
            return f"{words} cùng kỳ"
        return words

    def _after(self, index: int) -> tuple[Figure | None, Figure | None]:
        """Return the figure set beside this one in brackets ("15/18 xã (83,3%) đạt chuẩn"), and the next one."""
        rest = self.figures[index + 1 : index + 3]
        end = self.figures[index].end
        opens = bool(rest) and self.low[end : rest[0].cue_start].strip() == "("
        if opens and self.low.startswith(")", rest[0].end):
            return rest[0], rest[1] if len(rest) > 1 else None
        return None, rest[0] if rest else None

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
        if previous is not None and not figure.cues and self.telling.nested(figure) and figure.unit == previous.unit:
            goes_on = True  # "tăng 120 hồ sơ (trực tuyến: 80 hồ sơ, trực tiếp: 40 hồ sơ)"
        unit = previous.unit if previous is not None else ""
        if previous is not None and not lead and not figure.cues:
            between = self.low[previous.figure_end : figure.start].rstrip()
            share = (
                figure.unit == "%"
                and between.endswith("(")
                and not set(",;)") & set(between)
                and previous.change != "level"
            )
            share = share or self.low.endswith(_SO_MUCH, 0, figure.cue_start)
            listed = previous.kind == figure.kind == "counted" and previous.change != "level"
            unit = figure.unit if share or listed else unit  # "giảm 05 vụ (9,8%)", "tăng 06 vụ, 09 đối tượng"
        before = ((previous.change, previous.comparator), unit) if previous is not None and goes_on else None
        stop = following.cue_start if following is not None else self.end
        change, comparator = sense_of(self.low, figure, stop, before)
        change, lead = moved(figure, lead, change)
        if previous is not None and figure.unit[:1] == "%" and GROWTH.fullmatch(lead):
            change = "decrease" if "giảm" in lead.lower() else "increase"
        return change, comparator, lead

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
