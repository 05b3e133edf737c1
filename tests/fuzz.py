"""Ten thousand spoiled inputs, each read as a person's would be: what is not fine is counted and named.

    python -m tests.fuzz --count 10000 --seed 1
    python -m tests.fuzz --seed 1 --only 4711 --keep case.bin

One process reads them all (PDFs, pictures, text, text to restore, records, ledgers, kept pages), within a limit of
memory and a deadline; where it dies or hangs, that is counted with the number of the case, and another goes on. Fine
is what was read, and what was refused in words of ours. `--only` tries one case again, and tells how it failed.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from tests import mutants
from tests.attempts import VERBOSE, Bench, Outcome
from tests.mutants import Case

FINE: Final = ("read", "refused", "page lost")
GROWTH_MB: Final = 100  # of the process between its second and its last quarter, that would be a leak
SLOW_SECONDS: Final = 15.0
WAITING: Final = 30  # deadlines of the clock's that a case may take where the processor is busy with others


def _work(channel: Connection, folder: Path, seed: int, page_seconds: float) -> None:
    """Try the cases whose numbers come in, and say what became of each."""
    from pipeline.pool import WORKER_MEMORY_BYTES

    os.environ.update(TMPDIR=str(folder / "tmp"), HOME=str(folder / "tmp"))
    tempfile.tempdir, sys.dont_write_bytecode = str(folder / "tmp"), True
    resource.setrlimit(resource.RLIMIT_AS, (WORKER_MEMORY_BYTES, WORKER_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    (folder / "tmp").mkdir(exist_ok=True)
    seeds, bench = mutants.seeds(), Bench(folder, page_seconds)
    for kind in ("text", "record", "ledger"):  # what loads models and templates belongs to no case
        bench.attempt(Case(kind, seeds[kind][0]))
    channel.send(None)
    while True:
        case, started = mutants.make(seed, channel.recv(), seeds), _busy_seconds()
        outcome = bench.attempt(case)
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        megabytes = pages * os.sysconf("SC_PAGE_SIZE") / 1e6
        channel.send(outcome._replace(kind=case.kind, megabytes=megabytes, seconds=_busy_seconds() - started))


def _busy_seconds() -> float:
    """Return the processor's time of this process and of those that it ran: the machine may be busy with others."""
    return time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


class Worker:
    """The process that tries cases, started anew where a case ends it."""

    def __init__(self, folder: Path, seed: int, deadline_seconds: float) -> None:
        self._arguments, self._deadline, self._process = (folder, seed, deadline_seconds), deadline_seconds, None

    def attempt(self, number: int) -> Outcome:
        """Try a case; a process that dies or does not answer is what became of it."""
        if self._process is None:
            context = multiprocessing.get_context("spawn")
            self._channel, theirs = context.Pipe()
            self._process = context.Process(target=_work, args=(theirs, *self._arguments), daemon=True)
            self._process.start()
            theirs.close()
            self._channel.recv()
        self._channel.send(number)
        began, busy = time.monotonic(), self._busy_seconds()
        try:
            while not self._channel.poll(0.5):
                if self._busy_seconds() - busy > self._deadline or time.monotonic() - began > WAITING * self._deadline:
                    break
            else:
                outcome: Outcome = self._channel.recv()
                return outcome
            what, why = "hang", f"no answer in {self._deadline:.0f} s"
        except EOFError:
            self._process.join()
            what, why = "crash", f"exit code {self._process.exitcode}"
        self.end()
        return Outcome(what, why)

    def _busy_seconds(self) -> float:
        """Return the processor's time that the process has had: the machine may be busy with others."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None


def main() -> int:
    """Try the cases and say what became of them; 1 where one of them is not fine."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--start", type=int, default=0, metavar="N", help="number of the first case")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, metavar="N", help="try one case, and print how it failed")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="where that case's bytes go")
    parser.add_argument("--kinds", nargs="*", choices=list(mutants.SHARES), help="leave out the cases of other kinds")
    parser.add_argument("--seconds", type=float, default=60.0, help="a case that takes longer hangs")
    asked = parser.parse_args()
    numbers = range(asked.start, asked.start + asked.count)
    if asked.only is not None:
        os.environ[VERBOSE], numbers = "1", range(asked.only, asked.only + 1)
        case = mutants.make(asked.seed, asked.only, mutants.seeds())
        print(f"{case.kind}: {len(case.data)} bytes {case.data[:60]!r}")
        if asked.keep:
            asked.keep.write_bytes(case.data)
    counts: Counter[tuple[str, str]] = Counter()
    busy: Counter[str] = Counter()
    sizes: list[float] = []
    with tempfile.TemporaryDirectory(prefix="vanban-fuzz-") as folder:
        worker = Worker(Path(folder).resolve(), asked.seed, asked.seconds)
        for number in numbers:
            if asked.kinds and mutants.kind_of(asked.seed, number) not in asked.kinds:
                continue
            outcome = worker.attempt(number)
            counts[outcome.kind, outcome.what] += 1
            sizes.append(outcome.megabytes)
            busy[outcome.kind] += outcome.seconds
            if outcome.what not in FINE or outcome.seconds > SLOW_SECONDS or asked.only is not None:
                print(f"{number} {outcome.kind}: {outcome.what} {outcome.why} ({outcome.seconds:.1f} s)", flush=True)
        worker.end()
    for kind in sorted({kind for kind, _ in counts}):
        print(
            f"{kind:8}",
            ", ".join(f"{count} {what}" for (of, what), count in sorted(counts.items()) if of == kind),
            f"in {busy[kind]:.0f} s",
        )
    quarter = max(1, len(sizes) // 4)
    early, late = max(sizes[quarter : 2 * quarter], default=0.0), max(sizes[-quarter:])
    print(f"memory: {early:.0f} MB in the second quarter, {late:.0f} MB in the last")
    return int(any(what not in FINE for _, what in counts) or late > early + GROWTH_MB > GROWTH_MB)


if __name__ == "__main__":
    sys.exit(main())
