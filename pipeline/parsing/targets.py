"""Targets (*mục tiêu, chỉ tiêu*): what the document's author commits to reach.

A figure is a target where its part of the document promises (see moods.py). What is counted needs more than that: a
comparator, a verb that makes things ("mở thêm 35 điểm thu"), or a heading that names goals; the size of a given list
("25 dịch vụ công") is none.
"""

from __future__ import annotations

from typing import Final

import regex

from models.figures import TARGET
from pipeline.parsing.claimed import SERVED
from pipeline.parsing.headings import heading_over, heading_weight, in_goals, in_purposes
from pipeline.parsing.moods import aimed, mood_of, promises
from pipeline.parsing.opinions import judged
from pipeline.parsing.patterns import Bounded
from pipeline.parsing.quantities import quantities_of
from pipeline.parsing.quantity import Quantity
from pipeline.parsing.reading import Block, Reading
from pipeline.parsing.regulations import is_built_so, lays_down, of_prizes, tells_parts
from pipeline.parsing.rewording import reworded, unit_of
from pipeline.parsing.sentences import clauses_of, sentences_of
from pipeline.parsing.sureness import sureness
from pipeline.records import Target, in_short

_PURPOSE: Final = Bounded(r"(?<!\p{L})(?:để|nhằm)(?!\p{L})")
_OF_A_LIST: Final = Bounded(
    r"(?<!\p{L})(?:gồm|bao gồm|trong số|trên tổng số|tổng số|của|thực hiện|triển khai|cung cấp|theo|với|tại|"
    r"trong|các|cho|đối với|về|từ|qua|vào|còn lại|cả|kinh phí)\s*$"
)
_MAKE: Final = (
    r"(?:tổ chức|xây dựng|mở|lắp đặt|ký|ký kết|trồng|đào tạo|tập huấn|bồi dưỡng|thành lập|phát triển|hình thành|"
    r"biên soạn|in|phát hành|hỗ trợ|kiểm tra|thanh tra|giám sát|hoàn thành|xúc tiến|chuyển giao|ứng dụng|"
    r"nâng cấp|sửa chữa|đầu tư|cấp|đưa|bố trí|thu hút|kết nạp|đăng|đăng tải|sản xuất|xóa|xoá|đón|khám|công nhận|"
    r"tạo|tạo việc làm|giải quyết việc làm|giới thiệu|tuyển|tuyển dụng|tuyển sinh|tư vấn|đào mới|phủ sóng|"
    r"làm|khởi công|khánh thành|nạo vét|cải tạo|duy trì|nhân rộng|viết|trao|tặng|vận động|chuyển đổi|số hóa|"
    r"số hoá|xuất khẩu|tiêm|khảo sát|tuyên truyền|trang bị|mua|tạo lập|củng cố|triển khai thí điểm|thí điểm|"
    r"xuất bản|thẩm định|ban hành|tham mưu|có|tiếp nhận|gieo|thả|nuôi|cắt|sáp nhập|sắp xếp|tinh giản|"
    r"điều trị|phẫu thuật|hướng dẫn|cải tiến|đề xuất|cử|chọn|lựa chọn|thu gom|phục hồi|khoanh nuôi|trồng mới|"
    r"gieo trồng|gieo cấy|huy động|"
    r"quyên góp|ủng hộ|hiến|khôi phục|xây|xây mới|xây lắp|lắp|lắp mới|(?<!sửa đổi, )bổ sung|đóng mới|"
    r"đưa vào (?:sử dụng|vận hành|khai thác)|xóa bỏ|triệt phá|trang cấp|cấp phát|cấp mới|làm mới|"
    r"thảm|rải|bê tông hóa|cứng hóa|nhựa hóa|ngầm hóa|"
    r"kiên cố hóa|kiện toàn|thiết lập|vận hành|bàn giao|nghiệm thu|phấn đấu|dựng|đặt|thay|thay thế|tu bổ|tôn tạo|"
    r"bồi đắp|gia cố|di dời|bố trí lại|tái định cư|khen thưởng|phát triển mới|mở mới|mở rộng|đào|khoan|đắp|"
    r"khám chữa bệnh|sàng lọc|xét nghiệm|phát|tổ chức lại|luân chuyển|đào tạo lại|hòa giải|truy quét|"
    r"giải tỏa|tích hợp|"
    r"kết nối|liên thông|làm sạch|cập nhật|chuyển hóa|chuyển hoá)"
)
_COLLECTING: Final = Bounded(
    r"(?<!\p{L}|nguồn )(?:truy thu|thu hồi|thu|huy động|vận động|giải ngân|tiết kiệm|xử lý|thu hút|quyên góp|cắt giảm)"
    r"(?: (?!ngân sách)\p{L}+){0,3}\s*$"
)
""" "Truy thu 12,3 tỷ đồng tiền thuê đất": money is a goal where it is to be gathered."""
_NO_OBJECT: Final = r"(?!(?:của|tại|cho|theo|với|các|trong|về|từ|và|những|toàn|đến|số|kế|năm)(?!\p{L}))"
_MAKING: Final = Bounded(rf"(?<!\p{{L}}){_MAKE}(?: {_NO_OBJECT}\p{{L}}+){{0,2}}\s*$")
""" "khám 1.200 lượt", "tổ chức thành công 02 hội nghị"."""
_HIRING: Final = Bounded(r"(?<!\p{L})(?:tuyển dụng|tuyển sinh|tuyển)$")
""" "Tuyển dụng đủ 120 chỉ tiêu viên chức": places are filled."""
_WHOLLY: Final = Bounded(r" (?:cả|đủ|xong|hết)$")
""" "Xóa cả 04 điểm đen"."""
_DONE_WITH: Final = Bounded(r"(?<!\p{L})(?:xóa|xoá|xóa bỏ|khắc phục|giải tỏa|di dời)(?: (?:cả|hết|đủ|xong))?$")
""" "Xóa cả 04 điểm đen còn lại": what is done away with is what is left."""
_NAMED: Final = Bounded(r"(?:tổng )?số (?!liệu|tiền)(?:\p{L}+ ){2,}\p{L}+$", regex.IGNORECASE)
""" "Số trạm lắp đặt mới trong năm là 45 trạm"."""
_MAKING_HEAD: Final = Bounded(rf"{_MAKE}(?!\p{{L}})")
""" "Lắp đặt mới trạm phát sóng: 58 trạm"."""
_LISTED_THINGS: Final = frozenset(
    "dịch vụ công|dịch vụ|thủ tục|thủ tục hành chính|tthc|nghị định|thông tư|nhiệm vụ|nội dung|giải pháp|nhóm|"
    "tiêu chí|chỉ tiêu|vấn đề|văn bản|quyết định|điểm|bước|phần|lĩnh vực|cấp|ngành|lần|trang|bộ|sở".split("|")
)
_MANY: Final = 1000
"""No list that an order refers to is as long."""
_SERVING: Final = Bounded(
    r"góp phần (?:hoàn thành|thực hiện|đạt)(?: thắng lợi| thành công)?(?: các)? mục tiêu[^,;.]{0,12}$"
)
""" "… góp phần hoàn thành mục tiêu 500 km đường": an aim set elsewhere that the work serves."""
_TIME_LIMIT: Final = Bounded(
    r"(?<!trong )thời hạn|thời gian (?:giải quyết|xét duyệt|thẩm định|tạm dừng) (?:hồ sơ|thủ tục)?"
)
_SHARED_COST: Final = Bounded(r"(?<!\p{L})(?:mỗi bên|các bên|đối ứng)(?: \p{L}+){0,3}\s*$")
_CONDITION: Final = Bounded(r"\s+(?:có thể|thì|số phiếu|sẽ bị|phải (?:giải trình|kiểm điểm|báo cáo))(?!\p{L})")
_MAIN_CLAUSE: Final = Bounded(r"(?<!\p{L})(?:cần|phải|phấn đấu|yêu cầu|giao|tiếp tục|đề nghị)(?!\p{L})")
_FORECAST: Final = Bounded(r"(?<!\p{L})(?:dự kiến|dự báo|ước tính|đăng ký)(?!\p{L})")
_PRODUCED: Final = frozenset(
    "chuyên mục|chuyên trang|chuyên đề|phóng sự|tin, bài|tin|bài|tin bài|bài viết|cuộc|cuộc kiểm tra|đợt|đợt kiểm tra|"
    "buổi|lớp|lớp tập huấn|mô hình|đề tài|hội nghị|cuộc đối thoại|lượt".split("|")
)
"""What is carried out by being made: "thực hiện 24 chuyên mục", not "thực hiện 25 dịch vụ công"."""
_GIVEN: Final = Bounded(r"[^,;.]{0,60}\b(?:còn lại|nêu trên|nói trên|đã được|kèm theo|thiết yếu|sau)(?!\p{L})")
_REACHING: Final = frozenset({"đạt", "đạt được", "đạt mức", "đạt tỷ lệ", "đạt khoảng", "ở mức", "gấp"})
_LEFT: Final = frozenset({"còn", "chỉ còn", "xuống còn", "giảm còn", "xuống", "lên", "tăng lên", "chiếm"})
_IMPROVE: Final = Bounded(
    r"(?P<verb>cải thiện và nâng cao|cải thiện, nâng cao|nâng cao|cải thiện|nâng hạng|nâng|tăng)\s+"
    r"(?P<what>(?:thứ hạng|xếp hạng|thứ bậc)(?= so với năm \d{4})|"
    r"(?:thứ hạng|xếp hạng|điểm số|điểm|vị trí|kết quả|mức độ)?\s*(?:của )?(?:các )?(?:chỉ số|bộ chỉ số|"
    r"par index|sipas|papi|pci|dti|ddci|pgi)[^.;:]{0,160})|"
    r"(?P<rank>(?:thứ hạng|xếp hạng|điểm số)[^.;:,]{0,80}?)\s+(?:được )?(?P<better>tăng|cải thiện|nâng lên|"
    r"nâng cao|cao hơn)"
    r"(?!\s*(?:tối thiểu|ít nhất|từ|thêm|trên|hơn)?\s*(?:từ\s*)?\d)(?P<rest>[^.;:]{0,80})|"
    r"(?P<index>(?:đối với [^,;.:]{3,90}, )?(?:chỉ số|bộ chỉ số|par index|sipas|papi|pci|dti|ddci|pgi|"
    r"điểm(?= \p{L}))(?!\p{L})[^.;:]{0,120}?),? (?:phấn đấu )?"
    r"(?:năm sau )?(?:cao|tốt) hơn (?:so với )?năm (?:trước|\d{4})"
)
_NAMED_INDEX: Final = Bounded(r"chỉ số|par index|sipas|papi|pci|dti|ddci|pgi|thứ hạng|xếp hạng|^điểm ")
_COMPARED: Final = Bounded(r"so với (?:cùng kỳ )?năm (?P<year>\d{4})")
_BEFORE_COMPARED: Final = Bounded(r",? so với|,? năm \d{4}$|,? phấn đấu")


