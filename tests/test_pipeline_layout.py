"""Words put into lines: the two-column header and foot, tables cell by cell, page numbers, stamps."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.document import Box, Word
from pipeline.layout import arrange
from pipeline.ruling import Rule

WIDTH, HEIGHT = 595.0, 842.0
SIZE = 11.0


def line(text: str, x: float, y: float, *, slope: float = 0.0, size: float = SIZE) -> list[Word]:
    """Set a line of words from (x, y), each letter half as wide as the line is high."""
    words = []
    for token in text.split():
        width = len(token) * size * 0.5
        top = y + slope * x
        words.append(Word(token, token, Box(x, top, x + width, top + size)))
        x += width + size * 0.3
    return words


def centred(text: str, middle: float, y: float) -> list[Word]:
    """Set a line about a middle."""
    words = line(text, 0, y)
    last = words[-1].box
    assert last is not None
    return line(text, middle - last.x1 / 2, y)


def letter(slope: float = 0.0) -> list[Word]:
    """A fictional letter with a header of two columns whose rows stand a little askew, and a foot."""
    left = [("UBND TỈNH HÒA MINH", 70), ("SỞ VĂN THƯ", 86), ("Số: 17/KH-SVT", 104)]
    right = [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 68),
        ("Độc lập - Tự do - Hạnh phúc", 84),
        ("Hòa Minh, ngày 03 tháng 4 năm 2031", 107),
    ]
    words = [w for text, y in left for w in centred(text, 150, y)]
    words += [w for text, y in right for w in centred(text, 410, y)]
    words += centred("KẾ HOẠCH", 300, 150) + centred("Sắp xếp kho tư liệu năm 2031", 300, 168)
    for number in range(8):
        words += line("Các tổ rà soát hồ sơ, lập danh mục và nộp về Văn phòng đúng hạn đã ghi", 85, 210 + 20 * number)
    words += line("Nơi nhận:", 85, 430) + line("- Như trên;", 85, 446) + line("- Lưu: VT, TL.", 85, 460)
    words += centred("KT. GIÁM ĐỐC", 430, 428) + centred("PHÓ GIÁM ĐỐC", 430, 444) + centred("Lò Thị Ngân", 430, 540)
    words += centred("2", 300, 800)
    if slope:
        words = [
            Word(w.raw, w.text, Box(w.box.x0, w.box.y0 + slope * w.box.x0, w.box.x1, w.box.y1 + slope * w.box.x0))
            for w in words
            if w.box is not None
        ]
    return words


@pytest.mark.parametrize("slope", [-0.006, 0.0, 0.006])
@pytest.mark.parametrize("seed", range(3))
def test_header_body_and_foot_come_in_reading_order(slope: float, seed: int) -> None:
    words = letter(slope)
    random.Random(seed).shuffle(words)
    lines = arrange(words, WIDTH, HEIGHT)
    assert [(found.role, found.text) for found in lines[:6]] == [
        ("header_left", "UBND TỈNH HÒA MINH"),
        ("header_left", "SỞ VĂN THƯ"),
        ("header_left", "Số: 17/KH-SVT"),
        ("header_right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("header_right", "Độc lập - Tự do - Hạnh phúc"),
        ("header_right", "Hòa Minh, ngày 03 tháng 4 năm 2031"),
    ]
    assert [found.role for found in lines[6:16]] == ["body"] * 10
    assert [(found.role, found.text) for found in lines[16:]] == [
        ("foot_left", "Nơi nhận:"),
        ("foot_left", "- Như trên;"),
        ("foot_left", "- Lưu: VT, TL."),
        ("foot_right", "KT. GIÁM ĐỐC"),
        ("foot_right", "PHÓ GIÁM ĐỐC"),
        ("foot_right", "Lò Thị Ngân"),
        ("page_number", "2"),
    ]


def test_an_official_letters_subject_belongs_to_the_left_block() -> None:
    words = [w for w in letter() if w.box is not None and not 140 < w.box.y0 < 190]
    words += centred("V/v sắp xếp kho tư liệu", 150, 122)
    lines = arrange(words, WIDTH, HEIGHT)
    assert [found.text for found in lines[:4]][2:] == ["Số: 17/KH-SVT", "V/v sắp xếp kho tư liệu"]
    assert lines[3].role == "header_left"


def test_an_illegible_motto_is_still_a_motto() -> None:
    words = [w for w in letter() if w.text not in ("CỘNG", "CHỦ", "NAM", "Độc", "Tự")]
    roles = [found.role for found in arrange(words, WIDTH, HEIGHT)]
    assert (roles.count("header_left"), roles.count("header_right")) == (3, 3)


def test_what_stands_over_the_header_is_a_stamp() -> None:
    lines = arrange(letter() + line("Người ký: Văn thư Sở", 430, 20), WIDTH, HEIGHT)
    assert (lines[0].role, lines[0].text) == ("stamp", "Người ký: Văn thư Sở")
    assert lines[1].text == "UBND TỈNH HÒA MINH"


def test_a_page_without_header_or_foot_is_body_from_the_top_down() -> None:
    words = line("2", 300, 40) + line("dòng thứ hai", 85, 100) + line("dòng đầu", 85, 80)
    lines = arrange(words, WIDTH, HEIGHT)
    assert [(found.role, found.text) for found in lines] == [
        ("page_number", "2"),
        ("body", "dòng đầu"),
        ("body", "dòng thứ hai"),
    ]


def test_a_ruled_table_is_read_row_by_row_and_cell_by_cell() -> None:
    xs, ys = [80, 120, 320, 520], [300, 340, 380]
    ruling = [Rule(xs[0], y, xs[-1], y) for y in ys] + [Rule(x, ys[0], x, ys[-1]) for x in xs]
    words = (
        line("1", 95, 312) + line("Rà soát kho", 130, 305) + line("tư liệu", 130, 322) + line("Tổ Văn thư", 330, 312)
    )
    words += line("2", 95, 352) + line("Lập danh mục", 130, 352) + line("Tổ Lưu trữ", 330, 352)
    words += line("Phụ lục kèm theo", 85, 270)
    lines = arrange(words, WIDTH, HEIGHT, ruling)
    assert [found.text for found in lines] == [
        "Phụ lục kèm theo", "1", "Rà soát kho", "tư liệu", "Tổ Văn thư", "2", "Lập danh mục", "Tổ Lưu trữ",
    ]  # fmt: skip
    assert [found.role for found in lines] == ["body"] + ["table"] * 7
    cells = [found.cell for found in lines[1:]]
    assert [(cell.row, cell.column) for cell in cells if cell] == [
        (0, 0), (0, 1), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(("number", "moved"), [(3, 0), (8, 0), (3, 1), (8, 1)])
def test_a_word_cut_out_with_a_bit_of_the_next_line_stays_among_the_words_it_was_told_with(
    number: int, moved: int
) -> None:
    texts = ["Thành lập hệ thống giám sát ở bệnh viện huyện", "khoa và trung tâm y tế các huyện có hệ thống"]
    words = [word for at, text in enumerate(texts) for word in line(text, 85, 200 + 14 * at)]
    tall = words[number + moved * 10]
    assert tall.box is not None
    y0, y1 = (-14, -2) if moved else (2, 14)
    tall.box = tall.box._replace(y0=tall.box.y0 + y0, y1=tall.box.y1 + y1)
    assert [row.text for row in arrange(words, WIDTH, HEIGHT)] == texts


def test_a_heading_in_large_print_is_rows_of_its_own() -> None:
    words = line("CHUYỂN ĐỔI SỐ", 85, 100, size=24) + line("NĂM 2031", 85, 130, size=24)
    words += [word for n in range(4) for word in line("Các tổ rà soát hồ sơ và nộp về Văn phòng", 85, 200 + 14 * n)]
    assert [row.text for row in arrange(words, WIDTH, HEIGHT)][:2] == ["CHUYỂN ĐỔI SỐ", "NĂM 2031"]


def test_words_without_a_place_come_last() -> None:
    lines = arrange([Word("lạc", "lạc"), *line("có chỗ", 85, 100)], WIDTH, HEIGHT)
    assert [found.text for found in lines] == ["có chỗ", "lạc"]


BOXES = st.tuples(st.floats(-5, 600), st.floats(-5, 850), st.floats(0, 200), st.floats(0, 60)).map(
    lambda b: Box(b[0], b[1], b[0] + b[2], b[1] + b[3])
)
TOKENS = st.sampled_from(["CỘNG", "HÒA", "XÃ", "HỘI", "Độc", "lập", "Nơi", "nhận:", "Số:", "1", "-", "…", "ngày"])
WORDS = st.lists(st.builds(lambda t, b: Word(t, t, b), TOKENS, st.one_of(st.none(), BOXES)), max_size=40)
RULES = st.lists(
    st.builds(
        lambda x, y, d, flat: Rule(x, y, x + d, y) if flat else Rule(x, y, x, y + d),
        st.floats(0, 590), st.floats(0, 840), st.floats(0, 400), st.booleans(),
    ),
    max_size=12,
)  # fmt: skip


FLAT = [Word("CỘNG", "CỘNG", Box(0, 0, 0, bottom)) for bottom in (0, 0, 1)]


@settings(max_examples=150, deadline=None)
@given(WORDS, RULES)
@example(FLAT, [])
def test_no_word_is_lost_or_doubled(words: list[Word], ruling: list[Rule]) -> None:
    arranged = [id(word) for found in arrange(words, WIDTH, HEIGHT, ruling) for word in found.words]
    assert sorted(arranged) == sorted(id(word) for word in words)
