"""Decoding of Vietnamese text written before Unicode, where only a font (or a guess) makes it readable.

Which encoding a block is in is decided by what reads as Vietnamese after decoding, never by the font's name alone:
names lie ("VNSTCVN3" has covered VNI text). Decoding goes chunk by chunk between spaces, so a block that is half
decoded already, or that quotes Unicode text, keeps what is right. A block is a paragraph or so: whole files mix
encodings, single words are too short to tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final, NamedTuple, get_args

from diacritics.alphabet import MARKED
from diacritics.encodings import TCVN3, VISCII, VNI, VPS, Encoding
from diacritics.normalization import normalize
from diacritics.syllables import is_syllable

ENCODINGS: Final[tuple[Encoding, ...]] = get_args(Encoding)

LIKELY: Final = 0.7
"""Share of the marked words that must be syllables after decoding before a block is taken for legacy."""

CERTAIN: Final = 0.97
_ENOUGH: Final = 30
"""Thirty marked words, nearly all of them syllables: no other encoding needs to be tried."""

_HINT_WORTH: Final = 1.5
"""A font name or the page's encoding counts like one and a half words: enough to settle a tie, no more."""

LIKELY_WHERE_EXPECTED: Final = 0.5
"""The same where font or page suggest the encoding: a name or two may be no syllables."""

READS: Final = 0.6
"""Share of syllables among the marked words above which text is no legacy text misread: that has 0.4 at most."""

_DOUBT: Final[dict[Encoding, float]] = {"tcvn3": 2.5, "vni": 2.5, "vps": 6.0, "viscii": 6.0}
"""How much better an encoding must read than the text as it stands (a word put right counts two): the rare ones need
more proof, and one odd name ("Hồng Kông") must be none."""
_DOUBT_PARTLY: Final = 6.0

_PATTERNS: Final = {
    "tcvn3": re.compile(r"^\.?vn(?!i)|tcvn|\babc\b", re.IGNORECASE),
    "vni": re.compile(r"^vni", re.IGNORECASE),
    "vps": re.compile(r"^vps", re.IGNORECASE),
    "viscii": re.compile(r"viscii|^(?:vi|hoang)\b", re.IGNORECASE),
}
_SUBSET_TAG: Final = re.compile(r"^[A-Z]{6}\+")
_CAPITAL_FONT: Final = re.compile(r"^\.?Vn\w[\w ]*?H(?=$|[,\s-]|Bold|Italic|Regular|Normal)")

_TABLES: Final = {
    "tcvn3": str.maketrans(TCVN3),
    "viscii": str.maketrans(VISCII),
    "vps": str.maketrans(VPS),
}
_VNI_PAIR: Final = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_WORD: Final = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]+")
_ABBREVIATION: Final = re.compile("[A-ZĐƯ]{2,12}")
_CHUNK: Final = re.compile(r"[^\s\u00a0]{1,500}")  # no words are longer, and what looks round in them is not quick
_ODD_NEIGHBOUR: Final = re.compile(r"(?<=[^\W\d_])[\u00a1-\u00bf\u00d7\u00f7\u2212\u2219](?=[^\W\d_])")
# Signs that print uses for themselves too: they are letters only beside a letter. Other codes always are.
_SIGN: Final = r"\u00ad\u00b0-\u00b3\u00b7\u00bb\u00d7\u00f7\u2212\u2219"
_LETTER: Final = r"[^\W\d_\u00b2\u00b3\u00b9\u00bc-\u00be]"
_LONE_SIGN: Final = re.compile(
    rf"(?<!{_LETTER})(?<![\u00a1-\u00bf])[{_SIGN}](?!{_LETTER})(?![\u00a1-\u00bf\u2212\u2219])"
)
_HORNED_O: Final = "ơờớởỡợƠỜỚỞỠỢ"
_HORNED: Final = re.compile(rf"[^\W\d_]*[{_HORNED_O}][^\W\d_]*")
_HYPHENATED: Final = re.compile(r"[^\W\d_]*-[^\W\d_]*")


class Decoded(NamedTuple):
    """Text as meant, the encoding it was in (None: it was left alone), and how well it reads (0 to 1)."""

    text: str
    encoding: Encoding | None
    score: float


class Choice(NamedTuple):
    """The encoding that reads best, and the share of the marked words that are syllables under it.

    `partly` tells that more words are Unicode already than are not: then a word is only decoded if it is no syllable.
    """

    encoding: Encoding | None
    score: float
    partly: bool = False


