"""Inbox and store on storage that is no folder (S3-compatible, WebDAV, …), by fsspec: mirrored to a working folder.

What is new comes in before the run; what the run wrote goes out after it, records first, the list of the tables' parts
after the parts, the ledger last, so that the storage never has a ledger that knows of a record which is not there. The
run itself sees folders, as ever. The only module that imports fsspec, which `make setup-cluster` brings; the storage's
own package (s3fs, …) is installed beside.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import MissingProgram, OutputError, Unreadable, UsageError
from pipeline.nightly.premises import Premises

MARKS = ("ETag", "etag", "md5", "checksum", "LastModified", "last_modified", "mtime", "updated", "created")
TIMES = ("LastModified", "last_modified", "mtime", "updated", "created")
MANIFEST = ".vanban-mirror.json"
Manifest = dict[str, list[Any]]


@contextmanager
def mirrored(inbox: str, out: str, work: Path | None) -> Iterator[tuple[Path, Path]]:
    """Yield inbox and store as folders; those that are on storage are mirrored in `work`, and the store sent back.

    Raises:
        UsageError: there is no `work` for what is on storage.
        MissingProgram: fsspec or the storage's package is not installed.
        Unreadable, OutputError: the storage does not answer, or takes nothing.
    """
    if not (_is_remote(inbox) or _is_remote(out)):
        yield Path(inbox), Path(out)
        return
    if work is None:
        raise UsageError("storage needs a working folder", advice="Name one with --work; keep it between runs.")
    inbox_folder, out_folder = Path(inbox), Path(out)
    if _is_remote(out):
        out_folder, storage = work / "store", Storage(out)
        if not Premises(out_folder).ledger.exists():  # a new machine
            storage.bring(out_folder)
    if _is_remote(inbox):
        inbox_folder = work / "inbox"
        Storage(inbox).bring(inbox_folder)
    try:
        yield inbox_folder, out_folder
    finally:
        if _is_remote(out):
            storage.send(out_folder)


def _is_remote(place: str) -> bool:
    return "://" in place


class Storage:
    """A tree of files on storage."""

    def __init__(self, url: str) -> None:
        self.url = url
        try:
            import fsspec

            self._files, root = fsspec.core.url_to_fs(url)
        except ImportError as error:
            advice = "Run `make setup-cluster`, and install what is named."
            raise MissingProgram(f"a package for {url} is not installed ({error})", advice=advice) from None
        except (ValueError, OSError) as error:
            raise Unreadable(f"no such storage ({error})", path=url) from None
        self._root = PurePosixPath(root)

    def bring(self, folder: Path) -> None:
        """Make a folder hold what the storage holds: fetch what changed, remove what is gone.

        Raises:
            Unreadable: the storage does not answer.
        """
        known = _read_manifest(folder / MANIFEST)
        there: Manifest = {}
        try:
            self._files.invalidate_cache()
            found: dict[str, dict[str, Any]] = self._files.find(str(self._root), detail=True)
            for place, about in sorted(found.items()):
                path = PurePosixPath(place).relative_to(self._root)
                if any(part == ".." or part == MANIFEST for part in path.parts):
                    continue
                there[str(path)] = mark = [about.get("size"), str(_first(about, MARKS))]
                if known.get(str(path)) != mark or not (folder / path).exists():
                    self._fetch(place, about, folder / path)
        except Exception as error:  # each kind of storage has errors of its own
            raise Unreadable(f"the storage does not answer ({type(error).__name__}: {error})", path=self.url) from None
        for gone in known.keys() - there.keys():
            (folder / gone).unlink(missing_ok=True)
        _write_manifest(folder / MANIFEST, there)

    def _fetch(self, place: str, about: dict[str, Any], target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{target.name}.part")
        self._files.get_file(place, str(part))
        if (when := _seconds(_first(about, TIMES))) is not None:
            os.utime(part, (when, when))  # a file that is still coming in is left for the next night, here too
        part.replace(target)

    def send(self, store: Path) -> None:
        """Send what a run has written, the ledger last, and remove what it has removed.

        Raises:
            OutputError: the storage takes nothing; what was not sent goes with the next run.
        """
        premises = Premises(store)
        manifest = premises.home / MANIFEST
        sent = _read_manifest(manifest)
        files = sorted(_to_send(premises), key=lambda p: (p == premises.ledger, p.parent == premises.tables, p))
        there = {path.relative_to(store).as_posix(): path for path in files}
        try:
            for name, path in there.items():
                status = path.stat()
                mark = [status.st_size, status.st_mtime_ns]
                if sent.get(name) != mark:
                    place = str(self._root / name)
                    self._files.makedirs(str(PurePosixPath(place).parent), exist_ok=True)
                    self._files.put_file(str(path), place)
                    sent[name] = mark
            for gone in sent.keys() - there.keys():
                with suppress(FileNotFoundError):
                    self._files.rm_file(str(self._root / gone))
                del sent[gone]
        except Exception as error:
            raise OutputError(f"the storage takes nothing ({type(error).__name__}: {error})", path=self.url) from None
        finally:
            _write_manifest(manifest, sent)


def _to_send(premises: Premises) -> Iterator[Path]:
    """Yield what belongs to a store that rests: all but links, unfinished pages and what SQLite holds beside it."""
    for folder, folders, files in os.walk(premises.out):
        here = Path(folder)
        folders[:] = [name for name in folders if here / name != premises.pages]
        for name in files:
            path = here / name
            passing = name in ("lock", MANIFEST) or name.endswith((".tmp", "-wal", "-shm"))
            if not (passing or path.is_symlink()):
                yield path


def _first(about: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((about[name] for name in names if about.get(name) is not None), None)


def _seconds(when: Any) -> float | None:
    """Return a time as storages give it, in seconds since 1970."""
    if isinstance(when, datetime):
        return when.timestamp()
    if isinstance(when, str):
        with suppress(ValueError):
            return datetime.fromisoformat(when).timestamp()
    return float(when) if isinstance(when, int | float) else None


def _read_manifest(path: Path) -> Manifest:
    try:
        found: Manifest = json.loads(path.read_bytes())
        return found
    except (OSError, ValueError):
        return {}  # then everything is compared anew


def _write_manifest(path: Path, manifest: Manifest) -> None:
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(manifest), "utf-8")
