"""The places of a header that clerks fill in by hand: the number (*Số: …/KH-SYT*) and the day and month.

Tesseract reads print; of a pen's figures it makes something, and says so only by a low confidence. What stands in
such a place is therefore believed only when both readings agree or the first was sure. Else the words are marked
``handwritten``: kept as read, with their box for a person to look at, and never to be taken for a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from diacritics.folding import fold
from diacritics.syllables import is_syllable
from pipeline.document import Box, Line, Word

HANDWRITTEN = "handwritten"
SURE = 0.9
NOT_LETTERS = ".,:;()/-'\"‘’“”"
PRINTED = 0.8  # above this confidence a word of a signature block is print
NUMBER_LABEL = re.compile(r"^\W*[Ss]\s?[o0]\b")  # SỞ, in capitals, is a department
DATE_WORDS = re.compile(r"ngay|thang")
YEAR = re.compile(r"(19|20)\d\d")


def mark(lines: Sequence[Line]) -> None:
    """Mark, in the lines of a header, the words that were probably written by hand and are not surely read."""
    for line in lines:
        if line.role == "header_left" and NUMBER_LABEL.match(fold(line.text)):
            _mark(word for word in line.words if _is_figure(word) and _is_unsure(word))
            written = _written(line.words)
            _mark(written if any(HANDWRITTEN in word.doubts for word in written) else ())
        elif line.role == "header_right" and DATE_WORDS.search(fold(line.text).lower()):
            _mark(word for word in line.words if _is_day_or_month(word) and _is_unsure(word))


def is_marked(line: Line) -> bool:
    """Tell whether a word of the line was probably written by hand and is not surely read."""
    return any(HANDWRITTEN in word.doubts for word in line.words)


def _mark(words: Iterable[Word]) -> None:
    for word in words:
        if HANDWRITTEN not in word.doubts:
            word.doubts = (*word.doubts, HANDWRITTEN)


def _written(words: Sequence[Word]) -> list[Word]:
    """Return the pieces of a number up to its symbol: one pen wrote them all, however sure one of them was read."""
    slash = next((at for at, word in enumerate(words) if "/" in word.text), len(words))
    return [word for word in words[: slash + 1] if _is_figure(word)]


def _is_unsure(word: Word) -> bool:
    return word.confidence < SURE or bool(word.alternatives)


def _is_figure(word: Word) -> bool:
    """Tell whether a word of the number's line is the number, or the part of a word in which it stands."""
    label = re.fullmatch(r"\W*([Ss]?o?|[Ss]0)\W*", fold(word.text))
    return label is None and not word.text.startswith(("/", "-"))


def _is_day_or_month(word: Word) -> bool:
    """Tell whether a word of the date's line is a day or a month, or has grown together with one."""
    text = fold(word.text).lower()
    if YEAR.search(text):
        return False
    return not text.isalpha() or (bool(DATE_WORDS.search(text)) and text not in ("ngay", "thang"))


def without_pen(lines: Sequence[Line]) -> tuple[list[Line], list[Box]]:
    """Take out of a signature block what was read out of the signature and the seal's edge.

    Between the post and the name of who signs stands a pen's writing, and Tesseract makes signs of it. A row of the
    block without one surely printed word is such writing; in the other rows it is the words that are no print.

    Returns:
        The lines that are left, and the boxes of what was taken out.
    """
    heights = sorted(word.box.height for line in lines for word in line.words if word.box and _is_name(word.text))
    if not heights:
        return list(lines), []
    usual = heights[len(heights) // 2]
    kept: list[Line] = []
    pen: list[Box] = []
    for line in lines:
        words = line.words
        if line.role == "foot_right":
            printed = any(_surely_printed(word, usual) for word in words)
            words = [word for word in words if printed and _may_be_printed(word, usual)]
            pen += [word.box for word in line.words if word.box is not None and word not in words]
        if words:
            kept.append(replace(line, words=words))
    return kept, pen


def _is_name(text: str) -> bool:
    """Tell whether a word is written as posts and names are: letters, the first of them a capital."""
    core = text.strip(NOT_LETTERS)
    return len(core) > 1 and core.replace("/", "").isalpha() and core[0].isupper()


def _surely_printed(word: Word, usual: float) -> bool:
    fits = word.box is None or 0.6 * usual <= word.box.height <= 2.5 * usual
    return fits and word.confidence >= PRINTED and _is_name(word.text) and _spelled(word.text)


def _may_be_printed(word: Word, usual: float) -> bool:
    """Tell whether a word beside a sure one is print too: a name, however badly read, or anything well read."""
    if word.box is not None and not 0.4 * usual <= word.box.height <= 2.5 * usual:
        return False
    return word.confidence >= PRINTED or (_is_name(word.text) and word.confidence > 0)


def _spelled(text: str) -> bool:
    core = text.strip(NOT_LETTERS)
    return core.isupper() or all(is_syllable(part) for part in core.split("/"))
