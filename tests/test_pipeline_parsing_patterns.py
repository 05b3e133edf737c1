"""Every pattern matches its own example and captures what it says."""

from __future__ import annotations

import pytest

from pipeline.parsing import pipe
from pipeline.parsing.patterns import PATTERNS, Pattern


def test_the_modules_bring_their_patterns() -> None:
    assert pipe.COMPONENTS and len(PATTERNS) > 25


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=lambda pattern: pattern.name)
def test_example(pattern: Pattern) -> None:
    match = pattern.search(pattern.example)
    assert match is not None, pattern.example
    assert {name: match[name] for name in pattern.captures} == pattern.captures
    assert pattern.norm


def test_two_patterns_cannot_share_a_name() -> None:
    name = next(iter(PATTERNS))
    with pytest.raises(ValueError, match=name):
        Pattern(name, "x", "x", {})
