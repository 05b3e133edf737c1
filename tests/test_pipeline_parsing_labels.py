"""Labels of nodes: what is one, what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.parsing.labels import bullet_end, read_label, roman


@pytest.mark.parametrize(
    ("text", "bare", "style", "value"),
    [
        ("I. MỤC TIÊU", "I", "I", 1),
        ("IX- TỔ CHỨC", "IX", "I", 9),
        ("A. PHẦN CHUNG", "A", "A", 1),
        ("2. Yêu cầu", "2", "1", 2),
        ("2) Yêu cầu", "2", "1)", 2),
        ("1.1. Công tác", "1.1", "1.1", 1),
        ("2.3 Công tác", "2.3", "1.1", 3),
        ("1. 2. Công tác", "1.2", "1.1", 2),
        ("3.3.1. Ký kết", "3.3.1", "1.1.1", 1),
        ("đ) Kinh phí", "đ", "a", 5),
        ("(2) Rà soát", "2", "(1)", 2),
        ("Điều 5. Phạm vi", "Điều 5", "dieu", 5),
        ("Chương II", "Chương II", "chuong", 2),
        ("Phần thứ nhất", "Phần thứ nhất", "phan", 1),
        ("Phần C. TỔ CHỨC", "Phần C", "phan", 3),
        ("PHỤ LỤC", "PHỤ LỤC", "phu luc", 1),
        ("Phụ lục I", "Phụ lục I", "phu luc", 1),
        ("Mục tiêu 2: Trồng rừng", "Mục tiêu 2", "muc tieu", 2),
    ],
)
def test_labels(text: str, bare: str, style: str, value: int) -> None:
    label = read_label(text)
    assert label is not None
    assert (label.bare, label.style, label.value) == (bare, style, value)
    assert text[label.end :].strip() in text


@pytest.mark.parametrize(
    "text",
    [
        "Điều 9 Nghị định số 137",
        "1.000 hồ sơ",
        "2.5 lần so với năm trước",
        "12/2023/QĐ-UBND",
        "Phần mềm quản lý",
        "Nhiệm vụ 3 năm tới",
        "V/V TRỒNG RỪNG VEN BIỂN",
        "- Rà soát",
        "",
    ],
)
def test_no_labels(text: str) -> None:
    assert read_label(text) is None


@given(st.integers(min_value=1, max_value=89))
def test_roman_numerals_are_read_back(number: int) -> None:
    digits = [(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    numeral, rest = "", number
    for value, sign in digits:
        while rest >= value:
            numeral, rest = numeral + sign, rest - value
    assert roman(numeral) == number


@pytest.mark.parametrize(
    ("text", "rest"), [("- Rà soát", "Rà soát"), ("+ Rà soát", "Rà soát"), ("-Rà soát", "Rà soát")]
)
def test_bullets(text: str, rest: str) -> None:
    assert text[bullet_end(text) :] == rest


@pytest.mark.parametrize("text", ["--- ---", "-2025", "Rà soát - kiểm tra"])
def test_no_bullets(text: str) -> None:
    assert bullet_end(text) == 0
