"""The source of a sample document: a text file with light markup, one printed paragraph a line.

A file has two parts, parted by a line ``---``. Above it stand the fields of the header and the foot *as printed*,
``key: value``; ``//`` in a value breaks the printed line, and list items follow their key, one ``- `` each::

    authority: UBND TỈNH BẮC KẠN          issuer: SỞ Y TẾ            number: Số: 12/KH-SYT
    place_date: Bắc Kạn, ngày 05 tháng 3 năm 2024
    kind: KẾ HOẠCH                        title: Kiểm tra … // năm 2024
    subject: V/v …                        (official letters, under the number)
    to: Kính gửi: …  or a list            recipients: a list         sign: a list, the name last
    cosign: a list                        (the second of two who sign: at the right, `sign` at the left)
    motto: party                          ("ĐẢNG CỘNG SẢN VIỆT NAM")
    size: 14                              (points of the body)

Below it stands the body. A line's first sign gives its form:

    ``# `` bold   ``## `` bold   ``### `` bold italic   ``_ `` italic   ``^ `` centred bold
    ``~ `` centred   ``^_ `` centred italic   anything else: a justified paragraph; ``**bold**`` within a line
    ``@table widths=5,40,20 [align=c,l,l] [repeat=no] [size=12] [lines=all]`` … ``@end``, with rows ``! head | head``
    and ``| cell | cell``; a cell ``<`` belongs to the cell left of it, ``^`` to the one above; ``!# (1) | (2)`` is a
    row of the head that numbers the columns; lines are ruled round ``all`` cells, between ``rows``, between
    ``columns``, over and under the ``head``, or not at all (``none``)
    ``@landscape`` ``@portrait`` ``@page`` start a page; ``@foot`` prints the foot here instead of at the end
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Form = Literal["body", "bold", "bold_italic", "italic", "centred_bold", "centred", "centred_italic"]
Turn = Literal["portrait", "landscape", "page"]
Lines = Literal["all", "rows", "columns", "head", "none"]

# Longer marks first: "## " must not be read as "# " followed by "# ".
FORMS: tuple[tuple[str, Form], ...] = (
    ("### ", "bold_italic"),
    ("## ", "bold"),
    ("# ", "bold"),
    ("^_ ", "centred_italic"),
    ("^ ", "centred_bold"),
    ("~ ", "centred"),
    ("_ ", "italic"),
)
LISTS = ("recipients", "sign", "cosign", "to")
FIELDS = (*LISTS, "authority", "issuer", "number", "place_date", "kind", "title", "subject", "motto", "size")


class SourceError(ValueError):
    """A source file that cannot be laid out; the message names the file and the line."""


@dataclass(frozen=True)
class Paragraph:
    """One printed paragraph; `text` may hold ``**`` marks round bold words."""

    form: Form
    text: str


@dataclass(frozen=True)
class SourceCell:
    """A cell of a table with the number of rows and columns that it covers."""

    text: str
    row_span: int
    col_span: int


@dataclass(frozen=True)
class SourceTable:
    """A table: relative column widths and, row by row, the cells that begin there (None where one is covered).

    `numbering` are the rows of the head that only number the columns.
    """

    widths: tuple[float, ...]
    align: tuple[str, ...]
    size: float
    repeat_head: bool
    head_rows: int
    grid: tuple[tuple[SourceCell | None, ...], ...]
    title: str | None = None
    lines: Lines = "all"
    numbering: tuple[int, ...] = ()


@dataclass(frozen=True)
class Break:
    """A new page, turned as said."""

    turn: Turn


@dataclass(frozen=True)
class FootHere:
    """The place of *nơi nhận* and signature where an attachment follows them."""


Block = Paragraph | SourceTable | Break | FootHere


@dataclass
class Source:
    """A document as written: fields of header and foot, then the blocks of the body."""

    name: str
    fields: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)

    @property
    def body_size(self) -> float:
        """Size of the body in points."""
        return float(self.fields.get("size", "14"))


def read_source(path: Path) -> Source:
    """Read the source file `path`.

    Raises:
        SourceError: the file does not follow the markup described above.
    """
    return parse_source(path.read_text("utf-8"), path.stem)


def parse_source(text: str, name: str) -> Source:
    """Return the document written as `text`; see the module's page for the markup."""
    lines = text.split("\n")
    if "---" not in lines:
        raise SourceError(f"{name}: no line '---' between the fields and the body")
    middle = lines.index("---")
    source = Source(name)
    _read_fields(lines[:middle], source)
    _read_body(lines[middle + 1 :], middle + 2, source)
    if not any(isinstance(block, FootHere) for block in source.blocks):
        source.blocks.append(FootHere())
    return source


