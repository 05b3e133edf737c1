"""Words as read -> words as printed; what was read stays in `Word.raw`.

Which pages are restored follows from where their text came from: a good text layer is left alone; plain text and an
unmarked layer are judged by their words; what Tesseract read with its Vietnamese data is only repaired where it was
unsure. Plain text that turns out to be garbled or without marks becomes a page whose `text_source` is "restored".
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from diacritics import Restoration, RestoredWord, Restorer, legacy, restore
from pipeline import quarters
from pipeline.document import Box, Line, Page, Word

REPAIRED = ("ocr",)
JUDGED = ("text",)
_SURELY = 0.85  # confidence of the engine
_OFTEN = 3  # words
_AROUND = ".,;:()[]\"'“”‘’"
SURE = 0.5  # a restored word below this confidence is doubtful
POSSIBLE = {"number_impossible": "number_disputed"}  # what is left of a doubt where the number was repaired


def restore_pages(pages: list[Page], restorer: Callable[[], Restorer]) -> list[Page]:
    """Restore the pages that need it; change them in place and return them.

    The restorer's models take a second to load, so they are asked for only when there is something to restore.
    """
    own = _own_words(pages)
    for page in pages:
        if page.text_source in JUDGED:
            _restore(page, restorer())
        elif page.text_source in REPAIRED:
            _repair(page, restorer(), own)
    quarters.settle(pages)
    return pages


def _restore(page: Page, restorer: Restorer) -> None:
    """Let the restorer judge the page's text as a whole and restore it."""
    restored = restorer.restore_lines([[word.text for word in line.words] for line in page.lines])
    changed = False
    for line, words in zip(page.lines, restored, strict=True):
        changed = _apply(line, words) or changed
    if changed:
        page.text_source = "restored"


def _own_words(pages: list[Page]) -> frozenset[str]:
    """Return the words that the engine read surely again and again: however strange, the document uses them.

    A health report counts "168 cas mắc" a dozen times, one on farming speaks of "gieo sạ": no chance misreads "ca" or
    "mạ" so, surely, three times over.
    """
    words = (word for page in pages if page.text_source in REPAIRED for line in page.lines for word in line.words)
    plain = (word.text.strip(_AROUND).lower() for word in words if word.confidence >= _SURELY)
    said = Counter(text for text in plain if text.isalpha())
    return frozenset(text for text, times in said.items() if times >= _OFTEN)


def _repair(page: Page, restorer: Restorer, own: frozenset[str]) -> None:
    """Repair what an engine with Vietnamese left; its own confidence gates what may be touched."""
    lines = [[word.text for word in line.words] for line in page.lines]
    confidences = [[word.confidence for word in line.words] for line in page.lines]
    for line, words in zip(page.lines, restorer.restore_lines(lines, confidences, "vietnamese", own), strict=True):
        _apply(line, words)


def _apply(line: Line, restored: Sequence[RestoredWord]) -> bool:
    """Put restored words into a line; return whether any of them differs from what was read."""
    words, changed = [], False
    for word in restored:
        parts = line.words[word.first : word.last]
        changed = changed or word.text != " ".join(part.text for part in parts)
        words.append(_joined(parts, word))
    line.words = words
    return changed


def _joined(parts: Sequence[Word], restored: RestoredWord) -> Word:
    if len(parts) == 1 and parts[0].text == restored.text:
        word = parts[0]
        word.confidence = min(word.confidence, restored.confidence)
    else:
        others = parts[0].alternatives if len(parts) == 1 else ()
        word = Word(
            raw=" ".join(part.raw for part in parts),
            text=restored.text,
            box=_union([part.box for part in parts]),
            confidence=min(restored.confidence, *(part.confidence for part in parts)),
            doubts=tuple(sorted({POSSIBLE.get(doubt, doubt) for part in parts for doubt in part.doubts})),
            alternatives=tuple(other for other in others if other != restored.text),
        )
    if restored.impossible:
        word.doubts = tuple(sorted({*word.doubts, "number_impossible"}))
    elif restored.confidence < SURE:
        word.doubts = tuple(sorted({*word.doubts, "restoration_unsure"}))
    if restored.alternatives:
        word.alternatives = (*word.alternatives, *restored.alternatives)
    return word


def _union(boxes: Sequence[Box | None]) -> Box | None:
    whole: Box | None = None
    for box in boxes:
        if box is not None:
            whole = box if whole is None else whole.union(box)
    return whole


@dataclass(frozen=True)
class RestoredText:
    """Plain text restored: the legacy encoding it was in, if any, and the restoration of the decoded text."""

    encoding: str | None
    restoration: Restoration

    def edit_lines(self, name: str) -> list[str]:
        """Return the edits as JSON objects; offsets count characters of the decoded input, lines count from 1."""
        original = self.restoration.original
        entries, line, position = [], 1, 0
        for edit in self.restoration.edits:
            line += original.count("\n", position, edit.start)
            position = edit.start
            entry = {"file": name, "line": line, "start": edit.start, "end": edit.end, "before": edit.before,
                     "after": edit.after, "why": edit.why, "confidence": edit.confidence,
                     "alternatives": list(edit.alternatives)}  # fmt: skip
            entries.append(json.dumps(entry, ensure_ascii=False))
        return entries

    def explanation(self) -> list[str]:
        """Return each changed line with the restored words, what was read in brackets behind each."""
        edits = iter([*self.restoration.edits, None])
        edit, offset, shown = next(edits), 0, []
        for number, line in enumerate(self.restoration.original.split("\n"), start=1):
            parts, done, end = [], offset, offset + len(line)
            while edit is not None and edit.start < end:
                sure = "" if edit.confidence >= SURE else "?"
                parts += [self.restoration.original[done : edit.start], f"{edit.after}[{edit.before}{sure}]"]
                done, edit = edit.end, next(edits)
            if parts:
                shown.append(f"{number}: {''.join(parts)}{self.restoration.original[done:end]}")
            offset = end + 1
        return shown


def restore_bytes(data: bytes, decode: Callable[[bytes], str]) -> RestoredText:
    """Restore the bytes of a text file; a legacy encoding is decoded first."""
    decoded = legacy.decode_blocks(decode(data))
    return RestoredText(decoded.encoding, restore(decoded.text))
