"""Find the inputs, tell what each one is by its content, and hash it; refuse what is no document.

Names decide nothing about a file's kind, and only this about whether a folder's file is meant: a file that is found
in a folder, holds no PDF and no picture, and is not called .txt, is somebody's other file and is passed over aloud.
"""

from __future__ import annotations

import glob
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import EmptyFile, InputError, NotADocument, Unreadable, UsageError, printable

DOCUMENT_SUFFIXES = {".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg", ".txt"}
SNIFF_BYTES = 4096
PDF_HEADER_WITHIN = 1024  # Adobe's readers accept junk before %PDF- up to here, and scanners do write it

MAGIC = {
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
FOREIGN_MAGIC = {
    b"\x7fELF": "a program",
    b"MZ": "a Windows program",
    b"PK\x03\x04": "a ZIP archive or an Office document",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x1f\x8b": "a gzip archive",
    b"SQLite format 3": "a database",
    b"{\\rtf": "an RTF document",
}


@dataclass(frozen=True)
class Input:
    """A file to read: where it is, and the name of its record inside the output folder (``a/b.pdf`` + ``.json``).

    A nightly run knows more: the hash that the file must still have, and another name for its record where that name
    belongs to an earlier document.
    """

    path: Path
    name: str
    sha256: str | None = None
    record: str | None = None

    @property
    def record_name(self) -> str:
        """The record's path inside the output folder."""
        return self.record or f"{self.name}.json"


@dataclass
class Intake:
    """What was found: inputs in a stable order, files passed over, and paths that could not be read."""

    inputs: list[Input] = field(default_factory=list)
    passed_over: list[Path] = field(default_factory=list)
    errors: list[InputError] = field(default_factory=list)


@dataclass(frozen=True)
class Identity:
    """What a file is: its media type, its size and the SHA-256 of its bytes."""

    media_type: str
    size_bytes: int
    sha256: str


def find_inputs(paths: Iterable[str], out: Path | None = None) -> Intake:
    """Find all inputs under files, folders (recursively) and globs; the `out` folder itself is never searched.

    Raises:
        UsageError: two inputs would write the same record.
    """
    found = Intake()
    for argument in paths:
        _find(argument, None if out is None else out.resolve(), found)
    seen: dict[str, Path] = {}
    unique = []
    for item in sorted(found.inputs, key=lambda i: i.name):
        other = seen.setdefault(item.name, item.path)
        if other is item.path:
            unique.append(item)
        elif not _same_file(other, item.path):
            names = f"{printable(other)} and {printable(item.path)}"
            raise UsageError(f"{names} would both write {printable(item.record_name)}", advice="Run them apart.")
    found.inputs = unique
    return found


def _find(argument: str, out: Path | None, found: Intake) -> None:
    path = Path(argument)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        matches = sorted(glob.glob(argument, recursive=True)) if glob.has_magic(argument) else []
        if not matches:
            found.errors.append(Unreadable(_reason(error), path=argument))
        for match in matches:
            _find(match, out, found)
        return
    if stat.S_ISDIR(mode):
        for file in _walk(path, out, found):
            _take(file, path, found)
    else:
        found.inputs.append(Input(path, path.name))


def _take(file: Path, root: Path, found: Intake) -> None:
    """Keep a folder's file if it is meant as a document; its kind is told for good when it is read."""
    try:
        if not file.is_file():  # sockets, pipes and devices would block; a dangling link is an error
            if file.is_symlink():
                raise Unreadable("the link leads nowhere or in a circle", path=file)
            found.passed_over.append(file)
            return
        if not is_meant(file):
            found.passed_over.append(file)
            return
    except InputError as error:
        found.errors.append(error)
        return
    except OSError as error:
        found.errors.append(Unreadable(_reason(error), path=file))
        return
    found.inputs.append(Input(file, file.relative_to(root).as_posix()))


def is_meant(file: Path) -> bool:
    """Tell whether a file that was found in a folder is meant as a document: by its name, or as a PDF or a picture."""
    return file.suffix.lower() in DOCUMENT_SUFFIXES or _sniff_file(file) not in (None, "text/plain")


def _walk(root: Path, out: Path | None, found: Intake) -> Iterator[Path]:
    """Yield the files under a folder; links to folders are followed, each real folder once, so circles end."""
    visited: set[tuple[int, int]] = set()

    def blocked(error: OSError) -> None:
        found.errors.append(Unreadable(_reason(error), path=error.filename))

    for folder, folders, files in os.walk(root, followlinks=True, onerror=blocked):
        here = Path(folder)
        status = here.stat()
        if (status.st_dev, status.st_ino) in visited or (out is not None and here.resolve() == out):
            folders.clear()
            continue
        visited.add((status.st_dev, status.st_ino))
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        yield from (here / name for name in sorted(files) if not name.startswith("."))


def digest(path: Path) -> tuple[str, int, bytes]:
    """Return a file's SHA-256, its size and its first bytes, whatever it is.

    Raises:
        Unreadable: no permission, gone.
    """
    digest, size, head = hashlib.sha256(), 0, b""
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                head = head or block[:SNIFF_BYTES]
                digest.update(block)
                size += len(block)
    except OSError as error:
        raise Unreadable(_reason(error), path=path) from None
    return digest.hexdigest(), size, head


def identify(path: Path) -> Identity:
    """Hash a file and tell what it is.

    Raises:
        Unreadable, EmptyFile, NotADocument: with what to do next.
    """
    sha256, size, head = digest(path)
    if size == 0:
        raise EmptyFile("the file is empty", path=path)
    media_type = sniff(head)
    if media_type is None:
        what = next((name for magic, name in FOREIGN_MAGIC.items() if head.startswith(magic)), "binary data")
        raise NotADocument(f"this is {what}, not a document", path=path)
    return Identity(media_type, size, sha256)


def sniff(head: bytes) -> str | None:
    """Return the media type that the first bytes of a file tell, None if it is no document."""
    for magic, media_type in MAGIC.items():
        if head.startswith(magic):
            return media_type
    if any(head.startswith(magic) for magic in FOREIGN_MAGIC):
        return None
    if b"%PDF-" in head[:PDF_HEADER_WITHIN]:
        return "application/pdf"
    return "text/plain" if _is_text(head) else None


def _is_text(head: bytes) -> bool:
    """Text has no NUL and hardly any control characters; the encoding is found when it is read."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16
        return True
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\v" for byte in head)
    return b"\x00" not in head and controls <= len(head) // 50


def _sniff_file(path: Path) -> str | None:
    with path.open("rb") as file:
        return sniff(file.read(SNIFF_BYTES))


def _same_file(a: Path, b: Path) -> bool:
    return a.resolve() == b.resolve()


def _reason(error: OSError) -> str:
    return f"cannot be read ({(error.strerror or str(error)).lower()})"
