"""Labels of enumerated nodes: ``I.``  ``1.``  ``1.1.``  ``a)``  ``(1)``  ``Điều 5.``  ``Chương II``  ``PHỤ LỤC``.

Decree 30/2020/NĐ-CP, Appendix I, lays the order down: phần, chương, mục, tiểu mục, điều, khoản (1.), điểm (a)).
Plans use I., 1., a) and, in practice, every other scheme; so a label here is a style and a value, and which style
stands under which is learnt from the document (see sections.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import regex

from diacritics.folding import fold
from pipeline.parsing.patterns import DECREE, Bounded, Pattern

LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
"""The alphabet that points (*điểm*) are lettered by: f, j, w and z are left out, đ follows d."""

WORD_RANKS: Final = {"phu luc": 0, "phan": 1, "chuong": 2, "muc": 3, "tieu muc": 4, "dieu": 5}
"""Labels that are words stand over each other in this order."""

_ORDINALS: Final = {
    "nhat": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7,
    "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip
_ROMAN_DIGITS: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

_WORD: Final = Pattern(
    "word_label",
    r"(?P<word>phu luc|phan|chuong|tieu muc|muc(?! tieu)|dieu|(?:muc tieu|nhiem vu|giai phap)(?= \d{1,2}[:.]))"
    r"(?:\s+(?P<number>(?:so\s+)?(?:[ivxlc]{1,7}|\d{1,3}[a-z]?|[a-z])(?![\w/])|thu\s+[a-z]+))?\s*(?P<close>[.:)\-–]?)",
    "dieu 5.",
    {"word": "dieu", "number": "5"},
    f"{DECREE}, I.5 and II.6: phần, chương, mục, điều",
)
_ROMAN: Final = Pattern(
    "roman_label",
    r"(?P<value>[IVXL]{1,6})\s?(?P<close>[.)/]|[-–](?=\s))\s*",
    "IV. TỔ CHỨC",
    {"value": "IV"},
)
_CAPITAL: Final = Pattern(
    "capital_label", r"(?P<value>[A-ZĐ])\s?(?P<close>[.)/]|[-–](?=\s))\s*", "A. MỤC TIÊU", {"value": "A"}
)
_DOTTED: Final = Pattern(
    "dotted_label",
    r"(?P<value>\d{1,2}(?:\.\d{1,2}){1,4})(?P<close>[.)/]?|[-–](?=\s))(?=\s|\p{L}|$)\s*",
    "1.1. Mục tiêu",
    {"value": "1.1"},
)
_SPACED: Final = Bounded(r"(?P<value>\d{1,2}\.\s\d{1,2})(?P<close>\.)(?!\d)\s*")
"""A reader's slip: "1. 1. Công tác …"."""
_NUMBER: Final = Pattern(
    "number_label",
    r"(?P<value>\d{1,4})\s?(?P<close>[.)]|/(?=\s)|[-–](?=\s))(?!\d)\s*",
    "2. Yêu cầu",
    {"value": "2"},
    f"{DECREE}, II.6: khoản",
)
_LETTER: Final = Pattern(
    "letter_label",
    r"(?P<value>[a-zđ]\d?)(?P<close>[.)/]|[-–](?=\s+\p{Lu}))(?!\.)\s*",
    "đ) Kinh phí",
    {"value": "đ"},
    f"{DECREE}, II.6: điểm",
)
_ABOUT: Final = Bounded(r"V\s?/\s?[Vv](?!\p{L})")
""" "V/v" (*về việc*) over what a document is about: neither a numeral nor a letter."""
_CLOSES: Final = frozenset(".)/-–")
_LONGEST_LETTERED: Final = 8
"""A label of letters is closed by one of these signs within so many characters ("XXVIII ."): few lines hold one there,
and each is asked for its label."""
_BRACKETED: Final = Pattern(
    "bracketed_label",
    r"\((?P<value>\d{1,3}|[a-zđ]|[ivx]{1,5})(?P<close>\))\s*",
    "(1) Rà soát",
    {"value": "1"},
)
_BULLET: Final = Pattern(
    "bullet",
    r"\s*[-–—−+*•●▪■◦∙·➢✓](?![-–—\d])\s*(?=[\p{L}\d(\[“\"'])",
    "- Tham mưu",
    {},
    f"{DECREE}, II.6: gạch đầu dòng",
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label as printed (`text`), bare for an id (`bare`), its style, its ordinal, and where the words after"""

    """it begin."""

    text: str
    bare: str
    style: str
    value: int
    end: int


def roman(numeral: str) -> int | None:
    """Return the value of a Roman numeral written as printers do (IV, IX, XL), None for anything else."""
    numeral, total = numeral.lower(), 0
    for here, after in zip(numeral, [*numeral[1:], ""], strict=True):
        value = _ROMAN_DIGITS.get(here)
        if value is None:
            return None
        total += -value if _ROMAN_DIGITS.get(after, 0) > value else value
    return total if numeral and total > 0 and _to_roman(total) == numeral else None


def _to_roman(number: int) -> str:
    pairs = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    out = ""
    for value, digits in pairs:
        while number >= value:
            out, number = out + digits, number - value
    return out


def bullet_end(text: str) -> int:
    """Return where the words after a bullet (- + * •) begin, 0 where the text opens with none."""
    match = None if text[:1].isalnum() else _BULLET.match(text)
    return match.end() if match else 0


def read_label(text: str) -> Label | None:
    """Return the label that `text` opens with, None where it opens with none.

    Only the form is judged; whether the label fits its place is for the caller to say.
    """
    return _read_head(text[:60])


@lru_cache(maxsize=2048)
def _read_head(head: str) -> Label | None:
    """Several components ask for the label of the same line."""
    lead = len(head) - len(head.lstrip())
    head = head[lead:]
    found = _word_label(head) or _plain_label(head)
    if found is None:
        return None
    return Label(found.text, found.bare, found.style, found.value, found.end + lead)


def _word_label(head: str) -> Label | None:
    if not head[:1].isupper():
        return None
    match = _WORD.match(fold(head).lower())
    if match is None:
        return None
    word, number = match["word"], match["number"]
    after = head[match.end() :].lstrip()
    printed = head[: match.end("number") if number else match.end("word")]
    if number is None:
        # only PHỤ LỤC may stand without a number, and only where it is set as a heading
        if word != "phu luc" or not (printed.isupper() or not after):
            return None
        return Label(printed, printed, word, 1, match.end())
    if not match["close"] and after and not (printed.isupper() or after[0] in "(:." or _is_capitals(after)):
        return None  # "Điều 9 Nghị định số …": a citation
    value = _ordinal(number)
    if value is None:
        return None
    if word == "dieu" and match["close"] == "" and after:
        return None
    return Label(head[: match.end()].strip(), " ".join(printed.split()), word, value, match.end())


def _ordinal(number: str) -> int | None:
    parts = number.split()
    if parts[0] == "thu":
        return _ORDINALS.get(parts[-1])
    last = parts[-1]
    if last[0].isdigit():
        return int("".join(c for c in last if c.isdigit()))
    value = roman(last)
    if value is not None and (len(last) > 1 or last in "ivx"):
        return value
    return ord(last[0]) - ord("a") + 1 if len(last) == 1 else None


def _is_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _plain_label(head: str) -> Label | None:
    first = head[:1]
    if first.isalpha():
        return _lettered(head)
    if first.isdigit():
        return _numbered(head)
    return _bracketed(head) if first == "(" else None


def _lettered(head: str) -> Label | None:
    if _CLOSES.isdisjoint(head[1:_LONGEST_LETTERED]) or _ABOUT.match(head):
        return None
    for style, pattern in (("I", _ROMAN), ("A", _CAPITAL)):
        match = pattern.match(head)
        if match and _opens_text(head, match.end()):
            value = roman(match["value"]) if style == "I" else _letter(match["value"].lower())
            if value is not None:
                return _label(match, style, value)
    match = _LETTER.match(head)
    if match and (value := _letter(match["value"][0])) is not None:
        return _label(match, "a" + ("" if match["close"] == ")" else match["close"]), value)
    return None


def _numbered(head: str) -> Label | None:
    match = _DOTTED.match(head)
    if match and (match["close"] or _opens_text(head, match.end())):
        levels = match["value"].split(".")
        return _label(match, "1" + ".1" * (len(levels) - 1), int(levels[-1]))
    match = _SPACED.match(head)
    if match and _opens_text(head, match.end()):
        bare = "".join(match["value"].split())
        levels = bare.split(".")
        return Label(bare + match["close"], bare, "1" + ".1" * (len(levels) - 1), int(levels[-1]), match.end())
    match = _NUMBER.match(head)
    if match and match["value"][0] != "0":
        return _label(match, "1" + ("" if match["close"] == "." else match["close"]), int(match["value"]))
    return None


def _bracketed(head: str) -> Label | None:
    match = _BRACKETED.match(head)
    if match is None:
        return None
    inner = match["value"]
    if inner.isdigit():
        return _label(match, "(1)", int(inner))
    numeral = roman(inner)
    if numeral is not None:
        return _label(match, "(i)", numeral)
    letter = _letter(inner) if len(inner) == 1 else None
    return None if letter is None else _label(match, "(a)", letter)


def _opens_text(head: str, end: int) -> bool:
    """Whether what follows a label begins as a title or a sentence does."""
    after = head[end:].lstrip("“\"'(")
    return not after or after[0].isupper() or after[0].isdigit()


def _letter(letter: str) -> int | None:
    return LETTERS.find(letter) + 1 or None


def _label(match: regex.Match[str], style: str, value: int) -> Label:
    bare = match["value"]
    return Label(match[0].strip(), bare, style, value, match.end())


__all__ = ["LETTERS", "WORD_RANKS", "Label", "bullet_end", "read_label", "roman"]
