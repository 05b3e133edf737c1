"""What all requests share: the store, the originals, the pictures, and how the page was asked to behave."""

from __future__ import annotations

import contextlib
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import parse_qsl, quote, unquote

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, Response

from pipeline import __version__
from pipeline.review.answers import Answers, Follower
from pipeline.review.listing import Filters, Listing
from pipeline.review.originals import Original, find_original
from pipeline.review.phrases import LANGUAGES, Language, Phrases
from pipeline.review.pictures import Pictures
from pipeline.review.rendering import environment
from pipeline.review.shelf import Opened, Shelf

LANGUAGE_COOKIE: Final = "vanban_language"
WHO_COOKIE: Final = "vanban_who"
COOKIE_SECONDS: Final = 365 * 24 * 3600
MAX_WHO: Final = 80
MAX_FIELDS: Final = 100


@dataclass(frozen=True)
class Desk:
    """One store being reviewed. `csrf` is in every form of this run and known to no other page."""

    shelf: Shelf
    answers: Answers
    pictures: Pictures
    folders: tuple[Path, ...] = ()
    read_only: bool = False
    follower: Follower | None = None
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def listing(self) -> Listing:
        """The list of documents."""
        return Listing(self.answers)

    def start(self) -> None:
        """Start what works beside the requests."""
        self.pictures.warm_up()
        threading.Thread(target=self._ask_ahead, name="ask ahead", daemon=True).start()
        if self.follower is not None:
            self.follower.start(self._ask_ahead)

    def _ask_ahead(self) -> None:
        """Ask for what every visitor sees first, so that the first need not wait for the tables to be opened."""
        with contextlib.suppress(Exception):  # whoever asks next is told
            self.listing.find(Filters())
            self.listing.choices()

    def close(self) -> None:
        """End what works beside the requests."""
        if self.follower is not None:
            self.follower.close()
        self.pictures.close()
        self.answers.close()

    def note_saying(self) -> None:
        """Something was said of a record: the tables are to follow."""
        if self.follower is not None:
            self.follower.note()

    def original(self, opened: Opened) -> Original:
        """Return the file that a record was made from."""
        return find_original(opened.record.source, self.folders)

    def page(self, request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
        """Return a page in the language of whoever asks."""
        phrases = phrases_of(request)
        frame: dict[str, Any] = {
            "phrases": phrases,
            "say": phrases.say,
            "version": __version__,
            "other_language": next(one for one in LANGUAGES if one != phrases.language),
            "read_only": self.read_only,
            "csrf": self.csrf,
            "who": who_of(request),
            "here": None,
            "address": _address(request),
        }
        html = environment().get_template(template).render({**frame, **context})
        return HTMLResponse(html, status)

    def is_ours(self, form: Mapping[str, str]) -> bool:
        """Whether a form comes from a page of this run; the guard has looked at where the browser says it is from."""
        return form.get("csrf", "") == self.csrf

    def refuse(self, request: Request, status: int, key: str, **values: object) -> HTMLResponse:
        """Return the page that says why something did not work."""
        return self.page(request, "error.html", status, sentence=phrases_of(request).say(f"error.{key}", **values))


def phrases_of(request: Request) -> Phrases:
    """Return the phrases of whoever asks: Vietnamese, unless they chose English."""
    language: Language = "en" if request.cookies.get(LANGUAGE_COOKIE) == "en" else "vi"
    return Phrases(language)


def who_of(request: Request) -> str | None:
    """Return the name that was typed on this computer, None where none was."""
    return clean_name(unquote(request.cookies.get(WHO_COOKIE, "")))


def clean_name(name: str) -> str | None:
    """Return a person's name on one line, without what cannot be printed; None where nothing or too much is left."""
    name = " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())
    return name if 0 < len(name) <= MAX_WHO else None


def keep_cookie(answer: Response, name: str, value: str) -> None:
    """Keep a choice on the visitor's computer."""
    answer.set_cookie(name, quote(value), max_age=COOKIE_SECONDS, httponly=True, samesite="strict", path="/")


def local_path(path: str) -> str:
    """Return a path on this server to go on to; what would lead elsewhere leads to the list."""
    safe = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if safe else "/"


async def form_of(request: Request) -> Mapping[str, str]:
    """Return the fields of a posted form; of one given twice, the first."""
    body = (await request.body()).decode("utf-8", "replace")
    try:
        fields = parse_qsl(body, keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError:
        return {}
    return dict(reversed(fields))


Form = Annotated[Mapping[str, str], Depends(form_of)]


def _address(request: Request) -> str:
    query = request.url.query
    path = quote(request.url.path) if request.method == "GET" else "/"
    return f"{path}?{query}" if query else path
