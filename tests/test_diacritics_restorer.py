"""Restoring texts: what garble stands for, what stays, and the laws that hold for any input."""

import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diacritics import default_restorer, replay, restore
from diacritics.folding import fold
from diacritics.spelling import Case, Reading, Speller

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
CAPITALS = [("UBND TINH SOYTE", "UBND TỈNH SỞ Y TẾ"), ("BOYTE quy dinh", "BỘ Y TẾ quy định"), ("SOY TE", "SỞ Y TẾ")]
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


@pytest.mark.parametrize(("read", "printed"), CAPITALS)
def test_capitals_run_together_are_parted(read: str, printed: str) -> None:
    assert restore(read, "foreign").text == printed


def _stray_letters(dice: Random) -> str:
    return " ".join("".join(dice.choices("bkqwxzBKQWXZ?%", k=8)) for _ in range(3_000))


def _amid_numbers(dice: Random) -> str:
    return re.sub(" ", lambda _: f" {dice.randrange(100, 999)} 4,5 {dice.randrange(10, 99)}% ", _stray_letters(dice))


def _letters_tossed(dice: Random) -> str:
    words = " ".join([read.removeprefix("- ") for read, _ in GARBLED] * 100)
    return "".join(dice.choice((sign.upper(), sign.lower(), sign, f"{sign}?", f"{sign}\xad")) for sign in words)


NOISE: dict[str, Callable[[Random], str]] = {
    "stray letters": _stray_letters,
    "stray letters amid numbers": _amid_numbers,
    "words with their letters tossed": _letters_tossed,
}


@pytest.mark.parametrize("name", NOISE)
def test_noise_is_left_alone_and_what_stands_beside_it_is_restored(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    noise = NOISE[name](Random(5))
    spelt = Counter[str]()
    spell = Speller.readings

    def counted(self: Speller, token: str, case: Case, limit: int) -> list[Reading]:
        spelt[token] += len(token)
        return spell(self, token, case, limit)

    monkeypatch.setattr(Speller, "readings", counted)
    read, printed = GARBLED[0]
    first, *between, last = restore(f"{read}\n{noise}\n{read}", "foreign").text.split("\n")
    assert first == last == printed
    if name.startswith("stray"):  # some of the tossed words are read as words are
        assert noise[200:-200] in "\n".join(between)  # at the edges a word may be taken for one of the sentence
    assert spelt.total() < 500 + len(noise) / 20  # signs: words at the edges of the noise, and some of the sentences


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


def test_a_word_that_nothing_explains_is_not_taken_for_sure() -> None:
    done = restore("- Cac phong chuyén mén xqzwkrf phdi hop thuc hién nhiém vu duoc giao; bao cdo két qua", "foreign")
    (odd,) = (trust for trust in done.trust if done.original[trust.start : trust.end] == "xqzwkrf")
    assert odd.confidence < 0.97


KEPT = st.one_of(
    st.from_regex(r"[0-9]{1,4}([.,/][0-9]{1,4}){0,2}%?", fullmatch=True),
    st.from_regex(r"[0-9]{1,4}/(QĐ|KH|BC|TB)-(UBND|SYT|SNV|HĐND)", fullmatch=True),
    st.from_regex(r"[a-z]{3,8}[.][a-z]{2,6}@[a-z]{3,8}[.](gov[.])?vn", fullmatch=True),
    st.sampled_from(
        ["PAR", "INDEX", "SIPAS", "DDCI", "Microsoft", "software", "website", "(AI)", "https://a.vn/b?c=d"]
    ),
)
FRAME = "Sở Nội vụ báo cáo kết quả thực hiện {} theo quy định của tỉnh {} gửi các cơ quan {} trước thời hạn"


@settings(deadline=None, max_examples=60)
@given(st.lists(KEPT, min_size=3, max_size=3))
def test_digits_symbols_latin_words_and_addresses_never_change(kept: list[str]) -> None:
    text = FRAME.format(*kept)
    for source in ("auto", "vietnamese"):
        assert restore(text, source).text == text  # type: ignore[arg-type]
    sure = default_restorer().restore(text, "vietnamese", [0.97] * len(text.split()))
    assert sure.text == text
    stripped = restore(fold(text), "stripped").text.split()
    assert [fold(word) for word in stripped] == fold(text).split()
    assert [word for word in kept if word.isascii() and word not in stripped] == []


@settings(deadline=None, max_examples=60)
@given(st.lists(st.from_regex(r"[0-9]{1,4}([.,/][0-9]{1,4}){0,2}%?", fullmatch=True), min_size=3, max_size=3))
def test_digits_stay_in_garbled_text(numbers: list[str]) -> None:
    text = "Cian ctr két qua {} thuc hién nhiém vu {} cia co quan {} vé viéc ban hanh".format(*numbers)
    assert [word for word in restore(text, "foreign").text.split() if word[0].isdigit()] == numbers


def legacy_mixed() -> str:
    return "Sở Y tế báo cáo. QuyÕt ®Þnh cña Gi¸m ®èc Së Y tÕ. Quyeát ñònh cuûa Giaùm ñoác. Quyết định"


BAD = {
    "empty": "",
    "junk": bytes(range(256)).decode("latin-1") * 200,
    "control signs": "\x00\x01\ufffd\u202e\u200b" * 5000,
    "a line of a million signs": "quyet dinh " * 9_000 + ("x" * 99 + " ") * 9_010,
    "a word of a million signs": "a" * 1_000_000,
    "signs without a space": "l}|1" * 100_000,
    "english": "The committee shall report on the results of the audit before the end of the year. " * 50,
    "digits": "1 2,5 3.000 45% 01/02/2031\n" * 2000,
    "mixed encodings": legacy_mixed() + "\n",
    "many lines": "\n" * 100_000,
}
SAME = ("empty", "control signs", "a word of a million signs", "english", "digits", "many lines")


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_survived_in_linear_time(name: str) -> None:
    text = BAD[name]
    begun = time.process_time()
    done = restore(text)
    assert time.process_time() - begun < 30  # seconds; what is quadratic here takes hours
    assert replay(text, done.edits) == done.text
    assert done.text.count("\n") == text.count("\n")
    if name in SAME:
        assert done.text == text


def test_decomposed_text_reads_as_composed() -> None:
    text = unicodedata.normalize("NFD", STRIPPED[0])
    assert unicodedata.normalize("NFC", restore(text).text) == STRIPPED[0]


@pytest.mark.parametrize("name", ["junk", "signs without a space", "digits"])
def test_every_reader_survives_bad_input(name: str) -> None:
    for source in ("stripped", "foreign", "vietnamese"):
        text = BAD[name][:20_000]
        done = restore(text, source)  # type: ignore[arg-type]
        assert replay(text, done.edits) == done.text
