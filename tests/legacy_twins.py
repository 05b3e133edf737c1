"""Text-layer PDFs drawn again in a legacy encoding, word by word at the same places.

``python -m tests.legacy_twins`` makes the twins of all samples in TCVN3 and VNI, reads both, and prints how many words
differ, case counted. TCVN3 has no codes for most marked capitals: as offices did, a font for capitals shows them.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pypdfium2 as pdfium
from rapidfuzz.distance import Levenshtein
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from corpus.build import sources
from corpus.drawing import draw
from corpus.layout import lay_out
from corpus.source import read_source
from pipeline import textlayer
from tests.layer_pages import register_fonts
from tests.layer_texts import BACK, encode


def sample(path: Path) -> bytes:
    """Return a sample as a PDF with its text layer."""
    return draw(lay_out(read_source(path)))


def twin(pdf: bytes, encoding: str) -> bytes:
    """Return `pdf` with its words in `encoding`, at the same places; rules and pictures are left out."""
    register_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True)
    for page in pdfium.PdfDocument(pdf):
        layer = textlayer.read_layer(page)
        canvas.setPageSize((layer.width, layer.height))
        for word in layer.words:
            parts = _parts(word.raw, encoding)
            length = sum(pdfmetrics.stringWidth(shown, font, 1) for shown, font in parts)
            size = min(word.box.height / 1.15, word.box.width / length)
            x, y = word.box.x0, layer.height - word.box.y1 + 0.2 * word.box.height
            for shown, font in parts:
                canvas.setFont(font, size)
                canvas.drawString(x, y, shown)
                x += pdfmetrics.stringWidth(shown, font, size)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _parts(text: str, encoding: str) -> list[tuple[str, str]]:
    """Return what is shown, and the font it is shown in."""
    if encoding != "tcvn3":
        return [(encode(text, encoding), "VNI-Times" if encoding == "vni" else "Tinos")]
    parts: list[tuple[str, str]] = []
    for letter in text:
        font = ".VnTimeH" if letter.isupper() and letter not in BACK["tcvn3"] and not letter.isascii() else ".VnTime"
        shown = encode(letter, encoding)
        if parts and parts[-1][1] == font:
            parts[-1] = (parts[-1][0] + shown, font)
        else:
            parts.append((shown, font))
    return parts


def read(pdf: bytes) -> tuple[list[str], set[str]]:
    """Return the words of all pages as they are meant, and the verdicts."""
    words: list[str] = []
    verdicts: set[str] = set()
    for page in pdfium.PdfDocument(pdf):
        layer = textlayer.read_layer(page)
        verdict = textlayer.judge(layer)
        verdicts.add(verdict.name)
        words += [word.text for word in textlayer.words(layer, verdict)]
    return words, verdicts


def main(encodings: list[str]) -> None:
    for encoding in encodings:
        total = wrong = 0
        for path in sources():
            pdf = sample(path)
            meant, found = read(pdf)[0], read(twin(pdf, encoding))[0]
            total += len(meant)
            wrong += Levenshtein.distance(meant, found)
        print(f"{encoding}: {wrong} of {total} words differ")


if __name__ == "__main__":
    main(sys.argv[1:] or ["tcvn3", "vni"])
