"""One spoiled input tried: read as a person's would be, within a folder that is watched. See `tests.fuzz`."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any, Final, NamedTuple

from tests.mutants import Case

WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT
TOUCHING: Final = {"os.mkdir": 1, "os.rename": 2, "os.link": 2, "os.symlink": 1, "os.remove": 1, "os.rmdir": 1}
"""Events of what else changes a disk: how many of its last arguments name a folder that a path is relative to."""


class Outcome(NamedTuple):
    """What became of a case: one of `FINE`, or caught, exception, memory, astray, promise, crash, hang."""

    what: str
    why: str = ""
    kind: str = ""
    megabytes: float = 0.0
    seconds: float = 0.0


class Promise(Exception):
    """What is written in the documentation does not hold."""


@dataclass
class Bench:
    """Where cases are tried: a folder of its own, and what each writes outside of it."""

    folder: Path
    page_seconds: float

    def __post_init__(self) -> None:
        self.astray: list[str] = []
        self.watching = False
        sys.addaudithook(self._heard)

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.watching:
            return
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING:
            self._touched(arguments[0])
        elif event in TOUCHING and all(argument == -1 for argument in arguments[-TOUCHING[event] :]):
            for place in arguments[:2] if event == "os.rename" else arguments[1 if "link" in event else 0 :][:1]:
                self._touched(place)

    def _touched(self, place: Any) -> None:
        if isinstance(place, str | bytes | os.PathLike):
            path = os.path.realpath(os.fsdecode(place))
            if not path.startswith((f"{self.folder}/store", f"{self.folder}/tmp", "/dev/null")):
                self.astray.append(path)

    @contextmanager
    def clean(self) -> Iterator[None]:
        """Let a case begin in empty folders, and watch what it writes."""
        for name in ("store", "tmp", "inbox"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
            (self.folder / name).mkdir(parents=True)
        self.astray.clear()
        yield
        self.watching = False

    def attempt(self, case: Case) -> Outcome:
        """Try a case."""
        from pipeline.errors import VanbanError

        with self.clean():
            try:
                outcome = RUNNERS[case.kind](self, case)
            except VanbanError as error:
                outcome = Outcome("refused", type(error).__name__)
            except MemoryError:
                outcome = Outcome("memory")
            except Promise as broken:
                outcome = Outcome("promise", str(broken))
            except Exception as error:
                place = traceback.extract_tb(error.__traceback__)[-1]
                ours = [f for f in traceback.extract_tb(error.__traceback__) if "/pipeline/" in f.filename]
                where = (
                    f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else f"{place.filename}:{place.lineno}"
                )
                outcome = Outcome("exception", f"{type(error).__name__} at {where}: {str(error)[:150]!r}")
                if VERBOSE in os.environ:
                    traceback.print_exc()
        return Outcome("astray", self.astray[0]) if self.astray else outcome

    def put(self, name: str, data: bytes) -> Path:
        """Write a file of the case, then watch what is written by others."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path


VERBOSE: Final = "VANBAN_FUZZ_VERBOSE"


def _extract(bench: Bench, case: Case) -> Outcome:
    """Read a document, write its record, read it back."""
    from pipeline import store
    from pipeline.errors import LOST_PAGE
    from pipeline.intake import Input
    from pipeline.run import Settings, extract

    path = bench.put("inbox/a", case.data)
    bench.watching = True
    record = extract(Input(path, "a"), Settings(page_seconds=bench.page_seconds))
    place = store.record_path(bench.folder / "store", "a.json")
    store.write_record(record, place)
    store.read_record(place)
    for warning in record.warnings:
        if warning.code == "restoration_failed" or (warning.code == "page_failed" and "Error: " in warning.message):
            return Outcome("memory" if "MemoryError" in warning.message else "caught", warning.message[:150])
    lost = [warning.message for warning in record.warnings if warning.code in LOST_PAGE]
    return Outcome("page lost", lost[0]) if lost else Outcome("read")


def _restore(bench: Bench, case: Case) -> Outcome:
    """Restore text as the command does; a line stays a line, and the edits lead from the one text to the other."""
    from pipeline.intake import sniff
    from pipeline.pages import decode
    from pipeline.restoring import restore_bytes

    bench.watching = True
    if sniff(case.data[:4096]) != "text/plain":
        return Outcome("refused", "NotADocument")
    restored = restore_bytes(case.data, decode)
    restoration = restored.restoration
    if restoration.text.count("\n") != restoration.original.count("\n"):
        raise Promise("a line did not stay a line")
    text, done = [], 0
    for edit in restoration.edits:
        text += [restoration.original[done : edit.start], edit.after]
        done = edit.end
    if "".join([*text, restoration.original[done:]]) != restoration.text:
        raise Promise("the edits do not give the text")
    restored.edit_lines("a")
    restored.explanation()
    return Outcome("read")


