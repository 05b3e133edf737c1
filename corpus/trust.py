"""Whether a fact's confidence can be believed: ``python -m corpus.trust --records DIR [--truth DIR …]``.

For each kind of fact, over all records that have a truth: of the facts whose confidence lies in a band, how many are
right, beside the mean confidence that they were given; and the same of the facts without and with a doubt, and of those
that each rule found. Where confidence means what it says, both columns agree. Only figures are shown, so the unseen
documents may be counted.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

from corpus.build import SETS
from corpus.matching import KINDS, tally
from corpus.scoring import load_records
from corpus.truth import load_truth

BOUNDS: Final = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)


class Judged(NamedTuple):
    """A fact found: its kind, its rule, its confidence, whether the record doubts it, and whether it is right."""

    kind: str
    rule: str
    confidence: float
    doubted: bool
    right: bool


def judge(truth: dict[str, Any], record: dict[str, Any]) -> Iterator[Judged]:
    """Yield every fact of a record that has a confidence of its own."""
    for kind, counts in tally(truth, record).items():
        if kind not in KINDS or kind == "header":
            continue
        wrong = {id(fact) for fact in counts.extras}
        for fact in counts.considered:
            rule, confidence, doubted = fact.get("rule") or "-", fact.get("confidence") or 0.0, bool(fact.get("doubts"))
            yield Judged(kind, rule, confidence, doubted, id(fact) not in wrong)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code: 0, or 1 where no record has a truth."""
    parser = argparse.ArgumentParser(prog="python -m corpus.trust", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--records", type=Path, required=True, help="folder of records, searched through")
    parser.add_argument("--truth", type=Path, action="append", help="folder of truth (default: all that are there)")
    asked = parser.parse_args(arguments)
    truths = {name: truth for folder in asked.truth or SETS for name, truth in load_truth(folder).items()}
    found: list[Judged] = []
    for reading in load_records(asked.records):
        facts = truths[reading.name].facts if reading.name in truths else None
        if facts is not None and "header" in reading.record:
            found += judge(facts, reading.record)
    if not found:
        print(f"no record under {asked.records} has a truth", file=sys.stderr)
        return 1
    for kind in dict.fromkeys(fact.kind for fact in found):
        print("\n".join(_table(kind, [fact for fact in found if fact.kind == kind])))
    return 0


def _table(kind: str, facts: Sequence[Judged]) -> Iterator[str]:
    yield f"{kind:<18}{'facts':>8}{'share':>9}{'said':>9}{'right':>9}"
    for low, high in pairwise(BOUNDS):
        within = [fact for fact in facts if low <= fact.confidence < high or fact.confidence == high == BOUNDS[-1]]
        yield from _row(f"  {low:.2f} to {high:.2f}", within, len(facts))
    yield from _row("  without a doubt", [fact for fact in facts if not fact.doubted], len(facts))
    yield from _row("  with a doubt", [fact for fact in facts if fact.doubted], len(facts))
    for rule in sorted({fact.rule for fact in facts}):
        yield from _row(f"  {rule}", [fact for fact in facts if fact.rule == rule], len(facts))


def _row(label: str, facts: Sequence[Judged], of: int) -> Iterator[str]:
    if facts:
        said, right = mean(fact.confidence for fact in facts), mean(fact.right for fact in facts)
        yield f"{label:<18}{len(facts):>8}{len(facts) / of:>9.1%}{said:>9.3f}{right:>9.3f}"


def mean(values: Iterable[float]) -> float:
    """Return the mean of some numbers, of which there is one at least."""
    known = list(values)
    return sum(known) / len(known)


if __name__ == "__main__":
    sys.exit(main())
