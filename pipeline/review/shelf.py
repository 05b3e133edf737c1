"""Records by name, as the page asks for them: found only inside the store, read once as long as they stay the same."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

from pipeline import corrections
from pipeline.corrections import Corrections, Judged
from pipeline.errors import InputError, TooLarge, Unreadable
from pipeline.records import Record
from pipeline.store import SUMMARY_NAME, read_record

MAX_RECORD_BYTES: Final = 64 << 20
MAX_NAME_CHARACTERS: Final = 2_000
KEPT_RECORDS: Final = 16


class NotThere(InputError):
    """The store has no such record."""

    code = "not_there"


@dataclass(frozen=True)
class Opened:
    """A record with what people said of it; `name` is its path in the store without ``.json``."""

    name: str
    path: Path
    record: Record
    log: Corrections

    @cached_property
    def judged(self) -> Judged:
        """The record with its corrections laid over it."""
        return corrections.apply(self.record, self.log)


class Shelf:
    """The records of one store."""

    def __init__(self, store: Path) -> None:
        self.store = store

    def open(self, name: str) -> Opened:
        """Read a record and its corrections.

        Raises:
            NotThere: no record of that name, or the name leads out of the store.
            TooLarge, DamagedFile, Unreadable: the record cannot be shown.
        """
        path = self._path(name)
        try:
            status = path.stat()
        except OSError:
            raise NotThere("there is no such record", path=name) from None
        if status.st_size > MAX_RECORD_BYTES:
            raise TooLarge(f"the record is larger than {MAX_RECORD_BYTES >> 20} MiB", path=name)
        record = _read(path, status.st_mtime_ns, status.st_size)
        return Opened(name, path, record, corrections.read(path))

    def _path(self, name: str) -> Path:
        """Return where a record of that name lies; nothing outside of the store and nothing hidden has a name."""
        parts = name.split("/")
        if (
            len(name) > MAX_NAME_CHARACTERS
            or any(not part or part.startswith(".") or "\\" in part for part in parts)
            or any(unicodedata.category(letter) == "Cc" for letter in name)
            or f"{name}.json" == SUMMARY_NAME
            or f"{name}.json".endswith(corrections.SUFFIX)
        ):
            raise NotThere("there is no such record", path=name)
        try:
            root = self.store.resolve()
            path = (root / f"{name}.json").resolve()
            if path.is_relative_to(root) and path.is_file():
                return path
        except (OSError, ValueError, RuntimeError) as error:
            raise NotThere("there is no such record", path=name) from error
        raise NotThere("there is no such record", path=name)


@lru_cache(maxsize=KEPT_RECORDS)
def _read(path: Path, modified_ns: int, size_bytes: int) -> Record:
    """Read a record once for as long as its time and size stay; a record that was replaced meanwhile is read anew."""
    try:
        return read_record(path)
    except FileNotFoundError:  # replaced between two looks
        raise Unreadable("the record went away", path=path) from None
