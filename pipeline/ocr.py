"""A clean picture read by Tesseract: words with boxes and confidence. The only module that imports pytesseract.

Tesseract runs as a program of its own, so that a crash or a hang costs a page and not the process; one thread each,
since a page per core is faster than a core per line. The picture goes to it as raw pixels in memory-backed storage:
PNG, which pytesseract would write, takes longer to encode than a table to read.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

os.environ["OMP_THREAD_LIMIT"] = "1"

import numpy as np
import numpy.typing as npt
import pytesseract

from pipeline.document import Box, Word
from pipeline.errors import MissingProgram, OcrError, PageTimeout
from pipeline.picture import CleanPage

MIN_CONFIDENCE = 0.0
AUTOMATIC, ONE_BLOCK, ONE_LINE, SPARSE = 3, 6, 7, 11  # Tesseract's page segmentation modes that are used here


@cache
def version() -> str:
    """Return Tesseract's version.

    Raises:
        MissingProgram: it is not installed.
    """
    try:
        return str(pytesseract.get_tesseract_version())
    except (pytesseract.TesseractNotFoundError, SystemExit, OSError):
        raise MissingProgram("Tesseract is not installed") from None


def read_words(page: CleanPage, language: str = "vie", timeout_seconds: float = 120.0) -> list[Word]:
    """Read a page; boxes are in points of the upright page, confidence 0 to 1.

    Raises:
        MissingProgram: Tesseract or the data of `language` is not installed.
        OcrError: Tesseract crashed, or printed what is no table of words.
        PageTimeout: it took longer than `timeout_seconds`, and was ended.
    """
    if not (page.gray < 128).any():
        return []
    with _picture_file(page.gray) as path:
        table = _tesseract(path, language, AUTOMATIC, page.dpi, timeout_seconds)
    return list(_words(table, page.points_per_pixel))


@contextmanager
def _picture_file(gray: npt.NDArray[np.uint8]) -> Iterator[Path]:
    """Write the pixels as PGM, in memory where the system has such a place."""
    shm = Path("/dev/shm")
    roomy = shm.is_dir() and os.access(shm, os.W_OK)
    with tempfile.TemporaryDirectory(prefix="vanban-", dir=shm if roomy else None) as folder:
        path = Path(folder) / "page.pgm"
        with path.open("wb") as file:
            file.write(b"P5 %d %d 255\n" % (gray.shape[1], gray.shape[0]))
            file.write(np.ascontiguousarray(gray).data)
        yield path


def _tesseract(path: Path, language: str, mode: int, dpi: float, timeout_seconds: float) -> str:
    config = f"--psm {mode} --dpi {max(70, round(dpi))} -c tessedit_do_invert=0"
    try:
        return str(
            pytesseract.image_to_data(
                str(path), lang=language, config=config, timeout=timeout_seconds, output_type=pytesseract.Output.STRING
            )
        )
    except pytesseract.TesseractNotFoundError:
        raise MissingProgram("Tesseract is not installed") from None
    except pytesseract.TesseractError as error:
        text = " ".join(str(error.message).split())
        if "loading" in text and "language" in text:
            raise MissingProgram(f"Tesseract has no data for the language {language}") from None
        raise OcrError(f"Tesseract failed ({text[:200] or error.status})") from None
    except RuntimeError:
        raise PageTimeout(f"Tesseract did not finish within {timeout_seconds:.0f} s and was ended") from None
    except (OSError, UnicodeDecodeError) as error:
        raise OcrError(f"Tesseract left no result that can be read ({type(error).__name__})") from None


def _words(table: str, scale: float) -> Iterator[Word]:
    """Yield the words of Tesseract's TSV; `scale` is points a pixel.

    Raises:
        OcrError: it is no such table.
    """
    lines = table.splitlines()
    if not lines or not lines[0].startswith("level\t"):
        raise OcrError("Tesseract printed what is no table of words")
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) < 12 or cells[0] != "5":
            continue
        text = cells[11].strip()
        try:
            left, top, width, height = (int(value) for value in cells[6:10])
            confidence = float(cells[10]) / 100
        except ValueError:
            raise OcrError("Tesseract printed what is no table of words") from None
        if text and confidence >= MIN_CONFIDENCE:
            box = Box(left * scale, top * scale, (left + width) * scale, (top + height) * scale)
            yield Word(text, text, box, min(1.0, max(0.0, confidence)))
