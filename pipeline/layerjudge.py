"""Judge a text layer: what each block reads like, what covers what on the page, and so what the layer is worth.

Nothing here is certain, so nothing rests on one sign. Words that are no syllables speak for garble, and so do letters
without marks: Vietnamese marks one letter in five. A picture under the text raises what is asked of it, since there is
something better to read; without one, foreign or unmarked text may be just what the page prints.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from diacritics import legacy
from diacritics.alphabet import MARKED
from diacritics.encodings import Encoding
from pipeline.document import Box
from pipeline.layer import BlockVerdict, Layer, LayerWord, Scores, Verdict, VerdictName
from pipeline.layermend import mend
from pipeline.signatures import without_signature

GOOD_SYLLABLES: Final = 0.6
"""Share of words that are syllables in a digital page: names, abbreviations and symbols are the rest."""
GOOD_SYLLABLES_OVER_PICTURE: Final = 0.9
GOOD_MARKS: Final = 0.1
GOOD_MARKS_OVER_PICTURE: Final = 0.15
SURE_SYLLABLES: Final = 0.93
"""Share from which a block in Unicode is not asked whether part of it is in a legacy encoding."""
UNMARKED_SYLLABLES: Final = 0.5
"""The same for text typed without marks: syllables that end in p, t, c or ch are none without a tone."""
FEW_MARKS: Final = 0.02
MAX_ODD: Final = 0.02
PICTURE_PAGE: Final = 0.5
"""Share of the page under pictures from which the page is taken for a scan."""
ENOUGH_INK: Final = 0.5
"""Share of a scan's ink that its layer must cover: a stamp's or a cover sheet's text is not the document's."""
MOST_INK: Final = 0.7
"""Share of the ink below which the record says that pictures hold text that was not read."""
DRAWN: Final = 50
"""Outlines on a page from which its text may be drawn as outlines."""
FEW_CHARACTERS: Final = 60
"""A scan whose layer has less than this beside a signature has no text layer worth the name."""
MAX_GARBLED: Final = 0.05
"""Share of the characters that may stand in garbled blocks of a page that is otherwise good."""
SOUP: Final = 0.2
"""Share of a block's words from which it is taken for one."""
SOUP_SYLLABLES: Final = 0.4
FEW_WORDS: Final = 8
"""Below this many words shares mean nothing."""
LANGUAGE_FLOOR: Final = 0.5
"""Score of the language model, where one is given, below which text over a picture is not believed."""

_FUNCTION_WORDS: Final = frozenset(
    re.findall(
        r"\w+",
        "the of and to in for is on that by with as are was be this from or at an it not which shall "
        "les des et du une dans pour sur est par que qui",
    )
)
_SOUP: Final = re.compile(
    r"[^\W\d_][\\\[\]^_`{}|~<>=$#*!?%&][^\W\d_]|[bcdfghjklmnpqrstvwxz]{5}|\b[bcdfghjklmnpqrstvwxz]{4}\b", re.IGNORECASE
)
_UNICODE_LETTER: Final = re.compile("[" + "".join(sorted(letter for letter in MARKED if ord(letter) > 0xFF)) + "]")


def judge(layer: Layer, language: Callable[[str], float] | None = None) -> Verdict:
    """Say what the layer is worth, block by block and as a whole.

    `language` scores how much a text reads like Vietnamese (0 to 1). It is asked where there is a picture to read
    instead; without it, and elsewhere, syllables and marks decide.
    """
    spans = list(_blocks(layer))
    expected = _page_encoding(layer, spans)
    blocks = [_judge_block(layer, span, expected) for span in spans]
    total = Scores()
    for block in blocks:
        total = total.plus(block.scores)
    facts = _facts(layer, blocks, total)
    if language is not None and total.words and _over_picture(layer, facts):
        facts["language"] = round(language(" ".join(word.text for block in blocks for word in block.words)), 4)
    name = _missing(layer, blocks, total) or _reading(layer, blocks, total, facts)
    verdict = Verdict(name, blocks, {"verdict": name, **facts}, list(layer.warnings))
    if verdict.usable and layer.ink_cover is not None and layer.ink_cover < MOST_INK:
        share = round(100 * (1 - layer.ink_cover))
        verdict.warnings.append(f"about {share} % of what the page shows is in pictures and was not read")
    return verdict


