"""Records on disk: one JSON file per document, written whole or not at all.

A record is UTF-8, NFC, with sorted keys, so that the same input gives the same bytes and two runs can be compared by
`diff`. It is written beside its place, flushed to the disk and then renamed: a reader never sees half a record, and
a full disk or a kill leaves yesterday's record as it was.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import tempfile
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import RETRIED, BadPlace, DamagedFile, OutputError, Unreadable

if TYPE_CHECKING:
    from pipeline.records import Record

SUMMARY_NAME = "vanban-summary.json"
OWN_FAULTS = (errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.EEXIST)  # of one record's place, not of the disk
NESTED = (dict, list)
MAX_NAME_BYTES = 255  # of one path component on every common file system


def record_path(out: Path, record_name: str) -> Path:
    """Return where a record stands inside the output folder.

    Raises:
        BadPlace: the name with ``.json`` is longer than file systems allow.
    """
    path = out / record_name
    if len(os.fsencode(path.name)) > MAX_NAME_BYTES:
        raise BadPlace("the file name is too long to add .json", path=record_name)
    return path


def write_record(record: Record, path: Path) -> None:
    """Write a record in place, whole or not at all.

    Raises:
        OutputError: disk full, no permission, a file where a folder is needed.
    """
    from pydantic_core import PydanticSerializationError  # as in `read_record`

    try:
        text = record.model_dump_json(by_alias=True, indent=1)  # its types give their fields in order
    except PydanticSerializationError:
        text = _with_half_letters(record.model_dump(mode="json", by_alias=True))
    write_text(text + "\n", path)


def write_json(value: Any, path: Path) -> None:
    """Write any JSON value as records are written.

    Raises:
        OutputError: see `write_record`.
    """
    from pydantic_core import PydanticSerializationError, to_json  # as in `read_record`

    try:
        text = to_json(_sorted(value), indent=1).decode()
    except PydanticSerializationError:
        text = _with_half_letters(value)
    write_text(text + "\n", path)


def _with_half_letters(value: Any) -> str:
    """Return JSON as `write_record` makes it of a value with half a letter, which `write_text` replaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1)


def _sorted(value: Any) -> Any:
    """Return a JSON value with the keys of all its objects in order."""
    if isinstance(value, dict):
        return {key: _sorted(part) if isinstance(part := value[key], NESTED) else part for key in sorted(value)}
    if isinstance(value, list):
        return [_sorted(part) if isinstance(part, NESTED) else part for part in value]
    return value


def write_text(text: str, path: Path) -> None:
    """Write any text as records are written: UTF-8, NFC, whole or not at all, on the disk when this returns.

    Raises:
        OutputError: see `write_record`.
    """
    data = unicodedata.normalize("NFC", text).encode("utf-8", "replace")  # lone surrogates cannot be written
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".vanban-", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
        _flush_folder(path.parent)
    except OSError as error:
        kind = BadPlace if error.errno in OWN_FAULTS else OutputError
        raise kind(f"cannot be written ({(error.strerror or str(error)).lower()})", path=path) from None
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def _flush_folder(folder: Path) -> None:
    """Bring the new name to the disk as well, so that a power cut after this cannot undo it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some network file systems flush files only
            raise
    finally:
        os.close(handle)


def read_record(path: Path) -> Record:
    """Read a record back and check it against its types.

    Raises:
        Unreadable: no such file, or no permission.
        DamagedFile: no record of this schema.
    """
    from pydantic import ValidationError  # what only moves files about does without the types of what is in them

    from pipeline.records import SCHEMA, Record

    value = read_json(path)
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        raise DamagedFile(f"this is no record of the schema {SCHEMA}", path=path, advice="Run `vanban extract` again.")
    try:
        return Record.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        message = f"the record does not validate: {place}: {first['msg']}"
        raise DamagedFile(message, path=path, advice="Run `vanban extract --force` again.") from None


def read_json(path: Path) -> Any:
    """Read any JSON file.

    Raises:
        Unreadable, DamagedFile: see `read_record`.
    """
    try:
        data = path.read_bytes()
        value = json.loads(data)
        if b"\\ud" in data.lower():
            json.dumps(value, ensure_ascii=False).encode()  # half a letter: nothing could write it again
        return value
    except OSError as error:
        raise Unreadable(f"cannot be read ({(error.strerror or str(error)).lower()})", path=path) from None
    except (ValueError, RecursionError):
        raise DamagedFile("this is no JSON", path=path, advice="Run `vanban extract` again.") from None


def is_current(path: Path, sha256: str, producer: str, settings: str) -> bool:
    """Tell whether the record there was made from the same bytes by the same version with the same settings.

    A record that lost pages to a failure is not current: the next run tries again.
    """
    from pipeline.records import SCHEMA

    try:
        value = read_json(path)
        return bool(
            value["schema"] == SCHEMA
            and value["source"]["sha256"] == sha256
            and value["producer"] == producer
            and value["settings"] == settings
            and not any(warning["code"] in RETRIED for warning in value["warnings"])
        )
    except (Unreadable, DamagedFile, KeyError, TypeError):
        return False
