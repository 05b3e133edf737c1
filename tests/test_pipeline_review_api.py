"""The JSON endpoints: what they give, what they refuse, and that they are as their description says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import corrections
from tests.review_store import HOSTILE, PLAN, TURNED, Shop, make_shop


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, tinos: Path) -> Shop:
    return make_shop(tmp_path_factory.mktemp("api"))


@pytest.fixture(scope="module")
def client(shop: Shop) -> Iterator[TestClient]:
    with shop.client() as client:
        yield client


def fact(client: TestClient, card_id: str) -> dict[str, Any]:
    facts = client.get(f"/api/documents/{PLAN}").json()["facts"]
    return next(one for one in facts if one["id"] == card_id)


def say(client: TestClient, of: dict[str, Any], **said: Any) -> Any:
    body = {"fact": of["id"], "ground": of["ground"], "seen": of["seen"], "who": "Máy", **said}
    return client.post(f"/api/corrections/{PLAN}", json=body)


def test_the_list_as_json(client: TestClient) -> None:
    found = client.get("/api/documents", params={"q": "ho chua"}).json()
    assert found["count"] == 1
    assert found["documents"][0]["name"] == PLAN and found["documents"][0]["doubtful"] == 1
    assert client.get("/api/documents", params={"order": "name"}).json()["count"] == 3
    assert client.get("/api/documents", params={"order": "up"}).status_code == 422


def test_a_document_as_json(client: TestClient) -> None:
    document = client.get(f"/api/documents/{TURNED}").json()
    assert document["original"] == "present" and document["source"]["path"] == TURNED
    assert [one["id"] for one in document["facts"] if one["id"].startswith("targets")] == ["targets-0"]
    assert client.get("/api/documents/none.pdf").json()["error"] == "not_there"


def test_a_saying_is_recorded_and_the_late_and_the_unfit_are_told(client: TestClient, shop: Shop) -> None:
    target = fact(client, "targets-0")
    assert say(client, target, action="correct", field="value", after=97).status_code == 201
    assert say(client, target, action="accept").status_code == 409  # one entry was not seen
    fresh = fact(client, "targets-0")
    assert fresh["values"]["value"] == 97 and fresh["read"]["value"] == 95 and fresh["verdict"] == "corrected"
    for field, after in (("value", "viele"), ("evidence", None), ("colour", "red"), ("direction", "up"), (None, 1)):
        assert say(client, fresh, action="correct", field=field, after=after).status_code == 422, field
    assert say(client, fresh, action="accept", ground="0" * 16).status_code == 409
    assert say(client, fresh, action="accept", who="\n").status_code == 422
    assert say(client, fresh, action="accept", more=1).status_code == 422
    log = say(client, fresh, action="undo").json()
    assert [entry["action"] for entry in log["corrections"]] == ["correct", "undo"]
    assert log["corrections"][0]["before"] == 95
    assert corrections.read(shop.store / f"{PLAN}.json").corrections[0].who == "Máy"


def test_only_json_and_only_from_here(client: TestClient) -> None:
    form = {"Content-Type": "text/plain"}
    assert client.post(f"/api/corrections/{PLAN}", content=b"{}", headers=form).status_code == 422
    strange = {"Origin": "http://evil.example"}
    assert client.post(f"/api/corrections/{PLAN}", json={}, headers=strange).status_code == 403


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "/etc/passwd", ".", "", "a//b",
        "vanban-summary", "vanban-tables/manifest", f"{PLAN}.corrections", ".hidden", "a%00b", "a%0ab", "a\\b",
        "x" * 1999, "x" * 5000, "\ud800".encode("utf-8", "surrogatepass").hex(),
    ],
)  # fmt: skip
def test_names_that_lead_elsewhere_lead_nowhere(client: TestClient, name: str) -> None:
    for place in ("/api/documents/", "/api/truth/", "/documents/", "/pages/1/", "/edit/targets-0/"):
        answer = client.get(f"{place}{name}")
        assert answer.status_code in (200, 404, 422), (place, answer.status_code)
        if answer.status_code == 200:  # the list itself, where the path was folded away
            assert "root:" not in answer.text and "generation" not in answer.text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=60), card=st.text(max_size=20), number=st.integers() | st.text(max_size=6))
def test_whatever_is_asked_for_no_answer_is_a_failure(client: TestClient, name: str, card: str, number: Any) -> None:
    from urllib.parse import quote

    name, card = quote(name, safe="", errors="replace"), quote(card, safe="", errors="replace")
    number = quote(str(number), safe="", errors="replace")
    for address in (
        f"/api/documents/{name}", f"/documents/{name}", f"/documents/{PLAN}?from={number}&kind={name}&order={card}",
        f"/pages/{number}/{PLAN}", f"/edit/{card}/{PLAN}", f"/?q={name}&year={number}&from={number}",
        f"/charts?indicator={name}&month={number}", f"/language/{name}", f"/name?next={name}",
    ):  # fmt: skip
        assert client.get(address).status_code < 500, address


def test_a_record_that_is_none_or_too_large_is_told(client: TestClient, shop: Shop, monkeypatch: Any) -> None:
    from pipeline.review import shelf

    broken = shop.store / "broken.pdf.json"
    for text in ("{}", "[]", '{"schema": "vanban/1"}', '{"schema": "vanban/9"}', "{", "[" * 100_000, "\xff"):
        broken.write_text(text, "latin-1")
        assert client.get("/api/documents/broken.pdf").status_code == 422, text[:30]
        assert client.get("/documents/broken.pdf").status_code == 422, text[:30]
    broken.unlink()
    monkeypatch.setattr(shelf, "MAX_RECORD_BYTES", 100)
    assert client.get(f"/documents/{HOSTILE}").status_code == 413


def test_the_description_names_every_endpoint(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/documents", "/api/documents/{name}", "/api/truth/{name}", "/api/corrections/{name}"
    }  # fmt: skip
    assert client.get("/docs").status_code == 404 and client.get("/redoc").status_code == 404
