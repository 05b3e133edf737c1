"""How far the name of what is counted goes: where it may end, and when the model's end holds."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.learning.examples import true_end
from pipeline.parsing import rewording
from pipeline.parsing.counting import END_FEATURES, LONGEST_NAME, RENAMED, SAID, Ends, ends_of, told
from pipeline.parsing.opinions import Opinion, opinion_of
from pipeline.parsing.rewording import unit_of
from pipeline.parsing.surroundings import Surroundings, surroundings_of
from tests.parsing_text import read_report


def ends_in(sentence: str, at: int = 0) -> tuple[Surroundings, Ends | None]:
    reading, block, quantities = read_report(sentence)
    around = surroundings_of(reading, block)
    return around, ends_of(around, quantities[at], around.span_of(quantities[at]))


NAMES = [
    ("Đã tổ chức 04 cuộc kiểm tra tại xã.", ["cuộc", "kiểm", "tra", "tại", "xã"], "cuộc", "cuộc kiểm tra"),
    ("Đã tập huấn 300 cán bộ, công chức; chi 2 tỷ đồng.", ["cán", "bộ", "công", "chức"], "công chức", "cán bộ"),
    ("Đã trồng 12 cây xanh (5 cây đa).", ["cây", "xanh"], "cây xanh", "cây"),
    ("Đã mở 7 lớp cho 90 người.", ["lớp", "cho"], "lớp", "lớp"),  # not beyond another figure
]


@pytest.mark.parametrize(("sentence", "candidates", "said", "true"), NAMES)
def test_a_name_may_end_at_the_words_behind_its_number(
    sentence: str, candidates: list[str], said: str, true: str
) -> None:
    around, ends = ends_in(sentence)
    assert ends is not None
    assert [around.low[place] for place in ends.places] == candidates
    assert around.low[ends.places[ends.said]] == said.split()[-1]
    assert ends.features.shape == (len(candidates), END_FEATURES)
    assert ends.keys.shape[0] == len(candidates)
    found = true_end(around, ends, true)
    assert found is not None
    assert around.low[ends.places[found]] == true.split()[-1]
    assert true_end(around, ends, "thửa ruộng") is None


def test_a_long_name_is_followed_so_far_only() -> None:
    _, ends = ends_in("Đã giao 226 con bò cái sinh sản giống địa phương khỏe mạnh cho bà con các thôn vùng cao.")
    assert ends is not None
    assert len(ends.places) == LONGEST_NAME


@pytest.mark.parametrize("sentence", ["Tỷ lệ hộ nghèo đạt 12%.", "Thu ngân sách xã đạt 12 tỷ đồng."])
def test_what_counts_nothing_has_no_name(sentence: str) -> None:
    assert ends_in(sentence)[1] is None


def test_features_tell_where_the_rules_name_ends() -> None:
    assert told(3, 1).tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 1]]
    _, ends = ends_in("Đã tổ chức 04 cuộc kiểm tra tại xã.")
    assert ends is not None
    assert np.array_equal(ends.features[:, SAID], told(len(ends.places), ends.said))


SURER = [
    ([0.02, 0.01, 0.95, 0.01, 0.01], "cuộc kiểm tra", (RENAMED,)),
    ([0.3, 0.1, 0.6, 0.0, 0.0], "cuộc", ()),  # not much surer
    ([0.9, 0.1, 0.0, 0.0, 0.0], "cuộc", ()),
]


@pytest.mark.parametrize(("chances", "unit", "doubts"), SURER)
def test_another_end_holds_where_the_model_is_much_surer(
    monkeypatch: pytest.MonkeyPatch, chances: list[float], unit: str, doubts: tuple[str, ...]
) -> None:
    reading, block, quantities = read_report("Đã tổ chức 04 cuộc kiểm tra tại xã.")
    quantity = quantities[0]
    known = opinion_of(reading, block, quantity)
    ends = ends_in("Đã tổ chức 04 cuộc kiểm tra tại xã.")[1]
    assert ends is not None
    opinion = Opinion(known.chances, lambda: known.words, lambda: (ends, np.array(chances, np.float32)))
    monkeypatch.setattr(rewording, "opinion_of", lambda *_: opinion)
    found = unit_of(reading, block, quantity)
    assert (found.name, found.doubts) == (unit, doubts)
    assert found.chance == pytest.approx(chances[1] if doubts else chances[0]) or doubts
    assert unit in reading.view.text[quantity.figure : found.end]
