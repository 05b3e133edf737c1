"""Documents named without a number of their own symbol: plans and programmes with a year or a name, standards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from diacritics.folding import fold
from pipeline.parsing.citations import KIND, OF, Mention, is_basis, issuer_at, kind_name
from pipeline.parsing.patterns import Bounded, Pattern
from pipeline.parsing.reading import Block, Reading

_NAMED: Final = Pattern(
    "named_plan",
    r"(?i)(?<!\p{L})(?<!kỳ )(?<!mục tiêu (?=chiến))(?<!chỉ tiêu (?=kế))(?<!vốn (?=kế))"
    r"(?P<kind>kế hoạch hành động|kế hoạch(?! ho[áa] | hóa )|"
    r"chương trình hành động|chương trình|đề án|chiến lược|dự án|"
    r"phương án|nghị quyết|qu[yi] hoạch|chỉ thị|kết luận thanh tra|kết luận|quy chế|thông tri)\s+"
    r"(?![“\"])(?P<title>(?:[^;.:\n(]|\((?=[^)]{1,40}\))|(?<=\d)\.(?=\d)){2,170}?)\s*,?\s*"
    r"(?P<time>(?:(?:giai đoạn|nhiệm kỳ|thời kỳ|kỳ)\s*\d{4}\s*[-–]\s*\d{4}|năm \d{4}(?:\s*[-–]\s*\d{4})?|"
    r"đến năm \d{4}|tầm nhìn (?:đến )?(?:năm )?\d{4}|\d{4}\s?[-–]\s?\d{4}|khóa [IVXL]+|khoá [IVXL]+|lần thứ [\p{L}\d]+)"
    r"(?:,? (?:định hướng|tầm nhìn) (?:đến )?(?:năm )?\d{4}|,? nhiệm kỳ \d{4}\s*[-–]\s*\d{4}|"
    r" Ban Chấp hành Trung ương(?: Đảng)?(?:,? kh[óo][aá] [IVXL]+)?)?)(?![\p{L}\d])",
    "Kế hoạch chuyển đổi số năm 2025",
    {"kind": "Kế hoạch", "title": "chuyển đổi số", "time": "năm 2025"},
)
_NAMEABLE: Final = frozenset(
    "kế hoạch|chương trình|đề án|dự án|phương án|nghị quyết|chỉ thị|kết luận|quy chế|thông tri".split("|")
)
_QUOTED: Final = Pattern(
    "quoted_programme",
    r"(?i)(?<!\p{L})(?P<kind>kế hoạch|chương trình|đề án|dự án|chiến lược)\s*[“\"](?P<title>[^”\"]{3,200})[”\"]",
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
    r"(?<=[\p{Ll},;] )(?P<kind>Chương trình|Đề án|Chiến lược)\s+"
    r"(?!(?:này|trên|đã|được|của|và|do|có|phối hợp|hành động|công tác|để|nêu|là|theo|tại|sẽ|thuộc|phù hợp|gửi|nhằm|"
    r"cần|phải|trình|báo cáo|tổng thể|khung|riêng|cụ thể|quy định|bao gồm|gồm|với|cho|đến|trong|mục tiêu quốc gia,|"
    r"kịp thời|hiệu quả|đồng bộ|đầy đủ|chất lượng|thiết thực|chậm nhất|một cách|quy mô|đúng|ở|vào|bằng|như|khi|nếu|"
    r"sau|trước|từ|hoặc|sớm|nhanh|tốt|toàn diện|thành công|khả thi|lớn|mới|khác|"
    r"sử dụng (?:nguồn|vốn|kinh phí|ngân sách))"
    r"(?!\p{L}))"
    r"(?P<title>\p{L}\p{Ll}+(?:,? (?!(?:đã|được|do|để|là|theo|sẽ|năm|giai|này|có|"
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
_NATIONAL: Final = "chương trình mục tiêu quốc gia "
""" "đưa vào nội dung Chương trình mục tiêu quốc gia …": it is the nation's, whatever is put into it here."""
_CARRIES_OUT: Final = Bounded(r"(?:thực hiện|triển khai(?: thực hiện)?|hành động thực hiện) ")
_MERELY_DONE: Final = Bounded(r"(?:(?:phối hợp|tổ chức|triển khai|thực hiện)(?: |$))+")
""" "kế hoạch triển khai thực hiện năm 2030" says of no plan what it is about."""
_AMENDED: Final = ("điều chỉnh", "sửa đổi", "bổ sung", "bổ sung vào")
_RESOLVED: Final = Bounded(
    r"(?:của )?(?P<issuer>(?:quốc hội|hội đồng nhân dân|hđnd|chính phủ|tỉnh [ủu][ỷy]|thành [ủu][ỷy]|đảng [ủu][ỷy]|"
    r"huyện [ủu][ỷy]|ban chấp hành|ban thường vụ)[^,;]{0,50}?) về (?:việc )?(?=\p{L})"
)
""" "Nghị quyết Hội đồng nhân dân tỉnh về kế hoạch …": the resolution is meant, whatever it is about."""
_SENTENCE_TIME: Final = Bounded(
    r"\s(?:vào|trong|từ|trước|sau|đến|cuối|đầu|hết|ít nhất|của|quý [IV\d]+)$|"
    r",\s(?:báo cáo|trình|gửi|hoàn thành|kết quả)\s",
    regex.IGNORECASE,
)
"""The year behind these is the sentence's, not the plan's."""
_PROMULGATES: Final = Bounded(
    r"(?:ban hành|phê duyệt|điều chỉnh|sửa đổi|bổ sung|công bố|thông qua|kèm theo|(?:xây dựng|lập|soạn thảo)"
    r"(?= (?:kế hoạch|chương trình|đề án|chiến lược|quy hoạch|phương án|dự án)))(?!\p{L})"
)
"""A title with one of these is of a document that brings another with it, or has it written."""
_PLURAL: Final = Bounded(r"(?:các|những|mỗi|từng|một số|nhiều|mọi)\s+$")
_LISTED: Final = Bounded(
    r"(?:kế hoạch|chương trình|nghị quyết|đề án|chỉ thị|dự án|chiến lược|phương án|quy chế)(?:,| và|, và)\s+$"
)
""" "các nghị quyết, kế hoạch, chương trình về dân số": kinds of document, none of them one."""
_OF_MANY: Final = Bounded(
    r"\s*của\s+(?:(?:các|mỗi|từng)\s+\p{Ll}|(?:bộ|sở|ngành|cơ quan|đơn vị|địa phương|huyện|xã),\s+\p{Ll})"
)
""" "Kế hoạch chuyển đổi số năm 2030 của các sở": each has its own."""
_WORKS: Final = Bounded(
    r"(?:đầu tư )?(?:xây dựng|xây mới|mở rộng|nâng cấp|cải tạo|sửa chữa)(?:,? (?:và )?(?:nâng cấp|cải tạo|mở rộng))* "
    r"(?:công trình|đường|cầu|cảng|sân bay|trụ sở|trường|bệnh viện|nhà|hồ|đập|kè|tuyến|quốc lộ|hạ tầng|khu|cụm|chợ)"
    r"(?!\p{L})|thành phần(?!\p{L})"
)
""" "Dự án xây dựng đường … giai đoạn 2021 - 2025" is what is built, no document."""
_UNWRITTEN: Final = Bounded(
    r"(?:vào|xây dựng|xây dựng và tổ chức thực hiện|ban hành|lập|tham mưu|trình|soạn thảo|dự thảo|đề xuất|phê duyệt|"
    r"hoàn thiện|thông qua|góp ý|nội dung|trên đây là|cụ thể hóa)(?:\s+(?:và|,)?\s*\p{L}+){0,3}\s*(?:\d+\s+)?$"
)
_DRAFTING: Final = Bounded(r"(?<!\p{L})(?:xây dựng|lập|soạn thảo)\s+$")
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

