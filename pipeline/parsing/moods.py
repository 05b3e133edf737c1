"""Promise or report: whether a stretch of text sets a goal or tells what was reached (*mục tiêu*, *kết quả*).

The words of the clause decide first ("phấn đấu", "đã"), then the time it names against the document's date ("Đến
tháng 7/2025, xã đạt …" in an August plan reports), then the heading of its node, then the type of the document.
"""

from __future__ import annotations

from typing import Final

import regex

from diacritics.folding import fold
from pipeline.parsing.patterns import SECONDS
from pipeline.parsing.reading import Block, Mood, Node, Reading

_GOAL_WORDS: Final = (
    "muc tieu", "chi tieu", "nhiem vu", "giai phap", "phuong huong", "to chuc thuc hien", "muc dich", "ke hoach",
    "trach nhiem",
    "yeu cau", "phan cong", "kien nghi", "de xuat", "de nghi", "du kien", "dinh huong", "lo trinh", "trong tam",
    "trien khai",
)  # fmt: skip
_RESULT_WORDS: Final = (
    "ket qua", "danh gia", "thuc trang", "tinh hinh", "uu diem", "han che", "tong the", "ton tai", "nguyen nhan",
    "dat duoc",
    "khai quat", "dac diem", "thuan loi", "kho khan", "bat cap", "boi canh", "hien trang", "su can thiet", "da dat",
)  # fmt: skip
_REPORTS: Final = frozenset({"Báo cáo", "Biên bản", "Thông cáo"})
_PROMISE: Final = regex.compile(
    r"(?<!\p{L})(?:phấn đấu|mục tiêu (?:đến|năm)|chỉ tiêu (?:đến|năm)|dự kiến|sẽ (?!được)|quyết tâm|"
    r"(?<!(?:đáp ứng|theo|bảo đảm|đảm bảo|các|những|được|có|số) )yêu cầu|(?<!(?:hồ sơ|đơn|văn bản|được|có) )đề nghị|"
    r"(?<!(?:được|đã|trung ương|cấp trên|chính phủ|tỉnh|nhân dân|bàn|chuyển|các) )"
    r"giao(?! thông| dịch| lưu| ban| nhận| tiếp| khoán))(?!\p{L})"
)
_COMMITTING: Final = (
    "muc tieu",
    "chi tieu",
    "nhiem vu",
    "giai phap",
    "to chuc thuc hien",
    "phuong huong",
    "dinh huong",
)
_TELLING: Final = regex.compile(
    r"(?<!\p{L})(?:ước (?:đạt|thực hiện|cả năm|tính)|so (?:với )?cùng kỳ|lũy kế|luỹ kế|(?:tính )?đến nay|"
    r"(?:0?[369]|10|11) tháng (?:đầu )?năm|(?:đạt|bằng|vượt) \d[\d.,]*\s?% (?:kế hoạch|dự toán)|"
    r"đã (?:hoàn thành|đạt|triển khai|tổ chức|thành lập|thu hút|giải quyết|xử lý|tiếp nhận|vận động|huy động|"
    r"quán triệt|chỉ đạo|mở ra))(?!\p{L})"
)
"""What a paragraph of outcomes says somewhere: an estimate of the year, a comparison, a share of the plan, a deed."""
_TELLING_HEAD: Final = regex.compile(r"[\P{L}ivx]{0,8}(?:đánh giá|kết quả|tình hình|thực trạng)(?!\p{L})")
_REPORT: Final = regex.compile(
    r"(?<!\p{L})(?:đã(?! (?:được (?:giao|phê duyệt|ban hành|phân công|số hóa|số hoá|cấp|công bố|duyệt)|ban hành|"
    r"đề ra|có|số hóa|số hoá|phê duyệt|giao|đăng ký|được)(?!\p{L}))|"
    r"ước đạt|ước thực hiện|mới đạt|tính đến|lũy kế|kết quả đạt|đạt được (?:kết quả|\d)|so với cùng kỳ|xảy ra)(?!\p{L})"
)
_TIME_LEAD: Final = regex.compile(
    r"(?:tính |trong |tuy nhiên, |riêng |từ đầu )?(?P<to>đến (?:hết |cuối |nay, )?|hết |cuối )?(?:ngày |tháng |"
    r"quý |mùa khô |mùa |vụ |niên vụ )?(?:năm |năm học |6 tháng đầu năm |9 tháng năm |6 tháng năm |giai đoạn |"
    r"nhiệm kỳ )?"
    r"(?:(?:\d{1,2}[/.])?(?P<month>\d{1,2})[/.])?(?P<year>(?:19|20)\d\d)(?:\s?[-–]\s?(?P<last>(?:19|20)\d\d))?(?!\d)"
)


