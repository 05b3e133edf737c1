"""References as documents cite them: each case is a text under a title, with the documents that it names.

A case in ``cases/parsing_references.json`` has why it is there, the document's title, its text, and per reference type,
number, title and issuer.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.parsing import parse
from tests.parsing_text import document_of

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "cases" / "parsing_references.json").read_text("utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_references(case: dict[str, Any]) -> None:
    head = f"VĂN PHÒNG TỈNH HÀ AN\nSố: 6/TB-VP\nHà An, ngày 12 tháng 3 năm 2025\nTHÔNG BÁO\n{case['title']}\n"
    facts = parse(document_of(head + case["text"]))
    assert [[f.kind, f.number, f.title, f.issuer] for f in facts.references] == case["references"]
