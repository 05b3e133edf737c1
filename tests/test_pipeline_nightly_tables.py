"""The tables after a night: up to date, never in the way of the reading, and told of where they fail."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest

from pipeline.analysis import manifests, parts, tabulate
from pipeline.errors import NewerTables
from pipeline.nightly import night as flow
from pipeline.nightly.morning.writing import rendered
from pipeline.nightly.premises import Premises
from pipeline.nightly.tables import Tabled
from tests.test_pipeline_nightly import Place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def in_tables(place: Place) -> list[str]:
    return sorted(parts.sources(place.out, manifests.read_manifest(place.out)))


def test_the_places_are_those_of_the_tables(tmp_path: Path) -> None:
    assert Premises(tmp_path).tables == manifests.tables_folder(tmp_path)


def test_what_was_read_is_in_the_tables_and_a_night_without_news_leaves_them(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.put("a.txt", 1)
    assert place.run(table_jobs=1).tabled == Tabled()
    assert in_tables(place) == ["a.txt"]
    place.put("b.txt", 2)
    place.run(table_jobs=1)
    assert in_tables(place) == ["a.txt", "b.txt"]
    monkeypatch.setattr(tabulate, "refresh", _fail)
    assert place.run(table_jobs=1).tabled == Tabled()


def test_tables_are_left_alone_when_nobody_asks_and_made_up_for_later(place: Place) -> None:
    place.put("a.txt", 1)
    place.run()
    assert not Premises(place.out).tables.exists()
    place.run(table_jobs=1)
    assert in_tables(place) == ["a.txt"]
    place.put("b.txt", 2)
    place.run()
    assert in_tables(place) == ["a.txt"]
    place.run(table_jobs=1)
    assert in_tables(place) == ["a.txt", "b.txt"]


def _fail(*_: object, **__: object) -> NoReturn:
    raise NewerTables("the tables were made by a <newer> vanban")


def test_a_failure_is_told_the_reading_stands_and_the_next_night_makes_up_for_it(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.put("a.txt", 1)
    with monkeypatch.context() as broken:
        broken.setattr(tabulate, "refresh", _fail)
        morning = place.run(table_jobs=1)
    assert morning.is_whole and place.states() == {"a.txt": "done"}
    reports = Premises(place.out).reports
    assert "<newer> vanban" in (reports / "latest.txt").read_text("utf-8")
    assert "&lt;newer&gt; vanban" in (reports / "latest.html").read_text("utf-8")
    morning = place.run(table_jobs=1)
    assert morning.tabled.is_well and in_tables(place) == ["a.txt"]
    assert "vanban." not in rendered(morning, Premises(place.out), "vi", "txt")


def test_what_no_error_of_ours_foresees_does_not_end_the_night(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.put("a.txt", 1)
    monkeypatch.setattr(tabulate, "refresh", lambda *_, **__: 1 // 0)
    morning = place.run(table_jobs=1)
    assert "division" in morning.tabled.failure
    last = flow.status(place.out)["run"]
    assert last["ended"] is not None


def test_records_that_cannot_be_taken_in_are_counted(place: Place) -> None:
    place.put("a.txt", 1)
    place.out.mkdir()
    (place.out / "broken.json").write_text('{"schema": "vanban/1"', "utf-8")
    morning = place.run(table_jobs=1)
    assert morning.tabled == Tabled(left_out=1) and in_tables(place) == ["a.txt"]
    assert "1 bản ghi không đưa được" in (Premises(place.out).reports / "latest.txt").read_text("utf-8")


def test_a_retry_brings_them_up_to_date(place: Place) -> None:
    file = place.put("a.txt", 1)
    file.write_bytes(b"")
    place.age(file, 3600)
    place.run(table_jobs=1)
    assert in_tables(place) == []
    place.put("a.txt", 1)
    place.run()
    flow.retry(place.night(table_jobs=1), [])
    assert in_tables(place) == ["a.txt"]
