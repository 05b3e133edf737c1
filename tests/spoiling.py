"""Ways to spoil a file by dice: bytes as bad luck changes them, values as somebody does who knows the format."""

from __future__ import annotations

import json
import random
import re
import sqlite3
import struct
import tempfile
import unicodedata
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

LARGEST: Final = 200_000  # bytes that a mutant may grow to, beyond its seed

NUMBERS: Final = [
    0,
    -1,
    1,
    2,
    31,
    255,
    65_535,
    65_536,
    1 << 31,
    -(1 << 31),
    (1 << 32) - 1,
    1 << 53,
    1 << 63,
    1 << 64,
    10**30,
    10**400,
]
STRINGS: Final = [
    "",
    " ",
    "\0",
    "\ud800",
    "\udcff",
    "\u202e",
    "\u200f\u200b\ufeff",
    "\u0301" * 300,
    "Ộ" * 200,
    "\x1b[2J",
    "\r",
    "\u2028",
    "a\n" * 500,
    "x" * 100_000,
    "( " * 3000,
    "[" * 3000,
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}",
    "{% for x in y %}",
    "=1+1",
    "@SUM(A1)",
    "'; DROP TABLE documents; --",
    "../../../../tmp/astray",
    "/tmp/astray",
    "con\0.pdf",
    "9" * 5000,
    "1e999",
    "-0",
    "NaN",
    "%s%n%x",
    "31/02/0000",
    "ngày 99 tháng 99 năm 9999",
    "năm 20" + "2" * 400,
    "Điều " + "1." * 400,
    "Quyết định số " + "/QĐ" * 300,
    "I" * 4000 + ".",
    "٣٤٥",
    "１２３%",
    "½ ⅓ ²³",
    "𝟗𝟗%",
    "ﬁ ǆ İ ß ŉ",
    "Đ" + "đ" * 9,
    "trước ngày 29/02/2023",
    "đạt 1" + "0" * 330 + "%",
    "0,0000000000000000000000001%",
    "1.2.3.4,5,6%",
    "năm 0000",
    "\U000e0041",
]
TOKENS: Final = [
    b"/Length 99999999",
    b"/Length -1",
    b"/Kids [2 0 R]",
    b"/Kids [1 0 R 2 0 R 3 0 R]",
    b"/Parent 3 0 R",
    b"/Count -5",
    b"/Count 2147483647",
    b"/Rotate 37",
    b"/Rotate -2147483648",
    b"/MediaBox [0 0 1e9 1e9]",
    b"/MediaBox [9 9 0 0]",
    b"/CropBox [nan nan 0 0]",
    b"/UserUnit 1e9",
    b"/Filter [" + b"/FlateDecode " * 300 + b"]",
    b"/Type /ObjStm",
    b"/N 999999",
    b"/First -9",
    b"/W [0 0 0]",
    b"/W [8 8 8]",
    b"/Prev 0",
    b"/XRefStm 9",
    b"[" * 9000,
    b"<<" * 3000,
    b"(" * 3000,
    b"endobj",
    b"endstream",
    b"stream\n",
    b"obj",
    b"xref",
    b"startxref\n0\n%%EOF",
    b" 0 0 0 0 0 0 cm ",
    b" 1e38 0 0 1e38 0 0 cm ",
    b" 0 Tz ",
    b" 3 Tr ",
    b" q" * 3000,
    b" BT" * 300,
    b" -1e9 TL T* ",
    b" 1e-30 Tf ",
    b"/F1 1e30 Tf ",
    b"<FEFF0000D800>Tj ",
    b"/Encrypt 1 0 R",
    b"/AcroForm << /Fields [1 0 R 2 0 R] >>",
    b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>",
    b"/ToUnicode 1 0 R",
    b"/Contents [1 0 R 1 0 R 4 0 R]",
    b"/Resources 3 0 R",
    b"\x00" * 64,
    b"\xff" * 64,
    b"%PDF-1.4\n",
    b"/Filter /JBIG2Decode",
]


