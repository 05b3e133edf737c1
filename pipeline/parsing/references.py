"""References (*viện dẫn*): every other document that the text names, by number or by a name that picks out one.

The first citation gives type, number, date, issuer and subject, later ones type and number only (Decree 30/2020/NĐ-CP,
Appendix I, II.6), so mentions are joined by type and number. What type a number belongs to is read backwards from it:
directly ("Quyết định số 8/QĐ-UBND"), through a list ("…, số 9/QĐ-UBND"), or over a title ("Báo cáo … số 2/BC-HĐTĐ").
"""

from __future__ import annotations

from typing import Final

import regex

from pipeline.parsing.citations import (
    DATE,
    KIND,
    OF,
    YEAR,
    Mention,
    is_basis,
    issuer_at,
    kind_name,
    pinpoint_before,
    plain,
    title_end,
)
from pipeline.parsing.header import iso_date
from pipeline.parsing.joining import joined
from pipeline.parsing.kinds import ABBREVIATIONS, symbol_fits
from pipeline.parsing.laws import laws_named
from pipeline.parsing.named import papers_named, plans_named, reports_heard, standards_named
from pipeline.parsing.patterns import DECREE, PARTY, Bounded, Pattern
from pipeline.parsing.reading import Block, Reading
from pipeline.records import Reference

_SYMBOL: Final = r"\p{Lu}[\p{L}\d]{0,14}"
_NUMBER: Final = Pattern(
    "reference_number",
    rf"(?<=[Ss]ố ?)[.…_]{{0,12}} ?/\s?(?P<blank>{_SYMBOL}(?:\s?[-–/&]\s?{_SYMBOL}){{1,4}})|"
    r"(?:(?<![\p{L}\d/.,])|(?<=số))(?P<digits>\d{1,5}(?:\.\d{1,2})?[a-zđ]?)"
    rf"(?:(?P<year>\s?/\s?(?:19|20)\d\d)(?:\s?/\s?(?P<a>QH \d\d(?!\d)|{_SYMBOL}(?:\s?[-–/&]\s?{_SYMBOL}){{0,4}}))"
    rf"|\s?/\s?(?P<b>{_SYMBOL}(?:(?:\s?[-–/&]\s?|\.){_SYMBOL}){{0,4}})"
    rf"|\s?[-–]\s?(?P<c>{_SYMBOL}(?:[-–]{_SYMBOL})?\s?/\s?{_SYMBOL}(?:[-–]{_SYMBOL})?))",
    "Quyết định số 14/2024/QĐ-UBND ngày",
    {"digits": "14", "a": "QĐ-UBND"},
    f"{DECREE}, II.3; {PARTY}: 15-NQ/TU; Law 63/2025/QH15: 63/2025/QH15",
    needs=("/",),
)
_SHORT: Final = Pattern(
    "short_mention",
    rf"{KIND.source}\s+(?:số\s+)?(?P<digits>\d{{1,5}})(?![\p{{L}}\d/.,\-–]*[\p{{L}}\d/])",
    "theo kế hoạch 2039 nêu trên",
    {"kind": "kế hoạch", "digits": "2039"},
    f"{DECREE}, II.6: later citations give type and number only",
)
_NUMBERED: Final = Bounded(r"\ssố\s+\d")
_OF_THE_PARTY: Final = Bounded(r" (?=Ban Chấp hành Trung ương|Bộ Chính trị|Ban Bí thư)")
""" "Nghị quyết 20 Ban Chấp hành Trung ương": its bodies stand without "của" too."""
_SPELLED: Final = Bounded(r"\ssố\s+\d{2}")
_KNOWN_BY_NUMBER: Final = frozenset(("Nghị quyết", "Nghị định", "Quyết định", "Chỉ thị", "Thông tư", "Kết luận"))
""" "Ba năm thực hiện Nghị quyết số 49": whom it is addressed to knows whose."""
_ABOVE: Final = Pattern(
    "mention_above",
    rf"{KIND.source}\s+(?:này\s+)?(?:nêu trên|nói trên|trên đây|đã nêu)(?!\p{{L}})",
    "theo quyết định nêu trên",
    {"kind": "quyết định"},
    f"{DECREE}, II.6",
    needs=("nêu trên", "nói trên", "trên đây", "đã nêu"),
)
_DIRECT: Final = Bounded(r"(?:\s*:)?\s*(?:số|so|sô|sổ|s6|luật số)?\s*:?\s*$")
_LIST: Final = Bounded(r"^\s*(?:[,;]|và|;\s*và|,\s*và)\s*(?:số)?\s*:?\s*$")
_TITLE: Final = Bounded(
    r"\s*,?\s*(?P<about>về việc|về|v/v)\s+|\s*,?\s*(?=(?:ban hành|phê duyệt|quy định|sửa đổi|hướng dẫn(?! của | tại )|"
    r"công bố|triển khai|thực hiện|cải thiện|"
    r"đẩy mạnh|tăng cường|thành lập|giao|kiện toàn|công nhận|phân công|bãi bỏ|thông qua|điều chỉnh|bổ sung|"
    r"tổ chức|nâng cao|xây dựng|đánh giá|kết quả|tổng kết)(?!\p{L}))",
    regex.IGNORECASE,
)


