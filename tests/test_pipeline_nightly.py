"""The nightly run by its rules: nothing lost, nothing done twice, and a clear word where something is wrong."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline import run, store
from pipeline.errors import DamagedFile, NewerLedger, OutputError, StoreBusy, Unreadable, UsageError
from pipeline.nightly import night as flow
from pipeline.nightly.ledger import STATES, Ledger, Row
from pipeline.nightly.morning.gathering import Morning
from pipeline.nightly.night import nightly, retry, status
from pipeline.nightly.premises import Premises
from pipeline.nightly.terms import Night
from tests import small_disk
from tests.conftest import LINES

HEAD = "SỞ THỦY LỢI\nSố: {number}/KH-STL\nKẾ HOẠCH\n" + "\n".join(LINES) + "\n"
NOW = datetime.fromisoformat("2026-12-01T21:00:00+07:00")


class Place:
    """An inbox and a store, with a clock of their own."""

    def __init__(self, folder: Path) -> None:
        self.inbox, self.out = folder / "inbox", folder / "store"
        self.inbox.mkdir(parents=True)
        self.now = NOW

    def put(self, path: str, number: int = 1, age_seconds: float = 3600.0) -> Path:
        """Put a text document into the inbox, last written to so long ago."""
        file = self.inbox / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(HEAD.format(number=number), "utf-8")
        self.age(file, age_seconds)
        return file

    def age(self, file: Path, seconds: float) -> None:
        when = self.now.timestamp() - seconds
        os.utime(file, (when, when))

    def night(self, upgrade: bool = False, table_jobs: int = 0) -> Night:
        return Night(self.inbox, self.out, 60.0, Here, lambda: self.now, upgrade=upgrade, table_jobs=table_jobs)

    def run(self, upgrade: bool = False, table_jobs: int = 0) -> Morning:
        return nightly(self.night(upgrade, table_jobs))

    def rows(self) -> dict[str, Row]:
        with Ledger(Premises(self.out).ledger, read_only=True) as ledger:
            return {row.paths[0]: row for row in ledger.rows(*STATES)}

    def states(self) -> dict[str, str]:
        return {path: row.state for path, row in self.rows().items()}

    def records(self) -> list[str]:
        return sorted(path.relative_to(self.out).as_posix() for path in Premises(self.out).records())


class Here:
    """A pool that runs each task on the spot; what processes do is tried in test_pipeline_batch.py and in the soak."""

    width = 1

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *exception: object) -> None:
        pass

    def schedule(self, call: Callable[..., Any], args: tuple[Any, ...], seconds: float) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(call(*args))
        except Exception as error:
            future.set_exception(error)
        return future

    def result(self, future: Future[Any], seconds: float) -> Any:
        return future.result()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 4 MiB."""
    with small_disk.mounted(tmp_path / "disk") as permitted:
        if not permitted:
            pytest.skip("this machine permits no mounts")
        yield tmp_path / "disk"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_what_is_new_is_read_once_and_a_night_without_news_reads_nothing(place: Place) -> None:
    place.put("a.txt", 1)
    place.put("đến/b.txt", 2)
    first = place.run()
    assert (first.arrivals.new.count, first.read_count) == (2, 2)
    assert place.states() == {"a.txt": "done", "đến/b.txt": "done"}
    assert place.records() == ["a.txt.json", "đến/b.txt.json"]
    before = {name: (place.out / name).stat().st_mtime_ns for name in place.records()}
    second = place.run()
    assert (second.arrivals.new.count, second.read_count, second.is_whole) == (0, 0, True)
    assert before == {name: (place.out / name).stat().st_mtime_ns for name in place.records()}