def _record(bench: Bench, case: Case) -> Outcome:
    """Tabulate a record, show it, explain it, and open it in the review page and for programs."""
    from rich.console import Console

    from pipeline import display, explaining, store
    from pipeline.analysis import manifests, tabulate
    from pipeline.errors import UsageError
    from pipeline.review.shelf import _read

    place = bench.put("store/a.json", case.data)
    if case.beside:
        bench.put("store/a.corrections.json", case.beside)
    folder = manifests.tables_folder(bench.folder / "store")
    folder.mkdir()
    bench.watching = True
    made = tabulate.make_part(folder, "part-000001", list(tabulate.find_records(bench.folder / "store", {})), 1)
    _read.cache_clear()
    with _client(bench) as client:
        for address in (
            "/documents/a",
            "/api/documents/a",
            "/api/truth/a",
            "/edit/targets-0/a",
            "/documents/a?show=doubtful&order=page",
        ):
            if (status := client.get(address).status_code) >= 500:
                raise Promise(f"{address} answers {status}")
    record = store.read_record(place)
    Console(file=StringIO(), width=80).print(display.record_view(record))
    for name in ("targets/1", "header/number", "tasks/1"):
        with suppress(UsageError):  # it may have lost that one
            explaining.explain(record, name)
    return Outcome("refused", "TablesError") if made.unreadable else Outcome("read")


@contextmanager
def _client(bench: Bench) -> Iterator[Any]:
    """Return what asks the review page of the store, without the tables that only its list needs."""
    from fastapi.testclient import TestClient

    from pipeline.review.answers import Answers
    from pipeline.review.app import make_app
    from pipeline.review.desk import Desk
    from pipeline.review.pictures import Pictures
    from pipeline.review.shelf import Shelf

    store = bench.folder / "store"
    desk = Desk(Shelf(store), Answers(store), Pictures(bench.folder / "tmp", workers=1), csrf="x")
    yield TestClient(make_app(desk), base_url="http://127.0.0.1", follow_redirects=False)
    desk.close()


def _nightly(bench: Bench, case: Case) -> Outcome:
    """Spend a night over a ledger, with one document in the inbox; then tell how the store stands."""
    from pipeline.nightly.morning.writing import status_text
    from pipeline.nightly.night import nightly, status
    from pipeline.nightly.premises import Premises
    from pipeline.nightly.terms import Night
    from tests.test_pipeline_nightly import Here

    inbox, out = bench.folder / "inbox", bench.folder / "store"
    bench.put("inbox/a/0.txt", "Số: 27/KH-STL\nKẾ HOẠCH\n".encode())
    bench.put(Premises(out).ledger.relative_to(bench.folder).as_posix(), case.data)
    bench.watching = True
    night = Night(
        inbox,
        out,
        bench.page_seconds,
        Here,
        lambda: datetime.fromisoformat("2027-01-01T21:00:00+07:00"),
        rest_seconds=0,
    )
    for _ in range(2):
        nightly(night)
    status_text(status(out), "vi")
    return Outcome("read")


def _pages(bench: Bench, case: Case) -> Outcome:
    """Go on with a document of which an earlier run kept a page: its record is whole whatever lies there."""
    from pipeline import checkpoint, run, store
    from pipeline.batch import Batch
    from pipeline.intake import Input
    from tests import conftest
    from tests.test_pipeline_nightly import Here

    path = conftest.text_pdf(bench.folder / "inbox" / "a.pdf", [conftest.LINES[:1], conftest.LINES[1:2]])
    settings = run.Settings(page_seconds=bench.page_seconds)
    home = bench.folder / "store" / "pages"
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    shelf = checkpoint.shelf(home, sha256, f"{run.PRODUCER}\n{settings.key()}")
    bench.put(f"{shelf.relative_to(bench.folder)}/2.page", case.data)
    bench.watching = True
    (outcome,) = Batch(bench.folder / "store", settings, pool=Here(), pages_home=home).run([Input(path, "a.pdf")])
    if outcome.error is not None:
        raise outcome.error
    numbers = [page.number for page in store.read_record(bench.folder / "store" / "a.pdf.json").pages]
    if numbers != [1, 2]:
        raise Promise(f"the record has the pages {numbers}")
    return Outcome("read")


RUNNERS: Final = {
    "pdf": _extract,
    "text": _extract,
    "picture": _extract,
    "restore": _restore,
    "record": _record,
    "ledger": _nightly,
    "pages": _pages,
}
