"""Numbers of a table's rows and columns, read once more: a lone sign gives a reader of words nothing to go by.

Where the first column of a ruled table counts the rows, or a row counts the columns as ``(1)``, ``(2)``, ``(3)``, each
of its cells whose number was passed over or is in doubt is read as digits and Roman numerals and nothing else. What was
read first stays beside as an alternative. Brackets in which nothing was read hold the number that the others leave.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median
from typing import Final

from pipeline.document import Box, Word
from pipeline.gaps import part_rows
from pipeline.numerals import lacks_figure
from pipeline.rereading import Place
from pipeline.rows import placed
from pipeline.ruling import Grid, GridCell

ALPHABET: Final = "0123456789IVXABCD.()"
"""What rows and columns are counted with."""
LONGEST: Final = 6
"""Characters of a row's number, with its brackets."""
WIDEST: Final = 60.0
"""Points; a wider first column holds words."""
LEAST: Final = 3
"""Cells from which a column can be said to count."""
SCALES: Final = (200.0, 150.0)
"""Dots an inch at which a number is read: a sign that one scale loses another keeps."""
SURE: Final = 0.9
"""A number of one reading that is surer than this is left alone."""
PRINTED: Final = 0.4
"""A second reading below this confidence is none, unless that at another scale has the same figures."""
_SPECKS: Final = "_-'\"`|~*"
"""Signs that specks and rests of lines are read as beside a number."""
_NUMBER: Final = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,3}\.?|[IVX]{1,5}\.?|[A-D]\.?|\(\d{1,2}\)")
_COLUMN: Final = re.compile(r"\(?(?P<at>\d{1,2})\)")
_BRACKETS: Final = re.compile(r"\(\D?\)")


def places(words: Sequence[Word], marks: Sequence[Box], tables: Sequence[Grid]) -> list[Place]:
    """Return the cells whose number is to be read again, as the boxes of what is printed in them.

    Args:
        words: what was read, with boxes in points.
        marks: the boxes of everything on the page that may be a word.
        tables: the ruled tables of the page.
    """
    found = []
    for table in tables:
        grid = part_rows(table, placed(words))
        inside = _inside(grid.cells, words)
        columns = [cell for row in _counting_columns(grid, inside) for cell in row]
        for cell in (*_counting_rows(grid, inside), *columns):
            ink = [mark for mark in marks if _holds(cell, mark)]
            if ink and not _sure(inside[cell.box]):
                height = max(mark.height for mark in ink)
                box = _around([mark for mark in ink if mark.height > 0.5 * height])  # a speck is no sign
                found += [Place(box, dpi=dpi, figures=True) for dpi in SCALES]
    return found


def settle(words: Sequence[Word], read: Sequence[tuple[Place, Word | None]]) -> list[Word]:
    """Return the words with the numbers that the second readings (None: nothing was read) found."""
    settled = list(words)
    readings: dict[Box, list[Word]] = {}
    for place, word in read:
        if word is not None and _NUMBER.fullmatch(word.text.replace(" ", "")):
            readings.setdefault(place.box, []).append(word)
    for box, all_found in readings.items():
        found = all_found if _agree(all_found) else [word for word in all_found if word.confidence >= PRINTED]
        if not found:
            continue
        best = max(found, key=lambda word: word.confidence)
        text = best.text.replace(" ", "")
        before = [word for word in settled if word.box is not None and _overlap(box, word.box)]
        first = "".join(word.text for word in before)
        agreed = len(found) > 1 and len({word.text for word in found}) == 1
        letter = first.isalpha() and text.isdigit() and agreed  # "A" for 4
        bare = first.strip(_SPECKS)
        lost = len(text) > len(bare) and any(lacks_figure(bare, word.box) for word in before)  # "7" for 17, "4" for (4)
        plain = len(before) == 1 and _NUMBER.fullmatch(bare)
        if plain and not letter and not lost:  # two numbers: the page's own reading stays
            if bare != first:
                before[0].text, before[0].doubts = bare, (*before[0].doubts, "number_disputed")
            continue
        settled = [word for word in settled if not any(word is other for other in before)]
        others = {word.text.replace(" ", "") for word in found} | ({first} if first else set())
        others.discard(text)
        sure = best.confidence >= SURE or (len(found) > 1 and not others and best.confidence >= PRINTED)
        doubts = ("number_disputed",) if others else () if sure else ("low_confidence",)
        settled.append(Word(text, text, box, best.confidence, doubts, tuple(sorted(others))))
    return settled


