"""The typeface of the samples: Tinos, which has the widths of Times New Roman and every Vietnamese letter.

Some free Times look-alikes drop letters such as ộ and ố without a word; a sample set in one of them would teach us
nothing. So the faces are checked before the first page, and every character again when it is measured.
"""

from __future__ import annotations

import os
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FACES = {
    "regular": "Tinos-Regular.ttf",
    "bold": "Tinos-Bold.ttf",
    "italic": "Tinos-Italic.ttf",
    "bold_italic": "Tinos-BoldItalic.ttf",
}
FOLDERS = (Path("/usr/share/fonts/truetype/croscore"), Path("/usr/share/fonts/croscore"), Path("/usr/share/fonts/TTF"))
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


class FontError(RuntimeError):
    """The typeface is not there, or lacks a character; the message says which and what to do."""


def vietnamese_letters() -> str:
    """Return the 134 letters that Vietnamese adds to A-Z: 67 small ones, then the same as capitals."""
    vowels = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES]
    small = "".join(letter for letter in vowels if not letter.isascii()) + "đ"
    return small + small.upper()


def font_folder() -> Path:
    """Return the folder that holds the four faces: ``$VANBAN_FONTS``, or where distributions put them.

    Raises:
        FontError: no folder has all four.
    """
    asked = os.environ.get("VANBAN_FONTS")
    for folder in (Path(asked),) if asked else FOLDERS:
        if all((folder / file).is_file() for file in FACES.values()):
            return folder
    where = asked or ", ".join(map(str, FOLDERS))
    raise FontError(f"Tinos not found in {where}: install it (Debian, Ubuntu: apt-get install fonts-croscore)")


@cache
def load_faces() -> dict[str, Any]:
    """Register the four faces with reportlab and return them by name, after checking the Vietnamese letters.

    Raises:
        FontError: a face is missing or lacks a Vietnamese letter.
    """
    folder = font_folder()
    faces = {}
    for name, file in FACES.items():
        font = TTFont(f"Tinos-{name}", str(folder / file))
        missing = [letter for letter in vietnamese_letters() if not font.face.charToGlyph.get(ord(letter))]
        if missing:
            raise FontError(f"{folder / file} lacks {len(missing)} Vietnamese letters: {' '.join(missing)}")
        pdfmetrics.registerFont(font)
        faces[name] = font
    return faces


def width(text: str, face: str, size: float) -> float:
    """Return the width of `text` in points.

    Raises:
        FontError: the face has no glyph for a character of the text.
    """
    font = load_faces()[face]
    for character in text:
        if character not in _drawable(face):
            raise FontError(f"{FACES[face]} has no glyph for {character!r} in: {text[:60]}")
    return float(font.stringWidth(text, size))


@cache
def _drawable(face: str) -> frozenset[str]:
    glyphs = load_faces()[face].face.charToGlyph
    return frozenset(chr(code) for code, glyph in glyphs.items() if glyph)
