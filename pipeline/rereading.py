"""Second readings: which places of a page are read again, and what two readings of a place make together.

Read again are (1) pieces of print that the first reading passed over, as Tesseract does with lone page numbers and
the numbers of a table's rows; (2) words it was not sure of, or that are no Vietnamese syllables, or that are wider or
narrower than what was read; (3) figures and labels, by another model than the first reading's, since a model repeats
its slips.
Words are settled by what is a syllable and by confidence. Figures are settled by nobody: where two readings differ
the likelier one is kept, the word is marked as disputed, and both stand in it; where they agree there is no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from diacritics.syllables import is_syllable
from pipeline.document import Box, Word
from pipeline.numerals import as_numbered, is_odd, lacks_figure
from pipeline.tidying import plain

FIGURES_DPI = 200.0  # figures and labels are read finer than words
SECOND_DPI, THIRD_DPI = 160.0, 140.0  # what was passed over is read at other scales too
DOUBTFUL = 0.9  # below this confidence a word is read again
SURE_WORD = 0.85  # above this a word stays a word, whatever figures a second reading makes of it
UNSURE_NUMBER = 0.85  # below this a number that no second reading supports is marked
UNSURE = 0.5  # a short word below this may be anything
ONE_SIGN = 0.75  # heights: two letters are wider than that, a figure is not
SURE = 0.5  # what was passed over is taken up only above this confidence
MAX_CROPS = 100  # a page that needs more is no print: reading it twice would not save it
MAX_FIGURE_GAP = 0.45  # of the height: between the figures of one number
MAX_BULLET_GAP = 12.0  # points between a dash and the word behind it
SURE_SIGN = 0.9  # a sign that stands alone counts only above this confidence
NUMBERING = re.compile(
    r"^[(\[]?(\d{1,4}|[IVXL]{1,6}|[a-zđ]|[ivx]{1,4})[).\]]?$|^\d+(\.\d+){1,3}\.?$|^\d+,\d+%?$|^S?TT$"
)
LABEL = re.compile(r"^\(?(\d{1,3}|[a-zđ]|[ivx]{1,4})\)$|^(\d{1,2}(\.\d{1,2})*|[IVX]{1,5})[.)-]$")
FIGURE = re.compile(
    r"^\W*(\d[\d.,/:%]*|[IVXLHM1l]{1,5}|[a-zđA-ZĐ]{1,2}[.)]|[(\[{@][\W\dqivx1lIïíì]{0,4}|[\Wqivx1lIïíìŒ]{1,3}\))\W*$"
)
QUARTER = re.compile(r"^[IVX]{1,4}/(19|20)\d\d\W*$")
NUMERIC = re.compile(r"\d")
ROMAN = re.compile(r"^\W*[IVXLH1l]{1,6}\W*$")


@dataclass(frozen=True)
class Place:
    """A place to read again: its box in points, the word that the first reading found there, if any, and how.

    `dpi` is the scale, another than the first reading's, so that its slips are not repeated; `figures` tells that
    nothing but a figure or a label is expected.
    """

    box: Box
    index: int | None = None
    dpi: float = FIGURES_DPI
    figures: bool = False


def places(words: Sequence[Word], marks: Sequence[Box]) -> list[Place]:
    """Return the places to read again, what was passed over first; none where the page is mostly unreadable."""
    boxes = [word.box for word in words if word.box is not None]
    missed = [mark for mark in marks if not any(covers(box, mark) for box in boxes)]
    missed = _joined(missed) if len(missed) <= MAX_CROPS else []  # more is noise, a photograph, handwriting
    doubted = [
        Place(word.box, index, figures=_may_be_figure(word))
        for index, word in enumerate(words)
        if word.box is not None and is_doubtful(word)
    ]
    doubted.sort(key=lambda place: words[place.index or 0].confidence)
    figures = [Place(mark, figures=True) for mark in missed]
    return figures + [Place(mark, dpi=SECOND_DPI) for mark in missed] + doubted[:MAX_CROPS]


def _joined(marks: Sequence[Box]) -> list[Box]:
    """Join marks that stand side by side as the figures of a number do."""
    found: list[Box] = []
    for mark in sorted(marks):
        mate = next((box for box in found if box.width < 3 * box.height and _continues(box, mark)), None)
        if mate is None:
            found.append(mark)
        else:
            found[found.index(mate)] = mate.union(mark)
    return found


def _continues(box: Box, mark: Box) -> bool:
    level = abs(mark.y0 - box.y0) < 2 and abs(mark.y1 - box.y1) < 2 and mark.width < mark.height
    return level and 0 <= mark.x0 - box.x1 < MAX_FIGURE_GAP * mark.height


def unread(places: Sequence[Place], read: Sequence[Word | None], cells: Sequence[Box]) -> list[Place]:
    """Return the places in tables' cells of which no reading made print: a lone figure may need another scale."""
    got: dict[Box, bool] = {}
    for place, word in zip(places, read, strict=True):
        if place.index is None:
            got[place.box] = got.get(place.box, False) or (word is not None and _is_print(word))
    return [
        Place(box, dpi=THIRD_DPI, figures=True)
        for box, printed in got.items()
        if not printed and any(_holds(cell, box) for cell in cells)
    ]


