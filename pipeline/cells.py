"""Cells of ruled tables read one by one, where the reading of the whole page went astray.

Lines of text in cells side by side seldom stand at one height; a reader of pages then takes pieces of two cells for one
line, and loses or garbles both. A cell that holds what is no word, or print that was passed over, is read alone. Of the
two readings the one stays that leaves less print unread and more of it likely; a number of only one of them is marked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Final

from pipeline.document import Box, Word
from pipeline.rereading import UNSURE, covers, is_plausible
from pipeline.ruling import Grid

ASTRAY: Final = 0.3
"""How much less the letters of what is no word count."""
LIKELY: Final = 0.4
"""What a reading is worth at least where the page's own found nothing: less is specks."""
TALL: Final = 1.8
"""Usual heights of a word from which one reaches over two lines."""
MOST_CELLS: Final = 150
"""A page with more such cells is no print."""
MOST_ALTERNATIVES: Final = 3
_NUMERIC: Final = re.compile(r"\d")


def astray(words: Sequence[Word], marks: Sequence[Box], tables: Sequence[Grid]) -> list[Box]:
    """Return the cells to read alone.

    Args:
        words: what was read, with boxes in points.
        marks: the boxes of everything on the page that may be a word.
        tables: the ruled tables of the page.
    """
    tall = TALL * median([word.box.height for word in words if word.box is not None] or [0.0])
    found = []
    for cell in (cell for table in tables for cell in table.cells):
        inside, ink = _words_in(cell.box, words), [mark for mark in marks if _holds(cell.box, mark)]
        unread = [mark for mark in ink if not _is_read(mark, inside)]
        words_unread = len(ink) > 1 or any(mark.width > mark.height for mark in unread)  # a lone sign is no text
        if any(_is_odd(word, tall) for word in inside) or (unread and words_unread):
            found.append(cell.box)
    return found if len(found) <= MOST_CELLS else []


def settle(words: Sequence[Word], marks: Sequence[Box], read: Sequence[tuple[Box, Sequence[Word]]]) -> list[Word]:
    """Return the words of the page with the better reading of each cell that was read alone."""
    settled = list(words)
    for cell, second in read:
        first, ink = _words_in(cell, settled), [mark for mark in marks if _holds(cell, mark)]
        figures = all(_NUMERIC.search(word.text) for word in second)  # a model of their own reads them, if alone
        if _worth(second, ink) > (_worth(first, ink) if first else LIKELY) and (first or not figures):
            settled = [word for word in settled if not any(word is other for other in first)]
            settled += [_beside(word, first) for word in second]
    return settled


def _is_odd(word: Word, tall: float) -> bool:
    """Whether a word is none, or is unsure, or reaches over two lines."""
    high = word.box is not None and word.box.height > tall
    return high or word.confidence < UNSURE or not is_plausible(word.text)


def _worth(words: Sequence[Word], ink: Sequence[Box]) -> float:
    """How much of the print was read, times how likely its letters are."""
    letters = sum(len(word.text) for word in words)
    if not letters:
        return 0.0
    likely = sum(len(word.text) * word.confidence * (1.0 if is_plausible(word.text) else ASTRAY) for word in words)
    return _read_share(words, ink) * likely / letters


def _read_share(words: Sequence[Word], ink: Sequence[Box]) -> float:
    """The share of the print, by its area, that words cover."""
    whole = sum(mark.width * mark.height for mark in ink)
    return sum(mark.width * mark.height for mark in ink if _is_read(mark, words)) / whole if whole else 1.0


def _is_read(mark: Box, words: Sequence[Word]) -> bool:
    return any(word.box is not None and covers(word.box, mark) for word in words)


def _beside(word: Word, first: Sequence[Word]) -> Word:
    """Return a word of the chosen reading; a number that the other reading has not is marked."""
    if not _NUMERIC.search(word.text):
        return word
    same = [other for other in first if other.text == word.text]
    if same:
        return replace(word, confidence=max(word.confidence, *(other.confidence for other in same)))
    others = tuple(other.text for other in first if _NUMERIC.search(other.text))[:MOST_ALTERNATIVES]
    return replace(word, doubts=(*word.doubts, "number_disputed"), alternatives=(*word.alternatives, *others))


def _words_in(cell: Box, words: Sequence[Word]) -> list[Word]:
    return [word for word in words if word.box is not None and _holds(cell, word.box)]


def _holds(cell: Box, box: Box) -> bool:
    return cell.x0 < (box.x0 + box.x1) / 2 < cell.x1 and cell.y0 < (box.y0 + box.y1) / 2 < cell.y1
