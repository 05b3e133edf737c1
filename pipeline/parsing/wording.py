"""What a figure measures, in the document's words: run-ups, times and weak verbs around it are left out."""

from __future__ import annotations

from typing import Final

import regex

from pipeline.parsing.patterns import SECONDS

_INTRO: Final = regex.compile(
    r"^(?:trong đó|trong số đó|bao gồm|gồm|cụ thể(?: là)?|như sau|kết quả|đồng thời|ngoài ra|phấn đấu(?: đến|"
    r" để)?|đảm bảo|bảo đảm|hằng năm|hàng năm|từng bước|tiếp tục|tuy nhiên|tuy vậy|nâng|giữ|duy trì|với|"
    r"trung bình|bình quân|đưa|hiện nay|hiện|đến nay|"
    r"(?:yêu cầu|đề nghị) (?=\p{Ll}))(?!\p{L})[\s,:]*",
    regex.IGNORECASE,
)
_TIME_LEAD: Final = regex.compile(
    r"^(?:(?:đến|trong|hết|cuối|đầu|phấn đấu|tính đến|từ)\s+)*(?:ngày|năm học|năm|giai đoạn|quý|tháng|"
    r"6 tháng(?: đầu năm)?|9 tháng|mùa khô năm|vụ)\s+[\d/IVX]+(?:\s?[-–]\s?\d{4})?\s*[,:]?\s*",
    regex.IGNORECASE,
)
_TIME_TAIL: Final = regex.compile(r"(?:\s*,)?\s+(?:(?:trong |vào |đến )(?:hết )?)?năm \d{4}$", regex.IGNORECASE)
_WEAK_TAIL: Final = regex.compile(
    r"(?:\s|^)(?:(?:là|còn|rất|khá)?\s*(?:thấp|cao|còn|chưa|đạt|được|đã|mới|chỉ|với|chưa đạt chỉ tiêu|chưa mới|"
    r"hiện|ước|và|ở|ở mức|còn ở mức|còn ở mức thấp|mức|phấn đấu|cũng|đều|duy trì|từ|số điểm|điểm số|phải|cần|"
    r"tổng|chiếm|có))$"
)
_MEASURED: Final = (
    "tổng ", "tỷ lệ", "tỉ lệ", "số lượng", "giá trị", "kim ngạch", "sản lượng", "thu nhập", "doanh thu", "chỉ số",
    "mức độ", "diện tích", "tốc độ", "năng suất", "thu ngân sách", "chi ngân sách",
)  # fmt: skip
_LONG: Final = 20


def tidy(words: str) -> str:
    """Return the words before a figure without what leads up to them and what leads over to the figure."""
    words = " ".join(words.split()).strip(" ,.;:()-–")
    for _ in range(5):
        size = len(words)
        for pattern in (_INTRO, _TIME_LEAD):
            words = pattern.sub("", words, timeout=SECONDS)
        for pattern in (_TIME_TAIL, _WEAK_TAIL):
            words = pattern.sub("", words, timeout=SECONDS).strip(" ,.;:()-–")
        if len(words) == size:
            break
    return words


def shortened(words: str) -> str:
    """Of a long run-up only its last part names what is measured."""
    parts = words.split(", ")
    while len(words.split()) > _LONG and len(parts) > 1 and len(" ".join(parts[1:]).split()) >= 4:
        parts = parts[1:]
        words = ", ".join(parts)
    for at in range(len(parts) - 1, 0, -1):
        if parts[at].lower().startswith(_MEASURED):
            return ", ".join(parts[at:])
    return words


def short_verb(lead: str) -> str:
    """The verb before "100% các nhiệm vụ": kept where it is short ("hoàn thành"), dropped where it is another"""
    """matter."""
    last = lead.rpartition(", ")[2]
    return lead if len(lead.split()) <= 5 else last if len(last.split()) <= 5 else ""
