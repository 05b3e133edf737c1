"""Units of measure and things that are counted, as administrative documents print them; longest first in a pattern."""

from __future__ import annotations

from typing import Final

import regex

SCALES: Final = ("%", "%/năm", "%/quý", "%/tháng", "‰", "phần trăm", "điểm phần trăm", "điểm %", "điểm", "bậc", "hạng")
"""What indices are measured in."""

DURATIONS: Final = ("ngày làm việc", "ngày", "giờ", "phút", "tháng", "tuần", "quý", "năm")
"""Mostly time limits, so no quantity unless something says so."""

_MEASURES: Final = (
    "km", "km2", "m", "m2", "m²", "m3", "m³", "ha", "héc ta", "tấn", "tạ", "tạ/ha", "tấn/ha", "kg", "lít", "kwh",
    "mw", "usd", "mb/s",
    "lần", "vòng", "mũi", "liều", "độ", "xã hội hóa",
)  # fmt: skip

_COUNTED: Final = (
    "người", "lượt người", "lượt", "lượt khách", "khách", "hộ", "hộ nghèo", "hộ dân", "hộ gia đình", "người dân",
    "người bệnh", "bệnh nhân", "học sinh",
    "sinh viên", "giáo viên", "học viên", "cán bộ", "công chức", "viên chức", "lao động", "đảng viên", "đoàn viên",
    "hội viên", "đại biểu", "bác sĩ",
    "bác sĩ/vạn dân", "giường bệnh", "giường bệnh/vạn dân", "giường", "dược sĩ", "điều dưỡng", "biên chế", "trẻ",
    "trẻ em", "phụ nữ", "cơ quan", "đơn vị", "tổ chức",
    "doanh nghiệp", "hợp tác xã", "tổ hợp tác", "trang trại", "cơ sở", "trường", "trường học", "lớp", "lớp học",
    "bệnh viện", "trạm y tế", "trung tâm", "phòng", "sở", "ngành",
    "địa phương", "tỉnh", "huyện", "xã", "phường", "xã, phường", "thôn", "bản", "khu phố", "tổ", "đội", "nhóm hộ",
    "chi bộ", "câu lạc bộ", "hồ sơ", "thủ tục", "thủ tục hành chính",
    "tthc", "dịch vụ", "dịch vụ công", "văn bản", "báo cáo", "quyết định", "nghị quyết", "kế hoạch", "công văn",
    "quy trình", "phản ánh", "kiến nghị", "phản ánh, kiến nghị", "đơn", "đơn thư", "ý kiến",
    "vụ", "vụ việc", "vụ án", "vụ vi phạm", "ca", "ca mắc", "trường hợp", "đối tượng", "cuộc", "cuộc họp",
    "cuộc thanh tra", "cuộc kiểm tra", "đoàn", "đợt", "đợt kiểm tra", "buổi", "hội nghị", "hội thảo",
    "hội thi", "lớp tập huấn", "khóa", "khóa đào tạo", "tin", "bài", "tin, bài", "tin bài", "bài viết", "chuyên mục",
    "chuyên đề", "phóng sự", "ấn phẩm", "tờ rơi", "pano", "mô hình", "sáng kiến", "giải pháp", "đề tài",
    "đề án", "dự án", "công trình", "nhiệm vụ", "sản phẩm", "sản phẩm ocop", "thương hiệu", "nhãn hiệu", "chợ",
    "cây", "con", "nhà", "căn", "căn nhà", "ngôi nhà", "phòng học", "cầu", "tuyến", "tuyến đường", "máy", "máy tính",
    "thiết bị", "hệ thống", "phần mềm", "tài khoản", "chứng thư số", "chữ ký số", "giấy chứng nhận", "thẻ",
    "suất quà", "suất", "mẫu", "mẻ", "điểm cầu", "điểm trường", "điểm du lịch", "nhóm", "tiêu chí", "chỉ tiêu",
    "giấy phép", "thửa", "giao dịch",
    "nhà vệ sinh", "trạm bơm", "điểm thu", "thỏa thuận hợp tác", "thỏa thuận", "bộ câu hỏi", "bộ câu hỏi - đáp",
    "lớp đào tạo", "lớp bồi dưỡng", "chương trình đào tạo", "chương trình",
    "vụ cháy", "vụ cháy rừng", "vụ tai nạn", "vụ tai nạn giao thông", "học sinh, sinh viên", "cán bộ, công chức",
    "cán bộ, công chức, viên chức", "công chức, viên chức", "giáo viên/lớp", "học sinh/lớp", "câu hỏi", "ý tưởng",
    "khách du lịch", "lượt khách du lịch", "lượt hồ sơ", "lượt truy cập", "lượt tuyên truyền", "nghị định",
    "thông tư", "bộ tiêu chí", "bộ hồ sơ", "tổ công nghệ số", "tổ công nghệ số cộng đồng", "nhà văn hóa",
    "người có công", "thành viên",
    "phiếu", "cuộc đối thoại", "cuộc giám sát", "cuộc thi", "hội nghị tập huấn", "buổi tuyên truyền",
    "đợt tuyên truyền", "nhóm trẻ", "cơ sở sản xuất", "cơ sở kinh doanh", "hộ kinh doanh", "hộ cận nghèo",
    "khu công nghiệp", "cụm công nghiệp",
    "điểm kinh doanh", "trạm", "trạm biến áp", "hồ chứa", "kênh", "cống", "phương tiện", "tàu", "tàu cá", "xe",
    "lồng", "lồng bè", "hợp đồng", "gói thầu", "nghiên cứu", "bài báo", "giáo trình", "bộ", "cuốn", "tài liệu",
    "đầu sách", "trang", "clip", "video",
    "gia đình", "khu dân cư", "làng", "vạn dân", "bằng khen", "giấy khen", "huy chương", "giải", "tập thể",
    "cá nhân", "cháu", "em", "hội", "htx", "liên hiệp hợp tác xã", "liên hiệp htx", "cơ sở y tế", "cơ sở giáo dục",
    "cơ sở đào tạo", "cơ sở lưu trú", "khách hàng", "dn", "tờ khai", "bị can", "bị cáo",
)  # fmt: skip

