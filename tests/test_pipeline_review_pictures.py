"""Pictures of pages: upright, kept within bounds, and a renderer that crashes costs its page alone."""

from __future__ import annotations

import io
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.errors import DamagedFile, PageError
from pipeline.records import Source
from pipeline.review import pictures
from pipeline.review.originals import find_original
from pipeline.review.pictures import Pictures
from tests.conftest import LINES, text_pdf


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Pictures]:
    one = Pictures(tmp_path / "cache", workers=1)
    yield one
    one.close()


def lying(path: Path) -> Path:
    """Write an upright page with its upper left corner black, laid on its side against the clock."""
    upright = Image.new("L", (300, 400), 255)
    upright.paste(0, (0, 0, 60, 40))
    upright.transpose(Image.Transpose.ROTATE_90).save(path)
    return path


def opened(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)).convert("L"))


@pytest.mark.parametrize(
    ("turn", "corner"), [(0, "lower left"), (90, "upper left"), (180, "upper right"), (270, "lower right")]
)
def test_a_page_is_turned_as_its_record_says(kept: Pictures, tmp_path: Path, turn: int, corner: str) -> None:
    page = opened(kept.get(lying(tmp_path / "a.png"), "image/png", "sha", 1, turn))
    height, width = page.shape
    vertical, horizontal = corner.split()
    y = slice(0, height // 20) if vertical == "upper" else slice(-height // 20, None)
    x = slice(0, width // 20) if horizontal == "left" else slice(-width // 20, None)
    assert page[y, x].mean() < 30
    assert page.mean() > 200


def test_a_picture_is_rendered_once_for_all_who_ask(
    kept: Pictures, tmp_path: Path, tinos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = text_pdf(tmp_path / "a.pdf", [LINES])
    made = []
    render = Pictures._render
    monkeypatch.setattr(Pictures, "_render", lambda self, *a: made.append(a) or render(self, *a))
    got: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: got.append(kept.get(path, "application/pdf", "sha", 1, 0))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1 and len(set(got)) == 1 and len(got) == 8
    height, width = opened(got[0]).shape
    assert width / height == pytest.approx(595 / 842, abs=0.002) and 1000 < width < 1400


def test_the_folder_of_pictures_stays_within_its_bound(tmp_path: Path) -> None:
    page = lying(tmp_path / "a.png")
    kept = Pictures(tmp_path / "cache", bound_bytes=20_000, workers=1)
    try:
        for number in range(12):
            kept.get(page, "image/png", f"sha{number}", 1, 0)
            assert sum(path.stat().st_size for path in kept.cache.iterdir()) <= 20_000
        assert list(kept.cache.glob("*.jpg"))
    finally:
        kept.close()


def test_what_cannot_be_rendered_says_why_and_the_next_page_comes(kept: Pictures, tmp_path: Path, tinos: Path) -> None:
    broken = tmp_path / "b.pdf"
    broken.write_bytes(b"%PDF-1.4\n" + b"xyz\n" * 500)
    good = text_pdf(tmp_path / "a.pdf", [LINES])
    with pytest.raises(DamagedFile):
        kept.get(broken, "application/pdf", "b", 1, 0)
    with pytest.raises(PageError):
        kept.get(good, "application/pdf", "a", 7, 0)
    assert kept.get(good, "application/pdf", "a", 1, 0)


def test_a_renderer_that_is_killed_is_replaced(kept: Pictures, tmp_path: Path, tinos: Path) -> None:
    good = text_pdf(tmp_path / "a.pdf", [LINES])
    worker = kept._processes().submit(os.getpid).result()
    os.kill(worker, signal.SIGKILL)
    try:
        kept.get(good, "application/pdf", "a", 1, 0)
    except PageError as error:
        assert "crashed" in error.message
    assert kept.get(good, "application/pdf", "a", 1, 0)


def test_a_renderer_that_hangs_is_ended(kept: Pictures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = tmp_path / "pipe.png"
    os.mkfifo(pipe)  # nobody writes: opening it waits for ever
    monkeypatch.setattr(pictures, "RENDER_SECONDS", 1.0)
    with pytest.raises(PageError, match="in time"):
        kept.get(pipe, "image/png", "p", 1, 0)
    assert kept.get(lying(tmp_path / "a.png"), "image/png", "a", 1, 0)


def source(path: Path, name: str) -> Source:
    from pipeline.intake import identify

    identity = identify(path)
    return Source(path=name, sha256=identity.sha256, bytes=identity.size_bytes, media_type=identity.media_type, pages=1)


def test_originals_are_found_only_inside_their_folders(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    page = lying(outside / "a.png")
    assert find_original(source(page, "a.png"), (inside, outside)).path == page
    assert find_original(source(page, "a.png"), (inside,)).state == "missing"
    for name in ("../out/a.png", str(page), "x/../../out/a.png", "a\0.png", "a" * 5000, "."):
        assert find_original(source(page, name), (inside,)).path is None, name
    (inside / "link.png").symlink_to(page)
    assert find_original(source(page, "link.png"), (inside,)).path is None
    assert find_original(source(page, "a.png"), ()).state == "not_given"


def test_an_original_with_other_bytes_is_told_even_of_the_same_size(tmp_path: Path) -> None:
    page = lying(tmp_path / "a.png")
    of = source(page, "a.png")
    data = bytearray(page.read_bytes())
    data[-1] ^= 1
    page.write_bytes(data)
    assert find_original(of, (tmp_path,)).state == "changed"
    page.write_bytes(data[:-5])
    assert find_original(of, (tmp_path,)).state == "changed"
