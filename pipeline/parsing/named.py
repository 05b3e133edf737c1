"""Documents named without a number: laws by their names, plans and programmes with a year or a name of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from diacritics.folding import fold
from pipeline.parsing.citations import DATE, KIND, OF, YEAR, Mention, is_basis, issuer_at, kind_name, pinpoint_before
from pipeline.parsing.header import iso_date
from pipeline.parsing.kinds import ABBREVIATIONS
from pipeline.parsing.laws import LAWS
from pipeline.parsing.patterns import Bounded, Pattern
from pipeline.parsing.reading import Block, Reading

_LAW: Final = Pattern(
    "law_name",
    r"(?<!\p{L})(?P<kind>bộ luật|luật|pháp lệnh|hiến pháp)\s+(?=\p{L})",
    "luật đất đai",
    {"kind": "luật"},
    "Law on Promulgation of Legal Documents",
    ("luật", "pháp lệnh", "hiến pháp"),
)
_CONSTITUTION: Final = Pattern(
    "constitution",
    r"(?<!\p{L})Hiến pháp(?: nước Cộng hòa xã hội chủ nghĩa Việt Nam)?,?(?: năm)? (?P<year>(?:19|20)\d\d)(?!\d)",
    "theo Hiến pháp năm 2013",
    {"year": "2013"},
    needs=("Hiến pháp",),
)
""" "Hiến pháp 2013": its year is all the name it has."""
_LAW_STOP: Final = Bounded(
    r"[,;.:()\"“”]|\s(?:và các|và văn bản|được|có|ngày|năm|số (?=\d)|của|quy định|để|nhằm|theo|tại|trong|đã|từ|"
    r"đến|do|thì|hiện hành|này|đó|cho|với|là|như|khi|"
    r"tăng|giảm|góp phần|vào|tới|cũng|nên|phải|sẽ|chưa|không|đối|trên|hoặc|bằng|"
    r"và (?:luật|nghị định|bộ luật|các|hướng dẫn|thông tư|quyết định|quy định))(?!\p{L})"
)
_AMENDING: Final = Bounded(r"sửa đổi(?:, bổ sung)?(?: một số điều)?(?: của)? (?:các )?luật ")
_AND_LAW: Final = Bounded(r"\s*(?:,|và|; )\s*luật (?=\p{L})")
_GOES_ON: Final = Bounded(
    r"[\p{L} ]+, (?!(?:các|luật|nghị|bộ luật|thông|quyết|quy|pháp|văn bản|ngày|năm|số|khoản|điều)(?!\p{L}))\p{Ll}"
)
_NO_LAW: Final = (
    "sư",
    "gia",
    "pháp",
    "lệ",
    "này",
    "định",
    "hiện",
    "của",
    "số",
    "và",
    "có",
    "về",
    "được",
    "quy",
    "lao động công",
    "khoa học",
    "trong",
    "theo",
    "tại",
    "đã",
    "nêu",
    "trên",
)
_NO_NAME_BEFORE: Final = ("pháp ", "kỷ ", "quy ", "dự án ", "dự thảo ", "bộ ", "hộ ")
"""Pháp luật, kỷ luật, dự thảo Luật …: no law in force."""
_PLURAL_BEFORE: Final = ("các ", "những ", "xây dựng ", "ngành ")
_NAMED: Final = Pattern(
    "named_plan",
    r"(?i)(?<!\p{L})(?<!kỳ )(?P<kind>kế hoạch hành động|kế hoạch(?! ho[áa] | hóa )|"
    r"chương trình hành động|chương trình|đề án|chiến lược|dự án|"
    r"phương án|nghị quyết|quy hoạch|chỉ thị|kết luận thanh tra|kết luận|quy chế|thông tri)\s+"
    r"(?![“\"])(?P<title>(?:[^;.:\n(]|\((?=[^)]{1,40}\))|(?<=\d)\.(?=\d)){2,170}?)\s*,?\s*"
    r"(?P<time>(?:(?:giai đoạn|nhiệm kỳ|thời kỳ)\s*\d{4}\s*[-–]\s*\d{4}|năm \d{4}(?:\s*[-–]\s*\d{4})?|"
    r"đến năm \d{4}|tầm nhìn (?:đến )?(?:năm )?\d{4}|\d{4}\s?[-–]\s?\d{4}|khóa [IVXL]+|khoá [IVXL]+|lần thứ [\p{L}\d]+)"
    r"(?:,? (?:định hướng|tầm nhìn) (?:đến )?(?:năm )?\d{4}|,? nhiệm kỳ \d{4}\s*[-–]\s*\d{4}|"
    r" Ban Chấp hành Trung ương(?: Đảng)?(?:,? kh[óo][aá] [IVXL]+)?)?)(?!\d)",
    "Kế hoạch chuyển đổi số năm 2025",
    {"kind": "Kế hoạch", "title": "chuyển đổi số", "time": "năm 2025"},
)
_NAMEABLE: Final = frozenset(
    "kế hoạch|chương trình|đề án|dự án|phương án|nghị quyết|chỉ thị|kết luận|quy chế|thông tri".split("|")
)
_QUOTED: Final = Pattern(
    "quoted_programme",
    r"(?i)(?<!\p{L})(?P<kind>kế hoạch|chương trình|đề án|dự án|chiến lược|cuộc vận động|"
    r"phong trào)\s*[“\"](?P<title>[^”\"]{3,200})[”\"]",
    "Chương trình “Sóng xanh”",
    {"title": "Sóng xanh"},
    needs=("“", '"'),
)
_ABBREVIATED: Final = Pattern(
    "abbreviated_programme",
    r"(?<!\p{L})(?P<kind>Chương trình|Đề án|Chiến lược)\s+"
    r"(?P<title>[^;.:,()\n]{4,90}\s\((?:gọi tắt là )?\p{Lu}[\p{Lu}\d\-]{1,11}\))",
    "Chương trình mỗi bản một nghề (OVOJ)",
    {"title": "mỗi bản một nghề (OVOJ)"},
    needs=("(",),
)
_OWN_NAME: Final = Pattern(
    "programme_by_name",
    r"(?<=[\p{Ll},] )(?P<kind>Chương trình|Đề án|Chiến lược)\s+"
    r"(?!(?:này|trên|đã|được|của|và|do|có|phối hợp|hành động|công tác|để|nêu|là|theo|tại|sẽ|thuộc|phù hợp|gửi|nhằm|"
    r"cần|phải|trình|báo cáo|tổng thể|khung|riêng|cụ thể|quy định|bao gồm|gồm|với|cho|đến|trong|mục tiêu quốc gia,)"
    r"(?!\p{L}))"
    r"(?P<title>\p{Ll}+(?:,? (?!(?:đã|được|do|để|là|theo|sẽ|năm|giai|này|có|"
    r"và (?:các|Chương|Đề|Chiến|Kế)|nhằm|phải|bảo đảm|đảm bảo|góp phần|"
    r"cần|đạt)(?!\p{L}))[\p{L}\-]+){2,18})",
    "thí điểm Đề án sửa nhà dột nát",
    {"kind": "Đề án", "title": "sửa nhà dột nát"},
    needs=("Chương trình", "Đề án", "Chiến lược"),
)
""" "Đề án nộp thuế điện tử": set in capitals amid a sentence, a programme's words are its name."""
_TARGET_PROGRAMME: Final = Bounded(
    r"mục tiêu(?: quốc gia)?+(?! (?:xây dựng|giảm|phát triển|về|phòng|y tế|dân số|văn hóa|giáo dục|việc làm|nước|"
    r"ứng phó|nâng cao|chấn hưng|bảo))(?: .*)?"
)
""" "Chương trình mục tiêu quốc gia" alone is a kind of programme: what it is about picks one out."""
_CARRIES_OUT: Final = Bounded(r"(?:thực hiện|triển khai(?: thực hiện)?|hành động thực hiện) ")
_SENTENCE_TIME: Final = Bounded(
    r"\s(?:vào|trong|từ|đến|cuối|đầu|hết|ít nhất|của|quý [IV\d]+)$|,\s(?:báo cáo|trình|gửi|hoàn thành|kết quả)\s",
    regex.IGNORECASE,
)
"""The year behind these is the sentence's, not the plan's."""
_PROMULGATES: Final = Bounded(r"(?:ban hành|phê duyệt|điều chỉnh|sửa đổi|bổ sung|công bố|thông qua|kèm theo)(?!\p{L})")
"""A title with one of these is of a document that brings another with it."""
_PLURAL: Final = Bounded(r"(?:các|những|mỗi|từng|một số|nhiều|mọi)\s+$")
_UNWRITTEN: Final = Bounded(
    r"(?:vào|xây dựng|xây dựng và tổ chức thực hiện|ban hành|lập|tham mưu|trình|soạn thảo|dự thảo|đề xuất|phê duyệt|"
    r"hoàn thiện|thông qua|góp ý|nội dung|trên đây là|cụ thể hóa)(?:\s+(?:và|,)?\s*\p{L}+){0,3}\s*(?:\d+\s+)?$"
)
_STANDARD: Final = Pattern(
    "standard",
    r"(?i:(?<!\p{L})(?P<kind>tiêu chuẩn(?: quốc gia)?|quy chuẩn(?: kỹ thuật(?: quốc gia)?)?)\s+)?"
    r"(?<![\p{L}\d])(?P<number>(?:TCVN|QCVN|TCXDVN|TCXD|QCXDVN)(?: ISO)? ?\d{1,5}(?:[-–]\d{1,3})*:(?:19|"
    r"20)\d\d(?:/\p{Lu}+)?)",
    "Tiêu chuẩn TCVN 9001:2015",
    {"kind": "Tiêu chuẩn", "number": "TCVN 9001:2015"},
    "Law on Standards and Technical Regulations: number and year of a standard",
    ("TCVN", "QCVN", "TCXD", "QCXD"),
)
_NUMBERED_SCHEME: Final = Pattern(
    "scheme_by_its_number",
    r"(?<!\p{L})(?P<kind>Đề án|Dự án|Chương trình)\s+(?:số\s+)?(?P<number>0\d|\d{2}a|\d{3})"
    r"(?![\d/%\-]|[.,]\d)(?! (?:\p{Lu}|\d))",
    "Tổ công tác triển khai Đề án 06 các cấp",
    {"kind": "Đề án", "number": "06"},
)
""" "Đề án 06": a scheme that everybody calls by the number of the decision that approved it."""

