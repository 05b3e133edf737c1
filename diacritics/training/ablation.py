"""What each part of restoration brings: ``python -m diacritics.training.ablation --shared DIR --readings DIR``.

Each line leaves one thing out, builds what that changes, and measures: word error on a real garbled document and on
held-out lines set, spoiled and read with an English engine; words wrong of held-out lines and of gold 004 stripped.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from diacritics.folding import fold
from diacritics.language import LanguageModel
from diacritics.readers import ForeignReader, StrippedReader
from diacritics.restorer import Restorer, load_restorer
from diacritics.storage import from_arrays
from diacritics.training.__main__ import SIZES, pack_channels, pack_language, read_all, real_pairs
from diacritics.training.corpora import held_out_lines
from diacritics.training.counting import Counted, count
from diacritics.training.evaluate import lettered_words, word_errors
from diacritics.training.pages import spoiled_pages
from diacritics.training.reading import read_page
from models.restoration import CHANNELS, LANGUAGE, load_channels, load_language

_FONTS: Final = Path("/usr/share/fonts/truetype/croscore")
_SEED: Final = 777
_WORDS_A_LINE: Final = 13


def garbled_held_out(shared: Path, fonts: Path, path: Path) -> tuple[str, str]:
    """Return held-out lines as an English engine reads them and as printed; `path` keeps what was read."""
    if not path.exists():
        with path.open("w", encoding="utf-8") as file:
            for page in spoiled_pages(held_out_lines(shared / "corpora"), fonts, _SEED):
                for reading in read_page(page, "eng"):
                    file.write(f"{' '.join(reading.read)}\t{' '.join(reading.printed)}\n")
    pairs = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    rows = [pairs[place : place + _WORDS_A_LINE] for place in range(0, len(pairs), _WORDS_A_LINE)]
    read, printed = ("\n".join(" ".join(pair[side] for pair in row) for row in rows) for side in (0, 1))
    return read, printed


def _without_lost_spaces(folder: Path) -> Restorer:
    language, channels = load_language(folder), load_channels(folder)
    model = LanguageModel(language.facts["vocabulary"], language.arrays)
    channel = from_arrays("foreign", channels.facts["foreign"], channels.arrays, model.vocabulary, model.priors)
    return Restorer(
        model, {"foreign": ForeignReader(model, channel, spaces_lost=False), "stripped": StrippedReader(model)}
    )


def variants(counted: Counted, readings: Path, gold: Path, folder: Path) -> Iterator[tuple[str, Restorer]]:
    """Yield each variant's name and restorer, built one after the other in `folder`."""
    real = real_pairs(gold)
    only_stripped = folder / "stripped"
    only_stripped.mkdir()
    for engine in ("eng", "fra", "vie"):
        lines = (readings / f"{engine}.tsv").read_text("utf-8").splitlines()
        columns = [line.split("\t") for line in lines]
        text = "\n".join("\t".join([page, printed, fold(printed), sure]) for page, printed, _, sure in columns)
        (only_stripped / f"{engine}.tsv").write_text(text + "\n", "utf-8")
    files = folder / LANGUAGE, folder / CHANNELS
    unweighted = replace(counted, streams=[(stream, 1) for stream, _ in counted.streams])
    build: list[tuple[str, Callable[[], None]]] = [
        ("bigrams", lambda: pack_language(counted, SIZES[:1], folder / LANGUAGE)),
        ("trigrams", lambda: pack_language(counted, SIZES[:2], folder / LANGUAGE)),
        ("nearest corpus not weighted up", lambda: pack_language(unweighted, SIZES, folder / LANGUAGE)),
        ("channel: marks lost and nothing else", lambda: pack_channels(only_stripped, {}, *files)),
        ("channel: without the real pair", lambda: pack_channels(readings, {}, *files)),
    ]
    for name, make in build:
        pack_language(counted, SIZES, folder / LANGUAGE)
        pack_channels(readings, real, *files)
        make()
        yield name, load_restorer(folder)
    pack_channels(readings, real, *files)
    yield "without joins and splits", _without_lost_spaces(folder)
    yield "everything", load_restorer(folder)


def main() -> None:
    """Read the arguments, build and measure all variants, print a table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m diacritics.training.ablation", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds corpora/ and gold/")
    parser.add_argument("--readings", type=Path, required=True, help="folder that keeps the readings of all engines")
    parser.add_argument("--fonts", type=Path, default=_FONTS, help="folder with the Tinos fonts")
    options = parser.parse_args()
    gold = options.shared / "gold"
    read_all(options.shared / "corpora", options.fonts, options.readings)
    read, printed = garbled_held_out(options.shared, options.fonts, options.readings / "held-out.tsv")
    real_read, real_printed = ((gold / f"000{kind}").read_text("utf-8") for kind in (".ocr.txt", ".txt"))
    texts = ["\n".join(held_out_lines(options.shared / "corpora")), (gold / "004.txt").read_text("utf-8")]
    print("| variant | garbled 000 | garbled held-out | stripped held-out | stripped 004 |\n|---|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as scratch:
        for name, restorer in variants(count(options.shared / "corpora"), options.readings, gold, Path(scratch)):
            wrong = [
                word_errors(restorer.restore(real_read, "foreign").text, real_printed).rate,
                word_errors(restorer.restore(read, "foreign").text, printed).rate,
                *(lettered_words(restorer.restore(fold(text), "stripped").text, text).rate for text in texts),
            ]
            print(f"| {name} | {' | '.join(f'{100 * rate:.2f} %' for rate in wrong)} |", flush=True)


if __name__ == "__main__":
    main()