def _agree(readings: Sequence[Word]) -> bool:
    """Whether the readings at all scales are one, and more than a lone stroke."""
    texts = {word.text for word in readings}
    return len(texts) == 1 and len(readings) == len(SCALES) and len(readings[0].text) > 1


def counted(words: Sequence[Word], tables: Sequence[Grid]) -> list[Word]:
    """Return the words with the rows' numbers held against their neighbours: 21, 2, 23 cannot be.

    Where one of the readings of a number goes on from its neighbours it is taken, and where none does the number is in
    doubt; a column may begin again from 1.
    """
    found = list(words)
    for table in tables:
        grid = part_rows(table, placed(found))
        inside = _inside(_first_column(grid), found)
        rows = sorted(_counting_rows(grid, inside), key=lambda cell: cell.row)
        signs = [cell[0] for cell in (inside[row.box] for row in rows) if len(cell) == 1]
        values = [_value(sign.text) for sign in signs]
        steps = [b - a for a, b in pairwise(values) if a is not None and b is not None]
        if len(steps) < LEAST - 1 or 2 * steps.count(1) < len(steps):  # codes, years
            continue
        stopped = sum(sign.text.endswith(".") for sign in signs) > len(signs) / 2
        settled = {id(sign): _in_turn(sign, _expected(values, at), stopped) for at, sign in enumerate(signs)}
        found = [settled.get(id(word), word) for word in found]
    return found


def bracketed(words: Sequence[Word], read: Sequence[tuple[Place, Word | None]], tables: Sequence[Grid]) -> list[Word]:
    """Return the words with the columns' numbers of which the readings found the brackets alone, each in doubt.

    The other columns of the row must all be counted without a gap.
    """
    empty = {place.box: word.text for place, word in read if word is not None and _BRACKETS.fullmatch(word.text)}
    found = list(words)
    for table in tables if empty else ():
        grid = part_rows(table, placed(words))
        inside = _inside(grid.cells, words)
        for row in _counting_columns(grid, inside):
            labels = [_COLUMN.fullmatch(_text(inside[cell.box])) for cell in row]
            firsts = {int(label["at"]) - at for at, label in enumerate(labels) if label is not None}
            blank = [at for at, cell in enumerate(row) if not inside[cell.box]]
            if len(firsts) == 1 and labels.count(None) == len(blank):
                (first,) = firsts
                boxes = [(at, box) for at in blank for box in empty if _holds(row[at], box)]
                found += [
                    Word(f"({first + at})", f"({first + at})", box, PRINTED, ("number_disputed",), (empty[box],))
                    for at, box in boxes
                ]
    return found


def _in_turn(sign: Word, expected: int | None, stopped: bool) -> Word:
    """Return a row's number as its neighbours have it, if it was read so, else in doubt.

    Args:
        sign: what was read.
        expected: the number that the neighbours leave for the row, if they do.
        stopped: whether most of the column's numbers have a stop behind them.
    """
    readings = [text.replace("I", "1") for text in (sign.text, *sign.alternatives)]
    fitting = [text for text in readings if expected is not None and _value(text) == expected]
    if expected is None or (not fitting and _value(sign.text) is None):
        return sign
    likely = min(fitting, key=lambda text: text.endswith(".") != stopped, default=sign.text)
    if fitting and likely == sign.text:
        return sign
    others = dict.fromkeys(text for text in (sign.text, *sign.alternatives) if text != likely)
    doubts = dict.fromkeys([*sign.doubts, "number_disputed"])
    return replace(sign, raw=likely, text=likely, doubts=tuple(doubts), alternatives=tuple(others))


