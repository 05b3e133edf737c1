"""Quotes, spaces and specks of garbled text; letters and digits are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diacritics.edits import replay
from diacritics.punctuation import repair_punctuation, repair_signs


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("nguyên tắc ‘‘rõ việc, rõ kết quả™.", "nguyên tắc “rõ việc, rõ kết quả”."),
        ("tiep nhan ‘ho so thu tuc", "tiep nhan ho so thu tuc"),
        ("phong trao 'ca nuoc' nam nay", "phong trao 'ca nuoc' nam nay"),  # a pair may be meant
        ("S6:4512/KH-SXD", "S6: 4512/KH-SXD"),
        ("Số:15/QĐ", "Số: 15/QĐ"),
        ("luc 8:30 ngay", "luc 8:30 ngay"),
        ("2. 3. Cong tac can bo", "2.3. Cong tac can bo"),
        ("2. 3", "2. 3"),
        ("Noi nhan:\nN |\n= \\‘\n", "Noi nhan:\n\n\n"),
        ("a = b\n| 5 |\n- A\n|", "\n| 5 |\n- A\n"),
    ],
)
def test_punctuation(read: str, printed: str) -> None:
    assert replay(read, repair_punctuation(read)) == printed


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("hết ./,\nNơi nhận", "hết ./.\nNơi nhận"),
        ("02093.555.014./:", "02093.555.014./."),
        ("hết./.", "hết./."),
        ("12./, 13", "12./, 13"),
        ("Tỷ suất sinh 13,83%o; tăng 6,9%o.", "Tỷ suất sinh 13,83‰; tăng 6,9‰."),
        ("đạt 95%ở 3 xã, tỷ lệ %o", "đạt 95%ở 3 xã, tỷ lệ %o"),
    ],
)
def test_signs_that_nothing_else_looks_like(read: str, printed: str) -> None:
    assert replay(read, repair_signs(read)) == printed


@given(st.text(alphabet="aN1‘’'™.,:;|=\\S6 \n", max_size=80))
def test_digits_and_words_stay_and_lines_too(text: str) -> None:
    repaired = replay(text, sorted(_apart(repair_punctuation(text))))
    assert repaired.count("\n") == text.count("\n")
    assert [sign for sign in repaired if sign.isdigit()] == [sign for sign in text if sign.isdigit()]


def _apart(edits: list) -> list:  # type: ignore[type-arg]
    """Edits as the restorer takes them: none that overlaps one before it."""
    apart = []  # type: ignore[var-annotated]
    for edit in sorted(edits):
        if not apart or edit.start >= apart[-1].end:
            apart.append(edit)
    return apart
