"""The header (*thể thức*): bodies, number, type, place, date, title; the foot is read by foot.py.

Decree 30/2020/NĐ-CP, Appendix I, sets two columns over and under the text. A layout that knows columns gives one
after the other; plain text often runs both into one line, so every line is first cut at the motto, the number, the
date, and the capitals of the signature.
"""

from __future__ import annotations

from typing import Final

import regex

from diacritics.folding import fold
from diacritics.normalization import tone_key
from pipeline.parsing import patterns
from pipeline.parsing.bodies import known_body
from pipeline.parsing.foot import read_foot
from pipeline.parsing.kinds import HEADED, kind_of_symbol, kind_opening, symbol_fits
from pipeline.parsing.patterns import Bounded
from pipeline.parsing.pieces import Found, Piece, cut_piece, piece_of
from pipeline.parsing.reading import Reading
from pipeline.parsing.view import capitals
from pipeline.parsing.zones import Zones

_HEADS: Final = (
    "SỞ", "BỘ", "UBND", "ỦY BAN", "UỶ BAN", "BAN", "VĂN PHÒNG", "CỤC", "CHI CỤC", "TỔNG CỤC", "TRUNG TÂM", "PHÒNG",
    "TRƯỜNG", "KHOA",
    "BỆNH VIỆN", "HỘI", "ĐẢNG BỘ", "ĐẢNG ỦY", "ĐẢNG UỶ", "TỈNH ỦY", "TỈNH UỶ", "THÀNH ỦY", "THÀNH UỶ", "HUYỆN ỦY",
    "HUYỆN UỶ", "ĐẢNG ĐOÀN",
    "QUẬN ỦY", "THỊ ỦY", "CHI BỘ", "VIỆN", "HỌC VIỆN", "ĐẠI HỌC", "CÔNG TY", "TỔNG CÔNG TY", "TẬP ĐOÀN", "CHÍNH PHỦ",
    "QUỐC HỘI",
    "HĐND", "CHI NHÁNH", "LIÊN ĐOÀN", "TỔNG LIÊN ĐOÀN", "ĐOÀN", "MẶT TRẬN", "TÒA ÁN", "TOÀ ÁN", "VIỆN KIỂM SÁT",
    "CÔNG AN",
    "KHO BẠC", "NGÂN HÀNG", "THANH TRA", "KIỂM TOÁN", "THƯ VIỆN", "BẢO TÀNG", "TẠP CHÍ", "BÁO", "ĐÀI", "QUỸ",
    "BẢO HIỂM", "BHXH",
    "THUẾ", "TRẠM", "HẠT", "TỔ", "TIỂU BAN", "THỦ TƯỚNG", "CHỦ TỊCH", "KHU", "NHÀ", "VƯỜN", "VP", "BCĐ", "LIÊN HIỆP",
    "HIỆP HỘI",
)  # fmt: skip
_POSTS: Final = frozenset(("CHỦ TỊCH", "THỦ TƯỚNG", "BỘ TRƯỞNG"))
"""A post that issues a document in its own name: "CHỦ TỊCH" / "ỦY BAN NHÂN DÂN TỈNH …" is one issuer."""
_UNFINISHED: Final = frozenset(
    "ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|UBND|HĐND|SỞ|BỘ|BAN CHỈ ĐẠO|VĂN PHÒNG|TRUNG TÂM|PHÒNG|"
    "ĐẢNG BỘ|ĐẢNG ỦY|BỆNH VIỆN|TRƯỜNG|CHI CỤC|CỤC|TRƯỜNG ĐẠI HỌC|BAN QUẢN LÝ|CÔNG TY|CÔNG AN".split("|")
)


_ITSELF: Final = Bounded(
    rf"(?<!\p{{L}})(?P<kind>{'|'.join(kind for kind in HEADED if kind not in ('Luật', 'Lệnh', 'Hợp đồng'))})"
    r"\s+này(?!\p{L})"
)


