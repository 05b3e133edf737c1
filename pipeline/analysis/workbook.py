"""Sheets for Excel and LibreOffice: days and numbers as such, text never a formula. Only this module uses xlsxwriter.

Rows are written as they come and not kept in memory. What a sheet cannot hold is not lost in silence: rows beyond its
million go on a further sheet, and a text beyond a cell's 32 thousand characters ends in a mark that says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.worksheet import Worksheet

from pipeline.analysis.answers import FORMULA_STARTS, shown
from pipeline.errors import OutputError

MAX_ROWS: Final = 1_048_576
MAX_CHARACTERS: Final = 32_767
MAX_SAFE_INTEGER: Final = 2**53
MAX_LINKS: Final = 65_000  # of one sheet; beyond them the address stands as text
MAX_ADDRESS: Final = 2_000
CUT: Final = " […cut]"
WIDTHS: Final = {"file": 34, "link": 10, "quote": 60, "task": 60, "text": 60, "title": 60, "indicator": 48}
DEFAULT_WIDTH: Final = 16
FIRST_DAY: Final = date(1900, 3, 1)  # before it, Excel counts a day that never was
_BAD_IN_NAME: Final = re.compile(r"[\[\]:*?/\\]")
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
Link = Callable[[Sequence[Any]], str | None]


class Workbook:
    """One file, written beside its place and renamed when it is whole; use it as a context.

    Raises (at the end): OutputError: the disk is full, no permission.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._making = path, path.with_name(f".{path.name}.tmp")
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "yyyy-mm-dd",
        }
        self._book = xlsxwriter.Workbook(str(self._making), options)
        self._head = self._book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4", "valign": "top"})
        self._text = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._guarded = self._book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        self._value = self._book.add_format({"valign": "top"})
        self._day = self._book.add_format({"valign": "top", "num_format": "dd/mm/yyyy"})
        self._moment = self._book.add_format({"valign": "top", "num_format": "dd/mm/yyyy hh:mm:ss"})
        self._linked = self._book.add_format({"valign": "top", "font_color": "#0B57A4", "underline": 1})
        self._names: set[str] = set()

    def __enter__(self) -> Workbook:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if not self._names:
                self.sheet("empty", [], [])
            self._book.close()
            if kind is None:
                self._making.replace(self._path)
        except (XlsxWriterException, OSError) as error:  # the package wraps what the system says
            reason = getattr(error.args[0] if error.args else error, "strerror", None) or str(error)
            raise OutputError(f"cannot be written ({reason.lower()})", path=self._path) from None
        finally:
            self._making.unlink(missing_ok=True)

    def sheet(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], link: Link | None = None) -> int:
        """Add rows under their heads and return how many; `link` gives the address that a row's last cell opens."""
        heads = [*columns, "link"] if link else list(columns)
        sheet, number, count = self._begin(name, heads), 0, 0
        for row in rows:
            if number == MAX_ROWS - 1:
                self._end(sheet, number, heads)
                sheet, number = self._begin(name, heads), 0
            number, count = number + 1, count + 1
            for column, value in enumerate(row):
                self._write(sheet, number, column, value)
            if link and (address := link(row)):
                if number <= MAX_LINKS and len(address) <= MAX_ADDRESS:
                    sheet.write_url(number, len(row), address, self._linked, "open")
                else:
                    sheet.write_string(number, len(row), _cut(address), self._text)
        self._end(sheet, number, heads)
        return count

    def _begin(self, name: str, heads: Sequence[str]) -> Worksheet:
        sheet: Worksheet = self._book.add_worksheet(self._free_name(name))
        for column, head in enumerate(heads):
            sheet.set_column(column, column, WIDTHS.get(head, DEFAULT_WIDTH))
        sheet.freeze_panes(1, 0)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, _cut(_ILLEGAL.sub("", head)), self._head)
        return sheet

    def _end(self, sheet: Worksheet, rows: int, heads: Sequence[str]) -> None:
        if heads:
            sheet.autofilter(0, 0, rows, len(heads) - 1)

    def _free_name(self, name: str) -> str:
        plain = _BAD_IN_NAME.sub(" ", name).strip("' ")[:31] or "sheet"
        free, number = plain, 2
        while free.lower() in self._names:
            suffix = f" ({number})"
            free, number = plain[: 31 - len(suffix)] + suffix, number + 1
        self._names.add(free.lower())
        return free

    def _write(self, sheet: Worksheet, row: int, column: int, value: Any) -> None:
        if value is None:
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value, self._value)
        elif isinstance(value, int | float | Decimal) and abs(float(value)) <= MAX_SAFE_INTEGER:
            sheet.write_number(row, column, float(value) if isinstance(value, Decimal) else value, self._value)
        elif isinstance(value, datetime) and value.date() >= FIRST_DAY:
            sheet.write_datetime(row, column, value.replace(tzinfo=None), self._moment)
        elif isinstance(value, date) and not isinstance(value, datetime) and value >= FIRST_DAY:
            sheet.write_datetime(row, column, value, self._day)
        else:
            text = shown(value)
            if text:
                look = self._guarded if text.startswith(FORMULA_STARTS) else self._text
                sheet.write_string(row, column, _cut(_ILLEGAL.sub("�", text)), look)


def _cut(text: str) -> str:
    return text if len(text) <= MAX_CHARACTERS else text[: MAX_CHARACTERS - len(CUT)] + CUT