def _read_fields(lines: list[str], source: Source) -> None:
    key = ""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if line.startswith("- ") and key in LISTS:
            source.lists.setdefault(key, []).append(line[2:].strip())
            continue
        key, colon, value = line.partition(":")
        if not colon or key not in FIELDS:
            raise SourceError(f"{source.name}, line {number}: no such field: {line[:40]}")
        if value.strip():
            source.fields[key] = value.strip()


def _read_body(lines: list[str], first: int, source: Source) -> None:
    table: list[str] | None = None
    options = ""
    for number, line in enumerate(lines, start=first):
        stripped = line.strip()
        if not stripped:
            continue
        if table is not None:
            if stripped == "@end":
                source.blocks.append(_table(source.name, number, options, table))
                table = None
            else:
                table.append(stripped)
        elif stripped.startswith("@table"):
            table, options = [], stripped.removeprefix("@table")
        elif stripped == "@foot":
            source.blocks.append(FootHere())
        elif stripped.startswith("@"):
            source.blocks.append(_break(source.name, number, stripped[1:]))
        else:
            source.blocks.append(_paragraph(stripped))
    if table is not None:
        raise SourceError(f"{source.name}: a table without @end")


def _break(name: str, number: int, word: str) -> Break:
    turns: dict[str, Turn] = {"portrait": "portrait", "landscape": "landscape", "page": "page"}
    if word not in turns:
        raise SourceError(f"{name}, line {number}: no such mark: @{word}")
    return Break(turns[word])


def _paragraph(line: str) -> Paragraph:
    for mark, form in FORMS:
        if line.startswith(mark):
            return Paragraph(form, line[len(mark) :].strip())
    return Paragraph("body", line)


def _table(name: str, number: int, options: str, lines: list[str]) -> SourceTable:
    """Return the table of `lines`, its spans resolved."""
    settings: dict[str, str] = {}
    title = None
    for part in options.split():
        key, _, value = part.partition("=")
        settings[key] = value
    if lines and lines[0].startswith("title:"):
        title = lines.pop(0).removeprefix("title:").strip()
    kinds: dict[str, Lines] = {kind: kind for kind in ("all", "rows", "columns", "head", "none")}
    ruled = settings.get("lines", "all")
    if ruled not in kinds:
        raise SourceError(f"{name}, table before line {number}: lines={ruled} is not known")
    numbering = tuple(at for at, line in enumerate(lines) if line.startswith("!#"))
    widths = tuple(float(width) for width in settings["widths"].split(","))
    bare = (line.removeprefix("!#")[0 if line.startswith("!#") else 1 :] for line in lines)
    rows = [[cell.strip() for cell in line.split("|")] for line in bare]
    rows = [row[:-1] if len(row) == len(widths) + 1 and not row[-1] else row for row in rows]
    for row in rows:
        if len(row) != len(widths):
            raise SourceError(f"{name}, table before line {number}: {len(row)} cells, not {len(widths)}: {row[0][:30]}")
    head_rows = sum(line.startswith("!") for line in lines)
    align = tuple(settings.get("align", ",".join("l" * len(widths))).split(","))
    grid = tuple(tuple(_cell(rows, r, c) for c in range(len(widths))) for r in range(len(rows)))
    size = float(settings.get("size", "12"))
    repeat = settings.get("repeat", "yes") == "yes"
    return SourceTable(widths, align, size, repeat, head_rows, grid, title, kinds[ruled], numbering)


def _cell(rows: list[list[str]], row: int, column: int) -> SourceCell | None:
    if rows[row][column] in ("<", "^"):
        return None
    row_span = col_span = 1
    while column + col_span < len(rows[row]) and rows[row][column + col_span] == "<":
        col_span += 1
    while row + row_span < len(rows) and rows[row + row_span][column] == "^":
        row_span += 1
    return SourceCell(rows[row][column], row_span, col_span)
