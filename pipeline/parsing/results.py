"""Results (*kết quả đạt được*): measured outcomes that the document reports as reached; one entry a figure."""

from __future__ import annotations

from typing import Final

import regex

from diacritics.folding import fold
from models.figures import RESULT
from pipeline.parsing.claimed import SERVED
from pipeline.parsing.headings import heading_over
from pipeline.parsing.moods import mood_of
from pipeline.parsing.opinions import judged
from pipeline.parsing.patterns import Bounded
from pipeline.parsing.quantities import quantities_of
from pipeline.parsing.quantity import Quantity
from pipeline.parsing.reading import Block, Reading
from pipeline.parsing.regulations import is_built_so, regulates, tells_parts
from pipeline.parsing.rewording import reworded, unit_of
from pipeline.parsing.sureness import sureness
from pipeline.records import Result

_METHOD: Final = Bounded(
    r"(?<!\p{L})(?:gồm(?: có)?|bao gồm|vào|qua|theo|với|tại|trong|của|các|trên|từ|đối với|thuộc|giữa|cả|"
    r"chia (?:làm|thành)|cho|về|lần|mỗi|tất cả|hơn|cùng|điểm cầu)(?:\s+(?:tổng số|tổng))?\s*$"
)
_COMPOSED: Final = Bounded(r"(?<!\p{L})(?:bao )?gồm(?: có)?(?!\p{L})")
""" "Tuyến tỉnh gồm 01 bệnh viện đa khoa, 02 chi cục": what there is, no outcome; in brackets it divides one."""
_DESCRIBED: Final = Bounded(
    r"[^,;:]{2,60}? là (?:một )?(?:xã|phường|huyện|tỉnh|thị trấn|thành phố|địa phương|đơn vị|cơ quan)(?!\p{L})"
    r"[^;]*?(?<!\p{L})có "
)
""" "Xã A là xã vùng cao, có 11 bản, 1.026 hộ": what a place is like, no outcome."""
_METHOD_UNITS: Final = frozenset(
    "tiêu chí|nhóm|lĩnh vực|chỉ tiêu|nhiệm vụ|giải pháp|cấp|ngành|điểm cầu|tỉnh|phòng|sở|nội dung|năm|tháng|quý|"
    "tuần|"
    "giờ|phút|ngày làm việc".split("|")
)
_WITH: Final = Bounded(r"(?<!\p{L})với(?: (?:tổng số|số lượng|tổng cộng|sự tham gia của|gần|hơn|trên|khoảng))?$")
_TOGETHER_WITH: Final = Bounded(
    r"(?<!\p{L})(?:so|đối|cùng|phối hợp|làm việc|kết nối|ký kết|ký|gặp|gặp mặt|tiếp xúc|trao đổi|đối thoại|liên kết|"
    r"gắn|giáp|hợp tác|họp|kết nghĩa|tọa đàm|hội đàm)(?: \p{L}+){0,3} với(?: \p{L}+){0,3}$"
)
""" "làm việc với 15 xã": whom one met is no outcome."""
_ALLOTTED: Final = Bounded(
    r"(?<!\p{L})(?:dự toán|kế hoạch|chỉ tiêu|mục tiêu)(?: (?:phấn đấu|(?:được )?giao|\d năm|năm(?: \d{4})?|cả năm|"
    r"đề ra|đặt ra|vốn))*"
    r"(?: là)?$|/\s?(?:kh|ct|dt|kế hoạch|chỉ tiêu|dự toán)(?: \p{L}+)?$"
)
""" "đạt 59,2% dự toán (dự toán giao 338 tỷ đồng)": what was allotted is no outcome."""
_PLANNED: Final = Bounded(r"(?<!\p{L})(?:quyết nghị|được [^,;]{3,40} giao|giao dự toán|được phê duyệt)(?!\p{L})")
_DONE: Final = Bounded(r"(?<!\p{L})(?:ước|thực hiện|đạt|giải ngân|lũy kế|đã)(?!\p{L})")
_RULED: Final = Bounded(
    r"(?:thuế suất|mức phạt|quy mô (?:diện tích|dân số)|diện tích tự nhiên|thang điểm|điểm chuẩn|điểm tối đa|"
    r"cho điểm|mỗi \p{L}+ cho|tính trên|tổng (?:mức|vốn) đầu tư)[^,;]{0,20}$|"
    r"(?<!\p{L})(?:chiều dài (?:toàn |nhánh |qua địa bàn )?\p{L}+(?: \p{L}+){0,4}|"
    r"(?<!đáp ứng )nhu cầu (?:\p{L}+ ){0,3}(?:dự án|công trình)|công suất khai thác|dày|"
    r"phải (?:thu hồi|di dời|giải phóng|bồi thường|chuyển mục đích|kéo dài thêm)|"
    r"(?:giao|phân bổ) cho (?:huyện|xã|tỉnh|sở|thành phố|đơn vị|phường|ngành))(?::| là| khoảng)*$"
)
""" "Tổng chiều dài tuyến: 12km", "Nhu cầu của dự án là 300 m3": what a work or a place is like, no outcome."""
_DEED: Final = Bounded(
    r"(?:thụ lý|giải quyết|xét xử|bắt|bắt giữ|truy tố|điều tra|ghi nhận|phát hiện(?: mới)?) "
    r"(?:vụ|vụ việc|vụ, việc|vụ án|ca|ca mắc|cas|cas mắc|trường hợp|bị cáo|bị can|bệnh nhân|bn|đối tượng)"
)
_OF_OTHERS: Final = Bounded(
    r"(?<!\p{L})(?:của (?:các|nhiều|một số) (?:nước|quốc gia|nền kinh tế)(?! ta)(?!\p{L})|theo đánh giá của ngân hàng|"
    r"theo (?:dự báo|đánh giá) của (?:các tổ chức quốc tế|quỹ tiền tệ|imf|adb|wb))",
    needs=(" nước", " quốc gia", " nền kinh tế", " đánh giá của", " dự báo của"),
)
""" "Hệ số ICOR của các nước trong vùng là 4,3": brought in to compare with."""
_SELF_SCORED: Final = Bounded(
    r"(?:nội dung này |mục này |tiêu chí này |điểm )?tự (?:chấm|đánh giá)(?: điểm| tối đa)?", regex.IGNORECASE
)
_NO_MATTER: Final = Bounded(
    r"(?:ve |cong tac |tinh hinh |ket qua |danh gia |noi dung |uu diem|han che|ton tai|thuan loi|"
    r"kho khan|nhung |cac |mot so )"
)
_PASSED: Final = ("nghị quyết", "kế hoạch", "đề án", "nội dung", "tờ trình", "dự thảo", "báo cáo", "quy chế")
_GIVEN: Final = ("chương trình", "đề án", "nghị quyết", "chính sách", "chiến lược")
_LATE_OR_LESS: Final = frozenset(
    (
        "muộn",
        "chậm",
        "trễ",
        "quá hạn",
        "giảm",
        "rút ngắn",
        "cắt giảm",
        "xuống còn",
        "giảm còn",
        "giảm xuống còn",
    )
)
_STATED: Final = Bounded(
    r" (?:không|chưa|đạt|tăng|giảm|vượt|hoàn thành|bị|"
    r"được|đã|đang|còn|quá hạn|trong hạn|đúng hạn|trễ hạn|chậm)(?!\p{L})"
)
_REACHED: Final = frozenset(("đạt", "còn", "còn có", "mới đạt"))
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
_OUTCOME_VERBS: Final = Bounded(
    r"(?<!\p{L})(?:tiếp nhận|giải quyết|xử lý|tổ chức|ban hành|tham mưu|kiểm tra|thanh tra|phát hiện|cấp|đăng|"
    r"đăng tải|tuyên truyền|đào tạo|tập huấn|bồi dưỡng|hoàn thành|thành lập|xây dựng|thẩm định|phê duyệt|"
    r"công bố|rà soát|số hóa|số hoá|thu hút|hỗ trợ|trồng|khám|khám bệnh|điều trị|tiêm|xử phạt|khởi tố|bắt giữ|"
    r"triển khai|thực hiện(?: được)?|kết nạp|khen thưởng|tặng|trao|đón|phục vụ|bố trí|giải ngân|thu|chi|nộp|phạt|"
    r"chuyển|gửi|nhận|trả|cắt giảm|sắp xếp|tinh giản|tuyển dụng|bổ nhiệm|lắp đặt|cung cấp|đưa vào|duy trì|cử|mở|"
    r"in|phát|lập|giao|trình|góp ý|trả lời|quá hạn|trễ hạn|trước hạn|đúng hạn|gieo trồng|sản xuất|xảy ra|"
    r"ghi nhận|tuyển sinh|tuyển|xuất khẩu|nghiệm thu|kiện toàn|bầu|bầu bổ sung|chuẩn y|miễn nhiệm|luân chuyển|"
    r"điều động|"
    r"bổ sung|kỷ luật|khai trừ|cảnh cáo|cưỡng chế|thu hồi|tiêu hủy|thu gom|tiếp|thăm|sửa chữa|nâng cấp|nạo vét|"
    r"hòa giải|tư vấn|giới thiệu|chuyển giao|nhân rộng|hiến|ủng hộ|quyên góp|bàn giao|khai trương|ký kết|"
    r"ký)(?:\s+\p{L}+){0,2}\s*$"
)