def decode(text: str, font_hint: str | None = None) -> Decoded:
    """Decode one block; text that reads as well without decoding comes back as it is.

    `font_hint` is the name of the font the block is set in: it settles doubtful cases, and a TCVN3 capital font
    (its name ends in H) puts the block in capitals, as the page shows it.
    """
    choice = choose([text], hinted(font_hint))
    if choice.encoding is None:
        return Decoded(text, None, choice.score)
    decoded = _decode_lines(text, choice.encoding, choice.partly)
    return Decoded(decoded.upper() if capital_font(font_hint) else decoded, choice.encoding, choice.score)


def decode_blocks(text: str) -> Decoded:
    """Decode a whole text file paragraph by paragraph (blank lines part them); what most are in helps the short ones.

    `encoding` is that of most decoded characters. Line breaks stay where they are.
    """
    whole = choose([text])
    parts, sizes, scores = [], dict.fromkeys(ENCODINGS, 0), []
    for block in re.split(r"(\n[ \t\r]*\n)", text):
        choice = whole if block == text and whole.encoding is None else choose([block], whole.encoding)
        parts.append(_decode_lines(block, choice.encoding, choice.partly) if choice.encoding else block)
        if choice.encoding:
            sizes[choice.encoding] += len(block)
        if block.strip():
            scores.append((choice.score, len(block)))
    main = max(ENCODINGS, key=sizes.__getitem__)
    weight = sum(size for _, size in scores) or 1
    score = sum(score * size for score, size in scores) / weight
    return Decoded("".join(parts), main if sizes[main] else None, score)


def looks_legacy(text: str, font_hint: str | None = None) -> bool:
    """Return whether decoding would make the block read better."""
    return choose([text], hinted(font_hint)).encoding is not None


@lru_cache(maxsize=4096)
def hinted(font_name: str | None) -> Encoding | None:
    """Return the encoding that a font of this name usually holds (subset tag allowed), None if it says nothing."""
    if not font_name:
        return None
    name = _SUBSET_TAG.sub("", font_name)
    return next((encoding for encoding in ENCODINGS if _PATTERNS[encoding].search(name)), None)


@lru_cache(maxsize=4096)
def capital_font(font_name: str | None) -> bool:
    """Return whether a TCVN3 font shows small letters as capitals: .VnTimeH, VnArialHBold."""
    return bool(font_name) and _CAPITAL_FONT.match(_SUBSET_TAG.sub("", font_name or "")) is not None


def choose(texts: Iterable[str], expected: Encoding | None = None) -> Choice:
    """Return the encoding under which the texts of one block read best; None where they are best left alone.

    `expected` is what the fonts or the rest of the page suggest.
    """
    chunks = [chunk for text in texts for chunk in _CHUNK.findall(text) if not chunk.isascii()]
    if not chunks:
        return Choice(None, 1.0)
    good, bad = _readings(chunks)
    plain = Choice(None, good / (good + bad) if good + bad else 1.0)
    partly = sum(not _UNICODE_ONLY.isdisjoint(chunk) for chunk in chunks) > sum(_faults(chunk) > 0 for chunk in chunks)
    if expected is None and (not bad or (plain.score > READS and not partly)):
        return plain
    best, best_lead = plain, good - bad - _HINT_WORTH * (expected is not None)
    for encoding in sorted(ENCODINGS, key=lambda name: name != expected):
        good, bad = _readings(_converted(chunk, encoding, partly) for chunk in chunks)
        share = good / (good + bad) if good + bad else 0.0
        doubt = _DOUBT_PARTLY if partly else _DOUBT[encoding]
        lead = good - bad - (0.0 if encoding == expected else doubt)
        if lead > best_lead and share >= (LIKELY_WHERE_EXPECTED if encoding == expected else LIKELY):
            best, best_lead = Choice(encoding, share, partly), lead
            if share >= CERTAIN and good >= _ENOUGH:
                break
    return best


def convert(text: str, encoding: Encoding, partly: bool = False) -> str:
    """Decode `text` from `encoding`, chunk by chunk between spaces; a chunk that is Unicode already stays.

    `partly`: most of the text is Unicode, so that chunks that read well as they are stay too.
    """
    return _CHUNK.sub(lambda match: _converted(match.group(), encoding, partly), text)


def _decode_lines(text: str, encoding: Encoding, partly: bool) -> str:
    text = convert(text, encoding, partly)
    if encoding != "tcvn3":
        return text
    parts = re.split(r"(\s+)", text)
    line: list[int] = []
    for at in range(0, len(parts), 2):
        line.append(at)
        if at + 1 == len(parts) or "\n" in parts[at + 1]:
            for index, word in zip(line, raise_capitals([parts[index] for index in line]), strict=True):
                parts[index] = word
            line = []
    return "".join(parts)


