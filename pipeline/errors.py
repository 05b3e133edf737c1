"""The error tree. Each error says what happened, to which file and page, and what to do next.

VanbanError
├── UsageError              exit 2    the command line makes no sense
├── MissingProgram          exit 3    Tesseract, its Vietnamese data or Poppler is not installed
├── InputError              exit 4    a file that cannot be read as a document
│   ├── Unreadable                    no permission, gone, a loop of links
│   ├── FileChanged                   other bytes than when its reading began
│   ├── EmptyFile                     zero bytes
│   ├── NotADocument                  a program, an archive, anything that is no PDF, picture or text
│   ├── DamagedFile                   truncated or scrambled
│   ├── PasswordProtected
│   └── TooLarge                      more pages, points or pixels than a document can honestly have
├── PageError               (exit 1)  one page failed; the others are read
│   ├── WorkerKilled                  its process was ended from outside
│   ├── OcrError                      Tesseract crashed, or printed rubbish
│   └── PageTimeout                   the page took longer than it may
├── OutputError             exit 5    the record cannot be written: disk full, no permission
│   ├── BadPlace                      this one record cannot have its place: the name is too long
│   ├── NewerLedger                   the store's ledger was written by a newer version
│   └── DamagedLedger                 the store's ledger is no database any more
├── StoreBusy               exit 6    another run is at work on the store
├── QueryError              exit 2    the question is refused, wrong, or too large to answer
├── TablesError             exit 4    the tables of a store cannot be read
│   ├── NoTables                      not made yet, by an older version, or half gone
│   │   └── NoRecords                 there is nothing to make them of
│   └── NewerTables                   made by a newer version
└── Conflict                exit 1    somebody else has judged the same fact meanwhile

Exit codes are an API: see EXIT_CODES.
"""

from __future__ import annotations

from pathlib import Path

__all__ = [
    "EXIT_CODES",
    "LOST_PAGE",
    "RETRIED",
    "BadPlace",
    "Conflict",
    "DamagedFile",
    "DamagedLedger",
    "EmptyFile",
    "FileChanged",
    "InputError",
    "MissingProgram",
    "NewerLedger",
    "NewerTables",
    "NoRecords",
    "NoTables",
    "NotADocument",
    "OcrError",
    "OutputError",
    "PageError",
    "PageTimeout",
    "PasswordProtected",
    "QueryError",
    "StoreBusy",
    "TablesError",
    "TooLarge",
    "Unreadable",
    "UsageError",
    "VanbanError",
    "WorkerKilled",
]

EXIT_CODES = {
    0: "everything was done",
    1: "some documents or pages failed; the others are done, the summary names each",
    2: "the command line makes no sense",
    3: "a program is missing: run `vanban doctor`",
    4: "no input could be read",
    5: "the output could not be written",
    6: "another run is at work on the store; nothing was done",
    130: "interrupted by Ctrl-C; what was finished is kept, the next run goes on from there",
}


class VanbanError(Exception):
    """An error that a person can act on.

    Attributes:
        code: a word for machines, stable, the same in summaries and warnings.
        advice: what to do next.
        path: the file it happened to, if any.
        page: the page it happened on, counting from 1, if any.
    """

    code = "error"
    exit_code = 1
    advice = ""

    def __init__(self, message: str, *, path: Path | str | None = None, page: int | None = None, advice: str = ""):
        super().__init__(message)
        self.message = message
        self.path = None if path is None else str(path)
        self.page = page
        self.advice = advice or type(self).advice

    def __str__(self) -> str:
        where = f"{printable(self.path)}: " if self.path else ""
        page = f"page {self.page}: " if self.page else ""
        advice = f" {self.advice}" if self.advice else ""
        return f"{where}{page}{self.message}.{advice}"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.message, self.path, self.page, self.advice)


def _rebuild(kind: type[VanbanError], message: str, path: str | None, page: int | None, advice: str) -> VanbanError:
    """Make the error anew on the other side of a process border; pickling alone would lose the keywords."""
    return kind(message, path=path, page=page, advice=advice)


def counted(number: int, thing: str) -> str:
    """Return how many there are, in words that fit: 1 page, 2 pages."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def printable(path: Path | str) -> str:
    """Return a file name on one line: line breaks and control characters are shown escaped."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "backslashreplace").decode() for c in str(path))


