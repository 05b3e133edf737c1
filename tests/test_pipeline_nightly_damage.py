"""A ledger and records that hold what this program would never have written: made anew aloud, nothing goes astray."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from pipeline.nightly.night import status
from pipeline.nightly.premises import Premises
from tests.test_pipeline_nightly import Place

SPOILED = {
    "a record outside of the store": ("documents", "record", "../astray.json"),
    "a record at an absolute place": ("documents", "record", "/tmp/astray.json"),
    "a name that ends early": ("documents", "record", "a\0.json"),
    "a hash that climbs": ("documents", "sha256", "../" * 21 + "x"),
    "a hash that no path has": ("documents", "sha256", "f" * 64),
    "a state that is none": ("documents", "state", "\u202e"),
    "pages that are words": ("documents", "pages", "many"),
    "lost pages that are no JSON": ("documents", "lost", ""),
    "lost pages that are no list": ("documents", "lost", "{}"),
    "lost pages that say nothing": ("documents", "lost", '[{"page": "x"}]'),
    "a reason in bytes": ("documents", "reason", b"\xff"),
    "a path outside of the inbox": ("paths", "path", "../../etc/passwd"),
    "an end in bytes": ("paths", "until", b"\xff"),
    "arrivals that are no JSON": ("runs", "arrivals", "[" * 9000),
    "a time that is none": ("runs", "began", "31/02/0000"),
    "a time of no zone": ("runs", "began", "2026-01-01T00:00:00"),
}
RENAMED = ("ALTER TABLE documents RENAME TO letters", "ALTER TABLE paths DROP COLUMN since", "DROP TABLE runs")


def spoil(place: Place, *statement: Any) -> None:
    """Change the ledger as another program could, with the document not yet read."""
    base = sqlite3.connect(Premises(place.out).ledger, isolation_level=None)
    base.execute("UPDATE documents SET state = 'waiting', run = NULL")
    base.execute(*statement)
    base.close()


def read_again(place: Place) -> None:
    """Run two more nights: the first tells of the damage, both leave the store as a good one."""
    notices = [place.run().notices for _ in range(2)]
    assert notices == [["ledger_damaged", "ledger_rebuilt"], []]
    assert place.records() == ["a.txt.json"] and place.states() == {"a.txt": "done"}
    assert {path.name for path in place.out.parent.iterdir()} == {"inbox", "store"}
    assert status(place.out)["counts"]["done"] == 1


@pytest.mark.parametrize("spoiled", SPOILED)
def test_a_ledger_with_values_that_cannot_be_is_made_anew(place: Place, spoiled: str) -> None:
    place.put("a.txt")
    place.run()
    table, column, value = SPOILED[spoiled]
    spoil(place, f"UPDATE {table} SET {column} = ?", (value,))
    read_again(place)


@pytest.mark.parametrize("statement", RENAMED)
def test_a_ledger_with_other_tables_is_made_anew(place: Place, statement: str) -> None:
    place.put("a.txt")
    place.run()
    spoil(place, statement)
    read_again(place)


@pytest.mark.parametrize(
    "said",
    [
        {"sha256": "../" * 21 + "x"},
        {"sha256": 5},
        {"path": "../../etc/passwd"},
        {"path": "/etc/passwd"},
        {"path": "\ud800"},
        {"bytes": 10**400},
        {"pages": []},
        {"bytes": {"deep": [[[]]]}},
    ],
)
def test_a_hostile_record_is_not_entered_into_a_ledger_made_anew(place: Place, said: dict[str, Any]) -> None:
    place.put("a.txt")
    place.run()
    good = json.loads((place.out / "a.txt.json").read_text("utf-8"))
    (place.out / "b.txt.json").write_text(json.dumps({**good, "source": {**good["source"], **said}}))
    Premises(place.out).ledger.unlink()
    assert place.run().notices == ["ledger_rebuilt"]
    assert place.states() == {"a.txt": "done"} and place.run().notices == []


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)
