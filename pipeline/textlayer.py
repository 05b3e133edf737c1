"""Take the text layer off a PDF page, and give its words to the layout stage: decoded, mended, in NFC.

A text layer is a claim; `judge` (from layerjudge.py) says what it is worth. PDFium finds the characters and the spaces
between them. Asking it about every character from Python would cost more than all its own work, so only the first and
last character of a word are asked for their boxes, and fonts are asked once for each run of text.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.document import Box, Word
from pipeline.layer import Layer, LayerWord, Verdict
from pipeline.layerjudge import judge

__all__ = ["Layer", "LayerWord", "Verdict", "judge", "read_layer", "words"]

MAX_CHARACTERS: Final = 100_000
"""Characters taken from one page; a page of small print holds 10,000."""
MAX_OBJECTS: Final = 200_000
"""Objects looked at for pictures and outlines."""

_INVISIBLE: Final = (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP)
_LINE_HYPHEN: Final = "\ufffe"
"""What PDFium puts for a hyphen at a line's end, which it takes for a division, together with the line break."""
_WORD: Final = re.compile(r"[^\s\u00a0\ufffe]+\ufffe?|\ufffe")


def _direct(name: str, result: Any, *arguments: Any) -> Any:
    """Return a PDFium function that takes and gives plain integers for handles: wrapping each in a pointer is slow."""
    function = getattr(pdfium_c, name)
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(result, *arguments)(address)


_P = ctypes.c_void_p
_text_object = _direct("FPDFText_GetTextObject", _P, _P, ctypes.c_int)
_text_font = _direct("FPDFTextObj_GetFont", _P, _P)
_render_mode = _direct("FPDFTextObj_GetTextRenderMode", ctypes.c_int, _P)
_font_name = _direct("FPDFFont_GetBaseFontName", ctypes.c_size_t, _P, ctypes.c_char_p, ctypes.c_size_t)
_loose_box = _direct("FPDFText_GetLooseCharBox", ctypes.c_int, _P, ctypes.c_int, _P)


def read_layer(page: pdfium.PdfPage) -> Layer:
    """Read the words of a page's text layer, in the order of the file, with places, fonts and visibility.

    Text outside the page is counted and left out; of more than `MAX_CHARACTERS` the rest is left out, with a warning.
    """
    width, height = page.get_size()
    layer = Layer(float(width), float(height))
    upright = _Upright(page)
    _read_objects(page, upright, layer)
    textpage = page.get_textpage()
    try:
        layer.character_count = textpage.count_chars()
        count = min(layer.character_count, MAX_CHARACTERS)
        if count < layer.character_count:
            layer.warnings.append(f"the text layer has {layer.character_count:,} characters, {count:,} were read")
        if count > 0:
            _read_words(textpage, count, upright, layer)
    finally:
        textpage.close()
    return layer


class _Upright:
    """Turns PDF coordinates (origin at the bottom left, before /Rotate) into those of the page as displayed."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        self.quarter_turns = page.get_rotation() // 90 % 4

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return the box on the displayed page; sides are ordered."""
        match self.quarter_turns:
            case 0:
                x0, y0, x1, y1 = left - self.left, self.top - top, right - self.left, self.top - bottom
            case 1:
                x0, y0, x1, y1 = bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
            case 2:
                x0, y0, x1, y1 = self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
            case _:
                x0, y0, x1, y1 = self.top - top, self.right - right, self.top - bottom, self.right - left
        return Box(x0, y0, x1, y1)


def _read_objects(page: pdfium.PdfPage, upright: _Upright, layer: Layer) -> None:
    """Note where the pictures are and how many outlines are drawn (text may be drawn as outlines)."""
    sides = [ctypes.c_float() for _ in range(4)]
    references = [ctypes.byref(side) for side in sides]
    total = pdfium_c.FPDFPage_CountObjects(page.raw)
    for index in range(min(total, MAX_OBJECTS)):
        item = pdfium_c.FPDFPage_GetObject(page.raw, index)
        kind = pdfium_c.FPDFPageObj_GetType(item)
        if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            layer.path_count += 1
        elif kind in (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_FORM):
            if kind == pdfium_c.FPDF_PAGEOBJ_FORM and not _holds_picture(item):
                continue
            if pdfium_c.FPDFPageObj_GetBounds(item, *references):
                layer.pictures.append(upright.box(*(side.value for side in sides)))
    layer.image_cover = _cover(layer.pictures, layer.width, layer.height)


