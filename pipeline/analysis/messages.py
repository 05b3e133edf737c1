"""What a store's database and the process that runs DuckDB for it say to each other."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

Why = Literal["wrong", "refused", "time", "memory", "damaged"]


class Setup(NamedTuple):
    """What the process may use, and the views and macros that it offers."""

    folder: str
    statements: list[str]
    memory_bytes: int
    threads: int


class Asked(NamedTuple):
    """A question, with values for its parameters; at most `max_rows` rows are wanted."""

    sql: str
    values: dict[str, Any]
    seconds: float
    max_rows: int | None = None


class Heads(NamedTuple):
    """Names and DuckDB types of the columns of an answer."""

    columns: list[tuple[str, str]]


class End(NamedTuple):
    """An answer is complete; `more` where rows were left out."""

    more: bool


class Refusal(NamedTuple):
    """Why there is no answer."""

    code: Why
    message: str
