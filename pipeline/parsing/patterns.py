"""Every pattern with an example, what it captures, and the norm it comes from.

A pattern is a `Pattern`: it can only be searched with a time limit, over a stretch of text that the caller bounds.
``test_pipeline_parsing_patterns`` holds each to its example. Patterns named *folded* run on text folded and in lower
case (one character for one, so spans stay valid), which forgives lost tone marks; the others on the text itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import regex

from diacritics.folding import fold

SECONDS: Final = 10.0
"""Time limit of one search. Paragraphs are short (see paragraphs.py), so nothing known comes near it, on a busy machine
either: a limit that a slow hour could reach would make records differ from run to run."""
SHORT: Final = 250
"""Characters that are searched without a limit: to ask for the time costs several times what such a search does, and
``test_pipeline_parsing_patterns`` holds every pattern to its time over hostile text of this length."""

DECREE: Final = "Decree 30/2020/NĐ-CP, Appendix I"
PARTY: Final = "Guidance 36-HD/VPTW of 2018"
PRACTICE: Final = "office practice"


class Bounded:
    """A regular expression that is searched with a time limit wherever the text is long enough to need one.

    `needs` are strings one of which every match holds: where none stands, nothing is searched.
    """

    source: str
    needs: tuple[str, ...]
    _regex: regex.Pattern[str]

    def __init__(self, source: str, flags: int = 0, needs: tuple[str, ...] = ()) -> None:
        self.source, self.needs, self._regex = source, needs, regex.compile(source, flags)
        UNNAMED[source] = self

    def search(self, text: str, start: int = 0, end: int | None = None) -> regex.Match[str] | None:
        """Return the first match in ``text[start:end]``."""
        end = len(text) if end is None else end
        if self.needs and self._lacks(text, start, end):
            return None
        if end - start <= SHORT:
            return self._regex.search(text, start, end)
        return self._regex.search(text, start, end, timeout=SECONDS)

    def match(self, text: str, start: int = 0, end: int | None = None) -> regex.Match[str] | None:
        """Return the match that begins at `start`."""
        end = len(text) if end is None else end
        if end - start <= SHORT:
            return self._regex.match(text, start, end)
        return self._regex.match(text, start, end, timeout=SECONDS)

    def fullmatch(self, text: str, start: int = 0, end: int | None = None) -> regex.Match[str] | None:
        """Return the match that is all of ``text[start:end]``."""
        end = len(text) if end is None else end
        if end - start <= SHORT:
            return self._regex.fullmatch(text, start, end)
        return self._regex.fullmatch(text, start, end, timeout=SECONDS)

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[regex.Match[str]]:
        """Yield the matches in ``text[start:end]``, left to right."""
        end = len(text) if end is None else end
        if self.needs and self._lacks(text, start, end):
            return iter(())
        if end - start <= SHORT:
            return self._regex.finditer(text, start, end)
        return self._regex.finditer(text, start, end, timeout=SECONDS)

    def sub(self, new: str, text: str) -> str:
        """Return `text` with `new` for every match."""
        return self._regex.sub(new, text, timeout=SECONDS if len(text) > SHORT else None)

    def split(self, text: str) -> list[str]:
        """Return what stands between the matches."""
        return self._regex.split(text, timeout=SECONDS if len(text) > SHORT else None)

    def findall(self, text: str) -> list[str]:
        """Return the matches, or what their only group holds."""
        return self._regex.findall(text, timeout=SECONDS if len(text) > SHORT else None)

    def _lacks(self, text: str, start: int, end: int) -> bool:
        for need in self.needs:  # noqa: SIM110 - hundreds of times a page: `all` would cost more than what it asks
            if text.find(need, start, end) >= 0:
                return False
        return True


@dataclass(frozen=True)
class Pattern(Bounded):
    """A pattern as a document: its name, an example it must match, the captures of that example, its norm."""

    name: str
    source: str
    example: str
    captures: dict[str, str]
    norm: str = PRACTICE
    needs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "_regex", regex.compile(self.source))
        if self.name in PATTERNS:
            raise ValueError(f"two patterns are called {self.name}")
        PATTERNS[self.name] = self


PATTERNS: Final[dict[str, Pattern]] = {}
"""Every pattern of the parser by its name, as far as its modules are loaded."""
UNNAMED: Final[dict[str, Bounded]] = {}
"""The others, by their source."""


def whole_words(alternatives: str) -> Bounded:
    """Return a pattern for any of the alternatives, which are parted by ``|``, as whole words.

    A text that holds no part of any of them is not searched.
    """
    needs = tuple(dict.fromkeys(_needed(alternative) for alternative in parted(alternatives)))
    return Bounded(rf"(?<!\p{{L}})(?:{alternatives})(?!\p{{L}})", needs=() if "" in needs else needs)


def parted(alternatives: str) -> list[str]:
    """Return the alternatives of a pattern, those within brackets left together."""
    parts, depth = [""], 0
    for sign in alternatives.strip("|"):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


_GROUP: Final = regex.compile(r"\((?:[^()]|(?R))*\)(?:[?*+]|\{[^}]*\})?")
_NO_LITERAL: Final = regex.compile(r"\[[^\]]*\][?*+]?|\\p\{\w+\}[?*+]?|\\.[?*+]?|.[?*{]|[.^$+}]|\d*,\d*\}")


def _needed(alternative: str) -> str:
    """Return the longest run of letters that every match of a pattern without ``|`` holds, "" where none is sure."""
    return max(_NO_LITERAL.split(_GROUP.sub("^", alternative)), key=len)


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first.

    Words that begin alike share their first letter and their first syllable, so that a text that is none of them is
    left after a few steps and not after as many as there are words.
    """
    letters: dict[str, dict[str, set[str]]] = {}
    for word in words:
        head, _, tail = word.partition(" ")
        letters.setdefault(head[0], {}).setdefault(head[1:], set()).add(tail)
    return "|".join(f"{regex.escape(letter)}(?:{_branches(heads)})" for letter, heads in sorted(letters.items()))


