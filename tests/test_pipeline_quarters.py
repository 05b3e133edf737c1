"""Quarters that were read with figures for strokes are written as quarters are; other numbers stay."""

from __future__ import annotations

import pytest

from pipeline import quarters
from pipeline.document import Box, CellPlace, Line, Page, TextSource, Word


def page(*texts: str, source: TextSource = "ocr") -> Page:
    return Page(1, None, None, source, [Line([Word(word, word) for word in text.split()]) for text in texts])


def settled(*texts: str, source: TextSource = "ocr") -> list[str]:
    made = page(*texts, source=source)
    quarters.settle([made])
    return [line.text for line in made.lines]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Quý 1V/2031", "Quý IV/2031"),
        ("(Quý 11/2031)", "(Quý II/2031)"),
        ("hoàn thành trong quý 111/2031.", "hoàn thành trong quý III/2031."),
        ("Quý I, 11/2031", "Quý I, II/2031"),
        ("Quý II và 111/2031", "Quý II và III/2031"),
        ("quý 11 năm 2031", "quý II năm 2031"),
        ("Quý II, 1V", "Quý II, IV"),
        ("lV/2031", "IV/2031"),
        ("11/2031", "11/2031"),  # a month
        ("tháng 1/2031", "tháng 1/2031"),
        ("Quý III/2031, 11/2031", "Quý III/2031, 11/2031"),
        ("đá quý 11 viên", "đá quý 11 viên"),
        ("Quý 12/2031", "Quý 12/2031"),
        ("Quý 1/2031", "Quý 1/2031"),  # nothing tells
        ("Quý I/2031", "Quý I/2031"),
        ("Quý 4/2031", "Quý 4/2031"),
    ],
)
def test_a_quarter_is_one_of_four(read: str, printed: str) -> None:
    assert settled(read) == [printed]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        (("Quý 1/2031", "Quý III/2031"), ["Quý I/2031", "Quý III/2031"]),
        (("Quý 1/2031", "Quý 11/2031"), ["Quý I/2031", "Quý II/2031"]),
        (("Quý I/2031", "Quý 2/2031"), ["Quý 1/2031", "Quý 2/2031"]),
        (("Quý 1/2031", "Quý 2/2031", "Quý III/2031"), ["Quý 1/2031", "Quý 2/2031", "Quý III/2031"]),  # both ways
        (("Quý", "11/2031"), ["Quý", "II/2031"]),  # over the end of a line
    ],
)
def test_a_document_writes_its_quarters_in_one_way(read: tuple[str, ...], printed: list[str]) -> None:
    assert settled(*read) == printed


def test_the_next_cell_is_another_matter() -> None:
    made = page("Quý", "11/2031")
    for column, line in enumerate(made.lines):
        line.cell = CellPlace(0, 0, column, 1, 1, Box(0, 0, 1, 1))
    quarters.settle([made])
    assert made.lines[1].text == "11/2031"


def test_a_text_layer_is_left_alone() -> None:
    assert settled("Quý 1V/2031", source="layer") == ["Quý 1V/2031"]


@pytest.mark.parametrize(
    ("doubts", "alternatives", "left", "others"),
    [
        (("number_impossible",), (), ("number_disputed",), ("1V/2031",)),
        (("number_disputed", "number_impossible"), ("IV/2031",), (), ("1V/2031",)),  # another reading has it so
        (("low_confidence",), ("lV/2031",), ("low_confidence", "number_disputed"), ("1V/2031", "lV/2031")),
    ],
)
def test_what_was_read_stays_beside(
    doubts: tuple[str, ...], alternatives: tuple[str, ...], left: tuple[str, ...], others: tuple[str, ...]
) -> None:
    made = page("Quý 1V/2031")
    word = made.lines[0].words[1]
    word.doubts, word.alternatives = doubts, alternatives
    quarters.settle([made])
    word = made.lines[0].words[1]
    assert (word.raw, word.text, word.doubts, word.alternatives) == ("1V/2031", "IV/2031", left, others)
