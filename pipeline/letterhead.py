"""The two-column header and foot that Decree 30/2020/NĐ-CP prescribes (and Party bodies alike).

Header: the body's names and *Số, ký hiệu* at the left; *Quốc hiệu, Tiêu ngữ*, place and date at the right.
Foot: *Nơi nhận* at the left, the signature block at the right. Both are found by the words that must stand in them,
compared without marks since scans lose these first; the columns are then told by where the words lie.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from diacritics.folding import fold
from pipeline.document import Box
from pipeline.rows import Placed, Row, box_of, rows, text_of, usual_height

MOTTOES = (  # what stands at the top right: any one of them, with most of its words legible
    ("cong", "hoa", "xa", "hoi", "chu", "nghia", "viet", "nam"),
    ("doc", "lap", "tu", "do", "hanh", "phuc"),
    ("dang", "cong", "san", "viet", "nam"),
)
MOTTO_WORDS = frozenset(word for motto in MOTTOES for word in motto)
LEGIBLE = 0.6  # share of a motto's words that must be found
HEADER_SHARE = 0.5  # the header begins in this upper part of the page
DATE_ROW = re.compile(r"ng[aà]y.*th[aá]ng.*n[aă]m|th[aá]ng\b.*\bn[aă]m\s*\d{2,4}", re.IGNORECASE)
NUMBER_ROW = re.compile(r"^\s*s[oốôó0]\s*[:.;]?", re.IGNORECASE)
SUBJECT_ROW = re.compile(r"^\s*(v/v|v/\s*v|về việc|ve viec)", re.IGNORECASE)
RECIPIENTS = re.compile(r"^\W*(n[oơ]i\s*nh[aậâ]n\b|\S{2,4}\s+nh[aậâ]n\s*:\s*($|-))", re.IGNORECASE)
RECEIVING = re.compile(r"nh[aậâ]n", re.IGNORECASE)  # what every such row holds
MAX_HEADER_ROWS_BELOW = 7  # rows of text between the motto and the end of the header


@dataclass
class Columns:
    """Words of a zone told apart into its left and right block; `above` is what stands over a header: stamps."""

    left: list[Placed]
    right: list[Placed]
    above: list[Placed] = field(default_factory=list)

    @property
    def words(self) -> list[Placed]:
        """The words of both blocks."""
        return self.left + self.right


def header(words: list[Placed], width: float, height: float) -> Columns | None:
    """Return the header's two blocks, None where the page has none (a following page, an appendix)."""
    usual = usual_height(words)
    upper = [w for w in words if w.middle < HEADER_SHARE * height]
    upper_rows = rows(upper)
    motto = _motto(upper_rows)
    if motto is None or motto.x0 < 0.2 * width:
        return None
    gutter = motto.x0 - 0.5 * usual
    top = motto.y0 - 0.6 * usual
    above = [w for w in upper if w.middle < motto.y0 and not _may_be_issuer(w, gutter, motto)]
    above_ids = {id(w) for w in above}
    page_rows = rows([w for w in upper if id(w) not in above_ids]) if above else upper_rows
    zone: list[Placed] = []
    dated = numbered = False
    below = 0
    for row in page_rows:
        box = box_of(row)
        if box.y1 < top:
            continue
        left, right = _split(row, gutter, usual)
        if (box.y0 + box.y1) / 2 > motto.y1:
            below += 1
            ends = dated and not _left_only(right, left, gutter)
            crosses = _crosses(row, gutter, usual)
            if ends or below > MAX_HEADER_ROWS_BELOW or (crosses and not dated and numbered) or _is_title(row, width):
                break
            if crosses and not DATE_ROW.search(fold(text_of(row))):
                break
            if dated and numbered and left and box.y0 - max(w.box.y1 for w in zone) > 1.6 * usual:
                break
        zone += row
        dated = dated or bool(right and DATE_ROW.search(fold(text_of(right))))
        numbered = numbered or bool(left and NUMBER_ROW.search(text_of(left)))
    found = _columns(zone, gutter, usual)
    if found is not None:
        found.above = above
    return found


def _may_be_issuer(item: Placed, gutter: float, motto: Box) -> bool:
    """Tell whether a word over the motto belongs to a left block that begins a little higher."""
    return item.box.x1 < gutter and item.word.text.isupper() and motto.y0 - item.box.y1 < 1.2 * item.box.height


def _columns(zone: list[Placed], gutter: float, usual: float) -> Columns | None:
    left: list[Placed] = []
    right: list[Placed] = []
    for row in rows(zone):
        a, b = _split(row, gutter, usual)
        left += a
        right += b
    return Columns(left, right) if left and right else None