_HEARD: Final = Pattern(
    "report_heard",
    r"(?:(?:nghe|và|;)\s+)(?P<kind>Báo cáo)\s+(?P<title>(?:tổng kết|sơ kết|kết quả|tình hình|đánh giá)\s"
    r"[^;.:(]{2,160}?(?:19|20)\d\d"
    r"(?:,? (?:và )?(?:phương hướng|nhiệm vụ|phát động|kế hoạch)[^;.:(]{2,80}?(?:19|20)\d\d)*)",
    "Sau khi nghe Báo cáo tổng kết năm 2030",
    {"kind": "Báo cáo", "title": "tổng kết năm 2030"},
    needs=("Báo cáo",),
)
""" "Sau khi nghe Báo cáo tổng kết …": before a meeting's conclusions stand the reports that it heard."""
_CHARTER: Final = Pattern(
    "charter",
    r"(?<!\p{L})(?P<kind>Điều lệ|Hiến chương)\s+(?P<title>trường (?:mầm non|tiểu học|trung học(?: cơ sở| phổ thông)?|"
    r"cao đẳng|đại học)(?!\p{L})|"
    r"(?:Đảng|Công đoàn|Đoàn|Hội|Liên đoàn|Mặt trận|Trường|ASEAN|Liên hợp quốc|Liên Hợp Quốc)(?!\p{L})"
    r"(?: (?!Điều |Khoản |Chương )\p{Lu}\p{L}*|"
    r" (?:dân|nhân dân|hiệp|nữ|thanh niên|phụ nữ|chiến binh|thập đỏ|quốc)(?!\p{L}))*)",
    "theo Điều lệ trường tiểu học",
    {"kind": "Điều lệ", "title": "trường tiểu học"},
    needs=("Điều lệ", "Hiến chương"),
)
""" "Điều lệ trường tiểu học", "Điều lệ Công đoàn Việt Nam": a body has one charter."""
_CONGRESS: Final = Pattern(
    "congress_resolution",
    r"(?<!\p{L})(?P<kind>Nghị quyết)\s+(?P<title>Đại hội (?:Đảng )?(?:lần )?[IVXL]+ của Đảng|"
    r"Hội nghị Trung ương (?:lần thứ )?(?:\d{1,2}|[IVXL]+)(?:,? kh[óo][aá] [IVXL]+)?)(?![\p{L}\d])",
    "theo Nghị quyết Đại hội XIII của Đảng",
    {"title": "Đại hội XIII của Đảng"},
    needs=("Đại hội ", "Hội nghị Trung ương"),
)
_CONCLUDED: Final = Pattern(
    "conclusions_of_a_meeting",
    r"(?P<kind>Thông báo (?:K|k)ết luận) của (?:đồng chí )?(?P<issuer>\p{Lu}[^,;:.()\d]{3,80}?)"
    r"(?:, \p{Lu}[^,;:.()\d]{3,80}?)? "
    r"(?P<title>tại (?:cuộc họp|phiên họp|hội nghị|buổi làm việc|cuộc làm việc) (?!ngày |này )[^;:.()]{8,160}?)"
    r"(?=,? ngày \d|[;:.()]|$)",
    "theo Thông báo kết luận của Bộ trưởng tại cuộc họp về trồng tre",
    {"issuer": "Bộ trưởng", "title": "tại cuộc họp về trồng tre"},
    needs=("Thông báo kết luận", "Thông báo Kết luận"),
)
""" "Thông báo kết luận của … tại cuộc họp …": the meeting picks it out."""
_ABOUT: Final = Bounded(r"^về (?:việc )?")
_NO_TITLE: Final = Bounded(
    r"\b(?:vào ngày|(?:ngày|tháng) \d+$|đạt|tăng(?! trưởng| cường)|giảm(?! nghèo| thiểu)|được|phải|đã|sẽ|"
    r"trước ngày|đến ngày|về phía|đề ra|"
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


def reports_heard(reading: Reading, block: Block) -> list[Mention]:
    """Reports with a title and a year that the preamble says were heard."""
    heard = reading.view.low.find("nghe ", block.paragraph.start, block.paragraph.end)
    if block.part != "preamble" or heard < 0:
        return []
    found = _HEARD.finditer(reading.view.text, heard, block.paragraph.end)
    return [
        Mention("Báo cáo", None, None, None, m["title"], None, False, m.start("kind"), m.end(), "named") for m in found
    ]


def papers_named(reading: Reading, block: Block, others: list[Mention]) -> list[Mention]:
    """Charters, resolutions of the Party's congresses, and notices of what was concluded at a meeting."""
    text, basis = reading.view.text, is_basis(reading, block)
    out: list[Mention] = []
    for pattern in (_CHARTER, _CONGRESS, _CONCLUDED):
        for match in _apart(pattern, text, block.paragraph.start, block.paragraph.end, (others, out)):
            kind, title = match["kind"].lower(), match["title"]
            if not _is_own(reading, kind, title, ""):
                issuer = match.groupdict().get("issuer")
                out.append(Mention(kind_name(kind), None, None, issuer, title, None, basis, *match.span(), "named"))
    return out


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
        if _LISTED.search(low, start, kind_at):
            continue
        issued: str | None = None
        if pattern is _NAMED:
            kind_at, match_kind, title, issued = _meant(block, low, match)
            if not _LETTERS.search(title[:2]) or not _picks_out(reading, block, match_kind, title, kind_at, match):
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
            issued,
            " ".join(title.split()),
            None,
            is_basis(reading, block),
            kind_at,
            match.end(),
            "named",
            drafted=block.mood == "goal" and _DRAFTING.search(low, start, kind_at) is not None,
        )
        of = OF.match(low, match.end(), end)
        if of and (issuer := issuer_at(reading, of.end(), end)):
            mention.issuer, mention.end = issuer
        out.append(mention)
    return out


