"""Numbers that claim nothing of their own (*số không phải số liệu*).

Years and numbers of documents, parts of names, ages that say who is counted, terms and time limits, what a change is
compared with, and where it began.
"""

from __future__ import annotations

from typing import Final

import regex

from pipeline.parsing.patterns import Bounded
from pipeline.parsing.printed import Figure

_TIMED: Final = frozenset(
    "tăng giảm muộn chậm trễ quá_hạn không_quá dưới tối_đa trong_vòng rút_ngắn cắt_giảm không_vượt_quá xuống "
    "xuống_còn còn".split()
)
_NAMING: Final = frozenset(
    "năm tháng quý ngày số điều khoản mục phần chương mức độ cấp loại hạng khóa khoá kỳ lần thứ tuổi nhóm đoạn "
    "lớp lục mẫu đợt bước án điểm vùng quận khu giờ hệ phiên tỉ tỷ lộ quốc".split()
)
"""A number behind one of these names, it does not count."""
_TAKES_TIME: Final = Bounded(
    r"(?<!\p{L})thời gian (?:chờ|khám|giải quyết|xử lý|thông quan|điều trị|nằm viện|lưu trú|đi lại|hoàn thành|kê khai)"
    r"[^,;:()]{0,40}$|(?<!\p{L})(?:ngày (?:điều trị|nằm viện)|(?:dự trữ|dự phòng|tích trữ|chuẩn bị)"
    r"(?: \p{L}+){0,3} (?:lương thực|nước|thuốc|nhiên liệu|hàng hóa|nhu yếu phẩm|vật tư))[^,;:()]{0,40}$|"
    r"(?<!\p{L})(?:muộn|chậm|trễ|lâu|nhanh|sớm) nhất $|"
    r"(?<!\p{L})không (?:để|cho)(?!\p{L})[^,;:()]{0,90} (?:quá|trên|hơn) $"
)
""" "thời gian chờ khám", "dự trữ lương thực ít nhất", "không để ùn tắc kéo dài quá": times that are measured."""
_ROUND: Final = Bounded(r"100|10{0,2}(?:\.000)+")
_PER: Final = Bounded(r"(?<!\p{L})(?:bình quân|trung bình|tính)(?: trên| cho) $")
_CONTENT: Final = Bounded(r" (?:đào tạo|bồi dưỡng|tập huấn|học|giảng dạy|phát sóng|cập nhật kiến thức)(?!\p{L})")
""" "24 giờ đào tạo": time is what is given."""
_LISTED: Final = Bounded(
    r"(?<!\p{L})(?:(?:mẫu|biểu|phụ lục|văn bản|công văn)(?: biểu)?(?: số)?|số|mức độ|cấp độ|cấp|loại|hạng|nhóm|lớp|"
    r"đợt|điều|khoản|mục|chương|phần|đề án)"
    r" \d{1,4}(?:(?:,| và|, và) (?:(?:số|điều|khoản|mục) )?\d{1,4})*(?:,| và) (?:(?:số|điều|khoản|mục) )?$|"
    r"(?<!\p{L})(?:điều|khoản|mục|chương|phụ lục|đề án|khóa|khoá|(?:kỳ họp|phiên họp|lần) thứ|giai đoạn|vành đai|"
    r"nghị quyết) $"
)
""" "Mẫu biểu số 02, 03 …", "Điều 8 Thông tư …", "Nghị quyết 20 Ban Chấp hành …": numbers that name."""
_MONTH: Final = Bounded(r"(?<!\p{L})tháng $")
_YEAR: Final = Bounded(r"(?:19|20)\d\d")
_DATED: Final = Bounded(r"(?:năm|năm học|nhiệm kỳ|giai đoạn|\d\s?[-–/.])\s?$")
_SINCE: Final = Bounded(
    r"\s*(?:\(?(?:vào |trong |cuối |đầu )*(?:năm|quý|tháng) [\d/]+\)?|"
    r"\(?(?:đầu|cuối) (?:kỳ|năm|nhiệm kỳ|giai đoạn)\)?|\(?hiện (?:nay|tại)\)?)?,?\s*"
)
_AGES: Final = Bounded(r"tuổi (?:thọ|nghề|đời|kết hôn|trung bình|bình quân)|độ tuổi trung bình")
_AGE: Final = Bounded(r"\s(?:tháng )?tuổi(?!\p{L})")
_BASE: Final = Bounded(
    r"(?:chưa|không) đạt (?:được )?(?:yêu cầu|mục tiêu|chỉ tiêu|kế hoạch|ngưỡng|tỷ lệ)(?: \p{L}+){0,3} $|"
    r"so (?:với )?(?:kế hoạch|dự toán|tháng|quý)[^,;:()]{0,30}\((?:là |đạt )?\s*$|"
    r"so (?:với )?(?:mục tiêu|nghị quyết)[^,;:()]{0,70}\((?:là |đạt |trên )?\s*$|"
    r"\((?:so (?:với )?[^,;:()]{0,40}|(?:(?:cả |đầu |cuối )?(?:tháng|quý) (?:trước|[\d/]+))[^,;:()]{0,30})$"
)
_DEFINING: Final = Bounded(
    r"(?<!\p{L})(?:hộ|xã|phường|thôn|doanh nghiệp|cơ sở|hợp tác xã|đơn vị|khu công nghiệp|khu|dự án|công trình|"
    r"trường|huyện|người|tổ chức)(?: \p{L}+){0,3} có (?:"
    r"(?:tỷ lệ|tỉ lệ|diện tích|quy mô|công suất|dân số|tổng mức đầu tư|vốn|số|thu nhập)"
    r"(?: \p{L}+){0,4} )?(?:từ|trên|dưới)$"
)
""" "doanh nghiệp có từ 500 lao động trở lên": which ones are meant."""
_IN_CASE: Final = Bounded(
    r"(?<!(?:sau|trước|đến|từ) )(?<!\p{L})(?:khi|nếu)(?: (?:phát hiện|xảy ra|xuất hiện))? có(?: (?:từ|trên|dưới))?$"
)
""" "báo ngay khi có từ 02 học sinh mắc bệnh": a case that may come."""
_STORM: Final = Bounded(r"(?<!\p{L})(?:bão|áp thấp|gió|vĩ độ|kinh độ|độ kinh|độ vĩ|lượng mưa|nhiệt độ|hải lý)(?!\p{L})")
_STORMY: Final = frozenset(("độ", "km/giờ", "km/h", "m/s", "km", "mm", "m", "mét"))
"""What the weather is measured in."""
_PROGRAMME: Final = Bounded(r"(?<!\p{L})(?:Đề án|Dự án|Phong trào|Cuộc vận động|Chiến dịch) \p{Ll}[^,;.:()\d]{0,60}$")
""" "Đề án phát triển 1 triệu ha lúa": the figure is part of the name."""
_STATED: Final = ("đạt", "tăng", "giảm", "vượt", "bằng", "chiếm", "cao hơn", "thấp hơn", "còn")
_AGAINST: Final = Bounded(r"so với(?: (?!đạt|(?<!mức )tăng|giảm|vượt|bằng)\p{L}+){0,5}\s*$")
_TERM: Final = Bounded(r"kh[óo][áa] [IVXL]+(?!\p{L})")
""" "Nghị quyết Trung ương 9 khóa IX": what numbers go before."""
_SHIFTS: Final = Bounded(r"ca(?:,| và)? \d{1,2} kíp|kíp(?!\p{L})")
""" "thi công 3 ca, 4 kíp": how one works, no outcome."""
_SIZES: Final = frozenset(("m", "cm", "mm"))
_LABELS: Final = Bounded(r" ?: ?\d")
""" "Lớp đá dăm dày 10cm: 450/500 m2": a size closes the name of what is told of."""
_LONGEST_NAME: Final = 250


