"""Full text over a whole store: the indexes of all parts asked side by side, the best pages first, each with a snippet.

Words that are typed side by side are looked for side by side; where that finds too little, anywhere on a page.
"""

from __future__ import annotations

import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from pipeline.analysis import fulltext, manifests
from pipeline.analysis.fulltext import Hit, Match, Query, Wanted
from pipeline.errors import NoTables, UsageError

SNIPPET_CHARACTERS: Final = 160
MAX_TYPED: Final = 1_000
COMMON: Final = 300  # matches in one part; of more, the last read are looked at first
MAX_RANKED: Final = 2_000  # pages that are worth weighing; what stands on more tells little


@dataclass(frozen=True)
class Found:
    """A page that matches: its document, and a line of its text with the match at `start` to `end` in it."""

    document: int
    file: str
    page: int
    number: str | None
    kind: str | None
    issuer: str | None
    date: str | None
    title: str | None
    snippet: str
    start: int
    end: int


@dataclass(frozen=True)
class Results:
    """The best pages; `more` where there are others."""

    found: list[Found]
    more: bool


def search(store: Path, typed: str, wanted: Wanted | None = None, *, limit: int = 20) -> Results:
    """Return the pages of a store that say what was typed.

    Raises:
        UsageError: nothing to look for. NoTables, NewerTables, DamagedFile: see `manifests.read_manifest`.
    """
    manifest = manifests.read_manifest(store)
    paths, dead = manifests.search_files(store, manifest), frozenset(manifest.dead)
    hits: dict[tuple[int, int], Hit] = {}
    for close in (True, False):
        query = Query(typed[:MAX_TYPED], close=close)
        if not query.phrases:
            raise UsageError("there is no word to look for", advice="Type at least one letter or digit.")
        for hit in _best(paths, query, wanted or Wanted(), dead, limit + 1):
            hits.setdefault((hit.about.document, hit.page), hit)
        if len(hits) > limit or len(query.phrases) > 1 or '"' in typed or " " not in typed.strip():
            break
    found = [_found(hit, typed) for hit in islice(hits.values(), limit)]
    return Results(found, more=len(hits) > limit)


def _best(paths: list[Path], query: Query, wanted: Wanted, dead: frozenset[int], limit: int) -> list[Hit]:
    """Return the best pages; of words that stand everywhere, those of the newest documents among the last read.

    Only pages that are going to be shown are opened: to read a text takes a hundred times as long as to find it.
    """
    try:
        with ExitStack() as opened, ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            bases = [opened.enter_context(closing(fulltext.connect(path))) for path in paths]
            common = COMMON
            while True:
                found, is_all = _matches(pool, bases, query, wanted, common)
                pages = ((match, base) for match, base in found if match.document not in dead)
                hits = (hit for match, base in pages if (hit := fulltext.hit(base, match, query)))
                best = list(islice(hits, limit))
                if is_all or len(best) == limit:
                    return best
                common *= 10  # too many of them only looked like it
    except sqlite3.Error as error:
        raise NoTables(f"the search index cannot be read ({error})", advice="Run `vanban tables --rebuild`.") from None


def _matches(
    pool: ThreadPoolExecutor, bases: list[sqlite3.Connection], query: Query, wanted: Wanted, common: int
) -> tuple[list[tuple[Match, sqlite3.Connection]], bool]:
    """Return the pages that match by their words, the best first, and whether these are all: of one part that has more
    than `common` it is so many that were read last."""

    def of_part(base: sqlite3.Connection, ranked: bool = False, limit: int = common) -> list[Match]:
        return fulltext.matches(base, query, wanted, ranked=ranked, limit=limit)

    found = list(pool.map(of_part, bases))
    if is_few := sum(map(len, found)) <= MAX_RANKED:
        found = list(pool.map(lambda base: of_part(base, ranked=True, limit=-1), bases))
    pairs = [(match, base) for base, part in zip(bases, found, strict=True) for match in part]
    pairs.sort(key=lambda pair: pair[0].date, reverse=True)
    pairs.sort(key=lambda pair: round(pair[0].rank, 3))
    return pairs, is_few or all(len(part) < common for part in found)


def _found(hit: Hit, typed: str) -> Found:
    """Cut the match out of its page with some words before and after it."""
    span = next(span for close in (True, False) if (span := Query(typed[:MAX_TYPED], close=close).find(hit.text)))
    room = max(0, SNIPPET_CHARACTERS - (span[1] - span[0])) // 2
    first, last = _word_start(hit.text, span[0] - room), _word_end(hit.text, span[1] + room)
    before = ("…" if first else "") + " ".join(hit.text[first : span[0]].split())
    before += " " if before and hit.text[span[0] - 1].isspace() else ""
    match = " ".join(hit.text[span[0] : span[1]].split())
    after = hit.text[span[1] : last]
    after = (" " if after[:1].isspace() else "") + " ".join(after.split()) + ("…" if last < len(hit.text) else "")
    about = hit.about
    return Found(
        about.document, about.file, hit.page, about.number, about.kind, about.issuer, about.date, about.title,
        before + match + after, len(before), len(before) + len(match),
    )  # fmt: skip


def _word_start(text: str, place: int) -> int:
    while 0 < place < len(text) and not text[place - 1].isspace():
        place -= 1
    return max(0, place)


def _word_end(text: str, place: int) -> int:
    while place < len(text) and not text[place].isspace():
        place += 1
    return min(place, len(text))
