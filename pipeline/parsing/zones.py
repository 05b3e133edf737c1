"""Where a document's header ends, where its foot stands, and what is attached behind it.

    header   motto, bodies, number, place and date, type, title     Decree 30/2020/NĐ-CP, Appendix I, II.1 to II.5
    body     from "Căn cứ …", "Kính gửi …" or the first node on
    foot     Nơi nhận and the signature                              II.7, II.9
    attachment   what follows the foot: an appendix, a plan "ban hành kèm theo"

Only anchors that the norm prescribes are trusted; the roles that the layout gives a line are used where they are
there, never needed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from diacritics.folding import fold
from pipeline.document import ASIDE, Document, Place
from pipeline.parsing import patterns
from pipeline.parsing.kinds import kind_misread, kind_named, kind_opening
from pipeline.parsing.labels import bullet_end, read_label
from pipeline.parsing.view import capitals

_HEADER_LINES: Final = 60
_FOOT_LINES: Final = 120
_TITLE_ALONE_WORDS: Final = 9
_CITES: Final = patterns.Bounded(r"(?<!\p{L})số:? ?\d{1,5}[^;]{0,12}/[^;]{2,90}?ngày \d", needs=("ngày ",))
_NOTE_CHARS: Final = 70
"""Characters of a note at least: a recipient told by a document ("Như Điều 2 Quyết định số …") is shorter."""
_REPORTED_DAYS: Final = patterns.Bounded(r"\((?:[Ss]ố liệu |[Tt]ính )?[Tt]ừ ngày \d[^()]*\)")
""" "(Từ ngày 02/3/2025 đến ngày 08/3/2025)" below a title: the days that a weekly report is of."""
_LONGEST_LINE: Final = 600
"""Characters of a printed line and more; what is longer is prose that lost its lines, no part of header or foot."""
_LEGIBLE: Final = 0.6
"""Confidence of a line below which it is no part of a title."""
_CENTRE_POINTS: Final = 9.0
"""How far the middles of centred lines lie apart at most; an indent moves a full line's by more."""
_SURE_OPENERS: Final = (
    "can cu",
    "kinh gui",
    "thuc hien",
    "xet de nghi",
    "theo de nghi",
    "trong thoi gian qua",
    "thi hanh",
)
_OPENERS: Final = (
    "theo", "nham", "de", "trong", "ngay", "tren co so", "tiep theo", "phuc dap", "sau khi", "hien nay", "vua qua",
    "qua", "tu",
    "nhan", "nham", "xet", "tiep tuc", "nam", "so", "uy ban", "ubnd", "bo", "hoi dong", "ban", "thuc te", "de nghi",
    "can",
)  # fmt: skip
_OPENING_WORDS: Final = frozenset(opener.split(" ", 1)[0] for opener in _OPENERS)
_AUTHORS: Final = (
    "chu tich", "giam doc", "bo truong", "uy ban nhan dan", "hoi dong", "ban thuong vu", "ban chap hanh", "truong ban",
    "thu tuong", "chinh phu", "tong giam doc", "cuc truong", "chi cuc truong", "hieu truong", "vien truong", "quoc hoi",
    "tong cuc truong", "thuong truc", "chanh", "truong phong", "thong doc", "bo chinh tri", "ban bi thu", "so ",
    "phong ",
)  # fmt: skip
_LEADING_ON: Final = (" CỦA", " VÀ", " VỀ", " VỚI", " CHO", " DO", " TẠI", " THEO", " TRÊN", ",", "-", "–")
"""A line in capitals that ends so goes on, though the next opens with a body's name."""


@dataclass
class Zones:
    """The lines of each zone, in reading order, blank ones left out. `title` is a part of `header`."""

    header: list[Place] = field(default_factory=list)
    title: list[Place] = field(default_factory=list)
    kind: tuple[str, Place] | None = None
    body: list[Place] = field(default_factory=list)
    foot: list[Place] = field(default_factory=list)
    attachment: list[Place] = field(default_factory=list)


