"""The scorer: what a match is, what an error costs, and that it says what the specification's scorer says."""

from __future__ import annotations

import copy
import importlib.util
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import score as command
from corpus.build import HOME
from corpus.distance import compare, folded, markless
from corpus.matching import KINDS, Tally, plain, tally
from corpus.scoring import grid, score_folders, score_tables, summary, total
from corpus.truth import load_truth

SHARED = Path(__file__).parents[2] / "shared"
SPEC = SHARED / "spec" / "score.py"
SAMPLES = sorted((HOME / "samples").glob("*.json"))
TEXT = st.text(st.sampled_from("aàăắbcdđeêốưy .,0123"), max_size=30)


def load(path: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return record


def worn(record: dict[str, Any], seed: int) -> dict[str, Any]:
    """Return the record with some facts gone, doubled, moved or altered, as a careless reader would leave them."""
    rng = random.Random(seed)
    spoiled = copy.deepcopy(record)
    for kind in KINDS[1:]:
        facts = [fact for fact in spoiled[kind] if rng.random() > 0.15]
        for fact in facts:
            key = rng.choice(sorted(fact))
            if rng.random() < 0.4:
                fact[key] = _altered(fact[key], rng)
        spoiled[kind] = facts + [copy.deepcopy(fact) for fact in facts if rng.random() < 0.1]
        rng.shuffle(spoiled[kind])
    header = spoiled["header"]
    for key in sorted(header):
        if rng.random() < 0.3 and not isinstance(header[key], dict):
            header[key] = _altered(header[key], rng)
    return spoiled


def _altered(value: Any, rng: random.Random) -> Any:
    if isinstance(value, str):
        words = value.split()
        return rng.choice([value.upper(), f" {value};", " ".join(words[: len(words) // 2 + 1]), "", value[1:], None])
    if isinstance(value, list):
        return value[1:]
    if isinstance(value, int | float):
        return rng.choice([value + 1, float(value), str(value), None])
    return rng.choice([value, "I", 5])


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_truth_scores_one_against_itself(path: Path) -> None:
    truth = load(path)
    for counts in tally(truth, truth).values():
        assert counts.f1 == 1.0 and not counts.misses and not counts.extras


def test_nothing_found_scores_nothing() -> None:
    for counts in tally(load(SAMPLES[0]), {}).values():
        assert counts.hits == counts.found == 0 and len(counts.misses) == counts.truth


@pytest.mark.skipif(not SPEC.is_file(), reason="the shared specification is not here")
@pytest.mark.parametrize("path", [*SAMPLES, *sorted((SHARED / "gold").glob("*.json"))], ids=lambda path: path.stem)
def test_agrees_with_the_specification_s_scorer(path: Path) -> None:
    module_spec = importlib.util.spec_from_file_location("spec_score", SPEC)
    assert module_spec is not None and module_spec.loader is not None
    spec = importlib.util.module_from_spec(module_spec)
    module_spec.loader.exec_module(spec)
    truth = load(path)
    for seed in range(6):
        found = worn(truth, seed)
        theirs, ours = spec.score(truth, found), tally(truth, found)
        for kind in KINDS:
            counts = ours[kind]
            assert [counts.hits, counts.truth, counts.found] == theirs[kind][:3], (kind, seed)
            assert (counts.precision, counts.recall, counts.f1) == pytest.approx(spec.prf(*theirs[kind][:3]))


CASES = [
    ({"id": "I/1", "heading": "Mục đích"}, {"id": "I/1", "heading": "MỤC ĐÍCH:"}, "sections", True),
    ({"id": "I/1", "heading": "Mục đích"}, {"id": "I/2", "heading": "Mục đích"}, "sections", False),
    ({"due": "2024-01-05", "relation": "by", "section": "I"}, {"due": "2024-01-05", "relation": "by", "section": "I"},
     "deadlines", True),
    ({"due": "2024-01-05", "relation": "by", "section": "I"}, {"due": "2024-01-05", "relation": "on", "section": "I"},
     "deadlines", False),
    ({"kind": "Luật", "number": None, "title": "Đất đai"}, {"kind": "luật", "number": "", "title": "đất đai"},
     "references", True),
    ({"kind": "Quyết định", "number": "12 /QĐ-UBND"}, {"kind": "Quyết định", "number": "12/QĐ-UBND"},
     "references", True),
    ({"kind": "Quyết định", "number": "12/QĐ-UBND"}, {"kind": "Quyết định", "number": "13/QĐ-UBND"},
     "references", False),
    ({"role": "lead", "units": ["Văn phòng Sở"], "quote": "chủ trì: Văn phòng Sở"},
     {"role": "lead", "units": ["Văn phòng", "Sở"], "evidence": {"quote": "Đơn vị chủ trì: Văn phòng Sở"}},
     "responsibilities", True),
]  # fmt: skip


@pytest.mark.parametrize(("truth", "found", "kind", "right"), CASES)
def test_what_a_match_is(truth: dict[str, Any], found: dict[str, Any], kind: str, right: bool) -> None:
    assert tally({kind: [truth]}, {kind: [found]})[kind].hits == right


def test_a_found_fact_serves_once() -> None:
    one = {"id": "I", "heading": "A"}
    counts = tally({"sections": [one, one]}, {"sections": [one]})["sections"]
    assert (counts.hits, len(counts.misses), len(counts.extras)) == (1, 1, 0)


def test_distances_at_the_four_tolerances() -> None:
    score = compare("KẾ HOACH  nam 2025", "Kế hoạch năm 2025")
    edits = {name: errors.character_edits for name, errors in score.errors.items()}
    # kê differs in "ế h" capitals: Ế, H, O, A, C, H; marks: ạ, ă
    assert edits == {"raw": 7, "caseless": 2, "markless": 6, "both": 0}
    assert (score.numbers_read, score.numbers) == (1, 1)
    assert score.errors["raw"].words == 4 and score.errors["raw"].word_edits == 3


@given(TEXT, TEXT)
def test_distance_is_the_usual_one(one: str, other: str) -> None:
    hypothesis, reference = folded(one), folded(other)
    row = list(range(len(reference) + 1))
    for i, a in enumerate(hypothesis, start=1):
        before, row[0] = row[0], i
        for j, b in enumerate(reference, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    assert compare(one, other).errors["raw"].character_edits == row[-1]


@given(TEXT)
def test_forgiving_is_stable(text: str) -> None:
    assert markless(markless(text)) == markless(text) and markless(text).isascii()
    assert folded(folded(text)) == folded(text)
    assert plain(plain(text)) == plain(text)


def test_words_count_in_whatever_order() -> None:
    score = compare("hai một một bốn", "một hai ba")
    assert (score.recall, score.precision) == (2 / 3, 2 / 4)


def test_a_record_of_text_alone_is_not_scored_for_facts(tmp_path: Path) -> None:
    name = SAMPLES[0].stem
    (tmp_path / f"{name}.pdf.json").write_text(json.dumps({"pages": []}), "utf-8")
    score = score_folders(tmp_path, [HOME / "samples"])["samples"][name]
    assert not score.facts and score.text.errors["raw"].cer == 1.0


def test_numbers_count_as_tokens() -> None:
    score = compare("đạt 8,4/10 điểm, số 12/QĐ", "đạt 8,41/10 điểm, số 12/QĐ")
    assert (score.numbers_read, score.numbers) == (1, 2)


TABLE: dict[str, Any] = {
    "head": ["TT", "Việc", "Ai"],
    "rows": [
        {"cells": [{"text": "I"}, {"text": "Nhóm việc", "col_span": 2}]},
        {"cells": [{"text": "1", "row_span": 2}, {"text": "Đo"}, {"text": "Tổ 1"}]},
        {"cells": [{"text": "Vẽ"}, {"text": "Tổ 2"}]},
    ],
}


def test_cells_have_their_place_under_spans() -> None:
    assert grid(TABLE)[1, 2] == "Tổ 1" and grid(TABLE)[2, 1] == "Vẽ" and grid(TABLE)[-1, 0] == "TT"


def test_cells_are_right_only_in_their_place() -> None:
    assert score_tables([TABLE], [TABLE]) == (10, 10)
    moved = copy.deepcopy(TABLE)
    moved["rows"].insert(0, {"cells": [{"text": "x"}, {"text": "y"}, {"text": "z"}]})
    assert score_tables([TABLE], [moved]) == (10, 3)
    assert score_tables([TABLE], []) == (10, 0)


def perfect_records(folder: Path, level: str) -> Path:
    """Write the records of a reader without fault: the truth itself."""
    for name, truth in load_truth(HOME / "samples").items():
        pages = [{"number": n, "lines": [{"text": t} for t in text.split("\n")]} for n, text in truth.pages.items()]
        record = {"pages": pages, "tables": truth.tables} | (truth.facts or {})
        (folder / level).mkdir(parents=True, exist_ok=True)
        (folder / level / f"{name}.pdf.json").write_text(json.dumps(record, ensure_ascii=False), "utf-8")
    return folder


def test_a_perfect_reader_scores_perfectly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    groups = score_folders(perfect_records(tmp_path, "text"), [HOME / "samples"])
    assert set(groups) == {"samples/text"}
    whole = total(groups["samples/text"])
    assert whole.documents == len(SAMPLES) and whole.macro_f1 == 1.0
    assert whole.text.errors["raw"].cer == 0.0
    assert whole.cells == whole.cells_right > 100
    assert command.main(["--records", str(tmp_path), "--truth", str(HOME / "samples"), "--documents"]) == 0
    assert "1.000" in capsys.readouterr().out


def test_gains_and_losses_against_an_earlier_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records, saved = perfect_records(tmp_path / "records", "text"), tmp_path / "before.json"
    arguments = ["--records", str(records), "--truth", str(HOME / "samples")]
    path = next(records.rglob("s01*.json"))
    record = load(path)
    first = record["deadlines"].pop(0)
    path.write_text(json.dumps(record), "utf-8")
    assert command.main([*arguments, "--save", str(saved)]) == 0
    record["deadlines"].append(first)
    dropped = record["targets"].pop()
    path.write_text(json.dumps(record), "utf-8")
    capsys.readouterr()
    assert command.main([*arguments, "--against", str(saved), "--errors"]) == 0
    out = capsys.readouterr().out
    assert "+ s01_ke_hoach_so_noi_vu deadlines, found now" in out and first["due"] in out
    assert "- s01_ke_hoach_so_noi_vu targets, lost" in out
    assert f"MISS  samples/text s01_ke_hoach_so_noi_vu targets: {dropped['section']}" in out


def test_unseen_documents_show_figures_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (HOME / "unseen").glob("u*.json"):
        (tmp_path / f"{path.stem}.pdf.json").write_text(json.dumps({"pages": [], "header": {}}), "utf-8")
    saved = tmp_path / "before" / "figures.txt"
    arguments = ["--records", str(tmp_path), "--truth", str(HOME / "unseen"), "--errors"]
    assert command.main([*arguments, "--save", str(saved)]) == 0
    assert command.main([*arguments, "--against", str(saved)]) == 0
    out = capsys.readouterr().out
    assert "unseen" in out and "MISS" not in out
    for path in (HOME / "unseen").glob("u*.json"):
        assert load(path)["header"]["signer"]["name"] not in out + saved.read_text("utf-8")


def test_no_record_with_a_truth_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--records", str(tmp_path), "--truth", str(HOME / "samples")]) == 1
    assert "no record" in capsys.readouterr().err


def test_summary_adds_up(tmp_path: Path) -> None:
    groups = score_folders(perfect_records(tmp_path, "office"), [HOME / "samples"])
    figures = summary(groups)["samples/office"]
    assert (
        sum(d["facts"]["targets"]["truth"] for d in figures["documents"].values())
        == figures["facts"]["targets"]["truth"]
    )


def test_f1_of_nothing_is_one_and_of_misses_zero() -> None:
    assert Tally().f1 == 1.0
    assert Tally(hits=0, truth=3, found=2).f1 == 0.0


def test_stamps_are_left_out_where_a_transcription_leaves_them_out(tmp_path: Path) -> None:
    (tmp_path / "truth").mkdir()
    (tmp_path / "truth" / "scan_p2.txt").write_text("Tổ 1 | 12 hồ sơ\n=== STAMPS\nĐẾN 31", "utf-8")
    lines = [{"text": "Tổ 1"}, {"text": "12 hồ sơ"}, {"text": "ĐẾN 31", "role": "stamp"}]
    record = {"pages": [{"number": 2, "lines": lines}], "tables": []}
    (tmp_path / "scan.pdf.json").write_text(json.dumps(record), "utf-8")
    text = score_folders(tmp_path, [tmp_path / "truth"])["truth"]["scan"].text
    assert (text.errors["raw"].cer, text.sure_numbers, text.sure_numbers_right) == (0.0, 2, 2)


def test_numbers_read_without_a_doubt_are_counted_apart() -> None:
    score = compare("12 hồ sơ, 34 ngày, 56 xã", "12 hồ sơ, 35 ngày, 56 xã", doubted=["34"])
    assert (score.numbers, score.numbers_read) == (3, 2)
    assert (score.sure_numbers, score.sure_numbers_right) == (2, 2)
