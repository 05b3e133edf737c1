"""Units (*cơ quan, đơn vị, chức danh*): bodies, departments, posts and groups of them, as subjects and in lists.

A unit opens with a head word (Sở, UBND, Phòng, Các đơn vị, Lãnh đạo …) and runs to the first word that can only begin
a predicate ("chủ trì", "có trách nhiệm"), to a punctuation mark, or to the next unit of a list. No list of names is
needed: what no gazetteer holds is found by the same rule.

Patterns that are no more than words in a row, asked at one place, cannot run away and have no time limit, which would
cost more than the search (see patterns.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import regex

from pipeline.parsing.unit_names import (
    LONGEST_NAME,
    PLURAL_LIST,
    elided,
    ends_name,
    in_name,
    name_goes_on,
    opens_list,
    same_unit,
    within_compound,
)
from pipeline.parsing.unit_words import (
    BARE_HEADS,
    CALLED_BY_TRADE,
    CAPTION,
    DUTY,
    FIRST_HALVES,
    IN_CHARGE,
    MODIFIER,
    NAMING_VERBS,
    NO_UNIT,
    OF_A_HEAD,
    PAIRED,
    PLACES_AFTER_COMMA,
    RELATIVE,
    START,
    STOP,
    TOKEN,
)
from pipeline.parsing.verbs import Verb, verb_at

_MOST_WORDS: Final = 400
"""Of a list of units; the longest printed ones have a hundred."""
_WORDS_BEHIND_COMMA: Final = 8
_NO_NAME: Final = regex.compile(
    r"(?:của|theo|với|từ|tại|trong|ngoài|sau|trước|trên|dưới|các|những|mỗi|từng|khác|cùng|nhất là|đặc biệt|đồng thời|"
    r"báo|trình|gồm|bao gồm|có|là|thuộc|hoặc|tập thể|cá nhân|giúp|hằng|hàng|ngày|tháng|quý|năm)(?!\p{L})"
)
_ACTS: Final = regex.compile(
    r" (?:tiến hành|chịu trách nhiệm|có trách nhiệm|phải|cần|sẽ|thực hiện|chủ trì|phối hợp|báo cáo|lập|họp)(?!\p{L})"
)
""" "Đoàn tiến hành họp": a head alone, in capitals, is a unit where it acts."""
_LOUD: Final = ("thanh tra", "cơ sở")
"""In capitals, before a verb of their own, these are bodies."""
_TEAMS: Final = frozenset("tổ đội ban phòng khoa trạm nhóm đoàn".split())
_NO_TEAM: Final = regex.compile(r" (?:học|viên|thể|quốc|đêm|ngày|trẻ|biến|bơm|dân|nghỉ|ở|máy)(?!\p{L})")
""" "Khoa học", "Đoàn viên", "Phòng học": no teams."""
_TEAM_WORDS: Final = 6
_OBJECT_WORDS: Final = 4
_WORD_END: Final = regex.compile(r"[\s;.]")
_OBJECT_WORD: Final = regex.compile(
    r"(?!(?:việc|các|những|công tác|tình hình|hoạt động|quá trình|và|theo|về|đối)(?!\p{L}))\p{Ll}+(?= )"
)
_JOINING: Final = frozenset(("và", "hoặc", "cùng"))
_ENDS: Final = frozenset('.!?…"”“')


@dataclass(frozen=True, slots=True)
class Subject:
    """A list of units and what follows: their spans, and where the predicate begins (None where there is none)."""

    spans: tuple[tuple[int, int], ...]
    end: int
    predicate: int | None


def unit_starts(text: str, low: str, at: int) -> bool:
    """Whether a unit opens at an offset."""
    return _head_end(text, low, at) is not None


def _head_end(text: str, low: str, at: int) -> int | None:
    """Where the head word of a unit that opens at an offset ends; None where none opens."""
    match = START.match(low, at)
    if match is None:
        return None
    head_at = match.start("head") if match["head"] else match.start("short")
    if NO_UNIT.match(low, head_at):
        return None
    after = text[match.end() : match.end() + 2].lstrip()
    named = bool(after) and (after[0].isupper() or after[0].isdigit())  # "Sở Y tế", "Phòng 1"
    if match["short"] and not match["quantifier"]:
        fund = match["short"] == "quỹ" and text[max(0, at - 2) : at - 1].isalpha()  # "phối hợp với Quỹ hỗ trợ …"
        own = text[at].isupper() and (match["short"] == "sở" or fund or _acts(low, match["short"], match.end()))
        return match.end() if named or own else None
    if match["head"] in BARE_HEADS and not match["quantifier"]:
        if match["head"] == "sở":
            return match.end() if text[at].isupper() else None
        if match["head"] in _LOUD and text[at].isupper() and verb_at(low, match.end() + 1):
            return match.end()  # "phối hợp với Thanh tra tổ chức …"
        rest = low[match.end() : match.end() + 24].lstrip()
        return match.end() if named or rest.startswith(OF_A_HEAD) else None
    return match.end()


def _acts(low: str, head: str, at: int) -> bool:
    """Whether a head in capitals without a name acts: "Đoàn tiến hành họp", "Tổ chuyên môn dự giờ"."""
    if _ACTS.match(low, at):
        return True
    if head not in _TEAMS or _NO_TEAM.match(low, at):
        return False
    for _ in range(_TEAM_WORDS):
        at = low.find(" ", at + 1)
        if at < 0 or low[at - 1] in ",.;:":
            return False
        if verb_at(low, at + 1) is not None:
            return True
    return False


@lru_cache(maxsize=1024)
def subject_of(text: str, low: str, start: int, end: int) -> Subject | None:
    """Return the list of units that ``text[start:end]`` opens with, None where it opens with none.

    Half of the time it is asked once more what it was asked a moment ago: by another component, for another clause.
    """
    head = _head_end(text, low, start)
    return None if head is None else _Scan(text, low, start, head, end).run()


def subject_behind(text: str, low: str, start: int, head: int, end: int) -> Subject | None:
    """The same for whom a head that ends at `head` names, be it one of a unit or not."""
    return _Scan(text, low, start, head, end).run()


def listed_units(text: str, low: str, start: int, end: int) -> Subject:
    """Return all units of a stretch that holds nothing else ("Đơn vị chủ trì: …"): what no unit opens goes on."""
    spans: list[tuple[int, int]] = []
    opened = start
    for sign in _SIGNS.finditer(low, start, end):
        if unit_starts(text, low, sign.end()) and not same_unit(low, opened, sign.start(), sign.end()):
            spans.append((opened, sign.start()))
            opened = sign.end()
    stop = start + len(text[start:end].rstrip(" .;,"))
    return Subject((*spans, (opened, max(opened, stop))), stop, None)


@dataclass(frozen=True, slots=True)
class _Stop:
    """The list has ended; `predicate` is where its predicate begins."""

    predicate: int | None = None


class _Scan:
    """Walks over the words of a list of units until its end is known."""

    def __init__(self, text: str, low: str, start: int, head: int, end: int) -> None:
        self.text, self.low, self.end = text, low, end
        self.opened, self.at = start, head
        self.spans: list[tuple[int, int]] = []
        self.names = False
        """Whether names are listed behind a plural and a colon."""

    def run(self) -> Subject | None:
        """Return the list."""
        for _ in range(_MOST_WORDS):
            token = TOKEN.match(self.text, self.at, self.end)
            if token is None:
                break
            begin, word = token.start(1), token[1]
            self.at = token.end()
            stop = self._read(begin, word)
            if stop is not None:
                return self._subject(begin, stop.predicate)
        return self._subject(min(self.at, self.end), None)

    def _read(self, begin: int, word: str) -> _Stop | None:
        """Take one word in; return the stop where the list ends before it."""
        if word[0].islower() and word not in _JOINING:
            return self._lower(begin)
        if _LOUD_DUTY.match(self.text, begin):
            return _Stop(begin)
        if word == "(":
            return self._bracket(begin)
        if self.text[begin - 1 : begin] == " " and self.text[begin].isupper():
            self._capital(begin)
            return None
        if word in _JOINING or word in (",", ";", "&"):
            return self._joined(begin, word)
        if word == ":":
            self.names = opens_list(self.text, self.low, self.opened, self._skip(self.at))
            return None if self.names else _Stop()
        return _Stop() if word in _ENDS else None

    def _lower(self, begin: int) -> _Stop | None:
        """A word in lower case: a modifier of the unit, its predicate, or the end."""
        modifier = MODIFIER.match(self.low, begin)
        if modifier:
            self.at = max(self.at, modifier.end())
            return None
        charge = IN_CHARGE.match(self.low, begin, self.end)
        if charge and not _predicate_at(self.low, begin + len("phụ trách ")):
            self.at = max(self.at, charge.end())
            return None
        verb = verb_at(self.low, begin)
        if verb is None:
            if RELATIVE.match(self.low, begin):
                clause = DUTY.match(self.low, begin, self.end)
                if clause is None:
                    return _Stop()
                self.at = clause.end()
                return None
            return _Stop() if STOP.match(self.low, begin) else None
        inside = within_compound(self.low, begin) or in_name(self.text, begin) or self._in_title(begin, verb)
        # "Phòng Giám sát quản lý": the last word of a title is no predicate
        if not inside and not ends_name(self.text, self.low, self.opened, begin, self.end):
            return _Stop(begin)
        self.at = max(self.at, verb.end)
        return None

    def _capital(self, begin: int) -> None:
        """A word in capitals; one of two syllables that might be a verb is a name to its end: "Ban Thực hiện …"."""
        verb = verb_at(self.low, begin, self.end)
        if verb is not None and " " in self.low[begin : verb.end]:
            self.at = max(self.at, verb.end)

    def _in_title(self, begin: int, verb: Verb) -> bool:
        """Whether a verb belongs to what a body is called by: "Phòng Giáo dục và đào tạo", "Trạm cấp cứu"."""
        if _predicate_at(self.low, self._skip(verb.end)) and PAIRED.fullmatch(self.low, self.opened, verb.end):
            return True
        if self.low.endswith((" và ", "- ", "– ", "-"), self.opened, begin):
            return True  # no predicate begins so
        called = CALLED_BY_TRADE.fullmatch(self.low, self.opened, begin - 1)
        if verb.kind == "office":
            team = called is not None and not called["quantifier"] and self.low.startswith(NAMING_VERBS, begin)
            return team and self._acts_behind(verb.end)
        if verb.kind == "trade":
            return called is not None
        first_half = self.low.endswith(FIRST_HALVES, self.opened, begin - 1)  # "Thường trực"
        return first_half or (called is not None and not called["quantifier"])

    def _acts_behind(self, at: int) -> bool:
        """Whether a verb of its own stands behind what a team is called by, and what that governs: "Tổ quản lý chợ
        thu gom …", not "Tổ giám sát việc thực hiện …"."""
        for _ in range(_OBJECT_WORDS):
            following = _skip(self.text, at, self.end)
            if verb_at(self.low, following, self.end) is not None:
                return True
            word = _OBJECT_WORD.match(self.low, following, self.end)
            if word is None:
                return False
            at = word.end()
        return False

    def _bracket(self, begin: int) -> _Stop | None:
        close = self.text.find(")", begin, min(self.end, begin + 160))
        if close < 0:
            return _Stop()
        after = self._skip(close + 1)
        inner = unit_starts(self.text, self.low, begin + 1)  # "Sở Y tế (Chi cục Dân số) chủ trì"
        if _predicate_at(self.low, after) and not inner:
            return _Stop(after)
        self.at = close + 1
        return None

    def _joined(self, begin: int, word: str) -> _Stop | None:
        """A comma or "và": the next unit, the same one going on, or the predicate."""
        plural = self.low.startswith("các ", self.opened)
        kinds = PLURAL_LIST.match(self.low, self.opened, self.end) if plural else None
        if kinds is not None and kinds.end() > begin:
            self.at = kinds.end()
            return None
        following = self._skip(self.at)
        head = _head_end(self.text, self.low, following)
        if head is not None and self.low.startswith("công an", following) and _MINISTRIES.match(self.low, self.opened):
            head = None  # "Các Bộ: Công an, Quốc phòng …"
        small = self.text[following : following + 1].islower()
        listed = PLACES_AFTER_COMMA.match(self.low, following)
        if word == "," and head is None and small and listed is None and _predicate_at(self.low, following):
            return _Stop(following)
        if word == ";" and CAPTION.match(self.low, following):
            return _Stop()  # "Đơn vị chủ trì: …; đơn vị phối hợp: …"
        if head is not None:
            if not same_unit(self.low, self.opened, begin, following):
                self.spans.append((self.opened, begin))
                self.opened, self.at = following, head
            return None
        if word == ";":
            return _Stop()
        if word == "," and not self._goes_on(following):
            return _Stop(_later_predicate(self.text, self.low, following, self.end))
        if listed is not None:
            self.at = max(self.at, listed.end())  # "các cơ quan, tổ chức, đơn vị": no verb here
        return None

    def _goes_on(self, following: int) -> bool:
        return (
            PLACES_AFTER_COMMA.match(self.low, following) is not None
            or (self.names and self.text[following : following + 1].isupper())
            or elided(self.text, self.opened, following)
            or name_goes_on(self.text, self.low, following, self.end)
            or self._has_comma_inside(following)
        )

    def _has_comma_inside(self, following: int) -> bool:
        """ "Khoa Truyền thông, giáo dục sức khỏe lập …": some words in lower case, then the predicate or the end."""
        words = self.text[self.opened : following].split()
        if len(words) > LONGEST_NAME or not any(word[0].isupper() for word in words[1:]):
            return False
        at = following
        for number in range(_WORDS_BEHIND_COMMA):
            if at >= self.end or self.text[at] in ";.":
                return number > 0
            if _predicate_at(self.low, at) and number > 0:
                return number > 1
            lower = self.text[at].islower() and not STOP.match(self.low, at)
            if not lower or _NO_NAME.match(self.low, at) or self._head_at(at):
                return False
            space = _WORD_END.search(self.text, at, self.end)
            at = self._skip(space.start()) if space else self.end
        return False

    def _head_at(self, at: int) -> bool:
        return _head_end(self.text, self.low, at) is not None

    def _skip(self, at: int) -> int:
        return _skip(self.text, at, self.end)

    def _subject(self, stop: int, predicate: int | None) -> Subject | None:
        while stop > self.opened and (self.text[stop - 1].isspace() or self.text[stop - 1] in ",;:.-–"):
            stop -= 1
        if stop <= self.opened:
            return None
        found = (*self.spans, (self.opened, stop))
        return Subject(tuple((a, a + len(self.text[a:b].rstrip(" ,;"))) for a, b in found), stop, predicate)