_OF_A_FORM: Final = Bounded(r"(?<!\p{L})(?:mẫu|biểu|biểu mẫu|phụ lục)(?: số)?:? ?$")
""" "Mẫu số 01/HNCT" is the number of a form."""
_TOLD: Final = Bounded(
    r"(?<!\p{L})ngày\s+(?P<day>\d{1,2})(?:/|\s+tháng\s+)(?P<month>\d{1,2})(?:/|\s+năm\s+)(?P<year>\d{4}),?\s+"
    r"(?P<issuer>\p{L}[^,;.:\d]{1,70}?)\s+(?:đã\s+)?(?:có|ban hành|ký ban hành|ký)\s+(?:các\s+)?$"
)
_NUMBER_ALONE: Final = Bounded(r"(?:^|[,;]|và)\s*số\s*:?\s*$")
_NUMBER_NEXT: Final = Bounded(r"(?:[,;]|và)\s*số\s*:?\s*$")
""" "Quyết định số 15/QĐ-UBND, số …": the type is that of the number before."""


def references(reading: Reading) -> None:
    """Fill in ``facts.references``."""
    mentions: list[Mention] = []
    for block in reading.blocks:
        found = _numbered(reading, block) + standards_named(reading, block)
        found += laws_named(reading, block, found)
        found += reports_heard(reading, block)
        found += papers_named(reading, block, found)
        found += plans_named(reading, block, found)
        mentions += sorted(found, key=lambda m: m.start)
    own = plain(reading.facts.header.number)
    mentions = [m for m in mentions if not (own and m.number and _is_number_of(own, plain(m.number)))]
    mentions += _short_mentions(reading, mentions)
    mentions += _mentions_above(reading, mentions)
    for group in joined(sorted(mentions, key=lambda m: m.start)):
        # what is to be written is cited nowhere, unless the document rests on it
        if not any(m.drafted for m in group) or any(m.basis and not m.drafted for m in group):
            _add(reading, group)


def _is_number_of(own: str, number: str) -> bool:
    """Whether a number is the document's own, or its own without the digits that were still to be given."""
    return number == own or (number.startswith("/") and own.endswith(number))


