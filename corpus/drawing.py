"""Draws a laid-out document into a PDF with a text layer; the same document gives the same bytes."""

from __future__ import annotations

import io

from reportlab.pdfgen.canvas import Canvas

from corpus.paper import Paper, SetLine, Sheet
from corpus.typeface import load_faces


def draw(paper: Paper) -> bytes:
    """Return the PDF of `paper`."""
    load_faces()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, pageCompression=1)
    canvas.setTitle(paper.name)
    for sheet in paper.sheets:
        canvas.setPageSize((sheet.width, sheet.height))
        _draw_sheet(canvas, sheet)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw_sheet(canvas: Canvas, sheet: Sheet) -> None:
    for rule in sheet.rules:
        canvas.setLineWidth(rule.thickness)
        canvas.line(rule.x0, sheet.height - rule.y0, rule.x1, sheet.height - rule.y1)
    for line in sheet.lines:
        _draw_line(canvas, line, sheet.height)


def _draw_line(canvas: Canvas, line: SetLine, height: float) -> None:
    for number, run in enumerate(line.runs):
        text = canvas.beginText(run.x, height - line.baseline)
        text.setFont(f"Tinos-{run.face}", line.size)
        text.setWordSpace(run.stretch)
        # The space between two runs is printed too, so that a copied line keeps it.
        text.textOut(run.text + (" " if number + 1 < len(line.runs) else ""))
        canvas.drawText(text)
