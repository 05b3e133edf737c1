"""Document symbols (*số, ký hiệu*): repaired by their grammar and by the list of types, never by the language model.

    admin    608/QĐ-UBND        number / type - body            Decree 30/2020/NĐ-CP, Appendix I and III
    letter   3196/UBND-KSTT     number / body - unit
    law      30/2020/NĐ-CP      number / year / type - body
    party    15-NQ/TU           number - type / body            Guidance 36-HD/VPTW

What a reader without Vietnamese leaves of them is regular: Đ becomes D (or P, B), the slash becomes I, l, [ or |,
Q becomes O. Digits are never touched. Where two types fit what is left (HD may be Hướng dẫn or Hợp đồng; DA Dự án or
Đề án) the symbol stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Final

from diacritics.edits import Edit, replay

_LISTED: Final = (
    "NQ QĐ CT QC QyĐ TC TB HD CTr KH PA ĐA DA BC BB TTr HĐ CĐ BGN BTT GUQ GM GGT GNP PG PC PB "  # Decree 30, App. III
    "NĐ TT TTLT NQLT VBHN PL L LCT SY TrS SL QCh DAn GN TTh"  # laws and regulations, copies, older spellings
)
ADMINISTRATIVE: Final = _LISTED.split()
"""Abbreviations of the types of administrative and legal documents."""

_PARTY_LISTED: Final = "NQ CT KL QĐ QC QyĐ TB HD BC KH CTr ĐA TTr CV BB TT CĐ QTr"  # Guidance 36-HD/VPTW
PARTY: Final = _PARTY_LISTED.split()
"""Abbreviations of the types of Party documents."""

# How a letter of an abbreviation is misread; the left side never stands for itself in the same place of another type.
_MISREAD: Final = {"Đ": ("Đ", "D", "Ð", "P", "B", "Þ"), "Q": ("Q", "O", "0"), "y": ("y", "v")}


def _readings(kinds: list[str]) -> dict[str, str]:
    """Return misread form -> the one type it can stand for; ambiguous forms are left out."""
    found: dict[str, set[str]] = {}
    for kind in kinds:
        for letters in product(*(_MISREAD.get(letter, (letter,)) for letter in kind)):
            found.setdefault("".join(letters), set()).add(kind)
    return {form: next(iter(kinds_)) for form, kinds_ in found.items() if len(kinds_) == 1 and form not in kinds}


_ADMIN_READINGS: Final = _readings(ADMINISTRATIVE)
_PARTY_READINGS: Final = _readings(PARTY)

# Initials of bodies in which a D is known to be Đ: council, labour, training, land, steering, delegates, union …
_BODY_PIECES: Final = (
    ("LDTBXH", "LĐTBXH"),
    ("DBQH", "ĐBQH"),
    ("GDDT", "GDĐT"),
    ("KHDT", "KHĐT"),
    ("TTDT", "TTĐT"),
    ("HDND", "HĐND"),
    ("HDTP", "HĐTP"),
    ("HDTD", "HĐTĐ"),
    ("HDQT", "HĐQT"),
    ("HDTV", "HĐTV"),
    ("LDLD", "LĐLĐ"),
    ("QLDD", "QLĐĐ"),
    ("VPDP", "VPĐP"),
    ("TLDLD", "TLĐLĐ"),
    ("TTq", "TTg"),
    ("UBNĐ", "UBND"),
    ("UBNP", "UBND"),
    ("UBNB", "UBND"),
)
_BODY_STARTS: Final = (("BCD", "BCĐ"), ("HD", "HĐ"), ("DU", "ĐU"), ("TLD", "TLĐ"), ("LD", "LĐ"))
"""At the start of a body: Ban chỉ đạo, Hội đồng, Đảng ủy, Tổng Liên đoàn, Liên đoàn."""

_DECREE_BODIES: Final = ("QP", "GP", "OP", "CR")
"""Misreadings of the one body that issues decrees (NĐ)."""

_DOUBLED: Final = re.compile("[ĐÐ]*Ð[ĐÐ]*")
"""Đ as Vietnamese data often reads it: twice or more, an eth among them."""

_TYPE: Final = "[A-ZĐÐÞ0][A-ZĐÐÞa-z0]{0,4}"
_BODY: Final = r"[A-ZĐÐƯ][A-ZĐÐƯa-z0-9]{1,14}(?:-[A-ZĐÐƯ][A-ZĐÐƯa-z0-9]{0,14})*"

# "127 IKH-SYT", "265 [KH-SYT", "88/QD-UBND", "14/2024/QD-UBND": number, slash or what is left of one, type, body.
_ADMIN: Final = re.compile(
    rf"(?<![\w/])(?P<number>\d{{1,5}})(?P<year>\s?/\s?(?:19|20)\d\d)?\s?(?P<slash>/|[Il|\[\]\\1!])\s?"
    rf"(?P<type>{_TYPE})\s?(?P<dash>[-–—])\s?(?P<body>{_BODY})(?!\w)"
)
# "36-HD/TW", "12-QD/TU", "15-NQ/TU"
_PARTY: Final = re.compile(
    r"(?<![\w/])(?P<number>\d{1,5})\s?(?P<dash>[-–—])\s?"
    rf"(?P<type>{_TYPE})\s?(?P<slash>/|[|\\])\s?(?P<body>{_BODY})(?!\w)"
)


def repair_symbols(text: str) -> list[Edit]:
    """Return the edits that repair the document symbols of one text, in order.

    Spaces stay as they are, and digits but for a 1 read for the slash before a type that stands ("1271KH-SYT") and a 0
    read for the Q of a type behind a slash.
    """
    edits = list(_repair(text, _ADMIN, _ADMIN_READINGS, frozenset(ADMINISTRATIVE)))
    taken = {(edit.start, edit.end) for edit in edits}
    edits += [e for e in _repair(text, _PARTY, _PARTY_READINGS, frozenset(PARTY)) if (e.start, e.end) not in taken]
    return sorted(edits)


def with_repaired_symbols(text: str) -> str:
    """Return `text` with its document symbols repaired."""
    return replay(text, repair_symbols(text))


def symbol_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of document symbols, repaired or not: nobody else may change what stands there."""
    return sorted(match.span() for pattern in (_ADMIN, _PARTY) for match in pattern.finditer(text))


