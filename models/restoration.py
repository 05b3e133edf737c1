"""The models of restoration: n-grams of official Vietnamese, and how print turns into what engines read.

`make models` writes the files; language.md and channels.md say what they hold and how good they are.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, NamedTuple

from numpy.typing import NDArray

from models.packing import unpack

MODELS: Final = Path(__file__).parent
LANGUAGE: Final = "language.bin"
CHANNELS: Final = "channels.bin"


class Asset(NamedTuple):
    """One unpacked file: facts (JSON) and flat arrays; diacritics/language.py and storage.py say what they mean."""

    facts: dict[str, Any]
    arrays: dict[str, NDArray[Any]]


def load_language(folder: Path = MODELS) -> Asset:
    """Return the n-gram model. See `models.packing.unpack` for the errors."""
    return Asset(*unpack(folder / LANGUAGE))


def load_channels(folder: Path = MODELS) -> Asset:
    """Return the channels of all engines. See `models.packing.unpack` for the errors."""
    return Asset(*unpack(folder / CHANNELS))
