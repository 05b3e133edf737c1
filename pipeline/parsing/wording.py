"""What a figure measures, in the document's words: run-ups, times and weak verbs around it are left out."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import regex

from pipeline.parsing.doublets import parts_of
from pipeline.parsing.patterns import Bounded

_INTRO: Final = Bounded(
    r"^(?:(?:nhân )?(?:dịp )?tết [^,\d]{2,40}(?=,)|(?:nhân|trong) (?:dịp|ngày) [^,]{2,60}(?=,)|"
    r"qua (?:công tác )?(?:thanh tra|kiểm tra|rà soát|khảo sát|đấu tranh|theo dõi|xác minh|giám sát|đánh giá)"
    r"(?:, (?:kiểm tra|rà soát|giám sát))?(?: đã|(?=,| phát hiện| cho thấy| xử lý| kiến nghị| ghi nhận))|"
    r"(?:toàn|cả) (?:tỉnh|huyện|xã|ngành|thành phố|thị xã|quận|phường|đảng bộ)"
    r"(?= (?:đã|còn thiếu|hiện|giảm|tăng|thiếu|thừa)(?!\p{L}))|"
    r"trở (?:lên|xuống)(?=,)|trong (?:tổng số |số )?\d[\d.]* [^,:;()\d]{2,40}(?=$|,)|"
    r"thứ (?:nhất|hai|ba|tư|năm|sáu)|(?:một|hai|ba|bốn|năm|sáu) là(?= )|lưu ý|không (?:để|cho)(?: xảy ra)?|"
    r"so (?:với )?(?:cùng kỳ|(?:năm|quý|tháng) (?:trước|[\dIVX][\d/]*))(?: năm (?:trước|\d{4}))?|"
    r"trong (?:tháng|quý|kỳ|tuần|năm)(?: qua| này| nay)?(?! đến| ?[\d/IVX]+(?!\p{L}))|"
    r"trong đó|trong số đó|bao gồm|gồm|cụ thể(?: là)?|như sau|quyết tâm|theo đó|trong khi(?: đó)?|lũy kế|luỹ kế|"
    r"nhưng(?: lại)?|về|đáng (?:lưu ý|chú ý)(?: là)?|còn lại|nếu tính cả|cũng|nên|dự báo|"
    r"theo (?![^,]*(?:công bố|xếp hạng))[^,]{3,80},|"
    r"[^,]{0,60}quyết nghị(?: thông qua)?|kết quả|đồng thời|ngoài ra|phấn đấu(?: đến|"
    r" để)?|đảm bảo|bảo đảm|hằng năm|hàng năm|từng bước|tiếp tục|tuy nhiên|tuy vậy|nâng|giữ vững|giữ|duy trì|với|"
    r"tập trung|trung bình|bình quân|đưa|hiện nay|hiện|đến nay|tính chung|thì|số liệu|đạt con số(?: kỷ lục)?|"
    r"(?:yêu cầu|đề nghị) (?=\p{Ll}))(?!\p{L})[\s,:]*",
    regex.IGNORECASE,
)
_ENUMERATED: Final = Bounded(r"^\(?(?:[ivx]{1,4}|\d{1,2}|[a-zđ])\)\s*")
_TIME_LEAD: Final = Bounded(
    r"^(?:(?:đến|trong|hết|cuối|đầu|phấn đấu|tính đến|từ|trước)\s+)+(?:ngày )?"
    r"\d{1,2}[/.]\d{1,2}(?:[/.]\d{4})?\s*[,:]?\s*|"
    r"^(?:riêng )?(?:(?:đến|trong|hết|cuối|đầu|phấn đấu|tính đến|từ)\s+)*(?:ngày|năm học|năm|giai đoạn|quý|tháng|"
    r"6 tháng(?: đầu năm)?|9 tháng|mùa khô năm|vụ)\s+[\d/IVX]+(?!\p{L})(?:\s?[-–]\s?\d{4})?(?: trở đi)?\s*[,:]?\s*|"
    r"^\d{1,2} tháng(?: đầu)?(?: năm)?(?: \d{4})?(?!\p{L})\s*[,:]?\s*|"
    r"^(?:tính )?đến (?:cuối|hết) (?:năm|quý|tháng|kỳ)(?: mới)?(?!\p{L})\s*[,:]?\s*",
    regex.IGNORECASE,
)
_TIME_TAIL: Final = Bounded(
    r"(?:\s*,)?\s+(?:(?:trong |vào |đến )(?:hết |cuối )?)?năm \d{4}$|"
    r"(?:\s*,)?\s+(?:trong )?giai đoạn \d{4}\s?[-–]\s?\d{4}$|"
    r"\s(?:đến|vào|trong) (?:cuối|hết|đầu) (?:năm|quý|tháng)(?: \d{4})?$|"
    r",?\s(?:tính )?đến (?:hết )?ngày \d{1,2}[/.]\d{1,2}(?:[/.]\d{4})?$|"
    r"(?: năm \d{4})? (?:được|do) [^,]{3,40} giao$|"
    r",?\s(?:ước )?(?:cả năm|\d{1,2} tháng(?: đầu)?(?: năm)?(?: \d{4})?)(?: thực hiện| thu hoạch)?$|"
    r"(?:\s(?:tăng|giảm))?\stừ \d[\d.,]*\s?(?:%|‰|\p{L}+)?(?: (?:năm|vào năm) \d{4})?$",
    regex.IGNORECASE,
)
_NO_MEASURE: Final = Bounded(
    r"(?:(?:ước|uớc|kết quả|thực hiện|đạt được|cả năm|năm|\d{4}|\d{1,2} tháng|đầu năm|đến nay|là|tính|mạnh|nhẹ|khá|"
    r"lần lượt|tương ứng|tương đương|tính chung|tính riêng|cùng kỳ|cụ thể|theo đó|mức|"
    r"mức tăng trưởng|bình quân|hàng năm|mặc dù|"
    r"hằng năm|mỗi năm|cao|nằm|đứng|thuộc|lọt vào|xếp|xếp loại(?: \p{L}+){1,2})\s*)+",
    regex.IGNORECASE,
)
_WEAK_TAIL: Final = Bounded(
    r"(?:\s|^)(?:thực hiện|(?:là|còn|rất|khá)?\s*(?:thấp|cao|còn|chưa|đạt|được|đã|(?<!mắc )(?<!thôn )mới|"
    r"(?<!chứng )chỉ|với|"
    r"chưa đạt chỉ tiêu|"
    r"chưa mới|(?<!(?:hát|hực|hể|uất|iểu) )hiện|ước|và|ở|ở mức|còn ở mức|còn ở mức thấp|mức|phấn đấu|cũng|đều|"
    r"duy trì|từ|xếp|nằm|đứng|số điểm|điểm số|phải|cần|tổng|chiếm|có|dự kiến|vẫn))$"
)
MEASURED: Final = (
    "tổng ", "tỷ lệ", "tỉ lệ", "số lượng", "số vụ", "số người", "số hộ", "số hồ sơ", "số doanh nghiệp", "số lượt",
    "số ca", "giá trị", "kim ngạch", "sản lượng", "thu nhập", "doanh thu", "chỉ số", "mức độ", "diện tích", "tốc độ",
    "năng suất", "thu ngân sách", "chi ngân sách", "tỷ trọng", "tỉ trọng", "quy mô", "lợi nhuận", "dư nợ",
    "độ che phủ", "lượng khách",
)  # fmt: skip
RANKING_WORDS: Final = frozenset(
    ("thứ hạng", "xếp hạng", "hạng", "hoàn thành", "tăng trưởng", "vị trí", "vị thứ", "điểm số", "điểm", "số điểm",
     "tăng", "giảm")
)  # fmt: skip
"""Words before a figure that say how it is measured, not what."""
_TOPIC: Final = Bounded(r"^(?:công tác|việc|hoạt động)[^,]*? (?:đã|còn) (?=\p{L})", regex.IGNORECASE)
""" "Công tác giải phóng mặt bằng còn vướng 15 hộ": the topic is no part of what is counted."""
RELATIVE: Final = (
    "cấp ", "ở ", "tại ", "khu vực ", "đối với ", "riêng ", "trong đó ", "cả nước ", "toàn quốc ",
    "toàn tỉnh ", "toàn ngành ", "chung ", "nam ", "nữ ", "nông thôn", "thành thị",
)  # fmt: skip
"""How words begin that narrow a measure and are none."""
GROWTH: Final = Bounded(
    r"(?:tốc độ |mức )(?:tăng|giảm)(?: trưởng)?(?: bình quân)?(?: (?:hằng|hàng) năm)?", regex.IGNORECASE
)
""" "…, tốc độ tăng bình quân 5%/năm": how what was told before changes."""
BARE_BODY: Final = Bounded(
    r"(?:toàn |cả )?(?:tỉnh|huyện|thành phố|thị xã|quận|xã|phường|sở|ngành|đơn vị|cơ quan|cục|chi cục|trường|bệnh viện|"
    r"trung tâm|công ty|viện|ban|nhà trường|địa phương)(?: ta| nhà| này)?",
    regex.IGNORECASE,
)
""" "Sở đạt 84 điểm": a body without its name is whose figure it is, never what is measured."""
BARE_DEED: Final = Bounded(
    r"(?:đã |cũng |kiến nghị |đề nghị |ra quyết định )*(?:thu hồi|xử phạt|phạt|phạt tiền|truy thu|nộp phạt|thu phạt|"
    r"nộp ngân sách|thu nộp ngân sách|thu nộp|giảm trừ|bồi thường|chi trả|hỗ trợ|huy động|tiết kiệm|giải ngân|"
    r"cho vay|ủng hộ|đóng góp|trị giá|thiệt hại)(?: ước tính| về kinh tế| được)?",
    regex.IGNORECASE,
)
""" "…, phạt 96 triệu đồng": money with a deed alone; for what, the words before tell."""
_SHORT: Final = 6
_LONG: Final = 20
_MORE: Final = Bounded(rf", (?:{'|'.join(MEASURED)})", regex.IGNORECASE)
_NOTE_MARKS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹ "


@lru_cache(maxsize=4096)
def tidy(words: str) -> str:
    """Return the words before a figure without what leads up to them and what leads over to the figure."""
    words = " ".join(words.split()).lstrip(_NOTE_MARKS)  # a footnote opens with its mark
    words = _ENUMERATED.sub("", words.strip(" ,.;:-–")).strip(" ,.;:()-–")
    if says_no_measure(words):
        return ""
    for _ in range(5):
        size = len(words)
        for pattern in (_INTRO, _TIME_LEAD):
            words = pattern.sub("", words)
        for pattern in (_TIME_TAIL, _WEAK_TAIL):
            words = pattern.sub("", words).strip(" ,.;:()-–")
        if len(words) == size:
            break
    return f"{words})" if words.count("(") > words.count(")") else words


def says_no_measure(words: str) -> bool:
    """ "Ước thực hiện cả năm là": what is measured was said before."""
    return _NO_MEASURE.fullmatch(words) is not None


def shortened(words: str) -> str:
    """Of a long run-up only its last part names what is measured; brackets stay whole."""
    parts = parts_of(words)
    if words.lower().startswith(MEASURED) and len(words.split()) <= 3 * _LONG and not _MORE.search(words):
        return words
    for at in range(len(parts) - 1, 0, -1):
        if parts[at].lower().startswith(MEASURED):
            return ", ".join(parts[at:])
    while len(words.split()) > _LONG and len(parts) > 1 and len(" ".join(parts[1:]).split()) >= 4:
        parts = parts[1:]
        words = ", ".join(parts)
    return words


def short_verb(lead: str, most: int = _SHORT) -> str:
    """The verb before "100% các nhiệm vụ": kept where it is short ("hoàn thành"), dropped where it is another "
    "matter."""
    lead = _TOPIC.sub("", lead)
    last = parts_of(lead)[-1]
    if most < len(last.split()) <= most + 2 * last.count(", "):
        return _INTRO.sub("", last)  # two words for one thing take the room of one
    parts = (lead, last, lead.rpartition(", ")[2], lead.rpartition(" đã ")[2])
    verb = next((words for words in parts if len(words.split()) <= most), "")
    return _INTRO.sub("", verb)