def _repair(text: str, pattern: re.Pattern[str], readings: dict[str, str], kinds: frozenset[str]) -> Iterator[Edit]:
    for match in pattern.finditer(text):
        kind, body = match["type"], match["body"]
        if kind in kinds:
            true_kind = kind
        elif kind in readings:
            if "0" in kind and match["slash"] != "/":
                continue  # two digits would be letters or signs at once: "010B-UB"
            true_kind = readings[kind]
        elif match["slash"] == "/":
            true_kind = kind  # a letter's symbol: 3196/UBND-KSTT
            body_kind = repair_body(kind)
            if body_kind != kind:
                yield _edit(match, "type", body_kind)
        else:
            continue  # without type or slash there is no telling what this is
        if match["slash"] != "/":
            yield _edit(match, "slash", "/")
        if true_kind != kind:
            yield _edit(match, "type", true_kind)
        true_body = "CP" if true_kind == "NĐ" and body in _DECREE_BODIES else repair_body(body)
        if true_body != body:
            yield _edit(match, "body", true_body)


def repair_body(body: str) -> str:
    """Return the initials of a body with Đ where the initials are known: SLDTBXH is SLĐTBXH; others stay."""
    body = _DOUBLED.sub("Đ", body)
    for wrong, right in _BODY_PIECES:
        body = body.replace(wrong, right)
    for wrong, right in _BODY_STARTS:
        if body.startswith(wrong) and not body[len(wrong) :].startswith("Đ"):
            return right + body[len(wrong) :]
    return body


def _edit(match: re.Match[str], group: str, after: str) -> Edit:
    return Edit(match.start(group), match.end(group), match[group], after, "symbol", 0.99)
