"""Inputs spoiled by seed, for `tests.fuzz`: what attackers send, and what bad luck makes of good files.

A case is its kind and the bytes; the same seed and number give the same case on every machine.
"""

from __future__ import annotations

import io
import json
import random
import struct
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter
from reportlab.pdfgen import canvas

from pipeline.corrections import Correction, Corrections, header_key, key_of
from pipeline.document import Box, Line, Page, Word
from pipeline.nightly.ledger import Ledger, Sighting
from tests import conftest
from tests.analysis_store import evidence, plan
from tests.layer_texts import encode
from tests.spoiling import spoiled_bytes, spoiled_json, spoiled_ledger, spoiled_text, with_a_length, with_a_token

SAMPLES: Final = Path(__file__).parents[1] / "corpus" / "built" / "text"
WHEN: Final = "2026-01-01T00:00:00+07:00"
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
        beside = dice.choice((b"", seeds["corrections"][0], spoiled_json(seeds["corrections"][0], dice)))
        return Case(kind, spoiled_json(data, dice), beside)
    if kind == "ledger":
        return Case(kind, spoiled_ledger(data, dice))
    if kind == "pages":
        return Case(kind, spoiled_json(data, dice))
    if kind in ("text", "restore") and dice.random() < 0.7:
        return Case(kind, spoiled_text(data, dice))
    return Case(kind, spoiled_bytes(data, dice, with_a_token if kind == "pdf" else with_a_length))


def kind_of(seed: int, number: int) -> str:
    """Return the kind of the case of that number."""
    return random.Random(f"{seed}:{number}").choices(list(SHARES), list(SHARES.values()))[0]


def seeds() -> dict[str, list[bytes]]:
    """Return what is spoiled, by kind: small files of every sort that the readers take."""
    record = plan()
    record.header.evidence = {"number": evidence("Số: 12/KH-STL"), "title": evidence("Nâng cao sự hài lòng")}
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
