"""The commands, run for real: documents in, records, sentences and exit codes out."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipeline import cli, store
from pipeline.commands import console
from pipeline.errors import EXIT_CODES
from tests import conftest

ROOT = Path(__file__).parents[1]
TEXT = "SỞ THỦY LỢI\nSố: 12/KH-STL\nKẾ HOẠCH\n" + "\n".join(conftest.LINES) + "\n"


def vanban(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=ROOT, check=False, **options)


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory, tinos: Path) -> Path:
    """A folder with one document of each kind."""
    folder = tmp_path_factory.mktemp("inbox")
    (folder / "đến").mkdir()
    conftest.text_pdf(folder / "layer.pdf", [conftest.LINES, conftest.LINES])
    conftest.scanned_pdf(folder / "đến" / "scan 1.pdf", [conftest.LINES])
    conftest.picture(conftest.LINES, 200).save(folder / "scan.tif", dpi=(200, 200))
    (folder / "ocr.txt").write_text(TEXT, "utf-8")
    return folder


@pytest.fixture(scope="module")
def extracted(inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    out = tmp_path_factory.mktemp("out")
    return out, vanban("extract", inbox, "--out", out, "--jobs", 2)


def test_each_kind_of_input_gives_a_record(extracted: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    out, done = extracted
    assert done.returncode == 0, done.stderr
    assert "4 documents: 4 read" in done.stdout
    sources = {}
    for name in ("layer.pdf", "đến/scan 1.pdf", "scan.tif", "ocr.txt"):
        record = store.read_record(out / f"{name}.json")
        sources[name] = [page.text_source for page in record.pages]
        text = " ".join(line.text for page in record.pages for line in page.lines)
        assert "Phấn đấu đến hết năm 2026 hoàn thành 95% chỉ tiêu được giao." in text, name
    assert sources == {
        "layer.pdf": ["layer", "layer"],
        "đến/scan 1.pdf": ["ocr"],
        "scan.tif": ["ocr"],
        "ocr.txt": ["text"],
    }


def test_a_second_run_leaves_alone_what_has_not_changed(
    extracted: tuple[Path, subprocess.CompletedProcess[str]], inbox: Path
) -> None:
    out, _ = extracted
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.json") if path.name != store.SUMMARY_NAME}
    done = vanban("extract", inbox, "--out", out, "--jobs", 2)
    assert done.returncode == 0
    assert "4 unchanged" in done.stdout
    assert before == {path: path.stat().st_mtime_ns for path in before}


def test_the_same_input_gives_the_same_bytes(
    extracted: tuple[Path, subprocess.CompletedProcess[str]], inbox: Path, tmp_path: Path
) -> None:
    out, _ = extracted
    assert vanban("extract", inbox, "--out", tmp_path, "--jobs", 1, "--force").returncode == 0
    for path in out.rglob("*.json"):
        if path.name != store.SUMMARY_NAME:
            assert (tmp_path / path.relative_to(out)).read_bytes() == path.read_bytes()


def test_show_prints_a_record_for_people(extracted: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    done = vanban("show", extracted[0] / "ocr.txt.json", env={**os.environ, "COLUMNS": "120"})
    assert done.returncode == 0
    assert "12/KH-STL" in done.stdout


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, tinos: Path) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A run over every bad input and one good document."""
    folder, out = tmp_path_factory.mktemp("hostile"), tmp_path_factory.mktemp("records")
    for name, (_, make) in conftest.HOSTILE.items():
        make(folder / name)
    (folder / "good.txt").write_text(TEXT, "utf-8")
    (folder / "hai\ndòng.pdf").write_bytes(b"")
    (folder / "loop.pdf").symlink_to(folder / "loop.pdf")
    return out, vanban("extract", folder, "--out", out, "--jobs", 2)


def test_bad_inputs_fail_by_name_and_the_good_one_is_read(
    hostile: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    out, done = hostile
    assert done.returncode == 1, done.stderr
    assert (out / "good.txt.json").exists()
    summary = json.loads((out / store.SUMMARY_NAME).read_text("utf-8"))
    codes = {Path(d["path"]).name: d["failures"][0]["code"] for d in summary["documents"] if d["state"] == "failed"}
    expected = {name: code for name, (code, _) in conftest.HOSTILE.items()}
    assert codes == {**expected, "hai\ndòng.pdf": "empty_file", "loop.pdf": "unreadable"}
    assert sorted(path.name for path in out.iterdir()) == ["good.txt.json", store.SUMMARY_NAME]


@pytest.mark.parametrize("name", [*conftest.HOSTILE, "hai\\ndòng.pdf", "loop.pdf"])
def test_every_failure_is_a_sentence_with_the_name_and_advice(
    hostile: tuple[Path, subprocess.CompletedProcess[str]], name: str
) -> None:
    lines = [line for line in hostile[1].stderr.splitlines() if f"{name}:" in line]
    assert len(lines) == 1
    assert len(lines[0].split(". ")) >= 2, "what happened, and what to do"
    assert "Traceback" not in hostile[1].stderr


def test_one_lost_page_does_not_lose_the_others(tmp_path: Path, tinos: Path) -> None:
    conftest.text_pdf(tmp_path / "a.pdf", [conftest.LINES, [], conftest.LINES], giant_page=2)
    done = vanban("extract", tmp_path / "a.pdf", "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "a.pdf: page 2: the page measures 20000 x 20000 points" in done.stderr
    record = store.read_record(tmp_path / "out" / "a.pdf.json")
    assert [page.text_source for page in record.pages] == ["layer", "none", "layer"]
    assert [(w.page, w.code) for w in record.warnings if w.page] == [(2, "too_large")]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 2),
        (["extract"], 2),
        (["extract", "x", "--out", "y", "--jobs", "0"], 2),
        (["extract", "/nowhere/at/all.pdf", "--out", "{tmp}"], 4),
        (["extract", "{tmp}", "--out", "{tmp}/out"], 4),
        (["extract", "{root}/LICENSE", "--out", "{root}/LICENSE"], 2),
        (["extract", "{root}/LICENSE", "--out", "/proc/nowhere"], 5),
        (["show", "/nowhere.json"], 4),
        (["show", "{root}/pyproject.toml"], 4),
        (["--version"], 0),
        (["doctor"], 0),
    ],
)
def test_exit_codes(tmp_path: Path, arguments: list[str], code: int) -> None:
    done = vanban(*[argument.format(tmp=tmp_path, root=ROOT) for argument in arguments])
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