def _branches(heads: dict[str, set[str]]) -> str:
    return "|".join(f"{regex.escape(head)}{_tails(heads[head])}" for head in sorted(heads, key=_longest))


def _tails(tails: set[str]) -> str:
    more = "|".join(regex.escape(tail) for tail in sorted(tails - {""}, key=_longest))
    return f"(?: (?:{more}))" + "?" * ("" in tails) if more else ""


def _longest(word: str) -> tuple[int, str]:
    return -len(word), word


# --- header and foot (Appendix I, part II) ---------------------------------------------------------------------------

MOTTO: Final = Pattern(
    "motto",
    r"(?b)(?:cong hoa xa hoi chu nghia viet nam|doc lap\W{1,5}tu do\W{1,5}hanh phuc|dang cong san viet nam){e<=3}",
    "cong hoa xa hoi chu nghia viet nam",
    {},
    f"{DECREE}, II.1: Quốc hiệu, Tiêu ngữ; {PARTY}: tiêu đề",
    needs=(
        "cong hoa x", "a hoi chu ", "nghia v", "iet nam",
        "doc ", "lap", "tu do", "hanh phuc",
        "dang c", "ong s", "an vi", "et nam",
    ),
)  # fmt: skip
"""Folded; up to three letters may be misread, and so one of four parts is whole."""

_SYMBOL_WORD = r"\p{Lu}[\p{L}\d]{0,19}"
NUMBER_SYMBOL: Final = (
    r"(?P<digits>\d{1,6}(?:\.\d{1,3})?\p{L}?)?"
    r"(?P<year>\s?/\s?(?:19|20)\d\d)?"
    rf"\s?(?P<first>[/\-–])\s?(?P<symbol>{_SYMBOL_WORD}(?:\s?[\-–/&.]\s?{_SYMBOL_WORD}){{0,4}})"
)
HEADER_NUMBER: Final = Pattern(
    "header_number",
    rf"(?<!\p{{L}})(?:[Ss][ốôoó0O6]|SỐ)\s*[:;.]?\s*(?P<number>[\s._…]*{NUMBER_SYMBOL})",
    "Số: 12/KH-UBND",
    {"number": "12/KH-UBND", "digits": "12", "symbol": "KH-UBND"},
    f"{DECREE}, II.3: Số, ký hiệu; {PARTY}: 15-NQ/TU",
)

HANDWRITTEN_NUMBER: Final = Pattern(
    "handwritten_number",
    rf"^\W{{0,3}}(?:S[\p{{L}}0-9]{{1,2}}\s*[:.;]|S[ốôoó0O6]\s)\s*(?P<written>.{{0,14}}?)\s*"
    rf"(?P<number>/\s?{_SYMBOL_WORD}(?:\s?[\-–&.]\s?{_SYMBOL_WORD}){{1,4}})",
    "Số: $'14/UBND-KTTH",
    {"written": "$'14", "number": "/UBND-KTTH"},
    f"{DECREE}, II.3: the symbol is printed, the number often written by hand",
)

BARE_SYMBOL: Final = Pattern(
    "bare_symbol",
    rf"^(?P<written>\P{{L}}{{0,14}}?)\s*(?P<number>/\s?{_SYMBOL_WORD}(?:\s?[\-–]\s?{_SYMBOL_WORD}){{1,4}})$",
    "56/1 /CT-UBND",
    {"number": "/CT-UBND"},
    f"{DECREE}, II.3: what is read of a number over which a person wrote",
)

PLACE_DATE: Final = Pattern(
    "place_date",
    r"(?P<place>\p{Lu}[\p{L}.\-–]*(?:\s+\p{L}[\p{L}.\-–]*){0,6})\s*[,.]\s*"
    r"[Nn]g[àáảãạa]\S?\s*(?P<day>\d{1,2}|[^,;:]{0,14}?)\s*tháng\s*(?P<month>\d{1,2}|[^,;:]{0,8}?)\s*năm\s*(?P<year>\d{4}|"
    r"[\d\s._…]{0,6})",
    "Cao Lãnh, ngày 05 tháng 3 năm 2025",
    {"place": "Cao Lãnh", "day": "05", "month": "3", "year": "2025"},
    f"{DECREE}, II.4: Địa danh và thời gian ban hành",
)

