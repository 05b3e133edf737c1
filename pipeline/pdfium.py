"""What PDFium knows of a page besides its words: pictures, outlines, ruling lines, signature fields, attachments.

Calls go through plain integer handles (`direct`): wrapping each handle in a pointer object costs more than the call.
"""

from __future__ import annotations

import ctypes
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.document import Box
from pipeline.layer import Layer
from pipeline.layerink import area_cover
from pipeline.ruling import Rule
from pipeline.signatures import MAX_CONTENTS, SignatureField

MAX_OBJECTS: Final = 200_000
"""Objects looked at for pictures and outlines."""
WHITE: Final = 250
"""Of 255, in all three colours."""
MAX_ANNOTATIONS: Final = 2_000
MAX_SIGNATURES: Final = 50
MAX_SEGMENTS: Final = 20_000
"""Segments of outlines looked at for ruling lines on one page."""
MAX_SEGMENTS_OF_A_TABLE: Final = 4_000
THICKEST_RULE: Final = 3.0
"""Points; what is drawn thicker is an area."""
SHORTEST_RULE: Final = 8.0
"""Points; shorter than a line of small print is no side of a cell."""


def address(handle: Any) -> int:
    """Return a PDFium handle, or a function's, as a plain integer."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def direct(name: str, result: Any, *arguments: Any) -> Any:
    """Return a PDFium function that takes and gives plain integers for handles: wrapping each in a pointer is slow."""
    function = getattr(pdfium_c, name)
    return ctypes.PYFUNCTYPE(result, *arguments)(address(function))


_P = ctypes.c_void_p
_page_object = direct("FPDFPage_GetObject", _P, _P, ctypes.c_int)
_object_type = direct("FPDFPageObj_GetType", ctypes.c_int, _P)
_object_bounds = direct("FPDFPageObj_GetBounds", ctypes.c_int, _P, _P, _P, _P, _P)
_object_matrix = direct("FPDFPageObj_GetMatrix", ctypes.c_int, _P, _P)
_image_size = direct("FPDFImageObj_GetImagePixelSize", ctypes.c_int, _P, _P, _P)
_fill_color = direct("FPDFPageObj_GetFillColor", ctypes.c_int, _P, _P, _P, _P, _P)
_stroke_color = direct("FPDFPageObj_GetStrokeColor", ctypes.c_int, _P, _P, _P, _P, _P)
_draw_mode = direct("FPDFPath_GetDrawMode", ctypes.c_int, _P, _P, _P)
_form_count = direct("FPDFFormObj_CountObjects", ctypes.c_int, _P)
_form_object = direct("FPDFFormObj_GetObject", _P, _P, ctypes.c_ulong)
_segment_count = direct("FPDFPath_CountSegments", ctypes.c_int, _P)
_segment = direct("FPDFPath_GetPathSegment", _P, _P, ctypes.c_int)
_segment_type = direct("FPDFPathSegment_GetType", ctypes.c_int, _P)
_segment_point = direct("FPDFPathSegment_GetPoint", ctypes.c_int, _P, _P, _P)
_segment_closes = direct("FPDFPathSegment_GetClose", ctypes.c_int, _P)


class Upright:
    """Turns PDF coordinates (origin at the bottom left, before /Rotate) into those of the page with its text upright.

    That is the page as displayed, but for text that runs up, down or head over there.
    """

    def __init__(self, page: pdfium.PdfPage, text_turns: int | None) -> None:
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        displayed = page.get_rotation() // 90 % 4
        self.quarter_turns = displayed if text_turns is None else text_turns
        self.turned_degrees = (self.quarter_turns - displayed) % 4 * 90
        width, height = page.get_size()
        self.width, self.height = (width, height) if self.turned_degrees in (0, 180) else (height, width)

    def boxes(self, sides: npt.NDArray[np.float64]) -> list[Box]:
        """Return the boxes on the displayed page of (N, 4) left, bottom, right, top; hundredths of points will do."""
        left, bottom, right, top = sides.T
        match self.quarter_turns:
            case 0:
                turned = left - self.left, self.top - top, right - self.left, self.top - bottom
            case 1:
                turned = bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
            case 2:
                turned = self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
            case _:
                turned = self.top - top, self.right - right, self.top - bottom, self.right - left
        return list(map(Box._make, np.nan_to_num(np.stack(turned, axis=1).round(2)).tolist()))


def read_objects(page: pdfium.PdfPage, upright: Upright, layer: Layer) -> int:
    """Note pictures, outlines and ruling lines of a page; return how many pixels the pictures have."""
    handle = address(page.raw)
    items = [_page_object(handle, at) for at in range(min(pdfium_c.FPDFPage_CountObjects(page.raw), MAX_OBJECTS))]
    kinds = [_object_type(item) for item in items]
    layer.path_count = kinds.count(pdfium_c.FPDF_PAGEOBJ_PATH)
    picture_pixels = 0
    sides = np.zeros(4, np.float32)
    corners = [sides.ctypes.data + sides.itemsize * side for side in range(4)]
    pictures, lines = [], []
    segments_left = MAX_SEGMENTS
    for item, kind in zip(items, kinds, strict=True):
        if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            if not _object_bounds(item, *corners) or not _shows(item):
                continue
            if min(sides[2] - sides[0], sides[3] - sides[1]) <= THICKEST_RULE:
                lines.append(sides.astype(np.float64))
            elif segments_left > 0:
                found, seen = _straight_segments(item, segments_left)
                segments_left -= seen
                lines += found
        elif pixels := _pixels(item, kind):
            picture_pixels += pixels
            if _object_bounds(item, *corners):
                pictures.append(sides.astype(np.float64))
    if pictures:
        layer.pictures = upright.boxes(np.stack(pictures))
    layer.image_cover = area_cover(layer.pictures, layer.width, layer.height)
    if lines:
        layer.ruling = [
            _rule(box) for box in upright.boxes(np.stack(lines)) if max(box.width, box.height) >= SHORTEST_RULE
        ]
    return picture_pixels


def _rule(box: Box) -> Rule:
    """Return the middle line of a thin box."""
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return Rule(box.x0, y, box.x1, y) if box.width >= box.height else Rule(x, box.y0, x, box.y1)


def _straight_segments(item: int | None, limit: int) -> tuple[list[npt.NDArray[np.float64]], int]:
    """Return the upright and level segments of an outline (a frame, or a whole table drawn at once) as thin boxes.

    Also returns how many segments were looked at; an outline of more than `limit` is a drawing, not a table.
    """
    count = _segment_count(item)
    if not 0 < count <= min(limit, MAX_SEGMENTS_OF_A_TABLE):
        return [], max(count, 0) if count <= limit else 0
    matrix = pdfium_c.FS_MATRIX()
    if not _object_matrix(item, ctypes.addressof(matrix)):
        return [], count
    x, y = ctypes.c_float(), ctypes.c_float()
    lines, last, first = [], None, None
    for at in range(count):
        segment = _segment(item, at)
        _segment_point(segment, ctypes.addressof(x), ctypes.addressof(y))
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = _segment_type(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO and last is not None:
            lines.append((last, point))
        last = point
        if _segment_closes(segment) and first is not None:
            lines.append((last, first))
            last = first
    thin = [
        np.array([min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])])
        for a, b in lines
        if min(abs(a[0] - b[0]), abs(a[1] - b[1])) <= 0.5
    ]
    return thin, count


def dark_areas(page: pdfium.PdfPage, upright: Upright) -> list[Box]:
    """Return where filled outlines are not white: white letters can be read on them."""
    handle = address(page.raw)
    sides, found = np.zeros(4, np.float32), []
    corners = [sides.ctypes.data + sides.itemsize * side for side in range(4)]
    for at in range(min(pdfium_c.FPDFPage_CountObjects(page.raw), MAX_OBJECTS)):
        item = _page_object(handle, at)
        if _object_type(item) == pdfium_c.FPDF_PAGEOBJ_PATH and not is_white(item) and _object_bounds(item, *corners):
            found.append(sides.astype(np.float64))
    return upright.boxes(np.stack(found)) if found else []


def is_white(item: int | None) -> bool:
    """Whether an object is filled with white, or with nothing that shows."""
    return bool(_fill_color(item, *_COLOR_PLACES)) and _white_there()


def _shows(item: int | None) -> bool:
    """Whether an outline can be seen: word processors put white ones under every line of marked text."""
    if not _draw_mode(item, _COLOR_PLACES[0], _COLOR_PLACES[1]):
        return True
    filled, stroked = _COLOR[0] != pdfium_c.FPDF_FILLMODE_NONE, bool(_COLOR[1])
    white_line = stroked and bool(_stroke_color(item, *_COLOR_PLACES)) and _white_there()
    return (stroked and not white_line) or (filled and not is_white(item))


def _white_there() -> bool:
    return bool(_COLOR[0] >= WHITE <= min(_COLOR[1], _COLOR[2]) or _COLOR[3] == 0)


_COLOR: Final = (ctypes.c_uint * 4)()
_COLOR_PLACES: Final = tuple(ctypes.addressof(_COLOR) + 4 * part for part in range(4))
"""Where PDFium writes red, green, blue, alpha; one place for all calls, since every run of text is asked."""


def signature_boxes(page: pdfium.PdfPage, upright: Upright) -> list[Box]:
    """Return where the page's signature fields stand; fields that show nothing have no room."""
    found = []
    area = pdfium_c.FS_RECTF()
    for at in range(min(pdfium_c.FPDFPage_GetAnnotCount(page.raw), MAX_ANNOTATIONS)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page.raw, at)
        if not annotation:
            continue
        if (
            pdfium_c.FPDFAnnot_GetSubtype(annotation) == pdfium_c.FPDF_ANNOT_WIDGET
            and _annotation_text(annotation, b"FT") == "Sig"
            and pdfium_c.FPDFAnnot_GetRect(annotation, area)
            and abs(area.right - area.left) > 1 < abs(area.top - area.bottom)
        ):
            sides = (min(area.left, area.right), min(area.bottom, area.top))
            found.append((*sides, max(area.left, area.right), max(area.bottom, area.top)))
        pdfium_c.FPDFPage_CloseAnnot(annotation)
    return upright.boxes(np.array(found)) if found else []


