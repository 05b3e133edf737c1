"""Verbs that a unit's predicate begins with: what bodies, posts and groups of them are told to do.

The class is open, so the list is long, and it is asked by its first syllable, whatever its length costs nothing. A
verb of one syllable counts where something follows it that it can govern; where a verb is the second half of a name
or of a compound, units.py knows.
"""

from __future__ import annotations

from functools import cache
from typing import Final, Literal, NamedTuple

import regex

from pipeline.parsing.patterns import parted

Kind = Literal["office", "trade", "short"]


class Verb(NamedTuple):
    """Where a verb ends, and of which of the three lists it is."""

    end: int
    kind: Kind


_OFFICE: Final = (
    r"còn(?= (?:phải|có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|đảm nhận|thực hiện|chủ trì))|"
    r"thường trực (?=24|tại|phòng|ứng|sẵn)|"
    r"trong phạm vi (?:chức năng|nhiệm vụ|quyền hạn|trách nhiệm)|"
    r"trong (?:điều kiện|khả năng) (?:có thể|cho phép)|chủ trì|phối hợp|thực hiện|triển khai|"
    r"chỉ đạo|tổ chức|xây dựng|tham mưu|hướng dẫn|theo dõi|đôn đốc|kiểm tra|giám sát|tổng hợp|báo cáo|rà soát|"
    r"căn cứ|có trách nhiệm|chịu trách nhiệm|tiếp tục|tăng cường|đẩy mạnh|tập trung|bám sát|nghiêm túc|"
    r"chủ động|thường xuyên|kịp thời|khẩn trương|bố trí|cử|lập|phân công|quán triệt|phổ biến|tuyên truyền|"
    r"đề xuất|trình|phê duyệt|ban hành|xem xét|cung cấp|gửi|đăng ký|hoàn thành|bảo đảm|đảm bảo|thẩm định|"
    r"cân đối|đánh giá|nghiên cứu|cập nhật|công khai|niêm yết|tiếp nhận|xử lý|giải quyết|khắc phục|nâng cao|"
    r"phát huy|duy trì|là (?:cơ quan|đơn vị(?! (?:sự nghiệp|thuộc|trực thuộc))|đầu mối|thường trực)|"
    r"làm (?:đầu mối|tốt|việc)|giúp|kiện toàn|phát động|vận động|huy động|lồng ghép|khai thác|vận hành|"
    r"ứng dụng|đầu tư|mua sắm|bổ sung|sửa đổi|điều chỉnh|kết nối|chia sẻ|số hóa|số hoá|cần|phải|"
    r"sẽ(?! (?:được|bị))|nêu cao|gương mẫu|chấp hành|quản lý|sử dụng|tham gia|hỗ trợ|đồng hành|tạo điều kiện|"
    r"trên tinh thần|với (?:vai trò|tư cách)|"
    r"phản ánh|kiến nghị|định kỳ|hằng (?:ngày|tuần|tháng|quý|năm)|hàng (?:ngày|tuần|tháng|quý|năm)|"
    r"mỗi (?:ngày|tuần|tháng|quý|năm)|kính(?= (?:báo cáo|đề nghị|trình|mời|gửi))|"
    r"trước ngày|"
    r"chậm nhất|khi|nếu|trên cơ sở|theo|thông báo|thống nhất|quyết định|giao|yêu cầu|đề nghị|trực tiếp(?! là(?!\p{L}))|"
    r"tích cực|đổi mới|phát hiện|ngăn chặn|tuần tra|cùng|có (?:kế hoạch|văn bản|giải pháp|nhiệm vụ|biện pháp)|"
    r"đưa|tập huấn|rút kinh nghiệm|nắm|tiến hành|thành lập|chuẩn bị|đón tiếp|phục vụ|truyền thông|đăng tải|"
    r"ưu tiên|quan tâm|chú trọng|tổng kết|sơ kết|tự|chuyển|gắn|lấy|quyết toán|thanh toán|giải ngân|nhận|"
    r"kiểm soát|mở|khảo sát|thống kê|phân tích|phân bổ|phát hành|soạn thảo|dự thảo|điều phối|điều tra|"
    r"xác minh|xác định|tuân thủ|không(?! (?:quá|dưới) \d)|dựa|"
    r"tiếp thu|hoàn thiện|cụ thể hóa|cụ thể hoá|lựa chọn|bàn giao|làm|"
    r"thẩm tra|thi hành|đối chiếu|nghiệm thu|cam kết|đăng|viết|lưu|xuất bản|phân cấp|ký|mời|tiết kiệm|"
    r"khuyến khích|phát triển|quy định|lãnh đạo|tư vấn|dàn dựng|trưng bày|mở rộng|trao(?! đổi)|trao đổi|diễn tập|trích|"
    r"điều hành|nhắc việc|thẩm duyệt|xúc tiến|đề cử|bám|nộp|bình xét|chốt|xét|in ấn|đối thoại|quảng bá|"
    r"hoàn chỉnh|liên hệ|biết|tiên phong|nỗ lực|phấn đấu|họp|đạo diễn|đồng chủ trì|biên soạn|trả lời|"
    r"có ý kiến|ghi nhận|chấp thuận|triệu tập|trình bày|khen thưởng|biểu dương|ra quân|chịu sự|đề ra|kết hợp|"
    r"tìm kiếm|thông tin|dành|sớm(?! nhất)|ra (?:quyết định|văn bản|thông báo)|áp dụng|"
    r"cấp (?:giấy|phép|thẻ|cho|lại|phát|kinh phí)|bồi thường|công bố|nêu rõ|ủy quyền|đáp ứng|thể hiện|"
    r"phân loại|thúc đẩy|tuyển dụng|thiết lập|lắp đặt|chỉnh sửa|thay thế|chuẩn hóa|chuẩn hoá|thu hút|thu giữ|"
    r"tháo gỡ|di chuyển|trang bị|thu thập|thu hồi|liên thông|khôi phục|tạo lập|kê khai|xác nhận|sửa chữa|"
    r"bổ nhiệm|huấn luyện|đảm nhận|phát thanh|phát sóng|bảo dưỡng|bảo trì|mua(?! sắm)|khai báo|tiêu hủy|tiêm|"
    r"phun|làm mới|treo|cắm|canh gác|đảm nhiệm|chấn chỉnh|"
    r"thanh tra(?= (?:trách nhiệm|việc|công tác|toàn diện|đột xuất|chuyên đề|theo)(?!\p{L}))|cấp phát|"
    r"phát tin|cảnh báo|cấm|túc trực|ứng trực|luôn|kế thừa|ký kết|trưng tập|chú ý|hoàn trả|tìm hiểu|"
    r"xuất trình|giải trình|cắt giảm|tính toán|thông qua|chứng minh|thuyết minh|tra cứu|tận dụng|tạm dừng|"
    r"tham khảo|loại bỏ|giữ vững|di dời|giữ nguyên|động viên|tiếp xúc|hủy bỏ|giữ gìn|tìm cách|ổn định|"
    r"giải đáp|coi trọng|bắt đầu|niêm phong|mô tả|kiên trì|góp phần|quyết liệt|hoàn tất|củng cố|xác thực|"
    r"nâng cấp|lắng nghe|công nhận|đề cao|vận dụng|tham dự|so sánh|kết thúc|kiên quyết|cài đặt|trưng cầu|"
    r"chăm lo|đình chỉ|thảo luận|nhắc nhở|hưởng ứng|sẵn sàng|tích hợp|tranh thủ|ngăn ngừa|nghiêm chỉnh|sơ tán|"
    r"liệt kê|kêu gọi|chung tay|rèn luyện|linh hoạt|tố giác|đấu tranh|sắp xếp|thăm hỏi|tôn vinh|kiểm điểm|"
    r"xử phạt|phân luồng|khởi công|đẩy nhanh|đẩy lùi|gia hạn|hạn chế|khoanh vùng|khơi dậy|khơi thông|nạo vét|"
    r"tinh giản|sáp nhập|nhân rộng|nhập liệu|trao tặng|gieo|chọn|nêu(?! trên)|đặt|ghi|hội ý|hướng về|khử khuẩn|"
    r"tăng(?! trưởng)|giảm(?! nghèo| thiểu)|gặp(?! (?:khó|nhiều))|"
)
"""What duties of office are told with."""
_TRADES: Final = (
    r"hạch toán|châm cứu|đánh (?:kẻng|trống|chìm)|truy vết|kèm cặp|xếp (?:lại|lịch|thời khóa|chỗ)|"
    r"kiểm sát(?! viên| nhân)|kháng nghị|khuyên|thương lượng|khấu trừ|chỉ dẫn|kéo dài|"
    r"be bờ|biên dịch|biên tập|biểu diễn|biểu quyết|biệt phái|bài trí|bàn thảo|bào chữa|bác bỏ|"
    r"bám (?:nắm|địa bàn|bản)|bãi bỏ|bình (?:bầu|xét|chọn)|bóc tách|bảo (?:lãnh|quản|tồn|hành|mật|trợ)|"
    r"bảo vệ(?= (?:các|nghiêm|rừng|hiện|mục|an|môi|chặt|quyền|tuyệt|thành|người|vững))|bế giảng|bỏ phiếu|"
    r"bố phòng|bốc dỡ|bồi dưỡng|bứt phá|canh (?:phòng|giữ)|chi (?:trả|tiền|hỗ trợ|tạm ứng)|"
    r"chia (?:nhóm|tổ|đợt|lô|ca)|chiêu sinh|chiếu sáng|cho (?:phép|thuê|vay|mượn|học sinh|nghỉ|ý kiến)|"
    r"chuyên nghiệp hóa|chuyển (?:giao|tuyến|viện|đổi|hồ sơ)|chào (?:giá|bán|mừng)|chôn lấp|"
    r"chú giải|chúc (?:mừng|thọ|tết)|chăm sóc|chất vấn|chỉ (?:định|rõ|huy)|chịu (?:trách|sự)|chứng nhận|"
    r"chứng thực|coi (?:sóc|trọng|giữ)|coi (?:thi|kiểm tra)|cách ly|cáng đáng|công chứng|cưỡng chế|"
    r"cải (?:tiến|thiện|tạo|cách(?= (?:quy|thủ|lề)))|cảm hóa|cảnh cáo|"
    r"cấp (?:mã|tài khoản|sổ|đổi|bù|nước|điện|thuốc|vật tư|đủ|mới|chứng chỉ|chứng nhận|bìa|bản sao)|cấp cứu|"
    r"cấu hình|cắt (?:điện|nước|tỉa|cử)|cắt cử|cứu trợ|duy tu|dàn xếp|dâng hương|dọn (?:vệ sinh|dẹp|sạch)|"
    r"dự (?:giờ|họp|trù|thi|báo|toán kinh phí|lễ)|dự báo|dự kiến|dự lễ|"
    r"dựng (?:hồ sơ|chuyên án|chòi|rạp|lán|cảnh)|ghi (?:hình|âm|sổ|chép|nhận)|ghi danh|gia cố|"
    r"giao (?:nhận|cho|trả|chỉ tiêu|kế hoạch|ban|lưu|khoán)|giám hộ|giám định|"
    r"giải (?:tỏa|toả|phóng|thích|đáp|trình|cứu)|giải thích|giải thể|giết hủy|giới thiệu|"
    r"dự (?:và|sinh hoạt)|gom (?:số liệu|hồ sơ|nhóm)|gánh vác|gây dựng|góp ý|gặp gỡ|hiện đại hóa|"
    r"hiệp thương|hiệu đính|hoà giải|"
    r"hoạch định|hòa giải|hạ (?:tải|cấp|giá)|hội chẩn|khai (?:giảng|mạc|trương|báo|quật)|khai trừ|khiển trách|"
    r"khuyến (?:cáo|nông|học)|khám (?:tuyển|sức khỏe|sức khoẻ|sàng lọc|nghiệm|phá)|khánh thành|khởi tố|"
    r"khử trùng|kiểm (?:đếm|kê|định|dịch|nghiệm|chứng|duyệt|phiếu)|kiểm phiếu|kê biên|kích hoạt|kế nhiệm|"
    r"kết nạp|kể chuyện|kỉ luật|kỷ luật|kỷ niệm|lan toả|lan tỏa|luyện tập|luân chuyển|luân phiên|"
    r"làm (?:việc|rõ|đường|thủ tục|hồ sơ|sạch|chủ|mẫu)|"
    r"lên (?:danh sách|kế hoạch|lịch|phương án|báo cáo|dự toán)|lấy (?:mẫu|ý kiến|phiếu)|lập trình|"
    r"miễn (?:nhiệm|giảm|phí)|mã hóa|móc nối|mời thầu|nghiêm cấm|nhân (?:rộng|giống)|nhân bản|"
    r"nhất trí|nhận xét|nhập (?:dữ liệu|kho|số liệu|hồ sơ|thông tin)|nuôi dưỡng|"
    r"nâng (?:mức|công suất|cấp|tỷ lệ|chất lượng)|nói (?:rõ|chuyện)|phong toả|phong tỏa|phá dỡ|"
    r"phát (?:phiếu|quà|thuốc|giấy|tờ|thẻ|sinh|loa|bản tin|dọn)|phát tán|"
    r"phân (?:ca|bổ|nhiệm|rã|làn|tuyến|luồng|chia|giao)|phê bình|"
    r"phòng (?:ngừa|tránh|chống)(?= (?:các|có|dịch|mọi))|phản biện|phỏng vấn|phổ cập|phụ đạo|"
    r"phục dựng|phục hồi|quay (?:phim|video)|quay lại|quy hoạch(?= (?:lại|cán|các|vùng|đất))|quyên góp|"
    r"quán xuyến|ra (?:đề|soát|mắt)|ra khơi|răn đe|san (?:gạt|lấp|ủi)|sao (?:lưu|chép|gửi|kê)|"
    r"sinh hoạt(?= (?:chuyên|định|ít|chi bộ|đảng|theo|\d))|soát xét|"
    r"sung công|suy tôn|sàng lọc|sưu tầm|tham vấn|thanh lý|thiết kế|"
    r"thu (?:tiền|lãi|phạt|gom|nộp|nợ|dọn|xếp|nhận|mua|phí(?= (?:đúng|theo|của|các)))|thu hoạch|thuyết phục|tháo dỡ|"
    r"thí điểm|thông tuyến|thương thảo|thẩm vấn|thắp sáng|thế chấp|thế chỗ|thụ lý|tinh gọn|"
    r"tiêu (?:úng|nước|thoát)|tiêu độc|tiến cử|tiếp (?:công dân|nhận|xúc|dân|đón|tế|sức)|tra (?:cứu|soát)|"
    r"trang trí|tri ân|truy (?:xét|bắt|thu|quét|tìm|tố)|truy cập|truy cứu|truy nã|truy xuất|"
    r"truyền (?:dạy|đạt|tải|thanh tiếp)|trích (?:lục|lập|xuất|nộp)|trích dẫn|trông (?:coi|giữ|nom)|trùng tu|"
    r"trả (?:kết quả|lời|lại|tiền|lương|thẻ|biên lai|hồ sơ)|trở lại|trợ (?:cấp|giúp|giá)|trợ giúp|"
    r"tu (?:sửa|bổ)|tuyên dương|tuyển (?:chọn|sinh|mộ|quân)|tài trợ|"
    r"tái (?:lập|cơ cấu|định cư|khởi động|chế|đàn)|tán thành|tính (?:điểm|lương|thuế|lại)|tóm tắt|tôn tạo|"
    r"tăng ca|tạm giam|tạm giữ|tạm ứng|tẩy uế|tập (?:hợp|kết|dượt|luyện)|tịch thu|từ chối|uỷ quyền|uỷ thác|"
    r"vinh danh|viện dẫn|vun đắp|vào (?:sổ|cuộc)|vào cuộc|vận chuyển|về (?:cơ sở|thôn|bản)(?= )|"
    r"vệ sinh (?=(?:lớp|trường|môi|phòng|khu|máy|chuồng|đường))|xuất (?:kho|cấp|hóa đơn|bản)|"
    r"xuống (?:cơ sở|thôn|địa bàn|từng)|xác lập|xã hội hóa|xét (?:nghiệm|xử|duyệt|chọn)|xóa mù|ôn tập|"
    r"đa dạng hóa|đi (?:thực tế|kiểm|cơ sở|sâu|đầu|từng|đến)|điều trị|điều động|đo (?:vẽ|đạc|đếm|lường)|"
    r"đào (?:tạo|đắp|hố)|đánh (?:dấu|giá|bắt)|đánh số|đính chính|đóng (?:dấu|quỹ|cửa|mở|bảo hiểm)|đóng góp|"
    r"đăng (?:tin|bài|nhập|cai)|đưa tin|đưa đón|đảm trách|đảm đương|đấu (?:giá|thầu|nối|tranh)|"
    r"đẩy tiến độ|đến (?:từng|tận)|đền bù|để mắt|định hướng|đối soát|đồng ý|đổ (?:bê tông|đất)|"
    r"đổi (?:mới|thẻ|sổ)|đỡ đầu|đứng (?:ra|điểm)|ước lượng|ước tính|ấn hành|ấn định|ủng hộ|ủy thác|"
    r"ứng (?:kinh phí|trước|vốn|cứu|phó)|ứng phó|"
)
"""What the trades that offices look after are told with: policing, schools, wards, fields, roads, courts."""
_SYLLABLES: Final = (
    r"soạn|lo|góp|gỡ|thả|xây|nêu(?! trên)|sắm|"
    r"bơm(?! tiêm| nước thải)|bán(?! kính| trú| hàng| lẻ| buôn| chuyên| công| tự)|bêu|bấm|bầu(?! cử)|bật|"
    r"bắt(?! buộc| nguồn)|chiếu|chôn|chấm|chặn|chở|chụp|cài|cấy|duyệt|dán|dạy|dập|dốc|dồn|dỡ|dừng|giục|"
    r"giữ(?! vai trò)|gánh|gọi(?! là| tắt| chung)|gộp|hiến|hoãn|huỷ(?! hoại)|hấp|hẹn|hủy(?! hoại)|in(?! ấn)|"
    r"khen|khoanh|khoán|khơi|kéo|lát|lùi|mượn|nghe|nghiệm|nghỉ|ngăn|ngừng|nhường|nhắc|nạo|nắm(?! giữ)|phạt|"
    r"quét|rà|răn|rước|rải|rắc|thay(?! mặt)|thuê(?! bao)|tháo|thúc|thăm|tiễn|trả|trồng(?! trọt)|"
    r"trực(?! tuyến| tiếp| thuộc| quan)|tìm(?! hiểu| kiếm)|tưới|tắt|tặng|vay|viếng|vá|vươn|vẽ|vớt|trao(?! đổi)|xoá|xóa|"
    r"xả|đo(?! lường)|đón|đóng(?! vai)|đẩy|đắp|đếm|đọc|đốt|ươm|"
)
"""Of one syllable: a verb only with something behind it."""
_DONE: Final = regex.compile(r"(?!lâu |ngay |kịp )\p{Ll}+ (?:xong|ngay|dứt điểm)(?!\p{L})")
""" "Các hộ dọn xong …": whatever is done at once, or brought to an end."""
_DONE_WORDS: Final = (" xong", " ngay", " dứt điểm")
_SYLLABLE: Final = regex.compile(r"\p{L}+")


