"""Inputs spoiled by seed, for `tests.fuzz`: what attackers send, and what bad luck makes of good files.

A case is its kind and the bytes; the same seed and number give the same case on every machine.
"""

from __future__ import annotations

import io
import json
import random
import re
import sqlite3
import struct
import tempfile
import unicodedata
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter
from reportlab.pdfgen import canvas

from pipeline.corrections import Correction, Corrections, header_key, key_of
from pipeline.document import Box, Line, Page, Word
from pipeline.nightly.ledger import Ledger, Sighting
from tests import conftest
from tests.analysis_store import plan
from tests.layer_pages import encode

SAMPLES: Final = Path(__file__).parents[1] / "corpus" / "built" / "text"
WHEN: Final = "2026-01-01T00:00:00+07:00"
LARGEST: Final = 200_000  # bytes that a mutant may grow to, beyond its seed
SHARES: Final = {
    "pdf": 0.28,
    "text": 0.25,
    "restore": 0.17,
    "record": 0.14,
    "ledger": 0.07,
    "pages": 0.05,
    "picture": 0.04,
}
"""Of all cases; pictures are few because Tesseract is slow."""

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


@dataclass(frozen=True)
class Case:
    """One thing to try. `beside` is what lies beside it: corrections beside a record."""

    kind: str
    data: bytes
    beside: bytes = b""


def make(seed: int, number: int, seeds: Mapping[str, Sequence[bytes]]) -> Case:
    """Return the case of that number."""
    dice = random.Random(f"{seed}:{number}")
    kind = dice.choices(list(SHARES), list(SHARES.values()))[0]
    data = dice.choice(seeds[kind])
    if kind == "record":
        beside = dice.choice((b"", seeds["corrections"][0], _spoiled_json(seeds["corrections"][0], dice)))
        return Case(kind, _spoiled_json(data, dice), beside)
    if kind == "ledger":
        return Case(kind, _spoiled_ledger(data, dice))
    if kind == "pages":
        return Case(kind, _spoiled_json(data, dice))
    if kind in ("text", "restore") and dice.random() < 0.7:
        return Case(kind, _spoiled_text(data, dice))
    return Case(kind, _spoiled_bytes(data, dice, _pdf if kind == "pdf" else _word))


def kind_of(seed: int, number: int) -> str:
    """Return the kind of the case of that number."""
    return random.Random(f"{seed}:{number}").choices(list(SHARES), list(SHARES.values()))[0]


def seeds() -> dict[str, list[bytes]]:
    """Return what is spoiled, by kind: small files of every sort that the readers take."""
    record = plan()
    texts = _texts()
    said = [
        Correction(
            key=key_of(record, "targets", 0), action="correct", field="value", before=75, after=78, who="Lan", when=WHEN
        ),
        Correction(key=key_of(record, "tasks", 0), action="reject", who="Lan", when=WHEN),
        Correction(key=header_key(record, "number"), action="accept", who="Lan", when=WHEN),
    ]
    words = [
        Word("Sở", "Sở", Box(70, 70, 90, 84), 0.9),
        Word("Thuy", "Thủy", Box(92, 70, 120, 84), 0.5, ("x",), ("y",)),
    ]
    page = Page(2, 595.0, 842.0, "layer", [Line(words, "table"), Line([])], dpi=300, layer={"score": 1.0})
    return {
        "pdf": _pdfs(),
        "text": texts,
        "restore": texts,
        "record": [json.dumps(record.model_dump(mode="json", by_alias=True), ensure_ascii=False).encode()],
        "corrections": [Corrections(corrections=said).model_dump_json(by_alias=True).encode()],
        "ledger": [_ledger()],
        "pages": [TypeAdapter(tuple[Page, float]).dump_json((page, 1.5))],
        "picture": _pictures(),
    }


