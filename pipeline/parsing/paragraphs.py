"""Lines to paragraphs: what the printer broke at the margin, and at the foot of the page, is put together again.

A blank line is no proof of a paragraph (double-spaced text, page breaks) and its absence no proof against one. What
counts, in this order: the label or bullet a line opens with, where it fits its place; whether the next line's first
word would still have fitted on the line before; how the line before ends and how this one begins; the indent, where
the lines have boxes.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Final

from pipeline.document import Box, Place
from pipeline.parsing.labels import Label, bullet_end, read_label
from pipeline.parsing.patterns import Bounded
from pipeline.parsing.slips import opens_spoiled
from pipeline.parsing.units import is_unit, unit_starts
from pipeline.parsing.view import View, ViewBuilder, Zone, capitals
from pipeline.parsing.zones import Zones, folded_line

LONGEST: Final = 6000
"""Characters of a paragraph; a longer one is cut at a line or a space. It bounds what any pattern can cost."""

_OPENERS: Final = "“\"'("
_LONGEST_LINE: Final = 160
"""Characters that no printer sets in one line of a page."""
_PAGE_NUMBER: Final = Bounded(r"[-–—~|\s]{0,3}(?:trang\s+)?\d{1,3}(?:\s*/\s*\d{1,3})?[-–—~|\s]{0,3}")
_YEAR: Final = Bounded(r"(?:19|20)\d\d(?![\d%.,/])")
_YEAR_END: Final = Bounded(r"(?<!\d)(?:19|20)\d\d$")
_SYMBOL_END: Final = Bounded(r"(?:\d{1,6}\p{L}?\s?[/-]|\p{Lu}[-/]|\d{4}-)$")
_SYMBOL_START: Final = Bounded(r"(?:\p{Lu}[\p{L}\d]*|\d{4})(?!\p{L})")
_SYMBOL_MIDDLE: Final = Bounded(r"\d{1,6}\p{L}?/(?:\d{4}/)?\p{Lu}[\p{L}\d]{0,8}$")
_OPEN_ENDS: Final = frozenset("tại và từ của các theo về đến với cho thứ hoặc là trong trên".split())
"""A line that ends with one of these runs on: what the next one opens with is no label."""
_CLOSED_ENDS: Final = ("tồn tại", "hiện tại", "thời gian đến", "năm đến", "tháng đến")
_OPEN_ENDS_OF: Final = {
    "1": frozenset("số điều khoản mục phần chương ngày năm tháng quý khóa khoá nghị định".split()),
    "a": frozenset(("điểm",)),
    "I": frozenset("phần chương mục quý khóa khoá thứ".split()),
}
"""The same for one family of labels: "khoản" / "1. …", "điểm" / "a) …"."""


_CAPTION: Final = Bounded(
    r"(?:(?:Cơ quan|Đơn vị|Bộ phận|Phòng) (?:chủ trì|phối hợp|thực hiện|theo dõi)[^:.;]{0,30}|Nội dung(?: thực hiện)?|"
    r"Thời gian(?: thực hiện| hoàn thành)?|Thời hạn[^:.;]{0,20}|Sản phẩm|Kết quả|Địa điểm|Hình thức|Đối tượng|"
    r"Thành phần)\s?:"
)
"""A word or two that a paragraph is captioned with: "Đơn vị chủ trì: …"."""
_PHRASE_END: Final = Bounded(r"[.;:!?](?=\s|$)")
_HEAD_BROKEN: Final = Bounded(
    r"(?:[:;,]|(?<!\p{L})(?:với|và|[Cc]ác|[Gg]iao|đề nghị|yêu cầu|do))\s+(?:Sở|Ban|Bộ|Phòng|Các|Cục|Ủy ban|Uỷ ban|"
    r"UBND|Hội|"
    r"Văn phòng|Chi nhánh|Chi cục|Tổng cục|Trung tâm|Công ty|Bệnh viện|Chủ tịch|Giám đốc|Thủ trưởng|Bộ trưởng)$"
)
"""The head of a body's name, cut from the name by the line end."""
_NAME_BROKEN: Final = Bounded(
    r"(?<!\p{L})(?:Việt\nNam|(?:Hồ\n)?Chí\s?\nMinh|Hồ\nChí Minh|Mặt trận\nTổ quốc|Liên hiệp\n\p{Lu}|"
    r"Liên đoàn\nLao động|Thủ tướng\nChính phủ)|[\p{Ll},]\n(?:Thành phố|Tỉnh)[,;)]"
)
"""A name that the line end cuts in two: neither half can stand alone."""