def divide(document: Document) -> Zones:
    """Return the zones of a document."""
    places = [p for p in document.places if p.line.role not in ASIDE and p.text.strip()]
    zones = Zones()
    end = read_header(places, zones)
    zones.header = places[:end]
    start, stop = _find_foot(places, end)
    notes = _notes(places, start, stop)
    zones.body, zones.foot = places[end:start] + places[notes:stop], places[start:notes]
    zones.attachment = places[stop:]
    return zones


def folded_line(place: Place) -> str:
    """Return the line folded, in lower case."""
    return fold(place.text[:_LONGEST_LINE]).lower().strip()


def read_header(places: list[Place], zones: Zones) -> int:
    """Fill in type and title; return how many lines the header has (0 where the page with it is missing)."""
    end, anchors, index = 0, 0, 0
    while index < min(len(places), _HEADER_LINES):
        place = places[index]
        low, text = folded_line(place), place.text.strip()
        if len(text) > _LONGEST_LINE:
            break
        if low.startswith("kinh gui") or (end and low.startswith(_SURE_OPENERS) and text[:2].istitle()):
            break
        if patterns.SUBJECT.search(text) or (anchors and text.startswith("Về việc ")):
            return _read_subject(places, index, zones)
        if _anchors(text, low):
            anchors, end, index = anchors + 1, index + 1, index + 1
            continue
        kind = _printed_kind(text, misread=anchors > 1)
        if kind is None and capitals(text) and (title := _title_alone(places, index)):
            zones.title = title
            return places.index(title[-1], index) + 1
        if kind is not None and (anchors or index < 12):
            zones.kind = (kind, place)
            zones.title = _read_title(places, index)
            return index + 1 + len([p for p in zones.title if p is not place])
        label = read_label(text)
        if label is not None or (not capitals(text) and len(text.split()) > 9 and not anchors):
            break
        index += 1
    return end


def _title_alone(places: list[Place], index: int) -> list[Place]:
    """The title of a page whose upper part is lost: lines in capitals, too long for a name, with prose behind them."""
    taken: list[Place] = []
    for place in places[index : index + 9]:
        text, low = place.text.strip(), folded_line(place)
        if not capitals(text) or _ends_title(taken, text, low, 0, gap=False) or _anchors(text, low):
            break
        taken.append(place)
    opening = next((at for at, place in enumerate(taken) if folded_line(place).startswith("ve viec ")), 0)
    taken = taken[opening:]  # over it stands what is left of the bodies' names
    if sum(len(place.text.split()) for place in taken) < _TITLE_ALONE_WORDS:
        return []
    behind = [(p.text.strip(), folded_line(p)) for p in places[index + len(taken) : index + len(taken) + 6]]
    named = any(_anchors(text, low) or _printed_kind(text) or patterns.SUBJECT.search(text) for text, low in behind)
    return [] if named or not behind else taken


def _anchors(text: str, low: str) -> bool:
    return bool(
        patterns.MOTTO.search(low)
        or (patterns.HEADER_NUMBER.match(text) and text[0].isupper())
        or patterns.HANDWRITTEN_NUMBER.match(text)
        or patterns.BARE_SYMBOL.match(text)
        or patterns.PLACE_DATE.search(text)
        or patterns.BARE_DATE.match(text)
    )


def _printed_kind(text: str, misread: bool = False) -> str | None:
    bare = text.strip(" .:*_-–")
    if not capitals(bare):
        # a type in capitals that runs on into its title on the same line: "KẾ HOẠCH Triển khai …"
        opening = kind_opening(bare)
        return opening[0] if opening and capitals(bare[: opening[1]]) else None
    exact = kind_named(bare)
    if exact is not None:
        return exact
    opening = kind_opening(bare) or (kind_misread(bare) if misread else None)
    return opening[0] if opening else None