def _meant(block: Block, low: str, match: regex.Match[str]) -> tuple[int, str, str, str | None]:
    """Where the document begins that a type with a title and a year means, its type, its title and its issuer."""
    at, kind, title = match.start("kind"), match["kind"].lower(), match["title"]
    resolved = _RESOLVED.match(title.lower())
    if resolved:
        return at, kind, title[resolved.end() :], title[resolved.start("issuer") : resolved.end("issuer")]
    inner = [m for m in KIND.finditer(title.lower()) if m["kind"] in _NAMEABLE]
    if inner and not _is_carried_out(block, low, at, title[: inner[0].start()]):
        last = inner[-1]  # the nearest type before the year is the one meant
        return match.start("title") + last.start(), last["kind"], title[last.end() :].strip(), None
    return at, kind, title, None


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
    unwritten = _DRAFTING if low.startswith(_NATIONAL, at) else _UNWRITTEN
    return block.mood == "goal" and unwritten.search(low, before, at) is not None


def _picks_out(reading: Reading, block: Block, kind: str, title: str, at: int, match: regex.Match[str]) -> bool:
    """Whether a type with a title and a year names one existing document other than this one."""
    text, low = reading.view.text, reading.view.low
    before = low[max(block.paragraph.start, at - 40) : at]
    amended = before.rstrip().endswith(_AMENDED)  # what is amended is in force
    drafted = _DRAFTING.search(before) is not None
    if _PLURAL.search(before) or (not amended and not drafted and _is_unwritten(block, low, at)):
        return False
    if _OF_MANY.match(low, match.end()) or (kind == "dự án" and _WORKS.match(title.lower())):
        return False
    if title.lower() in ("giai đoạn", "thời kỳ", "nhiệm kỳ", "năm") or _MERELY_DONE.fullmatch(title.lower()):
        return False
    if title.lower().startswith(
        (
            "vốn",
            "giải ngân",
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
    said = own.partition(" số ")[0]  # "triển khai Quyết định số … phê duyệt Đề án …": another's words behind it
    if not head.title or not (own.startswith(kind) or (kind in own and _PROMULGATES.search(said))):
        return False
    years = _ANY_YEAR.findall(time)
    if years and not any(year in own or year == reading.year() for year in years):
        return False
    words = set(_LETTERS.findall(fold(title).lower()))
    return len(words & set(_LETTERS.findall(fold(own)))) >= 0.75 * max(1, len(words))
