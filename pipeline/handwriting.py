"""The places of a header that clerks fill in by hand: the number (*Số: …/KH-SYT*) and the day and month.

Tesseract reads print; of a pen's figures it makes something, and says so only by a low confidence. What stands in
such a place is therefore believed only when both readings agree or the first was sure. Else the words are marked
``handwritten``: kept as read, with their box for a person to look at, and never to be taken for a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from diacritics.folding import fold
from pipeline.document import Line, Word

HANDWRITTEN = "handwritten"
SURE = 0.9
NUMBER_LABEL = re.compile(r"^\W*[Ss]\s?[o0]\b")  # SỞ, in capitals, is a department
DATE_WORDS = re.compile(r"ngay|thang")
YEAR = re.compile(r"(19|20)\d\d")


def mark(lines: Sequence[Line]) -> None:
    """Mark, in the lines of a header, the words that were probably written by hand and are not surely read."""
    for line in lines:
        if line.role == "header_left" and NUMBER_LABEL.match(fold(line.text)):
            _mark(word for word in line.words if _is_figure(word))
        elif line.role == "header_right" and DATE_WORDS.search(fold(line.text).lower()):
            _mark(word for word in line.words if _is_day_or_month(word))


def _mark(words: Iterable[Word]) -> None:
    for word in words:
        if (word.confidence < SURE or word.alternatives) and HANDWRITTEN not in word.doubts:
            word.doubts = (*word.doubts, HANDWRITTEN)


def _is_figure(word: Word) -> bool:
    """Tell whether a word of the number's line is the number, or the part of a word in which it stands."""
    label = re.fullmatch(r"\W*[Ss]?[o0]?\W*", fold(word.text))
    return label is None and not word.text.startswith(("/", "-"))


def _is_day_or_month(word: Word) -> bool:
    """Tell whether a word of the date's line is a day or a month, or has grown together with one."""
    text = fold(word.text).lower()
    if YEAR.search(text):
        return False
    return not text.isalpha() or (bool(DATE_WORDS.search(text)) and text not in ("ngay", "thang"))
