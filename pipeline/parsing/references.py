"""References (*viện dẫn*): every other document that the text names, by number or by a name that picks out one.

The first citation gives type, number, date, issuer and subject, later ones type and number only (Decree 30/2020/NĐ-CP,
Appendix I, II.6), so mentions are joined by type and number. What type a number belongs to is read backwards from it:
directly ("Quyết định số 8/QĐ-UBND"), through a list ("…, số 9/QĐ-UBND"), or over a title ("Báo cáo … số 2/BC-HĐTĐ").
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import regex
from spacy.language import Language
from spacy.tokens import Doc

from diacritics.folding import fold
from pipeline.parsing.header import iso_date
from pipeline.parsing.kinds import ABBREVIATIONS, symbol_fits
from pipeline.parsing.laws import LAWS
from pipeline.parsing.patterns import DECREE, PARTY, SECONDS, Pattern
from pipeline.parsing.reading import Block, Reading
from pipeline.parsing.units import subject_of
from pipeline.records import Reference

_SYMBOL: Final = r"\p{Lu}[\p{L}\d]{0,14}"
_NUMBER: Final = Pattern(
    "reference_number",
    r"(?:(?<![\p{L}\d/.,])|(?<=số))(?P<digits>\d{1,5}(?:\.\d{1,2})?[a-zđ]?)"
    rf"(?:(?P<year>\s?/\s?(?:19|20)\d\d)(?:\s?/\s?(?P<a>{_SYMBOL}(?:\s?[-–/]\s?{_SYMBOL}){{0,4}}))"
    rf"|\s?/\s?(?P<b>{_SYMBOL}(?:\s?[-–/.]\s?{_SYMBOL}){{0,4}})"
    rf"|\s?[-–]\s?(?P<c>{_SYMBOL}(?:[-–]{_SYMBOL})?\s?/\s?{_SYMBOL}(?:[-–]{_SYMBOL})?))",
    "Quyết định số 14/2024/QĐ-UBND ngày",
    {"digits": "14", "a": "QĐ-UBND"},
    f"{DECREE}, II.3; {PARTY}: 15-NQ/TU; Law 63/2025/QH15: 63/2025/QH15",
)
_KINDS: Final = sorted(ABBREVIATIONS, key=len, reverse=True)
_KIND: Final = regex.compile(
    rf"(?<!\p{{L}})(?<!pháp )(?<!kỷ )(?P<kind>{'|'.join(regex.escape(k.lower()) for k in _KINDS)}|qđ|nđ|nq|tt|ct|"
    rf"cv|kh|vb)(?!\p{{L}})"
)
_SHORT_KINDS: Final = {"qđ": "Quyết định", "nđ": "Nghị định", "nq": "Nghị quyết", "cv": "Công văn", "kh": "Kế hoạch"}
_DIRECT: Final = regex.compile(r"(?:\s*:)?\s*(?:số|so|sô|sổ|s6|luật số)?\s*:?\s*$")
_LIST: Final = regex.compile(r"^\s*(?:[,;]|và|;\s*và|,\s*và)\s*(?:số)?\s*:?\s*$")
_DATE: Final = Pattern(
    "reference_date",
    r"\s*,?\s*\(?(?:ban hành |được ban hành |ký )?ng[aàáảãạầấ]y\s+(?P<day>\d{1,2})\s*(?:[/.\-]|"
    r"th[aáàảãạ]ng)\s*(?P<month>\d{1,2})\s*(?:[/.\-]|n[aăâàáảã]m)\s*(?P<year>\d{4})\)?",
    " ngày 02/4/2025",
    {"day": "02", "month": "4", "year": "2025"},
    f"{DECREE}, II.6: first citation with its date",
)
_YEAR: Final = regex.compile(r"\s*,?\s*\(?n[aăâàáảã]m (?P<year>(?:19|20)\d\d)(?![\d/-])")
_OF: Final = regex.compile(r"\s*,?\s*của\s+")
_TITLE: Final = regex.compile(
    r"\s*,?\s*(?P<about>về việc|về|v/v)\s+|\s*,?\s*(?=(?:ban hành|phê duyệt|quy định|sửa đổi|hướng dẫn|công bố|"
    r"triển khai|thực hiện|cải thiện|"
    r"đẩy mạnh|tăng cường|thành lập|giao|kiện toàn|công nhận|phân công|bãi bỏ|thông qua|điều chỉnh|bổ sung|"
    r"tổ chức|nâng cao|xây dựng|đánh giá|kết quả|tổng kết)(?!\p{L}))",
    regex.IGNORECASE,
)
_PINPOINT: Final = Pattern(
    "pinpoint",
    r"(?P<pin>(?:(?:điểm\s+[a-zđ](?:,\s*[a-zđ])*\s*,?\s*)?(?:(?:các\s+)?khoản\s+\d+(?:(?:,|"
    r" và)\s*(?:khoản\s+)?\d+)*\s*,?\s*)?điều\s+\d+[a-z]?(?:(?:,| và)\s*(?:điều\s+)?\d+)*|"
    r"(?:chương|mục|phần|phụ lục)\s+[ivx\d]+))\s*(?:của|,|ban hành kèm theo)?\s*$",
    "tại khoản 2 điều 9 ",
    {"pin": "khoản 2 điều 9"},
    f"{DECREE}, II.6: điều, khoản, điểm",
)
_LAW: Final = Pattern(
    "law_name",
    r"(?<!\p{L})(?P<kind>bộ luật|luật|pháp lệnh|hiến pháp)\s+(?=\p{L})",
    "luật đất đai",
    {"kind": "luật"},
    "Law on Promulgation of Legal Documents",
)
_LAW_STOP: Final = regex.compile(
    r"[,;.:()\"“”]|\s(?:và các|và văn bản|được|có|ngày|năm|số (?=\d)|của|quy định|để|nhằm|theo|tại|trong|đã|từ|"
    r"đến|do|thì|hiện hành|này|đó|cho|với|là|như|khi|"
    r"vào|tới|cũng|nên|phải|sẽ|chưa|không|đối|trên|hoặc|bằng|và (?=luật|nghị định|bộ luật|các|hướng dẫn|thông tư|"
    r"quyết định))(?!\p{L})"
)
_AMENDING: Final = regex.compile(r"sửa đổi(?:, bổ sung)?(?: một số điều)?(?: của)? (?:các )?luật ")
_AND_LAW: Final = regex.compile(r"\s*(?:,|và|; )\s*luật (?=\p{L})")
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
)
_NAMED: Final = Pattern(
    "named_plan",
    r"(?i)(?<!\p{L})(?P<kind>kế hoạch hành động|kế hoạch|chương trình hành động|chương trình|đề án|chiến lược|dự án|"
    r"phương án|nghị quyết|quy hoạch|chỉ thị|kết luận|quy chế|thông tri)\s+"
    r"(?P<title>(?:[^;.:\n(]|\((?=[^)]{1,40}\))|(?<=\d)\.(?=\d)){2,170}?)\s*,?\s*"
    r"(?P<time>(?:(?:giai đoạn|nhiệm kỳ|thời kỳ)\s*\d{4}\s*[-–]\s*\d{4}|năm \d{4}(?:\s*[-–]\s*\d{4})?|"
    r"đến năm \d{4}|tầm nhìn (?:đến )?(?:năm )?\d{4}|khóa [IVXL]+|khoá [IVXL]+|lần thứ [\p{L}\d]+)"
    r"(?:,? (?:định hướng|tầm nhìn) (?:đến )?(?:năm )?\d{4}|,? nhiệm kỳ \d{4}\s*[-–]\s*\d{4})?)(?!\d)",
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
)
_PLURAL: Final = regex.compile(r"(?:các|những|mỗi|từng|một số|nhiều|mọi)\s+$")
_UNWRITTEN: Final = regex.compile(
    r"(?:vào|xây dựng|ban hành|lập|tham mưu|trình|soạn thảo|dự thảo|đề xuất|phê duyệt|hoàn thiện|thông qua|góp ý|"
    r"nội dung|trên đây là|cụ thể hóa)(?:\s+(?:và|,)?\s*\p{L}+){0,3}\s*(?:\d+\s+)?$"
)
_SAME: Final = regex.compile(r"(?:này|nêu trên|nói trên|trên)(?!\p{L})")
_PREAMBLE: Final = (
    "can cu",
    "thuc hien",
    "theo",
    "xet",
    "tren co so",
    "thi hanh",
    "tiep theo",
    "phuc dap",
    "tiep tuc thuc hien",
    "trien khai",
    "can cu vao",
)
_TITLE_WORDS: Final = 90


@dataclass
class _Mention:
    """One place where a document is named, in offsets of the view."""

    kind: str
    number: str | None
    date: str | None
    issuer: str | None
    title: str | None
    pinpoint: str | None
    basis: bool
    start: int
    end: int
    rule: str
    doubts: list[str] = field(default_factory=list)


@Language.component("vanban_references")
def references(doc: Doc) -> Doc:
    """Fill in ``facts.references``."""
    reading: Reading = doc._.reading
    mentions: list[_Mention] = []
    for block in reading.blocks:
        found = _numbered(reading, block)
        found += _laws(reading, block, found)
        found += _named(reading, block, found)
        mentions += sorted(found, key=lambda m: m.start)
    own = _plain(reading.facts.header.number)
    mentions = [m for m in mentions if not (own and m.number and _plain(m.number) == own)]
    _join(reading, mentions)
    return doc


def _plain(number: str | None) -> str:
    return "".join((number or "").split()).replace("–", "-").lower()


def _basis(reading: Reading, block: Block) -> bool:
    head = reading.view.folded[block.paragraph.start + block.paragraph.bullet : block.paragraph.start + 60]
    return block.part == "preamble" and head.startswith(_PREAMBLE)


def _numbered(reading: Reading, block: Block) -> list[_Mention]:
    """Documents with a number."""
    text, low = reading.view.text, reading.view.low
    start, end = block.paragraph.start, block.paragraph.end
    mentions: list[_Mention] = []
    run: list[_Mention] = []
    at = start
    for match in _NUMBER.finditer(text, start, end):
        if match.start() < at:
            continue
        symbol = match["a"] or match["b"] or match["c"]
        located = _kind_before(text, low, at, match.start(), run)
        if located is None and (symbol is None or not _like_symbol(symbol, bool(match["year"]))):
            continue
        kind, begin, title, issuer = located or (_kind_of_symbol(symbol), match.start(), None, None)
        if kind is None:
            continue
        listed = begin == -1
        begin = match.start() if listed else begin
        mention = _Mention(
            kind,
            "".join(match[0].split()).replace("–", "-"),
            None,
            issuer,
            title,
            None,
            _basis(reading, block),
            begin,
            match.end(),
            "number",
        )
        if located is None:
            mention.doubts.append("kind_from_symbol")
        after = _read_after(reading, mention, match.end(), end)
        mention.pinpoint = _pinpoint(text, low, start, begin)
        _check(mention, symbol)
        if listed and mention.issuer is not None:
            for other in reversed(run):
                if other.issuer is not None:
                    break
                other.issuer = mention.issuer
        run = [*run, mention] if listed else [mention]
        mentions.append(mention)
        reading.taken.append((match.start(), after))
        at = after
    return mentions


def _like_symbol(symbol: str, dated: bool) -> bool:
    """Whether a symbol without a type before it can only be a document's ("3196/UBND-KSTT")."""
    return "-" in symbol and any(c.isupper() for c in symbol[1:]) and len(symbol) > 4


