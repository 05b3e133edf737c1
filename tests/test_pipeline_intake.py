"""Inputs are found by walking, told by content, and refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import intake
from pipeline.errors import EmptyFile, NotADocument, Unreadable, UsageError

PDF = b"%PDF-1.4\n"


def names(found: intake.Intake) -> list[str]:
    return [item.name for item in found.inputs]


def put(root: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def test_folders_are_searched_and_kinds_told_by_content(tmp_path: Path) -> None:
    put(tmp_path, {"b.pdf": PDF, "a/c.txt": b"x", "a/scan": b"\x89PNG\r\n\x1a\n", "notes.md": b"x", ".hidden.pdf": PDF})
    found = intake.find_inputs([str(tmp_path)])
    assert names(found) == ["a/c.txt", "a/scan", "b.pdf"]
    assert [path.name for path in found.passed_over] == ["notes.md"]
    assert not found.errors


def test_records_of_the_last_run_are_no_inputs(tmp_path: Path) -> None:
    put(tmp_path, {"b.pdf": PDF, "out/old.txt": b"x"})
    assert names(intake.find_inputs([str(tmp_path)], tmp_path / "out")) == ["b.pdf"]


def test_a_circle_of_links_ends(tmp_path: Path) -> None:
    put(tmp_path, {"a/b.pdf": PDF})
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    (tmp_path / "self.pdf").symlink_to(tmp_path / "self.pdf")
    found = intake.find_inputs([str(tmp_path)])
    assert len(found.inputs) == 1
    assert [type(error) for error in found.errors] == [Unreadable]


def test_globs_and_files_are_taken_by_name(tmp_path: Path) -> None:
    put(tmp_path, {"a.pdf": PDF, "b.pdf": PDF, "c.txt": b"x", "d.dat": b"plain words"})
    assert names(intake.find_inputs([str(tmp_path / "*.pdf")])) == ["a.pdf", "b.pdf"]
    assert names(intake.find_inputs([str(tmp_path / "d.dat")])) == ["d.dat"]


@pytest.mark.parametrize("name", ["Kế hoạch số 5.pdf", "hai\ndòng.pdf", "a[1]*.pdf", "tab\t.pdf"])
def test_odd_names_are_names(tmp_path: Path, name: str) -> None:
    put(tmp_path, {name: PDF})
    assert names(intake.find_inputs([str(tmp_path / name)])) == [name]


def test_what_is_not_there_is_an_error_and_the_rest_goes_on(tmp_path: Path) -> None:
    put(tmp_path, {"a.pdf": PDF})
    found = intake.find_inputs([str(tmp_path / "gone.pdf"), str(tmp_path / "a.pdf")])
    assert names(found) == ["a.pdf"]
    assert "gone.pdf" in str(found.errors[0])


def test_two_inputs_never_write_one_record(tmp_path: Path) -> None:
    put(tmp_path, {"x/a.pdf": PDF, "y/a.pdf": PDF})
    with pytest.raises(UsageError, match="both write"):
        intake.find_inputs([str(tmp_path / "x"), str(tmp_path / "y")])
    assert names(intake.find_inputs([str(tmp_path / "x"), str(tmp_path / "x" / "a.pdf")])) == ["a.pdf"]


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (PDF, "application/pdf"),
        (b"\x00\x01junk of a scanner\n%PDF-1.4", "application/pdf"),
        (b"II*\x00....", "image/tiff"),
        (b"MM\x00*....", "image/tiff"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("Căn cứ Quyết định".encode(), "text/plain"),
        ("Căn cứ".encode("utf-16"), "text/plain"),
        (b"C\xa8n c\xf8 Quy\xd5t \xae\xdenh", "text/plain"),
        (b"\x7fELF\x02\x01", None),
        (b"PK\x03\x04", None),
        (bytes(range(256)), None),
    ],
)
def test_kind_is_told_by_content(head: bytes, media_type: str | None) -> None:
    assert intake.sniff(head) == media_type


@given(st.binary(max_size=300))
def test_any_bytes_are_told_without_a_crash(head: bytes) -> None:
    assert intake.sniff(head) in {None, "application/pdf", "image/tiff", "image/png", "image/jpeg", "text/plain"}


def test_identity_is_that_of_the_bytes(tmp_path: Path) -> None:
    put(tmp_path, {"a.pdf": PDF, "empty.pdf": b"", "program.pdf": b"MZ\x90\x00"})
    identity = intake.identify(tmp_path / "a.pdf")
    assert (identity.media_type, identity.size_bytes, len(identity.sha256)) == ("application/pdf", 9, 64)
    with pytest.raises(EmptyFile, match=r"empty\.pdf: the file is empty\. Ask the sender"):
        intake.identify(tmp_path / "empty.pdf")
    with pytest.raises(NotADocument, match="a Windows program"):
        intake.identify(tmp_path / "program.pdf")
    with pytest.raises(Unreadable):
        intake.identify(tmp_path / "gone.pdf")