def _read_title(places: list[Place], index: int) -> list[Place]:
    """Return the lines of the title: those after the type, and the type's own where the title runs on there."""
    taken: list[Place] = []
    first = places[index].text.strip(" .:*_-–")
    opening = kind_opening(first)
    rest = first[opening[1] :].strip() if opening else ""
    following = next((p.text.strip() for p in places[index + 1 : index + 2]), "")
    # "CHƯƠNG TRÌNH HÀNH ĐỘNG" / "Thực hiện …": a word or two more of the type, the title is below
    if rest and not (capitals(rest) and len(rest.split()) <= 3 and following and not _no_title(following)):
        taken.append(places[index])
    width = _line_width(places)
    for place in places[index + 1 : index + 9]:
        text, low = place.text.strip(), folded_line(place)
        if not any(c.isalnum() for c in text):
            continue
        if not taken and low.startswith("cua ") and capitals(text):
            continue  # "NGHỊ QUYẾT" / "CỦA BAN CHẤP HÀNH …" / the title
        gap = bool(taken) and place.number > taken[-1].number + 1
        if _ends_title(taken, text, low, width, gap) or _off_centre(taken, place):
            break
        taken.append(place)
    return taken


def _off_centre(taken: list[Place], place: Place) -> bool:
    """Whether a line that opens a sentence is indented as a paragraph is, under lines that are centred."""
    boxes = [line.box for line in taken if line.page is place.page and line.box is not None]
    box = place.box
    if len(boxes) != len(taken) or not boxes or box is None or not place.text.strip()[0].isupper():
        return False
    centres = [(b.x0 + b.x1) / 2 for b in boxes]
    centred = max(centres) - min(centres) < _CENTRE_POINTS
    return centred and (box.x0 + box.x1) / 2 - sum(centres) / len(centres) > _CENTRE_POINTS


def _no_title(text: str) -> bool:
    low = fold(text).lower()
    return capitals(text) or low.startswith(("can cu", "kinh gui")) or read_label(text) is not None


def _ends_title(taken: list[Place], text: str, low: str, width: int, gap: bool) -> bool:
    """Whether a line stands behind the title."""
    if low.startswith(("can cu", "kinh gui")) or patterns.ATTACHED.match(low) or patterns.MOTTO.search(low):
        return True
    if read_label(text) is not None or bullet_end(text):
        return True
    if not taken:
        return False
    if _REPORTED_DAYS.fullmatch(text):
        return True
    telegram = patterns.TELEGRAM.search(text)
    if telegram is not None and telegram.start() == 0:
        return True
    before = taken[-1].text.strip()
    if capitals(text):
        return not (capitals(before) and (before.endswith(_LEADING_ON) or not low.startswith(_AUTHORS)))
    if not text[0].isupper() or before.endswith((",", "-", "–")):
        return False
    if low.startswith(_SURE_OPENERS) or before.endswith("."):
        return True
    opens = low.split(" ", 1)[0] in _OPENING_WORDS
    if opens and (gap or text.endswith(":") or len(before) < 0.85 * width or len(text) > 1.3 * len(before)):
        return True
    return len(before) < 0.8 * width and len(text) >= 0.85 * width


def _line_width(places: list[Place]) -> int:
    """Characters of a full line: the ninth decile of the lines."""
    lengths = sorted(len(place.text) for place in places)
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0


def _read_subject(places: list[Place], index: int, zones: Zones) -> int:
    """A letter: the subject runs from V/v to "Kính gửi" or to the other column.

    V/V over a title in capitals is of a telegram or a Party document, whose type stands elsewhere.
    """
    loud = capitals(places[index].text)
    zones.kind = None if loud else ("Công văn", places[index])
    zones.title = [places[index]]
    dated = False
    for offset, place in enumerate(places[index + 1 : index + 10], start=index + 1):
        low, text = folded_line(place), place.text.strip()
        if low.startswith(("kinh gui", "can cu")) or bullet_end(text) or read_label(text):
            return offset
        if place.line.confidence < _LEGIBLE:
            continue  # an incoming stamp over the margin
        if patterns.MOTTO.search(low):
            continue
        date = patterns.PLACE_DATE.search(text)
        if date is not None and date.start() == 0:
            dated = True
            continue
        if (low.startswith(_SURE_OPENERS) or dated) and text[0].isupper():
            return offset
        if loud and not capitals(text):
            return offset
        zones.title.append(place)
    return min(len(places), index + 10)


