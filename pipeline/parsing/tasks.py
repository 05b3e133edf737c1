"""Tasks (*nhiệm vụ*): table rows that assign work, with who leads, who coordinates, when it is due, what comes of it.

A row is a task where its table has a column of work and the row names a unit or a time. What a cell over several rows
says holds for each of them. Each task is told again as responsibilities and, where a single day is set, as a deadline,
with the table and row that they stand in and the evidence of their own cell; so what is asked of the one list is
answered for prose and tables alike, and who wants prose alone leaves out what has a `table`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

from diacritics.folding import fold
from pipeline.parsing.labels import bullet_end
from pipeline.parsing.patterns import Bounded
from pipeline.parsing.periods import FULL_YEAR, Bounds, bounds_of
from pipeline.parsing.reading import Reading
from pipeline.parsing.tablecells import TextCell
from pipeline.parsing.tables import TableReading
from pipeline.parsing.units import subject_of, unit_starts
from pipeline.records import Deadline, Due, Responsibility, Task

_NOTHING: Final = frozenset({"", "-", "–", "—", "x", "không", "0", "//", '"', "nt", "...", "…"})
_LED: Final = Bounded(r"(?:(?:cơ quan|đơn vị|bộ phận)\s+)?chủ trì(?:\s*(?:thực hiện|tham mưu))?\s*[:,;]?")
_CAPTION: Final = Bounded(r"^(?:Cơ quan|Đơn vị) chủ trì\s*:?|Chủ trì\s*:?")
_JOINED: Final = Bounded(
    r"[,;.(]?\s*(?:(?:cơ quan|đơn vị|bộ phận)\s+)?(?:phối hợp|phối kết hợp)(?:\s+(?:cùng )?với|\s+cùng)?\s*:?\s*"
)
_FEW: Final = 3
"""Rows from which a table without a head can be taken for a list of work."""
_PARTED: Final = Bounded(r"\s*(?:;|\n)\s*")
_DAY: Final = Bounded(r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}")


def tasks(reading: Reading) -> None:
    """Fill in ``facts.tasks``, and what the tasks tell of responsibilities and deadlines."""
    for found in reading.tables:
        if not found.table.head and len(found.table.rows) < _FEW:
            continue  # a form, or the rest of one
        rows = _TaskRows(reading, found)
        for number in range(len(found.table.rows)):
            rows.read(number)


class _TaskRows:
    """Reads the rows of one table."""

    def __init__(self, reading: Reading, found: TableReading) -> None:
        self.reading, self.found, self.table = reading, found, found.table
        self.work = _of_work(found)
        self.leads = found.of_kind("lead")
        self.coordinates = found.of_kind("coordinate")
        self.dues = found.of_kind("due")
        self.products = found.of_kind("product")

    def read(self, number: int) -> None:
        """Add the task of a row, if it is one."""
        work = self._cell(number, [self.work]) if self.work is not None else None
        if work is None or self.table.rows[number].kind != "body" or work.column_span > 2:
            return
        lead_cell, due_cell = self._cell(number, self.leads), self._cell(number, self.dues)
        other_cell, product_cell = self._cell(number, self.coordinates), self._cell(number, self.products)
        lead, joined = units_of(lead_cell.lines) if lead_cell else ([], [])
        first, second = units_of(other_cell.lines) if other_cell else ([], [])
        if not (lead or joined or first or second or due_cell):
            return
        bounds = bounds_of(due_cell.text, self._year()) if due_cell else Bounds()
        cells = {"lead": lead_cell, "coordinate": other_cell, "due": due_cell, "product": product_cell}
        standing = self.reading.fact_of_source(*work.span, "table_row", self._doubts(cells, bounds, due_cell))
        task = Task(
            task=work.text,
            lead=lead,
            coordinate=joined + first + second,
            due=_due(due_cell, bounds),
            product=product_cell.text if product_cell else None,
            table=self.table.id,
            row=number + 1,
            section=self.table.section,
            groups=list(self.found.groups[number]),
            cells={name: self.reading.document.evidence(*cell.span) for name, cell in cells.items() if cell},
            **standing,
        )
        self.reading.facts.tasks.append(task)
        self._tell_units(task, lead_cell, other_cell)
        if due_cell is not None:
            self._tell_day(task, due_cell, bounds)

    def _cell(self, row: int, columns: list[int]) -> TextCell | None:
        """Return the first cell over a row in one of the columns that says something."""
        cells = (self.found.cells.get((row, column)) for column in columns)
        return next((cell for cell in cells if cell is not None and cell.text.lower() not in _NOTHING), None)

    def _year(self) -> str | None:
        """The year for words without one: the heading's of the column, the table's title's, the document's."""
        names = [self.found.columns[column].period or "" for column in self.dues] + [self.table.title or ""]
        years = [year for name in names for year in FULL_YEAR.findall(name)]
        return years[0] if years else self.reading.year()

    def _doubts(self, cells: dict[str, TextCell | None], bounds: Bounds, due_cell: TextCell | None) -> tuple[str, ...]:
        doubts = [d for c in cells.values() if c for p in c.places for w in p.line.words for d in w.doubts]
        if bounds.assumed:
            doubts.append("year_not_printed")
        if due_cell and bounds == Bounds() and _DAY.search(due_cell.text):
            doubts.append("impossible_date")
        return tuple(doubts)

    def _tell_units(self, task: Task, lead_cell: TextCell | None, other_cell: TextCell | None) -> None:
        label = self.found.columns[lead_cell.column].label if lead_cell else ""
        leading: Literal["lead", "perform"] = "lead" if "chu tri" in fold(label).lower() else "perform"
        joint_cell = other_cell or lead_cell
        told: list[tuple[Literal["lead", "perform", "coordinate"], list[str], TextCell | None]] = [
            (leading, task.lead, lead_cell),
            ("coordinate", task.coordinate, joint_cell),
        ]
        for role, units, cell in told:
            if units and cell is not None:
                self.reading.facts.responsibilities.append(
                    Responsibility(
                        role=role, units=units, task=task.task, section=task.section, table=task.table, row=task.row,
                        **self.reading.fact_of_source(*cell.span, "table_row"),
                    )
                )  # fmt: skip

    def _tell_day(self, task: Task, cell: TextCell, bounds: Bounds) -> None:
        """A single day is a deadline; a period is the task's alone."""
        if not bounds.exact or bounds.last is None:
            return
        ends = bounds.first is None or "hoan thanh" in fold(self.found.columns[cell.column].label).lower()
        relation: Literal["before", "by", "on"] = "before" if bounds.before else "by" if ends else "on"
        doubts = ("year_not_printed",) if bounds.assumed else ()
        self.reading.facts.deadlines.append(
            Deadline(
                due=bounds.last, relation=relation, task=task.task, units=task.lead, section=task.section,
                table=task.table, row=task.row,
                **self.reading.fact_of_source(*cell.span, "table_row", doubts),
            )
        )  # fmt: skip


