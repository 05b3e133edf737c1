"""`vanban nightly`, `retry` and `status`: the unattended run over an inbox, and what became of every document."""

from __future__ import annotations

import argparse
import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.commands import workers
from pipeline.commands.console import Commands, add_command, out_console
from pipeline.errors import InputError, UsageError

if TYPE_CHECKING:
    from pipeline.nightly.morning.gathering import Morning
    from pipeline.nightly.terms import Night

LANGUAGES = ("vi", "en")


def register(commands: Commands) -> None:
    """Add the commands to the parser."""
    nightly = add_command(
        commands, "nightly", help="read what is new in an inbox, and report; safe to kill and to repeat"
    )
    nightly.add_argument("--inbox", required=True, metavar="DIR", help="where documents arrive; never written")
    nightly.add_argument("--out", required=True, metavar="STORE", help="records, ledger and reports")
    nightly.add_argument(
        "--work", type=Path, metavar="DIR", help="working folder, where inbox or store is an address (s3://…)"
    )
    _add_common(nightly)
    nightly.add_argument(
        "--rest-seconds", type=int, default=60, metavar="N",
        help="leave files that were written to within the last N seconds for the next run (default: 60)",
    )  # fmt: skip
    nightly.add_argument(
        "--upgrade", action="store_true", help="read again what another version or other settings read"
    )
    nightly.set_defaults(handler=_run_nightly)

    retry = add_command(commands, "retry", help="read again what is in quarantine or lost pages")
    retry.add_argument("--out", required=True, type=Path, metavar="STORE", help="the store")
    retry.add_argument("names", nargs="*", metavar="NAME", help="paths in the inbox, or hashes (default: all)")
    _add_common(retry)
    retry.set_defaults(handler=_run_retry)

    status = add_command(commands, "status", help="tell what became of the documents of a nightly store")
    status.add_argument("--out", required=True, type=Path, metavar="STORE", help="the store")
    status.add_argument("--json", action="store_true", help="for machines")
    status.add_argument("--lang", choices=LANGUAGES, default="vi", help="language (default: vi)")
    status.set_defaults(handler=_run_status)


def _add_common(parser: argparse.ArgumentParser) -> None:
    workers.add_options(parser)
    parser.add_argument("--lang", choices=LANGUAGES, default="vi", help="language of the report (default: vi)")
    parser.add_argument("--no-tables", action="store_true", help="leave the analysts' tables as they are")


def _run_nightly(options: argparse.Namespace) -> int:
    from pipeline.nightly import night as flow
    from pipeline.nightly.remote import mirrored

    if options.rest_seconds < 0:
        raise UsageError("--rest-seconds is a number from 0 up")
    with mirrored(options.inbox, options.out, options.work) as (inbox, out):
        night = _night(options, inbox, out, rest_seconds=options.rest_seconds, upgrade=options.upgrade)
        return _tell(flow.nightly(night, _watch), night)


def _run_retry(options: argparse.Namespace) -> int:
    from pipeline.nightly import night as flow

    night = _night(options, flow.last_inbox(options.out), options.out)
    return _tell(flow.retry(night, options.names, _watch), night)


def _night(options: argparse.Namespace, inbox: Path, out: Path, **choices: Any) -> Night:
    from pipeline.nightly.terms import Night

    def clock() -> datetime:
        return datetime.now().astimezone()

    places = inbox.absolute(), out.absolute()  # a machine of a cluster has another working directory
    return Night(
        *places,
        options.page_seconds,
        lambda: workers.pool(options),
        clock,
        language=options.lang,
        table_jobs=0 if options.no_tables else options.jobs,
        **choices,
    )


def _watch(documents: int) -> Any:
    from pipeline.commands.watch import Watch

    return Watch(documents)


def _tell(morning: Morning, night: Night) -> int:
    """Print the report, and say by the exit code how the run went."""
    from pipeline.nightly.morning.writing import rendered
    from pipeline.nightly.premises import Premises

    out_console.print(rendered(morning, Premises(night.out), night.language, "txt"), markup=False, end="")
    if "inbox_vanished" in morning.notices:
        return InputError.exit_code
    return 0 if morning.is_whole else 1


def _run_status(options: argparse.Namespace) -> int:
    from pipeline.nightly.morning.writing import status_text
    from pipeline.nightly.night import status

    found = status(options.out)
    if options.json:
        out_console.print(json.dumps(found, ensure_ascii=False, indent=1), markup=False)
    else:
        out_console.print(status_text(found, options.lang), markup=False, end="")
    return 0
