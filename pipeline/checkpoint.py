"""Finished pages of unfinished documents, on disk: what a killed run had read of a long document is not read again.

A page lies in a folder named for the document's bytes, the program's version and its settings, so that a page is never
taken for another's. It is written beside its place and renamed; one that a power cut left as rubbish does not validate
and is read again, which is why nothing waits for the disk here.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Collection
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from pipeline.document import Page

WORTH_KEEPING_SECONDS = 0.2  # a page that took less is read again in the time that keeping it takes
SUFFIX = ".page"
_KEPT = TypeAdapter(tuple[Page, float], config=ConfigDict(allow_inf_nan=False))


def shelf(home: Path, sha256: str, version: str) -> Path:
    """Return the folder for the pages of one document, read by one version with one choice of settings."""
    return home / hashlib.sha256(f"{sha256}\n{version}".encode()).hexdigest()


def keep(folder: Path, page: Page, seconds: float) -> None:
    """Keep a page that took so many seconds, if that is worth it. Where it cannot be kept, it is read again one day."""
    if seconds < WORTH_KEEPING_SECONDS:
        return
    place = folder / f"{page.number}{SUFFIX}"
    temporary = folder / f"{page.number}.{os.getpid()}.tmp"
    with contextlib.suppress(OSError, PydanticSerializationError):  # disk full; half a letter in a damaged layer
        folder.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(_KEPT.dump_json((page, seconds), warnings=False))
        temporary.replace(place)


def kept(folder: Path, count: int) -> dict[int, tuple[Page, float]]:
    """Return the pages of a document of so many that are there, by number, with the seconds that each took."""
    found = {}
    for place in folder.glob(f"*{SUFFIX}"):
        with contextlib.suppress(OSError, ValidationError):
            page, seconds = _KEPT.validate_json(place.read_bytes())
            if place.stem == f"{page.number}" and 1 <= page.number <= count:
                found[page.number] = page, seconds
    return found


def drop(folder: Path) -> None:
    """Forget the pages of a document that is finished."""
    shutil.rmtree(folder, ignore_errors=True)


def sweep(home: Path, live: Collection[Path]) -> None:
    """Remove every folder but the live ones: documents that went, or were finished by a run that died just then."""
    for folder in home.glob("*"):
        if folder not in live:
            drop(folder)
