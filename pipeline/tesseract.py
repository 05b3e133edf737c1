"""Tesseract, asked in two ways. The only module that imports pytesseract, or loads Tesseract's library.

A page is read by the program, so that a crash or a hang costs a reading and not the process. The many small pictures of
second readings are read by the library of the same version, which stays loaded: the program spends a fifth of a second
on its start, which is more than it then takes to read them. Both give the same words to the last digit; where the
library is not there, or a page failed once, the program reads small pictures too. One thread each, since a page per
core is faster than a core per line. Pictures go as raw pixels: to encode PNG takes longer than to read a small one.
"""

from __future__ import annotations

import atexit
import ctypes
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import pytesseract

from pipeline.document import Box, Word
from pipeline.errors import MissingProgram, OcrError, PageError, PageTimeout
from pipeline.picture import Grey

os.environ["OMP_THREAD_LIMIT"] = "1"  # read when program or library start, not when this module is loaded

AUTOMATIC, BLOCK, ONE_LINE = 3, 6, 7  # Tesseract's page segmentation modes that are used here
CROP_DPI: Final = 200.0  # what Tesseract is told; crops come at several scales
LEAST_DPI: Final = 70
LEAST_SECONDS: Final = 1.0  # with less than this left a second reading is not begun
LIBRARY: Final = "libtesseract.so.5"


class Way(NamedTuple):
    """How pictures are to be read: language, page segmentation mode, and which signs there may be ("" for all)."""

    language: str
    mode: int = ONE_LINE
    alphabet: str = ""

    def variables(self, dpi: float) -> dict[str, str]:
        """Return Tesseract's variables for pictures of so many dots an inch."""
        return {
            "tessedit_do_invert": "0",
            "user_defined_dpi": str(max(LEAST_DPI, round(dpi))),
            "tessedit_char_whitelist": self.alphabet,
        }


@cache
def version() -> str:
    """Return Tesseract's version.

    Raises:
        MissingProgram: it is not installed.
    """
    try:
        return str(pytesseract.get_tesseract_version())
    except (pytesseract.TesseractNotFoundError, subprocess.SubprocessError, SystemExit, OSError):
        raise MissingProgram("Tesseract is not installed") from None


def read_page(picture: Grey, language: str, dpi: float, seconds: float) -> list[Word]:
    """Read a whole page; boxes are in its pixels.

    Raises:
        MissingProgram: Tesseract or the data of `language` is not installed.
        OcrError: Tesseract crashed, or printed what is no table of words.
        PageTimeout: it took longer than `seconds`, and was ended.
    """
    with _folder() as folder:
        place = folder / "page.pgm"
        _write(place, picture)
        return [word for _, word in _words(_run(place, Way(language, AUTOMATIC), dpi, seconds))]


def read_crops(crops: Sequence[Grey], way: Way, seconds: float, *, apart: bool = False) -> list[list[Word]]:
    """Read small pictures, each by itself; boxes are in their pixels. What fails, or takes too long, reads nothing.

    Args:
        apart: by the program, as everything was that made a page fail.

    Raises:
        MissingProgram: Tesseract or the data of the language is not installed.
    """
    if not crops or seconds <= LEAST_SECONDS:
        return [[] for _ in crops]
    read: list[list[Word]] = [[] for _ in crops]
    try:
        engine = None if apart else _engine(way.language)
        table = _run_list(crops, way, seconds) if engine is None else engine.table(crops, way, seconds)
        for number, word in _words(table):
            if 1 <= number <= len(crops):
                read[number - 1].append(word)
    except PageError:  # the page has been read once: that is kept
        return [[] for _ in crops]
    return read


def _run_list(crops: Sequence[Grey], way: Way, seconds: float) -> str:
    """Read pictures with one run of the program, as the pages of a list."""
    with _folder() as folder:
        names = []
        for number, crop in enumerate(crops):
            name = folder / f"{number}.pgm"
            _write(name, crop)
            names.append(f"{name}\n")
        listing = folder / "places.txt"
        listing.write_text("".join(names), "utf-8")
        return _run(listing, way, CROP_DPI, seconds)


def _run(path: Path, way: Way, dpi: float, seconds: float) -> str:
    """Run the program and return its table (TSV)."""
    variables = {"tessedit_create_tsv": "1", **way.variables(dpi)}
    settings = " ".join(f"-c {name}={value}" for name, value in variables.items() if value)
    try:
        # image_to_data would first ask the program for its version, with no limit on the time that takes
        table = pytesseract.run_and_get_output(
            str(path), extension="tsv", lang=way.language, config=f"--psm {way.mode} {settings}", timeout=seconds
        )
        return str(table)
    except pytesseract.TesseractNotFoundError:
        raise MissingProgram("Tesseract is not installed") from None
    except pytesseract.TesseractError as error:
        text = " ".join(str(error.message).split())
        if "loading" in text and "language" in text:
            raise MissingProgram(f"Tesseract has no data for the language {way.language}") from None
        raise OcrError(f"Tesseract failed ({text[:200] or error.status})") from None
    except RuntimeError:
        raise PageTimeout(f"Tesseract did not finish within {seconds:.0f} s and was ended") from None
    except (OSError, UnicodeDecodeError) as error:
        raise OcrError(f"Tesseract left no result that can be read ({type(error).__name__})") from None


