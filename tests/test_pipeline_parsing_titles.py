"""Titles of nodes: what of a labelled paragraph is one, and what the lines around it are."""

from __future__ import annotations

import pytest

from pipeline.parsing import parse
from pipeline.parsing.titles import title_of
from tests.parsing_text import document_of

LONG = "Đổi mới cách làm " + "của từng thôn trong xã, " * 8 + "từng hộ trong thôn"

TITLES: list[tuple[str, str | None]] = [
    ("Đơn vị thực hiện: Phòng Tin học chủ trì; Văn phòng phối hợp.", "Đơn vị thực hiện"),
    ("Phòng Tài chính chủ trì, phối hợp với các xã:", "Phòng Tài chính chủ trì, phối hợp với các xã"),
    ("Phòng Tài chính chủ trì, phối hợp với các xã rà soát nợ.", None),
    ("Giao người đứng đầu các cơ quan; Chủ tịch UBND các xã", "Giao người đứng đầu các cơ quan; Chủ tịch UBND các xã"),
    ("Người đứng đầu các cơ quan;", None),
    ("Mở rộng hình thức tuyên truyền như:", None),
    ("Việc huy động các nguồn vốn, bao gồm:", None),
    ("Để làm tốt việc này, huyện giao các nhiệm vụ:", None),
    ("Tổng số hồ sơ tiếp nhận trong kỳ: 1.245 hồ sơ.", None),
    ("Công tác tiếp nhận hồ sơ trong kỳ: 1.245 hồ sơ.", "Công tác tiếp nhận hồ sơ trong kỳ"),
    (f"{LONG}: Đã làm xong.", LONG),
    ("Những việc đã làm được trong năm 2031", "Những việc đã làm được trong năm 2031"),
    ("Khối lượng đào đắp các tuyến đã xong", "Khối lượng đào đắp các tuyến đã xong"),
    ("Nhà thầu đã xong phần móng", None),
    ("Công tác đo vẽ; lập, duyệt bản đồ; dựng lán trại", "Công tác đo vẽ; lập, duyệt bản đồ; dựng lán trại"),
    ("Công tác đo vẽ; lập, duyệt bản đồ; dựng lán trại.", None),
    ("Giám đốc Sở Xây dựng chủ trì:", "Giám đốc Sở Xây dựng chủ trì"),
    ("UBND các xã, phường: Tân Lập, Bình Hòa, An Phú rà soát nợ.", None),
    ("UBND các xã, phường: Rà soát nợ, tổ chức thu hồi.", "UBND các xã, phường"),
    ("Các trạm y tế trên địa bàn có trách nhiệm", "Các trạm y tế trên địa bàn có trách nhiệm"),
    ("Làm đến nơi, chịu trách nhiệm đến cùng:", "Làm đến nơi, chịu trách nhiệm đến cùng"),
    ("Phòng Tin học chịu trách nhiệm vận hành", None),
    (f"{LONG}: xoài, nhãn, chè.", None),
]


@pytest.mark.parametrize(("body", "title"), TITLES)
def test_titles(body: str, title: str | None) -> None:
    assert title_of(body, follows=True)[0] == title


def test_over_parts_of_its_own_a_title_may_count_things() -> None:
    body = "Hoàn thành mục tiêu đưa vào dùng 30 km đường liên thôn trong năm 2031"
    assert title_of(body, follows=True, deeper=True)[0] == body
    assert title_of(body, follows=True)[0] is None


def ids(*lines: str) -> list[str]:
    return [section.id for section in parse(document_of("\n".join(lines))).sections]


def test_a_list_in_a_sentence_is_no_list_of_nodes_wherever_its_lines_end() -> None:
    assert ids("I. KẾT QUẢ", "Có ba việc:", "(1) Nắng hạn kéo dài ở", "các xã; (2) Giá phân tăng.") == ["I"]
    assert ids("I. KẾT QUẢ", "Có ba việc:", "(1) Nắng hạn kéo dài.", "(2) Giá phân tăng.") == ["I", "I/1", "I/2"]


def test_a_part_stays_open_over_a_numbering_that_began_elsewhere() -> None:
    assert ids("Phần thứ hai", "ĐỊNH HƯỚNG", "II. MỤC TIÊU", "1. Trồng cây.", "IV. GIẢI PHÁP") == [
        "Phần thứ hai",
        "Phần thứ hai/II",
        "Phần thứ hai/II/1",
        "Phần thứ hai/IV",
    ]


def test_footnotes_and_rows_of_tables_are_no_part_of_a_title() -> None:
    text = "I. KẾT QUẢ\n1. Công tác kiểm nghiệm thuốc ⁵\n⁵ 12 buổi tại các xã.\n2. Danh mục dự án\nSTT | Tên | Vốn"
    assert [section.heading for section in parse(document_of(text)).sections[1:]] == [
        "Công tác kiểm nghiệm thuốc ⁵",
        "Danh mục dự án",
    ]
