"""Promise or report: whether a figure sets a goal or tells what was reached (*mục tiêu*, *kết quả*).

Nothing decides alone. What is said beside the figure, earlier in its sentence, in its paragraph, by the head of its
list, by the headings over it and by the type of the document is weighed together: above zero a figure promises, below
it reports, and at zero nothing is known. The nearer a word, the more it weighs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pipeline.parsing.headings import (
    REPORTS,
    heading_weight,
    heading_year,
    in_goals,
    list_head,
    opens_before_goals,
    spoken_weight,
)
from pipeline.parsing.patterns import Bounded, whole_words
from pipeline.parsing.quantity import Quantity
from pipeline.parsing.reading import Block, Mood, Reading

_PLANS: Final = frozenset({"Kế hoạch", "Chương trình", "Đề án", "Phương án", "Dự án", "Chỉ thị", "Công điện"})


_STRIVING: Final = whole_words(r"(?<!(?:chỉ tiêu|mục tiêu|tinh thần) )phấn đấu|quyết tâm")
_PROMISE: Final = whole_words(
    r"mục tiêu (?:đến|năm|đặt ra|là|tỷ lệ)|cam kết|hướng tới|chỉ tiêu (?:đến|năm)|(?<!đã )dự kiến|đặt mục tiêu|"
    r"đặt chỉ tiêu|"
    r"sẽ (?!được)|phải (?:đạt|bảo đảm|đảm bảo|hoàn thành)|"
    r"(?<!(?:đáp ứng|theo|bảo đảm|đảm bảo|các|những|được|có|số) )yêu cầu|"
    r"(?<!(?:hồ sơ|đơn|văn bản|được|có|đã) )đề nghị(?! (?:bãi bỏ|sửa đổi|bổ sung|thay thế|khen thưởng|truy tố|tặng)\s)|"
    r"(?<!(?:được|đã|trung ương|cấp trên|chính phủ|tỉnh|nhân dân|bàn|chuyển|các|dự toán|kế hoạch|chỉ tiêu|vốn|"
    r"nhiệm vụ) )"
    r"giao(?: cho)?(?= (?:các|phòng|sở|ban|ubnd|ủy ban|công an|văn phòng|trung tâm|chủ tịch|giám đốc|đồng chí|bộ|cục|"
    r"chi|"
    r"hội|đoàn|mặt trận|mttq|đơn vị|trưởng|thủ trưởng|bí thư|đảng ủy|viện|trường|kho bạc|thanh tra|tổ|"
    r"cơ quan)(?!\p{L}))"
)
_REPORT: Final = whole_words(
    r"đã(?! (?:được (?:giao|phê duyệt|ban hành|phân công|số hóa|số hoá|cấp|công bố|duyệt)|ban hành|đề ra|có|số hóa|"
    r"số hoá|phê duyệt|giao|đăng ký|được|đi vào hoạt động)(?!\p{L}))|"
    r"ước(?: tính)? (?:đạt|thực hiện|khoảng)|mới đạt|tính đến|l[ũu][ỹy] kế|kết quả đạt|đạt được (?:kết quả|\d)|"
    r"so (?:với )?cùng kỳ|xảy ra|ghi nhận|tự chấm|bị trừ|chỉ đạt|tụt|(?:cơ bản|hầu hết)? hoàn thành xuất sắc"
)
_TELLING: Final = whole_words(
    r"so với (?:(?:đầu|cuối) (?:năm|quý|tháng)|thời điểm|ngày \d)|"
    r"(?:qua|theo) (?:kiểm tra|theo dõi|rà soát|thống kê|tổng hợp|số liệu|khảo sát|báo cáo)|"
    r"ước (?:đạt|thực hiện|cả năm|tính)|(?:so (?:với )?|bằng [\d.,]+\s?% )cùng kỳ|l[ũu][ỹy] kế|(?:tính )?đến nay|"
    r"so với (?:tháng|quý|năm) (?:trước|\d{1,2}(?!\d))|hiện nay|hiện (?:có|còn)(?= (?:trên |khoảng )?\d)|(?:0?[2-9]|"
    r"1[01]) tháng (?:đầu )?năm|"
    r"(?:đạt|bằng|vượt) \d[\d.,]*\s?% (?:so với )?(?:kế hoạch|dự toán)|"
    r"đã (?:hoàn thành|đạt|triển khai|tổ chức|thành lập|thu hút|giải quyết|xử lý|tiếp nhận|vận động|huy động|"
    r"quán triệt|chỉ đạo|mở ra|làm)"
)
"""What a paragraph of outcomes says somewhere: an estimate of the year, a comparison, a share of the plan, a deed."""
_TELLING_HEAD: Final = Bounded(r"[\P{L}ivx]{0,8}(?:đánh giá|kết quả|tình hình|thực trạng)(?!\p{L})")
_REPORTING_TITLE: Final = Bounded(
    r"[^\p{L}]*(?:(?:một số|những) )?(?:kết quả|thành tích|tình hình|báo cáo|số liệu)(?!\p{L})"
)
""" "KẾT QUẢ NỔI BẬT": a text of no type that opens so reports."""
_BESIDE: Final = whole_words(
    r"so với (?:(?:đầu|cuối) (?:năm|quý|tháng)|thời điểm|ngày \d)|"
    r"so (?:với )?(?:cùng kỳ|(?:tháng|quý|năm) trước|tháng \d)|(?:kế hoạch|dự toán)(?: (?:năm|giao|được|cả|tỉnh)|$|"
    r"[,;.])|"
    r"cùng kỳ"
)
_DONE: Final = Bounded(
    r" (?:đã|chưa|đang (?:thực hiện|triển khai|xử lý|giải quyết|trình|hoàn thiện|xây dựng|điều trị|đề xuất))(?!\p{L})"
)
""" "13 nhiệm vụ đang thực hiện": what is said of counted things tells."""
_TOLD_PLAN: Final = Bounded(
    r"(?<!\p{L})(?:đã|đang) (?:xây dựng|ban hành|đăng ký|phê duyệt|trình|lập)(?!\p{L})[^.;]{0,120}?"
    r"(?:với mục tiêu|dự kiến|đặt mục tiêu|đã đăng ký|tối thiểu)"
)
""" "Tỉnh đã phê duyệt đề án với mục tiêu …": a plan that is told of is neither goal nor outcome."""
_NOW: Final = whole_words(
    r"(?<!(?:thực|xuất|phát) )hiện (?:tại|nay|mới|đang|đạt|là|trạng)|(?:năm|tháng|quý) trước (?:là|đạt)|"
    r"(?<=\()đến nay"
)
""" "đạt 90% (hiện tại là 39,5%)": where things stand."""
_IMPERATIVE: Final = whole_words(
    r"(?:tiếp tục )?(?:nâng|đưa|giảm|giữ|duy trì|bảo đảm|đảm bảo|rút ngắn|cắt giảm|tăng|phát triển|hoàn thành|xây dựng|"
    r"tổ chức|mở|thành lập|khống chế|phủ sóng|vận động|huy động)(?! (?:trưởng|thiểu|được|cường|\d))"
)
"""A sentence that begins with its verb orders or plans, unless it tells ("đã …")."""
_CITING: Final = Bounded(r"(?:căn cứ|thực hiện|thi hành|triển khai|xét|theo đề nghị)(?!\p{L})")
"""How the paragraphs of a preamble begin that name what a document rests on."""
_AT_LEAST: Final = frozenset(("tối thiểu", "ít nhất", "thấp nhất", "không dưới", "không thấp hơn", "≥", ">="))
_REACHED: Final = frozenset(("mới đạt", "chỉ đạt", "ước đạt", "ước", "còn", "chỉ còn", "xuống còn"))
_TIME_LEAD: Final = Bounded(
    r"(?:tính |trong |tuy nhiên, |riêng |từ đầu |phấn đấu )?(?P<to>đến (?:hết |cuối |nay, )?|hết |cuối )?(?:ngày |"
    r"tháng |quý |mùa khô |mùa |vụ |niên vụ )?(?:năm |năm học |6 tháng đầu năm |9 tháng năm |6 tháng năm |giai đoạn |"
    r"nhiệm kỳ )?"
    r"(?:(?:\d{1,2}[/.])?(?P<month>\d{1,2})[/.])?(?P<year>(?:19|20)\d\d)(?:\s?[-–]\s?(?P<last>(?:19|20)\d\d))?(?!\d)"
)
_YEAR_BESIDE: Final = Bounded(
    r"(?<!\p{L})(?<!(?:so với|bằng|của|hết|đến|từ) )năm (?P<year>20\d\d)(?::|,)?"
    r"(?: (?:toàn \p{L}+|là|có|còn|đạt|mới đạt|chỉ đạt|chỉ có|mới có|được|khoảng))*\s?$",
    needs=("năm 20",),
)
""" "đạt 75% (năm 2023: 62%)": the year stands right before the figure."""
_BY_YEAR: Final = Bounded(r"(?:đến|vào|trong|hết|cuối)(?: hết| cuối)? năm (?P<year>20\d\d)(?!\d)")


@dataclass(frozen=True)
class _Weights:
    """What each kind of evidence weighs; positive promises, negative reports.

    They are set so that the nearer outvotes the farther: striving beside a figure wins over any heading, a deed beside
    it over a heading of tasks but not over a heading of goals, a heading over the type of the document.
    """

    striving: float = 8
    striving_before: float = 4
    promise: float = 4
    report: float = -4
    now: float = -10
    compared: float = -2.5
    at_least: float = 3.5
    bound: float = 0.5
    imperative: float = 2
    reached: float = -1
    time: float = 5
    by_year: float = 4
    carried: float = 1.5
    telling: float = -4
    list_head: float = 4


_W: Final = _Weights()
_TASKS: Final = 3.0
"""The weight of a heading of tasks (see headings.py)."""


def promises(low: str, start: int, end: int) -> bool:
    """Whether the words of a stretch promise something."""
    return any(pattern.search(low, start, end) is not None for pattern in (_STRIVING, _PROMISE))


def reports(low: str, start: int, end: int) -> bool:
    """Whether the words of a stretch report something."""
    return _REPORT.search(low, start, end) is not None


def aimed(reading: Reading, block: Block, quantity: Quantity) -> bool:
    """Whether a goal is named over a figure or before it: by a heading, by the head of its list, in its sentence."""
    head = list_head(reading, block)
    return (
        in_goals(block.node)
        or promises(reading.view.low, quantity.sentence, quantity.figure)
        or (head is not None and spoken_weight(reading, head) >= 1)
    )


def mood_of(reading: Reading, block: Block, quantity: Quantity) -> Mood | None:
    """The mood of a figure; None where nothing tells."""
    known = reading.moods
    if quantity.figure not in known:
        known[quantity.figure] = _weighed(reading, block, quantity)
    return known[quantity.figure]


def _weighed(reading: Reading, block: Block, quantity: Quantity) -> Mood | None:
    low = reading.view.low
    cites = block.part == "preamble" and _CITING.match(low, block.words) is not None
    if cites and not _tells(reading, block) and not reports(low, block.words, quantity.figure):
        return None
    if _TOLD_PLAN.search(low, quantity.sentence, quantity.figure):
        return None
    over = _over(reading, block, quantity)
    estimates = over < 0 and reading.facts.header.kind in REPORTS
    weight = _beside(low, quantity, estimates) or _carried(low, quantity)
    weight += _of_time(reading, quantity) + over + _ordered(reading, quantity, over)
    if abs(weight) < 0.25:
        return None
    return "goal" if weight > 0 else "result"


def _beside(low: str, quantity: Quantity, estimates: bool) -> float:
    """What the words of the figure's own clause say; a report of the year "estimates" by "dự kiến", and promises
    nothing."""
    begin, figure = quantity.clause, quantity.figure
    weight = 0.0
    if _STRIVING.search(low, begin, figure):
        weight += _W.striving
    elif any(not (estimates and match[0] == "dự kiến") for match in _PROMISE.finditer(low, begin, figure)):
        weight += _W.promise
    if _REPORT.search(low, begin, figure):
        weight += _W.report
    if _NOW.search(low, quantity.start, figure):
        weight += _W.now
    cues = set(quantity.cues)
    weight += _of_deeds(low, quantity) + _of_bound(quantity)
    if cues & _REACHED:
        weight += _W.reached
    if _BESIDE.search(low, quantity.figure_end, min(quantity.end + 1, quantity.figure_end + 80)):
        weight += _W.compared
    return weight


def _ordered(reading: Reading, quantity: Quantity, over: float) -> float:
    """A sentence that begins with its verb; in a report "Tổ chức 12 lớp …" tells, where nothing over it looks ahead."""
    if over < 0 and reading.facts.header.kind in REPORTS:
        return 0.0
    ordered = quantity.max is None and _IMPERATIVE.match(reading.view.low, quantity.sentence, quantity.figure)
    return _W.imperative if ordered else 0.0


def _of_deeds(low: str, quantity: Quantity) -> float:
    """ "đã cấp 12 giấy phép", "thu hút được 27 chuyên gia", "13 nhiệm vụ đang thực hiện": a figure of what was done."""
    if quantity.comparator != "=":
        return 0.0
    word = low[max(quantity.clause, quantity.figure - 4) : quantity.figure].strip()
    done = word == "đã" or "đã" in quantity.cues
    gained = quantity.cues[-1:] == ("được",) and quantity.lead != ""
    told = quantity.kind in ("counted", "thing") and _DONE.match(low, quantity.figure_end) is not None
    return _W.report * (done + gained + told)


def _of_bound(quantity: Quantity) -> float:
    """A least or a most is promised; the lower end of a range is neither."""
    if quantity.ranges:
        return 0.0
    if set(quantity.cues) & _AT_LEAST or quantity.comparator == ">=":
        return _W.at_least
    if quantity.comparator == "<=" and quantity.kind != "rank":
        return _W.at_least - 1
    return _W.bound if quantity.comparator == "<" else 0.0


def _carried(low: str, quantity: Quantity) -> float:
    """A clause that says nothing of its own goes on in the mood of the sentence: "đã làm …; trên 80 ha lúa …"."""
    weight = 0.0
    if _STRIVING.search(low, quantity.sentence, quantity.clause):
        weight += _W.striving_before
    elif _PROMISE.search(low, quantity.sentence, quantity.clause):
        weight += _W.carried
    if _REPORT.search(low, quantity.sentence, quantity.clause):
        weight -= _W.carried
    return weight


def _over(reading: Reading, block: Block, quantity: Quantity) -> float:
    """What the list, the headings, the paragraph and the document say."""
    head = list_head(reading, block)
    listed = spoken_weight(reading, head) if head is not None else 0.0
    headed = _headed(reading, block) if block.part == "node" else 0.0
    weight = _W.list_head * listed + headed
    if not weight:
        weight = _prior(reading, block)
    if headed < _TASKS and listed <= 0 and _tells(reading, block):
        weight += _W.telling
    return weight


def _headed(reading: Reading, block: Block) -> float:
    """What the headings say; where they only name a year, whether it is over."""
    weight, own = heading_weight(block.node), _own_date(reading)
    year = heading_year(block.node)
    if not weight and opens_before_goals(reading, block.node):
        return -_TASKS
    if weight or own is None or year is None or year == int(own[:4]):
        return weight
    return _TASKS if year > int(own[:4]) else -_TASKS


def _tells(reading: Reading, block: Block) -> bool:
    """Whether a paragraph tells of outcomes: it promises nothing, and it or the opening of its node speaks of what
    was reached."""
    known = reading.telling.get(block.index)
    if known is None:
        low, start, end = reading.view.low, block.words, block.paragraph.end
        node = block.node
        opens = node is not None and node.heading is None and _TELLING_HEAD.match(low, node.start)
        known = bool(opens or _TELLING.search(low, start, end)) and not promises(low, start, end)
        reading.telling[block.index] = known
    return known


def _prior(reading: Reading, block: Block) -> float:
    """What the type of the document says; an unknown type is told by what the text says more often."""
    kind = reading.facts.header.kind
    if kind in REPORTS:
        return -2.0
    if kind is not None and block.part == "preamble" and reading.nodes:
        return -1.0  # what leads up to a plan or an order tells how things stand
    if kind in _PLANS:
        return 2.0
    if reading.leaning is None:
        low = reading.view.low[:200_000]
        if kind is None and _REPORTING_TITLE.match(low):
            reading.leaning = -2.0
            return reading.leaning
        told = sum(1 for _ in _TELLING.finditer(low))
        promised = sum(1 for pattern in (_STRIVING, _PROMISE) for _ in pattern.finditer(low))
        reading.leaning = -1.0 if told > promised else 1.0
    return reading.leaning


def _of_time(reading: Reading, quantity: Quantity) -> float:
    """A time before the document reports, one after it promises."""
    own = _own_date(reading)
    if own is None:
        return 0.0
    low, year = reading.view.low, int(own[:4])
    beside = _YEAR_BESIDE.search(low, max(quantity.clause, quantity.figure - 45), quantity.figure)
    if beside is not None and int(beside["year"]) <= year and beside["year"] < (reading.year() or ""):
        return _W.now
    for begin in dict.fromkeys((quantity.clause, quantity.sentence)):
        match = _TIME_LEAD.match(low, begin)
        if match is None:
            continue
        meant = int(match["last"] or match["year"])
        if meant != year:
            return -_W.time if meant < year else _W.time
        if match["month"] and match["to"] and int(match["month"]) <= 12 and own[5:7]:
            return -_W.time if int(match["month"]) <= int(own[5:7]) else _W.time
        break
    for match in _BY_YEAR.finditer(low, quantity.clause, min(quantity.end + 30, len(low))):
        if int(match["year"]) > year and "so với" not in low[max(quantity.clause, match.start() - 24) : match.start()]:
            return _W.by_year
    return 0.0


def _own_date(reading: Reading) -> str | None:
    """The document's date; where none is printed, that of the youngest document it names: it is no older."""
    if reading.own_date is None:
        named = [reference.date for reference in reading.facts.references if reference.date]
        reading.own_date = reading.facts.header.date or (max(named)[:4] if named else "")
    return reading.own_date or None
