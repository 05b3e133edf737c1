"""What stands over a figure: the headings of its node, and the head of its list ("Phấn đấu đến năm 2030:").

A heading speaks by the first word in it that names goals or outcomes; where it has none, the one above speaks. The
head of a list is the paragraph before it that ends with a colon, or a title that lost its number; it holds for the
paragraphs after it in the same node, as long as they look alike.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from diacritics.folding import fold
from pipeline.parsing.patterns import Bounded
from pipeline.parsing.reading import Block, Mood, Node, Reading

REPORTS: Final = frozenset({"Báo cáo", "Biên bản", "Thông cáo"})
_AIMS: Final = ("muc tieu", "chi tieu", "phan dau")
_TASKS: Final = (
    "nhiem vu", "giai phap", "phuong huong", "to chuc thuc hien", "muc dich", "yeu cau", "trach nhiem", "phan cong",
    "dinh huong", "du kien", "lo trinh", "tam nhin", "du bao", "den nam", "cam ket", "khac phuc",
    "bien phap(?! xu ly hanh chinh| ngan chan)",
)  # fmt: skip
_MATTERS: Final = (
    "ke hoach", "kien nghi", "de xuat", "de nghi", "trong tam", "trien khai", "noi dung", "chuong trinh cong tac",
)  # fmt: skip
_OUTCOMES: Final = (
    "ket qua", "danh gia", "thuc trang", "tinh hinh", "uu diem", "han che", "ton tai", "nguyen nhan", "dat duoc",
    "khai quat", "dac diem", "thuan loi", "kho khan", "bat cap", "boi canh", "hien trang", "su can thiet", "da dat",
    "nhung mat", "cong tac chi dao, dieu hanh", "so lieu", "tong ket", "so ket",
)  # fmt: skip


_AHEAD: Final = (
    "thoi gian toi", "nam toi", "quy toi", "thang toi", "tuan toi", "sap toi", "cuoi nam", "thang cuoi",
    "thang con lai", "giai doan tiep theo", "nam tiep theo",
)  # fmt: skip
"""What lies ahead is a task whatever else the heading names: "Khắc phục hạn chế trong thời gian tới"."""
_SAID: Final = Bounded(
    rf"(?<!\p{{L}})(?:(?P<aim>dat duoc muc tieu|(?<!thuc hien (?:cac )?|ket qua (?:thuc hien )?(?:cac )?)"
    rf"(?:{'|'.join(_AIMS)}))|(?P<task>{'|'.join(_TASKS)})|"
    rf"(?P<matter>{'|'.join(_MATTERS)})|(?P<outcome>(?<!theo doi )(?:{'|'.join(_OUTCOMES)})))(?!\p{{L}})"
)
_PROGRAMME: Final = Bounded(
    r"(?:chuong trinh )?muc tieu quoc gia|tieu chi danh gia|ke hoach danh gia|ke hoach hoa|"
    r"ke hoach(?: va|,| [-–])? (?:dau tu|tai chinh)|tai chinh(?: va|,| [-–])? ke hoach|"
    r"nhiem vu (?:\w+,? ){1,8}giao(?!\w)|(?<!to chuc )thuc hien (?:cac |mot so )?nhiem vu|sang kien(?:,| va) giai phap|"
    r"(?:phan anh|to giac|tin bao|khieu nai|to cao|toi pham)(?:,| va) kien nghi|kien nghi (?:khoi to|cua cu tri)|"
    r"(?:ung pho|phong chong|ho tro)(?: va|,) khac phuc|khac phuc (?:hau qua|thiet hai|su co)|cong tac khac phuc"
)
"""Names of programmes, fields and bodies that hold a telling word and tell nothing."""
_WEIGHTS: Final = {"aim": 5.0, "task": 3.0, "matter": 1.5, "outcome": -3.0}
_HEAD_GOAL: Final = Bounded(r"(?<!\p{L})(?:phấn đấu|mục tiêu|chỉ tiêu|đến năm 20\d\d)(?!\p{L})")
_HEAD_ORDER: Final = Bounded(r"(?<!\p{L})(?:yêu cầu|đề nghị|chỉ đạo|giao|phân công)(?!\p{L})[^:]*:$")
_HEAD_TOLD: Final = Bounded(
    r"(?<!\p{L})(?:kết quả|đạt được|tình hình|thực trạng|đã (?:đạt|hoàn thành|thực hiện)|hạn chế|tồn tại)(?!\p{L})"
)
_YEAR: Final = Bounded(r"(?<![\d/])20\d\d(?![\d/])")
_LONGEST_HEAD: Final = 260
_LONGEST_TITLE: Final = 12


def default_mood(kind: str | None) -> Mood:
    """A report reports, every other type promises."""
    return "result" if kind in REPORTS else "goal"


def heading_weight(node: Node | None) -> float:
    """What the headings over a node's words say: above zero they promise, below they report; 0 where none speaks.

    What only names a matter ("3. Triển khai kế hoạch …") yields to a heading over it that reports.
    """
    matter = 0.0
    while node is not None:
        weight = _said(node.heading)
        if weight and weight != _WEIGHTS["matter"]:
            return weight
        matter = matter or weight
        node = node.parent
    return matter


def names_aims(node: Node | None) -> bool:
    """Whether the headings over a node's words name goals before all else."""
    return heading_weight(node) == _WEIGHTS["aim"]


