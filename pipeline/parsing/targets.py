"""Targets (*mục tiêu, chỉ tiêu*): what the document's author commits to reach.

A figure is a target where its part of the document promises (a goal, a task, "phấn đấu"), a result where it reports.
"""

from __future__ import annotations

from typing import Final, Literal

import regex
from spacy.language import Language
from spacy.tokens import Doc

from diacritics.folding import fold
from pipeline.parsing.patterns import SECONDS
from pipeline.parsing.quantities import Quantity, quantities_of
from pipeline.parsing.reading import Block, Node, Reading
from pipeline.parsing.sentences import clauses_of, sentences_of
from pipeline.records import Target

_PROMISE: Final = regex.compile(
    r"(?<!\p{L})(?:phấn đấu|mục tiêu (?:đến|năm)|chỉ tiêu|dự kiến|sẽ đạt|quyết tâm)(?!\p{L})"
)
_REPORT: Final = regex.compile(
    r"(?<!\p{L})(?:đã (?!được (?:giao|phê duyệt|ban hành|phân công|số hóa|số hoá|cấp|công bố)|ban hành|đề ra|có|số hóa)|ước đạt|mới đạt|tính đến (?:ngày|nay|hết)|kết quả đạt|hiện nay|đạt được (?:kết quả|\d))"
)
_PURPOSE: Final = regex.compile(r"(?<!\p{L})(?:để|nhằm)(?!\p{L})")
_SET_ELSEWHERE: Final = regex.compile(r"(?:gồm|bao gồm|trong số|trên tổng số|tổng số|của)\s*$")
_SIGN: Final = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "=": "="}
_IMPROVE: Final = regex.compile(
    r"(?P<verb>nâng cao|cải thiện|nâng|tăng|cải thiện và nâng cao|cải thiện, nâng cao|nâng hạng|duy trì và cải thiện)\s+(?P<what>(?:thứ hạng|xếp hạng|điểm số|điểm|vị trí|kết quả)?\s*(?:của )?(?:các )?(?:chỉ số|bộ chỉ số|par index|sipas|papi|pci|dti|ddci|pgi)[^.;:]{0,160})|"
    r"(?P<rank>(?:thứ hạng|xếp hạng|điểm số)[^.;:,]{0,80}?)\s+(?:được )?(?P<better>tăng|cải thiện|nâng lên|nâng cao|cao hơn)(?!\s*(?:tối thiểu|ít nhất|từ|thêm|trên|hơn)?\s*(?:từ\s*)?\d)(?P<rest>[^.;:]{0,80})"
)
_NAMED_INDEX: Final = regex.compile(r"chỉ số|par index|sipas|papi|pci|dti|ddci|pgi|thứ hạng|xếp hạng")


@Language.component("vanban_targets")
def targets(doc: Doc) -> Doc:
    """Fill in ``facts.targets``."""
    reading: Reading = doc._.reading
    for block in reading.blocks:
        if block.paragraph.zone == "table" or block.part != "node" and not _promises(reading, block):
            continue
        found = quantities_of(reading, block)
        spoken = [q for q in found if is_promise(reading, block, q) and _is_target(reading, block, q)]
        for quantity in spoken:
            reading.facts.targets.append(_target(reading, block, quantity))
        _improvements(reading, block, found)
    return doc


def is_promise(reading: Reading, block: Block, quantity: Quantity) -> bool:
    """Whether a figure is promised rather than reported: its own sentence decides before its section."""
    low = reading.view.low
    start = max(block.words, quantity.start - 200)
    clause = low[max(start, low.rfind(".", start, quantity.figure) + 1) : quantity.figure]
    if _PROMISE.search(clause, timeout=SECONDS):
        return True
    if _REPORT.search(clause, timeout=SECONDS):
        return False
    return block.mood == "goal"


def _promises(reading: Reading, block: Block) -> bool:
    return _PROMISE.search(reading.view.low, block.words, block.paragraph.end, timeout=SECONDS) is not None


