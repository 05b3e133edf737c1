"""What was found on a page, drawn over its picture, for people who debug a scan (``vanban look``)."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw

from pipeline.document import Box, Line, LineRole
from pipeline.picture import POINTS_PER_INCH, CleanPage
from pipeline.ruling import grids

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
RULE, CELL, DOUBT = (40, 40, 255), (0, 170, 110), (255, 0, 255)


def draw(page: CleanPage, lines: Sequence[Line], dpi: float = 110.0) -> Image.Image:
    """Return the page as it was read, RGB at `dpi`, with what was found drawn over it.

    Words are filled from green (sure) to red (unsure) and framed in magenta where they are in doubt; lines are framed
    in their role's colour and numbered in reading order; table cells are green, ruling lines blue.
    """
    scale = dpi / POINTS_PER_INCH
    size = (max(1, round(page.width * scale)), max(1, round(page.height * scale)))
    picture = Image.fromarray(page.fine).resize(size, Image.Resampling.BOX).convert("RGB")
    colours = Image.new("RGBA", size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(colours)
    for rule in page.ruling:
        pen.line([value * scale for value in rule], fill=(*RULE, 255), width=2)
    for grid in grids(page.ruling):
        for cell in grid.cells:
            pen.rectangle(_scaled(cell.box, scale), outline=(*CELL, 255))
    for number, line in enumerate(lines, start=1):
        _draw_line(pen, number, line, scale)
    picture.paste(colours, mask=colours.getchannel("A"))
    return picture


def _draw_line(pen: ImageDraw.ImageDraw, number: int, line: Line, scale: float) -> None:
    for word in line.words:
        if word.box is not None:
            outline = (*DOUBT, 255) if word.doubts else None
            pen.rectangle(_scaled(word.box, scale), fill=(*_by_confidence(word.confidence), 70), outline=outline)
    if line.box is not None:
        colour = (*ROLE_COLOURS[line.role], 255)
        x0, y0, x1, y1 = _scaled(line.box, scale)
        pen.rectangle((x0 - 2, y0 - 2, x1 + 2, y1 + 2), outline=colour)
        pen.text((max(0.0, x0 - 22), y0), str(number), fill=colour)


def _by_confidence(confidence: float) -> Colour:
    """Green where sure, yellow at 0.75, red at a half and below."""
    sure = min(1.0, max(0.0, (confidence - 0.5) * 2))
    return (round(255 * min(1.0, 2 - 2 * sure)), round(200 * min(1.0, 2 * sure)), 0)


def _scaled(box: Box, scale: float) -> tuple[float, float, float, float]:
    x0, x1 = sorted((box.x0 * scale, box.x1 * scale))
    y0, y1 = sorted((box.y0 * scale, box.y1 * scale))
    return x0, y0, x1, y1
