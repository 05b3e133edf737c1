"""Take the text layer off a PDF page, and give its words to the layout stage: decoded, mended, in NFC.

A text layer is a claim; `judge` (from layerjudge.py) says what it is worth. PDFium finds the characters and the spaces
between them. Asking it about every character from Python would cost more than all its own work, so only the first and
last character of a word are asked for their boxes, and fonts are asked once for each run of text.
"""

from __future__ import annotations

import ctypes
import functools
import math
import re
from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from diacritics import legacy
from pipeline.document import Box, Word
from pipeline.layer import Layer, LayerWord, Verdict
from pipeline.layerink import ink_cover, pixels_a_point
from pipeline.layerjudge import judge
from pipeline.pdfium import (
    Upright,
    address,
    dark_areas,
    direct,
    is_white,
    read_cargo,
    read_objects,
    read_signatures,
    signature_boxes,
)

__all__ = ["Layer", "LayerWord", "Verdict", "judge", "read_cargo", "read_layer", "read_signatures", "words"]

MAX_CHARACTERS: Final = 100_000
"""Characters taken from one page; a page of small print holds 10,000."""
MAX_PIXELS: Final = 60_000_000
"""Pixels of a page's pictures up to which the page is drawn to see what its words cover: A3 at 400 dpi."""
LOOKED_AT: Final = 0.2
"""Share of the page under pictures from which that is of interest: less is an emblem or a seal."""
MAX_GROUNDS: Final = 500

_INVISIBLE: Final = (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP)
_LINE_HYPHEN: Final = "\ufffe"
"""What PDFium puts for a hyphen at a line's end, which it takes for a division, together with the line break."""
_OUTER: Final = (np.fmin, np.fmin, np.fmax, np.fmax)
_WORD: Final = re.compile(r"[^\s\u00a0\ufffe]+\ufffe?|\ufffe")


_P = ctypes.c_void_p
_text_object = direct("FPDFText_GetTextObject", _P, _P, ctypes.c_int)
_text_font = direct("FPDFTextObj_GetFont", _P, _P)
_render_mode = direct("FPDFTextObj_GetTextRenderMode", ctypes.c_int, _P)
_font_name = direct("FPDFFont_GetBaseFontName", ctypes.c_size_t, _P, ctypes.c_char_p, ctypes.c_size_t)
_loose_box = direct("FPDFText_GetLooseCharBox", ctypes.c_int, _P, ctypes.c_int, _P)


def read_layer(page: pdfium.PdfPage, reopen: Callable[[], pdfium.PdfPage | None] | None = None) -> Layer:
    """Read the words of a page's text layer, in the order of the file, with places, fonts and visibility.

    Text outside the page is counted and left out; of more than `MAX_CHARACTERS` the rest is left out, with a warning.
    Offices print number and day of a signed document through signature fields, which PDFium does not count as text.
    `reopen` loads the page again after they have been drawn into it (in memory: the file is never written).
    """
    textpage = page.get_textpage()
    upright = Upright(page, _text_turns(textpage))
    layer = Layer(upright.width, upright.height, turned_degrees=upright.turned_degrees)
    picture_pixels = read_objects(page, upright, layer)
    layer.signature_boxes = signature_boxes(page, upright)
    _read_text(textpage, upright, layer)
    if layer.words and layer.signature_boxes and reopen is not None:
        flattened = pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY) == pdfium_c.FLATTEN_SUCCESS
        again = reopen() if flattened else None
        if again is not None:
            layer.words, layer.fonts, layer.outside_count, layer.warnings = [], [], 0, []
            _read_text(again.get_textpage(), upright, layer)
    if layer.words and layer.image_cover >= LOOKED_AT and picture_pixels <= MAX_PIXELS and not layer.turned_degrees:
        layer.ink_cover = _ink_cover(page, layer)
    return layer


def _read_text(textpage: pdfium.PdfTextPage, upright: Upright, layer: Layer) -> None:
    """Read the words of one text page, and close it."""
    layer.character_count = textpage.count_chars()
    count = min(layer.character_count, MAX_CHARACTERS)
    if count < layer.character_count:
        layer.warnings.append(f"the text layer has {layer.character_count:,} characters, {count:,} were read")
    if count > 0:
        _read_words(textpage, count, upright, layer)
    textpage.close()


