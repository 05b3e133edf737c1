"""Cards and forms: what a fact says, what a form sends back, and that nothing changes where nothing was typed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.corrections import Key
from pipeline.records import Due
from pipeline.review.cards import Card
from pipeline.review.forms import Misfit, changes, inputs_of
from pipeline.review.headlines import headline, written
from pipeline.review.phrases import LANGUAGES, Phrases
from pipeline.review.rendering import clip, plain, record_text

VI, EN = Phrases("vi"), Phrases("en")
TARGET = {
    "indicator": "Tỷ lệ nước sạch", "direction": "reach", "comparator": ">=", "value": 66.87, "unit": "%",
    "period": "2026", "baseline": None, "display": "Nước sạch ≥ 66,87%", "section": "I/1",
}  # fmt: skip
TASK = {
    "task": "Nạo vét kênh", "lead": ["Phòng A"], "coordinate": [], "due": Due(text="Quý II", **{"from": "2026-04-01"}),
    "product": None, "section": None, "groups": [],
}  # fmt: skip
SECTION = {"id": "I/1", "label": "1.", "depth": 2, "heading": None, "text": "Nội dung\nhai dòng"}


def card(kind: str, values: dict[str, Any], part: str | None = None) -> Card:
    return Card(
        id="x-0", key=Key(kind=kind, part=part, quote=""), values=values, read=values, evidence=None, doubts=(),
        confidence=None, rule=None, verdict=None, entries=(), seen=0,
    )  # type: ignore[arg-type]  # fmt: skip


CARDS = [
    card("targets", TARGET),
    card("tasks", TASK),
    card("tasks", {**TASK, "due": None}),
    card("sections", SECTION),
    card("header", {"recipients": ["Sở A", "Lưu: VT"]}, "recipients"),
    card("header", {"date": "2026-02-03"}, "date"),
    card("header", {"date": None}, "date"),
    card("references", {"kind": "Luật", "number": None, "date": "2020", "issuer": None, "title": "Đất đai",
                        "pinpoint": None, "role": "basis"}),
    card("responsibilities", {"role": "lead", "units": ["A", "B"], "task": "làm", "section": None}),
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("one", CARDS, ids=lambda one: f"{one.kind} {one.key.part or ''}")
def test_a_form_sent_back_as_it_came_changes_nothing(one: Card, language: Any) -> None:
    typed = {input.name: input.value.replace("\n", "\r\n") for input in inputs_of(one, Phrases(language))}
    assert changes(one, typed) == {}


@given(st.floats(-1e12, 1e12, allow_nan=False) | st.integers(-(10**12), 10**12), st.sampled_from(LANGUAGES))
@example(0.05185367128504742, "vi")
@example(0.000123456789012345, "en")
def test_any_number_reads_back_as_itself(value: float | int, language: Any) -> None:
    one = card("targets", {**TARGET, "value": value})
    typed = {input.name: input.value for input in inputs_of(one, Phrases(language))}
    if "e" in typed["value"]:  # too small or too long to be written out: handed back, never altered
        with pytest.raises(Misfit):
            changes(one, typed)
    else:
        assert changes(one, typed).get("value", value) == pytest.approx(value, rel=1e-13, abs=1e-13)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("75", 75), ("66,9", 66.9), ("66.9", 66.9), ("-3", -3), ("0,125", 0.125), ("1234", 1234), ("1,2340", 1.234)],
)
def test_figures_are_read_as_people_write_them(typed: str, value: float) -> None:
    assert changes(CARDS[0], {"value": typed}) == {"value": value}


@pytest.mark.parametrize("typed", ["1.234", "12,345", "bảy", "7 5", "1.2.3", "١٢", "1e5", "nan", "", "--1"])
def test_figures_that_are_none_or_two_are_handed_back(typed: str) -> None:
    if typed:
        with pytest.raises(Misfit):
            changes(CARDS[0], {"value": typed})
    else:
        assert changes(CARDS[0], {"value": typed}) == {"value": None}


@pytest.mark.parametrize(
    ("typed", "value"),
    [("15/12/2025", "2025-12-15"), ("5.1.2026", "2026-01-05"), ("2026-01-05", "2026-01-05"), ("2020", "2020")],
)
def test_days_are_read_with_the_day_first(typed: str, value: str) -> None:
    assert changes(card("header", {"date": None}, "date"), {"date": typed}) == {"date": value}


def test_a_task_s_due_has_three_parts() -> None:
    one = card("tasks", TASK)
    assert changes(one, {"due.text": "Quý III", "due.from": "1/7/2026", "due.to": "30/9/2026"}) == {
        "due": {"text": "Quý III", "from": "2026-07-01", "to": "2026-09-30"}
    }
    assert changes(one, {"due.text": "", "due.from": "", "due.to": ""}) == {"due": None}


@pytest.mark.parametrize(
    ("one", "vi", "en"),
    [
        (CARDS[0], "Tỷ lệ nước sạch ≥ 66,87%", "Tỷ lệ nước sạch ≥ 66.87%"),
        (card("targets", {**TARGET, "direction": "improve", "value": None, "comparator": None}),
         "Tỷ lệ nước sạch cải thiện", "Tỷ lệ nước sạch improve"),
        (CARDS[1], "Nạo vét kênh · Quý II (01/04/2026)", "Nạo vét kênh · Quý II (01/04/2026)"),
        (CARDS[4], "Sở A; Lưu: VT", "Sở A; Lưu: VT"),
        (CARDS[6], "", ""),
        (CARDS[8], "A; B chủ trì: làm", "A; B lead: làm"),
    ],
)  # fmt: skip
def test_a_fact_in_one_line(one: Card, vi: str, en: str) -> None:
    assert (headline(one, VI), headline(one, EN)) == (vi, en)


def test_values_of_newer_records_are_shown_as_they_stand() -> None:
    assert VI.word("doubt", "a_doubt_of_tomorrow") == "a_doubt_of_tomorrow"
    assert written("direction", "sideways", VI) == "sideways"
    assert VI.day("hôm qua") == "hôm qua" and VI.day("2026-02-31") == "2026-02-31"


@given(st.text())
def test_nothing_hidden_is_left_in_shown_text(text: str) -> None:
    shown = plain(text)
    assert not any(mark in shown for mark in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200e\u200f\x00\x1b\u200b")
    html = record_text(text)
    assert html.startswith("<bdi>") and "<" not in html[5:-6] and ">" not in html[5:-6]


@given(st.text(), st.integers(2, 50))
def test_a_clipped_text_is_short_and_a_beginning(text: str, length: int) -> None:
    short = clip(text, length)
    assert len(short) <= length
    assert short == text or text.startswith(short[:-1])
