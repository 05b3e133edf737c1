"""The words that units of Vietnamese administration are told by: heads, what ends them, what goes on with them.

No list of names: a head (Sở, Phòng, Lãnh đạo …), a name in capitals or words that modify it, and then a word that can
only begin a predicate. The patterns run on text in lower case.
"""

from __future__ import annotations

from typing import Final

import regex

from pipeline.parsing.patterns import any_of

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
    "các huyện", "các tỉnh", "các thôn", "các bản", "các ấp", "các xóm", "các buôn", "các khóm", "các khu phố",
    "chi, đảng bộ", "chuyên viên", "văn thư", "trưởng đoàn",
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
    "vụ trưởng", "người đứng đầu", "bộ trưởng", "thứ trưởng",
    "bí thư", "phó bí thư", "thành viên", "ủy viên", "tổ trưởng", "trưởng phòng", "trưởng ban", "trưởng khoa",
    "cán bộ", "công chức", "bcđ", "chủ dự án",
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
    "thuế cơ sở", "thuế tỉnh", "thuế thành phố", "bác sĩ", "nhân viên", "chi hội trưởng", "chi hội",
    "viện trưởng", "điều dưỡng trưởng", "thẩm phán", "kiểm sát viên", "chấp hành viên", "đại lý", "ban đại diện",
    "hộ kinh doanh", "hộ gia đình", "hộ dân", "giám thị", "tổng cục trưởng", "trạm kiểm lâm", "hạt quản lý",
    "viễn thông", "trưởng ấp", "trưởng xóm", "trưởng buôn", "trưởng khóm", "trưởng tiểu khu", "trưởng khu vực",
    "ubmttqvn", "mttqvn", "tổng liên đoàn", "bộ môn", "nhà mạng", "nhà đầu tư", "trung đội", "hải đội", "liên đội",
    "chi đoàn", "tòa soạn",
    "toà soạn", "cụm thi đua", "phòng giao dịch", "kế toán", "thủ quỹ", "thủ kho", "trợ lý", "luật sư", "giáo vụ",
    "nhóm trẻ", "thống kê tỉnh", "kiểm toán nhà nước", "khối thi đua", "tổng biên tập", "tổng thư ký", "chủ nhiệm",
    "viện nghiên cứu", "thống đốc", "tổng thanh tra", "toàn ngành",
    "tư vấn giám sát", "tư vấn thiết kế", "cụm chuyên môn", "cố vấn học tập", "cô đỡ",
    "kiểm lâm địa bàn", "tổng phụ trách", "xưởng",
    *(f"{trade} viên" for trade in (
        "cộng tác", "tuyên truyền", "báo cáo", "hòa giải", "hoà giải", "điều tra", "kỹ thuật", "kiểm toán",
        "công chứng", "trợ giúp", "thanh tra", "hướng dẫn", "giảng", "công an", "điều dưỡng", "tổ", "kiểm dịch",
        "huấn luyện",
        "phát thanh", "phóng", "biên tập",
    )),
    *(f"{led} trưởng" for led in (
        "đồn", "hạt", "trạm", "đội", "cụm", "khối", "nhóm", "lớp", "thôn", "bản", "ấp", "xóm", "xã đội", "trung đội",
        "hải đội", "kíp", "khoa", "liên đội", "phân xưởng",
    )),
    *(f"{each} {place}" for each in ("mỗi", "từng") for place in ("xã", "phường", "thôn", "bản", "ấp", "huyện")),
)  # fmt: skip
NO_UNIT: Final = regex.compile(
    r"(?:ban (?:hành|đầu)|bộ (?:máy|chỉ số|thủ tục|tiêu chí|quy tắc|luật|đội|tài liệu|đề|dữ liệu|mặt|câu)|"
    r"sở (?:hữu|thích)|"
    r"phòng(?: |, )(?:chống|ngừa|bệnh|cháy|dịch|thủ|vệ|tránh|họp|tuyến)|hội (?:nghị|thảo|thi|nhập|diễn|họp|"
    r"trường|chợ|đàm|đồng thi(?! đua))|"
    r"báo (?:cáo(?! viên)|chí|cháy|động)|đoàn (?:kết|kiểm tra|công tác)|viện (?:phí|dẫn|trợ)|trường (?:hợp|học thân)|"
    r"vụ (?:việc|án|mùa)|đội ngũ|đài thọ|cục (?:diện|bộ)|"
    r"cơ sở (?:dữ liệu|hạ tầng|vật chất|pháp lý|để|đó)|ngành nghề|khối lượng|"
    r"nhóm (?:các )?(?:nhiệm vụ|giải pháp|chỉ tiêu|tiêu chí|nội dung|nền tảng|dịch vụ|dự án|chính sách|vấn đề)|"
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
CALLED_BY_TRADE: Final = regex.compile(
    rf"(?:(?:{QUANTIFIERS})?(?:thành viên|ủy viên|tổ trưởng|trưởng|phó trưởng|lãnh đạo) |"
    rf"(?P<quantifier>{QUANTIFIERS})|)(?:trung tâm|hội đồng|tổ|đội|ban|phòng|khoa|trạm|cơ sở|đơn vị|cơ quan|"
    rf"tổ chức|doanh nghiệp|"
    r"công ty|hợp tác xã|ngành|trường|bộ phận|lực lượng|nhóm|cán bộ|viên chức|công chức|chuyên viên|giáo viên|"
    r"bệnh viện|"
    r"ban chỉ đạo|tiểu ban|câu lạc bộ|xí nghiệp|nhà máy|phòng khám|quỹ|hội|viện|đoàn)"
)
"""Heads that say nothing alone: what stands behind them is what they do for a living ("cơ sở đào tạo")."""
NAMING_VERBS: Final = (
    "thẩm định", "kiểm tra", "giám sát", "thanh tra", "tuần tra", "xử lý", "đánh giá", "thẩm tra", "nghiệm thu",
    "tiếp nhận", "xét duyệt", "kiểm soát", "quản lý", "điều hành", "khảo sát", "bồi thường", "tư vấn", "vận động",
    "giúp việc", "hướng dẫn", "điều phối", "bảo vệ", "phản ứng", "tuyên truyền",
)  # fmt: skip
"""What teams are called by, where a verb of their own stands behind it: "Hội đồng thẩm định thông báo"."""
FIRST_HALVES: Final = tuple(
    f" {word}"
    for word in (
        "thường trông giảng xét mua chi lắp chuyên canh kêu thúc tháo bốc chăn tuyển quản vận kiểm kháng phân "
        "cấm trao bàn "
        "chuyển đưa thi khen in nghe hội tiếp liên nội ngoại công vay cho"
    ).split()
)
"""Behind these a verb of one syllable is the second half of a word: "Thường trực", "lắp đặt"."""
MODIFIER: Final = regex.compile(
    r"(?:có (?:từ|trên|dưới|ít nhất) \d[\d.,]* \p{Ll}+(?: \p{Ll}+){0,2}? trở (?:lên|xuống)|"
    r"quản lý trực tiếp|chủ quản|(?:nêu|nói|kể) trên|(?<=cấp trên )trực tiếp(?: (?:của )?cơ sở)?|"
    r"(?<=(?:cục|cơ quan) )quản lý (?:chuyên ngành|thị trường|môi trường|đất đai|nuôi trồng thủy sản|ntts)|"
    r"(?<=(?:cục|cơ quan|đơn vị|tổ chức) )quản lý (?:đường (?:bộ|sắt|thủy)|trạm|đê điều|vận hành)|"
    r"(?<=chủ đầu tư )xây dựng,? (?:và )?kinh doanh(?: kết cấu)? hạ tầng|(?<=hộ )tái định cư|"
    r"đang (?:hoạt động|sản xuất,? kinh doanh|làm việc|sinh sống|công tác)(?= tại| trong| trên| ở)|trong và ngoài|"
    r"(?<=(?:tổ chức|cá nhân|hộ gia đình|nghiệp|cơ sở) )(?:khai thác,? )?sử dụng"
    r"(?= [^,;.:]{0,80} (?:(?:có|chịu) trách nhiệm|phải|cần)(?!\p{L}))|"
    r"còn (?:lại|tồn tại|hạn chế|thiếu)|"
    r"được (?:thanh tra|kiểm tra|giám sát|kiểm toán)(?:, (?:thanh tra|kiểm tra|giám sát))?|"
    r"được (?:giao(?: (?:chủ trì|theo dõi|nhiệm vụ|phụ trách))?|phân công(?: (?:theo dõi|phụ trách))?|"
    r"cử(?: đến| tham gia)?)|cử đến|"
    r"quản lý nhà nước|quản lý hành chính về trật tự xã hội|"
    r"phòng cháy,? (?:và )?chữa cháy(?: và cứu nạn,? cứu hộ)?|(?<=cá nhân )chi trả thu nhập|"
    r"sử dụng (?:ngân sách|lao động)|quản lý, sử dụng|có (?:liên quan|thẩm quyền|tthc|chức năng|"
    r"thu|rừng|biển|đê|biên giới|di tích|làng nghề|khu công nghiệp|dịch(?! vụ)|nguy cơ|nhu cầu|điều kiện)|"
    r"đăng ký đất đai|"
    r"(?<=(?:tổ chức|nghiệp|công ty) )cung cấp (?:phần mềm|thiết bị|nền tảng|hạ tầng|giải pháp|hàng hóa|thuốc|vật tư)|"
    r"(?<=(?:tổ chức|nghiệp) )(?:cung cấp(?: các)? dịch vụ(?: chi trả)?|chi trả(?: dịch vụ)?)|phục vụ hành chính công|"
    r"(?<=người )có công|(?<=cảnh sát )thi hành án hình sự(?: và hỗ trợ tư pháp)?|"
    r"(?<=cảnh sát )điều tra tội phạm về (?:trật tự xã hội|ma túy|(?:tham nhũng,? )?kinh tế"
    r"(?:,? (?:chức vụ|tham nhũng|buôn lậu|môi trường|ma túy))*(?: và (?:ma túy|chức vụ|môi trường))?)|"
    r"(?<=ban chỉ đạo )(?:vận động hiến máu(?: tình nguyện)?|thi hành án dân sự|"
    r"xây dựng nông thôn mới|thực hiện (?:quy chế dân chủ(?: ở cơ sở)?|"
    r"(?:các )?chương trình mục tiêu quốc gia))|"
    r"(?<=hội đồng )(?:xét (?:tốt nghiệp|tuyển|duyệt|chọn|thi đua|sáng kiến|nâng lương)|"
    r"phối hợp phổ biến,? giáo dục pháp luật|bồi thường, hỗ trợ(?:,| và) tái định cư|tự đánh giá)|"
    r"(?<=tổ công tác )(?:triển khai|thực hiện)(?: thực hiện)? đề án(?: số)? \d{1,3}|"
    r"(?<=lực lượng )(?:tham gia )?bảo vệ an ninh,? (?:và )?trật tự ở cơ sở|"
    r"(?<=đoàn )kiểm tra liên ngành|(?<=tuyên truyền )hỗ trợ người nộp thuế|(?<=giám sát )đầu tư của cộng đồng|"
    r"(?<=xúc tiến )đầu tư,? thương mại(?: và du lịch)?|"
    r"(?<=(?:đơn vị|tổ chức|nhà thầu) )tư vấn(?! (?:cho|về|việc|các|pháp))(?:,? (?:thiết kế|giám sát))*|"
    r"đóng quân(?: (?:tại|trên))?|(?<=cơ quan )(?:truyền thông|thông tin|thông tấn),? báo chí|"
    r"khám(?: bệnh)?,? chữa bệnh|làm công tác|làm việc tại|tham mưu, giúp việc|tham mưu tổng hợp)(?!\p{L})"
)
NAMED_VERB: Final = regex.compile(
    r"(?:Quản lý|QLDA)(?: dự án)?(?: đầu tư)? (?=(?:đầu tư|xây dựng)(?!\p{L}))|Kế hoạch\s?[-–,]\s?(?=tổng hợp)|"
    r"Tổ chức[ ,-]{1,3}(?=kiểm tra)|"
    r"Kiểm tra[ ,-]{1,3}(?=(?:thanh tra|giám sát))|Quản lý (?=(?:thanh tra|tổng hợp))|"
    r"(?:Kiểm soát|Quản lý|Giám sát) (?=(?:thanh toán|quyết toán|giải ngân)(?!\p{L}))"
)
"""Names of departments that hold a verb in lower case: "Ban Quản lý dự án đầu tư xây dựng tỉnh"."""
_SPELLED: Final = dict.fromkeys(form for head in HEADS for form in (head, head.replace("ủy", "uỷ")))
START: Final = regex.compile(
    rf"(?P<quantifier>{QUANTIFIERS})?(?:(?P<head>{any_of(_SPELLED)})(?<!, ban(?= quản lý dự án))|"
    rf"(?P<short>{any_of(SHORT_HEADS)}))(?![\p{{L}}])"
)
TOKEN: Final = regex.compile(r"\s*((?:[\p{L}\p{N}/&.\-–]|(?<=\p{Lu}),(?=\p{Lu}))*[\p{L}\p{N}]|[-–&]|[^\s])")
BARE_HEADS: Final = frozenset(
    "sở|bộ|ngành|bên|trường|cơ sở|tổ chức|trưởng|phó|chánh|thường trực|nhân dân|thanh tra|viễn thông".split("|")
)
"""Heads that are other words too: units only with a name, or one of these, behind them."""
OF_A_HEAD: Final = (
    "các ", "phòng", "ban ", "khoa", "thuộc", "khám", "đơn vị", "y tế", "giáo dục", "thôn", "hđnd", "tỉnh", "huyện",
    "nhân dân", "sở", "đào tạo", "sản xuất", "kinh doanh", "lưu trú", "dịch vụ", "kinh tế", "văn hóa", "giết mổ",
    "cai nghiện", "chăn nuôi", "chế biến", "nhóm", "trạm", "bộ môn", "khối thi đua", "cụm thi đua", "công an",
    "tiểu ban", "thành phố",
)  # fmt: skip
STOP: Final = regex.compile(
    r"(?:nào|mới(?= (?:có|chỉ|đạt|hoàn thành|được))|không(?= (?:quá|dưới) \d)|"
    r"đạt|thu đạt|dẫn đầu|xếp|đứng|chiếm|để|nhằm|xin|thì|mà|đã|là|như|về|vào|khi|do|(?<!mặt )bằng|sau khi|so với|"
    r"hiện|đóng vai trò|giữ vai trò|trở thành|tham gia vào|"
    r"đang|vẫn|còn|(?<!thiết )(?<!chuẩn )bị|nếu|và các nội dung|"
    r"tại (?:tờ|công văn|văn bản|báo cáo|quyết định|phiên|cuộc|hội nghị|kế hoạch|phiếu|nghị)|trong (?:quá|việc|"
    r"công tác|phạm vi|thời|năm|triển|giai|lĩnh|xây|thực|lãnh|đó|tổ))(?!\p{L})"
)
"""Words that end a unit without beginning a predicate that gives work."""
COMPOUNDS: Final = regex.compile(
    r"(?:thư ký|giáo dục thường xuyên|công nghệ thông tin|bầu cử|ứng cử|ban chấp hành|xây dựng đảng|"
    r"(?<=phòng )kế hoạch tổng hợp|(?<=đội )tham mưu tổng hợp|(?<=hội đồng )tuyển sinh|hồi sức cấp cứu|"
    r"ngoại giao|đăng ký|(?<!có )công lập|độc lập|"
    r"chứng nhận|chương trình|quy trình|công trình|lịch trình|lộ trình|"
    r"vận chuyển|tự chủ|đại lý|pháp lý|(?<=(?:tâm|đội|tổ|ban|phòng) )xử lý|thực tập|"
    r"đăng ký đất đai|(?<=bàn )giao|trợ giúp|việc làm|tâm (?:truyền thông|giám sát|kiểm soát|huấn luyện|điều hành|"
    r"nghiên cứu|quản lý|phát triển)|"
    r"ban kiểm tra|ban giám sát|(?<=(?:đài|và) )phát thanh|tiếp nhận và trả kết quả|quản lý đất đai|bảo vệ|nhân sự|"
    r"đề án|chất lượng (?:công trình )?xây dựng|vật liệu xây dựng|kinh tế xây dựng|"
    r"tín dụng|trật tự|hậu cần|(?<=tổ )giúp việc|tòa soạn|toà soạn|dân quân tự vệ|"
    r"(?<=tổ )tự quản|lưu trú|thi đua,? khen thưởng|"
    r"hồi sức tích cực|văn thư lưu trữ(?! hồ| tài| văn)|tiết kiệm và vay|cảnh sát (?:điều tra|quản lý)|"
    r"an ninh điều tra|cổng thông tin|"
    r"hỗ trợ tư pháp|người nộp|giáo dục,? đào tạo|hành chính (?:- )?quản trị|quỹ đầu tư phát triển|"
    r"thiên tai|tự đánh giá(?= chất)|thí nghiệm|tìm kiếm cứu|"
    r"sự nghiệp công|viện nghiên cứu|thừa hành|giao thông|giao dịch|giao nhận|trực thuộc|chuyên trách)(?!\p{L})"
)
PAIRED: Final = regex.compile(
    r"(?:.* )?(?:hành chính tổng hợp|kế hoạch đầu tư|xúc tiến đầu tư|đầu tư phát triển|thanh tra kiểm tra|"
    r"kiểm tra giám sát|đào tạo bồi dưỡng|tuyên truyền vận động|khảo thí kiểm định|nghiên cứu (?:ứng dụng|phát triển)|"
    r"văn thư lưu trữ|bác sĩ điều trị)|(?:cơ quan|đơn vị|bộ phận) (?:chủ trì|vận hành|cung cấp|tiếp nhận)"
)
"""Names whose last word may be a verb as well: part of the name where the predicate stands behind it."""
RELATIVE: Final = regex.compile(
    r"(?:có|được|chưa|(?<=(?<!\p{L})các [^,;.:]{0,60})đang(?! (?:tiếp tục|khẩn trương|phối hợp|chủ trì)))(?!\p{L})"
)
IN_CHARGE: Final = regex.compile(
    r"phụ trách(?: (?!(?:chịu|có) trách nhiệm|chủ trì|phối hợp)[\p{L}\-]+){1,14}?(?=[,;.:()]|$| (?:chịu|có) "
    r"trách nhiệm| chủ trì| phối hợp| chỉ đạo| trực tiếp| rà soát| báo cáo| đôn đốc| tiếp tục| khẩn trương| chủ động)"
)
""" "Cán bộ phụ trách lĩnh vực giám sát": what a post is in charge of belongs to it."""
DUTY: Final = regex.compile(
    r"(?:(?! thì )[^,;.:()]){0,90}?"
    r"(?=(?:chịu trách nhiệm|có trách nhiệm|chủ trì|phối hợp|phải|cần|tiếp tục|khẩn trương)(?!\p{L}))"
)
"""A clause about a unit ("các trường có tổ chức bán trú chịu trách nhiệm …") runs to the verb of its duty."""
CAPTION: Final = regex.compile(
    r"(?:cơ quan|đơn vị|bộ phận|phòng|cấp|người|thời gian|thời hạn|chủ trì|phối hợp|thực hiện|theo dõi|hoàn thành|"
    r"sản phẩm|kết quả|tiến độ)[^:;.,]{0,45}:"
)
"""A label line's caption: "đơn vị phối hợp: …"."""
PLACES_AFTER_COMMA: Final = regex.compile(
    r"(?:trung học|tiểu học|mầm non|thcs|thpt|tổ chức(?=,| và| có| khác| liên| chính| mới| hữu quan|"
    r" trực thuộc| thuộc| quản lý| đảng| xã hội| đoàn thể)|"
    r"ông|bà|"
    r"thị(?=,| và| thành)|thành(?= đoàn)|phòng(?! chống| ngừa| bệnh)|"
    r"đơn vị|cơ quan|xã|phường|thị trấn|thị xã|thành phố|huyện|quận|"
    r"đặc khu|(?:khu|cụm) (?:công nghiệp|công nghệ cao|chế xuất|kinh tế)|trực thuộc|ban|"
    r"ngành|nghề|đoàn thể|khu phố|thôn|bản|tỉnh|cơ sở|cá nhân|tổ dân phố|khoa|khối|"
    r"kinh doanh|chế biến|buôn bán|trật tự|số(?= \d)|công nhân(?! viên)|"
    r"quân đội|biên phòng|dân quân|kiểm lâm|cảnh sát)(?!\p{L})"
)
PERSON: Final = regex.compile(r"(?:ông|bà|đồng chí|đ/c|thầy|cô|anh|chị) ")
POST: Final = regex.compile(
    r"(?:phó |quyền )?(?:chủ tịch|giám đốc|bí thư|trưởng|chánh|hiệu trưởng|tổng giám đốc|cục trưởng|viện trưởng|"
    r"\p{L}+ trưởng|ủy viên|uỷ viên|thành viên|chuyên viên|thư ký|kế toán)(?!\p{L})"
)
"""What stands behind a person's name and comma."""
FORCES: Final = tuple("công an|quân đội|quân sự|biên phòng|bộ đội biên phòng|dân quân|kiểm lâm|cảnh sát".split("|"))
"""What forces are listed by under one head: "Lực lượng kiểm lâm, công an, quân đội"."""
