"""Answers as they leave the house: CSV, JSON, JSON Lines, Markdown; and what in them could do harm, made harmless.

Text of a document is data wherever it goes: a cell that a spreadsheet would take for a formula is marked as text, marks
that turn the direction of writing and other signs without a shape are shown as what they are. JSON keeps every
character as it is.
"""

from __future__ import annotations

import csv
import io
import json
import math
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final, Literal, get_args
from urllib.parse import quote

Format = Literal["table", "csv", "json", "jsonl", "markdown", "xlsx"]
FORMATS: Final[tuple[str, ...]] = get_args(Format)
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
REVIEW_ADDRESS: Final = "http://127.0.0.1:8765"
_MARKDOWN: Final = str.maketrans({sign: f"\\{sign}" for sign in "\\|`*_[]<>#~"} | {"\n": " ", "\r": " "})


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield a CSV file line by line; a text that a spreadsheet would calculate begins with an apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([harmless(name) for name in columns])
    yield _taken(buffer)
    for row in rows:
        writer.writerow([harmless(value) if isinstance(value, str | list) else shown(value) for value in row])
        yield _taken(buffer)


def json_lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield one JSON object a row."""
    names = _unique(columns)
    for row in rows:
        yield json.dumps(dict(zip(names, map(plain, row), strict=True)), ensure_ascii=False) + "\n"


def json_array(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield a JSON array of objects, one a line."""
    begin = "[\n"
    for line in json_lines(columns, rows):
        yield begin + line.rstrip("\n")
        begin = ",\n"
    yield "[]\n" if begin == "[\n" else "\n]\n"


def markdown_lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield a Markdown table."""
    yield _markdown_row(columns)
    yield "|" + " --- |" * len(columns) + "\n"
    for row in rows:
        yield _markdown_row([shown(value) for value in row])


def shown(value: Any) -> str:
    """Return a value as people read it; nothing where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, list | tuple):
        return "; ".join(shown(one) for one in value)
    if isinstance(value, dict):
        return json.dumps(plain(value), ensure_ascii=False)
    return visible(str(value))


def visible(text: str) -> str:
    """Return a text in which every sign has a shape: marks of direction and control signs are written as numbers."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(sign if _has_shape(sign) else f"\\u{ord(sign):04x}" for sign in text)


def harmless(value: Any) -> str:
    """Return a value as text that no spreadsheet calculates."""
    text = shown(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def plain(value: Any) -> Any:
    """Return a value of DuckDB as JSON has it."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, list | tuple | set):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, bytes | bytearray):
        return value.hex()
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def review_link(file: str, kind: str = "", n: int | None = None, address: str = REVIEW_ADDRESS) -> str:
    """Return where the review page shows a document, or a fact of it; `file` and `n` are columns of the tables."""
    place = "" if n is None else f"#fact-{kind}-{n - 1}"
    return f"{address.rstrip('/')}/documents/{quote(file, safe='/')}{place}"


def _has_shape(sign: str) -> bool:
    return sign == "\n" or sign == "\t" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def _markdown_row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.translate(_MARKDOWN) for cell in cells) + " |\n"


def _unique(columns: Sequence[str]) -> list[str]:
    """Return names for the fields of an object; the second of two like names gets a number."""
    names: list[str] = []
    for column in columns:
        name, number = column, 2
        while name in names:
            name, number = f"{column}_{number}", number + 1
        names.append(name)
    return names


def _taken(buffer: io.StringIO) -> str:
    line = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return line


LINES: Final[dict[str, Callable[[Sequence[str], Iterable[Sequence[Any]]], Iterator[str]]]] = {
    "csv": csv_lines,
    "json": json_array,
    "jsonl": json_lines,
    "markdown": markdown_lines,
}
