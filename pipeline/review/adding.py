"""The page on which a person adds a fact that the reader missed: its lines marked on the picture, its fields filled.

Marking is following links, line by line, so that it works without scripts; page and lines can be typed as well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, cast, get_origin
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from pipeline import additions, corrections
from pipeline.corrections import Key, Kind
from pipeline.errors import UsageError
from pipeline.records import Evidence
from pipeline.review import forms
from pipeline.review.cards import KIND_ORDER, Card
from pipeline.review.desk import Desk, Form, phrases_of, who_of
from pipeline.review.documentpage import input_views, page_view
from pipeline.review.forms import LONG_FIELDS, Misfit
from pipeline.review.rendering import path_part, query
from pipeline.review.shelf import Opened

KINDS: Final[Sequence[str]] = KIND_ORDER[1:]
"""All kinds of facts; header fields are there to be corrected, found or not."""


@dataclass(frozen=True)
class Marked:
    """What is chosen so far: the kind of fact, the page, and its lines, 0 where none are."""

    kind: str = KINDS[0]
    page: int = 1
    first: int = 0
    last: int = 0

    @classmethod
    def from_query(cls, values: Mapping[str, str]) -> Marked:
        """Read it from an address or a form; what makes no sense there is as if it were not there."""
        numbers = {name: forms.whole(values.get(name, "")) for name in ("page", "first", "last")}
        kind = values.get("kind", "")
        return cls(
            kind=kind if kind in KINDS else KINDS[0],
            page=numbers["page"] or 1,
            first=numbers["first"],
            last=numbers["last"] or numbers["first"],
        )

    def address(self, name: str) -> str:
        """Return the address of the page on which this is chosen."""
        return f"/add/{path_part(name)}{query(vars(self))}"

    def with_line(self, number: int) -> Marked:
        """Return what is chosen once a line is pointed at: up to it, or it alone where it was among the marked ones."""
        if not self.first or self.first <= number <= self.last:
            return replace(self, first=number, last=number)
        return replace(self, first=min(self.first, number), last=max(self.last, number))


class LineView(NamedTuple):
    """A line that can be pointed at; `box` is its place on the picture: x, y, width, height."""

    number: int
    text: str
    address: str
    is_marked: bool
    box: tuple[float, float, float, float] | None


def add_routes(routes: APIRouter, desk: Desk) -> None:
    """Add the page, and what it posts."""

    @routes.get("/add/{name:path}")
    def mark(request: Request, name: str) -> Response:
        if desk.read_only:
            return desk.refuse(request, 403, "read_only")
        return _page(desk, request, desk.shelf.open(name), Marked.from_query(request.query_params))

    @routes.post("/add/{name:path}")
    def add(request: Request, name: str, form: Form) -> Response:
        if desk.read_only:
            return desk.refuse(request, 403, "read_only")
        if not desk.is_ours(form):
            return desk.refuse(request, 403, "forged")
        opened, marked, who = desk.shelf.open(name), Marked.from_query(form), who_of(request)
        if who is None:
            return RedirectResponse(f"/name?next={quote(marked.address(name), safe='')}", 303)
        evidence = additions.place(opened.record, marked.page, marked.first, marked.last)
        if evidence is None or _sign(evidence) != form.get("ground"):
            return desk.refuse(request, 409, "reread")
        return _added(desk, request, opened, marked, evidence, form, who)


def _added(
    desk: Desk, request: Request, opened: Opened, marked: Marked, evidence: Evidence, form: Mapping[str, str], who: str
) -> Response:
    """Write the fact and go to where it stands among the others; or back to the form with what is to be mended."""
    phrases, blank = phrases_of(request), _blank(marked.kind)
    try:
        fields = {**blank.values, **forms.changes(blank, form)}
        when = datetime.now(UTC).isoformat(timespec="seconds")
        kind = cast(Kind, marked.kind)
        made = corrections.add_fact(opened.path, opened.record, kind, evidence, fields, who=who, when=when)
    except Misfit as misfit:
        why = phrases.say(f"error.{misfit.reason}", text=misfit.text)
        message = phrases.say("error.value", field=phrases.word("field", misfit.field), why=why)
        return _page(desk, request, opened, marked, form, message)
    except UsageError as error:
        return _page(desk, request, opened, marked, form, phrases.say("error.refused", why=error.message))
    desk.note_saying()
    card = f"{marked.kind}-{made.index}"
    return RedirectResponse(f"/documents/{path_part(opened.name)}?fact={card}#fact-{card}", 303)


def _page(
    desk: Desk, request: Request, opened: Opened, marked: Marked, typed: Mapping[str, str] | None = None,
    message: str | None = None,
) -> Response:  # fmt: skip
    phrases, record = phrases_of(request), opened.record
    page = next((page for page in record.pages if page.number == marked.page), None)
    evidence = additions.place(record, marked.page, marked.first, marked.last)
    if marked.first and evidence is None:
        message = phrases.say("add.nowhere")
    form = input_views(_blank(marked.kind, evidence.quote), phrases, typed) if evidence else None
    context: dict[str, Any] = {
        "name": opened.name,
        "title": record.header.title or opened.name,
        "back": f"/documents/{path_part(opened.name)}",
        "here_path": f"/add/{path_part(opened.name)}",
        "kinds": KINDS,
        "marked": marked,
        "evidence": evidence,
        "ground": _sign(evidence) if evidence else "",
        "page": page_view(page, opened, desk.original(opened), []) if page else None,
        "page_count": len(record.pages),
        "lines": _lines(opened, marked),
        "form": form,
        "message": message,
        "card_id": "new",
    }
    return desk.page(request, "add.html", 422 if typed is not None else 200, **context)


def _lines(opened: Opened, marked: Marked) -> list[LineView]:
    """Return the lines of the page, each with the address that a click on it leads to."""
    page = next((page for page in opened.record.pages if page.number == marked.page), None)
    lines = []
    for number, line in enumerate(page.lines if page else (), start=1):
        box = None
        if line.bbox is not None:
            x0, y0, x1, y1 = line.bbox
            box = round(x0, 2), round(y0, 2), round(max(0.0, x1 - x0), 2), round(max(0.0, y1 - y0), 2)
        address = f"{marked.with_line(number).address(opened.name)}#line-{number}"
        lines.append(LineView(number, line.text, address, marked.first <= number <= marked.last, box))
    return lines


def _blank(kind: str, quote: str = "") -> Card:
    """Return the card of a fact that says nothing yet; text that it cannot be without begins as what is printed."""
    values: dict[str, Any] = {}
    for name, field in additions.fact_type(kind).model_fields.items():
        if name not in additions.NOT_TYPED:
            is_said = field.annotation is str and name in LONG_FIELDS
            values[name] = [] if get_origin(field.annotation) is list else (is_said and quote) or None
    return Card(
        id="new", key=Key(kind=cast(Kind, kind), quote=""), values=values, read=values, evidence=None, doubts=(),
        confidence=None, rule=None, verdict=None, entries=(), seen=0,
    )  # fmt: skip


def _sign(evidence: Evidence) -> str:
    """Return a short sign of the text under the fact: another one means that the document was read again."""
    return hashlib.sha256(repr(additions.ground(evidence)).encode()).hexdigest()[:16]
