"""What a rule lays down is neither a goal nor an outcome: rates, limits of powers, conditions, quotas of prizes.

A document that regulates says so in its type or title ("Quy định …", "phân cấp …", "mức chi …"); a part of a plan that
regulates says so in its heading ("Tiêu chuẩn khen thưởng") or beside the figure ("mức hỗ trợ", "có nguyên giá").
"""

from __future__ import annotations

from typing import Final

from diacritics.folding import fold
from pipeline.parsing.patterns import Bounded
from pipeline.parsing.quantity import Quantity
from pipeline.parsing.reading import Block, Node, Reading

_KINDS: Final = frozenset(
    ("Luật", "Bộ luật", "Pháp lệnh", "Nghị định", "Thông tư", "Thông tư liên tịch", "Quy định", "Quy chế", "Điều lệ")
)
_RULING_KINDS: Final = frozenset(("Quyết định", "Nghị quyết", None))
"""Types that may promulgate rules; a plan "Kiểm soát thủ tục hành chính" has none."""
_TITLES: Final = Bounded(
    r"(?:(?:ve viec|viec|ve|ban hanh|sua doi|bo sung|mot so dieu|cua|cong bo|danh muc|moi|noi dung),? )*"
    r"(?:(?:quy )?dinh(?! chuc nang| huong)|quy che|dieu le|noi quy|quy tac|tieu chi danh gia|dinh muc|"
    r"muc (?:thu|chi|gia|ho tro|phi|dong)|khung gia|bang gia|don gia|phan cap|uy quyen|thu tuc hanh chinh|che do|"
    r"le phi|he so|tieu chuan)"
    r"(?!\p{L})"
)
_SCOPE: Final = Bounded(r"pham vi dieu chinh|doi tuong ap dung|giai thich tu ngu")
"""Headings that only rules have."""
_REFERRED: Final = 4
_PLANNED: Final = Bounded(
    r"(?<!\p{L})(?:ke hoach|chuong trinh|de an|bao cao|nang cao|cai thien|day manh|tang cuong|ket qua|chi thi)(?!\p{L})"
)
_HEADINGS: Final = Bounded(
    r"^(?:ve |quy dinh )?(?:tieu chuan|thang diem|xep loai|xep hang|muc (?:ho tro|chi|thu|phat|dong)|tham quyen|"
    r"dieu kien|"
    r"co cau giai|kinh phi|nguyen tac)(?!\p{L})|"
    r"(?<!\p{L})(?:khen thuong|bang khen|giay khen|giai thuong)(?!\p{L})|\(\d+ diem\)"
)
_PRIZE_HEADINGS: Final = Bounded(r"(?<!\p{L})(?:khen thuong|bang khen|giay khen)(?!\p{L})")
_BORNE: Final = Bounded(
    r"(?<!\p{L})(?:hỗ trợ|nộp|miễn|hoàn|trích|cấp|chi trả|hưởng|thu|bằng)(?: (?:tối đa|tối thiểu|thêm|"
    r"không quá))? [\d.,]+\s?%"
    r" (?:học phí|chi phí|kinh phí|giá vé|thuế|lãi suất|mức|tiền|lương|giá trị|số tiền|phí|giá|số thu)(?!\p{L})"
)
""" "hỗ trợ 50% học phí": the share of a cost that is borne."""
_TARIFF: Final = Bounded(
    r"(?<!\p{L})(?:mức (?:hỗ trợ|chi|thu|phạt|trợ cấp|đóng|bồi thường|phí|giá|lương|phụ cấp|vay|khoán)|lệ phí|"
    r"phí dịch vụ|tiền lương|mức lương|đơn giá|giá cụ thể|được hưởng|vốn điều lệ|có nguyên giá|nguyên giá|"
    r"nắm giữ|nếu|trường hợp|thuế suất|được tính|hệ số|thang điểm|giá trị đánh giá lại|giá khởi điểm|bị phạt|"
    r"phạt tiền|được hỗ trợ|hỗ trợ bằng|quy mô (?:diện tích|dân số|công suất)|công suất xử lý|tổng lượng nước thải)"
    r"(?!\p{L})"
)
"""Rates and thresholds that a rule lays down."""
_OF_EACH: Final = Bounded(
    r"(?<!\p{L})mỗi (?:lớp|khóa|khoá|đoàn|tổ|đội|nhóm|cụm|buổi|đợt|mô hình|câu lạc bộ|cuộc|phòng|ca|kíp|phiên|mẻ|"
    r"chuyến|gói|hộ chiếu)(?: (?!phấn đấu|đạt|tổ chức|xây dựng)\p{L}+){0,4}\s*$"
)
""" "mỗi lớp không quá 35 học viên": how large each is to be."""
_BUILT: Final = Bounded(
    r"(?<!\p{L})(?:mặt cắt|mật độ trồng|tần suất(?: \p{L}+){0,3}|độ tin cậy|sai số|cỡ mẫu|"
    r"(?:chiều|bề) (?:dày|rộng|cao)|đường kính|dung tích|thời lượng|theo thiết kế|diện tích (?:sử dụng|sàn|đất)|"
    r"quy mô mỗi \p{L}+|trọng tải|tải trọng|giá trị hợp đồng|thời gian (?:thực hiện|bảo hành) hợp đồng|"
    r"bảo hành|lãi suất|mức vay|mức trích(?: lập)?)"
    r"(?::| (?:là|khoảng|tối thiểu|tối đa|không quá|không nhỏ hơn|không dưới|không vượt|từ|bằng))*\s*$"
)
"""What a work, a sample, a contract or a loan is like."""
_BY_RULE: Final = Bounded(r" theo (?:quy định|định mức|hợp đồng|thiết kế|tiêu chuẩn|quy ước)(?!\p{L})")
""" "120 tiết theo quy định"."""
_PRIZES: Final = Bounded(r"(?<!\p{L})(?:khen thưởng|bằng khen|giấy khen|danh hiệu|bình xét|xét chọn)(?!\p{L})")
_PART: Final = (
    r"\d[\d.]* (?:xã|phường|thị trấn|đặc khu|thôn|ấp|bản|làng|xóm|buôn|khu phố|tổ dân phố|huyện|hộ(?: dân)?|"
    r"nhân khẩu|khẩu|dân tộc|phòng|ban|khoa|chi cục|trung tâm|đơn vị)"
)
_PARTS: Final = Bounded(
    r"(?:hiện(?: nay| tại)?,? |toàn )?(?:xã|phường|thị trấn|huyện|tỉnh|thành phố|sở|chi cục|trường|bệnh viện|công ty|"
    r"đơn vị|trung tâm|cơ quan)(?: \p{L}+){0,4} (?:có|gồm|bao gồm)(?: tổng số)? "
    rf"(?:{_PART}(?: sự nghiệp| trực thuộc| chuyên môn)*(?:, với|,| và| với) )*{_PART}(?!\p{{L}})"
)
_SAID_OF_PARTS: Final = Bounded(r"(?: (?!sự|nghiệp|trực|thuộc|chuyên|môn|nên|và|với|dân)\p{L}+)")
""" "Xã có 02 thôn chưa có điện": more is told than what there is."""
_PRIZED: Final = ("tập thể", "cá nhân", "trường hợp")


