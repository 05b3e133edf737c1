"""What people said of whole documents, as truth that `make score` measures by: ``NAME.json`` with the facts.

Only documents in which every fact and header field has been judged become truth. Facts that the reader missed are in it
where people added them; where nobody did, it measures what is read wrongly, not what is overlooked. Folders are those
of the store.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Final

from pipeline import corrections
from pipeline.analysis.tabulate import find_records
from pipeline.store import read_record, write_json

INPUT_SUFFIXES: Final = frozenset({".pdf", ".txt", ".tif", ".tiff", ".png", ".jpg", ".jpeg"})


def write(store: Path, folder: Path) -> tuple[int, int]:
    """Write the truth of every document that people have judged throughout; return how many, and how many they began.

    Raises:
        Unreadable, DamagedFile, OutputError.
    """
    written = begun = 0
    for found in find_records(store, {}):
        if not corrections.path_beside(found.path).exists():
            continue
        log = corrections.read(found.path)
        judged = corrections.apply(read_record(found.path), log)
        if corrections.unjudged(judged):
            begun += 1
            continue
        name = PurePosixPath(found.file)
        if name.suffix.lower() in INPUT_SUFFIXES:
            name = name.with_suffix("")
        write_json(corrections.truth(judged), folder / f"{name}.json")
        written += 1
    return written, begun