def test_a_duplicate_is_recorded_once_with_all_its_paths(place: Place) -> None:
    for name in ("a.txt", "b.txt", "c/d.txt"):
        place.put(name)
    morning = place.run()
    assert (morning.arrivals.new.count, morning.arrivals.duplicate.first) == (1, ["b.txt", "c/d.txt"])
    assert place.rows()["a.txt"].paths == ("a.txt", "b.txt", "c/d.txt")
    assert place.records() == ["a.txt.json"]


def test_a_moved_file_is_known_by_its_content(place: Place) -> None:
    file = place.put("a.txt")
    place.run()
    (place.inbox / "2026").mkdir()
    file.rename(place.inbox / "2026" / "b.txt")
    morning = place.run()
    assert (morning.arrivals.moved.first, morning.arrivals.gone.first, morning.read_count) == (
        ["2026/b.txt"],
        ["a.txt"],
        0,
    )
    assert place.rows()["2026/b.txt"].paths == ("2026/b.txt",)
    assert place.records() == ["a.txt.json"]


def test_another_document_of_the_same_name_takes_no_record_away(place: Place) -> None:
    """Scanners begin at scan0001 again each morning."""
    place.put("scan0001.txt", 1)
    place.run()
    place.put("scan0001.txt", 2)
    assert place.run().arrivals.new.count == 1
    numbers = {store.read_record(place.out / name).header.number for name in place.records()}
    assert numbers == {"1/KH-STL", "2/KH-STL"}
    assert place.records()[0].startswith("scan0001.txt.") and place.records()[1] == "scan0001.txt.json"


def test_a_file_that_is_being_written_is_left_for_the_next_night(place: Place) -> None:
    place.put("a.txt", age_seconds=5)
    first = place.run()
    assert (first.arrivals.restless.first, first.arrivals.new.count) == (["a.txt"], 0)
    place.now += timedelta(hours=1)
    assert place.run().arrivals.new.first == ["a.txt"]


def test_a_clock_set_back_is_said_and_loses_nothing(place: Place) -> None:
    place.put("a.txt", 1)
    place.run()
    place.put("b.txt", 2)
    place.now -= timedelta(days=400)  # now b.txt was written to in the future
    second = place.run()
    assert "clock_set_back" in second.notices
    assert second.arrivals.restless.first == ["b.txt"]
    place.now += timedelta(hours=1)
    third = place.run()
    assert third.arrivals.new.first == ["b.txt"]
    assert place.states() == {"a.txt": "done", "b.txt": "done"}


def test_what_cannot_be_read_goes_to_quarantine_and_comes_out_by_retry(place: Place) -> None:
    empty = place.put("a.txt")
    empty.write_bytes(b"")
    place.age(empty, 3600)
    place.put("b.txt", 2)
    morning = place.run()
    assert [(f.paths, f.code) for f in morning.failures] == [(("a.txt",), "empty_file")]
    (link,) = Premises(place.out).quarantine.glob("*-a.txt")
    assert link.readlink() == empty.absolute()
    assert "rỗng" in link.with_name(f"{link.name}.reason.txt").read_text("utf-8")
    assert place.run().failures == [], "what was told is not told again"
    assert retry(place.night(), []).failure_count == 1
    assert place.rows()["a.txt"].attempts == 1
    empty.unlink()
    place.run()
    assert not list(Premises(place.out).quarantine.iterdir()), "what is gone needs nobody"
    with pytest.raises(UsageError, match="nosuch"):
        retry(place.night(), ["nosuch"])


def test_a_mended_file_of_the_same_name_has_the_usual_record(place: Place) -> None:
    file = place.put("a.txt")
    file.write_bytes(b"")
    place.age(file, 3600)
    assert place.run().failure_count == 1
    place.put("a.txt", 1)
    assert place.run().read_count == 1
    assert place.records() == ["a.txt.json"]