def dashes(words: Sequence[Word], marks: Sequence[Box], cells: Sequence[Box]) -> list[Word]:
    """Return the dashes that no reading found: before a word, as a bullet stands, or alone in a table's cell.

    Args:
        words: all that was read, with boxes in points.
        marks: the boxes of everything on the page that may be a dash.
        cells: the boxes of the cells of ruled tables.
    """
    boxes = [word.box for word in words if word.box is not None]
    found = []
    for mark in marks:
        if any(_near(box, mark) for box in boxes):
            continue
        cell = next((cell for cell in cells if _holds(cell, mark)), None)
        alone = cell is not None and not any(_holds(cell, box) for box in boxes)
        if alone or any(_follows(mark, box) for box in boxes):
            found.append(Word("-", "-", mark, SURE_SIGN))
    return found


def _near(box: Box, mark: Box) -> bool:
    """Tell whether a word's box already holds a dash, or the dash is a part of a letter."""
    return box.x0 - 1 < mark.x1 and mark.x0 < box.x1 + 1 and box.y0 - 2 < mark.y1 and mark.y0 < box.y1 + 2


def _holds(cell: Box, box: Box) -> bool:
    return cell.x0 < (box.x0 + box.x1) / 2 < cell.x1 and cell.y0 < (box.y0 + box.y1) / 2 < cell.y1


def _follows(mark: Box, box: Box) -> bool:
    """Tell whether a word stands close behind a dash, at the height at which a dash stands before a word."""
    middle = (mark.y0 + mark.y1) / 2
    return 1 < box.x0 - mark.x1 < MAX_BULLET_GAP and 0.3 < (middle - box.y0) / max(box.height, 1.0) < 0.85


def _may_be_figure(word: Word) -> bool:
    """Tell whether a word is a figure or a label, or so short that it may be one: unsure, or narrow as a figure."""
    short = len(word.text) < 4 and (word.confidence < UNSURE or _is_narrow(word))
    return short or bool(FIGURE.match(word.text))


def _is_narrow(word: Word) -> bool:
    """Tell whether several letters stand where there is room for one sign."""
    narrow = word.box is not None and word.box.width < ONE_SIGN * word.box.height
    return narrow and len(word.text) > 1 and word.text.isalpha()


def is_doubtful(word: Word) -> bool:
    """Tell whether a word deserves a second look; a sign that stands alone has nothing to be told by."""
    if not any(c.isalnum() for c in word.text):
        return False
    if ROMAN.match(word.text):
        return True
    ill_read = is_odd(word.text) or lacks_figure(word.text, word.box) or _is_narrow(word)
    return word.confidence < DOUBTFUL or ill_read or not is_plausible(word.text)


def settle(words: Sequence[Word], read: Sequence[tuple[Place, Word | None]]) -> list[Word]:
    """Return the words with what the second readings (None: nothing was read) changed and added."""
    changed: dict[int, list[Word]] = {}
    missed: dict[Box, list[Word]] = {}
    for place, second in read:
        if place.index is None:
            second = _one_glyph(second, place.box) if second is not None else None
            missed.setdefault(place.box, []).extend([second] if second is not None and _is_print(second) else [])
        elif second is not None:
            first = words[place.index]
            if not place.figures or _is_figure(second.text):
                changed[place.index] = _parted(first, second) or [_settled(first, second)]
    settled = [word for index, first in enumerate(words) for word in changed.get(index, [first])]
    for readings in missed.values():
        if readings:
            settled.append(_likeliest(*readings))
            texts = {word.text for word in readings}
            if len(texts) > 1:
                best = settled[-1]
                best.doubts, best.alternatives = ("number_disputed",), tuple(sorted(texts - {best.text}))
    return [_doubted(word) for word in settled]


def _doubted(word: Word) -> Word:
    """Mark a number that is written as none is, for which its print is too wide, or that only a weak reading has."""
    likely = as_numbered(word.text)
    if likely != word.text:
        doubts = tuple(dict.fromkeys([*word.doubts, "number_disputed"]))
        return replace(word, text=likely, doubts=doubts, alternatives=(*word.alternatives, word.text))
    if is_odd(word.text):
        return replace(word, doubts=tuple(dict.fromkeys([*word.doubts, "number_impossible"])))
    weak = word.confidence < UNSURE_NUMBER or lacks_figure(word.text, word.box)
    if NUMERIC.search(word.text) and weak and not word.doubts:
        return replace(word, doubts=("low_confidence",))
    return word


def _is_figure(text: str) -> bool:
    joint = plain(text.replace(" ", ""))
    return bool(NUMERIC.search(joint) or ROMAN.match(joint) or LABEL.match(joint))


