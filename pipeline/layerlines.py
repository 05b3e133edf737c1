"""Where a scan's text layer and its picture both read poorly: the better of the two, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import fmean
from typing import Final

from pipeline.document import Box, Line, Word
from pipeline.layer import Scores
from pipeline.layermend import meant

POOR: Final = 0.6
"""A line that reads worse than this is compared with the layer's."""
BETTER: Final = 0.2
"""How much better the layer's line must read: what was read from the picture stands in doubt."""
FULL_MARKS: Final = 0.15
"""Share of marked letters from which a line is marked as Vietnamese is."""


def readability(texts: Iterable[str]) -> float:
    """Return how much words read like Vietnamese, 0 to 1: the share of syllables, less where marks are missing."""
    scores = Scores()
    for text in texts:
        scores = scores.plus(meant(text).scores)
    if not scores.words:
        return 1.0 if scores.characters and not scores.odd else 0.0
    return scores.syllable_share * (0.5 + 0.5 * min(1.0, scores.marked_share / FULL_MARKS)) * (1.0 - scores.odd_share)


def better_lines(read: Sequence[Line], layer: Sequence[Word]) -> tuple[list[Line], int]:
    """Return the lines that were read from the picture, poor ones replaced by the layer's where these read better.

    Also returns how many were replaced. A replaced line keeps its role; the confidence of its words is their
    readability.
    """
    kept: list[Line] = []
    replaced = 0
    placed = [(word, word.box) for word in layer if word.box is not None]
    for line in read:
        box = line.box
        words = [] if box is None or not _is_poor(line) else [word for word, place in placed if _within(place, box)]
        score = readability(word.text for word in words) if words else 0.0
        if words and score > readability(word.text for word in line.words) + BETTER:
            words.sort(key=lambda word: word.box.x0 if word.box else 0.0)
            kept.append(
                Line([Word(w.raw, w.text, w.box, min(w.confidence, score), w.doubts) for w in words], line.role)
            )
            replaced += 1
        else:
            kept.append(line)
    return kept, replaced


def _is_poor(line: Line) -> bool:
    reads = readability(word.text for word in line.words)
    return min(reads, fmean(word.confidence for word in line.words) if line.words else 0.0) < POOR and reads < 1.0


def _within(word: Box, line: Box) -> bool:
    """Whether a word stands in a line: its middle is in the line's height and it does not stick out."""
    middle = (word.y0 + word.y1) / 2
    return line.y0 <= middle <= line.y1 and word.x0 >= line.x0 - line.height and word.x1 <= line.x1 + line.height
