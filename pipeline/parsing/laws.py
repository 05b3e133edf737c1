"""Names of laws, ordinances and codes in force (*tên luật, bộ luật, pháp lệnh*), folded: where a name with commas ends.

Names of laws are public facts; a law that the list lacks is still found, up to the first comma.
"""

from __future__ import annotations

from typing import Final

from diacritics.folding import fold

_NAMES: Final = """
An ninh mạng|An ninh quốc gia|An toàn thông tin mạng|An toàn thực phẩm|An toàn, vệ sinh lao động|Bảo hiểm xã hội|
Bảo hiểm y tế|
Bảo vệ bí mật nhà nước|Bảo vệ dữ liệu cá nhân|Bảo vệ môi trường|Bảo vệ quyền lợi người tiêu dùng|
Bảo vệ sức khỏe nhân dân|
Ban hành văn bản quy phạm pháp luật|Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân|Bình đẳng giới|
Cán bộ, công chức|
Căn cước|Căn cước công dân|Cảnh sát biển Việt Nam|Chăn nuôi|Chứng khoán|Chuyển giao công nghệ|Chuyển đổi số|
Công an nhân dân|
Công chứng|Công đoàn|Công nghệ cao|Công nghệ thông tin|Công nghiệp công nghệ số|Cạnh tranh|Cư trú|Dân quân tự vệ|Dân số|
Di sản văn hóa|Du lịch|Dược|Dữ liệu|Đa dạng sinh học|Dân sự|Đất đai|Đấu giá tài sản|Đấu thầu|Đầu tư|Đầu tư công|
Đầu tư theo phương thức đối tác công tư|Đê điều|Điện ảnh|Điện lực|Đo đạc và bản đồ|Doanh nghiệp|Đường bộ|Đường sắt|
Giám định tư pháp|Giám sát và phản biện xã hội|Giao dịch điện tử|Giao thông đường bộ|An toàn giao thông đường bộ|
Giao thông đường thủy nội địa|
Giáo dục|Giáo dục đại học|Giáo dục nghề nghiệp|Giá|Hải quan|Hàng không dân dụng Việt Nam|Hình sự|Hòa giải ở cơ sở|
Hoạt động giám sát của Quốc hội và Hội đồng nhân dân|Hôn nhân và gia đình|Hộ tịch|Hợp tác xã|
Hiến, lấy, ghép mô, bộ phận cơ thể người và hiến, lấy xác|
Kế toán|Khám bệnh, chữa bệnh|Khám chữa bệnh|Khí tượng thủy văn|Khiếu nại|Khoa học và công nghệ|
Khoa học, công nghệ và đổi mới sáng tạo|Khoáng sản|
Kiểm toán nhà nước|Kiến trúc|Kinh doanh bảo hiểm|Kinh doanh bất động sản|Lao động|Lâm nghiệp|Lưu trữ|Lý lịch tư pháp|
Luật sư|
Mặt trận Tổ quốc Việt Nam|Ngân hàng Nhà nước Việt Nam|Ngân sách nhà nước|Nghĩa vụ quân sự|Nhà giáo|Nhà ở|
Nhập cảnh, xuất cảnh, quá cảnh, cư trú của người nước ngoài tại Việt Nam|
Nuôi con nuôi|Năng lượng nguyên tử|Người cao tuổi|Người khuyết tật|
Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng|
Phá sản|Phòng bệnh|Phòng, chống bạo lực gia đình|Phòng, chống bệnh truyền nhiễm|Phòng, chống khủng bố|
Phòng, chống ma túy|Phòng, chống mua bán người|
Phòng, chống nhiễm vi rút gây ra hội chứng suy giảm miễn dịch mắc phải ở người (HIV/AIDS)|Phòng, chống rửa tiền|
Phòng, chống tác hại của rượu, bia|
Phòng, chống tác hại của thuốc lá|Phòng, chống tham nhũng|Phòng, chống thiên tai|Phòng cháy và chữa cháy|
Phòng cháy, chữa cháy và cứu nạn, cứu hộ|
Phòng thủ dân sự|Phổ biến, giáo dục pháp luật|Phí và lệ phí|Quản lý, sử dụng tài sản công|Quản lý thuế|Quản lý nợ công|
Quản lý ngoại thương|
Quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ|Quảng cáo|Quốc phòng|Quốc tịch Việt Nam|Quy hoạch|
Quy hoạch đô thị và nông thôn|
Sở hữu trí tuệ|Sĩ quan Quân đội nhân dân Việt Nam|Sử dụng năng lượng tiết kiệm và hiệu quả|Tài nguyên nước|
Tài nguyên, môi trường biển và hải đảo|
Tần số vô tuyến điện|Thanh niên|Thanh tra|Thể dục, thể thao|Thi đua, khen thưởng|Thi hành án dân sự|
Thi hành án hình sự|Thống kê|Thú y|
Thuế giá trị gia tăng|Thuế thu nhập cá nhân|Thuế thu nhập doanh nghiệp|Thuế tiêu thụ đặc biệt|
Thuế xuất khẩu, thuế nhập khẩu|
Thủ đô|Thủy lợi|Thủy sản|Thực hành tiết kiệm, chống lãng phí|Thực hiện dân chủ ở cơ sở|Thương mại|
Tiêu chuẩn và quy chuẩn kỹ thuật|
Tiếp cận thông tin|Tiếp công dân|Tín ngưỡng, tôn giáo|Tố cáo|Tố tụng dân sự|Tố tụng hành chính|Tố tụng hình sự|
Tổ chức Chính phủ|
Tổ chức chính quyền địa phương|Tổ chức Quốc hội|Tổ chức Tòa án nhân dân|Tổ chức Viện kiểm sát nhân dân|
Trách nhiệm bồi thường của Nhà nước|
Trẻ em|Trật tự, an toàn giao thông đường bộ|Trồng trọt|Trợ giúp pháp lý|Trưng cầu ý dân|
Ưu đãi người có công với cách mạng|
Viên chức|Việc làm|Viễn thông|Xây dựng|Xử lý vi phạm hành chính|Xuất bản|Xuất cảnh, nhập cảnh của công dân Việt Nam|
Biên phòng Việt Nam|
Báo chí|Bưu chính|Các tổ chức tín dụng|Chất lượng sản phẩm, hàng hóa|Đặc xá|Điều ước quốc tế|Hàng hải Việt Nam|
Hóa chất|Hỗ trợ doanh nghiệp nhỏ và vừa
"""
_PRINTED: Final = [fold(name).lower() for line in _NAMES.split("\n") for name in line.split("|") if name]
LAWS: Final = tuple(dict.fromkeys(form for name in _PRINTED for form in (name, name.replace(",", ""))))
"""With their commas and without."""
