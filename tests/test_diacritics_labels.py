"""Labels in their scheme, and numbers that cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diacritics.edits import replay
from diacritics.labels import doubtful_numbers, repair_labels


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("I. MUC A\nIl. MUC B\nI11. MUC C\n1V. MUC D", "I. MUC A\nII. MUC B\nIII. MUC C\nIV. MUC D"),
        ("I. A\nll. B", "I. A\nII. B"),
        ("VỊ. Dự trù kinh phí\nVÍI. Tổ chức", "VI. Dự trù kinh phí\nVII. Tổ chức"),
        ("I. Một\nIÌ. Hai\nÌ. Ba", "I. Một\nII. Hai\nÌ. Ba"),
        ("b) mot\n¢) hai\nd) ba\nd) bon", "b) mot\nc) hai\nd) ba\nđ) bon"),
        ("11. Muc muoi mot", "11. Muc muoi mot"),  # digits alone stay digits
        ("l. mot", "I. mot"),  # the first of a row may be I
        ("Il est. Il.", "Il est. Il."),  # only a label of its own
        ("d) hai\ne) ba", "d) hai\ne) ba"),
        ("1. Một\n2, Hai\n3. Ba", "1. Một\n2. Hai\n3. Ba"),
        ("1, Một\n2. Hai", "1. Một\n2. Hai"),
        ("1. Một\n2: Hai", "1. Một\n2. Hai"),
        ("1: Một\n2: Hai", "1: Một\n2: Hai"),
        ("1, Một\n2, Hai", "1, Một\n2, Hai"),  # whoever wrote this may have meant it
        ("1. Một\n2, hai và", "1. Một\n2, hai và"),  # a sentence goes on
        ("2. Hai\n1, Điều 5", "2. Hai\n1, Điều 5"),
        ("1. Một\n-2. Hai\n3. Ba", "1. Một\n2. Hai\n3. Ba"),
        ("-2. Hai\n-3. Ba", "-2. Hai\n-3. Ba"),
        ("1.2. Một\n1,3. Hai", "1.2. Một\n1.3. Hai"),
        ("2. Một\n2,1. Hai", "2. Một\n2.1. Hai"),
        ("2,1. Hai\n3. Ba", "2,1. Hai\n3. Ba"),
        ("2. Một\n2,1 Hai", "2. Một\n2,1 Hai"),  # may be a figure of the line before
        ("II. HAI\nI. Một\n2. Hai", "II. HAI\n1. Một\n2. Hai"),
        ("I. MỘT\n2. Hai", "I. MỘT\n2. Hai"),  # the 1. between may be lost
        ("II. HAI\nI. MỘT\n2. Hai", "II. HAI\nI. MỘT\n2. Hai"),
        ("I. A\nB. B\nI. Mục tiêu\n1. Mục tiêu\n2. Hai", "I. A\nB. B\nI. Mục tiêu\n1. Mục tiêu\n2. Hai"),
        ("1, Mục tiêu\n2. Hai", "1. Mục tiêu\n2. Hai"),
        ("I- MỘT\n1- Một\nII- HAI\nI- Một\n2- Hai", "I- MỘT\n1- Một\nII- HAI\n1- Một\n2- Hai"),
        ("e) Năm\n8) Sáu", "e) Năm\ng) Sáu"),
        ("7) Bảy\na) Một\ne) Hai\n8) Tám", "7) Bảy\na) Một\ne) Hai\n8) Tám"),
        ("III- BA\n1V- BỐN", "III- BA\nIV- BỐN"),
        ("II- HAI\nI- Một\n2. Hai", "II- HAI\nI- Một\n2. Hai"),  # of another row
        ("II. HAI\nI. Một\nII. Hai\n2. Ba", "II. HAI\nI. Một\nII. Hai\n2. Ba"),
    ],
)
def test_labels(read: str, printed: str) -> None:
    assert replay(read, repair_labels(read, marks_lost=True)) == printed


def test_a_second_d_stays_where_marks_are_kept() -> None:
    assert repair_labels("d) mot\nd) hai", marks_lost=False) == []


@pytest.mark.parametrize(("word", "alternative"), [("8],73%", "81,73%"), ("1O0", "100"), ("2.5l0", "2.510")])
def test_impossible_numbers_are_flagged_and_kept(word: str, alternative: str) -> None:
    text = f"dat {word} so ho so"
    (flag,) = doubtful_numbers(text)
    assert flag.why == "doubt"
    assert flag.before == flag.after
    assert flag.alternatives[0].rstrip("%") == alternative.rstrip("%")
    assert replay(text, [flag]) == text


@pytest.mark.parametrize("text", ["81,73%", "[1]", "(12)", "127/KH-SYT", "02/4/2025", "5l", "I11.", ""])
def test_sound_numbers_are_not_flagged(text: str) -> None:
    assert doubtful_numbers(text) == []


@given(st.text(alphabet="Il1|!VX.)a¢dđ \n’‘™[]%09,", max_size=80))
def test_rules_never_crash_and_replay(text: str) -> None:
    for edits in (repair_labels(text, True), doubtful_numbers(text)):
        assert replay(text, edits).count("\n") == text.count("\n")
