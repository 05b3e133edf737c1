"""What each piece of a text may have been in print: one reader for each way that texts lose their letters.

A reader turns a piece into choices for the decoder. It never offers a change to numbers, symbols and addresses, and
always offers the piece as it stands, at the price of what that would mean: a word that the model does not know.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from diacritics.alphabet import MARKED
from diacritics.channel import Channel, case_of, with_case
from diacritics.decoding import Choice, Edge
from diacritics.folding import fold
from diacritics.language import LanguageModel
from diacritics.normalization import tone_key
from diacritics.pieces import Piece
from diacritics.syllables import is_syllable
from diacritics.tokens import ADDRESS, BOUNDARY, NUMBER, SYMBOL

_CLASSES: Final = {"number": NUMBER, "symbol": SYMBOL, "address": ADDRESS}

# Price of taking a token for a word outside the vocabulary, each letter of it: a name or a foreign word spelt out.
_LETTER: Final = 2.6
_CAPITAL: Final = 1.4  # in a run of capitals: an abbreviation, which agencies coin freely
_SIGN: Final = 5.0  # a digit or sign inside a word is hardly ever meant


class Reader(Protocol):
    """Offers choices for pieces."""

    def lattice(self, pieces: Sequence[Piece]) -> list[list[Edge]]:
        """Return the edges that leave each piece, for `decoding.decode`."""
        ...


class _Words:
    """What all readers share: ids, classes, the price of case and of words outside the vocabulary."""

    def __init__(self, model: LanguageModel) -> None:
        self.model = model
        self.fixed = {kind: model.ids[token] for kind, token in _CLASSES.items()}
        self.boundary = model.ids[BOUNDARY]

    def as_it_stands(self, piece: Piece) -> Choice:
        """Return the piece unchanged: the model's word for it, or its class, or an unknown word."""
        known = self.fixed.get(piece.kind)
        if known is None:
            known = self.model.ids.get(tone_key(piece.text.lower()), self.model.unknown)
        return Choice((known,), piece.text, 0.0)

    def price(self, text: str) -> float:
        """Return what it costs to take `text` for a word that the model does not know."""
        capitals = text.isupper() and len(text) > 1
        letters = sum(sign.isalpha() and sign.isascii() for sign in text)
        return letters * (_CAPITAL if capitals else _LETTER) + (len(text) - letters) * _SIGN

    def case_price(self, word: int, piece: Piece) -> float:
        """Return what the case of the piece costs for a word; a capital that opens a clause says nothing."""
        case = case_of(piece.text)
        if case == "upper" or (piece.opens and case == "title"):
            return 0.0
        return float(self.model.case_costs[word][case == "title"])

    def opened(self, piece: Piece, choices: list[Choice]) -> list[Choice]:
        """Return the choices with a boundary before each where the piece opens a clause."""
        if not piece.opens:
            return choices
        return [Choice((self.boundary, *choice.words), choice.text, choice.cost) for choice in choices]


class StrippedReader:
    """Readings of text whose marks were dropped: every word of the vocabulary with the same base letters.

    A piece that carries a mark already was typed with care and stays; so does one that no Vietnamese word folds to.
    """

    def __init__(self, model: LanguageModel) -> None:
        self._words = _Words(model)
        self._by_base: dict[str, list[int]] = {}
        for number, word in enumerate(model.vocabulary):
            if not word.startswith("<") and (is_syllable(word) or not word.isascii()):
                self._by_base.setdefault(fold(word), []).append(number)

    def lattice(self, pieces: Sequence[Piece]) -> list[list[Edge]]:
        """Return one edge a piece."""
        words = self._words
        return [[Edge(n + 1, words.opened(piece, self._choices(piece)))] for n, piece in enumerate(pieces)]

    def _choices(self, piece: Piece) -> list[Choice]:
        numbers = self._by_base.get(piece.text.lower()) if piece.kind == "word" else None
        if not numbers or not MARKED.isdisjoint(piece.text):
            return [self._words.as_it_stands(piece)]
        case, vocabulary = case_of(piece.text), self._words.model.vocabulary
        return [Choice((n,), with_case(vocabulary[n], case), self._words.case_price(n, piece)) for n in numbers]


class ForeignReader:
    """Readings of what an engine without Vietnamese left: the channel's, or as it stands."""

    def __init__(self, model: LanguageModel, channel: Channel) -> None:
        self._words = _Words(model)
        self._channel = channel

    def lattice(self, pieces: Sequence[Piece]) -> list[list[Edge]]:
        """Return the edges of each piece; two pieces that together are one known form get an edge of their own."""
        words = self._words
        return [[Edge(n + 1, words.opened(piece, self._choices(piece)))] for n, piece in enumerate(pieces)]

    def _choices(self, piece: Piece) -> list[Choice]:
        stands = self._words.as_it_stands(piece)
        if piece.kind != "word":
            return [stands]
        text = piece.text
        case, model = case_of(text), self._words.model
        choices = [
            Choice((word,), with_case(model.vocabulary[word], case), cost + self._words.case_price(word, piece))
            for word, cost in self._channel.readings(text)
        ]
        texts = {choice.text for choice in choices}
        if stands.words[0] == model.unknown:
            choices.append(stands._replace(cost=self._words.price(text)))
        elif text not in texts:
            choices.append(stands._replace(cost=0.1 * len(text)))
        return choices
