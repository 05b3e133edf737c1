"""What every request passes before anything else, and what every answer carries.

A page on the loopback is in reach of every web page that the same browser has open. Hence: only known host names (a
foreign name that resolves here is refused), no posts from other pages, bodies within bounds, and answers that load
nothing from elsewhere and run no script but ours. Beyond the loopback nobody gets in without the token.
"""

from __future__ import annotations

import hmac
import ipaddress
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES: Final = 256 << 10
LOOPBACK_NAMES: Final = frozenset({"localhost", "127.0.0.1", "::1"})
TOKEN_COOKIE: Final = "vanban_token"
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "img-src 'self'",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


@dataclass(frozen=True)
class Gate:
    """Who may come in: the host names that requests may carry, and the token, None on the loopback alone.

    `any_address` lets every literal IP address pass as a host name: only names can be made to resolve to a stranger.
    """

    names: frozenset[str] = field(default=LOOPBACK_NAMES)
    token: str | None = None
    any_address: bool = False

    def knows(self, host: str) -> bool:
        """Whether a Host header names this server."""
        name = _host_name(host)
        if name in self.names:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return self.any_address

    def admits(self, token: str) -> bool:
        """Whether this is the token."""
        return self.token is not None and hmac.compare_digest(token.encode(), self.token.encode())


class Guard:
    """ASGI middleware: refuses what must not come in, and dresses every answer in `HEADERS`."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self.app, self.gate = app, gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return  # websockets are not spoken here

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refusal = self._refusal(scope, Headers(scope=scope))
        if refusal is not None:
            await refusal(scope, receive, dressed)
        else:
            await self.app(scope, _bounded(receive), dressed)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        host = headers.get("host", "")
        if not self.gate.knows(host):
            return PlainTextResponse("This server does not go by that name.", 421)
        if self.gate.token is not None and not self._has_token(scope, headers):
            return self._ask_for_token(scope)
        if scope["method"] not in ("GET", "HEAD") and not _same_origin(headers, host):
            return PlainTextResponse("Posts from other pages are refused.", 403)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MAX_BODY_BYTES:
            return PlainTextResponse("The request is too large.", 413)
        return None

    def _has_token(self, scope: Scope, headers: Headers) -> bool:
        kind, _, bearer = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and self.gate.admits(bearer.strip()):
            return True
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(TOKEN_COOKIE)
        except CookieError:
            return False
        return cookie is not None and self.gate.admits(cookie.value)

    def _ask_for_token(self, scope: Scope) -> Response:
        """Take the token from the address once, into a cookie, so that it stays in no address bar."""
        query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if scope["method"] == "GET" and self.gate.admits(query.pop("token", [""])[0]):
            path = "/" + scope["path"].lstrip("/\\")
            target = f"{path}?{urlencode(query, doseq=True)}" if query else path
            answer = RedirectResponse(target, 303)
            answer.set_cookie(TOKEN_COOKIE, self.gate.token or "", httponly=True, samesite="strict", path="/")
            return answer
        return PlainTextResponse("Open the address with ?token=… that vanban review printed.", 401)


def _bounded(receive: Receive) -> Receive:
    """Cut a body off that turns out longer than it said."""
    left = MAX_BODY_BYTES

    async def bounded() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        return message if left >= 0 else {"type": "http.disconnect"}

    return bounded


def _same_origin(headers: Headers, host: str) -> bool:
    """Whether a browser says that the post comes from our own page; programs, which are no browsers, say nothing."""
    origin = headers.get("origin")
    if origin is not None:
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()
    return headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


def _host_name(host: str) -> str:
    """Return a Host header without its port and brackets, in small letters."""
    name = host.strip().lower()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.partition(":")[0] if name.count(":") <= 1 else name
