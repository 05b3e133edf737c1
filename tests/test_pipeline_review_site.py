"""The review page as a browser without scripts sees it: find, open, judge, correct, undo, conflict, languages."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from html import unescape
from itertools import count
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from pipeline import corrections, store
from pipeline.analysis import tabulate
from pipeline.review import documentpage, judging
from tests.review_store import HOSTILE, NASTY, PLAN, TURNED, Shop, make_shop, read

WHO = "Nguyễn Thị Kiểm"


@pytest.fixture(scope="module")
def shared_shop(tmp_path_factory: pytest.TempPathFactory, tinos: Path) -> Shop:
    return make_shop(tmp_path_factory.mktemp("review"))


@pytest.fixture
def shop(shared_shop: Shop) -> Iterator[Shop]:
    yield shared_shop
    for path in shared_shop.store.rglob(f"*{corrections.SUFFIX}"):
        path.unlink()


@pytest.fixture
def client(shop: Shop) -> Iterator[TestClient]:
    with shop.client() as client:
        client.cookies.set("vanban_who", quote(WHO))
        yield client


def card(html: str, card_id: str) -> str:
    """Cut one card out of a page."""
    _, found, rest = html.partition(f' id="fact-{card_id}"')
    assert found, card_id
    return re.split(r'<li class="fact|<p class="export"', rest)[0]


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, name
    return unescape(found[1])


def post(client: TestClient, html: str, card_id: str, action: str, **typed: str):  # type: ignore[no-untyped-def]
    one = card(html, card_id)
    fields = {name: hidden(one, name) for name in ("csrf", "ground", "seen")}
    return client.post(f"/judge/{card_id}/{PLAN}", data={**fields, "action": action, **typed})


def document(client: TestClient, query: str = "") -> str:
    answer = client.get(f"/documents/{PLAN}{query}")
    assert answer.status_code == 200
    return answer.text


def test_the_list_shows_every_document_newest_first(client: TestClient) -> None:
    html = client.get("/").text
    assert "1–3 trong 3 văn bản" in html
    assert f'href="/documents/{PLAN}"' in html and f'href="/documents/{TURNED}"' in html
    assert html.index(PLAN) < html.index(TURNED)  # the only one with a date


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=ho+chua", {PLAN}),
        ("q=hồ chứa", {PLAN}),
        ("q=hố chứa", set()),
        ("q=SO THUY LOI nang cap", {PLAN}),
        ("q=thủy lợi 027/kh-stl", {PLAN}),
        ("q=thuỷ", {PLAN}),
        ("q=thúy", set()),
        ("q=' OR 1=1 --", set()),
        ("q=27/KH-STL", {PLAN}),
        ("kind=Kế+hoạch", {PLAN}),
        ("year=2026", {PLAN}),
        ("year=1999", set()),
        ("state=doubtful", {PLAN}),
        ("state=begun", set()),
        ("state=open&order=name", {PLAN, TURNED, HOSTILE}),
        ("issuer=không+có", set()),
        ("year=abc&state=<b>&order=x&from=-5", {PLAN, TURNED, HOSTILE}),
    ],
)
def test_filters_narrow_the_list(client: TestClient, query: str, names: set[str]) -> None:
    table = client.get(f"/?{query}").text.partition("<tbody>")[2].partition("</tbody>")[0]
    assert {name for name in (PLAN, TURNED, HOSTILE) if f'"/documents/{name}"' in table} == names


@pytest.mark.parametrize(
    ("query", "count", "chosen"),
    [
        ("q=hồ+chứa", "1 văn bản", []),
        ("q=không+có+gì", "0 văn bản", []),
        ("kind=Nghị+quyết&year=1999&issuer=Bộ+X", "0 văn bản", ["Nghị quyết", "1999", "Bộ X"]),
    ],
)
def test_what_was_asked_for_and_how_much_was_found_is_said(
    client: TestClient, query: str, count: str, chosen: list[str]
) -> None:
    html = client.get(f"/?{query}").text
    assert re.search(rf'role="status">{count} ', html)
    assert all(f"<option selected>{one}</option>" in html for one in chosen)


def test_a_store_without_records_says_so_in_the_language_of_the_page(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    tabulate.refresh(tmp_path / "store")
    with Shop(tmp_path / "store", tmp_path, tmp_path / "cache").client() as client:
        answer = client.get("/")
        assert answer.status_code == 404 and "Kho chưa có bản ghi nào." in answer.text
        client.cookies.set("vanban_language", "en")
        assert "The store holds no records yet." in client.get("/").text


def test_a_fact_on_a_page_of_its_own_leads_to_its_place_in_the_document(client: TestClient) -> None:
    alone = client.get(f"/edit/targets-1/{PLAN}").text
    assert re.search(rf'class="fact-place" href="/documents/{PLAN}[^"#]*#page-1"', alone)
    assert 'href="#page-1"' in document(client)


def test_words_inside_a_document_are_found_with_their_page(client: TestClient) -> None:
    html = client.get("/?q=phong ke hoach theo doi").text
    assert f'href="/documents/{PLAN}#page-2"' in html
    assert "<mark>Phòng Kế hoạch theo dõi</mark>" in html


def test_a_document_shows_its_facts_doubtful_first(client: TestClient) -> None:
    html = document(client)
    ids = re.findall(r'id="fact-([^"]+)"', html)
    assert ids[0] == "targets-1"
    assert "hai lần đọc cho số khác nhau" in card(html, "targets-1")
    assert {"header-number", "targets-0", "deadlines-0", "references-0"} <= set(ids)
    by_page = re.findall(r'id="fact-([^"]+)"', document(client, "?order=page"))
    assert by_page[0].startswith("header-")
    assert set(re.findall(r'id="fact-([^"]+)"', document(client, "?show=doubtful"))) == {"targets-1"}
    assert all(
        one.startswith("deadlines") for one in re.findall(r'id="fact-([^"]+)"', document(client, "?kind=deadlines"))
    )


def test_a_link_to_a_fact_opens_the_part_of_the_list_that_has_it(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documentpage, "CARDS_ON_A_PAGE", 5)
    shown = re.findall(r'id="fact-([^"]+)"', document(client, "?order=page&fact=deadlines-0"))
    assert "deadlines-0" in shown and len(shown) <= 5
    assert "deadlines-0" not in document(client, "?order=page").partition('<ol class="facts">')[2]
    assert "fact-header" in document(client, "?fact=nothing-9")


def test_every_fact_with_a_box_has_it_on_its_page_in_points(client: TestClient, shop: Shop) -> None:
    html = document(client)
    record = read(shop, PLAN)
    for index, fact in enumerate(record.targets):
        box = re.search(rf'data-box="targets-{index}" x="([^"]+)" y="([^"]+)" width="([^"]+)" height="([^"]+)"', html)
        assert box and fact.evidence.bbox
        x, y, width, height = map(float, box.groups())
        assert (x, y, x + width, y + height) == pytest.approx(fact.evidence.bbox, abs=0.02)


def test_a_fact_is_accepted_and_undone(client: TestClient, shop: Shop) -> None:
    answer = post(client, document(client), "targets-0", "accept")
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("#fact-targets-0")
    html = document(client)
    assert "Đã chấp nhận" in card(html, "targets-0") and WHO in card(html, "targets-0")
    assert "Đã kiểm 1 /" in html
    assert post(client, html, "targets-0", "undo").status_code == 303
    assert "Đã chấp nhận" not in card(document(client), "targets-0")
    log = corrections.read(shop.store / f"{PLAN}.json")
    assert [(entry.action, entry.who) for entry in log.corrections] == [("accept", WHO), ("undo", WHO)]


def test_a_correction_of_two_fields_wins_in_the_tables_and_is_undone_at_once(
    client: TestClient, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = count()
    monkeypatch.setattr(judging, "_now", lambda: f"2026-11-22T08:{next(ticks):02}:00+00:00")  # it ticks at every look
    answer = post(client, document(client), "targets-1", "correct", value="82,5", unit="điểm")
    assert answer.status_code == 303, answer.text
    one = card(document(client), "targets-1")
    assert "82,5 điểm" in one and "trước đó: 80" in one
    desk = shop.desk()
    tabulate.refresh(shop.store)
    question = (
        "SELECT value, unit, review FROM targets JOIN documents USING (document) WHERE file = $file AND targets.n = 2"
    )
    assert desk.answers.ask(question, {"file": PLAN}) == [(82.5, "điểm", "corrected")]
    post(client, document(client), "targets-1", "undo")
    tabulate.refresh(shop.store)
    assert desk.answers.ask(question, {"file": PLAN}) == [(80.0, "%", None)]
    desk.close()


def test_a_header_field_is_corrected_and_a_rejected_fact_stays_in_sight(client: TestClient, shop: Shop) -> None:
    one = client.get(f"/edit/header-date/{PLAN}").text
    assert 'value="03/02/2026"' in one
    post(client, document(client), "header-date", "correct", date="13/2/2026")
    post(client, document(client), "deadlines-0", "reject")
    html = document(client)
    assert "13/02/2026" in card(html, "header-date")
    assert "Đã loại bỏ" in card(html, "deadlines-0")
    truth = client.get(f"/api/truth/{PLAN}").json()
    assert truth["header"]["date"] == "2026-02-13" and truth["deadlines"] == []


@pytest.mark.parametrize(
    ("card_id", "typed", "message"),
    [
        ("targets-0", {"value": "chín lăm"}, "cần một số"),
        ("targets-0", {"value": "1.234"}, "có thể hiểu hai cách"),
        ("targets-0", {"indicator": "  "}, "không được để trống"),
        ("targets-0", {"direction": "sideways"}, "không hợp kiểu"),
        ("deadlines-0", {"due": "31/2/2026"}, "cần ngày/tháng/năm"),
        ("header-date", {"date": "hôm qua"}, "cần ngày/tháng/năm"),
    ],
)
def test_what_does_not_fit_is_handed_back_with_what_was_typed(
    client: TestClient, shop: Shop, card_id: str, typed: dict[str, str], message: str
) -> None:
    answer = post(client, document(client), card_id, "correct", **typed)
    assert answer.status_code == 422
    assert message in unescape(answer.text)
    assert all(value.strip() in unescape(answer.text) for value in typed.values() if value != "sideways")
    assert not corrections.path_beside(shop.store / f"{PLAN}.json").exists()


def test_the_second_of_two_people_is_told(client: TestClient) -> None:
    seen_by_both = document(client)
    assert post(client, seen_by_both, "targets-0", "accept").status_code == 303
    client.cookies.set("vanban_who", quote("Trần Văn Hai"))
    late = post(client, seen_by_both, "targets-0", "reject")
    assert late.status_code == 409
    assert "Người khác vừa cho ý kiến" in late.text and WHO in late.text
    assert "Đã chấp nhận" in card(document(client), "targets-0")
    assert post(client, seen_by_both, "targets-0", "correct", value="1").status_code == 409


def test_a_document_that_was_read_again_meanwhile_takes_no_judgement_on_another_fact(
    client: TestClient, shop: Shop
) -> None:
    html = document(client)
    path = shop.store / f"{PLAN}.json"
    before = path.read_bytes()
    record = store.read_record(path)
    record.targets.reverse()
    try:
        store.write_record(record, path)
        answer = post(client, html, "targets-0", "accept")
        assert answer.status_code == 409 and "đọc lại" in answer.text
    finally:
        path.write_bytes(before)


def test_whoever_has_no_name_is_asked_for_it_once(shop: Shop) -> None:
    with shop.client() as client:
        answer = post(client, document(client), "targets-0", "accept")
        assert answer.status_code == 303 and answer.headers["location"].startswith("/name?next=")
        html = client.get(answer.headers["location"]).text
        csrf = hidden(html, "csrf")
        assert client.post("/name", data={"csrf": csrf, "who": " ", "next": "/"}).status_code == 422
        kept = client.post("/name", data={"csrf": csrf, "who": WHO, "next": f"/documents/{PLAN}"})
        assert (kept.status_code, kept.headers["location"]) == (303, f"/documents/{PLAN}")
        assert WHO in document(client)
        elsewhere = client.post("/name", data={"csrf": csrf, "who": WHO, "next": "//evil.example/"})
        assert elsewhere.headers["location"] == "/"


def test_our_own_script_gets_the_one_card_and_what_to_say(client: TestClient) -> None:
    one = card(document(client), "targets-0")
    fields = {name: hidden(one, name) for name in ("csrf", "ground", "seen")}
    answer = client.post(
        f"/judge/targets-0/{PLAN}", data={**fields, "action": "accept"}, headers={"X-Fragment": "card"}
    )
    assert answer.status_code == 200 and answer.text.lstrip().startswith("<li")
    assert "X-Said" in answer.headers and "X-Progress" in answer.headers


def test_english_is_a_switch_away_and_stays(client: TestClient) -> None:
    assert '<html lang="vi">' in client.get("/").text
    answer = client.get("/language/en?next=/charts")
    assert (answer.status_code, answer.headers["location"]) == (303, "/charts")
    html = document(client)
    assert '<html lang="en">' in html and "Doubtful first" in html and "Nghi vấn trước" not in html


def test_text_of_a_record_cannot_act_as_a_page(client: TestClient) -> None:
    for address in ("/", f"/documents/{HOSTILE}", f"/edit/targets-0/{HOSTILE}", "/charts", "/?q=script"):
        html = client.get(address).text
        assert "<script>alert" not in html and "<img src=x" not in html, address
    html = client.get(f"/documents/{HOSTILE}").text
    assert "\u202e" not in html and "⟨U+202E⟩" in html
    assert "<bdi>&lt;script&gt;" in html
    inside = client.get(f"/edit/targets-0/{HOSTILE}").text
    assert NASTY in unescape(inside)  # a form must hold what is there, or saving would change it


def test_a_missing_and_a_changed_original_are_told(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / PLAN).write_bytes(b"%PDF-1.4 another")
    for folders, words in (
        ((), "Chưa chỉ định"),
        ((tmp_path / "none",), "Không tìm thấy"),
        ((tmp_path,), "đã thay đổi"),
    ):
        with shop.client(folders=folders) as client:
            html = document(client)
            assert words in html and '<img src="/pages' not in html
            assert client.get(f"/pages/1/{PLAN}").status_code == 404
            assert "Phòng Kế hoạch theo dõi" in html  # the text as read stands in for the picture


def test_a_page_picture_is_a_jpeg_and_kept(client: TestClient) -> None:
    answer = client.get(f"/pages/1/{PLAN}")
    assert answer.status_code == 200 and answer.content.startswith(b"\xff\xd8\xff")
    again = client.get(f"/pages/1/{PLAN}", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    for address in (f"/pages/3/{PLAN}", f"/pages/0/{PLAN}", f"/pages/1/{HOSTILE}", f"/pages/99999999999/{PLAN}"):
        assert client.get(address).status_code == 404, address


def test_charts_are_drawn_and_say_the_same_as_tables(client: TestClient) -> None:
    html = client.get("/charts?month=2026-12").text
    assert html.count('<svg class="plot"') >= 1
    assert "15/12/2026" in html and "Tháng 12 năm 2026" in html
    assert "15/12/2026" in client.get("/charts?month=2026-12&day=15").text
    assert "Giám đốc" not in client.get("/charts?month=2026-12&day=14").text
    for month in ("", "abc", "9999-99", "0000-01", "2026-13", "0001-01", "9999-12"):
        assert client.get(f"/charts?month={month}").status_code == 200, month


def test_answers_outlive_the_thread_that_asked_first(shop: Shop) -> None:
    desk, counted = shop.desk(), []
    for _ in range(2):  # each thread asks something new and is gone before the next
        sql = f"SELECT count(*) + {len(counted)} FROM documents"
        thread = threading.Thread(target=lambda sql=sql: counted.append(desk.answers.ask(sql)))
        thread.start()
        thread.join()
    desk.close()
    assert counted == [[(3,)], [(4,)]]


def test_looking_only_takes_no_judgement(shop: Shop) -> None:
    with shop.client(read_only=True) as client:
        html = document(client)
        assert "Chỉ xem" in html and "/judge/" not in html
        assert client.post(f"/judge/targets-0/{PLAN}", data={}).status_code == 403
        assert client.get(f"/edit/targets-0/{PLAN}").status_code == 404


def test_a_store_without_tables_says_so(shop: Shop, tmp_path: Path) -> None:
    from pipeline.review.answers import Answers

    with shop.client(answers=Answers(tmp_path)) as client:
        answer = client.get("/")
        assert answer.status_code == 503 and "Bảng dữ liệu" in answer.text
