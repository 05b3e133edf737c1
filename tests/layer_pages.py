"""Pages whose text layers lie in every way we know of, made with reportlab from the project's own samples.

``python -m tests.layer_pages 200`` makes that many pages, judges them, and prints what was wrong; the tests use a few.
"""

from __future__ import annotations

import io
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from diacritics.folding import fold
from tests.layer_texts import QUOTES, broken, encode, garble

ROOT = Path(__file__).parents[1]
FONTS = Path("/usr/share/fonts/truetype/croscore")
WIDTH, HEIGHT = 595.0, 842.0
SIZE, LEADING, MARGIN = 12.0, 17.0, 70.0
BODY_LINES = 36


@dataclass
class MadePage:
    """A page's PDF, which way it was made, the verdicts that are right, and the text it says (lower case words)."""

    way: str
    pdf: bytes
    right: frozenset[str]
    words: list[str] = field(default_factory=list)


def has_fonts() -> bool:
    return (FONTS / "Tinos-Regular.ttf").exists()


def register_fonts() -> None:
    """Tinos under its own name, and under names that TCVN3 and VNI fonts have (the name must stand in the file)."""
    for name in ("Tinos", ".VnTime", ".VnTimeH", "VNI-Times"):
        if name not in pdfmetrics.getRegisteredFontNames():
            font = TTFont(name, str(FONTS / "Tinos-Regular.ttf"))
            if name != "Tinos":
                font.face.name = name.encode()
            pdfmetrics.registerFont(font)


@cache
def sample_lines() -> list[str]:
    """Return the paragraphs of the project's own samples, without the markup."""
    lines = []
    for path in sorted((ROOT / "corpus" / "samples").glob("*.text")):
        body = path.read_text("utf-8").partition("\n---\n")[2]
        lines += [line.lstrip("#_- ").strip() for line in body.splitlines()]
    return [line for line in lines if len(line) > 40 and "|" not in line and ":" not in line[:12] and line[0] != "@"]


def wrapped(rng: random.Random, count: int) -> list[str]:
    """Return `count` lines of text that fit the page, from random paragraphs."""
    paragraphs = sample_lines()
    lines: list[str] = []
    while len(lines) < count:
        line = ""
        for word in rng.choice(paragraphs).split():
            if pdfmetrics.stringWidth(f"{line} {word}", "Tinos", SIZE) > WIDTH - 2 * MARGIN:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines.append(line)
    return lines[:count]


