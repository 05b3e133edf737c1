"""How far a read text is from the truth: character and word error rate at four tolerances, and number tokens.

``raw`` counts every difference; ``caseless`` forgives capitals; ``markless`` forgives Vietnamese marks (đ too);
``both`` forgives both. Raw minus markless is what restoring diacritics can win. Runs of white space are one space,
and the several dashes and quotation marks that print alike are one each, at every tolerance.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

NUMBER = re.compile(r"\S*\d\S*")
WORD = re.compile(r"\w+")
PRINTED_ALIKE = str.maketrans(dict.fromkeys("‘’`´", "'") | dict.fromkeys("“”„", '"') | dict.fromkeys("–—−", "-"))


def folded(text: str) -> str:
    """Return `text` in NFC, printed-alike signs made one, white space single."""
    return " ".join(unicodedata.normalize("NFC", text).translate(PRINTED_ALIKE).split())


def markless(text: str) -> str:
    """Return `text` without Vietnamese marks."""
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(character for character in apart if not unicodedata.combining(character))


TOLERANCES: dict[str, Callable[[str], str]] = {
    "raw": lambda text: text,
    "caseless": str.casefold,
    "markless": markless,
    "both": lambda text: markless(text).casefold(),
}


@dataclass
class Errors:
    """Edits needed to turn what was read into the truth, and how long the truth is; adds up over documents."""

    character_edits: int = 0
    characters: int = 0
    word_edits: int = 0
    words: int = 0

    @property
    def cer(self) -> float:
        """Character error rate; may pass 1 where more is read than stands there."""
        return self.character_edits / max(1, self.characters)

    @property
    def wer(self) -> float:
        """Word error rate."""
        return self.word_edits / max(1, self.words)

    def add(self, other: Errors) -> None:
        """Add another document's counts."""
        self.character_edits += other.character_edits
        self.characters += other.characters
        self.word_edits += other.word_edits
        self.words += other.words


@dataclass
class TextScore:
    """Errors at each tolerance; tokens with a digit that were read exactly; words, order apart.

    `sure_numbers` are those tokens of the reading that carry no doubt.
    """

    errors: dict[str, Errors] = field(default_factory=lambda: {name: Errors() for name in TOLERANCES})
    numbers: int = 0
    numbers_read: int = 0
    sure_numbers: int = 0
    sure_numbers_right: int = 0
    words: int = 0
    words_read: int = 0
    words_shared: int = 0

    @property
    def recall(self) -> float:
        """Share of the truth's words that were read, in whatever order."""
        return self.words_shared / self.words if self.words else 1.0

    @property
    def precision(self) -> float:
        """Share of the words read that stand in the truth, in whatever order."""
        return self.words_shared / self.words_read if self.words_read else 1.0

    def add(self, other: TextScore) -> None:
        """Add another document's counts."""
        for name, errors in other.errors.items():
            self.errors[name].add(errors)
        for count in (
            "numbers", "numbers_read", "sure_numbers", "sure_numbers_right", "words", "words_read", "words_shared"
        ):  # fmt: skip
            setattr(self, count, getattr(self, count) + getattr(other, count))


def compare(read: str, truth: str, doubted: Iterable[str] = ()) -> TextScore:
    """Return the errors of the text `read` against `truth`; `doubted` are the words of it that carry a doubt."""
    read, truth = folded(read), folded(truth)
    score = TextScore()
    for name, forgive in TOLERANCES.items():
        hypothesis, reference = forgive(read), forgive(truth)
        score.errors[name] = Errors(
            Levenshtein.distance(hypothesis, reference),
            len(reference),
            Levenshtein.distance(hypothesis.split(), reference.split()),
            len(reference.split()),
        )
    wanted, got = Counter(NUMBER.findall(truth)), Counter(NUMBER.findall(read))
    score.numbers = wanted.total()
    score.numbers_read = (wanted & got).total()
    sure = got - Counter(NUMBER.findall(folded(" ".join(doubted))))
    score.sure_numbers, score.sure_numbers_right = sure.total(), (wanted & sure).total()
    wanted, got = Counter(WORD.findall(truth)), Counter(WORD.findall(read))
    score.words, score.words_read, score.words_shared = wanted.total(), got.total(), (wanted & got).total()
    return score
