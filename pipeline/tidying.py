"""The words of a first reading put in order: noise left out, what stuck to a word taken off, what ran together parted.

Specks and the ends of lines come out of Tesseract as signs and as letters of no height, and as signs stuck to the
front of a word. A label and its heading, or two words with a stop between them, come out as one word. Nothing here
looks at the picture; a figure is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from diacritics.syllables import is_syllable
from pipeline.document import Box, Word

SURE_SIGN = 0.9  # a sign that stands alone counts only above this confidence
DASHES = set("-–—~_=")
STOPS = set(".,:;'‘’`´^·")  # never print by themselves, but for dotted lines
MIN_DASH_POINTS, MAX_DASH_POINTS = 2.2, 14.0  # shorter is a speck, longer the rest of a ruling line
MIN_SIGN_HEIGHT = 0.6  # of the box
MIN_PRINT_POINTS = 2.6  # the lowest letter of the smallest print is higher
MIN_GAP_POINTS = 1.5  # between two words, however tightly set
LEADER = re.compile(r"…|\.{3,}")
ALIKE = str.maketrans({"Ð": "Đ", "¡": "i", "⁄": "/"})  # no sign of an administrative text, and what is meant by it
ROUND_C = re.compile(r"[©€](?=\))")  # the c of a label or of "b/c"
IN_A_WORD = re.compile(r"(?<=[^\W\d_])§|§(?=[^\W\d_])")  # an s: "ca§"
SMALL_ROMAN, DOTLESS = re.compile(r"^\(?[ivxïíì]{1,4}\)[.,;]?$"), str.maketrans("ïíì", "iii")
FIGURE_IN_BRACKET = re.compile(r"^\d\)$")
STUCK = re.compile(r"^(?!\.{3})[_~'‘`´^.,:;|\\]+(?=[\w(\[])")
STROKES = re.compile(r"(?<=\w)//(?=\w)")
WORD_AND_NUMBER = re.compile(r"^([^\W\d_]{2,})[.,'’-](\d\S*)$")
LABEL_AND_TITLE = re.compile(r"^([IVXLH1l]{1,5}\.|\d{1,2}\.|[a-zđ]\))([^\W\d_]{2,}\S*|[^\W\d_a-zA-Z])$")
LIST = re.compile(r"^([^\W\d_]{2,}|[IVXH]+)([,;])([^\W\d_]{2,}\S*)$")
BULLET_AND_NUMBER = re.compile(r"^(-)[.,'’](\d\S*)$")
STOP = re.compile(r"^([^\W\d_]{2,})(\.)([^\W\d_]{2,}[,.;:]?)$")


def tidied(words: Sequence[Word], marks: Sequence[Box]) -> list[Word]:
    """Return the words of a page without noise, each with the box of its own ink.

    Args:
        words: as read, with boxes in points.
        marks: the boxes of everything on the page that may be a word.
    """
    kept = (word for word in words if _is_print(word) and not _is_sign(word, marks))
    return [part for word in kept for part in _parted(_freed(_plain(word), marks), marks)]


def plain(text: str) -> str:
    """Make dashes one and replace signs that no administrative text has by the letters that look like them."""
    if set(text) <= DASHES:
        return "-"
    text = IN_A_WORD.sub("s", ROUND_C.sub("c", text.replace("ĐÐ", "Đ").translate(ALIKE)))
    text = STROKES.sub("/", text)
    return text.translate(DOTLESS) if SMALL_ROMAN.match(text) else text


def _plain(word: Word) -> Word:
    """Make the text plain, and take off the bracket that a lone narrow figure cannot have."""
    text = plain(word.text)
    if word.box is not None and FIGURE_IN_BRACKET.match(text) and word.box.width < 0.7 * word.box.height:
        text = text[0]
    return word if text == word.text else _as_read(word, text)


def _as_read(word: Word, text: str) -> Word:
    return replace(word, raw=text, text=text)


def _is_print(word: Word) -> bool:
    """Tell print from what Tesseract makes of specks, of hairs and of the ends of ruling lines.

    A flat sign as long as a dash is one, whatever it was read as: bullets come out as ``~``, ``_`` and ``~-``.
    """
    if word.box is None:
        return True
    if any(c.isalnum() for c in word.text) or ROUND_C.search(word.text):
        return word.box.height >= MIN_PRINT_POINTS
    if set(word.text) <= DASHES:
        flat = "-" in word.text or word.box.width >= 1.5 * word.box.height
        return flat and MIN_DASH_POINTS <= word.box.width <= MAX_DASH_POINTS
    if set(word.text) <= STOPS:
        return bool(LEADER.match(word.text))
    return word.confidence >= SURE_SIGN or bool(LEADER.match(word.text))


def _is_sign(word: Word, marks: Sequence[Box]) -> bool:
    """Tell whether what was read as a dash is a letter or a figure: ink of its own that is higher than wide."""
    box = word.box
    if box is None or not set(word.text) <= DASHES or box.width > box.height:
        return False
    return any(mark.height > max(mark.width, MIN_SIGN_HEIGHT * box.height) and _lies_in(mark, box) for mark in marks)


def _freed(word: Word, marks: Sequence[Box]) -> Word:
    """Take off the signs that stuck to the front of a word; its box then holds the ink of word size alone."""
    match = STUCK.match(word.text)
    if match is None or word.box is None:
        return word
    own = [mark for mark in marks if _lies_in(mark, word.box)]
    box = word.box
    if own:
        box = Box(*(f(mark[i] for mark in own) for i, f in enumerate((min, min, max, max))))
    return replace(_as_read(word, word.text[match.end() :]), box=box)


def _lies_in(mark: Box, box: Box) -> bool:
    return box.x0 - 1 <= (mark.x0 + mark.x1) / 2 <= box.x1 + 1 and box.y0 - 1 <= (mark.y0 + mark.y1) / 2 <= box.y1 + 1


def _parted(word: Word, marks: Sequence[Box]) -> Iterator[Word]:
    """Yield the words that were read as one: a label and its title, or two words with a sign between them."""
    texts = _pieces(word.text)
    box = word.box
    if box is None or len(texts) < 2:
        yield word
        return
    own = sorted(mark for mark in marks if _lies_in(mark, box))
    gaps = [(b.x0 - a.x1, a.x1, b.x0) for a, b in pairwise(own)]
    guess = box.x0 + box.width * (len(texts[0]) + 0.25) / (len(word.text) + 0.5)
    gap, end, start = max(gaps, default=(0.0, guess, guess))
    if texts[0] == "-" and own:  # a dash is no mark of a word
        end = start = own[0].x0
    elif gap < MIN_GAP_POINTS:
        end = start = guess
    yield replace(_as_read(word, texts[0]), box=box._replace(x1=end))
    yield replace(_as_read(word, texts[1]), box=box._replace(x0=start))


def _pieces(text: str) -> list[str]:
    match = LABEL_AND_TITLE.match(text)
    if match and (len(match[2]) > 1 or is_syllable(match[2])):  # "1.Ý nghĩa"
        return [match[1], match[2]]
    if match := BULLET_AND_NUMBER.match(text):  # a speck between them
        return [match[1], match[2]]
    if match := LIST.match(text):
        return [match[1] + match[2], match[3]]
    match = WORD_AND_NUMBER.match(text)
    if match and not match[1].isascii() and is_syllable(match[1]):  # a speck between them: Covid-19 has no marks
        return [match[1], match[2]]
    match = STOP.match(text)
    if match and all(part.islower() and is_syllable(part) for part in (match[1], match[3].rstrip(",.;:"))):
        return [match[1] + match[2], match[3]]
    return [text]
