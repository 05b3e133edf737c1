"""`vanban export`: a store's tables as files for other programs."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.commands.console import Commands, add_command, say
from pipeline.errors import UsageError, counted


def register(commands: Commands) -> None:
    """Add the command to the parser."""
    export = add_command(commands, "export", help="write a store's tables as xlsx, CSV or JSON Lines")
    export.add_argument("store", type=Path, metavar="STORE", help="folder of records whose tables have been made")
    export.add_argument("--xlsx", type=Path, metavar="FILE", help="one workbook, a sheet a table")
    export.add_argument("--csv", type=Path, metavar="FOLDER", help="a CSV file a table")
    export.add_argument("--jsonl", type=Path, metavar="FOLDER", help="a JSON Lines file a table")
    export.add_argument("--tables", nargs="+", metavar="TABLE", help="only these (default: all but pages and cells)")
    export.add_argument("--document", metavar="WORDS", help="only documents with these words in their file's name")
    export.add_argument("--grids", action="store_true", help="each table of a document as a sheet too (xlsx)")
    export.add_argument("--truth", type=Path, metavar="FOLDER", help="what people judged, as `make score` reads it")
    export.add_argument("--review", metavar="ADDRESS", help="where `vanban review` serves (default: this machine)")
    export.set_defaults(handler=_run)


def _run(options: argparse.Namespace) -> int:
    from pipeline.analysis import answers, export, truths
    from pipeline.analysis.database import Database

    if not (options.xlsx or options.csv or options.jsonl or options.truth):
        raise UsageError("say what to write", advice="Give --xlsx, --csv, --jsonl or --truth.")
    choice = export.Choice(tuple(options.tables or export.EXPORTED), options.document)
    with Database(options.store) as database:
        if options.xlsx:
            address = options.review or answers.REVIEW_ADDRESS
            count = export.to_xlsx(database, options.xlsx, choice, address=address, grids=options.grids)
            say(f"{counted(count, 'row')} in {options.xlsx}")
        if options.csv:
            say(f"{counted(export.to_csv(database, options.csv, choice), 'row')} in {options.csv}/")
        if options.jsonl:
            say(f"{counted(export.to_jsonl(database, options.jsonl, choice), 'row')} in {options.jsonl}/")
    if options.truth:
        written, unjudged = truths.write(options.store, options.truth)
        left_out = f"; {unjudged} left out, with facts that nobody has judged" if unjudged else ""
        say(f"{counted(written, 'document')} in {options.truth}/{left_out}")
    return 0
