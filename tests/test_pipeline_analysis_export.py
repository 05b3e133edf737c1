"""What leaves the store: days and numbers as such, nothing that calculates, nothing that turns the writing round."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.analysis import answers, export, tabulate, workbook
from pipeline.analysis.database import Database
from pipeline.analysis.export import Choice
from pipeline.errors import OutputError, UsageError
from tests.analysis_store import plan, record, target, write

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://a")', "＝1", "<script>alert(1)</script>"]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    header = {"title": "=cmd|' /C calc'!A0", "issuer": "SỞ\u202eTHỦY LỢI"}
    records = {"plan": plan(), "sub__hostile": record("x.pdf", "=1", header, targets=[target(1.5, "-2+3")])}
    folder = write(tmp_path_factory.mktemp("store"), **records)
    tabulate.refresh(folder)
    with Database(folder, threads=1) as one:
        yield one


def text_of(lines: Iterator[str]) -> str:
    return "".join(lines)


@pytest.mark.parametrize("text", HOSTILE)
def test_csv_holds_no_formula(text: str) -> None:
    (_, row) = csv.reader(io.StringIO(text_of(answers.csv_lines(["a"], [[text]])), newline=""))
    assert row[0][0] not in "=+-@\t\r\n"
    assert row[0].lstrip("'").startswith(answers.visible(text)[:1])


@pytest.mark.parametrize("text", HOSTILE)
def test_a_workbook_holds_no_formula(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xlsx"
    with workbook.Workbook(path) as book:
        book.sheet("a", [text], [[text]])
    sheet = openpyxl.load_workbook(path)["a"]
    assert [cell.data_type for row in sheet.iter_rows() for cell in row] == ["s", "s"]
    assert sheet["A2"].value == answers.visible(text)


def test_numbers_stay_numbers_and_texts_with_signs_are_marked() -> None:
    lines = text_of(answers.csv_lines(["n", "t"], [[-5, "-5"], [2.0, "2"], [None, None]]))
    assert lines.split("\r\n")[1:4] == ["-5,'-5", "2,2", ","]


@pytest.mark.parametrize(
    ("value", "shown", "plain"),
    [
        (None, "", None),
        (True, "true", True),
        (75.0, "75", 75.0),
        (91.5, "91.5", 91.5),
        (1e300, "1e+300", 1e300),
        (float("nan"), "nan", None),
        (Decimal("1.50"), "1.50", 1.5),
        (date(2025, 12, 15), "2025-12-15", "2025-12-15"),
        (["a", "b"], "a; b", ["a", "b"]),
        ({"a": date(2025, 1, 1)}, '{"a": "2025-01-01"}', {"a": "2025-01-01"}),
        ("a\u202eb\u200fc\x07", "a\\u202eb\\u200fc\\u0007", "a\u202eb\u200fc\x07"),
        ("Sở Y tế", "Sở Y tế", "Sở Y tế"),
        (b"\x01", None, "01"),
    ],
)
def test_values_as_people_and_as_programs_read_them(value: Any, shown: str | None, plain: Any) -> None:
    if shown is not None:
        assert answers.shown(value) == shown
    assert answers.plain(value) == plain


def test_json_and_its_lines_are_read_back() -> None:
    columns = ["a", "a", "b"]
    rows: list[list[Any]] = [["x\n", 1, [date(2025, 1, 1)]], [None, 2.5, []]]
    expected = [{"a": "x\n", "a_2": 1, "b": ["2025-01-01"]}, {"a": None, "a_2": 2.5, "b": []}]
    assert json.loads(text_of(answers.json_array(columns, rows))) == expected
    assert [json.loads(line) for line in answers.json_lines(columns, rows)] == expected
    assert json.loads(text_of(answers.json_array(columns, []))) == []


def test_markdown_is_a_table_whatever_is_in_it() -> None:
    lines = text_of(answers.markdown_lines(["a|b"], [["x|y\n<b>[z](http://a)*"]])).splitlines()
    assert lines == ["| a\\|b |", "| --- |", "| x\\|y \\<b\\>\\[z\\](http://a)\\* |"]


def test_a_workbook_keeps_days_numbers_and_letters(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    row = [
        "Sở Y tế: ộ ế ủ Đ",
        91.5,
        10**17,
        date(2025, 12, 15),
        datetime(2025, 1, 2, 3, 4),
        True,
        ["a", "b"],
        date(1802, 1, 1),
    ]
    with workbook.Workbook(path) as book:
        book.sheet("một", [str(n) for n in range(8)], [row, [None] * 8])
    sheet = openpyxl.load_workbook(path)["một"]
    assert [cell.value for cell in sheet[2]] == [
        "Sở Y tế: ộ ế ủ Đ", 91.5, "100000000000000000", datetime(2025, 12, 15), datetime(2025, 1, 2, 3, 4), True,
        "a; b", "1802-01-01",
    ]  # fmt: skip
    assert sheet["D2"].number_format == "dd/mm/yyyy"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:H3")


def test_what_a_sheet_cannot_hold_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 3)
    path = tmp_path / "a.xlsx"
    with workbook.Workbook(path) as book:
        assert book.sheet("a/b" * 20, ["n"], [[n] for n in range(5)]) == 5
        book.sheet("long", ["t"], [["ệ" * 40_000], ["\x01\ud800"]])
    read = openpyxl.load_workbook(path)
    assert len(read.sheetnames) == 4
    assert [[cell.value for cell in read[name]["A"]] for name in read.sheetnames[:3]] == [
        ["n", 0, 1],
        ["n", 2, 3],
        ["n", 4],
    ]
    assert read["long"]["A2"].value.endswith(workbook.CUT)
    assert read["long"]["A3"].value == "\\u0001\\ud800"


def test_a_store_as_a_workbook(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "store.xlsx"
    count = export.to_xlsx(database, path, Choice(), address="http://127.0.0.1:9/")
    read = openpyxl.load_workbook(path)
    assert tuple(read.sheetnames) == export.EXPORTED
    assert count == sum(sheet.max_row - 1 for sheet in read)
    targets = [[cell.value for cell in row] for row in read["targets"].iter_rows()]
    place = dict(zip(targets[0], targets[1], strict=True))
    assert (place["file"], place["value"], place["indicator"]) == ("plan.pdf", 75, "Chỉ số hài lòng")
    assert read["targets"].cell(2, len(targets[0])).hyperlink.target == "http://127.0.0.1:9/documents/plan.pdf"
    assert read["targets"].cell(2, len(targets[0])).hyperlink.location == "fact-targets-0"
    assert all(cell.data_type != "f" for sheet in read for row in sheet.iter_rows() for cell in row)
    issuers = [cell.value for cell in read["documents"]["C"]]
    assert "SỞ\\u202eTHỦY LỢI" in issuers
    assert isinstance(read["deadlines"].cell(2, 5).value, datetime)


def test_tables_of_a_document_as_sheets(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "grids.xlsx"
    export.to_xlsx(database, path, Choice(("tables",), "plan"), grids=True)
    sheet = openpyxl.load_workbook(path)["T1 plan"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["TT", "Nhiệm vụ", "Năm"], ["I. Thủ tục", None, None], ["1", "Rà soát thủ tục", "2025"], [None, "=1+1", "2026"],
    ]  # fmt: skip


def test_a_store_as_csv_and_json_lines(database: Database, tmp_path: Path) -> None:
    rows = export.to_csv(database, tmp_path / "csv", Choice())
    assert export.to_jsonl(database, tmp_path / "jsonl", Choice()) == rows
    assert sorted(path.stem for path in (tmp_path / "csv").iterdir()) == sorted(export.EXPORTED)
    with (tmp_path / "csv" / "targets.csv").open(encoding="utf-8-sig", newline="") as file:
        values = {row["indicator"]: row["value"] for row in csv.DictReader(file)}
    assert values["Chỉ số hài lòng"] == "75"
    assert "'-2+3" in values
    lines = (tmp_path / "jsonl" / "documents.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(line)["issuer"] for line in lines} == {"SỞ THỦY LỢI", "SỞ\u202eTHỦY LỢI"}


def test_only_what_is_chosen(database: Database, tmp_path: Path) -> None:
    assert export.to_jsonl(database, tmp_path, Choice(("targets",), "HOSTILE")) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["targets.jsonl"]
    with pytest.raises(UsageError, match="no table"):
        Choice(("nothing",))


def test_a_file_is_whole_or_not_there(database: Database, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError):
        export.to_csv(database, tmp_path / "file" / "csv", Choice())
    path = tmp_path / "a.csv"
    path.write_text("yesterday")

    def breaks() -> Iterator[str]:
        yield "a"
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="no space"):
        export.write_lines(path, breaks())
    assert path.read_text() == "yesterday"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.csv", "file"]


@pytest.mark.parametrize("form", ["csv", "json", "jsonl", "markdown", "xlsx"])
def test_an_answer_goes_to_a_file(database: Database, tmp_path: Path, form: answers.Format) -> None:
    path = tmp_path / f"new/answer.{form}"
    answer = database.ask("SELECT file, value FROM targets JOIN documents USING (document)")
    assert export.write_answer(path, answer, form) == 3
    assert path.stat().st_size > 0


def test_libreoffice_opens_it_and_reads_the_same(database: Database, tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("localc")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    path = tmp_path / "store.xlsx"
    export.to_xlsx(database, path, Choice(("deadlines",)))
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", str(tmp_path), str(path)],
        check=True, timeout=120, capture_output=True,
    )  # fmt: skip
    with (tmp_path / "store.csv").open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    assert (row["due"], row["units"], row["x0" if "x0" in row else "page"]) == ("15/12/2025", "Văn phòng Sở", "1")
