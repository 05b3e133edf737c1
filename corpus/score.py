"""Scores records against truth: ``python -m corpus.score --records DIR [--truth DIR …] [--errors] [--documents]``.

Prints, for each group (a set of truth at a level of spoiling), CER and WER at four tolerances, number tokens, table
cells, and precision, recall, F1 for each kind of fact. ``--save FILE`` keeps the figures, ``--against FILE`` shows
what was gained and lost since. Of the documents in ``corpus/unseen`` only figures are ever shown, never a fact.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.build import SETS
from corpus.distance import TOLERANCES
from corpus.scoring import Groups, Score, brief, is_hidden, score_folders, summary, total

SHARED = Path(__file__).parents[2] / "shared"
SHARED_TRUTHS = ("gold", "realdocs/truth")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code: 0, or 1 where no record has a truth."""
    parser = argparse.ArgumentParser(prog="python -m corpus.score", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--records", type=Path, required=True, help="folder of records, searched through")
    parser.add_argument("--truth", type=Path, action="append", help="folder of truth (default: all that are there)")
    parser.add_argument(
        "--shared", type=Path, default=SHARED, help="folder with gold/ and realdocs/truth, if it is there"
    )
    parser.add_argument("--errors", action="store_true", help="print every fact missed or too many")
    parser.add_argument("--documents", action="store_true", help="print the figures of each document")
    parser.add_argument("--save", type=Path, help="write the figures to this JSON file")
    parser.add_argument("--against", type=Path, help="show gains and losses against a file saved before")
    asked = parser.parse_args(arguments)
    truths = asked.truth or [*SETS, *(asked.shared / name for name in SHARED_TRUTHS)]
    groups = score_folders(asked.records, truths)
    if not groups:
        print(f"no record under {asked.records} has a truth in: {', '.join(map(str, truths))}", file=sys.stderr)
        return 1
    for line in report(groups, documents=asked.documents, errors=asked.errors):
        print(line)
    figures = summary(groups)
    if asked.against:
        for line in changes(json.loads(asked.against.read_text("utf-8")), figures):
            print(line)
    if asked.save:
        asked.save.parent.mkdir(parents=True, exist_ok=True)
        asked.save.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


def report(groups: Groups, documents: bool = False, errors: bool = False) -> Iterator[str]:
    """Yield the lines of the tables for people."""
    yield from _text_table(groups, documents)
    for group, scores in sorted(groups.items()):
        whole = total(scores)
        if whole.facts:
            yield from _fact_table(group, whole)
        if errors and not is_hidden(group):
            for name, score in sorted(scores.items()):
                yield from _slips(group, name, score)


def _text_table(groups: Groups, documents: bool) -> Iterator[str]:
    heads = "".join(f"{name:>13}" for name in TOLERANCES)
    yield f"{'CER/WER in %':<34}{'docs':>5}{heads}{'recall':>9}{'prec.':>8}{'numbers':>9}{'unflagged':>11}{'cells':>8}"
    for group, scores in sorted(groups.items()):
        yield _text_row(group, total(scores))
        if documents:
            yield from (_text_row(f"  {name[:30]}", score) for name, score in sorted(scores.items()))
    if any(total(scores).cell_words for scores in groups.values()):
        yield "* share of the words of transcribed cells that stand in their cell"


def _text_row(label: str, score: Score) -> str:
    """Return one row of the table.

    Recall and precision are of words, whatever their order; numbers are tokens with a digit, read exactly, and
    unflagged the share of right ones among those read without a doubt.
    """
    text = score.text
    rates = "".join(f"{f'{100 * e.cer:.2f}/{100 * e.wer:.2f}':>13}" for e in text.errors.values())
    numbers = f"{text.numbers_read / text.numbers:.2%}" if text.numbers else "-"
    unflagged = f"{text.sure_numbers_right / text.sure_numbers:.2%}" if text.sure_numbers else "-"
    cells = f"{score.cells_right / score.cells:.1%}" if score.cells else "-"
    if score.cell_words:  # of a transcribed page the words are counted that stand in their cell
        cells = f"{score.cell_words_right / score.cell_words:.1%}*"
    shares = f"{text.recall:>9.4f}{text.precision:>8.4f}{numbers:>9}{unflagged:>11}{cells:>8}"
    return f"{label:<34}{score.documents:>5}{rates}{shares}"


def _fact_table(group: str, score: Score) -> Iterator[str]:
    yield ""
    yield f"{group:<24}{'truth':>7}{'found':>7}{'hits':>7}{'P':>8}{'R':>8}{'F1':>8}"
    for kind, counts in score.facts.items():
        figures = f"{counts.precision:>8.3f}{counts.recall:>8.3f}{counts.f1:>8.3f}"
        yield f"  {kind:<22}{counts.truth:>7}{counts.found:>7}{counts.hits:>7}{figures}"
    yield f"  {'macro F1':<22}{score.macro_f1:>45.3f}"


def _slips(group: str, name: str, score: Score) -> Iterator[str]:
    for kind, counts in score.facts.items():
        for sign, facts in (("MISS ", counts.misses), ("EXTRA", counts.extras)):
            yield from (f"{sign} {group} {name} {kind}: {brief(kind, fact)}" for fact in facts)


def changes(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    """Yield what changed between two summaries: macro F1 and CER of each group, then facts gained and lost."""
    yield ""
    for group, figures in after.items():
        old = before.get(group)
        if old is None:
            yield f"{group}: new"
            continue
        f1 = f"macro F1 {old['macro_f1']:.4f} -> {figures['macro_f1']:.4f}"
        cer = f"CER {old['text']['raw']['cer']:.3%} -> {figures['text']['raw']['cer']:.3%}"
        yield f"{group}: {f1}, {cer}"
        for name, document in figures["documents"].items():
            earlier = old["documents"].get(name)
            if earlier is not None:
                tell = _counts_changed if is_hidden(group) else _facts_changed
                yield from tell(name, earlier, document)
    yield from (f"{group}: gone" for group in before if group not in after)


def _facts_changed(name: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    """A gain is a slip that is gone, a loss a slip that is new."""
    for slip, gone, new in (("missed", "found now", "lost"), ("extra", "no longer made up", "made up now")):
        for kind, facts in after[slip].items():
            old = before[slip].get(kind, [])
            yield from (f"  + {name} {kind}, {gone}: {fact}" for fact in old if fact not in facts)
            yield from (f"  - {name} {kind}, {new}: {fact}" for fact in facts if fact not in old)


def _counts_changed(name: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    """Of hidden documents only numbers are kept and told."""
    for kind, figures in after["facts"].items():
        old = before["facts"].get(kind, figures)
        if (old["hits"], old["found"]) != (figures["hits"], figures["found"]):
            now = f"{figures['hits']} right of {figures['found']}"
            yield f"  {name} {kind}: {old['hits']} right of {old['found']} -> {now} ({figures['truth']} true)"


if __name__ == "__main__":
    sys.exit(main())
