"""A night without news over a large store: how long it takes and how much memory, with so many rows in the ledger.

    python -m tests.many_rows [100000]

The inbox really holds that many files (small ones), all of them known; the command is run as the timer runs it.
"""

from __future__ import annotations

import hashlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pipeline.nightly.ledger import Ledger, Sighting
from pipeline.nightly.night import PRODUCER
from pipeline.nightly.premises import Premises

WHEN = "2026-01-01T00:00:00+07:00"
A_FOLDER = 500  # files


def fill(inbox: Path, out: Path, count: int) -> None:
    """Put so many files into the inbox, and a ledger that knows them all into the store."""
    premises = Premises(out)
    premises.home.mkdir(parents=True)
    with Ledger(premises.ledger) as ledger, ledger.together():
        ledger.begin_run(PRODUCER, inbox, WHEN)
        for number in range(count):
            path = f"{number // A_FOLDER:04}/cong van den {number:06}.txt"
            file = inbox / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"Số: {number}/CV", "utf-8")
            status = file.stat()
            sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
            ledger.place(path, Sighting(status.st_size, status.st_mtime_ns, status.st_ctime_ns), sha256, WHEN)
            ledger.begin(sha256, f"{path}.json", WHEN)
            ledger.end(sha256, "done", WHEN, pages=1, producer=PRODUCER, settings="")
    with Ledger(premises.ledger) as ledger:
        ledger.told(1)
        ledger.end_run(1, {}, WHEN)


def main() -> None:
    """Measure three nights in turn."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory(prefix="vanban-rows-") as folder:
        inbox, out = Path(folder, "inbox"), Path(folder, "store")
        fill(inbox, out, count)
        command = [sys.executable, "-m", "pipeline", "nightly", "--inbox", str(inbox), "--out", str(out), "--jobs", "2"]
        for _ in range(3):
            before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            wall, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
            processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            assert done.returncode == 0, done.stderr
            megabytes = after.ru_maxrss / 1024
            load = os.getloadavg()[0]
            print(
                f"{count:,} rows: {wall:.2f} s wall, {processor:.2f} s of processor, {megabytes:.0f} MB"
                f" (load {load:.1f})"
            )


if __name__ == "__main__":
    main()
