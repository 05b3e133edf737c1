"""Where the file lies that a record was made from, and whether it still is that file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pipeline.errors import Unreadable
from pipeline.intake import digest
from pipeline.records import Source

State = Literal["present", "missing", "changed", "not_given"]


@dataclass(frozen=True)
class Original:
    """The file of a record: `path` only where it is there and has the bytes that were read.

    ``not_given`` means that nobody said where the originals lie, ``changed`` that the file has other bytes now.
    """

    state: State
    path: Path | None = None


def find_original(source: Source, folders: Sequence[Path]) -> Original:
    """Look for a record's file in the folders, in their order; what leads out of them is not followed."""
    if not folders:
        return Original("not_given")
    state: State = "missing"
    for folder in folders:
        path = _inside(folder, source.path)
        if path is None:
            continue
        if _same_bytes(path, source):
            return Original("present", path)
        state = "changed"
    return Original(state)


def _inside(folder: Path, name: str) -> Path | None:
    """Return the file of that name, None where there is none or it lies outside of the folder."""
    try:
        root = folder.resolve()
        path = (root / name).resolve()
        return path if path.is_relative_to(root) and path.is_file() else None
    except (OSError, ValueError, RuntimeError):  # a name with a NUL, too long, a loop of links
        return None


def _same_bytes(path: Path, source: Source) -> bool:
    try:
        status = path.stat()
        if status.st_size != source.bytes:
            return False
        return _sha256(path, status.st_mtime_ns, status.st_size) == source.sha256
    except (OSError, Unreadable):
        return False


@lru_cache(maxsize=4096)
def _sha256(path: Path, modified_ns: int, size_bytes: int) -> str:
    """Hash a file once for as long as its time and size stay."""
    return digest(path)[0]
