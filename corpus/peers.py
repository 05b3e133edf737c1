"""What others make of the same scans: ``python -m corpus.peers --scans DIR --out DIR [--dpi 300]``.

Runs the bare ``tesseract`` program (language ``vie``) over the rendered pages and writes its text as records, so
that ``corpus.score`` measures it as it measures us.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

PAGE_SECONDS = 180


def plain_tesseract(scan: Path, dots_per_inch: int) -> dict[str, Any]:
    """Return what the bare program reads in `scan`, as a record that holds nothing but pages and lines.

    Raises:
        subprocess.CalledProcessError: pdftoppm or tesseract failed. subprocess.TimeoutExpired: a page took too long.
    """
    pages = []
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    with tempfile.TemporaryDirectory() as folder:
        stem = Path(folder) / "page"
        render = ["pdftoppm", "-r", str(dots_per_inch), "-png", str(scan), str(stem)]
        subprocess.run(render, check=True, capture_output=True, timeout=PAGE_SECONDS)
        for number, picture in enumerate(sorted(Path(folder).glob("page*.png")), start=1):
            read = ["tesseract", str(picture), "-", "-l", "vie", "--dpi", str(dots_per_inch)]
            run = subprocess.run(read, check=True, capture_output=True, timeout=PAGE_SECONDS, env=environment)
            lines = run.stdout.decode().replace("\f", "").split("\n")
            pages.append({"number": number, "lines": [{"text": line} for line in lines if line.strip()]})
    return {"producer": "tesseract vie", "pages": pages}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m corpus.peers", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--scans", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--dpi", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args(arguments)
    scans = sorted(asked.scans.rglob("*.pdf"))

    def one(scan: Path) -> Path:
        target: Path = asked.out / scan.relative_to(asked.scans).with_name(f"{scan.name}.json")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(plain_tesseract(scan, asked.dpi), ensure_ascii=False), "utf-8")
        return target

    # Threads only wait here: the work is done by the programs they start.
    with ThreadPoolExecutor(asked.jobs) as pool:
        for target in pool.map(one, scans):
            print(target, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
