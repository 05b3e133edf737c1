"""Reads files with one peer and writes what it read as records of pages and lines.

    PYTHON peer_reader.py PEER --out DIR [--jobs N] FILE...

Stands alone: it is run by the interpreter of the peer's own environment, which knows nothing of this project, and
imports no more than the peer it was asked for. Each worker is a process, as many at a time as asked.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

PAGE_SECONDS = 600
Pages = list[str]


def tesseract(path: Path) -> Pages:
    """Read a rendered page with the bare program; the pages of a PDF are rendered first, at 300 dpi."""
    with tempfile.TemporaryDirectory() as folder:
        pictures = [path]
        if path.suffix == ".pdf":
            render = ["pdftoppm", "-r", "300", str(path), f"{folder}/page"]
            subprocess.run(render, check=True, capture_output=True, timeout=PAGE_SECONDS)
            pictures = sorted(Path(folder).glob("page*"))
        return [_output("tesseract", str(picture), "-", "-l", "vie") for picture in pictures]


def ocrmypdf(path: Path) -> Pages:
    """Read a scan with OCRmyPDF, deskewed and cleaned; its sidecar has the text.

    By itself it refuses signed files: it is told to read them all the same, though that breaks their signatures.
    """
    with tempfile.TemporaryDirectory() as folder:
        sidecar = Path(folder) / "text"
        options = ["-l", "vie", "--force-ocr", "--deskew", "--clean", "--jobs", "1", "--output-type", "pdf", "--quiet"]
        options.append("--invalidate-digital-signatures")
        command = [sys.executable, "-m", "ocrmypdf", *options, "--sidecar", str(sidecar), str(path), f"{folder}/out"]
        subprocess.run(command, check=True, capture_output=True, timeout=PAGE_SECONDS * 10)
        return sidecar.read_text("utf-8").removesuffix("\f").split("\f")


def kreuzberg_ocr(path: Path) -> Pages:
    """Read a scan with kreuzberg and Tesseract."""
    from kreuzberg import OcrConfig

    return _kreuzberg(path, ocr=OcrConfig(backend="tesseract", language="vie"), force_ocr=True)


def kreuzberg(path: Path) -> Pages:
    """Read a text layer with kreuzberg."""
    return _kreuzberg(path, disable_ocr=True)


def _kreuzberg(path: Path, **options: object) -> Pages:
    from kreuzberg import ExtractionConfig, PageConfig, extract_file_sync

    marked = PageConfig(extract_pages=True, insert_page_markers=True)
    result = extract_file_sync(str(path), config=ExtractionConfig(use_cache=False, pages=marked, **options))
    pages = [page["content"] for page in result.pages or ()]
    return pages if any(pages) else re.split(r"<!-- PAGE \d+ -->", result.content)[1:]  # with OCR its pages stand empty


def pdftotext(path: Path) -> Pages:
    """Read a text layer with Poppler's program."""
    return _output("pdftotext", str(path), "-").removesuffix("\f").split("\f")


def pypdfium2(path: Path) -> Pages:
    """Read a text layer with PDFium as it stands."""
    import pypdfium2 as pdfium

    return [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(path)]


def pdfplumber(path: Path) -> Pages:
    """Read a text layer with pdfplumber."""
    import pdfplumber as plumber

    with plumber.open(path) as document:
        return [page.extract_text() for page in document.pages]


def pyvi(path: Path) -> Pages:
    """Put marks back into a text without them, line by line; a line that makes it fail stays as it was."""
    from pyvi import ViUtils

    lines = []
    for line in path.read_text("utf-8").split("\n"):
        try:
            lines.append(ViUtils.add_accents(line))
        except (KeyError, IndexError):
            lines.append(line)
    return ["\n".join(lines)]


def _output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, timeout=PAGE_SECONDS).stdout.decode()


READERS: dict[str, Callable[[Path], Pages]] = {
    reader.__name__: reader
    for reader in (tesseract, ocrmypdf, kreuzberg_ocr, kreuzberg, pdftotext, pypdfium2, pdfplumber, pyvi)
}


def _record(work: tuple[str, Path, Path]) -> None:
    peer, path, out = work
    try:
        texts = READERS[peer](path)
    except Exception as error:  # whatever a peer may raise: the file counts as read with nothing in it
        print(f"{path.name}: {type(error).__name__}: {error}", file=sys.stderr)
        texts = []
    pages = [
        {"number": number, "lines": [{"text": line.strip("\r")} for line in text.split("\n") if line.strip()]}
        for number, text in enumerate(texts, start=1)
    ]
    record = json.dumps({"producer": peer, "pages": pages}, ensure_ascii=False)
    (out / f"{path.name}.json").write_text(record, "utf-8")


def main() -> int:
    """Read all files; return 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("peer", choices=sorted(READERS))
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(asked.jobs) as pool:
        list(pool.map(_record, [(asked.peer, path, asked.out) for path in asked.files]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
