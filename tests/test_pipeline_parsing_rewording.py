"""Indicators that a model words otherwise than the rules: what is tried, and when it wins."""

from __future__ import annotations

import numpy as np
import pytest

from models.figures import Floats
from pipeline.parsing.rewording import REWORDED, reworded, surest, taken
from pipeline.parsing.surroundings import Seen, Surroundings, words_of
from tests.parsing_text import read_report, seen_with


def chances(around: Surroundings, seen: Seen, words: str) -> Floats:
    wanted = set(words_of(words))
    return np.array([0.95 if around.low[place] in wanted else 0.02 for place in seen.places], np.float32)


OTHERS = [
    ("Hội nghị phòng cháy: Có 350 người tham gia.", 0, "người", "Hội nghị phòng cháy người tham gia"),
    ("Tổng đàn trâu bò của xã hiện có 5.264 con.", 0, "con", "Tổng đàn trâu bò của xã"),
    ("Thu ngân sách xã đạt 12 tỷ đồng, vượt 4%.", 1, "kế hoạch", "Thu ngân sách xã"),
]


@pytest.mark.parametrize(("sentence", "at", "said", "right"), OTHERS)
def test_a_surer_wording_takes_the_place_of_few_words(sentence: str, at: int, said: str, right: str) -> None:
    around, seen, quantity = seen_with(sentence, said, at)
    words = surest(around, seen, chances(around, seen, right), quantity, said).words
    assert set(words_of(right)) <= set(words_of(words))
    assert len(words_of(words)) <= len(words_of(right)) + 2


def test_the_rules_words_stay_where_no_wording_is_much_surer() -> None:
    around, seen, quantity = seen_with("Thu ngân sách xã đạt 12 tỷ đồng.", "Thu ngân sách xã")
    likely = chances(around, seen, "Thu ngân sách xã")
    assert surest(around, seen, likely, quantity, "Thu ngân sách xã").words == "Thu ngân sách xã"
    assert surest(around, seen, np.full_like(likely, 0.3), quantity, "Thu ngân sách").words == "Thu ngân sách"


def test_words_that_hold_well_are_not_reworded() -> None:
    reading, block, quantities = read_report("Thu ngân sách xã đạt 12 tỷ đồng.")
    wording = reworded(reading, block, quantities[0], "Thu ngân sách xã")
    assert (wording.words, wording.doubts) == ("Thu ngân sách xã", ())
    assert wording.expected > 0.7


def test_a_reworded_indicator_is_flagged() -> None:
    reading, block, quantities = read_report("Tổng đàn trâu bò của xã hiện có 5.264 con.")
    wording = reworded(reading, block, quantities[0], "con")
    assert wording.doubts == ((REWORDED,) if wording.words != "con" else ())


TAKEN = [
    ([0.9, 0.9, 0.1, 0.1], [True, True, False, False]),
    ([0.9, 0.9, 0.38, 0.9], [True, True, True, True]),  # a gap costs more than it saves
    ([0.9, 0.9, 0.01, 0.9], [True, True, False, True]),
    ([0.45, 0.1, 0.1], [False, False, False]),  # one word is hardly worth the change
    ([], []),
]


@pytest.mark.parametrize(("likely", "expected"), TAKEN)
def test_words_are_taken_in_runs(likely: list[float], expected: list[bool]) -> None:
    assert taken(np.array(likely, np.float32)) == expected


def test_features_and_keys_are_of_the_words_seen() -> None:
    around, seen, _ = seen_with("Thu ngân sách xã (phần xã hưởng) đạt 12 tỷ đồng; chi 9 tỷ đồng.", "Thu ngân sách xã")
    words = [around.low[place] for place in seen.places]
    assert words[-2:] == ["tỷ", "đồng"]
    assert "12" not in words
    assert "(" not in words
    assert len(seen.features) == len(seen.keys) == len(words)
    again = around.seen(around.quantities[0], "Thu ngân sách xã")
    assert np.array_equal(seen.keys, again.keys)
    other = around.seen(around.quantities[0], "chi")
    assert not np.array_equal(seen.features, other.features)