def test_a_retry_that_succeeds_ends_quarantine(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.put("a.txt", 1)
    place.put("b.txt", 2)

    def broken(*arguments: object) -> None:
        raise DamagedFile("the printer's ink was invisible")

    monkeypatch.setattr(run, "finish", broken)
    assert place.run().failure_count == 2
    monkeypatch.undo()
    assert place.run().read_count == 0, "a night does not try again by itself"
    assert retry(place.night(), ["b.txt"]).read_count == 1
    assert place.states() == {"a.txt": "quarantined", "b.txt": "done"}
    (link,) = (path for path in Premises(place.out).quarantine.iterdir() if path.is_symlink())
    assert link.name.endswith("-a.txt")


def test_a_file_replaced_after_it_was_hashed_waits_for_the_next_night(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.put("a.txt", 1)
    read = flow._read

    def replaced(*arguments: object) -> None:
        place.put("a.txt", 2)
        read(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(flow, "_read", replaced)
    place.run()
    assert place.states() == {"a.txt": "vanished"} and place.records() == []
    monkeypatch.undo()
    assert place.run().read_count == 1
    assert store.read_record(place.out / "a.txt.json").header.number == "2/KH-STL"


def test_an_inbox_that_vanishes_in_the_run_is_said_and_read_when_it_is_back(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.put("a.txt", 1)
    place.put("b.txt", 2)
    away, read = place.inbox.with_name("away"), flow._read

    def vanishing(*arguments: object) -> None:
        place.inbox.rename(away)
        read(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(flow, "_read", vanishing)
    assert "inbox_vanished" in place.run().notices
    assert set(place.states().values()) == {"vanished"}
    monkeypatch.undo()
    with pytest.raises(Unreadable, match="not there"):
        place.run()
    away.rename(place.inbox)
    assert place.run().read_count == 2


def test_an_inbox_that_is_empty_at_once_is_taken_for_a_disk_that_is_not_mounted(place: Place) -> None:
    file = place.put("a.txt")
    place.run()
    file.rename(place.inbox.with_name("a.txt"))
    morning = place.run()
    assert "inbox_emptied" in morning.notices and morning.arrivals.gone.count == 0


def test_a_newer_ledger_is_refused(place: Place) -> None:
    place.put("a.txt")
    place.run()
    with sqlite3.connect(Premises(place.out).ledger) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(NewerLedger, match="99"):
        place.run()


@pytest.mark.parametrize("damage", ["rubbish", "pages", "gone"])
def test_a_damaged_ledger_is_made_anew_from_the_records_aloud(place: Place, damage: str) -> None:
    for number in range(40):
        place.put(f"{number:02}.txt", number)
    place.put("same.txt", 7)
    place.run()
    ledger = Premises(place.out).ledger
    data = bytearray(ledger.read_bytes())
    if damage == "rubbish":
        ledger.write_bytes(b"no database at all " * 500)
    elif damage == "pages":
        data[4096:] = b"\xa5" * (len(data) - 4096)
        ledger.write_bytes(data)
    else:
        ledger.unlink()
    written = {name: (place.out / name).stat().st_mtime_ns for name in place.records()}
    morning = place.run()
    assert "ledger_rebuilt" in morning.notices
    assert ("ledger_damaged" in morning.notices) == (damage != "gone")
    assert set(place.states().values()) == {"done"} and len(place.rows()) == 40
    assert place.rows()["07.txt"].paths == ("07.txt", "same.txt")
    assert written == {name: (place.out / name).stat().st_mtime_ns for name in place.records()}, "nothing is read twice"
    assert len(list(ledger.parent.glob("*.damaged-1"))) == (damage != "gone")


def test_a_second_run_says_who_holds_the_store(place: Place) -> None:
    place.put("a.txt")
    with (
        Premises(place.out).held("2026-12-01T20:59:00"),
        pytest.raises(StoreBusy, match=f"process {os.getpid()} on .* since 2026-12-01T20:59:00"),
    ):
        place.run()
    assert place.run().read_count == 1


def test_a_run_that_died_before_it_could_say_so_is_taken_up(place: Place) -> None:
    place.put("a.txt")
    place.run()
    with Ledger(Premises(place.out).ledger) as ledger:
        row = place.rows()["a.txt"]
        ledger.begin(row.sha256, str(row.record), "2026-12-01T21:00:00+07:00")
        ledger.begin_run("vanban 0", place.inbox, "2026-12-01T20:00:00+07:00")
    before = (place.out / "a.txt.json").stat().st_mtime_ns
    morning = place.run()
    assert "cut_short" in morning.notices and morning.read_count == 1
    row = place.rows()["a.txt"]
    assert (row.state, row.pages) == ("done", 1)
    assert (place.out / "a.txt.json").stat().st_mtime_ns == before


def test_upgrade_reads_again_what_another_version_read(place: Place) -> None:
    place.put("a.txt", 1)
    place.put("b.txt", 2)
    place.run()
    row = place.rows()["a.txt"]
    record = json.loads((place.out / "a.txt.json").read_text("utf-8"))
    store.write_json({**record, "producer": "vanban 0.0.1"}, place.out / "a.txt.json")
    with Ledger(Premises(place.out).ledger) as ledger:
        ledger.end(row.sha256, "done", row.came, pages=1, producer="vanban 0.0.1", settings=row.settings)
        ledger.told(1)
    assert (place.run().outdated, place.rows()["a.txt"].producer) == (1, "vanban 0.0.1")
    assert place.run(upgrade=True).read_count == 1
    assert json.loads((place.out / "a.txt.json").read_text("utf-8")) == record
    assert place.run(upgrade=True).read_count == 0


def test_a_name_too_long_for_its_record_is_set_apart_and_the_others_are_read(place: Place) -> None:
    place.put("x" * 249 + ".txt", 1)
    place.put("y.txt", 2)
    morning = place.run()
    assert [failure.code for failure in morning.failures] == ["bad_place"]
    assert morning.read_count == 1


def test_names_that_are_no_unicode_are_kept(place: Place) -> None:
    name = os.fsdecode(b"c\xf4ng v\xe3n.txt")
    place.put(name)
    assert place.run().read_count == 1
    assert list(place.states()) == [name]
    assert place.run().read_count == 0


def test_status_tells_how_a_store_stands(place: Place) -> None:
    with pytest.raises(UsageError, match="no nightly run"):
        status(place.out)
    place.put("a.txt")
    place.run()
    found = status(place.out)
    assert (found["counts"]["done"], found["holder"], found["run"]["run"]) == (1, None, 1)
    with Premises(place.out).held("x"):
        assert status(place.out)["holder"]["process"] == os.getpid()


def test_a_store_on_a_read_only_disk_is_refused_and_can_still_be_looked_at(place: Place, disk: Path) -> None:
    place.out = disk / "store"
    place.put("a.txt")
    place.run()
    small_disk.remount(disk, "ro")
    with pytest.raises(OutputError, match="read-only"):
        place.run()
    assert status(place.out)["counts"]["done"] == 1


@pytest.mark.parametrize("room", [0, 20, 60, 100, 200])
def test_a_full_disk_is_said_and_nothing_is_lost(place: Place, disk: Path, room: int) -> None:
    """So many KiB are left when the run begins: it stops at the ledger, at a record or at the report."""
    place.out = disk / "store"
    for number in range(12):
        place.put(f"{number:02}.txt", number)
    ballast = disk / "ballast"
    free = shutil.disk_usage(disk).free
    ballast.write_bytes(bytes(free - (room << 10)))
    with pytest.raises(OutputError, match=r"full|no space left"):
        place.run()
    for name in place.records():
        store.read_record(place.out / name)
    ballast.unlink()
    morning = place.run()
    assert morning.read_count == 12 and set(place.states().values()) == {"done"}
    assert place.records() == [f"{number:02}.txt.json" for number in range(12)]
    assert not list(place.out.rglob("*.tmp"))
