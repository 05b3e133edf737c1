"""Every figure that restoration is judged by: ``python -m diacritics.training.evaluate --shared DIR``.

Words are compared as printed; white space is folded, and so are the forms of the dash. Error rates count a word
restored wrongly, lost or invented, over the words printed.
"""

from __future__ import annotations

import argparse
import re
import resource
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final, NamedTuple

from diacritics.folding import fold
from diacritics.restorer import Restorer, default_restorer, load_restorer
from diacritics.sources import Source
from diacritics.training.corpora import held_out_lines

_DASHES: Final = str.maketrans({"–": "-", "—": "-", "−": "-"})
_HAS_LETTER: Final = re.compile(r"[^\W\d_]")


class Score(NamedTuple):
    """Words printed and words wrong, and the commonest wrong ones as (restored, printed) -> times."""

    words: int
    wrong: int
    errors: Counter[tuple[str, str]]

    @property
    def rate(self) -> float:
        """Share of wrong words."""
        return self.wrong / max(self.words, 1)


def word_errors(restored: str, printed: str) -> Score:
    """Return the word errors of a restored text, line by line, by the shortest alignment of each line."""
    words = wrong = 0
    errors: Counter[tuple[str, str]] = Counter()
    for got, want in zip(restored.split("\n"), printed.split("\n"), strict=True):
        left, right = got.translate(_DASHES).split(), want.translate(_DASHES).split()
        words += len(right)
        wrong += _distance(left, right)
        for kind, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
            if kind != "equal":
                errors[" ".join(left[i:j]), " ".join(right[k:m])] += 1
    return Score(words, wrong, errors)


def _distance(left: Sequence[str], right: Sequence[str]) -> int:
    row = list(range(len(right) + 1))
    for i, word in enumerate(left, start=1):
        above, row[0] = row[0], i
        for j, other in enumerate(right, start=1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (word != other))
    return row[-1]


def lettered_words(restored: str, printed: str) -> Score:
    """Return how many words with letters a one-to-one restoration (marks stripped) got wrong."""
    words = wrong = 0
    errors: Counter[tuple[str, str]] = Counter()
    for got, want in zip(restored.split(), printed.split(), strict=True):
        if _HAS_LETTER.search(want):
            words += 1
            if got != want:
                wrong += 1
                errors[got, want] += 1
    return Score(words, wrong, errors)


def _report(name: str, score: Score, show: int, accuracy: bool = False) -> None:
    figure = f"{100 * (1 - score.rate):.2f} % right" if accuracy else f"{100 * score.rate:.2f} % wrong"
    print(f"{name:<46} {score.words:>6} words  {score.wrong:>4} wrong  {figure}")
    if show:
        print("    " + "  ".join(f"{got}|{want}:{times}" for (got, want), times in score.errors.most_common(show)))


def _restored(restorer: Restorer, text: str, source: Source | None) -> str:
    return restorer.restore(text, source or "auto").text


def measure(restorer: Restorer, shared: Path, show: int) -> None:
    """Print error rates on garbled, stripped and correct text, and speed."""
    held_out = "\n".join(held_out_lines(shared / "corpora"))
    gold = {name: (shared / "gold" / f"{name}.txt").read_text("utf-8") for name in ("000", "001", "004")}
    for name in ("000", "001"):
        read = (shared / "gold" / f"{name}.ocr.txt").read_text("utf-8")
        _report(f"garbled {name} untouched", word_errors(read, gold[name]), 0)
        _report(f"garbled {name} restored", word_errors(_restored(restorer, read, None), gold[name]), show)
    texts = {"held-out lines": held_out, **{f"gold {name}": text for name, text in gold.items()}}
    for name, text in texts.items():
        stripped = _restored(restorer, fold(text), None)
        _report(f"stripped {name}", lettered_words(stripped, text), show, accuracy=True)
    for name, text in texts.items():
        _report(f"harm to correct {name}", lettered_words(_restored(restorer, text, None), text), show)
    _speed(shared, held_out, gold["000"])


def _speed(shared: Path, held_out: str, gold: str) -> None:
    """Print words a second with cold and warm memory, each on a restorer of its own."""
    garbled = (shared / "gold" / "000.ocr.txt").read_text("utf-8")
    for name, text in (("stripped", fold(held_out + "\n" + gold)), ("garbled", garbled)):
        default_restorer.cache_clear()
        begun = time.process_time()
        restorer = default_restorer()
        loaded = time.process_time()
        for run in ("first", "second"):
            start = time.process_time()
            restorer.restore(text)
            taken = time.process_time() - start
            print(f"speed, {name}, {run} run: {len(text.split()) / taken:,.0f} words/s (load {loaded - begun:.2f} s)")
    print(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def main(arguments: Iterable[str] | None = None) -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(prog="python -m diacritics.training.evaluate", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds corpora/ and gold/")
    parser.add_argument("--models", type=Path, help="folder of other models than those of the package")
    parser.add_argument("--show", type=int, default=0, help="how many of the commonest errors to print")
    options = parser.parse_args(list(arguments) if arguments is not None else None)
    measure(load_restorer(options.models) if options.models else default_restorer(), options.shared, options.show)


if __name__ == "__main__":
    main()
