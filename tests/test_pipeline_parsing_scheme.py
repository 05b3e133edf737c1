"""Labels that a reader of pictures spoiled are read anew by their siblings, and flagged; sound ones stay."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Box, Document, Line, Page, Word
from pipeline.parsing import parse
from pipeline.parsing.slips import opens_spoiled, readings
from tests.parsing_text import document_of

CASES = json.loads((Path(__file__).parent / "cases" / "parsing_slips.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_the_scheme_tells_what_a_label_was(case: dict[str, list[str]]) -> None:
    sections = parse(document_of("\n".join(case["labels"]))).sections
    assert [section.id for section in sections] == case["ids"]


def test_a_label_read_anew_is_flagged_and_its_evidence_is_as_read() -> None:
    text = "I. MỤC ĐÍCH\nII. NHIỆM VỤ\nHI. TỔ CHỨC THỰC HIỆN"
    last = parse(document_of(text)).sections[-1]
    assert (last.label, last.rule, last.doubts) == ("III.", "label_reread", ["label_repaired"])
    assert last.evidence.quote.startswith("HI.")


@pytest.mark.parametrize(
    ("lines", "ids"),
    [
        ("3. Thi công:\na) Phần đường;\nb) Phần cầu.\n4) Giải ngân.\n5) Bãi đổ.", ["3", "3/a", "3/b", "4", "5"]),
        ("3. Thi công:\n1) Phần đường;\n2) Phần cầu.\n4. Giải ngân.", ["3", "3/1", "3/2", "4"]),
    ],
)
def test_a_label_that_is_closed_otherwise_than_its_siblings_stands_beside_them(lines: str, ids: list[str]) -> None:
    assert [section.id for section in parse(document_of(lines)).sections] == ids


def test_a_gap_in_the_numbering_is_a_warning() -> None:
    warnings = parse(document_of("1. Một việc.\n2. Hai việc.\n4. Bốn việc.")).warnings
    assert [warning.code for warning in warnings] == ["numbering_gap"]


def test_on_a_scan_a_numeral_that_stands_twice_lost_a_stroke() -> None:
    lines = []
    for number, text in enumerate(("I. MỤC ĐÍCH", "II. NHIỆM VỤ", "II. TỔ CHỨC")):
        words = [Word(w, w, Box(60.0 + 40 * i, 100.0 + 20 * number, 95.0 + 40 * i, 112.0 + 20 * number))
                 for i, w in enumerate(text.split())]  # fmt: skip
        lines.append(Line(words))
    sections = parse(Document([Page(1, 595.0, 842.0, "ocr", lines)])).sections
    assert [section.id for section in sections] == ["I", "II", "III"]


@pytest.mark.parametrize(
    ("text", "bare"), [("HI. A", "III"), ("C) Rà soát", "c"), ("A. Sở", "4"), ("2,1. Sở", "2.1"), ("S. Sở", "5")]
)
def test_readings_hold_what_was_printed(text: str, bare: str) -> None:
    assert bare in [label.bare for label in readings(text)]


def test_a_digit_is_never_read_as_another() -> None:
    assert {label.bare for label in readings("3. Rà soát") if label.style == "1"} == {"3"}


@given(st.text(max_size=60))
def test_readings_never_fail(text: str) -> None:
    assert all(label.value > 0 and label.end <= len(text) for label in readings(text))
    assert opens_spoiled(text) in (True, False)
