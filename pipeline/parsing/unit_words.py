"""The words that units of Vietnamese administration are told by: heads, what ends them, what goes on with them.

No list of names: a head (Sở, Phòng, Lãnh đạo …), a name in capitals or words that modify it, and then a word that can
only begin a predicate. The patterns run on text in lower case.
"""

from __future__ import annotations

from typing import Final

import regex

QUANTIFIERS: Final = (
    r"(?:tất cả(?= các )|các đ/c|hai|ba|các|những|toàn thể|tất cả các|từng|mỗi|một số|đồng chí|các đồng chí|đ/c|"
    r"tập thể)\s+"
)

# One syllable: a unit only with a name in capitals after it, or in the plural.
SHORT_HEADS: Final = (
    "sở bộ ban phòng cục vụ viện trường hội đoàn đài báo tổ đội trạm quỹ khoa thuế nhóm khối ngành tòa toà hạt"
).split()
HEADS: Final = (
    "ủy ban nhân dân", "uỷ ban nhân dân", "ubnd", "hđnd", "hội đồng nhân dân", "hội đồng", "văn phòng", "trung tâm",
    "chi cục",
    "tổng cục", "học viện", "bệnh viện", "trường đại học", "trường cao đẳng", "trường thpt", "trường", "công an",
    "bộ chỉ huy",
    "bộ tư lệnh", "ban chỉ huy",
    "tỉnh đoàn", "thành đoàn", "huyện đoàn", "đoàn thanh niên", "liên đoàn",
    "hội liên hiệp",
    "thủ tướng", "phó thủ tướng", "tổ đại biểu", "đại biểu", "đại học",
    "đài truyền hình", "đài phát thanh", "đài tiếng nói", "thông tấn xã",
    "các tổ chức",
    "các xã", "các phường",
    "các huyện", "các tỉnh", "các thôn", "các bản", "chuyên viên", "văn thư", "trưởng đoàn",
    "hội nông dân", "hội cựu chiến binh", "hội phụ nữ", "ủy ban mặt trận", "ủy ban mttq", "ubmttq",
    "mặt trận tổ quốc", "mttq", "ủy ban",
    "uỷ ban", "kho bạc", "bảo hiểm xã hội", "bhxh", "ngân hàng", "tòa án", "toà án", "viện kiểm sát", "hải quan",
    "chi nhánh",
    "công ty", "tổng công ty", "tập đoàn", "ban quản lý", "ban chỉ đạo", "ban tổ chức", "ban tuyên giáo",
    "ban thường vụ", "ban chấp hành",
    "ban giám đốc", "ban giám hiệu", "ban lãnh đạo", "tổ công tác", "tổ giúp việc", "tiểu ban", "tỉnh ủy", "tỉnh uỷ",
    "thành ủy",
    "thành uỷ", "huyện ủy", "quận ủy", "thị ủy", "đảng ủy", "đảng uỷ", "chi bộ", "chi ủy", "đảng bộ", "cấp ủy",
    "cấp uỷ", "thường trực",
    "thanh tra", "bộ phận", "đơn vị", "cơ quan", "địa phương", "doanh nghiệp", "cơ sở", "đoàn thể", "chính phủ",
    "quốc hội",
    "vnpt", "viettel", "bưu điện", "điện lực", "chủ đầu tư", "nhà thầu", "nhà trường", "trạm y tế", "công đoàn",
    "phòng khám",
    "lãnh đạo", "thủ trưởng", "trưởng", "phó trưởng", "phó", "giám đốc", "phó giám đốc", "tổng giám đốc",
    "chánh văn phòng",
    "chánh thanh tra", "chính quyền", "liên minh", "tổ chức thành viên", "hội, hiệp hội",
    "báo và phát thanh, truyền hình", "báo và đài phát thanh",
    "chánh", "chủ tịch", "phó chủ tịch", "hiệu trưởng", "cục trưởng", "chi cục trưởng",
    "vụ trưởng", "người đứng đầu", "bộ trưởng",
    "bí thư", "phó bí thư", "thành viên", "ủy viên", "tổ trưởng", "trưởng phòng", "trưởng ban", "trưởng khoa",
    "cán bộ", "công chức",
    "viên chức", "người lao động", "giáo viên", "đảng viên", "đoàn viên", "hội viên", "thư ký", "kế toán trưởng",
    "trưởng thôn", "sở", "bộ", "ngành",
    "tổ chức chính trị", "tổ chức đoàn thể", "tổ chức đảng", "tổ chức hội", "tổ chức, cá nhân", "phòng, ban",
    "phòng ban", "phòng chuyên môn",
    "phòng chức năng", "phòng nghiệp vụ", "sở, ban, ngành", "sở, ngành", "ban, ngành", "hợp tác xã", "các cấp",
    "bộ, ngành", "người sử dụng lao động",
    "bến xe", "đoạn quản lý", "quân sự", "lực lượng", "chủ rừng", "chủ cơ sở", "chủ hộ", "chủ doanh nghiệp", "nhà hát",
    "bảo tàng", "thư viện",
    "nhà xuất bản", "nhà văn hóa", "nhà thiếu nhi", "vườn quốc gia", "ban dân tộc", "cổng thông tin", "tạp chí",
    "cảng vụ", "đồn biên phòng", "bộ đội biên phòng",
    "quân khu", "xí nghiệp", "nhà máy", "hiệp hội", "câu lạc bộ", "tổ dân phố", "ban công tác", "tổ hòa giải",
    "nhà hát", "trưởng bản", "trưởng khu phố", "tổ chức xã hội",
    "nhân dân", "phân hiệu", "trường học", "liên hiệp", "tổ đảng", "đảng đoàn", "ban cán sự", "ttyt", "bvđk", "lđlđ",
    "ủy ban bầu cử", "uỷ ban bầu cử", "ban xây dựng đảng", "bên", "hạt kiểm lâm", "đội thuế", "chánh án",
    "viện trưởng", "tổng cục trưởng", "trạm kiểm lâm",
)  # fmt: skip
NO_UNIT: Final = regex.compile(
    r"(?:ban (?:hành|đầu)|bộ (?:máy|chỉ số|thủ tục|tiêu chí|quy tắc|luật|đội|tài liệu|đề|dữ liệu|mặt|câu)|"
    r"sở (?:hữu|thích)|"
    r"phòng(?: |, )(?:chống|ngừa|bệnh|cháy|dịch|thủ|vệ|tránh|họp|tuyến)|hội (?:nghị|thảo|thi|nhập|diễn|họp|"
    r"trường|chợ|đàm|đồng thi(?! đua))|"
    r"báo (?:cáo|chí|cháy|động)|đoàn (?:kết|kiểm tra|công tác)|viện (?:phí|dẫn|trợ)|trường (?:hợp|học thân)|"
    r"vụ (?:việc|án|mùa)|đội ngũ|đài thọ|cục (?:diện|bộ)|"
    r"cơ sở (?:dữ liệu|hạ tầng|vật chất|pháp lý|để|đó)|ngành nghề|khối lượng|nhóm (?:nhiệm vụ|giải pháp|chỉ tiêu|"
    r"tiêu chí|nội dung)|"
    r"đơn vị (?:tính|hành chính)|thanh tra(?:, | )(?:kiểm tra|việc|công tác|các|đột xuất|theo|định kỳ)|"
    r"(?<!các )tổ chức(?! (?:chính trị|đoàn thể|thành viên|đảng|"
    r"hội(?! nghị| thảo| thi| họp| chợ| đàm| diễn| thao| trại| xuân)|"
    r"xã hội)|, cá nhân)|"
    r"tổ hợp|chính quyền (?:số|điện tử)|bộ phận (?:người|dân)|"
    r"cán bộ(?:,)? (?:hồ sơ|hóa)|bảo hiểm xã hội (?:tự nguyện|bắt buộc|một lần|cho|đối với|đạt|là)|"
    r"nhân dân (?:tệ|tin)|thành phần (?:hồ sơ|kinh tế|tham|dân)|quỹ đất|thuế suất|phó mặc|trưởng thành|"
    r"lãnh đạo(?:, | )(?:chỉ đạo|điều hành)(?!,? (?:các|sở|phòng))|lãnh đạo (?:việc|công tác|thực hiện|toàn diện|tốt|"
    r"triển khai))(?!\p{L})"
)
PREDICATES: Final = (
    "trong phạm vi (?:chức năng|nhiệm vụ|quyền hạn|trách nhiệm)|"
    "chủ trì|phối hợp|thực hiện|triển khai|chỉ đạo|tổ chức|xây dựng|tham mưu|hướng dẫn|theo dõi|đôn đốc|kiểm tra|"
    "giám sát|tổng hợp|"
    "báo cáo|rà soát|căn cứ|có trách nhiệm|chịu trách nhiệm|tiếp tục|tăng cường|đẩy mạnh|tập trung|bám sát|"
    "nghiêm túc|chủ động|"
    "thường xuyên|kịp thời|khẩn trương|bố trí|cử|lập|phân công|quán triệt|phổ biến|tuyên truyền|đề xuất|trình|"
    "phê duyệt|ban hành|"
    "xem xét|cung cấp|gửi|đăng ký|hoàn thành|bảo đảm|đảm bảo|thẩm định|cân đối|đánh giá|nghiên cứu|cập nhật|công "
    "khai|niêm yết|"
    "tiếp nhận|xử lý|giải quyết|khắc phục|nâng cao|phát huy|duy trì|là (?:cơ quan|đơn vị(?! (?:sự nghiệp|thuộc|"
    "trực thuộc))|đầu mối|thường trực)|"
    "làm (?:đầu mối|tốt|việc)|"
    "giúp|kiện toàn|phát động|vận động|huy động|lồng ghép|khai thác|vận hành|ứng dụng|đầu tư|mua sắm|bổ sung|sửa "
    "đổi|điều chỉnh|kết nối|"
    "chia sẻ|số hóa|số hoá|cần|phải|sẽ(?! (?:được|bị))|nêu cao|gương mẫu|chấp hành|quản lý|sử dụng|tham gia|hỗ trợ|"
    "đồng hành|tạo "
    "điều kiện|phản ánh|kiến nghị|"
    "định kỳ|hằng năm|hàng năm|hằng tháng|hàng tháng|hằng quý|hàng quý|trước ngày|chậm nhất|khi|nếu|trên cơ sở|"
    "theo|thông báo|thống nhất|"
    "quyết định|giao|yêu cầu|đề nghị|trực tiếp|tích cực|đổi mới|phát hiện|ngăn chặn|tuần tra|cùng|có (?:kế hoạch|"
    "văn bản|giải pháp|nhiệm vụ|biện pháp)|"
    "đưa|tập huấn|rút kinh nghiệm|nắm|tiến hành|thành lập|chuẩn bị|đón tiếp|phục vụ|truyền thông|đăng tải|ưu "
    "tiên|quan tâm|chú trọng|tổng kết|"
    "sơ kết|tự|chuyển|gắn|lấy|quyết toán|thanh toán|giải ngân|nhận|kiểm soát|mở|khảo sát|thống kê|phân tích|phân "
    "bổ|phát hành|soạn thảo|dự thảo|"
    "điều phối|điều tra|xác minh|xác định|tuân thủ|không|dựa|tiếp thu|hoàn thiện|cụ thể hóa|cụ thể hoá|lựa chọn|"
    "bàn giao|làm|"
    "thẩm tra|thi hành|đối chiếu|nghiên cứu|nghiệm thu|cam kết|đăng|viết|lưu|xuất bản|phân cấp|ký|mời|tiết kiệm|"
    "khuyến khích|phát triển|quy định|lãnh đạo|tư vấn|dàn dựng|trưng bày|mở rộng|trao đổi|diễn tập|trích|điều "
    "hành|nhắc việc|thẩm duyệt|xúc tiến|đề cử|bám|nộp|bình xét|chốt|xét|in ấn|đối thoại|quảng bá|hoàn chỉnh|liên "
    "hệ|biết|tiên phong|nỗ lực|phấn đấu|họp|đạo diễn|đồng chủ trì|biên soạn|trả lời|có ý kiến|ghi nhận|chấp thuận|"
    "triệu tập|trình bày|khen thưởng|biểu dương|ra quân|chịu sự|đề ra|kết hợp|tìm kiếm|thông tin|dành|sớm|"
    "ra (?:quyết định|văn bản|thông báo)|"
    "áp dụng|cấp (?:giấy|phép|thẻ|cho|lại|phát|kinh phí)|bồi thường|công bố|nêu rõ|ủy quyền|đáp ứng|thể hiện|phân loại|"
    "thúc đẩy|tuyển dụng|thiết lập|lắp đặt|chỉnh sửa|thay thế|chuẩn hóa|chuẩn hoá|thu hút|thu giữ|tháo gỡ|di chuyển|"
    "trang bị|thu thập|thu hồi|liên thông|khôi phục|tạo lập|kê khai|xác nhận|sửa chữa|bổ nhiệm|huấn luyện|đảm nhận|"
    "phát thanh|phát sóng|bảo dưỡng|bảo trì|mua(?! sắm)|khai báo|tiêu hủy|tiêm|phun|làm mới|treo|cắm|canh gác|"
    "đảm nhiệm|chấn chỉnh|"
    r"thanh tra(?= (?:trách nhiệm|việc|công tác|toàn diện|đột xuất|chuyên đề|theo)(?!\p{L}))|cấp phát|"
    r"(?!lâu |ngay |kịp )\p{Ll}+ (?:xong|ngay|dứt điểm)|"
    "phát tin|cảnh báo|cấm|túc trực|ứng trực|"
    "luôn|kế thừa|ký kết|trưng tập|chú ý|hoàn trả|tìm hiểu|xuất trình|giải trình|"
    "cắt giảm|tính toán|thông qua|chứng minh|thuyết minh|tra cứu|tận dụng|tạm dừng|tham khảo|loại bỏ|giữ vững|"
    "di dời|giữ nguyên|động viên|tiếp xúc|hủy bỏ|giữ gìn|tìm cách|ổn định|giải đáp|coi trọng|bắt đầu|"
    "niêm phong|mô tả|kiên trì|góp phần|quyết liệt|hoàn tất|củng cố|xác thực|nâng cấp|lắng nghe|"
    "công nhận|đề cao|vận dụng|tham dự|so sánh|kết thúc|kiên quyết|cài đặt|trưng cầu|chăm lo|"
    "đình chỉ|thảo luận|nhắc nhở|hưởng ứng|sẵn sàng|tích hợp|tranh thủ|ngăn ngừa|nghiêm chỉnh|"
    "sơ tán|liệt kê|kêu gọi|chung tay|rèn luyện|linh hoạt|tố giác|đấu tranh|sắp xếp|"
    "thăm hỏi|tôn vinh|kiểm điểm|xử phạt|phân luồng|khởi công|"
    "đẩy nhanh|đẩy lùi|gia hạn|hạn chế|khoanh vùng|khơi dậy|khơi thông|nạo vét|tinh giản|sáp nhập|nhân rộng|nhập liệu|"
    "trao tặng|gieo|chọn|nêu|đặt|ghi|hội ý|hướng về|khử khuẩn|"
    "tăng(?! trưởng)|giảm(?! nghèo| thiểu)|gặp(?! (?:khó|nhiều))"
)
PREDICATE: Final = regex.compile(rf"(?:{PREDICATES})(?![\p{{L}}])")
MODIFIER: Final = regex.compile(
    r"(?:quản lý trực tiếp|chủ quản|còn (?:lại|tồn tại|hạn chế|thiếu)|"
    r"được (?:giao(?: (?:chủ trì|theo dõi|nhiệm vụ|phụ trách))?|phân công(?: (?:theo dõi|phụ trách))?|"
    r"cử(?: đến| tham gia)?)|cử đến|"
    r"quản lý nhà nước|sử dụng (?:ngân sách|lao động)|quản lý, sử dụng|có (?:liên quan|thẩm quyền|tthc|chức năng|"
    r"thu)|đăng ký đất đai|"
    r"(?<=(?:tổ chức|nghiệp) )(?:cung cấp(?: các)? dịch vụ(?: chi trả)?|chi trả(?: dịch vụ)?)|phục vụ hành chính công|"
    r"khám(?: bệnh)?,? chữa bệnh|làm công tác|làm việc tại|tham mưu, giúp việc|tham mưu tổng hợp)(?!\p{L})"
)
NAMED_VERB: Final = regex.compile(
    r"(?:Quản lý|QLDA)(?: dự án)?(?: đầu tư)? (?=(?:đầu tư|xây dựng)(?!\p{L}))|Kế hoạch\s?[-–,]\s?(?=tổng hợp)|"
    r"Tổ chức[ ,-]{1,3}(?=kiểm tra)|"
    r"Kiểm tra[ ,-]{1,3}(?=(?:thanh tra|giám sát))|Quản lý (?=(?:thanh tra|tổng hợp))"
)
"""Names of departments that hold a verb in lower case: "Ban Quản lý dự án đầu tư xây dựng tỉnh"."""
_SPELLED: Final = dict.fromkeys(form for head in HEADS for form in (head, head.replace("ủy", "uỷ")))
HEAD_ALTERNATION: Final = "|".join(sorted((regex.escape(h) for h in _SPELLED), key=len, reverse=True))
START: Final = regex.compile(
    rf"(?P<quantifier>{QUANTIFIERS})?(?:(?P<head>{HEAD_ALTERNATION})|"
    rf"(?P<short>{'|'.join(SHORT_HEADS)}))(?![\p{{L}}])"
)
TOKEN: Final = regex.compile(r"\s*((?:[\p{L}\p{N}/&.\-–]|(?<=\p{Lu}),(?=\p{Lu}))*[\p{L}\p{N}]|[-–&]|[^\s])")
BARE_HEADS: Final = frozenset(
    "sở|bộ|ngành|bên|trường|cơ sở|tổ chức|trưởng|phó|chánh|thường trực|nhân dân|thanh tra".split("|")
)
"""Heads that are other words too: units only with a name, or one of these, behind them."""
OF_A_HEAD: Final = (
    "các ", "phòng", "ban ", "khoa", "thuộc", "khám", "đơn vị", "y tế", "giáo dục", "thôn", "hđnd", "tỉnh", "huyện",
    "sở", "đào tạo", "sản xuất", "kinh doanh", "lưu trú", "dịch vụ", "kinh tế", "văn hóa",
)  # fmt: skip
STOP: Final = regex.compile(
    r"(?:đạt|thu đạt|dẫn đầu|xếp|đứng|chiếm|để|nhằm|xin|thì|mà|đã|là|như|về|vào|khi|do|bằng|sau khi|so với|"
    r"hiện|đóng vai trò|giữ vai trò|trở thành|tham gia vào|"
    r"đang|vẫn|còn|bị|nếu|và các nội dung|"
    r"tại (?:tờ|công văn|văn bản|báo cáo|quyết định|phiên|cuộc|hội nghị|kế hoạch|phiếu|nghị)|trong (?:quá|việc|"
    r"công tác|phạm vi|thời|năm|triển|giai|lĩnh|xây|thực|lãnh|đó|tổ))(?!\p{L})"
)
"""Words that end a unit without beginning a predicate that gives work."""
COMPOUNDS: Final = regex.compile(
    r"(?:thư ký|công nghệ thông tin|bầu cử|ứng cử|ban chấp hành|xây dựng đảng|"
    r"ngoại giao|đăng ký|công lập|độc lập|chứng nhận|chương trình|quy trình|công trình|lịch trình|lộ trình|"
    r"vận chuyển|tự chủ|đại lý|pháp lý|(?<=(?:tâm|đội|tổ|ban|phòng) )xử lý|thực tập|"
    r"đăng ký đất đai|bàn giao|trợ giúp|việc làm|tâm (?:truyền thông|giám sát|kiểm soát|huấn luyện|điều hành|"
    r"nghiên cứu|quản lý|phát triển)|"
    r"ban kiểm tra|ban giám sát|(?<=(?:đài|và) )phát thanh|tiếp nhận và trả kết quả|quản lý đất đai|bảo vệ|nhân sự|"
    r"đề án|"
    r"tín dụng|"
    r"sự nghiệp công|viện nghiên cứu|thừa hành|giao thông|giao dịch|giao nhận|trực thuộc|chuyên trách)(?!\p{L})"
)
RELATIVE: Final = regex.compile(r"(?:có|được)(?!\p{L})")
IN_CHARGE: Final = regex.compile(
    r"phụ trách(?: (?!(?:chịu|có) trách nhiệm|chủ trì|phối hợp)[\p{L}\-]+){1,14}?(?=[,;.:()]|$| (?:chịu|có) "
    r"trách nhiệm| chủ trì| phối hợp)"
)
""" "Cán bộ phụ trách lĩnh vực giám sát": what a post is in charge of belongs to it."""
DUTY: Final = regex.compile(
    r"[^,;.:()]{0,70}?(?=(?:chịu trách nhiệm|có trách nhiệm|chủ trì|phối hợp|phải|cần)(?!\p{L}))"
)
"""A clause about a unit ("các trường có tổ chức bán trú chịu trách nhiệm …") runs to the verb of its duty."""
CAPTION: Final = regex.compile(r"(?:cơ quan|đơn vị|bộ phận|phòng|cấp|người|thời gian|thời hạn)[^:;.,]{0,45}:")
"""A label line's caption: "đơn vị phối hợp: …"."""
PLACES_AFTER_COMMA: Final = regex.compile(
    r"(?:tổ chức(?=,| và| có| khác| liên| chính| mới| hữu quan| trực thuộc| thuộc| quản lý| đảng| xã hội| đoàn thể)|"
    r"ông|bà|"
    r"thị(?=,| và| thành)|thành(?= đoàn)|phòng(?! chống| ngừa| bệnh)|"
    r"đơn vị|cơ quan|xã|phường|thị trấn|thị xã|thành phố|huyện|quận|"
    r"đặc khu|trực thuộc|ban|ngành|nghề|đoàn thể|khu phố|thôn|bản|tỉnh|cơ sở|cá nhân|tổ dân phố|khoa|khối)(?!\p{L})"
)
