"""Records into tables: all of them, what changed, what is gone; killed, damaged, newer, two at once."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline import corrections, store
from pipeline.analysis import manifests, tabulate
from pipeline.analysis.database import Database
from pipeline.analysis.schema import TABLES
from pipeline.corrections import Correction
from pipeline.errors import NewerTables, NoTables, StoreBusy
from tests.analysis_store import decision, plan, record, target, write


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    return write(tmp_path / "store", plan=plan(), sub__decision=decision())


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make parts in this process: what is tested here is what they hold, and a process costs half a second."""

    def over(work: Iterator[Any], jobs: int) -> Iterator[tuple[tabulate.Made, int]]:
        for arguments in work:
            yield tabulate.make_part(*arguments), len(arguments[2])

    monkeypatch.setattr(tabulate, "_over_processes", over)


def rows(where: Path, sql: str) -> list[tuple[Any, ...]]:
    with Database(where, threads=1) as database:
        return database.ask(sql).table()


def test_every_kind_of_fact_gets_its_rows_from_processes_of_their_own(filled: Path) -> None:
    outcome = tabulate.refresh(filled, jobs=2)
    assert (outcome.added, outcome.documents, outcome.unreadable) == (2, 2, {})
    counts = dict(rows(filled, " UNION ALL ".join(f"SELECT '{t.name}', count(*) FROM \"{t.name}\"" for t in TABLES)))
    assert counts == {
        "documents": 2, "sections": 1, "targets": 3, "results": 1, "references": 2, "responsibilities": 2,
        "deadlines": 2, "tasks": 1, "tables": 1, "cells": 9, "pages": 2, "warnings": 0, "corrections": 0,
    }  # fmt: skip


@pytest.mark.usefixtures("in_process")
class TestRows:
    def test_a_fact_leads_back_to_the_paper(self, filled: Path) -> None:
        tabulate.refresh(filled)
        sql = """SELECT d.file, t.n, t.value, t.unit, t.year, t.page, t.line, t.x0, t.y1, t.quote, t.indicator_key
                 FROM targets t JOIN documents d USING (document) ORDER BY file, n"""
        assert rows(filled, sql)[0] == (
            "plan.pdf", 1, 75.0, "điểm", 2025, 1, 2, 72.0, 112.5, "Chỉ số hài lòng đạt ít nhất 75 điểm",
            "chi so hai long",
        )  # fmt: skip
        assert [row[0] for row in rows(filled, sql)] == ["plan.pdf", "plan.pdf", "sub/decision.pdf"]

    def test_days_are_days_and_lists_are_lists(self, filled: Path) -> None:
        tabulate.refresh(filled)
        assert rows(filled, "SELECT due, units FROM deadlines ORDER BY due")[0] == (
            date(2025, 12, 15),
            ["Văn phòng Sở"],
        )
        assert rows(filled, "SELECT due_from, due, lead FROM tasks") == [
            (date(2025, 7, 1), date(2025, 9, 30), ["Phòng Tổ chức"])
        ]

    def test_cells_stand_where_they_are_in_the_grid(self, filled: Path) -> None:
        tabulate.refresh(filled)
        sql = "SELECT table_row, table_column, text, column_kind FROM cells WHERE table_row > 0 ORDER BY ALL"
        assert rows(filled, sql) == [
            (1, 1, "I. Thủ tục", "ordinal"), (2, 1, "1", "ordinal"), (2, 2, "Rà soát thủ tục", "task"),
            (2, 3, "2025", "due"), (3, 2, "=1+1", "task"), (3, 3, "2026", "due"),
        ]  # fmt: skip

    def test_what_people_say_wins(self, filled: Path) -> None:
        tabulate.refresh(filled)
        place, read = filled / "plan.pdf.json", plan()
        said = {"who": "Lan", "when": "2026-11-22T08:00:00Z"}
        first, second = (corrections.key_of(read, "targets", n) for n in (0, 1))
        corrections.add(
            place, read, Correction(key=first, action="correct", field="value", before=75, after=78, **said), seen=0
        )
        corrections.add(place, read, Correction(key=second, action="reject", **said), seen=0)
        assert tabulate.refresh(filled).added == 1
        sql = "SELECT n, value, review, reviewer FROM targets JOIN documents USING (document) WHERE file = 'plan.pdf'"
        assert rows(filled, sql) == [(1, 78.0, "corrected", "Lan")]
        assert rows(filled, "SELECT action, field, before, after, who FROM corrections ORDER BY action") == [
            ("correct", "value", "75", "78", "Lan"), ("reject", None, None, None, "Lan"),
        ]  # fmt: skip


