"""Quarters of a year (*quý*) as they can be: there are four, and a document writes them all in one way.

A reader takes the strokes of a Roman number for figures: ``Quý 1V/2031``, ``Quý 11/2031``. No other quarter has such
strokes than IV and II, so these are written out, without a look at the picture. A lone 1 may be either; it follows the
other quarters of the document where these are all Roman or all in figures. What was read stays beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from pipeline.document import Line, Page, Word

READ: Final = ("ocr", "restored")
"""Where the text of a page comes from that a reader may have got wrong."""
ROMAN: Final = ("I", "II", "III", "IV")
FIGURES: Final = ("1", "2", "3", "4")
_STROKES: Final = str.maketrans("1lïíì|!¡", "IIIIIIII")
_REST: Final = r"(?P<year>/(?:19|20)\d\d)?(?P<end>[.,;:)]*)"
_QUARTER: Final = re.compile(r"(?P<numeral>[IV1-4lïíì|!¡]{1,4})" + _REST)
_MIXED: Final = re.compile(r"(?P<numeral>[1lïíì|!¡]V)" + _REST)
"""Is a quarter wherever it stands: no other number mixes figures and Roman letters so."""
_JOINING: Final = frozenset({"và", "hoặc", "đến", "-", "–"})


class _Place(NamedTuple):
    """A quarter: the line and word that it stands at, and what was read of its number."""

    line: Line
    at: int
    numeral: str

    @property
    def likely(self) -> str:
        """The number as its strokes have it; a 1 may be Roman or not."""
        strokes = self.numeral.translate(_STROKES)
        return strokes if strokes in ROMAN and self.numeral != "1" else self.numeral


def settle(pages: Sequence[Page]) -> None:
    """Write the quarters of a document as quarters are written; change its pages in place."""
    places = [place for page in pages if page.text_source in READ for place in _places(page.lines)]
    roman, figures = (any(place.likely in numbers[1:] for place in places) for numbers in (ROMAN, FIGURES))
    for place in places:
        numeral = place.likely
        if numeral in ("1", "I") and roman != figures:
            numeral = "I" if roman else "1"
        if numeral != place.numeral:
            word = place.line.words[place.at]
            place.line.words[place.at] = _written(word, numeral + word.text[len(place.numeral) :])


def _written(word: Word, text: str) -> Word:
    """Return a word with its quarter as it is written; one that another reading had just so is no more in doubt."""
    others = tuple(dict.fromkeys(other for other in (word.text, *word.alternatives) if other != text))
    if text in word.alternatives:
        return replace(word, text=text, doubts=(), alternatives=others)
    doubts = dict.fromkeys(doubt for doubt in word.doubts if doubt != "number_impossible")
    return replace(word, text=text, doubts=tuple(doubts | {"number_disputed": None}), alternatives=others)


def _places(lines: Sequence[Line]) -> Iterator[_Place]:
    """Yield the quarters: numbers behind "quý" or behind another quarter, and what can be nothing else."""
    expected = joined = False
    cell = None
    for line in lines:
        expected, joined, cell = expected and cell == line.cell, joined and cell == line.cell, line.cell
        for index, word in enumerate(line.words):
            match = (_QUARTER if expected else _MIXED).fullmatch(word.text)
            if match is not None and (match["year"] or match["end"] or _ends(line.words[index + 1 : index + 2])):
                yield _Place(line, index, match["numeral"])
            core = word.text.lstrip("(").casefold()
            of_same_year = match is not None and not match["year"]
            expected = core == "quý" or (of_same_year and word.text.endswith(",")) or (joined and core in _JOINING)
            joined = of_same_year


def _ends(behind: Sequence[Word]) -> bool:
    """Whether a number of no year is one of a quarter by what stands behind it: not what it would count."""
    return not behind or behind[0].text == "năm" or behind[0].text in _JOINING
