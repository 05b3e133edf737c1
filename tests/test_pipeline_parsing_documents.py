"""Whole fictional documents of several bodies: what parsing finds, kind by kind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.parsing import parse
from pipeline.records import Facts
from tests.parsing_text import document_of

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "cases" / "parsing_documents.json").read_text(encoding="utf-8")
)


def found(facts: Facts, kind: str) -> list[list[Any]]:
    """The defining fields of each fact of a kind."""
    if kind == "sections":
        return [section.id for section in facts.sections]  # type: ignore[misc]
    if kind == "targets":
        return [[f.direction, f.comparator, f.value, f.unit] for f in facts.targets]
    if kind == "results":
        return [[f.direction, f.value, f.max, f.unit] for f in facts.results]
    if kind == "references":
        return [[f.kind, f.number, f.date, f.role] for f in facts.references]
    if kind == "responsibilities":
        return [[f.role, f.units] for f in facts.responsibilities]
    return [[f.relation, f.due] for f in facts.deadlines]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_header(case: dict[str, Any]) -> None:
    header = parse(document_of(case["text"])).header
    assert {name: getattr(header, name) for name in case["header"]} == case["header"]
    assert header.recipients == case["recipients"]
    if "signer" in case:
        assert [header.signer.capacity, header.signer.position, header.signer.name] == case["signer"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
@pytest.mark.parametrize("kind", ["sections", "targets", "results", "references", "responsibilities", "deadlines"])
def test_facts(case: dict[str, Any], kind: str) -> None:
    if kind not in case:
        pytest.skip("not said")
    assert found(parse(document_of(case["text"])), kind) == case[kind]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_fact_stands_where_it_says(case: dict[str, Any]) -> None:
    document = document_of(case["text"])
    facts = parse(document)
    for kind in ("sections", "targets", "results", "references", "responsibilities", "deadlines"):
        for fact in getattr(facts, kind):
            start, end = fact.evidence.span
            assert " ".join(document.text[start:end].split()) == fact.evidence.quote
            assert 0 < fact.confidence <= 1 and fact.rule


def test_doubt_and_confidence_of_the_words_reach_the_facts() -> None:
    text = CASES[3]["text"]
    facts = parse(document_of(text, confidence=0.5, doubts=("number_disputed",)))
    assert facts.references and facts.targets
    for fact in [*facts.references, *facts.targets, *facts.deadlines, *facts.sections]:
        assert fact.confidence is not None and fact.confidence <= 0.5
        assert "number_disputed" in fact.doubts
    assert "number_disputed" in facts.header.doubts["number"]


def test_a_blank_number_and_a_blank_day_are_flagged() -> None:
    header = parse(document_of(CASES[1]["text"])).header
    assert header.doubts["number"] == ["blank_number"]
    assert header.doubts["date"] == ["blank_or_impossible_date"]


def test_what_disagrees_is_flagged() -> None:
    text = "Căn cứ Kế hoạch số 12/QĐ-UBND ngày 31/02/2025; Nghị định số 15/2020/NĐ-CP ngày 01/3/2021 của Chính phủ."
    first, second = parse(document_of(text)).references
    assert first.date is None and set(first.doubts) == {"kind_and_symbol_disagree", "impossible_date"}
    assert second.doubts == ["year_and_date_disagree"]


def test_a_gap_in_the_numbering_is_a_warning() -> None:
    facts = parse(document_of("I. MỤC ĐÍCH\nNội dung thứ nhất.\nIII. TỔ CHỨC\nNội dung thứ ba."))
    assert [warning.code for warning in facts.warnings] == ["numbering_gap"]
    assert [section.id for section in facts.sections] == ["I", "III"]


def test_an_attached_plan_numbers_its_nodes_anew() -> None:
    text = (
        "UBND TỈNH HÀ AN\nSố: 7/QĐ-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHà An, ngày 12 tháng 3 năm 2025\n"
        "QUYẾT ĐỊNH\nBan hành Kế hoạch trồng cây năm 2025\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\n"
        "Căn cứ Luật Lâm nghiệp ngày 15/11/2017;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành kèm theo Quyết định này Kế hoạch "
        "trồng cây.\n"
        "Điều 2. Chánh Văn phòng UBND tỉnh chịu trách nhiệm thi hành Quyết định này./.\n"
        "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\nCHỦ TỊCH\nLương Văn Tre\n"
        "KẾ HOẠCH\nTrồng cây năm 2025\n(Ban hành kèm theo Quyết định số 7/QĐ-UBND ngày 12 tháng 3 năm 2025)\n"
        "I. MỤC TIÊU\nPhấn đấu trồng mới 50 ha rừng.\nII. TỔ CHỨC THỰC HIỆN\n1. Hạt Kiểm lâm\nHướng dẫn kỹ thuật."
    )
    facts = parse(document_of(text))
    assert [section.id for section in facts.sections] == ["Điều 1", "Điều 2", "I", "II", "II/1"]
    assert facts.header.title == "Ban hành Kế hoạch trồng cây năm 2025"
    assert [(r.kind, r.number) for r in facts.references] == [("Luật", None)]
    assert [(t.value, t.unit, t.section) for t in facts.targets] == [(50, "ha", "I")]


def test_later_mentions_are_of_the_same_document() -> None:
    text = (
        "Thực hiện Kế hoạch số 39/KH-UBND ngày 12/5/2025 của UBND tỉnh về trồng rừng.\nI. NHIỆM VỤ\n"
        "1. Triển khai Kế hoạch số 39/KH-UBND kịp thời.\n2. Báo cáo kết quả Kế hoạch 39 nêu trên.\n"
    )
    (reference,) = parse(document_of(text)).references
    assert (reference.number, reference.date, reference.role) == ("39/KH-UBND", "2025-05-12", "basis")
    assert [mention.lines for mention in reference.mentions] == [(1, 1), (3, 3), (4, 4)]


def test_what_is_to_be_written_is_cited_nowhere() -> None:
    text = (
        "1. Các xã xây dựng Kế hoạch thủy lợi 5 năm 2031-2035.\n2. Mục tiêu của Kế hoạch thủy lợi 5 năm 2031-2035.\n"
        "3. Đánh giá Nghị quyết Hội đồng nhân dân tỉnh về kế hoạch trồng rừng 5 năm 2026-2030.\n"
        "4. Theo Nghị quyết Đại hội Đảng bộ tỉnh lần thứ IX.\n5. Theo Nghị quyết Đại hội tỉnh Đảng bộ lần thứ IX."
    )
    found = parse(document_of(text)).references
    assert [(f.kind, f.title, f.issuer) for f in found] == [
        ("Nghị quyết", "kế hoạch trồng rừng 5 năm 2026-2030", "Hội đồng nhân dân tỉnh"),
        ("Nghị quyết", "Đại hội Đảng bộ tỉnh lần thứ IX", None),
    ]


def test_the_reports_that_a_meeting_heard_are_cited() -> None:
    text = (
        "THÔNG BÁO\nKết luận hội nghị trồng rừng\nSau khi nghe Báo cáo tổng kết trồng rừng năm 2030, nhiệm vụ năm 2031;"
        " Báo cáo kết quả thi đua năm 2030; ý kiến của các xã, Chủ tịch huyện kết luận:\n1. Trồng bù rừng chết."
    )
    found = parse(document_of(text)).references
    assert [(f.kind, f.title) for f in found] == [
        ("Báo cáo", "tổng kết trồng rừng năm 2030, nhiệm vụ năm 2031"),
        ("Báo cáo", "kết quả thi đua năm 2030"),
    ]


def test_the_day_told_before_a_list_is_that_of_each() -> None:
    text = "Ngày 03/10/2025 Sở Y tế có các Văn bản: số 31/SYT-NV về trực dịch; số 32/SYT-NV về phun thuốc muỗi."
    found = parse(document_of(f"BÁO CÁO\nPhòng dịch\nI. CHỈ ĐẠO\n{text}")).references
    assert [(f.number, f.date) for f in found] == [("31/SYT-NV", "2025-10-03"), ("32/SYT-NV", "2025-10-03")]


LOUD_TITLES: list[tuple[str, str]] = [
    ("TRỒNG RỪNG ĐẾN NĂM 2035\nTRÊN ĐỊA BÀN TỈNH HÀ AN", "TRỒNG RỪNG ĐẾN NĂM 2035 TRÊN ĐỊA BÀN TỈNH HÀ AN"),
    ("THỰC HIỆN Ý KIẾN CỦA\nTHỦ TƯỚNG VỀ TRỒNG RỪNG", "THỰC HIỆN Ý KIẾN CỦA THỦ TƯỚNG VỀ TRỒNG RỪNG"),
    ("VỀ TRỒNG RỪNG VEN BIỂN\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", "VỀ TRỒNG RỪNG VEN BIỂN"),
    ("V/V TRỒNG RỪNG VEN BIỂN", "TRỒNG RỪNG VEN BIỂN"),
]


@pytest.mark.parametrize(("lines", "title"), LOUD_TITLES)
def test_a_title_in_capitals_goes_on_to_its_last_line(lines: str, title: str) -> None:
    prose = "Trên cơ sở tình hình các xã ven biển, việc này làm trong năm, theo tiến độ mà từng xã đã đăng ký.\n" * 4
    text = f"UBND TỈNH HÀ AN\nHà An, ngày 12 tháng 3 năm 2025\nKẾ HOẠCH\n{lines}\n{prose}1. Rà soát đất."
    facts = parse(document_of(text))
    assert facts.header.title == title
    assert [section.id for section in facts.sections] == ["1"]


def test_what_a_report_tells_of_is_not_due() -> None:
    text = (
        "BÁO CÁO\nTình hình công tác tháng 2\nI. CÔNG TÁC TRỌNG TÂM\n"
        "- Ngày 13 tháng 01 năm 2030, Sở ban hành Kế hoạch số 13/KH-SXD về sửa cầu.\n"
        "- Sở đã có thông báo cho các đơn vị được nghỉ làm việc ngày 19/02/2030 và làm bù vào ngày 27/02/2030.\n"
        "- Ngày 08/3/2030, tổ chức hội nghị tổng kết."
    )
    facts = parse(document_of(text))
    assert [(f.relation, f.due) for f in facts.deadlines] == [("on", "2030-03-08")]
    assert [(f.number, f.date, f.issuer) for f in facts.references] == [("13/KH-SXD", "2030-01-13", "Sở")]


@pytest.mark.parametrize(
    ("title", "named"), [("Trồng rừng ven biển năm 2025", []), ("Thành lập tổ công tác năm 2025", ["Kế hoạch"])]
)
def test_a_document_does_not_cite_itself(title: str, named: list[str]) -> None:
    text = f"KẾ HOẠCH\n{title}\nI. NHIỆM VỤ\nCác xã bám sát Kế hoạch trồng rừng ven biển năm 2025."
    assert [f.kind for f in parse(document_of(text)).references] == named


TITLES: list[tuple[str, str | None]] = [
    ("1. Mục tiêu 2. Lĩnh vực thủy lợi", "Mục tiêu 2. Lĩnh vực thủy lợi"),
    ("1. Về việc mở tuyến xe buýt; về bến bãi: giao Sở Xây dựng trả lời.", "Về việc mở tuyến xe buýt; về bến bãi"),
    ("1. Các Sở: Y tế, Nội vụ rà soát danh sách.", None),
    ("1. Phát triển kinh tế rừng (12 mục tiêu)", "Phát triển kinh tế rừng (12 mục tiêu)"),
]


@pytest.mark.parametrize("line, heading", TITLES)
def test_heading(line: str, heading: str | None) -> None:
    prose = "Việc này làm trong năm, theo tiến độ mà từng xã đã đăng ký với cơ quan thường trực.\n" * 4
    facts = parse(document_of(f"KẾ HOẠCH\nTrồng rừng\nCăn cứ tình hình.\n{line}\n{prose}"))
    assert [section.heading for section in facts.sections] == [heading]


def test_each_line_of_a_text_that_no_program_wrapped_is_a_paragraph() -> None:
    prose = f"Phòng Tài chính bố trí kinh phí theo tiến độ{', theo phần mà từng xã đã đăng ký' * 4}."
    text = f"KẾ HOẠCH\nTrồng rừng\nI. NHIỆM VỤ\n{prose}\nVăn phòng theo dõi tiến độ.\n{prose}\n{prose}"
    facts = parse(document_of(text))
    assert facts.sections[0].text.count("\n") == 3


@pytest.mark.parametrize("label", ["II", "III"])
def test_numbering_whose_start_is_lost(label: str) -> None:
    facts = parse(document_of(f"1. Kết quả\nTốt.\n2. Hạn chế\nÍt.\n{label}. NHIỆM VỤ\n1. Rà soát\nĐầy đủ."))
    assert [section.id for section in facts.sections] == ["1", "2", label, f"{label}/1"]


def test_year_of_the_sentence_is_none_of_a_plan() -> None:
    text = "1. Lập kế hoạch phân bổ vốn, báo cáo kết quả trong Quý I năm 2026.\n2. Theo Đề án Làng nghề năm 2025."
    assert [f.title for f in parse(document_of(text)).references] == ["Làng nghề năm 2025"]
