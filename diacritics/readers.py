"""What each piece of a text may have been in print: one reader for each way that texts lose their letters.

A reader turns a piece into choices for the decoder. It never offers a change to numbers, symbols and addresses, and
always offers the piece as it stands, at the price of what that would mean: a word that the model does not know.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, combinations, product
from typing import Final, Protocol

from diacritics.alphabet import MARKED
from diacritics.channel import Channel, case_of, with_case
from diacritics.decoding import Choice, Choices, Edge
from diacritics.folding import fold
from diacritics.language import LanguageModel
from diacritics.memory import Recent
from diacritics.normalization import tone_key
from diacritics.pieces import QUOTES, Piece
from diacritics.spelling import Case, Reading, likeliest
from diacritics.syllables import is_syllable
from diacritics.tokens import ADDRESS, NUMBER, SYMBOL

_CLASSES: Final = {"number": NUMBER, "symbol": SYMBOL, "address": ADDRESS}
_REMEMBERED: Final = 6_000  # tokens whose choices are kept: some 6 KB each

# Price of taking a token for a word outside the vocabulary, each letter of it: a name or a foreign word spelt out.
_LETTER: Final = 2.6
_FOREIGN: Final = 4.0  # and once: official prose seldom has one
_CAPITAL: Final = 2.0  # in a run of capitals: an abbreviation, which agencies coin freely
_SIGN: Final = 7.0  # a digit or sign inside a word is hardly ever meant
_QUOTE: Final = 4.5  # a closing quote that no opening one was seen for
_STAIN: Final = 3.0  # a quote that nothing was printed for
_APART: Final = 4.0  # price of a space that the engine put into a word
_TOGETHER: Final = 5.0  # price of a space that it left out
_TIGHT: Final = 4.0  # and amid capitals, which are set closer
_AGAINST_THE_LINE: Final = 8.0  # price of small letters in a run of capitals, and the other way round
_DEAREST_CASE: Final = 6.0
_CHOICES: Final = 18  # readings of a token that are worth weighing in context
_BESIDE: Final = 4  # words on each side that tell whether a text is Vietnamese there
_STRANGERS: Final = 3
_AROUND: Final = 12  # words on each side that tell whether there is anything to read
_FEWEST: Final = 12  # of them; with fewer every word is tried
_LEAST_KNOWN: Final = 3  # one in so many is known: of bad scans at 75 dpi every other, of noise one in four at most
_HALVES: Final = 4  # readings of each half of a token
_PAIRS: Final = 6  # and readings of it as two words, or as three
_SHORTEST_OF_THREE: Final = 5  # capitals that may be three words: "SOYTE" is Sở Y tế
_LONGEST_OF_THREE: Final = 9
_FAR: Final = 11.0  # nats behind the best reading at which others are not weighed


# Confidence of the engine, and how much likelier than on average a word of such confidence is wrong (log): counted
# on pages read with its Vietnamese data, where 1.8 % of words were wrong. What the engine was surest of is trusted a
# little more than counted (-2.1): to harm a right word is worse than to leave a wrong one.
_SURE: Final = (0.3, 0.7, 0.85, 0.92, 0.955, 0.965)
_ODDS: Final = (3.4, 3.0, 2.7, 1.6, 0.7, -0.3, -3.0)


class Reader(Protocol):
    """Offers choices for pieces.

    `quotes_inside` says how it wants the text cut, `least_posterior` below what share a change is not made, `beam`
    how many hypotheses the decoder should keep.
    """

    quotes_inside: bool
    least_posterior: float
    beam: int

    def lattice(self, pieces: Sequence[Piece], confidences: Sequence[float] | None = None) -> list[list[Edge]]:
        """Return the edges that leave each piece, for `decoding.decode`.

        Args:
            pieces: of one text, in order.
            confidences: the engine's own in each piece, 0 to 1; None where it gave none.
        """
        ...


class _Words:
    """What all readers share: ids, classes, the price of case and of words outside the vocabulary."""

    def __init__(self, model: LanguageModel) -> None:
        self.model = model
        self.fixed = {kind: model.ids[token] for kind, token in _CLASSES.items()}
        self._fixed: Recent[tuple[str, str], Choices] = Recent(_REMEMBERED)

    def as_it_stands(self, piece: Piece) -> Choice:
        """Return the piece unchanged: the model's word for it, or its class, or an unknown word."""
        known = self.fixed.get(piece.kind)
        if known is None:
            known = self.model.ids.get(tone_key(piece.text.lower()), self.model.unknown)
        return Choice((known,), piece.text, 0.0)

    def only(self, piece: Piece) -> Choices:
        """Return the piece as its only choice."""
        key = piece.kind, piece.text
        return self._fixed.get(key) or self._fixed.put(key, Choices([self.as_it_stands(piece)]))

    def price(self, text: str) -> float:
        """Return what it costs to take `text` for a word that the model does not know."""
        letters = sum(sign.isalpha() and sign.isascii() for sign in text)
        signs = (len(text) - letters) * _SIGN
        if text.isupper() and text.isalpha() and len(text) > 1:
            return letters * _CAPITAL + signs
        return _FOREIGN + letters * _LETTER + signs

    def noise(self, pieces: Sequence[Piece], channel: Channel) -> list[bool]:
        """Return for each piece whether it is an unknown word amid unknown words, whatever stands between them.

        To spell a word out costs milliseconds; of noise, a photograph's or a damaged file's, no spelling makes a text.
        """
        words = [number for number, piece in enumerate(pieces) if piece.kind == "word"]
        known = [self._is_known(pieces[number].text, channel) for number in words]
        noise = [False] * len(pieces)
        for place, (number, of_them) in enumerate(zip(words, _near(known, _AROUND), strict=True)):
            others = min(place, _AROUND) + min(len(words) - 1 - place, _AROUND)
            noise[number] = not known[place] and others >= _FEWEST and of_them * _LEAST_KNOWN < others
        return noise

    def _is_known(self, text: str, channel: Channel) -> bool:
        return channel.is_known(text) or tone_key(text.lower()) in self.model.ids

    def case_price(self, word: int, case: Case, opens: bool, capitals: bool) -> float:
        """Return what it costs that a word is so cased here; a capital that opens a clause says nothing."""
        if (case == "upper") != capitals:
            return _AGAINST_THE_LINE
        if capitals or (opens and case == "title"):
            return 0.0
        return min(float(self.model.case_costs[word][case == "title"]), _DEAREST_CASE)


