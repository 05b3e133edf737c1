"""Things that administrative documents count (*đơn vị đếm*), by field; longest first in a pattern.

A counted thing is named by its head noun as a dictionary would list it ("dự án", "vụ cháy rừng"); what describes it
further ("dự án đầu tư mới") is what is measured, no part of the unit. Things that are counted together stay together:
"15 bộ, ngành", "198 dự án, công trình", "120 lượt cán bộ".
"""

from __future__ import annotations

from typing import Final

import regex

_PEOPLE: Final = (
    "người", "nhân dân", "công dân", "người dân", "người bệnh", "bệnh nhân", "học sinh", "sinh viên", "giáo viên",
    "giảng viên", "học viên", "cán bộ", "công chức", "viên chức", "lao động", "người lao động", "công nhân",
    "nhân viên", "nông dân", "đảng viên", "đoàn viên", "hội viên", "thanh niên", "thiếu nhi", "phụ nữ", "trẻ",
    "trẻ em", "cháu", "em", "đại biểu", "cử tri", "thành viên", "cộng tác viên", "tình nguyện viên",
    "tuyên truyền viên", "báo cáo viên", "hòa giải viên", "bác sĩ", "dược sĩ", "điều dưỡng", "y sĩ", "chuyên gia",
    "tiến sĩ", "thạc sĩ", "cử nhân", "đại học", "cao đẳng", "trung cấp", "cặp", "cặp vợ chồng", "nghệ nhân",
    "vận động viên", "huấn luyện viên", "trọng tài", "thuyền viên", "chiến sĩ", "chiến sỹ", "quân nhân", "đồng chí",
    "nhân sự", "biên chế", "chức danh", "ủy viên", "cấp ủy viên", "lãnh đạo", "trưởng phòng", "phó trưởng phòng",
    "nhân lực", "nhân khẩu", "khẩu", "người có công", "người có uy tín", "người nghiện", "người cao tuổi",
    "người khuyết tật", "đối tượng", "bị can", "bị cáo", "khách", "hành khách", "khách hàng", "khách du lịch",
    "du khách", "nhà đầu tư", "nhà khoa học", "cá nhân", "tập thể", "thí sinh", "trưởng thôn", "hộ", "hộ dân",
    "hộ nghèo", "hộ cận nghèo", "hộ gia đình", "hộ kinh doanh", "nhóm hộ", "gia đình", "học sinh, sinh viên",
    "cán bộ, công chức", "cán bộ, công chức, viên chức", "công chức, viên chức",
)  # fmt: skip
_BODIES: Final = (
    "cơ quan", "đơn vị", "tổ chức", "doanh nghiệp", "dn", "công ty", "tổng công ty", "tập đoàn", "ngân hàng",
    "quỹ tín dụng", "quỹ tín dụng nhân dân", "hợp tác xã", "htx", "tổ hợp tác", "liên hiệp hợp tác xã",
    "liên hiệp htx", "trang trại", "cơ sở", "chi nhánh", "cơ sở y tế", "cơ sở giáo dục", "cơ sở đào tạo",
    "cơ sở lưu trú", "cơ sở sản xuất", "cơ sở kinh doanh", "cơ sở cai nghiện", "cơ sở giết mổ", "trường",
    "trường học", "trường mầm non", "trường tiểu học", "lớp", "lớp học", "nhóm trẻ", "bệnh viện", "trạm y tế",
    "phòng khám", "nhà thuốc", "trung tâm", "viện", "phòng", "ban", "sở", "bộ", "ngành", "chi cục", "cục",
    "địa phương", "tỉnh", "thành phố", "huyện", "xã", "phường", "thị trấn", "đặc khu", "thôn", "bản", "làng", "xóm",
    "ấp", "buôn", "khu phố", "tổ dân phố", "khu dân cư", "nước", "quốc gia", "tổ", "đội", "đoàn", "đoàn kiểm tra",
    "đoàn thanh tra", "tổ công tác", "tổ công nghệ số", "tổ công nghệ số cộng đồng", "chi bộ", "đảng bộ", "đảng ủy",
    "cấp ủy", "chi ủy", "chi đoàn", "chi hội", "tổ chức đảng", "tổ chức cơ sở đảng", "hội", "câu lạc bộ", "hội đồng",
    "ban chỉ đạo", "toà soạn", "cơ quan báo chí",
)  # fmt: skip
_PAPERS: Final = (
    "hồ sơ", "thủ tục", "thủ tục hành chính", "tthc", "dịch vụ", "dịch vụ công", "dịch vụ công trực tuyến", "dvc",
    "văn bản", "báo cáo", "quyết định", "nghị quyết", "kế hoạch", "công văn", "nghị định", "thông tư", "chỉ thị",
    "văn bản quy phạm pháp luật", "quy trình", "phản ánh", "kiến nghị", "phản ánh, kiến nghị", "đơn", "đơn thư",
    "khiếu nại", "tố cáo", "ý kiến", "phiếu", "tờ khai", "giấy phép", "giấy chứng nhận", "chứng chỉ", "thẻ",
    "hợp đồng", "gói thầu", "hóa đơn", "bản sao", "bản án", "bản cam kết", "bản tin", "tài liệu", "bộ tài liệu",
    "cuốn", "đầu sách", "trang", "giáo trình", "bộ hồ sơ", "bộ tiêu chí", "bộ câu hỏi", "bộ câu hỏi - đáp", "câu hỏi",
    "tin", "bài", "tin, bài", "tin bài", "bài viết", "bài báo", "phóng sự", "chuyên mục", "chuyên trang", "chuyên đề",
    "chương trình", "ấn phẩm", "tờ rơi", "tờ gấp", "pano", "băng rôn", "khẩu hiệu", "clip", "video", "tiêu chuẩn",
    "quy chuẩn", "quy hoạch", "đồ án", "tiêu chí", "chỉ tiêu", "nội dung", "nhiệm vụ", "giải pháp",
    "điều kiện kinh doanh", "điều kiện", "thỏa thuận", "thỏa thuận hợp tác", "biên bản ghi nhớ", "điều ước quốc tế",
    "khuyến nghị", "lời khuyên",
)  # fmt: skip
_EVENTS: Final = (
    "vụ", "vụ việc", "vụ án", "vụ vi phạm", "vụ cháy", "vụ cháy rừng", "vụ tai nạn", "vụ tai nạn giao thông", "ca",
    "ca mắc", "ca bệnh", "ổ dịch", "trường hợp", "hành vi", "chuyên án", "cuộc", "cuộc họp", "cuộc thanh tra",
    "cuộc kiểm tra", "cuộc đối thoại", "cuộc giám sát", "cuộc thi", "cuộc kiểm toán", "đợt", "đợt kiểm tra",
    "đợt tuyên truyền", "buổi", "buổi tuyên truyền", "hội nghị", "hội nghị tập huấn", "hội thảo", "hội thi",
    "hội chợ", "lễ hội", "sự kiện", "phiên", "phiên họp", "phiên chợ", "phiên giao dịch", "kỳ họp", "lớp tập huấn",
    "lớp đào tạo", "lớp bồi dưỡng", "khóa", "khóa đào tạo", "khóa tập huấn", "khóa học", "chương trình đào tạo",
    "giao dịch", "phong trào", "hoạt động", "nguồn thu", "khoản thu", "đám cháy", "thiên tai", "trận", "cơn bão",
    "chuyến", "chuyến bay", "bước", "lượt truy cập", "lượt tuyên truyền", "lượt hồ sơ", "lượt người", "lượt khách",
    "lượt khách du lịch", "lượt",
)  # fmt: skip
_WORKS: Final = (
    "dự án", "dự án thành phần", "công trình", "hạng mục", "đề án", "đề tài", "mô hình", "sáng kiến", "sản phẩm",
    "sản phẩm ocop", "thương hiệu", "nhãn hiệu", "mặt hàng", "ý tưởng", "nghiên cứu", "nhà", "căn", "căn nhà",
    "ngôi nhà", "căn hộ", "nhà ở", "nhà văn hóa", "nhà vệ sinh", "nhà máy", "phòng học", "phòng ở", "cầu", "tuyến",
    "tuyến đường", "đường", "chợ", "siêu thị", "cửa hàng", "gian hàng", "khu công nghiệp", "cụm công nghiệp",
    "khu tái định cư", "khu đô thị", "khu du lịch", "điểm", "điểm du lịch", "điểm cầu", "điểm trường", "điểm thu",
    "điểm kinh doanh", "điểm giao dịch", "di tích", "bảo tàng", "thư viện", "trạm", "trạm bơm", "trạm biến áp",
    "hồ chứa", "hồ", "đập", "kênh", "cống", "giếng", "bể", "lồng", "lồng bè", "vùng trồng", "cơ sở đóng gói", "chuỗi",
    "chuỗi liên kết", "giường", "giường bệnh", "máy", "máy tính", "điện thoại", "điện thoại thông minh", "thuê bao",
    "thiết bị", "camera", "hệ thống", "phần mềm", "ứng dụng", "nền tảng", "nền tảng số", "cơ sở dữ liệu", "csdl",
    "cổng", "trang thông tin điện tử", "tài khoản", "chứng thư số", "chữ ký số", "sàn giao dịch",
    "sàn giao dịch dữ liệu", "sàn thương mại điện tử", "phòng thí nghiệm", "phương tiện", "tàu", "ca nô", "xuồng",
    "tàu cá", "xe", "xe ô tô", "chiếc", "cái", "bộ", "cây", "cây xanh", "con", "con gia súc", "gia súc", "gia cầm",
    "cụm", "nhóm", "thửa", "thửa đất", "lô", "lô đất", "lô hàng", "mẫu", "mẻ", "suất", "suất quà", "phần quà",
    "học bổng", "bằng khen", "giấy khen", "huy chương", "giải", "giải thưởng", "danh hiệu", "tiết mục", "di sản",
    "nghề", "làng nghề", "giống", "đàn", "đơn vị máu", "vị trí", "vị trí việc làm", "loại", "lĩnh vực", "cấp",
    "hạng mục công trình", "cột mốc", "camera giám sát", "bao", "thùng", "gói", "hộp", "chai", "kiện",
)  # fmt: skip