_ABOUT: Final = Bounded(r"^về (?:việc )?")
_NO_TITLE: Final = Bounded(
    r"\b(?:vào ngày|(?:ngày|tháng) \d+$|đạt|tăng(?! trưởng| cường)|giảm(?! nghèo| thiểu)|được|phải|đã|sẽ|"
    r"trước ngày|đến ngày|về phía|"
    r"hoàn thành|trong tháng|khoảng|ưu tiên|tại)\b"
)
""" "Kế hoạch đã được duyệt năm 2025": what a sentence says of a plan is no name of it."""
_ANY_YEAR: Final = Bounded(r"(?:19|20)\d\d")
_LETTERS: Final = Bounded(r"\p{L}+")


def standards_named(reading: Reading, block: Block) -> list[Mention]:
    """Standards and technical regulations by their numbers, and schemes that are called by one."""
    out: list[Mention] = []
    within = (reading.view.text, block.paragraph.start, block.paragraph.end)
    for match in (*_STANDARD.finditer(*within), *_NUMBERED_SCHEME.finditer(*within)):
        kind = match["kind"] or ("Quy chuẩn" if match["number"].startswith("Q") else "Tiêu chuẩn")
        number, basis = " ".join(match["number"].split()), is_basis(reading, block)
        out.append(
            Mention(
                kind_name(kind.lower()), number, None, None, None, None, basis, match.start(), match.end(), "standard"
            )
        )
    return out


