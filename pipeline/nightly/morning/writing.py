"""The report as HTML and as text for people, in Vietnamese or English, and as one JSON line a document for machines.

Every string stands in ``phrases.toml``. What comes from documents and file names is escaped; links are relative, so
that a report opens wherever store and inbox are mounted together.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from pipeline import store
from pipeline.errors import OutputError
from pipeline.nightly.ledger import Ledger, Row
from pipeline.nightly.morning.gathering import FACTS, Morning
from pipeline.nightly.premises import Premises
from pipeline.review.phrases import LANGUAGES, Language, Phrases
from pipeline.review.rendering import clip, plain

CATALOGUE: Final = Path(__file__).with_name("phrases.toml")
LATEST = "latest"
TASK_CHARACTERS = 200
TOLD_BY_NAME = ("restless", "passed_over")  # nothing else in the report names them
NAMED = 5

__all__ = ["LANGUAGES", "Language", "ReportPhrases", "catalogue", "reasons", "rendered", "status_text", "write"]


@cache
def catalogue() -> dict[str, tuple[str, str]]:
    """Return every phrase by its key, ``group.name``: Vietnamese, English."""
    groups = tomllib.loads(CATALOGUE.read_text("utf-8"))
    return {f"{group}.{name}": (vi, en) for group, names in groups.items() for name, (vi, en) in names.items()}


class ReportPhrases(Phrases):
    """The phrases of the report; words for fields, facts and doubts are the review page's."""

    def say(self, key: str, **values: object) -> str:
        """Return a phrase with its gaps filled.

        Raises:
            KeyError: no such phrase, or a gap without a value.
        """
        phrase = catalogue()[key][self._at]
        return phrase.format(**values) if values else phrase

    def why(self, *codes: str) -> str:
        """Return a sentence for the code of a failure or of a doubt; several doubts in one place are told together."""
        known = [(catalogue().get(f"code.{code}"), code) for code in codes]
        return "; ".join(phrase[self._at] if phrase else self.word("doubt", code) for phrase, code in known)

    def where(self, name: str) -> str:
        """Return what a field or a sort of facts is called."""
        return self.word("kind" if name in FACTS else "field", name)


@cache
def _environment() -> Environment:
    templates = Environment(
        loader=PackageLoader("pipeline.nightly.morning"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(plain=plain, clip=lambda text: clip(text, TASK_CHARACTERS))
    return templates


def reasons(language: Language) -> dict[str, str]:
    """Return the sentence for each code of a failure."""
    at = LANGUAGES.index(language)
    return {key.removeprefix("code."): said[at] for key, said in catalogue().items() if key.startswith("code.")}


def rendered(morning: Morning, premises: Premises, language: Language, form: str) -> str:
    """Return the report as ``html`` or as ``txt``."""

    def link(path: Path, page: int | None = None) -> str:
        relative = os.path.relpath(path.absolute(), premises.reports.absolute())
        return quote(os.fsencode(relative)) + (f"#page={page}" if page else "")

    template = _environment().get_template(f"report.{form}")
    return template.render(
        m=morning,
        phrases=ReportPhrases(language),
        told=TOLD_BY_NAME,
        named=NAMED,
        original=lambda path, page=None: link(morning.inbox / path, page),
        record=lambda place: link(premises.out / place),
    )


def status_text(status: dict[str, Any], language: Language) -> str:
    """Return what `vanban status` shows."""
    return _environment().get_template("status.txt").render(status=status, phrases=ReportPhrases(language))


def write(morning: Morning, ledger: Ledger, premises: Premises, language: Language) -> None:
    """Write the report of a run in all its forms, and the readable ones once more as the latest.

    Raises:
        OutputError: disk full, no permission.
    """
    name = f"{morning.began[:10]}-run-{morning.run}"
    for form in ("html", "txt"):
        text = rendered(morning, premises, language, form)
        store.write_text(text, premises.reports / f"{name}.{form}")
        store.write_text(text, premises.reports / f"{LATEST}.{form}")
    _write_lines((_line(row) for row in ledger.untold()), premises.reports / f"{name}.jsonl")


def _line(row: Row) -> str:
    known = {name: getattr(row, name) for name in Row.__dataclass_fields__}
    return json.dumps(known, ensure_ascii=False, sort_keys=True)


def _write_lines(lines: Iterable[str], path: Path) -> None:
    """Write lines one by one, so that memory does not grow with a large night; whole or not at all."""
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        with temporary.open("w", encoding="utf-8", errors="replace") as file:
            file.writelines(f"{line}\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise OutputError(f"cannot be written ({(error.strerror or str(error)).lower()})", path=path) from None
