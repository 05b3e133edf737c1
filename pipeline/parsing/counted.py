"""Things that administrative documents count (*đơn vị đếm*), by field; longest first in a pattern.

A counted thing is named by its head noun as a dictionary would list it ("dự án", "vụ án"); what describes it further
("dự án đầu tư mới") is what is measured, no part of the unit. An event with what it is for is one where it ends there
("mở 02 lớp tập huấn"), and its head alone where more follows ("02 lớp tập huấn kỹ năng số"). Things that are counted
together stay together: "15 bộ, ngành", "198 dự án, công trình", "120 lượt cán bộ".
"""

from __future__ import annotations

from typing import Final

from pipeline.parsing.compounds import COUNTED_KINDS
from pipeline.parsing.patterns import any_of

_PEOPLE: Final = (
    "người", "nhân dân", "công dân", "người dân", "người bệnh", "bệnh nhân", "học sinh", "sinh viên", "giáo viên",
    "giảng viên", "học viên", "cán bộ", "công chức", "viên chức", "lao động", "người lao động", "công nhân",
    "nhân viên", "nông dân", "đảng viên", "đoàn viên", "hội viên", "thanh niên", "thiếu nhi", "phụ nữ", "trẻ",
    "trẻ em", "cháu", "em", "đại biểu", "cử tri", "thành viên", "cộng tác viên", "tình nguyện viên",
    "tuyên truyền viên", "báo cáo viên", "hòa giải viên", "bác sĩ", "dược sĩ", "điều dưỡng", "y sĩ", "chuyên gia",
    "thẩm phán", "thư ký", "tiến sĩ", "thạc sĩ", "cử nhân", "đại học", "cao đẳng", "trung cấp",
    "cặp", "cặp vợ chồng", "nghệ nhân",
    "vận động viên", "huấn luyện viên", "trọng tài", "thuyền viên", "chiến sĩ", "chiến sỹ", "quân nhân", "đồng chí",
    "nhân sự", "biên chế", "chức danh", "ủy viên", "cấp ủy viên", "lãnh đạo", "trưởng phòng", "phó trưởng phòng",
    "nhân lực", "nhân khẩu", "khẩu", "người có uy tín", "người nghiện", "người cao tuổi",
    "người khuyết tật", "đối tượng", "bị can", "bị cáo", "khách", "hành khách", "khách hàng",
    "du khách", "nhà đầu tư", "nhà khoa học", "cá nhân", "tập thể", "thí sinh", "trưởng thôn", "hộ", "hộ dân",
    "hộ gia đình", "hộ kinh doanh", "nhóm hộ", "gia đình", "học sinh, sinh viên",
    "cán bộ, công chức", "cán bộ, công chức, viên chức", "công chức, viên chức", "nghệ sĩ", "cư dân", "nạn nhân",
    "phạm nhân", "thương binh", "liệt sĩ", "bệnh binh", "người lái xe", "chủ hộ", "chủ cơ sở", "trẻ sơ sinh",
    "sản phụ", "bà mẹ", "thai phụ", "phật tử", "chức sắc", "chức việc", "giám định viên", "công an viên",
    "cựu chiến binh", "già làng", "chủ rừng", "chủ tàu", "chủ phương tiện", "mẹ", "cụ", "cấp phó", "cấp trưởng",
    "bị hại", "dân quân", "tân binh", "hội thẩm", "trưởng bản", "trưởng ấp", "gương", "điển hình",
    "điển hình tiên tiến",
)  # fmt: skip
_BODIES: Final = (
    "cơ quan", "đơn vị", "tổ chức", "doanh nghiệp", "dn", "công ty", "tổng công ty", "tập đoàn", "ngân hàng",
    "quỹ tín dụng", "quỹ tín dụng nhân dân", "hợp tác xã", "htx", "tổ hợp tác", "liên hiệp hợp tác xã",
    "liên hiệp htx", "trang trại", "cơ sở", "chi nhánh", "cơ sở y tế", "cơ sở giáo dục", "cơ sở đào tạo",
    "cơ quan ngang bộ", "cơ quan thuộc chính phủ", "tỉnh, thành phố trực thuộc trung ương", "trường", "trường học",
    "lớp", "lớp học", "nhóm trẻ", "bệnh viện", "trạm y tế", "phòng khám",
    "nhà thuốc", "trung tâm", "viện", "phòng", "ban", "sở", "bộ", "ngành", "chi cục", "cục", "địa phương", "tỉnh",
    "thành phố", "thành phố trực thuộc trung ương", "huyện", "xã", "phường", "thị trấn", "đặc khu", "thôn", "bản",
    "làng", "xóm", "ấp", "buôn", "khu phố", "tổ dân phố", "khu dân cư", "nước", "quốc gia", "tổ", "đội", "đoàn",
    "đoàn kiểm tra", "đoàn thanh tra", "tổ công tác", "tổ công nghệ số", "tổ công nghệ số cộng đồng", "chi bộ",
    "đảng bộ", "đảng ủy", "cấp ủy", "chi ủy", "chi đoàn", "chi hội", "tổ chức đảng", "tổ chức cơ sở đảng", "hội",
    "câu lạc bộ", "hội đồng", "ban chỉ đạo", "toà soạn", "cơ quan báo chí", "bv", "tòa soạn", "tổ hòa giải",
    "tổ liên gia", "tổ tự quản", "tổ đảng", "tổ sản xuất", "phòng giao dịch", "văn phòng", "đại lý", "khu vực",
    "chủ đầu tư", "nhà thầu", "dân tộc", "tôn giáo", "công đoàn cơ sở", "công đoàn", "nghiệp đoàn", "đài",
    "nhà trường", "công an xã", "công an phường", "công an huyện", "công an cấp xã",
    "công an cấp huyện", "khoa", "cơ sở hội", "bếp ăn", "khu trọ", "xí nghiệp",
)  # fmt: skip
_PAPERS: Final = (
    "hồ sơ", "thủ tục", "thủ tục hành chính", "tthc", "dịch vụ", "dịch vụ công", "dịch vụ công trực tuyến", "dvc",
    "văn bản", "báo cáo", "quyết định", "nghị quyết", "kế hoạch", "công văn", "nghị định", "thông tư", "chỉ thị",
    "văn bản quy phạm pháp luật", "quy trình", "phản ánh", "kiến nghị", "phản ánh, kiến nghị",
    "tin báo", "tố giác", "tin báo, tố giác", "đơn", "đơn thư",
    "khiếu nại", "tố cáo", "ý kiến", "phiếu", "tờ khai", "giấy phép", "giấy chứng nhận", "chứng chỉ", "thẻ",
    "hợp đồng", "gói thầu", "hóa đơn", "bản sao", "bản án", "bản cam kết", "bản tin", "tài liệu", "bộ tài liệu",
    "cuốn", "đầu sách", "trang", "giáo trình", "bộ hồ sơ", "bộ tiêu chí", "bộ câu hỏi", "bộ câu hỏi - đáp", "câu hỏi",
    "tin", "bài", "ảnh", "hình ảnh", "bản đồ", "tin, bài", "tin bài", "bài viết", "bài báo", "phóng sự", "chuyên mục",
    "chuyên trang", "chuyên đề", "chương trình", "ấn phẩm", "tờ rơi", "tờ gấp", "pano", "băng rôn", "khẩu hiệu",
    "clip", "video", "tiêu chuẩn", "quy chuẩn", "quy hoạch", "đồ án", "tiêu chí", "chỉ tiêu", "nội dung", "nhiệm vụ",
    "giải pháp", "điều kiện kinh doanh", "điều kiện", "thỏa thuận", "thỏa thuận hợp tác", "biên bản ghi nhớ",
    "điều ước quốc tế", "khuyến nghị", "lời khuyên", "phương án", "dự thảo", "nguyên tắc", "yếu tố", "giấy tờ",
    "vướng mắc", "kết luận", "kháng nghị", "văn bằng", "sáng chế", "mã số", "mã số vùng trồng", "phụ lục", "đề thi",
    "đề cương", "sổ", "căn cước", "căn cước công dân", "tác phẩm",
    "tờ báo", "tạp chí", "tin nhắn", "cuộc gọi", "môn", "tín chỉ", "biên bản", "thông báo", "giấy mời", "tờ trình",
    "phiếu khảo sát", "lượt ý kiến", "câu chuyện", "tồn tại", "hạn chế",
    "sai phạm", "vi phạm", "quy trình nội bộ", "dự thảo văn bản", "bài giảng", "dữ liệu", "bản ghi", "trường dữ liệu",
    "địa chỉ", "đề xuất", "khuyết điểm", "tủ sách", "bộ thủ tục",
)  # fmt: skip
_EVENTS: Final = (
    "vụ, việc",
    "vụ", "vụ việc", "vụ án", "ca", "cas", "ổ dịch", "ổ bệnh", "sự cố", "trường hợp", "hành vi", "chuyên án", "cuộc",
    "đợt", "buổi", "hội nghị", "hội thảo", "hội thi", "hội diễn", "tọa đàm", "diễn đàn",
    "hội chợ", "lễ hội", "sự kiện", "phiên", "phiên họp", "phiên tòa", "phiên chợ", "phiên giao dịch", "kỳ họp",
    "khóa", "khóa học", "kỳ", "chương trình đào tạo", "kịch bản", "phần việc", "việc", "giao dịch", "phong trào",
    "hoạt động", "nguồn thu", "khoản thu", "đám cháy", "thiên tai", "trận", "cơn bão", "chuyến", "chuyến bay", "bước",
    "tiết", "tiết học", "tiết dạy",
    "lượt truy cập", "lượt tuyên truyền", "lượt hồ sơ", "lượt người", "lượt khách", "lượt",
    "xung đột", "trận mưa", "vòng thi", "đêm", "đêm diễn", "suất diễn", "buổi diễn",
    "chương trình nghệ thuật", "cuộc họp", "cuộc thi", "ngày hội", "lượt phương tiện",
    "lượt xe", "lượt tàu", "lượt chuyến",
)  # fmt: skip
_WORKS: Final = (
    "dự án", "dự án thành phần", "công trình", "hạng mục", "đề án", "đề tài", "mô hình", "sáng kiến", "sản phẩm",
    "thương hiệu", "nhãn hiệu", "mặt hàng", "ý tưởng", "nghiên cứu", "nhà", "căn", "căn nhà",
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
    "tập dữ liệu", "bộ dữ liệu", "tập dữ liệu mở", "bộ dữ liệu mở", "bãi rác", "thiết chế", "hạng mục công trình",
    "công tơ", "trụ", "cột", "bóng đèn", "cột mốc", "camera giám sát", "bao", "thùng", "gói", "hộp", "chai", "kiện",
    "tòa nhà", "phòng bệnh", "kho", "ao", "chuồng", "trại", "điểm nóng", "bến", "bến xe", "cảng", "sân bay", "máy bay",
    "ô tô", "xe máy", "xe cứu thương", "xe buýt", "container", "đảo", "hòn đảo", "chỗ ngồi", "làn xe", "cổ phiếu",
    "gốc", "gốc cây", "tủ", "bàn", "ghế", "bộ bàn ghế", "bộ máy", "mô đun", "tem", "khẩu súng", "viên", "bánh",
    "ngày công", "giờ công", "công lao động", "ngày lương", "cá thể", "cưa xăng", "cây cầu", "cờ", "cờ thi đua",
    "mũi thi công", "máy móc", "máy móc thiết bị", "máy móc, thiết bị", "hầm", "hầm chui", "cọc", "dầm",
    *(f"{line}{of}" for line in ("đường", "đường dây", "đường điện", "đường dây điện") for of in (
        " trung thế", " hạ thế", " cao thế", " trung áp", " hạ áp", " cao áp", " 500kv", " 220kv", " 110kv",
    )),
    "đường nước", "đường ống nước", "đường cáp",
    "huân chương", "huy hiệu", "kỷ niệm chương", "kỹ thuật", "máy bay không người lái", "điểm sơ cấp cứu",
)  # fmt: skip

