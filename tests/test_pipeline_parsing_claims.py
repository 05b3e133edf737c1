"""Claims of plans and reports: each case is a stretch of text under a heading, with the targets and results it makes.

A case in ``cases/parsing_claims.json`` has the document's type, a heading, the text, and per target direction,
comparator, value, unit, indicator; per result direction, value, max, unit, indicator. Indicators need half their words
in common with what was found, as the scorer of the shared material has it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipeline.parsing import parse
from tests.parsing_text import document_of

pytestmark = pytest.mark.usefixtures("rules_alone")

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / "parsing_claims.json").read_text("utf-8"))
DATES = {"KẾ HOẠCH": "ngày 10 tháng 01 năm 2025", "BÁO CÁO": "ngày 10 tháng 10 năm 2024"}
SYMBOLS = {"KẾ HOẠCH": "KH", "BÁO CÁO": "BC"}


def document(case: dict[str, Any]) -> str:
    """Return the case as a document of a district that does not exist."""
    kind = case["type"]
    return (
        f"UBND HUYỆN LƯƠNG PHÚ\nSố: 12/{SYMBOLS[kind]}-UBND\nLương Phú, {DATES[kind]}\n{kind}\nThực hiện công tác năm\n"
        f"{case['heading']}\n{case['text']}\nV. NỘI DUNG KHÁC\nCác phòng thực hiện.\n"
    )


def alike(one: str, other: str) -> float:
    """Bag-of-words F1 of two strings, 0 to 1."""
    first, second = (Counter(re.findall(r"\w+", text.lower())) for text in (one, other))
    return 2 * sum((first & second).values()) / max(1, sum(first.values()) + sum(second.values()))


def assert_claims(found: list[tuple[Any, ...]], expected: list[list[Any]]) -> None:
    """Same figures in the same order, and indicators alike; the indicator stands last."""
    assert [claim[:-1] for claim in found] == [tuple(claim[:-1]) for claim in expected]
    for claim, wanted in zip(found, expected, strict=True):
        assert alike(claim[-1], wanted[-1]) >= 0.5, (claim[-1], wanted[-1])


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_claims(case: dict[str, Any]) -> None:
    facts = parse(document_of(document(case)))
    assert_claims([(t.direction, t.comparator, t.value, t.unit, t.indicator) for t in facts.targets], case["targets"])
    assert_claims([(r.direction, r.value, r.max, r.unit, r.indicator) for r in facts.results], case["results"])


@pytest.mark.parametrize("word", ["98%", "1.245", "3,5%"])
def test_a_doubtful_number_carries_its_flag(word: str) -> None:
    unit = "" if "%" in word else " hồ sơ"
    document = document_of(f"BÁO CÁO\nI. KẾT QUẢ ĐẠT ĐƯỢC\nĐã tiếp nhận, giải quyết đạt {word}{unit} trong kỳ.")
    for line in document.pages[0].lines:
        for token in line.words:
            if token.text == word:
                token.doubts = ("digit_doubtful",)
    facts = parse(document)
    (result,) = facts.results
    assert "digit_doubtful" in result.doubts