_FOOTNOTE: Final = Bounded(r"[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]?\s+[\p{Lu}\d]")
""" "⁵ 12 buổi tại các xã": what is told at the foot of a page."""
_OPENS_FIGURE: Final = Bounded(r"\d[\d.,]*(?:\s?%|/\d[\d.]*) \p{Ll}")
_OPENS_SENTENCE: Final = Bounded(
    r"(?:Giao (?:cho )?(?:Sở|Ban|Phòng|Văn phòng|Công an|UBND|Ủy ban|Uỷ ban|Trung tâm|Chủ tịch|Giám đốc|Thủ trưởng|"
    r"các)|"
    r"Yêu cầu (?:các|Sở|UBND|Ủy ban|Thủ trưởng|Giám đốc)|Đề nghị (?:các|Sở|UBND|Ủy ban|Thủ trưởng)|Trên cơ sở|"
    r"Căn cứ (?!địa)|Để|Nhằm|Ngoài ra|Tuy nhiên|Trong đó|Tiếp tục|Chủ trì|Trên đây là|Tăng cường|Đẩy mạnh|Thường xuyên|"
    r"Nâng cao|Triển khai|Thực hiện|Rà soát|Phối hợp|Chỉ đạo|Tham mưu|Bảo đảm|Đảm bảo|Kịp thời|Chủ động|Nghiên cứu|"
    r"Phát huy|Khuyến khích|Bố trí|Huy động|Tập trung|Các (?:cơ quan|sở|đơn vị|cấp|phòng|địa phương|xã|bộ|ngành))"
    r"(?!\p{L})"
)
"""Words that in capitals can only open a sentence: no name holds them."""


@dataclass(frozen=True)
class _Margins:
    """Where full lines begin and end on a page, in points; None for lines without boxes."""

    left: float
    right: float


