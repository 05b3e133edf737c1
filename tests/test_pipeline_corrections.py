"""Corrections: a log beside the record, laid over it, surviving a second reading where the text is the same."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest

from pipeline import corrections
from pipeline.corrections import Correction, Corrections, Key
from pipeline.errors import Conflict, DamagedFile, UsageError
from pipeline.records import Evidence, Header, Record, Responsibility, Source, Target

NOW = "2026-11-22T08:00:00Z"


def evidence(quote: str, page: int | None = 1) -> Evidence:
    return Evidence(page=page, lines=(1, 1), bbox=None, quote=quote, span=(0, 1))


def target(quote: str, value: float = 75, page: int = 1) -> Target:
    return Target(
        indicator="Chỉ số hài lòng", direction="reach", comparator=">=", value=value, unit="điểm", period="2025",
        baseline=None, display="", section="I", evidence=evidence(quote, page),
    )  # fmt: skip


def duty(quote: str, unit: str) -> Responsibility:
    return Responsibility(role="lead", units=[unit], task="báo cáo", section="I", evidence=evidence(quote))


def record(*targets: Target, duties: tuple[Responsibility, ...] = ()) -> Record:
    header = Header(issuer="SỞ THỦY LỢI", number="12/KH-STL", evidence={"issuer": evidence("SỞ THỦY LỢI")})
    source = Source(path="a.pdf", sha256="0" * 64, bytes=1, media_type="application/pdf", pages=2)
    rest: dict[str, Any] = {
        name: [] for name in ("sections", "results", "references", "deadlines", "tables", "pages", "warnings")
    }
    return Record(
        producer="vanban 0", settings="s", source=source, header=header, targets=list(targets),
        responsibilities=list(duties), **rest,
    )  # fmt: skip


def entry(
    key: Key, action: str = "accept", field: str | None = None, after: Any = None, who: str = "Lan"
) -> Correction:
    return Correction(key=key, action=action, field=field, after=after, who=who, when=NOW)  # type: ignore[arg-type]


def log(*entries: Correction) -> Corrections:
    return Corrections(corrections=list(entries))


FIRST, SECOND = "đạt ít nhất 75 điểm", "tăng 5 điểm"


def test_a_correction_wins_and_leaves_the_record_as_it_was() -> None:
    read = record(target(FIRST), target(SECOND, 5))
    key = corrections.key_of(read, "targets", 0)
    judged = corrections.apply(read, log(entry(key, "correct", "value", 78)))
    assert [fact.value for fact in judged.record.targets] == [78, 5]
    assert [one.verdict for one in judged.judgements["targets"]] == ["corrected", None]
    assert [fact.value for fact in read.targets] == [75, 5]


@pytest.mark.parametrize(
    ("read_as", "changes", "shown"),
    [
        ("Chỉ số hài lòng ≥ 75 điểm", {"value": 78.5}, "Chỉ số hài lòng ≥ 78,5 điểm"),
        ("Chỉ số hài lòng ≥ 75 điểm", {"unit": "%", "comparator": "<"}, "Chỉ số hài lòng < 75%"),
        ("Chỉ số hài lòng ≥ 75 điểm", {"value": 78, "display": "từ 78 điểm"}, "từ 78 điểm"),
        ("nâng chỉ số hài lòng so với năm 2024", {"value": 78}, "nâng chỉ số hài lòng so với năm 2024"),
    ],
)
def test_the_short_form_of_a_target_says_what_its_corrected_fields_say(
    read_as: str, changes: dict[str, Any], shown: str
) -> None:
    read = record(target(FIRST).model_copy(update={"display": read_as}))
    key = corrections.key_of(read, "targets", 0)
    entries = [entry(key, "correct", field, after) for field, after in changes.items()]
    assert corrections.apply(read, log(*entries)).record.targets[0].display == shown


def test_a_rejected_fact_is_gone_and_the_others_keep_their_numbers() -> None:
    read = record(target(FIRST), target(SECOND, 5))
    judged = corrections.apply(read, log(entry(corrections.key_of(read, "targets", 0), "reject")))
    assert [fact.value for fact in judged.record.targets] == [5]
    assert [one.index for one in judged.judgements["targets"]] == [1]
    assert [one.index for one in judged.rejected["targets"]] == [0]


@pytest.mark.parametrize(
    ("actions", "verdict", "value"),
    [
        (["accept"], "accepted", 75),
        (["correct", "accept"], "corrected", 78),
        (["correct", "undo"], None, 75),
        (["reject", "undo"], None, 75),
        (["correct", "reject", "undo"], "corrected", 78),
        (["undo", "accept"], "accepted", 75),
        (["reject", "correct"], "corrected", 78),
    ],
)
def test_the_last_that_stands_decides(actions: list[str], verdict: str | None, value: float) -> None:
    read = record(target(FIRST))
    key = corrections.key_of(read, "targets", 0)
    made = [entry(key, a, *(("value", 78) if a == "correct" else ())) for a in actions]
    judged = corrections.apply(read, log(*made))
    assert judged.judgements["targets"][0].verdict == verdict
    assert judged.record.targets[0].value == value


def test_header_fields_are_corrected_by_name() -> None:
    read = record()
    made = log(
        entry(corrections.header_key(read, "issuer"), "correct", "issuer", "SỞ THUỶ LỢI TỈNH"),
        entry(corrections.header_key(read, "signer.name"), "correct", "signer.name", "Trần Văn Tâm"),
        entry(corrections.header_key(read, "number"), "reject"),
    )
    judged = corrections.apply(read, made)
    header = judged.record.header
    assert (header.issuer, header.signer.name, header.number) == ("SỞ THUỶ LỢI TỈNH", "Trần Văn Tâm", None)
    assert {part: one.verdict for part, one in judged.header.items()} == {
        "issuer": "corrected", "signer.name": "corrected", "number": "rejected"
    }  # fmt: skip


class TestAfterASecondReading:
    def test_the_same_text_keeps_its_correction_whatever_was_read_from_it(self) -> None:
        first = record(target(FIRST), target(SECOND))
        made = log(entry(corrections.key_of(first, "targets", 1), "correct", "value", 6))
        second = record(target("một mục tiêu mới"), target(SECOND, value=50), target(FIRST))
        judged = corrections.apply(second, made)
        assert [fact.value for fact in judged.record.targets] == [75, 6, 75]
        assert not judged.stale

    def test_other_text_is_left_alone_and_the_correction_reported(self) -> None:
        first = record(target(FIRST))
        made = log(entry(corrections.key_of(first, "targets", 0), "correct", "value", 6))
        judged = corrections.apply(record(target("đạt ít nhất 76 điểm", 76)), made)
        assert [fact.value for fact in judged.record.targets] == [76]
        assert judged.stale == made.corrections

    def test_a_text_that_stands_once_may_move_to_another_page(self) -> None:
        first = record(target(FIRST, page=1))
        made = log(entry(corrections.key_of(first, "targets", 0), "correct", "value", 6))
        assert corrections.apply(record(target(FIRST, page=2)), made).record.targets[0].value == 6

    def test_twins_are_told_by_their_order_and_never_guessed(self) -> None:
        line = "Đơn vị chủ trì: Văn phòng"
        first = record(duties=(duty(line, "A"), duty(line, "B")))
        made = log(entry(corrections.key_of(first, "responsibilities", 1), "correct", "units", ["Văn phòng"]))
        again = corrections.apply(first, made)
        assert [fact.units for fact in again.record.responsibilities] == [["A"], ["Văn phòng"]]
        third = record(duties=(duty(line, "A"), duty(line, "C"), duty(line, "B")))
        judged = corrections.apply(third, made)
        assert [fact.units for fact in judged.record.responsibilities] == [["A"], ["C"], ["B"]]
        assert judged.stale == made.corrections

    def test_spelling_of_the_same_letters_is_no_difference(self) -> None:
        first = record(target("ðạt  ít nhất"))
        key = corrections.key_of(first, "targets", 0)
        assert corrections.apply(record(target("đạt ít nhất")), log(entry(key, "reject"))).record.targets == []


class TestTheFile:
    def test_it_stands_beside_the_record_and_comes_back(self, tmp_path: Path) -> None:
        place, read = tmp_path / "a.pdf.json", record(target(FIRST))
        made = entry(corrections.key_of(read, "targets", 0), "correct", "unit", "%")
        corrections.add(place, read, made, seen=0)
        assert (tmp_path / "a.pdf.corrections.json").exists()
        assert corrections.read(place).corrections == [made]
        assert [path.name for path in tmp_path.iterdir()] == ["a.pdf.corrections.json"]

    def test_the_second_of_two_people_is_told(self, tmp_path: Path) -> None:
        place, read = tmp_path / "a.pdf.json", record(target(FIRST), target(SECOND))
        key = corrections.key_of(read, "targets", 0)
        corrections.add(place, read, entry(key, "reject", who="Lan"), seen=0)
        with pytest.raises(Conflict, match="Lan"):
            corrections.add(place, read, entry(key, who="Minh"), seen=0)
        corrections.add(place, read, entry(corrections.key_of(read, "targets", 1), who="Minh"), seen=0)
        corrections.add(place, read, entry(key, who="Minh"), seen=1)
        assert len(corrections.read(place).corrections) == 3

    def test_of_many_at_once_one_wins(self, tmp_path: Path) -> None:
        place, read, told = tmp_path / "a.pdf.json", record(target(FIRST)), []
        key = corrections.key_of(read, "targets", 0)

        def judge(number: int) -> None:
            try:
                corrections.add(place, read, entry(key, who=str(number)), seen=0)
            except Conflict:
                told.append(number)

        threads = [threading.Thread(target=judge, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(told) == 7
        assert len(corrections.read(place).corrections) == 1

    @pytest.mark.parametrize(
        ("action", "field", "after"),
        [
            ("correct", "value", "nhiều"),
            ("correct", "direction", "sideways"),
            ("correct", "evidence", {}),
            ("correct", "__class__", 1),
            ("correct", None, 1),
            ("undo", None, None),
        ],
    )
    def test_what_does_not_fit_is_refused(self, tmp_path: Path, action: str, field: str | None, after: Any) -> None:
        read = record(target(FIRST))
        with pytest.raises(UsageError):
            corrections.add(
                tmp_path / "a.json", read, entry(corrections.key_of(read, "targets", 0), action, field, after), seen=0
            )
        assert not list(tmp_path.iterdir())

    @pytest.mark.parametrize("after", ["15/12/2025", "2025-02-30", "2025-13", "hôm qua", "2025-1-1", 2025])
    def test_a_date_is_one_of_the_calendar(self, tmp_path: Path, after: Any) -> None:
        read = record()
        with pytest.raises(UsageError):
            corrections.add(
                tmp_path / "a.json", read, entry(corrections.header_key(read, "date"), "correct", "date", after), seen=0
            )

    def test_a_fact_that_is_not_there_is_refused(self, tmp_path: Path) -> None:
        read = record(target(FIRST))
        for key in (Key(kind="targets", page=1, quote="khác"), Key(kind="header", part="evidence", quote="")):
            with pytest.raises(UsageError, match="no such fact"):
                corrections.add(tmp_path / "a.json", read, entry(key), seen=0)

    @pytest.mark.parametrize("number", ["page", "nth", "of", "added"])
    def test_a_log_with_numbers_that_no_table_has_room_for_is_refused(self, tmp_path: Path, number: str) -> None:
        log = Corrections(corrections=[entry(Key(kind="targets", page=1, quote="a"))])
        written = log.model_dump(mode="json", by_alias=True)
        written["corrections"][0]["key"][number] = 2**63
        (tmp_path / "a.corrections.json").write_text(json.dumps(written))
        with pytest.raises(DamagedFile, match=number):
            corrections.read(tmp_path / "a.json")

    @pytest.mark.parametrize("text", ["", "[]", '{"schema": "vanban-corrections/9"}', '{"schema": 1}', "[" * 9999])
    def test_what_is_no_log_is_refused(self, tmp_path: Path, text: str) -> None:
        (tmp_path / "a.corrections.json").write_text(text)
        with pytest.raises(DamagedFile):
            corrections.read(tmp_path / "a.json")


def test_truth_is_what_people_left_standing() -> None:
    read = record(target(FIRST), target(SECOND))
    keys = [corrections.key_of(read, "targets", n) for n in (0, 1)]
    made = [entry(keys[0], "correct", "value", 78), entry(keys[1], "reject")]
    judged = corrections.apply(read, log(*made))
    assert corrections.unjudged(judged) == len(corrections.HEADER_FIELDS)
    accepted = [entry(corrections.header_key(read, part)) for part in corrections.HEADER_FIELDS]
    judged = corrections.apply(read, log(*made, *accepted))
    assert corrections.unjudged(judged) == 0
    facts = corrections.truth(judged)
    assert [fact["value"] for fact in facts["targets"]] == [78]
    assert facts["header"]["number"] == "12/KH-STL"
