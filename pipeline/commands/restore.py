"""`vanban restore`: text that lost its marks, or was garbled by a foreign OCR, as it was printed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pipeline import intake
from pipeline.commands.console import Commands, add_command, complain
from pipeline.errors import InputError, NotADocument


def register(commands: Commands) -> None:
    """Add the command to the parser."""
    restore = add_command(commands, "restore", help="restore text that lost its marks or was garbled by a foreign OCR")
    restore.add_argument("files", nargs="*", metavar="FILE", help="text files; without any, standard input")
    form = restore.add_mutually_exclusive_group()
    form.add_argument("--edits", action="store_true", help="print the edits instead, one JSON object a line")
    form.add_argument("--explain", action="store_true", help="print the changed lines with what was changed in them")
    restore.set_defaults(handler=_run)


def _run(options: argparse.Namespace) -> int:
    """Restore each file (or standard input); one line out for one line in."""
    from pipeline import pages, restoring  # the models load in a second that other commands need not wait

    worst = 0
    for name in options.files or ["-"]:
        try:
            data = sys.stdin.buffer.read() if name == "-" else _text_bytes(Path(name))
            restored = restoring.restore_bytes(data, pages.decode)
        except InputError as error:
            complain(error, name)
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
