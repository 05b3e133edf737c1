"""The numbering scheme of a document, learnt from the document itself: which style of label stands under which.

A label whose style is open already is a sibling there, a new style opens below, a style seen above the innermost one
closes it. Words (Chương, Điều) keep the order of Decree 30/2020/NĐ-CP; "1.1." stands under its "1.".

The scheme also tells a spoiled label from a sound one: "C)" behind "b)" is "c)", "HI." behind "II." is "III.". A label
is read anew only where it does not fit as it stands and one of its readings is the very next of its siblings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal

from pipeline.parsing.labels import LETTERS, WORD_RANKS, Label, roman
from pipeline.parsing.reading import Node
from pipeline.parsing.slips import readings

Fit = Literal["next", "first", "again", "gap"]

_TITLE_WORDS: Final = 24
_CLOSES: Final = ".)/-–"
"""By these alone the styles of one family differ: "1." and "1)"; "(1)" is of another."""


@dataclass
class Scheme:
    """The open nodes, outermost first, and what the document has shown about which style stands over which.

    `seen` counts the labels of the document by style and value, as they were read.
    """

    seen: Counter[tuple[str, int]] = field(default_factory=Counter)
    open: list[tuple[Label, Node]] = field(default_factory=list)
    above: dict[str, set[str]] = field(default_factory=dict)
    used: dict[tuple[int, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, labels: Iterable[Label | None]) -> Scheme:
        """Return the scheme before the first label."""
        return cls(Counter((label.style, label.value) for label in labels if label is not None))

    def close(self) -> None:
        """Close all nodes: what is attached numbers its own anew."""
        self.open.clear()

    def reread(self, label: Label | None, text: str, scanned: bool) -> Label | None:
        """Return the label that a paragraph opens with as its siblings have it, the same one where it fits.

        Of a page that was `scanned`, a numeral that stands twice may have lost a stroke.
        """
        label = None if label is None else self._as_its_siblings(self._settle(label))
        opening = self._opening_numeral(label, text)
        if opening is not None:
            return opening
        if label is not None and self._fits(label):
            return label
        lost = self._lost_stroke(label) if scanned and label is not None else None
        for other in [lost] if lost is not None else readings(text):
            same = label is not None and other.style == label.style and other.value == label.value
            if not same and self._is_next(other, text):
                return other
        return label

    def place(self, label: Label) -> None:
        """Close what the label ends."""
        rank = WORD_RANKS.get(label.style)
        if rank is not None:
            while self.open and WORD_RANKS.get(self.open[-1][0].style, 99) >= rank:
                self.open.pop()
        elif label.style.startswith("1.1"):
            self._close_to_prefix(label)
        elif any(at.style == label.style for at, _ in self.open):
            while self.open.pop()[0].style != label.style:
                pass
        elif label.style in ("I", "A") and label.value > 1 and label.style not in self._below:
            while self.open and self.open[-1][0].style not in WORD_RANKS:
                self.open.pop()  # its numbering began on a page that is not here, over what is open
        else:
            while self.open and label.style in self.above.get(self.open[-1][0].style, ()):
                self.open.pop()

    def push(self, label: Label, node: Node) -> None:
        """Open a node under what is open."""
        self.above.setdefault(label.style, set()).update(at.style for at, _ in self.open if at.style != label.style)
        self.open.append((label, node))

    @property
    def top(self) -> Node | None:
        """The innermost open node."""
        return self.open[-1][1] if self.open else None

    def _fit(self, label: Label) -> Fit:
        last = next((at.value for at, _ in reversed(self.open) if at.style == label.style), None)
        if label.style.startswith("1.1"):
            last = self._last_below(label)
        if label.value == (last or 0) + 1:
            return "first" if last is None else "next"
        return "again" if label.value == 1 else "gap"

    def _last_below(self, label: Label) -> int | None:
        """The value of the open sibling of a "2.3." under the same "2."."""
        prefix = label.bare.rpartition(".")[0]
        same = (at for at, _ in reversed(self.open) if at.style == label.style)
        return next((at.value for at in same if at.bare.rpartition(".")[0] == prefix), None)

    def _fits(self, label: Label) -> bool:
        """Whether a label as read needs no other reading."""
        fit = self._fit(label)
        if fit == "first" and label.style == "A" and self.open:
            # "A." amid a document that has no "B.": a number or a small letter
            return self.seen["A", 2] > 0 or label.text[:1].islower()
        return fit in ("next", "first") or (fit == "again" and label.style not in ("I", "A"))

    def _opening_numeral(self, label: Label | None, text: str) -> Label | None:
        """ "1. MỤC ĐÍCH" or "l. MỤC ĐÍCH" over everything else, where "II." follows and "I." is nowhere."""
        if self.open or self.seen["I", 1] or not (self.seen["I", 2] or self.seen["I", 3]):
            return None
        if label is not None and (label.style[0] not in "1a" or label.value not in (1, LETTERS.find("l") + 1)):
            return None
        found = (other for other in readings(text) if other.style == "I" and other.value == 1)
        return next((other for other in found if text[other.end :].upper() == text[other.end :]), None)

    def _lost_stroke(self, label: Label) -> Label | None:
        """ "II." behind "II.": the third numeral of its siblings, of which a stroke was not read."""
        last = next((at for at, _ in reversed(self.open) if at.style == "I"), None)
        if label.style != "I" or last is None or label.value != last.value:
            return None
        bare = label.bare + "I"
        return Label(label.text.replace(label.bare, bare, 1), bare, "I", roman(bare) or 0, label.end)

    def _is_next(self, label: Label, text: str) -> bool:
        """Whether a reading is the very next sibling of an open node, and looks like one."""
        fit, prefix = self._fit(label), label.bare.rpartition(".")[0]
        if fit == "first" and prefix:
            return any(at.bare == prefix for at, _ in self.open)  # "2,1." under "2."
        if fit != "next":
            return False
        if label.style != "I":
            return True
        words = text[label.end :]
        siblings = [at for at, _ in self.open if at.style == "I"]
        loud = bool(siblings) and self._loud(siblings[-1])
        return (words.upper() == words) == loud if loud else len(words.split()) <= _TITLE_WORDS

    def _loud(self, label: Label) -> bool:
        """Whether a node's title is set in capitals."""
        node = next(node for at, node in self.open if at is label)
        return node.loud

    @property
    def _below(self) -> set[str]:
        """The styles that the document has shown under another one."""
        return {style for style, over in self.above.items() if over}

    def _settle(self, label: Label) -> Label:
        """I., V. and X. are letters where the letter before them is open and the numeral does not follow."""
        if label.style != "I" or len(label.bare) != 1:
            return label
        letter = LETTERS.find(label.bare.lower()) + 1
        last = {at.style: at.value for at, _ in self.open}
        if last.get("A") == letter - 1 and last.get("I") != label.value - 1:
            return Label(label.text, label.bare, "A", letter, label.end)
        return label

    def _as_its_siblings(self, label: Label) -> Label:
        """ "4)" behind "3.", where the document has no "1)": the clerk closed one of the siblings otherwise."""
        if label.value == 1 or self.seen[label.style, 1] or any(at.style == label.style for at, _ in self.open):
            return label
        family = label.style.rstrip(_CLOSES)
        before = next((at for at, _ in reversed(self.open) if at.style.rstrip(_CLOSES) == family), None)
        if before is None or before.value != label.value - 1:
            return label
        return Label(label.text, label.bare, before.style, label.value, label.end)

    def _close_to_prefix(self, label: Label) -> None:
        prefix = label.bare.rpartition(".")[0]
        for depth in range(len(self.open) - 1, -1, -1):
            if self.open[depth][0].bare == prefix and self.open[depth][0].style[0] == "1":
                del self.open[depth + 1 :]
                return
        for depth in range(len(self.open) - 1, -1, -1):
            style = self.open[depth][0].style
            if style == label.style or style.startswith(label.style + ".1"):
                del self.open[depth:]
                return
        while self.open and label.style in self.above.get(self.open[-1][0].style, ()):
            self.open.pop()