def _text_turns(textpage: pdfium.PdfTextPage) -> int | None:
    """Return the direction that most of the text runs in, in quarter turns; None where there is no such direction.

    Wide tables are often drawn sideways on an upright page without a word in /Rotate.
    """
    count = textpage.count_chars()
    turns = []
    for index in range(0, count, max(1, count // 60)):
        angle = pdfium_c.FPDFText_GetCharAngle(textpage.raw, index)
        if angle >= 0 and pdfium_c.FPDFText_GetUnicode(textpage.raw, index) > 32:
            turns.append(-round(angle / (math.pi / 2)) % 4)  # PDFium counts clockwise
    if not turns:
        return None
    turn = max(range(4), key=turns.count)
    return turn if turns.count(turn) >= 0.8 * len(turns) else None


def _ink_cover(page: pdfium.PdfPage, layer: Layer) -> float | None:
    """Draw the page small and grey, and return the share of its ink that the layer's words touch."""
    scale = pixels_a_point(layer.width, layer.height)
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False)
    gray = bitmap.to_numpy().reshape(bitmap.height, bitmap.width, -1)[:, :, 0]
    return ink_cover(gray, scale, [word.box for word in layer.words])


def _read_words(textpage: pdfium.PdfTextPage, count: int, upright: Upright, layer: Layer) -> None:
    handle = address(textpage.raw)
    text = _page_text(textpage, count)
    spans = [match.span() for match in _WORD.finditer(text)]
    fonts = _Fonts(handle, layer)
    runs = fonts.runs(spans)
    legible = _Legible(textpage.page, upright, layer, any(run.white for run in runs))
    for (start, end), box, run in zip(spans, _word_boxes(handle, spans, upright), runs, strict=True):
        raw = text[start:end]
        line_end = text[end : end + 1] in "\r\n"
        if raw[-1] == _LINE_HYPHEN:
            raw, line_end = raw[:-1] + "-", True
        if legible.allows(box, run):
            parts = fonts.parts(start, end, run) if fonts.capitals and not raw.isascii() else ((0, run.font),)
            layer.words.append(LayerWord(raw, box, parts, run.hidden, line_end))
            continue
        layer.outside_count += end - start
        if line_end and layer.words:
            layer.words[-1] = layer.words[-1]._replace(line_end=True)
    if layer.outside_count:
        layer.warnings.append(f"{layer.outside_count:,} characters of the text layer cannot be seen on the page")


class _Legible:
    """Tells which words a person could see: on the page, and not white on white or drawn invisibly over nothing."""

    def __init__(self, page: pdfium.PdfPage, upright: Upright, layer: Layer, has_white: bool) -> None:
        self._width, self._height = layer.width, layer.height
        self._bare = not layer.pictures and layer.path_count == 0
        self._grounds = layer.pictures + (dark_areas(page, upright) if has_white else [])

    def allows(self, box: Box, run: _Run) -> bool:
        """Return whether a word can be seen, or stands over a picture of itself."""
        x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        if not (-1 < x < self._width + 1 and -1 < y < self._height + 1) or (run.hidden and self._bare):
            return False
        if not run.white or run.hidden:
            return True
        return any(area.x0 <= x <= area.x1 and area.y0 <= y <= area.y1 for area in self._grounds[:MAX_GROUNDS])


def _word_boxes(handle: int, spans: list[tuple[int, int]], upright: Upright) -> list[Box]:
    """Return the boxes of words from those of their first and last characters, as high as the font's lines."""
    rectangles = np.full((len(spans), 2, 4), np.nan, np.float32)
    place = rectangles.ctypes.data
    for start, end in spans:
        _loose_box(handle, start, place)
        _loose_box(handle, end - 1, place + 16)
        place += 32
    left, top, right, bottom = rectangles.astype(np.float64).transpose(2, 0, 1)
    sides = (np.fmin(left, right), np.fmin(bottom, top), np.fmax(left, right), np.fmax(bottom, top))
    return upright.boxes(np.stack([f.reduce(side, axis=1) for f, side in zip(_OUTER, sides, strict=True)], axis=1))


def _page_text(textpage: pdfium.PdfTextPage, count: int) -> str:
    """Return the page's characters, one for each of PDFium's, so that offsets are PDFium's indices."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium_c.FPDFText_GetText(textpage.raw, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "ignore")
    if len(text) == count:  # else signs of two units, or halves of them
        return text
    codes = (pdfium_c.FPDFText_GetUnicode(textpage.raw, index) for index in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)


class _Run(NamedTuple):
    """What a run of text is set in: an index into `Layer.fonts`, whether it is drawn invisibly, or in white."""

    font: int
    hidden: bool
    white: bool


class _Fonts:
    """Finds the fonts and the visibility of words; each run of text and each font is asked once."""

    def __init__(self, textpage: int, layer: Layer) -> None:
        self._textpage = textpage
        self._layer = layer
        self._known: dict[int | None, _Run] = {}
        self._fonts: dict[int | None, int] = {}
        self._names: dict[str, int] = {}
        self.capitals = False

    def runs(self, spans: list[tuple[int, int]]) -> list[_Run]:
        """Return the runs that the words begin in."""
        textpage = self._textpage
        return [self._run(_text_object(textpage, start)) for start, _ in spans]

    def parts(self, start: int, end: int, first: _Run) -> tuple[tuple[int, int], ...]:
        """Return the fonts of a word as (offset in the word, font).

        That matters where capitals have a font of their own, and it shows at the word's ends.
        """
        at = functools.partial(_text_object, self._textpage)
        if self._run(at(min(start + 1, end - 1))).font == first.font == self._run(at(end - 1)).font:
            return ((0, first.font),)
        fonts = [(0, first.font)]
        for index in range(start + 1, end):
            font = self._run(at(index)).font
            if font != fonts[-1][1]:
                fonts.append((index - start, font))
        return tuple(fonts)

    def _run(self, run: int | None) -> _Run:
        known = self._known.get(run)
        if known is None:
            font = _text_font(run) if run else None
            known = _Run(self._font(font), bool(run) and _render_mode(run) in _INVISIBLE, bool(run) and is_white(run))
            self._known[run] = known
        return known

    def _font(self, font: int | None) -> int:
        known = self._fonts.get(font)
        if known is None:
            buffer = ctypes.create_string_buffer(256)
            size = _font_name(font, buffer, 256) if font else 0
            name = buffer.value.decode("utf-8", "replace") if 0 < size <= 256 else ""
            known = self._names.setdefault(name, len(self._layer.fonts))
            if known == len(self._layer.fonts):
                self._layer.fonts.append(name)
                self.capitals = self.capitals or legacy.capital_font(name)
            self._fonts[font] = known
        return known


def words(layer: Layer, verdict: Verdict) -> list[Word]:
    """Return the layer's words as they are meant, ready for layout: decoded, syllables whole, in NFC.

    `raw` is what the layer says; where several of its words were one split syllable, all of them with their spaces.
    """
    return [word for block in verdict.blocks for word in block.words]