def _kind_of_symbol(symbol: str) -> str | None:
    head = symbol.replace("/", "-").split("-")[0]
    for kind, forms in ABBREVIATIONS.items():
        if head in forms and len(head) > 1:
            return kind
    return "Công văn"


def _kind_before(
    text: str, low: str, at: int, number: int, run: list[_Mention]
) -> tuple[str, int, str | None, str | None] | None:
    """Return type, where the mention begins (-1 in a list), title and issuer that stand before a number."""
    between = low[at:number]
    if run and _LIST.match(between, timeout=SECONDS):
        return run[-1].kind, -1, None, None
    window = max(at, number - 400)
    kinds = list(_KIND.finditer(low, window, number, timeout=SECONDS))
    for kind in reversed(kinds):
        gap = low[kind.end() : number]
        if _DIRECT.fullmatch(gap, timeout=SECONDS):
            if kind["kind"] == "kết luận" and low[max(at, kind.start() - 10) : kind.start()].strip() == "thông báo":
                return "Thông báo", low.rfind("thông báo", 0, kind.start()), None, None
            return _kind_name(kind["kind"]), kind.start(), None, None
    if run and regex.search(r"(?:^|[,;]|và)\s*số\s*:?\s*$", between, timeout=SECONDS) and not kinds:
        return run[-1].kind, -1, None, None
    for kind in kinds:
        gap = text[kind.end() : number]
        if not gap.rstrip().lower().endswith(("số", "số:")) or ";" in gap or ". " in gap or len(gap) > 300:
            continue
        if not (text[kind.start()].isupper() or len(gap.split()) < 25):
            continue
        words = gap.rstrip(" :")[: -len("số")].strip()
        title, _, issuer = words.rpartition(" của ")
        if not title:
            title, issuer = words, ""
        return _kind_name(kind["kind"]), kind.start(), title.strip(" ,") or None, issuer.strip(" ,") or None
    if run and regex.search(r"(?:[,;]|và)\s*số\s*:?\s*$", between, timeout=SECONDS):
        return run[-1].kind, -1, None, None
    return None


