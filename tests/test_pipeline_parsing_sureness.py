"""What a fact's confidence starts from: how often its rule is right, and for figures what the model makes of them."""

from __future__ import annotations

import numpy as np
import pytest

from models.figures import FigureModel
from pipeline.explaining import RULES
from pipeline.parsing.priors import RIGHT
from pipeline.parsing.sureness import SURE_FEATURES, UNSURE
from tests.parsing_text import read_report

SENTENCE = "Thu ngân sách xã đạt 12 tỷ đồng."


def test_every_rule_that_finds_facts_has_a_share() -> None:
    weighed = {"figure_in_goal", "figure_in_report"}
    assert set(RIGHT) == set(RULES) - weighed
    assert all(0.5 < share < 1 for share in RIGHT.values())


def test_what_speaks_for_a_figure_is_kept_for_who_weighs_it() -> None:
    reading, _, _ = read_report(SENTENCE)
    (weighed,) = reading.weighed
    assert weighed.features.shape == (SURE_FEATURES,)
    assert weighed.features[0] == 1
    assert np.isfinite(weighed.features).all()
    assert (weighed.wording.words, weighed.unit.name) == ("Thu ngân sách xã", "tỷ đồng")


@pytest.mark.parametrize(("chance", "doubted"), [(0.95, False), (0.4, True)])
def test_a_result_is_as_sure_as_its_chance_says(monkeypatch: pytest.MonkeyPatch, chance: float, doubted: bool) -> None:
    monkeypatch.setattr(FigureModel, "sure", lambda *_: chance)
    reading, _, _ = read_report(SENTENCE)
    (result,) = reading.facts.results
    assert result.parts is not None
    assert (result.parts.rule, result.confidence) == (chance, chance)
    assert (UNSURE in result.doubts) == doubted


def test_a_plain_outcome_is_surer_than_a_muddled_one() -> None:
    plain, _, _ = read_report("Kết quả giải quyết thủ tục hành chính đúng hạn đạt 99,2%.")
    muddled, _, _ = read_report(
        "Theo đó, các xã như trên (12 xã, có 3 thôn; 04 hộ), riêng còn lại khoảng 15, tính cả 06 tổ."
    )
    assert plain.facts.results[0].confidence is not None
    sure = [weighed for weighed in muddled.weighed if plain.model.sure(weighed.features) > 0.9]
    assert plain.facts.results[0].confidence > 0.9
    assert not sure
