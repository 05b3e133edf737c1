"""What the model of figures thinks: rows of long paragraphs, features of their words, and when its word goes."""

from __future__ import annotations

import numpy as np
import pytest

from models.figures import LONGEST, NEITHER, RESULT, TARGET, Vocabulary, more_than_usual
from pipeline.parsing import opinions
from pipeline.parsing.opinions import BY_MODEL, Opinion, judged, opinion_of
from pipeline.parsing.sequences import RULE_FEATURES, TOKEN_FEATURES, rows_of, rule_features, token_features
from pipeline.parsing.surroundings import surroundings_of
from tests.parsing_text import read_report

VOCABULARY = Vocabulary(["<pad>", "<unk>", "<eol>", "0", "thu", "đạt"])
LONG = "; ".join(f"thu ngân sách xã thứ {number} trong năm qua đạt {number} tỷ đồng" for number in range(11, 60))


@pytest.mark.parametrize("sentence", ["Thu ngân sách xã đạt 12 tỷ đồng.", f"Trong năm: {LONG}."])
def test_each_figure_is_of_one_row_that_holds_it(sentence: str) -> None:
    reading, block, quantities = read_report(sentence)
    around = surroundings_of(reading, block)
    spans = [around.span_of(quantity) for quantity in quantities]
    rows = list(rows_of(around, spans))
    assert sorted(number for row in rows for number in row.figures) == list(range(len(spans)))
    for row in rows:
        assert len(row.tokens) <= LONGEST
        assert len(set(row.tokens.tolist())) == len(row.tokens)
        assert set(range(around.first)) <= set(row.tokens.tolist())  # the heading is there in every row
        assert all(spans[number].figure in row.tokens for number in row.figures)


def test_words_have_numbers_and_features() -> None:
    reading, block, quantities = read_report("Thu ngân sách xã đạt 12 tỷ đồng.")
    around = surroundings_of(reading, block)
    spans = [around.span_of(quantity) for quantity in quantities]
    ids, features = token_features(around, spans, VOCABULARY)
    assert features.shape == (len(around.tokens), TOKEN_FEATURES)
    at = around.low.index("thu", around.first)
    assert [VOCABULARY.number(word) for word in ("thu", "12", "lạ")] == [4, 3, 1]
    assert ids[at] == 4
    assert ids[around.low.index("12")] == 3
    assert rule_features(quantities[0], "result", around.of_figure(quantities[0], spans[0])).shape == (RULE_FEATURES,)


def test_a_word_never_seen_is_as_usual() -> None:
    nothing, often = np.zeros((1, 2), np.float32), np.full((1, 2), 50, np.float32)
    assert np.allclose(more_than_usual(nothing, nothing, np.array([3])), 0)
    assert (more_than_usual(often, often, np.array([3])) > 0).all()
    assert (more_than_usual(nothing, often, np.array([3])) < 0).all()


JUDGED = [
    (RESULT, True, [0.5, 0.1, 0.4], True, ()),
    (RESULT, True, [0.999, 0.0, 0.001], False, ()),  # sure that it is none
    (RESULT, True, [0.98, 0.0, 0.02], True, ()),  # not sure enough of a result
    (TARGET, True, [0.98, 0.01, 0.01], False, ()),
    (RESULT, None, [0.04, 0.01, 0.95], True, (BY_MODEL,)),  # sure that it is one
    (RESULT, None, [0.4, 0.0, 0.6], False, ()),
    (TARGET, None, [0.04, 0.01, 0.95], False, ()),
    (RESULT, False, [0.01, 0.0, 0.99], False, ()),  # what the rules refuse is none
]


@pytest.mark.parametrize(("kind", "said", "chances", "holds", "doubts"), JUDGED)
def test_the_rules_word_holds_unless_the_model_is_sure(
    monkeypatch: pytest.MonkeyPatch,
    kind: int,
    said: bool | None,
    chances: list[float],
    holds: bool,
    doubts: tuple[str, ...],
) -> None:
    reading, block, quantities = read_report("Thu ngân sách xã đạt 12 tỷ đồng.")
    words = opinion_of(reading, block, quantities[0]).words
    opinion = Opinion(np.array(chances, np.float32), lambda: words, lambda: None)
    monkeypatch.setattr(opinions, "opinion_of", lambda *_: opinion)
    found = judged(reading, block, quantities[0], kind, said)
    assert found[0] is holds
    assert not holds or found[1] == doubts


def test_chances_are_those_of_three_kinds() -> None:
    reading, block, quantities = read_report("Thu ngân sách xã đạt 12 tỷ đồng, chi thường xuyên đạt 9 tỷ đồng.")
    for quantity in quantities:
        chances = opinion_of(reading, block, quantity).chances
        assert chances.shape == (3,)
        assert chances.sum() == pytest.approx(1, abs=1e-3)
        assert chances.argmax() in (NEITHER, TARGET, RESULT)


def test_of_a_long_document_only_the_last_paragraphs_are_kept_in_mind() -> None:
    lines = [f"{number}. Thu ngân sách của xã số {number} đạt {number} tỷ đồng." for number in range(1, 151)]
    reading, _, _ = read_report("\n".join(lines))
    assert len(reading.facts.results) == 150
    assert len(reading.opinions) == len(reading.surroundings) == 64
    assert max(reading.opinions) == 150