_ABBREVIATED: Final = (
    "bn", "tthc", "dvc", "dvctt", "hs", "sv", "hssv", "gv", "cb", "cc", "vc", "nlđ", "cbcc", "cbccvc", "ccvc", "đv",
    "đvtn", "htx", "tht", "dnnvv", "ttyt", "byt", "tyt", "ktx", "csdl", "vbqppl", "gcn", "gpmt", "vđv", "hlv",
)  # fmt: skip
"""Bodies and document types that stand behind numbers of documents ("02 UBND") are not among them."""

COUNTED: Final = (*_ABBREVIATED, *_PEOPLE, *_BODIES, *_PAPERS, *_EVENTS, *_WORKS, "vạn dân")
"""Every noun of this module, in lower case."""


_TONES: Final = (("óa", "oá"), ("òa", "oà"), ("ỏa", "oả"), ("óe", "oé"), ("ủy", "uỷ"), ("úy", "uý"), ("ùy", "uỳ"))
"""The two places of the tone mark: hóa, hoá."""


def _spellings(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((word, *(word.replace(a, b) for a, b in _TONES))))


def alternation(words: tuple[str, ...]) -> str:
    """Return a pattern for any of the words in both places of the tone mark, the longest first."""
    return any_of(spelling for word in words for spelling in _spellings(word))


