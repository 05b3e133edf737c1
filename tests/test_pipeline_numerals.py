"""Numbers that the reader parted, and numbers that are written as none is."""

from __future__ import annotations

import pytest

from pipeline.document import Box, Word
from pipeline.numerals import is_odd, lacks_figure, rejoined


def row(*pieces: str, gap: float) -> list[Word]:
    """Words of 10 points' height side by side, `gap` points apart."""
    words, x = [], 100.0
    for piece in pieces:
        words.append(Word(piece, piece, Box(x, 100, x + 5 * len(piece), 110), 0.9))
        x += 5 * len(piece) + gap
    return words


@pytest.mark.parametrize(
    ("pieces", "gap", "texts"),
    [
        (("số", "127/KH-", "SYT"), 0.0, ["số", "127/KH-SYT"]),
        (("12/2031/", "NĐ-CP,"), 1.0, ["12/2031/NĐ-CP,"]),
        (("(6.", "1)"), 3.0, ["(6.1)"]),
        (("127/KH-", "SYT"), 4.0, ["127/KH-", "SYT"]),  # a space parts them
        (("127/KH-", "và"), 0.0, ["127/KH-", "và"]),
        (("(6.", "1)"), 8.0, ["(6.", "1)"]),
        (("6.", "1)"), 0.0, ["6.", "1)"]),
    ],
)
def test_pieces_of_one_number_are_rejoined(pieces: tuple[str, ...], gap: float, texts: list[str]) -> None:
    assert [word.text for word in rejoined(row(*pieces, gap=gap))] == texts


def test_a_rejoined_number_has_the_box_and_the_doubts_of_its_pieces() -> None:
    words = row("127/KH-", "SYT", gap=0.0)
    words[1].doubts, words[1].confidence = ("low_confidence",), 0.4
    (word,) = rejoined(words)
    assert (word.box, word.confidence, word.doubts) == (Box(100, 100, 150, 110), 0.4, ("low_confidence",))


def test_pieces_on_two_lines_stay_apart() -> None:
    words = row("127/KH-", "SYT", gap=0.0)
    words[1].box = Box(135, 114, 150, 124)
    assert rejoined(words) == words


@pytest.mark.parametrize(
    "text",
    [
        "4.9125",
        "1.250.0005",
        "41/7",
        "35/02/2031",
        "12/13/2031",
        "§3/NQ-HĐND",
        "2{",
        "8],73%|",
        "1V/2031",
        "V1/2031,",
        "4I,7",
        "1O0",
        "CAT-PV0I",
        "61/7NQ-HĐND",
        "2031..",
    ],
)
def test_what_no_number_looks_like_is_odd(text: str) -> None:
    assert is_odd(text)


@pytest.mark.parametrize(
    "text",
    ["4.912,5", "1.250.000", "45/63", "24/7", "30/4", "05/02/2031,", "02.2031", "28.02.2031", "0.6912", "1.2.3.",
     "7/2031", "IV/2031", "II1/2031.", "127/KH-UBND", "12/2031/2BC", "20...", "(6.1)", "100%", "≥75", "2025-2030",
     "\"12\"", "tháng", "§", ""],
)  # fmt: skip
def test_what_documents_print_is_not(text: str) -> None:
    assert not is_odd(text)


@pytest.mark.parametrize(
    ("text", "width", "lacks"),
    [
        ("72", 13.8, False),
        ("2", 13.8, True),
        ("2", 6.5, False),
        ("1", 3.0, False),
        ("2031", 29.0, False),
        ("031", 29.0, True),
        ("4.912,5", 42.0, False),
        ("4.912", 42.0, True),
        ("7", 10.0, False),  # a wide typeface
        ("l1", 20.0, True),
        ("l1", 13.0, False),
        ("2-", 13.0, False),
        ("7/10", 60.0, False),  # only figures are measured
        ("kho", 60.0, False),
    ],
)
def test_print_that_is_wider_than_its_figures_lacks_one(text: str, width: float, lacks: bool) -> None:
    assert lacks_figure(text, Box(100, 100, 100 + width, 110)) is lacks
    assert not lacks_figure(text, None)