@pytest.mark.usefixtures("in_process")
class TestKeepingUp:
    def test_only_what_changed_is_read_again(self, filled: Path) -> None:
        tabulate.refresh(filled)
        write(filled, new=record("new.pdf"), plan=record(targets=[target(80)]))
        outcome = tabulate.refresh(filled)
        assert (outcome.added, outcome.unchanged, outcome.documents) == (2, 1, 3)
        assert rows(filled, "SELECT value FROM targets ORDER BY value") == [(80.0,), (90.0,)]

    def test_a_touched_file_with_the_same_bytes_is_known(self, filled: Path) -> None:
        tabulate.refresh(filled)
        os.utime(filled / "plan.pdf.json")
        for _ in range(2):
            outcome = tabulate.refresh(filled)
            assert (outcome.added, outcome.unchanged) == (0, 2)
        assert len(manifests.read_manifest(filled).restamped) == 1

    def test_where_nothing_changed_nothing_is_replaced(self, filled: Path) -> None:
        tabulate.refresh(filled)
        before = (manifests.tables_folder(filled) / manifests.MANIFEST).stat().st_mtime_ns
        assert tabulate.refresh(filled).unchanged == 2
        assert (manifests.tables_folder(filled) / manifests.MANIFEST).stat().st_mtime_ns == before

    def test_what_is_gone_counts_no_more(self, filled: Path) -> None:
        tabulate.refresh(filled)
        (filled / "plan.pdf.json").unlink()
        assert tabulate.refresh(filled).gone == 1
        assert rows(filled, "SELECT file FROM documents") == [("sub/decision.pdf",)]

    def test_many_small_parts_become_one_and_nothing_is_lost(self, filled: Path) -> None:
        for number in range(12):
            write(filled, **{f"n{number}": record(f"n{number}.pdf", targets=[target(number)])})
            tabulate.refresh(filled)
        manifest = manifests.read_manifest(filled)
        assert len(manifest.parts) <= tabulate.MAX_SMALL_PARTS + 1
        assert rows(filled, "SELECT count(*), count(DISTINCT document) FROM documents") == [(14, 14)]
        assert rows(filled, "SELECT count(*) FROM targets") == [(15,)]
        assert manifest.retired

    def test_rows_that_count_no_more_are_left_out_in_the_end(self, filled: Path) -> None:
        tabulate.refresh(filled)
        for value in range(5):
            write(filled, plan=record(targets=[target(value)]))
            tabulate.refresh(filled)
        assert manifests.read_manifest(filled).dead == []
        assert rows(filled, "SELECT value FROM targets ORDER BY value") == [(4.0,), (90.0,)]

    def test_a_reader_goes_on_while_tables_are_replaced(self, filled: Path) -> None:
        tabulate.refresh(filled)
        with Database(filled, threads=1) as database:
            answer = database.stream("SELECT file FROM documents ORDER BY file")
            write(filled, more=record("more.pdf"))
            tabulate.refresh(filled, rebuild=True)
            assert [row[0] for row in answer.rows] == ["plan.pdf", "sub/decision.pdf"]
            assert database.ask("SELECT count(*) FROM documents").table() == [(3,)]