def _motto(page_rows: list[Row]) -> Box | None:
    """The box of the first motto's words, None where none is legible."""
    for row in page_rows:
        tokens = [_plain(item.word.text) for item in row]
        if len(MOTTO_WORDS.intersection(tokens)) < LEGIBLE * min(map(len, MOTTOES)):
            continue
        for motto in MOTTOES:
            # the body's name at the left may share words with the motto (TỈNH HÒA BÌNH): the best window counts
            windows = [
                (len(set(motto) & set(tokens[i : i + len(motto)])), i)
                for i, token in enumerate(tokens)
                if token in motto
            ]
            hits, start = max(windows, default=(0, 0))
            if hits >= LEGIBLE * len(motto):
                return box_of(item for item in row[start : start + len(motto)])
    return None


@lru_cache(maxsize=10_000)
def _plain(word: str) -> str:
    """Return a word without marks, signs and capitals."""
    return re.sub(r"\W", "", fold(word)).lower()


def _split(row: Row, gutter: float, usual: float) -> tuple[Row, Row]:
    """Cut a row at its widest gap near the gutter; a row without one lies where most of it lies."""
    best, cut = 0.9 * usual, None
    for i in range(len(row) - 1):
        gap = row[i + 1].box.x0 - row[i].box.x1
        middle = (row[i + 1].box.x0 + row[i].box.x1) / 2
        reach = max(gap, 0.0) / 2 + 5 * usual
        if gap > best and abs(middle - gutter) < reach:
            best, cut = gap, i + 1
    if cut is not None:
        return row[:cut], row[cut:]
    box = box_of(row)
    return (row, []) if (box.x0 + box.x1) / 2 < gutter else ([], row)


def _crosses(row: Row, gutter: float, usual: float) -> bool:
    """Tell whether a row runs over the gutter without a gap, as titles and body text do."""
    left, right = _split(row, gutter, usual)
    box = box_of(row)
    return not (left and right) and box.x0 < gutter - 2 * usual and box.x1 > gutter + 2 * usual


def _left_only(right: Row, left: Row, gutter: float) -> bool:
    return not right and bool(left) and box_of(left).x1 < gutter + 10


def _is_title(row: Row, width: float) -> bool:
    """Tell whether a row is the centred title in capitals, or the addressee."""
    box, text = box_of(row), text_of(row)
    centred = abs((box.x0 + box.x1) / 2 - width / 2) < 0.06 * width
    return (centred and text.isupper() and len(text) > 4) or fold(text).lower().startswith("kinh gui")


def foot(page_rows: list[Row], width: float) -> Columns | None:
    """Return the foot's two blocks: *Nơi nhận* and the signature, None where the page has none."""
    openings = ((at, _recipients(row, width)) for at, row in enumerate(page_rows))
    start, anchor = next(((at, anchor) for at, anchor in openings if anchor is not None), (0, None))
    if anchor is None:
        return None
    usual = usual_height([item for row in page_rows for item in row])
    zone = [item for row in page_rows[start:] for item in row]
    gutter = _gutter(zone, anchor, width)
    first = start
    while first > 0 and _leads_in(page_rows[first - 1], page_rows[first], gutter, usual):
        first -= 1
    zone = [item for row in page_rows[first:] for item in row]
    left = [item for item in zone if item.centre < gutter]
    right = [item for item in zone if item.centre >= gutter]
    return Columns(left, right) if left else None


def _recipients(row: Row, width: float) -> Placed | None:
    """Return the word that opens "Nơi nhận", which stands in the left part of the page."""
    if not RECEIVING.search(text_of(row)):
        return None
    left = sum(item.box.x0 < 0.45 * width for item in row)  # rows run from left to right
    found = (at for at in range(left) if RECIPIENTS.search(text_of(row[at : at + 3])))
    return next((row[at] for at in found), None)


def _leads_in(upper: Row, lower: Row, gutter: float, usual: float) -> bool:
    """Tell whether a row above belongs to a signature block that begins higher than the recipients."""
    return box_of(upper).x0 > gutter and box_of(lower).y0 - box_of(upper).y1 < 1.5 * usual


def _gutter(zone: list[Placed], anchor: Placed, width: float) -> float:
    """The middle of the widest white column between the two blocks."""
    edges = sorted((max(item.box.x0, anchor.box.x0), item.box.x1) for item in zone)
    best, at, reached = 0.0, 0.5 * width, anchor.box.x1
    for x0, x1 in edges:
        if x0 - reached > best and 0.25 * width < (x0 + reached) / 2 < 0.72 * width:
            best, at = x0 - reached, (x0 + reached) / 2
        reached = max(reached, x1)
    return at
