"""Pages of an unfinished document survive the run that read them, and give the record that they would have given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline import checkpoint, intake, run
from pipeline.batch import Batch
from pipeline.document import Box, CellPlace, Line, Page, Word
from pipeline.run import Settings
from tests import conftest
from tests.test_pipeline_nightly import Here

PAGE = Page(
    2, 595.0, 842.0, "ocr",
    [
        Line(
            [Word("a b", "ă\ud800", Box(1, 2.5, 3, 4.123456789012345), 0.1234567890123, ("x",), ("y", "z"))],
            "table", CellPlace(0, 1, 2, 1, 1, Box(1, 2, 3, 4)),
        ),
        Line([]),
    ],
    dpi=300, skew_degrees=-0.1, layer={"score": 1.0, "used": True, "name": "good"},
)  # fmt: skip


@pytest.fixture(autouse=True)
def every_page_is_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoint, "WORTH_KEEPING_SECONDS", 0.0)


def test_a_page_comes_back_as_it_was(tmp_path: Path) -> None:
    page = Page(**{**vars_of(PAGE), "lines": [Line([Word("a", "ă", Box(1, 2, 3, 4.1))]), PAGE.lines[1]]})
    checkpoint.keep(tmp_path / "shelf", page, 1.5)
    back, seconds = checkpoint.kept(tmp_path / "shelf", 2)[2]
    assert (vars_of(back), seconds) == (vars_of(page), 1.5)


def test_a_page_that_cannot_be_kept_is_no_error(tmp_path: Path) -> None:
    checkpoint.keep(tmp_path / "shelf", PAGE, 1.0)  # half a letter
    (tmp_path / "file").write_text("")
    checkpoint.keep(tmp_path / "file" / "shelf", Page(1, None, None, "text"), 1.0)
    assert checkpoint.kept(tmp_path / "shelf", 2) == {}


def test_what_a_power_cut_left_is_read_again(tmp_path: Path) -> None:
    checkpoint.keep(tmp_path, Page(1, None, None, "text"), 1.0)
    whole = (tmp_path / "1.page").read_bytes()
    (tmp_path / "2.page").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "3.page").write_bytes(bytes(len(whole)))
    (tmp_path / "4.page").write_bytes(b"")
    assert list(checkpoint.kept(tmp_path, 9)) == [1]


def test_a_page_that_its_name_or_the_document_does_not_know_is_read_again(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        checkpoint.keep(tmp_path, Page(number, None, None, "text"), 1.0)
    (tmp_path / "1.page").replace(tmp_path / "2.page")
    assert checkpoint.kept(tmp_path, 2) == {}
    assert list(checkpoint.kept(tmp_path, 3)) == [3]


def test_other_bytes_versions_and_settings_have_other_shelves(tmp_path: Path) -> None:
    shelves = {checkpoint.shelf(tmp_path, sha, version) for sha in "ab" for version in ("1", "2")}
    assert len(shelves) == 4
    for shelf in shelves:
        checkpoint.keep(shelf, Page(1, None, None, "text"), 1.0)
    live = sorted(shelves)[:1]
    checkpoint.sweep(tmp_path, live)
    assert list(tmp_path.iterdir()) == live


def test_a_long_document_goes_on_where_the_run_was_killed(
    tmp_path: Path, tinos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [[f"Trang {number}: {line}" for line in conftest.LINES] for number in range(6)]
    item = intake.Input(conftest.text_pdf(tmp_path / "a.pdf", pages), "a.pdf")
    Batch(tmp_path / "undisturbed", Settings(), pool=Here()).run([item])
    read: list[int] = []
    whole = run.read_page

    def killed_at_four(source: Any, path: Path, number: int, settings: Settings) -> Page:
        read.append(number)
        if number == 4 and read.count(4) == 1:
            raise KeyboardInterrupt
        return whole(source, path, number, settings)

    monkeypatch.setattr(run, "read_page", killed_at_four)
    for _ in range(2):
        try:
            Batch(tmp_path / "out", Settings(), pool=Here(), pages_home=tmp_path / "pages").run([item])
        except KeyboardInterrupt:
            continue
    assert read == [1, 2, 3, 4, 4, 5, 6]
    records = [(tmp_path / out / "a.pdf.json").read_bytes() for out in ("out", "undisturbed")]
    assert records[0] == records[1]


def vars_of(page: Page) -> dict[str, Any]:
    return {name: getattr(page, name) for name in Page.__dataclass_fields__}