def _annotation_text(annotation: Any, key: bytes) -> str:
    buffer = ctypes.create_string_buffer(64)
    place = ctypes.cast(buffer, ctypes.POINTER(pdfium_c.FPDF_WCHAR))
    size = pdfium_c.FPDFAnnot_GetStringValue(annotation, key, place, len(buffer))
    return buffer.raw[: max(0, size - 2)].decode("utf-16-le", "replace") if size <= len(buffer) else ""


def read_signatures(document: pdfium.PdfDocument) -> list[SignatureField]:
    """Return the document's signature fields that are signed, as they stand in the file; at most `MAX_SIGNATURES`."""
    fields = []
    for at in range(min(pdfium_c.FPDF_GetSignatureCount(document.raw), MAX_SIGNATURES)):
        signature = pdfium_c.FPDF_GetSignatureObject(document.raw, at)
        contents = _bytes_of(pdfium_c.FPDFSignatureObj_GetContents, signature)
        time = _bytes_of(pdfium_c.FPDFSignatureObj_GetTime, signature).rstrip(b"\0").decode("latin-1")
        reason = _bytes_of(pdfium_c.FPDFSignatureObj_GetReason, signature).decode("utf-16-le", "replace")
        if contents:
            fields.append(SignatureField(contents, time, reason.rstrip("\0")))
    return fields


