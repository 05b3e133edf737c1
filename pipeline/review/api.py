"""The same for programs, as JSON; the OpenAPI description stands at ``/api/openapi.json``."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, HTTPException, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from pipeline import corrections
from pipeline.corrections import Action, Key, Verdict
from pipeline.errors import Conflict, UsageError
from pipeline.records import Evidence
from pipeline.review import judging, listing
from pipeline.review.cards import all_cards
from pipeline.review.desk import Desk, clean_name
from pipeline.review.judging import Reread, Saying
from pipeline.review.listing import DocumentRow, Filters

MAX_NAME: Final = 2_000
Name = Annotated[str, Path(description="the record in the store, without .json", max_length=MAX_NAME)]
JsonValue = str | int | float | list[str] | dict[str, str | None] | None


class Failure(BaseModel):
    """Why a request was refused."""

    error: str
    message: str


class DocumentList(BaseModel):
    """A part of the list, and how many documents match in all."""

    count: int
    documents: list[DocumentRow]


class FactView(BaseModel):
    """A fact with what people said of it; `ground` and `seen` go back with a correction."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    key: Key
    values: dict[str, Any]
    read: dict[str, Any]
    evidence: Evidence | None
    doubts: list[str]
    confidence: float | None
    verdict: Verdict | None
    ground: str
    seen: int


class DocumentView(BaseModel):
    """A document: where its file is, and its facts as they were read, in the order of the record."""

    name: str
    source: dict[str, Any]
    original: Literal["present", "missing", "changed", "not_given"]
    facts: list[FactView]


class SayingIn(BaseModel):
    """What somebody says of a fact. `field` and `after` belong to ``correct``; a header fact needs no field."""

    model_config = ConfigDict(extra="forbid")

    fact: str = Field(max_length=100)
    ground: str = Field(max_length=64)
    seen: int = Field(ge=0, le=1_000_000)
    action: Action
    who: str = Field(pattern=r"\w", max_length=80)
    field: str | None = Field(default=None, max_length=40)
    after: JsonValue = None


def api(desk: Desk) -> APIRouter:
    """Return the routes for programs."""
    refusals: dict[int | str, dict[str, Any]] = {
        status: {"model": Failure} for status in (400, 401, 403, 404, 409, 413, 421, 422, 500)
    }
    routes = APIRouter(responses=refusals, tags=["review"])

    @routes.get("/documents")
    def documents(
        q: Annotated[str, Query(max_length=200)] = "",
        issuer: Annotated[str, Query(max_length=300)] = "",
        kind: Annotated[str, Query(max_length=300)] = "",
        year: Annotated[int | None, Query(ge=1000, le=9999)] = None,
        state: listing.State | None = None,
        order: listing.Order = "newest",
        start: Annotated[int, Query(ge=0, le=100_000_000)] = 0,
    ) -> DocumentList:
        """List documents, fifty at a time."""
        found = desk.listing.find(Filters(q, issuer, kind, year, state, order, start))
        return DocumentList(count=found.count, documents=found.rows)

    @routes.get("/documents/{name:path}")
    def document(name: Name) -> DocumentView:
        """Return one document with its facts."""
        opened = desk.shelf.open(name)
        facts = [FactView.model_validate(card) for card in all_cards(opened)]
        source = opened.record.source.model_dump()
        return DocumentView(name=name, source=source, original=desk.original(opened).state, facts=facts)

    @routes.get("/truth/{name:path}")
    def truth(name: Name) -> dict[str, Any]:
        """Return the facts as people left them, in the form that `make score` reads truth in."""
        return corrections.truth(desk.shelf.open(name).judged)

    @routes.post("/corrections/{name:path}", status_code=201)
    def correct(name: Name, said: SayingIn) -> corrections.Corrections:
        """Say something of a fact; the whole log comes back. 409: somebody else did meanwhile, or it was read again."""
        return _said(desk, name, said)

    return routes


def _said(desk: Desk, name: str, said: SayingIn) -> corrections.Corrections:
    if desk.read_only:
        raise HTTPException(403, "the page is read only")
    who = clean_name(said.who)
    if who is None:
        raise HTTPException(422, "no such name")
    opened = desk.shelf.open(name)
    saying = Saying(said.fact, said.ground, said.seen, said.action, who)
    try:
        if said.action == "correct":
            judging.correct_field(opened, saying, said.field or "", said.after)
        else:
            judging.judge(opened, saying)
    except (Conflict, Reread) as error:
        raise HTTPException(409, error.message) from None
    except UsageError as error:
        raise HTTPException(422, error.message) from None
    desk.note_saying()
    return corrections.read(opened.path)
