"""The picture of the README: a scanned sample with its facts lit, beside what the record says of them.

python -m corpus.picture --scan SCAN.pdf --record SCAN.pdf.json --page 1 --out docs/scan-and-record.png
"""

from __future__ import annotations

import argparse
import json
import textwrap
from pathlib import Path
from typing import Any

from pdf2image import convert_from_path
from PIL import Image, ImageDraw, ImageFont

from corpus.typeface import font_folder

DPI = 110
WIDTH = 1500
COLOURS = {
    "header": "#1b6ca8",
    "targets": "#2e8b57",
    "references": "#b8860b",
    "responsibilities": "#8a2be2",
    "deadlines": "#c0392b",
}
SHOWN = {"targets": 3, "references": 2, "responsibilities": 2, "deadlines": 2}


def main() -> None:
    """Draw the picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scan", type=Path, required=True)
    parser.add_argument("--record", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--page", type=int, default=1)
    options = parser.parse_args()
    record = json.loads(options.record.read_text("utf-8"))
    scan = convert_from_path(options.scan, dpi=DPI, first_page=options.page, last_page=options.page)[0]
    draw_beside(scan, record, options.page).save(options.out, optimize=True)


def draw_beside(scan: Image.Image, record: dict[str, Any], page: int) -> Image.Image:
    """Return the scan with boxes round the page's facts, and the facts as JSON at its right."""
    sheet = Image.new("RGB", (WIDTH, scan.height), "#fbfbf8")
    sheet.paste(scan, (0, 0))
    draw = ImageDraw.Draw(sheet)
    mono = ImageFont.truetype(str(font_folder() / "Cousine-Regular.ttf"), 15)
    y = 24
    for kind, fact in _facts(record, page):
        if fact["evidence"]["bbox"]:
            x0, y0, x1, y1 = (value * DPI / 72 for value in fact["evidence"]["bbox"])
            draw.rectangle((x0 - 4, y0 - 3, x1 + 4, y1 + 3), outline=COLOURS[kind], width=3)
        lines = [kind, *_lines({k: v for k, v in fact.items() if k != "evidence"})]
        height = 20 * len(lines) + 12
        if y + height > scan.height - 10:
            break
        draw.rectangle((scan.width + 16, y, scan.width + 22, y + height - 12), fill=COLOURS[kind])
        for number, line in enumerate(lines):
            draw.text((scan.width + 34, y + 20 * number), line, COLOURS[kind] if number == 0 else "#222222", mono)
        y += height
    return sheet


def _facts(record: dict[str, Any], page: int) -> list[tuple[str, dict[str, Any]]]:
    header = record["header"]
    found = [
        ("header", {name: header[name], "evidence": header["evidence"][name]})
        for name in ("number", "date", "title")
        if header.get(name) and name in header["evidence"] and header["evidence"][name]["page"] == page
    ]
    fields = {
        "targets": ("indicator", "comparator", "value", "unit", "period"),
        "references": ("kind", "number", "date", "issuer", "role"),
        "responsibilities": ("role", "units", "task"),
        "deadlines": ("due", "relation", "units"),
    }
    for kind, names in fields.items():
        on_page = [fact for fact in record[kind] if fact["evidence"]["page"] == page][: SHOWN[kind]]
        found += [(kind, {**{n: fact[n] for n in names}, "evidence": fact["evidence"]}) for fact in on_page]
    return found


def _lines(values: dict[str, Any]) -> list[str]:
    lines = []
    for name, value in values.items():
        text = f'"{name}": {json.dumps(value, ensure_ascii=False)}'
        lines += textwrap.wrap(text, 62, subsequent_indent="    ", max_lines=2, placeholder=" …")
    return lines


if __name__ == "__main__":
    main()
