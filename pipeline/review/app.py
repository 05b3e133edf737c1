"""The review page put together: pages and JSON endpoints behind the guard, and what is said when something fails."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from pipeline import __version__
from pipeline.errors import InputError, NoRecords, PageError, QueryError, TablesError, TooLarge, VanbanError
from pipeline.review.api import api
from pipeline.review.desk import Desk
from pipeline.review.guard import Gate, Guard
from pipeline.review.shelf import NotThere
from pipeline.review.site import site

STATIC: Final = Path(__file__).with_name("static")
log = logging.getLogger("vanban.review")


def make_app(desk: Desk, gate: Gate | None = None) -> FastAPI:
    """Return the application that serves one store."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        desk.start()
        yield
        desk.close()

    app = FastAPI(
        title="vanban review", version=__version__, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json",
        lifespan=life, redirect_slashes=False,
    )  # fmt: skip
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(api(desk), prefix="/api")
    app.include_router(site(desk))
    _add_failures(app, desk)
    app.add_middleware(Guard, gate=gate or Gate())
    return app


def _add_failures(app: FastAPI, desk: Desk) -> None:
    """Say what went wrong: as JSON to programs, as a page to people."""

    @app.exception_handler(VanbanError)
    def known(request: Request, error: VanbanError) -> Response:
        status, key = _status(error)
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": error.code, "message": error.message}, status)
        return desk.refuse(request, status, key, why=error.message)

    @app.exception_handler(HTTPException)
    def missing(request: Request, error: HTTPException) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": "http", "message": error.detail}, error.status_code, error.headers)
        return desk.refuse(request, error.status_code, "not_found")

    @app.exception_handler(RequestValidationError)
    def unfit(request: Request, error: RequestValidationError) -> Response:
        if request.url.path.startswith("/api/"):
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            return JSONResponse({"error": "request", "message": f"{place}: {first['msg']}"}, 422)
        return desk.refuse(request, 404, "not_found")

    @app.exception_handler(Exception)
    def unknown(request: Request, error: Exception) -> Response:
        log.error("%s %s", request.method, request.url.path, exc_info=error)
        return desk.refuse(request, 500, "inside")


def _status(error: VanbanError) -> tuple[int, str]:
    """Return the status of an error, and the phrase that tells it."""
    if isinstance(error, NotThere):
        return 404, "not_found"
    if isinstance(error, NoRecords):
        return 404, "no_records"
    if isinstance(error, TablesError | QueryError):
        return 503, "tables"
    if isinstance(error, TooLarge):
        return 413, "too_large"
    if isinstance(error, InputError | PageError):
        return 422, "damaged"
    return 500, "refused"
