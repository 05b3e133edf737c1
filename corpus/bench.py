"""Speed and memory beside the bare Tesseract program, on the same pages, in one run, turn about.

    python -m corpus.bench --shared ../shared [--runs 3] [--jobs 2]

What is compared: `vanban extract` over the scans (to the records on disk), and `tesseract` over the same pages, already
rendered at 300 dpi, as many at a time. Rendering is not counted for Tesseract. Ratios are quoted, not seconds: this
machine's speed drifts, and the two commands run in turn drift together.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from pdf2image import convert_from_path

SCANS = "realdocs/scans"
PAGES_OF_THE_LONG_SCAN = 25
DPI = 300
SAMPLING_SECONDS = 0.1


class Run(NamedTuple):
    """What one command took: seconds of wall time, and the largest single process in MiB."""

    seconds: float
    peak_mib: float


def main() -> int:
    """Print the table of figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--samples", type=Path, default=Path("out/corpus"))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    folder = options.shared / SCANS
    scans = sorted(folder.glob("*.pdf")) if folder.is_dir() else sorted((options.samples / "office").glob("*.pdf"))
    with tempfile.TemporaryDirectory() as scratch:
        _compare(scans, Path(scratch), options.runs, options.jobs)
        long_scan = _long_scan(options.samples / "clean", Path(scratch))
        if long_scan is not None:
            run = _extract([long_scan], Path(scratch) / "long", 1)
            print(f"{PAGES_OF_THE_LONG_SCAN}-page {DPI} dpi colour scan: {run.seconds:.1f} s, "
                  f"largest process {run.peak_mib:.0f} MiB")  # fmt: skip
    return 0


def _compare(scans: list[Path], scratch: Path, runs: int, jobs: int) -> None:
    pictures = _rendered(scans, scratch / "pictures")
    print(f"{len(scans)} documents, {len(pictures)} pages, {jobs} at a time, {runs} runs in turn")
    ratios, ours, theirs = [], [], []
    for number in range(runs):
        ours.append(_extract(scans, scratch / f"records{number}", jobs))
        theirs.append(_bare(pictures, scratch / f"bare{number}", jobs))
        ratios.append(ours[-1].seconds / theirs[-1].seconds)
        print(f"  vanban {ours[-1].seconds:7.1f} s   tesseract {theirs[-1].seconds:7.1f} s   ratio {ratios[-1]:.2f}",
              flush=True)  # fmt: skip
    for name, done in (("vanban extract", ours), ("bare tesseract", theirs)):
        seconds = statistics.median(run.seconds for run in done)
        print(f"{name}: median {seconds:.1f} s, {len(pictures) / seconds:.2f} pages a second, "
              f"largest process {max(run.peak_mib for run in done):.0f} MiB")  # fmt: skip
    print(f"wall time vanban / bare tesseract: median {statistics.median(ratios):.2f}, "
          f"{min(ratios):.2f} to {max(ratios):.2f}")  # fmt: skip


def _rendered(scans: list[Path], folder: Path) -> list[Path]:
    folder.mkdir(parents=True)
    pictures = []
    for scan in scans:
        for number, image in enumerate(convert_from_path(scan, dpi=DPI), start=1):
            pictures.append(folder / f"{scan.stem}_{number}.ppm")
            image.save(pictures[-1])
    return pictures


def _extract(inputs: list[Path], out: Path, jobs: int) -> Run:
    command = [sys.executable, "-m", "pipeline", "extract", *map(str, inputs), "--out", str(out), "--jobs", str(jobs)]
    return _timed(command)


def _bare(pictures: list[Path], out: Path, jobs: int) -> Run:
    out.mkdir()
    listing = out / "list"
    listing.write_text("\n".join(map(str, pictures)) + "\n", "utf-8")
    line = f'tesseract "$1" {out}/"$(basename "$1")" -l vie >/dev/null 2>&1'
    return _timed(["xargs", "-a", str(listing), "-d", "\\n", "-n1", f"-P{jobs}", "sh", "-c", line, "tesseract"])


def _timed(command: list[str]) -> Run:
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    started, peak = time.monotonic(), 0
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        peak = max(peak, *(_peak_kib(pid) for pid in _family(process.pid)), 0)
        time.sleep(SAMPLING_SECONDS)
    if process.returncode:
        print(f"  (exit status {process.returncode}: {' '.join(command[:4])} …)")
    return Run(time.monotonic() - started, peak / 1024)


def _family(pid: int) -> list[int]:
    """Return a process and all that it started, also through others."""
    found = [pid]
    for parent in found:
        try:
            tasks = Path(f"/proc/{parent}/task").iterdir()
            found += [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except OSError:
            continue  # it ended while we looked
    return found


def _peak_kib(pid: int) -> int:
    """Return the most memory that a process has held so far, as the kernel counts it since its program began."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)


def _long_scan(clean: Path, scratch: Path) -> Path | None:
    """Put a colour scan of 25 pages together from our own samples; None where there are none."""
    parts = sorted(clean.glob("*.pdf"))
    if not parts:
        return None
    whole, count = scratch / "long.pdf", 0
    images = []
    for part in parts:
        for image in convert_from_path(part, dpi=DPI):
            if count < PAGES_OF_THE_LONG_SCAN:
                images.append(image.convert("RGB"))
                count += 1
    images[0].save(whole, save_all=True, append_images=images[1:], resolution=DPI)
    return whole


if __name__ == "__main__":
    sys.exit(main())
