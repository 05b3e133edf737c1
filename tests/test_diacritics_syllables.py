"""The structure of the syllable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diacritics.syllables import is_syllable

GOOD = """nghiêng quyết định người Lưu thuế quý yêu gì gìn giếng giữa uỷ ủy hòa hoà khuya quốc khoẻ nguyễn ĐẶC và ở
nghiệp thuở xoong ươm quăng kỷ luật chuyển huỳnh giải ngoèo Ủy y ý oan loại quả qua gia ghế nghỉ rượu hươu"""
BAD = """nghịep ciia tinhh cac viêc đươc hocj w zalo PAR kg qúy hôị giưã ckế gế ngỉ kác quô s6 1ong chtrc ááo
ucc- nghuy phap ấp2 tiềng1 dduwowcj xyz bb"""


@pytest.mark.parametrize("token", GOOD.split())
def test_syllables(token: str) -> None:
    assert is_syllable(token)
    assert is_syllable(token.upper())


@pytest.mark.parametrize("token", BAD.split())
def test_no_syllables(token: str) -> None:
    assert not is_syllable(token)


@given(st.text())
def test_any_text_is_judged(token: str) -> None:
    assert is_syllable(token) in (True, False)
