"""What a document says twice and not alike, what is attached to it, what only a person can read."""

from __future__ import annotations

import pytest

from pipeline.document import Document, Line, Page, Word
from pipeline.parsing import parse
from pipeline.parsing.priors import RIGHT
from pipeline.records import Facts
from tests.parsing_text import document_of

HEAD = """UBND TỈNH HÀ SƠN
SỞ NỘI VỤ
Số: 12/QĐ-SNV
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Sơn, ngày 05 tháng 3 năm 2024

QUYẾT ĐỊNH
Về việc ban hành Quy chế tiếp công dân

"""
FOOT = """
Nơi nhận:
- Như Điều 3;
- Lưu: VT.
GIÁM ĐỐC
Lò Văn Bình
"""
ATTACHED = """
QUY CHẾ
Tiếp công dân của Sở Nội vụ
(Ban hành kèm theo Quyết định số 12/QĐ-SNV ngày 05 tháng 3 năm 2024)
I. QUY ĐỊNH CHUNG
1. Người tiếp công dân phải đeo thẻ.
II. TỔ CHỨC THỰC HIỆN
1. Văn phòng Sở bố trí phòng tiếp công dân.
PHỤ LỤC I
LỊCH TIẾP CÔNG DÂN
1. Thứ Hai hằng tuần.
"""


def codes(facts: Facts) -> list[str]:
    return [warning.code for warning in facts.warnings]


def test_an_attached_document_is_a_part_with_a_header_of_its_own() -> None:
    facts = parse(
        document_of(HEAD + "Điều 1. Ban hành kèm theo Quyết định này Quy chế tiếp công dân." + FOOT + ATTACHED)
    )
    rules, appendix = facts.attachments
    assert (rules.header.kind, rules.header.title) == ("Quy chế", "Tiếp công dân của Sở Nội vụ")
    assert (rules.promulgated_by, rules.sections) == ("12/QĐ-SNV", ["I", "I/1", "II", "II/1"])
    assert (appendix.header.kind, appendix.header.number, appendix.header.title) == (
        "Phụ lục",
        "I",
        "LỊCH TIẾP CÔNG DÂN",
    )
    assert facts.header.kind == "Quyết định"
    assert [fact.section for fact in facts.responsibilities if fact.units == ["Văn phòng Sở"]] == ["II/1"]


def test_a_document_without_attachments_has_none() -> None:
    assert parse(document_of(HEAD + "Điều 1. Giao Văn phòng Sở thực hiện." + FOOT)).attachments == []


def test_one_number_with_two_dates_is_told_and_not_resolved() -> None:
    body = "1. Theo Quyết định số 9/QĐ-UBND ngày 01/02/2024.\n2. Theo Quyết định số 9/QĐ-UBND ngày 11/02/2024."
    facts = parse(document_of(HEAD + body))
    assert "reference_dates_disagree" in codes(facts)
    assert sorted(str(f.date) for f in facts.references) == ["2024-02-01", "2024-02-11"]
    assert all("reference_dates_disagree" in f.doubts for f in facts.references)


def test_a_citation_from_the_future_is_doubted() -> None:
    facts = parse(document_of(HEAD + "Căn cứ Quyết định số 9/QĐ-UBND ngày 01/02/2025 của UBND tỉnh;\n1. Rà soát."))
    assert facts.references[0].doubts == ["dated_after_document"]


def test_a_province_that_was_merged_away_is_doubted() -> None:
    head = HEAD.replace("HÀ SƠN", "HÀ GIANG").replace("năm 2024", "năm 2026")
    assert "province_not_of_that_day" in codes(parse(document_of(head + "1. Rà soát.")))


def test_nothing_is_wrong_with_a_sound_document() -> None:
    assert codes(parse(document_of(HEAD + "Căn cứ Luật Tiếp công dân năm 2013;\n1. Văn phòng Sở rà soát."))) == []


def test_a_later_mention_without_a_number_joins_the_only_one_of_its_type() -> None:
    body = "Căn cứ Chỉ thị số 7/CT-UBND ngày 01/02/2024;\n1. Thực hiện Chỉ thị nêu trên."
    references = parse(document_of(HEAD + body)).references
    assert [(f.number, len(f.mentions)) for f in references] == [("7/CT-UBND", 2)]


