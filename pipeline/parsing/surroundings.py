"""The words around a figure as a model sees them: each with its features and its keys (see models/figures.py).

Seen are the heading over a paragraph, the line that opens its list, and the paragraph up to the end of the sentence.
What is the same for all figures of a paragraph is worked out once.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple, get_args

import numpy as np
import regex
from numpy.typing import NDArray

from models.figures import BUCKETS, Floats, Ints
from pipeline.parsing.headings import heading_over
from pipeline.parsing.printed import Kind
from pipeline.parsing.quantity import Quantity
from pipeline.parsing.reading import Block, Reading
from pipeline.parsing.senses import Change
from pipeline.parsing.sentences import sentences_of

Hashes = NDArray[np.uint64]

_TOKEN: Final = regex.compile(r"\d*[^\W\d_][^\W_]*|\d[\d.,/]*|[^\w\s]")
_BEFORE, _AFTER, _HEADING, _OPENING = 60, 32, 24, 30
"""How many tokens of each are seen: before the figure and behind it, of the heading, of the line that opens a list."""
_KINDS: Final[tuple[str, ...]] = get_args(Kind)
_CHANGES: Final[tuple[str, ...]] = get_args(Change)
_SIGNS: Final = {",": 1, ";": 2, ":": 3, "(": 4, ")": 5, ".": 6, "!": 6, "?": 6}
_EDGE, _NUMBER, _END, _OTHER_SIGN = 0, 7, 8, 9
"""What stands at the end of a run of words, beside signs."""
_NEAR: Final = np.array([1, 2, 3, 4, 5, 7, 10, 15, 23])
"""Distances, in words, that are told apart."""
_COUNTED: Final = (",–-", ";", ":", ".!?", "(", ")")
_ANSWERS: Final = (3 * (len(_NEAR) + 1), 4, 5, 5, 5, 10, 10)
_OFFSETS: Final = np.cumsum([0, *_ANSWERS])[:-1]
_CHOICES: Final = sum(_ANSWERS)
OF_FIGURE: Final = _CHOICES + 4 + 5 + 8 + 7
TOLD: Final = slice(OF_FIGURE - 7, OF_FIGURE)
"""The columns that say which words the rules took."""
WORD_FEATURES: Final = OF_FIGURE + len(_KINDS) + len(_CHANGES) + 13
"""Columns of the features: one for each answer of each question, those of numbers, those that are the figure's own."""
WORD_KEYS: Final = 5
"""What each word is looked up by: itself, it with each neighbour, and these alone."""
_KEY_BITS: Final = BUCKETS.bit_length() - 1
_MIX: Final = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))
_HEADING_ZONE, _OPENING_ZONE, _PARAGRAPH_ZONE, _SENTENCE_ZONE = range(4)


class Span(NamedTuple):
    """Where a figure stands among the tokens, and where what is behind it begins."""

    figure: int
    behind: int


class Token(NamedTuple):
    """A word, number or sign with its place in the text that it is of, the view's or the heading's."""

    text: str
    start: int
    end: int
    zone: int


class Seen(NamedTuple):
    """The words that a figure is seen with: their places among the tokens, features, keys and kinds of place."""

    places: Ints
    features: Floats
    keys: Ints
    sorts: Ints
    span: Span


def words_of(text: str) -> list[str]:
    """Return the words of a text, in lower case, as the tokens of surroundings have them."""
    return [word for word in tokens_of(text) if _is_word(word)]


def tokens_of(text: str) -> list[str]:
    """Return the words, numbers and signs of a text, in lower case."""
    return _TOKEN.findall(text.lower())


def cue_words(quantity: Quantity) -> int:
    """Return how many words lead over to a figure."""
    return sum(len(cue.split()) for cue in quantity.cues)


def surroundings_of(reading: Reading, block: Block) -> Surroundings:
    """Return the surroundings of a paragraph's figures, made when the first of them asks."""
    known: Surroundings | None = reading.surroundings.get(block.index)
    if known is None:
        known = reading.surroundings[block.index] = Surroundings(reading, block)
    return known