def _predicate_at(low: str, at: int) -> bool:
    return verb_at(low, at) is not None


def _skip(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


_SIGNS: Final = regex.compile(r"[,;] | và ")
_WORD: Final = regex.compile(r"\p{L}+")
_LOUD_DUTY: Final = regex.compile(r"(?:Chủ trì|Phối hợp (?:với|cùng)|Có trách nhiệm|Chịu trách nhiệm)(?!\p{L})")
""" "MTTQ Phối hợp với UBND xã": a verb that begins with a capital amid a sentence."""
_MINISTRIES: Final = regex.compile(r"các bộ(?:, (?:cơ quan|ngành))?\s?:")


def _later_predicate(text: str, low: str, at: int, end: int) -> int | None:
    """ "Sở Y tế, trong phạm vi …, chỉ đạo": look behind one more comma for the predicate."""
    comma = text.find(",", at, min(end, at + 120))
    if comma < 0:
        return None
    after = _skip(text, comma + 1, end)
    return after if after < end and text[after].islower() and _predicate_at(low, after) else None


def is_unit(text: str) -> bool:
    """Whether the whole of `text` is a unit or a list of units (a heading such as "2. Văn phòng Sở")."""
    low = text.lower()
    subject = subject_of(text, low, 0, len(text))
    if subject is None or subject.predicate is not None:
        return False
    rest = text[subject.end :].rstrip(" .:;)")
    return not rest or rest.startswith(", trong đó ") or _has_commas_inside(text[: subject.end], rest)


def _has_commas_inside(name: str, rest: str) -> bool:
    """ "Ủy ban Tài chính, Ngân sách", "Ban Chỉ đạo xóa nhà tạm, nhà dột nát": all of a heading may be one name."""
    words = rest.lower().split()
    verbs = any(_predicate_at(rest.lower(), match.start()) for match in _WORD.finditer(rest))
    named = any(word[0].isupper() for word in name.split()[1:])
    return rest.startswith(", ") and named and len(words) <= LONGEST_NAME + 2 and not verbs
