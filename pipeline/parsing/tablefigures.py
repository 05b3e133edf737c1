"""Figures in tables: each cell of a value column is a target or a result of its row's indicator.

    TT | Chỉ tiêu      | ĐVT | Hiện trạng 2025 | Kế hoạch 2026        the row "Tỷ lệ hộ nghèo | % | 2,1 | dưới 1" says:
                                                                      a result 2,1 % of 2025, a target < 1 % of 2026

Whether a column promises or reports is said by its heading, else by its year beside the document's, else by the kind
of document. Columns that compare others (tỷ lệ so với kế hoạch, tăng/giảm) and sums of money that are only allotted say
neither. Words in a cell ("trên 70%", "tối thiểu 3 lớp") are read by the grammar of prose (quantities.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import regex

from diacritics.folding import fold
from pipeline.parsing.labels import bullet_end
from pipeline.parsing.patterns import Bounded
from pipeline.parsing.printed import number_value
from pipeline.parsing.quantities import quantities_of
from pipeline.parsing.reading import Block, Mood, Reading
from pipeline.parsing.tablecells import TextCell
from pipeline.parsing.tables import TableReading
from pipeline.parsing.view import ViewBuilder
from pipeline.parsing.zones import Zones
from pipeline.records import Column, Comparator, Result, Target, in_short

_COMPARING: Final = Bounded(
    r"\bso (?:voi|sanh)\b|\bty (?:le|trong)\b|%? ?(?:tang|giam)[/, ]|^%|\bchenh lech\b|\btang truong\b|\bhoan thanh %|"
    r"\bth/kh\b|\bdat ty le\b|\bxep (?:hang|loai)\b|\bthu hang\b"
)
_PLANNED: Final = Bounded(r"\bke hoach\b|\bkh\b|\bchi tieu\b|\bmuc tieu\b|\bphan dau\b|\bgiao\b|\bdang ky\b")
_REACHED: Final = Bounded(
    r"\bthuc hien\b|\bth\b|\bdat\b|\bket qua\b|\bhien trang\b|\bthuc trang\b|\buoc\b|\bda \w+|\bluy ke\b|\bcung ky\b|"
    r"\bgiai ngan\b|\bhien co\b|\btu (?:cham|danh gia)\b|\btham dinh\b"
)
_ALLOTTED: Final = Bounded(r"\bkinh phi\b|\bvon\b|\bdon gia\b|\bthanh tien\b|\bso tien\b|\bdu toan\b|\bnguon\b")
_HIGHEST: Final = Bounded(r"\btoi da\b|\bchuan\b|\bquy dinh\b|\bthang diem\b")
_ROLE_WORDS: Final = Bounded(
    r"\b(?:ke hoach|chi tieu|muc tieu|phan dau|giao|dang ky|thuc hien|dat duoc|dat|ket qua|hien trang|thuc trang|uoc|"
    r"luy ke|cung ky|da giai ngan|giai ngan|den (?:het|cuoi|nay)|ca nam|trong nam|nam|den|(?:\d+|sau|chin) thang|"
    r"dau nam|cuoi nam|dau|cuoi|quy [1-4ivx]+|giai doan|kh|th)\b|20\d\d|\(.*?\)|[^\w]+"
)
_YEARS: Final = Bounded(r"(?<!\d)20\d\d(?:\s?[-–]\s?20\d\d)?(?!\d)")
_PLAIN: Final = Bounded(
    r"(?P<sign>>=|<=|[≥≤><])?\s?(?P<value>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,9}(?:[.,]\d{1,4})?)\s?(?P<percent>%)?"
)
_SIGNS: Final[dict[str, Comparator]] = {"≥": ">=", ">=": ">=", "≤": "<=", "<=": "<=", ">": ">", "<": "<"}
_HAS_UNIT: Final = Bounded(r"\d\s?[%\p{L}]")
_BRACKETED: Final = Bounded(r"\((?P<unit>[^()\d]{1,24})\)\s*$")
_CAPTION: Final = Bounded(r"\(?(?:đơn vị(?: tính)?|đvt)\s*:\s*(?P<unit>[^()]{1,30}?)\)?\s*$", regex.IGNORECASE)
_REPORTING: Final = frozenset({"Báo cáo", "Biên bản"})


@dataclass(frozen=True, slots=True)
class _Figure:
    """A cell's figure: value, comparator, unit printed with it."""

    value: float | int
    comparator: Comparator
    unit: str | None


