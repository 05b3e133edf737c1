"""Records are written whole or not at all, the same bytes for the same record, and read back checked."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from pipeline import records, run, store
from pipeline.errors import DamagedFile, OutputError, Unreadable
from pipeline.intake import Input

BUILT = Path(__file__).parents[1] / "corpus" / "built" / "text"


def record(sha256: str = "0" * 64, **changes: object) -> records.Record:
    empty: dict[str, list[object]] = {
        name: []
        for name in ("sections", "targets", "results", "references", "responsibilities", "deadlines", "tables", "pages")
    }
    source = records.Source(path="a.pdf", sha256=sha256, bytes=1, media_type="application/pdf", pages=1)
    fields = {"producer": "vanban 0", "settings": "s", "source": source, "header": records.Header(), "warnings": []}
    return records.Record(**{**empty, **fields, **changes})


def test_a_record_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.pdf.json"
    made = record(header=records.Header(title="Kế hoạch cải cách"))
    store.write_record(made, path)
    assert store.read_record(path) == made
    text = path.read_text("utf-8")
    assert "Kế hoạch cải cách" in text
    assert list(json.loads(text)) == sorted(json.loads(text))


@pytest.mark.parametrize(
    "name", ["s04_quyet_dinh_kem_ke_hoach", "s05_ke_hoach_phu_luc_bang", "s16_bao_cao_so_cong_thuong"]
)
def test_names_are_written_in_order_at_every_depth(name: str, tmp_path: Path) -> None:
    made = run.extract(Input(BUILT / f"{name}.pdf", f"{name}.pdf"))
    made.header.signature = records.ElectronicSignature(source="printed", signer="Lê Văn Ba")
    made.header.doubts |= {"title": ["low_confidence"], "issuer": ["low_confidence"]}
    store.write_record(made, tmp_path / "a.json")
    text = (tmp_path / "a.json").read_text("utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    assert json.loads(text) == made.model_dump(mode="json", by_alias=True)


def test_text_is_written_in_one_normal_form(tmp_path: Path) -> None:
    store.write_json({"a": "ê\u0323"}, tmp_path / "a.json")
    assert json.loads((tmp_path / "a.json").read_text("utf-8")) == {"a": "ệ"}


def test_a_failed_write_leaves_the_old_record_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf.json"
    store.write_record(record(), path)
    before = path.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="no space left"):
        store.write_record(record("1" * 64), path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["a.pdf.json"]


def test_a_folder_that_cannot_be_made_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError):
        store.write_record(record(), tmp_path / "file" / "a.json")


def test_a_name_too_long_for_the_file_system_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="too long"):
        store.record_path(tmp_path, "ệ" * 90 + ".pdf.json")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": "vanban/9"}', '{"schema": "vanban/1"}', "[" * 100_000])
def test_what_is_no_record_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(DamagedFile):
        store.read_record(tmp_path / "a.json")
    assert not store.is_current(tmp_path / "a.json", "0" * 64, "vanban 0", "s")


def test_a_missing_record_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        store.read_record(tmp_path / "a.json")


@pytest.mark.parametrize(
    ("sha256", "producer", "settings", "code", "current"),
    [
        ("0" * 64, "vanban 0", "s", "no_text", True),
        ("1" * 64, "vanban 0", "s", "no_text", False),
        ("0" * 64, "vanban 1", "s", "no_text", False),
        ("0" * 64, "vanban 0", "t", "no_text", False),
        ("0" * 64, "vanban 0", "s", "page_timeout", False),
    ],
)
def test_only_the_same_bytes_version_and_settings_are_current(
    tmp_path: Path, sha256: str, producer: str, settings: str, code: str, current: bool
) -> None:
    warning = records.Warning(page=1, code=code, message="m")
    store.write_record(record(warnings=[warning]), tmp_path / "a.json")
    assert store.is_current(tmp_path / "a.json", sha256, producer, settings) is current


def test_the_committed_schema_is_that_of_the_types() -> None:
    schema = json.loads((Path(records.__file__).with_name("record.schema.json")).read_text("utf-8"))
    assert schema == records.json_schema()
