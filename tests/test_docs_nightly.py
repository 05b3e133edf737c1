"""docs/nightly.md and docs/sizing.md are held to the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.cli import parser
from pipeline.nightly.ledger import STATES
from pipeline.nightly.premises import Premises

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize("name", ["nightly.md", "sizing.md"])
def test_every_command_shown_is_understood(name: str) -> None:
    lines = re.findall(r"^(?:\.venv/bin/)?vanban (.+?)(?:\s+#.*)?$", (DOCS / name).read_text("utf-8"), flags=re.M)
    assert lines
    for line in lines:
        parser().parse_args(line.split())


def test_every_state_and_place_is_told_of() -> None:
    text = (DOCS / "nightly.md").read_text("utf-8")
    assert all(f"| `{state}` |" in text for state in STATES)
    places = Premises(Path("/store"))
    for place in (places.ledger, places.pages, places.reports, places.quarantine):
        assert f"`{place.relative_to('/store')}" in text