def spoiled_ledger(data: bytes, dice: random.Random) -> bytes:
    """Change bytes, or change values as a program could: what stands in a cell of SQLite may be of any type."""
    if dice.random() < 0.4:
        return spoiled_bytes(data, dice, with_a_length)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "ledger.sqlite")
        place.write_bytes(data)
        base = sqlite3.connect(place, isolation_level=None)
        for _ in range(dice.randint(1, 3)):
            table = dice.choice(("documents", "documents", "paths", "runs", "unsettled"))
            column = dice.choice([row[1] for row in base.execute(f"PRAGMA table_info({table})")] or ["gone"])
            value = dice.choice(
                [*STRINGS, *(n for n in NUMBERS if abs(n) < 1 << 63), None, b"\xff\xfe", 1.5, "reading", "[]", "{}"]
            )
            change = (
                f"UPDATE {table} SET {column} = ? WHERE rowid = (SELECT rowid FROM {table} ORDER BY random() LIMIT 1)"
            )
            sql, values = dice.choices(
                [
                    (change.replace("random()", str(dice.randint(1, 9)) + " * rowid % 7"), (value,)),
                    (f"DROP TABLE {table}", ()),
                    (f"ALTER TABLE {table} RENAME COLUMN {column} TO x{column}", ()),
                    (f"PRAGMA user_version = {dice.choice((-1, 0, 2))}", ()),
                    (f"DELETE FROM {table}", ()),
                ],
                (20, 1, 1, 1, 1),
            )[0]
            try:
                base.execute(sql, values)
            except (sqlite3.Error, UnicodeEncodeError, OverflowError):
                continue
        base.execute("PRAGMA journal_mode = DELETE")
        base.close()
        return place.read_bytes()


def spoiled_json(data: bytes, dice: random.Random) -> bytes:
    """Change values, mostly for others of their type, so that they get past the types; or change bytes."""
    if dice.random() < 0.15:
        return spoiled_bytes(data, dice, with_a_length)
    value = json.loads(data)
    for _ in range(dice.choice((1, 1, 2, 3))):
        owner: Any = [value]
        key: Any = 0
        while (
            isinstance(owner[key], dict | list) and owner[key] and (not isinstance(owner, list) or dice.random() < 0.9)
        ):
            owner = owner[key]
            key = dice.choice(list(owner) if isinstance(owner, dict) else range(len(owner)))
        if owner is not value and isinstance(owner, list) and dice.random() < 0.2:
            owner.extend(owner[:] * dice.choice((1, 1, 50)))
        elif isinstance(owner, dict) and dice.random() < 0.08:
            owner.pop(key)
        else:
            owner[key] = _other(owner[key], dice)
    return (
        re.sub(r"\bNaN\b|Infinity", "1e999", text).encode("utf-8", "surrogatepass")
        if dice.random() < 0.1 and (text := json.dumps(value, ensure_ascii=False))
        else json.dumps(value).encode()
    )


def _other(value: Any, dice: random.Random) -> Any:
    if dice.random() < 0.92:
        if isinstance(value, str):
            return dice.choice([*STRINGS, value + dice.choice(STRINGS)])
        if isinstance(value, int | float) and not isinstance(value, bool):
            return dice.choice([*NUMBERS, 1e308, -1e308, 0.5, float("nan"), float("inf")])
    deep: Any = "x"
    for _ in range(dice.choice((3, 90, 600))):
        deep = [deep]
    return dice.choice([None, True, "x", 5, [], {}, [value] * 300, {"a": value}, deep])


