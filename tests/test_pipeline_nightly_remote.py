"""Inbox and store on storage: mirrored to a working folder and back. Skipped where fsspec is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import OutputError, Unreadable, UsageError
from pipeline.nightly.night import nightly
from pipeline.nightly.remote import Storage, mirrored
from pipeline.nightly.terms import Night
from tests.test_pipeline_nightly import HEAD, NOW, Here

fsspec = pytest.importorskip("fsspec")
INBOX, STORE = "memory://den", "memory://kho/vanban"


@pytest.fixture
def storage() -> Iterator[Any]:
    files = fsspec.filesystem("memory")
    files.store.clear()
    yield files
    files.store.clear()


def put(storage: Any, path: str, number: int) -> None:
    storage.makedirs(f"/den/{path}".rpartition("/")[0], exist_ok=True)
    storage.pipe_file(f"/den/{path}", HEAD.format(number=number).encode())


def run(work: Path) -> int:
    with mirrored(INBOX, STORE, work) as (inbox, out):
        return nightly(Night(inbox, out, 60.0, Here, lambda: NOW)).read_count


def names(storage: Any) -> set[str]:
    return {path.removeprefix("/kho/vanban/") for path in storage.find("/kho/vanban")}


def test_a_night_on_storage_leaves_records_report_and_ledger_there(storage: Any, tmp_path: Path) -> None:
    put(storage, "a.txt", 1)
    put(storage, "2026/b.txt", 2)
    assert run(tmp_path) == 2
    assert {"a.txt.json", "2026/b.txt.json", ".vanban/ledger.sqlite", "vanban-reports/latest.html"} <= names(storage)
    assert not any(name.endswith(("lock", "-wal", "-shm")) for name in names(storage))
    put(storage, "c.txt", 3)
    storage.rm("/den/a.txt")
    assert run(tmp_path) == 1
    assert "c.txt.json" in names(storage) and "a.txt.json" in names(storage)
    assert not (tmp_path / "inbox" / "a.txt").exists()


def test_a_new_machine_goes_on_where_the_old_one_was(storage: Any, tmp_path: Path) -> None:
    put(storage, "a.txt", 1)
    assert run(tmp_path / "old") == 1
    assert run(tmp_path / "new") == 0
    put(storage, "b.txt", 2)
    assert run(tmp_path / "new") == 1


def test_only_what_changed_is_copied(storage: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(storage, "a.txt", 1)
    run(tmp_path)
    copied: list[str] = []
    send, fetch = type(storage).put_file, type(storage).get_file

    def sending(files: Any, here: str, there: str, **options: Any) -> None:
        copied.append(there)
        send(files, here, there, **options)

    def fetching(files: Any, there: str, here: str, **options: Any) -> None:
        copied.append(there)
        fetch(files, there, here, **options)

    monkeypatch.setattr(type(storage), "put_file", sending)
    monkeypatch.setattr(type(storage), "get_file", fetching)
    run(tmp_path)
    assert not any(name.endswith(("a.txt", "a.txt.json")) for name in copied)
    assert copied[-1].endswith("ledger.sqlite"), "the ledger goes last"


def test_what_was_finished_goes_out_though_the_run_fails(storage: Any, tmp_path: Path) -> None:
    put(storage, "a.txt", 1)
    with pytest.raises(OutputError, match="full"), mirrored(INBOX, STORE, tmp_path) as (_, out):
        (out / "x.json").parent.mkdir(parents=True, exist_ok=True)
        (out / "x.json").write_text("{}")
        raise OutputError("the disk is full")
    assert "x.json" in names(storage)


def test_what_cannot_be_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="working folder"), mirrored(INBOX, STORE, None):
        pass
    with pytest.raises(Unreadable, match="no such storage"):
        Storage("nosuch://den")
    with mirrored(str(tmp_path / "in"), str(tmp_path / "out"), None) as places:
        assert places == (tmp_path / "in", tmp_path / "out")