def is_base_of_rate(low: str, start: int, match: regex.Match[str]) -> bool:
    """ "số lần vi phạm tính trên 1.000 km": so many to every thousand."""
    if match["value"] in ("1", "01") and low.endswith((" trên ", " mỗi ", " cho "), start, match.start()):
        return match["unit"] is not None and match["measure"] is not None  # "giá trị sản phẩm trên 1 ha đất"
    if not _ROUND.fullmatch(match["value"]):
        return False
    return _PER.search(low, max(start, match.start() - 24), match.start()) is not None


def is_named_so(text: str, low: str, start: int, match: regex.Match[str], unit: str, cues: tuple[str, ...]) -> bool:
    """Whether a figure tells which things are meant, is part of a programme's name, or of the weather."""
    at = match.start()
    if _SHIFTS.match(low, match.end("value") + 1) or _TERM.match(text, match.end("value") + 1):
        return True
    if not cues and _PROGRAMME.search(text, max(start, at - 80), at):
        return True
    if not cues and unit.lower() in _SIZES and _LABELS.match(low, match.end()):
        return True
    if unit.lower() in _STORMY and _STORM.search(low, max(start, at - 200), at):
        return True
    before = low[max(start, at - 90) : at].rstrip()
    return any(pattern.search(before) is not None for pattern in (_DEFINING, _IN_CASE))


