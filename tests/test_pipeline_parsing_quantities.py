"""Figures: value, direction, comparator, unit, and what is measured."""

from __future__ import annotations

import pytest

from pipeline.parsing import parse
from pipeline.parsing.doublets import parts_of
from pipeline.parsing.printed import number_value
from tests.parsing_text import document_of

pytestmark = pytest.mark.usefixtures("rules_alone")

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
    ("Mở thêm 12 lớp tập huấn.", [("reach", "=", 12, "lớp")]),
    ("Tỷ lệ bao phủ đạt 93,5% dân số trở lên.", [("reach", ">=", 93.5, "%")]),
    ("Tỷ lệ người từ 16 tuổi trở lên có tài khoản số đạt tối thiểu 85%.", [("reach", ">=", 85, "%")]),
    ("Tỷ lệ tử vong mẹ dưới 7/100.000 trẻ đẻ sống vào năm 2026.", [("reach", "<", 7, "/100.000 trẻ đẻ sống")]),
    ("Tỷ suất sinh giảm từ 31 ca sinh/1.000 phụ nữ xuống 24 ca sinh/1.000 phụ nữ.",
     [("reach", "=", 24, "ca sinh/1.000 phụ nữ")]),
    ("Tổng giá trị giao dịch điện tử gấp 12 lần năm 2020.", [("reach", "=", 12, "lần")]),
    ("Số hộ thiếu nước ít nhất vào năm 2027 đạt 60%.", [("reach", ">=", 60, "%")]),
    ("Thu hút 2,4 triệu lượt khách.", [("reach", "=", 2.4, "triệu lượt khách")]),
    ("Thành lập 25 xã, phường.", [("reach", "=", 25, "xã, phường")]),
    ("Trình 12 đề án, ban hành kế hoạch.", [("reach", "=", 12, "đề án")]),
    ("Hỗ trợ 250 lượt người, cấp phát tờ rơi.", [("reach", "=", 250, "lượt người")]),
    ("Đào tạo 90 học viên, mỗi lớp không quá 35 học viên.", [("reach", "=", 90, "học viên")]),
    ("Đào tạo 90 học viên với thời lượng 120 tiết theo quy định.", [("reach", "=", 90, "học viên")]),
]  # fmt: skip


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
        "Để đạt mục tiêu tăng trưởng 8%, các phòng rà soát nhiệm vụ.",
        "Đơn vị có tỷ lệ viên chức nữ dưới 30% có thể điều chỉnh phù hợp.",
        "Bàn giao tài sản có nguyên giá dưới 01 tỷ đồng.",
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
    ("Huyện hoàn thành 41/58 nhiệm vụ.", [("level", 41, 58, "nhiệm vụ")]),
    ("Chi đầu tư 58,4 tỷ đồng/61,2 tỷ đồng, đạt 95,4% kế hoạch.",
     [("level", 58.4, 61.2, "tỷ đồng"), ("level", 95.4, None, "%")]),
    ("Thu nội địa 640 tỷ đồng, tăng 9,1% so cùng kỳ (587 tỷ đồng).",
     [("level", 640, None, "tỷ đồng"), ("increase", 9.1, None, "%"), ("level", 587, None, "tỷ đồng")]),
    ("Hội đồng nhân dân huyện quyết nghị tổng thu 310 tỷ đồng; trong đó: thu nội địa 290 tỷ đồng.", []),
    ("Giải quyết việc làm cho 4.150 lao động.", [("level", 4150, None, "lao động")]),
    ("Lợi nhuận tăng nhẹ 2,5%.", [("increase", 2.5, None, "%")]),
    ("Kim ngạch đạt 45,2 triệu USD, tăng 6,1% (tương ứng tăng 2,6 triệu USD) so với cùng kỳ năm 2023.",
     [("level", 45.2, None, "triệu USD"), ("increase", 6.1, None, "%"), ("increase", 2.6, None, "triệu USD")]),
    ("Gói thầu có giá trị hợp đồng 12 tỷ đồng, mặt cắt 4 làn xe.", []),
    ("Diện tích phải thu hồi 42 ha, đã bàn giao 30 ha.", [("level", 30, None, "ha")]),
    ("Đã giải ngân 3 tỷ đồng với lãi suất 6,6%/năm.", [("level", 3, None, "tỷ đồng")]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), RESULTS)
