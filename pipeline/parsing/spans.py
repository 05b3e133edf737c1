"""Facts as spans of spaCy tokens, so that spaCy's own tools can show them and train on them.

No rule reads a token, so reading a document does not come by here: to load spaCy takes longer than to read fifty pages.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import regex
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.document import Document
from pipeline.parsing.pipe import read

_TOKEN: Final = regex.compile(
    r"\d+\p{L}?(?:[/.\-–]\d+)*(?:\s?/\s?)?(?:(?<=/)\p{Lu}[\p{L}\d]*(?:[-–/]\p{Lu}[\p{L}\d]*)*)?"
    r"(?:,\d+)*(?:-\p{Lu}{1,4}/\p{Lu}+)?%?|\p{Lu}{1,3}\.(?=\s)|[\p{L}\p{M}]+(?:/[\p{L}]{1,3}(?!\p{L}))?|\s+|."
)
_LONGEST_TOKEN: Final = 200
_LONGEST_TEXT: Final = 1_000_000_000


class SymbolTokenizer:
    """Cuts text into words, but keeps 608/QĐ-UBND, 15-NQ/TU, 02/4/2025, 39,73% and TM. whole."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the tokens of `text`; their texts and spaces make it up again."""
        words: list[str] = []
        spaces: list[bool] = []
        for match in _TOKEN.finditer(text):
            piece = match[0]
            if piece == " " and words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
                continue
            for at in range(0, len(piece), _LONGEST_TOKEN):
                words.append(piece[at : at + _LONGEST_TOKEN])
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)


@cache
def _language() -> Language:
    nlp = spacy.blank("xx")
    nlp.tokenizer = SymbolTokenizer(nlp.vocab)
    nlp.max_length = _LONGEST_TEXT  # spaCy's own limit is for parsers that need memory by the token; there is none here
    return nlp


def annotate(document: Document) -> Doc:
    """Return the tokens of a document's text; ``doc.spans["facts"]`` has one span a fact, labelled by its rule."""
    reading = read(document)
    doc = _language().make_doc(reading.view.text)
    spans = (doc.char_span(start, end, label=rule, alignment_mode="expand") for rule, start, end in reading.marks)
    doc.spans["facts"] = [span for span in spans if span is not None]
    return doc
