"""How the model of figures is learnt: words and their vectors, guessing, examples, fitting; all of it small."""

from __future__ import annotations

import lzma
import random
from pathlib import Path

import numpy as np
import pytest

from models.figures import NEITHER, RESULT, WIDTH, Vocabulary, load_figures, save_figures
from pipeline.learning import guessing, words
from pipeline.learning.examples import Example, aligned, examples, spoiled
from pipeline.learning.fitting import count, fit
from pipeline.learning.network import new_encoder
from pipeline.parsing.opinions import opinion_of
from pipeline.parsing.surroundings import surroundings_of, words_of
from tests.parsing_text import read_report, seen_with

LINES = ["Thu ngân sách xã đạt 12 tỷ đồng", "Chi ngân sách xã đạt 9 tỷ đồng", "Thu thuế đạt 3 tỷ đồng"]
WORDS = ["<pad>", "<unk>", "<eol>", "0", "thu", "chi", "ngân", "sách", "xã", "đạt", "tỷ", "đồng"]


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    with lzma.open(tmp_path / "a.txt.xz", "wt", encoding="utf-8") as file:
        file.write("\n".join(LINES * 40))
    with lzma.open(tmp_path / "general_wiki.txt.xz", "wt", encoding="utf-8") as file:
        file.write("\n".join(["một", "hai", "ba"]))
    return tmp_path


def test_words_are_numbered_by_how_often_they_stand(corpora: Path) -> None:
    known, ids = words.read_corpora(corpora)
    assert set(known[3:7]) == {"đạt", "0", "tỷ", "đồng"}
    assert "ba" in known
    assert "hai" not in known  # of a general corpus, one line in three
    read = [known[number] for number in ids[:9]]
    assert read == ["thu", "ngân", "sách", "xã", "đạt", "0", "tỷ", "đồng", "<eol>"]


def test_words_that_stand_in_the_same_places_have_like_vectors(corpora: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_MOST", 16)
    monkeypatch.setattr(words, "_NEIGHBOURS", 16)
    known, ids = words.read_corpora(corpora)
    vectors = words.first_vectors(ids)
    assert vectors.shape[1] <= WIDTH
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    at = {word: number for number, word in enumerate(known)}
    assert unit[at["thu"]] @ unit[at["chi"]] > unit[at["thu"]] @ unit[at["đồng"]]


def test_guessing_changes_every_part_of_the_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guessing, "_ROWS", 2)
    vectors = np.random.default_rng(1).normal(size=(30, WIDTH)).astype(np.float32)
    ids = np.random.default_rng(2).integers(3, 30, 400).astype(np.uint16)
    before, after = new_encoder(1, vectors), guessing.learn_to_guess(ids, vectors, steps=3)
    assert set(before) == set(after)
    assert all(np.isfinite(array).all() for array in after.values())
    assert not [name for name in ("vectors", "entry", "attention1", "outer0") if np.allclose(before[name], after[name])]


def lessons() -> list[Example]:
    """Return reports whose money is a result and whose "kế hoạch" is none."""
    found = []
    vocabulary = Vocabulary(WORDS)
    for number, what in enumerate(["Thu ngân sách", "Chi thường xuyên", "Vốn đầu tư", "Nợ thuế"] * 12):
        reading, _, _ = read_report(f"Trong năm qua {what} đạt 12 tỷ đồng; thang điểm là 15 điểm.")
        facts = [{"value": 12, "indicator": what, "quote": f"{what} đạt 12 tỷ đồng"}]
        found += examples(f"d{number % 4}", reading, {"results": facts}, vocabulary, random.Random(number))
    return found


def test_examples_tell_facts_from_other_figures() -> None:
    kinds = [figure.kind for example in lessons() for figure in example.figures]
    assert kinds.count(RESULT) == 48
    assert set(kinds) <= {RESULT, NEITHER}


def test_what_is_learnt_is_kept_and_asked(tmp_path: Path) -> None:
    found = lessons()
    vectors = np.random.default_rng(1).normal(size=(len(WORDS), WIDTH)).astype(np.float32)
    encoder = {name: np.asarray(array) for name, array in new_encoder(0, vectors).items()}
    save_figures(tmp_path / "figures.bin", WORDS, fit(found, encoder))
    reading, block, quantities = read_report("Trong năm qua Chi thường xuyên đạt 12 tỷ đồng; thang điểm là 15 điểm.")
    reading.opinions.clear()
    reading.model = load_figures(tmp_path)
    opinion = opinion_of(reading, block, quantities[0])
    assert int(opinion.chances.argmax()) == RESULT
    around = surroundings_of(reading, block)
    seen, chances = opinion.words
    likely = {around.low[place] for place, chance in zip(seen.places, chances, strict=True) if chance > 0.5}
    assert likely
    assert likely <= {"chi", "thường", "xuyên"}


def test_of_its_own_words_a_document_is_told_nothing() -> None:
    found = lessons()
    everything = count(found)
    own = [example for example in found if example.document == "d1"]
    seen = own[0].figures[0].seen
    assert everything.less(count(own)).seen[seen.keys].sum() < everything.seen[seen.keys].sum()


# --- examples ---------------------------------------------------------------------------------------------------------


def test_the_truth_is_laid_on_the_nearest_words() -> None:
    around, seen, _ = seen_with("Thu ngân sách là tốt: thu ngân sách xã đạt 12 tỷ đồng.", "")
    right = aligned(around, seen, words_of("Thu ngân sách xã"))
    picked = [around.tokens[place].text for place, flag in zip(seen.places, right, strict=True) if flag]
    assert picked == ["thu", "ngân", "sách", "xã"]


def test_what_the_rules_say_is_spoiled_in_many_ways() -> None:
    reading, block, quantities = read_report("Thu ngân sách xã đạt 12 tỷ đồng, chi thường xuyên đạt 9 tỷ đồng.")
    around = surroundings_of(reading, block)
    assert len({spoiled(around, quantities[0], random.Random(seed)) for seed in range(20)}) > 3