def targets(reading: Reading) -> None:
    """Fill in ``facts.targets``."""
    for block in reading.blocks:
        if block.paragraph.zone == "table":
            continue
        found = quantities_of(reading, block)
        taken: Quantity | None = None
        for quantity in found:
            mood = mood_of(reading, block, quantity)
            said = None if mood is None else False
            if mood == "goal":
                said = _goes_on(reading.view.low, taken, quantity) or is_target(reading, block, quantity)
            holds, doubts = judged(reading, block, quantity, TARGET, said)
            if holds:
                reading.facts.targets.append(_target(reading, block, quantity, doubts))
            taken = quantity if said else taken
        if block.mood == "goal" and block.part == "node":
            _improvements(reading, block, found)


def is_target(reading: Reading, block: Block, quantity: Quantity) -> bool | None:
    """Whether a figure of a part that promises is a commitment; None where nothing says either."""
    if of_prizes(reading, block, quantity) or _is_aside(reading, block, quantity):
        return False
    if tells_parts(reading.view.low, quantity) or is_built_so(reading.view.low, quantity):
        return False
    if _SERVING.search(reading.view.low, quantity.clause, quantity.figure):
        return False
    if not aimed(reading, block, quantity) and lays_down(reading, block, quantity):
        return False
    if heading_weight(block.node) < 0 and quantity.comparator == "=" and _foreseen(reading, quantity):
        return False
    unit = quantity.unit.lower()
    if quantity.kind == "rank" or (quantity.kind == "scale" and unit not in ("điểm", "bậc", "hạng")):
        return True
    if quantity.kind == "scale":
        return bool(quantity.cues) or quantity.change != "level" or quantity.max is not None or None
    cued = (
        quantity.change != "level"
        or (quantity.comparator != "=" and not quantity.ranges)
        or bool(_REACHING & set(quantity.cues))
        or (quantity.kind not in ("counted", "thing") and bool(_LEFT & set(quantity.cues)))
    )
    if quantity.kind == "duration":
        return unit != "năm" and not _is_time_limit(reading, block, quantity) and (cued or None)
    if cued and not (quantity.cues == ("trên",) and unit in ("tỉnh", "địa phương")):
        return True
    return _is_to_be_made(reading, block, quantity)