def _kind_name(low: str) -> str:
    return _SHORT_KINDS.get(low, low[0].upper() + low[1:])


def _read_after(reading: Reading, mention: _Mention, at: int, end: int) -> int:
    """Read date, issuer and title behind a number; return where the citation's number and date end."""
    text, low = reading.view.text, reading.view.low
    done = at
    for _ in range(2):
        date = _DATE.match(low, at, end)
        if date and mention.date is None:
            mention.date = iso_date(date["day"], date["month"], date["year"])
            if mention.date is None:
                mention.doubts.append("impossible_date")
            at = done = date.end()
            mention.end = at
        year = _YEAR.match(low, at, end, timeout=SECONDS)
        if year and mention.date is None and mention.kind in ("Luật", "Bộ luật", "Hiến pháp", "Pháp lệnh"):
            mention.date, at, done = year["year"], year.end(), year.end()
            mention.end = at
        of = _OF.match(low, at, end, timeout=SECONDS)
        if of and mention.issuer is None:
            issuer = _issuer(reading, of.end(), end)
            if issuer:
                mention.issuer, at = issuer
                mention.end = at
    about = _TITLE.match(text, at, end, timeout=SECONDS)
    if about and mention.title is None:
        stop = _title_end(text, low, about.end(), end)
        title = text[about.end() : stop].strip(" ,.;:")
        mention.title = title or None
        if title:
            mention.end = stop
        if mention.issuer is None and title and " của " not in title:
            of = _OF.match(low, stop, end, timeout=SECONDS)
            if of and (issuer := _issuer(reading, of.end(), end)):
                mention.issuer, mention.end = issuer
    return done


