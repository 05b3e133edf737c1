"""Full text: marks that are typed are meant, words side by side, filters, snippets; and nothing typed is a command."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.analysis import manifests, tabulate
from pipeline.analysis.fulltext import Query, Wanted, spelled
from pipeline.analysis.search import search
from pipeline.errors import NoTables, UsageError
from tests.analysis_store import record, write

TEXTS = {
    "so": "Sở Y tế tỉnh Bình Giang\nbáo cáo kết quả năm 2025",
    "number": "Số y tế và sổ theo dõi",
    "peace": "Tổ hoà giải ở cơ sở được kiện toàn",
    "decision": "Theo Quyết định số 608/QĐ-UBND của tỉnh",
    "apart": "Sở báo cáo; trạm y cấp phát; bàn tế",
    "plain": "PAR INDEX dat 75 diem",
}


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Path:
    records = {
        name: record(f"{name}.pdf", text, {"date": f"20{20 + n}-01-01", "kind": "Báo cáo" if n % 2 else "Kế hoạch"})
        for n, (name, text) in enumerate(TEXTS.items())
    }
    folder = write(tmp_path_factory.mktemp("store"), **records)
    tabulate.refresh(folder)
    return folder


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("so y te", ["so", "number", "apart"]),
        ("sở y tế", ["so", "apart"]),
        ("SỞ Y TẾ", ["so", "apart"]),
        ('"sở y tế"', ["so"]),
        ('"so y te"', ["so", "number"]),
        ("số y tế", ["number"]),
        ("hòa giải", ["peace"]),
        ("hoà giải", ["peace"]),
        ("hoa giai", ["peace"]),
        ("608/QĐ-UBND", ["decision"]),
        ("608/qd-ubnd", ["decision"]),
        ("08/QĐ-UBND", []),
        ("par index", ["plain"]),
        ("đạt", []),
        ("tế tỉnh", ["so"]),
        ("tế bình", ["so"]),
        ('"kết quả" "bình giang"', ["so"]),
        ("kiện toà*", ["peace"]),
        ("toan tran", []),
    ],
)
def test_what_is_typed_finds_what_it_means(where: Path, typed: str, found: list[str]) -> None:
    assert sorted(one.file.removesuffix(".pdf") for one in search(where, typed).found) == sorted(found)


def test_words_side_by_side_come_first(where: Path) -> None:
    assert [one.file for one in search(where, "sở y tế").found] == ["so.pdf", "apart.pdf"]


def test_a_result_shows_where_it_was_found(where: Path) -> None:
    (one,) = search(where, "BÌNH GIANG").found
    assert (one.page, one.number, one.kind, one.date) == (1, "12/KH-STL", "Kế hoạch", "2020-01-01")
    assert one.snippet[one.start : one.end] == "Bình Giang"
    assert one.snippet == "Sở Y tế tỉnh Bình Giang báo cáo kết quả năm 2025"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(kind="bao cao"), ["decision", "number"]),
        (Wanted(since="2022-01-01", before="2024-01-01"), ["decision", "peace"]),
        (Wanted(issuer="thủy lợi", kind="Kế hoạch"), ["apart", "peace", "so"]),
        (Wanted(issuer="công an"), []),
    ],
)
def test_documents_are_chosen(where: Path, wanted: Wanted, found: list[str]) -> None:
    files = set()
    for typed in ("so", "giai", "theo"):
        files |= {one.file.removesuffix(".pdf") for one in search(where, typed, wanted).found}
    assert sorted(files) == found


def test_as_many_as_wanted(where: Path) -> None:
    results = search(where, "so", limit=2)
    assert (len(results.found), results.more) == (2, True)
    assert not search(where, "so", limit=50).more


@pytest.mark.parametrize(
    "typed",
    [
        "* OR NEAR(",
        'a"b',
        '"""',
        "so NOT te",
        "folded : so",
        "'; DROP TABLE words; --",
        "so\x00te",
        "\u202eos",
        "x" * 5000,
    ],
)
def test_nothing_typed_is_a_command(where: Path, typed: str) -> None:
    try:
        search(where, typed)
    except UsageError as error:
        assert "no word" in error.message


@pytest.mark.parametrize("typed", ["", "   ", "…", '""', "*"])
def test_nothing_to_look_for_is_said_so(where: Path, typed: str) -> None:
    with pytest.raises(UsageError):
        search(where, typed)


def test_a_document_that_was_replaced_is_found_no_more(tmp_path: Path) -> None:
    write(tmp_path, one=record(text="kiện toàn tổ hòa giải"), two=record("two.pdf", "chuyện khác"))
    tabulate.refresh(tmp_path)
    write(tmp_path, one=record(text="giải thể"))
    tabulate.refresh(tmp_path)
    assert search(tmp_path, "kiện toàn").found == []
    assert [one.file for one in search(tmp_path, "giải thể").found] == ["one.pdf"]


def test_merged_parts_can_be_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabulate, "MAX_SMALL_PARTS", 1)
    for name in ("one", "two", "three"):
        write(tmp_path, **{name: record(f"{name}.pdf", f"tài liệu thứ {name}")})
        tabulate.refresh(tmp_path)
    assert len(manifests.read_manifest(tmp_path).parts) == 1
    assert len(search(tmp_path, "tài liệu").found) == 3


def test_a_damaged_index_is_said_so(tmp_path: Path) -> None:
    write(tmp_path, one=record())
    tabulate.refresh(tmp_path)
    for path in manifests.tables_folder(tmp_path).glob(f"part-*/{manifests.SEARCH}"):
        path.write_bytes(b"no index")
    with pytest.raises(NoTables, match="search index"):
        search(tmp_path, "sở")


def test_every_place_of_a_tone_is_one() -> None:
    for newer, older in [("hoà", "hòa"), ("khoẻ", "khỏe"), ("thuỷ", "thủy"), ("toạ", "tọa"), ("QUÝ", "qúy")]:
        assert spelled(newer) == spelled(older)
    assert spelled("hoàn") != spelled("hoan")


def test_a_phrase_is_found_over_a_line_break() -> None:
    assert Query("tế tinh", close=True).find("Sở Y tế\ntỉnh") == (5, 12)


def test_pages_that_only_look_like_it_keep_nobody_from_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.analysis.search.COMMON", 2)
    monkeypatch.setattr("pipeline.analysis.search.MAX_RANKED", 1)
    texts = ["báo cáo", *["bảo cao rồi cáo"] * 12]  # all have "bao cao" without marks, and a "cáo"
    write(tmp_path, **{f"n{n:02}": record(f"{n:02}.pdf", text) for n, text in enumerate(texts)})
    tabulate.refresh(tmp_path)
    assert [one.snippet for one in search(tmp_path, '"bao cáo"', limit=1).found] == ["báo cáo"]


@pytest.mark.parametrize("typed", ["kiện t*", "kien t*", "k*"])
def test_a_beginning_may_be_one_letter(where: Path, typed: str) -> None:
    assert "peace.pdf" in [one.file for one in search(where, typed).found]