class Sheet:
    """A page being drawn, top down."""

    def __init__(self) -> None:
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=(WIDTH, HEIGHT), invariant=True)
        self.y = HEIGHT - 80

    def line(self, text: str, font: str = "Tinos", x: float = MARGIN, hidden: bool = False) -> None:
        mark = self.canvas.beginText(x, self.y)
        fit = (WIDTH - x - 20) / pdfmetrics.stringWidth(text, font, SIZE) if 0 < x < WIDTH else 1.0
        mark.setFont(font, SIZE * min(1.0, fit))
        mark.setTextRenderMode(3 if hidden else 0)
        mark.textOut(text)
        self.canvas.drawText(mark)
        self.y -= LEADING

    def picture(self, rng: random.Random) -> None:
        self.canvas.drawImage(ImageReader(_scan(rng.randrange(5))), 0, 0, WIDTH, HEIGHT)

    def pieces(self, line: str, rng: random.Random, gap: float) -> None:
        """Draw a line with syllables broken round their marked letters, `gap` points between the pieces."""
        x = MARGIN
        for word in line.split():
            for piece in broken(word, rng):
                self.canvas.setFont("Tinos", SIZE)
                self.canvas.drawString(x, self.y, piece)
                x += pdfmetrics.stringWidth(piece, "Tinos", SIZE) + gap
            x += pdfmetrics.stringWidth(" ", "Tinos", SIZE) - gap
        self.y -= LEADING

    def done(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self.buffer.getvalue()


_SCANS: dict[int, Image.Image] = {}


def _scan(seed: int) -> Image.Image:
    """Return a grey picture that looks like a page of text from afar."""
    if seed not in _SCANS:
        rng = random.Random(seed)
        image = Image.new("L", (420, 594), 240)
        draw = ImageDraw.Draw(image)
        for y in range(60, 540, 12):
            for x in range(50, 370, 24):
                draw.rectangle((x, y, x + rng.randrange(8, 22), y + 5), fill=rng.randrange(20, 90))
        _SCANS[seed] = image
    return _SCANS[seed]


def _text(lines: list[str]) -> list[str]:
    return [word.lower() for line in lines for word in line.split()]


def good(rng: random.Random) -> MadePage:
    sheet, lines = Sheet(), wrapped(rng, BODY_LINES)
    for line in lines:
        sheet.line(line)
    return MadePage("good", sheet.done(), frozenset(["good"]), _text(lines))


def short(rng: random.Random) -> MadePage:
    sheet, lines = Sheet(), wrapped(rng, 2)
    for line in lines:
        sheet.line(line)
    return MadePage("short", sheet.done(), frozenset(["good"]), _text(lines))


def numbers(rng: random.Random) -> MadePage:
    """A page of a table: mostly figures."""
    sheet = Sheet()
    rows = [f"{at} {rng.randrange(10000):,} {rng.randrange(100)},{rng.randrange(10)}% hồ sơ" for at in range(1, 30)]
    for row in rows:
        sheet.line(row)
    return MadePage("numbers", sheet.done(), frozenset(["good"]), _text(rows))


def split_close(rng: random.Random) -> MadePage:
    sheet, lines = Sheet(), wrapped(rng, BODY_LINES)
    for line in lines:
        sheet.pieces(line, rng, gap=0.6)
    return MadePage("split_close", sheet.done(), frozenset(["good"]), _text(lines))


def split_wide(rng: random.Random) -> MadePage:
    sheet, lines = Sheet(), wrapped(rng, BODY_LINES)
    for line in lines:
        sheet.pieces(line, rng, gap=2.6)
    return MadePage("split_wide", sheet.done(), frozenset(["good"]))  # what was meant cannot always be known


def _legacy(encoding: str, font: str, horn: str = "") -> Callable[[random.Random], MadePage]:
    def make(rng: random.Random) -> MadePage:
        sheet, lines = Sheet(), wrapped(rng, BODY_LINES)
        heading = rng.choice(["KẾ HOẠCH", "BÁO CÁO", "QUYẾT ĐỊNH"])
        capitals = ".VnTimeH" if font == ".VnTime" else font
        sheet.line(encode(heading.lower() if capitals == ".VnTimeH" else heading, encoding), capitals)
        for line in lines:
            shown = encode(line, encoding)
            sheet.line(shown.replace("\u00ad", horn) if horn else shown, font)
        return MadePage(f"{encoding}{horn}/{font}", sheet.done(), frozenset(["legacy"]), _text([heading, *lines]))

    return make


def mixed(rng: random.Random) -> MadePage:
    """Some blocks in Unicode, some in TCVN3 or VNI."""
    sheet, everything = Sheet(), []
    encoding = rng.choice(["tcvn3", "vni"])
    for block in range(6):
        lines = wrapped(rng, 5)
        for line in lines:
            sheet.line(encode(line, encoding) if block % 2 else line, "VNI-Times" if block % 2 else "Tinos")
        sheet.y -= LEADING
        everything += lines
    return MadePage(f"mixed/{encoding}", sheet.done(), frozenset(["legacy"]), _text(everything))


def hidden_good(rng: random.Random) -> MadePage:
    sheet, lines = Sheet(), wrapped(rng, BODY_LINES)
    sheet.picture(rng)
    for line in lines:
        sheet.line(line, hidden=True)
    return MadePage("hidden_good", sheet.done(), frozenset(["good"]), _text(lines))


def _garbled(hidden: bool) -> Callable[[random.Random], MadePage]:
    def make(rng: random.Random) -> MadePage:
        sheet = Sheet()
        sheet.picture(rng)
        for line in wrapped(rng, BODY_LINES):
            sheet.line(garble(line, rng), hidden=hidden)
        return MadePage(f"garbled/{'hidden' if hidden else 'shown'}", sheet.done(), frozenset(["garbled"]))

    return make


def unmarked_scan(rng: random.Random) -> MadePage:
    """An engine that knows no marks, without a single slip."""
    sheet = Sheet()
    sheet.picture(rng)
    for line in wrapped(rng, BODY_LINES):
        sheet.line(fold(line), hidden=True)
    return MadePage("unmarked_scan", sheet.done(), frozenset(["garbled"]))


def unmarked(rng: random.Random) -> MadePage:
    """Typed without marks: that is what the page says."""
    sheet, lines = Sheet(), [fold(line) for line in wrapped(rng, BODY_LINES)]
    for line in lines:
        sheet.line(line)
    return MadePage("unmarked", sheet.done(), frozenset(["unmarked"]), _text(lines))


def no_unicode(rng: random.Random) -> MadePage:
    """A font whose codes mean nothing outside it: every letter lands in the private-use area."""
    sheet = Sheet()
    for line in wrapped(rng, BODY_LINES):
        sheet.line("".join(chr(0xE000 + ord(c) % 0x1000) if c.isalpha() else c for c in line))
    return MadePage("no_unicode", sheet.done(), frozenset(["garbled"]))


def shifted(rng: random.Random) -> MadePage:
    """A font whose codes are glyph numbers: letters come out as others, 29 before."""
    sheet = Sheet()
    for line in wrapped(rng, BODY_LINES):
        sheet.line("".join(chr(max(33, ord(c) - 29)) if " " < c < "\x7f" else c for c in fold(line)))
    return MadePage("shifted", sheet.done(), frozenset(["garbled"]))


def part_garbled(rng: random.Random) -> MadePage:
    """Good text, and a paragraph in a font whose codes are glyph numbers."""
    sheet = Sheet()
    for line in wrapped(rng, 24):
        sheet.line(line)
    sheet.y -= LEADING
    for line in wrapped(rng, 6):
        sheet.line("".join(chr(max(33, ord(c) - 29)) if " " < c < "\x7f" else c for c in fold(line)))
    return MadePage("part_garbled", sheet.done(), frozenset(["garbled"]))


def names(rng: random.Random) -> MadePage:
    """Good text, and a list of foreign names in Latin."""
    sheet, lines = Sheet(), wrapped(rng, 20)
    drugs = ["Paracetamol 500mg", "Amoxicillin 250mg", "Ceftriaxone 1g", "Omeprazol", "Metformin", "Salbutamol 5mg"]
    rows = [f"{at}. {', '.join(rng.sample(drugs, 3))}" for at in range(1, 9)]
    for line in lines:
        sheet.line(line)
    sheet.y -= LEADING
    for row in rows:
        sheet.line(row)
    return MadePage("names", sheet.done(), frozenset(["good"]), _text([*lines, *rows]))


NAMES = ["Ủy ban nhân dân tỉnh Thanh Vân", "Sở Nội vụ", "Văn phòng Ủy ban nhân dân huyện An Khê", "Trần Thị Hoài"]


def signature_only(rng: random.Random) -> MadePage:
    sheet = Sheet()
    sheet.picture(rng)
    name = rng.choice(NAMES)
    stamp = [
        [f"Ký bởi: {name}", "Email: vanthu@a.example", f"Cơ quan: {name}", "Thời gian ký: 04.03.2024 16:21:07 +07:00"],
        [f"Người ký: {name}", f"Cơ quan: {rng.choice(NAMES)}", "Ngày ký: 04/03/2024 16:21:07"],
        ["Signature Not Verified", f"Được ký bởi {name.upper()}", "Ngày ký: 04.03.2024 16:21"],
        [f"Digitally signed by {name}", "Date: 2024.03.04 16:21:07 +07:00", "Location: Thanh Vân"],
    ]  # fmt: skip
    for line in rng.choice(stamp):
        sheet.line(line, x=330)
    if rng.random() < 0.4:
        sheet.line("Số: 127/KH-SNV")
    return MadePage("signature_only", sheet.done(), frozenset(["signature_only"]))


def scan(rng: random.Random) -> MadePage:
    sheet = Sheet()
    sheet.picture(rng)
    return MadePage("scan", sheet.done(), frozenset(["empty"]))


def stamped_scan(rng: random.Random) -> MadePage:
    """A scan on which a register put its number."""
    sheet = Sheet()
    sheet.picture(rng)
    sheet.line(f"Số: {rng.randrange(1, 900)}", x=400)
    return MadePage("stamped_scan", sheet.done(), frozenset(["sparse"]))


def stamped_copy(rng: random.Random) -> MadePage:
    """A scan with a copy stamp in good Vietnamese over it."""
    sheet = Sheet()
    sheet.picture(rng)
    sheet.y = 200
    stamp = ["SAO Y BẢN CHÍNH", "Thanh Vân, ngày 04 tháng 3 năm 2024", "TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG"]
    for line in [*stamp, "PHÓ CHÁNH VĂN PHÒNG", "Trần Thị Hoài Thương"]:
        sheet.line(line, x=300)
    return MadePage("stamped_copy", sheet.done(), frozenset(["sparse"]))


def part_picture(rng: random.Random) -> MadePage:
    """Half a page of text over a table that was put in as a picture."""
    sheet, lines = Sheet(), wrapped(rng, 20)
    sheet.canvas.drawImage(ImageReader(_scan(1)), 40, 40, WIDTH - 80, 340)
    for line in lines:
        sheet.line(line)
    return MadePage("part_picture", sheet.done(), frozenset(["good"]), _text(lines))


def off_page(rng: random.Random) -> MadePage:
    sheet = Sheet()
    sheet.picture(rng)
    for line in wrapped(rng, BODY_LINES):
        sheet.line(line, x=WIDTH + 200)
    return MadePage("off_page", sheet.done(), frozenset(["empty"]))


def signed_good(rng: random.Random) -> MadePage:
    sheet, lines = Sheet(), wrapped(rng, BODY_LINES - 6)
    stamp = [f"Ký bởi: {rng.choice(NAMES)}", "Thời gian ký: 04.03.2024 16:21:07 +07:00"]
    for line in stamp:
        sheet.line(line, x=330)
    sheet.y -= LEADING
    for line in lines:
        sheet.line(line)
    return MadePage("signed_good", sheet.done(), frozenset(["good"]), _text([*stamp, *lines]))


WAYS: list[Callable[[random.Random], MadePage]] = [
    good, short, numbers, split_close, split_wide, signed_good, mixed, mixed, hidden_good,
    _legacy("tcvn3", ".VnTime"), _legacy("tcvn3", "Tinos"), _legacy("tcvn3", ".VnTime", "\u2212"),
    _legacy("tcvn3", "Tinos", "-"), _legacy("vni", "VNI-Times"), _legacy("vni", ".VnTime"), _legacy("vni", "Tinos"),
    _legacy("vps", "Tinos"), _legacy("viscii", "Tinos"),
    _garbled(hidden=True), _garbled(hidden=False), unmarked_scan, unmarked, no_unicode, shifted, part_garbled, names,
    signature_only, signature_only, scan, stamped_scan, stamped_copy, part_picture, off_page,
]  # fmt: skip


def make_pages(count: int, seed: int = 1) -> list[MadePage]:
    register_fonts()
    rng = random.Random(seed)
    return [WAYS[index % len(WAYS)](rng) for index in range(count)]


def main(count: int) -> None:
    import pypdfium2

    from pipeline import textlayer

    wrong = trusted = 0
    for number, page in enumerate(make_pages(count), start=1):
        layer = textlayer.read_layer(pypdfium2.PdfDocument(page.pdf)[0])
        verdict = textlayer.judge(layer)
        usable = bool(page.right & {"good", "legacy", "unmarked"})
        words = [part.lower() for word in textlayer.words(layer, verdict) for part in word.text.split()]
        plain = {word.translate(QUOTES) for word in words}
        missing = [word for word in page.words if word.translate(QUOTES) not in plain]
        if verdict.name not in page.right:
            wrong += 1
            trusted += verdict.usable and not usable
            print(f"{number} {page.way}: {verdict.name} {verdict.scores}")
        if missing and verdict.usable:
            print(f"{number} {page.way}: {len(missing)} of {len(page.words)} words not found: {missing[:12]}")
    print(f"{count} pages, {wrong} wrong verdicts, {trusted} bad layers trusted")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