COMMANDS = ("", "extract", "nightly", "retry", "status", "show", "look", "tables", "query", "ask", "search", "export",
            "review", "restore", "doctor")  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_help_fits_into_eighty_columns(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit):
        cli.main([*command.split(), "--help"])
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80
    assert command or set(COMMANDS) <= {"", *re.findall(r"^    (\w+)", cli.parser().format_help(), re.MULTILINE)}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("tables {tmp} --jobs 0", "--jobs: a whole number from 1 up is wanted, not '0'"),
        ("tables {tmp} --jobs many", "--jobs: a whole number from 1 up is wanted, not 'many'"),
        ("query {tmp} X --rows -3", "--rows: a whole number from 1 up is wanted, not '-3'"),
        ("query {tmp} X --seconds nan", "--seconds: a number of seconds above 0 is wanted, not 'nan'"),
        ("search {tmp} quyết --since 2026-13", "--since: a day is wanted, as 2025-12-15 or 15/12/2025, not '2026-13'"),
        ("search {tmp} quyết --before 1/2/3/2026", "--before: a day is wanted"),
        ("review {tmp} --port 65536", "--port: a port is a number from 0 to 65535, not '65536'"),
        ("review {tmp} --port {taken}", "port {taken} (address already in use). Try --port 0."),
        ("review {tmp} --host 192.0.2.1", "(cannot assign requested address). Give an address of this computer."),
        ("review {tmp} --port 0 --read-only", "{tmp}: the tables have not been made yet. Run `vanban tables`"),
        ("review {tmp}/none", "{tmp}/none: there is no such folder of records. See `vanban review --help`."),
        ("extract {tmp} --out {tmp}/out", "Passed over 1 file that is no document: a.zip.\nno documents found."),
        ("extract {tmp}/none.pdf --out {tmp}/out", "none.pdf: cannot be read (no such file or directory). Check"),
    ],
)
def test_what_is_said_of_a_slip(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: str, told: str
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04")
    with socket.create_server(("127.0.0.1", 0)) as other:
        values = {"tmp": tmp_path, "taken": other.getsockname()[1]}
        try:
            code = cli.main(words.format(**values).split())
        except SystemExit as end:
            code = end.code  # type: ignore[assignment]
    said = capfd.readouterr()
    assert code in (2, 4) and told.format(**values) in said.err
    assert "Records are in" not in said.out and "Open " not in said.out


@pytest.mark.parametrize(
    ("typed", "day"),
    [("2025-12-15", "2025-12-15"), ("15/12/2025", "2025-12-15"), ("2025-12", "2025-12-01"), ("2025", "2025-01-01")],
)
def test_a_day_is_read_both_ways(typed: str, day: str) -> None:
    assert console.day(typed) == day


def test_exit_codes_are_those_of_the_help_and_the_readmes() -> None:
    shown = vanban("--help").stdout
    for code in EXIT_CODES:
        assert f" {code}  " in shown
        for name in ("README.md", "README.vi.md"):
            assert f"\n| {code} |" in (ROOT / name).read_text("utf-8")


def test_without_tesseract_a_scan_says_what_is_missing(tmp_path: Path, tinos: Path) -> None:
    conftest.scanned_pdf(tmp_path / "a.pdf", [conftest.LINES])
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("pdftoppm", "pdfinfo"):
        (tools / name).symlink_to(shutil.which(name) or "")
    done = vanban("extract", tmp_path / "a.pdf", "--out", tmp_path / "out", env={**os.environ, "PATH": str(tools)})
    assert done.returncode == 3, done.stderr
    assert "esseract" in done.stderr and "make setup" in done.stderr


def test_a_full_disk_is_said_and_nothing_half_written_stays(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    limit = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64)); "
    limit += "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); from pipeline.cli import main; "
    code = limit + f"sys.exit(main(['extract', {str(tmp_path / 'a.txt')!r}, '--out', {str(tmp_path / 'out')!r}]))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, cwd=ROOT, check=False
    )
    assert done.returncode == 5, done.stderr
    assert "Free some space" in done.stderr
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_keeps_what_was_finished(tmp_path: Path, tinos: Path, signum: signal.Signals) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "0.txt").write_text(TEXT, "utf-8")
    for number in range(6):
        conftest.scanned_pdf(tmp_path / "in" / f"{number + 1}.pdf", [conftest.LINES * 8] * 4, 300)
    out = tmp_path / "out"
    command = [sys.executable, "-m", "pipeline", "extract", str(tmp_path / "in"), "--out", str(out), "--jobs", "1"]
    # What runs in the background may have been told to ignore it.
    heeded = partial(signal.signal, signum, signal.SIG_DFL)
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT, preexec_fn=heeded) as process:
        deadline = time.monotonic() + 60
        while not (out / "0.txt.json").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signum)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "Interrupted" in errors
    store.read_record(out / "0.txt.json")
    assert not [path for path in out.rglob("*") if path.name.endswith(".tmp")]
