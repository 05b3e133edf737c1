"""A small soak; `python -m tests.soak` is the large one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests import small_disk, soak


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, tinos: Path) -> tuple[Path, Path, int]:
    """An inbox, the store of a run that nothing disturbed, and how many documents there are."""
    folder = tmp_path_factory.mktemp("soak")
    inbox, whole, documents = folder / "inbox", folder / "whole", 40
    kinds = soak.fill(inbox, documents, random.Random(7))
    assert set(kinds) == {"hostile", "duplicate", "scan", "pdf", "text"}
    assert soak.Run(inbox, whole, folder / "log").finish() == 1
    assert soak.ended(whole) == documents - kinds["duplicate"]
    return inbox, whole, soak.ended(whole)


def test_a_run_that_is_killed_again_and_again_ends_as_an_undisturbed_one(
    undisturbed: tuple[Path, Path, int], tmp_path: Path
) -> None:
    inbox, whole, documents = undisturbed
    kills, killed = 6, tmp_path / "killed"
    assert soak.disturbed(inbox, killed, tmp_path / "log", kills, documents, random.Random(7)) == kills
    assert list(soak.faults(inbox, whole, killed)) == []


def test_a_run_whose_disk_fills_up_ends_as_an_undisturbed_one(
    undisturbed: tuple[Path, Path, int], tmp_path: Path
) -> None:
    inbox, whole, documents = undisturbed
    with small_disk.mounted(tmp_path / "disk", "16m") as permitted:
        if not permitted:
            pytest.skip("this machine permits no mounts")
        store, log = tmp_path / "disk" / "store", tmp_path / "log"
        codes = soak.starved(inbox, store, log, 3, documents, random.Random(7))
        said = log.read_text("utf-8")
        assert codes == [5, 5, 5, 1], said
        assert said.count("no space left on device") + said.count("is full") >= 3 and "Traceback" not in said
        assert list(soak.faults(inbox, whole, store)) == []
