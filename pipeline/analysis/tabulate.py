"""Records into tables: what is new or changed since the last time becomes new parts, what is gone ceases to count.

A record is known by how its file looks on disk; where that changed, by its hash. Work is done in processes of some
thousand documents each. What is finished is noted in a second manifest, so a run that is killed goes on where it
stopped; readers see the first manifest until everything is done.
"""

from __future__ import annotations

import fcntl
import gc
import hashlib
import multiprocessing
import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from pipeline import corrections
from pipeline.analysis import manifests, parts
from pipeline.analysis.columns import Reading
from pipeline.analysis.manifests import Manifest, Part
from pipeline.analysis.parts import Source
from pipeline.errors import NoTables, OutputError, StoreBusy, TablesError, VanbanError
from pipeline.records import SCHEMA, Record
from pipeline.store import SUMMARY_NAME, read_json

PART_DOCUMENTS: Final = 2_500
SMALL_PART: Final = PART_DOCUMENTS // 2
MAX_SMALL_PARTS: Final = 8
MAX_DEAD_SHARE: Final = 0.2
NEXT: Final = "manifest.next.json"
Watch = Callable[[int, int], None]


@dataclass
class Outcome:
    """What a run did: documents new or read anew, gone, unchanged; records left out and why."""

    added: int = 0
    gone: int = 0
    unchanged: int = 0
    documents: int = 0
    unreadable: dict[str, str] = field(default_factory=dict)


class Found(NamedTuple):
    """A record's file, the same with its corrections, and the hash that it had when it was last read."""

    file: str
    path: Path
    stamp: str
    sha256: str | None


class Made(NamedTuple):
    """What a process made of its share: a part (None where nothing had changed), and what it left out."""

    part: Part | None
    files: list[str]
    same: dict[str, str]
    unreadable: dict[str, str]


def refresh(store: Path, *, jobs: int = 1, rebuild: bool = False, watch: Watch = lambda done, of: None) -> Outcome:
    """Bring the tables of a store up to its records; `rebuild` makes all of them anew.

    Raises:
        NoTables: there is no such store. NewerTables: made by a newer version (`rebuild` replaces them).
        StoreBusy: another process is at it. OutputError: the disk is full, no permission.
    """
    if not store.is_dir():
        raise NoTables("there is no such folder", path=store, advice="Give the folder of the records.")
    folder = manifests.tables_folder(store)
    with _locked(folder):
        manifest = _start(store, rebuild)
        manifests.sweep(store, manifest)
        known = parts.sources(store, manifest)
        found = list(find_records(store, known))
        outcome = Outcome()
        outcome.gone = _bury(manifest, known, {one.file for one in found})
        changed = [one for one in found if one.file not in known or known[one.file].stamp != one.stamp]
        outcome.unchanged = len(found) - len(changed)
        manifest.unreadable = {}
        for made in _make(store, manifest, changed, jobs, watch):
            _take_in(manifest, made, known)
            outcome.added += len(made.files)
            outcome.unchanged += len(made.same)
            manifests.write_manifest(store, manifest, NEXT)
        _tidy(folder, manifest)
        if not _stands(store, manifest):
            manifest.generation += 1
            manifests.write_manifest(store, manifest)
        (folder / NEXT).unlink(missing_ok=True)
        outcome.documents, outcome.unreadable = manifest.documents, manifest.unreadable
    return outcome


def find_records(store: Path, known: dict[str, Source]) -> Iterator[Found]:
    """Yield the JSON files of a store that may be records, with how they look on disk, in the order of their names."""
    for top, folders, names in os.walk(store):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != manifests.FOLDER)
        beside = {name for name in names if name.endswith(corrections.SUFFIX)}
        for name in sorted(names):
            if name.startswith(".") or not name.endswith(".json") or name in beside or name == SUMMARY_NAME:
                continue
            path = Path(top, name)
            file = path.relative_to(store).as_posix().removesuffix(".json")
            more = corrections.path_beside(path)
            stamp = parts.stamp([path, more] if more.name in beside else [path])
            yield Found(file, path, stamp, known[file].sha256 if file in known else None)


