"""Restoring a text: cut into pieces, offered to a reader, decoded in context, given back as edits.

The restored text is the source with the edits replayed, always; nothing between pieces moves, so a line stays a line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import merge
from pathlib import Path
from sys import intern
from typing import Final, Literal, NamedTuple

from diacritics.collector import collector_resting
from diacritics.decoding import Decision, decode
from diacritics.edits import Edit, Why, replay
from diacritics.folding import fold
from diacritics.labels import doubtful_numbers, repair_labels
from diacritics.language import LanguageModel
from diacritics.likeness import likeness
from diacritics.pieces import Piece, cut
from diacritics.punctuation import repair_punctuation, repair_signs
from diacritics.readers import ForeignReader, Reader, StrippedReader, VietnameseReader
from diacritics.sources import Source, judge
from diacritics.storage import from_arrays
from diacritics.symbols import repair_symbols
from diacritics.tokens import BOUNDARY
from models.restoration import MODELS, load_channels, load_language

_ALTERNATIVES: Final = 3
_OWN: Final = 0.9  # how sure a word is that its document says often
_BLOCK: Final = 2000  # pieces decoded at a time, some five pages: what a long text takes is its edits and no more


class Trust(NamedTuple):
    """How far to trust what stands for ``original[start:end]``: 0 to 1; `alternatives` are other readings of it."""

    start: int
    end: int
    confidence: float
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Restoration:
    """A restored text: ``replay(original, edits) == text``; `trust` covers the pieces that were weighed."""

    original: str
    text: str
    source: Source
    edits: tuple[Edit, ...]
    trust: tuple[Trust, ...]


class RestoredWord(NamedTuple):
    """A restored word of a line: its text (it may hold spaces) and the raw words ``first`` to ``last`` (exclusive).

    `confidence` is 0 to 1; `alternatives` are other readings, best first. `impossible` is set where the word holds a
    number that cannot be ("8],73%"): it stands as it was read.
    """

    text: str
    first: int
    last: int
    confidence: float
    alternatives: tuple[str, ...] = ()
    impossible: bool = False


class Restorer:
    """Restores texts with loaded models; build one and keep it, it remembers what it has worked out.

    Args:
        model: the language model.
        readers: how to read each kind of source; a kind without a reader only has its symbols repaired.
    """

    def __init__(self, model: LanguageModel, readers: dict[Source, Reader]) -> None:
        self._model = model
        self._readers = readers
        self._boundary = model.ids[BOUNDARY]
        self._bases = frozenset(fold(word) for word in model.vocabulary)

    def restore(
        self,
        text: str,
        source: Source | Literal["auto"] = "auto",
        confidences: Sequence[float] | None = None,
        own: frozenset[str] = frozenset(),
    ) -> Restoration:
        """Return `text` restored, one line out for one line in; text that is none of ours comes back as it was.

        Args:
            text: any text.
            source: how it came about; "auto" judges by its words.
            confidences: the engine's own for each word of ``text.split()``, 0 to 1; None where there are none.
            own: words in small letters that the document is known to use, be they Vietnamese ("sởi") or not ("cas"):
                of these no other letters are made.
        """
        kind = judge(text, self._bases) if source == "auto" else source
        rules = repair_symbols(text) + repair_labels(text, kind in ("stripped", "foreign")) + doubtful_numbers(text)
        rules += repair_signs(text)
        if kind == "foreign":
            rules += repair_punctuation(text)
        read: list[Edit] = []
        trust: list[Trust] = []
        reader = self._readers.get(kind)
        starts = [match.start() for match in re.finditer(r"\S+", text)] if confidences is not None else []
        if reader is not None:
            with collector_resting():
                for block in _blocks(cut(text, reader.quotes_inside)):
                    decisions = self._decided(reader, block, _of_pieces(block, starts, confidences))
                    if own:
                        decisions = [_or_own(block, decision, own) for decision in decisions]
                    read += [edit for decision in decisions if (edit := _edit(text, block, decision)) is not None]
                    trust += [_trust(block, decision) for decision in decisions if decision.posterior < 1.0]
        edits = _apart(rules, read)
        return Restoration(text, replay(text, edits), kind, tuple(edits), tuple(trust))

    def likeness(self, text: str) -> float:
        """Return how much a text reads like Vietnamese, 0 to 1; see `diacritics.likeness`."""
        return likeness(self._model, self._model.start(BOUNDARY), text)

    def _decided(self, reader: Reader, pieces: Sequence[Piece], confidences: Sequence[float] | None) -> list[Decision]:
        """Return a decision an edge of one block of pieces."""
        lattice = reader.lattice(pieces, confidences)
        decisions = decode(self._model, lattice, self._boundary, self._model.start(BOUNDARY), reader.beam)
        if not reader.least_posterior:
            return decisions
        return [_or_as_it_stood(pieces, decision, reader.least_posterior) for decision in decisions]

    def restore_lines(
        self,
        lines: Sequence[Sequence[str]],
        confidences: Sequence[Sequence[float]] | None = None,
        source: Source | Literal["auto"] = "auto",
        own: frozenset[str] = frozenset(),
    ) -> list[list[RestoredWord]]:
        """Return each line of raw words restored, in context over the line breaks.

        Args:
            lines: the raw words of each line, none empty or with white space in it.
            confidences: the engine's own for each word, 0 to 1; None where there are none.
            source: how the words came about; "auto" judges all lines together.
            own: see `restore`.
        """
        text = "\n".join(" ".join(words) for words in lines)
        flat = None if confidences is None else [confidence for line in confidences for confidence in line]
        restoration = self.restore(text, source, flat, own)
        return list(_words_of_lines(lines, restoration))


def _blocks(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield stretches of some thousands of pieces, each ending before a clause opens if it can."""
    block: list[Piece] = []
    for piece in pieces:
        if len(block) >= 2 * _BLOCK or (len(block) >= _BLOCK and piece.opens):
            yield block
            block = []
        block.append(piece)
    if block:
        yield block