def raise_capitals(words: list[str]) -> list[str]:
    """Return the words of one line of TCVN3 text with the marked letters of words in capitals as capitals too.

    TCVN3 has no codes for most marked capitals: a font for capitals shows them, and typing in capitals leaves
    "CéNG HßA X· HéI", which decodes to "CộNG HòA Xã HộI". "Xã" by itself may be meant so: its neighbours decide.
    """
    kinds = [_case(word) for word in words]
    if "capitals" not in kinds:
        return words
    raised = list(words)
    before, after = _nearest(kinds), _nearest(kinds[::-1])[::-1]
    for at, kind in enumerate(kinds):
        if kind == "capitals" or (kind == "open" and {before[at], after[at]} - {""} == {"capitals"}):
            raised[at] = words[at].upper()
    return raised


def _nearest(kinds: Sequence[str]) -> list[str]:
    """Return for each word what the last one up to it is whose case is known, "" where none is."""
    return list(accumulate(kinds, lambda last, kind: kind if kind in ("capitals", "small") else last, initial=""))[1:]


@lru_cache(maxsize=60_000)
def _case(word: str) -> str:
    """Return what a word's ASCII letters say of its case: "capitals", "small", "open" (too few), "" (no syllable)."""
    letters = "".join(_WORD.findall(word))
    plain = "".join(letter for letter in letters if letter.isascii())
    if not letters or not all(map(is_syllable, _WORD.findall(word))):
        return ""
    if not plain.isupper():
        return "small" if plain else "open"
    return "capitals" if len(plain) > 1 or (letters.isupper() and len(letters) > 1) else "open"


@lru_cache(maxsize=60_000)
def _converted(chunk: str, encoding: Encoding, partly: bool) -> str:
    if chunk.isascii() and "-" not in chunk:
        return chunk
    if encoding == "vni":
        decoded = _VNI_PAIR.sub(lambda match: VNI[match.group()], chunk)
    else:
        decoded = _translate(chunk, encoding)
    decoded = normalize(decoded)
    unicode = partly or not _UNICODE_ONLY.isdisjoint(chunk)
    return chunk if unicode and _faults(decoded) >= _faults(chunk) else decoded


_UNICODE_ONLY: Final = frozenset(letter for letter in MARKED if ord(letter) > 0xFF)
"""Letters that no misread legacy text shows: a chunk with one of them is Unicode, at least in part."""


def _translate(chunk: str, encoding: Encoding) -> str:
    table = _TABLES[encoding]
    kept = {match.start() for match in _LONE_SIGN.finditer(chunk)} if encoding == "tcvn3" else ()
    decoded = "".join(sign if at in kept else sign.translate(table) for at, sign in enumerate(chunk))
    if encoding == "tcvn3":
        if "-" in decoded:
            decoded = _HYPHENATED.sub(_dash_for_horn, decoded)
        decoded = _HORNED.sub(_lost_horn, decoded)
    return decoded


def _lost_horn(match: re.Match[str]) -> str:
    """Put the ư back that a tool dropped with the soft hyphen: "nớc" is no syllable, "nước" is."""
    word = match.group()
    if is_syllable(word):
        return word
    at = next(index for index, letter in enumerate(word) if letter in _HORNED_O)
    repaired = word[:at] + ("Ư" if word[at].isupper() else "ư") + word[at:]
    return repaired if is_syllable(repaired) else word


def _dash_for_horn(match: re.Match[str]) -> str:
    """Read a hyphen as ư where that makes a syllable: many a tool turns the soft hyphen, code of ư, into a hyphen."""
    word = match.group()
    before, _, after = word.partition("-")
    joined = f"{before}ư{after}"
    apart = is_syllable(before) and (not after or is_syllable(after))
    return joined if joined[1:].islower() and is_syllable(joined) and not apart else word


def _faults(chunk: str) -> int:
    return _reading(chunk)[1]


@lru_cache(maxsize=60_000)
def _reading(chunk: str) -> tuple[int, int]:
    """Count the marked words of a chunk: those that are syllables, and those that are none or hold stray signs."""
    if chunk.isascii():
        return 0, 0
    marked = [word for word in _WORD.findall(chunk) if not word.isascii()]
    good = sum(map(is_syllable, marked))
    bad = sum(not is_syllable(word) and not _ABBREVIATION.fullmatch(word) for word in marked)
    return good, bad + 2 * len(_ODD_NEIGHBOUR.findall(chunk))  # no name has a sign inside


def _readings(chunks: Iterable[str]) -> tuple[int, int]:
    good = bad = 0
    for chunk in chunks:
        more_good, more_bad = _reading(chunk)
        good += more_good
        bad += more_bad
    return good, bad
