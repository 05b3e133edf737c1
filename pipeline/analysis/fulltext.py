"""The search index of a part: every page's words, once as printed and once folded. The only module that uses SQLite.

A word typed without marks finds every word that it may stand for; a word typed with marks means itself. Upper and lower
case are one, so are the two ways to place a tone (hòa, hoà). An index is written once and then only read.
"""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from diacritics.folding import fold
from diacritics.normalization import normalize

HASH_BYTES: Final = 32 << 20  # words kept in memory before they are written: fewer pieces to be merged
PAGES_IN_DOCUMENT: Final = 1 << 20  # rowid = document * this + page
_MOVED: Final = tuple(  # the newer place of a tone and the older: oà òa
    (f"{first}{newer}", f"{older}{last}")
    for first, last, toned in (
        ("o", "a", ("à ò", "á ó", "ả ỏ", "ã õ", "ạ ọ")),
        ("o", "e", ("è ò", "é ó", "ẻ ỏ", "ẽ õ", "ẹ ọ")),
        ("u", "y", ("ỳ ù", "ý ú", "ỷ ủ", "ỹ ũ", "ỵ ụ")),
    )
    for newer, older in map(str.split, toned)
)
_TERM: Final = re.compile(r'"([^"]*)"?|(\S+)')
_WORD: Final = re.compile(r"[^\W_]+")


class About(NamedTuple):
    """What a result says of its document."""

    document: int
    file: str
    number: str | None
    kind: str | None
    issuer: str | None
    date: str | None
    title: str | None


class Shelved(NamedTuple):
    """A document on its way into the index: its pages by number."""

    about: About
    pages: list[tuple[int, str]]


class Match(NamedTuple):
    """A page that matches by its words: `rank` is better the smaller it is, `date` is that of its document."""

    rank: float
    document: int
    page: int
    date: str


class Hit(NamedTuple):
    """A page that says what was typed."""

    about: About
    page: int
    text: str


class Index:
    """Writes the index of one part; use it as a context."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path, isolation_level=None)
        self._base.executescript(
            """
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;
            CREATE TABLE documents (document INTEGER PRIMARY KEY, file TEXT, number TEXT, kind TEXT, issuer TEXT,
                                    date TEXT, title TEXT, issuer_key TEXT, kind_key TEXT);
            CREATE TABLE pages (id INTEGER PRIMARY KEY, text BLOB);
            CREATE VIRTUAL TABLE words USING fts5
                (exact, folded, content='', prefix='1', tokenize="unicode61 remove_diacritics 0");
            """
            f"INSERT INTO words (words, rank) VALUES ('hashsize', {HASH_BYTES}); BEGIN;"
        )

    def __enter__(self) -> Index:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._base.execute("COMMIT")
            self._base.execute("INSERT INTO words (words) VALUES ('optimize')")
        self._base.close()

    def add(self, shelved: Shelved) -> None:
        """Add a document and its pages."""
        about = shelved.about
        keys = (fold(about.issuer or "").lower(), fold(about.kind or "").lower())
        self._base.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*about, *keys))
        for number, text in shelved.pages:
            row = about.document * PAGES_IN_DOCUMENT + number
            exact = spelled(text)
            self._base.execute("INSERT INTO pages VALUES (?, ?)", (row, zlib.compress(text.encode(), 1)))
            self._base.execute("INSERT INTO words (rowid, exact, folded) VALUES (?, ?, ?)", (row, exact, fold(exact)))

    def copy(self, path: Path, dead: Collection[int]) -> None:
        """Add what another index holds, without documents that are `dead`."""
        with connect(path) as base:
            for row in base.execute(
                "SELECT document, file, number, kind, issuer, date, title FROM documents ORDER BY document"
            ):
                about = About(*row)
                if about.document not in dead:
                    first = about.document * PAGES_IN_DOCUMENT
                    pages = base.execute(
                        "SELECT id, text FROM pages WHERE id BETWEEN ? AND ?", (first, first + PAGES_IN_DOCUMENT - 1)
                    )
                    self.add(Shelved(about, [(row - first, zlib.decompress(text).decode()) for row, text in pages]))


class Phrase:
    """Words that stand side by side: those typed without marks may be any, those typed with marks are themselves."""

    def __init__(self, typed: str) -> None:
        words = _WORD.findall(typed)
        self.marked = {place: spelled(word) for place, word in enumerate(words, start=1) if fold(word) != word}
        begins = typed.endswith("*")
        if len(self.marked) == len(words):
            self.match = _phrase("exact", words, begins)
        else:
            whole = [word for place, word in self.marked.items() if not (begins and place == len(words))]
            folded = _phrase("folded", [fold(word) for word in words], begins)
            self.match = " AND ".join([folded, *(_phrase("exact", [word]) for word in whole)])
        body = r"[\W_]+".join(f"({re.escape(fold(word))})" for word in words)
        self._pattern = re.compile(rf"(?<![^\W_]){body}" + ("" if begins else r"(?![^\W_])"), re.IGNORECASE)

    def find(self, text: str, folded: str) -> tuple[int, int] | None:
        """Return where the words stand in a text of which `folded` is the fold."""
        for match in self._pattern.finditer(folded):
            if all(spelled(text[slice(*match.span(place))]) == word for place, word in self.marked.items()):
                return match.span()
        return None


def _phrase(column: str, words: Sequence[str], begins: bool = False) -> str:
    return f'{column} : "{" ".join(map(spelled, words))}"{" *" if begins else ""}'


class Query:
    """What somebody typed, made ready: words, "words side by side", and ``word*`` for beginnings.

    `close` takes words without quotation marks as standing side by side; else they may stand anywhere on a page.
    """

    def __init__(self, typed: str, *, close: bool) -> None:
        terms = [quoted or bare for quoted, bare in _TERM.findall(normalize(typed))]
        if close and '"' not in typed:
            terms = [" ".join(terms)]
        self.phrases = [Phrase(term) for term in terms if _WORD.search(term)]
        self.match = " AND ".join(phrase.match for phrase in self.phrases)

    def find(self, text: str) -> tuple[int, int] | None:
        """Return where in a page's text the first of the phrases stands, None where one of them is not there."""
        folded = fold(text)
        spans = [span for phrase in self.phrases if (span := phrase.find(text, folded))]
        return min(spans) if len(spans) == len(self.phrases) else None


