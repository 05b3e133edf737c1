"""tables, query, ask, search and export from the command line: what they print, where, and their exit codes."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from pipeline import cli, corrections
from pipeline.analysis import tabulate
from pipeline.corrections import FACT_KINDS, HEADER_FIELDS, Correction
from tests.analysis_store import decision, plan, record, write


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write(tmp_path_factory.mktemp("store"), plan=plan(), decision=decision())
    tabulate.refresh(folder)
    return folder


def test_tables_are_made_and_what_is_left_out_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, plan=plan())
    assert cli.main(["tables", str(tmp_path), "--jobs", "1"]) == 0
    assert "1 document in the tables: 1 read" in capsys.readouterr().out
    (tmp_path / "half.pdf.json").write_text('{"schema": "vanban/1"')
    assert cli.main(["tables", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert "half.pdf.json: left out" in told.err
    assert "0 read, 1 unchanged, 0 gone, 1 left out" in told.out


def test_a_query_is_answered_in_every_form(where: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    sql = "SELECT file, n_targets FROM documents ORDER BY file"
    assert cli.main(["query", str(where), sql]) == 0
    assert "decision.pdf" in capfd.readouterr().out
    assert cli.main(["query", str(where), sql, "--format", "csv"]) == 0
    assert capfd.readouterr().out == "file,n_targets\r\ndecision.pdf,1\r\nplan.pdf,2\r\n"
    assert cli.main(["query", str(where), sql, "--format", "json"]) == 0
    assert json.loads(capfd.readouterr().out)[1] == {"file": "plan.pdf", "n_targets": 2}
    assert cli.main(["query", str(where), sql, "--output", str(tmp_path / "a.xlsx")]) == 0
    assert (tmp_path / "a.xlsx").exists()


def test_a_query_comes_from_standard_input(
    where: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("SELECT 1 AS one"))
    assert cli.main(["query", str(where), "-", "--format", "jsonl"]) == 0
    assert capfd.readouterr().out == '{"one": 1}\n'


def test_rows_left_out_are_told(where: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ask", str(where), "targets", "--rows", "1", "--format", "csv"]) == 0
    told = capfd.readouterr()
    assert len(told.out.splitlines()) == 2
    assert "more than 1 row;" in told.err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["query", "STORE", "DROP VIEW targets"], 2, "only a single SELECT"),
        (["query", "STORE", "SELECT count(*) FROM range(1000000000000)", "--seconds", "0.2"], 2, "longer than 0.2"),
        (["query", "STORE"], 2, "the SQL is missing"),
        (["query", "STORE/none", "SELECT 1"], 4, "no such folder"),
        (["ask", "STORE", "targets", "--year", "soon"], 2, "--year must be a year, as 2025, not 'soon'"),
        (["ask", "STORE", "due", "--before", "31/2/2025"], 2, "--before must be a day, as 2025-12-15"),
        (["ask", "STORE", "targets", "--format", "xlsx"], 2, "--output"),
        (["search", "STORE", "…"], 2, "no word"),
        (["export", "STORE"], 2, "--xlsx"),
        (["export", "STORE", "--csv", "STORE/plan.pdf.json/x"], 5, "cannot be made"),
    ],
)
def test_what_cannot_be_done_is_said_and_has_its_exit_code(
    where: Path, capfd: pytest.CaptureFixture[str], words: list[str], code: int, told: str
) -> None:
    assert cli.main([word.replace("STORE", str(where)) for word in words]) == code
    assert told in capfd.readouterr().err


def test_the_schema_names_every_table(where: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["query", str(where), "--schema"]) == 0
    printed = capfd.readouterr().out
    assert all(f"\n{name}: " in f"\n{printed}" for name in ("documents", "tasks", "cells", "citations"))


def test_a_search_shows_where_it_found_the_words(where: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["search", str(where), "hài", "lòng"]) == 0
    printed = capfd.readouterr().out
    assert "plan.pdf, page 1" in printed
    assert "Chỉ số hài lòng đạt ít nhất 75 điểm" in printed
    assert cli.main(["search", str(where), "hai long", "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["file"] == "plan.pdf"


def test_documents_judged_throughout_become_truth(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    where = write(tmp_path / "store", sub__judged=plan(), begun=record("begun.pdf"))
    read = plan()
    keys = [corrections.header_key(read, part) for part in HEADER_FIELDS]
    keys += [corrections.key_of(read, kind, n) for kind in FACT_KINDS for n in range(len(getattr(read, kind)))]  # type: ignore[arg-type]
    for key in keys:
        said = Correction(key=key, action="accept", who="Lan", when="2026-11-22T08:00:00Z")
        corrections.add(where / "sub" / "judged.pdf.json", read, said, seen=0)
    first = Correction(key=keys[0], action="accept", who="Lan", when="2026-11-22T08:00:00Z")
    corrections.add(where / "begun.pdf.json", record("begun.pdf"), first, seen=0)
    tabulate.refresh(where)
    assert cli.main(["export", str(where), "--truth", str(tmp_path / "truth")]) == 0
    assert "1 document in" in capfd.readouterr().err
    facts = json.loads((tmp_path / "truth" / "sub" / "judged.json").read_text("utf-8"))
    assert [fact["value"] for fact in facts["targets"]] == [75, 30]
