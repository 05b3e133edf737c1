"""Normal form and the key that makes the two tone placements one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diacritics.normalization import normalize, tone_key


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ðề án", "Đề án"),
        ("quyết ðịnh", "quyết định"),
        ("maðr", "maðr"),  # no Vietnamese vowel follows: an Icelandic word stays
        ("Señor", "Señor"),
        ("a\u0301\u0302", "ấ"),  # tone typed before shape
        ("e\u0323\u0302", "ệ"),
        (unicodedata.normalize("NFD", "Sở Nội vụ nghiệm thu"), "Sở Nội vụ nghiệm thu"),
        ("ﬁ … ①", "ﬁ … ①"),
        ("", ""),
    ],
)
def test_normalize(text: str, expected: str) -> None:
    assert normalize(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("Thuý", "Thúy"), ("khoẻ", "khỏe"), ("HOÀ", "HÒA"), ("hoà thuỷ", "hòa thủy")],
)
def test_tone_key_joins_the_two_placements(one: str, other: str) -> None:
    assert tone_key(one) == tone_key(other)


@pytest.mark.parametrize("text", ["quý", "toàn", "ngoài", "hóa học", "xuyến", "họa"])
def test_tone_key_keeps_what_has_one_spelling(text: str) -> None:
    assert tone_key(text) == text


def test_tone_key_keeps_different_syllables_apart() -> None:
    assert len({tone_key(word) for word in ("hoa", "hòa", "hóa", "hỏa", "họa", "qua", "quà")}) == 7


@given(st.text())
def test_normalize_and_key_are_idempotent(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)
    assert tone_key(tone_key(text)) == tone_key(text)