def results(reading: Reading) -> None:
    """Fill in ``facts.results``."""
    subject = _author(reading)
    for block in reading.blocks:
        if block.paragraph.zone == "table":
            continue
        for quantity in quantities_of(reading, block):
            mood = mood_of(reading, block, quantity)
            said = None if mood is None else mood == "result" and _is_outcome(reading, block, quantity)
            holds, doubts = judged(reading, block, quantity, RESULT, said)
            if holds:
                reading.facts.results.append(_result(reading, block, quantity, subject, doubts))


def _is_outcome(reading: Reading, block: Block, quantity: Quantity) -> bool | None:
    """Whether a figure of a part that reports is an outcome, not a rule, a plan, or a description of method.

    None where nothing says either.
    """
    low = reading.view.low
    begin = quantity.figure - max(60, sum(len(cue) + 1 for cue in quantity.cues) + 40)
    before = low[max(block.words, quantity.clause, begin) : quantity.figure].rstrip()
    if regulates(reading) or _RULED.search(before) or _is_planned(low, block, quantity, before):
        return False
    if is_built_so(low, quantity) or _OF_OTHERS.search(low, quantity.sentence, quantity.figure):
        return False
    if quantity.unit.lower() == "tiêu chí" and "tai nạn" in low[quantity.sentence : quantity.figure]:
        return False  # "tai nạn giao thông giảm cả 03 tiêu chí": in how many ways
    if quantity.kind in ("scale", "rank"):
        return quantity.unit.lower() != "hạng"
    cues = set(quantity.cues)
    if quantity.kind == "duration":
        lead = quantity.lead.lower()
        told = bool(cues & _LATE_OR_LESS) or lead.startswith(("thời gian", "ngày điều trị", "ngày nằm viện", "số ngày"))
        told = told or lead.endswith(("muộn nhất", "chậm nhất", "trễ nhất", "lâu nhất"))
        return told and quantity.unit.lower() != "năm"
    if quantity.change != "level" or quantity.max is not None or SERVED.search(before):
        return True
    if _is_given(quantity, before) or tells_parts(low, quantity):
        return False
    if _divides(reading, block, quantity):
        return True
    stated = _STATED.match(low, quantity.figure_end) is not None
    if not stated and cues <= {"có"} and _lists_what_there_is(low[quantity.clause : quantity.figure]):
        return None
    return _counts_outcomes(quantity, cues, before, stated) or None


