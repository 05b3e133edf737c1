"""The commands. This is the only module that prints."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipeline import __version__, display, doctor, intake, store
from pipeline.errors import (
    EXIT_CODES,
    InputError,
    MissingProgram,
    NotADocument,
    OutputError,
    PageError,
    UsageError,
    VanbanError,
    printable,
)

if TYPE_CHECKING:
    from pipeline.batch import Outcome

Handler = Callable[[argparse.Namespace], int]
out_console = Console(highlight=False, soft_wrap=True)
err_console = Console(stderr=True, highlight=False, soft_wrap=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    signal.signal(signal.SIGTERM, _interrupt)
    options = _parser().parse_args(arguments)
    handler: Handler = options.handler
    try:
        return handler(options)
    except VanbanError as error:
        _complain(error)
        return error.exit_code
    except KeyboardInterrupt:
        err_console.print("Interrupted. What was finished is kept; run the same command again to go on.")
        return 130
    except BrokenPipeError:  # `vanban show … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _interrupt(signum: int, frame: Any) -> NoReturn:
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    codes = "\n".join(f"  {code:>3}  {meaning}" for code, meaning in EXIT_CODES.items())
    parser = argparse.ArgumentParser(
        prog="vanban",
        description="Read Vietnamese administrative documents (PDF, TIFF, PNG, JPEG, text) into checkable JSON records."
        " Works offline.",
        epilog=f"exit codes:\n{codes}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"vanban {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    extract = commands.add_parser("extract", help="read documents and write one record for each")
    extract.add_argument("paths", nargs="+", metavar="PATH", help="files, folders (searched recursively) or globs")
    extract.add_argument(
        "--out", required=True, type=Path, help="folder for the records (IN/a/b.pdf -> OUT/a/b.pdf.json)"
    )
    extract.add_argument("--jobs", type=_positive, default=os.cpu_count() or 1, help="processes (default: one a core)")
    extract.add_argument(
        "--page-seconds", type=_positive, default=120, metavar="N", help="longest time for a page (default: 120)"
    )
    extract.add_argument("--force", action="store_true", help="read again what has not changed")
    extract.set_defaults(handler=_extract)

    show = commands.add_parser("show", help="print a record for people")
    show.add_argument("record", type=Path, metavar="RECORD", help="a record's JSON file")
    show.set_defaults(handler=_show)

    restore = commands.add_parser("restore", help="restore text that lost its marks or was garbled by a foreign OCR")
    restore.add_argument("files", nargs="*", metavar="FILE", help="text files; without any, standard input")
    form = restore.add_mutually_exclusive_group()
    form.add_argument("--edits", action="store_true", help="print the edits instead, one JSON object a line")
    form.add_argument("--explain", action="store_true", help="print the changed lines with what was changed in them")
    restore.set_defaults(handler=_restore)

    check = commands.add_parser("doctor", help="tell what is installed, what is missing and how to get it")
    check.set_defaults(handler=_doctor)
    return parser


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value


def _extract(options: argparse.Namespace) -> int:
    """Read all inputs over a pool; print one line for each that failed, and a summary."""
    from pipeline import batch  # loading the readers takes a second that `show` and `doctor` need not wait
    from pipeline.run import Settings

    found = intake.find_inputs(options.paths, options.out)
    _tell_found(found)
    _check_out(options.out)
    settings = Settings(page_seconds=options.page_seconds)
    with _Watch(len(found.inputs)) as watch:
        work = batch.Batch(options.out, settings, jobs=options.jobs, force=options.force, watcher=watch)
        try:
            work.run(found.inputs)
        finally:
            summary = batch.summary(work.outcomes, found.errors, len(found.inputs))
            store.write_json(summary, options.out / store.SUMMARY_NAME)
    out_console.print(display.summary_line(summary, options.out), markup=False)
    return _exit_code(work.outcomes, found.errors)


def _tell_found(found: intake.Intake) -> None:
    for error in found.errors:
        _complain(error)
    if found.passed_over:
        names = ", ".join(printable(path.name) for path in found.passed_over[:5])
        more = f" and {len(found.passed_over) - 5} more" if len(found.passed_over) > 5 else ""
        _say(f"Passed over {len(found.passed_over)} files that are no documents: {names}{more}.")
    if not found.inputs and not found.errors:
        raise InputError("no documents found", advice="vanban reads PDF, TIFF, PNG, JPEG and .txt files.")


class _Watch:
    """Shows a run as it goes: two bars in a terminal, one line a document elsewhere, every failure in both."""

    def __init__(self, documents: int) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bars = Progress(*columns, console=err_console, disable=not err_console.is_terminal)
        self._documents = self._bars.add_task("documents", total=documents)
        self._pages = self._bars.add_task("pages", total=0)
        self._found = 0

    def __enter__(self) -> _Watch:
        self._bars.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._bars.stop()

    def pages_found(self, count: int) -> None:
        """A document was opened."""
        self._found += count
        self._bars.update(self._pages, total=self._found)

    def page_read(self) -> None:
        """One more page is read."""
        self._bars.advance(self._pages)

    def ended(self, outcome: Outcome) -> None:
        """A document is done, skipped or failed."""
        self._bars.advance(self._documents)
        name = printable(outcome.name)
        if outcome.error is not None:
            _complain(outcome.error, outcome.name)
        for failure in outcome.failed_pages:
            _say(f"{name}: page {failure.page}: {failure.message}. {PageError.advice}")
        if outcome.state in ("done", "partial") and not err_console.is_terminal:
            _say(f"{name}: {outcome.pages} pages in {outcome.seconds:.1f} s")


def _check_out(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise UsageError("--out is a file; it must be a folder", path=out)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"the folder cannot be made ({error.strerror})", path=out) from None


def _exit_code(outcomes: Sequence[Any], errors: Sequence[InputError]) -> int:
    """Say how the whole run went: an output error weighs most, then no input at all, then some failures."""
    failed = [outcome for outcome in outcomes if outcome.state == "failed"]
    if any(isinstance(outcome.error, OutputError) for outcome in failed):
        return OutputError.exit_code
    if len(failed) == len(outcomes) and all(isinstance(outcome.error, InputError) for outcome in failed):
        return InputError.exit_code
    return 1 if failed or errors or any(outcome.state == "partial" for outcome in outcomes) else 0


def _show(options: argparse.Namespace) -> int:
    out_console.print(display.record_view(store.read_record(options.record)))
    return 0


def _restore(options: argparse.Namespace) -> int:
    """Restore each file (or standard input); one line out for one line in."""
    from pipeline import pages, restoring  # the models load in a second that other commands need not wait

    worst = 0
    for name in options.files or ["-"]:
        try:
            data = sys.stdin.buffer.read() if name == "-" else _text_bytes(Path(name))
            restored = restoring.restore_bytes(data, pages.decode)
        except InputError as error:
            _complain(error, name)
            worst = max(worst, error.exit_code)
            continue
        if options.edits:
            lines = restored.edit_lines(name)
        else:
            lines = restored.explanation() if options.explain else restored.restoration.text.split("\n")
        sys.stdout.buffer.write("\n".join(lines).encode("utf-8", "replace"))
        if (options.edits or options.explain) and lines:
            sys.stdout.buffer.write(b"\n")
    return worst


def _text_bytes(path: Path) -> bytes:
    identity = intake.identify(path)
    if identity.media_type != "text/plain":
        raise NotADocument("this is no text", path=path, advice="Use `vanban extract` for PDFs and pictures.")
    return path.read_bytes()


def _doctor(options: argparse.Namespace) -> int:
    checks = doctor.examine()
    out_console.print(display.checks_view(checks))
    return 0 if all(check.ok for check in checks) else MissingProgram.exit_code


def _complain(error: VanbanError, name: str | None = None) -> None:
    if error.path is None and name is not None:
        error.path = name
    _say(str(error))


def _say(sentence: str) -> None:
    """Print for people: beside the bars in a terminal, never in the way of what a program reads."""
    err_console.print(sentence, markup=False)
