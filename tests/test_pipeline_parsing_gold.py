"""The gold documents of the shared material, where it is there, by its own scorer."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.parsing import parse
from tests.parsing_text import document_of


def scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("shared_score", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["000", "004"])
def test_facts_of_gold(shared: Path, name: str) -> None:
    score = scorer(shared / "spec" / "score.py")
    gold = json.loads((shared / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    facts = parse(document_of((shared / "gold" / f"{name}.txt").read_text(encoding="utf-8")))
    rows = score.score(gold, json.loads(facts.model_dump_json())).items()
    f1s = {kind: score.prf(hits, golds, found)[2] for kind, (hits, golds, found, *_) in rows if golds}
    assert sum(f1s.values()) / len(f1s) >= 0.97, f1s
