"""Pages with a table as the layout hands them on: lines that know their cells."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.document import Box, CellPlace, Document, Line, Page, Word

ROW_HEIGHT, COLUMN_WIDTH, LEFT, TOP = 20.0, 80.0, 40.0, 60.0

Cell = str | tuple[str, int, int]
"""A cell's text, or the text with the rows and columns that it covers; None of it where one is covered: see `cells`."""


def cells(rows: Sequence[Sequence[Cell | None]], table: int = 0, top: float = TOP) -> list[Line]:
    """Return the lines of a table; a place that another cell covers is None, lines in a cell are parted by ``/``."""
    lines = []
    for row, content in enumerate(rows):
        for column, cell in enumerate(content):
            if cell is None:
                continue
            text, row_span, column_span = (cell, 1, 1) if isinstance(cell, str) else cell
            box = Box(
                LEFT + COLUMN_WIDTH * column,
                top + ROW_HEIGHT * row,
                LEFT + COLUMN_WIDTH * (column + column_span),
                top + ROW_HEIGHT * (row + row_span),
            )
            place = CellPlace(table, row, column, row_span, column_span, box)
            for number, part in enumerate(text.split(" / ")):
                words = words_at(part, box.x0 + 2, box.y0 + 2 + 11 * number)
                if words:
                    lines.append(Line(words, "table", place))
    return lines


def words_at(text: str, x: float, y: float) -> list[Word]:
    """Set words from a place on, each letter five points wide."""
    words = []
    for token in text.split():
        words.append(Word(token, token, Box(x, y, x + 5 * len(token), y + 10)))
        x += 5 * len(token) + 3
    return words


def body(text: str, y: float) -> Line:
    """A line of the body."""
    return Line(words_at(text, LEFT, y))


def document(*pages: Sequence[Line]) -> Document:
    """A document of pages with these lines, and page numbers between them."""
    made = []
    for number, lines in enumerate(pages, start=1):
        numbered = [Line(words_at(str(number), 300, 20), "page_number"), *lines]
        made.append(Page(number, 595.0, 842.0, "layer", numbered))
    return Document(made)
