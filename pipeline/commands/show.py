"""`vanban show`: print a record for people."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline import display, store
from pipeline.commands.console import Commands, out_console


def register(commands: Commands) -> None:
    """Add the command to the parser."""
    show = commands.add_parser("show", help="print a record for people")
    show.add_argument("record", type=Path, metavar="RECORD", help="a record's JSON file")
    show.set_defaults(handler=_run)


def _run(options: argparse.Namespace) -> int:
    out_console.print(display.record_view(store.read_record(options.record)))
    return 0