def _is_given(quantity: Quantity, before: str) -> bool:
    """ "nghe báo cáo triển khai 02 Chương trình": programmes that are carried out are none of its outcomes."""
    carried = before.endswith((" triển khai", " thực hiện")) and not quantity.cues
    return carried and quantity.unit.lower().startswith(_GIVEN) and " đã " not in before


def _counts_outcomes(quantity: Quantity, cues: set[str], before: str, stated: bool) -> bool:
    """Whether a plain number of things, of money or of a measure counts outcomes; `stated`: something is said of
    them ("02 chỉ tiêu không đạt")."""
    reached = cues & _REACHED or stated or before.endswith("hoàn thành") or "đã" in cues
    if quantity.unit.lower() in _METHOD_UNITS and not reached:
        return False
    made = _OUTCOME_VERBS.search(before) is not None
    if before.endswith("thông qua") and quantity.unit.lower().startswith(_PASSED):
        return True  # "trình HĐND tỉnh thông qua 02 nghị quyết"
    if quantity.kind == "thing" and not (cues & _COUNTING or made or stated):
        return False
    if quantity.kind == "counted" and before.endswith(" cho"):
        return True  # "đăng ký khai sinh cho 215 trường hợp"
    if cues & _COUNTING or quantity.kind == "money":
        return True
    if quantity.kind == "counted" and (_came_with(before) or before.endswith(("(gồm", "(bao gồm"))):
        return True
    if _METHOD.search(before) and not (quantity.kind == "measure" and before.endswith(" cho")):
        return False
    return quantity.kind in ("counted", "measure") or made


