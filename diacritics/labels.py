"""Labels of lists and headings, and numbers that cannot be: repaired or flagged by rule, not by the model.

A label is read in the scheme of those before it: after "d)" a second "d)" is "đ)" without its stroke, "I11." is
"III." since no numeral mixes letters and digits, "5," between "4." and "6." is "5." with a speck at its stop, and
"8)" after "e)" is a "g)". Digits of numbers are never changed: "8],73%" is kept and flagged.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from diacritics.edits import Edit
from diacritics.tokens import CLOSING, OPENING

UNSURE: Final = 0.45
"""How sure a letter is a figure: so that whoever reads it is told."""
LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
"""The letters of points (*điểm*) in their order, as Decree 30/2020/NĐ-CP has them."""

_LABEL: Final = re.compile(r"^[ \t]*\(?(?P<label>[^\s.()]{1,6})(?P<mark>[.)-])(?=\s|$)", re.MULTILINE)
_NUMERAL: Final = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_AS_NUMERAL: Final = str.maketrans("l1|!ỊÍÌ", "IIIIIII")
_NUMERAL_SIGNS: Final = re.compile(r"[IVXl1|!ỊÍÌ]+")
_AS_LETTER: Final = {"¢": "c", "€": "e", "@": "a", "é": "e", "ê": "e"}

# "5, Giảm", "-5. Giảm", "I. Tỷ lệ", "I- Tỷ lệ" as the Party's bodies write: labels of a row in figures, or what is left
# of them.
_FIGURED: Final = re.compile(
    r"^[ \t]*(?P<speck>-?)(?P<label>\d{1,2}|[Il])(?P<mark>[.,:-])[ \t]+(?P<title>[^\W\d_][^\n]*)", re.MULTILINE
)
# "khoản 1, Điều 5": the next line begins with no label.
_CITED: Final = re.compile(r"(?:Điều|Mục|Chương|Phần|Phụ lục) [\dIVX]")
# "2,1. Cập nhật" for 2.1., where 2. or 2.2. is a label too.
_NESTED: Final = re.compile(
    r"^[ \t]*(?P<label>\d{1,2}(?:[.,]\d{1,2}){1,3})(?P<mark>\.?)[ \t]+(?P<title>[^\W\d_])", re.MULTILINE
)
_ROMAN: Final = re.compile(r"^[ \t]*(?P<label>[IVX]{1,5})[.-]", re.MULTILINE)

_AS_DIGIT: Final = str.maketrans("[]|!{}lIOo", "1111111100")
_ODD_NUMBER: Final = re.compile(r"(?=[^\s]*\d)[\d.,/%\[\]|!{}lIOo]+")
_WORD: Final = re.compile(r"\S+")


def repair_labels(text: str, marks_lost: bool) -> list[Edit]:
    """Return the edits that repair labels at the head of lines, in order.

    Args:
        text: any text.
        marks_lost: whether đ may have been read as d; in text that kept its marks a d stands for itself.
    """
    edits = []
    letter, numeral, figure = "", 0, 0
    for match in _LABEL.finditer(text):
        label = match["label"]
        repaired = label
        if match["mark"] in ".-" and (value := _numeral(label, numeral + 1)):
            numeral = value
            repaired = _written(value)
        elif match["mark"] == ")" and len(label) == 1 and not label.isdigit():
            repaired = _letter(label, letter, marks_lost)
            letter = repaired if repaired in LETTERS else ""
        elif match["mark"] == ")" and label.isdigit():
            if (label, letter) == ("8", "e") and figure != 7:  # "e)", "8)"
                repaired = letter = "g"
            figure = int(label)
        if repaired != label:
            sure = UNSURE if label.isdigit() else 0.95
            edits.append(Edit(match.start("label"), match.end("label"), label, repaired, "label", sure))
    taken = {edit.start for edit in edits}
    edits += [edit for edit in _in_row(text) if edit.start not in taken]
    return sorted([*edits, *_nested(text)])


def _in_row(text: str) -> Iterator[Edit]:
    """Yield the edits of labels that the row of figures before or behind them tells: a sign for a stop, I for 1."""
    labels = list(_FIGURED.finditer(text))
    values = [int(label["label"]) if label["label"].isdigit() else 1 for label in labels]
    stops = ["-" if label["mark"] == "-" else "." for label in labels]  # commas and colons are stops with a speck
    firm = [label["mark"] in ".-" and label["label"].isdigit() and not label["speck"] for label in labels]
    rows = list(zip(values, stops, strict=True))
    romans = [roman.start("label") for roman in _ROMAN.finditer(text)]
    for at, label in enumerate(labels):
        value, stop = rows[at]
        after = at + 1 < len(labels) and firm[at + 1] and rows[at + 1] == (value + 1, stop)
        before = at > 0 and firm[at - 1] and rows[at - 1] == (value - 1, stop)
        title = label["title"]
        figures, sure = label["label"].isdigit(), title[0].isupper() and (before or after)
        if label["mark"] in ",:" and figures and sure and not label["speck"] and not _CITED.match(title):
            yield Edit(label.start("mark"), label.end("mark"), label["mark"], ".", "label", 0.95)
        elif label["speck"] and label["mark"] == "." and figures and sure:
            yield Edit(label.start("speck"), label.end("speck"), "-", "", "label", 0.95)
        elif label["mark"] in ".-" and not figures and after and not title.isupper():
            before_it = bisect_left(romans, label.start("label"))
            if before_it and bisect_left(romans, labels[at + 1].start()) <= before_it + (label["label"] == "I"):
                yield Edit(label.start("label"), label.end("label"), label["label"], "1", "label", UNSURE)


def _nested(text: str) -> Iterator[Edit]:
    """Yield the edits of commas in labels of labels, where the label above or beside them is one."""
    labels = list(_NESTED.finditer(text))
    known = {label["label"] for label in labels} | {label["label"] for label in _FIGURED.finditer(text)}
    for label in labels:
        if "," not in label["label"] or not label["mark"] or not label["title"].isupper():
            continue
        dotted = label["label"].replace(",", ".")
        above, _, last = dotted.rpartition(".")
        beside = {f"{above}.{int(last) + step}" for step in (-1, 1)}
        if known & beside or (last == "1" and above in known):
            yield Edit(label.start("label"), label.end("label"), label["label"], dotted, "label", 0.95)


def _numeral(label: str, expected: int) -> int:
    """Return the value of a Roman numeral, as written or as misread; 0 for what is none.

    What holds no numeral letter but l or 1 is taken for one only where it is the next of the row.
    """
    if not _NUMERAL_SIGNS.fullmatch(label) or label.isdigit():
        return 0
    written = label.translate(_AS_NUMERAL)
    if not _NUMERAL.fullmatch(written):
        return 0
    value = _value(written)
    return value if any(sign in "IVX" for sign in label) or value == expected else 0


def _value(numeral: str) -> int:
    worth = [{"I": 1, "V": 5, "X": 10}[sign] for sign in numeral]
    return sum(-one if one < next_ else one for one, next_ in zip(worth, [*worth[1:], 0], strict=True))


def _written(value: int) -> str:
    tens, ones = divmod(value, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def _letter(label: str, before: str, marks_lost: bool) -> str:
    if label == "d" and before == "d" and marks_lost:
        return "đ"
    likely = _AS_LETTER.get(label)
    expected = LETTERS[LETTERS.index(before) + 1 : LETTERS.index(before) + 2] if before else likely
    return likely if likely and likely == expected else label


def doubtful_numbers(text: str) -> list[Edit]:
    """Return a flag for each number that holds a sign no number has, with the number it may be; nothing is changed."""
    return list(_doubtful(text))


def _doubtful(text: str) -> Iterator[Edit]:
    for match in _WORD.finditer(text):
        word = match[0]
        if len(word) > 30 or word.isalpha() or not any(sign.isdigit() for sign in word):
            continue
        core = word.lstrip(OPENING)
        start = match.start() + len(word) - len(core)
        core = core.rstrip(CLOSING.replace("%", "")).removesuffix("%o").removesuffix("%O")  # per mille, as it is read
        if is_odd_number(core):
            yield Edit(start, start + len(core), core, core, "doubt", 0.5, (core.translate(_AS_DIGIT),))


def is_odd_number(core: str) -> bool:
    """Return whether a token is a number but for signs that digits are misread as: "8],73%", "1O0"."""
    digits = sum(sign.isdigit() for sign in core)
    odd = sum(sign in "[]|!{}lIOo" for sign in core)
    return core[:1].isdigit() and digits >= 2 and 0 < odd <= digits and _ODD_NUMBER.fullmatch(core) is not None