class Surroundings:
    """A paragraph's words, with the heading over it and the line that opens its list."""

    def __init__(self, reading: Reading, block: Block) -> None:
        self.view = reading.view.text
        self.heading = heading_over(block.node)
        self.quantities: list[Quantity] = reading.quantities.get(block.index, [])
        self.sentences = sentences_of(reading.view, block.words, block.paragraph.end)
        self.tokens = self._tokens(reading, block)
        self.low = [token.text.lower() for token in self.tokens]
        self.first = next((at for at, t in enumerate(self.tokens) if t.zone == _PARAGRAPH_ZONE), len(self.tokens))
        self.starts = np.array([token.start for token in self.tokens] + [len(self.view) + 1])
        self.zones = np.array([token.zone for token in self.tokens], int)
        self.is_word = np.array([_is_word(word) for word in self.low], bool)
        self._numbers = {word: at for at, word in enumerate(dict.fromkeys(self.low))}
        self._ids = np.array([self._numbers[word] for word in self.low], int)

    def _tokens(self, reading: Reading, block: Block) -> list[Token]:
        heading = list(_cut(self.heading, 0, len(self.heading), _HEADING_ZONE))[:_HEADING]
        opening: list[Token] = []
        if block.index:
            before = reading.blocks[block.index - 1]
            if self.view[before.words : before.paragraph.end].rstrip().endswith(":"):
                opening = list(_cut(self.view, before.words, before.paragraph.end, _OPENING_ZONE))[-_OPENING:]
        return [*heading, *opening, *_cut(self.view, block.paragraph.start, block.paragraph.end, _PARAGRAPH_ZONE)]

    def place(self, offset: int) -> int:
        """Return the first token of the paragraph that begins at an offset of the view or behind it."""
        return self.first + int(np.searchsorted(self.starts[self.first : -1], offset))

    def span_of(self, quantity: Quantity) -> Span:
        """Return where a figure stands among the tokens."""
        return Span(self.place(quantity.figure), self.place(quantity.figure_end))

    def printed(self, span: tuple[int, int]) -> str:
        """Return a stretch of tokens as it is printed."""
        first, last = self.tokens[span[0]], self.tokens[span[1] - 1]
        text = self.heading if first.zone == _HEADING_ZONE else self.view
        return " ".join(text[first.start : last.end].split())

    def is_phrase(self, span: tuple[int, int]) -> bool:
        """Whether a stretch of tokens is of one text and holds no figure."""
        begin, stop = span
        return bool(self.zones[begin] == self.zones[stop - 1]) and not self._in_figures[begin:stop].any()

    # --- the same for all figures -----------------------------------------------------------------------------------

    @cached_property
    def _counts(self) -> Ints:
        """How many words, numbers and signs of each kind stand before each token."""
        numbers = [word[0].isdigit() and not is_word for word, is_word in zip(self.low, self.is_word, strict=True)]
        flags = [self.is_word, numbers, *([word in signs for word in self.low] for signs in _COUNTED)]
        return np.concatenate([np.zeros((len(flags), 1), int), np.cumsum(np.array(flags, int), axis=1)], axis=1)

    @cached_property
    def _depths(self) -> Ints:
        """In how many brackets each token stands."""
        depths: Ints = self._counts[-2] - self._counts[-1]
        return depths

    @cached_property
    def _ends(self) -> Ints:
        """What stands before and behind the run of words that each token is of."""
        ends = np.zeros((len(self.tokens), 2), int)
        for begin, stop in self.runs:
            ends[begin:stop] = self._sign(begin - 1, begin, _EDGE), self._sign(stop, stop - 1, _END)
        return ends

    @cached_property
    def _shapes(self) -> Floats:
        """How far each token is into its run of words and from its end, how long that is, and its capitals."""
        shapes = np.zeros((len(self.tokens), 5), np.float32)
        for begin, stop in self.runs:
            at = np.arange(stop - begin)
            shapes[begin:stop, 0], shapes[begin:stop, 1] = np.minimum(at, 12) / 12, np.minimum(at[::-1] + 1, 12) / 12
            shapes[begin:stop, 2] = min(stop - begin, 20) / 20
        shapes[:, 3] = [token.text[0].isupper() for token in self.tokens]
        shapes[:, 4] = [len(token.text) > 1 and token.text.isupper() for token in self.tokens]
        return shapes

    @cached_property
    def runs(self) -> list[tuple[int, int]]:
        """The runs of words between signs and numbers."""
        found: list[tuple[int, int]] = []
        for at in np.flatnonzero(self.is_word).tolist():
            if found and found[-1][1] == at and self.zones[at - 1] == self.zones[at]:
                found[-1] = found[-1][0], at + 1
            else:
                found.append((at, at + 1))
        return found

    @cached_property
    def pieces(self) -> list[tuple[int, int]]:
        """The runs of words, cut before the words that lead over to a figure ("… | đạt 95%")."""
        leads = sorted({self.place(other.figure) - cue_words(other) for other in self.quantities if other.cues})
        found: list[tuple[int, int]] = []
        for begin, stop in self.runs:
            inside = leads[bisect_right(leads, begin) : bisect_left(leads, stop)]
            found += pairwise([begin, *inside, stop])
        return found

    def _sign(self, at: int, beside: int, none: int) -> int:
        if not 0 <= at < len(self.tokens) or self.zones[at] != self.zones[beside]:
            return none
        return _NUMBER if self.low[at][0].isdigit() else _SIGNS.get(self.low[at], _OTHER_SIGN)

    @cached_property
    def _in_figures(self) -> NDArray[np.bool_]:
        """Whether each token is part of a figure."""
        inside = np.zeros(len(self.tokens), bool)
        for quantity in self.quantities:
            inside |= self._between(quantity.figure, quantity.figure_end)
        return inside

    def _between(self, start: int, end: int) -> NDArray[np.bool_]:
        """Whether each token of the paragraph begins in a stretch of the view."""
        inside: NDArray[np.bool_] = (
            (self.zones == _PARAGRAPH_ZONE) & (start <= self.starts[:-1]) & (self.starts[:-1] < end)
        )
        return inside

    @cached_property
    def _hashes(self) -> Hashes:
        """Hashes of each token, of it with its neighbours, and of these alone."""
        plain = np.array([0, *(zlib.crc32(word.encode()) for word in self.low), 0], np.uint64)
        here, before, after = plain[1:-1] * _MIX[0], plain[:-2], plain[2:]
        pairs = [here + before * _MIX[1], here + after * _MIX[1], before * _MIX[0], after * _MIX[0]]
        return np.stack([here, *(pair + np.uint64(at) for at, pair in enumerate(pairs, 11))])

    # --- for one figure ---------------------------------------------------------------------------------------------

    def seen(self, quantity: Quantity, indicator: str) -> Seen:
        """Return the words that a figure is seen with; `indicator` is what the rules say that it measures."""
        figure, behind = span = self.span_of(quantity)
        last = self.place(self._sentence_end(quantity))
        near = np.flatnonzero(self.is_word[: min(last, behind + _AFTER)])
        places: Ints = near[(near < self.first) | (near >= figure - _BEFORE)]
        side = (places >= figure).astype(int) + (places >= behind)
        zones = self.zones[places]
        zones += (zones == _PARAGRAPH_ZONE) & (self.starts[places] >= quantity.sentence)
        sorts: Ints = zones + side * (zones == _SENTENCE_ZONE)
        counts = self._counts
        apart = np.abs(np.where(side, counts[:, behind, None], counts[:, figure, None]) - counts[:, places])
        apart[0] += side == 2
        features = np.zeros((len(places), WORD_FEATURES), np.float32)
        features[np.arange(len(places))[:, None], self._choices(places, side, zones, apart, figure)] = 1
        rest = features[:, _CHOICES:OF_FIGURE]
        rest[:, 0] = np.log1p(apart[0]) / 4
        rest[:, 1:4] = np.minimum(apart[3:6], 2).T / 2
        rest[:, 4:9] = self._shapes[places]
        rest[:, 9:17] = self._bearings(places, zones, quantity)
        rest[:, 17:] = self._told(places, words_of(indicator))
        features[:, OF_FIGURE:] = self.of_figure(quantity, span)
        return Seen(places, features, self.keys(places, sorts), sorts, span)

    def _sentence_end(self, quantity: Quantity) -> int:
        ends = (end for start, end in self.sentences if start <= quantity.figure < end)
        return next(ends, len(self.view))

    def _choices(self, places: Ints, side: Ints, zones: Ints, apart: Ints, figure: int) -> Ints:
        """Return which of its columns is set for each word and each question that has several answers."""
        depth = np.clip(self._depths[places] - self._depths[figure], -2, 2) + 2
        distance = side * (len(_NEAR) + 1) + np.searchsorted(_NEAR, apart[0])
        answers = [distance, zones, np.minimum(apart[2], 4), np.minimum(apart[1], 4), depth, *self._ends[places].T]
        columns: Ints = np.stack(answers, 1) + _OFFSETS
        return columns

    def _bearings(self, places: Ints, zones: Ints, quantity: Quantity) -> Floats:
        """Where each word stands by what the rules know of the figure, its clause and its neighbours."""
        before = [other for other in self.quantities if other.figure < quantity.figure]
        inside = self._in_figures & ~self._between(quantity.figure, quantity.figure_end)
        starts, here = self.starts[places], zones >= _PARAGRAPH_ZONE
        cues = [word for cue in quantity.cues for word in cue.split()]
        told = before[-1] if before else None
        return np.stack(
            [
                inside[places],
                self._in_figures[np.maximum(places - 1, 0)] & (places > 0),
                here & (starts >= (told.figure_end if told else 0)),
                (zones == _SENTENCE_ZONE) & (starts >= quantity.clause),
                here & (starts >= quantity.start) & (starts < quantity.end),
                self._are(places, words_of(told.measure) if told else ()),
                self._are(places, words_of(quantity.unit)),
                self._are(places, cues),
            ],
            axis=1,
        )

    def of_figure(self, quantity: Quantity, span: Span) -> Floats:
        """Return a figure's kind and sense, how many others there are, and what it stands between."""
        figure, behind = span
        earlier = sum(other.figure < quantity.figure for other in self.quantities)
        later = len(self.quantities) - earlier - 1
        last = quantity.cues[-1] if quantity.cues else ""
        following = self.low[behind] if behind < len(self.low) else ""
        preceding = self.low[figure - 1] if figure else ""
        numbers = [
            quantity.unit.startswith("%"),
            min(len(quantity.cues), 3) / 3,
            min(len(quantity.lead.split()), 12) / 12,
            not quantity.lead,
            min(earlier, 4) / 4,
            min(later, 4) / 4,
            quantity.max is not None,
            last in ("có", "còn"),
            last in ("đạt", "là", "được"),
            following == ")",
            preceding == "(",
            preceding == ":",
            _is_word(following),
        ]
        kind = [name == quantity.kind for name in _KINDS]
        change = [name == quantity.change for name in _CHANGES]
        return np.array([*kind, *change, *numbers], np.float32)

    def _told(self, places: Ints, indicator: Sequence[str]) -> Floats:
        """Which words the rules took, alone and in pairs."""
        pairs = set(pairwise(indicator))
        found = [pair in pairs for pair in pairwise(["", *self.low, ""])] if pairs else [False] * (len(self.low) + 1)
        together = np.array(found, bool)
        taken, opens, closes = self._are(places, indicator), together[places + 1], together[places]
        long, bare = np.full(len(places), min(len(indicator), 20) / 20), np.full(len(places), len(indicator) <= 1)
        return np.stack([taken, opens, closes, opens | closes, taken & ~(opens | closes), long, bare], axis=1)

    def _are(self, places: Ints, words: Iterable[str]) -> NDArray[np.bool_]:
        among = np.zeros(len(self._numbers), bool)
        for word in words:
            if (number := self._numbers.get(word)) is not None:
                among[number] = True
        return np.asarray(among[self._ids[places]], bool)

    def keys(self, places: Ints, sorts: Ints) -> Ints:
        """Return the keys of each word: its hashes, each by the sort of place."""
        mixed = self._hashes[:, places] + sorts.astype(np.uint64) * _MIX[2]
        keys: Ints = (((mixed ^ (mixed >> np.uint64(29))) * _MIX[1]) >> np.uint64(64 - _KEY_BITS)).astype(np.int64).T
        return keys


def _cut(text: str, start: int, end: int, zone: int) -> Iterable[Token]:
    return (Token(match[0], match.start(), match.end(), zone) for match in _TOKEN.finditer(text, start, end))


def _is_word(token: str) -> bool:
    return token[:1].isalpha() or any(map(str.isalpha, token))  # the first letter tells of nearly all
