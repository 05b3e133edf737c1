"""Words that a comma joins (*từ ghép đẳng lập*): "thanh tra, kiểm tra", "học sinh, sinh viên".

Officialese sets two or three words for one thing. A comma within such a pair parts no thoughts: neither what a figure
measures nor the verb that leads up to it is cut there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_PAIRS: Final = {
    "học tập": "quán triệt|tuyên truyền|triển khai|nghiên cứu", "quán triệt": "triển khai|học tập|tuyên truyền",
    "nghiên cứu": "học tập|quán triệt|đề xuất|ứng dụng", "tuyên truyền": "phổ biến|vận động|giáo dục|hướng dẫn|quán",
    "phổ biến": "giáo dục|quán triệt|tuyên truyền", "thanh tra": "kiểm tra|giám sát",
    "kiểm tra": "giám sát|thanh tra|xử lý|đôn đốc|rà soát|hướng dẫn|đánh giá|kiểm soát", "giám sát": "kiểm tra|phản",
    "rà soát": "bổ sung|đánh giá|sửa đổi|điều chỉnh|cập nhật|thống kê|phân loại|sắp xếp|kiểm tra",
    "theo dõi": "đôn đốc|giám sát|kiểm tra|quản lý", "đôn đốc": "kiểm tra|giám sát|hướng dẫn", "phòng": "chống|tránh",
    "phòng ngừa": "đấu tranh|ngăn chặn", "thu gom": "xử lý|vận chuyển", "tàng trữ": "vận chuyển|mua bán|sử dụng",
    "vận chuyển": "buôn bán|mua bán|xử lý|tàng trữ|giết mổ", "mua bán": "vận chuyển|tàng trữ|sử dụng",
    "đào tạo": "bồi dưỡng|tập huấn", "bồi dưỡng": "tập huấn|đào tạo|nâng cao|cập nhật",
    "tập huấn": "bồi dưỡng|hướng dẫn|tuyên truyền", "xây dựng": "ban hành|sửa chữa|nâng cấp|hoàn thiện|cải tạo",
    "sửa đổi": "bổ sung", "bổ sung": "thay thế|sửa đổi", "nâng cấp": "sửa chữa|cải tạo|mở rộng|xây dựng",
    "sửa chữa": "nâng cấp|cải tạo|xây dựng|bảo dưỡng", "cải tạo": "nâng cấp|sửa chữa|xây dựng",
    "duy tu": "bảo dưỡng|sửa chữa", "tiếp nhận": "giải quyết|xử lý|phân loại|trả", "cắt giảm": "đơn giản",
    "thăm": "tặng|chúc|viếng|hỏi|khám|động viên", "thăm hỏi": "tặng|động viên|hỗ trợ|chúc",
    "gặp mặt": "đối thoại|tặng", "phát hiện": "xử lý|bắt giữ|ngăn chặn|điều trị|khởi tố",
    "điều tra": "truy tố|khám phá|làm rõ", "khởi tố": "điều tra", "truy tố": "xét xử",
    "khám": "chữa bệnh|tư vấn|cấp|điều trị|sàng lọc|phát", "khám bệnh": "chữa bệnh|cấp|phát|tư vấn",
    "tư vấn": "giới thiệu|hỗ trợ|hướng dẫn", "thu thập": "cập nhật", "lắp đặt": "sửa chữa|thay thế|vận hành",
    "cấp mới": "cấp đổi|cấp lại", "cấp đổi": "cấp lại", "biểu dương": "khen thưởng",
    "giới thiệu": "quảng bá|trưng bày", "quảng bá": "giới thiệu|xúc tiến", "trưng bày": "giới thiệu",
    "sản xuất": "kinh doanh|chế biến|tiêu thụ", "kinh doanh": "dịch vụ|buôn bán", "chăn nuôi": "trồng trọt|giết mổ",
    "nuôi trồng": "khai thác|chế biến", "sắp xếp": "tổ chức|tinh gọn|kiện toàn|tinh giản",
    "văn hóa": "thể thao|văn nghệ|xã hội|thể dục|du lịch", "văn nghệ": "thể dục|thể thao", "thể dục": "thể thao",
    "khiếu nại": "tố cáo|kiến nghị", "tố cáo": "kiến nghị|phản", "phản ánh": "kiến nghị",
    "kiến nghị": "phản ánh|đề xuất", "tin báo": "tố giác", "tố giác": "tin báo",
    "cán bộ": "công chức|hội viên|chiến sĩ|chiến sỹ|đoàn viên|đảng viên|viên chức|giáo viên|nhân viên|nhân dân",
    "công chức": "viên chức|người lao động", "viên chức": "người lao động",
    "học sinh": "sinh viên|giáo viên|phụ huynh",
    "đoàn viên": "thanh niên|hội viên|người lao động|công nhân|thanh thiếu", "hội viên": "phụ nữ|nông dân|đoàn viên",
    "thanh niên": "thiếu niên|học sinh|thiếu nhi", "đảng viên": "quần chúng|nhân dân|cán bộ|công chức",
    "công nhân": "viên chức|người lao động|lao động", "thôn": "bản|xóm|làng|tổ dân phố|ấp|khu",
    "bản": "tổ dân phố|khu", "ấp": "khu phố|khóm", "xã": "phường|thị trấn", "phường": "xã|thị trấn|đặc khu",
    "huyện": "thị xã|thành phố|quận", "tỉnh": "thành phố|thành", "sở": "ban|ngành", "ban": "ngành|đơn vị",
    "ngành": "địa phương|đoàn thể|đơn vị", "cơ quan": "đơn vị|tổ chức|doanh nghiệp|ban|địa phương",
    "tổ chức": "cá nhân|đơn vị|doanh nghiệp|hộ gia đình", "đơn vị": "địa phương|cá nhân|doanh nghiệp|tổ chức",
    "doanh nghiệp": "hợp tác xã|hộ|cơ sở|tổ chức|người dân|cá nhân", "gia súc": "gia cầm", "quốc phòng": "an ninh",
    "an ninh": "trật tự", "trật tự": "an toàn", "nông": "lâm", "lâm": "thủy sản|ngư nghiệp|thuỷ sản",
    "công trình": "dự án|phần việc|hạng mục", "dự án": "công trình|đề án", "máy móc": "thiết bị|phương tiện",
    "cơ sở vật chất": "trang thiết bị", "chương trình": "dự án|đề án|kế hoạch", "bệnh viện": "trung tâm y tế",
    "khu công nghiệp": "cụm công nghiệp", "khu kinh tế": "khu công nghiệp", "trước hạn": "đúng hạn",
    "thủ tục": "hồ sơ", "vật tư": "thiết bị|máy móc|phân bón", "lương thực": "thực phẩm",
}  # fmt: skip
_JOINED: Final = {first: tuple(second.split("|")) for first, second in _PAIRS.items()}
_LONGEST: Final = max(map(len, _JOINED)) + 1


def parting_comma(low: str, begin: int, end: int) -> int:
    """Return where the last comma stands in ``low[begin:end]`` that is none within a pair, -1 without one."""
    at = low.rfind(",", begin, end)
    while at >= 0 and joins(low, at):
        at = low.rfind(",", begin, at)
    return at


def parts_of(words: str) -> list[str]:
    """Return what stands between the commas that part thoughts, none of them within brackets."""
    low = words.lower()
    parts, opened = [], 0
    for at in _commas(low):
        if not joins(low, at):
            parts.append(words[opened:at])
            opened = at + 2
    return [*parts, words[opened:]]


def joins(low: str, at: int) -> bool:
    """Whether the comma at an offset stands within a pair of words."""
    before = low[max(0, at - _LONGEST) : at].split()
    for count in (3, 2, 1):
        following = _JOINED.get(" ".join(before[-count:])) if len(before) >= count else None
        if following is not None and low.startswith(following, at + 2):
            return True
    return False


def _commas(low: str) -> Iterator[int]:
    depth = 0
    for at, sign in enumerate(low):
        if sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
        elif sign == "," and depth <= 0 and low.startswith(" ", at + 1):
            yield at
