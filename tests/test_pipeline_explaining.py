"""`show --explain`: the rule, the words as read and as restored, the doubts, the parts of the confidence."""

from __future__ import annotations

import pytest

from pipeline.errors import UsageError
from pipeline.explaining import LISTS, RULES, explain
from pipeline.parsing import parse
from pipeline.records import PageLine, PageRecord, Record, Source
from tests.parsing_text import document_of

TEXT = "UBND TỈNH HÀ SƠN\nSỞ NỘI VỤ\nSố: 12/KH-SNV\n1. Văn phòng Sở rà soát hồ sơ trước ngày 01/6/2024."


@pytest.fixture
def record() -> Record:
    document = document_of(TEXT, 0.9, ("low_confidence",))
    facts = parse(document)
    lines = [
        PageLine(text=line.text, raw=line.text.replace("Văn", "Van"), bbox=None, confidence=0.9)
        for line in document.pages[0].lines
    ]
    page = PageRecord(number=1, width=None, height=None, text_source="text", confidence=0.9, lines=lines)
    made = {name: getattr(facts, name) for name in type(facts).model_fields}
    source = Source(path="a.txt", sha256="0" * 64, bytes=1, media_type="text/plain", pages=1)
    return Record(producer="vanban", settings="", source=source, pages=[page], **made)


def test_a_fact_is_explained_from_rule_to_word(record: Record) -> None:
    told = "\n".join(explain(record, "responsibilities/1"))
    assert "rule: subject" in told
    assert "line 4: 1. Văn phòng Sở" in told
    assert "changed: Van -> Văn" in told
    assert "the least of: rule 0.86, words as read 0.9" in told
    assert "doubts: low_confidence" in told


def test_a_field_of_the_header_is_explained(record: Record) -> None:
    assert explain(record, "header/number")[0] == "header/number: 12/KH-SNV"


@pytest.mark.parametrize(
    "name", ["targets/1", "responsibilities/0", "responsibilities/9", "pages/1", "x", "header/title"]
)
def test_what_is_not_there_is_a_usage_error(record: Record, name: str) -> None:
    with pytest.raises(UsageError):
        explain(record, name)


def test_every_rule_of_a_made_fact_has_a_sentence(record: Record) -> None:
    made = [fact.rule for name in LISTS for fact in getattr(record, name)]
    assert made
    assert set(made) <= set(RULES)
