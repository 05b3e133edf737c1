"""Each asset has a card that tells its size and sum truly, and all of them together stay small."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

from models.figures import FIGURES
from models.packing import pack, unpack
from models.restoration import CHANNELS, LANGUAGE, MODELS


@pytest.mark.parametrize("name", [LANGUAGE, CHANNELS, FIGURES])
def test_card_is_true(name: str) -> None:
    data = (MODELS / name).read_bytes()
    card = (MODELS / name).with_suffix(".md").read_text("utf-8")
    assert hashlib.sha256(data).hexdigest() in card
    assert f"{len(data):,} bytes" in card


def test_assets_are_small() -> None:
    assert sum(path.stat().st_size for path in MODELS.glob("*.bin")) <= 25_000_000


def test_packing_is_repeatable_and_tells_damage(tmp_path: Path) -> None:
    arrays = {"b": np.arange(5, dtype=np.uint16), "a": np.zeros(0, dtype=np.uint8)}
    one, two = tmp_path / "one.bin", tmp_path / "two.bin"
    for path in (one, two):
        pack(path, {"z": "ạ", "y": 1}, arrays)
    assert one.read_bytes() == two.read_bytes()
    facts, again = unpack(one)
    assert facts == {"z": "ạ", "y": 1}
    assert again["b"].tolist() == [0, 1, 2, 3, 4]
    for broken in (b"no model", one.read_bytes()[:-4]):
        two.write_bytes(broken)
        with pytest.raises(ValueError, match="make models"):
            unpack(two)
