"""Documents open with their pages, sizes and pictures; hostile ones are refused in time."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from pipeline import intake
from pipeline.errors import DamagedFile, InputError, PageError, PasswordProtected, TooLarge
from pipeline.pages import RENDER_DPI, Raster, decode, open_pages
from tests import conftest


def opened(path: Path) -> tuple[int, tuple[float, float] | None, Raster | None]:
    with open_pages(path, intake.identify(path).media_type) as source:
        return source.count, source.size(1), source.raster(1, 60)


def test_a_drawn_page_is_rendered_at_300_dpi(tmp_path: Path, tinos: Path) -> None:
    count, size, raster = opened(conftest.text_pdf(tmp_path / "a.pdf", [conftest.LINES, ["hai"]]))
    assert (count, size) == (2, (595, 842))
    assert raster is not None and raster.dpi == RENDER_DPI
    assert abs(raster.pixels.shape[0] - 842 * RENDER_DPI / 72) <= 1


def test_a_scanned_page_keeps_its_own_resolution(tmp_path: Path, tinos: Path) -> None:
    _, _, raster = opened(conftest.scanned_pdf(tmp_path / "a.pdf", [conftest.LINES], dpi=200))
    assert raster is not None
    assert raster.dpi == pytest.approx(200, abs=1)
    assert raster.pixels.ndim == 2, "grey scans stay grey"


def test_a_multipage_tiff_has_its_pages(tmp_path: Path, tinos: Path) -> None:
    first, second = (conftest.picture([line], 100) for line in conftest.LINES[:2])
    first.save(tmp_path / "a.tif", save_all=True, append_images=[second], dpi=(100, 100))
    with open_pages(tmp_path / "a.tif", "image/tiff") as source:
        assert source.count == 2
        assert source.size(2) == pytest.approx((595, 842), abs=2)
        second_raster = source.raster(2, 60)
    assert second_raster is not None and second_raster.dpi == 100


def test_a_picture_without_an_honest_resolution_is_taken_for_a4(tmp_path: Path) -> None:
    Image.new("L", (827, 1169), 255).save(tmp_path / "a.png")
    Image.new("L", (1654, 2338), 255).save(tmp_path / "b.jpg", dpi=(1, 1))
    assert opened(tmp_path / "a.png")[1] == pytest.approx((595.4, 841.7), abs=0.5)
    assert opened(tmp_path / "b.jpg")[1] == pytest.approx((595.4, 841.7), abs=0.5)


def test_transparent_parts_are_paper(tmp_path: Path) -> None:
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(tmp_path / "a.png")
    raster = opened(tmp_path / "a.png")[2]
    assert raster is not None and raster.pixels.min() == 255


def test_a_picture_that_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path, tinos: Path) -> None:
    conftest.picture(conftest.LINES).save(tmp_path / "a.jpg")
    data = (tmp_path / "a.jpg").read_bytes()
    (tmp_path / "a.jpg").write_bytes(data[: len(data) // 2])
    raster = opened(tmp_path / "a.jpg")[2]
    assert raster is not None and "truncated" in raster.warnings[0]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("truncated.pdf", DamagedFile),
        ("scrambled.pdf", DamagedFile),
        ("locked.pdf", PasswordProtected),
        ("million.pdf", TooLarge),
        ("giant-page.pdf", TooLarge),
        ("huge.png", TooLarge),
        ("broken.jpg", (DamagedFile, PageError)),
    ],
)
def test_hostile_files_are_refused(tmp_path: Path, tinos: Path, name: str, error: type[InputError]) -> None:
    path = conftest.HOSTILE[name][1](tmp_path / name)
    with pytest.raises(error) as caught:
        opened(path)
    assert name in str(caught.value)
    assert caught.value.advice


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Căn cứ".encode(), "Căn cứ"),
        ("Căn cứ".encode("utf-8-sig"), "Căn cứ"),
        ("Căn cứ".encode("utf-16"), "Căn cứ"),
        ("Căn cứ".encode()[:-1], "Căn c\ufffd"),
        (b"Quy\xd5t \xae\xdenh", "QuyÕt ®Þnh"),
        (b"", ""),
    ],
)
def test_text_bytes_are_decoded(data: bytes, text: str) -> None:
    assert decode(data) == text
