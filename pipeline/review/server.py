"""Serving the page: where, for whom, and until when."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import uvicorn

from pipeline.analysis import manifests, tabulate
from pipeline.errors import NoTables
from pipeline.review.answers import Answers, Follower
from pipeline.review.app import make_app
from pipeline.review.desk import Desk
from pipeline.review.guard import LOOPBACK_NAMES, Gate
from pipeline.review.pictures import Pictures, default_cache
from pipeline.review.shelf import Shelf

EVERYWHERE: Final = ("", "0.0.0.0", "::")


@dataclass(frozen=True)
class Serving:
    """What to serve, and on which socket; `token` is None on the loopback alone."""

    store: Path
    folders: tuple[Path, ...]
    host: str
    listener: socket.socket
    token: str | None = None
    read_only: bool = False
    cache: Path | None = None

    @property
    def address(self) -> str:
        """What to open in a browser."""
        port = self.listener.getsockname()[1]
        host = socket.gethostname() if self.host in EVERYWHERE else self.host
        host = f"[{host}]" if ":" in host else host
        return f"http://{host}:{port}/" + (f"?token={self.token}" if self.token else "")

    @property
    def gate(self) -> Gate:
        """Who may come in."""
        own = {self.host.lower(), socket.gethostname().lower(), socket.getfqdn().lower()} if self.token else set()
        return Gate(LOOPBACK_NAMES | own - {""}, self.token, any_address=self.host in EVERYWHERE)


def make_desk(serving: Serving, watch: tabulate.Watch) -> Desk:
    """Return everything that requests share; a store without tables gets them now, if it may be written.

    `watch` is told how far that is.

    Raises:
        TablesError, StoreBusy, OutputError: the tables cannot be read, or not be made.
    """
    try:
        manifests.read_manifest(serving.store)
    except NoTables:
        if serving.read_only:
            raise
        tabulate.refresh(serving.store, watch=watch)
    return Desk(
        shelf=Shelf(serving.store),
        answers=Answers(serving.store),
        pictures=Pictures(serving.cache or default_cache()),
        folders=serving.folders,
        read_only=serving.read_only,
        follower=None if serving.read_only else Follower(serving.store),
    )


def make_server(serving: Serving, watch: tabulate.Watch = lambda done, of: None) -> uvicorn.Server:
    """Return what serves the page on the socket once it runs; raises as `make_desk` does."""
    config = uvicorn.Config(
        make_app(make_desk(serving, watch), serving.gate), log_level="warning", access_log=False, server_header=False,
        proxy_headers=False, lifespan="on", timeout_keep_alive=30, limit_concurrency=256,
    )  # fmt: skip
    return uvicorn.Server(config)