def _due(cell: TextCell | None, bounds: Bounds) -> Due | None:
    return None if cell is None else Due.model_validate({"text": cell.text, "from": bounds.first, "to": bounds.last})


def _of_work(found: TableReading) -> int | None:
    """Return the column of work; of several, the one that says most: "Nhóm nhiệm vụ" stands over several rows."""
    columns = found.of_kind("task")

    def said(column: int) -> int:
        return len({id(cell) for (_, at), cell in found.cells.items() if at == column and cell.column_span == 1})

    return max(columns, key=said, default=None)


def units_of(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return the units that a cell names: those that lead, and those that it says coordinate.

    Lines with a bullet, semicolons and commas part them, commas and "và" only where each part is a name of its own.
    """
    text = ""
    for line in lines:
        end = bullet_end(line)
        text += f"\n{line[end:]}" if end and text else line[end:] if end else f" {line}" if text else line
    joint = _JOINED.search(text.lower())
    if joint is None:
        return list(_units(text)), []
    return list(_units(text[: joint.start()])), list(_units(text[joint.end() :]))


@lru_cache(maxsize=4096)  # the same few units stand in row after row
def _units(text: str) -> tuple[str, ...]:
    """Return the names in a list of units."""
    found: list[str] = []
    text = _LED.sub("", text) if "chủ trì" in text else text
    text = _CAPTION.sub("", text)
    for piece in _PARTED.split(text):
        piece = " ".join(piece.split()).strip(" .,:;()-–")
        if piece.lower() not in _NOTHING:
            found += _names(piece)
    return tuple(found)


def _names(piece: str) -> list[str]:
    """Split a piece at commas and "và" as prose is split; keep it whole where its parts are no names."""
    low = piece.lower()
    subject = subject_of(piece, low, 0, len(piece)) if len(low) == len(piece) else None
    if subject is not None and subject.predicate is None and subject.end >= len(piece.rstrip(" .;:)")):
        return _own_names(piece, subject.spans)
    parts = [part.strip() for part in piece.split(",")]
    if len(parts) > 1 and all(unit_starts(part, part.lower(), 0) for part in parts):
        return [name for part in parts for name in _names(part)]
    return [piece]


def _own_names(piece: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    """ "Các phòng, đơn vị thuộc Sở" is one: what goes on in small letters is no name of its own, but "các sở" is."""
    joined = [spans[0]]
    for start, end in spans[1:]:
        if piece[start].islower() and not piece.startswith(("các ", "những ", "một số "), start):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return [piece[start:end] for start, end in joined]