class StrippedReader:
    """Readings of text whose marks were dropped: every word of the vocabulary with the same base letters.

    A piece that carries a mark already was typed with care and stays; so does one that no Vietnamese word folds to, and
    one among such: "to the office" is no Vietnamese, though "to" and "the" might be.
    """

    quotes_inside = False
    least_posterior = 0.0
    beam = 6

    def __init__(self, model: LanguageModel) -> None:
        self._words = _Words(model)
        self._memo: Recent[tuple[str, bool], Choices] = Recent(_REMEMBERED)
        self._by_base: dict[str, list[int]] = {}
        for number, word in enumerate(model.vocabulary):
            if not word.startswith("<") and (is_syllable(word) or not word.isascii()):
                self._by_base.setdefault(fold(word), []).append(number)

    def lattice(self, pieces: Sequence[Piece], confidences: Sequence[float] | None = None) -> list[list[Edge]]:
        """Return one edge a piece."""
        at_home = self._at_home(pieces)
        return [
            [Edge(n + 1, self._choices(piece) if at_home[n] else self._words.only(piece), piece.opens)]
            for n, piece in enumerate(pieces)
        ]

    def _at_home(self, pieces: Sequence[Piece]) -> list[bool]:
        """Return for each piece whether the words beside it may be Vietnamese: not three strangers, and the most."""
        words = [piece.kind == "word" and (len(piece.text) == 1 or not piece.text.isupper()) for piece in pieces]
        familiar = [piece.kind == "word" and fold(piece.text.lower()) in self._by_base for piece in pieces]
        strange = [word and not own for word, own in zip(words, familiar, strict=True)]
        return [
            strangers < _STRANGERS or known - own >= strangers
            for own, known, strangers in zip(familiar, _near(familiar, _BESIDE), _near(strange, _BESIDE), strict=True)
        ]

    def _choices(self, piece: Piece) -> Choices:
        numbers = self._by_base.get(piece.text.lower()) if piece.kind == "word" else None
        if not numbers or not MARKED.isdisjoint(piece.text):
            return self._words.only(piece)
        key = piece.text, piece.opens
        return self._memo.get(key) or self._memo.put(key, Choices(self._marked(piece, numbers)))

    def _marked(self, piece: Piece, numbers: Sequence[int]) -> list[Choice]:
        words, case = self._words, case_of(piece.text)
        return [
            Choice(
                (number,),
                with_case(words.model.vocabulary[number], case),
                words.case_price(number, case, piece.opens, case == "upper"),
            )
            for number in numbers
        ]


