"""Quarantine: a link and a reason for each document that could not be read; the original stays untouched.

The folder only mirrors the ledger and is made anew after each run, so that nothing in it can be lost or out of date.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from pipeline import store
from pipeline.nightly.ledger import Row

REASON_SUFFIX = ".reason.txt"


def mirror(folder: Path, inbox: Path, rows: Iterable[Row], sentence: dict[str, str]) -> None:
    """Have the folder hold these documents, as far as they still stand in the inbox, and no others.

    `sentence` says each code in the reader's language.

    Raises:
        OutputError: disk full, no permission.
    """
    wanted: set[Path] = set()
    for row in (row for row in rows if row.stands):
        place = folder / f"{row.sha256[:12]}-{_short(Path(row.paths[0]).name)}"
        reason = place.with_name(f"{place.name}{REASON_SUFFIX}")
        lines = [sentence.get(row.code or "", ""), row.reason or "", "", *(str(inbox / path) for path in row.paths)]
        store.write_text("\n".join(lines) + "\n", reason)
        _link(place, (inbox / row.paths[0]).absolute())
        wanted |= {place, reason}
    _clear(folder, wanted)


def _short(name: str) -> str:
    """Return a name that has room for what is put round it: its end, which holds the suffix."""
    return name if len(os.fsencode(name)) <= 200 else name[-50:]


def _link(place: Path, target: Path) -> None:
    """Point a link at the original; a file system without links does without, the reason names the file."""
    with contextlib.suppress(OSError):
        if place.is_symlink() and place.readlink() == target:
            return
        place.unlink(missing_ok=True)
        place.symlink_to(target)


def _clear(folder: Path, wanted: set[Path]) -> None:
    for here, folders, files in os.walk(folder, topdown=False):
        for name in files:
            if Path(here, name) not in wanted:
                Path(here, name).unlink(missing_ok=True)
        for name in folders:
            with contextlib.suppress(OSError):  # it still holds something
                Path(here, name).rmdir()
