"""The pool keeps going when a worker dies or hangs; a stand-in for Tesseract makes it do so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import store
from pipeline.batch import Outcome, summary
from pipeline.pool import sweep_scratch
from tests import conftest

ROOT = Path(__file__).parents[1]

VERSION = (
    'case "$*" in *--version*) echo "tesseract 5.3.0"; exit 0;; *--list-langs*) printf "List\\nvie\\n"; exit 0;; esac\n'
)
FAULTS = {
    "kills its caller": "kill -9 $PPID; sleep 1",
    "crashes": "kill -SEGV $$",
    "fails": "echo 'out of cheese' >&2; exit 1",
    "hangs": "sleep 600",
    "prints rubbish": "shift; printf '\\377\\376 no table' > \"$1.tsv\"",
    "prints nothing": ":",
}


MESSAGES = {
    "kills its caller": "the reading process died",
    "crashes": "Tesseract",
    "fails": "out of cheese",
    "hangs": "3 s",
    "prints rubbish": "Tesseract",
    "prints nothing": "Tesseract",
}


@pytest.fixture
def inbox(tmp_path: Path, tinos: Path) -> Path:
    """A scan of one page, and a text that needs no Tesseract."""
    folder = tmp_path / "in"
    folder.mkdir()
    conftest.scanned_pdf(folder / "scan.pdf", [conftest.LINES])
    (folder / "ocr.txt").write_text("Số: 12/KH-STL\n" + "\n".join(conftest.LINES), "utf-8")
    return folder


def extract(inbox: Path, out: Path, path: str, seconds: int = 3) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", "extract", inbox, "--out", out, "--page-seconds", seconds]
    environment = {**os.environ, "PATH": path}
    return subprocess.run(
        list(map(str, command)), capture_output=True, text=True, timeout=120, cwd=ROOT, env=environment, check=False
    )


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_tesseract_costs_its_page_and_no_more(tmp_path: Path, inbox: Path, fault: str) -> None:
    program = tmp_path / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{VERSION}{FAULTS[fault]}\n")
    program.chmod(0o755)
    done = extract(inbox, tmp_path / "out", f"{program.parent}:{os.environ['PATH']}")
    assert done.returncode == 1, done.stderr
    sentence = next(line for line in done.stderr.splitlines() if "scan.pdf" in line)
    assert "its only page cannot be read" in sentence and MESSAGES[fault] in sentence
    assert store.read_record(tmp_path / "out" / "ocr.txt.json").pages[0].text_source == "text"
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["ocr.txt.json", store.SUMMARY_NAME]


ONCE = {"kills its caller": [], "crashes": ["read_gently"], "hangs": ["read_gently"]}


@pytest.mark.parametrize("fault", ONCE)
def test_a_fault_that_passes_costs_one_retry(tmp_path: Path, inbox: Path, fault: str) -> None:
    """A killed process says nothing about its page, which is read as it was; any other fault has it read gently."""
    program = tmp_path / "bin" / "tesseract"
    program.parent.mkdir()
    once = f"if mkdir {program}.once 2>/dev/null; then {FAULTS[fault]}; fi"
    program.write_text(f'#!/bin/sh\n{VERSION}{once}\nexec {shutil.which("tesseract")} "$@"\n')
    program.chmod(0o755)
    done = extract(inbox, tmp_path / "out", f"{program.parent}:{os.environ['PATH']}", seconds=10)
    assert done.returncode == 0, done.stderr
    record = store.read_record(tmp_path / "out" / "scan.pdf.json")
    assert [warning.code for warning in record.warnings] == ONCE[fault]
    assert "95%" in record.pages[0].lines[2].text


def test_without_poppler_the_run_ends_and_says_so(tmp_path: Path, inbox: Path) -> None:
    done = extract(inbox, tmp_path / "out", str(tmp_path))
    assert done.returncode == 3, done.stderr
    assert "Poppler" in done.stderr and "make setup" in done.stderr


def test_what_killed_runs_left_behind_is_swept(tmp_path: Path) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    for owner in (gone.pid, os.getpid()):
        (tmp_path / f"vanban-{owner}-x" / "page").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    sweep_scratch(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["other", f"vanban-{os.getpid()}-x"])


def test_the_summary_counts_every_input_once() -> None:
    outcomes = [Outcome("b.pdf", "done", 2, 1.5, {2: 0.5, 1: 1.0}), Outcome("a.pdf", "skipped")]
    result = summary(outcomes, [], 3)
    assert result["counts"] == {"done": 1, "partial": 0, "skipped": 1, "failed": 0, "not_reached": 1}
    assert [d["path"] for d in result["documents"]] == ["a.pdf", "b.pdf"]
    assert list(result["documents"][1]["page_seconds"]) == ["1", "2"]
