"""`vanban extract`: read documents and write one record for each."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline import display, intake, store
from pipeline.commands import workers
from pipeline.commands.console import Commands, add_command, complain, out_console, say
from pipeline.commands.watch import Watch
from pipeline.errors import InputError, OutputError, UsageError, printable


def register(commands: Commands) -> None:
    """Add the command to the parser."""
    extract = add_command(commands, "extract", help="read documents and write one record for each")
    extract.add_argument("paths", nargs="+", metavar="PATH", help="files, folders (searched recursively) or globs")
    extract.add_argument(
        "--out", required=True, type=Path, help="folder for the records (IN/a/b.pdf -> OUT/a/b.pdf.json)"
    )
    workers.add_options(extract)
    extract.add_argument("--force", action="store_true", help="read again what has not changed")
    extract.set_defaults(handler=_run)


def _run(options: argparse.Namespace) -> int:
    """Read all inputs over a pool; print one line for each that failed, and a summary."""
    workers.start(options)
    from pipeline import batch  # loading the readers takes a second that `show` and `doctor` need not wait
    from pipeline.run import Settings

    out = options.out.absolute()  # a machine of a cluster has another working directory
    paths = [str(Path(path).absolute()) for path in options.paths] if options.cluster else options.paths
    found = intake.find_inputs(paths, out)
    _tell_found(found)
    check_out(out)
    settings = Settings(page_seconds=options.page_seconds)
    with Watch(len(found.inputs)) as watch:
        work = batch.Batch(out, settings, pool=workers.pool(options), force=options.force, watcher=watch)
        try:
            work.run(found.inputs)
        finally:
            summary = batch.summary(work.outcomes, found.errors, len(found.inputs))
            store.write_json(summary, out / store.SUMMARY_NAME)
    out_console.print(display.summary_line(summary, options.out), markup=False)
    return _exit_code(work.outcomes, found.errors)


def _tell_found(found: intake.Intake) -> None:
    for error in found.errors:
        complain(error)
    if found.passed_over:
        names = ", ".join(printable(path.name) for path in found.passed_over[:5])
        more = f" and {len(found.passed_over) - 5} more" if len(found.passed_over) > 5 else ""
        count = len(found.passed_over)
        what = "1 file that is no document" if count == 1 else f"{count} files that are no documents"
        say(f"Passed over {what}: {names}{more}.")
    if not found.inputs and not found.errors:
        raise InputError("no documents found", advice="vanban reads PDF, TIFF, PNG, JPEG and .txt files.")


def check_out(out: Path) -> None:
    """Make the folder for the records, or say why it cannot be."""
    if out.exists() and not out.is_dir():
        raise UsageError("--out is a file; it must be a folder", path=out)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"the folder cannot be made ({(error.strerror or str(error)).lower()})", path=out) from None


def _exit_code(outcomes: Sequence[Any], errors: Sequence[InputError]) -> int:
    """Say how the whole run went: an output error weighs most, then no input at all, then some failures."""
    failed = [outcome for outcome in outcomes if outcome.state == "failed"]
    if any(isinstance(outcome.error, OutputError) for outcome in failed):
        return OutputError.exit_code
    if len(failed) == len(outcomes) and all(isinstance(outcome.error, InputError) for outcome in failed):
        return InputError.exit_code
    return 1 if failed or errors or any(outcome.state == "partial" for outcome in outcomes) else 0
