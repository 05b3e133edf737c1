"""What a laid-out document is made of: pages with lines of text at their places, rules, and the tables' cells.

Points (1/72 inch) throughout, origin at the top left of the upright page. The order of a page's lines is the reading
order that a record should have: left header block, right header block, body, table row by row, *nơi nhận*, signature.
"""

from __future__ import annotations

import unicodedata
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, NamedTuple

A4 = (595.28, 841.89)

Role = Literal["body", "header_left", "header_right", "foot_left", "foot_right", "page_number", "table"]


class Run(NamedTuple):
    """A stretch of text in one face, with the point where it starts and the space added after each of its words."""

    x: float
    text: str
    face: str
    stretch: float = 0.0


@dataclass(frozen=True)
class SetLine:
    """One printed line: its runs from left to right on one baseline. `text` is what a perfect reader would return."""

    runs: tuple[Run, ...]
    baseline: float
    size: float
    role: Role
    x1: float

    @property
    def text(self) -> str:
        """The words of the line, one space between them, NFC."""
        return unicodedata.normalize("NFC", " ".join(" ".join(run.text for run in self.runs).split()))

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Box of the line: x0, y0, x1, y1; heights are those of the typeface, not of the ink."""
        return (self.runs[0].x, self.baseline - 0.89 * self.size, self.x1, self.baseline + 0.22 * self.size)


class Rule(NamedTuple):
    """A straight ruled line."""

    x0: float
    y0: float
    x1: float
    y1: float
    thickness: float


@dataclass
class Sheet:
    """One page: size, lines in reading order, rules; `seals` are the middles of its signatures."""

    number: int
    width: float
    height: float
    lines: list[SetLine] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    seals: list[tuple[float, float]] = field(default_factory=list)


@dataclass
class CellTruth:
    """A printed cell."""

    text: str
    row_span: int = 1
    col_span: int = 1


@dataclass
class RowTruth:
    """A row of a table's body and the page where it begins."""

    page: int
    cells: list[CellTruth]


@dataclass
class TableTruth:
    """A table as facts.md shapes it, without the boxes."""

    id: str
    title: str | None
    pages: list[int]
    head: list[str]
    rows: list[RowTruth]


@dataclass
class Paper:
    """A document laid out: its pages and its tables."""

    name: str
    sheets: list[Sheet]
    tables: list[TableTruth]

    def truth(self) -> dict[str, Any]:
        """Return pages and tables as JSON data, with the field names of a record."""
        pages = [
            {
                "number": sheet.number,
                "width": round(sheet.width, 1),
                "height": round(sheet.height, 1),
                "lines": [
                    {"text": line.text, "role": line.role, "bbox": [round(edge, 1) for edge in line.box]}
                    for line in sheet.lines
                ],
            }
            for sheet in self.sheets
        ]
        return {"name": self.name, "pages": pages, "tables": [asdict(table) for table in self.tables]}

    def text(self) -> str:
        """Return the text of all pages, one printed line a line."""
        return "\n".join(line.text for sheet in self.sheets for line in sheet.lines)