def _holds_picture(form: Any, depth: int = 4) -> bool:
    for index in range(min(pdfium_c.FPDFFormObj_CountObjects(form), 50)):
        item = pdfium_c.FPDFFormObj_GetObject(form, index)
        kind = pdfium_c.FPDFPageObj_GetType(item)
        if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            return True
        if kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth and _holds_picture(item, depth - 1):
            return True
    return False


def _cover(boxes: list[Box], width: float, height: float, cells: int = 24) -> float:
    """Return the share of the page that the boxes cover, counted on a grid: pictures overlap and come in strips."""
    if not boxes or width <= 0 or height <= 0:
        return 0.0
    covered = set()
    for box in boxes[:5000]:
        columns = range(max(0, round(box.x0 / width * cells)), min(cells, round(box.x1 / width * cells)))
        rows = range(max(0, round(box.y0 / height * cells)), min(cells, round(box.y1 / height * cells)))
        covered.update((column, row) for row in rows for column in columns)
        if len(covered) == cells * cells:
            break
    return len(covered) / (cells * cells)


def _read_words(textpage: pdfium.PdfTextPage, count: int, upright: _Upright, layer: Layer) -> None:
    handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    text = _page_text(textpage, count)
    lookup = _Fonts(handle, layer)
    area = pdfium_c.FS_RECTF()
    pointer = ctypes.addressof(area)
    plain = text.isascii()
    for start, end in _word_spans(text):
        if not _loose_box(handle, start, pointer):
            continue
        left, bottom, right, top = area.left, area.bottom, area.right, area.top
        if end - start > 1 and _loose_box(handle, end - 1, pointer):
            left, bottom = min(left, area.left), min(bottom, area.bottom)
            right, top = max(right, area.right), max(top, area.top)
        box = upright.box(left, bottom, right, top)
        if not (-1 < (box.x0 + box.x1) / 2 < layer.width + 1 and -1 < (box.y0 + box.y1) / 2 < layer.height + 1):
            layer.outside_count += end - start
            continue
        raw = text[start:end]
        hidden, fonts = lookup.of(start, end, each=not plain and not raw.isascii())
        line_end = text[end : end + 1] in ("\r", "\n", "") or raw.endswith(_LINE_HYPHEN)
        layer.words.append(LayerWord(raw.replace(_LINE_HYPHEN, "-"), box, fonts, hidden, line_end))


def _word_spans(text: str) -> Iterator[tuple[int, int]]:
    for match in _WORD.finditer(text):
        yield match.span()


def _page_text(textpage: pdfium.PdfTextPage, count: int) -> str:
    """Return the page's characters, one for each of PDFium's, so that offsets are PDFium's indices."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium_c.FPDFText_GetText(textpage.raw, 0, count, buffer)
    units = buffer[: max(0, written - 1)]
    if len(units) == count and not any(0xD800 <= unit < 0xE000 for unit in units):
        return bytes(buffer)[: 2 * len(units)].decode("utf-16-le")
    codes = (pdfium_c.FPDFText_GetUnicode(textpage.raw, index) for index in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)


class _Fonts:
    """Finds the fonts and the visibility of characters; each run of text and each font is asked once."""

    def __init__(self, textpage: int | None, layer: Layer) -> None:
        self._textpage = textpage
        self._layer = layer
        self._runs: dict[int | None, tuple[int, bool]] = {}
        self._fonts: dict[int | None, int] = {}
        self._names: dict[str, int] = {}

    def of(self, start: int, end: int, each: bool) -> tuple[bool, tuple[tuple[int, int], ...]]:
        """Return whether a word is hidden, and its fonts as (offset in the word, font); `each`: ask every character."""
        font, hidden = self._run(start)
        fonts = [(0, font)]
        for index in range(start + 1, end) if each else ():
            other, _ = self._run(index)
            if other != fonts[-1][1]:
                fonts.append((index - start, other))
        return hidden, tuple(fonts)

    def _run(self, index: int) -> tuple[int, bool]:
        run = _text_object(self._textpage, index)
        known = self._runs.get(run)
        if known is None:
            font = _text_font(run) if run else None
            known = self._font(font), bool(run) and _render_mode(run) in _INVISIBLE
            self._runs[run] = known
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
            self._fonts[font] = known
        return known


def words(layer: Layer, verdict: Verdict) -> list[Word]:
    """Return the layer's words as they are meant, ready for layout: decoded, syllables whole, in NFC.

    `raw` is what the layer says; where several of its words were one split syllable, all of them with their spaces.
    """
    return [word for block in verdict.blocks for word in block.words]
