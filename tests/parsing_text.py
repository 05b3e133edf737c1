"""Plain text as a document: one page without a size, each line of the text a line of words."""

from __future__ import annotations

from pipeline.document import Document, Line, Page, Word
from pipeline.parsing.pipe import read
from pipeline.parsing.quantity import Quantity
from pipeline.parsing.reading import Block, Reading
from pipeline.parsing.surroundings import Seen, Surroundings, surroundings_of

REPORT = "BÁO CÁO\nKết quả công tác năm 2024\nI. KẾT QUẢ ĐẠT ĐƯỢC\n"


def document_of(text: str, confidence: float = 1.0, doubts: tuple[str, ...] = ()) -> Document:
    lines = [Line([Word(w, w, None, confidence, doubts) for w in line.split()]) for line in text.split("\n")]
    return Document([Page(1, None, None, "text", lines)])


def read_report(sentence: str) -> tuple[Reading, Block, list[Quantity]]:
    """Return a report of one sentence, read; its paragraph and that one's figures."""
    reading = read(document_of(REPORT + sentence))
    block = next(block for block in reading.blocks if reading.quantities.get(block.index))
    return reading, block, reading.quantities[block.index]


def seen_with(sentence: str, indicator: str, at: int = 0) -> tuple[Surroundings, Seen, Quantity]:
    """Return the words that a figure of a report is seen with."""
    reading, block, quantities = read_report(sentence)
    around = surroundings_of(reading, block)
    return around, around.seen(quantities[at], indicator), quantities[at]
