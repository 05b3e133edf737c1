"""Results (*kết quả đạt được*): measured outcomes that the document reports as reached; one entry a figure."""

from __future__ import annotations

from typing import Final

import regex
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.parsing.patterns import SECONDS
from pipeline.parsing.quantities import Quantity, quantities_of
from pipeline.parsing.reading import Block, Reading
from pipeline.parsing.targets import is_promise
from pipeline.records import Result

_METHOD: Final = regex.compile(
    r"(?<!\p{L})(?:gồm(?: có)?|bao gồm|vào|qua|theo|với|tại|trong|của|các|trên|từ|đối với|thuộc|giữa|cả|chia (?:làm|thành)|cho|về|lần|mỗi|tất cả|hơn|cùng)(?:\s+(?:tổng số|tổng))?\s*$"
)
_METHOD_UNITS: Final = frozenset(
    "tiêu chí|nhóm|chỉ tiêu|nhiệm vụ|giải pháp|cấp|ngành|lớp|điểm cầu|tỉnh|phòng|sở|nội dung|năm|tháng|quý|tuần|giờ|phút|ngày làm việc".split(
        "|"
    )
)
_COUNTING: Final = frozenset(
    {
        "có",
        "còn có",
        "còn",
        "đã",
        "được",
        "đạt",
        "là",
        "đạt được",
        "mới",
        "chỉ",
        "tăng",
        "giảm",
        "trên",
        "hơn",
        "khoảng",
        "gần",
    }
)
_OUTCOME_VERBS: Final = regex.compile(
    r"(?<!\p{L})(?:tiếp nhận|giải quyết|xử lý|tổ chức|ban hành|tham mưu|kiểm tra|thanh tra|phát hiện|cấp|đăng|đăng tải|tuyên truyền|đào tạo|tập huấn|bồi dưỡng|hoàn thành|thành lập|xây dựng|thẩm định|phê duyệt|"
    r"công bố|rà soát|số hóa|số hoá|thu hút|hỗ trợ|trồng|khám|khám bệnh|điều trị|tiêm|xử phạt|khởi tố|bắt giữ|triển khai|thực hiện(?: được)?|kết nạp|khen thưởng|tặng|trao|đón|phục vụ|bố trí|giải ngân|thu|chi|nộp|phạt|"
    r"chuyển|gửi|nhận|trả|cắt giảm|sắp xếp|tinh giản|tuyển dụng|bổ nhiệm|lắp đặt|cung cấp|đưa vào|duy trì|cử|mở|in|phát|lập|giao|trình|góp ý|trả lời|quá hạn|trễ hạn|trước hạn|đúng hạn|gieo trồng|sản xuất|xuất khẩu|nghiệm thu)(?:\s+\p{L}+){0,2}\s*$"
)


@Language.component("vanban_results")
def results(doc: Doc) -> Doc:
    """Fill in ``facts.results``."""
    reading: Reading = doc._.reading
    subject = _author(reading)
    for block in reading.blocks:
        if block.paragraph.zone == "table" or block.part == "preamble" and reading.facts.header.kind is None:
            continue
        if block.part == "preamble" and block.mood != "result":
            continue
        for quantity in quantities_of(reading, block):
            if not is_promise(reading, block, quantity) and _is_outcome(reading, block, quantity):
                reading.facts.results.append(_result(reading, block, quantity, subject))
    return doc


def _is_outcome(reading: Reading, block: Block, quantity: Quantity) -> bool:
    low = reading.view.low
    if quantity.kind in ("scale", "rank"):
        return quantity.unit.lower() not in ("hạng",)
    before = low[max(block.words, quantity.figure - 50) : quantity.figure]
    if quantity.kind == "duration":
        return (
            bool(set(quantity.cues) & {"muộn", "chậm", "quá hạn", "giảm", "rút ngắn", "cắt giảm"})
            and quantity.unit.lower() != "năm"
        )
    if quantity.unit.lower() in _METHOD_UNITS and not set(quantity.cues) & {"đạt", "hoàn thành"}:
        return False
    if set(quantity.cues) & _COUNTING:
        return True
    if _METHOD.search(before, timeout=SECONDS):
        return False
    return (
        _OUTCOME_VERBS.search(before, timeout=SECONDS) is not None
        or before.rstrip().endswith((",", "và", ":", "("))
        or quantity.kind == "money"
    )


def _author(reading: Reading) -> str | None:
    """The issuer in sentence case, as the body of a text names it."""
    issuer = reading.facts.header.issuer
    if issuer is None:
        return None
    return issuer if not issuer.isupper() else issuer[0] + issuer[1:].lower()


def _result(reading: Reading, block: Block, quantity: Quantity, subject: str | None) -> Result:
    indicator = quantity.indicator or (block.node.heading if block.node and block.node.heading else "")
    return Result(
        indicator=indicator,
        subject=subject,
        direction=quantity.change,
        value=quantity.value,
        max=quantity.max,
        unit=quantity.unit,
        period=quantity.year or reading.year(),
        baseline=quantity.baseline,
        section=block.section,
        **reading.fact(
            quantity.start, quantity.end, "figure_in_report", 0.9 if quantity.kind in ("scale", "rank") else 0.75
        ),
    )