def _one_glyph(word: Word, mark: Box) -> Word:
    """Take off the bracket that a reading gave to a mark which is too narrow for more than one letter."""
    bare = word.text.strip("()[]")
    narrow = len(bare) == 1 and bare.isdigit() and mark.width < 0.8 * mark.height
    return replace(word, raw=bare, text=bare) if narrow else word


def _is_print(word: Word) -> bool:
    """Tell whether what was read at a passed-over place is a number, a label, or surely a word."""
    if NUMBERING.match(word.text):
        return word.confidence >= SURE
    core = word.text.strip(".,:;")
    return word.confidence >= SURE_SIGN and len(core) > 1 and core.isalpha() and (core.isupper() or is_syllable(core))


def _parted(first: Word, second: Word) -> list[Word]:
    """Return the syllables of a word that the first reading ran together; none where it did not."""
    pieces = second.text.split()
    joint = "".join(pieces)
    if first.box is None or len(pieces) < 2 or is_plausible(first.text) or joint.lower() != first.text.lower():
        return []
    if not all(is_plausible(piece) and piece[0].isalpha() for piece in pieces):
        return []
    words, x, step = [], first.box.x0, first.box.width / (len(joint) + 0.5 * (len(pieces) - 1))
    for piece in pieces:
        box = Box(x, first.box.y0, x + len(piece) * step, first.box.y1)
        words.append(Word(piece, piece, box, second.confidence))
        x = box.x1 + 0.5 * step
    return words


def _settled(first: Word, second: Word) -> Word:
    """Return what two readings of one word make together; the box is the first reading's."""
    joint = plain(second.text.replace(" ", ""))
    second = Word(joint, joint, second.box, second.confidence)
    if first.text == second.text:
        return Word(first.raw, first.text, first.box, _agreed(first, second), first.doubts)
    labels = bool(LABEL.match(first.text)), bool(LABEL.match(second.text))
    if not NUMERIC.search(first.text + second.text) and any(labels) and not ROMAN.match(first.text):
        if labels[0]:
            return first
        return Word(second.text, second.text, first.box, second.confidence, first.doubts, (first.text,))
    if (
        first.text.isalpha()
        and first.confidence >= SURE_WORD
        and is_plausible(first.text)
        and not ROMAN.match(first.text)
    ):
        second = first if NUMERIC.search(second.text) else second
    if NUMERIC.search(first.text + second.text) or ROMAN.match(first.text):
        better = _likeliest(first, second)
        other = second if better is first else first
        # a crop that lost a neighbour's end is no second opinion, and one stroke alone does not tell I from 1
        alike = not _same_length(first.text, second.text) or _same_strokes(first.text, second.text)
        if alike and _is_whole(first, second) >= _is_whole(second, first):
            better, other = first, second
        return Word(
            better.text, better.text, first.box, min(first.confidence, second.confidence),
            (*first.doubts, "number_disputed"), (*first.alternatives, other.text),
        )  # fmt: skip
    if (is_plausible(second.text), second.confidence) > (is_plausible(first.text), first.confidence):
        return Word(second.text, second.text, first.box, second.confidence, first.doubts, (first.text,))
    return first


def _agreed(first: Word, second: Word) -> float:
    """How sure two equal readings are together: figures that both got wrong would hardly be the same."""
    if NUMERIC.search(first.text):
        return 1 - (1 - first.confidence) * (1 - second.confidence)
    return max(first.confidence, second.confidence)


def _likeliest(*readings: Word) -> Word:
    """Return the likeliest reading of a number: whole, a quarter or label, with its signs, the surest."""

    def rank(word: Word) -> tuple[bool, bool, bool, int, float]:
        signs = sum(sign in ".,/-" for sign in word.text.strip(".,-"))
        quarter, label = bool(QUARTER.match(word.text)), bool(LABEL.match(word.text))
        return _is_whole(word, *readings), quarter, label, signs, word.confidence

    return max(readings, key=rank)


def _is_whole(word: Word, *others: Word) -> bool:
    """Tell whether a number is written as numbers are, and lacks no figure of its print that another reading has."""
    figures, most = (max(sum(map(str.isalnum, one.text)) for one in some) for some in ((word,), (word, *others)))
    return not is_odd(word.text) and (figures == most or not lacks_figure(word.text, word.box))


def _same_strokes(a: str, b: str) -> bool:
    strokes = str.maketrans("Il", "11")
    return a.translate(strokes) == b.translate(strokes)


def _same_length(a: str, b: str) -> bool:
    return abs(len(a) - len(b)) <= 1


def is_plausible(text: str) -> bool:
    """Tell whether the letters of a word make Vietnamese syllables; what is no plain word is not judged."""
    core = text.strip(".,;:!?()[]“”\"'/-–…")
    return not core.isalpha() or (core.isupper() and len(core) <= 6) or is_syllable(core)


def covers(box: Box, mark: Box) -> bool:
    """Tell whether a word's box holds a good part of a mark."""
    width = min(box.x1, mark.x1) - max(box.x0, mark.x0)
    height = min(box.y1, mark.y1) - max(box.y0, mark.y0)
    return width > 0 and height > 0 and width * height > 0.2 * mark.width * mark.height