_ISSUERS: Final = regex.compile(
    r"(?:thủ tướng chính phủ|chính phủ|quốc hội|bộ chính trị|ban bí thư(?: trung ương)?|"
    r"ban chấp hành trung ương(?: đảng)?|trung ương đảng|trung ương|"
    r"ủy ban thường vụ quốc hội|uỷ ban thường vụ quốc hội|chủ tịch nước|hội đồng bầu cử quốc gia|"
    r"tòa án nhân dân tối cao|"
    r"tỉnh ủy|tỉnh uỷ|thành ủy|thành uỷ|ban thường vụ (?:tỉnh|thành|huyện|đảng) (?:ủy|uỷ)|đảng ủy|tỉnh|sở)(?!\p{L})"
)
_ISSUER_END: Final = regex.compile(
    r"[,;.:()“\"]|\s(?:về|v/v|ban hành|phê duyệt|quy định|sửa đổi|hướng dẫn|công bố|triển khai|thực hiện|"
    r"cải thiện|đẩy mạnh|tăng cường|thành lập|giao|"
    r"kiện toàn|công nhận|phân công|bãi bỏ|thông qua|điều chỉnh|bổ sung|tổ chức|nâng cao|xây dựng|đánh giá|trước|"
    r"để|nhằm|và các|số|ngày|tại|cho|đối với|năm|được|gửi|do|đến|trong|theo|khi|vì|đã)(?!\p{L})"
)