_SPECK: Final = Bounded(r"[^\p{L}]{1,3}\s+")
_RANKS: Final = frozenset(("thành phố", "thị xã", "thị trấn", "đặc khu"))
_PROMULGATED: Final = frozenset(("Quy định", "Quy chế", "Quy trình"))
_PROMULGATING: Final = ("Quyết định", "Nghị quyết", "Thông tư", "Nghị định")
_NOTICE: Final = Bounded(
    r"(?<!\p{L})(?:trân trọng |xin |kính )?thông báo(?=\s*[./]*$|\s+(?:để|đến|tới) (?:các|quý|toàn))"
)
"""How a notice ends."""


def header(reading: Reading) -> None:
    """Fill in ``facts.header``."""
    found = Found()
    read_upper(reading.zones, found)
    if found.header.kind is None:
        _read_kind_of_closing(reading, found)
    read_foot(reading.zones.foot, found)
    _check(found)
    _gather_word_doubts(reading, found)
    _leave_to_a_person(reading, found)
    reading.facts.header = found.header
    reading.printed_year = found.year


def read_upper(zones: Zones, found: Found) -> None:
    """Fill in what stands over the text: bodies, number, place, date, type, title."""
    _read_bodies(_read_top(zones, found), found)
    _read_type_and_title(zones, found)


def _read_top(zones: Zones, found: Found) -> list[Piece]:
    """Read number, place and date; return what is left of the lines over the number: the names of the bodies."""
    titled = {id(place) for place in zones.title}
    kind_place = zones.kind[1] if zones.kind else None
    letter = zones.kind is not None and zones.kind[0] == "Công văn"
    bodies: list[Piece] = []
    numbered = False
    for place in zones.header:
        if kind_place is not None and place.start >= kind_place.start and not letter:
            break
        if kind_place is None and id(place) in titled:
            continue  # a title alone: the number in it is another document's
        piece = piece_of(place)
        motto = patterns.MOTTO.search(fold(piece.text).lower())
        if motto:
            before, after = cut_piece(piece, 0, motto.start()), cut_piece(piece, motto.end(), len(piece.text))
            piece = before if len(before.text) >= len(after.text) else after
        piece = _read_date(piece, found)
        number = None if numbered else patterns.HEADER_NUMBER.search(piece.text)
        written = None if numbered or number else _written_number(piece.text)
        if written:
            numbered = True
            found.put(
                "number", "".join(written["number"].split()), [cut_piece(piece, written.start("number"), written.end())]
            )
            found.doubt("number", "unreadable_number")
            continue
        if number:
            numbered = True
            _put_number(found, piece, number)
            piece = cut_piece(piece, 0, number.start())
            if piece.text and capitals(piece.text):
                bodies.append(piece)
            continue
        if numbered or id(place) in titled:
            continue
        if len(piece.text) > 1 and capitals(piece.text):
            bodies.append(piece)
    return bodies


def _written_number(text: str) -> regex.Match[str] | None:
    """A number of which the digits are written by hand, with "Số" before it or without."""
    return patterns.HANDWRITTEN_NUMBER.match(text) or patterns.BARE_SYMBOL.match(text)


def _put_number(found: Found, piece: Piece, number: regex.Match[str]) -> None:
    value = "".join(c for c in number["number"] if (not c.isspace() and c not in "._…") or c == ".")
    value = value.strip(".").replace("–", "-")
    if not number["digits"]:
        value = value.lstrip(".…_")
        found.doubt("number", "blank_number")
    found.put("number", value, [cut_piece(piece, number.start("number"), number.end("number"))])


