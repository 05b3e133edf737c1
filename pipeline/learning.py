"""Build the model of indicators from annotated documents (`make models`).

``python -m pipeline.learning --truth DIR … --pdfs DIR --out models``: DIR/NAME.json says what is true of NAME.pdf.

The rules were made with these documents before the eyes and are all but always right on them. So that the model learns
how far to trust them on others, what they say is spoiled in part of the examples, as rules go wrong: with the words of
another figure, too few words, or those beside.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.indicators import BUCKETS, INDICATORS, Floats, IndicatorModel, Net, agreed, save_indicators
from pipeline import run
from pipeline.document import Document
from pipeline.intake import Input
from pipeline.parsing.pipe import read
from pipeline.parsing.quantities import quantities_of
from pipeline.parsing.quantity import Quantity
from pipeline.parsing.reading import Block, Reading
from pipeline.parsing.surroundings import Ints, Seen, Surroundings, surroundings_of, words_of

_log: Final = logging.getLogger("pipeline.learning")

_SPOILED: Final = 0.2
"""In what share of the examples the rules' indicator is spoiled."""
_USUAL: Final = np.array([0.08, 0.05, 0.03, 0.35, 0.35, 0.45], np.float32)
"""How often a word of each sort of place belongs to the indicator: what is held of words never seen."""
_DOUBT: Final = 4.0
"""As many times a word counts as the usual before its own count does."""
_SCALE: Final = 2.0
_NETS, _HIDDEN, _ROUNDS, _BATCH, _STEP, _DROPPED, _DECAY = 3, 48, 8, 512, 2e-3, 0.1, 1e-3


class Example(NamedTuple):
    """The words that a figure is seen with, and which of them the truth takes."""

    document: str
    seen: Seen
    right: Floats