_TITLE_CUT: Final = regex.compile(
    r";|\.(?=\s|$)|,\s+(?=(?:quyết định|nghị quyết|nghị định|thông tư|chỉ thị|công văn|kế hoạch|kết luận|luật) )|"
    r"\s+(?=(?:gửi|trước ngày|và (?:quyết định|nghị quyết|nghị định|thông tư|kế hoạch|công văn|chỉ thị) số) )|"
    r", (?=\p{L})"
)
_BODIES: Final = regex.compile(r"\s*(?:ubnd|ủy ban|các sở|sở|thành phố|huyện)")
_AUTHOR_VERBS: Final = (
    "đề nghị",
    "yêu cầu",
    "ban hành",
    "xây dựng",
    "báo cáo",
    "trình",
    "thông báo",
    "hướng dẫn",
    "giao",
    "có ý kiến",
)


def _issuer(reading: Reading, at: int, end: int) -> tuple[str, int] | None:
    """Return the body named at an offset, as printed, and where its name ends."""
    text, low = reading.view.text, reading.view.low
    named = _ISSUERS.match(low, at, end, timeout=SECONDS)
    stop = _ISSUER_END.search(low, at, min(end, at + 160), timeout=SECONDS)
    finish = stop.start() if stop else min(end, at + 160)
    if named and named.end() > finish:
        finish = named.end()
    subject = None if named else subject_of(text, low, at, end)
    if named is None and subject is None and not text[at : at + 1].isupper() and not low.startswith(("tỉnh", "cấp")):
        return None
    name = text[at:finish].strip()
    while low[at:finish].endswith((" và", ",")):
        finish = at + len(text[at:finish].rpartition(" ")[0])
        name = text[at:finish].strip(" ,")
    return (name, finish) if name and len(name.split()) <= 16 else None


def _title_end(text: str, low: str, at: int, end: int) -> int:
    """A title runs to the end of its clause; a new citation behind a semicolon ends it, a list of bodies does not."""
    stop = at
    while stop < end:
        cut = _TITLE_CUT.search(low, stop, min(end, at + 900), timeout=SECONDS)
        if cut is None:
            return min(end, at + 900)
        if cut[0] == ";" and _BODIES.match(low, cut.end(), end, timeout=SECONDS):
            stop = cut.end()
            continue
        if cut[0] == ", ":
            subject = subject_of(text, low, cut.end(), end)
            if subject is None or not low.startswith(_AUTHOR_VERBS, subject.predicate or cut.start()):
                stop = cut.end()
                continue
        return cut.start()
    return end