def test_results(sentence: str, expected: list[tuple[object, ...]]) -> None:
    facts = parse(document_of(f"I. KẾT QUẢ ĐẠT ĐƯỢC\n{sentence}\nII. HẠN CHẾ\nNội dung."))
    assert [(r.direction, r.value, r.max, r.unit) for r in facts.results] == expected
    assert facts.targets == []


def test_a_run_up_without_a_measure_speaks_of_the_one_before() -> None:
    text = (
        "I. KẾT QUẢ ĐẠT ĐƯỢC\nHội đồng nhân dân huyện quyết nghị tổng thu ngân sách 310 tỷ đồng; trong đó: thu nội địa "
        "290 tỷ đồng. Ước thực hiện cả năm là 355 tỷ đồng, vượt 14,5% so dự toán.\nII. HẠN CHẾ\nNội dung."
    )
    found = [(r.indicator, r.value) for r in parse(document_of(text)).results]
    assert found == [("tổng thu ngân sách", 355), ("tổng thu ngân sách", 14.5)]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Sản lượng cá ước đạt 1.240 tấn, đạt 101,5% kế hoạch, đáp ứng yêu cầu của thị trường.",
        "Đến nay, toàn huyện có 41 tấn giống dự trữ, chiếm 62% nhu cầu.",
        "Doanh thu 9 tháng năm 2024 đạt 88 tỷ đồng, tăng 4,2% so cùng kỳ.",
    ],
)
def test_a_paragraph_of_outcomes_reports_whatever_its_part(paragraph: str) -> None:
    facts = parse(document_of(f"1. Lĩnh vực kinh tế\n{paragraph}\n2. Lĩnh vực khác\nNội dung."))
    assert facts.targets == []
    assert len(facts.results) == 2


def test_a_promise_beside_a_comparison_stays_a_promise() -> None:
    text = "1. Lĩnh vực kinh tế\nPhấn đấu doanh thu đạt 95 tỷ đồng, tăng 6% so cùng kỳ.\n2. Lĩnh vực khác\nNội dung."
    facts = parse(document_of(text))
    assert [(t.direction, t.value) for t in facts.targets] == [("reach", 95), ("increase", 6)]
    assert facts.results == []


def test_a_past_year_beside_a_figure_of_a_goal_reports() -> None:
    text = "KẾ HOẠCH\nCải cách hành chính năm 2024\nI. MỤC TIÊU\nTỷ lệ hồ sơ trực tuyến đạt 75% (năm 2023: 62%).\n"
    facts = parse(
        document_of("Huyện Suối Ngà, ngày 15 tháng 01 năm 2024\n" + text + "II. TỔ CHỨC THỰC HIỆN\nNội dung.")
    )
    assert [t.value for t in facts.targets] == [75]
    assert [r.value for r in facts.results] == [62]


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


def test_the_name_of_a_field_under_a_report_asks_for_nothing() -> None:
    heading = "1. Kiểm sát việc giải quyết tin báo và kiến nghị khởi tố"
    facts = parse(document_of(f"BÁO CÁO\nKết quả công tác tháng 8\n{heading}\n- Ban hành 58 yêu cầu."))
    assert facts.targets == []
    assert [r.value for r in facts.results] == [58]


def test_a_text_of_no_type_that_opens_with_results_reports() -> None:
    facts = parse(document_of("KẾT QUẢ NỔI BẬT\n1. Hội Phụ nữ\n- Nhà tình thương: Trao 02 căn nhà.\nKhác."))
    assert facts.targets == []
    assert [(r.value, r.indicator) for r in facts.results] == [(2, "Nhà tình thương Trao căn nhà")]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("thanh tra, kiểm tra 12 đơn vị", ["thanh tra, kiểm tra 12 đơn vị"]),
        ("mở 02 lớp, trao chứng chỉ", ["mở 02 lớp", "trao chứng chỉ"]),
        ("họp, góp ý (thu, chi, vay), Công an, huyện", ["họp", "góp ý (thu, chi, vay)", "Công an", "huyện"]),
    ],
)
def test_a_comma_in_a_pair_of_words_parts_nothing(words: str, parts: list[str]) -> None:
    assert parts_of(words) == parts
