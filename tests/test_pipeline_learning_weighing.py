"""How sure facts are is learnt from documents that the model had not seen."""

from __future__ import annotations

import numpy as np
import pytest

from models.figures import RESULT, TARGET, load_figures
from pipeline.learning.examples import Lesson
from pipeline.learning.weighing import halves, is_right, regress, weigh
from pipeline.parsing.sureness import SURE_FEATURES, Weighed
from tests.parsing_text import REPORT, document_of, read_report

TRUTH = {"indicator": "Thu ngân sách xã", "direction": "level", "value": 12, "unit": "tỷ đồng", "section": "I"}


def found_in(sentence: str) -> Weighed:
    weighed = read_report(sentence)[0].weighed
    found: Weighed = weighed[0]
    return found


def test_halves_are_parts_and_keep_neighbours_together() -> None:
    names = [f"u{number:03}" for number in range(40)]
    one, other = halves(names)
    assert one | other == set(names)
    assert not one & other
    assert {"u000", "u005"} <= one
    assert {"u006", "u011"} <= other
    assert abs(len(one) - len(other)) <= 6


@pytest.mark.parametrize(
    ("change", "right"),
    [
        ({}, True),
        ({"unit": "triệu đồng"}, False),
        ({"direction": "increase"}, False),
        ({"indicator": "Chi thường xuyên"}, False),
        ({"indicator": "Thu ngân sách"}, True),
    ],
)
def test_right_is_what_the_truth_says_of_the_figure(change: dict[str, str], right: bool) -> None:
    assert is_right(found_in("Thu ngân sách xã đạt 12 tỷ đồng."), TRUTH | change) == right


def test_a_targets_comparator_must_be_right() -> None:
    found = found_in("Thu ngân sách xã đạt 12 tỷ đồng.")._replace(kind=TARGET)
    truth = TRUTH | {"direction": "reach", "comparator": found.quantity.comparator}
    assert is_right(found, truth)
    assert not is_right(found, truth | {"comparator": ">"})


def test_each_fact_found_is_weighed_once_and_set_against_the_truth() -> None:
    text = REPORT + "Thu ngân sách xã đạt 12 tỷ đồng.\nChi thường xuyên đạt 9 tỷ đồng."
    lesson = Lesson("a", document_of(text).pages, {"results": [TRUTH], "targets": []})
    features, right = weigh([lesson], load_figures())
    assert features.shape == (2, SURE_FEATURES)
    assert right.tolist() == [1, 0]
    swapped = Lesson("a", lesson.pages, {"results": [], "targets": [TRUTH]})
    assert weigh([swapped], load_figures())[1].tolist() == [0, 0]
    assert RESULT != TARGET


def test_weights_say_as_often_right_as_it_is() -> None:
    rng = np.random.default_rng(3)
    features = rng.normal(size=(4000, SURE_FEATURES)).astype(np.float32)
    features[:, 0] = 1
    true = np.zeros(SURE_FEATURES)
    true[:3] = 0.5, 1.5, -1
    right = (rng.random(4000) < 1 / (1 + np.exp(-features @ true))).astype(np.float32)
    weights = regress(features, right)
    said = 1 / (1 + np.exp(-features @ weights))
    assert weights[:3] == pytest.approx(true[:3], abs=0.2)
    assert said.mean() == pytest.approx(right.mean(), abs=0.01)
    sure = said > 0.8
    assert right[sure].mean() == pytest.approx(said[sure].mean(), abs=0.05)