def _read_date(piece: Piece, found: Found) -> Piece:
    """Take place and date out of a line; return what stands before them."""
    match = patterns.PLACE_DATE.search(piece.text)
    if found.header.date is not None:
        return piece
    if match is None:
        return _read_bare_date(piece, found)
    place = match["place"].strip()
    start = match.start("place")
    symbol = patterns.HEADER_NUMBER.search(piece.text)
    if symbol and symbol.end() > start:
        start = symbol.end()
        place = piece.text[start : match.end("place")].strip()
    else:
        cut = _capital_run(place)
        start, place = start + len(place) - len(cut), cut
    found.put("place", place or None, [cut_piece(piece, start, match.end("place"))])
    found.year = match["year"] if match["year"].isdigit() else None
    date = iso_date(match["day"], match["month"], match["year"])
    if date is not None:
        found.put("date", date, [cut_piece(piece, match.end("place") + 1, match.end())])
    else:
        found.doubt("date", "blank_or_impossible_date")
    return cut_piece(piece, 0, start)


def _read_bare_date(piece: Piece, found: Found) -> Piece:
    """Take the date out of a line that has nothing else; return what is left."""
    match = patterns.BARE_DATE.match(piece.text)
    date = iso_date(match["day"], match["month"], match["year"]) if match else None
    if match is None or date is None:
        return piece
    found.year = match["year"]
    found.put("date", date, [piece])
    return cut_piece(piece, 0, 0)


def _capital_run(text: str) -> str:
    """Return the capitalised words at the end: "V/v mời họp Lai Châu" -> "Lai Châu"."""
    words = text.split()
    keep = len(words)
    while keep and words[keep - 1][0].isupper() and not _shouted(words[keep - 1]):
        keep -= 1
    if keep >= 2 and words[keep - 2][0].isupper() and " ".join(words[keep - 2 : keep]).lower() in _RANKS:
        keep -= 2  # "Thành phố Hồ Chí Minh"
    return " ".join(words[keep:]) or text


def _shouted(word: str) -> bool:
    """Whether a word in capitals is of the other column ("HUYỆN ỦY TAM ĐƯỜNG Tam Đường"), no abbreviation (TP.)."""
    return len(word) > 1 and word.isupper() and not word.endswith(".") and word not in ("TP", "TX", "TT")


def iso_date(day: str, month: str, year: str) -> str | None:
    """Return YYYY-MM-DD, None where the calendar has no such day or a part is blank."""
    if not (day.strip().isdigit() and month.strip().isdigit() and year.strip().isdigit()):
        return None
    d, m, y = int(day), int(month), int(year)
    leap = y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)
    days = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if not (1900 <= y <= 2200 and 1 <= m <= 12 and 1 <= d <= days[m - 1]):
        return None
    return f"{y:04d}-{m:02d}-{d:02d}"


def _read_bodies(pieces: list[Piece], found: Found) -> None:
    """Put the lines over the number together to bodies: the superior one and the issuer."""
    bodies: list[list[Piece]] = []
    for piece in pieces:
        text = " ".join(piece.text.strip(" *_-–—.").split())
        if len(text) < 2:
            continue
        speck = _SPECK.match(text)
        if speck and text[speck.end() :].startswith(_HEADS):
            text = text[speck.end() :]  # what was read of the frame or of a stamp beside the name
        piece = Piece(text, piece.start + max(0, piece.text.find(text.split()[0])))
        named = known_body(text)
        if named is not None and named != text and _marks_differ(named, text):
            found.doubt("issuer", "name_repaired")
            piece = Piece(named, piece.start)
            text = named
        opens = any(text == head or text.startswith(head + " ") for head in _HEADS)
        last = " ".join(p.text for p in bodies[-1]) if bodies else ""
        joint = bool(bodies) and pieces[pieces.index(piece) - 1].text.endswith(("-", "–")) if piece in pieces else False
        runs_on = last in _POSTS or (last in _UNFINISHED and len(bodies[-1]) == 1 and not _is_body(text))
        completed = bool(last) and known_body(last) is None and known_body(f"{last} {text}") is not None
        if bodies and (not opens or runs_on or joint or completed):
            bodies[-1].append(piece)
        else:
            bodies.append([piece])
    names = [" ".join(p.text for p in body) for body in bodies]
    if len(bodies) == 1:
        found.put("issuer", names[0], bodies[0])
    elif len(bodies) > 1:
        found.put("authority", names[0], bodies[0])
        found.put("issuer", " ".join(names[1:]), [p for body in bodies[1:] for p in body])


