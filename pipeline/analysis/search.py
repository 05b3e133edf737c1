"""Full text over a whole store: the indexes of all parts asked side by side, the best pages first, each with a snippet.

Words that are typed side by side are looked for side by side; where that finds too little, anywhere on a page.
"""

from __future__ import annotations

import heapq
import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from pipeline.analysis import fulltext, parts
from pipeline.analysis.fulltext import Hit, Query, Wanted
from pipeline.errors import NoTables, UsageError

SNIPPET_CHARACTERS: Final = 160
MAX_TYPED: Final = 1_000
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
        UsageError: nothing to look for. NoTables, NewerTables, DamagedFile: see `parts.read_manifest`.
    """
    manifest = parts.read_manifest(store)
    paths, dead = parts.search_files(store, manifest), frozenset(manifest.dead)
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
    """Return the best pages; of words that stand everywhere, those of the newest documents among the last read."""
    try:
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            ranked = sum(pool.map(lambda path: fulltext.count(path, query, wanted), paths)) <= MAX_RANKED

            def of_part(path: Path) -> list[Hit]:
                return list(islice(fulltext.hits(path, query, wanted, dead, ranked=ranked), limit))

            hits = [hit for part in pool.map(of_part, paths) for hit in part]
    except sqlite3.Error as error:
        raise NoTables(f"the search index cannot be read ({error})", advice="Run `vanban tables --rebuild`.") from None
    newest = sorted(hits, key=lambda hit: hit.about.date or "", reverse=True)
    return heapq.nsmallest(limit, newest, key=lambda hit: round(hit.rank, 3))


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