def is_told_time(low: str, start: int, at: int, match: regex.Match[str], cues: tuple[str, ...]) -> bool:
    """ "muộn 22 ngày", "thời gian chờ trung bình 78 phút"; other times are dates and terms."""
    if {cue.replace(" ", "_") for cue in cues} & _TIMED:
        return True
    if cues and _CONTENT.match(low, match.end()):
        return True
    return any(_TAKES_TIME.search(low, max(start, at - 100), to) for to in {at, match.start()})


def is_age(low: str, start: int, match: regex.Match[str]) -> bool:
    """ "từ 15 tuổi trở lên" says who is counted, "tuổi thọ trung bình đạt 76 tuổi" is measured."""
    behind = _AGE.match(low, match.end("high") if match["high"] else match.end("value"))
    measured = _AGES.search(low, max(start, match.start() - 60), match.start())
    return behind is not None and measured is None


def is_base(low: str, start: int, at: int, cues: tuple[str, ...]) -> bool:
    """ "tăng 5% so với cùng kỳ (412 tỷ đồng)", "tăng so với mức 412 tỷ đồng": what is compared with."""
    if not any(cue.endswith(_STATED) or cue.startswith(_STATED) for cue in cues):
        against = _AGAINST.search(low, max(start, at - 60), at)
        if against is not None:
            return True
    return _BASE.search(low, max(start, at - 110), at) is not None


def is_origin(low: str, figure: Figure, after: Figure | None) -> bool:
    """ "giảm từ 5% năm 2020 xuống còn 3%": the first figure is where the way began."""
    if after is None or not figure.cues or figure.cues[-1] != "từ" or not after.cues:
        return False
    moved = after.cues[0].startswith(("xuống", "lên", "còn", "giảm xuống", "giảm còn", "tăng lên"))
    return moved and _SINCE.fullmatch(low, figure.end, after.cue_start) is not None


def in_a_name(text: str, low: str, start: int, match: regex.Match[str]) -> bool:
    """Whether a number stands in a list of numbers of documents, or in a name in quotation marks."""
    at = match.start()
    if _YEAR.fullmatch(match["value"]) and (match["high"] or _DATED.search(low, max(start, at - 20), at)):
        return True  # "năm 2024 huyện …", "2030 - 100% …"
    if not match["scale"] and _LISTED.search(low, max(start, at - 40), at):
        return True
    if match["max"] and _YEAR.fullmatch(match["max"]) and _MONTH.search(low, max(start, at - 6), at):
        return True  # "đến hết tháng 12/2024 tổ chức Hội …"
    opened = text.rfind("“", max(start, at - _LONGEST_NAME), at)
    return opened >= 0 and "”" not in text[opened:at] and "”" in text[at : at + _LONGEST_NAME]


def is_name(low: str, start: int, match: regex.Match[str]) -> bool:
    """Whether a number without a unit is a year, or part of a name ("mức độ 2", "Đề án 06")."""
    value = match["value"]
    if len(value) == 4 and value.isdigit() and 1900 <= int(value) <= 2100:
        return True
    if low[match.end() : match.end() + 1] in ("-", "–"):
        return True
    before = low[max(start, match.start() - 14) : match.start()].split()
    return bool(before) and before[-1].strip("(,") in _NAMING
