"""A small soak; `python -m tests.soak` is the large one."""

from __future__ import annotations

import random
from pathlib import Path

from tests import soak


def test_a_run_that_is_killed_again_and_again_ends_as_an_undisturbed_one(tmp_path: Path, tinos: Path) -> None:
    dice, documents, kills = random.Random(7), 40, 6
    inbox, whole, killed = tmp_path / "inbox", tmp_path / "whole", tmp_path / "killed"
    kinds = soak.fill(inbox, documents, dice)
    assert set(kinds) == {"hostile", "duplicate", "scan", "pdf", "text"}
    assert soak.Run(inbox, whole, tmp_path / "whole.log").finish() == 1
    ended = soak.ended(whole)
    assert ended == documents - kinds["duplicate"]
    assert soak.disturbed(inbox, killed, tmp_path / "killed.log", kills, ended, dice) == kills
    assert list(soak.faults(inbox, whole, killed)) == []
