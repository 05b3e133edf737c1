"""Every pattern matches its own example and captures what it says."""

from __future__ import annotations

import time

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.parsing import pipe
from pipeline.parsing.patterns import MOTTO, PATTERNS, SHORT, UNNAMED, Bounded, Pattern, whole_words
from tests.test_pipeline_parsing_limits import HOSTILE


def test_the_modules_bring_their_patterns() -> None:
    assert pipe.COMPONENTS and len(PATTERNS) > 25


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=lambda pattern: pattern.name)
def test_example(pattern: Pattern) -> None:
    match = pattern.search(pattern.example)
    assert match is not None, pattern.example
    assert {name: match[name] for name in pattern.captures} == pattern.captures
    assert pattern.norm
    assert not pattern.needs or any(need in match[0] for need in pattern.needs)


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=lambda pattern: pattern.name)
def test_what_is_short_needs_no_time_limit(pattern: Pattern) -> None:
    pieces = [*HOSTILE.values(), pattern.example, pattern.example[:-1], *pattern.example.split()]
    start = time.process_time()  # the machine may be busy with other tests
    for piece in pieces:
        text = (f"{piece} " * SHORT)[:SHORT]
        for _ in pattern.finditer(text):
            pass
    assert time.process_time() - start < 0.02 * len(pieces)


@pytest.mark.parametrize(
    ("alternatives", "needs"),
    [
        ("sẽ đạt|cam kết", ("sẽ đạt", "cam kết")),
        ("đạt(?: được)? mức|l[ũu]y kế", (" mức", "y kế")),
        ("(?<!không )phải|bằng \\d+,?\\d* lần", ("phải", "bằng ")),
        ("nhiều hơn?|ba{2,3}c", ("nhiều hơ", "b")),
        ("(?:một|hai)|ba", ()),
    ],
)
def test_whole_words_need_what_each_alternative_surely_holds(alternatives: str, needs: tuple[str, ...]) -> None:
    assert whole_words(alternatives).needs == needs


@pytest.mark.parametrize("bounded", UNNAMED.values(), ids=UNNAMED)
def test_nor_do_patterns_without_a_name(bounded: Bounded) -> None:
    start = time.process_time()
    for piece in HOSTILE.values():
        text = (f"{piece} " * SHORT)[:SHORT]
        for at in range(0, SHORT, 25):
            bounded.match(text, at)
        for _ in bounded.finditer(text):
            pass
    assert time.process_time() - start < 0.02 * len(HOSTILE)


@settings(deadline=None)
@given(
    st.sampled_from(["cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc", "dang cong san viet nam"]),
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["", "q", " ", "-q"])), max_size=4),
)
def test_a_motto_is_found_as_if_all_lines_were_searched(motto: str, slips: list[tuple[int, str]]) -> None:
    for at, letter in slips:
        motto = motto[:at] + letter + motto[at + 1 :]
    assert (MOTTO.search(motto) is None) == (regex.search(MOTTO.source, motto) is None)


def test_two_patterns_cannot_share_a_name() -> None:
    name = next(iter(PATTERNS))
    with pytest.raises(ValueError, match=name):
        Pattern(name, "x", "x", {})