class ForeignReader:
    """Readings of what an engine without Vietnamese left: words of the channel, run apart or together."""

    quotes_inside = True
    least_posterior = 0.0
    beam = 8

    def __init__(self, model: LanguageModel, channel: Channel, spaces_lost: bool = True) -> None:
        self._words = _Words(model)
        self._channel = channel
        self._spaces_lost = spaces_lost
        self._memo: Recent[tuple[str, bool, bool], Choices] = Recent(_REMEMBERED)

    def lattice(self, pieces: Sequence[Piece], confidences: Sequence[float] | None = None) -> list[list[Edge]]:
        """Return the edges of each piece; two pieces that together are one known form get an edge of their own."""
        lattice: list[list[Edge]] = []
        noise = self._words.noise(pieces, self._channel)
        for number, piece in enumerate(pieces):
            if noise[number]:
                lattice.append([Edge(number + 1, self._words.only(piece), piece.opens)])
                continue
            capitals = _among_capitals(pieces, number)
            edges = [Edge(number + 1, self._choices(piece, capitals), piece.opens)]
            if number + 1 < len(pieces) and (joined := self._joined(piece, pieces[number + 1])) is not None:
                edges.append(Edge(number + 2, self._choices(joined, capitals), piece.opens, _APART))
            lattice.append(edges)
        return lattice

    def _joined(self, piece: Piece, following: Piece) -> Piece | None:
        """Return two pieces as one where they may be one word run apart: neither is a known form, together they are."""
        if (
            not self._spaces_lost
            or not following.follows
            or piece.kind != "word"
            or following.kind != "word"
            or following.opens
        ):
            return None
        whole = piece.text + following.text
        known = self._channel.is_known
        if (known(piece.text) and known(following.text)) or not known(whole):
            return None
        return piece._replace(end=following.end, text=whole)

    def _choices(self, piece: Piece, capitals: bool) -> Choices:
        if piece.kind != "word":
            return self._words.only(piece)
        key = piece.text, piece.opens, capitals
        return self._memo.get(key) or self._memo.put(key, Choices(self._weighed(piece, capitals)))

    def _weighed(self, piece: Piece, capitals: bool) -> list[Choice]:
        """Return the choices worth weighing in context: the best by channel, case and frequency together."""
        text = piece.text
        choices = self._read(text, piece.opens, capitals)
        bare = text.rstrip(QUOTES)
        if bare and bare != text:
            tail = text[len(bare) :]
            for choice in self._read(bare, piece.opens, capitals):
                choices.append(choice._replace(text=choice.text + tail, cost=choice.cost + _QUOTE))
                choices.append(choice._replace(cost=choice.cost + _STAIN))
        stands = self._words.as_it_stands(piece)
        if stands.words[0] == self._words.model.unknown:
            choices.append(stands._replace(cost=self._words.price(text)))
        elif not any(choice.text == text for choice in choices):
            foreign = not (text.isupper() and len(text) > 1) and not is_syllable(text)
            choices.append(stands._replace(cost=0.1 * len(text) + _FOREIGN * foreign))
        if self._spaces_lost and len(text) > 2 and (text.isupper() or not self._channel.is_known(text)):
            choices += self._apart(text, piece.opens, capitals)
        return self._best(choices)

    def _best(self, choices: list[Choice]) -> list[Choice]:
        priors = self._words.model.priors
        ranked = sorted((c.cost + sum(priors[word] for word in c.words), n) for n, c in enumerate(choices))
        limit = ranked[0][0] + _FAR
        single = [choices[n] for cost, n in ranked if cost <= limit and len(choices[n].words) == 1]
        pairs, triples = ([choices[n] for _, n in ranked if len(choices[n].words) == size] for size in (2, 3))
        return single[:_CHOICES] + pairs[:_PAIRS] + triples[:_PAIRS]

    def _read(self, text: str, opens: bool, capitals: bool) -> list[Choice]:
        return [self._choice(reading, opens, capitals) for reading in self._channel.readings(text)]

    def _choice(self, reading: Reading, opens: bool, capitals: bool) -> Choice:
        word, case, cost = reading
        price = self._words.case_price(word, case, opens, capitals)
        return Choice((word,), with_case(self._words.model.vocabulary[word], case), cost + price)

    def _apart(self, text: str, opens: bool, capitals: bool) -> list[Choice]:
        """Return readings of a token as two words that were run together, or three where all is capitals."""
        found: list[Choice] = []
        price = _TIGHT if text.isupper() else _TOGETHER  # once: where one space is lost so is the next
        for parts in self._cuttings(text):
            for readings in product(*map(self._likeliest, parts)):
                choices = [self._choice(reading, opens and not n, capitals) for n, reading in enumerate(readings)]
                words = tuple(choice.words[0] for choice in choices)
                cost = sum(choice.cost for choice in choices) + price
                found.append(Choice(words, " ".join(choice.text for choice in choices), cost))
        return found

    def _cuttings(self, text: str) -> Iterator[tuple[str, ...]]:
        """Yield the ways to cut a token into words: known forms, or parts that a capital begins and most are known."""
        known = self._channel.is_known
        for place in range(1, len(text)):
            left, right = text[:place], text[place:]
            plain = known(left) and known(right) and min(place, len(text) - place) > 1
            if plain or (_parts_at(text, place) and (known(left) or known(right))):
                yield left, right
        if text.isupper() and _SHORTEST_OF_THREE <= len(text) <= _LONGEST_OF_THREE:  # SOYTE
            for first, second in combinations(range(1, len(text)), 2):
                parts = text[:first], text[first:second], text[second:]
                if sum(map(known, parts)) > 1:
                    yield parts

    def _likeliest(self, part: str) -> list[Reading]:
        return likeliest(self._channel.readings(part), self._words.model.priors, _HALVES)


