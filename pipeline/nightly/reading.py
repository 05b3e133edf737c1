"""What is unfinished in the ledger, read by a batch; the ledger is told as each document ends."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline import checkpoint, store
from pipeline.batch import Batch, Outcome, Watcher
from pipeline.errors import BadPlace, DamagedFile, FileChanged, OutputError, Unreadable
from pipeline.intake import Input
from pipeline.nightly import recovery
from pipeline.nightly.ledger import Ledger, Row, State
from pipeline.nightly.premises import Premises
from pipeline.nightly.terms import Night
from pipeline.run import PRODUCER


class Reading:
    """One night's reading. It is the batch's watcher, and hands on what it is told to another."""

    def __init__(self, night: Night, ledger: Ledger, premises: Premises, watcher: Watcher | None) -> None:
        self.night, self.ledger, self.premises, self.watcher = night, ledger, premises, watcher
        self._settings = night.settings()
        self._key = self._settings.key()
        self._in_hand: dict[str, Row] = {}

    def run(self, unfinished: Sequence[str]) -> None:
        """Read these documents, given by their hashes.

        Raises:
            OutputError: the store is full or cannot be written; what was in hand is read by the next run.
            MissingProgram: Tesseract or Poppler is not installed.
        """
        home = self.premises.pages
        checkpoint.sweep(home, {self._shelf(sha256) for sha256 in unfinished})
        batch = Batch(
            self.premises.out, self._settings, pool=self.night.pool(), watcher=self, pages_home=home,
            keep_outcomes=False,
        )  # fmt: skip
        batch.run(self._inputs(unfinished))

    def pages_found(self, count: int) -> None:
        """See `Watcher`."""
        if self.watcher:
            self.watcher.pages_found(count)

    def page_read(self) -> None:
        """See `Watcher`."""
        if self.watcher:
            self.watcher.page_read()

    def ended(self, outcome: Outcome) -> None:
        """Enter into the ledger what became of a document."""
        error = outcome.error
        if isinstance(error, OutputError) and not isinstance(error, BadPlace):
            raise error
        row = self._in_hand.pop(outcome.name)
        if error is None:
            self._end_read(row, outcome)
        elif isinstance(error, FileChanged) or (isinstance(error, Unreadable) and not self._stands(row)):
            self._end_unread(row, "vanished", error.code, error.message)
        else:
            self._end_unread(row, "quarantined", error.code, error.message)
        checkpoint.drop(self._shelf(row.sha256))
        if self.watcher:
            self.watcher.ended(outcome)

    def _inputs(self, unfinished: Sequence[str]) -> Iterator[Input]:
        """Yield the documents one by one, as the batch has room for them."""
        for sha256 in unfinished:
            row = self.ledger.row(sha256)
            path = next((path for path in row.paths if (self.night.inbox / path).exists()), None)
            if path is None:
                self._end_unread(row, "vanished", Unreadable.code, "it was gone before it could be read")
                continue
            record = self._place(row, path)
            self.ledger.begin(sha256, record, self.night.now)
            self._in_hand[path] = self.ledger.row(sha256)
            yield Input(self.night.inbox / path, path, sha256, record)

    def _place(self, row: Row, path: str) -> str:
        """Return the place of a document's record: where `vanban extract` puts it, unless another's is there."""
        if row.record is not None:
            return row.record
        usual = f"{path}.json"
        if self._is_free(usual, row.sha256):
            return usual
        return f"{path}.{row.sha256[:12]}.json"

    def _is_free(self, place: str, sha256: str) -> bool:
        owner = self.ledger.record_owner(place)
        if owner is not None:
            return owner == sha256
        try:
            return bool(store.read_json(self.premises.out / place)["source"]["sha256"] == sha256)
        except (Unreadable, DamagedFile, KeyError, TypeError):
            return True  # nothing is there that could be lost

    def _stands(self, row: Row) -> bool:
        return any((self.night.inbox / path).exists() for path in row.paths)

    def _end_read(self, row: Row, outcome: Outcome) -> None:
        lost, pages = [warning.model_dump() for warning in outcome.failed_pages], outcome.pages
        if outcome.state == "skipped":  # its record was written by a run that died before it could say so
            record = store.read_json(self.premises.out / str(row.record))
            lost, pages = recovery.lost_pages(record), record["source"]["pages"]
        self.ledger.end(
            row.sha256, "partial" if lost else "done", self.night.now, pages=pages, lost=lost, **self._version()
        )

    def _end_unread(self, row: Row, state: State, code: str, reason: str) -> None:
        """A document has no record, unless an earlier run made one; then its place is free for another of its name."""
        with self.ledger.together():
            self.ledger.end(row.sha256, state, self.night.now, code=code, reason=reason, **self._version())
            if row.record is not None and not os.path.lexists(self.premises.out / row.record):
                self.ledger.release(row.sha256)

    def _version(self) -> dict[str, Any]:
        return {"producer": PRODUCER, "settings": self._key}

    def _shelf(self, sha256: str) -> Path:
        return checkpoint.shelf(self.premises.pages, sha256, f"{PRODUCER}\n{self._key}")
