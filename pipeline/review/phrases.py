"""What the page says, in Vietnamese and in English, and how numbers and days are written in both.

All strings stand in ``phrases.toml``; a test holds that every one is used and that templates hold none of their own.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Final, Literal, get_args

Language = Literal["vi", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
CATALOGUE: Final = Path(__file__).with_name("phrases.toml")


@cache
def catalogue() -> dict[str, tuple[str, str]]:
    """Return every phrase by its key, ``group.name``: Vietnamese, English."""
    groups = tomllib.loads(CATALOGUE.read_text("utf-8"))
    return {f"{group}.{name}": (vi, en) for group, names in groups.items() for name, (vi, en) in names.items()}


@dataclass(frozen=True)
class Count:
    """How many there are, in a phrase: ``{count}`` is the number alone, ``{count:page}`` has the English noun too."""

    number: int
    written: str

    def __format__(self, noun: str) -> str:
        """Write the number, and the noun behind it as one or as many."""
        return f"{self.written} {noun}{'' if self.number == 1 else 's'}" if noun else self.written


class Phrases:
    """The phrases of one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._at = LANGUAGES.index(language)

    def say(self, key: str, **values: object) -> str:
        """Return a phrase with its gaps filled.

        Raises:
            KeyError: no such phrase, or a gap without a value.
        """
        phrase = catalogue()[key][self._at]
        return phrase.format(**values) if values else phrase

    def word(self, group: str, code: str) -> str:
        """Return what a code of the record means, the code itself where it has no phrase."""
        phrase = catalogue().get(f"{group}.{code}")
        return phrase[self._at] if phrase else code

    def number(self, value: float | int) -> str:
        """Write a number: 1.234,5 in Vietnamese, 1,234.5 in English."""
        text = f"{value:,}" if isinstance(value, int) or value.is_integer() else f"{value:,.10g}"
        text = text.removesuffix(".0")
        return text.translate(_SWAPPED) if self.language == "vi" else text

    def count(self, number: int) -> Count:
        """Return how many there are, for a phrase that names what is counted."""
        return Count(number, self.number(number))

    def percent(self, share: float) -> str:
        """Write a share from 0 to 1 in whole percent, downwards: 0.9996 is no hundred. Spoiled records may say more."""
        return f"{int(min(max(share, 0.0), 1.0) * 100 + 1e-9)}%"

    def day(self, text: str) -> str:
        """Write an ISO date with the day first, as both languages' readers of these documents do; others stay."""
        try:
            return date.fromisoformat(text).strftime("%d/%m/%Y") if _ISO_DAY.fullmatch(text) else text
        except ValueError:
            return text

    def moment(self, text: str) -> str:
        """Write an ISO 8601 moment in the clock of this computer."""
        try:
            return datetime.fromisoformat(text).astimezone().strftime("%H:%M %d/%m/%Y")
        except ValueError:
            return text


_SWAPPED: Final = str.maketrans(",.", ".,")
_ISO_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
