"""The channel: which printed words a token may stand for, and how well it fits each.

Three kinds of source spoil Vietnamese in three ways. An engine that knows no Vietnamese ("foreign") turns letters
into others, one into two or two into one (ủ: u, ii, ti; ậ: a, 4). Vietnamese engines ("vietnamese") mistake one mark
for another. Typists without marks ("stripped") drop them all. For the first two the channel is learnt from pairs of
printed and read words: forms that were seen carry their counts, others are spelt out letter by letter.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, log
from typing import Final

from diacritics.memory import Recent
from diacritics.spelling import Case, Reading, Speller, likeliest

CASES: Final[tuple[Case, ...]] = ("lower", "title", "upper")

_REMEMBERED: Final = 3_000  # tokens whose readings are kept
ALIKE: Final = frozenset("CIJKLOPSUVWXYZ")
"""Capitals that an engine takes their small letters for (I for l too), the letters being alike but for their size."""

_DISCOUNT: Final = 0.6
_LEAST_NEW: Final = 0.1  # a document is never quite like the pages that we made

Key = tuple[int, Case]
Counts = Mapping[tuple[int, Case, str], float]


def case_of(token: str) -> Case:
    """Return how a correctly read word is cased; a single capital counts as Title."""
    if token.islower():
        return "lower"
    if token.isupper():
        return "upper" if len(token) > 1 else "title"
    return "title" if token[:1].isupper() else "lower"


def cases_of(token: str) -> list[Case]:
    """Return how the printed word may have been cased: engines mistake capitals that look like their small letters."""
    letters = [letter for letter in token if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    cases: list[Case] = []
    if capitals and 2 * capitals >= len(letters):
        cases.append("upper")
    if token[:1].isupper() and (capitals <= 2 or len(letters) < 4):
        cases.append("title")
    if not token[:1].isupper() or (capitals == 1 and token[0] in ALIKE):
        cases.append("lower")
    return cases


def with_case(word: str, case: Case) -> str:
    """Return a lower-case word cased as asked."""
    return word.upper() if case == "upper" else word[:1].upper() + word[1:] if case == "title" else word


class Channel:
    """Readings of tokens: forms seen in training from a table, others by the speller; remembered either way.

    Args:
        forms: token -> its readings, costs already mixed from counts and spelling.
        novelty: vocabulary id -> -log probability that the word is read in a way never seen in training.
        speller: for tokens that are not in `forms`.
    """

    def __init__(self, forms: Mapping[str, list[Reading]], novelty: Mapping[int, float], speller: Speller) -> None:
        self._forms = forms
        self._novelty = novelty
        self._speller = speller
        self._memo: Recent[str, list[Reading]] = Recent(_REMEMBERED)

    def is_known(self, token: str) -> bool:
        """Return whether the token was seen in training."""
        return token in self._forms

    def readings(self, token: str, limit: int = 24) -> list[Reading]:
        """Return what `token` may stand for, cheapest first; empty where nothing printed explains it."""
        found = self._memo.get(token)
        if found is None:
            found = self._memo.put(token, self._forms.get(token) or self._spelt(token, limit))
        return found

    def _spelt(self, token: str, limit: int) -> list[Reading]:
        spelt = [reading for case in cases_of(token) for reading in self._speller.readings(token, case, limit)]
        novel = [Reading(word, case, cost + self._novelty.get(word, 0.0)) for word, case, cost in spelt]
        return likeliest(novel, self._speller.priors, limit)


def mixed_forms(counts: Counts, speller: Speller, limit: int) -> tuple[dict[str, list[Reading]], dict[int, float]]:
    """Return the table of forms and the novelty costs for a `Channel`, from counts of (word id, case, token).

    P(token | word) is its discounted relative frequency, plus the mass set aside for forms never seen, shared out by
    the speller (absolute discounting). So a form seen once for one word may still be another's.
    """
    seen: dict[Key, float] = {}
    kinds: dict[Key, int] = {}
    by_token: dict[str, dict[Key, float]] = {}
    for (word, case, token), count in counts.items():
        key = word, case
        seen[key] = seen.get(key, 0.0) + count
        kinds[key] = kinds.get(key, 0) + 1
        by_token.setdefault(token, {})[key] = count
    left = {key: min(max(_DISCOUNT * kinds[key] / (seen[key] + 1.0), _LEAST_NEW), 1.0) for key in seen}
    forms: dict[str, list[Reading]] = {}
    for token, keys in by_token.items():
        cases = sorted({*cases_of(token), *(case for _, case in keys)})
        spelt = {(word, case): cost for c in cases for word, case, cost in speller.readings(token, c, limit)}
        readings = []
        for key in {*keys, *spelt}:
            share = max(keys.get(key, 0.0) - _DISCOUNT, 0.0) / (seen.get(key, 0.0) + 1.0)
            share += left.get(key, 1.0) * exp(-spelt.get(key, 25.0))
            readings.append(Reading(*key, -log(max(share, 1e-12))))
        forms[token] = likeliest(readings, speller.priors, limit)
    novelty: dict[int, float] = {}
    for (word, _), share in left.items():
        novelty[word] = max(novelty.get(word, 0.0), -log(share))
    return forms, novelty