def _margins(places: list[Place]) -> dict[int, _Margins]:
    """Return the margins of the pages, by their number, that have enough lines with boxes."""
    boxes: dict[int, list[Box]] = {}
    for place in places:
        if (box := place.box) is not None:
            boxes.setdefault(place.page.number, []).append(box)
    found = {}
    for number, known in boxes.items():
        if len(known) >= 4:
            lefts, rights = sorted(b.x0 for b in known), sorted(b.x1 for b in known)
            found[number] = _Margins(lefts[len(lefts) // 8], rights[-1 - len(rights) // 6])
    return found


def rejoin(zones: Zones) -> View:
    """Return the view of body and attachments; header and foot are read from their lines (see header.py)."""
    builder = ViewBuilder()
    width = _width(zones.body + zones.attachment)
    heads = _running_heads(zones.body + zones.attachment)
    for zone, places in (("body", zones.body), ("attachment", zones.attachment)):
        kept = [p for p in places if not _is_page_number(p) and id(p.line) not in heads]
        _Joiner(builder, kept, width).run("body" if zone == "body" else "attachment")
    return builder.view()


def _open_ended(line: str) -> bool:
    """Whether a line's last word leads on; "tồn tại" and "thời gian đến" are words of their own."""
    return line.rsplit(" ", 1)[-1] in _OPEN_ENDS and not line.endswith(_CLOSED_ENDS)


def _is_page_number(place: Place) -> bool:
    text = place.text.strip().lower()
    return len(text) < 16 and _PAGE_NUMBER.fullmatch(text) is not None


def _running_heads(places: list[Place]) -> set[int]:
    """Lines that stand at the top or the bottom of three pages or more, digits aside."""
    edges: dict[str, list[Place]] = {}
    by_page: dict[int, list[Place]] = {}
    for place in places:
        by_page.setdefault(place.page.number, []).append(place)
    if len(by_page) < 3:
        return set()
    for lines in by_page.values():
        for place in [lines[0], lines[-1]][: len(lines)]:
            key = "".join(c for c in folded_line(place) if c.isalpha())
            edges.setdefault(key, []).append(place)
    return {id(p.line) for key, found in edges.items() if len(key) > 3 and len(found) >= 3 for p in found}


def _width(places: list[Place]) -> int:
    """Characters of a full line."""
    lengths = sorted(len(place.text) for place in places)
    return lengths[int(0.8 * (len(lengths) - 1))] if lengths else 0


def _wrapped_at(places: list[Place]) -> int | None:
    """The width that a program wrapped the text at, None for lines that a printer justified.

    Where a program wraps, a line that runs on leaves no room for the next word; so most lines that end no sentence
    come within a word of the width that next to none exceeds.
    """
    texts = [place.text.strip() for place in places if place.box is None]
    if len(texts) < 20:
        return None
    width = sorted(len(text) for text in texts)[int(0.98 * (len(texts) - 1))]
    pairs = [(a, b.split()) for a, b in itertools.pairwise(texts) if b and a and a[-1] not in ".;:!?/"]
    full = sum(len(a) + 1 + len(words[0]) > width for a, words in pairs)
    return width if full >= 0.6 * max(len(pairs), 8) else None


def _is_row(place: Place) -> bool:
    """Whether a line of plain text is a row of a table: its cells are parted by upright strokes."""
    return place.box is None and place.text.count(" | ") > 1


def _unwrapped(places: list[Place]) -> bool:
    """Whether each line is a paragraph, as a program leaves it that wraps none: many are longer than a page is wide."""
    lengths = [len(place.text) for place in places if place.box is None and place.line.role != "table"]
    return sum(length > _LONGEST_LINE for length in lengths) > 0.1 * max(len(lengths), 20)


def _opens_prose(text: str) -> bool:
    """Whether a line opens a sentence: "Trong tháng …", not a name ("Quảng Ninh") and no body ("Ủy ban nhân dân")."""
    words = text.split(maxsplit=2)
    small = len(words) > 1 and words[0][1:].islower() and words[1][:1].islower()
    return small and not unit_starts(text, text.lower(), 0)


def _goes_on_inline(text: str, label: Label) -> bool:
    """ "(i) …; (ii) …" within one line is a list in a sentence."""
    following = {"(i)": "(ii)", "(1)": "(2)", "(a)": "(b)"}[label.style]
    return label.value == 1 and following in text


class _Joiner:
    """Walks over the lines of one zone and decides, line by line, whether a paragraph begins."""

    def __init__(self, builder: ViewBuilder, places: list[Place], width: int) -> None:
        self.builder, self.places, self.width = builder, places, width
        self.wrapped_at = _wrapped_at(places)
        self.unwrapped = _unwrapped(places)
        self.values: dict[str, int] = {}
        self.margins = _margins(places)
        self._blanks: dict[int, bool] = {}
        self.titles: set[str] = set()
        """Styles of labels that stood over a title on a line of its own."""
        self._titled = False
        """Whether the paragraph at hand opens with a label and is one phrase so far, as a title is."""

    def run(self, zone: Zone) -> None:
        """Add the lines to the builder."""
        before: Place | None = None
        for place in self.places:
            text = place.text
            kind: Zone = "table" if place.line.role == "table" or _is_row(place) else zone
            lead = len(text) - len(text.lstrip())
            text = text.strip()
            label, bullet = self._label(before, place, text), self._bullet(before, place, text)
            glue = None if before is None else self._glue(before, text)
            if glue != "" and (before is None or kind == "table" or label or bullet or self._breaks(before, place)):
                self.builder.open(kind)
                self.builder.paragraphs[-1].bullet = bullet
                self.builder.paragraphs[-1].label = label
                glue = None
                self._titled = label is not None
                if label is not None:
                    self.values[label.style] = label.value
            words = text if label is None else text[label.end :]
            self._titled = self._titled and _PHRASE_END.search(words) is None
            self._add(text, place.start + lead, " " if glue is None else glue, kind)
            before = place

    def _add(self, text: str, source: int, glue: str, zone: Zone) -> None:
        """Add a line, cutting the paragraph where it gets too long."""
        while text:
            room = LONGEST - self.builder.length()
            if room < 200 and self.builder.length():
                self.builder.open(zone)
                room = LONGEST
            if len(text) <= room:
                self.builder.add(text, source, glue)
                return
            cut = text.rfind(" ", 0, room)
            cut = room if cut <= 0 else cut
            self.builder.add(text[:cut], source, glue)
            rest = text[cut:].lstrip()
            source, text, glue = source + len(text) - len(rest), rest, ""
            self.builder.open(zone)

    def _glue(self, before: Place, text: str) -> str | None:
        """Return "" where a document symbol runs over the line end, None elsewhere."""
        end = before.text.rstrip()
        if text[:1] in "-/" and _SYMBOL_MIDDLE.search(end[-24:]) and text[1:2].isupper():
            return ""
        if end[-1:] in ("-", "/") and _SYMBOL_END.search(end[-12:]) and _SYMBOL_START.match(text[:24]):
            return ""
        return None

    def _bullet(self, before: Place | None, place: Place, text: str) -> int:
        end = bullet_end(text)
        if not end or before is None:
            return end
        # "… 2021 / - 2025": a dash that stands between two years
        previous = before.text.rstrip()
        if text[0] in "-–" and _YEAR_END.search(previous[-6:]) and _YEAR.match(text, end):
            return 0
        # "… (gia súc, thủy / - hải sản)": a dash within a bracket, or between two halves of a word
        if text[0] in "-–" and text[end : end + 1].islower() and previous.rfind("(") > previous.rfind(")"):
            return 0
        if self.wrapped_at is not None and not self._ends_sentence(previous) and not self._short(before, place):
            return end if capitals(previous) else 0  # "Tập đoàn Công nghiệp / - Năng lượng"
        return end

    def _label(self, before: Place | None, place: Place, text: str) -> Label | None:
        """Return the label that the line opens with if it fits the place."""
        label = read_label(text)
        if label is not None and label.style in ("(i)", "(1)", "(a)") and _goes_on_inline(text, label):
            return None
        if label is None or before is None:
            return label
        last = self.values.get(label.style)
        follows = label.value == 1 or (last is not None and last < label.value <= last + 3)
        strict = label.value == 1 or (last is not None and label.value == last + 1)
        end = before.text.rstrip()
        words = end.split()
        runs_on = bool(words) and not capitals(end) and self._runs_on(words[-1].lower().strip("("), label)
        if runs_on and not self._short(before, place):
            return None
        if label.value > 200 and not strict:
            return None
        if self._ends_sentence(end) or capitals(end):
            return label if label.value < 100 or follows else None
        if self._short(before, place):
            return label
        after = text[label.end :].lstrip()
        return label if strict and (not after or after[0].isupper()) else None

    @staticmethod
    def _runs_on(word: str, label: Label) -> bool:
        return word in _OPEN_ENDS or word in _OPEN_ENDS_OF.get(label.style.strip("()")[:1], ())

    @staticmethod
    def _ends_sentence(end: str) -> bool:
        return end.rstrip("\"”’')»").endswith((".", ";", ":", "!", "?", "…"))

    def _short(self, before: Place, place: Place) -> bool:
        """Whether the first word of the line would still have fitted on the line before."""
        first = place.text.split()[0]
        margins = self.margins.get(before.page.number)
        box = before.box
        if margins is not None and box is not None and before.text:
            letter = box.width / max(1, len(before.text))
            return box.x1 + letter * (len(first) + 1) < margins.right - 2 * letter
        if self.unwrapped:
            return True
        room = 0.84 * self.width if self.wrapped_at is None else self.wrapped_at
        return len(before.text.strip()) + 1 + len(first) <= room

    def _ends_title(self, opener: Label, before: Place, place: Place, short: bool) -> bool:
        """Whether a line that a label opens is a title over the text of this line.

        Where labels of its style were titles before, it need not fall as short of the margin as the first did.
        """
        if self.wrapped_at is not None:
            return short
        text = place.text.strip()
        alike = opener.style in self.titles and len(before.text.strip()) + 1 + text.find(" ") <= self.width
        if not _opens_prose(text) or not (short or alike):
            return False
        self.titles.add(opener.style)
        return True

    def _breaks(self, before: Place, place: Place) -> bool:
        """Whether a line without a label begins a paragraph."""
        end, text = before.text.rstrip(), place.text.strip()
        upper = text[0].isupper() or text[0] in _OPENERS
        told = self._told(place, end, text, upper)
        if told is not None:
            return told
        short = self._short(before, place)
        ends = self._ends_sentence(end)
        if self._titled and not ends and end[-1:] != "," and _OPENS_SENTENCE.match(text):
            return True  # "2. Về công tác …" / "Giao Sở …"
        if (ends or read_label(end.strip())) and _CAPTION.match(text):
            return True
        if upper and short and not end.endswith((",", "-", "–", "và")):
            opener = read_label(end.strip())
            if opener is not None and is_unit(end.strip()[opener.end :].strip()):
                return True  # "2. Văn phòng Sở" / "Đôn đốc, …"
        if upper and not ends and end[-1:] not in (",", "-", "–") and not capitals(text):
            opener = read_label(end.strip())
            if opener is not None and self._ends_title(opener, before, place, short):
                return True
        if (short or ends or capitals(end)) and opens_spoiled(text):
            return True
        margins, box = self.margins.get(place.page.number), place.box
        if margins is not None and box is not None:
            indented = box.x0 - margins.left > 12
            if indented and before.page is place.page and before.box is not None:
                # lines of a centred block or of a hanging indent stand as far in as the one before
                indented = abs(box.x0 - before.box.x0) > 6 or ends
            return upper and ((indented and (ends or short)) or (short and (ends or not capitals(text))))
        return self._breaks_by_length(before, place, short, ends)

    def _breaks_by_length(self, before: Place, place: Place, short: bool, ends: bool) -> bool:
        """The same for lines without boxes: what is known of the margin is how long the others are."""
        end, text = before.text.rstrip(), place.text.strip()
        if not (text[0].isupper() or text[0] in _OPENERS):
            return short and end.endswith((":", "./."))
        if self.unwrapped and end[-1:] not in (",", "-", "–"):
            return True
        blank = place.number > before.number + 1 and place.page is before.page
        return (ends and (short or (blank and self._blank_tells(place.page.number)))) or (
            short and not capitals(text) and len(end) < 0.7 * self.width
        )

    def _told(self, place: Place, end: str, text: str, upper: bool) -> bool | None:
        """Whether a line begins a paragraph where its words alone tell, None where they do not."""
        if _FOOTNOTE.match(text):
            return True
        if self._titled and capitals(end) and _OPENS_FIGURE.match(text):
            return True  # "I. MỤC TIÊU" / "100% hồ sơ …"
        if capitals(end) != capitals(text) and len(end) > 3 and len(text) > 3 and (capitals(end) or capitals(text)):
            return upper and not end.endswith((",", "-", "–"))
        if upper and end.endswith(":") and read_label(end) is not None:
            return True
        if _NAME_BROKEN.search(f"{end[-20:]}\n{text[:12]}"):
            return False
        runs_on = _open_ended(end) or _HEAD_BROKEN.search(end[-40:])
        return False if runs_on or self._within_bracket(place, end) else None

    @staticmethod
    def _within_bracket(place: Place, end: str) -> bool:
        """Whether the line before opens a bracket that this line closes: "Sở Nội vụ (Ban" / "Thi đua) …"."""
        opened = end.rfind("(")
        if opened < 0 or end.rfind(")") > opened:
            return False
        text = place.text
        closed = text.find(")")
        return 0 <= closed < 60 and not 0 <= text.find("(") < closed

    def _blank_tells(self, number: int) -> bool:
        """Whether blank lines mean anything on a page: not where nearly every line is followed by one."""
        if number not in self._blanks:
            lines = [p for p in self.places if p.page.number == number]
            gaps = sum(b.number > a.number + 1 for a, b in itertools.pairwise(lines))
            self._blanks[number] = gaps < 0.6 * max(1, len(lines) - 1)
        return self._blanks[number]