@pytest.mark.parametrize("printed", ["Số: ,.Ỉ4ỹ/QĐ-SNV", "Số J 2 /QĐ-SNV", "56/1 /QĐ-SNV", "Số: /22/QĐ-SNV"])
def test_a_number_written_by_hand_is_left_to_a_person(printed: str) -> None:
    facts = parse(document_of(HEAD.replace("Số: 12/QĐ-SNV", printed) + "1. Văn phòng Sở rà soát."))
    assert facts.header.number is None
    assert "number_by_hand" in codes(facts)
    assert facts.header.evidence["number"].quote.endswith("/QĐ-SNV")
    assert facts.header.issuer == "SỞ NỘI VỤ"


@pytest.mark.parametrize(
    ("printed", "authority", "issuer"),
    [
        ("SỞ NÔNG NGHIỆP VÀ MÔI\nTRƯỜNG\nCHI CỤC THỦY LỢI", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "CHI CỤC THỦY LỢI"),
        ("BỘ QUỐC\nPHÒNG\nTRƯỜNG QUÂN SỰ HÀ SƠN", "BỘ QUỐC PHÒNG", "TRƯỜNG QUÂN SỰ HÀ SƠN"),
        ("SỞ Y TẾ\nTRƯỜNG TRUNG CẤP Y HÀ SƠN", "SỞ Y TẾ", "TRƯỜNG TRUNG CẤP Y HÀ SƠN"),
    ],
)
def test_a_body_broken_before_a_word_that_opens_others_is_one(printed: str, authority: str, issuer: str) -> None:
    header = parse(document_of(HEAD.replace("UBND TỈNH HÀ SƠN\nSỞ NỘI VỤ", printed) + "1. Rà soát.")).header
    assert (header.authority, header.issuer) == (authority, issuer)


@pytest.mark.parametrize(
    ("printed", "name"), [("Lò Văn Bình", "Lò Văn Bình"), ("Văn Bình", None), ("GIÁM ĐỐC\nVăn Bình", "Văn Bình")]
)
def test_a_name_under_a_post_that_a_seal_covers_is_taken_where_it_is_whole(printed: str, name: str | None) -> None:
    foot = FOOT.replace("GIÁM ĐỐC\nLò Văn Bình", printed)
    assert parse(document_of(HEAD + "1. Văn phòng Sở rà soát." + foot)).header.signer.name == name


@pytest.mark.parametrize(
    ("printed", "signer"),
    [
        ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nLò Văn Bình", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lò Văn Bình")),
        ("VI. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nLò Văn Bình", (None, "PHÓ GIÁM ĐỐC", "Lò Văn Bình")),
        ("VI. GIÁM ĐỐC\nLò Văn Bình", (None, None, "Lò Văn Bình")),
        ("GIÁM ĐỐC\nGIÁM ĐỐC,\nLò Văn Bình", (None, None, "Lò Văn Bình")),
    ],
)
def test_the_post_that_the_signer_stands_for_is_not_the_signers(printed: str, signer: tuple[str | None, ...]) -> None:
    foot = FOOT.replace("GIÁM ĐỐC\nLò Văn Bình", printed)
    found = parse(document_of(HEAD + "1. Văn phòng Sở rà soát." + foot)).header.signer
    assert (found.capacity, found.position, found.name) == signer


def test_a_fact_over_a_flagged_word_carries_the_flag() -> None:
    body = "1. Văn phòng Sở chủ trì, phối hợp với Thanh tra Sở rà soát trước ngày 01/6/2024 theo Kế hoạch số 7/KH-UBND."
    facts = parse(document_of(HEAD + body, 0.7, ("low_confidence",)))
    made = [*facts.sections, *facts.references, *facts.responsibilities, *facts.deadlines]
    assert len({type(fact) for fact in made}) == 4
    assert all("low_confidence" in fact.doubts and fact.confidence == 0.7 for fact in made)
    assert "low_confidence" in facts.header.doubts["number"]


def test_a_confidence_is_the_least_of_its_parts() -> None:
    read = [
        ("So", "Sở", 0.6),
        ("Y", "Y", 0.8),
        ("te", "tế", 0.6),
        ("ra", "rà", 0.6),
        ("soát", "soát", 0.8),
        ("đơn.", "đơn.", 0.8),
    ]
    words = [Word(raw, meant, None, confidence) for raw, meant, confidence in read]
    lines = [Line([Word("1.", "1.", None, 0.8), *words])]
    fact = parse(Document([Page(1, None, None, "restored", lines)])).responsibilities[0]
    assert fact.parts is not None
    assert (fact.parts.rule, fact.parts.reading, fact.parts.restoration) == (RIGHT["subject"], 0.8, 0.6)
    assert fact.confidence == 0.6
