"""Which figures of a clause claim something: the others only say who or what is spoken of ("của 02 tỉnh")."""

from __future__ import annotations

from typing import Final

from pipeline.parsing.patterns import Bounded
from pipeline.parsing.printed import Figure

_MENTION: Final = Bounded(
    r"(?<!\p{L})(?:của|tại|trong|thuộc|giữa|cả|theo|đối với|về|từ|ở|(?<!trị )(?<!chữa )(?<!bệnh )khỏi|"
    r"(?:phối hợp|cùng|kết nối|so) với|tất cả|"
    r"toàn bộ|chia (?:làm|thành|cho|đều cho)|cơ sở (?:sáp nhập|nhập|hợp nhất)|nhất là)(?: (?:tổng số|các|khoảng|hơn))?$"
)
_TELLING_WHICH: Final = (("đạt",), ("dưới",), ("trên",), ("từ",))
_WHICH_WORDS: Final = 3
_HAVING: Final = Bounded(r"(?:có|đạt) (?:tỷ lệ|tỉ lệ|chỉ số|số điểm|tổng điểm|mức|diện tích|quy mô)[^,;:()]{0,80}")
SERVED: Final = Bounded(
    r"(?<!\p{L})(?:việc làm|hỗ trợ|đào tạo|tập huấn|cấp|khám|khám bệnh|điều trị|tuyên truyền|tặng|trao|tư vấn|"
    r"bồi dưỡng|"
    r"bảo hiểm|vay vốn|giải quyết|chi trả|thông quan|tổ chức|xây dựng|thay thế|trang bị|mua|lắp đặt|bố trí)"
    r"(?:,? \p{L}+){0,6} cho$|"
    r"(?<!\p{L})(?:thanh tra|kiểm tra|giám sát|hậu kiểm|nói chuyện|truyền thông|tuyên truyền|biểu diễn|"
    r"chiếu phim|diễn tập|"
    r"xử lý|xử phạt|khảo sát|\p{L}+ hóa|lắp đặt|phủ sóng|thí điểm|"
    r"nhân rộng|chuyển đổi|luân chuyển|"
    r"điều động|đánh giá|rà soát|quan trắc|hoàn thành|đo đạc|kiểm kê|lấy mẫu|thu thập|tham gia ý kiến|góp ý|"
    r"lấy ý kiến|cải tạo|thay thế|chấn chỉnh|mất điểm|bị trừ điểm|xảy ra|triển khai|áp dụng|ghi nhận)"
    r"(?:,? [\p{L}\d.]+){0,8} (?:tại|ở|đối với)$|"
    r"(?<!\p{L})(?:rút ngắn|cắt giảm|cập nhật|làm sạch|chuẩn hóa|thu thập|đơn giản hóa|kiểm tra|thanh tra|"
    r"giám sát|thẩm định|xác minh|tiêu hủy|thu hồi|kiểm toán|quyết toán|hậu kiểm|đánh giá|rà soát|"
    r"khảo sát|đưa vào vận hành)(?:,? \p{L}+){1,10} của(?: thêm)?$"
)
""" "giải quyết việc làm cho 4.150 lao động": who was served is counted."""


def _mentioned(low: str, start: int, figure: Figure) -> bool:
    """Whether a number of things says who or what is spoken of ("của 02 tỉnh", "tại 15 xã"): no figure of its own, and
    part of the words of others."""
    if figure.kind not in ("counted", "thing") or figure.cues or figure.max is not None:
        return False
    before = low[max(start, figure.start - 70) : figure.start].rstrip()
    return _MENTION.search(before) is not None and not SERVED.search(before)


def claimed(low: str, start: int, figures: list[Figure]) -> list[Figure]:
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
    if figure.kind == "scale" and between == "bị":
        return True  # "04 tiêu chí bị 0 điểm"
    if figure.kind == "counted" and not between:
        return figure.cues[:1] in _TELLING_WHICH
    if figure.unit == "%" and {"dưới", "trên"} & set(figure.cues) and "," not in between:
        return len(between.split()) <= _WHICH_WORDS  # "05 đơn vị giải ngân dưới 20%"
    return figure.cues[:1] in _TELLING_WHICH and _HAVING.fullmatch(between) is not None
