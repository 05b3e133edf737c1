"""The two commands that make things: samples at their levels, and what the bare Tesseract program reads in them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from corpus import build, peers
from corpus.scoring import score_folders


def test_build_writes_levels_and_truth(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--out", str(tmp_path), "--levels", "text", "fax", "--names", "s03", "--jobs", "1"]
    assert build.main(asked) == 0
    made = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    name = "s03_cong_van_so_gd"
    assert made == [f"fax/{name}.pdf", f"text/{name}.pdf", f"truth/{name}.json"]
    truth = json.loads((tmp_path / "truth" / f"{name}.json").read_text("utf-8"))
    assert truth["pages"][0]["lines"][0] == {
        "text": "UBND TỈNH NINH BÌNH",
        "role": "header_left",
        "bbox": truth["pages"][0]["lines"][0]["bbox"],
    }
    assert "1 documents at 2 levels" in capsys.readouterr().out


def test_an_unknown_level_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        build.main(["--out", str(tmp_path), "--levels", "perfect"])


@pytest.mark.skipif(not (shutil.which("tesseract") and shutil.which("pdftoppm")), reason="needs Tesseract and Poppler")
def test_the_bare_program_s_text_can_be_scored(tmp_path: Path) -> None:
    source = next((build.HOME / "built" / "fax").glob("s12*.pdf"))
    out = tmp_path / "out"
    assert peers.TESSERACT.missing(tmp_path) is None
    subprocess.run(peers.TESSERACT.command(tmp_path, [source], out, 1), check=True)
    score = score_folders(out, [build.HOME / "samples"])["samples"][source.stem]
    assert score.text.recall > 0.5 and not score.facts
