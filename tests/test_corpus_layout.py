"""Layout: reading order, justified lines, tables cut by the page, and a text layer that says what the truth says."""

from __future__ import annotations

import unicodedata

import pypdfium2
import pytest

from corpus.build import sources
from corpus.drawing import draw
from corpus.layout import lay_out
from corpus.paper import Paper
from corpus.source import SourceError, parse_source, read_source
from corpus.typeface import FACES, FontError, load_faces, vietnamese_letters, width

HEAD = """issuer: TRẠM THỦY VĂN
number: Số: 1/KH-TTV
place_date: Gò Dầu, ngày 01 tháng 3 năm 2021
kind: KẾ HOẠCH
title: Đo mực nước
recipients:
- Như trên;
- Lưu: VT.
sign:
- TRƯỞNG TRẠM
- Lê Văn Ổn
---
"""

TWO_SIGN = HEAD.replace("---", "cosign:\n- GIÁM ĐỐC\n- Lý Thị Sen\n---")


def paper_of(body: str, head: str = HEAD) -> Paper:
    return lay_out(parse_source(head + body, "thử"))


def roles(paper: Paper) -> list[str]:
    found = [line.role for sheet in paper.sheets for line in sheet.lines]
    return [role for number, role in enumerate(found) if number == 0 or found[number - 1] != role]


def test_there_are_134_vietnamese_letters() -> None:
    letters = vietnamese_letters()
    assert len(letters) == len(set(letters)) == 134
    assert all(unicodedata.is_normalized("NFC", letter) and len(letter) == 1 for letter in letters)


@pytest.mark.parametrize("face", FACES)
def test_every_face_draws_every_letter(face: str) -> None:
    assert width(vietnamese_letters(), face, 14) > 134 * 3


def test_a_character_without_glyph_is_refused() -> None:
    with pytest.raises(FontError, match="no glyph"):
        width("một 漢", "regular", 14)


def test_missing_typeface_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setenv("VANBAN_FONTS", str(tmp_path))
    load_faces.cache_clear()
    with pytest.raises(FontError, match="fonts-croscore"):
        load_faces()
    monkeypatch.undo()
    load_faces.cache_clear()


def test_reading_order_is_left_header_right_header_body_recipients_signature() -> None:
    paper = paper_of("Trạm đo mực nước mỗi ngày hai lần.\n")
    assert roles(paper) == ["header_left", "header_right", "body", "foot_left", "foot_right"]
    texts = [line.text for line in paper.sheets[0].lines]
    assert texts[0] == "TRẠM THỦY VĂN" and texts[-1] == "Lê Văn Ổn"


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.stem)
def test_text_layer_is_the_truth(path: object) -> None:
    """Every printed line can be found, word by word, in what pdfium reads from the page."""
    paper = lay_out(read_source(path))  # type: ignore[arg-type]
    document = pypdfium2.PdfDocument(draw(paper))
    assert len(document) == len(paper.sheets)
    for sheet, page in zip(paper.sheets, document, strict=True):
        layer = unicodedata.normalize("NFC", " ".join(page.get_textpage().get_text_range().split()))
        squeezed = "".join(layer.split())
        for line in sheet.lines:
            assert "".join(line.text.split()) in squeezed
        assert sorted(layer.split()) == sorted(word for line in sheet.lines for word in line.text.split())


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.stem)
def test_nothing_leaves_the_page(path: object) -> None:
    for sheet in lay_out(read_source(path)).sheets:  # type: ignore[arg-type]
        for line in sheet.lines:
            x0, y0, x1, y1 = line.box
            assert x0 >= 40 and x1 <= sheet.width - 40 and y0 >= 20 and y1 <= sheet.height - 40, line.text


def test_lines_of_a_paragraph_are_justified() -> None:
    paper = paper_of("Trạm quan trắc mực nước, lượng mưa và độ mặn tại ba điểm trên sông, mỗi ngày hai lần. " * 4)
    lines = [line for line in paper.sheets[0].lines if line.role == "body"][-5:-1]
    assert len({round(line.x1, 1) for line in lines}) == 1


