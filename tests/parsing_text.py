"""Plain text as a document: one page without a size, each line of the text a line of words."""

from __future__ import annotations

from pipeline.document import Document, Line, Page, Word


def document_of(text: str, confidence: float = 1.0, doubts: tuple[str, ...] = ()) -> Document:
    lines = [Line([Word(w, w, None, confidence, doubts) for w in line.split()]) for line in text.split("\n")]
    return Document([Page(1, None, None, "text", lines)])