COUNTED: Final = (*_PEOPLE, *_BODIES, *_PAPERS, *_EVENTS, *_WORKS, "vạn dân")
"""Every noun of this module, in lower case."""


_TONES: Final = (("óa", "oá"), ("òa", "oà"), ("ỏa", "oả"), ("óe", "oé"), ("ủy", "uỷ"), ("úy", "uý"), ("ùy", "uỳ"))
"""The two places of the tone mark: hóa, hoá."""


def _spellings(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((word, *(word.replace(a, b) for a, b in _TONES))))


def alternation(words: tuple[str, ...]) -> str:
    """Return a pattern for any of the words in both places of the tone mark, the longest first."""
    spelled = {spelling for word in words for spelling in _spellings(word)}
    return "|".join(regex.escape(word) for word in sorted(spelled, key=lambda word: (-len(word), word)))


_ONE: Final = rf"(?:(?:lượt )?(?:{alternation(COUNTED)}))"
_TOGETHER: Final = frozenset(
    "người|hộ|nước|cái|con|bước|em|cháu|khẩu|lượt|trường hợp|vụ|ca|đơn|ý kiến|phiếu|hoạt động|loại|khách".split("|")
)
"""What is not counted together with a noun behind a comma: "12 người, hộ …" are two thoughts."""
_PAIRED: Final = alternation(tuple(noun for noun in COUNTED if noun not in _TOGETHER))
THINGS: Final = rf"(?:(?:lượt )?(?:{_PAIRED})(?:, (?:{_PAIRED})(?![\p{{L}}\d/])){{1,3}}|{_ONE})"
"""One counted thing, or several that share a number: "xã, phường", "cán bộ, công chức, viên chức"."""