def laws_named(reading: Reading, block: Block, numbered: list[Mention]) -> list[Mention]:
    """Laws by their names."""
    text, low = reading.view.text, reading.view.low
    start, end = block.paragraph.start, block.paragraph.end
    out: list[Mention] = []
    for match in _LAW.finditer(low, start, end):
        if any(m.start <= match.start() < m.start + len(m.kind) + 1 for m in numbered):
            continue
        amending = next((m for m in out if m.start < match.start() < m.end), None)
        name_at = match.end()
        stop = _law_name_end(text, low, name_at, end)
        name = text[name_at:stop].strip(" ,")
        if stop <= name_at or not _names_law(text, low, match, name):
            continue
        kind = kind_name(match["kind"])
        mention = Mention(kind, None, None, None, name, None, is_basis(reading, block), match.start(), stop, "law_name")
        date = DATE.match(low, stop, end) or YEAR.match(low, stop, end)
        if date and amending is None:  # the date behind "Luật sửa đổi … Luật A và Luật B" is the amending law's
            groups = date.groupdict()
            mention.date = (
                iso_date(groups["day"], groups["month"], groups["year"]) if "day" in groups else groups["year"]
            )
            mention.end = date.end()
            reading.taken.append((date.start(), date.end()))
        mention.pinpoint = pinpoint_before(text, low, start, match.start())
        out.append(mention)
    for match in _CONSTITUTION.finditer(text, start, end):
        basis = is_basis(reading, block)
        mention = Mention("Hiến pháp", None, match["year"], None, None, None, basis, *match.span(), "law_name")
        mention.pinpoint = pinpoint_before(text, low, start, match.start())
        out.append(mention)
    return out


