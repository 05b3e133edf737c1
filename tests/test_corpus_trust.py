"""Confidence set against truth: bands, doubts and rules are counted, and nothing of a document is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus import trust

FACT = {"due": "2025-12-15", "relation": "before", "section": "I"}


def record(*confidences: float) -> dict[str, Any]:
    facts = [
        FACT | {"due": f"2025-12-{15 + number}", "confidence": sure, "rule": "date_before", "doubts": []}
        for number, sure in enumerate(confidences)
    ]
    return {"pages": [], "header": {}, "deadlines": facts}


def test_each_fact_is_judged_by_itself() -> None:
    judged = list(trust.judge({"header": {}, "deadlines": [FACT]}, record(0.9, 0.4)))
    assert [(fact.kind, fact.rule, fact.confidence, fact.right) for fact in judged] == [
        ("deadlines", "date_before", 0.9, True),
        ("deadlines", "date_before", 0.4, False),
    ]


def test_bands_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    truth, records = tmp_path / "truth", tmp_path / "records"
    truth.mkdir()
    records.mkdir()
    (truth / "a.json").write_text(json.dumps({"header": {}, "deadlines": [FACT]}))
    (records / "a.pdf.json").write_text(json.dumps(record(1.0, 0.4)))
    assert trust.main(["--records", str(records), "--truth", str(truth)]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["0.95", "to", "1.00", "1", "50.0%", "1.000", "1.000"] in lines
    assert ["0.00", "to", "0.50", "1", "50.0%", "0.400", "0.000"] in lines
    assert trust.main(["--records", str(truth), "--truth", str(truth)]) == 1
