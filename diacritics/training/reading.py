"""What an engine reads on a spoiled page, word for word beside what was printed there."""

from __future__ import annotations

import csv
import io
import os
import subprocess
from typing import NamedTuple

from diacritics.training.pages import PrintedWord, SpoiledPage


class Reading(NamedTuple):
    """Printed words and what was read in their place: one to one, or a split, or a join.

    `confidence` is the engine's own (0..1), the least of the words read.
    """

    printed: tuple[str, ...]
    read: tuple[str, ...]
    confidence: float


class _ReadWord(NamedTuple):
    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float


def read_page(page: SpoiledPage, language: str) -> list[Reading]:
    """Return what Tesseract reads on the page with the data of `language`, aligned with what was printed.

    Raises:
        subprocess.CalledProcessError: Tesseract failed (no data for the language, for one).
    """
    words = _tesseract(page, language)
    return _align(page.words, words)


def _tesseract(page: SpoiledPage, language: str) -> list[_ReadWord]:
    picture = io.BytesIO()
    page.image.save(picture, "PNG", dpi=(page.dpi, page.dpi), compress_level=1)
    command = ["tesseract", "stdin", "stdout", "-l", language, "--psm", "6", "--dpi", str(page.dpi), "tsv"]
    done = subprocess.run(
        command, input=picture.getvalue(), capture_output=True, check=True, env=os.environ | {"OMP_THREAD_LIMIT": "1"}
    )
    rows = csv.DictReader(io.StringIO(done.stdout.decode()), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = []
    for row in rows:
        if row["level"] == "5" and row["text"].strip():
            x, y, width, height = (float(row[key]) for key in ("left", "top", "width", "height"))
            words.append(_ReadWord(row["text"].strip(), x, y, x + width, y + height, float(row["conf"]) / 100))
    return words


def _align(printed: list[PrintedWord], read: list[_ReadWord]) -> list[Reading]:
    """Group printed and read words that lie over each other; a group is kept when it is 1:n or n:1."""
    links: dict[int, list[int]] = {index: [] for index in range(len(printed))}
    back: dict[int, list[int]] = {index: [] for index in range(len(read))}
    by_row: dict[int, list[int]] = {}
    for index, word in enumerate(printed):
        for row in range(int(word.y0 // 20), int(word.y1 // 20) + 1):
            by_row.setdefault(row, []).append(index)
    for number, word_read in enumerate(read):
        middle = (word_read.y0 + word_read.y1) / 2
        for index in by_row.get(int(middle // 20), ()):
            word = printed[index]
            overlap = min(word.x1, word_read.x1) - max(word.x0, word_read.x0)
            narrower = min(word.x1 - word.x0, word_read.x1 - word_read.x0)
            if word.y0 <= middle <= word.y1 and overlap > 0.4 * narrower:
                links[index].append(number)
                back[number].append(index)
    return list(_groups(printed, read, links, back))


def _groups(
    printed: list[PrintedWord], read: list[_ReadWord], links: dict[int, list[int]], back: dict[int, list[int]]
) -> list[Reading]:
    readings, done = [], set()
    for index in range(len(printed)):
        numbers = links[index]
        if index in done or not numbers:
            continue
        partners = sorted({other for number in numbers for other in back[number]})
        done.update(partners)
        if len(partners) > 1 and len(numbers) > 1:
            continue  # n:m tells nothing about single words
        readings.append(
            Reading(
                tuple(printed[i].text for i in partners),
                tuple(read[n].text for n in sorted(numbers, key=lambda n: read[n].x0)),
                min(read[n].confidence for n in numbers),
            )
        )
    return readings
