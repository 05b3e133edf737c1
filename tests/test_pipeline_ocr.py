"""Reading a picture: what Tesseract finds, and what happens when it crashes, hangs, prints rubbish or is missing."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest

from pipeline import cleaning, ocr
from pipeline.document import Word
from pipeline.errors import MissingProgram, OcrError, PageTimeout
from pipeline.picture import CleanPage
from tests.scanned import LINES, drawing, pixels

DPI = 150
HEAD = "level\\tpage_num\\tblock_num\\tpar_num\\tline_num\\tword_num\\tleft\\ttop\\twidth\\theight\\tconf\\ttext"
STAND_INS = {
    "crash": ("kill -SEGV $$", OcrError),
    "error exit": ("echo 'something went wrong' >&2; exit 1", OcrError),
    "no result": ("exit 0", OcrError),
    "rubbish": ("head -c 3000 /dev/urandom > $2.tsv", OcrError),
    "empty result": (": > $2.tsv", OcrError),
    "numbers that are none": (
        f"printf '{HEAD}\\n5\\t1\\t1\\t1\\t1\\t1\\tx\\ty\\tz\\t1\\t90\\tword\\n' > $2.tsv",
        OcrError,
    ),
    "no language data": ("echo \"Failed loading language 'vie'\" >&2; exit 1", MissingProgram),
    "hang": ("exec sleep 60", PageTimeout),
}


@pytest.fixture(scope="module")
def page() -> CleanPage:
    return cleaning.clean(pixels(drawing(dpi=DPI)), DPI)


@pytest.fixture
def vietnamese() -> None:
    program = shutil.which("tesseract")
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True).stdout if program else ""
    if "vie" not in listed.split():
        pytest.skip("Tesseract with Vietnamese data is not installed")


def stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program called tesseract before the real one."""
    program = folder / "tesseract"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


@pytest.mark.parametrize("name", STAND_INS)
def test_a_faulty_tesseract_is_an_error_that_says_so(
    name: str, page: CleanPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, error = STAND_INS[name]
    stand_in(tmp_path, script, monkeypatch)
    started = time.monotonic()
    with pytest.raises(error) as caught:
        ocr.read_words(page, timeout_seconds=1.0)
    assert time.monotonic() - started < 5
    assert "Tesseract" in caught.value.message


def test_a_hanging_tesseract_is_really_ended(page: CleanPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, f"echo $$ > {tmp_path}/pid; exec sleep 60", monkeypatch)
    with pytest.raises(PageTimeout):
        ocr.read_words(page, timeout_seconds=1.0)
    pid = int((tmp_path / "pid").read_text())
    for _ in range(50):
        status = Path(f"/proc/{pid}/status")
        if not status.exists() or "zombie" in status.read_text():
            return
        time.sleep(0.05)
    pytest.fail("the program still runs")


def test_without_tesseract_the_error_says_how_to_get_it(
    page: CleanPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingProgram) as caught:
        ocr.read_words(page)
    assert "make setup" in str(caught.value)


def test_a_failed_second_reading_leaves_the_first(
    page: CleanPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = "5\\t1\\t1\\t1\\t1\\t1\\t100\\t100\\t60\\t20\\t40\\tvăn"
    script = f"case $1 in *.txt) exit 1;; esac; printf '{HEAD}\\n{row}\\n' > $2.tsv"
    stand_in(tmp_path, script, monkeypatch)
    assert [word.text for word in ocr.read_words(page, apart=True)] == ["văn"]


def test_a_blank_page_has_no_words_and_starts_no_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ocr.read_words(cleaning.clean(np.full((800, 600), 255, np.uint8), DPI)) == []


def test_nothing_is_left_on_disk(page: CleanPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, f"dirname $1 > {tmp_path}/where; exit 1", monkeypatch)
    with pytest.raises(OcrError):
        ocr.read_words(page)
    assert not Path((tmp_path / "where").read_text().strip()).exists()


@pytest.mark.usefixtures("vietnamese")
@pytest.mark.parametrize("degrees", [0, 180])
def test_clean_print_is_read_with_its_place(degrees: int) -> None:
    upright = cleaning.clean(pixels(drawing(repeat=1, dpi=200).rotate(degrees)), 200)
    words = ocr.read_words(upright)
    text = " ".join(word.text for word in words)
    wanted = " ".join(LINES).split()
    assert sum(word in text.split() for word in wanted) >= 0.9 * len(wanted)
    first = next(word for word in words if word.text == "Căn")
    assert isinstance(first, Word)
    assert first.box is not None
    assert first.box.x0 == pytest.approx(0.5 * 72, abs=3)
    assert 0.6 * 72 - 3 < first.box.y0 < 0.6 * 72 + 10
    assert all(0 <= word.confidence <= 1 and word.raw == word.text for word in words)
