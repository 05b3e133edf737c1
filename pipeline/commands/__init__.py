"""The commands of `vanban`, a module each: `register` adds its parser, and what the parser calls runs it.

Only these modules print. What takes long to load is imported where it is needed, so that `vanban --help` is quick.
"""

from __future__ import annotations

from pipeline.commands import asking, doctor, export, extract, look, nightly, restore, review, search, show, tables
from pipeline.commands.console import Commands


def register_all(commands: Commands) -> None:
    """Add every command, in the order in which a newcomer needs them."""
    for command in (extract, nightly, show, look, tables, asking, search, export, review, restore, doctor):
        command.register(commands)