def _foreseen(reading: Reading, quantity: Quantity) -> bool:
    """ "Dự kiến đến hết năm đạt 68 trạm", under a heading of how things stand: a forecast is no goal."""
    return _FORECAST.search(reading.view.low, quantity.clause, quantity.figure) is not None


def _is_aside(reading: Reading, block: Block, quantity: Quantity) -> bool:
    """Whether a figure stands in a purpose clause ("để đạt 100% …") or in a condition ("dưới 30% thì …")."""
    low = reading.view.low
    before = _before(low, block, quantity)
    clause = before[max(before.rfind(sign) for sign in ",:(") + 1 :]
    if _PURPOSE.search(clause) and not clause.strip().startswith(("tỷ lệ", "tỉ lệ", "số ", "không để")):
        return True
    if _SHARED_COST.search(before):
        return True
    if _CONDITION.match(low, quantity.figure_end):
        return True
    if not low.startswith(("để ", "nhằm "), quantity.sentence):
        return False
    main = max(quantity.sentence, low.find(", ", quantity.sentence))
    return _MAIN_CLAUSE.search(low, main, quantity.figure) is None


def _is_time_limit(reading: Reading, block: Block, quantity: Quantity) -> bool:
    """ "Thời hạn giải quyết không quá 05 ngày kể từ ngày nhận đủ hồ sơ"."""
    low = reading.view.low
    return _TIME_LIMIT.search(_before(low, block, quantity)) is not None