def _missing(layer: Layer, blocks: list[BlockVerdict], total: Scores) -> VerdictName | None:
    """Say what a layer is that is none: nothing, a signature, a stamp; None where there is text to judge."""
    if not total.characters:
        return "empty"
    scan = layer.image_cover >= PICTURE_PAGE
    if scan or layer.path_count >= DRAWN:
        lines = _line_texts(blocks)
        rest = without_signature(lines)
        if len(rest) < len(lines) and sum(map(len, rest)) < FEW_CHARACTERS:
            return "signature_only"
    uncovered = layer.ink_cover is not None and layer.ink_cover < ENOUGH_INK
    return "sparse" if scan and (uncovered or total.characters < FEW_CHARACTERS) else None


def _reading(
    layer: Layer, blocks: list[BlockVerdict], total: Scores, facts: dict[str, float | str | bool]
) -> VerdictName:
    """Say what the text reads like; over a picture more is asked of it."""
    over_picture = _over_picture(layer, facts)
    doubtful = over_picture and float(facts.get("language", 1.0)) < LANGUAGE_FLOOR
    if doubtful or total.odd_share > MAX_ODD or float(facts["garbled_share"]) > MAX_GARBLED:
        return "garbled"
    syllables = GOOD_SYLLABLES_OVER_PICTURE if over_picture else GOOD_SYLLABLES
    marks = GOOD_MARKS_OVER_PICTURE if over_picture else GOOD_MARKS
    if total.words < FEW_WORDS and not over_picture:
        syllables, marks = 0.5, 0.0
    reads = total.syllable_share >= syllables or total.words == 0
    if reads and (total.marked_share >= marks or total.words == 0):
        return "legacy" if any(block.encoding for block in blocks) else "good"
    if not over_picture and float(facts["foreign_share"]) >= 0.15 and total.marked_share < GOOD_MARKS:
        return "foreign"
    unmarked = total.marked_share < FEW_MARKS and total.syllable_share >= UNMARKED_SYLLABLES
    return "unmarked" if unmarked and not over_picture else "garbled"


def _over_picture(layer: Layer, facts: dict[str, float | str | bool]) -> bool:
    return layer.image_cover >= PICTURE_PAGE or float(facts["hidden_share"]) > 0.5


def _facts(layer: Layer, blocks: list[BlockVerdict], total: Scores) -> dict[str, float | str | bool]:
    count = max(1, len(layer.words))
    decoded = sum(len(block.words) for block in blocks if block.encoding)
    encodings = sorted({block.encoding for block in blocks if block.encoding})
    foreign = 0
    if total.marked_share < GOOD_MARKS:
        foreign = sum(word.text.lower() in _FUNCTION_WORDS for block in blocks for word in block.words)
    return {
        "characters": float(layer.character_count),
        "syllable_share": round(total.syllable_share, 4),
        "marked_share": round(total.marked_share, 4),
        "odd_share": round(total.odd_share, 4),
        "foreign_share": round(foreign / max(1, total.words), 4),
        "hidden_share": round([word.hidden for word in layer.words].count(True) / count, 4),
        "garbled_share": round(sum(b.scores.characters for b in blocks if _is_soup(b)) / max(1, total.characters), 4),
        "decoded_share": round(decoded / count, 4),
        "image_cover": round(layer.image_cover, 4),
        **({} if layer.ink_cover is None else {"ink_cover": round(layer.ink_cover, 4)}),
        "outside": float(layer.outside_count),
        "encoding": "+".join(encodings) or "unicode",
    }


