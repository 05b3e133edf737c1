"""A run as a person sees it: bars in a terminal, a line a document elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipeline.commands.console import complain, err_console, say
from pipeline.errors import PageError, counted, printable

if TYPE_CHECKING:
    from pipeline.batch import Outcome


class Watch:
    """Shows a run as it goes: two bars in a terminal, one line a document elsewhere, every failure in both."""

    def __init__(self, documents: int) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bars = Progress(*columns, console=err_console, disable=not err_console.is_terminal)
        self._documents = self._bars.add_task("documents", total=documents)
        self._pages = self._bars.add_task("pages", total=0)
        self._found = 0

    def __enter__(self) -> Watch:
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
            complain(outcome.error, outcome.name)
        for failure in outcome.failed_pages:
            say(f"{name}: page {failure.page}: {failure.message}. {PageError.advice}")
        if outcome.state in ("done", "partial") and not err_console.is_terminal:
            say(f"{name}: {counted(outcome.pages, 'page')} in {outcome.seconds:.1f} s")
