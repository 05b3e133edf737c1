"""Restoring texts: what garble stands for, what stays, and the laws that hold for any input."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diacritics import default_restorer, replay, restore
from diacritics.folding import fold

GARBLED = [
    (
        "Cian ctr Quyét dinh s6 4512/QD-UBND ngay 03/5/2031 ciia UBND tinh vé viéc ban hanh Ké hoach",
        "Căn cứ Quyết định số 4512/QĐ-UBND ngày 03/5/2031 của UBND tỉnh về việc ban hành Kế hoạch",
    ),
    (
        "- Cac phong chuyén mén phdi hop thuc hién nhiém vu duoc giao; bao cdo két qua trudc ngay 15/8.",
        "- Các phòng chuyên môn phối hợp thực hiện nhiệm vụ được giao; báo cáo kết quả trước ngày 15/8.",
    ),
]
STRIPPED = [
    "Kế hoạch này được thực hiện trong năm 2031 và các năm tiếp theo.",
    "Sở Y tế chủ trì, phối hợp với các cơ quan, đơn vị có liên quan tổ chức thực hiện.",
    "Ủy ban nhân dân các xã, phường báo cáo kết quả về Sở Nội vụ trước ngày 10 hằng tháng.",
]
UNTOUCHED = [
    "",
    "\n\n",
    "Sở Y tế báo cáo kết quả thực hiện.",
    "the committee shall report on the results of the audit before the end of the year",
    "1 2 3\n4,5 6.7 8%\n",
    "\x00\x01\ufffd\x7f",
    "van-thu@soyte.example.vn https://example.vn/a?b=c",
]


@pytest.mark.parametrize(("read", "printed"), GARBLED)
def test_garbled_text_is_restored(read: str, printed: str) -> None:
    assert restore(read).text == printed


@pytest.mark.parametrize("printed", STRIPPED)
def test_stripped_text_is_restored(printed: str) -> None:
    assert restore(fold(printed)).text == printed


@pytest.mark.parametrize("text", UNTOUCHED)
def test_left_alone(text: str) -> None:
    assert restore(text).text == text


def test_numbers_and_addresses_stay_in_garbled_text() -> None:
    text = "Ty 1é dat 8],73% nim 2024, gui vé hop thu van.thu@example.vn truéc ngay 15/12/2025 theo quy dinh"
    restored = restore(text).text
    for kept in ("8],73%", "2024", "van.thu@example.vn", "15/12/2025"):
        assert kept in restored.split() or f"{kept}," in restored.split()


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet=st.sampled_from("aăcdđeéệghinoóstuưvyAĐNS6 1l/.,-\n¢&%@)"), max_size=200))
def test_edits_replay_and_lines_stay(text: str) -> None:
    for source in ("stripped", "foreign", "vietnamese", "other", "auto"):
        done = restore(text, source)  # type: ignore[arg-type]
        assert replay(text, done.edits) == done.text
        assert done.text.count("\n") == text.count("\n")
        assert all(0 <= trust.confidence <= 1 for trust in done.trust)
        assert all(0 <= trust.start < trust.end <= len(text) for trust in done.trust)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    "cac",
                    "so",
                    "1ong",
                    "S6:127",
                    "ciia",
                    "-",
                    "SOYTE",
                    "(d6i",
                    "té,",
                    "02/4/2025",
                    "I11.",
                    "1.",
                    "2.",
                    "‘ho",
                    "|",
                ]
            ),
            max_size=6,
        )
    )
)
def test_words_of_lines_cover_all_raw_words(lines: list[list[str]]) -> None:
    restored = default_restorer().restore_lines(lines, source="foreign")
    assert len(restored) == len(lines)
    for raw, words in zip(lines, restored, strict=True):
        assert [number for word in words for number in range(word.first, word.last)] == list(range(len(raw)))
    text = default_restorer().restore("\n".join(map(" ".join, lines)), "foreign").text
    assert "\n".join(" ".join(word.text for word in words) for words in restored) == text


def test_another_language_amid_stripped_text_stays() -> None:
    text = "Bao cao gui ve So Y te truoc ngay 15.\nPlease send the file to the office of the committee before noon."
    first, second = restore(text, "stripped").text.split("\n")
    assert first == "Báo cáo gửi về Sở Y tế trước ngày 15."
    assert second == text.split("\n")[1]


def test_words_of_a_vietnamese_engine_change_only_with_its_confidence() -> None:
    line = "Quyết định về việc thẩm định kế hoạch tố chức thực hiện".split()
    restorer = default_restorer()
    unsure = [[0.5 if word == "tố" else 0.97 for word in line]]
    assert [word.text for word in restorer.restore_lines([line], None, "vietnamese")[0]] == line
    repaired = [word.text for word in restorer.restore_lines([line], unsure, "vietnamese")[0]]
    assert repaired == ["tổ" if word == "tố" else word for word in line]
