"""The morning report: what it tells, in both languages, for people and for machines."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from pipeline import errors, store
from pipeline.errors import LOST_PAGE, InputError, VanbanError
from pipeline.nightly.ledger import Ledger
from pipeline.nightly.morning.gathering import Morning
from pipeline.nightly.morning.writing import LANGUAGES, Language, catalogue, reasons, rendered
from pipeline.nightly.premises import Premises
from pipeline.review.phrases import Phrases
from tests.test_pipeline_nightly import Place

TEXT = """UBND TỈNH BÌNH GIANG
SỞ THỦY LỢI
Số: 12/KH-STL
Bình Giang, ngày 20 tháng 11 năm 2026
KẾ HOẠCH
Tu bổ đê điều năm 2026
1. Văn phòng Sở chủ trì, báo cáo trước ngày 15/12/2026.
2. Phòng Kỹ thuật hoàn thành hồ sơ trước ngày 15/06/2027.
"""
VOID = {"meta", "br", "link"}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    found = Place(tmp_path)
    for name, text in {"kế hoạch #1.txt": TEXT, "b.txt": TEXT.replace("12/KH", "13/KH")}.items():
        file = found.put(name)
        file.write_text(text, "utf-8")
        found.age(file, 3600)
    empty = found.put("<b>&.pdf")
    empty.write_bytes(b"")
    found.age(empty, 3600)
    return found


class Tags(HTMLParser):
    """Collects links, and holds that every tag is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self._open.append(tag)
        self.links += [value or "" for name, value in attributes if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag


def test_new_deadlines_of_the_next_thirty_days_stand_under_their_body(place: Place) -> None:
    duties = place.run().duties
    assert {body: [duty.due for duty in listed] for body, listed in duties.items()} == {
        "Văn phòng Sở": ["2026-12-15", "2026-12-15"]
    }
    assert place.run().duties == {}, "what was told is not new"


def test_the_page_is_whole_its_links_lead_somewhere_and_names_are_escaped(place: Place) -> None:
    place.run()
    reports = Premises(place.out).reports
    html = (reports / "latest.html").read_text("utf-8")
    assert "<b>&" not in html and "&lt;b&gt;&amp;.pdf" in html
    links = Tags(html).links
    for link in links:
        assert (reports / unquote(link.split("#")[0])).exists(), link
    assert any("%231.txt" in link for link in links)
    assert "15/12/2026" in html and "12/KH-STL" in html and "Tệp rỗng" in html


@pytest.mark.parametrize("form", ["html", "txt"])
def test_each_language_stands_alone(place: Place, form: str) -> None:
    morning = place.run()
    texts = {language: rendered(morning, Premises(place.out), language, form) for language in LANGUAGES}
    for key, (vi, en) in catalogue().items():
        others: tuple[tuple[Language, str], ...] = (("vi", en), ("en", vi))
        for language, said in others:
            parts = [part for part in re.split(r"\{[^}]*\}", said) if len(part) > 12]
            assert not any(part in texts[language] for part in parts), (language, key)
    assert "Văn bản đến" in texts["vi"] and "What came" in texts["en"]


def test_machines_get_a_line_a_document(place: Place) -> None:
    place.run()
    (file,) = Premises(place.out).reports.glob("*.jsonl")
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert {line["paths"][0]: line["state"] for line in lines} == {
        "<b>&.pdf": "quarantined",
        "b.txt": "done",
        "kế hoạch #1.txt": "done",
    }
    assert all(
        set(line) >= {"sha256", "record", "attempts", "code", "reason", "producer", "settings"} for line in lines
    )


def test_doubts_are_shown_with_page_field_and_quote(place: Place) -> None:
    place.run()
    name = "kế hoạch #1.txt.json"
    record: dict[str, Any] = json.loads((place.out / name).read_text("utf-8"))
    record["deadlines"][0]["doubts"] = ["number_disputed"]
    record["deadlines"][0]["evidence"]["page"] = 3
    store.write_json(record, place.out / name)
    with Ledger(Premises(place.out).ledger) as ledger:
        row = place.rows()["kế hoạch #1.txt"]
        ledger.end(row.sha256, "partial", row.came, pages=4, lost=[{"page": 4, "code": "page_timeout", "message": ""}])
    text = rendered(morning := place.run(), Premises(place.out), "vi", "txt")
    assert not morning.is_whole
    assert "trang 4: Đọc quá lâu" in text
    assert re.search(r"trang 3: Thời hạn, hai lần đọc cho số khác nhau \(.*15/12/2026", text)
    html = rendered(morning, Premises(place.out), "vi", "html")
    assert "#page=4" in html and "#page=3" in html


Change = Callable[[dict[str, Any]], None]


def told_again(place: Place, change: Change) -> tuple[Morning, str]:
    """Run, change a record as if it had been read so, and run again; return what is told of it, and how."""
    place.run()
    name = "kế hoạch #1.txt.json"
    record: dict[str, Any] = json.loads((place.out / name).read_text("utf-8"))
    change(record)
    store.write_json(record, place.out / name)
    with Ledger(Premises(place.out).ledger) as ledger:
        row = place.rows()["kế hoạch #1.txt"]
        ledger.end(row.sha256, "done", row.came, pages=1)
    morning = place.run()
    return morning, rendered(morning, Premises(place.out), "vi", "txt")


def test_all_doubts_of_one_place_are_told_in_one_line_and_with_the_words_of_the_review_page(place: Place) -> None:
    def change(record: dict[str, Any]) -> None:
        record["responsibilities"][0]["doubts"] = ["number_disputed", "low_confidence"]

    morning, text = told_again(place, change)
    assert len(morning.attention[0].points) == 1
    said = Phrases("vi")
    doubts = "; ".join(said.word("doubt", code) for code in ("number_disputed", "low_confidence"))
    assert f"{said.word('kind', 'responsibilities')}, {doubts} (" in text


def test_a_row_of_a_table_that_is_a_task_and_a_deadline_is_told_once(place: Place) -> None:
    def change(record: dict[str, Any]) -> None:
        deadline = record["deadlines"][0]
        due = {"text": "trước ngày 15/12/2026", "from": None, "to": deadline["due"]}
        record["tasks"] = [{**deadline, "due": due, "lead": deadline["units"], "doubts": []}]

    morning, _ = told_again(place, change)
    assert {body: [duty.due for duty in listed] for body, listed in morning.duties.items()} == {
        "Văn phòng Sở": ["2026-12-15"]
    }


@pytest.mark.parametrize(("pages", "needs_a_person"), [(1, True), (2, False)])
def test_a_document_without_any_text_needs_a_person_one_blank_page_does_not(
    place: Place, pages: int, needs_a_person: bool
) -> None:
    def change(record: dict[str, Any]) -> None:
        record["source"]["pages"] = pages
        record["warnings"] = [{"page": 1, "code": "no_text", "message": "no text was found on this page"}]

    morning, text = told_again(place, change)
    assert bool(morning.attention) == needs_a_person
    assert ("Không thấy chữ nào" in text) == needs_a_person


def test_files_that_were_passed_over_are_named(place: Place) -> None:
    for number in range(6):
        file = place.inbox / f"thư {number}.zip"
        file.write_bytes(b"PK\x03\x04")
        place.age(file, 3600)
    morning = place.run()
    text = rendered(morning, Premises(place.out), "vi", "txt")
    assert "bỏ qua: 6 (thư 0.zip, thư 1.zip, thư 2.zip, thư 3.zip, thư 4.zip, …)\n" in text
    assert "thư 4.zip</bdi>, …" in rendered(morning, Premises(place.out), "vi", "html")


def test_every_failure_has_a_sentence_in_both_languages() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, VanbanError)]
    codes = {kind.code for kind in kinds if issubclass(kind, InputError) and kind is not InputError} | LOST_PAGE
    for language in LANGUAGES:
        assert codes <= set(reasons(language))


def test_templates_hold_no_words_of_their_own() -> None:
    folder = Path(__file__).parents[1] / "pipeline" / "nightly" / "morning" / "templates"
    for template in folder.iterdir():
        bare = re.sub(r"<style>.*?</style>|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", "", template.read_text("utf-8"), flags=re.S)
        assert not re.search(r"[^\W\d_]{2,}", bare), template.name


def test_every_phrase_is_used() -> None:
    folder = Path(__file__).parents[1] / "pipeline" / "nightly"
    used = "".join(path.read_text("utf-8") for path in folder.rglob("*.*") if path.suffix in (".py", ".html", ".txt"))
    by_code = ("code.", "state.", "notice.")
    unused = [key for key in catalogue() if not key.startswith(by_code) and f'"{key}"' not in used]
    assert [key for key in unused if f'"{key.removeprefix("report.")}"' not in used] == []
    notices = {key.removeprefix("notice.") for key in catalogue() if key.startswith("notice.")}
    assert all(f'"{notice}"' in used for notice in notices)
