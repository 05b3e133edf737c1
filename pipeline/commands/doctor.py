"""`vanban doctor`: what is installed, what is missing and how to get it."""

from __future__ import annotations

import argparse

from pipeline import display
from pipeline.commands.console import Commands, add_command, out_console
from pipeline.errors import MissingProgram


def register(commands: Commands) -> None:
    """Add the command to the parser."""
    check = add_command(commands, "doctor", help="tell what is installed, what is missing and how to get it")
    check.set_defaults(handler=_run)


def _run(options: argparse.Namespace) -> int:
    from pipeline import doctor  # asks for versions: other commands need not wait

    checks = doctor.examine()
    out_console.print(display.checks_view(checks))
    return 0 if all(check.ok for check in checks) else MissingProgram.exit_code