def _is_to_be_made(reading: Reading, block: Block, quantity: Quantity) -> bool | None:
    """Whether a plain number of things is one to be made or reached, not the size of a given list; None: neither."""
    low = reading.view.low
    lead = _before(low, block, quantity).rstrip()
    if quantity.cues[-1:] == ("từ",):
        lead = lead.removesuffix("từ").rstrip()  # "có từ 3 đến 5 hợp tác xã"
    if _GIVEN.match(low, quantity.figure, quantity.end) and not _DONE_WITH.search(lead):
        return False
    wholly = _WHOLLY.sub("", lead)
    lead = wholly if _MAKING.search(wholly) else lead
    if quantity.unit.lower() in _LISTED_THINGS and quantity.value < _MANY and not _HIRING.search(lead):
        return False
    if _OF_A_LIST.search(lead) and not _is_served_or_produced(lead, quantity):
        return None
    if quantity.kind == "thing" and not {" ", "-"} & set(quantity.unit):
        return None
    if in_goals(block.node):
        return True
    made = (
        _MAKING.search(lead)
        or _is_served_or_produced(lead, quantity)
        or (lead.endswith(":") and _MAKING_HEAD.match(lead))
    )
    if quantity.kind == "money":
        return _COLLECTING.search(lead) is not None or None
    return (bool(made) or bool(_NAMED.match(quantity.lead)) or None) and not lead.endswith(" quá")


