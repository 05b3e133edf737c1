"""Restoration of Vietnamese text: garbled by an engine that knows no Vietnamese, misread by one that does, or typed
without marks.

    >>> from diacritics import restore
    >>> restore("Cian ctr Quyét dinh s6 15/QD-UBND").text
    'Căn cứ Quyết định số 15/QĐ-UBND'
"""

from diacritics.edits import Edit, replay
from diacritics.restorer import Restoration, RestoredWord, Restorer, default_restorer, restore

__all__ = ["Edit", "Restoration", "RestoredWord", "Restorer", "default_restorer", "replay", "restore"]