def main() -> None:
    """Read the arguments, learn, write the model."""
    logging.basicConfig(level=logging.INFO, format="%(relativeCreated)8.0f ms  %(message)s")
    parser = argparse.ArgumentParser(prog="python -m pipeline.learning", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--truth", type=Path, nargs="+", required=True, help="folders of annotated documents")
    parser.add_argument("--pdfs", type=Path, required=True, help="folder with the documents' PDFs")
    parser.add_argument("--out", type=Path, required=True, help="folder that the model is written to")
    arguments = parser.parse_args()
    rng = random.Random(1)
    found: list[Example] = []
    for path in sorted(path for folder in arguments.truth for path in folder.glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        found += examples(path.stem, opened(arguments.pdfs / f"{path.stem}.pdf"), truth, rng)
    _log.info("%d figures of known measure", len(found))
    save_indicators(arguments.out / INDICATORS, learn(found))


def opened(path: Path) -> Reading:
    """Return a document read and parsed."""
    return read(Document(run.read_pages(run.inspect(Input(path, path.name)), run.Settings())))


# --- examples ---------------------------------------------------------------------------------------------------------


def examples(name: str, reading: Reading, truth: Mapping[str, Any], rng: random.Random) -> list[Example]:
    """Return the figures of a document of which the truth says what they measure."""
    found = []
    known = [fact for kind in ("targets", "results") for fact in truth.get(kind, ()) if fact.get("value") is not None]
    left = [fact for fact in known if not fact.get("table")]
    for block in reading.blocks:
        if block.paragraph.zone == "table":
            continue
        around: Surroundings | None = None
        for quantity in quantities_of(reading, block):
            fact = _fact_of(reading, block, quantity, left)
            if fact is None:
                continue
            left.remove(fact)
            around = around or surroundings_of(reading, block)
            said = spoiled(around, quantity, rng) if rng.random() < _SPOILED else quantity.indicator
            seen = around.seen(quantity, said)
            found.append(Example(name, seen, aligned(around, seen, words_of(fact["indicator"]))))
    return found


def _fact_of(reading: Reading, block: Block, quantity: Quantity, facts: list[Any]) -> Any:
    """Return the true fact of a figure: of its value, and with its paragraph's words as quote, or of its section."""
    paragraph = "".join(reading.text(block.paragraph.start, block.paragraph.end).split())
    for fact in facts:
        quote = "".join(str(fact.get("quote") or "").split())
        if float(fact["value"]) == float(quantity.value) and (
            quote in paragraph if quote else fact.get("section") == block.section
        ):
            return fact
    return None


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
                weight = (size, int(zones[start]), -abs(int(seen.places[start]) - seen.figure))
                if weight > best or not best[0]:
                    best, place = weight, (at, start)
        if not best[0]:
            return right
        at, start = place
        for step in range(best[0]):
            wanted[at + step] = free[start + step] = False
            right[start + step] = 1


# --- learning ---------------------------------------------------------------------------------------------------------


class Counts(NamedTuple):
    """How often the words of each key belonged to the indicator, and how often they stood there."""

    taken: Floats
    seen: Floats

    def known(self, keys: Ints, sorts: Ints) -> Floats:
        """Return for each key how much more often than usual its word was taken."""
        usual = _USUAL[sorts][:, None]
        rate = (self.taken[keys] + _DOUBT * usual) / (self.seen[keys] + _DOUBT)
        return np.asarray(_SCALE * (rate - usual), np.float32)

    def less(self, other: Counts) -> Counts:
        """Return the counts without those of `other`."""
        return Counts(self.taken - other.taken, self.seen - other.seen)


def count(found: Iterable[Example]) -> Counts:
    """Count the keys of examples."""
    counts = Counts(np.zeros(BUCKETS, np.float32), np.zeros(BUCKETS, np.float32))
    for example in found:
        for column in example.seen.keys.T:
            np.add.at(counts.taken, column, example.right)
            np.add.at(counts.seen, column, 1)
    return counts


def learn(found: list[Example]) -> IndicatorModel:
    """Return the model of examples. Of each document's words it is told only what the other documents know of them."""
    everything = count(found)
    rows, right = [], []
    for name in sorted({example.document for example in found}):
        own = [example for example in found if example.document == name]
        others = everything.less(count(own))
        for example in own:
            rows.append(np.concatenate([example.seen.features, others.known(example.seen.keys, example.seen.sorts)], 1))
            right.append(example.right)
    features, answers = np.concatenate(rows), np.concatenate(right)
    _log.info("%d words, %d features", *features.shape)
    return IndicatorModel(_table(found, everything), agreed([fit(features, answers, seed) for seed in range(_NETS)]))


def _table(found: Iterable[Example], counts: Counts) -> Floats:
    """Return what is known of every key."""
    known = np.zeros(BUCKETS, np.float32)
    for example in found:
        known[example.seen.keys] = counts.known(example.seen.keys, example.seen.sorts)
    return known


def fit(features: Floats, right: Floats, seed: int) -> Net:
    """Fit a net to answers by Adam, its steps growing smaller."""
    rng = np.random.default_rng(seed)
    width = features.shape[1]
    net = Net(
        rng.normal(0, np.sqrt(2 / width), (width, _HIDDEN)).astype(np.float32),
        np.zeros(_HIDDEN, np.float32),
        rng.normal(0, np.sqrt(1 / _HIDDEN), _HIDDEN).astype(np.float32),
        np.zeros(1, np.float32),
    )
    moments = [(np.zeros_like(array), np.zeros_like(array)) for array in net]
    batches = len(features) // _BATCH
    for step in range(1, _ROUNDS * batches + 1):
        if step % batches == 1 or batches == 1:
            order = rng.permutation(len(features))
        batch = order[(step - 1) % batches * _BATCH :][:_BATCH]
        slopes = _slopes(net, features[batch], right[batch], rng)
        size = _STEP * (1 - step / (_ROUNDS * batches)) + 1e-5
        for array, slope, (mean, square) in zip(net, slopes, moments, strict=True):
            mean += 0.1 * (slope - mean)
            square += 0.001 * (slope * slope - square)
            turn = (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
            array -= size * (turn + (_DECAY * array if array.ndim > 1 else 0))
    return net


def _slopes(net: Net, rows: Floats, right: Floats, rng: np.random.Generator) -> list[NDArray[Any]]:
    """Return how the loss of a batch changes with each array of a net, part of whose inner values are dropped."""
    kept = ((rng.random((len(rows), _HIDDEN)) >= _DROPPED) / (1 - _DROPPED)).astype(np.float32)
    inner = rows @ net.inner + net.bias
    hidden = np.maximum(inner, 0) * kept
    error = (1 / (1 + np.exp(-(hidden @ net.outer + net.offset))) - right) / len(rows)
    back = np.outer(error, net.outer) * kept * (inner > 0)
    return [rows.T @ back, back.sum(0), hidden.T @ error, error.sum(keepdims=True)]


if __name__ == "__main__":
    main()
