"""Runs a command and watches what it takes: wall time, and memory of it and of all that it started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

SAMPLING_SECONDS = 0.1


class Run(NamedTuple):
    """What one command took: seconds of wall time, the largest single process in MiB, and its exit status."""

    seconds: float
    peak_mib: float
    status: int


def timed(command: Sequence[str], hours: float = 1.0) -> Run:
    """Run `command` with its output thrown away; end it, children too, after so many hours."""
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    started, peak = time.monotonic(), 0
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        peak = max(peak, *(_peak_kib(pid) for pid in family(process.pid)), 0)
        if time.monotonic() - started > hours * 3600:
            for pid in family(process.pid):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        time.sleep(SAMPLING_SECONDS)
    if process.returncode:
        print(f"  (exit status {process.returncode}: {' '.join(command[:4])} …)", file=sys.stderr)
    return Run(time.monotonic() - started, peak / 1024, process.returncode)


def family(pid: int) -> list[int]:
    """Return a process and all that it started, also through others; what ends while we look is left out."""
    found = [pid]
    for parent in found:
        with suppress(OSError):
            for thread in Path(f"/proc/{parent}/task").iterdir():
                with suppress(OSError):
                    found += map(int, (thread / "children").read_text().split())
    return found


def _peak_kib(pid: int) -> int:
    """Return the most memory that a process has held so far, as the kernel counts it since its program began."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)
