"""The channel on a toy world: what was counted, what is spelt out, and what it costs; the packed form; the model."""

import numpy as np

from diacritics.channel import Channel, case_of, cases_of, mixed_forms, with_case
from diacritics.decoding import Choice, Choices, Edge, decode
from diacritics.language import LanguageModel
from diacritics.spelling import Speller
from diacritics.storage import ChannelTable, from_arrays, to_arrays
from diacritics.tokens import CLASSES
from diacritics.training.__main__ import _flat
from diacritics.training.confusions import align, letter_costs
from diacritics.training.counting import Counted
from diacritics.training.ngrams import prune, smooth

WORDS = {5: "của", 6: "cửa", 7: "số", 8: "sổ"}
PRIORS = [1.0] * 5 + [1.0, 4.0, 1.5, 3.0]
PAIRS = {("của", "ciia"): 4.0, ("của", "cua"): 6.0, ("cửa", "cua"): 2.0, ("số", "s6"): 5.0, ("sổ", "so"): 2.0}


def _channel() -> tuple[Channel, ChannelTable]:
    letters = letter_costs(PAIRS)
    speller = Speller(WORDS, PRIORS, letters)
    ids = {word: number for number, word in WORDS.items()}
    counts = {(ids[printed], case_of(printed), read): times for (printed, read), times in PAIRS.items()}
    forms, novelty = mixed_forms(counts, speller, 8)
    return Channel(forms, novelty, speller), ChannelTable(sorted(WORDS), letters, forms, novelty)


def test_align_finds_stretches() -> None:
    assert align("của", "ciia", letter_costs(PAIRS)) == [("c", "c"), ("ủ", "ii"), ("a", "a")]
    assert align("a", "abcdefgh", {}) == []


def test_counted_forms_come_first_and_unseen_ones_are_spelt() -> None:
    channel, _ = _channel()
    assert channel.readings("ciia")[0].word == 5
    assert channel.readings("S6")[0] is not None
    assert {reading.word for reading in channel.readings("cua")} >= {5, 6}
    assert channel.readings("sii")  # never seen: spelt out
    assert channel.readings("x" * 1000) == []


def test_tokens_that_begin_alike_are_spelt_once_as_far_as_they_do() -> None:
    speller = Speller(WORDS, PRIORS, letter_costs(PAIRS))
    before = speller.steps
    whole = speller.readings("siia", "lower", 8)
    assert speller.steps - before == len("siia")
    assert speller.readings("sii", "lower", 8)  # a beginning of it: nothing more to work out
    assert speller.readings("siib", "lower", 8)
    assert speller.steps - before == len("siia") + len("b")
    assert Speller(WORDS, PRIORS, letter_costs(PAIRS)).readings("siia", "lower", 8) == whole


def test_packed_channel_reads_the_same() -> None:
    channel, table = _channel()
    facts, arrays = to_arrays("toy", table)
    vocabulary = [*CLASSES, *WORDS.values()]
    again = from_arrays("toy", facts, arrays, vocabulary, PRIORS)
    for token in ("ciia", "cua", "s6", "sii"):
        assert [r.word for r in again.readings(token)] == [r.word for r in channel.readings(token)]


def test_cases() -> None:
    assert [case_of(word) for word in ("sở", "Sở", "SỞ", "Ở")] == ["lower", "title", "upper", "title"]
    assert with_case("sở", "title") == "Sở"
    assert "lower" in cases_of("Xay")
    assert cases_of("S6") == ["upper", "title", "lower"]


def _model() -> LanguageModel:
    vocabulary = [*CLASSES, "của", "cửa", "số", "sổ"]
    stream = np.array([0, 7, 5, 0, 7, 5, 0, 8, 6, 0, 7, 5] * 5, dtype=np.uint16)
    orders = smooth([(stream, 1)], 3, len(vocabulary))
    for level in orders[1:]:
        contexts = level.keys >> np.uint64(16)
        for context in np.unique(contexts):
            assert level.probability[contexts == context].sum() <= 1.0 + 1e-9
    assert abs(orders[0].probability.sum() - 1.0) < 1e-9
    counted = Counted(vocabulary, [(stream, 1)], np.zeros((len(vocabulary), 3), dtype=np.uint8))
    return LanguageModel(vocabulary, _flat(prune(orders, [100, 100]), counted))


def test_model_prefers_what_it_saw_and_sums_to_one() -> None:
    model = _model()
    state = model.step(model.start("<p>"), model.ids["số"])[1]
    seen, unseen = (model.step(state, model.ids[word])[0] for word in ("của", "cửa"))
    assert seen > unseen
    total = sum(np.exp(model.step(state, number)[0]) for number in range(len(model.vocabulary)))
    assert 0.9 < total < 1.1  # costs are stored in steps of 1/16


def test_decoding_reads_in_context() -> None:
    model = _model()
    ids = model.ids
    first = Choices([Choice((ids["sổ"],), "sổ", 0.0)])
    second = Choices([Choice((ids["của"],), "của", 0.0), Choice((ids["cửa"],), "cửa", 0.0)])
    lattice = [[Edge(1, first, opens=True)], [Edge(2, second)]]
    decisions = decode(model, lattice, ids["<p>"], model.start("<p>"), 4)
    assert [decision.choice.text for decision in decisions] == ["sổ", "cửa"]
    assert decode(model, [], ids["<p>"], model.start("<p>"), 4) == []
