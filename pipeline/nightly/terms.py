"""The terms of a nightly run: from where, to where, with what, and what time it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.nightly.morning.writing import Language

if TYPE_CHECKING:
    from pipeline.pool import Pool
    from pipeline.run import Settings

REST_SECONDS = 60.0  # a file that nobody has written to for so long is complete


@dataclass(frozen=True)
class Night:
    """How a run is to be: from where, to where, with what, in which language its report, and what time it is.

    `table_jobs` is how many processes bring the analysts' tables up to date after it; 0 leaves the tables alone.
    """

    inbox: Path
    out: Path
    page_seconds: float
    pool: Callable[[], Pool]
    clock: Callable[[], datetime]
    rest_seconds: float = REST_SECONDS
    upgrade: bool = False
    language: Language = "vi"
    table_jobs: int = 0

    @property
    def now(self) -> str:
        """The time, as the ledger writes it."""
        return self.clock().isoformat(timespec="seconds")

    def settings(self) -> Settings:
        """Return what the reading is to be like. Loads the readers, which a night without news does without."""
        from pipeline.run import Settings

        return Settings(page_seconds=self.page_seconds)
