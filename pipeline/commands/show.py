"""`vanban show`: print a record for people."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline import display, explaining, store
from pipeline.commands.console import Commands, add_command, out_console


def register(commands: Commands) -> None:
    """Add the command to the parser."""
    show = add_command(commands, "show", help="print a record for people")
    show.add_argument("record", type=Path, metavar="RECORD", help="a record's JSON file")
    show.add_argument("--explain", metavar="FACT", help="how a fact came about: targets/3 (from 1), header/number")
    show.set_defaults(handler=_run)


def _run(options: argparse.Namespace) -> int:
    record = store.read_record(options.record)
    if options.explain:
        for line in explaining.explain(record, options.explain):
            out_console.print(line, markup=False)
        return 0
    out_console.print(display.record_view(record))
    return 0
