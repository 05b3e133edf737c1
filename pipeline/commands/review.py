"""`vanban review`: the page where a person checks facts against the paper, served on this computer."""

from __future__ import annotations

import argparse
import errno
import os
import re
import secrets
import socket
from contextlib import suppress
from pathlib import Path

from pipeline.commands.console import Commands, add_command, out_console, say
from pipeline.errors import UsageError

PORT = 8765
TOKEN_VARIABLE = "VANBAN_TOKEN"


def register(commands: Commands) -> None:
    """Add the command to the parser."""
    review = add_command(
        commands,
        "review",
        help="check facts against the picture of the paper, in a browser",
        description="Serve a page on this computer where facts are checked against the picture of the paper. Only this"
        " computer can open it, unless --host says otherwise; then whoever opens it needs the token that is printed.",
    )
    review.add_argument("store", type=Path, metavar="STORE", help="folder of the records")
    review.add_argument(
        "--source", type=Path, action="append", default=[], metavar="DIR",
        help="where the files lie that were read; may be given several times",
    )  # fmt: skip
    review.add_argument(
        "--port", type=_port, default=PORT, metavar="N", help=f"default: {PORT}; 0 takes any that is free"
    )
    review.add_argument(
        "--host", default="127.0.0.1", metavar="ADDRESS", help="another address to serve on; then a token is needed"
    )
    review.add_argument(
        "--token", help=f"the token, instead of one made anew; better given in the environment as {TOKEN_VARIABLE}"
    )
    review.add_argument("--read-only", action="store_true", help="look, but record nothing")
    review.add_argument("--cache", type=Path, metavar="DIR", help="folder for pictures of pages (default: the user's)")
    review.set_defaults(handler=_run)


def _run(options: argparse.Namespace) -> int:
    from pipeline.review.server import Serving, make_server  # loading takes a second that other commands need not wait

    if not options.store.is_dir():
        raise UsageError("there is no such folder of records", path=options.store)
    for folder in options.source:
        if not folder.is_dir():
            raise UsageError("there is no such folder of originals", path=folder)
    token = _token(options)
    serving = Serving(
        store=options.store,
        folders=tuple(options.source),
        host=options.host,
        listener=_listen(options.host, options.port),
        token=token,
        read_only=options.read_only,
        cache=options.cache,
    )
    with suppress(KeyboardInterrupt):
        server = make_server(serving, watch=lambda done, of: say(f"{done} of {of} records are in the tables"))
        out_console.print(f"Open {serving.address}", markup=False)
        say("Stop with Ctrl-C.")
        server.run(sockets=[serving.listener])
    return 0


def _token(options: argparse.Namespace) -> str | None:
    """Return the token that visitors need: one where the page is served beyond this computer, or where one is given."""
    given: str | None = options.token or os.environ.get(TOKEN_VARIABLE)
    if given is not None and not re.fullmatch(r"[A-Za-z0-9_-]{16,200}", given):
        raise UsageError("the token needs at least 16 letters, digits, - or _")
    if given is None and options.host not in ("127.0.0.1", "localhost", "::1"):
        return secrets.token_urlsafe(24)
    return given


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 1 << 16):
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to 65535, not {text!r}")
    return int(text)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        reason = (error.strerror or str(error)).partition(" (while ")[0]  # create_server adds the address once more
        taken = error.errno in (errno.EADDRINUSE, errno.EACCES)
        advice = "Try --port 0." if taken else "Give an address of this computer."
        raise UsageError(f"cannot serve on {host}, port {port} ({reason.lower()})", advice=advice) from None
    return listener
