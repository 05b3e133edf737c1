"""``python -m pipeline.learning --corpora DIR --truth DIR … --pdfs DIR --out models``: build the model of figures.

DIR/NAME.json of the truth says what is true of NAME.pdf. The encoder reads the corpora first, which takes most of the
time; what it learnt is kept in ``--encoder FILE`` and used again where that exists.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from models.figures import FIGURES, FigureModel, Floats, Vocabulary, save_figures
from pipeline.learning.examples import Example, Lesson, examples_of, lessons_of
from pipeline.learning.fitting import fit
from pipeline.learning.guessing import learn_to_guess
from pipeline.learning.weighing import halves, regress, weigh
from pipeline.learning.words import first_vectors, read_corpora
from pipeline.parsing.sureness import SURE_FEATURES

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
    lessons = list(lessons_of(arguments.truth, arguments.pdfs))
    found = list(examples_of(lessons, Vocabulary(words)))
    _log.info("%d figures in %d paragraphs", sum(len(example.figures) for example in found), len(found))
    sure = _sure(lessons, found, words, encoder)
    save_figures(arguments.out / FIGURES, words, fit(found, encoder) | {"sure": sure})


def _sure(
    lessons: Sequence[Lesson], found: Sequence[Example], words: Sequence[str], encoder: dict[str, Floats]
) -> Floats:
    """Return the weights of what speaks for a fact, from halves of the documents and models of the other halves."""
    weighed = []
    for half in halves([lesson.name for lesson in lessons]):
        arrays = fit([example for example in found if example.document not in half], encoder)
        model = FigureModel(words, arrays | {"sure": np.zeros(SURE_FEATURES, np.float32)})
        weighed.append(weigh([lesson for lesson in lessons if lesson.name in half], model))
    features, right = (np.concatenate(parts) for parts in zip(*weighed, strict=True))
    return regress(features, right)


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
