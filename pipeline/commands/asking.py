"""`vanban query` and `vanban ask`: SQL and canned questions over a store, answered on the screen or into a file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pipeline import display
from pipeline.analysis import answers
from pipeline.analysis.answers import Format
from pipeline.commands.console import Commands, add_command, out_console, positive, say, seconds
from pipeline.errors import UsageError, counted

if TYPE_CHECKING:
    from pipeline.analysis.database import Answer, Database

SUFFIXES: Final[dict[str, Format]] = {
    ".csv": "csv", ".json": "json", ".jsonl": "jsonl", ".md": "markdown", ".xlsx": "xlsx"
}  # fmt: skip
ROWS_ON_SCREEN: Final = 100
CELL_ON_SCREEN: Final = 200


def register(commands: Commands) -> None:
    """Add both commands to the parser."""
    query = add_command(commands, "query", help="answer SQL over a store's tables")
    query.add_argument("store", type=Path, metavar="STORE", help="folder of records whose tables have been made")
    query.add_argument("sql", nargs="?", metavar="SQL", help="one SELECT; - reads it from standard input")
    query.add_argument(
        "--schema", action="store_true", help="print the tables, their columns and the functions instead"
    )
    _how(query)
    query.set_defaults(handler=_query)
    ask = add_command(
        commands,
        "ask",
        help="answer a canned question: targets, due, cites, conflicts …",
        description="Answer a canned question. `vanban ask STORE --help` lists the questions,"
        " `vanban ask STORE QUESTION --help` tells what may be given.",
    )
    ask.add_argument("store", type=Path, metavar="STORE", help="folder of records whose tables have been made")
    ask.add_argument("rest", nargs=argparse.REMAINDER, metavar="QUESTION …", help="its name and what it is given")
    ask.set_defaults(handler=_ask)


def _how(parser: argparse.ArgumentParser) -> None:
    """Add what any answer can be told: its form, its file, its limits."""
    parser.add_argument("--format", choices=answers.FORMATS, help="form of the answer (default: table, or as FILE)")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the answer to a file")
    parser.add_argument("--rows", type=positive, metavar="N", help="at most so many rows (a table: 100, else all)")
    parser.add_argument("--seconds", type=seconds, default=30.0, metavar="N", help="longest time (default: 30)")


def _query(options: argparse.Namespace) -> int:
    from pipeline.analysis.database import Database

    if options.schema:
        for line in _schema_lines():
            out_console.print(line, markup=False)
        return 0
    if options.sql is None:
        raise UsageError("the SQL is missing")
    sql = sys.stdin.read() if options.sql == "-" else options.sql
    with Database(options.store) as database:
        return _answer(database, lambda rows: (sql, {}), options)


def _ask(options: argparse.Namespace) -> int:
    from pipeline.analysis.database import Database
    from pipeline.analysis.questions import BY_NAME

    asked = _question_parser().parse_args(options.rest)
    question = BY_NAME[asked.question]
    given = {parameter.name: getattr(asked, parameter.name) for parameter in question.parameters}
    question.values(given)  # a slip is told before the tables are opened
    with Database(options.store) as database:
        return _answer(database, lambda rows: (question.sql, question.values(given, rows)), asked)


def _question_parser() -> argparse.ArgumentParser:
    """Return the parser of what stands behind `vanban ask STORE`: a command for each question."""
    from pipeline.analysis.questions import QUESTIONS

    parser = argparse.ArgumentParser(prog="vanban ask STORE")
    names = parser.add_subparsers(dest="question", required=True, metavar="QUESTION", title="questions")
    for question in QUESTIONS:
        one = names.add_parser(question.name, help=question.about, description=question.about.capitalize() + ".")
        for parameter in question.parameters:
            more: dict[str, Any] = {"help": parameter.about, "metavar": parameter.kind.upper()}
            if parameter.choices:
                more["metavar"] = "|".join(parameter.choices)
            one.add_argument(parameter.name if parameter.required else f"--{parameter.name}", **more)
        _how(one)
    return parser


def _answer(
    database: Database, asked: Callable[[int | None], tuple[str, dict[str, Any]]], options: argparse.Namespace
) -> int:
    """Ask what is asked for so many rows, and put the answer where it is wanted."""
    by_name: Format = SUFFIXES.get(options.output.suffix.lower(), "csv") if options.output else "table"
    form: Format = options.format or by_name
    if form == "xlsx" and options.output is None:
        raise UsageError("a workbook needs a file", advice="Name one with --output.")
    rows = options.rows if options.rows is not None else ROWS_ON_SCREEN if form == "table" else None
    sql, values = asked(rows)
    answer = database.stream(sql, values, seconds=options.seconds, max_rows=rows)
    if form == "table":
        _show(answer, options.output)
    elif options.output is not None:
        from pipeline.analysis import export  # loads what makes workbooks

        count = export.write_answer(options.output, answer, form)
        say(f"{counted(count, 'row')} in {options.output}")
    else:
        _print_lines(answers.LINES[form], answer)
    if answer.more:
        say(f"There are more than {counted(rows or 0, 'row')}; --rows N shows more, --output FILE takes all.")
    return 0


def _show(answer: Answer, output: Path | None) -> None:
    if output is not None:
        raise UsageError("a table is for the screen", advice="Choose another --format for a file.")
    cells = [[_clipped(answers.shown(value)) for value in row] for row in answer.rows]
    if cells:
        out_console.print(display.answer_view(answer.columns, cells))
    else:
        say("No rows.")


def _clipped(text: str) -> str:
    return text if len(text) <= CELL_ON_SCREEN else text[: CELL_ON_SCREEN - 1] + "…"


def _print_lines(lines: Callable[[Sequence[str], Any], Any], answer: Answer) -> None:
    """Write to standard output as bytes, some thousand lines at a time."""
    made = lines(answer.columns, answer.rows)
    while chunk := "".join(islice(made, 2_000)):
        sys.stdout.buffer.write(chunk.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _schema_lines() -> list[str]:
    from pipeline.analysis.macros import ABOUT_VIEWS, MACROS
    from pipeline.analysis.schema import TABLES

    lines = []
    for table in TABLES:
        lines += [f"{table.name}: {table.about}", *(f"    {c.name:<18}{c.type:<9}{c.about}" for c in table.columns), ""]
    lines += [f"{name}: {about}" for name, about in ABOUT_VIEWS.items()]
    lines += ["", *(f"{macro.call:<20}{macro.about}; {macro.example} is {macro.value}" for macro in MACROS)]
    return lines
