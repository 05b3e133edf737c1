"""Small documents made on the spot, good ones and hostile ones."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from pipeline.parsing.opinions import Opinion
from pipeline.parsing.surroundings import Seen, Span

SHARED = Path(__file__).parents[2] / "shared"
TINOS = Path("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf")
LINES = [
    "Căn cứ Luật Tổ chức chính quyền địa phương năm 2025;",
    "Sở Thủy lợi tỉnh Bình Giang ban hành Kế hoạch này như sau:",
    "1. Phấn đấu đến hết năm 2026 hoàn thành 95% chỉ tiêu được giao.",
    "2. Văn phòng Sở chủ trì, báo cáo trước ngày 15/12/2026.",
]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared material, where it is there."""
    if not SHARED.is_dir():
        pytest.skip("the shared material is not here")
    return SHARED


@pytest.fixture
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model of figures without a word: a rule is tested by what the rule says."""
    none = Seen(*(np.zeros(0, int) for _ in range(4)), span=Span(0, 0))  # type: ignore[misc]
    silent = Opinion(np.full(3, 1 / 3, np.float32), lambda: (none, np.zeros(0, np.float32)), lambda: None)
    for module in ("opinions", "rewording"):
        monkeypatch.setattr(f"pipeline.parsing.{module}.opinion_of", lambda *_: silent)


@pytest.fixture(scope="session")
def tinos() -> Path:
    """A font that has every Vietnamese letter."""
    if not TINOS.exists():
        pytest.skip("fonts-croscore is not installed")
    return TINOS


def text_pdf(path: Path, pages: list[list[str]], giant_page: int = 0, **options: object) -> Path:
    """Write a PDF whose text layer is good; one page may be larger than any paper."""
    pdfmetrics.registerFont(TTFont("Tinos", str(TINOS)))
    paper = canvas.Canvas(str(path), pagesize=(595, 842), invariant=1, **options)
    for page, lines in enumerate(pages, start=1):
        paper.setPageSize((20_000, 20_000) if page == giant_page else (595, 842))
        paper.setFont("Tinos", 13)
        for number, line in enumerate(lines):
            paper.drawString(72, 770 - 20 * number, line)
        paper.showPage()
    paper.save()
    return path


def picture(lines: list[str], dpi: int = 150, size_inches: tuple[float, float] = (8.27, 11.69)) -> Image.Image:
    """Draw lines as a scanner would show them."""
    image = Image.new("L", (int(size_inches[0] * dpi), int(size_inches[1] * dpi)), 255)
    font, draw = ImageFont.truetype(str(TINOS), int(13 / 72 * dpi)), ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        draw.text((dpi, dpi + number * 0.3 * dpi), line, 0, font)
    return image


def scanned_pdf(path: Path, pages: list[list[str]], dpi: int = 150) -> Path:
    """Write a PDF of pictures only."""
    paper = canvas.Canvas(str(path), pagesize=(595, 842), invariant=1)
    for lines in pages:
        data = io.BytesIO()
        picture(lines, dpi).save(data, "PNG")
        paper.drawImage(ImageReader(data), 0, 0, 595, 842)
        paper.showPage()
    paper.save()
    return path


def huge_png(path: Path, side: int) -> Path:
    """Write a PNG that declares side x side pixels and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b""))
    return path


def raw_pdf(path: Path, *, count: int = 1, media_box: str = "0 0 595 842") -> Path:
    """Write the smallest PDF by hand, so that it can lie about its page count and its size."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [3 0 R] /Count {count} >>".encode(),
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{media_box}] >>".encode(),
    ]
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(data)
    data += b"xref\n0 4\n0000000000 65535 f \n" + b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    data += f"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    path.write_bytes(data)
    return path


Maker = Callable[[Path], Path]

HOSTILE: dict[str, tuple[str, Maker]] = {
    "empty.pdf": ("empty_file", lambda p: _write(p, b"")),
    "program.pdf": ("not_a_document", lambda p: _write(p, b"\x7fELF" + bytes(range(256)) * 40)),
    "office.pdf": ("not_a_document", lambda p: _write(p, b"PK\x03\x04" + bytes(200))),
    "noise.pdf": ("not_a_document", lambda p: _write(p, bytes(range(256)) * 40)),
    "truncated.pdf": ("damaged_file", lambda p: _write(p, b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\n")),
    "scrambled.pdf": ("damaged_file", lambda p: _write(p, b"%PDF-1.4\n" + b"xyz\n" * 5000)),
    "locked.pdf": ("password", lambda p: text_pdf(p, [LINES], encrypt=StandardEncryption("secret", "owner"))),
    "million.pdf": ("too_large", lambda p: raw_pdf(p, count=1_000_000)),
    "giant-page.pdf": ("too_large", lambda p: raw_pdf(p, media_box="0 0 20000 20000")),
    "huge.png": ("too_large", lambda p: huge_png(p, 60_000)),
    "broken.jpg": ("damaged_file", lambda p: _write(p, b"\xff\xd8\xff\xe0" + bytes(64))),
}


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