_OPEN: Final = tuple(
    f"{head} {more}"
    for head, described in {
        "khóa": "đào tạo|tập huấn|bồi dưỡng",
        "ca": "bệnh", "dự án": "luật|thành phần",
        "cơ sở": "y tế|giáo dục|đào tạo",
        "mẫu": "máu|nước|thực phẩm|bệnh phẩm|xét nghiệm|đất", "loại": "thực phẩm|thuốc|sản phẩm|giấy tờ|hình",
    }.items()
    for more in described.split("|")
)  # fmt: skip
"""What an event or a place is for: its name where the noun ends with it, else part of a longer description."""
_ENDS: Final = (
    r"(?=\s*(?:[^\s\p{L}]|$)|\s(?:cho|về|tại|của|với|trong|trên|ở|để|nhằm|và|do|bởi|có|được|bị|đã|chưa|không|đang|sẽ|"
    r"phải|đạt|so|theo|từ|đến|vào|năm|tăng|giảm|là|cấp|cùng|thuộc|giữa|qua|bằng|trở|hoặc|mỗi|hằng|hàng|mới|đối|nên|thì|"
    r"khối lượng|diện tích|trị giá|số tiền|kinh phí)(?!\p{L}))"
)
_PERSONS: Final = (
    r"(?!(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ|thành|của|là|cho)(?!\p{L}))"
    r"(?:\p{Ll}+ ){1,2}(?<!(?:đơn vị|tổ chức|công ty|bệnh|học) thành )viên(?! (?:chức|nén|ma|thuốc|đạn|gạch|phân))|"
    r"(?:kỹ|luật|giáo|phó giáo) sư|(?:nha|y|dược|bác|ca|nhạc|họa|nghệ|văn|thi|võ|chiến|liệt|tiến|thạc) (?:sĩ|sỹ)"
)
"""People by what ends their name: "chuyên viên", "kiểm soát viên", "kỹ sư"."""
_ONE: Final = rf"(?:(?:lượt )?(?:(?:{alternation(_OPEN)}){_ENDS}|{_PERSONS}|{alternation((*COUNTED, *COUNTED_KINDS))}))"
_TOGETHER: Final = frozenset(
    "người|hộ|nước|cái|con|bước|em|cháu|khẩu|lượt|trường hợp|vụ|ca|đơn|ý kiến|phiếu|hoạt động|loại|khách".split("|")
)
"""What is not counted together with a noun behind a comma: "12 người, hộ …" are two thoughts."""
_ACTED: Final = (
    r"(?!(?:kiến nghị|khiếu nại|tố cáo|báo cáo|quyết định|thông báo|kết luận|kháng nghị|giải|giao dịch|nghiên cứu) "
    r"(?!(?:của|tại|về|được|đã|và|thuộc|trong|trên|bị|chưa|không|có|liên quan|cho|theo|từ)(?!\p{L}))\p{Ll}|"
    r"ban (?:hành|bố)(?!\p{L}))"
)
""" "118 văn bản, kiến nghị sửa đổi …", "35 hồ sơ, giải quyết …": a verb, no second noun."""


def _together(*groups: tuple[str, ...]) -> str:
    """Return a pattern of several things of like kinds that share a number."""
    noun = alternation(tuple(noun for group in groups for noun in group if noun not in _TOGETHER))
    whole = rf"{_ACTED}(?:{noun})(?![\p{{L}}\d/]| \d)"
    return rf"(?:lượt )?(?:{noun})(?:, {whole}){{1,3}}(?: và {whole})?"


_ALIKE: Final = (_together(_PEOPLE, _BODIES), _together(_PAPERS, _WORKS), _together(_EVENTS))
"""What clerks count together is alike: "250 lượt người, cấp phát …" are two thoughts."""
THINGS: Final = rf"(?:{'|'.join(_ALIKE)}|{_ONE})"
"""One counted thing, or several that share a number: "xã, phường", "cán bộ, công chức, viên chức"."""
