"""Time: linear in the text, whatever the text; and no text makes parsing fail."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.parsing import parse
from pipeline.parsing.paragraphs import LONGEST, rejoin
from pipeline.parsing.zones import divide
from tests.parsing_text import document_of

PAGE = (
    "I. NHIỆM VỤ\n1. Công tác chỉ đạo\na) Văn phòng Sở chủ trì, phối hợp với các phòng thực hiện Quyết định số "
    "12/QĐ-UBND ngày\n"
    "02/4/2025 của UBND tỉnh về giao chỉ tiêu; phấn đấu 95% hồ sơ đúng hạn, hoàn thành trước ngày 15/12/2025.\n"
    "- Kết quả năm 2024 đạt 8,41/10 điểm, tăng 3,5% so với năm 2023.\n" * 6
)
HOSTILE = {
    "digits": "7" * 1000,
    "percentages": "7% " * 300,
    "labels": "a) " * 300,
    "label lines": "a)\n" * 300,
    "brackets": "(" * 500 + ")" * 500,
    "spaced brackets": "( " * 500,
    "preambles": "Căn cứ " * 140,
    "references": "Quyết định số 1/QĐ-UBND, " * 40,
    "units": "Sở Y tế, " * 110,
    "coordination": "phối hợp với Sở Y tế " * 48,
    "days": "trước ngày 12/12/2025 " * 45,
    "plans": "kế hoạch " * 110,
    "amending laws": "luật sửa đổi luật " * 55,
    "cues": "không quá " * 100,
    "mottoes": "cong hoa xa hoi chu nghia " * 38,
    "recipients": "Nơi nhận:\n- A;\n" * 66,
    "marks": "a\u0301" * 500,
}


def seconds(text: str) -> float:
    document = document_of(text)
    start = time.process_time()  # the machine may be busy with other tests
    parse(document)
    return time.process_time() - start


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_in_proportion(name: str) -> None:
    unit = HOSTILE[name]
    small, large = (min(seconds(unit * times) for _ in range(2)) for times in (5, 20))
    # four times the text: quadratic work would be sixteen times the time; a busy machine slows one of two runs
    assert large < 8 * small + 0.5, f"{small:.2f} s, then {large:.2f} s"


def test_a_long_plan_takes_time_by_the_page() -> None:
    seconds(PAGE)  # the pipeline is made once
    few, many = (seconds((PAGE * (count * 2500 // len(PAGE) + 1))[: count * 2500]) for count in (25, 100))
    assert many < 8 * few + 0.5, f"{few:.2f} s, then {many:.2f} s"


def test_no_paragraph_is_longer_than_the_limit() -> None:
    for text in ("x" * 50_000, "từ " * 20_000, "- Việc\n" * 10_000):
        view = rejoin(divide(document_of(text)))
        assert max(paragraph.end - paragraph.start for paragraph in view.paragraphs) <= LONGEST


def _letters(text: str) -> str:
    """Return a text without space, digits and dashes: a page number between two lines of a paragraph is left out."""
    return re.sub(r"[\s\d–-]", "", text)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aăđiộ ABĐ0159.,;:()/-–%\nỞở", max_size=400))
def test_any_text_parses_and_leads_back(text: str) -> None:
    document = document_of(text)
    view = rejoin(divide(document))
    for paragraph in view.paragraphs:
        words = view.text[paragraph.start : paragraph.end]
        if words.strip():
            start, end = view.source(paragraph.start, paragraph.end)
            assert _letters(document.text[start:end]) == _letters(words)
    parse(document)


@pytest.mark.parametrize("text", ["", "\n\n\n", " ", ".", "1.", "Nơi nhận:", "KẾ HOẠCH", "Số:", "V/v", "Điều"])
def test_scraps(text: str) -> None:
    parse(document_of(text))
