"""Writes the parts that tables are made of, and merges them: see `manifests` for where they lie.

This is the only module that writes Parquet.
"""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.analysis import fulltext
from pipeline.analysis.columns import Column, Reading, TableSpec
from pipeline.analysis.manifests import SCHEMA, SEARCH, Manifest, Part, tables_folder
from pipeline.analysis.schema import TABLES
from pipeline.errors import NoTables

SOURCES: Final = "sources"
FLUSH_DOCUMENTS: Final = 250
ROWS_IN_GROUP: Final = {"pages": 2_000, "sections": 20_000}
DEFAULT_ROWS_IN_GROUP: Final = 60_000

_ARROW: Final = {
    "text": pa.string(),
    "texts": pa.list_(pa.string()),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
}


class Source(NamedTuple):
    """A record that is in the tables: where it lies in the store, how it looked on disk, and its hash."""

    file: str
    document: int
    stamp: str
    sha256: str


_SOURCES: Final = pa.schema(
    [pa.field(name, _ARROW["integer" if name == "document" else "text"]) for name in Source._fields]
)


def sources(store: Path, manifest: Manifest) -> dict[str, Source]:
    """Return the records that the tables hold, by file.

    Raises:
        NoTables: a part is missing or damaged.
    """
    dead, found = set(manifest.dead), {}
    for part in manifest.parts:
        for source in _sources_of(store, part):
            if source.document not in dead:
                found[source.file] = source._replace(stamp=manifest.restamped.get(source.file, source.stamp))
    return found


def documents_of(store: Path, part: Part) -> set[int]:
    """Return the documents that have rows in a part."""
    return {source.document for source in _sources_of(store, part)}


def _sources_of(store: Path, part: Part) -> Iterator[Source]:
    path = tables_folder(store) / part.name / f"{SOURCES}.parquet"
    try:
        columns = pq.read_table(path).to_pydict()
    except (OSError, pa.ArrowException):
        raise NoTables("a part of the tables is missing or damaged", path=path) from None
    yield from map(Source._make, zip(*(columns[name] for name in _SOURCES.names), strict=True))


def write_part(folder: Path, name: str, readings: Iterable[tuple[Reading, str]]) -> Part:
    """Write documents, each with its stamp, as one part under `folder`."""
    kept, chunks = [], defaultdict[str, list[pa.Table]](list)
    with _making(folder, name) as making, fulltext.Index(making / SEARCH) as index:
        waiting: list[Reading] = []
        for reading, stamp in readings:
            kept.append((reading.file, reading.document, stamp, reading.sha256))
            waiting.append(reading)
            index.add(_shelved(reading))
            if len(waiting) == FLUSH_DOCUMENTS:
                _collect(waiting, chunks)
                waiting = []
        _collect(waiting, chunks)
        chunks[SOURCES] = [_source_table(kept)]
        _write(making, chunks)
    return Part(name=name, documents=len(kept))


def merge_parts(folder: Path, name: str, parts: Collection[str], dead: Collection[int]) -> Part:
    """Write one part that holds what counts of several; rows are copied, no record is read."""
    gone = pa.array(sorted(dead), pa.int64())
    chunks: dict[str, list[pa.Table]] = {}
    with _making(folder, name) as making, fulltext.Index(making / SEARCH) as index:
        for table in (*(spec.name for spec in TABLES), SOURCES):
            read = (pq.read_table(folder / part / f"{table}.parquet") for part in parts)
            chunks[table] = [rows.filter(pc.invert(pc.is_in(rows["document"], gone))) for rows in read]
        for part in parts:
            index.copy(folder / part / SEARCH, set(dead))
        _write(making, chunks)
    return Part(name=name, documents=sum(rows.num_rows for rows in chunks[SOURCES]))


class _making:
    """A folder that gets its name when everything in it has reached the disk."""

    def __init__(self, folder: Path, name: str) -> None:
        self._place, self._making = folder / name, folder / f".making-{name}-{os.getpid()}"

    def __enter__(self) -> Path:
        shutil.rmtree(self._making, ignore_errors=True)
        self._making.mkdir(parents=True)
        return self._making

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            for path in (*self._making.iterdir(), self._making):
                _flush(path)
            shutil.rmtree(self._place, ignore_errors=True)
            self._making.rename(self._place)
            _flush(self._place.parent)
        else:
            shutil.rmtree(self._making, ignore_errors=True)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _collect(readings: Collection[Reading], chunks: dict[str, list[pa.Table]]) -> None:
    """Turn documents into rows of every table; Arrow holds them in a fraction of what Python's objects take."""
    for spec in TABLES:
        arrays = [pa.array(values, _ARROW[c.type]) for c, values in zip(spec.columns, spec.fill(readings), strict=True)]
        chunks[spec.name].append(pa.Table.from_arrays(arrays, schema=_arrow_schema(spec)))


def _arrow_schema(spec: TableSpec) -> pa.Schema:
    def field(column: Column) -> pa.Field[Any]:
        return pa.field(column.name, _ARROW[column.type], metadata={"about": column.about})

    return pa.schema([field(column) for column in spec.columns], metadata={"about": spec.about, "schema": SCHEMA})


def _source_table(rows: list[tuple[str, int, str, str]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(_SOURCES)
    arrays = [pa.array(values, field.type) for values, field in zip(columns, _SOURCES, strict=True)]
    return pa.Table.from_arrays(arrays, schema=_SOURCES)


def _write(folder: Path, chunks: dict[str, list[pa.Table]]) -> None:
    for name, tables in chunks.items():
        rows = pa.concat_tables(tables)
        group = ROWS_IN_GROUP.get(name, DEFAULT_ROWS_IN_GROUP)
        pq.write_table(rows, folder / f"{name}.parquet", row_group_size=group, compression="zstd")


def _shelved(reading: Reading) -> fulltext.Shelved:
    header, record = reading.record.header, reading.record
    pages = [(page.number, "\n".join(line.text for line in page.lines)) for page in record.pages]
    about = fulltext.About(
        reading.document, reading.file, header.number, header.kind, header.issuer, header.date, header.title
    )
    return fulltext.Shelved(about, pages)


def stamp(paths: Iterable[Path]) -> str:
    """Return how files look on disk without reading them: size and times. Another stamp may hide the same bytes."""
    parts = []
    for path in paths:
        try:
            status = path.stat()
        except FileNotFoundError:
            continue
        parts.append(f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}")
    return "|".join(parts)
