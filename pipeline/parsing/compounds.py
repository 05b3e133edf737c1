"""Kinds of places, things and groups by their head (*danh từ ghép*), as a dictionary lists them: "04 điểm đen".

They are counted by their whole name, where what merely describes a thing is no part of its unit: "12 bể bơi", but "12
nhà" of "12 nhà đại đoàn kết".
"""

from __future__ import annotations

from typing import Final

_KINDS: Final = {
    "điểm": "đen|sạt lở|cấp nước|ngập|ngập úng|ngập lụt|ùn tắc|nghẽn|bán hàng|tập kết|tập kết rác"
    "|trung chuyển|tiếp nhận|bưu điện|phát thuốc|bỏ phiếu|dừng|dừng nghỉ|đến|dân cư|tái định cư|sinh hoạt"
    "|trông giữ xe|đỗ xe|vui chơi|truy cập|phát sóng|lấy mẫu|quan trắc|mỏ|khai thác|đấu nối|giao cắt"
    "|tư vấn|tiếp công dân|sáng|kết nối|cai nghiện|xả thải|kiểm dịch|bắn|nổ|tập trung|chốt",
    "bến": "bãi|đò|thủy nội địa|cá|tàu|khách ngang sông", "bãi": "đỗ xe|xe|tập kết|chôn lấp|tắm|vật liệu",
    "bàn": "hướng dẫn|tiếp nhận|ghế|thắng",
    "bể": "bơi|nước|chứa|lắng|lọc|phốt|biogas|cá",
    "sân": "bóng|bóng đá|bóng chuyền|cầu lông|thể thao|chơi|vận động|phơi",
    "trạm": "bts|phát sóng|cân|thu phí|dừng nghỉ|quan trắc|sạc|cấp nước|kiểm soát|kiểm lâm|kiểm dịch"
    "|xử lý nước thải|truyền thanh|đo mưa|vệ tinh|cứu hộ|thu phát sóng|khuyến nông|trung chuyển",
    "trụ": "sạc|điện|nước|atm|cứu hỏa|nước chữa cháy|bơm", "cột": "điện|bơm|đèn|phát sóng|cờ",
    "thùng": "rác|đựng rác|phiếu|hàng|thư", "tủ": "thuốc|điện|lạnh|rack",
    "kho": "hàng|lạnh|lương thực|chứa|thuốc|xăng dầu", "lò": "đốt|gạch|giết mổ|hơi|sấy", "lò đốt": "rác|chất thải",
    "cửa": "hàng xăng dầu|cống|khẩu|xả", "quầy": "thuốc|hàng|giao dịch", "tiệm": "vàng|cầm đồ",
    "nhà": "báo|tiêu|lưới|màng|kính|trọ|nghỉ|hàng|khách|xưởng|trẻ|công vụ|bia|nuôi yến|sinh hoạt cộng đồng"
    "|thi đấu|đa năng|xe|mồ|gươl|rông",
    "phòng": "trọ|họp|xét xử|thi|máy|bộ môn|khách|nghỉ|thực hành|thu âm|cách ly",
    "tổ": "an ninh cơ sở|bảo vệ an ninh trật tự|vay vốn|tiết kiệm và vay vốn|đội|máy|truyền thông|thu gom"
    "|cộng đồng|giám sát|bảo vệ rừng|xung kích|tự vệ|y tế|kiểm tra|giúp việc",
    "đội": "công tác|dân phòng|xung kích|bóng|tuyên truyền|văn nghệ|thanh niên tình nguyện|tình nguyện"
    "|quản lý thị trường|xây dựng|cứu hộ|thi|tàu",
    "chốt": "kiểm dịch|kiểm soát|kiểm tra|trực",
    "máy": "trạm|chủ|phun|bơm|phát điện|móc|cày|gặt|thở|chụp|xét nghiệm|in|quét|chiếu|lọc nước|x-quang|siêu âm|sấy|cấy"
    "|kéo|chạy thận|lấy số|tính bảng|tính xách tay|photocopy|atm|nông nghiệp",
    "xe": "đẩy tay|khách|tải|đạp|điện|cứu hỏa|chữa cháy|ép rác|chở rác|mô tô|cơ giới|thô sơ|lăn|bồn|container|đầu kéo"
    "|công nông",
    "tàu": "thuyền|hàng|du lịch|bay|kiểm ngư|kéo|hút cát", "cầu": "cảng|tàu|thang",
    "hồ": "chứa nước|thủy lợi|điều hòa|bơi", "giếng": "khoan|nước|đào|trời", "đường": "dây|dây nóng|băng|bay",
    "tuyến": "kênh|phố|xe buýt|buýt|đê|kè|cống|đường dây|cáp|xe|bay|vận tải|phố văn minh|đường hoa|mương"
    "|đường ống|đường huyện|đường tỉnh|du lịch",
    "mũi": "thi công", "đầu": "xe máy|mối", "lỗ": "hổng",
    "hố": "ga|xí|rác|chôn|tiêu", "cụm": "dân cư|thi đua|loa|pano|di tích|công trình|camera",
    "khu": "nhà ở|cách ly|nhà trọ|chế xuất|kinh tế|thương mại|vui chơi|cảng|bảo tồn|di tích",
    "vùng": "nguyên liệu|sản xuất|chuyên canh|an toàn dịch|nuôi|lõm sóng|lõm", "vườn": "ươm|cây|mẫu|rau|quốc gia|hộ",
    "bộ": "sách|thiết bị|máy tính|chỉ số|luật|đề|phận|quy tắc|quần áo|trang phục|tranh|lọc|kit|loa",
    "bộ máy": "vi tính|tính", "hệ thống": "lọc nước|cấp nước|camera|loa|tưới|truyền thanh|điện mặt trời",
    "bảng": "tin|hiệu|tin công cộng|điện tử|tên đường",
    "biển": "báo|hiệu|cảnh báo|quảng cáo|chỉ dẫn|báo hiệu|tên đường", "cống": "thoát nước|hộp|tròn|dưới đê",
    "ổ": "nhóm|dịch bệnh|cắm", "nhóm": "zalo|cộng đồng|đối tượng|tội phạm|tiết kiệm", "băng": "nhóm",
    "đoạn": "đường|đê|kè|tuyến|kênh|bờ sông", "thửa": "ruộng", "lô": "rừng", "túi": "thuốc|quà|an sinh|lương thực",
    "hộp": "thuốc|khẩu trang|thư", "gói": "quà|tin|cước|vay|hỗ trợ", "bình": "chữa cháy|gas|nước|phun thuốc|oxy",
    "vòi": "nước", "ki": "lô", "loa": "truyền thanh|phóng thanh|thông minh", "cụm loa": "truyền thanh|thông minh",
    "đài": "truyền thanh|phun nước|tưởng niệm", "bệ": "thờ", "mỏ": "cát|đá|đất|khoáng sản|than|vật liệu",
    "cây": "trồng|cầu|xăng|nước|atm|giống|số", "con": "giống|đường|tàu",
    "giấy": "khai sinh|xác nhận|khám sức khỏe|phép xây dựng|phép lái xe|chuyển viện",
    "phiếu": "lý lịch tư pháp|bầu|điều tra|chuyển|tín nhiệm|góp ý|đánh giá|hẹn",
    "thẻ": "đảng viên|atm|hội viên|nhà báo|hướng dẫn viên",
    "mã": "vùng trồng|qr|định danh|số cơ sở đóng gói|vạch", "tổng đài": "viên", "hòm": "thư|phiếu|thư góp ý",
    "rạp": "chiếu phim|hát", "trại": "giam|tạm giam|giống|heo|gà|nuôi|hè", "bè": "cá|nuôi",
    "ao": "nuôi|hồ|cá", "mái": "ấm|nhà", "suất": "học bổng|ăn|cơm|đầu tư", "buồng": "bệnh|giam|khử khuẩn",
    "vị trí": "sạt lở|đỗ xe|xung yếu|trọng điểm", "vụ": "kiện|án",
    "vụ, việc": "dân sự|hành chính",
}  # fmt: skip

COUNTED_KINDS: Final = tuple(f"{head} {kind}" for head, kinds in _KINDS.items() for kind in kinds.split("|"))
"""Every name of this module, in lower case; those that are counted together with others stand in counted.py."""