def _texts() -> list[bytes]:
    letter = (
        "UBND TỈNH BÌNH GIANG\nSỞ THỦY LỢI\nSố: 27/KH-STL\nBình Giang, ngày 03 tháng 02 năm 2026\n"
        "KẾ HOẠCH\nNâng cấp hồ chứa\n"
    )
    body = "\n".join(
        [*conftest.LINES, "a) Phòng Kế hoạch theo dõi; phối hợp với UBND các xã.", "Nơi nhận:\n- Như trên;\n- Lưu: VT."]
    )
    text = f"{letter}{body}\n"
    garbled = (
        "CQNG HÒA XÃ HQI CHU NGHIA\nCian ctr Quyét dinh s6 15/QD-UBND ciia UBND tinh\n1. Phan dau dat 95% nam 2026\n"
    )
    return [
        text.encode(),
        text.encode("utf-8-sig"),
        text.encode("utf-16"),
        unicodedata.normalize("NFD", text).encode(),
        encode(text, "tcvn3").encode("latin-1", "replace"),
        encode(text, "vni").encode("latin-1", "replace"),
        text.replace("\n", "\r\n").encode(),
        garbled.encode(),
        text.replace("\n", " ").encode(),
        bytes(range(32, 256)) * 4,
    ]


def _pdfs() -> list[bytes]:
    """Return PDFs with a layer, without one, of ruled tables, with lies, locked, with compressed objects; samples."""
    pages = [["SỞ THỦY LỢI", "Số: 27/KH-STL", "KẾ HOẠCH", *conftest.LINES], ["II. TỔ CHỨC", *conftest.LINES]]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "a.pdf")
        made = [conftest.text_pdf(place, pages).read_bytes()]
        made.append(conftest.raw_pdf(place, media_box="0 0 200 100").read_bytes())
    for level in (0, 0, 1):
        file = io.BytesIO()
        paper = canvas.Canvas(file, pagesize=(440, 120), invariant=1, pageCompression=level)
        for lines in pages:
            paper.setFont("Tinos", 12)
            for number, line in enumerate(lines):
                paper.drawString(10, 105 - 14 * number, line)
            paper.showPage()
        paper.save()
        made += [file.getvalue()] * 2
    table = io.BytesIO()
    sheet = canvas.Canvas(table, pagesize=(300, 200), invariant=1, pageCompression=0)
    sheet.grid([20, 60, 200, 280], [20, 60, 100, 140, 180])
    for row in range(4):
        for column, text in enumerate(("TT", "Nhiem vu", "95%")):
            sheet.drawString((24, 64, 204)[column], 28 + 40 * row, text)
    sheet.save()
    sample = SAMPLES / "s03_cong_van_so_gd.pdf"
    return [*made, *[table.getvalue(), packed_pdf()] * 2, sample.read_bytes()]


def packed_pdf() -> bytes:
    """Return a PDF whose objects lie in an object stream, found by a cross-reference stream."""
    plain = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 5 0 R /Resources << /Font << /F1 << /Type"
        " /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
    ]
    offsets = [sum(len(body) + 1 for body in plain[:n]) for n in range(3)]
    head = " ".join(f"{n} {offset}" for n, offset in enumerate(offsets, start=1)) + "\n"
    data, places = b"%PDF-1.5\n", {}

    def add(number: int, keys: str, body: bytes) -> None:
        nonlocal data
        places[number] = len(data)
        data += f"{number} 0 obj\n<< {keys} /Length {len(body)} >>\nstream\n".encode() + body + b"\nendstream\nendobj\n"

    add(4, f"/Type /ObjStm /N 3 /First {len(head)}", (head + "\n".join(plain)).encode())
    add(5, "", b"BT /F1 14 Tf 20 150 Td (1. Phan dau dat 95% nam 2026) Tj ET")
    rows = [(0, 0, 255), *((2, 4, n) for n in range(3)), (1, places[4], 0), (1, places[5], 0), (1, len(data), 0)]
    start = len(data)
    add(6, "/Type /XRef /Size 7 /W [1 2 1] /Root 1 0 R", b"".join(struct.pack(">BHB", *row) for row in rows))
    return data + f"startxref\n{start}\n%%EOF\n".encode()


def _pictures() -> list[bytes]:
    """Return small pictures of a few words, one of them with two pages."""
    image = conftest.picture(["Số: 27/KH", "đạt 95%"], 100, (3.0, 2.0))
    made = []
    for form, more in (
        ("PNG", {}),
        ("JPEG", {"dpi": (100, 100)}),
        ("TIFF", {"save_all": True, "append_images": [image]}),
        ("TIFF", {"compression": "tiff_lzw"}),
    ):
        file = io.BytesIO()
        image.save(file, form, **more)
        made.append(file.getvalue())
    return made


