"""Who may come in, from where, and what every answer carries."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from pipeline.commands import review as command
from pipeline.errors import UsageError
from pipeline.review.desk import clean_name, local_path
from pipeline.review.guard import HEADERS, MAX_BODY_BYTES, Gate, Guard

HERE = "http://127.0.0.1:8765"
TOKEN = "a-token-of-some-length"


def client(gate: Gate) -> TestClient:
    app = FastAPI()

    @app.api_route("/{path:path}", methods=["GET", "POST", "PUT", "DELETE"])
    async def anything(request: Request) -> dict[str, int]:
        return {"bytes": len(await request.body())}

    app.add_middleware(Guard, gate=gate)
    return TestClient(app, base_url=HERE, follow_redirects=False, raise_server_exceptions=False)


@pytest.fixture
def loopback() -> Iterator[TestClient]:
    with client(Gate()) as one:
        yield one


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8765", 200),
        ("localhost", 200),
        ("LOCALHOST:80", 200),
        ("[::1]:8765", 200),
        ("evil.example", 421),
        ("evil.example:8765", 421),
        ("127.0.0.1.evil.example", 421),
        ("10.0.0.5", 421),
        ("localhost@evil.example", 421),
        ("", 421),
    ],
)
def test_only_names_of_the_loopback_are_served(loopback: TestClient, host: str, status: int) -> None:
    assert loopback.get("/", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),  # a program, no browser
        ({"Origin": HERE, "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:9999"}, 403),
        ({"Origin": "http://127.0.0.1"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Origin": "file://127.0.0.1:8765"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_posts_from_other_pages_are_refused(
    loopback: TestClient, headers: dict[str, str], status: int, method: str
) -> None:
    assert loopback.request(method, "/judge", headers=headers).status_code == status


def test_every_answer_is_dressed(loopback: TestClient) -> None:
    for answer in (loopback.get("/"), loopback.get("/", headers={"Host": "evil.example"}), loopback.post("/")):
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"]


def test_bodies_are_bounded_whether_they_say_so_or_not(loopback: TestClient) -> None:
    assert loopback.post("/", content=b"x" * MAX_BODY_BYTES).json() == {"bytes": MAX_BODY_BYTES}
    assert loopback.post("/", content=b"x" * (MAX_BODY_BYTES + 1)).status_code == 413
    unsaid = loopback.post("/", content=(b"x" * 1024 for _ in range(300)))
    assert unsaid.status_code >= 400
    assert loopback.post("/", headers={"Content-Length": "-1"}).status_code == 413


def test_elsewhere_nobody_gets_in_without_the_token() -> None:
    with client(Gate(frozenset({"scan.example"}), TOKEN)) as one:
        away = {"Host": "scan.example"}
        assert one.get("/", headers=away).status_code == 401
        assert one.get("/?token=wrong", headers=away).status_code == 401
        assert one.get("/?token=%C4%90", headers=away).status_code == 401
        assert one.post(f"/?token={TOKEN}", headers=away).status_code == 401
        entry = one.get(f"/documents/a?token={TOKEN}&kind=targets", headers=away)
        assert (entry.status_code, entry.headers["location"]) == (303, "/documents/a?kind=targets")
        cookie = entry.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=strict" in cookie
        assert one.get("/", headers={**away, "Cookie": f"vanban_token={TOKEN}"}).status_code == 200
        assert one.get("/", headers={**away, "Cookie": "vanban_token=wrong"}).status_code == 401
        assert one.get("/", headers={**away, "Authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert one.get("/", headers={"Host": "evil.example", "Cookie": f"vanban_token={TOKEN}"}).status_code == 421
        one.cookies.clear()
        climbing = one.get(f"{HERE}//evil.example/?token={TOKEN}", headers={"Host": "scan.example"})
        assert climbing.headers["location"] == "/evil.example/"


def test_served_everywhere_addresses_pass_and_strange_names_do_not() -> None:
    gate = Gate(frozenset({"scan"}), TOKEN, any_address=True)
    assert all(gate.knows(host) for host in ("10.1.2.3:8765", "[fe80::1]:80", "scan:8765"))
    assert not any(gate.knows(host) for host in ("evil.example", "10.1.2.3.evil.example", "999.1.1.1"))


def options(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    command.register(parser.add_subparsers())
    return parser.parse_args(["review", "store", *arguments])


def test_beyond_the_loopback_there_is_always_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(command.TOKEN_VARIABLE, raising=False)
    assert command._token(options()) is None and command._token(options("--host", "::1")) is None
    made = {command._token(options("--host", host)) for host in ("0.0.0.0", "10.1.2.3", "scan.example", "")}
    assert len(made) == 4 and all(token and len(token) >= 32 for token in made)
    assert command._token(options("--token", TOKEN)) == TOKEN
    monkeypatch.setenv(command.TOKEN_VARIABLE, TOKEN)
    assert command._token(options("--host", "10.1.2.3")) == TOKEN
    for bad in ("short", "x" * 300, "sixteen letters here", "đđđđđđđđđđđđđđđđđđ"):
        with pytest.raises(UsageError):
            command._token(options("--token", bad))


@given(st.text())
def test_where_to_go_on_to_never_leads_elsewhere(path: str) -> None:
    onward = local_path(path)
    assert onward.startswith("/") and not onward.startswith("//") and "\\" not in onward
    assert onward in (path, "/")


@given(st.text(max_size=200))
def test_a_name_is_one_printable_line(typed: str) -> None:
    name = clean_name(typed)
    assert name is None or (name.isprintable() and 0 < len(name) <= 80 and name == name.strip())
