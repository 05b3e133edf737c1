"""Our output on the text-layer samples is what it was at the last look; `make golden` writes a new one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import golden


def test_there_is_a_snapshot_of_every_sample() -> None:
    assert {path.stem for path in golden.SAMPLES} == {path.stem for path in golden.FOLDER.glob("*.txt")}
    assert len(golden.SAMPLES) >= 14


@pytest.mark.parametrize("path", golden.SAMPLES, ids=lambda path: path.stem)
def test_the_output_has_not_changed(path: Path) -> None:
    now = golden.snapshot(path)
    assert "rule_failed" not in now
    assert now == (golden.FOLDER / f"{path.stem}.txt").read_text("utf-8")
