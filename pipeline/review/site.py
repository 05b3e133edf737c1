"""The pages that people see, and what they post."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, cast, get_args
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from pipeline.corrections import Action
from pipeline.errors import Conflict, UsageError
from pipeline.review import judging
from pipeline.review.adding import add_routes
from pipeline.review.cards import Card, find_card
from pipeline.review.charts import charts_context
from pipeline.review.desk import (
    LANGUAGE_COOKIE,
    WHO_COOKIE,
    Desk,
    Form,
    clean_name,
    keep_cookie,
    local_path,
    phrases_of,
    who_of,
)
from pipeline.review.documentpage import Wanted, card_view, document_context, input_views, progress
from pipeline.review.forms import Misfit
from pipeline.review.judging import Reread, Saying
from pipeline.review.listing import ROWS_ON_A_PAGE, Filters, Found
from pipeline.review.phrases import LANGUAGES, Phrases
from pipeline.review.rendering import environment
from pipeline.review.shelf import Opened

FRAGMENT: Final = "x-fragment"
"""Header of a request by our own script: it wants the one card and not the whole page."""
PICTURE_SECONDS: Final = 24 * 3600


def site(desk: Desk) -> APIRouter:
    """Return the routes of the pages."""
    routes = APIRouter(include_in_schema=False)
    _add_list(routes, desk)
    _add_document(routes, desk)
    _add_judging(routes, desk)
    add_routes(routes, desk)
    _add_choices(routes, desk)
    return routes


def _add_list(routes: APIRouter, desk: Desk) -> None:
    @routes.get("/")
    def documents(request: Request) -> Response:
        filters, phrases = Filters.from_query(request.query_params), phrases_of(request)

        def body() -> Markup:
            return _list_body(desk, filters, phrases)

        kept = desk.answers.keep(("list", filters, phrases.language), body)  # the same for all who ask
        return desk.page(request, "list.html", here="list", body=kept)

    @routes.get("/charts")
    def charts(request: Request) -> Response:
        context = charts_context(desk.answers, request.query_params, phrases_of(request))
        return desk.page(request, "charts.html", here="charts", **context)


def _list_body(desk: Desk, filters: Filters, phrases: Phrases) -> Markup:
    found = desk.listing.find(filters)
    html = environment().get_template("documents.html").render(
        found=found, filters=filters, choices=desk.listing.choices(), phrases=phrases, say=phrases.say,
        passages=desk.listing.passages(filters) if filters.start == 0 else [], range=_range(found, filters, phrases),
        earlier=_start(filters.start - ROWS_ON_A_PAGE, found), later=_start(filters.start + ROWS_ON_A_PAGE, found),
    )  # fmt: skip
    return Markup(html)


def _range(found: Found, filters: Filters, phrases: Phrases) -> str:
    count = phrases.count(found.count)
    if not found.rows or found.count == 1:
        return phrases.say("list.count", count=count)
    first, last = phrases.number(filters.start + 1), phrases.number(filters.start + len(found.rows))
    return phrases.say("list.range", first=first, last=last, count=count)


def _start(start: int, found: Found) -> int | None:
    """Return where another page of the list starts, None where there is none."""
    return max(start, 0) if -ROWS_ON_A_PAGE < start < found.count else None


def _add_document(routes: APIRouter, desk: Desk) -> None:
    @routes.get("/documents/{name:path}")
    def document(request: Request, name: str) -> Response:
        opened = desk.shelf.open(name)
        wanted = Wanted.from_query(request.query_params)
        context = document_context(opened, desk.original(opened), wanted, phrases_of(request))
        return desk.page(request, "document.html", **context)

    @routes.get("/pages/{number}/{name:path}")
    def picture(request: Request, number: int, name: str) -> Response:
        opened = desk.shelf.open(name)
        source = opened.record.source
        page = next((page for page in opened.record.pages if page.number == number), None)
        original = desk.original(opened)
        if page is None or page.width is None or original.path is None:
            return desk.refuse(request, 404, "not_found")
        tag = f'"{source.sha256[:32]}-{number}-{page.rotation_degrees}"'
        headers = {"ETag": tag, "Cache-Control": f"private, max-age={PICTURE_SECONDS}"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        data = desk.pictures.get(original.path, source.media_type, source.sha256, number, page.rotation_degrees)
        return Response(data, media_type="image/jpeg", headers=headers)


def _add_judging(routes: APIRouter, desk: Desk) -> None:
    @routes.get("/edit/{card_id}/{name:path}")
    def edit(request: Request, card_id: str, name: str) -> Response:
        opened = desk.shelf.open(name)
        card = find_card(opened, card_id)
        if card is None or desk.read_only:
            return desk.refuse(request, 404, "not_found")
        return _card_page(desk, request, opened, card, editing=request.query_params.get("form") != "no")

    @routes.post("/judge/{card_id}/{name:path}")
    def judge(request: Request, card_id: str, name: str, form: Form) -> Response:
        if desk.read_only:
            return desk.refuse(request, 403, "read_only")
        if not desk.is_ours(form):
            return desk.refuse(request, 403, "forged")
        opened = desk.shelf.open(name)
        who = who_of(request)
        back = Wanted.from_query(request.query_params).address(opened.name)
        if who is None:
            return RedirectResponse(f"/name?next={quote(back, safe='')}", 303)
        saying = _saying(card_id, form, who)
        if saying is None:
            return desk.refuse(request, 422, "not_found")
        return _answer(desk, request, opened, saying, form)


def _answer(desk: Desk, request: Request, opened: Opened, saying: Saying, form: Mapping[str, str]) -> Response:
    """Write what was said, and show the card as it stands then, with what is to be told."""
    phrases = phrases_of(request)
    try:
        made = judging.judge(opened, saying, form)
    except Reread:
        return desk.refuse(request, 409, "reread")
    except Misfit as misfit:
        why = phrases.say(f"error.{misfit.reason}", text=misfit.text)
        message = phrases.say("error.value", field=phrases.word("field", misfit.field), why=why)
        return _shown(desk, request, opened, saying, 422, message, form)
    except Conflict as conflict:
        message = phrases.say("error.conflict", why=conflict.message)
        return _shown(desk, request, desk.shelf.open(opened.name), saying, 409, message)
    except UsageError as error:
        message = phrases.say("error.refused", why=error.message)
        return _shown(desk, request, opened, saying, 422, message, form if saying.action == "correct" else None)
    desk.note_saying()
    told = phrases.say(f"said.{saying.action if made else 'unchanged'}")
    if FRAGMENT not in request.headers:
        back = Wanted.from_query(request.query_params).address(opened.name)
        return RedirectResponse(f"{back}#fact-{saying.card_id}", 303)
    opened = desk.shelf.open(opened.name)
    if find_card(opened, saying.card_id) is None:  # it had been added, and was taken back
        return _told(Response(), opened, phrases, told)
    return _shown(desk, request, opened, saying, 200, told=told)


def _shown(
    desk: Desk, request: Request, opened: Opened, saying: Saying, status: int, message: str | None = None,
    typed: Mapping[str, str] | None = None, told: str = "",
) -> Response:  # fmt: skip
    card = find_card(opened, saying.card_id)
    if card is None:
        return desk.refuse(request, 409, "reread")
    answer = _card_page(desk, request, opened, card, editing=typed is not None, typed=typed, message=message)
    answer.status_code = status
    return _told(answer, opened, phrases_of(request), told or message or "")


def _told(answer: Response, opened: Opened, phrases: Phrases, told: str) -> Response:
    """Give an answer what our script tells beside it."""
    answer.headers["X-Said"] = quote(told)
    answer.headers["X-Progress"] = quote(progress(opened, phrases))
    return answer


def _card_page(
    desk: Desk, request: Request, opened: Opened, card: Card, *, editing: bool,
    typed: Mapping[str, str] | None = None, message: str | None = None,
) -> Response:  # fmt: skip
    """Return one card, with its form where it is being edited: alone for our script, else as a page."""
    phrases, wanted = phrases_of(request), Wanted.from_query(request.query_params)
    alone = FRAGMENT not in request.headers
    view, back = card_view(card, opened.name, wanted, phrases), wanted.address(opened.name)
    context: dict[str, Any] = {
        "heading": "h2" if alone else "h3",
        "card": replace(view, place=back + view.place) if alone else view,
        "form": input_views(card, phrases, typed) if editing else None,
        "message": message,
        "title": opened.record.header.title or opened.name,
        "back": back,
    }
    return desk.page(request, "edit.html" if alone else "card.html", **context)


def _saying(card_id: str, form: Mapping[str, str], who: str) -> Saying | None:
    action, seen = form.get("action", ""), form.get("seen", "")
    if action not in get_args(Action) or not (seen.isascii() and seen.isdigit() and len(seen) < 9):
        return None
    return Saying(card_id, form.get("ground", ""), int(seen), cast(Action, action), who)


def _add_choices(routes: APIRouter, desk: Desk) -> None:
    """Who is working, and in which language."""

    @routes.get("/name")
    def name(request: Request) -> Response:
        onward = local_path(request.query_params.get("next", "/"))
        return desk.page(request, "name.html", next=onward, wrong=False)

    @routes.post("/name")
    def keep_name(request: Request, form: Form) -> Response:
        if not desk.is_ours(form):
            return desk.refuse(request, 403, "forged")
        onward, who = local_path(form.get("next", "/")), clean_name(form.get("who", ""))
        if who is None:
            return desk.page(request, "name.html", 422, next=onward, wrong=True)
        answer = RedirectResponse(onward, 303)
        keep_cookie(answer, WHO_COOKIE, who)
        return answer

    @routes.get("/language/{language}")
    def language(request: Request, language: str) -> Response:
        if language not in LANGUAGES:
            return desk.refuse(request, 404, "not_found")
        answer = RedirectResponse(local_path(request.query_params.get("next", "/")), 303)
        keep_cookie(answer, LANGUAGE_COOKIE, language)
        return answer
