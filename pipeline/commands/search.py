"""`vanban search`: words over the text of every document of a store."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from pipeline import display
from pipeline.commands.console import Commands, add_command, day, out_console, positive, say
from pipeline.errors import printable


def register(commands: Commands) -> None:
    """Add the command to the parser."""
    search = add_command(
        commands,
        "search",
        help="find words in the text of every document",
        description="Find words in the text of every document. A word typed without marks finds every word that it may"
        ' stand for, one typed with marks means itself; "words in quotation marks" stand side by side;'
        " word* finds its beginnings.",
    )
    search.add_argument("store", type=Path, metavar="STORE", help="folder of records whose tables have been made")
    search.add_argument("words", nargs="+", metavar="WORD", help="what to look for")
    search.add_argument("--kind", metavar="WORDS", help="only documents of this type, as Quyết định")
    search.add_argument("--issuer", metavar="WORDS", help="only of bodies with these words in their name")
    search.add_argument("--since", type=day, metavar="DATE", help="only issued on or after this day, as 2025-01-01")
    search.add_argument("--before", type=day, metavar="DATE", help="only issued before this day")
    search.add_argument("--rows", type=positive, default=20, metavar="N", help="at most so many pages (default: 20)")
    search.add_argument("--json", action="store_true", help="one JSON object a line instead")
    search.set_defaults(handler=_run)


def _run(options: argparse.Namespace) -> int:
    from pipeline.analysis.answers import visible
    from pipeline.analysis.fulltext import Wanted
    from pipeline.analysis.search import search

    wanted = Wanted(options.kind, options.issuer, options.since, options.before)
    results = search(options.store, " ".join(options.words), wanted, limit=options.rows)
    if options.json:
        for one in results.found:
            sys.stdout.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
    else:
        views = []
        for one in results.found:
            about = ", ".join(part for part in (one.kind, one.number, one.date, one.issuer) if part) or "—"
            before, match = visible(one.snippet[: one.start]), visible(one.snippet[one.start : one.end])
            snippet = before + match + visible(one.snippet[one.end :])
            place = f"{printable(one.file)}, page {one.page}"
            views.append((visible(about), place, snippet, len(before), len(before) + len(match)))
        out_console.print(display.found_view(views))
    if not results.found:
        say("Nothing found.")
    elif results.more:
        say(f"There are more; --rows {2 * options.rows} shows more of them.")
    return 0