def _ledger() -> bytes:
    """Return a ledger that knows documents in every state."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "ledger.sqlite")
        with Ledger(place) as ledger:
            run = ledger.begin_run("vanban 0", Path("/inbox"), WHEN)
            for number, state in enumerate(("waiting", "done", "partial", "quarantined", "vanished")):
                sha256, path = f"{number:x}" * 64, f"a/{number}.txt"
                ledger.place(path, Sighting(9, 1, 2), sha256, WHEN)
                if state != "waiting":
                    ledger.begin(sha256, f"{path}.json", WHEN)
                    lost = [{"page": 1, "code": "page_failed", "message": "x"}] if state == "partial" else []
                    ledger.end(sha256, state, WHEN, pages=2, lost=lost, code="damaged_file", reason="x", producer="p")  # type: ignore[arg-type]
            ledger.put_off([("b.txt", Sighting(1, 2, 3), "no permission"), ("c.txt", Sighting(1, 2, 3), None)], WHEN)
            ledger.end_run(run, {"new": {"count": 5, "first": ["a/0.txt"]}}, WHEN)
        return place.read_bytes()


def _spoiled_ledger(data: bytes, dice: random.Random) -> bytes:
    """Change bytes, or change values as a program could: what stands in a cell of SQLite may be of any type."""
    if dice.random() < 0.4:
        return _spoiled_bytes(data, dice, _word)
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


def _spoiled_json(data: bytes, dice: random.Random) -> bytes:
    """Change values, mostly for others of their type, so that they get past the types; or change bytes."""
    if dice.random() < 0.15:
        return _spoiled_bytes(data, dice, _word)
    value = json.loads(data)
    for _ in range(dice.choice((1, 1, 2, 4, 8))):
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
    if dice.random() < 0.75:
        if isinstance(value, str):
            return dice.choice([*STRINGS, value + dice.choice(STRINGS)])
        if isinstance(value, int | float) and not isinstance(value, bool):
            return dice.choice([*NUMBERS, 1e308, -1e308, 0.5, float("nan"), float("inf")])
    deep: Any = "x"
    for _ in range(dice.choice((3, 90, 600))):
        deep = [deep]
    return dice.choice([None, True, "x", 5, [], {}, [value] * 300, {"a": value}, deep])


def _spoiled_text(data: bytes, dice: random.Random) -> bytes:
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
                text.replace(line, line + dice.choice(STRINGS)),
                text.replace("\n", dice.choice((" ", "\r", "\f", "\u2028", "\n\n\n"))),
                re.sub(r"\d+", str(dice.choice(NUMBERS)), text, count=dice.choice((0, 1))),
                "\n".join(dice.sample(lines, len(lines))),
                text + (line + dice.choice(("\n", " ", ""))) * dice.choice((5, 100, 1000)),
                "".join(dice.choice((letter.upper(), letter.lower(), letter, letter + "\u0323")) for letter in text),
                unicodedata.normalize(dice.choice(("NFD", "NFKD", "NFC")), text),
            ]
        )[: len(data) + LARGEST]
    return text.encode(encoding, "surrogatepass" if encoding != "latin-1" else "replace")


def _spoiled_bytes(data: bytes, dice: random.Random, own: Callable[[bytes, random.Random], bytes]) -> bytes:
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


def _word(data: bytes, dice: random.Random) -> bytes:
    """Write a length or a count that cannot be, in either order of bytes."""
    place = dice.randrange(len(data) + 1)
    form = dice.choice((">H", "<H", ">I", "<I", ">Q", "<Q"))
    number = dice.choice([n for n in NUMBERS if n >= 0]) & ((1 << 8 * struct.calcsize(form)) - 1)
    return data[:place] + struct.pack(form, number) + data[place + struct.calcsize(form) :]


def _pdf(data: bytes, dice: random.Random) -> bytes:
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
        return _word(data, dice)
    match = dice.choice(found)
    if choice == 1:
        return data[: match.start()] + str(dice.choice(NUMBERS)).encode() + data[match.end() :]
    if choice == 2:
        return data[: match.start()] + f"{dice.randrange(12)} 0 R".encode() + data[match.end() :]
    try:
        inside = zlib.decompress(match[1])
    except zlib.error:
        return _word(data, dice)
    return data[: match.start(1)] + zlib.compress(_word(_word(inside, dice), dice)) + data[match.end(1) :]
