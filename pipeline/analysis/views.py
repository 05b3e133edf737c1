"""The SQL that puts macros and views over the tables of a store."""

from __future__ import annotations

from pathlib import Path

from pipeline.analysis import manifests
from pipeline.analysis.macros import MACROS, VIEWS, literal
from pipeline.errors import NoRecords


def statements(store: Path, manifest: manifests.Manifest) -> list[str]:
    """Return the SQL that makes macros and views over the tables.

    Raises:
        NoTables: a part is missing. NoRecords: there is no document at all.
    """
    if not manifest.parts:
        raise NoRecords("the store has no records", path=store)
    store, made = store.resolve(), [macro.statement for macro in MACROS]
    dead = ", ".join(map(str, manifest.dead))
    for table in manifests.TABLES:
        files = ", ".join(literal(str(path)) for path in manifests.table_files(store, manifest, table))
        living = f" WHERE document NOT IN ({dead})" if dead else ""
        made.append(f'CREATE VIEW "{table}" AS SELECT * FROM read_parquet([{files}]){living}')
    return made + [f"CREATE VIEW {name} AS {body}" for name, body in VIEWS.items()]
