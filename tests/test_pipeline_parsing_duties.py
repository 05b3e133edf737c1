"""Who is to do what by when, as clerks of many bodies write it: each case is a passage of a plan under a heading.

A case in ``cases/parsing_duties.json`` says all responsibilities (role, units), references (kind, number, date) and
deadlines (relation, day) of its passage; an empty list says that there are none.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.parsing import parse
from pipeline.parsing.verbs import verb_at
from tests.parsing_text import document_of

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "parsing_duties.json").read_text("utf-8"))


def document(case: dict[str, Any]) -> str:
    """Return the case as a plan of a district that does not exist."""
    return (
        "UBND HUYỆN LƯƠNG PHÚ\nSố: 12/KH-UBND\nLương Phú, ngày 10 tháng 01 năm 2025\nKẾ HOẠCH\nThực hiện công tác năm\n"
        f"{case['heading']}\n{case['text']}\nV. NỘI DUNG KHÁC\nKinh phí lấy từ ngân sách.\n"
    )


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_duties(case: dict[str, Any]) -> None:
    facts = parse(document_of(document(case)))
    assert [[f.role, f.units] for f in facts.responsibilities] == case["responsibilities"]
    assert [[f.kind, f.number, f.date] for f in facts.references] == case["references"]
    assert [[f.relation, f.due] for f in facts.deadlines] == case["deadlines"]


HEADINGS = [
    ("1. Hoàn thiện quy chế; gỡ bỏ thủ tục thừa", "1.1. Rà soát quy chế.", "Hoàn thiện quy chế; gỡ bỏ thủ tục thừa"),
    ("1. Phấn đấu đạt các chỉ tiêu sau:", "a) Chỉ tiêu thu ngân sách", "Phấn đấu đạt các chỉ tiêu sau"),
    ("1. Nâng chất lượng dạy học; sửa trường lớp.", "- Sửa mái trường.", None),
    (
        "1. Thi hành bản án đã có hiệu lực pháp luật: Xong 12 bản án.",
        "2. Công tác khác",
        "Thi hành bản án đã có hiệu lực pháp luật",
    ),
    ("1. Viết sổ tay 60 trang, trình huyện trước ngày 15/8/2025.", "Đơn vị chủ trì: Phòng Y tế.", None),
    ("1. Tổ chức Ngày hội đọc sách vào ngày 10/10/2025.", "1.1. Trưng bày sách.", None),
]


@pytest.mark.parametrize(("line", "below", "heading"), HEADINGS)
def test_what_stands_over_labels_of_its_own_is_their_title(line: str, below: str, heading: str | None) -> None:
    facts = parse(document_of(document({"heading": "II. NHIỆM VỤ", "text": f"{line}\n{below}"})))
    assert next(section.heading for section in facts.sections if section.id == "II/1") == heading


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("chủ trì họp", "chủ trì"), ("trồng cây", "trồng"), ("trồng trọt", None), ("dọn xong rác", "dọn xong"),
        ("trực", None), ("trực ban", "trực"), ("trực thuộc sở", None), ("hành chính", None), ("", None),
    ],
)  # fmt: skip
def test_verbs(text: str, verb: str | None) -> None:
    found = verb_at(text, 0)
    assert (None if found is None else text[: found.end]) == verb