def _is_served_or_produced(lead: str, quantity: Quantity) -> bool:
    """ "tạo việc làm cho 3.500 lao động", "thực hiện 24 chuyên mục"."""
    if lead.endswith(("thực hiện", "triển khai")):
        return quantity.unit.lower() in _PRODUCED
    return SERVED.search(lead) is not None


def _goes_on(low: str, taken: Quantity | None, quantity: Quantity) -> bool:
    """ "Hình thành ít nhất 100 hợp tác xã, 50 tổ hợp tác": a number of things beside one that is a target."""
    if taken is None or quantity.lead or quantity.cues:
        return False
    listed = taken.unit == quantity.unit and quantity.figure == quantity.clause
    if taken.clause != quantity.clause and not (listed and taken.sentence == quantity.sentence):
        return False  # "cử 12 viên chức học …; 05 viên chức học …" goes on with the list
    counts = {taken.kind, quantity.kind} <= {"counted", "thing"} and (
        quantity.kind == "counted" or " " in quantity.unit
    )
    counts = counts or (taken.kind == quantity.kind == "measure" and taken.unit == quantity.unit)
    return counts and quantity.unit.lower() not in _LISTED_THINGS and not is_built_so(low, quantity)


def _before(low: str, block: Block, quantity: Quantity) -> str:
    return low[max(block.words, quantity.clause, quantity.figure - 70) : quantity.figure]


def _target(reading: Reading, block: Block, quantity: Quantity, doubts: tuple[str, ...]) -> Target:
    wording = reworded(reading, block, quantity, quantity.indicator or heading_over(block.node))
    unit = unit_of(reading, block, quantity)
    sure, told = sureness(reading, block, quantity, TARGET, wording, unit, doubts)
    return Target(
        indicator=wording.words,
        direction=quantity.aim,
        comparator=quantity.comparator,
        value=quantity.value,
        unit=unit.name or None,
        period=quantity.year or reading.year(),
        baseline=quantity.baseline,
        display=in_short(wording.words, quantity.comparator, quantity.value, unit.name),
        section=block.section,
        **reading.fact(
            quantity.start,
            unit.end,
            "figure_in_goal",
            told,
            sure,
        ),
    )


def _improvements(reading: Reading, block: Block, found: list[Quantity]) -> None:
    """Indices that are to be better, without a figure."""
    low = reading.view.low
    for start, end in sentences_of(reading.view, block.words, block.paragraph.end):
        goal = promises(low, start, end) or in_goals(block.node) or in_purposes(block.node)
        if not goal and _COMPARED.search(low, start, end) is None:
            continue
        for begin, stop in clauses_of(reading.view, start, end):
            match = _IMPROVE.search(low, begin, stop)
            if match is None or any(match.start() <= q.figure <= match.end() for q in found):
                continue
            if not _PURPOSE.search(low, max(begin, match.start() - 30), match.start()):
                _improvement(reading, block, match, stop, found)


def _improvement(reading: Reading, block: Block, match: regex.Match[str], stop: int, found: list[Quantity]) -> None:
    text, low = reading.view.text, reading.view.low
    group = next(name for name in ("what", "rank", "index") if match[name])
    words = " ".join(text[match.start(group) : match.end(group)].split())
    words = _BEFORE_COMPARED.split(words)[0].strip(" ,")
    if words.lower() in ("thứ hạng", "xếp hạng", "điểm số"):
        earlier = [q.indicator for q in found if q.figure < match.start()]
        words = f"{words} {earlier[-1]}" if earlier else words
    if not _NAMED_INDEX.search(words.lower()):
        return
    base = _COMPARED.search(low, match.start(), stop)
    end = base.end() if base else match.end(group)
    reading.facts.targets.append(
        Target(
            indicator=words,
            direction="improve",
            comparator=None,
            value=None,
            unit=None,
            period=reading.year(),
            baseline=base["year"] if base else None,
            display=" ".join(text[match.start() : end].split()),
            section=block.section,
            **reading.fact(match.start(), end, "improvement"),
        )
    )