def _expected(values: Sequence[int | None], at: int) -> int | None:
    """Return the number that its neighbours leave for a row, None where they leave it open."""
    before = values[at - 1] if at else None
    own, after = values[at], (values[at + 1] if at + 1 < len(values) else None)
    if before is not None and after is not None:
        return before + 1 if after == before + 2 else None
    if after is not None:
        return after - 1 if values[at + 2 : at + 3] == [after + 1] else None
    goes_back = before is not None and own is not None and 1 < own <= before
    return before + 1 if before is not None and goes_back else None


def _value(text: str) -> int | None:
    """Return a row's number, None where it is no plain one."""
    figures = text.removesuffix(".")
    return int(figures) if re.fullmatch(r"\d{1,3}", figures) else None


def _first_column(grid: Grid) -> list[GridCell]:
    """Return the cells that stand in the first column and nowhere else."""
    return [cell for cell in grid.cells if cell.column == 0 and cell.column_span == 1 and cell.row_span == 1]


def _inside(cells: Sequence[GridCell], words: Sequence[Word]) -> dict[Box, list[Word]]:
    """Return the words within each cell, by its box."""
    return {cell.box: [word for word in words if _holds(cell, word.box)] for cell in cells}


def _counting_rows(grid: Grid, inside: Mapping[Box, Sequence[Word]]) -> list[GridCell]:
    """Return the first column, if it is narrow and has short signs in its cells, numbers most of them."""
    column = _first_column(grid)
    read = [text for text in (_text(inside[cell.box]) for cell in column) if text]
    if len(read) < LEAST or median(cell.box.width for cell in column) > WIDEST:
        return []
    short = sum(len(text) <= LONGEST for text in read)
    counts = short >= 0.9 * len(read) and sum(bool(_NUMBER.fullmatch(text)) for text in read) >= 0.5 * len(read)
    return column if counts else []


def _counting_columns(grid: Grid, inside: Mapping[Box, Sequence[Word]]) -> Iterator[list[GridCell]]:
    """Yield the rows in which numbers in brackets count the columns."""
    for _, cells in groupby(sorted(grid.cells, key=lambda cell: (cell.row, cell.column)), key=lambda cell: cell.row):
        row = list(cells)
        texts = [_text(inside[cell.box]) for cell in row]
        labels = [(at, _COLUMN.fullmatch(text)) for at, text in enumerate(texts)]
        firsts = Counter(int(label["at"]) - at for at, label in labels if label is not None)
        if len(row) >= LEAST and max(map(len, texts)) <= LONGEST and max(firsts.values(), default=0) >= len(row) / 2:
            yield row


def _text(words: Sequence[Word]) -> str:
    return "".join(word.text for word in words)


def _sure(words: Sequence[Word]) -> bool:
    """Whether a cell needs no second look: a number read surely, or words, as in a heading."""
    text = _text(words)
    if len(text) > 1 and text.isalpha() and not _NUMBER.fullmatch(text):
        return True
    plain = len(words) == 1 and _NUMBER.fullmatch(text) is not None and not words[0].doubts
    return plain and words[0].confidence >= SURE


def _holds(cell: GridCell, box: Box | None) -> bool:
    if box is None:
        return False
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return cell.box.x0 < x < cell.box.x1 and cell.box.y0 < y < cell.box.y1


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.x0 for box in boxes), min(box.y0 for box in boxes), max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
    )  # fmt: skip


def _overlap(a: Box, b: Box) -> bool:
    return min(a.x1, b.x1) > max(a.x0, b.x0) and min(a.y1, b.y1) > max(a.y0, b.y0)
