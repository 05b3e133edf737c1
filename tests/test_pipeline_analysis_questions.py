"""Canned questions: each is answered, each narrows by what it is given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from pipeline.analysis import tabulate
from pipeline.analysis.database import Database
from pipeline.analysis.questions import BY_NAME, QUESTIONS
from pipeline.errors import UsageError
from tests.analysis_store import decision, plan, record, result, target, write


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    later = {"number": "30/KH-STL", "date": "2025-06-01"}
    other = {"issuer": "SỞ XÂY DỰNG", "number": "9/KH-SXD"}
    records = {
        "plan": plan(),
        "decision": decision(),
        "later": record("later.pdf", header=later, targets=[target(80), target(30, "Thời gian", period="2026")]),
        "other": record("other.pdf", header=other, targets=[target(60)], results=[result(55, period="2024")]),
    }
    folder = write(tmp_path_factory.mktemp("store"), **records)
    tabulate.refresh(folder)
    with Database(folder, threads=1) as one:
        yield one


def ask(database: Database, name: str, **given: Any) -> list[dict[str, Any]]:
    question = BY_NAME[name]
    answer = database.ask(question.sql, question.values(given))
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


@pytest.mark.parametrize(
    ("name", "given", "files"),
    [
        ("targets", {}, ["later", "later", "decision", "other", "plan", "plan"]),
        ("targets", {"indicator": "chi so hai long"}, ["later", "other", "plan"]),
        ("targets", {"indicator": "Chỉ số", "least": "70"}, ["later", "plan"]),
        ("targets", {"most": 60, "issuer": "xay dung"}, ["other"]),
        ("targets", {"year": "2026"}, ["later"]),
        ("targets", {"direction": "decrease"}, ["plan"]),
        ("targets", {"issuer": "UBND tỉnh", "indicator": "thời"}, ["later", "plan"]),
        ("results", {"year": 2024}, ["other"]),
        ("results", {"subject": "thuy loi"}, ["other", "plan"]),
        ("promises", {"indicator": "hài lòng", "least": 70, "year": 2025, "before": "2025-12-31"}, ["later", "plan"]),
        ("due", {"before": "2025-12-15"}, ["plan"]),
        ("due", {"before": "16/12/2025", "unit": "Văn phòng"}, ["plan", "plan"]),
        ("due", {"since": "2026-01-01"}, ["plan"]),
        ("due", {"task": "ra soat"}, ["plan"]),
        ("responsibilities", {"unit": "van phong", "role": "lead"}, ["plan"]),
        ("responsibilities", {"issued": 2024}, []),
        ("tasks", {"unit": "tổ chức"}, ["plan"]),
        ("cites", {"number": "608/qđ-ubnd"}, ["plan"]),
        ("cites", {"number": "608/QĐ-UBND", "date": "2024-01-01"}, []),
        ("cites", {"number": "608/QĐ-UBND", "role": "mention"}, []),
        ("cited", {"number": "12/KH-STL"}, ["plan", "plan"]),
        ("conflicts", {}, ["plan", "later"]),
        ("conflicts", {"within": "authority"}, ["plan", "later", "other"]),
        ("conflicts", {"year": 2026}, []),
        ("progress", {}, ["later", "plan"]),
        ("doubtful", {}, ["plan"]),
        ("doubtful", {"kind": "results"}, []),
    ],
)  # fmt: skip
def test_questions_are_answered(database: Database, name: str, given: dict[str, Any], files: list[str]) -> None:
    assert [row["file"].removesuffix(".pdf") for row in ask(database, name, **given)] == files


def test_one_question_tells_promise_basis_lead_and_what_is_due(database: Database) -> None:
    row = ask(database, "promises", indicator="hài lòng", least=75, year=2025, before="2025-12-31")[1]
    assert row["promise"] == "Chỉ số hài lòng ≥ 75 điểm"
    assert row["basis"] == "Quyết định 608/QĐ-UBND"
    assert row["lead"] == "Văn phòng Sở"
    assert row["due"] == "15/12/2025 báo cáo kết quả"


def test_a_promise_is_held_against_what_was_reached(database: Database) -> None:
    rows = ask(database, "progress", indicator="hai long")
    assert [(row["promised"], row["reached"], row["kept"]) for row in rows] == [
        (80.0, 70.0, False),
        (75.0, 70.0, False),
    ]


def test_bodies_are_counted(database: Database) -> None:
    (first, *_) = ask(database, "bodies")
    assert (first["issuer"], first["documents"], first["first"]) == ("SỞ THỦY LỢI", 2, date(2025, 1, 20))


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("cites", {}),
        ("targets", {"year": "soon"}),
        ("targets", {"least": "much"}),
        ("targets", {"colour": "red"}),
        ("due", {"before": "15.12"}),
        ("due", {"before": "2025-02-30"}),
        ("conflicts", {"within": "galaxy"}),
    ],
)
def test_what_makes_no_sense_is_refused(name: str, given: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        BY_NAME[name].values(given)


def test_every_question_and_parameter_is_described() -> None:
    for question in QUESTIONS:
        assert question.about
        assert all(parameter.about for parameter in question.parameters)
        assert all(f"${parameter.name}" in question.sql for parameter in question.parameters)
