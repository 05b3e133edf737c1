"""What was found on a page, drawn over its picture, for people who debug a scan (``vanban look``)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from pipeline.document import Box, Line, LineRole, MarkKind, Page
from pipeline.picture import POINTS_PER_INCH

Colour = tuple[int, int, int]
ROLE_COLOURS: dict[LineRole, Colour] = {
    "body": (150, 150, 150),
    "header_left": (0, 90, 200),
    "header_right": (0, 150, 220),
    "foot_left": (120, 60, 180),
    "foot_right": (180, 60, 180),
    "table": (0, 140, 90),
    "page_number": (120, 120, 0),
    "stamp": (200, 0, 60),
    "signature": (200, 0, 160),
}
MARK_COLOURS: dict[MarkKind, Colour] = {
    "seal": (255, 60, 0),
    "stamp": (200, 0, 60),
    "signature": (200, 0, 160),
    "handwriting": (230, 140, 0),
}
RULE, CELL, DOUBT = (40, 40, 255), (0, 170, 110), (255, 0, 255)


def draw(pixels: npt.NDArray[np.uint8], page: Page, dpi: float = 110.0) -> Image.Image:
    """Return the page as it was scanned, upright, RGB at `dpi`, with what was found drawn over it.

    Words are filled from green (sure) to red (unsure) and framed in magenta where they are in doubt; lines are framed
    in their role's colour and numbered in reading order; table cells are green, ruling lines blue; seals, stamps and
    signatures have a double frame and their name.

    Args:
        pixels: the picture of the page as the file has it, (H, W) grey or (H, W, 3) RGB.
        page: what was read from it; a page without a size is drawn as its picture alone.
        dpi: dots per inch of the picture returned.
    """
    upright = np.rot90(pixels, -page.rotation_degrees // 90) if page.rotation_degrees else pixels
    picture = Image.fromarray(np.ascontiguousarray(upright)).convert("RGB")
    if not page.width or not page.height:
        return picture
    scale = dpi / POINTS_PER_INCH
    size = (max(1, round(page.width * scale)), max(1, round(page.height * scale)))
    picture = picture.resize(size, Image.Resampling.BOX)
    colours = Image.new("RGBA", size, (0, 0, 0, 0))
    _Pen(ImageDraw.Draw(colours), page, scale).everything()
    picture.paste(colours, mask=colours.getchannel("A"))
    return picture


class _Pen:
    """Draws boxes of the level page where they lie on the scan."""

    def __init__(self, pen: ImageDraw.ImageDraw, page: Page, scale: float) -> None:
        self._pen, self._page, self._scale = pen, page, scale

    def everything(self) -> None:
        """Draw what was found, words last, so that nothing hides a doubt."""
        for rule in self._page.ruling:
            self._frame(rule, RULE)
        for cell in {line.cell.box for line in self._page.lines if line.cell is not None}:
            self._frame(cell, CELL)
        for mark in self._page.marks:
            colour = MARK_COLOURS[mark.kind]
            self._frame(mark.box, colour, width=3)
            x0, y0, _, _ = self._place(mark.box)
            self._pen.text((x0 + 4, y0 + 3), mark.kind, fill=(*colour, 255))
        for number, line in enumerate(self._page.lines, start=1):
            self._line(number, line)

    def _line(self, number: int, line: Line) -> None:
        for word in line.words:
            if word.box is not None:
                self._pen.rectangle(self._place(word.box), fill=(*_by_confidence(word.confidence), 70))
                if word.doubts:
                    self._frame(word.box, DOUBT)
        box = self._page.box_as_scanned(line.words)
        if box is not None:
            colour = (*ROLE_COLOURS[line.role], 255)
            x0, y0, x1, y1 = (value * self._scale for value in box)
            self._pen.rectangle((x0 - 2, y0 - 2, x1 + 2, y1 + 2), outline=colour)
            self._pen.text((max(0.0, x0 - 22), y0), str(number), fill=colour)

    def _frame(self, box: Box, colour: Colour, width: int = 1) -> None:
        self._pen.rectangle(self._place(box), outline=(*colour, 255), width=width)

    def _place(self, box: Box) -> tuple[float, float, float, float]:
        x0, y0, x1, y1 = (value * self._scale for value in self._page.as_scanned(box))
        return x0, y0, x1, y1


def _by_confidence(confidence: float) -> Colour:
    """Green where sure, yellow at 0.75, red at a half and below."""
    sure = min(1.0, max(0.0, (confidence - 0.5) * 2))
    return (round(255 * min(1.0, 2 - 2 * sure)), round(200 * min(1.0, 2 * sure)), 0)
