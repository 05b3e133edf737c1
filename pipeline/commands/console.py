"""What the commands share: where they print, and how they complain."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, Final

from rich.console import Console

from pipeline.errors import VanbanError

Commands = Any  # what argparse's add_subparsers returns; its class is private
Handler = Callable[[argparse.Namespace], int]
out_console: Final = Console(highlight=False, soft_wrap=True)
err_console: Final = Console(stderr=True, highlight=False, soft_wrap=True)


def add_command(commands: Commands, name: str, *, help: str, description: str | None = None) -> argparse.ArgumentParser:
    """Add a command; where nothing else is said, its own help opens with what the list of commands says of it."""
    described = description or f"{help[0].upper()}{help[1:]}."
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help, description=described)
    return parser


def complain(error: VanbanError, name: str | None = None) -> None:
    """Print what went wrong and what to do next; `name` is the file where the error does not know it."""
    if error.path is None and name is not None:
        error.path = name
    say(str(error))


def say(sentence: str) -> None:
    """Print for people: beside the bars in a terminal, never in the way of what a program reads."""
    err_console.print(sentence, markup=False)


def positive(text: str) -> int:
    """Return the whole number above zero that an option was given."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value