class _Engine:
    """One language loaded into the library; one thread at a time."""

    def __init__(self, library: ctypes.CDLL, language: str) -> None:
        self._library, self._lock = library, threading.Lock()
        self._handle = library.TessBaseAPICreate()
        self._set("debug_file", os.devnull)  # it would talk to whoever looks at the terminal
        if library.TessBaseAPIInit3(self._handle, None, language.encode()) != 0:
            library.TessBaseAPIDelete(self._handle)  # every page asks again
            raise MissingProgram(f"Tesseract has no data for the language {language}")
        atexit.register(library.TessBaseAPIDelete, self._handle)

    def table(self, crops: Sequence[Grey], way: Way, seconds: float) -> str:
        """Return the table of the words in all pictures, as the program prints it.

        Raises:
            OcrError: it failed. PageTimeout: it took too long.
        """
        deadline = time.monotonic() + seconds
        with self._lock:
            for name, value in way.variables(CROP_DPI).items():
                self._set(name, value)
            self._library.TessBaseAPISetPageSegMode(self._handle, way.mode)
            return _HEAD + "".join(self._read(crop, number, deadline) for number, crop in enumerate(crops))

    def _read(self, crop: Grey, number: int, deadline: float) -> str:
        """Read one picture; a picture of the table counts from 1, what the library is told from 0."""
        library, handle = self._library, self._handle
        left = deadline - time.monotonic()
        if left <= 0:
            raise PageTimeout("Tesseract did not finish in time")
        pixels = np.ascontiguousarray(crop)
        height, width = pixels.shape
        library.TessBaseAPISetImage(handle, pixels.ctypes.data, width, height, 1, width)
        monitor = library.TessMonitorCreate()
        library.TessMonitorSetDeadlineMSecs(monitor, max(1, int(left * 1000)))
        try:
            if library.TessBaseAPIRecognize(handle, monitor) != 0:
                raise OcrError("Tesseract failed")
            found = library.TessBaseAPIGetTsvText(handle, number)
            if not found:
                raise OcrError("Tesseract left no result")
            try:
                return ctypes.string_at(found).decode("utf-8", "replace")
            finally:
                library.TessDeleteText(found)
        finally:
            library.TessMonitorDelete(monitor)
            library.TessBaseAPIClear(handle)

    def _set(self, name: str, value: str) -> None:
        self._library.TessBaseAPISetVariable(self._handle, name.encode(), value.encode())


_HEAD: Final = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


@cache
def _engine(language: str) -> _Engine | None:
    """Return the language loaded into this process; None where the library is not that of the program.

    Raises:
        MissingProgram: Tesseract has no data for it.
    """
    library = _library()
    return None if library is None else _Engine(library, language)


@cache
def _library() -> ctypes.CDLL | None:
    """Return Tesseract's library with the types of what is called of it (its C interface, capi.h)."""
    try:
        library = ctypes.CDLL(LIBRARY)
    except OSError:
        return None
    handle, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    for name, result, *given in (
        ("TessVersion", text),
        ("TessBaseAPICreate", handle),
        ("TessBaseAPIDelete", None, handle),
        ("TessBaseAPIInit3", number, handle, text, text),
        ("TessBaseAPISetVariable", number, handle, text, text),
        ("TessBaseAPISetPageSegMode", None, handle, number),
        ("TessBaseAPISetImage", None, handle, handle, number, number, number, number),
        ("TessBaseAPIRecognize", number, handle, handle),
        ("TessBaseAPIGetTsvText", handle, handle, number),
        ("TessBaseAPIClear", None, handle),
        ("TessDeleteText", None, handle),
        ("TessMonitorCreate", handle),
        ("TessMonitorDelete", None, handle),
        ("TessMonitorSetDeadlineMSecs", None, handle, number),
    ):
        function = getattr(library, str(name))
        function.restype, function.argtypes = result, given
    return library if library.TessVersion().decode() == version() else None


@contextmanager
def _folder() -> Iterator[Path]:
    """Make a folder that is gone afterwards; a batch has its temporary files in memory."""
    with tempfile.TemporaryDirectory(prefix="vanban-page-") as folder:
        yield Path(folder)


def _write(path: Path, picture: Grey) -> None:
    """Write the pixels as PGM, which needs no encoding."""
    with path.open("wb") as file:
        file.write(b"P5 %d %d 255\n" % (picture.shape[1], picture.shape[0]))
        file.write(np.ascontiguousarray(picture).data)


def _words(table: str) -> Iterator[tuple[int, Word]]:
    """Yield the words of Tesseract's TSV, each with the number of its picture, from 1.

    Raises:
        OcrError: it is no such table.
    """
    lines = table.splitlines()
    if not lines or not lines[0].startswith("level\t"):
        raise OcrError("Tesseract printed what is no table of words")
    for line in lines[1:]:
        fields = line.split("\t")
        if len(fields) < 12 or fields[0] != "5":
            continue
        text = fields[11].strip()
        try:
            left, top, width, height = (int(value) for value in fields[6:10])
            confidence = float(fields[10]) / 100
        except ValueError:
            raise OcrError("Tesseract printed what is no table of words") from None
        if text:
            box = Box(left, top, left + width, top + height)
            yield int(fields[1]), Word(text, text, box, min(1.0, max(0.0, confidence)))
