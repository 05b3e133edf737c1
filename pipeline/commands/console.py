"""What the commands share: where they print, and how they complain."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from datetime import date
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
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"a whole number from 1 up is wanted, not {text!r}")
    return int(text)


def seconds(text: str) -> float:
    """Return the time above zero that an option was given."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"a number of seconds above 0 is wanted, not {text!r}")
    return value


def day(text: str) -> str:
    """Return the day that an option was given, as 2025-12-15; a year or a month stands for its first day.

    Both ways to write a day are read, as questions do: 2025-12-15, 15/12/2025.
    """
    parts = text.split("/")[::-1] if "/" in text else text.split("-")
    try:
        numbers = [int(part) for part in parts if part.isascii() and part.isdigit()]
        year, month, number = [*numbers, 1, 1][:3]
        if not 0 < len(numbers) == len(parts) <= 3:
            raise ValueError(text)
        return date(year, month, number).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"a day is wanted, as 2025-12-15 or 15/12/2025, not {text!r}") from None