class VietnameseReader:
    """Readings of what an engine with Vietnamese left: nearly all of it right, some marks mistaken for others.

    Words come with the engine's confidence, which tells how likely each is wrong; without confidences nothing is
    offered, since correct text would only be harmed. Words outside the vocabulary stay, names with them.
    """

    quotes_inside = False
    least_posterior = 0.88
    beam = 6

    def __init__(self, model: LanguageModel, channel: Channel) -> None:
        self._words = _Words(model)
        self._channel = channel
        self._memo: Recent[tuple[str, bool, int], Choices] = Recent(_REMEMBERED)

    def lattice(self, pieces: Sequence[Piece], confidences: Sequence[float] | None = None) -> list[list[Edge]]:
        """Return one edge a piece."""
        if confidences is None:
            return [[Edge(n + 1, self._words.only(piece), piece.opens)] for n, piece in enumerate(pieces)]
        noise = self._words.noise(pieces, self._channel)
        return [
            [Edge(n + 1, self._words.only(piece) if noise[n] else self._choices(piece, sure), piece.opens)]
            for n, (piece, sure) in enumerate(zip(pieces, confidences, strict=True))
        ]

    def _choices(self, piece: Piece, confidence: float) -> Choices:
        if piece.kind != "word" or not piece.text.isalpha() or len(piece.text) == 1:
            return self._words.only(piece)
        doubt = bisect_right(_SURE, confidence)
        key = piece.text, piece.opens, doubt
        return self._memo.get(key) or self._memo.put(key, Choices(self._doubted(piece, _ODDS[doubt])))

    def _doubted(self, piece: Piece, odds: float) -> list[Choice]:
        """Return the piece as it stands and what it may have been, these cheaper by the log odds of an error."""
        words, case = self._words, case_of(piece.text)
        stands = words.as_it_stands(piece)
        readings = [reading for reading in self._channel.readings(piece.text) if reading.case == case]
        own = next((r.cost for r in readings if r.word == stands.words[0]), None)
        if own is None and (stands.words[0] != words.model.unknown or case == "upper"):
            return [stands]  # a word or an abbreviation that no syllable is taken for
        if own is None:
            stands = stands._replace(cost=words.price(piece.text))
        opens = piece.opens
        stands = stands._replace(
            cost=stands.cost + (own or 0.0) + words.case_price(stands.words[0], case, opens, case == "upper")
        )
        others = [
            Choice(
                (word,),
                with_case(words.model.vocabulary[word], case),
                cost - odds + words.case_price(word, case, opens, case == "upper"),
            )
            for word, _, cost in readings
            if word != stands.words[0] and cost < _FAR
        ]
        return [stands, *others]


def _near(marks: Sequence[bool], reach: int) -> list[int]:
    """Return for each place how many marks are set no further than `reach` from it, its own with them."""
    sums, count = list(accumulate(marks, initial=0)), len(marks)
    return [sums[min(count, place + reach + 1)] - sums[max(0, place - reach)] for place in range(count)]


def _parts_at(text: str, place: int) -> bool:
    """Return whether two words may meet at `place` of a token: before a capital that follows none, or amid capitals."""
    return text[place].isupper() and (text.isupper() or not text[place - 1].isupper())


def _among_capitals(pieces: Sequence[Piece], number: int) -> bool:
    """Return whether a piece stands in a run of capitals: it is capitals itself and so is a longer word beside it."""
    text = pieces[number].text
    letters = [sign for sign in text if sign.isalpha()]
    capitals = sum(sign.isupper() for sign in letters)
    if not capitals or 2 * capitals < len(letters):
        return False
    if len(letters) > 2 and capitals == len(letters):
        return True
    beside = [pieces[n].text for n in (number - 1, number + 1) if 0 <= n < len(pieces)]
    return any(len(word) > 2 and word.isupper() for word in beside)