_MONEY: Final = (
    r"(?:nghìn |ngàn |triệu |tỷ |tỉ |nghìn tỷ |triệu tỷ )?(?:đồng|usd)(?:/liên hiệp htx|/\p{L}+"
    r"(?: (?:động|khẩu|đình|nghèo|dân|viên|sinh|nghiệp|án|trình|htx))?){0,3}|"
    r"(?:triệu|tỷ|tỉ)(?= đồng)"
)


def _alternation(words: tuple[str, ...]) -> str:
    return "|".join(regex.escape(word) for word in sorted(words, key=len, reverse=True))


_TIMES: Final = r"(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ) "
_NO_THING: Final = r"(?!(?:vào|năm|trong|so|và|được|xuống|lên|trở|của|tại|theo|đến|từ)(?!\p{L}))"
_RATE: Final = rf"(?:\p{{Ll}}++ ){{0,3}}\p{{Ll}}++/\d{{1,3}}(?:\.000)*(?: {_NO_THING}\p{{Ll}}+){{1,4}}"
""" "18 ca sinh/1.000 phụ nữ": so many to so many."""
_EACH: Final = r"(?:/\p{Ll}+)?"

UNIT: Final = (
    rf"(?:(?P<scale>{_alternation(SCALES)})(?! (?:thu|cầu|trường|du lịch|kinh doanh|đến|bán|giao dịch|nghẽn|tiếp|"
    rf"nhóm|dân cư|sạt)(?!\p{{L}}))|(?P<money>{_MONEY})|(?P<duration>{_alternation(DURATIONS)})|"
    rf"(?P<measure>{_RATE}|(?:{_TIMES})?(?:{_alternation(_MEASURES)}){_EACH}|{_TIMES}(?:{_alternation(_COUNTED)}))|"
    rf"(?P<counted>(?:{_alternation(_COUNTED)}){_EACH}))(?![\p{{L}}\d])"
)
"""A unit on text in lower case; one of the groups scale, money, duration, measure, counted says which kind."""
