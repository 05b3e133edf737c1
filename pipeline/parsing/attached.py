"""What is attached (*văn bản ban hành kèm theo, phụ lục*): each part behind the foot that has a header of its own.

Decree 30/2020/NĐ-CP, Appendix I, II.6 and IV: a plan or a regulation "Ban hành kèm theo Quyết định số …", an appendix
"PHỤ LỤC I". Its facts stand in the record's lists with all others; here it is told where it begins and what it is.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import Final

from pipeline.document import Place
from pipeline.parsing import patterns
from pipeline.parsing.header import read_upper
from pipeline.parsing.labels import read_label
from pipeline.parsing.patterns import Bounded
from pipeline.parsing.pieces import Found, piece_of
from pipeline.parsing.reading import Reading
from pipeline.parsing.view import capitals
from pipeline.parsing.zones import Zones, folded_line, read_header, types_itself
from pipeline.records import Attachment

_REACH: Final = 14
"""Lines below its type in which an attachment says what it came with."""
_NUMBER: Final = Bounded(rf"(?:[Ss]ố|SỐ)\s*:?\s*(?P<number>{patterns.NUMBER_SYMBOL})")


def attachments(reading: Reading) -> None:
    """Fill in ``facts.attachments``."""
    places = reading.zones.attachment
    starts = [at for at in range(len(places)) if _opens(places, at)]
    sections = _sections_behind(reading, [places[at].start for at in starts])
    for (start, end), inside in zip(pairwise([*starts, len(places)]), sections, strict=True):
        reading.facts.attachments.append(_attachment(reading, places[start:end], inside))


def _sections_behind(reading: Reading, starts: list[int]) -> list[list[str]]:
    """Return the ids of the nodes that begin behind each start and before the next."""
    inside: list[list[str]] = [[] for _ in starts]
    for section in reading.facts.sections:
        at = bisect_right(starts, section.evidence.span[0])
        if at > 0:
            inside[at - 1].append(section.id)
    return inside


def _opens(places: list[Place], at: int) -> bool:
    """Whether an attachment begins with a line: an appendix, a type over "kèm theo …", the first behind the foot."""
    if at == 0:
        return True
    text = places[at].text.strip()
    label = read_label(text)
    if label is not None and label.style == "phu luc":
        return capitals(text)
    if not types_itself(text):
        return False
    below = places[at + 1 : at + _REACH]
    return any(patterns.ATTACHED.match(folded_line(place)) for place in below)


def _attachment(reading: Reading, places: list[Place], sections: list[str]) -> Attachment:
    zones, found = Zones(), Found()
    label = read_label(places[0].text.strip())
    if label is not None and label.style == "phu luc":
        found.put("kind", "Phụ lục", [piece_of(places[0])])
        title = [p for p in places[1:8] if capitals(p.text) and p.line.role != "table"][:4]
        found.put("title", " ".join(p.text.strip() for p in title) or None, [piece_of(p) for p in title])
        if label.bare.upper() != "PHỤ LỤC":
            found.put("number", label.bare.split()[-1], [piece_of(places[0])])
    else:
        zones.header = places[: read_header(places, zones)]
        read_upper(zones, found)
    start, end = places[0].start, places[-1].end
    evidence = reading.document.evidence(start, end)
    for name, (a, b) in found.spans.items():
        found.header.evidence[name] = reading.document.evidence(a, b)
    numbers = [places[0].page.number, places[-1].page.number]
    return Attachment(
        header=found.header,
        promulgated_by=_promulgated_by(places[:_REACH]),
        pages=None if places[0].page.width is None else (numbers[0], numbers[1]),
        sections=sections,
        evidence=evidence.model_copy(update={"quote": places[0].text.strip()}),
    )


def _promulgated_by(places: list[Place]) -> str | None:
    """The number behind "(Ban hành kèm theo Quyết định số …)"."""
    for at, place in enumerate(places):
        if patterns.ATTACHED.match(folded_line(place)):
            text = " ".join(p.text.strip() for p in places[at : at + 3])
            match = _NUMBER.search(text)
            return "".join(match["number"].split()) if match else None
    return None