def _law_name_end(text: str, low: str, at: int, end: int) -> int:
    """The longest known name that stands here; for a law that the list lacks, up to the first stop."""
    amended = _AMENDING.match(low, at, end)
    if amended and not _AMENDING.match(low, amended.end(), end):
        until = _law_name_end(text, low, amended.end(), end)
        while (more := _AND_LAW.match(low, until, end)) is not None:
            until = _law_name_end(text, low, more.end(), end)
        return until
    words = low[at : at + 120]
    best = 0
    if text[at : at + 1].islower() and not any("," in name and fold(words).startswith(name) for name in LAWS):
        stop = _LAW_STOP.search(low, at, min(end, at + 120))
        return stop.start() if stop else min(end, at + 120)
    folded = fold(words)
    for name in LAWS:
        if len(name) > best and folded.startswith(name) and not folded[len(name) : len(name) + 1].isalpha():
            best = len(name)
    if best:
        return min(end, at + best)
    stop = _LAW_STOP.search(low, at, min(end, at + 120))
    if stop and stop[0] == "," and _GOES_ON.match(low, at, end) and len(low[at : stop.start()].split()) < 3:
        stop = _LAW_STOP.search(low, stop.end(), min(end, at + 120))  # "Luật Quản lý, sử dụng vốn …"
    return stop.start() if stop else min(end, at + 120)


def _names_law(text: str, low: str, match: regex.Match[str], name: str) -> bool:
    before = low[max(0, match.start() - 14) : match.start()]
    if before.endswith(_NO_NAME_BEFORE):
        return False
    if before.endswith(_PLURAL_BEFORE):
        return name[:1].isupper()
    first = name.lower().split()[0] if name else ""
    if name.lower() in ("", "sửa đổi") or first in _NO_LAW or len(name.split()) > 30:
        return False
    if name[0].isupper() or name.startswith("sửa đổi"):
        return True
    known = len(name.split()) > 1 and any(fold(name).lower().startswith(law) for law in LAWS)
    return known or (
        before.endswith(("vi phạm ", "thi hành ", "chấp hành ", "thực hiện ", "theo ")) and len(name.split()) >= 2
    )


