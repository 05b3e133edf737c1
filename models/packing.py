"""A file of named arrays: a header in JSON, then each array compressed. The same arrays give the same bytes.

numpy's own archive stamps the time into the file; an asset must be the same whenever it is built.
"""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_MAGIC: Final = b"vanban\x01\n"


def pack(path: Path, facts: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
    """Write `facts` (JSON) and one-dimensional arrays (little-endian numbers) to `path`."""
    bodies = {name: zlib.compress(np.ascontiguousarray(array).tobytes(), 9) for name, array in arrays.items()}
    table = [[name, arrays[name].dtype.str, len(bodies[name])] for name in arrays]
    header = json.dumps({"facts": facts, "arrays": table}, ensure_ascii=False, sort_keys=True).encode()
    packed_header = zlib.compress(header, 9)
    path.write_bytes(b"".join([_MAGIC, len(packed_header).to_bytes(4, "little"), packed_header, *bodies.values()]))


def unpack(path: Path) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Return the facts and arrays of a packed file; the arrays are read-only.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it is no packed file, or it is cut short.
    """
    data = memoryview(path.read_bytes())
    if bytes(data[: len(_MAGIC)]) != _MAGIC:
        raise ValueError(f"{path} is no model file: rebuild it with `make models`")
    place = len(_MAGIC) + 4
    size = int.from_bytes(data[len(_MAGIC) : place], "little")
    try:
        header = json.loads(zlib.decompress(data[place : place + size]))
        place += size
        arrays = {}
        for name, kind, length in header["arrays"]:
            arrays[name] = np.frombuffer(zlib.decompress(data[place : place + length]), dtype=np.dtype(kind))
            place += length
    except zlib.error as error:
        raise ValueError(f"{path} is damaged: rebuild it with `make models`") from error
    return header["facts"], arrays
