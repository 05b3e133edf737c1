"""Facts that the reader missed, added by a person: marked, filled in, kept, found again, and in truth and tables."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from pipeline import corrections
from pipeline.analysis import tabulate, truths
from pipeline.analysis.database import Database
from pipeline.review.adding import KINDS, Marked
from pipeline.review.phrases import LANGUAGES
from tests.review_store import HOSTILE, PLAN, Shop, make_shop, read

LINE = "2. Phòng Kế hoạch theo dõi, tổng hợp kết quả thực hiện."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, tinos: Path) -> Shop:
    return make_shop(tmp_path_factory.mktemp("adding"))


@pytest.fixture
def shop(made: Shop) -> Shop:
    for path in made.store.rglob(f"*{corrections.SUFFIX}"):
        path.unlink()
    return made


@pytest.fixture
def client(shop: Shop) -> TestClient:
    client = shop.client()
    client.cookies.set("vanban_who", "L%C3%AA%20Lan")
    return client


def line_of(shop: Shop, text: str) -> tuple[int, int]:
    """Return page and number of the line that begins so."""
    for page in read(shop, PLAN).pages:
        for number, line in enumerate(page.lines, start=1):
            if line.text.startswith(text):
                return page.number, number
    raise AssertionError(text)


def hidden(html: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html))


def add(client: TestClient, marked: Marked, **typed: str) -> Any:
    """Open the form of the lines and send it filled in."""
    page = client.get(marked.address(PLAN))
    assert page.status_code == 200
    return client.post(f"/add/{PLAN}", data={**hidden(page.text), **typed})


def say(client: TestClient, fact: dict[str, Any], action: str, **more: Any) -> dict[str, dict[str, Any]]:
    """Say something of a fact, and return all facts as they stand then."""
    said = {"fact": fact["id"], "ground": fact["ground"], "seen": fact["seen"], "action": action, "who": "B", **more}
    assert client.post(f"/api/corrections/{PLAN}", json=said).status_code == 201
    return {one["id"]: one for one in client.get(f"/api/documents/{PLAN}").json()["facts"]}


def deadline(shop: Shop) -> Marked:
    page, line = line_of(shop, "2. Phòng Kế hoạch")
    return Marked("deadlines", page, line, line)


DEADLINE = {"due": "20/12/2026", "relation": "by", "task": "tổng hợp kết quả", "units": "Phòng Kế hoạch"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_form(client: TestClient, language: str, kind: str) -> None:
    client.cookies.set("vanban_language", language)
    page = client.get(f"/add/{PLAN}?kind={kind}&page=2&first=1&last=2")
    assert page.status_code == 200 and 'name="ground"' in page.text
    assert client.get(f"/add/{HOSTILE}?kind={kind}&first=1").status_code == 200


def test_an_added_fact_stands_among_the_others_and_can_be_judged(client: TestClient, shop: Shop) -> None:
    count = len(read(shop, PLAN).deadlines)
    answer = add(client, deadline(shop), **DEADLINE)
    card = f"deadlines-{count}"
    assert (answer.status_code, answer.headers["location"]) == (303, f"/documents/{PLAN}?fact={card}#fact-{card}")
    facts = {fact["id"]: fact for fact in client.get(f"/api/documents/{PLAN}").json()["facts"]}
    assert facts[card]["verdict"] == "added" and facts[card]["values"]["due"] == "2026-12-20"
    evidence = facts[card]["evidence"]
    assert (evidence["page"], evidence["quote"]) == (2, LINE) and evidence["bbox"]
    for action, field, after, verdict, due in (
        ("correct", "due", "2026-12-21", "added", "2026-12-21"),
        ("reject", None, None, "rejected", "2026-12-20"),
        ("undo", None, None, "added", "2026-12-21"),
    ):
        facts = say(client, facts[card], action, field=field, after=after)
        assert (facts[card]["verdict"], facts[card]["values"]["due"]) == (verdict, due)
    for _ in range(2):
        facts = say(client, facts[card], "undo")
    assert card not in facts


def test_it_wins_in_the_tables_and_goes_into_truth(client: TestClient, shop: Shop, tmp_path: Path) -> None:
    add(client, deadline(shop), **DEADLINE)
    tabulate.refresh(shop.store)
    with Database(shop.store) as database:
        rows = database.ask("SELECT due, units, review, reviewer, page FROM deadlines WHERE review = 'added'").table()
        said = database.ask("SELECT action, who, after FROM corrections WHERE action = 'add'").table()
    assert [(str(due), *rest) for due, *rest in rows] == [("2026-12-20", ["Phòng Kế hoạch"], "added", "Lê Lan", 2)]
    ((action, who, after),) = said
    assert (action, who) == ("add", "Lê Lan") and '"due": "2026-12-20"' in after
    path = shop.store / f"{PLAN}.json"
    judged = corrections.apply(read(shop, PLAN), corrections.read(path))
    assert corrections.truth(judged)["deadlines"][-1]["task"] == "tổng hợp kết quả"
    assert truths.write(shop.store, tmp_path) == (0, 1)  # begun: the facts that were read are still to be judged


def test_it_survives_a_second_reading_where_its_lines_say_the_same(client: TestClient, shop: Shop) -> None:
    add(client, deadline(shop), **DEADLINE)
    log = corrections.read(shop.store / f"{PLAN}.json")
    again = read(shop, PLAN)
    again.deadlines.clear()
    again.pages[1].lines.insert(0, again.pages[0].lines[0])
    judged = corrections.apply(again, log)
    assert [fact.evidence.lines[0] for fact in judged.record.deadlines] == [deadline(shop).first + 1]
    assert judged.judgements["deadlines"][0].verdict == "added" and not judged.stale
    line = again.pages[1].lines[deadline(shop).first]
    line.text = line.text.replace("Kế hoạch", "Hành chính")
    judged = corrections.apply(again, log)
    assert judged.record.deadlines == [] and [entry.action for entry in judged.stale] == ["add"]


def test_lines_that_stand_twice_are_told_apart(client: TestClient, shop: Shop) -> None:
    record = read(shop, PLAN)
    page = record.pages[1]
    page.lines.append(page.lines[-1].model_copy())
    path = shop.store / f"{PLAN}.json"
    for line in (len(page.lines), len(page.lines) - 1):
        evidence = corrections.additions.place(record, 2, line, line)
        assert evidence
        fields = {"due": "2026-12-20", "relation": "by", "task": "a", "units": [], "section": None}
        corrections.add_fact(path, record, "deadlines", evidence, fields, who="A", when="2026-11-30T00:00:00+00:00")
    judged = corrections.apply(record, corrections.read(path))
    assert [fact.evidence.lines[0] for fact in judged.record.deadlines[-2:]] == [len(page.lines), len(page.lines) - 1]
    page.lines.pop()
    assert len(corrections.apply(record, corrections.read(path)).stale) == 2  # one line is left: nobody knows whose


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({**DEADLINE, "due": "40/12/2026"}, 422, "ngày/tháng/năm"),
        ({**DEADLINE, "due": ""}, 422, "không được để trống"),
        ({**DEADLINE, "task": " "}, 422, "không được để trống"),
        ({**DEADLINE, "relation": "after"}, 422, "không hợp kiểu"),
        ({**DEADLINE, "ground": "0"}, 409, "đọc lại"),
        ({**DEADLINE, "csrf": "x"}, 403, "không đến từ trang này"),
        ({**DEADLINE, "first": "99"}, 409, "đọc lại"),
    ],
)
def test_what_does_not_fit_is_said_and_kept_in_the_form(
    client: TestClient, shop: Shop, typed: dict[str, str], status: int, said: str
) -> None:
    answer = add(client, deadline(shop), **typed)
    assert answer.status_code == status and said in answer.text
    if status == 422:
        assert "Phòng Kế hoạch" in answer.text and 'role="alert"' in answer.text
    assert not corrections.path_beside(shop.store / f"{PLAN}.json").exists()


@pytest.mark.parametrize("query", ["page=9&first=1", "first=99", "first=0&last=3", "page=x&first=-1", "first=3&last=1"])
def test_places_that_are_none_have_no_form(client: TestClient, query: str) -> None:
    page = client.get(f"/add/{PLAN}?{query}")
    assert page.status_code == 200 and 'name="ground"' not in page.text


def test_nobody_adds_where_the_page_is_read_only_or_without_a_name(shop: Shop) -> None:
    assert shop.client(read_only=True).get(f"/add/{PLAN}").status_code == 403
    assert "/add/" not in shop.client(read_only=True).get(f"/documents/{PLAN}").text
    answer = add(shop.client(), deadline(shop), **DEADLINE)
    assert answer.status_code == 303 and answer.headers["location"].startswith("/name?next=%2Fadd%2F")


def test_pointing_at_lines_marks_from_the_first_to_the_last() -> None:
    marked = Marked("targets", 1)
    for line, lines in ((4, (4, 4)), (6, (4, 6)), (2, (2, 6)), (5, (5, 5))):
        marked = marked.with_line(line)
        assert (marked.first, marked.last) == lines
