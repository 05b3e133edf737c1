"""`vanban`: one parser, one place where errors become exit codes. The commands stand in `commands/`."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from pipeline import __version__
from pipeline.commands import register_all
from pipeline.commands.console import Handler, complain, say
from pipeline.errors import EXIT_CODES, VanbanError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    signal.signal(signal.SIGTERM, _interrupt)
    options = _parser().parse_args(arguments)
    handler: Handler = options.handler
    try:
        return handler(options)
    except VanbanError as error:
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
    register_all(parser.add_subparsers(title="commands", required=True, metavar="COMMAND"))
    return parser