def spoiled_text(data: bytes, dice: random.Random) -> bytes:
    """Change letters and lines, then write them in the same encoding."""
    encoding = "utf-16" if data.startswith(b"\xff\xfe") else "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        encoding, text = "latin-1", data.decode("latin-1")
    for _ in range(dice.choice((1, 2, 4, 12))):
        place = dice.randrange(len(text) + 1)
        lines = text.split("\n")
        line = dice.choice(lines)
        text = dice.choice(
            [
                text[:place] + dice.choice(STRINGS) + text[place:],
                text.replace(line or "\n", line + dice.choice(STRINGS), 9),
                text.replace("\n", dice.choice((" ", "\r", "\f", "\u2028", "\n\n\n"))),
                re.sub(r"\d+", str(dice.choice(NUMBERS)), text, count=dice.choice((0, 1))),
                "\n".join(dice.sample(lines, len(lines))),
                text + (line + dice.choice(("\n", " ", ""))) * dice.choice((5, 100, 1000)),
                "".join(dice.choice((letter.upper(), letter.lower(), letter, letter + "\u0323")) for letter in text),
                unicodedata.normalize(dice.choice(("NFD", "NFKD", "NFC")), text),
            ]
        )[: len(data) + LARGEST]
    return text.encode(encoding, "surrogatepass" if encoding != "latin-1" else "replace")


def spoiled_bytes(data: bytes, dice: random.Random, own: Callable[[bytes, random.Random], bytes]) -> bytes:
    """Change bytes as bad luck does, and as somebody does who knows the format."""
    for _ in range(dice.choice((1, 1, 2, 3, 8))):
        start = dice.randrange(len(data) + 1)
        end = min(len(data), start + dice.choice((1, 4, 40, 400, 4000)))
        chunk = data[start:end]
        match dice.randrange(8):
            case 0:
                flipped = bytearray(data or b"x")
                for _ in range(dice.choice((1, 3, 30))):
                    flipped[dice.randrange(len(flipped))] ^= 1 << dice.randrange(8)
                data = bytes(flipped)
            case 1:
                data = data[:start] + data[end:]
            case 2:
                data = data[:start] + chunk * dice.choice((2, 3, 50)) + data[end:]
            case 3:
                data = data[:start] + data[end : end + len(chunk)] + chunk + data[end + len(chunk) :]
            case 4:
                data = data[: dice.choice((start, max(8, start)))]
            case _:
                data = own(data, dice)
        data = data[: len(data) + LARGEST]
    return data


def with_a_length(data: bytes, dice: random.Random) -> bytes:
    """Write a length or a count that cannot be, in either order of bytes."""
    place = dice.randrange(len(data) + 1)
    form = dice.choice((">H", "<H", ">I", "<I", ">Q", "<Q"))
    number = dice.choice([n for n in NUMBERS if n >= 0]) & ((1 << 8 * struct.calcsize(form)) - 1)
    return data[:place] + struct.pack(form, number) + data[place + struct.calcsize(form) :]


def with_a_token(data: bytes, dice: random.Random) -> bytes:
    """Change a number or a reference, put a token of PDF somewhere, or change what a stream unpacks to."""
    choice = dice.randrange(4)
    if choice == 0:
        place = dice.randrange(len(data) + 1)
        ends = [match.start() for match in re.finditer(rb">>", data)] or [place]
        place = dice.choice((place, *[dice.choice(ends)] * 3))
        return data[:place] + dice.choice(TOKENS) + data[place:]
    pattern = {1: rb"\b\d+\b", 2: rb"\b\d+ 0 R\b", 3: rb"stream\r?\n(x.*?)\r?\nendstream"}[choice]
    found = list(re.finditer(pattern, data, re.DOTALL))
    if not found:
        return with_a_length(data, dice)
    match = dice.choice(found)
    if choice == 1:
        return data[: match.start()] + str(dice.choice(NUMBERS)).encode() + data[match.end() :]
    if choice == 2:
        return data[: match.start()] + f"{dice.randrange(12)} 0 R".encode() + data[match.end() :]
    try:
        inside = zlib.decompress(match[1])
    except zlib.error:
        return with_a_length(data, dice)
    return (
        data[: match.start(1)] + zlib.compress(with_a_length(with_a_length(inside, dice), dice)) + data[match.end(1) :]
    )
