"""Every span of a document's text leads back to words, lines and a place on the paper."""

from __future__ import annotations

from math import cos, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Box, Document, Line, LineRole, Page, Word

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


@pytest.mark.parametrize(("role", "quote"), [("page_number", "b c"), ("stamp", "b c"), ("body", "b 2 c")])
def test_a_quote_leaves_out_what_stands_beside_the_text(role: LineRole, quote: str) -> None:
    doc = document([[["a", "b"]], [["2"], ["c"]]])
    doc.pages[1].lines[0].role = role
    assert doc.evidence(doc.text.index("b"), len(doc.text)).quote == quote
    assert doc.evidence(doc.text.index("2"), doc.text.index("2") + 1).quote == "2"


def test_text_without_pages_has_lines_but_no_page_or_box() -> None:
    doc = document([[["Căn"], [], ["cứ"]]], boxes=False)
    evidence = doc.evidence(doc.text.index("cứ"), len(doc.text))
    assert (evidence.page, evidence.bbox, evidence.lines) == (None, None, (3, 3))


@pytest.mark.parametrize("span", [(0, 0), (3, 2), (-1, 2), (0, 999)])
def test_no_evidence_without_a_span(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no such span"):
        document([[["Căn", "cứ"]]]).evidence(*span)


@pytest.mark.parametrize("degrees", [-3.2, 0.8, 2.5])
def test_a_box_of_the_level_page_is_turned_back_onto_the_scan(degrees: float) -> None:
    """Lines that fall by `degrees` lie lower the further right a word stands, round the middle of the page."""
    word = Word("Sở", "Sở", Box(480, 100, 500, 112))
    page = Page(1, 595.0, 842.0, "ocr", [Line([word])], skew_degrees=degrees)
    box = page.box_as_scanned([word])
    assert box is not None
    right, down = 490 - 297.5, 106 - 421
    assert (box.x0 + box.x1) / 2 == pytest.approx(297.5 + right * cos(radians(degrees)) - down * sin(radians(degrees)))
    assert (box.y0 + box.y1) / 2 == pytest.approx(421 + right * sin(radians(degrees)) + down * cos(radians(degrees)))
    assert box.width >= 20 * cos(radians(degrees)) and box.height >= 12 * cos(radians(degrees))
    evidence = Document([page]).evidence(0, 2)
    assert evidence.bbox == pytest.approx(tuple(box))


def test_a_level_page_keeps_its_boxes() -> None:
    box = Box(480, 100, 500, 112)
    assert Page(1, 595.0, 842.0, "ocr").as_scanned(box) == box
    assert Page(1, None, None, "text", skew_degrees=2.0).as_scanned(box) == box