def _of_pieces(
    pieces: Sequence[Piece], starts: Sequence[int], confidences: Sequence[float] | None
) -> list[float] | None:
    """Return the confidence of the word that each piece is part of; `starts` are the offsets of all words."""
    if confidences is None:
        return None
    return [confidences[bisect_right(starts, piece.start) - 1] for piece in pieces]


def _or_as_it_stood(pieces: Sequence[Piece], decision: Decision, least: float) -> Decision:
    """Return the decision, or where it changes a word and is not sure enough, the word as it stood."""
    before = pieces[decision.first].text
    if decision.choice.text == before or decision.posterior >= least:
        return decision
    stood = next(((share, choice) for share, choice in decision.others if choice.text == before), None)
    share, choice = stood or (1.0 - decision.posterior, decision.choice._replace(text=before))
    others = [(decision.posterior, decision.choice), *((s, c) for s, c in decision.others if c.text != before)]
    return Decision(decision.first, decision.last, choice, share, others)


def _or_own(pieces: Sequence[Piece], decision: Decision, own: frozenset[str]) -> Decision:
    """Return the decision, or the word as it stood where other letters were made of one that is the document's own."""
    before = pieces[decision.first].text
    if before.lower() not in own or decision.last - decision.first > 1:
        return decision
    if decision.choice.text != before and fold(decision.choice.text) == fold(before):
        return decision
    return Decision(decision.first, decision.last, decision.choice._replace(text=before), _OWN, [])


def _apart(rules: list[Edit], read: list[Edit]) -> list[Edit]:
    """Return the edits in order, without those that overlap one before them: a rule's edit wins over a reading."""
    apart: list[Edit] = []
    for edit in merge(sorted(rules), read, key=lambda edit: edit.start):  # of equal starts the rule's comes first
        if not apart or edit.start >= apart[-1].end:
            apart.append(edit)
    return apart


def _edit(text: str, pieces: Sequence[Piece], decision: Decision) -> Edit | None:
    start, end = pieces[decision.first].start, pieces[decision.last - 1].end
    before, after = intern(text[start:end]), decision.choice.text  # the same few thousand words, over and over
    if before == after:
        return None
    others = tuple(choice.text for weight, choice in decision.others if weight > 0.02)
    return Edit(start, end, before, after, _why(before, after), round(decision.posterior, 4), others)


def _why(before: str, after: str) -> Why:
    if before.count(" ") != after.count(" "):
        return "join" if before.count(" ") > after.count(" ") else "split"
    return "marks" if fold(after) == before else "letters"


def _trust(pieces: Sequence[Piece], decision: Decision) -> Trust:
    start, end = pieces[decision.first].start, pieces[decision.last - 1].end
    others = tuple(choice.text for weight, choice in decision.others[:_ALTERNATIVES] if weight > 0.02)
    return Trust(start, end, round(decision.posterior, 4), others)


def _words_of_lines(lines: Sequence[Sequence[str]], restoration: Restoration) -> Iterator[list[RestoredWord]]:
    """Yield the restored words of each line: raw words, those that an edit joins taken together, edits applied."""
    edits, trust = restoration.edits, restoration.trust
    offset = next_edit = next_trust = 0
    for words in lines:
        restored: list[RestoredWord] = []
        number = 0
        while number < len(words):
            first, start = number, offset
            end = start + len(words[number])
            applied: list[Edit] = []
            while True:  # take in every edit that begins in the word or takes the space after it, and what it reaches
                while next_edit < len(edits) and edits[next_edit].start < end + edits[next_edit].before.startswith(" "):
                    applied.append(edits[next_edit])
                    next_edit += 1
                number += 1
                if not applied or applied[-1].end <= end:
                    break
                end += 1 + len(words[number])
            raw = restoration.original[start:end]
            text = replay(raw, [e._replace(start=e.start - start, end=e.end - start) for e in applied])
            doubts = [edit for edit in applied if edit.why == "doubt"]
            confidence = min((edit.confidence for edit in doubts), default=1.0)
            alternatives = [other for edit in doubts for other in edit.alternatives]
            while next_trust < len(trust) and trust[next_trust].start < end:
                confidence = min(confidence, trust[next_trust].confidence)
                alternatives += trust[next_trust].alternatives
                next_trust += 1
            restored.append(RestoredWord(text, first, number, confidence, tuple(alternatives), bool(doubts)))
            offset = end + 1
        if not words:
            offset += 1
        yield restored


def load_restorer(folder: Path = MODELS) -> Restorer:
    """Return a restorer over the models in a folder.

    Raises:
        FileNotFoundError: the models have not been built.
        ValueError: they are damaged.
    """
    language, channels = load_language(folder), load_channels(folder)
    model = LanguageModel(language.facts["vocabulary"], language.arrays)
    foreign, vietnamese = (
        from_arrays(name, channels.facts[name], channels.arrays, model.vocabulary, model.priors)
        for name in ("foreign", "vietnamese")
    )
    readers: dict[Source, Reader] = {
        "stripped": StrippedReader(model),
        "foreign": ForeignReader(model, foreign),
        "vietnamese": VietnameseReader(model, vietnamese),
    }
    return Restorer(model, readers)


@cache
def default_restorer() -> Restorer:
    """Return the restorer over the models that come with the package, loaded once; see `load_restorer`."""
    return load_restorer()


def restore(text: str, source: Source | Literal["auto"] = "auto") -> Restoration:
    """Return `text` restored with the models that come with the package; see `Restorer.restore`."""
    return default_restorer().restore(text, source)