def _marks_differ(name: str, text: str) -> bool:
    """Whether more than the printed form differs (HÓA for HOÁ is the printer's choice)."""
    return tone_key(name) != tone_key(text)


def _is_body(text: str) -> bool:
    """Whether a line names a body by itself, rather than the place of the one above ("TỈNH …", "XÃ …")."""
    return not text.startswith(
        ("TỈNH", "THÀNH PHỐ", "TP", "HUYỆN", "QUẬN", "THỊ XÃ", "XÃ", "PHƯỜNG", "THỊ TRẤN", "ĐẶC KHU")
    )


def _read_type_and_title(zones: Zones, found: Found) -> None:
    if zones.kind is not None:
        kind, place = zones.kind
        found.put("kind", kind, [piece_of(place)])
        pieces = [piece_of(p) for p in zones.title]
        if kind == "Công văn":
            pieces = _subject_pieces(pieces)
        elif pieces and zones.title[0] is place:
            opening = kind_opening(pieces[0].text)
            if opening:
                pieces[0] = cut_piece(pieces[0], opening[1], len(pieces[0].text))
        elif pieces and (about := patterns.SUBJECT.match(pieces[0].text)):
            pieces[0] = cut_piece(pieces[0], about.end(), len(pieces[0].text))
        pieces = [p for p in pieces if p.text]
        title = " ".join(p.text for p in pieces).strip(" .:*_")
        found.put("title", title or None, pieces)
        return
    pieces = _subject_pieces([piece_of(p) for p in zones.title])
    if pieces and (telegram := patterns.TELEGRAM.search(pieces[-1].text)):
        if telegram["issuer"].startswith(found.header.issuer or ""):
            issuer = cut_piece(pieces[-1], telegram.start("issuer"), telegram.end("issuer"))
            found.put("issuer", issuer.text, [issuer])
        pieces[-1] = cut_piece(pieces[-1], 0, telegram.start())
        pieces = [piece for piece in pieces if piece.text]
    found.put("title", " ".join(p.text for p in pieces).strip(" .:*_") or None, pieces)


def _subject_pieces(pieces: list[Piece]) -> list[Piece]:
    """The lines of a letter's subject, without V/v and without the date that stands beside it."""
    out: list[Piece] = []
    loud = bool(pieces) and capitals(pieces[0].text)
    for piece in pieces:
        match = patterns.SUBJECT.search(piece.text)
        if match:
            piece = cut_piece(piece, match.end(), len(piece.text))
        elif not out and piece.text.startswith("Về việc "):
            piece = cut_piece(piece, len("Về việc "), len(piece.text))
        date = patterns.PLACE_DATE.search(piece.text)
        if date:
            place = _capital_run(date["place"])
            piece = cut_piece(piece, 0, date.end("place") - len(place))
        if piece.text and (loud or not capitals(piece.text)):
            out.append(piece)
    return out


