"""`vanban tables`: records into the tables that are asked, searched and exported."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Final

from pipeline.commands.console import Commands, add_command, out_console, positive, say
from pipeline.errors import counted, printable

SHOWN: Final = 5


def register(commands: Commands) -> None:
    """Add the command to the parser."""
    tables = add_command(commands, "tables", help="bring a store's tables up to its records")
    tables.add_argument("store", type=Path, metavar="STORE", help="folder of records, as extract's --out")
    tables.add_argument(
        "--jobs", type=positive, default=os.cpu_count() or 1, metavar="N", help="processes (default: one a core)"
    )
    tables.add_argument("--rebuild", action="store_true", help="make all of them anew, not only what has changed")
    tables.set_defaults(handler=_run)


def _run(options: argparse.Namespace) -> int:
    from pipeline.analysis import tabulate  # Arrow takes a moment to load

    def watch(done: int, of: int) -> None:
        say(f"{done} of {of} records")

    outcome = tabulate.refresh(options.store, jobs=options.jobs, rebuild=options.rebuild, watch=watch)
    for file, why in sorted(outcome.unreadable.items())[:SHOWN]:
        say(f"{printable(file)}.json: left out: {why}")
    if len(outcome.unreadable) > SHOWN:
        say(f"and {len(outcome.unreadable) - SHOWN} more left out")
    out_console.print(
        f"{counted(outcome.documents, 'document')} in the tables: {outcome.added} read, {outcome.unchanged} unchanged,"
        f" {outcome.gone} gone, {len(outcome.unreadable)} left out.",
        markup=False,
    )
    return 1 if outcome.unreadable else 0
