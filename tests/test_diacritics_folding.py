"""Folding and the alphabet it is built from; unidecode is the oracle of the table."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from unidecode import unidecode

from diacritics.alphabet import BASE, LETTERS, MARKED, TONED, WITH_TONE, split_tone
from diacritics.folding import fold


def test_alphabet_has_the_134_marked_letters() -> None:
    assert len(MARKED) == 134
    assert len(LETTERS) == 146
    assert len(BASE) == 67
    assert len(TONED) == len(WITH_TONE) == 72
    assert all(unicodedata.is_normalized("NFC", letter) and len(letter) == 1 for letter in LETTERS)


def test_fold_agrees_with_unidecode_on_every_letter() -> None:
    for letter in LETTERS:
        assert fold(letter) == unidecode(letter)


def test_fold_leaves_other_signs() -> None:
    assert fold("… № ½ ₫ “Đ”") == "… № ½ ₫ “D”"


@given(st.text())
def test_fold_keeps_offsets_and_is_idempotent(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


def test_split_tone() -> None:
    assert split_tone("người") == ("ngươi", 1)
    assert split_tone("sở") == ("sơ", 3)
    assert split_tone("va") == ("va", 0)