def _short_mentions(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """ "Kế hoạch 2039", after "Kế hoạch số 2039/KH-UBND ngày …": later mentions may leave the symbol out."""
    full: dict[tuple[str, str], set[str]] = {}
    for mention in mentions:
        if mention.number:
            digits = mention.number.replace("-", "/").partition("/")[0]
            full.setdefault((mention.kind, digits), set()).add(mention.number)
    out: list[Mention] = []
    for match in _SHORT.finditer(reading.view.low):
        kind, (start, end) = kind_name(match["kind"]), match.span()
        numbers = full.get((kind, match["digits"]), set())
        dated = None if numbers or not _NUMBERED.search(match[0]) else DATE.match(reading.view.low, end, end + 40)
        date = iso_date(dated["day"], dated["month"], dated["year"]) if dated else None
        if dated and date:
            end = dated.end()
        issuer = None if numbers else _issuer_behind(reading, end)
        told = kind in _KNOWN_BY_NUMBER and reading.view.text[start].isupper() and _SPELLED.search(match[0])
        if len(numbers) > 1 or not (numbers or issuer or date or told):
            continue
        if not any(m.start <= start < m.end for m in mentions):
            number = next(iter(numbers), match["digits"])
            out.append(Mention(kind, number, date, issuer, None, None, False, start, end, "short_mention"))
            if date and dated:
                reading.taken.append((dated.start(), end))
    return out


def _issuer_behind(reading: Reading, at: int) -> str | None:
    """The body behind a number without a symbol: "Nghị quyết 08 của Bộ Chính trị" needs no more to be known."""
    of = OF.match(reading.view.low, at, at + 20) or _OF_THE_PARTY.match(reading.view.text, at, at + 60)
    issuer = issuer_at(reading, of.end(), min(of.end() + 80, len(reading.view.low))) if of else None
    return issuer[0] if issuer and issuer[0][:1].isupper() else None


def _mentions_above(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """ "Quyết định nêu trên": the only document of its type that was cited before."""
    out: list[Mention] = []
    cited: dict[str, list[Mention]] = {}
    """By its type the first document cited, and the first other one of the type."""
    for mention in sorted(mentions, key=lambda m: m.start):
        if mention.number:
            same = cited.setdefault(mention.kind, [mention])
            if len(same) == 1 and (mention.number, mention.date) != (same[0].number, same[0].date):
                same.append(mention)
    for match in _ABOVE.finditer(reading.view.low) if mentions else ():
        kind = kind_name(match["kind"])
        before = [mention for mention in cited.get(kind, []) if mention.start < match.start()]
        if len(before) == 1 and not any(m.start <= match.start() < m.end for m in mentions):
            number, date = before[0].number, before[0].date
            out.append(
                Mention(kind, number, date, None, None, None, False, match.start(), match.end(), "mention_above")
            )
    return out


def _numbered(reading: Reading, block: Block) -> list[Mention]:
    """Documents with a number."""
    text, low = reading.view.text, reading.view.low
    start, end = block.paragraph.start, block.paragraph.end
    mentions: list[Mention] = []
    run: list[Mention] = []
    told: str | None = None  # the date that stands before a whole list
    at = start
    for match in _NUMBER.finditer(text, start, end):
        if match.start() < at or _OF_A_FORM.search(low, start, match.start()):
            continue
        symbol = match["a"] or match["b"] or match["c"] or match["blank"]
        located = _kind_before(text, low, at, match.start(), run, symbol)
        if located is None and (symbol is None or not _like_symbol(symbol, bool(match["year"]))):
            continue
        kind, begin, title, issuer = located or (_kind_of_symbol(symbol), match.start(), None, None)
        if kind is None:
            continue
        listed = begin == -1
        begin = match.start() if listed else begin
        mention = Mention(
            kind,
            "".join(match[0].split()).replace("–", "-").lstrip(".…_"),
            None,
            issuer,
            title,
            None,
            is_basis(reading, block),
            begin,
            match.end(),
            "number",
        )
        if located is None:
            mention.doubts.append("kind_from_symbol")
        if match["blank"]:
            mention.doubts.append("blank_number")
        after = _read_after(reading, mention, match.end(), end)
        if mention.date is None and listed:
            mention.date = told
        elif mention.date is None:
            told = _read_before(reading, mention, at, begin)
        mention.pinpoint = pinpoint_before(text, low, start, begin)
        _check(mention, symbol)
        if listed:
            _share_issuer(run, mention)
        run = [*run, mention] if listed else [mention]
        mentions.append(mention)
        reading.taken.append((match.start(), after))
        at = after
    return mentions


def _share_issuer(run: list[Mention], last: Mention) -> None:
    """ "các Quyết định số 12/QĐ-TTg, số 88/QĐ-TTg của Thủ tướng": the issuer behind a list is that of all of it."""
    for other in reversed(run):
        if other.issuer is not None:
            break
        other.issuer = last.issuer


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
    text: str, low: str, at: int, number: int, run: list[Mention], symbol: str | None
) -> tuple[str, int, str | None, str | None] | None:
    """Return type, where the mention begins (-1 in a list), title and issuer that stand before a number.

    Of the types over which a title runs on to the number the first counts that its symbol is of, else the first.
    """
    between = low[at:number]
    if run and _LIST.match(between):
        return run[-1].kind, -1, None, None
    window = max(at, number - 400)
    kinds = list(KIND.finditer(low, window, number))
    for kind in reversed(kinds):
        gap = low[kind.end() : number]
        if _DIRECT.fullmatch(gap):
            if kind["kind"] == "kết luận" and low[max(at, kind.start() - 10) : kind.start()].strip() == "thông báo":
                return "Thông báo kết luận", low.rfind("thông báo", 0, kind.start()), None, None
            return kind_name(kind["kind"]), kind.start(), None, None
    if run and _NUMBER_ALONE.search(between) and not kinds:
        return run[-1].kind, -1, None, None
    for kind in sorted(kinds, key=lambda kind: not (symbol and symbol_fits(kind_name(kind["kind"]), symbol))):
        gap = text[kind.end() : number]
        if not gap.rstrip().lower().endswith(("số", "số:")) or ";" in gap or ". " in gap or len(gap) > 300:
            continue
        if symbol and symbol_fits(kind_name(kind["kind"]), symbol) is False:
            continue  # "… quy định chi tiết Luật Quy hoạch (số 37/2019/NĐ-CP)": a verb
        if not (text[kind.start()].isupper() or len(gap.split()) < 25):
            continue
        words = " " + gap.rstrip(" :")[: -len("số")].strip()
        title, of, issuer = words.rpartition(" của ")
        if not of:
            title, issuer = words, ""
        return kind_name(kind["kind"]), kind.start(), title.strip(" ,") or None, issuer.strip(" ,") or None
    if run and _NUMBER_NEXT.search(between):
        return run[-1].kind, -1, None, None
    return None


def _read_after(reading: Reading, mention: Mention, at: int, end: int) -> int:
    """Read date, issuer and title behind a number; return where the citation's number and date end."""
    text, low = reading.view.text, reading.view.low
    done = at
    for _ in range(2):
        date = DATE.match(low, at, end)
        if date and mention.date is None:
            mention.date = iso_date(date["day"], date["month"], date["year"])
            if mention.date is None:
                mention.doubts.append("impossible_date")
            at = done = date.end()
            mention.end = at
        year = YEAR.match(low, at, end)
        if year and mention.date is None and mention.kind in ("Luật", "Bộ luật", "Hiến pháp", "Pháp lệnh"):
            mention.date, at, done = year["year"], year.end(), year.end()
            mention.end = at
        of = OF.match(low, at, end)
        if of and mention.issuer is None:
            issuer = issuer_at(reading, of.end(), end)
            if issuer:
                mention.issuer, at = issuer
                mention.end = at
    about = _TITLE.match(text, at, end)
    if about and mention.title is None:
        stop = title_end(text, low, about.end(), end)
        title = text[about.end() : stop].strip(" ,.;:")
        mention.title = title or None
        if title:
            mention.end = stop
        if mention.issuer is None and title and " của " not in title:
            of = OF.match(low, stop, end)
            if of and (issuer := issuer_at(reading, of.end(), end)):
                mention.issuer, mention.end = issuer
    return done


def _read_before(reading: Reading, mention: Mention, start: int, begin: int) -> str | None:
    """ "Ngày 10/9/2025, Sở Y tế ban hành Quyết định số …": a narrative gives date and issuer first; return the date."""
    low = reading.view.low
    told = _TOLD.search(low, max(start, begin - 160), begin)
    if told is None:
        return None
    date = iso_date(told["day"], told["month"], told["year"])
    issuer = issuer_at(reading, told.start("issuer"), told.end("issuer"))
    if date is None or issuer is None:
        return None
    mention.date = date
    mention.issuer = mention.issuer or issuer[0]
    reading.taken.append((told.start("day"), told.end("year")))
    return date


def _check(mention: Mention, symbol: str | None) -> None:
    """Flag what disagrees: type with symbol, the number's year with the date."""
    if symbol and symbol_fits(mention.kind, symbol) is False:
        mention.doubts.append("kind_and_symbol_disagree")
    parts = (mention.number or "").split("/")
    if len(parts) > 2 and parts[1].isdigit() and len(parts[1]) == 4 and mention.date and mention.date[:4] != parts[1]:
        mention.doubts.append("year_and_date_disagree")


def _add(reading: Reading, group: list[Mention]) -> None:
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
                tuple(dict.fromkeys(d for m in group for d in m.doubts)),
            ),
        )
    )
