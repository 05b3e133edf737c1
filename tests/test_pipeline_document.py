"""Every span of a document's text leads back to words, lines and a place on the paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Box, Document, Line, Page, Word

TOKENS = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyẤỆỘ0123456789/-,.", min_size=1, max_size=8)
LINES = st.lists(st.lists(TOKENS, max_size=6), max_size=8)


def document(pages: list[list[list[str]]], boxes: bool = True) -> Document:
    made = []
    for number, lines in enumerate(pages, start=1):
        rows = [
            Line(
                [
                    Word(t, t, Box(50 * x, 20 * y, 50 * x + 40, 20 * y + 12) if boxes else None)
                    for x, t in enumerate(line)
                ]
            )
            for y, line in enumerate(lines)
        ]
        made.append(Page(number, 595.0 if boxes else None, 842.0 if boxes else None, "ocr" if boxes else "text", rows))
    return Document(made)


@given(st.lists(LINES, min_size=1, max_size=4))
def test_every_character_belongs_to_a_word_or_is_a_separator(pages: list[list[list[str]]]) -> None:
    doc = document(pages)
    assert doc.text == "\n".join(" ".join(line) for lines in pages for line in lines)
    for place in doc.places:
        assert doc.text[place.start : place.end] == place.line.text


@given(st.lists(LINES, min_size=1, max_size=4), st.data())
def test_a_span_finds_exactly_its_words(pages: list[list[list[str]]], data: st.DataObject) -> None:
    doc = document(pages)
    spans, offset = [], 0
    for place in doc.places:
        offset = place.start
        for word in place.line.words:
            spans.append((offset, offset + len(word.text), word))
            offset += len(word.text) + 1
    if not spans:
        return
    first = data.draw(st.integers(0, len(spans) - 1))
    last = data.draw(st.integers(first, len(spans) - 1))
    found = list(doc.words(spans[first][0], spans[last][1]))
    assert [id(w) for w in found] == [id(s[2]) for s in spans[first : last + 1]]


def test_evidence_names_page_lines_box_and_quote() -> None:
    doc = document([[["Kế", "hoạch"]], [["Căn", "cứ"], [], ["Quyết", "định", "số"]]])
    start = doc.text.index("cứ")
    evidence = doc.evidence(start, doc.text.index("số"))
    assert (evidence.page, evidence.lines, evidence.quote) == (2, (1, 3), "cứ Quyết định")
    assert evidence.bbox == (0, 0, 90, 52)


def test_evidence_over_a_page_break_stays_on_the_first_page() -> None:
    doc = document([[["a", "b"]], [["c"]]])
    evidence = doc.evidence(doc.text.index("b"), len(doc.text))
    assert (evidence.page, evidence.lines, evidence.quote) == (1, (1, 1), "b c")
    assert evidence.bbox == (50, 0, 90, 12)


def test_text_without_pages_has_lines_but_no_page_or_box() -> None:
    doc = document([[["Căn"], [], ["cứ"]]], boxes=False)
    evidence = doc.evidence(doc.text.index("cứ"), len(doc.text))
    assert (evidence.page, evidence.bbox, evidence.lines) == (None, None, (3, 3))


@pytest.mark.parametrize("span", [(0, 0), (3, 2), (-1, 2), (0, 999)])
def test_no_evidence_without_a_span(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no such span"):
        document([[["Căn", "cứ"]]]).evidence(*span)
