"""A nightly run killed again and again ends as an undisturbed one does.

    python -m tests.soak --documents 2000 --kills 40

Our samples are multiplied (each copy with bytes of its own) and mixed with hostile files and duplicates; one store is
filled by one run, another by a run that SIGKILL ends at random moments, half of the time with all its processes. Then
every document must be in both ledgers once, in the same state, with the same record, byte for byte.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from difflib import unified_diff
from itertools import islice
from pathlib import Path

from corpus.processes import family
from pipeline import store
from pipeline.nightly.ledger import ENDED, STATES, Ledger, Row
from pipeline.nightly.premises import Premises
from tests.conftest import HOSTILE

ROOT = Path(__file__).parents[1]
BUILT = ROOT / "corpus" / "built"
SHARES = {"hostile": 0.03, "duplicate": 0.02, "scan": 0.005, "pdf": 0.1}  # the rest is text, which is quickly read
TEXT_LINES = 30
AT_START = 0.2  # of the kills come in the first seconds, where a run looks at the inbox
SHOWN_LINES = 40  # of what two records differ in
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


def fill(inbox: Path, count: int, dice: random.Random) -> Counter[str]:
    """Put so many files into the inbox, in no order of kinds; return how many of each kind there are."""
    inbox.mkdir(parents=True)
    scans = sorted(BUILT.glob("[!t]*/*.pdf"), key=lambda path: path.stat().st_size)[:4]
    pdfs, texts = sorted((BUILT / "text").glob("*.pdf")), sorted((ROOT / "corpus" / "samples").glob("*.text"))
    wanted = {kind: max(1, round(share * count)) for kind, share in SHARES.items()}
    kinds = [kind for kind, number in wanted.items() for _ in range(number)]
    kinds += ["text"] * (count - len(kinds))
    dice.shuffle(kinds)
    hostile = list(HOSTILE)
    originals: list[Path] = []
    for number, kind in enumerate(kinds):
        place = inbox / f"{number % 20:02}" / f"{number:06}"
        place.parent.mkdir(exist_ok=True)
        mark = f"\n%% {number}\n".encode()
        if kind == "hostile":
            name = hostile[number % len(hostile)]
            file = HOSTILE[name][1](place.with_suffix(Path(name).suffix))
            file.write_bytes(file.read_bytes() and file.read_bytes() + mark)
        elif kind == "duplicate" and originals:
            original = dice.choice(originals)
            place.with_suffix(original.suffix).write_bytes(original.read_bytes())
        else:
            source = dice.choice({"scan": scans, "pdf": pdfs}.get(kind, texts))
            file = place.with_suffix(".txt" if source.suffix == ".text" else source.suffix)
            data = source.read_bytes()
            if kind == "text":
                lines = data.splitlines(keepends=True)
                start = dice.randrange(max(1, len(lines) - TEXT_LINES))
                data = b"".join(lines[start : start + TEXT_LINES])
            file.write_bytes(data + mark)
            originals.append(file)
    return Counter(kinds)


@dataclass
class Memory:
    """Megabytes that a run held over time: the main process, and the largest of its workers."""

    main: list[float] = field(default_factory=list)
    worker: list[float] = field(default_factory=list)

    def look(self, process: int) -> None:
        """Take one sample."""
        sizes = {member: _resident(member) for member in family(process)}
        self.main.append(sizes.pop(process, 0.0))
        self.worker.append(max(sizes.values(), default=0.0))

    def growth(self) -> dict[str, list[float]]:
        """Return the peaks of the second to the last quarter; in the first models are loaded, in the last tables."""
        quarter = max(1, len(self.main) // 4)
        return {
            name: [max(values[n * quarter : (n + 1) * quarter], default=0.0) for n in (1, 2, 3)]
            for name, values in (("main", self.main), ("largest worker", self.worker))
        }


class Run:
    """One `vanban nightly`, as the timer starts it."""

    def __init__(self, inbox: Path, out: Path, log: Path) -> None:
        command = [sys.executable, "-m", "pipeline", "nightly", "--inbox", str(inbox), "--out", str(out)]
        self.log = log.open("ab")
        self.process = subprocess.Popen(
            [*command, "--rest-seconds", "0", "--jobs", "2"],
            stdout=self.log, stderr=self.log, cwd=ROOT, start_new_session=True,
        )  # fmt: skip

    def kill(self, everything: bool) -> None:
        """End it as a power cut does, or only its main process: the others must find out by themselves."""
        with suppress(ProcessLookupError):
            if everything:
                os.killpg(self.process.pid, signal.SIGKILL)
            else:
                self.process.kill()
        self.process.wait()
        self.log.close()

    def finish(self, memory: Memory | None = None) -> int:
        """Let it end by itself; return its exit code."""
        while self.process.poll() is None:
            if memory is not None:
                memory.look(self.process.pid)
            time.sleep(0.5)
        self.log.close()
        return self.process.returncode


def disturbed(inbox: Path, out: Path, log: Path, kills: int, documents: int, dice: random.Random) -> int:
    """Run and kill so many times, then let a run end; return how many kills came before the end."""
    moments = sorted(dice.random() for _ in range(kills))
    for done, moment in enumerate(moments):
        run = Run(inbox, out, log)
        if dice.random() < AT_START:
            time.sleep(dice.uniform(0, 3))
        else:
            while run.process.poll() is None and ended(out) < moment * documents:
                time.sleep(0.05)
            time.sleep(dice.uniform(0, 0.5))
        if run.process.poll() is not None:
            run.kill(True)
            return done
        run.kill(dice.random() < 0.5)
    Run(inbox, out, log).finish()
    return kills


def starved(inbox: Path, out: Path, log: Path, times: int, documents: int, dice: random.Random) -> list[int]:
    """Fill the store's disk at so many random moments of a run, and make room again; return the runs' exit codes."""
    codes, ballast = [], out.parent / "ballast"
    for moment in sorted(dice.random() * 0.8 for _ in range(times)):
        run = Run(inbox, out, log)
        while run.process.poll() is None and ended(out) < moment * documents:
            time.sleep(0.02)
        with ballast.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(4096))
        codes.append(run.finish())
        ballast.unlink()
    return [*codes, Run(inbox, out, log).finish()]


def ended(out: Path) -> int:
    """Count the documents that a store's ledger has ended."""
    try:
        with sqlite3.connect(f"{Premises(out).ledger.absolute().as_uri()}?mode=ro", uri=True) as db:
            query = "SELECT count(*) FROM documents WHERE state IN ('done', 'partial', 'quarantined')"
            return int(db.execute(query).fetchone()[0])
    except sqlite3.OperationalError:  # not there yet
        return 0


