"""Text to facts: one component and one file for each kind of fact.

zones        header | body | foot | attachment, from the document's lines
paragraphs   lines rejoined; a view whose offsets lead back to the document
components   header, sections, references, targets, results, responsibilities, deadlines, tables, tasks, tablefigures
spans        the facts as spans of spaCy's tokens, for its tools; nothing else loads spaCy
"""

from __future__ import annotations

from pipeline.document import Document
from pipeline.parsing.pipe import read
from pipeline.records import Facts


def parse(document: Document) -> Facts:
    """Return the facts of a document. Never raises on bad text: what a pattern's time limit cut short is a warning."""
    return read(document).facts


__all__ = ["parse"]
