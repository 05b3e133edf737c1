"""The analysts' tables, brought up to what a night has read.

They are made from the records and can be made anew at any time: whatever goes wrong with them is told, and the reading
stands. A mark in the store says that they are behind, so that what one night could not do the next one does, with or
without news.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from pipeline.nightly.premises import Premises


@dataclass(frozen=True)
class Tabled:
    """What came of it: why it failed ("" where it did not), and how many records could not be taken in."""

    failure: str = ""
    left_out: int = 0

    @property
    def is_well(self) -> bool:
        """Tell whether there is nothing to be told."""
        return not (self.failure or self.left_out)


def fall_behind(premises: Premises) -> None:
    """Mark the tables as behind the records that are about to be written."""
    with suppress(OSError):  # the disk is full: whoever writes the first record says so
        premises.tables_behind.touch()


def catch_up(premises: Premises, jobs: int) -> Tabled:
    """Bring the tables up to the records, if they are behind or have never been made; `jobs` processes at a time."""
    if premises.tables.exists() and not premises.tables_behind.exists():
        return Tabled()
    try:
        from pipeline.analysis import tabulate  # Arrow, which a night without news does not load

        outcome = tabulate.refresh(premises.out, jobs=jobs)
        premises.tables_behind.unlink(missing_ok=True)
    except Exception as error:  # of Arrow or SQLite, too: nothing about tables may end the night
        return Tabled(failure=str(error) or type(error).__name__)
    return Tabled(left_out=len(outcome.unreadable))
