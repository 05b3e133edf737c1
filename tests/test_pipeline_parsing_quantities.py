"""Figures: value, direction, comparator, unit, and what is measured."""

from __future__ import annotations

import pytest

from pipeline.parsing import parse
from pipeline.parsing.figures import number_value
from tests.parsing_text import document_of

GOALS = [
    ("Phấn đấu năm 2025 Chỉ số hài lòng đạt từ 75 điểm trở lên.", [("reach", ">=", 75, "điểm")]),
    (
        "Cắt giảm 30% thời gian giải quyết, 20% chi phí tuân thủ.",
        [("decrease", "=", 30, "%"), ("decrease", "=", 20, "%")],
    ),
    ("Tối thiểu 98% hồ sơ được giải quyết đúng hạn.", [("reach", ">=", 98, "%")]),
    ("Tỷ lệ hộ nghèo còn dưới 3,5%.", [("reach", "<", 3.5, "%")]),
    ("Tỷ lệ trả lại hồ sơ không quá 2%.", [("reach", "<=", 2, "%")]),
    ("Thứ hạng tăng tối thiểu 02 bậc so với năm 2024.", [("increase", ">=", 2, "bậc")]),
    ("Phấn đấu nằm trong nhóm 10 tỉnh dẫn đầu cả nước.", [("rank", "<=", 10, "thứ hạng")]),
    (
        "Chỉ số chuyển đổi số cải thiện so với năm 2023, phấn đấu nâng cao Chỉ số SIPAS.",
        [("improve", None, None, None)],
    ),
    ("Giảm tỷ lệ hộ nghèo 1,5%.", [("decrease", "=", 1.5, "%")]),
    ("Doanh thu du lịch đạt trên 1.200 tỷ đồng.", [("reach", ">", 1200, "tỷ đồng")]),
    ("Mở thêm 12 lớp tập huấn.", [("reach", "=", 12, "lớp tập huấn")]),
    ("Tỷ lệ bao phủ đạt 93,5% dân số trở lên.", [("reach", ">=", 93.5, "%")]),
]


@pytest.mark.parametrize(("sentence", "expected"), GOALS)
def test_targets(sentence: str, expected: list[tuple[object, ...]]) -> None:
    facts = parse(document_of(f"I. MỤC TIÊU\n{sentence}\nII. TỔ CHỨC THỰC HIỆN\nNội dung."))
    assert [(t.direction, t.comparator, t.value, t.unit) for t in facts.targets] == expected
    assert facts.results == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Rà soát thủ tục để đạt 100% yêu cầu.",
        "Cung cấp 25 dịch vụ công thiết yếu.",
        "Thực hiện Quyết định số 88/QĐ-UBND ngày 14/3/2025.",
        "Báo cáo định kỳ 6 tháng, 01 năm.",
        "Nâng cao chất lượng phục vụ người dân.",
    ],
)
def test_no_targets(sentence: str) -> None:
    assert parse(document_of(f"I. NHIỆM VỤ\n- {sentence}\n- Việc khác.")).targets == []


RESULTS = [
    ("Công tác tuyên truyền được 8,41/10 điểm, đạt 84,1%, tăng 9,73% so với năm 2023.",
     [("level", 8.41, 10, "điểm"), ("level", 84.1, None, "%"), ("increase", 9.73, None, "%")]),
    ("Chỉ số của huyện đứng thứ 15/16, giảm 01 bậc so với năm 2023.", [("rank", 15, 16, "thứ hạng"), ("decrease",
    1, None, "bậc")]),
    ("Đã tổ chức 05 hội nghị, có 03 báo cáo bị chậm.", [("level", 5, None, "hội nghị"), ("level", 3, None, "báo cáo")]),
    ("Thu ngân sách vượt 8,3% so với dự toán.", [("increase", 8.3, None, "%")]),
    ("Công tác chỉ đạo gồm 7 tiêu chí.", []),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), RESULTS)
def test_results(sentence: str, expected: list[tuple[object, ...]]) -> None:
    facts = parse(document_of(f"I. KẾT QUẢ ĐẠT ĐƯỢC\n{sentence}\nII. HẠN CHẾ\nNội dung."))
    assert [(r.direction, r.value, r.max, r.unit) for r in facts.results] == expected
    assert facts.targets == []


def test_a_time_before_the_document_reports() -> None:
    text = (
        "UBND XÃ SUỐI VÀNG\nSố: 3/KH-UBND\nSuối Vàng, ngày 12 tháng 8 năm 2025\nKẾ HOẠCH\nXây dựng nông thôn mới\n"
        "I. NỘI DUNG\n1. Đến tháng 7/2025, xã đạt 14/19 tiêu chí.\n2. Đến năm 2027, xã đạt 19 tiêu chí."
    )
    facts = parse(document_of(text))
    assert [(r.value, r.max) for r in facts.results] == [(14, 19)]
    assert [t.value for t in facts.targets] == [19]


@pytest.mark.parametrize(
    ("printed", "value"),
    [("02", 2), ("39,73", 39.73), ("1.234", 1234), ("1.234.567,8", 1234567.8), ("2.5", 2.5), ("0.125", 0.125)],
)
def test_numbers(printed: str, value: float) -> None:
    assert number_value(printed) == value
