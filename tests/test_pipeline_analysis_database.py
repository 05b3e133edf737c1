"""SQL over a store: what it answers, and everything it must not do to the machine it runs on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from diacritics.alphabet import BASE
from diacritics.folding import fold
from pipeline.analysis import manifests, tabulate
from pipeline.analysis.columns import key, number_key
from pipeline.analysis.database import Database
from pipeline.analysis.macros import ABOUT_VIEWS, MACROS, VIEWS
from pipeline.analysis.schema import TABLES
from pipeline.errors import NoTables, QueryError
from tests.analysis_store import decision, plan, write


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write(tmp_path_factory.mktemp("store"), plan=plan(), decision=decision())
    tabulate.refresh(folder)
    return folder


@pytest.fixture(scope="module")
def database(where: Path) -> Iterator[Database]:
    with Database(where, threads=1, memory_bytes=256 << 20) as one:
        yield one


def value(database: Database, sql: str, values: dict[str, Any] | None = None) -> Any:
    return database.ask(f"SELECT {sql}", values).table()[0][0]


@pytest.mark.parametrize("macro", MACROS, ids=lambda macro: macro.call)
def test_functions_do_what_they_say(database: Database, macro: Any) -> None:
    assert value(database, macro.example) == macro.value


def test_folding_in_the_database_is_folding(database: Database) -> None:
    letters = "".join(BASE) + "".join(BASE).upper()
    assert value(database, "fold($text)", {"text": letters}) == fold(letters)
    for text in ("Sở Y TẾ  Đắk Lắk", "Thuỷ"):
        assert " ".join(value(database, "key($text)", {"text": text}).split()) == key(text)
    assert value(database, "number_key($text)", {"text": "007 /Đa-b"}) == number_key("007 /Đa-b")


@pytest.mark.parametrize(
    ("text", "asked", "says"),
    [
        ("Sở Y tế", "so y te", True),
        ("Sở Y tế", "SỞ Y TẾ", True),
        ("Số y tế", "sở y tế", False),
        ("Văn phòng", "phong", True),
        ("Văn phỏng", "phòng", False),
        ("Khánh Hoà", "khánh hòa", True),
        ("Đường", "duong", True),
        (None, "a", None),
    ],
)
def test_marks_that_are_typed_are_meant(database: Database, text: str | None, asked: str, says: bool | None) -> None:
    assert value(database, "says($text, $asked)", {"text": text, "asked": asked}) == says


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("to_number('1.250')", 1250.0),
        ("to_number('91,5')", 91.5),
        ("to_number('91.5')", 91.5),
        ("to_number('nhiều')", None),
        ("to_dong(2, 'nghìn tỷ đồng')", 2e12),
        ("to_dong(3, 'triệu đồng')", 3e6),
        ("to_dong(4, 'đồng')", 4.0),
        ("to_dong(5, 'tỷ lệ')", None),
        ("to_dong(5, '%')", None),
        ("money('không có')", None),
        ("money('300.000 đồng')", 300000.0),
        ("to_day('trước ngày 15/12/2025')", date(2025, 12, 15)),
        ("to_day('31/02/2025')", None),
        ("show_number(1234567.0)", "1.234.567"),
    ],
)
def test_numbers_money_and_days(database: Database, sql: str, expected: Any) -> None:
    assert value(database, sql) == expected


def test_every_table_and_view_can_be_asked_and_is_described(database: Database) -> None:
    for table in TABLES:
        answer = database.ask(f'SELECT * FROM "{table.name}" LIMIT 1')
        assert answer.columns == [column.name for column in table.columns]
        assert table.about and all(column.about for column in table.columns)
    for view in VIEWS:
        database.ask(f"SELECT * FROM {view}")
    assert set(VIEWS) == set(ABOUT_VIEWS)


def test_references_lead_to_the_documents_they_name(database: Database) -> None:
    sql = "SELECT file, cited_file, how FROM citations ORDER BY n"
    assert database.ask(sql).table() == [("plan.pdf", "decision.pdf", "number and date"), ("plan.pdf", None, None)]


REFUSED = [
    "COPY documents TO '/tmp/out.csv'",
    "COPY (SELECT 1) TO '/tmp/out.csv'",
    "EXPORT DATABASE '/tmp/out'",
    "ATTACH '/tmp/out.db' AS other",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET memory_limit = '90GB'",
    "PRAGMA database_list",
    "CALL pragma_version()",
    "CREATE TABLE t AS SELECT 1",
    "CREATE OR REPLACE VIEW targets AS SELECT 1",
    "DROP VIEW targets",
    "BEGIN",
    "EXPLAIN ANALYZE COPY documents TO '/tmp/out.csv'",
    "PREPARE p AS SELECT 1",
    "SELECT 1; DROP VIEW targets",
    "SELECT 1; SELECT 2",
    "",
    "-- nothing",
    "SELECT * FROM read_text('/etc/hostname')",
    "SELECT * FROM read_blob('/etc/hostname')",
    "SELECT * FROM read_csv('/etc/hostname')",
    "SELECT * FROM read_parquet('/etc/hostname')",
    "SELECT * FROM '/etc/hostname'",
    "SELECT * FROM read_json('http://127.0.0.1/a.json')",
    "SELECT * FROM 'https://127.0.0.1/a.parquet'",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM read_text('{folder}/../plan.pdf.json')",
    "SELECT * FROM query('SELECT * FROM read_text(''/etc/hostname'')')",
    "SELECT getenv('HOME')",
    "WITH gone AS (DELETE FROM targets RETURNING *) SELECT * FROM gone",
    "WITH more AS (INSERT INTO targets VALUES (1) RETURNING *) SELECT * FROM more",
]


@pytest.mark.parametrize("sql", REFUSED)
def test_what_is_not_reading_the_tables_is_refused(database: Database, where: Path, sql: str) -> None:
    before = sorted(path.name for path in where.rglob("*"))
    with pytest.raises(QueryError):
        database.ask(sql.format(folder=manifests.tables_folder(where).resolve()))
    assert sorted(path.name for path in where.rglob("*")) == before
    assert value(database, "count(*) FROM documents") == 2


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM range(1000000000000)",
        "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT max(n) FROM r",
        "SELECT count(*) FROM range(1000000) a, range(1000000) b",
        "SELECT levenshtein(repeat('a', 60000), repeat('b', 60000))",
    ],
)
def test_what_never_ends_is_ended(database: Database, sql: str) -> None:
    with pytest.raises(QueryError, match="longer"):
        database.ask(sql, seconds=0.3)
    assert value(database, "1") == 1


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT array_agg(range) FROM range(1000000000)",
        "SELECT len(range(500000000))",
        "SELECT length(repeat('x', 4000000000))",
        "SELECT * FROM range(200000000) ORDER BY range DESC",
    ],
)
def test_what_grows_too_large_is_ended(database: Database, sql: str) -> None:
    with pytest.raises(QueryError, match=r"memory|longer"):
        database.ask(sql, seconds=20)
    assert value(database, "1") == 1


@pytest.mark.parametrize("sql", ["SELEC 1", "SELECT nothing FROM targets", "SELECT * FROM nowhere", "SELECT $name"])
def test_a_slip_is_told_in_one_line(database: Database, sql: str) -> None:
    with pytest.raises(QueryError) as told:
        database.ask(sql)
    assert "\n" not in str(told.value)


def test_values_are_values_and_no_sql(database: Database) -> None:
    assert value(database, "$name", {"name": "'; DROP VIEW targets; --"}) == "'; DROP VIEW targets; --"


def test_rows_come_as_many_as_wanted(database: Database) -> None:
    answer = database.ask("SELECT * FROM range(5000)", max_rows=2500)
    assert (len(answer.table()), answer.more) == (2500, True)
    answer = database.ask("SELECT * FROM range(5000)", max_rows=5000)
    assert (len(answer.table()), answer.more) == (5000, False)
    assert len(database.ask("SELECT * FROM range(5000)").table()) == 5000


def test_an_answer_left_unread_does_not_spoil_the_next(database: Database) -> None:
    next(database.stream("SELECT * FROM range(100000)").rows)
    assert value(database, "1") == 1


def test_threads_may_share_it(database: Database) -> None:
    answers: list[int] = []
    threads = [threading.Thread(target=lambda n=n: answers.append(value(database, f"{n}"))) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == list(range(8))


def test_damaged_tables_are_said_so(tmp_path: Path) -> None:
    folder = write(tmp_path, plan=plan())
    tabulate.refresh(folder)
    for path in manifests.tables_folder(folder).glob("part-*/targets.parquet"):
        path.write_bytes(path.read_bytes()[:100])
    with Database(folder, threads=1) as one, pytest.raises(NoTables, match="cannot be read"):
        one.ask("SELECT count(value) FROM targets")
