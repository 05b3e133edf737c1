"""``python -m pipeline.learning --corpora DIR --truth DIR … --pdfs DIR --out models``: build the model of figures.

DIR/NAME.json of the truth says what is true of NAME.pdf. The encoder reads the corpora first, which takes most of the
time; what it learnt is kept in ``--encoder FILE`` and used again where that exists.
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path
from typing import Any, Final

import numpy as np

from models.figures import FIGURES, Floats, Vocabulary, save_figures
from pipeline.learning.examples import examples_of
from pipeline.learning.fitting import fit
from pipeline.learning.guessing import learn_to_guess
from pipeline.learning.words import first_vectors, read_corpora

_log: Final = logging.getLogger("pipeline.learning")


def main() -> None:
    """Read the arguments, learn, write the model."""
    logging.basicConfig(level=logging.INFO, format="%(relativeCreated)8.0f ms  %(message)s")
    parser = argparse.ArgumentParser(prog="python -m pipeline.learning", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--corpora", type=Path, required=True, help="folder of text corpora (*.txt.xz)")
    parser.add_argument("--truth", type=Path, nargs="+", required=True, help="folders of annotated documents")
    parser.add_argument("--pdfs", type=Path, required=True, help="folder with the documents' PDFs")
    parser.add_argument("--encoder", type=Path, required=True, help="file (.npz) with what the encoder has learnt")
    parser.add_argument("--out", type=Path, required=True, help="folder that the model is written to")
    arguments = parser.parse_args()
    if not arguments.encoder.exists():
        _read(arguments.corpora, arguments.encoder)
    words, encoder = _kept(arguments.encoder)
    found = list(examples_of(arguments.truth, arguments.pdfs, Vocabulary(words)))
    _log.info("%d figures in %d paragraphs", sum(len(example.figures) for example in found), len(found))
    save_figures(arguments.out / FIGURES, words, fit(found, encoder))


def _read(corpora: Path, kept: Path) -> None:
    """Read the corpora; keep the words and what the encoder learnt."""
    words, ids = read_corpora(corpora)
    _log.info("%d words of the corpora read", len(ids))
    kept.parent.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, Any] = {"words": np.array(words), **learn_to_guess(ids, first_vectors(ids))}
    np.savez(kept, **arrays)


def _kept(path: Path) -> tuple[list[str], dict[str, Floats]]:
    with np.load(path) as arrays:
        encoder = {name: arrays[name] for name in arrays.files}
    return encoder.pop("words").tolist(), encoder


if __name__ == "__main__":
    main()
