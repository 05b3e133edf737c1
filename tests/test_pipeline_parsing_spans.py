"""Facts shown as spaCy spans: what a document symbol is, and that every fact is a span of whole tokens."""

from __future__ import annotations

import pytest
import spacy

from pipeline.parsing.pipe import read
from pipeline.parsing.spans import SymbolTokenizer, annotate
from tests.parsing_text import document_of

TEXT = "I. MỤC TIÊU\nPhấn đấu năm 2031 đạt tối thiểu 39,73% theo Quyết định số 608/QĐ-UBND ngày 02/4/2030."


@pytest.mark.parametrize("symbol", ["608/QĐ-UBND", "15-NQ/TU", "02/4/2025", "39,73%", "TM."])
def test_symbols_stay_whole(symbol: str) -> None:
    text = f"theo  {symbol} của tỉnh,\nhuyện"
    tokens = SymbolTokenizer(spacy.blank("xx").vocab)(text)
    assert symbol in [token.text for token in tokens]
    assert tokens.text == text


def test_every_fact_is_a_span_of_tokens() -> None:
    doc, reading = annotate(document_of(TEXT)), read(document_of(TEXT))
    spans = [(span.label_, span.text) for span in doc.spans["facts"]]
    assert len(spans) == len(reading.marks) >= 2
    for (_, start, end), (_, text) in zip(reading.marks, spans, strict=True):
        assert reading.text(start, end) in text