def read(one: Found, document: int) -> Reading | str | None:
    """Return a record with its corrections; its hash where that is known already; None where the file is no record.

    Raises:
        TablesError: a record that cannot be read.
    """
    try:
        data = one.path.read_bytes()
        more = corrections.path_beside(one.path)
        judged_by = more.read_bytes() if more.exists() else b""
    except OSError as error:
        raise TablesError(f"it cannot be read ({(error.strerror or str(error)).lower()})") from None
    sha256 = hashlib.sha256(data + b"\0" + judged_by).hexdigest()
    if sha256 == one.sha256:
        return sha256
    try:
        record = Record.model_validate_json(data)
        log = corrections.read(one.path) if judged_by else corrections.Corrections()
    except ValidationError as error:
        if b'"schema"' not in data and not error.errors()[0]["type"].startswith("json"):
            return None
        raise TablesError(_why(data, error)) from None
    except VanbanError as error:
        raise TablesError(f"its corrections: {error.message}") from None
    return Reading(document, one.file, sha256, corrections.apply(record, log))


def _why(data: bytes, error: ValidationError) -> str:
    if b'"schema": "vanban/' in data and f'"{SCHEMA}"'.encode() not in data:
        return "it was written by another version of vanban"
    first = error.errors()[0]
    return f"it is no whole record: {'.'.join(map(str, first['loc']))} {first['msg']}"


def _start(store: Path, rebuild: bool) -> Manifest:
    """Return what is there already, or what a run that was killed had come to; nothing where all is to be made anew."""
    manifest, usable = Manifest(), False
    try:
        manifest = manifests.read_manifest(store)
        parts.sources(store, manifest)
        usable = not rebuild
    except NoTables:
        pass
    except VanbanError:
        if not rebuild:
            raise
    begun = manifests.tables_folder(store) / NEXT
    if rebuild:
        begun.unlink(missing_ok=True)
    elif begun.exists():
        with suppress(VanbanError, ValidationError):
            unfinished = Manifest.model_validate(read_json(begun))
            if unfinished.generation == manifest.generation:
                parts.sources(store, unfinished)
                return unfinished
    return manifest if usable else _emptied(store, manifest)


def _stands(store: Path, manifest: Manifest) -> bool:
    """Tell whether this is what readers see already."""
    try:
        return manifests.read_manifest(store) == manifest
    except VanbanError:
        return False


def _emptied(store: Path, manifest: Manifest) -> Manifest:
    """Begin from nothing, under names that no part has had; readers keep what is there until the end."""
    numbers = [int(path.name.rpartition("-")[2]) for path in manifests.tables_folder(store).glob("part-*")]
    empty = Manifest(generation=manifest.generation, next_part=max(numbers, default=0) + 1)
    manifests.retire(empty, [part.name for part in manifest.parts])
    return empty


def _bury(manifest: Manifest, known: dict[str, Source], found: set[str]) -> int:
    """Let records that are no longer in the store cease to count."""
    gone = [file for file in known if file not in found]
    for file in gone:
        manifest.dead.append(known.pop(file).document)
        manifest.restamped.pop(file, None)
    return len(gone)


def _take_in(manifest: Manifest, made: Made, known: dict[str, Source]) -> None:
    manifest.unreadable.update(made.unreadable)
    manifest.restamped.update(made.same)
    for file in (*made.files, *made.unreadable):
        manifest.restamped.pop(file, None)
        if file in known:
            manifest.dead.append(known.pop(file).document)
    if made.part is not None:
        manifest.parts.append(made.part)


def _tidy(folder: Path, manifest: Manifest) -> None:
    """Merge small parts when there are many of them, and leave out of parts what mostly counts no more."""
    store = folder.parent
    alive = {name: len(documents) for name, documents in _documents(store, manifest).items()}
    dead = set(manifest.dead)
    spoiled = {p.name for p in manifest.parts if p.documents - alive[p.name] > MAX_DEAD_SHARE * p.documents}
    small = {part.name for part in manifest.parts if alive[part.name] < SMALL_PART}
    chosen = [p.name for p in manifest.parts if p.name in spoiled or (len(small) > MAX_SMALL_PARTS and p.name in small)]
    merged: list[Part] = []
    share: list[str] = []
    for name in [*chosen, ""]:
        if share and (not name or sum(alive[other] for other in (*share, name)) > PART_DOCUMENTS):
            if any(alive[other] for other in share):
                merged.append(parts.merge_parts(folder, _next_name(manifest), share, dead))
            share = []
        if name:
            share.append(name)
    manifests.retire(manifest, chosen)
    manifest.parts += merged
    left = {n for numbers in _documents(store, manifest, alive=False).values() for n in numbers}
    manifest.dead = sorted(dead & left)