def test_same_source_same_bytes() -> None:
    path = sources()[0]
    assert draw(lay_out(read_source(path))) == draw(lay_out(read_source(path)))


def test_a_row_cut_by_the_page_is_one_row_of_the_truth() -> None:
    filler = "Đoạn văn lấp trang.\n" * 22
    cell = "việc phải làm " * 60
    paper = paper_of(f"{filler}@table widths=1,6,3\n! TT | Việc | Ai\n| 1 | {cell} | Tổ 1\n| 2 | Ngắn | Tổ 2\n@end\n")
    table = paper.tables[0]
    assert table.head == ["TT", "Việc", "Ai"] and table.pages == [1, 2]
    assert [[c.text for c in row.cells] for row in table.rows] == [["1", cell.strip(), "Tổ 1"], ["2", "Ngắn", "Tổ 2"]]
    on_pages = [[line.text for line in sheet.lines if line.role == "table"] for sheet in paper.sheets]
    assert on_pages[0].count("Việc") == on_pages[1].count("Việc") == 1  # the head again
    assert "Tổ 1" in on_pages[0] and "Tổ 2" in on_pages[1]


def test_spans_of_head_and_body() -> None:
    paper = paper_of(
        "@table widths=1,4,2,2\n! TT | Việc | Năm | <\n! ^ | ^ | 2024 | 2025\n"
        "| A | Nhóm | < | <\n| 1 | Đo | 3 | 4\n@end\n"
    )
    table = paper.tables[0]
    assert table.head == ["TT", "Việc", "Năm 2024", "Năm 2025"]
    assert [(c.text, c.col_span) for c in table.rows[0].cells] == [("A", 1), ("Nhóm", 3)]


def test_a_spanning_cell_gets_its_height() -> None:
    tall = "//".join(["dòng"] * 9)
    paper = paper_of(f"@table widths=1,1,1\n! A | B | C\n| {tall} | x | {tall}//dòng\n| ^ | y | ^\n| z | z | z\n@end\n")
    lines = {line.text: line for line in paper.sheets[0].lines if line.role == "table"}
    assert lines["z"].box[1] > max(line.box[3] for line in paper.sheets[0].lines if line.text == "dòng")


def test_a_row_taller_than_a_page_is_refused() -> None:
    tall = "//".join(["dòng"] * 90)
    with pytest.raises(SourceError, match="taller than a page"):
        paper_of(f"@table widths=1,1\n! A | B\n| {tall} | x\n| ^ | y\n@end\n")


def test_page_numbers_from_the_second_page_and_turned_pages() -> None:
    paper = paper_of("Một dòng.\n@foot\n@landscape\nBảng ngang.\n")
    first, second = paper.sheets
    assert first.lines[0].role == "header_left"
    assert second.lines[0].text == "2" and second.lines[0].role == "page_number"
    assert second.width > second.height


def test_of_two_signatures_the_left_one_is_read_first_and_the_addressees_last() -> None:
    sheet = paper_of("Hai trạm cùng đo.\n", TWO_SIGN).sheets[0]
    foot = [line.text for line in sheet.lines if line.role.startswith("foot")]
    assert foot == ["TRƯỞNG TRẠM", "Lê Văn Ổn", "GIÁM ĐỐC", "Lý Thị Sen", "Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    (left, one), (right, other) = sheet.seals
    assert left < sheet.width / 2 < right and one == other


@pytest.mark.parametrize("head", [HEAD, TWO_SIGN])
def test_the_signature_block_is_not_torn(head: str) -> None:
    for count in range(18, 32):
        paper = paper_of("Đoạn văn lấp trang.\n" * count, head)
        pages = {n for n, sheet in enumerate(paper.sheets) for line in sheet.lines if line.role.startswith("foot")}
        assert len(pages) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("issuer: A\n", "no line '---'"),
        ("màu: đỏ\n---\n", "no such field"),
        (HEAD + "@lạ\n", "no such mark"),
        (HEAD + "@table widths=1,1\n| một ô\n@end\n", "1 cells, not 2"),
        (HEAD + "@table widths=1\n| một ô\n", "without @end"),
    ],
)
def test_a_slip_in_a_source_is_named(text: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        parse_source(text, "thử")
