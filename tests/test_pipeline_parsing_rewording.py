"""Indicators that a model words otherwise than the rules: what is tried, when it wins, how the model is learnt."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from models.indicators import Floats, load_indicators, save_indicators
from pipeline.learning import Example, aligned, examples, learn, spoiled
from pipeline.parsing.pipe import read
from pipeline.parsing.quantity import Quantity
from pipeline.parsing.reading import Block, Reading
from pipeline.parsing.rewording import REWORDED, reworded, surest, taken
from pipeline.parsing.surroundings import Seen, Surroundings, surroundings_of, words_of
from tests.parsing_text import document_of

REPORT = "BÁO CÁO\nKết quả công tác năm 2024\nI. KẾT QUẢ ĐẠT ĐƯỢC\n"


def read_report(sentence: str) -> tuple[Reading, Block, list[Quantity]]:
    reading = read(document_of(REPORT + sentence))
    block = next(block for block in reading.blocks if reading.quantities.get(block.index))
    return reading, block, reading.quantities[block.index]


def seen_with(sentence: str, indicator: str, at: int = 0) -> tuple[Surroundings, Seen, Quantity]:
    reading, block, quantities = read_report(sentence)
    around = surroundings_of(reading, block)
    return around, around.seen(quantities[at], indicator), quantities[at]


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
    words = surest(around, seen, chances(around, seen, right), quantity, said)
    assert set(words_of(right)) <= set(words_of(words))
    assert len(words_of(words)) <= len(words_of(right)) + 2


def test_the_rules_words_stay_where_no_wording_is_much_surer() -> None:
    around, seen, quantity = seen_with("Thu ngân sách xã đạt 12 tỷ đồng.", "Thu ngân sách xã")
    likely = chances(around, seen, "Thu ngân sách xã")
    assert surest(around, seen, likely, quantity, "Thu ngân sách xã") == "Thu ngân sách xã"
    assert surest(around, seen, np.full_like(likely, 0.3), quantity, "Thu ngân sách") == "Thu ngân sách"


def test_an_indicator_of_many_words_is_not_asked_about() -> None:
    reading, block, quantities = read_report("Thu ngân sách xã đạt 12 tỷ đồng.")
    said = "một chỉ tiêu không có trong câu"
    assert reworded(reading, block, quantities[0], said) == (said, ())
    assert not reading.surroundings


def test_a_reworded_indicator_is_flagged() -> None:
    reading, block, quantities = read_report("Tổng đàn trâu bò của xã hiện có 5.264 con.")
    words, doubts = reworded(reading, block, quantities[0], "con")
    assert doubts == ((REWORDED,) if words != "con" else ())


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


# --- learning ---------------------------------------------------------------------------------------------------------


def test_the_truth_is_laid_on_the_nearest_words() -> None:
    around, seen, _ = seen_with("Thu ngân sách là tốt: thu ngân sách xã đạt 12 tỷ đồng.", "")
    right = aligned(around, seen, words_of("Thu ngân sách xã"))
    picked = [around.tokens[place].text for place, flag in zip(seen.places, right, strict=True) if flag]
    assert picked == ["thu", "ngân", "sách", "xã"]


def test_a_figure_is_an_example_where_the_truth_knows_it() -> None:
    reading, _, quantities = read_report("Thu ngân sách xã đạt 12 tỷ đồng, chi thường xuyên đạt 9 tỷ đồng.")
    truth = {"results": [{"value": 9, "indicator": "chi thường xuyên", "quote": "chi thường xuyên đạt 9 tỷ đồng"}]}
    found = examples("fictional", reading, truth, random.Random(0))
    assert [example.right.sum() for example in found] == [3]
    around = surroundings_of(*read_report("Thu ngân sách xã đạt 12 tỷ đồng.")[:2])
    spoilt = {spoiled(around, quantities[0], random.Random(seed)) for seed in range(20)}
    assert len(spoilt) > 3


def test_what_is_learnt_is_kept(tmp_path: Path) -> None:
    found = []
    for name, what in enumerate(["Thu ngân sách", "Chi thường xuyên", "Vốn đầu tư", "Nợ thuế"] * 40):
        around, seen, _ = seen_with(f"Trong năm qua {what} đạt 12 tỷ đồng.", what)
        found.append(Example(f"d{name % 5}", seen, aligned(around, seen, words_of(what))))
    model = learn(found)
    right = np.concatenate([example.right for example in found])
    likely = np.concatenate([model.likely(example.seen.features, example.seen.keys) for example in found])
    assert ((likely > 0.5) == (right > 0)).mean() > 0.95
    save_indicators(tmp_path / "indicators.bin", model)
    kept = load_indicators(tmp_path)
    again = kept.likely(found[0].seen.features, found[0].seen.keys)
    assert np.allclose(again, model.likely(found[0].seen.features, found[0].seen.keys), atol=0.02)