def _skip(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def _pinpoint(text: str, low: str, start: int, begin: int) -> str | None:
    found = _PINPOINT.search(low, max(start, begin - 60), begin)
    if found is None:
        return None
    words = text[found.start("pin") : found.end("pin")].strip(" ,")
    return regex.sub(r"\b(điều|chương|mục|phần|phụ lục)\b", lambda m: m[0].capitalize(), words, timeout=SECONDS)


def _check(mention: _Mention, symbol: str | None) -> None:
    """Flag what disagrees: type with symbol, the number's year with the date."""
    if symbol and symbol_fits(mention.kind, symbol) is False:
        mention.doubts.append("kind_and_symbol_disagree")
    parts = (mention.number or "").split("/")
    if len(parts) > 2 and parts[1].isdigit() and len(parts[1]) == 4 and mention.date and mention.date[:4] != parts[1]:
        mention.doubts.append("year_and_date_disagree")


# --- documents named without a number --------------------------------------------------------------------------------


def _free(found: list[_Mention], start: int, end: int) -> bool:
    return not any(m.start <= start < m.end and m.rule == "number" and start - m.start < 12 for m in found)


def _laws(reading: Reading, block: Block, numbered: list[_Mention]) -> list[_Mention]:
    """Laws by their names."""
    text, low = reading.view.text, reading.view.low
    start, end = block.paragraph.start, block.paragraph.end
    out: list[_Mention] = []
    for match in _LAW.finditer(low, start, end):
        if any(m.start <= match.start() < m.start + len(m.kind) + 1 for m in numbered):
            continue
        amending = next((m for m in out if m.start < match.start() < m.end), None)
        name_at = match.end()
        stop = _law_name_end(text, low, name_at, end)
        name = text[name_at:stop].strip(" ,")
        if stop <= name_at or not _names_law(text, low, match, name):
            continue
        kind = _kind_name(match["kind"])
        mention = _Mention(kind, None, None, None, name, None, _basis(reading, block), match.start(), stop, "law_name")
        date = _DATE.match(low, stop, end) or _YEAR.match(low, stop, end, timeout=SECONDS)
        if date and amending is None:  # the date behind "Luật sửa đổi … Luật A và Luật B" is the amending law's
            groups = date.groupdict()
            mention.date = (
                iso_date(groups["day"], groups["month"], groups["year"]) if "day" in groups else groups["year"]
            )
            mention.end = date.end()
            reading.taken.append((date.start(), date.end()))
        mention.pinpoint = _pinpoint(text, low, start, match.start())
        out.append(mention)
    return out


def _law_name_end(text: str, low: str, at: int, end: int) -> int:
    """The longest known name that stands here; for a law that the list lacks, up to the first stop."""
    amended = _AMENDING.match(low, at, end, timeout=SECONDS)
    if amended:
        until = _law_name_end(text, low, amended.end(), end)
        while (more := _AND_LAW.match(low, until, end, timeout=SECONDS)) is not None:
            until = _law_name_end(text, low, more.end(), end)
        return until
    words = low[at : at + 120]
    best = 0
    if text[at : at + 1].islower() and not any("," in name and fold(words).startswith(name) for name in LAWS):
        stop = _LAW_STOP.search(low, at, min(end, at + 120), timeout=SECONDS)
        return stop.start() if stop else min(end, at + 120)
    folded = fold(words)
    for name in LAWS:
        if len(name) > best and folded.startswith(name) and not folded[len(name) : len(name) + 1].isalpha():
            best = len(name)
    if best:
        return min(end, at + best)
    stop = _LAW_STOP.search(low, at, min(end, at + 120), timeout=SECONDS)
    return stop.start() if stop else min(end, at + 120)


def _names_law(text: str, low: str, match: regex.Match[str], name: str) -> bool:
    before = low[max(0, match.start() - 14) : match.start()]
    if before.endswith(
        ("pháp ", "kỷ ", "quy ", "dự án ", "các ", "những ", "dự thảo ", "bộ ", "hộ ", "xây dựng ", "ngành ")
    ):
        return (
            before.endswith(("dự thảo ", "dự án ")) is False and name[:1].isupper() and before.endswith("bộ ") is False
        )
    first = name.lower().split()[0] if name else ""
    if not name or first in _NO_LAW or len(name.split()) > 30:
        return False
    if name[0].isupper() or name.startswith("sửa đổi"):
        return True
    known = len(name.split()) > 1 and any(fold(name).lower().startswith(law) for law in LAWS)
    return known or (
        before.endswith(("vi phạm ", "thi hành ", "chấp hành ", "thực hiện ", "theo ")) and len(name.split()) >= 2
    )


def _named(reading: Reading, block: Block, others: list[_Mention]) -> list[_Mention]:
    """Plans and programmes with a year, a period or a name of their own."""
    text, low = reading.view.text, reading.view.low
    start, end = block.paragraph.start, block.paragraph.end
    out: list[_Mention] = []
    for match in [
        *_NAMED.finditer(text, start, end),
        *_QUOTED.finditer(text, start, end),
    ]:
        if any(m.start < match.end() and match.start() < m.end for m in [*others, *out]):
            continue
        kind_at, match_kind, title = match.start("kind"), match["kind"].lower(), match["title"]
        inner = list(_KIND.finditer(title.lower(), timeout=SECONDS))
        if "time" in match.groupdict():
            inner = [m for m in inner if m["kind"] in _NAMEABLE]
            if inner:  # the nearest type before the year is the one meant
                last = inner[-1]
                kind_at, match_kind = match.start("title") + last.start(), last["kind"]
                title = title[last.end() :].strip()
            if not title or not _picks_out(reading, block, match_kind, title, kind_at, match):
                continue
            title = regex.sub(r"^về (?:việc )?", "", f"{title} {match['time']}".strip(), timeout=SECONDS)
        elif not title[:1].isupper():
            continue
        mention = _Mention(
            _kind_name(match_kind),
            None,
            None,
            None,
            " ".join(title.split()),
            None,
            _basis(reading, block),
            kind_at,
            match.end(),
            "named",
        )
        if mention.kind not in ABBREVIATIONS and mention.kind.split()[0] not in ("Chiến", "Quy", "Kế", "Chương"):
            continue
        of = _OF.match(low, match.end(), end, timeout=SECONDS)
        if of and (issuer := _issuer(reading, of.end(), end)):
            mention.issuer, mention.end = issuer
        out.append(mention)
    return out


def _picks_out(reading: Reading, block: Block, kind: str, title: str, at: int, match: regex.Match[str]) -> bool:
    """Whether a type with a title and a year names one existing document other than this one."""
    low = reading.view.low
    before = low[max(block.paragraph.start, at - 40) : at]
    if _PLURAL.search(before, timeout=SECONDS) or _UNWRITTEN.search(before, timeout=SECONDS):
        return False
    if title.lower().startswith(
        ("này", "đã", "được", "của", "đề ra", "trong", "nêu", "và", ",", "phát triển kinh tế - xã hội hằng")
    ):
        return False
    if len(title.split()) > 28 or regex.search(
        r"\b(?:đạt|tăng(?! trưởng| cường)|giảm(?! nghèo| thiểu)|được|phải|đã|sẽ|trước ngày|đến ngày|về phía|"
        r"hoàn thành|trong tháng|khoảng|ưu tiên|tại)\b",
        title.lower(),
        timeout=SECONDS,
    ):
        return False
    return not _is_own(reading, kind, title, match["time"])


def _is_own(reading: Reading, kind: str, title: str, time: str) -> bool:
    """Whether a type, a title and a year name this document itself, or what it promulgates."""
    head = reading.facts.header
    own = (head.title or "").lower()
    if not own or ((head.kind or "").lower() != kind and kind not in own):
        return False
    years = regex.findall(r"(?:19|20)\d\d", time, timeout=SECONDS)
    if years and not any(year in own or year == reading.year() for year in years):
        return False
    words = set(regex.findall(r"\p{L}+", title.lower(), timeout=SECONDS))
    return len(words & set(regex.findall(r"\p{L}+", own, timeout=SECONDS))) >= 0.75 * max(1, len(words))


# --- one entry a document --------------------------------------------------------------------------------------------


def _join(reading: Reading, mentions: list[_Mention]) -> None:
    groups: list[list[_Mention]] = []
    known: dict[tuple[str, str], list[list[_Mention]]] = {}
    for mention in mentions:
        name = _plain(mention.number) if mention.number else fold(mention.title or "").lower()
        same = known.setdefault((mention.kind, name), [])
        group = next((g for g in same if _dates_agree(g, mention)), None)
        if group is None:
            group = []
            same.append(group)
            groups.append(group)
        group.append(mention)
    for group in groups:
        _add(reading, group)


def _dates_agree(group: list[_Mention], mention: _Mention) -> bool:
    dates = {m.date for m in group if m.date}
    return not dates or mention.date is None or mention.date in dates


def _add(reading: Reading, group: list[_Mention]) -> None:
    first = group[0]

    def pick(name: str) -> str | None:
        return next((value for m in group if (value := getattr(m, name))), None)

    title = pick("title")
    reading.facts.references.append(
        Reference(
            kind=first.kind,
            number=first.number,
            date=pick("date"),
            issuer=pick("issuer"),
            title=" ".join(title.split()) if title else None,
            pinpoint=pick("pinpoint"),
            role="basis" if any(m.basis for m in group) else "mention",
            mentions=[reading.evidence(m.start, m.end) for m in group],
            **reading.fact(
                first.start,
                first.end,
                first.rule,
                0.97 if first.number else 0.85,
                tuple(dict.fromkeys(d for m in group for d in m.doubts)),
            ),
        )
    )