def _is_soup(block: BlockVerdict) -> bool:
    """Whether a block is what a font without a key to its codes leaves: letters that nobody can pronounce, and signs.

    Lists of foreign names hold few syllables either, but they can be pronounced.
    """
    scores = block.scores
    if scores.characters < FEW_CHARACTERS or scores.syllable_share > SOUP_SYLLABLES:
        return False
    if scores.odd_share > SOUP:
        return True
    soup = sum(_SOUP.search(word.text) is not None for word in block.words)
    return soup > SOUP * len(block.words)


class _Span(NamedTuple):
    """The words of a block, and what its letters are: "" ASCII only, "latin" maybe a legacy encoding, "unicode"."""

    start: int
    end: int
    kind: str


def _judge_block(layer: Layer, span: _Span, expected: Encoding | None) -> BlockVerdict:
    raw = [word.raw for word in layer.words[span.start : span.end]]
    hint = _font_hint(layer, span)
    choice = legacy.Choice(None, 1.0)
    if span.kind == "latin":
        choice = legacy.choose(raw, hint or expected)
    elif span.kind == "unicode":
        words, scores = mend(layer, span.start, span.end, None)
        if scores.syllable_share >= SURE_SYLLABLES:
            return BlockVerdict(None, words, scores)
        choice = legacy.choose(raw, hint)
    elif hint == expected:
        choice = legacy.Choice(expected, 1.0)  # nothing to decode, but fonts may show capitals
    words, scores = mend(layer, span.start, span.end, choice.encoding, choice.partly)
    return BlockVerdict(choice.encoding, words, scores)


def _font_hint(layer: Layer, span: _Span) -> Encoding | None:
    fonts = {word.fonts[0][1] for word in layer.words[span.start : span.end]}
    hints = {legacy.hinted(layer.fonts[font]) for font in fonts} - {None}
    return hints.pop() if len(hints) == 1 else None


def _page_encoding(layer: Layer, spans: list[_Span]) -> Encoding | None:
    """Return the encoding of the page's lines that hold no letter beyond Latin-1: short blocks follow it."""
    doubtful = [word.raw for span in spans if span.kind == "latin" for word in layer.words[span.start : span.end]]
    return legacy.choose(doubtful).encoding if doubtful else None


def _blocks(layer: Layer) -> Iterator[_Span]:
    """Yield the spans of words that belong together: lines that follow one another on the page in one encoding.

    Lines in letters that only Unicode has are parted from lines of Latin-1 letters, which may be a legacy encoding.
    """
    block_start, kind, last = 0, "", None
    for start, end in _lines(layer.words):
        line = layer.words[start:end]
        own = _kind("".join([word.raw for word in line]))
        box = line[0].box.union(line[-1].box)
        if last is not None and (not _follows(last, box) or (own and kind and own != kind)):
            yield _Span(block_start, start, kind)
            block_start, kind = start, own
        kind = own or kind
        last = box
    if layer.words:
        yield _Span(block_start, len(layer.words), kind)


def _kind(text: str) -> str:
    if text.isascii():
        return ""
    return "unicode" if _UNICODE_LETTER.search(text) else "latin"


def _lines(words: list[LayerWord]) -> Iterator[tuple[int, int]]:
    start = 0
    for index, word in enumerate(words, start=1):
        if word.line_end:
            yield start, index
            start = index
    if start < len(words):
        yield start, len(words)


def _follows(above: Box, below: Box) -> bool:
    """Whether a line stands right under another: less than a line between, and one column."""
    height = max(above.height, below.height, 1.0)
    return (
        -0.5 * height < below.y0 - above.y1 < 1.2 * height
        and min(above.x1, below.x1) - max(above.x0, below.x0) > -height
    )


def _line_texts(blocks: list[BlockVerdict]) -> list[str]:
    """Return the text of the lines, told by the words' places: enough to know a signature by."""
    lines: list[list[str]] = []
    last: Box | None = None
    for block in blocks:
        for word in block.words:
            box = word.box
            if last is None or box is None or box.x0 < last.x0 or box.y0 > last.y1:
                lines.append([])
            lines[-1].append(word.text)
            last = box
    return [" ".join(line) for line in lines]