def regulates(reading: Reading) -> bool:
    """Whether the document is a set of rules."""
    if reading.regulates is None:
        header = reading.facts.header
        title = fold(header.title or "").lower()
        reading.regulates = (
            header.kind in _KINDS
            or any(_SCOPE.match(fold(node.heading or "").lower()) for node in reading.nodes)
            or (header.kind in _RULING_KINDS and (_rules_by_title(title) or _rules_by_text(reading.view.low)))
        )
    return reading.regulates


def _rules_by_title(title: str) -> bool:
    return _TITLES.match(title) is not None and _PLANNED.search(title) is None


def _rules_by_text(low: str) -> bool:
    """Whether a text without a telling title refers to its articles far more often than it speaks of goals."""
    referred = low.count("quy định tại khoản") + low.count("quy định tại điều") + low.count("quy định tại điểm")
    return referred >= _REFERRED and referred > 3 * (
        low.count("mục tiêu") + low.count("phấn đấu") + low.count("kết quả đạt")
    )


def lays_down(reading: Reading, block: Block, quantity: Quantity) -> bool:
    """Whether a figure is a rate, a threshold or a condition."""
    low = reading.view.low
    before = low[max(block.words, quantity.clause, quantity.figure - 70) : quantity.figure]
    return bool(
        _TARIFF.search(before)
        or _BORNE.search(low, max(quantity.clause, quantity.figure - 30), quantity.figure_end + 12)
        or quantity.unit.lower().startswith(("tuổi", "tháng tuổi"))
        or _headed(block.node, _HEADINGS)
        or regulates(reading)
    )


def is_built_so(low: str, quantity: Quantity) -> bool:
    """Whether a figure says what something is like or must be like by a rule: neither a goal nor an outcome."""
    if quantity.change != "level":
        return False
    if _BY_RULE.match(low, quantity.figure_end) and not {"đạt", "đạt được"} & set(quantity.cues):
        return True
    begin = max(quantity.sentence, quantity.figure - 80)
    own = max(begin, low.rfind(",", begin, quantity.figure) + 1, low.rfind("(", begin, quantity.figure) + 1)
    return bool(_OF_EACH.search(low, own, quantity.figure) or _BUILT.search(low, own, quantity.figure))


def tells_parts(low: str, quantity: Quantity) -> bool:
    """ "Xã có 11 ấp, 4.812 hộ": what a body or a place consists of was not reached, nor is it to be."""
    if quantity.kind not in ("counted", "thing"):
        return False
    parts = _PARTS.match(low, quantity.sentence, quantity.figure_end)
    return parts is not None and _SAID_OF_PARTS.match(low, quantity.figure_end) is None


def of_prizes(reading: Reading, block: Block, quantity: Quantity) -> bool:
    """ "tỷ lệ khen thưởng không quá 10% tập thể": how many may be rewarded."""
    low = reading.view.low
    if quantity.unit.lower() not in _PRIZED and not low.startswith(_PRIZED, quantity.figure_end + 1):
        return False
    said = _PRIZES.search(low, quantity.sentence, quantity.figure)
    return said is not None or _headed(block.node, _PRIZE_HEADINGS)


def _headed(node: Node | None, headings: Bounded) -> bool:
    """Whether a heading over a node names rules."""
    while node is not None:
        if node.heading and headings.search(fold(node.heading).lower()):
            return True
        node = node.parent
    return False