def read_cargo(document: pdfium.PdfDocument) -> list[str]:
    """Return a sentence for everything that travels in the file and is neither read nor run: attachments, scripts."""
    attachments = pdfium_c.FPDFDoc_GetAttachmentCount(document.raw)
    scripts = pdfium_c.FPDFDoc_GetJavaScriptActionCount(document.raw)
    cargo = []
    if attachments > 0:
        cargo.append(f"the file carries {attachments:,} attachments, which were not read")
    if scripts > 0:
        cargo.append(f"the file carries {scripts:,} scripts, which were not run")
    return cargo


def _bytes_of(function: Any, signature: Any) -> bytes:
    size = function(signature, None, 0)
    if not 0 < size <= MAX_CONTENTS:
        return b""
    buffer = ctypes.create_string_buffer(size)
    function(signature, buffer, size)
    return buffer.raw


def _pixels(item: int | None, kind: int, depth: int = 4) -> int:
    """Return how many pixels a picture has, or the pictures in a form have."""
    if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
        width, height = ctypes.c_uint(), ctypes.c_uint()
        _image_size(item, ctypes.addressof(width), ctypes.addressof(height))
        return max(1, width.value * height.value)
    if kind != pdfium_c.FPDF_PAGEOBJ_FORM or depth == 0:
        return 0
    inner = [_form_object(item, at) for at in range(min(_form_count(item), 50))]
    return sum(_pixels(other, _object_type(other), depth - 1) for other in inner)