def faults(inbox: Path, whole: Path, killed: Path) -> Iterator[str]:
    """Yield what is wrong with the store of the killed run, beside the other's and the inbox."""
    there: dict[str, list[str]] = {}
    for file in sorted(path for path in inbox.rglob("*") if path.is_file()):
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        there.setdefault(sha256, []).append(file.relative_to(inbox).as_posix())
    rows = [_rows(out) for out in (whole, killed)]
    for sha256, paths in there.items():
        one, other = (known.get(sha256) for known in rows)
        if one is None or one != other:
            yield f"{paths[0]}: undisturbed {one}, killed {other}"
        elif one.state not in ENDED or list(one.paths) != paths:
            yield f"{paths[0]}: {one}"
    for known in rows:
        yield from (f"no such file: {row}" for sha256, row in known.items() if sha256 not in there)
    records = [{p.relative_to(out).as_posix() for p in Premises(out).records()} for out in (whole, killed)]
    yield from (f"only one store has {name}" for name in sorted(records[0] ^ records[1]))
    for name in sorted(records[0] & records[1]):
        lines = [(out / name).read_text("utf-8").splitlines() for out in (whole, killed)]
        if lines[0] != lines[1]:
            yield "\n".join([f"{name} differs", *islice(unified_diff(*lines, lineterm="", n=0), SHOWN_LINES)])
        store.read_record(killed / name)
    owners = {str(row.record) for row in rows[1].values() if row.state != "quarantined"}
    yield from (f"a record without a row, or a row without a record: {name}" for name in sorted(owners ^ records[1]))
    yield from (f"left behind: {path}" for path in killed.rglob("*.tmp"))


def _rows(out: Path) -> dict[str, Row]:
    """Return the ledger without its times and its count of attempts, which a kill may change."""
    with Ledger(Premises(out).ledger, read_only=True) as ledger:
        rows = [replace(row, came="", began=None, ended=None, attempts=0) for row in ledger.rows(*STATES)]
    return {row.sha256: row for row in rows}


def _resident(process: int) -> float:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE_BYTES / 1e6
    except (OSError, IndexError):
        return 0.0


def main() -> int:
    """Soak, and say what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="vanban-soak-") as folder:
        inbox, whole, killed = (Path(folder, name) for name in ("inbox", "whole", "killed"))
        print(f"{options.documents} files: {dict(fill(inbox, options.documents, dice))}", flush=True)
        memory, started = Memory(), time.monotonic()
        code = Run(inbox, whole, Path(folder, "whole.log")).finish(memory)
        print(f"undisturbed: {time.monotonic() - started:.0f} s, exit code {code}", flush=True)
        for name, peaks in memory.growth().items():
            quarters = ", ".join(f"{peak:.0f} MB" for peak in peaks)
            print(f"memory of the {name}, second to last quarter: {quarters}", flush=True)
        started = time.monotonic()
        kills = disturbed(inbox, killed, Path(folder, "killed.log"), options.kills, ended(whole), dice)
        print(f"killed {kills} times: {time.monotonic() - started:.0f} s", flush=True)
        print(f"states: {dict(Counter(str(row.state) for row in _rows(killed).values()))}")
        found = list(faults(inbox, whole, killed))
        print("\n".join(found) or "every document stands once, with the state and the record of the undisturbed run")
        return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
