"""Templates, and how text of a record is put into a page: escaped, isolated, and with nothing hidden in it."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any, Final
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

CLIPPED: Final = 600
"""Characters of a text that are shown where it only stands beside others."""


@cache
def environment() -> Environment:
    """Return the templates, with the filters that they use."""
    templates = Environment(
        loader=PackageLoader("pipeline.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(record=record_text, plain=plain, clip=clip, path=path_part, query=query)
    return templates


def record_text(text: str) -> Markup:
    """Return text of a record as HTML: isolated, so that right-to-left marks in it turn nothing outside of it."""
    return Markup(f"<bdi>{escape(plain(text))}</bdi>")


def plain(text: str) -> str:
    """Show control and direction marks as what they are: whoever checks a figure must not be shown another."""
    return text if text.isprintable() else "".join(map(_shown, text))


def clip(text: str, length: int = CLIPPED) -> str:
    """Cut a long text short, at a space where there is one nearby."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    space = cut.rfind(" ", length * 3 // 4)
    return (cut[:space] if space > 0 else cut) + "…"


def path_part(name: str) -> str:
    """Return a record's name for the path of an address."""
    return quote(name, safe="/")


def query(parameters: dict[str, Any]) -> str:
    """Return parameters for an address, without those that are empty."""
    kept = {name: value for name, value in parameters.items() if value not in (None, "")}
    return f"?{urlencode(kept)}" if kept else ""


def _shown(letter: str) -> str:
    hidden = unicodedata.category(letter) in _HIDDEN and letter not in "\n\t"
    return f"⟨U+{ord(letter):04X}⟩" if hidden else letter


_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
