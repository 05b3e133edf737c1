"""Spoiling: the same scan from the same document, each level as bad as it says, and nothing but pictures."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest
from PIL import Image

from corpus.build import HOME, SETS
from corpus.drawing import draw
from corpus.layout import lay_out
from corpus.paper import Paper
from corpus.scanning import LEVELS, Level, scan
from corpus.source import parse_source

SOURCE = (
    """issuer: TRẠM THỦY VĂN GÒ DẦU
number: Số: 1/KH-TTV
place_date: Gò Dầu, ngày 01 tháng 3 năm 2021
sign:
- TRƯỞNG TRẠM
- Lê Văn Ổn
---
"""
    + "Trạm quan trắc mực nước, lượng mưa và độ mặn tại ba điểm trên sông, mỗi ngày hai lần.\n" * 12
)
TURNED = SOURCE + "@foot\n@landscape\nBảng nằm ngang.\n"


@pytest.fixture(scope="module")
def paper() -> Paper:
    return lay_out(parse_source(SOURCE, "thử"))


@pytest.fixture(scope="module")
def scans(paper: Paper) -> dict[str, bytes]:
    pdf = draw(paper)
    return {name: scan(pdf, paper, level) for name, level in LEVELS.items()}


def picture(pdf: bytes, index: int = 0) -> Image.Image:
    page = pypdfium2.PdfDocument(pdf)[index]
    images = [thing for thing in page.get_objects() if thing.type == 3]
    assert len(images) == 1
    assert page.get_textpage().count_chars() == 0
    image: Image.Image = images[0].get_bitmap().to_pil()
    return image


def skew_degrees(image: Image.Image) -> float:
    """Return the turn that makes the sums over the rows change most: rows of text against gaps."""
    grey = 255 - np.asarray(image.convert("L").resize((827, 1169)))
    best = (0.0, 0.0)
    for angle in np.arange(-2.5, 2.51, 0.1):
        matrix = cv2.getRotationMatrix2D((grey.shape[1] / 2, grey.shape[0] / 2), float(angle), 1)
        rows = cv2.warpAffine(grey, matrix, (grey.shape[1], grey.shape[0])).sum(axis=1, dtype=np.float64)
        best = max(best, (float(np.var(np.diff(rows))), -float(angle)))
    return best[1]


@pytest.mark.parametrize("name", ["office", "fax"])
def test_same_document_same_scan(paper: Paper, scans: dict[str, bytes], name: str) -> None:
    assert scan(draw(paper), paper, LEVELS[name]) == scans[name]


@pytest.mark.parametrize("level", LEVELS.values(), ids=lambda level: level.name)
def test_resolution_and_skew_are_the_level_s(paper: Paper, scans: dict[str, bytes], level: Level) -> None:
    image = picture(scans[level.name])
    assert abs(image.width - paper.sheets[0].width / 72 * level.dots_per_inch) <= 2
    assert abs(skew_degrees(image)) <= level.skew_degrees + 0.15
    if level.skew_degrees:
        assert abs(skew_degrees(image)) >= 0.05


def test_office_is_sealed_in_red_and_fax_has_two_tones(scans: dict[str, bytes]) -> None:
    office = np.asarray(picture(scans["office"]).convert("RGB")).astype(int)
    red = (office[..., 0] - office[..., 1] > 60).sum()
    assert red > 2000
    fax = picture(scans["fax"]).convert("L")
    assert set(np.unique(np.asarray(fax))) <= {0, 255}


def test_levels_get_worse(scans: dict[str, bytes]) -> None:
    """Poor is further from the clean page than office; measured at one size, without the seal's corner."""

    def page(name: str) -> np.ndarray:
        grey = picture(scans[name]).convert("L").resize((620, 877))
        return np.asarray(grey).astype(float)[:500]

    clean = page("clean")
    assert np.abs(page("office") - clean).mean() < np.abs(page("poor") - clean).mean()


def test_a_landscape_page_comes_turned() -> None:
    turned = lay_out(parse_source(TURNED, "thử"))
    image = picture(scan(draw(turned), turned, LEVELS["office"]), index=1)
    assert image.height > image.width


def test_committed_samples_are_small_and_whole() -> None:
    built = HOME / "built"
    files = [path for path in built.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 12 * 2**20
    names = {path.stem for path in (HOME / "samples").glob("*.text")}
    assert {path.stem for path in (built / "text").glob("s*.pdf")} == names
    for level in LEVELS:
        assert list((built / level).glob("*.pdf")), level


def test_committed_text_layers_are_those_of_the_sources() -> None:
    """A source that was changed without building again would be measured against the wrong truth."""
    for path in sorted((HOME / "built" / "text").glob("*.pdf")):
        source = next(folder / f"{path.stem}.text" for folder in SETS if _has(folder, path))
        document = pypdfium2.PdfDocument(io.BytesIO(path.read_bytes()))
        words = [word for page in document for word in page.get_textpage().get_text_range().split()]
        laid = lay_out(parse_source(source.read_text("utf-8"), source.stem))
        assert sorted(words) == sorted(laid.text().split()), path.stem


def _has(folder: Path, pdf: Path) -> bool:
    return (folder / f"{pdf.stem}.text").is_file()
