"""The words that lead over to a number (*từ dẫn số liệu*) and say how it is meant: bounds, changes, levels.

They are read backwards from the number, several in a row: "giảm · xuống còn · dưới 3%", "đạt · từ 75 điểm".
"""

from __future__ import annotations

from typing import Final

from pipeline.parsing.patterns import Bounded, any_of
from pipeline.records import Comparator

BOUNDS: Final[dict[str, Comparator]] = {
    "tối thiểu": ">=", "ít nhất": ">=", "thấp nhất": ">=", "không dưới": ">=", "không thấp hơn": ">=",
    "không ít hơn": ">=", "không nhỏ hơn": ">=", "đạt và vượt": ">=", "đạt, vượt": ">=", "≥": ">=", ">=": ">=",
    "trên": ">", "hơn": ">", "quá": ">", "cao hơn": ">", "lớn hơn": ">", "vượt": ">", "vượt quá": ">", ">": ">",
    "tối đa": "<=", "không quá": "<=", "không vượt quá": "<=", "không cao hơn": "<=", "không lớn hơn": "<=",
    "nhiều nhất": "<=", "trong vòng": "<=", "≤": "<=", "<=": "<=",
    "dưới": "<", "thấp hơn": "<", "ít hơn": "<", "nhỏ hơn": "<", "<": "<",
}  # fmt: skip
UP: Final = ("tăng", "tăng thêm", "tăng nhẹ", "tăng mạnh", "tăng khá", "tăng gấp", "cao gấp", "tang")
"""Without its mark too, as OCR leaves it: no other word that stands before numbers is spelled so."""
CUT: Final = "cắt giảm"
DOWN: Final = (
    "giảm", "giảm được", "giảm thêm", "giảm nhẹ", "giảm mạnh", "giảm sâu", "cắt giảm", "rút ngắn", "kéo giảm",
    "sụt giảm", "tụt",
)  # fmt: skip
LEVELS: Final = (
    "xuống còn", "giảm còn", "giảm xuống còn", "giảm xuống", "xuống", "lên", "lên tới", "lên đến", "tăng lên", "còn",
    "chỉ còn", "đạt", "tới", "ở mức", "mức",
)  # fmt: skip
"""A change to one of these ends at a level: "giảm xuống còn 3%"."""
STATING: Final = (
    "đạt", "được", "đạt được", "đạt và vượt", "đạt, vượt", "đạt tỷ lệ", "đạt tỉ lệ", "đạt mức", "mới đạt", "chỉ đạt",
    "ước đạt", "đạt khoảng", "chiếm", "chiếm tỷ lệ", "chiếm tỷ trọng", "tỷ lệ", "là", "bằng", "lên", "lên tới",
    "lên đến", "xuống", "xuống còn", "tới", "tăng lên",
)  # fmt: skip
"""Verbs that state a figure of the words before them."""
HAVING: Final = ("có", "còn", "còn có", "chỉ còn", "đã", "hiện có", "hiện còn")
LATE: Final = ("muộn", "chậm", "trễ", "quá hạn")
_OTHERS: Final = (
    "từ", "đến", "kém", "khoảng", "gần", "xấp xỉ", "ước", "ước tính", "bình quân", "trung bình", "chỉ",
    "thực hiện được", "duy trì ở mức", "duy trì", "tổng số", "tổng cộng", "gấp", "tỷ trọng", "tổng",
    "số lượng", "với số lượng", "với tổng số", "cả thảy",
)  # fmt: skip
_ALL: Final = {*BOUNDS, *UP, *DOWN, *LEVELS, *STATING, *HAVING, *LATE, *_OTHERS}
_CUE: Final = Bounded(
    rf"(?:^|(?<=[\s,(:]))(?<!chứng )(?P<cue>{any_of(_ALL)})"
    r"(?:(?: vào| đến| trong)?(?: cuối| hết)? năm (?:19|20)\d\d|"
    r"(?: (?:hàng|hằng|mỗi) năm)?(?: trong)? giai đoạn (?:này|(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d)|"
    r" (?:hàng|hằng|mỗi) năm|"
    r"(?P<base>(?: so với)? (?:cùng kỳ(?: năm (?:trước|\d{4}))?|"
    r"(?:mức (?:tăng |bình quân )?|bình quân |trung bình )(?:chung|cả|toàn|của)[^,;\d(]{0,24}?|"
    r"(?:năm|tháng|quý) trước|năm \d{4}|kế hoạch|dự toán)(?: là)?))?\s*$"
)
_BASED: Final = {"cao hơn": "tăng", "vượt": "tăng", "thấp hơn": "giảm"}
"""Before a number "cao hơn năm trước 0,5 điểm" says what "tăng 0,5 điểm" does."""
_RATES: Final = ("tốc độ ", "mức ", "tỷ lệ ", "tỉ lệ ", "chỉ số ")
NOT_TO: Final = Bounded(
    r"(?<!\p{L})không (?!quá|dưới|vượt|thấp|cao|ít|nhỏ|lớn|đạt|có|còn|bị|được|phải)\p{L}+(?!\p{L})"
    r"(?:(?!\.\s)[^,;:\n])*$"
)
""" "không để ùn tắc kéo dài quá 30 phút": what is not to happen; elsewhere "quá" bounds nothing."""
_FUNERAL: Final = ("quả ", "đám ", "lễ ", "để ", "việc ")
""" "bắt quả tang", "đám tang": no tăng without its mark."""
_MOST: Final = 6
_REACH: Final = 60
"""How many cues are read, and how many characters each may stand from the next."""


def read_cues(low: str, start: int, at: int) -> tuple[int, tuple[str, ...]]:
    """Return where the cues before a number at `at` begin, no earlier than `start`, and the cues in printed order."""
    found: list[str] = []
    for _ in range(_MOST):
        match = _CUE.search(low, max(start, at - _REACH), at)
        if match is None or (match.end("cue") < at - 1 and not found and not match["base"]):
            break
        if match["cue"] == "quá" and not NOT_TO.search(low, start, match.start()):
            break
        if match["cue"] == "tang" and low.endswith(_FUNERAL, start, match.start()):
            break
        if match["cue"] in ("tăng", "giảm") and low.endswith(_RATES, start, match.start()):
            break  # "tốc độ tăng bình quân" is a measure
        found.append(_BASED.get(match["cue"], match["cue"]) if match["base"] else match["cue"])
        at = match.start()
    return at, tuple(reversed(found))