def default_mood(kind: str | None) -> Mood:
    """A report reports, every other type promises."""
    return "result" if kind in _REPORTS else "goal"


def heading_mood(node: Node, default: Mood) -> Mood:
    """What a node's heading says; without a word on it, the node above decides."""
    folded = fold(node.heading or "").lower()
    goal = min((at for word in _GOAL_WORDS if (at := folded.find(word)) >= 0), default=None)
    result = min((at for word in _RESULT_WORDS if (at := folded.find(word)) >= 0), default=None)
    if goal is None and result is None:
        return node.parent.mood if node.parent is not None else default
    if goal is None or result is None:
        return "goal" if result is None else "result"
    return "goal" if goal <= result else "result"


def promises(low: str, start: int, end: int) -> bool:
    """Whether the words of a stretch promise something."""
    return _PROMISE.search(low, start, end, timeout=SECONDS) is not None


def reports(low: str, start: int, end: int) -> bool:
    """Whether the words of a stretch report something."""
    return _REPORT.search(low, start, end, timeout=SECONDS) is not None


def mood_at(reading: Reading, block: Block, sentence: int, clause: int, figure: int) -> Mood | None:
    """The mood of a figure, from its clause, its sentence, its section; None in a preamble that says nothing of it."""
    low = reading.view.low
    if reports(low, clause, figure):
        return "result"
    if promises(low, clause, figure):
        return "goal"
    timed = _mood_of_time(reading, sentence)
    if timed is not None:
        return timed
    if promises(low, sentence, figure) and block.mood == "goal":
        return "goal"
    if _tells(reading, block):
        return "result"
    return block.mood if block.part == "node" else None


def _tells(reading: Reading, block: Block) -> bool:
    """Whether a paragraph tells of outcomes although its part promises or says nothing: no heading of goals stands
    over it, it promises nothing itself, and it or the opening of its node speaks of what was reached."""
    if _under(block.node, _COMMITTING):
        return False
    low, start, end = reading.view.low, block.words, block.paragraph.end
    node = block.node
    opens = node is not None and node.heading is None and _TELLING_HEAD.match(low, node.start, timeout=SECONDS)
    return bool(opens or _TELLING.search(low, start, end, timeout=SECONDS)) and not promises(low, start, end)


def _mood_of_time(reading: Reading, sentence: int) -> Mood | None:
    """A sentence that opens with a time before the document reports, one after it promises."""
    date = reading.facts.header.date
    match = _TIME_LEAD.match(reading.view.low, sentence, timeout=SECONDS)
    if date is None or match is None:
        return None
    year, own = int(match["last"] or match["year"]), int(date[:4])
    if year != own:
        return "result" if year < own else "goal"
    if match["month"] and match["to"] and int(match["month"]) <= 12:
        return "result" if int(match["month"]) <= int(date[5:7]) else "goal"
    return None


def in_goals(node: Node | None) -> bool:
    """Whether a node stands under a heading that names goals."""
    return _under(node, ("muc tieu", "chi tieu"))


def in_purposes(node: Node | None) -> bool:
    """Whether a node stands under a heading that names purposes."""
    return _under(node, ("muc dich",))


def _under(node: Node | None, words: tuple[str, ...]) -> bool:
    """Whether a node or one above it has one of these words in its heading."""
    while node is not None:
        folded = fold(node.heading or "").lower().replace("muc tieu quoc gia", "")
        if any(word in folded for word in words):
            return True
        node = node.parent
    return False
