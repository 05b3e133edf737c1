"""Which parts make up the tables of a store, and where they lie: all that a reader needs to know before it asks.

    STORE/vanban-tables/manifest.json      which parts there are, and which documents in them have been replaced
    STORE/vanban-tables/part-000001/       some thousand documents: TABLE.parquet for every table, search.sqlite

A part never changes. It is written beside its place and renamed; then the manifest is replaced by renaming. A reader
that has read a manifest can go on with its parts while newer ones are made: what a manifest no longer names is kept for
an hour. This module imports little, so that a question waits for the tables and not for the program.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Collection
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import DamagedFile, NewerTables, NoTables
from pipeline.store import read_json, write_json

SCHEMA: Final = "vanban-tables/1"
TABLES: Final = (
    "documents", "sections", "targets", "results", "references", "responsibilities", "deadlines", "tasks", "tables",
    "cells", "pages", "warnings", "corrections",
)  # fmt: skip
FOLDER: Final = "vanban-tables"
MANIFEST: Final = "manifest.json"
SEARCH: Final = "search.sqlite"
KEPT_SECONDS: Final = 3600.0


class Part(BaseModel):
    """A folder of tables that never changes."""

    name: str
    documents: int

    model_config = ConfigDict(extra="forbid")


class Manifest(BaseModel):
    """Which parts make up the tables. Rows of `dead` documents have been replaced or removed and do not count."""

    schema_: Literal["vanban-tables/1"] = Field(default=SCHEMA, alias="schema")
    generation: int = 0
    parts: list[Part] = Field(default_factory=list)
    dead: list[int] = Field(default_factory=list)
    next_document: int = 1
    next_part: int = 1
    unreadable: dict[str, str] = Field(default_factory=dict, description="records left out, and why")
    restamped: dict[str, str] = Field(default_factory=dict, description="touched on disk, and still the same")
    retired: dict[str, float] = Field(default_factory=dict, description="parts kept for readers, since when")

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    @property
    def documents(self) -> int:
        """How many documents count."""
        return sum(part.documents for part in self.parts) - len(self.dead)


def tables_folder(store: Path) -> Path:
    """Return where the tables of a store are."""
    return store / FOLDER


def read_manifest(store: Path) -> Manifest:
    """Return what makes up the tables of a store.

    Raises:
        NoTables: none have been made, or only by an older version. NewerTables. DamagedFile.
    """
    path = tables_folder(store) / MANIFEST
    if not store.is_dir():
        raise NoTables("there is no such folder", path=store, advice="Check the path.")
    if not path.exists():
        raise NoTables("the tables have not been made yet", path=store)
    value = read_json(path)
    schema = value.get("schema") if isinstance(value, dict) else None
    name, _, version = str(schema).partition("/")
    if name == "vanban-tables" and schema != SCHEMA:
        if version.isdecimal() and int(version) < int(SCHEMA.partition("/")[2]):
            raise NoTables("the tables were made by an older vanban", path=store)
        raise NewerTables(f"the tables were made by a newer vanban ({schema})", path=store)
    try:
        return Manifest.model_validate(value)
    except ValidationError:
        advice = "Run `vanban tables --rebuild` on the store."
        raise DamagedFile("this is no list of tables", path=path, advice=advice) from None


def write_manifest(store: Path, manifest: Manifest, name: str = MANIFEST) -> None:
    """Replace the manifest at once: a reader sees the old one or the new one."""
    write_json(manifest.model_dump(mode="json", by_alias=True), tables_folder(store) / name)


def table_files(store: Path, manifest: Manifest, table: str) -> list[Path]:
    """Return the Parquet files of a table.

    Raises:
        NoTables: a part that the manifest names is gone.
    """
    files = [tables_folder(store) / part.name / f"{table}.parquet" for part in manifest.parts]
    missing = next((path for path in files if not path.exists()), None)
    if missing is not None:
        raise NoTables("a part of the tables is missing", path=missing)
    return files


def search_files(store: Path, manifest: Manifest) -> list[Path]:
    """Return the search indexes of the parts."""
    return [tables_folder(store) / part.name / SEARCH for part in manifest.parts]


def sweep(store: Path, manifest: Manifest) -> None:
    """Remove what no reader can need: parts retired long ago, and litter of runs that were killed."""
    named = {part.name for part in manifest.parts} | set(manifest.retired)
    for path in tables_folder(store).iterdir():
        if path.is_dir() and path.name not in named:
            shutil.rmtree(path, ignore_errors=True)


def retire(manifest: Manifest, names: Collection[str]) -> None:
    """Take parts out of the manifest; they stay on disk for a while, for readers of the manifest before."""
    now = time.time()
    manifest.retired = {name: at for name, at in manifest.retired.items() if now - at < KEPT_SECONDS}
    manifest.retired.update(dict.fromkeys(names, now))
    manifest.parts = [part for part in manifest.parts if part.name not in names]