def table_figures(reading: Reading) -> None:
    """Add what tables say in figures to ``facts.targets`` and ``facts.results``."""
    for found in reading.tables:
        rows = _FigureRows(reading, found)
        for number in range(len(found.table.rows)):
            rows.read(number)


class _FigureRows:
    """Reads the figures of one table."""

    def __init__(self, reading: Reading, found: TableReading) -> None:
        self.reading, self.found, self.table = reading, found, found.table
        self.named = found.of_kind("indicator", "task")
        self.of_units = not self.named
        if self.of_units:
            self.named = found.of_kind("lead", "other")
        self.measures = found.of_kind("measure")
        self.reports = reading.facts.header.kind in _REPORTING
        self.moods = {column: self._mood(found.columns[column]) for column in found.of_kind("value")}
        scores = found.of_kind("score")
        self.highest = [column for column in scores if _HIGHEST.search(_plain(found.columns[column].label))]
        self.scores = [column for column in scores if column not in self.highest]
        self.caption = self._caption()

    def read(self, number: int) -> None:
        """Add what the figures of a row say."""
        row = self.table.rows[number]
        name = next((cell for column in self.named if (cell := self._own(number, column)) is not None), None)
        if row.kind == "group" or name is None or not any(c.isalpha() for c in name.text):
            return
        for column, mood in self.moods.items():
            cell = self._own(number, column)
            if mood is not None and cell is not None:
                self._add(number, name, column, cell, mood)
        for column in self.scores:
            cell = self._own(number, column)
            if cell is not None and (self.highest or self.reports):
                self._add(number, name, column, cell, "result" if self.reports else "goal")

    def _own(self, row: int, column: int) -> TextCell | None:
        """The cell over a place, where it covers no other column."""
        cell = self.found.cells.get((row, column))
        return cell if cell is not None and cell.column_span == 1 and cell.text else None

    def _add(self, number: int, name: TextCell, column: int, cell: TextCell, mood: Mood) -> None:
        indicator = self._indicator(name, column)
        unit = self._unit(number, column, name)
        scored = column in self.scores
        figure = self._figure(name, cell, unit)
        if figure is None:
            return
        unit = "điểm" if scored and not figure.unit else figure.unit or unit
        label = self.found.columns[column].label
        years = _YEARS.findall(label)
        period = years[-1] if years else self.reading.year(last=mood == "goal")
        standing = self.reading.fact_of_source(*cell.span, "table_figure")
        if mood == "goal":
            self.reading.facts.targets.append(
                Target(
                    indicator=indicator, direction="reach", comparator=figure.comparator, value=figure.value, unit=unit,
                    period=period, baseline=None, section=self.table.section, table=self.table.id, row=number + 1,
                    display=in_short(indicator, figure.comparator, figure.value, unit), **standing,
                )
            )  # fmt: skip
            return
        self.reading.facts.results.append(
            Result(
                indicator=indicator, subject=self._subject(name), direction="level", value=figure.value,
                max=self._most(number) if scored else None, unit=unit, period=period, baseline=None,
                section=self.table.section, table=self.table.id, row=number + 1, **standing,
            )
        )  # fmt: skip

    # --- what a column says ------------------------------------------------------------------------------------------

    def _mood(self, column: Column) -> Mood | None:
        """Say whether a column promises or reports, None for what does neither."""
        plain = _plain(column.label)
        if _COMPARING.search(plain):
            return None
        planned, reached = (p.search(plain) for p in (_PLANNED, _REACHED))
        years = [int(year[:4]) for year in _YEARS.findall(column.label)]
        own = self.reading.year(last=not self.reports)
        late = bool(years and own and own.isdigit() and years[-1] > int(own))
        early = bool(years and own and own.isdigit() and years[-1] < int(own))
        if reached and not (planned and planned.start() < reached.start()):
            return "result"
        if planned:
            allotted = _ALLOTTED.search(plain) or _ALLOTTED.search(self._around())
            return None if (self.reports and not late) or allotted else "goal"
        if late or early:
            return "goal" if late else "result"
        if self.reports:
            return "result"
        goals = _PLANNED.search(self._around()) or "indicator" in {c.kind for c in self.found.columns}
        return "goal" if goals and not _ALLOTTED.search(f"{plain} {self._around()}") else None

    def _around(self) -> str:
        """The words over the table: its title and the heading of its node."""
        return _plain(f"{self.table.title or ''} {self.reading.headings.get(self.table.section or '') or ''}")

    # --- what a row says ---------------------------------------------------------------------------------------------

    def _indicator(self, name: TextCell, column: int) -> str:
        """The row's name, with what the heading measures beyond plan, outcome and year."""
        row = name.text[bullet_end(name.text) :].strip(" .:;")
        label = self.found.columns[column].label
        own = label if _ROLE_WORDS.sub("", _plain(label)).strip() else ""
        own = _BRACKETED.sub("", own).strip()
        if column in self.scores or not own:
            return row
        return f"{own} {row}" if self.of_units else f"{row} {own}"

    def _unit(self, number: int, column: int, name: TextCell) -> str | None:
        """The unit: of the row's own column, else in brackets in a heading or a name, else printed over the table."""
        for at in self.measures:
            cell = self.found.cells.get((number, at))
            if cell is not None and cell.text.strip(" -"):
                return cell.text
        for text in (self.found.columns[column].label, name.text):
            bracketed = _BRACKETED.search(text)
            if bracketed:
                return bracketed["unit"].strip()
        return self.caption

    def _caption(self) -> str | None:
        """The unit that "Đơn vị tính: triệu đồng" over the table says."""
        places, at = self.reading.document.places, self.found.first
        for place in reversed(places[max(0, at - 3) : at]):
            match = _CAPTION.match(place.text.strip())
            if match:
                return match["unit"].strip(" .;")
        return None

    def _figure(self, name: TextCell, cell: TextCell, unit: str | None) -> _Figure | None:
        plain = _PLAIN.fullmatch(cell.text.strip())
        if plain:
            sign: Comparator = _SIGNS.get(plain["sign"] or "", "=")
            return _Figure(number_value(plain["value"]), sign, plain["percent"])
        if not any(c.isdigit() for c in cell.text) or len(cell.text) > 200:
            return None
        return self._in_words(name, cell, unit)

    def _in_words(self, name: TextCell, cell: TextCell, unit: str | None) -> _Figure | None:
        """Read "trên 70%" as the sentence "Tỷ lệ … đạt trên 70%"; the unit of another cell is put behind a figure."""
        builder = ViewBuilder()
        builder.open("body")
        builder.add(name.text, name.span[0])
        builder.add(cell.text, cell.span[0], " đạt ")
        begin = len(name.text) + len(" đạt ")
        if unit and not _HAS_UNIT.search(cell.text):
            builder.add(unit, cell.span[0], " ")
        view = builder.view()
        sentence = Reading(self.reading.document, Zones(), view, facts=self.reading.facts)
        found = quantities_of(sentence, Block(view.paragraphs[0], 0, 0))
        first = next((quantity for quantity in found if quantity.figure >= begin), None)
        if first is None or first.kind in ("rank", "group"):
            return None
        return _Figure(first.value, first.comparator, first.unit)

    def _most(self, number: int) -> float | int | None:
        for column in self.highest:
            cell = self._own(number, column)
            plain = _PLAIN.fullmatch(cell.text.strip()) if cell is not None else None
            if plain:
                return number_value(plain["value"])
        return None

    def _subject(self, name: TextCell) -> str | None:
        """Whose outcome: the unit that the row is of, else the document's author."""
        issuer = self.reading.facts.header.issuer
        if self.of_units:
            return name.text
        return issuer[0] + issuer[1:].lower() if issuer and issuer.isupper() else issuer


def _plain(text: str) -> str:
    return " ".join(fold(text).lower().split())
