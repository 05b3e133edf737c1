"""Examples for the model of figures: the paragraphs of annotated documents, with what is true of their figures.

The rules were made with most of these documents before the eyes and are all but always right on them. So that the model
learns how far to trust them on others, what they say is spoiled in part of the examples, as rules go wrong: with the
words of another figure, too few words, or those beside.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from models.figures import NEITHER, RESULT, TARGET, Floats, Ints, Vocabulary
from pipeline import run
from pipeline.document import Document, Page
from pipeline.intake import Input
from pipeline.parsing.counting import Ends, ends_of
from pipeline.parsing.moods import mood_of
from pipeline.parsing.pipe import read
from pipeline.parsing.quantities import quantities_of
from pipeline.parsing.quantity import Quantity
from pipeline.parsing.reading import Block, Reading
from pipeline.parsing.sequences import Row, place_features, rows_of, rule_features, token_features
from pipeline.parsing.surroundings import TOLD, Seen, Surroundings, surroundings_of, tokens_of, words_of

KINDS: Final = {"targets": TARGET, "results": RESULT}
_SPOILED: Final = 2
"""How many spoiled forms of what the rules say an example has beside the true one."""


@dataclass
class Figure:
    """A figure with the words that it is seen with.

    `told` are the columns of the features that say which words the rules took, spoiled; `right` is 1 for each word that
    the true indicator takes, None where the figure is no fact. `ends` are the words at which the name of what it counts
    may end, `end` is which of them is right, None where none is.
    """

    seen: Seen
    rules: Floats
    told: list[Floats]
    kind: int
    right: Floats | None
    ends: Ends | None = None
    end: int | None = None


@dataclass
class Lesson:
    """An annotated document: its name, its pages, what is true of it."""

    name: str
    pages: list[Page]
    truth: Mapping[str, Any]


@dataclass
class Example:
    """A paragraph with its figures: its words as numbers and features, and the rows that it is read in."""

    document: str
    ids: Ints
    tokens: Floats
    place: Floats
    rows: list[Row]
    figures: list[Figure]


def lessons_of(folders: Sequence[Path], pdfs: Path) -> Iterator[Lesson]:
    """Yield the annotated documents of some folders."""
    for path in sorted(path for folder in folders for path in folder.glob("*.json")):
        pdf = pdfs / f"{path.stem}.pdf"
        pages = run.read_pages(run.inspect(Input(pdf, pdf.name)), run.Settings())
        yield Lesson(path.stem, pages, json.loads(path.read_text("utf-8")))


def examples_of(lessons: Sequence[Lesson], vocabulary: Vocabulary) -> Iterator[Example]:
    """Yield the examples of documents."""
    rng = random.Random(1)
    for lesson in lessons:
        yield from examples(lesson.name, read(Document(lesson.pages)), lesson.truth, vocabulary, rng)


def examples(
    name: str, reading: Reading, truth: Mapping[str, Any], vocabulary: Vocabulary, rng: random.Random
) -> Iterator[Example]:
    """Yield the paragraphs of a document that have figures."""
    left = [(kind, fact) for kind in KINDS for fact in truth.get(kind, ()) if fact.get("value") is not None]
    left = [(kind, fact) for kind, fact in left if not fact.get("table")]
    for block in reading.blocks:
        quantities = quantities_of(reading, block) if block.paragraph.zone != "table" else []
        if not quantities:
            continue
        around = surroundings_of(reading, block)
        figures = [_figure(reading, block, quantity, left, rng) for quantity in quantities]
        spans = [figure.seen.span for figure in figures]
        ids, tokens = token_features(around, spans, vocabulary)
        yield Example(name, ids, tokens, place_features(reading, block), list(rows_of(around, spans)), figures)


def _figure(
    reading: Reading, block: Block, quantity: Quantity, left: list[tuple[str, Any]], rng: random.Random
) -> Figure:
    around = surroundings_of(reading, block)
    seen = around.seen(quantity, quantity.indicator)
    told = [around.seen(quantity, spoiled(around, quantity, rng)).features[:, TOLD] for _ in range(_SPOILED)]
    rules = rule_features(quantity, mood_of(reading, block, quantity), around.of_figure(quantity, seen.span))
    found = fact_of(reading, block, quantity, left)
    if found is None:
        return Figure(seen, rules, told, NEITHER, None)
    left.remove(found)
    kind, fact = found
    ends = ends_of(around, quantity, seen.span)
    end = None if ends is None else true_end(around, ends, fact["unit"] or "")
    return Figure(seen, rules, told, KINDS[kind], aligned(around, seen, words_of(fact["indicator"])), ends, end)


def fact_of(reading: Reading, block: Block, quantity: Quantity, facts: list[tuple[str, Any]]) -> tuple[str, Any] | None:
    """Return the true fact of a figure: of its value, and with its paragraph's words as quote, or of its section."""
    paragraph = "".join(reading.text(block.paragraph.start, block.paragraph.end).split())
    for kind, fact in facts:
        quote = "".join(str(fact.get("quote") or "").split())
        if float(fact["value"]) == float(quantity.value) and (
            quote in paragraph if quote else fact.get("section") == block.section
        ):
            return kind, fact
    return None


