"""What was found on a page, drawn over its picture, and the command that does it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.cli import main
from pipeline.document import Box, Line, Page, PageMark, Word
from pipeline.drawing import DOUBT, MARK_COLOURS, draw
from tests import conftest

WHITE = np.full((842, 595), 255, np.uint8)


def page(words: list[Word], **more: object) -> Page:
    return Page(1, 595, 842, "ocr", [Line(words)] if words else [], **more)  # type: ignore[arg-type]


def test_words_are_coloured_by_confidence_and_doubts_framed() -> None:
    sure, unsure = Word("rõ", "rõ", Box(100, 100, 140, 112), 0.97), Word("mờ", "mờ", Box(150, 100, 190, 112), 0.3)
    doubted = Word("7", "7", Box(200, 100, 210, 112), 0.9, ("number_disputed",))
    found = page([sure, unsure, doubted], ruling=[Box(50, 700, 500, 701)])
    picture = np.asarray(draw(WHITE, found, dpi=72)).astype(int)
    assert picture.shape == (842, 595, 3)
    assert picture[106, 120, 1] > picture[106, 120, 0]
    assert picture[106, 170, 0] > picture[106, 170, 1]
    assert tuple(picture[100, 205]) == DOUBT
    assert picture[700, 300, 2] > picture[700, 300, 0]


def test_a_seal_is_framed() -> None:
    found = page([], marks=[PageMark("seal", Box(300, 600, 400, 700))])
    assert tuple(np.asarray(draw(WHITE, found, dpi=72))[650, 300]) == MARK_COLOURS["seal"]


def test_boxes_fall_with_a_skewed_page() -> None:
    word = Word("cuối", "cuối", Box(540, 100, 560, 112), 0.97)
    level, fallen = (np.asarray(draw(WHITE, page([word], skew_degrees=d), dpi=72)) for d in (0.0, 2.0))
    tops = [int(np.nonzero((picture < 255).any(axis=(1, 2)))[0].min()) for picture in (level, fallen)]
    assert tops[1] - tops[0] == pytest.approx(250 * np.sin(np.radians(2.0)), abs=3)


def test_a_turned_page_is_drawn_upright() -> None:
    sideways = np.full((595, 842), 255, np.uint8)
    assert draw(sideways, page([], rotation_degrees=90), dpi=72).size == (595, 842)


def test_a_page_without_anything_is_only_its_picture() -> None:
    assert np.asarray(draw(WHITE, page([Word("x", "x")]))).min() == 255
    assert draw(WHITE, Page(1, 0.0, 0.0, "none")).size == (595, 842)


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory, tinos: Path) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    conftest.text_pdf(folder / "layer.pdf", [conftest.LINES, conftest.LINES])
    conftest.scanned_pdf(folder / "scan.pdf", [conftest.LINES])
    conftest.picture(conftest.LINES, 200).save(folder / "scan.tif", dpi=(200, 200))
    conftest.picture(conftest.LINES, 200).save(folder / "scan.jpg", dpi=(200, 200))
    (folder / "plain.txt").write_text("Kế hoạch\n", "utf-8")
    return folder


@pytest.mark.parametrize(("name", "number"), [("layer.pdf", 2), ("scan.pdf", 1), ("scan.tif", 1), ("scan.jpg", 1)])
def test_look_draws_every_kind_of_page(
    name: str, number: int, inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "page.png"
    assert main(["look", str(inbox / name), "--page", str(number), "--out", str(out)]) == 0
    drawn = np.asarray(Image.open(out)).astype(int)
    assert (np.ptp(drawn, axis=2) > 40).sum() > 1000  # colours over black and white
    assert f"{len(conftest.LINES)} lines" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "options", "code", "sentence"),
    [
        ("layer.pdf", ["--page", "3"], 2, "there is no page 3: the document has 2 pages"),
        ("plain.txt", [], 2, "plain text has no picture"),
        ("gone.pdf", [], 4, "gone.pdf"),
    ],
)
def test_look_says_why_it_cannot(
    name: str, options: list[str], code: int, sentence: str, inbox: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    out = tmp_path / "page.png"
    assert main(["look", str(inbox / name), *options, "--out", str(out)]) == code
    assert sentence in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(("out", "code"), [("page.pdf", 2), ("none/page.png", 5)])
def test_look_says_where_it_cannot_write(
    out: str, code: int, inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["look", str(inbox / "layer.pdf"), "--out", str(tmp_path / out)]) == code
    assert out in capsys.readouterr().err