def _documents(store: Path, manifest: Manifest, *, alive: bool = True) -> dict[str, set[int]]:
    """Return the documents of each part: those that count, or all that have rows."""
    dead = set(manifest.dead) if alive else set()
    return {part.name: parts.documents_of(store, part) - dead for part in manifest.parts}


def _next_name(manifest: Manifest) -> str:
    name = f"part-{manifest.next_part:06}"
    manifest.next_part += 1
    return name


def _make(store: Path, manifest: Manifest, changed: Sequence[Found], jobs: int, watch: Watch) -> Iterator[Made]:
    """Share the work out to processes and yield what each made, as it comes."""
    size = min(PART_DOCUMENTS, -(-len(changed) // jobs) or 1)
    shares = [changed[start : start + size] for start in range(0, len(changed), size)]
    folder, done = manifests.tables_folder(store), 0
    for made, count in _over_processes(_work(manifest, folder, shares), jobs):
        done += count
        watch(done, len(changed))
        yield made


def _work(
    manifest: Manifest, folder: Path, shares: Sequence[Sequence[Found]]
) -> Iterator[tuple[Path, str, Sequence[Found], int]]:
    for share in shares:
        first = manifest.next_document
        manifest.next_document += len(share)
        yield folder, _next_name(manifest), share, first


def _over_processes(work: Iterator[tuple[Path, str, Sequence[Found], int]], jobs: int) -> Iterator[tuple[Made, int]]:
    """Run one process a share, `jobs` at a time. A process that dies takes its share with it, and the run."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline.analysis.tabulate"])
    running: dict[Connection, tuple[Any, int]] = {}
    try:
        while True:
            while len(running) < jobs and (arguments := next(work, None)) is not None:
                ours, theirs = context.Pipe(duplex=False)
                process = context.Process(target=_share, args=(theirs, *arguments), daemon=True)
                process.start()
                theirs.close()
                running[ours] = process, len(arguments[2])
            if not running:
                return
            for ready in wait(list(running)):
                assert isinstance(ready, Connection)
                process, count = running.pop(ready)
                yield _received(ready), count
                process.join()
    finally:
        for process, _ in running.values():
            process.terminate()


def _received(connection: Connection) -> Made:
    try:
        result = connection.recv()
    except EOFError:
        raise OutputError("a process that makes the tables died", advice="Run `vanban tables` again.") from None
    finally:
        connection.close()
    if isinstance(result, BaseException):
        raise result
    assert isinstance(result, Made)
    return result


def _share(answer: Connection, folder: Path, name: str, share: Sequence[Found], first: int) -> None:
    """Make one part, in a process of its own, and say what came of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.disable()  # records hold no circles; to look for some among their many small objects takes half of the time
    result: Made | VanbanError
    try:
        result = make_part(folder, name, share, first)
    except VanbanError as error:
        result = error
    except OSError as error:
        result = OutputError(f"the tables cannot be written ({(error.strerror or str(error)).lower()})", path=folder)
    answer.send(result)


def _end_with_parent() -> None:
    """End this process when the one that started it is gone: the next run gives the part's name to another."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def make_part(folder: Path, name: str, share: Sequence[Found], first: int) -> Made:
    """Write the records of a share as one part; documents are numbered from `first`."""
    made = Made(None, [], {}, {})

    def readings() -> Iterator[tuple[Reading, str]]:
        for document, one in enumerate(share, start=first):
            try:
                reading = read(one, document)
            except TablesError as error:
                made.unreadable[one.file] = error.message
                continue
            if isinstance(reading, str):
                made.same[one.file] = one.stamp
            elif reading is not None:
                made.files.append(one.file)
                yield reading, one.stamp

    part = parts.write_part(folder, name, readings())
    if not part.documents:
        shutil.rmtree(folder / name)
        return made
    return made._replace(part=part)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the only right to change the tables of a store; it falls with the process that holds it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise OutputError(
            f"the folder cannot be made ({(error.strerror or str(error)).lower()})", path=folder
        ) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise StoreBusy("another process is making its tables", path=folder.parent) from None
    else:
        yield
    finally:
        os.close(handle)