BARE_DATE: Final = Pattern(
    "bare_date",
    r"(?:[Nn]gày\s+)?(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})\s+năm\s+(?P<year>\d{4})$",
    "05 tháng 3 năm 2025",
    {"day": "05", "month": "3", "year": "2025"},
    f"{DECREE}, II.4: what a narrow column leaves of the date on a line of its own",
)

SUBJECT: Final = Pattern(
    "subject",
    r"(?:^|(?<=\s))V\s?/\s?[vV](?!\p{L})\s*[:.]?\s*",
    "V/v mời họp",
    {},
    f"{DECREE}, II.5b: trích yếu công văn",
)

TELEGRAM: Final = Pattern(
    "telegram",
    r"(?<!\p{L})(?P<issuer>(?:THỦ TƯỚNG|CHỦ TỊCH|BỘ TRƯỞNG|BAN CHỈ ĐẠO|BAN CHỈ HUY|ỦY BAN|UỶ BAN|UBND|BỘ|SỞ)"
    r"[\p{Lu}\s,\-–]{0,80}?)\s+(?:điện|ĐIỆN)\s*:",
    "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:",
    {"issuer": "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH"},
    f"{DECREE}, II: công điện",
)

RECIPIENTS: Final = Pattern(
    "recipients",
    r"(?:^|(?<=\s))(?:n[o0]i\s*nhan\s*[:;.]?|[a-z]?[o0][il]\s*nh[ao]n\s*[:;])",
    "noi nhan:",
    {},
    f"{DECREE}, II.9: Nơi nhận",
    needs=("nhan", "nhon"),
)
"""Folded."""

CAPACITY: Final = Pattern(
    "capacity",
    r"(?<![\p{L}/])(?P<capacity>(?:(?:TM|KT|TL|TUQ|TƯQ|Q)\s?\.|T/M|K/T|T/L|TM|KT|TL|"
    r"TUQ)\s*(?=\p{Lu}{2})[\p{Lu}\d\s\-–,()./]{2,90})$",
    "TL. CHỦ TỊCH",
    {"capacity": "TL. CHỦ TỊCH"},
    f"{DECREE}, II.7: quyền hạn của người ký; {PARTY}: T/M, K/T, T/L",
)

POSITION: Final = Pattern(
    "position",
    fold(
        r"(?<!\p{L})(?P<position>(?:PHÓ|QUYỀN|GIÁM ĐỐC|TỔNG|CHỦ TỊCH|CHỦ NHIỆM|CHÁNH|TRƯỞNG|BỘ TRƯỞNG|THỨ TRƯỞNG|"
        r"BÍ THƯ|CỤC TRƯỞNG|"
        r"CHI CỤC TRƯỞNG|VỤ TRƯỞNG|VIỆN TRƯỞNG|HIỆU TRƯỞNG|THỦ TRƯỞNG|THỦ TƯỚNG|ỦY VIÊN|UỶ VIÊN|TỔ TRƯỞNG|THƯ KÝ|"
        r"KẾ TOÁN TRƯỞNG|"
        r"ĐỘI TRƯỞNG|CHỈ HUY|CHÍNH ỦY|THỐNG ĐỐC|TỔNG CỤC TRƯỞNG|HỘI TRƯỞNG|NGƯỜI|"
        r"GIÁM SÁT)(?!\p{L})[\p{Lu}\s\-–,()./]{0,80})$"
    ),
    "PHO GIAM DOC",
    {"position": "PHO GIAM DOC"},
    f"{DECREE}, II.7: chức vụ của người ký",
)
"""Folded, capitals kept: a reader of pictures takes ĐỐC for ĐÓC."""

PERSON: Final = Pattern(
    "person",
    r"(?P<name>(?:(?:GS|PGS|TS|ThS|Ths|BS|BSCKI{1,2}|CKI{1,2}|DS|KS|CN|Đại tá|Thượng tá|Trung tá|Thiếu tá|"
    r"Thiếu tướng|Trung tướng)\.?\s*)*"
    r"(?:\p{Lu}\p{Ll}{0,6}\s+){1,4}\p{Lu}\p{Ll}{0,6}|(?:\p{Lu}{2,7}\s+){1,4}\p{Lu}{1,7})$",
    "Lò Thị Mẫu",
    {"name": "Lò Thị Mẫu"},
    f"{DECREE}, II.7: họ và tên người ký",
)

ATTACHED: Final = Pattern(
    "attached",
    r"^\W*(?:ban hanh )?kem theo\b",
    "(ban hanh kem theo quyet dinh so",
    {},
    f"{DECREE}, II.6: văn bản ban hành kèm theo",
    needs=("kem theo",),
)
"""Folded."""