@pytest.mark.usefixtures("in_process")
class TestWhatGoesWrong:
    def test_a_killed_run_goes_on_where_it_stopped(self, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write(filled, **{f"n{number}": record(f"n{number}.pdf") for number in range(4)})
        monkeypatch.setattr(tabulate, "PART_DOCUMENTS", 2)
        made: list[str] = []
        make = tabulate.make_part

        def dies(folder: Path, name: str, *rest: Any) -> tabulate.Made:
            made.append(name)
            if len(made) == 3:
                raise KeyboardInterrupt
            return make(folder, name, *rest)

        monkeypatch.setattr(tabulate, "make_part", dies)
        with pytest.raises(KeyboardInterrupt):
            tabulate.refresh(filled)
        with pytest.raises(NoTables):
            manifests.read_manifest(filled)
        outcome = tabulate.refresh(filled)
        assert (outcome.added, outcome.unchanged, outcome.documents) == (2, 4, 6)

    def test_half_a_record_and_foreign_files_are_left_out_and_named(self, filled: Path) -> None:
        (filled / "half.pdf.json").write_text((filled / "plan.pdf.json").read_text("utf-8")[:500], "utf-8")
        (filled / "other.json").write_text('{"a": 1}')
        (filled / "newer.pdf.json").write_text('{"schema": "vanban/2"}')
        store.write_json({"found": 2}, filled / store.SUMMARY_NAME)
        outcome = tabulate.refresh(filled)
        assert outcome.added == 2
        assert set(outcome.unreadable) == {"half.pdf", "newer.pdf"}
        assert "another version" in outcome.unreadable["newer.pdf"]
        write(filled, half=record("half.pdf"))
        assert tabulate.refresh(filled).added == 1

    @pytest.mark.parametrize(
        ("place", "value"),
        [
            (("pages", 0, "number"), 1 << 60),
            (("pages", 0, "number"), -1),
            (("targets", 0, "evidence", "page"), 1 << 64),
            (("targets", 0, "value"), 10**400),
            (("targets", 0, "evidence", "bbox", 0), float("nan")),
            (("results", 0, "value"), float("inf")),
            (("tables", 0, "rows", 0, "cells", 0, "col_span"), 1 << 63),
            (("header", "title"), "\ud800"),
            (("header", "title"), ["<b>"]),
            (("sections", 0, "text"), {"deep": [[[]]]}),
        ],
    )
    def test_a_hostile_record_is_left_out_and_keeps_no_other_from_the_tables(
        self, filled: Path, place: tuple[Any, ...], value: Any
    ) -> None:
        hostile = json.loads((filled / "plan.pdf.json").read_text("utf-8"))
        owner = hostile
        for step in place[:-1]:
            owner = owner[step]
        owner[place[-1]] = value
        (filled / "hostile.pdf.json").write_text(json.dumps(hostile))
        outcome = tabulate.refresh(filled)
        assert (outcome.documents, set(outcome.unreadable)) == (2, {"hostile.pdf"})

    def test_a_page_that_stands_twice_makes_no_record(self, filled: Path) -> None:
        hostile = json.loads((filled / "plan.pdf.json").read_text("utf-8"))
        hostile["pages"] *= 2
        (filled / "hostile.pdf.json").write_text(json.dumps(hostile))
        assert set(tabulate.refresh(filled).unreadable) == {"hostile.pdf"}

    def test_half_a_letter_in_a_correction_leaves_out_its_record(self, filled: Path) -> None:
        key = corrections.key_of(plan(), "targets", 0).model_dump()
        said = {
            "key": key,
            "action": "correct",
            "field": "unit",
            "before": "\ud800",
            "after": "%",
            "who": "x",
            "when": "y",
        }
        log = {"schema": corrections.SCHEMA, "corrections": [said]}
        (filled / "plan.pdf.corrections.json").write_text(json.dumps(log))
        assert set(tabulate.refresh(filled).unreadable) == {"plan.pdf"}

    def test_a_record_of_megabytes_is_tabulated(self, filled: Path) -> None:
        facts = [target(n, f"Chỉ số <script> {n}") for n in range(3_000)]
        write(filled, large=record("large.pdf", "=1+1 " * 400_000, targets=facts))
        assert tabulate.refresh(filled).documents == 3
        assert rows(filled, "SELECT count(*) FROM targets") == [(3_003,)]

    def test_a_damaged_log_of_corrections_leaves_out_its_record(self, filled: Path) -> None:
        (filled / "plan.pdf.corrections.json").write_text("{")
        assert set(tabulate.refresh(filled).unreadable) == {"plan.pdf"}

    def test_tables_of_a_newer_version_are_not_touched(self, filled: Path) -> None:
        tabulate.refresh(filled)
        path = manifests.tables_folder(filled) / manifests.MANIFEST
        path.write_text(json.dumps({"schema": "vanban-tables/99"}))
        for attempt in (lambda: manifests.read_manifest(filled), lambda: tabulate.refresh(filled)):
            with pytest.raises(NewerTables, match="newer"):
                attempt()
        assert tabulate.refresh(filled, rebuild=True).added == 2

    def test_a_missing_part_is_said_so_and_made_again(self, filled: Path) -> None:
        tabulate.refresh(filled)
        shutil.rmtree(next(manifests.tables_folder(filled).glob("part-*")))
        with pytest.raises(NoTables, match="missing"):
            rows(filled, "SELECT 1")
        assert tabulate.refresh(filled).added == 2

    def test_a_rebuilt_store_without_records_is_empty(self, filled: Path) -> None:
        tabulate.refresh(filled)
        for path in filled.rglob("*.pdf.json"):
            path.unlink()
        assert tabulate.refresh(filled, rebuild=True).documents == 0
        assert manifests.read_manifest(filled).parts == []

    def test_a_store_without_tables_or_records_is_said_so(self, tmp_path: Path) -> None:
        with pytest.raises(NoTables, match="not been made"):
            manifests.read_manifest(tmp_path)
        with pytest.raises(NoTables, match="no such folder"):
            tabulate.refresh(tmp_path / "nowhere")
        assert tabulate.refresh(tmp_path).documents == 0
        with pytest.raises(NoTables, match="no records"):
            rows(tmp_path, "SELECT 1")

    def test_two_at_once_are_told(self, filled: Path) -> None:
        folder = manifests.tables_folder(filled)
        folder.mkdir()
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            with pytest.raises(StoreBusy):
                tabulate.refresh(filled)
        finally:
            os.close(handle)

    def test_litter_of_a_killed_run_is_swept(self, filled: Path) -> None:
        litter = manifests.tables_folder(filled) / ".making-part-000009-1"
        litter.mkdir(parents=True)
        tabulate.refresh(filled)
        assert not litter.exists()


def test_readers_know_every_table() -> None:
    assert tuple(table.name for table in TABLES) == manifests.TABLES
