"""A table over many pages beside as many pages of prose: ``python -m corpus.long_table --pages 40 [--turns 3]``.

Both are laid out as PDFs with text layers and read by vanban in turn; the ratio of their processor times
is what counts.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from corpus.drawing import draw
from corpus.layout import lay_out
from corpus.source import parse_source

FIELDS = """issuer: UBND XÃ ĐỒI CAO
number: Số: 5/KH-UBND
place_date: Đồi Cao, ngày 05 tháng 01 năm 2031
kind: KẾ HOẠCH
title: Tu sửa công trình năm 2031
sign:
- CHỦ TỊCH
- Lý Văn Đồi
---
"""
CELLS = ("Kiểm tra, tu sửa đoạn mương số {n} và nạo vét hố ga hai bên đường liên thôn", "Hợp tác xã Đồi Cao",
         "Trưởng các thôn", "Tháng {m}/2031", "Biên bản nghiệm thu")  # fmt: skip
HEAD = "! TT | Nhiệm vụ | Đơn vị chủ trì | Đơn vị phối hợp | Thời hạn | Sản phẩm"


def documents(pages: int) -> dict[str, bytes]:
    """Return a table of about so many pages, and prose of the same sentences over as many, as PDFs."""
    rows = 10 * pages
    contents = [[cell.format(n=n, m=1 + n % 12) for cell in CELLS] for n in range(1, rows + 1)]
    table = [f"| {number} | {' | '.join(row)}" for number, row in enumerate(contents, start=1)]
    body = "\n".join(["@page", "@table widths=6,30,18,16,14,16 size=12", HEAD, *table, "@end"])
    found = {"table": lay_out(parse_source(f"{FIELDS}{body}\n", "table"))}
    sheets = len(found["table"].sheets)
    sentence = "{0} do {1} chủ trì, {2} phối hợp, xong trong {3}, có {4}."
    lines = [sentence.format(*row) for row in contents]
    prose = f"{FIELDS}@page\n" + "\n".join(lines * 3)
    found["prose"] = lay_out(parse_source(prose, "prose"))
    found["prose"].sheets = found["prose"].sheets[:sheets]
    return {name: draw(paper) for name, paper in found.items()}


def _used() -> float:
    """Seconds of processor time that the programs run so far have used: waiting for a busy machine is not counted."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m corpus.long_table", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--turns", type=int, default=3)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: Path(folder) / f"{name}.pdf" for name in ("table", "prose")}
        for name, data in documents(asked.pages).items():
            paths[name].write_bytes(data)
        times: dict[str, list[float]] = {name: [] for name in paths}
        for _ in range(asked.turns):
            for name, path in paths.items():
                command = [sys.executable, "-m", "pipeline", "extract", str(path), "--out", folder, "--force"]
                begin = _used()
                subprocess.run([*command, "--jobs", "1"], check=True, capture_output=True)
                times[name].append(_used() - begin)
        for name, seconds in times.items():
            print(f"{name:<8}{median(seconds):8.1f} s   ({', '.join(f'{value:.1f}' for value in seconds)})")
        print(f"table / prose {median(times['table']) / median(times['prose']):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