class UsageError(VanbanError):
    """The command line makes no sense."""

    code, exit_code = "usage", 2
    advice = "See `vanban --help`."


class MissingProgram(VanbanError):
    """A program that vanban needs is not installed."""

    code, exit_code = "missing_program", 3
    advice = "Run `make setup`, or `vanban doctor` to see what is missing."


class InputError(VanbanError):
    """A file that cannot be read as a document."""

    code, exit_code = "input", 4


class Unreadable(InputError):
    """No permission, gone, or a loop of links."""

    code = "unreadable"
    advice = "Check that the file exists and that this user may read it."


class FileChanged(InputError):
    """The file no longer holds the bytes that its reading began with."""

    code = "file_changed"
    advice = "It is read by the next run, once it is at rest."


class EmptyFile(InputError):
    """Zero bytes."""

    code = "empty_file"
    advice = "Ask the sender for the file again; the transfer may have failed."


class NotADocument(InputError):
    """Neither a PDF, nor a picture, nor text."""

    code = "not_a_document"
    advice = "vanban reads PDF, TIFF, PNG, JPEG and plain text; convert the file to one of these."


class DamagedFile(InputError):
    """Truncated or scrambled."""

    code = "damaged_file"
    advice = "Scan the document again, or ask the sender for an undamaged copy."


class PasswordProtected(InputError):
    """The file opens only with a password."""

    code = "password"
    advice = "Remove the password (for example by printing to a new PDF) and run again."


class TooLarge(InputError):
    """More pages, points or pixels than a document can honestly have."""

    code = "too_large"
    advice = "Split the file, or scan it at 300 dpi."


class PageError(VanbanError):
    """One page failed; the others are read."""

    code = "page_failed"
    advice = "The other pages were read; look at this one by hand."


class WorkerKilled(PageError):
    """The process that had it in hand was ended from outside, which says nothing about the page."""


class OcrError(PageError):
    """Tesseract crashed, or printed something that is no result."""

    code = "ocr_failed"


class PageTimeout(PageError):
    """The page took longer than it may."""

    code = "page_timeout"


class QueryError(VanbanError):
    """The question is refused, wrong, or too large to answer."""

    code, exit_code = "query", 2
    advice = "See `vanban query --schema` for the tables and columns."


class TablesError(VanbanError):
    """The tables of a store cannot be read."""

    code, exit_code = "tables", 4


class NoTables(TablesError):
    """The tables have not been made, or by an older version, or a part of them is gone."""

    code = "no_tables"
    advice = "Run `vanban tables` on the store."


class NoRecords(NoTables):
    """The store holds no record."""

    code = "no_records"
    advice = "Run `vanban extract` first, then `vanban tables`."


class NewerTables(TablesError):
    """The tables were made by a newer version."""

    code = "newer_tables"
    advice = "Update vanban, or run `vanban tables --rebuild` on the store."


class Conflict(VanbanError):
    """Somebody else has judged the same fact meanwhile."""

    code = "conflict"
    advice = "Look at what they said, then decide again."


class OutputError(VanbanError):
    """The record cannot be written."""

    code, exit_code = "output", 5
    advice = "Free some space, or choose another place; what was finished is kept."


class BadPlace(OutputError):
    """This one record cannot have its place; others can."""

    code = "bad_place"
    advice = "Shorten or change the file's name."


class NewerLedger(OutputError):
    """The store's ledger was written by a newer version."""

    code = "newer_ledger"
    advice = "Run the version that wrote it; an older one would lose what it does not know."


class DamagedLedger(OutputError):
    """The store's ledger is no database any more."""

    code = "damaged_ledger"
    advice = "Run `vanban nightly` again: it makes the ledger anew from the records."


class StoreBusy(VanbanError):
    """Another run is at work on the store."""

    code, exit_code = "busy", 6
    advice = "Wait for it to end; the next run goes on from there."


RETRIED = frozenset({PageError.code, OcrError.code, PageTimeout.code})
"""Codes of failures that another run may not meet: a record with one of them is made again."""
LOST_PAGE = RETRIED | {TooLarge.code}
"""Codes of the warnings that stand for a page that could not be read."""
