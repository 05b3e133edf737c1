"""The truth of the samples is held to its own document: quotes, ids, numbers and fields must stand in the text."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from corpus.build import sources
from corpus.layout import lay_out
from corpus.matching import KINDS
from corpus.paper import Paper
from corpus.source import read_source
from pipeline import records

TYPES: dict[str, type[records.Fact]] = {
    "sections": records.Section,
    "targets": records.Target,
    "results": records.Result,
    "references": records.Reference,
    "responsibilities": records.Responsibility,
    "deadlines": records.Deadline,
}
PATHS = {path.stem: path for path in sources(["s", "u"])}
EVIDENCE = records.Evidence(page=1, lines=(1, 1), bbox=None, quote="x", span=(0, 1))
# What a person prints in the signature block or leaves blank is not in the running text as such.
UNPRINTED = {"kind", "date"}


@pytest.fixture(scope="module", params=sorted(PATHS))
def document(request: pytest.FixtureRequest) -> tuple[Paper, dict[str, Any]]:
    path = PATHS[request.param]
    return lay_out(read_source(path)), json.loads(path.with_suffix(".json").read_text("utf-8"))


def flat(paper: Paper) -> str:
    lines = [line.text for sheet in paper.sheets for line in sheet.lines if line.role != "page_number"]
    return " ".join(" ".join(lines).split())


def test_there_are_enough_documents() -> None:
    assert sum(name.startswith("s") for name in PATHS) >= 14
    assert sum(name.startswith("u") for name in PATHS) >= 10


def test_facts_have_the_record_s_types(document: tuple[Paper, dict[str, Any]]) -> None:
    _, truth = document
    records.Header.model_validate(truth["header"])
    for kind, type_ in TYPES.items():
        for fact in truth[kind]:
            extra = {"text": ""} if kind == "sections" else {"mentions": [EVIDENCE]} if kind == "references" else {}
            fields = {key: value for key, value in fact.items() if key != "quote"}
            type_.model_validate(fields | extra | {"evidence": EVIDENCE})
    assert set(truth) - {"tasks"} == set(KINDS)


def test_quotes_stand_in_the_text(document: tuple[Paper, dict[str, Any]]) -> None:
    paper, truth = document
    text = flat(paper)
    missing = [fact["quote"] for kind in TYPES for fact in truth[kind] if fact["quote"] not in text]
    assert not missing


def test_ids_nest_and_follow_the_text(document: tuple[Paper, dict[str, Any]]) -> None:
    paper, truth = document
    text, ids, end = flat(paper), [section["id"] for section in truth["sections"]], 0
    assert len(ids) == len(set(ids))
    for section in truth["sections"]:
        parent, _, own = section["id"].rpartition("/")
        assert not parent or parent in ids[: ids.index(section["id"])], section["id"]
        assert section["depth"] == section["id"].count("/") + 1
        assert own.partition("#")[0] == section["label"].strip("().-/:"), section
        start = text.find(section["quote"], end)
        assert start >= 0, f"not after the section before it: {section['quote']}"
        assert section["quote"].startswith(section["label"])
        end = start + 1


def test_facts_stand_in_their_section(document: tuple[Paper, dict[str, Any]]) -> None:
    paper, truth = document
    text, starts, end = flat(paper), {}, 0
    for section in truth["sections"]:
        starts[section["id"]] = end = text.find(section["quote"], end)
        end += 1
    order = [*sorted(starts.values()), len(text)]
    for kind in ("targets", "results", "responsibilities", "deadlines"):
        for fact in truth[kind]:
            if fact["section"] is None:
                continue
            start = starts[fact["section"]]
            stop = next(later for later in order if later > start)
            if kind == "responsibilities":
                # "Unit:" may head a node whose work stands in the children
                stop = len(text)
            assert fact["quote"] in text[start:stop], fact


def test_numbers_are_those_printed(document: tuple[Paper, dict[str, Any]]) -> None:
    _, truth = document
    for fact in [*truth["targets"], *truth["results"]]:
        printed = {
            float(number.replace(".", "").replace(",", "."))
            for number in re.findall(r"\d+(?:\.\d{3})*(?:,\d+)?", fact["quote"])
        }
        for key in ("value", "max"):
            if fact.get(key) is not None:
                assert float(fact[key]) in printed, fact


def test_references_are_printed_so(document: tuple[Paper, dict[str, Any]]) -> None:
    paper, truth = document
    text = flat(paper)
    for reference in truth["references"]:
        assert reference["number"] or reference["title"]
        for key in ("number", "issuer", "title", "pinpoint"):
            assert not reference[key] or reference[key] in text, reference
        if reference["date"] and len(reference["date"]) == 10:
            year, month, day = (int(part) for part in reference["date"].split("-"))
            forms = [f"{d}/{m}/{year}" for d in (day, f"{day:02}") for m in (month, f"{month:02}")]
            forms += [f"{d} tháng {m} năm {year}" for d in (day, f"{day:02}") for m in (month, f"{month:02}")]
            assert any(form in text for form in forms), reference


def test_deadlines_are_printed_so(document: tuple[Paper, dict[str, Any]]) -> None:
    _, truth = document
    for deadline in truth["deadlines"]:
        year, month, day = (int(part) for part in deadline["due"].split("-"))
        printed = rf"\b0?{day}(?:/0?{month}/| tháng 0?{month} năm ){year}\b"
        assert re.search(printed, deadline["quote"]), deadline


def test_header_is_printed_so(document: tuple[Paper, dict[str, Any]]) -> None:
    paper, truth = document
    header, text = truth["header"], flat(paper)
    squeezed = re.sub(r"\s", "", text)
    for key, value in header.items():
        if isinstance(value, str) and key not in UNPRINTED:
            assert re.sub(r"\s", "", value) in squeezed, key
    for value in [*header["recipients"], *filter(None, header["signer"].values())]:
        assert value in text
    if header["kind"] not in (None, "Công văn"):
        assert header["kind"].upper() in text


def test_tasks_are_rows_of_the_table(document: tuple[Paper, dict[str, Any]]) -> None:
    paper, truth = document
    tables = {table.id: table for table in paper.tables}
    for task in truth.get("tasks", []):
        rows = tables[task["table"]].rows
        own = [cell.text for cell in rows[task["row"] - 1].cells]
        above = [
            c.text for at, row in enumerate(rows[: task["row"]]) for c in row.cells if at + c.row_span >= task["row"]
        ]
        assert task["task"] in own and task["due"]["text"] in own, task
        assert task["product"] is None or task["product"] in own, task
        for unit in task["lead"] + task["coordinate"]:
            assert any(unit in text for text in above), task


def test_every_fact_is_there_once(document: tuple[Paper, dict[str, Any]]) -> None:
    _, truth = document
    for kind in TYPES:
        seen = [json.dumps(fact, sort_keys=True) for fact in truth[kind]]
        assert len(seen) == len(set(seen))
