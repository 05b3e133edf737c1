"""Second readings: which places of a page are read again, and what two readings of a place make together.

Read again are (1) pieces of print that the first reading passed over, as Tesseract does with lone page numbers and
the numbers of a table's rows; (2) words it was not sure of, or that are no Vietnamese syllables; (3) numbers.
Words are settled by what is a syllable and by confidence. Numbers are settled by nobody: where two readings differ
the likelier one is kept, the word is marked as disputed, and both stand in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from diacritics.syllables import is_syllable
from pipeline.document import Box, Word

SECOND_DPI = 160.0  # what was passed over is read at two scales
DOUBTFUL = 0.93  # below this confidence a word is read again
UNSURE_NUMBER = 0.85  # below this a number that no second reading supports is marked
SURE = 0.6  # what was passed over is taken up only above this confidence
MAX_CROPS = 100  # a page that needs more is no print: reading it twice would not save it
SURE_SIGN = 0.9  # a sign that stands alone counts only above this confidence
DASHES = set("-–—~_=")
MAX_DASH_POINTS = 14.0  # longer is the rest of a ruling line
LEADER = re.compile(r"…|\.{3,}")
NUMBERING = re.compile(r"^[(\[]?(\d{1,4}|[IVXL]{1,6}|[a-zđ])[).\]]?$|^\d+(\.\d+){1,3}\.?$|^S?TT$")
QUARTER = re.compile(r"^[IVX]{1,4}/(19|20)\d\d\W*$")
NUMERIC = re.compile(r"\d")
ROMAN = re.compile(r"^\W*[IVXLH1l]{1,6}\W*$")


@dataclass(frozen=True)
class Place:
    """A place to read again: its box in points, the word that the first reading found there, if any, and at what scale.

    The scale is another than the first reading's, so that its slips are not repeated.
    """

    box: Box
    index: int | None = None
    dpi: float = 200.0


def without_noise(words: Sequence[Word]) -> list[Word]:
    """Leave out what is no print: lone signs that Tesseract makes of specks and of the ends of lines.

    A flat sign as long as a dash is one, whatever it was read as: bullets come out as ``~``, ``_`` and ``~-``.
    """
    kept = []
    for word in words:
        if not any(c.isalnum() for c in word.text) and word.box is not None:
            if set(word.text) <= DASHES:
                if word.box.width <= MAX_DASH_POINTS and ("-" in word.text or word.box.width >= 1.5 * word.box.height):
                    kept.append(Word("-", "-", word.box, word.confidence))
                continue
            if word.confidence < SURE_SIGN and not LEADER.match(word.text):
                continue
        kept.append(word)
    return kept


def places(words: Sequence[Word], marks: Sequence[Box]) -> list[Place]:
    """Return the places to read again, what was passed over first; none where the page is mostly unreadable."""
    boxes = [word.box for word in words if word.box is not None]
    missed = [Place(mark) for mark in marks if not any(_covers(box, mark) for box in boxes)]
    doubted = [Place(word.box, index) for index, word in enumerate(words) if word.box is not None and is_doubtful(word)]
    if len(missed) > MAX_CROPS:  # noise, a photograph, handwriting
        missed = []
    doubted.sort(key=lambda place: words[place.index or 0].confidence)
    return missed + [Place(place.box, dpi=SECOND_DPI) for place in missed] + doubted[:MAX_CROPS]


def is_doubtful(word: Word) -> bool:
    """Tell whether a word deserves a second look; a sign that stands alone has nothing to be told by."""
    if not any(c.isalnum() for c in word.text):
        return False
    if ROMAN.match(word.text):
        return True
    return word.confidence < DOUBTFUL or not _plausible(word.text)


def settle(words: Sequence[Word], read: Sequence[tuple[Place, Word | None]]) -> list[Word]:
    """Return the words with what the second readings (None: nothing was read) changed and added."""
    changed: dict[int, list[Word]] = {}
    missed: dict[Box, list[Word]] = {}
    for place, second in read:
        if place.index is None:
            missed.setdefault(place.box, []).extend([second] if second is not None and _is_print(second) else [])
        elif second is not None:
            changed[place.index] = _parted(words[place.index], second) or [_settled(words[place.index], second)]
    settled = [word for index, first in enumerate(words) for word in changed.get(index, [first])]
    for readings in missed.values():
        if readings:
            settled.append(max(readings, key=lambda word: word.confidence))
            texts = {word.text for word in readings}
            if len(texts) > 1:
                best = settled[-1]
                best.doubts, best.alternatives = ("number_disputed",), tuple(sorted(texts - {best.text}))
    return [_doubted(word) for word in settled]


def _doubted(word: Word) -> Word:
    """Mark a number that nothing but a weak reading stands for."""
    if NUMERIC.search(word.text) and word.confidence < UNSURE_NUMBER and not word.doubts:
        return replace(word, doubts=("low_confidence",))
    return word


def _is_print(word: Word) -> bool:
    """Tell whether what was read at a passed-over place is a number, a label, or surely a word."""
    if NUMBERING.match(word.text):
        return word.confidence >= SURE
    return word.confidence >= SURE_SIGN and len(word.text) > 1 and word.text.isalpha() and is_syllable(word.text)


def _parted(first: Word, second: Word) -> list[Word]:
    """Return the syllables of a word that the first reading ran together; none where it did not."""
    pieces = second.text.split()
    joint = "".join(pieces)
    if first.box is None or len(pieces) < 2 or _plausible(first.text) or joint.lower() != first.text.lower():
        return []
    if not all(_plausible(piece) and piece[0].isalpha() for piece in pieces):
        return []
    words, x, step = [], first.box.x0, first.box.width / (len(joint) + 0.5 * (len(pieces) - 1))
    for piece in pieces:
        box = Box(x, first.box.y0, x + len(piece) * step, first.box.y1)
        words.append(Word(piece, piece, box, second.confidence))
        x = box.x1 + 0.5 * step
    return words


def _settled(first: Word, second: Word) -> Word:
    """Return what two readings of one word make together; the box is the first reading's."""
    joint = second.text.replace(" ", "")
    second = Word(joint, joint, second.box, second.confidence)
    if first.text == second.text:
        return Word(first.raw, first.text, first.box, max(first.confidence, second.confidence), first.doubts)
    if NUMERIC.search(first.text + second.text) or ROMAN.match(first.text):
        better, other = (first, second) if _likelier(first) >= _likelier(second) else (second, first)
        # a crop that lost a neighbour's end is no second opinion, and one stroke alone does not tell I from 1
        if not _same_length(first.text, second.text) or _same_strokes(first.text, second.text):
            better, other = first, second
        return Word(
            better.text, better.text, first.box, min(first.confidence, second.confidence),
            (*first.doubts, "number_disputed"), (*first.alternatives, other.text),
        )  # fmt: skip
    if (_plausible(second.text), second.confidence) > (_plausible(first.text), first.confidence):
        return Word(second.text, second.text, first.box, second.confidence, first.doubts, (first.text,))
    return first


def _likelier(word: Word) -> tuple[bool, int, float]:
    """Order readings of one number: quarters and what has its signs first, since small signs get lost, not made."""
    return bool(QUARTER.match(word.text)), sum(sign in ".,/-" for sign in word.text.strip(".,")), word.confidence


def _same_strokes(a: str, b: str) -> bool:
    strokes = str.maketrans("Il", "11")
    return a.translate(strokes) == b.translate(strokes)


def _same_length(a: str, b: str) -> bool:
    return abs(len(a) - len(b)) <= 1


def _plausible(text: str) -> bool:
    """Tell whether the letters of a word make Vietnamese syllables; what is no plain word is not judged."""
    core = text.strip(".,;:!?()[]“”\"'/-–…")
    return not core.isalpha() or (core.isupper() and len(core) <= 6) or is_syllable(core)


def _covers(box: Box, mark: Box) -> bool:
    """Tell whether a word's box holds a good part of a mark."""
    width = min(box.x1, mark.x1) - max(box.x0, mark.x0)
    height = min(box.y1, mark.y1) - max(box.y0, mark.y0)
    return width > 0 and height > 0 and width * height > 0.2 * mark.width * mark.height