def _read_kind_of_closing(reading: Reading, found: Found) -> None:
    """The page with the type is missing: "Trên đây là báo cáo …" decides; without it, a letter is known by Kính gửi."""
    view, document = reading.view, reading.document
    for paragraph in reversed(view.paragraphs):
        folded = view.folded[paragraph.start : min(paragraph.end, paragraph.start + 120)]
        if not folded.startswith("tren day la"):
            continue
        at, best = None, None
        for kind in HEADED:
            position = folded.find(fold(kind).lower())
            if position >= 0 and (at is None or position < at):
                at, best = position, kind
        if at is not None and best is not None and at < 60:
            start, end = view.source(paragraph.start + at, paragraph.start + at + len(best))
            found.put("kind", best, [Piece(document.text[start:end], start)])
            found.doubt("kind", "from_closing")
            return
    if _read_kind_of_itself(reading, found):
        return
    for paragraph in [p for p in view.paragraphs if p.zone == "body"][-2:]:
        notice = _NOTICE.search(view.low, paragraph.start, paragraph.end)
        if notice:
            start, end = view.source(notice.start(), notice.end())
            found.put("kind", "Thông báo", [Piece(document.text[start:end], start)])
            found.doubt("kind", "from_closing")
            return
    symbol = (found.header.number or "").partition("/")[2]
    if symbol:
        found.put("kind", kind_of_symbol(symbol) or "Công văn", [Piece("x", found.spans["number"][0])])
        found.doubt("kind", "from_number")


def _read_kind_of_itself(reading: Reading, found: Found) -> bool:
    """A document names itself "Kế hoạch này", "Chỉ thị này": the type that the body names so most often."""
    view, document = reading.view, reading.document
    named: dict[str, list[int]] = {}
    for paragraph in view.paragraphs:
        if paragraph.zone == "body":
            for match in _ITSELF.finditer(view.text, paragraph.start, paragraph.end):
                named.setdefault(match["kind"], []).append(match.start())
    if not named:
        return False
    kind = max(named, key=lambda k: len(named[k]))
    if kind in _PROMULGATED:  # what is attached to a decision names itself more often than the decision does
        kind = next((k for k in _PROMULGATING if k in named), kind)
    start, end = view.source(named[kind][0], named[kind][0] + len(kind))
    found.put("kind", kind, [Piece(document.text[start:end], start)])
    found.doubt("kind", "from_its_own_mention")
    return True


def _check(found: Found) -> None:
    """Flag what disagrees: the symbol with the type."""
    head = found.header
    if head.number and head.kind and found.spans.get("kind"):
        symbol = head.number.split("/", 1)[-1] if "/" in head.number else ""
        party = head.number.split("-", 1)[-1] if "-" in head.number.split("/")[0] else ""
        fits = symbol_fits(head.kind, party or symbol.rsplit("/", 1)[-1])
        if fits is False:
            found.doubt("kind", "kind_and_symbol_disagree")


def _leave_to_a_person(reading: Reading, found: Found) -> None:
    """A number written by hand is no number until a person has read it; what is printed of it stays in the evidence.

    Of a scan whose page with the header is there, a number or a date that was not read is told too.
    """
    head, first = found.header, reading.document.pages[0].number
    doubts = set(head.doubts.get("number", ()))
    if reading.scanned and "blank_number" in doubts:
        doubts.add("unreadable_number")  # what was written into the blank was taken out with the pen strokes
    disputed = "handwritten" in doubts and doubts & {"number_disputed", "low_confidence", "restoration_unsure"}
    headed = reading.scanned and head.issuer is not None
    if "unreadable_number" in doubts or disputed:
        printed, place = head.number or "", head.evidence.get("number")
        page = first if place is None else place.page
        reading.warn("number_by_hand", f"the number is written by hand: read it from the page ({printed})", page)
        head.number = None
    elif headed and head.number is None:
        reading.warn("number_not_read", "no number was read: look for it on the page", first)
    if head.date is None and (headed or "blank_or_impossible_date" in head.doubts.get("date", ())):
        reading.warn("date_not_read", "the date is blank, written by hand or impossible: read it from the page", first)


def _gather_word_doubts(reading: Reading, found: Found) -> None:
    for name, (start, span_end) in found.spans.items():
        end = min(span_end, len(reading.document.text))
        if start < end:
            found.header.evidence[name] = reading.document.evidence(start, end)
            for word in reading.document.words(start, end):
                for why in word.doubts:
                    if why not in found.header.doubts.get(name, []):
                        found.doubt(name, why)