def plans_named(reading: Reading, block: Block, others: list[Mention]) -> list[Mention]:
    """Plans and programmes with a year, a period or a name of their own."""
    text, low = reading.view.text, reading.view.low
    start, end = block.paragraph.start, block.paragraph.end
    out: list[Mention] = []
    patterns = (_NAMED, _QUOTED, _ABBREVIATED, _OWN_NAME)
    for pattern, match in ((p, match) for p in patterns for match in _apart(p, text, start, end, (others, out))):
        if any(m.number and text[m.end : match.start()].isspace() and text[match.start()].isupper() for m in others):
            continue  # "Thông báo số 5/TB-VP … của Văn phòng Kết luận Phiên họp …": the subject of the one before
        kind_at, match_kind, title = match.start("kind"), match["kind"].lower(), match["title"]
        inner = list(KIND.finditer(title.lower()))
        if pattern is _NAMED:
            inner = [m for m in inner if m["kind"] in _NAMEABLE]
            if inner and not _is_carried_out(block, low, kind_at, title[: inner[0].start()]):
                last = inner[-1]  # the nearest type before the year is the one meant
                kind_at, match_kind = match.start("title") + last.start(), last["kind"]
                title = title[last.end() :].strip()
            if not title or not _picks_out(reading, block, match_kind, title, kind_at, match):
                continue
            title = _ABOUT.sub("", f"{title} {match['time']}".strip())
        elif pattern is _OWN_NAME:
            if (
                _TARGET_PROGRAMME.fullmatch(title)
                or _is_unwritten(block, low, kind_at)
                or _is_own(reading, match_kind, title, "")
            ):
                continue
        elif not title[:1].isupper() and not title.endswith(")"):
            continue
        mention = Mention(
            kind_name(match_kind),
            None,
            None,
            None,
            " ".join(title.split()),
            None,
            is_basis(reading, block),
            kind_at,
            match.end(),
            "named",
        )
        if mention.kind not in ABBREVIATIONS and mention.kind.split()[0] not in ("Chiến", "Quy", "Kế", "Chương"):
            continue
        of = OF.match(low, match.end(), end)
        if of and (issuer := issuer_at(reading, of.end(), end)):
            mention.issuer, mention.end = issuer
        out.append(mention)
    return out


def _apart(
    pattern: Pattern, text: str, start: int, end: int, taken: tuple[list[Mention], list[Mention]]
) -> Iterator[regex.Match[str]]:
    """The matches that hold no document named otherwise; behind one that does it is looked again."""
    at = start
    while (match := pattern.search(text, at, end)) is not None:
        over = next((m for found in taken for m in found if m.start < match.end() and match.start() < m.end), None)
        at = match.end() if over is None else max(over.end, match.start() + 1)
        if over is None:
            yield match


def _is_carried_out(block: Block, low: str, at: int, between: str) -> bool:
    """ "Kế hoạch thực hiện Chương trình …": the plan is meant, not the programme, if there is one yet."""
    carries_out = _CARRIES_OUT.fullmatch(between) is not None
    return carries_out and not _is_unwritten(block, low, at)


def _is_unwritten(block: Block, low: str, at: int) -> bool:
    """Whether a document is still to be written: "xây dựng Kế hoạch …"; what a report tells of has been."""
    before = max(block.paragraph.start, at - 40)
    return block.mood == "goal" and _UNWRITTEN.search(low, before, at) is not None


def _picks_out(reading: Reading, block: Block, kind: str, title: str, at: int, match: regex.Match[str]) -> bool:
    """Whether a type with a title and a year names one existing document other than this one."""
    text, low = reading.view.text, reading.view.low
    before = low[max(block.paragraph.start, at - 40) : at]
    amended = before.rstrip().endswith(("điều chỉnh", "sửa đổi", "bổ sung"))  # what is amended is in force
    if _PLURAL.search(before) or (not amended and _is_unwritten(block, low, at)):
        return False
    if title.lower() in ("giai đoạn", "thời kỳ", "nhiệm kỳ", "năm"):
        return False
    if title.lower().startswith(
        (
            "vốn",
            "trên",
            "này",
            "đã",
            "được",
            "của",
            "đề ra",
            "trong",
            "nêu",
            "và",
            ",",
            "phát triển kinh tế - xã hội hằng",
            "chậm nhất",
            "là ",
        )
    ):
        return False
    if _SENTENCE_TIME.search(title) or (title.islower() and low[at] == text[at] and " " not in title):
        return False
    if len(title.split()) > 28 or _NO_TITLE.search(title.lower()):
        return False
    return is_basis(reading, block) or not _is_own(reading, kind, title, match["time"])


def _is_own(reading: Reading, kind: str, title: str, time: str) -> bool:
    """Whether a type, a title and a year name this document itself, or what it promulgates."""
    head = reading.facts.header
    own = f"{head.kind or ''} {head.title or ''}".lower()
    if not head.title or not (own.startswith(kind) or (kind in own and _PROMULGATES.search(own))):
        return False
    years = _ANY_YEAR.findall(time)
    if years and not any(year in own or year == reading.year() for year in years):
        return False
    words = set(_LETTERS.findall(fold(title).lower()))
    return len(words & set(_LETTERS.findall(fold(own)))) >= 0.75 * max(1, len(words))
