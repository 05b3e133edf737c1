"""`vanban`: one parser, one place where errors become exit codes. The commands stand in `commands/`."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import textwrap
from collections.abc import Sequence
from typing import Any, NoReturn

from pipeline import __version__
from pipeline.commands import register_all
from pipeline.commands.console import Handler, complain, say
from pipeline.errors import EXIT_CODES, UsageError, VanbanError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    signal.signal(signal.SIGTERM, _interrupt)
    options = parser().parse_args(arguments)
    handler: Handler = options.handler
    try:
        return handler(options)
    except VanbanError as error:
        if error.advice == UsageError.advice:
            error.advice = f"See `vanban {options.command} --help`."
        complain(error)
        return error.exit_code
    except KeyboardInterrupt:
        say("Interrupted. What was finished is kept; run the same command again to go on.")
        return 130
    except BrokenPipeError:  # `vanban show … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _interrupt(signum: int, frame: Any) -> NoReturn:
    raise KeyboardInterrupt


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands, its help laid out for this terminal."""
    width = shutil.get_terminal_size().columns - 2
    codes = "\n".join(
        textwrap.fill(meaning, width, initial_indent=f"  {code:>3}  ", subsequent_indent=" " * 7)
        for code, meaning in EXIT_CODES.items()
    )
    made = argparse.ArgumentParser(
        prog="vanban",
        description=textwrap.fill(
            "Read Vietnamese administrative documents (PDF, TIFF, PNG, JPEG, text) into checkable JSON records. Works"
            " offline.",
            width,
        ),
        epilog=f"exit codes:\n{codes}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--version", action="version", version=f"vanban {__version__}")
    register_all(made.add_subparsers(title="commands", required=True, dest="command", metavar="COMMAND"))
    return made
