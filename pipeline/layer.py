"""A page's text layer as it stands in the file, and the verdict on it: the types between reading, judging and using.

Boxes and sizes are points of the upright page: /Rotate and CropBox are undone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from diacritics.encodings import Encoding
from pipeline.document import Box, TextSource, Word
from pipeline.ruling import Rule

VerdictName = Literal["good", "legacy", "unmarked", "foreign", "garbled", "signature_only", "sparse", "empty"]


class LayerWord(NamedTuple):
    """A word as the layer has it: text, place, the fonts of its parts (offset, index into `Layer.fonts`), visibility.

    `line_end` tells that the layer's line ends with this word.
    """

    raw: str
    box: Box
    fonts: tuple[tuple[int, int], ...]
    hidden: bool
    line_end: bool


@dataclass
class Layer:
    """All words of a page's text layer in the order of the file.

    Where most of the text runs sideways or head over on the displayed page, `turned_degrees` (90, 180, 270, clockwise)
    is what was undone, and width, height and boxes are those of the page with its text upright.
    `ruling` are the straight lines that are drawn upright or level: sides of cells, underlines.
    `pictures` are the boxes of the page's images, `image_cover` the share of the page that they cover (0 to 1).
    `ink_cover` is the share of what the page shows that stands under the layer's words, None where that was not looked
    at: pages without pictures, and those whose pictures are too large to look at.
    `signature_boxes` are where signature fields print themselves; that print is no part of the layer.
    `outside_count` characters stand off the page and are left out of `words`.
    """

    width: float
    height: float
    turned_degrees: int = 0
    words: list[LayerWord] = field(default_factory=list)
    fonts: list[str] = field(default_factory=list)
    character_count: int = 0
    outside_count: int = 0
    pictures: list[Box] = field(default_factory=list)
    ruling: list[Rule] = field(default_factory=list)
    image_cover: float = 0.0
    ink_cover: float | None = None
    signature_boxes: list[Box] = field(default_factory=list)
    path_count: int = 0
    warnings: list[str] = field(default_factory=list)


class Scores(NamedTuple):
    """Counts over a text: words (runs of letters), those that are syllables, those that are marked syllables,

    letters, letters with a mark, characters that no text should hold, and all characters but spaces.
    """

    words: int = 0
    syllables: int = 0
    marked_syllables: int = 0
    letters: int = 0
    marked_letters: int = 0
    odd: int = 0
    characters: int = 0

    def plus(self, other: Scores) -> Scores:
        """Return the counts of both texts together."""
        return Scores(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def syllable_share(self) -> float:
        """Share of the words that are built like Vietnamese syllables."""
        return self.syllables / self.words if self.words else 0.0

    @property
    def marked_share(self) -> float:
        """Share of the letters that carry a mark: about 0.2 in Vietnamese text."""
        return self.marked_letters / self.letters if self.letters else 0.0

    @property
    def odd_share(self) -> float:
        """Share of replacement, private-use and control characters."""
        return self.odd / self.characters if self.characters else 0.0


class BlockVerdict(NamedTuple):
    """What a block of words is: its encoding (None: needs no decoding), its words as meant, and how these read."""

    encoding: Encoding | None
    words: list[Word]
    scores: Scores


@dataclass
class Verdict:
    """What the layer is and the scores that say so (flat, for ``pages[].layer``)."""

    name: VerdictName
    blocks: list[BlockVerdict]
    scores: dict[str, float | str | bool]
    warnings: list[str] = field(default_factory=list)

    @property
    def usable(self) -> bool:
        """Whether the page's text is to be taken from the layer; otherwise the picture is read."""
        return self.name in ("good", "legacy", "foreign", "unmarked")

    @property
    def text_source(self) -> TextSource:
        """Where the words of a usable layer come from, as the record calls it."""
        if not self.usable:
            return "none"
        return "decoded_layer" if self.name == "legacy" else "layer"