def _divides(reading: Reading, block: Block, quantity: Quantity) -> bool:
    """ "đoạt 47 giải, gồm 02 giải nhất": a list divides the things that its clause told of."""
    if quantity.cues or quantity.kind not in ("counted", "money", "measure"):
        return False
    low, head = reading.view.low, quantity.unit.partition(" ")[0]
    lists = max((m.start() for m in _COMPOSED.finditer(low, quantity.clause, quantity.figure)), default=0)
    told = (q for q in quantities_of(reading, block) if quantity.clause <= q.figure < lists)
    if quantity.kind != "counted":
        return any(q.unit == quantity.unit for q in told)
    return any(head in (q.unit.partition(" ")[0], *q.measure.split()) for q in told)


def _lists_what_there_is(before: str) -> bool:
    """Whether a list of what something is made of leads up to a figure, outside brackets."""
    if _DESCRIBED.match(before):
        return True
    starts = [match.start() for match in _COMPOSED.finditer(before)]
    return bool(starts) and before.count("(", 0, starts[-1]) == before.count(")", 0, starts[-1])


def _came_with(before: str) -> bool:
    """ "05 lớp, với 200 học viên", "phát tài liệu với 950 bản tin"."""
    return bool(_WITH.search(before)) and not _TOGETHER_WITH.search(before)


def _is_planned(low: str, block: Block, quantity: Quantity, before: str) -> bool:
    """ "HĐND quyết nghị tổng thu 900 tỷ đồng; trong đó …": what was allotted is no outcome."""
    if set(quantity.cues) <= {"là"} and _ALLOTTED.search(before):
        return True
    of_so_many = any(c.isdigit() for c in quantity.lead)  # "Trong 12 chỉ tiêu, có 09 …"
    if not of_so_many and quantity.lead.lower().endswith(
        ("mục tiêu", "chỉ tiêu", "kế hoạch", "chỉ tiêu giao", "kế hoạch giao")
    ):
        return True  # "thấp hơn mục tiêu 60%"
    start = block.words if low.startswith("trong đó", quantity.sentence) else quantity.sentence
    planned = [match.end() for match in _PLANNED.finditer(low, start, quantity.figure)]
    return bool(planned) and _DONE.search(low, planned[-1], quantity.figure) is None


def _author(reading: Reading) -> str | None:
    """The issuer in sentence case, as the body of a text names it."""
    issuer = reading.facts.header.issuer
    if issuer is None:
        return None
    return issuer if not issuer.isupper() else issuer[0] + issuer[1:].lower()


def _says_what_was_done(indicator: str) -> bool:
    """ "thụ lý vụ", "ghi nhận ca mắc": a deed and the bare thing; in what matter, the heading tells."""
    return _DEED.fullmatch(indicator.lower().removeprefix("đã ")) is not None


def _topic(block: Block) -> str:
    """The heading of a paragraph's own node where it names a matter."""
    heading = block.node.heading if block.node is not None else None
    return heading if heading is not None and not _NO_MATTER.match(fold(heading).lower()) else ""


def _result(reading: Reading, block: Block, quantity: Quantity, subject: str | None, doubts: tuple[str, ...]) -> Result:
    indicator = quantity.indicator or heading_over(block.node)
    if quantity.kind == "scale" and _SELF_SCORED.fullmatch(indicator):
        indicator = _topic(block) or indicator  # "Tự chấm: 2/2 điểm", for what the heading names
    if _says_what_was_done(indicator):
        indicator = f"{indicator} {_topic(block)}".strip()
    wording = reworded(reading, block, quantity, indicator)
    unit = unit_of(reading, block, quantity)
    sure, told = sureness(reading, block, quantity, RESULT, wording, unit, doubts)
    return Result(
        indicator=wording.words,
        subject=subject,
        direction=quantity.change,
        value=quantity.value,
        max=quantity.max,
        unit=unit.name or None,
        period=quantity.year or reading.year(last=False),
        baseline=quantity.baseline,
        section=block.section,
        **reading.fact(
            quantity.start,
            unit.end,
            "figure_in_report",
            told,
            sure,
        ),
    )