class Wanted(NamedTuple):
    """Which documents to search: parts of the names of their kind and issuer, years of issue."""

    kind: str | None = None
    issuer: str | None = None
    since: str | None = None
    before: str | None = None


def connect(path: Path) -> sqlite3.Connection:
    """Open an index for reading; it never changes, so no lock is needed and a read-only disk will do."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def matches(base: sqlite3.Connection, query: Query, wanted: Wanted, *, ranked: bool, limit: int = -1) -> list[Match]:
    """Return the pages of one part that match, the last read first, weighed or unweighed; no text is read for it."""
    source, values = _matching(query, wanted)
    rank = "rank" if ranked else "0.0"
    date = f"(SELECT date FROM documents WHERE document = words.rowid / {PAGES_IN_DOCUMENT})"
    found = base.execute(f"SELECT {rank}, words.rowid, {date} {source} ORDER BY words.rowid DESC LIMIT {limit}", values)
    return [Match(rank, row // PAGES_IN_DOCUMENT, row % PAGES_IN_DOCUMENT, date or "") for rank, row, date in found]


def hit(base: sqlite3.Connection, match: Match, query: Query) -> Hit | None:
    """Return a page that matches with its text, None where that does not say what was typed to the mark."""
    row = match.document * PAGES_IN_DOCUMENT + match.page
    text = zlib.decompress(base.execute("SELECT text FROM pages WHERE id = ?", (row,)).fetchone()[0]).decode()
    if query.find(text) is None:
        return None
    about = base.execute(
        "SELECT document, file, number, kind, issuer, date, title FROM documents WHERE document = ?", (match.document,)
    )
    return Hit(About(*about.fetchone()), match.page, text)


def _matching(query: Query, wanted: Wanted) -> tuple[str, list[str]]:
    """Return FROM and WHERE of what matches, with the values in it."""
    chosen, values = [], [query.match]
    for field, value in (("kind_key", wanted.kind), ("issuer_key", wanted.issuer)):
        if value:
            chosen.append(f"instr({field}, ?)")
            values.append(fold(value).lower())
    for sign, value in ((">=", wanted.since), ("<", wanted.before)):
        if value:
            chosen.append(f"date {sign} ?")
            values.append(value)
    source = "FROM words WHERE words MATCH ?"
    if chosen:
        documents = f"SELECT document FROM documents WHERE {' AND '.join(chosen)}"
        source += f" AND words.rowid / {PAGES_IN_DOCUMENT} IN ({documents})"
    return source, values


def spelled(text: str) -> str:
    """Return the spelling that is compared: lower case, the tone of an open oa, oe, uy on its first letter."""
    text = text.lower()
    for new, old in _MOVED:
        text = text.replace(new, old)
    return text
