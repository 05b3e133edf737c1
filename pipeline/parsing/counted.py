"""Things that administrative documents count (*đơn vị đếm*), by field; longest first in a pattern.

A counted thing is named by its head noun as a dictionary would list it ("dự án", "vụ án"); what describes it further
("dự án đầu tư mới") is what is measured, no part of the unit. An event with what it is for is one where it ends there
("mở 02 lớp tập huấn"), and its head alone where more follows ("02 lớp tập huấn kỹ năng số"). Things that are counted
together stay together: "15 bộ, ngành", "198 dự án, công trình", "120 lượt cán bộ".
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
    "cán bộ, công chức", "cán bộ, công chức, viên chức", "công chức, viên chức", "nghệ sĩ", "cư dân", "nạn nhân",
    "phạm nhân", "thương binh", "liệt sĩ", "bệnh binh", "người lái xe", "chủ hộ", "chủ cơ sở", "trẻ sơ sinh",
    "sản phụ", "bà mẹ", "thai phụ", "phật tử", "chức sắc", "chức việc", "giám định viên", "công an viên",
    "cựu chiến binh", "già làng",
)  # fmt: skip
_BODIES: Final = (
    "cơ quan", "đơn vị", "tổ chức", "doanh nghiệp", "dn", "công ty", "tổng công ty", "tập đoàn", "ngân hàng",
    "quỹ tín dụng", "quỹ tín dụng nhân dân", "hợp tác xã", "htx", "tổ hợp tác", "liên hiệp hợp tác xã",
    "liên hiệp htx", "trang trại", "cơ sở", "chi nhánh", "cơ sở y tế", "cơ sở giáo dục", "cơ sở đào tạo",
    "cơ quan ngang bộ", "cơ quan thuộc chính phủ", "tỉnh, thành phố trực thuộc trung ương", "trường", "trường học",
    "trường mầm non", "trường tiểu học", "lớp", "lớp học", "nhóm trẻ", "bệnh viện", "trạm y tế", "phòng khám",
    "nhà thuốc", "trung tâm", "viện", "phòng", "ban", "sở", "bộ", "ngành", "chi cục", "cục", "địa phương", "tỉnh",
    "thành phố", "thành phố trực thuộc trung ương", "huyện", "xã", "phường", "thị trấn", "đặc khu", "thôn", "bản",
    "làng", "xóm", "ấp", "buôn", "khu phố", "tổ dân phố", "khu dân cư", "nước", "quốc gia", "tổ", "đội", "đoàn",
    "đoàn kiểm tra", "đoàn thanh tra", "tổ công tác", "tổ công nghệ số", "tổ công nghệ số cộng đồng", "chi bộ",
    "đảng bộ", "đảng ủy", "cấp ủy", "chi ủy", "chi đoàn", "chi hội", "tổ chức đảng", "tổ chức cơ sở đảng", "hội",
    "câu lạc bộ", "hội đồng", "ban chỉ đạo", "toà soạn", "cơ quan báo chí", "bv", "tòa soạn", "tổ hòa giải",
    "tổ liên gia", "tổ tự quản", "tổ đảng", "tổ sản xuất", "phòng giao dịch", "văn phòng", "đại lý", "khu vực",
    "chủ đầu tư", "nhà thầu", "dân tộc", "tôn giáo", "công đoàn cơ sở", "công đoàn", "nghiệp đoàn", "đài",
    "nhà trường", "trường thcs", "trường thpt",
)  # fmt: skip
_PAPERS: Final = (
    "hồ sơ", "thủ tục", "thủ tục hành chính", "tthc", "dịch vụ", "dịch vụ công", "dịch vụ công trực tuyến", "dvc",
    "văn bản", "báo cáo", "quyết định", "nghị quyết", "kế hoạch", "công văn", "nghị định", "thông tư", "chỉ thị",
    "văn bản quy phạm pháp luật", "quy trình", "phản ánh", "kiến nghị", "phản ánh, kiến nghị", "đơn", "đơn thư",
    "khiếu nại", "tố cáo", "ý kiến", "phiếu", "tờ khai", "giấy phép", "giấy chứng nhận", "chứng chỉ", "thẻ",
    "hợp đồng", "gói thầu", "hóa đơn", "bản sao", "bản án", "bản cam kết", "bản tin", "tài liệu", "bộ tài liệu",
    "cuốn", "đầu sách", "trang", "giáo trình", "bộ hồ sơ", "bộ tiêu chí", "bộ câu hỏi", "bộ câu hỏi - đáp", "câu hỏi",
    "tin", "bài", "ảnh", "hình ảnh", "bản đồ", "tin, bài", "tin bài", "bài viết", "bài báo", "phóng sự", "chuyên mục",
    "chuyên trang", "chuyên đề", "chương trình", "ấn phẩm", "tờ rơi", "tờ gấp", "pano", "băng rôn", "khẩu hiệu",
    "clip", "video", "tiêu chuẩn", "quy chuẩn", "quy hoạch", "đồ án", "tiêu chí", "chỉ tiêu", "nội dung", "nhiệm vụ",
    "giải pháp", "điều kiện kinh doanh", "điều kiện", "thỏa thuận", "thỏa thuận hợp tác", "biên bản ghi nhớ",
    "điều ước quốc tế", "khuyến nghị", "lời khuyên", "phương án", "dự thảo", "nguyên tắc", "yếu tố", "giấy tờ",
    "vướng mắc", "kết luận", "kháng nghị", "văn bằng", "sáng chế", "mã số", "mã số vùng trồng", "phụ lục", "đề thi",
    "đề cương", "sổ", "thẻ căn cước", "căn cước", "căn cước công dân", "thẻ bhyt", "thẻ bảo hiểm y tế", "tác phẩm",
    "tờ báo", "tạp chí", "tin nhắn", "cuộc gọi", "môn", "tín chỉ", "biên bản", "thông báo", "giấy mời", "tờ trình",
    "phiếu khảo sát", "lượt ý kiến", "câu chuyện", "tủ sách", "bộ thủ tục",
)  # fmt: skip
_EVENTS: Final = (
    "vụ", "vụ, việc", "vụ việc", "vụ án", "ca", "cas", "ổ dịch", "ổ bệnh", "sự cố", "trường hợp", "hành vi",
    "chuyên án", "cuộc", "cuộc họp", "cuộc thi", "đợt", "buổi", "hội nghị", "hội thảo", "hội thi",
    "hội diễn", "tọa đàm", "diễn đàn",
    "hội chợ", "lễ hội", "sự kiện", "phiên", "phiên họp", "phiên tòa", "phiên chợ", "phiên giao dịch", "kỳ họp",
    "khóa", "khóa học", "chương trình đào tạo", "kịch bản", "phần việc", "việc", "giao dịch", "phong trào",
    "hoạt động", "nguồn thu", "khoản thu", "đám cháy", "thiên tai", "trận", "cơn bão", "chuyến", "chuyến bay", "bước",
    "tiết", "tiết học", "tiết dạy", "lượt truy cập", "lượt tuyên truyền",
    "lượt hồ sơ", "lượt người", "lượt khách", "lượt khách du lịch", "lượt",
    "xung đột", "chuyến tàu", "chuyến xe", "trận mưa", "vòng thi", "đêm", "đêm diễn", "suất diễn", "buổi diễn",
    "chương trình nghệ thuật", "lượt phương tiện", "lượt xe", "lượt tàu", "lượt chuyến",
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
    "tập dữ liệu", "bộ dữ liệu", "tập dữ liệu mở", "bộ dữ liệu mở", "bãi rác", "thiết chế", "hạng mục công trình",
    "công tơ", "trụ", "cột", "bóng đèn", "cột mốc", "camera giám sát", "bao", "thùng", "gói", "hộp", "chai", "kiện",
    "tòa nhà", "phòng bệnh", "kho", "ao", "chuồng", "trại", "điểm nóng", "bến", "bến xe", "cảng", "sân bay", "máy bay",
    "ô tô", "xe máy", "xe cứu thương", "xe buýt", "container", "đảo", "hòn đảo", "chỗ ngồi", "làn xe", "cổ phiếu",
    "gốc", "gốc cây", "tủ", "bàn", "ghế", "bộ bàn ghế", "bộ máy", "mô đun", "tem", "khẩu súng", "viên", "bánh",
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
    """Return a pattern for any of the words in both places of the tone mark, the longest first.

    Words that begin alike share their first letter and their first syllable, so that a text that is none of them is
    left after a few steps and not after as many as there are words.
    """
    letters: dict[str, dict[str, set[str]]] = {}
    for spelling in {spelling for word in words for spelling in _spellings(word)}:
        head, _, tail = spelling.partition(" ")
        letters.setdefault(head[0], {}).setdefault(head[1:], set()).add(tail)
    return "|".join(f"{regex.escape(letter)}(?:{_branches(heads)})" for letter, heads in sorted(letters.items()))


def _branches(heads: dict[str, set[str]]) -> str:
    return "|".join(f"{regex.escape(head)}{_tails(heads[head])}" for head in sorted(heads, key=_longest))


def _tails(tails: set[str]) -> str:
    more = "|".join(regex.escape(tail) for tail in sorted(tails - {""}, key=_longest))
    return f"(?: (?:{more}))" + "?" * ("" in tails) if more else ""


def _longest(word: str) -> tuple[int, str]:
    return -len(word), word


_OPEN: Final = tuple(
    f"{head} {more}"
    for head, described in {
        "lớp": "tập huấn|đào tạo|bồi dưỡng|học nghề", "khóa": "đào tạo|tập huấn|bồi dưỡng",
        "cuộc": "thanh tra|kiểm tra|giám sát|đối thoại|kiểm toán|khảo sát|tọa đàm|thanh tra, kiểm tra",
        "đợt": "kiểm tra|tuyên truyền|ra quân|cao điểm", "buổi": "tuyên truyền|tập huấn|sinh hoạt|làm việc",
        "vụ": "vi phạm|cháy|cháy rừng|cháy nổ|tai nạn|tai nạn giao thông|tai nạn lao động|ngộ độc thực phẩm|đình công",
        "ca": "bệnh", "sản phẩm": "ocop", "dự án": "luật|thành phần",
        "cơ sở": "y tế|giáo dục|đào tạo|lưu trú|sản xuất|kinh doanh|cai nghiện|giết mổ|sản xuất, kinh doanh|thực phẩm",
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
_KINDS: Final = {
    "điểm": "đen|sạt lở|cấp nước|ngập|ngập úng|ngập lụt|ùn tắc|nghẽn|trường|bán hàng|tập kết|tập kết rác|trung chuyển|"
    "tiếp nhận|bưu điện|phát thuốc|bỏ phiếu|dừng|dừng nghỉ|đến|dân cư|tái định cư|sinh hoạt|"
    "trông giữ xe|đỗ xe|vui chơi|truy cập|phát sóng|lấy mẫu|quan trắc|mỏ|khai thác|đấu nối|giao cắt|tư vấn|"
    "tiếp công dân|sáng|kết nối|cai nghiện|xả thải|kiểm dịch|bắn|nổ|nóng|du lịch|cầu|thu|kinh doanh|giao dịch|"
    "tập trung|chốt",
    "bến": "bãi|đò|thủy nội địa|cá|tàu|khách ngang sông|xe",
    "bãi": "rác|đỗ xe|xe|tập kết|chôn lấp|tắm|vật liệu",
    "bể": "bơi|nước|chứa|lắng|lọc|phốt|biogas|cá",
    "sân": "bóng|bóng đá|bóng chuyền|cầu lông|thể thao|chơi|vận động|phơi",
    "trạm": "y tế|bơm|biến áp|bts|phát sóng|cân|thu phí|dừng nghỉ|quan trắc|sạc|cấp nước|kiểm soát|kiểm lâm|kiểm dịch|"
    "xử lý nước thải|truyền thanh|đo mưa|vệ tinh|cứu hộ|thu phát sóng|khuyến nông|trung chuyển",
    "trụ": "sạc|điện|nước|atm|cứu hỏa|nước chữa cháy|bơm",
    "cột": "mốc|điện|bơm|đèn|phát sóng|cờ",
    "thùng": "rác|đựng rác|phiếu|hàng|thư",
    "tủ": "sách|thuốc|điện|lạnh|rack",
    "kho": "hàng|lạnh|lương thực|chứa|thuốc|xăng dầu",
    "lò": "đốt|gạch|giết mổ|hơi|sấy",
    "lò đốt": "rác|chất thải",
    "cửa": "hàng|hàng xăng dầu|cống|khẩu|xả",
    "quầy": "thuốc|hàng|giao dịch",
    "tiệm": "vàng|cầm đồ",
    "nhà": "ở|văn hóa|vệ sinh|máy|thầu|đầu tư|khoa học|báo|tiêu|lưới|màng|kính|"
    "trọ|nghỉ|hàng|khách|xưởng|thuốc|trẻ|công vụ|bia|nuôi yến|sinh hoạt cộng đồng|thi đấu|đa năng|xe|mồ|gươl|rông",
    "phòng": "học|ở|khám|bệnh|trọ|họp|xét xử|thi|máy|thí nghiệm|giao dịch|bộ môn|khách|nghỉ|thực hành|thu âm|cách ly",
    "tổ": "công tác|hợp tác|hòa giải|dân phố|liên gia|tự quản|đảng|sản xuất|công nghệ số|công nghệ số cộng đồng|"
    "an ninh cơ sở|bảo vệ an ninh trật tự|vay vốn|tiết kiệm và vay vốn|đội|truyền thông|thu gom|cộng đồng|giám sát|"
    "bảo vệ rừng|xung kích|tự vệ|y tế|kiểm tra|giúp việc",
    "đội": "công tác|dân phòng|xung kích|bóng|tuyên truyền|văn nghệ|"
    "thanh niên tình nguyện|tình nguyện|quản lý thị trường|xây dựng|cứu hộ|thi|tàu",
    "chốt": "kiểm dịch|kiểm soát|kiểm tra|trực",
    "máy": "tính|bơm|phát điện|móc|cày|gặt|thở|chụp|xét nghiệm|in|quét|chiếu|lọc nước|x-quang|siêu âm|sấy|cấy|kéo|"
    "chạy thận|lấy số|tính bảng|tính xách tay|photocopy|atm|nông nghiệp",
    "xe": "ô tô|máy|khách|tải|buýt|cứu thương|đạp|điện|"
    "cứu hỏa|chữa cháy|ép rác|chở rác|mô tô|cơ giới|thô sơ|lăn|bồn|container|đầu kéo|công nông",
    "tàu": "cá|thuyền|hàng|du lịch|bay|kiểm ngư|kéo|hút cát",
    "cầu": "cảng|tàu|thang",
    "hồ": "sơ|chứa|chứa nước|thủy lợi|điều hòa|bơi",
    "giếng": "khoan|nước|đào|trời",
    "đường": "dây|dây nóng|dây nóng|băng|bay",
    "tuyến": "đường|kênh|phố|xe buýt|buýt|đê|kè|cống|"
    "đường dây|cáp|xe|bay|vận tải|phố văn minh|đường hoa|mương|đường ống|đường huyện|đường tỉnh|du lịch",
    "hố": "ga|xí|rác|chôn|tiêu",
    "cụm": "công nghiệp|dân cư|thi đua|loa|pano|di tích|công trình|camera",
    "khu": "công nghiệp|dân cư|"
    "tái định cư|đô thị|du lịch|vực|phố|nhà ở|cách ly|nhà trọ|chế xuất|kinh tế|thương mại|vui chơi|cảng|"
    "bảo tồn|di tích",
    "vùng": "trồng|nguyên liệu|sản xuất|chuyên canh|an toàn dịch|nuôi|lõm sóng|lõm",
    "vườn": "ươm|cây|mẫu|rau|quốc gia|hộ",
    "bộ": "máy|hồ sơ|tiêu chí|tài liệu|bàn ghế|thủ tục|câu hỏi|dữ liệu|sách|thiết bị|máy tính|chỉ số|luật|đề|phận|"
    "quy tắc|quần áo|trang phục|tranh|lọc|kit|loa",
    "bộ máy": "vi tính|tính",
    "hệ thống": "lọc nước|cấp nước|camera|loa|tưới|truyền thanh|điện mặt trời",
    "bảng": "tin|hiệu|tin công cộng|điện tử|tên đường",
    "biển": "báo|hiệu|cảnh báo|quảng cáo|chỉ dẫn|báo hiệu|tên đường",
    "cống": "thoát nước|hộp|tròn|dưới đê",
    "ổ": "dịch|bệnh|nhóm|dịch bệnh|cắm",
    "nhóm": "trẻ|hộ|zalo|cộng đồng|đối tượng|tội phạm|tiết kiệm",
    "băng": "nhóm|rôn",
    "đoạn": "đường|đê|kè|tuyến|kênh|bờ sông",
    "thửa": "đất|ruộng",
    "lô": "đất|hàng|rừng",
    "túi": "thuốc|quà|an sinh|lương thực",
    "hộp": "thuốc|khẩu trang|thư",
    "gói": "thầu|quà|tin|cước|vay|hỗ trợ",
    "bình": "chữa cháy|gas|nước|phun thuốc|oxy",
    "vòi": "nước",
    "ki": "lô",
    "loa": "truyền thanh|phóng thanh|thông minh",
    "cụm loa": "truyền thanh|thông minh",
    "đài": "truyền thanh|phun nước|tưởng niệm",
    "bệ": "thờ",
    "mỏ": "cát|đá|đất|khoáng sản|than|vật liệu",
    "cây": "xanh|trồng|cầu|xăng|nước|atm|giống|số",
    "con": "giống|bò|trâu|lợn|dê|heo|gia súc|gia cầm|đường|tàu",
    "giấy": "phép|chứng nhận|khai sinh|xác nhận|tờ|mời|khen|khám sức khỏe|phép xây dựng|phép lái xe|chuyển viện",
    "phiếu": "khảo sát|lý lịch tư pháp|bầu|điều tra|chuyển|tín nhiệm|góp ý|đánh giá|hẹn",
    "thẻ": "bhyt|bảo hiểm y tế|căn cước|đảng viên|atm|hội viên|nhà báo|hướng dẫn viên|bảo hiểm",
    "mã": "số|vùng trồng|qr|định danh|số vùng trồng|số cơ sở đóng gói|vạch",
    "tổng đài": "viên",
    "hòm": "thư|phiếu|thư góp ý",
    "rạp": "chiếu phim|hát",
    "trại": "giam|tạm giam|giống|heo|gà|nuôi|hè",
    "lồng": "bè|cá|nuôi",
    "bè": "cá|nuôi",
    "ao": "nuôi|hồ|cá",
    "mái": "ấm|nhà",
    "suất": "quà|học bổng|ăn|cơm|diễn|đầu tư",
    "phần": "quà|mềm|việc",
    "buồng": "bệnh|giam|khử khuẩn",
    "vị trí": "việc làm|sạt lở|đỗ xe|xung yếu|trọng điểm",
    "cơ sở": "dữ liệu",
    "vụ": "việc|án|kiện|cháy|nổ|cháy rừng|tai nạn",
    "vụ, việc": "dân sự|hành chính",
}
"""Kinds of places, things and groups by their head, as a dictionary lists them: "04 điểm đen", "12 bể bơi"."""
_COMPOUND: Final = tuple(f"{head} {kind}" for head, kinds in _KINDS.items() for kind in kinds.split("|"))
_PERSONS: Final = (
    r"(?!(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ|thành|của|là|cho)(?!\p{L}))"
    r"(?:\p{Ll}+ ){1,2}(?<!(?:đơn vị|tổ chức|công ty|bệnh|học) thành )viên(?! (?:chức|nén|ma|thuốc|đạn|gạch|phân))|"
    r"(?:kỹ|luật|giáo|phó giáo) sư|(?:nha|y|dược|bác|ca|nhạc|họa|nghệ|văn|thi|võ|chiến|liệt|tiến|thạc) (?:sĩ|sỹ)"
)
"""People by what ends their name: "chuyên viên", "kiểm soát viên", "kỹ sư"."""
_ONE: Final = rf"(?:(?:lượt )?(?:(?:{alternation(_OPEN)}){_ENDS}|{_PERSONS}|{alternation((*COUNTED, *_COMPOUND))}))"
_TOGETHER: Final = frozenset(
    "người|hộ|nước|cái|con|bước|em|cháu|khẩu|lượt|trường hợp|vụ|ca|đơn|ý kiến|phiếu|hoạt động|loại|khách".split("|")
)
"""What is not counted together with a noun behind a comma: "12 người, hộ …" are two thoughts."""
_PAIRED: Final = alternation(tuple(noun for noun in COUNTED if noun not in _TOGETHER))
_WHOLE: Final = rf"(?:{_PAIRED})(?![\p{{L}}\d/]| \d)"
THINGS: Final = rf"(?:(?:lượt )?(?:{_PAIRED})(?:, {_WHOLE}){{1,3}}(?: và {_WHOLE})?|{_ONE})"
"""One counted thing, or several that share a number: "xã, phường", "cán bộ, công chức, viên chức"."""
