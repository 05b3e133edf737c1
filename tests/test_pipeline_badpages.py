"""Pages that no scanner should deliver, read as part of a document: each costs itself and a warning, nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw

from pipeline import run
from pipeline.document import Page
from pipeline.pages import open_source
from tests.scanned import drawing, pixels

DPI = 150
Pixels = npt.NDArray[np.uint8]


def photographed() -> Image.Image:
    """A page with a hard shadow over one half and a dark table round it."""
    page = pixels(drawing(dpi=DPI).convert("L")).astype(float)
    page[:, page.shape[1] // 2 :] *= 0.5
    around = np.full((page.shape[0] + 120, page.shape[1] + 120), 45.0)
    around[60:-60, 60:-60] = page
    return Image.fromarray(around.astype(np.uint8))


def scribbled() -> Image.Image:
    """A page of a pen's loops and nothing else."""
    page = Image.new("RGB", (875, 1240), "white")
    pen, rng = ImageDraw.Draw(page), np.random.default_rng(3)
    for x, y, w, h, turn in rng.integers((50, 50, 10, 10, 0), (780, 1150, 70, 60, 360), (400, 5)).tolist():
        pen.arc((x, y, x + w, y + h), turn, turn + 250, fill=(25, 40, 140), width=3)
    return page


def noisy() -> Image.Image:
    noise = np.random.default_rng(1).normal(128, 50, (83, 58, 3)).clip(0, 255).astype(np.uint8)
    return Image.fromarray(noise).resize((875, 1240), Image.Resampling.BICUBIC)


def read(folder: Path, pictures: list[Image.Image], seconds: float = 60.0) -> list[Page]:
    """Read the pictures as the pages of one TIFF."""
    path = folder / "scan.tif"
    pictures[0].save(path, save_all=True, append_images=pictures[1:], dpi=(DPI, DPI))
    source = open_source(path, "image/tiff")
    settings = run.Settings(page_seconds=seconds)
    return [run.read_page(source, path, number, settings) for number in range(1, len(pictures) + 1)]


def text(page: Page) -> str:
    return "\n".join(line.text for line in page.lines)


@pytest.fixture
def vietnamese() -> None:
    if shutil.which("tesseract") is None:
        pytest.skip("Tesseract is not installed")


@pytest.mark.usefixtures("vietnamese")
def test_a_photographed_page_and_one_upside_down_are_read(tmp_path: Path) -> None:
    photograph, turned = read(tmp_path, [photographed(), drawing(dpi=DPI).rotate(180)])
    for page in (photograph, turned):
        assert "đúng thời hạn" in text(page)
    assert turned.rotation_degrees == 180


@pytest.mark.usefixtures("vietnamese")
@pytest.mark.parametrize("bad", [scribbled, noisy, lambda: Image.new("L", (875, 1240), 255)])
def test_a_page_without_print_costs_only_itself(bad: object, tmp_path: Path) -> None:
    assert callable(bad)
    empty, good = read(tmp_path, [bad(), drawing(dpi=DPI, repeat=1)])
    words = [word for line in empty.lines for word in line.words]
    assert len(words) < 60
    assert all(word.doubts or word.confidence < 0.98 for word in words if any(c.isdigit() for c in word.text))
    assert words or [warning.code for warning in empty.warnings] == ["no_text"]
    assert "Căn cứ kế hoạch" in text(good)
    assert good.warnings == []


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("kill -SEGV $$", "ocr_failed"),
        ("exec sleep 60", "page_timeout"),
        ("head -c 999 /dev/urandom > $2.tsv", "ocr_failed"),
    ],
)
def test_a_page_at_which_tesseract_fails_is_named_and_the_others_are_read(
    script: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stand-in fails at the darker page: it tells them by the size of the picture."""
    head = "level\\tpage_num\\tblock_num\\tpar_num\\tline_num\\tword_num\\tleft\\ttop\\twidth\\theight\\tconf\\ttext"
    row = "5\\t1\\t1\\t1\\t1\\t1\\t100\\t100\\t60\\t20\\t97\\tvăn"
    program = tmp_path / "tesseract"
    program.write_text(
        f"#!/bin/sh\nif [ $(wc -c < $1) -gt 1200000 ]; then {script}; else printf '{head}\\n{row}\\n' > $2.tsv; fi\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    wide = drawing(dpi=DPI).resize((1200, 1300))
    bad, good = read(tmp_path, [wide, drawing(dpi=DPI)], seconds=1.0)
    assert bad.lines == []
    assert [warning.page for warning in bad.warnings] == [1]
    assert bad.warnings[0].code == code
    assert text(good) == "văn"
