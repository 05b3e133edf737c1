"""Who is given work: the unit that a sentence makes its subject, orders, or names as a partner.

"Sở Y tế rà soát …", "Trong quá trình thực hiện, các đơn vị …", "Giao Sở Y tế …".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from pipeline.parsing.patterns import Pattern
from pipeline.parsing.people import actor_of, lists_people, names_person, place_of
from pipeline.parsing.reading import Block, Reading
from pipeline.parsing.sentences import clauses_of
from pipeline.parsing.unit_words import CAPTION
from pipeline.parsing.units import Subject, subject_of, unit_starts
from pipeline.parsing.verbs import verb_at

ORDER: Final = Pattern(
    "order",
    r"(?<!\p{L})(?:(?:kính|trân trọng|xin) )?(?P<verb>giao(?: cho| nhiệm vụ cho| trách nhiệm cho)?|yêu cầu|đề nghị|"
    r"kiến nghị|đề xuất|phân công|khuyến khích|(?:ủy|uỷ) quyền(?: cho)?|mời|do)"
    r"(?:(?<=nghị|xuất) với)?\s*:?\s+(?=\p{L})",
    "giao sở y tế",
    {"verb": "giao"},
)
BY_WHOM: Final = Pattern(
    "by_whom",
    r"(?:triệu tập và )?(?:chủ trì|triệu tập|chịu trách nhiệm|thực hiện|phụ trách|đảm nhiệm|đảm nhận|đảm trách|"
    r"đảm đương|cáng đáng|gánh vác|lo|làm (?:đầu mối|chủ đầu tư))(?!\p{L})",
    "chủ trì",
    {},
)
""" "do Sở Y tế chủ trì"."""
_TOPIC: Final = Pattern(
    "topic", r"(?:riêng )?(?:việc|nội dung|nhiệm vụ|phần)(?: này)? (?=\p{L})", "việc in tài liệu", {}
)
""" "Việc in tài liệu do Văn phòng lo", "Nhiệm vụ này giao cho Sở Tài chính"."""
_ASKING: Final = frozenset(("yêu cầu", "đề nghị", "kiến nghị", "đề xuất"))
_LIKE_ENCOURAGING: Final = tuple(
    f"{verb}{sign} "
    for verb in ("vận động", "động viên", "ưu đãi", "hỗ trợ", "thúc đẩy", "tạo điều kiện", "tuyên truyền", "thu hút")
    for sign in (",", " và")
)
_PROPOSING: Final = frozenset(("kiến nghị", "đề xuất"))
"""But where a report's sentence opens so, what somebody is to propose to somebody else: no order of the author's."""
_AUTHORS: Final = frozenset(("thành phố", "tỉnh", "huyện", "quận", "sở", "bộ", "ubnd tỉnh", "ubnd thành phố", "xã"))
"""How an author names itself for short: "Thành phố đề nghị các đơn vị …"."""
_ENUMERATOR: Final = Pattern("inline_enumerator", r"\((?:\d{1,2}|[a-zđ]|[ivx]{1,4})\) ", "(2) các đơn vị", {})
""" "gồm: (1) Sở Y tế rà soát …; (2) …"."""
_RECURRING: Final = Pattern(
    "recurring_or_counted",
    r"(?:thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười),? |"
    r"(?:định kỳ(?: hằng| hàng)?|(?:định kỳ )?(?:vào )?ngày \d{1,2} (?:hằng|hàng)|hằng|hàng|mỗi) "
    r"(?:\d{1,2} )?(?:năm|quý|tháng|tuần)"
    r"(?: \d{1,2} lần| một lần)? )(?=\p{L})",
    "định kỳ 06 tháng các đơn vị",
    {},
)
_IN_THE_COURSE: Final = Pattern(
    "in_the_course",
    r"(?:trong quá trình (?:triển khai |tổ chức )?thực hiện(?: kế hoạch(?: này)?)?,? ?)?"
    r"(?:nếu (?:có|gặp)(?: những)? (?:khó khăn|vướng mắc)(?:,? (?:khó khăn|vướng mắc))?(?: phát sinh)?,? )?(?=\p{L})",
    "trong quá trình thực hiện nếu có khó khăn vướng mắc các đơn vị",
    {},
)
""" "Trong quá trình thực hiện nếu có vướng mắc các đơn vị …": no comma parts the subject from what opens so."""
_APART: Final = Pattern("apart", r"riêng (?!đối với|về|tại|với)(?=\p{L})", "riêng khoa dược", {})
_SHARE: Final = Pattern(
    "share",
    r", (?P<apart>riêng )?(?=\p{Lu}|\p{Ll})",
    ", riêng khoa dược",
    {"apart": "riêng "},
)
HELPS: Final = Pattern(
    "helps",
    r"(?:chủ động |là (?:cơ quan|đơn vị) )?phối hợp(?!(?: chặt chẽ)?(?: với| cùng))"
    r"(?:(?=\s*(?:[.;,]|$)| về(?!\p{L}))|(?P<work> ))",
    "phối hợp thực hiện.",
    {"work": " "},
)
""" "X chủ trì; Y phối hợp": who helps with what another leads."""
_ATTRIBUTE: Final = Pattern(
    "attribute",
    r"(?<!\p{L})(?:kết quả|vai trò|tư cách|kế hoạch)[^;.]{0,90}? (?:của|là) (?=\p{L})",
    "kết quả kiểm tra của sở",
    {},
)
"""Behind these a unit is whose, not who: what follows its comma goes on with no list."""
_SUBORDINATE: Final = (
    "trong ", "khi ", "nếu ", "căn cứ ", "trên cơ sở", "để ", "sau ", "theo ", "hằng ", "hàng ", "định kỳ", "trước ",
    "đối với",
    "tiếp tục", "nhằm ", "từ ", "kết thúc", "hết ", "cuối ", "thừa lệnh", "thừa ủy quyền", "hàng", "khẩn trương",
    "ngoài ", "tuy nhiên", "bên cạnh", "quá trình", "quá thời hạn", "quá hạn",
    "đến ", "với vai trò", "với tư cách", "trường hợp ",
    "cùng với ", "tùy theo ", "ngay ", "chậm nhất", "vào ",
)  # fmt: skip
_ON_THE_BASIS: Final = "trên cơ sở "
_DUTIES: Final = (
    "cần ",
    "phải ",
    "chủ trì",
    "có trách nhiệm",
    "chịu trách nhiệm",
    "tổng hợp",
    "tiếp tục",
    "khẩn trương",
)
_ABOUT: Final = Pattern("about_whom", r"(?:đối với|về phía|riêng) (?=\p{L})", "đối với các đơn vị", {})
_ROLE: Final = regex.compile(r"(?:chủ trì|phối hợp|thực hiện|theo dõi|thời (?:gian|hạn)|hoàn thành|kết quả)")
""" "Bộ phận thu phí: đối soát …" is no label line."""
_COUNTED: Final = Pattern(
    "counted_behind_colon", r": (?:\d[\d.,]*|không(?=[.;]?$)) ?", "phải xử lý: 15 đơn", {}, needs=(":",)
)
_DUE: Final = Pattern("due", r"(?<!\p{L})(?:trước|chậm nhất(?: là)?|xong trước) ngày \d", "gửi trước ngày 5/3", {})
_BEYOND: Final = 80
"""How far before and behind a comma it is looked whether a list of units goes on there."""
_WEAK: Final = ("theo", "khi", "nếu", "trước")
"""Words that a predicate may open with, but no clause of its own."""
_REPORTS: Final = ("Báo cáo", "Biên bản", "Thông cáo")


def subject_in(reading: Reading, start: int, end: int) -> Subject | None:
    """Return the units that are the subject of ``view.text[start:end]`` and have something to do."""
    text, low = reading.view.text, reading.view.low
    for opening in (_ENUMERATOR, _RECURRING, _APART):
        match = opening.match(low, start, end)
        start = match.end() if match else start
    course, ordered = _course(low, start, end)
    if ordered:
        return None  # "Trong quá trình thực hiện nếu có vướng mắc đề nghị các đơn vị …"
    start = course if course > start and unit_starts(text, low, course) else start
    caption = CAPTION.match(low, start, end)
    if caption and (_ROLE.search(caption[0]) or verb_at(low, caption.end() + 1, end) is None):
        return None
    subject = actor_of(text, low, start, end) or place_of(reading, start, end)
    if subject is None and low.startswith(_SUBORDINATE, start):
        subject = _after_subordinate(reading, start, end)
    if subject is None or subject.predicate is None:
        subject = _before_colon(text, low, start, end) or _in_charge(low, subject, end)
    if subject is None or subject.predicate is None:
        return None
    return subject


_CHARGES: Final = (" phụ trách ", " được giao ", " được phân công ")


def _in_charge(low: str, subject: Subject | None, end: int) -> Subject | None:
    """ "Hội Nông dân phụ trách thôn 3": whoever is told of nothing else takes charge by that."""
    if subject is None or low[subject.end : end].strip(" .;,"):
        return subject
    charges = [max(low.find(words, *span) for words in _CHARGES) for span in subject.spans]
    return subject if min(charges) < 0 else Subject(((subject.spans[0][0], charges[0]),), charges[0], charges[0] + 1)


def shares_of(reading: Reading, start: int, end: int, predicate: int | None = None) -> Iterator[tuple[int, int]]:
    """The clauses of a sentence, cut too where one of those spoken of gets a share of its own: "…, riêng Khoa Dược …",
    "Hội A phụ trách khu 1, Hội B phụ trách khu 2", "Sở A chủ trì, Sở B phối hợp".

    A stretch may begin with the predicate of who was spoken of before it.
    """
    text, low = reading.view.text, reading.view.low
    for begin, stop in clauses_of(reading.view, start, end):
        at = listed = begin
        charges = low.find("phụ trách ", begin, stop) >= 0
        helps = low.find("phối hợp", begin, stop) >= 0
        for match in _SHARE.finditer(low, begin, stop):
            if match.end() < (at if charges else listed):
                continue  # amid a list of units that was looked at
            if not (charges or helps or match["apart"] or text[match.end()].isupper()):
                continue
            taken = subject_of(text, low, match.end(), stop)
            listed = match.end() if taken is None else taken.end
            if taken is not None and (
                match["apart"]
                or _takes_charge(low, taken)
                or _helps(low, taken, at, stop)
                or _has_its_own(reading, taken, at, at if at == predicate else None, match.start(), stop)
            ):
                yield at, match.start()
                at = match.end()
        yield at, stop


def _has_its_own(reading: Reading, taken: Subject, start: int, predicate: int | None, comma: int, stop: int) -> bool:
    """Whether units behind a comma do what is told of them, and no list goes on: "Tổ A chấm 5 bài, Tổ B chấm 3 bài"."""
    text, low = reading.view.text, reading.view.low
    if taken.predicate is None or not text[taken.spans[0][0]].isupper() or low.startswith(_WEAK, taken.predicate):
        return False
    if predicate is None:
        first = actor_of(text, low, start, stop)
        predicate = None if first is None else first.predicate
    return (
        predicate is not None
        and predicate < comma
        and not _unit_within(text, low, max(predicate, comma - _BEYOND), comma)
    )


def _helps(low: str, subject: Subject, start: int, end: int) -> bool:
    """Whether the units help with what another of the clause leads."""
    helps = subject.predicate is not None and HELPS.match(low, subject.predicate, end) is not None
    return helps and low.find("chủ trì", start, subject.spans[0][0]) >= 0


def _takes_charge(low: str, subject: Subject) -> bool:
    """Whether the last of the units is told of what it takes charge."""
    return " phụ trách " in low[slice(*subject.spans[-1])]


def _before_colon(text: str, low: str, start: int, end: int) -> Subject | None:
    """ "Các đơn vị: xây dựng kế hoạch …", "Đối với ngành Y tế: Rà soát …"."""
    about = _ABOUT.match(low, start, end)
    subject = subject_of(text, low, about.end() if about else start, end)
    if subject is None or subject.predicate is not None or low[subject.end : subject.end + 2] != ": ":
        return None
    acts = verb_at(low, subject.end + 2, end) is not None and not low.startswith("nếu ", subject.end + 2)
    return Subject(subject.spans, subject.end, subject.end + 2) if acts else None


def obliged_in(reading: Reading, start: int, end: int) -> Subject | None:
    """Amid what was reached, only who *must* is given work: "…, tỉnh Hà Sơn cần tiếp tục …".

    A part of a plan that seems to report ("Thẩm quyền đánh giá") gives work by more verbs; what is counted behind a
    colon is no work ("Tòa án phải xử lý: 15 đơn").
    """
    if _COUNTED.search(reading.view.low, start, end):
        return None
    subject = subject_in(reading, start, end)
    verbs = _DUTIES[:2] if reading.facts.header.kind in _REPORTS else _DUTIES
    obliged = subject is not None and reading.view.low.startswith(verbs, subject.predicate or 0)
    return subject if obliged or _DUE.search(reading.view.low, start, end) else None


def _after_subordinate(reading: Reading, start: int, end: int) -> Subject | None:
    """ "Trong quá trình thực hiện, các đơn vị …": the first unit behind a comma that ends no list of units."""
    text, low = reading.view.text, reading.view.low
    at = start + len(_ON_THE_BASIS) if low.startswith(_ON_THE_BASIS, start) else start  # no "cơ sở Kế hoạch"
    for _ in range(6):
        comma = min((sign for s in (", ", ": ") if (sign := text.find(s, at, end)) >= 0), default=-1)
        if comma < 0:
            return None
        subject = actor_of(text, low, comma + 2, end) or place_of(reading, comma + 2, end)
        if subject is not None and lists_people(low, start, comma):
            return None
        if subject is not None and (_is_bound(low, subject) or not _lists_units(text, low, start, at, comma)):
            weak = subject is None or low.startswith(_WEAK, subject.predicate or start)
            return None if weak else subject
        at = comma + 2
    return None


def _is_bound(low: str, subject: Subject) -> bool:
    """Whether a predicate binds whoever stands before it ("… phải"): no list of those spoken of goes on so."""
    return subject.predicate is not None and low.startswith(_DUTIES[:5], subject.predicate)


def _lists_units(text: str, low: str, first: int, start: int, comma: int) -> bool:
    """Whether a unit behind the comma goes on with a list ("báo cáo Sở A, Sở B"); behind an attribute it does not:
    "trên cơ sở kết quả của Sở A, Hội đồng …", "với vai trò là chủ đầu tư, Công ty …"."""
    if not _unit_within(text, low, start, comma):
        return False
    attributes = _ATTRIBUTE.finditer(low, first, comma)
    if not text[comma + 2 : comma + 3].isupper() and not low.startswith(
        ("căn cứ kế hoạch", "căn cứ vào kế hoạch"), first
    ):
        return True
    return not any(match.end() >= start and unit_starts(text, low, match.end()) for match in attributes)


def _unit_within(text: str, low: str, start: int, end: int) -> bool:
    """Whether a part of a sentence ends with a unit ("… báo cáo cho UBND tỉnh"): what follows goes on with its list;
    behind "… do Bộ cung cấp" it does not."""
    at = start
    while 0 <= at < end:
        subject = subject_of(text, low, at, min(len(text), end + _BEYOND))
        if subject is not None and subject.end >= end and (subject.predicate is None or subject.predicate > end):
            return True
        space = text.find(" ", at, end)
        at = space + 1 if space >= 0 else end
    return False


def _course(low: str, start: int, end: int) -> tuple[int, bool]:
    """Where "Trong quá trình thực hiện nếu có vướng mắc" ends, `start` without it, and whether an order follows it."""
    course = _IN_THE_COURSE.match(low, start, end)
    return (course.end(), ORDER.match(low, course.end(), end) is not None) if course else (start, False)


def order_in(reading: Reading, block: Block, start: int, end: int, under_unit: bool, limit: int) -> Subject | None:
    """ "Giao Sở Y tế …", "Giám đốc Sở yêu cầu trưởng các phòng …"."""
    text, low = reading.view.text, reading.view.low
    course, ordered = _course(low, start, end)
    start = course if ordered else start
    for match in ORDER.finditer(low, start, end):
        verb = match["verb"]
        if low[max(start, match.start() - 5) : match.start()].endswith(
            ("được ", "theo ", "các ", "của ", "việc ", "bàn ")
        ):
            continue
        if block.mood == "result" and verb not in _ASKING:
            continue  # what was ordered is told, not given
        topic = match.start() != start and _TOPIC.match(low, start) is not None
        if verb == "do":
            subject = subject_of(text, low, match.end(), limit)
            predicate = None if subject is None else subject.predicate
            if predicate is not None and (topic or BY_WHOM.match(low, predicate)):
                return subject
            continue
        if low.endswith(_LIKE_ENCOURAGING, start, match.start()) and verb == "khuyến khích":
            continue  # "Vận động, khuyến khích các hộ …": what another is to do
        if verb in ("phân công", "mời") and (match.start() != start or under_unit):
            names = verb == "phân công" and names_person(text, low, match.end())
            if not (names and _author_before(text, low, start, match.start("verb"))):
                continue  # "Ban phân công đồng chí Phó Trưởng ban theo dõi …" gives work
        given = topic and verb.startswith("giao")
        asks = given or match.start() == start or _author_before(text, low, start, match.start("verb"))
        proposes = match.start() != start or reading.facts.header.kind not in _REPORTS
        if not asks or (verb in _PROPOSING and proposes):
            continue
        subject = actor_of(text, low, match.end(), limit)
        if subject is not None and (
            given or subject.predicate is not None or low[subject.end : subject.end + 1] in (":", ",", " ")
        ):
            return subject
    return None


def _author_before(text: str, low: str, start: int, verb: int) -> bool:
    """Whether an order's verb opens a clause or has whoever gives it before it ("…, Sở Y tế đề nghị …")."""
    before = low[max(start, verb - 90) : verb].rstrip()
    if before.endswith((",", ";", ":")):
        return True
    opened = max((at + 2 for sign in (", ", "; ") if (at := before.rfind(sign)) >= 0), default=0)
    offset = max(start, verb - 90) + opened
    if low[offset:verb].strip() in _AUTHORS:
        return True
    author = subject_of(text, low, offset, min(len(text), verb + 60))
    asking = verb - len("kính ") if low.endswith("kính ", offset, verb) else verb
    return author is not None and author.predicate in (verb, asking)