def _is_target(reading: Reading, block: Block, quantity: Quantity) -> bool:
    low = reading.view.low
    before = low[max(block.words, quantity.figure - 60) : quantity.figure]
    cut = max(before.rfind(","), before.rfind(";"))
    if _PURPOSE.search(before[cut + 1 :], timeout=SECONDS):
        return False
    if quantity.kind in ("scale", "rank"):
        return True
    named = [
        cue for cue in quantity.cues if cue not in ("từ", "được", "là", "có", "đã", "còn", "mới", "chỉ", "đến", "trên")
    ]
    if quantity.kind == "duration":
        return quantity.change in ("increase", "decrease") and quantity.unit.lower() != "năm"
    if _SET_ELSEWHERE.search(before, timeout=SECONDS):
        return False
    return (
        bool(named)
        or quantity.comparator != "="
        or (_in_goals(block.node) and quantity.kind in ("money", "measure", "counted"))
    )


def _in_goals(node: Node | None) -> bool:
    while node is not None:
        folded = fold(node.heading or "").lower()
        if "muc tieu" in folded or "chi tieu" in folded:
            return True
        node = node.parent
    return False


def _direction(quantity: Quantity) -> Literal["reach", "increase", "decrease", "rank"]:
    return "reach" if quantity.change == "level" else quantity.change


def _target(reading: Reading, block: Block, quantity: Quantity) -> Target:
    printed = f"{quantity.value:g}".replace(".", ",")
    sign = _SIGN[quantity.comparator]
    space = "" if quantity.unit == "%" else " "
    return Target(
        indicator=quantity.indicator,
        direction=_direction(quantity),
        comparator=quantity.comparator,
        value=quantity.value,
        unit=quantity.unit,
        period=quantity.year or reading.year(),
        baseline=quantity.baseline,
        display=f"{quantity.indicator} {sign} {printed}{space}{quantity.unit}",
        section=block.section,
        **reading.fact(
            quantity.start, quantity.end, "figure_in_goal", 0.9 if quantity.kind in ("scale", "rank") else 0.8
        ),
    )


def _improvements(reading: Reading, block: Block, found: list[Quantity]) -> None:
    """Indices that are to be better, without a figure."""
    low, text = reading.view.low, reading.view.text
    if block.mood != "goal":
        return
    for start, end in sentences_of(reading.view, block.words, block.paragraph.end):
        if not (_promises_in(low, start, end) or _in_goals(block.node) or _purposes(block.node)):
            compared = regex.search(r"so với (?:cùng kỳ )?năm (\d{4})", low[start:end], timeout=SECONDS)
            if compared is None:
                continue
        for begin, stop in clauses_of(reading.view, start, end):
            match = _IMPROVE.search(low, begin, stop, timeout=SECONDS)
            if match is None or any(match.start() <= q.figure <= match.end() for q in found):
                continue
            if _PURPOSE.search(low[max(begin, match.start() - 30) : match.start()], timeout=SECONDS):
                continue
            group = "what" if match["what"] else "rank"
            words = " ".join(text[match.start(group) : match.end(group)].split())
            base = regex.search(r"so với (?:cùng kỳ )?năm (\d{4})", low[match.start() : stop], timeout=SECONDS)
            words = regex.split(r",? so với|,? năm \d{4}$", words)[0].strip(" ,")
            if words.lower() in ("thứ hạng", "xếp hạng", "điểm số"):
                earlier = [q.indicator for q in found if q.figure < match.start()]
                words = f"{words} {earlier[-1]}" if earlier else words
            if not _NAMED_INDEX.search(words.lower(), timeout=SECONDS):
                continue
            span_end = match.start() + base.end() if base else match.end(group)
            reading.facts.targets.append(
                Target(
                    indicator=words,
                    direction="improve",
                    comparator=None,
                    value=None,
                    unit=None,
                    period=reading.year(),
                    baseline=base[1] if base else None,
                    display=" ".join(text[match.start() : span_end].split()),
                    section=block.section,
                    **reading.fact(match.start(), span_end, "improvement", 0.75),
                )
            )


def _promises_in(low: str, start: int, end: int) -> bool:
    return _PROMISE.search(low, start, end, timeout=SECONDS) is not None


def _purposes(node: Node | None) -> bool:
    while node is not None:
        if "muc dich" in fold(node.heading or "").lower():
            return True
        node = node.parent
    return False
