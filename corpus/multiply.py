"""Makes a store of any size from a few records: ``python -m corpus.multiply --records DIR --out STORE --documents N``.

Each record is written many times with other provinces, years, document numbers and figures, in its facts and in its
text alike, so that tables and searches have something to tell apart. The same seed makes the same store. What comes out
is for measuring speed, not reading: sentences stay those of the samples, and boxes do not follow longer words.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

PROVINCES = (
    "An Giang", "Bà Rịa", "Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bắc Ninh", "Bến Tre", "Bình Dương", "Bình Định",
    "Bình Phước", "Bình Thuận", "Cà Mau", "Cao Bằng", "Đắk Lắk", "Đắk Nông", "Điện Biên", "Đồng Nai", "Đồng Tháp",
    "Gia Lai", "Hà Giang", "Hà Nam", "Hà Tĩnh", "Hải Dương", "Hậu Giang", "Hòa Bình", "Hưng Yên", "Khánh Hòa",
    "Kiên Giang", "Kon Tum", "Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng", "Long An", "Nam Định", "Nghệ An",
    "Ninh Bình", "Ninh Thuận", "Phú Thọ", "Phú Yên", "Quảng Bình", "Quảng Nam", "Quảng Ngãi", "Quảng Ninh",
    "Quảng Trị", "Sóc Trăng", "Sơn La", "Tây Ninh", "Thái Bình", "Thái Nguyên", "Thanh Hóa", "Tiền Giang",
    "Trà Vinh", "Tuyên Quang", "Vĩnh Long", "Vĩnh Phúc", "Yên Bái",
)  # fmt: skip
DOCUMENTS_IN_FOLDER = 1_000
YEARS = range(-8, 3)


class Original:
    """A record as text, and what in it is to be changed."""

    def __init__(self, path: Path) -> None:
        self.name = path.name.split(".")[0]
        self.text = path.read_text("utf-8")
        record = json.loads(self.text)
        values = [
            fact["value"] for kind in ("targets", "results") for fact in record[kind] if fact["value"] is not None
        ]
        figures = {printed(value) for value in values if value >= 10}  # smaller ones stand everywhere
        names = [form for name in PROVINCES for form in (name, name.upper()) if form in self.text]
        numbers = {match for match in re.findall(r"(?<![\d/])\d{1,4}(?=/[\dA-ZĐ-]+[A-ZĐ])", self.text)}
        self._figures = figures
        self.change = re.compile(
            "|".join(
                (
                    r'"sha256": "(?P<hash>\w+)"',
                    r'"value": (?P<value>[\d.]+)',
                    r'(?m:^ *(?:"\w+": )?[-\d.]+,?$)',  # any other number of the record: pages, lines, boxes
                    *([f"(?P<place>{_either(names)})"] if names else []),
                    *([rf"(?<![\d/])(?P<number>{_either(numbers)})(?=/[\dA-ZĐ-]+[A-ZĐ])"] if numbers else []),
                    *([rf"(?<![\d.,/-])(?P<figure>{_either(figures)})(?![\d/-]|[.,]\d)"] if figures else []),
                    r"(?<!\d)(?P<year>20[0-4]\d)(?!\d)",
                )
            )
        )

    def copy(self, chance: random.Random) -> str:
        """Return the record with other places, years, numbers and figures."""
        shift, place = chance.choice(YEARS), chance.choice(PROVINCES)
        factor, added = chance.uniform(0.5, 1.5), chance.randrange(1, 900)

        def figure(value: float) -> float:
            new = round(value * factor, 2)
            return int(new) if value == int(value) else new

        change: dict[str, Callable[[str], str]] = {
            "hash": lambda old: f"{chance.getrandbits(256):064x}",
            "value": lambda old: str(figure(float(old))) if printed(float(old)) in self._figures else old,
            "place": lambda old: place.upper() if old.isupper() else place,
            "number": lambda old: str(int(old) + added),
            "figure": lambda old: printed(figure(float(old.replace(",", ".")))),
            "year": lambda old: str(int(old) + shift),
        }

        def changed(match: re.Match[str]) -> str:
            kind = match.lastgroup
            if kind is None:
                return match.group()
            return match.group().replace(match.group(kind), change[kind](match.group(kind)))

        return self.change.sub(changed, self.text)


def printed(value: float) -> str:
    """Return a figure as documents print it: 91,5."""
    return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")


def _either(texts: Any) -> str:
    return "|".join(re.escape(text) for text in sorted(texts, key=lambda text: (-len(text), text)))


def multiply(originals: Sequence[Original], out: Path, documents: int, seed: int, start: int = 0) -> None:
    """Write `documents` records under `out`, numbered from `start`."""
    for number in range(start, start + documents):
        chance = random.Random(f"{seed}/{number}")
        original = originals[number % len(originals)]
        path = out / f"{number // DOCUMENTS_IN_FOLDER:04}" / f"{number:07}_{original.name}.pdf.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(original.copy(chance), "utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m corpus.multiply", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--records", type=Path, required=True, help="folder of records to multiply")
    parser.add_argument("--out", type=Path, required=True, help="store to write")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--start", type=int, default=0, help="number of the first one: for adding to a store")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    paths = [path for path in sorted(asked.records.glob("*.json")) if '"header"' in path.read_text("utf-8")]
    if not paths:
        print(f"no records in {asked.records}", file=sys.stderr)
        return 1
    multiply([Original(path) for path in paths], asked.out, asked.documents, asked.seed, asked.start)
    print(f"{asked.documents} records under {asked.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