def _by_syllable() -> dict[str, list[tuple[Kind, list[str]]]]:
    """The verbs that begin with a syllable, list by list."""
    lists: tuple[tuple[Kind, list[str]], ...] = (
        ("office", parted(_OFFICE)),
        ("trade", parted(_TRADES)),
        ("short", [f'{verb}(?=,? [\\w“"])' for verb in parted(_SYLLABLES)]),
    )
    found: dict[str, dict[Kind, list[str]]] = {}
    for kind, verbs in lists:
        for verb in verbs:
            syllable = _SYLLABLE.match(verb)
            assert syllable is not None, verb
            found.setdefault(syllable[0], {}).setdefault(kind, []).append(verb)
    return {first: list(by_kind.items()) for first, by_kind in found.items()}


_VERBS: Final = _by_syllable()


@cache
def _patterns(first: str) -> list[tuple[Kind, regex.Pattern[str]]]:
    """The patterns of the verbs that begin with a syllable: made when a text first has it, not at the start."""
    return [(kind, regex.compile(rf"(?:{'|'.join(verbs)})(?!\p{{L}})")) for kind, verbs in _VERBS[first]]


def verb_at(low: str, at: int, end: int | None = None) -> Verb | None:
    """Return the verb of a predicate that begins at an offset of a text in lower case."""
    end = len(low) if end is None else end
    syllable = _SYLLABLE.match(low, at, end)
    if syllable is None:
        return None
    for kind, verbs in _patterns(syllable[0]) if syllable[0] in _VERBS else ():
        match = verbs.match(low, at, end)
        if match is not None:
            return Verb(match.end(), kind)
    if low.startswith(_DONE_WORDS, syllable.end()):
        done = _DONE.match(low, at, end)
        return None if done is None else Verb(done.end(), "office")
    return None