def opens_before_goals(reading: Reading, node: Node | None) -> bool:
    """Whether a node stands in a part that comes before the part which names goals, and is itself no such part.

    What a plan says before its goals and is neither purpose nor task tells where it starts from: "I. ĐIỂM XUẤT PHÁT".
    """
    if node is None:
        return False
    while node.parent is not None:
        node = node.parent
    ahead = reading.goals_start
    if ahead is None:
        tops = (top for top in reading.nodes if top.parent is None)
        ahead = reading.goals_start = next((top.start for top in tops if _said(top.heading) == _WEIGHTS["aim"]), 0)
    return node.start < ahead


def heading_over(node: Node | None) -> str:
    """Return the nearest heading over the words of a node, "" for none: what a figure without a measure is of."""
    while node is not None and not node.heading:
        node = node.parent
    return (node.heading if node is not None else None) or ""


def heading_year(node: Node | None) -> int | None:
    """The year that the nearest heading names, the last where it names several."""
    while node is not None:
        year = _year_in(node.heading) if node.heading else None
        if year is not None:
            return year
        node = node.parent
    return None


def looks_back(reading: Reading, block: Block) -> bool:
    """Whether the headings say nothing but a year that is over: "A. NHÌN LẠI NĂM 2024"."""
    year, own = heading_year(block.node), reading.facts.header.date
    return year is not None and own is not None and year < int(own[:4]) and not heading_weight(block.node)


@lru_cache(maxsize=1024)
def _year_in(heading: str) -> int | None:
    years = _YEAR.findall(heading)
    return int(years[-1]) if years else None


@lru_cache(maxsize=1024)
def _said(heading: str | None) -> float:
    if not heading:
        return 0.0
    folded = _telling(heading)
    match = _SAID.search(folded)
    if (match is None or match.lastgroup == "outcome") and any(words in folded for words in _AHEAD):
        return _WEIGHTS["task"]
    return _WEIGHTS[str(match.lastgroup)] if match is not None else 0.0


def heading_mood(node: Node, default: Mood) -> Mood:
    """What a node's heading says; without a word on it, the node above decides.

    It does too where both speak and this one only names a matter among outcomes, or an outcome among the tasks of a
    document that promises: "TỔ CHỨC THỰC HIỆN" over "3. Tổng kết, khen thưởng".
    """
    weight = _said(node.heading)
    above = _said(node.parent.heading) if node.parent is not None else 0.0
    matter = weight == _WEIGHTS["matter"] and above < 0
    task = weight < 0 and above == _WEIGHTS["task"] and default == "goal"
    if not weight or matter or task:
        return node.parent.mood if node.parent is not None else default
    return "goal" if weight > 0 else "result"


def in_goals(node: Node | None) -> bool:
    """Whether a node stands under a heading that names goals."""
    return _under(node, ("muc tieu", "chi tieu"))


def in_purposes(node: Node | None) -> bool:
    """Whether a node stands under a heading that names purposes."""
    return _under(node, ("muc dich",))


def _under(node: Node | None, words: tuple[str, ...]) -> bool:
    while node is not None:
        if node.heading:
            folded = _telling(node.heading)
            if any(word in folded for word in words):
                return True
        node = node.parent
    return False


@lru_cache(maxsize=1024)
def _telling(heading: str) -> str:
    """Return the words of a heading, folded, without those that tell nothing."""
    return _PROGRAMME.sub(" ", fold(heading).lower())


def list_head(reading: Reading, block: Block) -> Block | None:
    """Return the paragraph that heads the list a block stands in; each block is looked at once."""
    known = reading.heads
    for index in range(len(known), block.index + 1):
        known.append(_head_of(reading, index))
    at = known[block.index]
    return reading.blocks[at] if at is not None else None


def _head_of(reading: Reading, index: int) -> int | None:
    if index == 0:
        return None
    block, before = reading.blocks[index], reading.blocks[index - 1]
    if block.labelled:
        return _intro_of(reading, block)
    if block.node is not before.node or block.part != before.part:
        return None
    if _heads(reading, before):
        return index - 1
    if before.paragraph.bullet and not block.paragraph.bullet:
        return None  # the list is over
    return reading.heads[index - 1]


def _intro_of(reading: Reading, block: Block) -> int | None:
    """A numbered item is headed by what its parent says last: "… bằng các chỉ tiêu cụ thể như sau:"."""
    parent = block.node.parent if block.node is not None else None
    at = parent.paragraphs[-1] if parent is not None and parent.paragraphs else block.index
    return at if at < block.index and _heads(reading, reading.blocks[at]) else None


def _heads(reading: Reading, block: Block) -> bool:
    """Whether a paragraph leads into those after it and says in which mood."""
    text = reading.text(block.words, block.paragraph.end).strip()
    if not text or len(text) > _LONGEST_HEAD or spoken_weight(reading, block) == 0:
        return False
    if text.endswith(":"):
        return True
    words = len(text.split())
    return text[-1] not in ".;,!?" and words <= _LONGEST_TITLE and "%" not in text and (words > 2 or text.isupper())


def spoken_weight(reading: Reading, block: Block) -> float:
    """1 for a paragraph that speaks of goals, a half for one that orders, -1 for one of outcomes, 0 for neither."""
    low, start, end = reading.view.low, block.words, block.paragraph.end
    if (stop := low.rfind(". ", start, end)) >= 0 and any(map(str.isdigit, low[start:stop])):
        start = stop  # "… đạt 97,7%, vượt chỉ tiêu. Cụ thể:": what was told before is no head
    goal = _HEAD_GOAL.search(low, start, end)
    told = _HEAD_TOLD.search(low, start, end)
    if goal is None and _HEAD_ORDER.search(low, start, end):
        return 0.5
    if (goal is None) == (told is None):
        return 0.0 if goal is None or told is None else (1.0 if goal.start() < told.start() else -1.0)
    return 1.0 if goal is not None else -1.0
