"""Build every trained asset: ``python -m diacritics.training --corpora DIR --out models`` (`make models`)."""

from __future__ import annotations

import argparse
import logging
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from diacritics.language import STEP, LanguageModel
from diacritics.storage import to_arrays
from diacritics.training.channels import Pairs, build_channel, pairs_of_files, pairs_of_readings
from diacritics.training.counting import Counted, count
from diacritics.training.ngrams import Pruned, prune, smooth
from diacritics.training.readings import read_readings, write_readings
from models.packing import pack, unpack
from models.restoration import CHANNELS, LANGUAGE, Asset

SIZES: Final = (850_000, 3_200_000, 3_600_000)
"""Kept n-grams of orders 2, 3 and 4."""

ENGINES: Final = {"eng": (330, 11), "fra": (90, 12), "vie": (120, 13)}
"""Language data -> pages read with it, seed of the pages."""


_FONTS: Final = Path("/usr/share/fonts/truetype/croscore")
_log: Final = logging.getLogger("diacritics.training")


def main() -> None:
    """Read the arguments and build all assets."""
    logging.basicConfig(level=logging.INFO, format="%(relativeCreated)8.0f ms  %(message)s")
    parser = argparse.ArgumentParser(prog="python -m diacritics.training", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder of xz-compressed corpora")
    parser.add_argument("--out", type=Path, required=True, help="folder that the assets are written to")
    parser.add_argument("--gold", type=Path, help="folder with the real pair 001 (default: gold beside the corpora)")
    parser.add_argument("--fonts", type=Path, default=_FONTS, help="folder with the Tinos fonts")
    parser.add_argument("--readings", type=Path, help="folder that keeps readings; what is there is not read again")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    language = arguments.out / LANGUAGE
    counted = count(arguments.corpora)
    _log.info("counted: %d words in the vocabulary", len(counted.vocabulary))
    pack_language(counted, SIZES, language)
    gold = arguments.gold or arguments.corpora.parent / "gold"
    with tempfile.TemporaryDirectory() as scratch:
        readings = arguments.readings or Path(scratch)
        read_all(arguments.corpora, arguments.fonts, readings)
        pack_channels(readings, real_pairs(gold), language, arguments.out / CHANNELS)


def pack_language(counted: Counted, sizes: Sequence[int], out: Path) -> None:
    """Smooth, prune and pack a language model of ``len(sizes) + 1`` orders."""
    orders = smooth(counted.streams, len(sizes) + 1, len(counted.vocabulary))
    _log.info("smoothed: %s n-grams", [len(order.keys) for order in orders])
    pruned = prune(orders, sizes)
    _log.info("pruned: %s n-grams", [len(order.keys) for order in pruned])
    facts = {"vocabulary": counted.vocabulary, "orders": [len(order.keys) for order in pruned]}
    pack(out, facts, _flat(pruned, counted))


def _flat(orders: list[Pruned], counted: Counted) -> dict[str, NDArray[Any]]:
    """Return the arrays that `diacritics.language.LanguageModel` walks."""
    children = []
    for shorter, longer in pairwise(orders):
        contexts = np.searchsorted(shorter.keys, longer.keys >> np.uint64(16))
        children.append(np.bincount(contexts, minlength=len(shorter.keys)))
    return {
        "words": np.concatenate([(order.keys & np.uint64(0xFFFF)).astype(np.uint16) for order in orders]),
        "costs": np.concatenate(
            [np.clip(np.round(-o.log_probability / STEP), 0, 255).astype(np.uint8) for o in orders]
        ),
        "backoffs": np.concatenate(
            [np.clip(np.round(o.log_backoff / STEP), -127, 127).astype(np.int8) for o in orders[:-1]]
        ),
        "children": np.concatenate(children).astype(np.uint16),
        "frequencies": _frequencies(counted),
        "capitals": counted.capitals.reshape(-1),
    }


def _frequencies(counted: Counted) -> NDArray[np.uint8]:
    size = len(counted.vocabulary)
    totals = np.ones(size)
    for stream, times in counted.streams:
        totals += np.bincount(stream, minlength=size) * times
    costs: NDArray[np.uint8] = np.clip(np.round(-np.log(totals / totals.sum()) / STEP), 0, 255).astype(np.uint8)
    return costs


def read_all(corpora: Path, fonts: Path, readings: Path) -> None:
    """Read pages with every engine; what the folder holds already is not read again."""
    for engine, (pages, seed) in ENGINES.items():
        path = readings / f"{engine}.tsv"
        if not path.exists():
            write_readings(corpora, fonts, engine, pages, seed, path)
            _log.info("read %d pages with %s", pages, engine)


def real_pairs(gold: Path) -> Pairs:
    """Return the pairs of the one real document whose garble and print are both known; none where it is not there."""
    if not (gold / "001.txt").exists():
        return {}
    return pairs_of_files(gold / "001.txt", gold / "001.ocr.txt", 1)


def pack_channels(readings: Path, real: Pairs, language: Path, out: Path) -> None:
    """Learn a channel of each kind of source and pack them.

    Args:
        readings: folder with the readings of all engines.
        real: pairs of a real garbled document.
        language: the packed language model, whose vocabulary is read into.
        out: the file to write.
    """
    asset = Asset(*unpack(language))
    model = LanguageModel(asset.facts["vocabulary"], asset.arrays)
    foreign = pairs_of_readings(r for engine in ("eng", "fra") for r in read_readings(readings / f"{engine}.tsv"))
    vietnamese = pairs_of_readings(read_readings(readings / "vie.tsv"))
    facts: dict[str, Any] = {}
    arrays: dict[str, NDArray[Any]] = {}
    for name, pairs, true_pairs in (("foreign", foreign, real), ("vietnamese", vietnamese, {})):
        facts[name], own = to_arrays(name, build_channel(pairs, true_pairs, model.vocabulary, model.priors))
        arrays |= own
        _log.info("channel %s: %d pairs", name, round(sum(pairs.values())))
    pack(out, facts, arrays)


if __name__ == "__main__":
    main()
