"""What restoration changed after OCR, for better and for worse: ``python -m corpus.mended --records DIR``.

Every word of a record that restoration changed is judged against the truth: it was wrong and is right (helped), it
was right and is wrong (harmed), or it was wrong and is another wrong word (moved). Records of text input are left out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Final

from corpus.build import SETS
from corpus.scoring import is_hidden, load_records
from corpus.truth import Truth, load_truth

_READ: Final = "ocr"


@dataclass
class Mended:
    """Words read, and the words that restoration changed, as (before, after)."""

    words: int = 0
    helped: list[tuple[str, str]] = field(default_factory=list)
    harmed: list[tuple[str, str]] = field(default_factory=list)
    moved: list[tuple[str, str]] = field(default_factory=list)


def judge(record: dict[str, Any], truth: Truth) -> Mended:
    """Return what became of each word of the record's pages that were read by OCR."""
    mended = Mended()
    for page in record["pages"]:
        printed = truth.pages.get(page["number"], truth.pages.get(None))
        if page["text_source"] != _READ or printed is None:
            continue
        pairs = [pair for line in page["lines"] for pair in _pairs(line["raw"].split(), line["text"].split())]
        before, after = (_right([word for pair in pairs for word in pair[side]], printed.split()) for side in (0, 1))
        mended.words += len(after)
        first = second = 0
        for raw, text in pairs:
            was = all(before[first : first + len(raw)])
            now = all(after[second : second + len(text)])
            first, second = first + len(raw), second + len(text)
            if raw != text:
                kind = mended.helped if now and not was else mended.harmed if was and not now else mended.moved
                kind.append((" ".join(raw), " ".join(text)))
    return mended


def _pairs(raw: Sequence[str], text: Sequence[str]) -> list[tuple[list[str], list[str]]]:
    """Return the words of a line as read and as restored, stretch by stretch; equal words are a stretch each."""
    if len(raw) == len(text):
        return [([before], [after]) for before, after in zip(raw, text, strict=True)]
    pairs: list[tuple[list[str], list[str]]] = []
    for kind, i, j, k, m in SequenceMatcher(None, raw, text, autojunk=False).get_opcodes():
        if kind == "equal":
            pairs += [([word], [word]) for word in raw[i:j]]
        else:
            pairs.append((list(raw[i:j]), list(text[k:m])))
    return pairs


def _right(words: Sequence[str], printed: Sequence[str]) -> list[bool]:
    """Return for each word whether it is the one printed in its place."""
    right = [False] * len(words)
    for start, _, size in SequenceMatcher(None, words, printed, autojunk=False).get_matching_blocks():
        right[start : start + size] = [True] * size
    return right


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code: 0, or 1 where no record has a truth."""
    parser = argparse.ArgumentParser(prog="python -m corpus.mended", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--records", type=Path, required=True, help="folder of records, searched through")
    parser.add_argument("--words", action="store_true", help="print the words harmed and moved")
    asked = parser.parse_args(arguments)
    groups: dict[str, Mended] = {}
    for folder in SETS:
        truths = load_truth(folder)
        for reading in load_records(asked.records):
            if reading.name not in truths:
                continue
            group = groups.setdefault(f"{folder.name}/{reading.folder}", Mended())
            mended = judge(reading.record, truths[reading.name])
            group.words += mended.words
            for kind in ("helped", "harmed", "moved"):
                getattr(group, kind).extend(getattr(mended, kind))
    if not groups:
        print(f"no record under {asked.records} has a truth", file=sys.stderr)
        return 1
    print(f"{'after OCR':<24}{'words':>8}{'helped':>8}{'harmed':>8}{'moved':>8}")
    for name, group in sorted(groups.items()):
        print(f"{name:<24}{group.words:>8}{len(group.helped):>8}{len(group.harmed):>8}{len(group.moved):>8}")
        if asked.words and not is_hidden(name):
            for kind in ("harmed", "moved"):
                print("  " + kind, *(f"{before} -> {after};" for before, after in getattr(group, kind)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