def _find_foot(places: list[Place], after: int) -> tuple[int, int]:
    """Return the half-open range of the foot's lines; empty, at the end, where there is none."""
    for index in range(after, len(places)):
        match = patterns.RECIPIENTS.search(folded_line(places[index]))
        if match and (match.start() < 3 or patterns.CAPACITY.search(places[index].text[: match.start()].strip())):
            start = _signature_above(places, index, after)
            return start, _foot_end(places, index)
    for index in range(max(after, len(places) - 30), len(places)):
        text = places[index].text.strip()[:_LONGEST_LINE]
        if patterns.CAPACITY.match(text) or (_only_position(text) and _person_follows(places, index)):
            return index, _foot_end(places, index)
    return len(places), len(places)


def _only_position(text: str) -> bool:
    match = patterns.POSITION.match(fold(text))
    return match is not None and len(text.split()) <= 8


def _person_follows(places: list[Place], index: int) -> bool:
    following = [place.text.strip() for place in places[index + 1 : index + 4]]
    return any(patterns.PERSON.match(text) and not capitals(text) for text in following)


def _signature_above(places: list[Place], index: int, after: int) -> int:
    """A reader without columns may put the signature before Nơi nhận: take it into the foot."""
    start = index
    for back in range(index - 1, max(after, index - 9) - 1, -1):
        text = places[back].text.strip()
        if patterns.CAPACITY.match(text) or _only_position(text):
            start = back
        elif not (patterns.PERSON.match(text) or capitals(text) or not any(c.isalnum() for c in text)):
            break
    return start


def _foot_end(places: list[Place], index: int) -> int:
    """Return where the foot that begins at `index` ends: at an attachment, or with the document."""
    page, signed = places[index].page.number, False
    for at in range(index + 1, min(len(places), index + _FOOT_LINES)):
        place = places[at]
        text, low = place.text.strip(), folded_line(place)
        if len(text) > _LONGEST_LINE:
            return at
        if patterns.MOTTO.search(low) or patterns.ATTACHED.match(low) or types_itself(text):
            return _back_to_bodies(places, at, index)
        signing = place.line.role.startswith("foot") or (not signed and _only_position(text.partition(" ")[2]))
        label = None if signing else read_label(text)  # "VI. GIÁM ĐỐC" was KT.
        if label is not None and (label.style in ("phu luc", "phan", "chuong", "dieu", "I") and not bullet_end(text)):
            return at
        if place.page.number > page and signed and not place.line.role.startswith("foot"):
            return at
        if place.page.number > page + 1:
            return at
        signed = signed or (not bullet_end(text) and patterns.PERSON.match(text) is not None and not capitals(text))
    return min(len(places), index + _FOOT_LINES)


def _notes(places: list[Place], start: int, stop: int) -> int:
    """Return where notes to the body begin behind recipients and signature: the first long line, without a dash, that
    cites by number and day."""
    first = stop
    for at in range(stop - 1, start, -1):
        text = places[at].text.strip()
        if patterns.CAPACITY.match(text) or _only_position(text):
            break
        if len(text) >= _NOTE_CHARS and not bullet_end(text) and _CITES.search(text):
            first = at
    return first


def types_itself(text: str) -> bool:
    """Whether a line is the name of a type, set in capitals."""
    return capitals(text) and kind_named(text.strip(" .:*")) is not None


def _back_to_bodies(places: list[Place], at: int, foot: int) -> int:
    """An attachment's header begins with the names of its bodies, over the motto: give them back."""
    while at - 1 > foot and capitals(places[at - 1].text) and not _signature_line(places[at - 1].text.strip()):
        at -= 1
    return at


def _signature_line(text: str) -> bool:
    return bool(patterns.CAPACITY.search(text) or patterns.POSITION.search(fold(text)))
