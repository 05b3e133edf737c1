"""Restoration of Vietnamese text: garbled by an engine that knows no Vietnamese, misread by one that does, or typed
without marks.

    >>> from diacritics import restore
    >>> restore("Cian ctr Quyét dinh s6 15/QD-UBND").text
    'Căn cứ Quyết định số 15/QĐ-UBND'
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from diacritics.edits import Edit, replay
    from diacritics.restorer import Restoration, RestoredWord, Restorer, default_restorer, restore

__all__ = ["Edit", "Restoration", "RestoredWord", "Restorer", "default_restorer", "replay", "restore"]


def __getattr__(name: str) -> Any:
    """Load what restores when it is asked for: who folds or normalises a text waits for neither numpy nor models."""
    if name not in __all__:
        raise AttributeError(name)
    home = "diacritics.edits" if name in ("Edit", "replay") else "diacritics.restorer"
    return getattr(importlib.import_module(home), name)