def true_end(around: Surroundings, ends: Ends, unit: str) -> int | None:
    """Return at which of the words the true name of what is counted ends, None where it is printed otherwise."""
    words, first = tokens_of(unit), int(ends.places[0])
    last = first + len(words) - 1
    if not words or around.low[first : last + 1] != words:
        return None
    return next((number for number, place in enumerate(ends.places.tolist()) if place == last), None)


def spoiled(around: Surroundings, quantity: Quantity, rng: random.Random) -> str:
    """Return what the rules might say of a figure where they go wrong."""
    said = quantity.indicator
    words = said.split()
    at = around.place(quantity.figure)
    before = [around.low[place] for place in range(max(0, at - 25), at) if around.is_word[place]]
    after = [around.low[place] for place in range(at, min(at + 20, len(around.low))) if around.is_word[place]]
    led, followed = " ".join(before[-rng.randrange(2, 14) :]), " ".join(after[: rng.randrange(2, 12)])
    options = [led, followed, f"{led} {followed}", f"{said} {followed}", f"{led} {said}", quantity.lead]
    for other in [other for other in around.quantities if other.figure < quantity.figure][-2:]:
        options += [other.indicator, f"{said} {other.measure}"]
    if len(words) > 3:
        cut = rng.randrange(1, len(words) - 1)
        options += [" ".join(words[:cut]), " ".join(words[cut:])]
    return rng.choice([option for option in options if option.strip()] or [said])


def aligned(around: Surroundings, seen: Seen, indicator: Sequence[str]) -> Floats:
    """Return 1 for each word seen that the true indicator takes: the longest stretches first, the nearest of them."""
    words = [around.low[place] for place in seen.places.tolist()]
    zones = np.minimum(seen.sorts, 3).tolist()
    free, wanted = [True] * len(words), [True] * len(indicator)
    right = np.zeros(len(words), np.float32)
    while True:
        best, place = (0, 0, 0), (0, 0)
        for at, one in enumerate(indicator):
            for start, word in enumerate(words):
                if word != one or not free[start] or not wanted[at]:
                    continue
                size = 1
                while (
                    at + size < len(indicator)
                    and start + size < len(words)
                    and indicator[at + size] == words[start + size]
                    and free[start + size]
                    and wanted[at + size]
                    and zones[start + size] == zones[start]
                ):
                    size += 1
                weight = (size, int(zones[start]), -abs(int(seen.places[start]) - seen.span.figure))
                if weight > best or not best[0]:
                    best, place = weight, (at, start)
        if not best[0]:
            return right
        at, start = place
        for step in range(best[0]):
            wanted[at + step] = free[start + step] = False
            right[start + step] = 1
