"""Electronic signatures (*chữ ký số*): who signed, for which organisation, when; from the file's fields or as printed.

The signer's name comes out of the certificate that lies in the field, which is parsed by `cryptography`: its parser is
written in a memory-safe language and keeps to DER, and what is signed by strangers is parsed here before anything else.
Files are only read. Nothing here tells whether a signature is valid.

What a signature prints on the page ("Ký bởi: …") is no part of the document: `take_out` sets its words apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from statistics import median
from typing import Final, NamedTuple

from diacritics.folding import fold
from pipeline.document import Box, Line, Word
from pipeline.records import ElectronicSignature

MAX_CONTENTS: Final = 1 << 20
"""Bytes of one signature that are parsed; real ones have 10,000."""
SMALL: Final = 0.8
"""Printed signatures are smaller than the text: words in a signature's box above this share of it are the text's."""
MAX_ROWS: Final = 10
"""Rows of a printed signature."""
MAX_WORDS: Final = 100
"""Words of a printed signature: a field over a whole page prints no signature only."""

_KEYS: Final = {
    "signer": r"ky (?:so )?boi|nguoi ky|nguoi ky so|(?:digitally |electronically )?signed by|signer",
    "organization": r"co quan|don vi|to chuc|organi[sz]ation",
    "time": r"(?:thoi gian|ngay|gio) ky|ky ngay|(?:signing )?(?:date|time)",
    "other": r"e-?mail|thu dien tu|chuc vu|ly do|reason|location|dia diem|signature (?:not )?(?:valid|verified)",
}
_KEY: Final = re.compile(
    r"\W{0,3}(?:duoc )?(?:" + "|".join(f"(?P<{name}>{keys})" for name, keys in _KEYS.items()) + r")\b\s*:?\s*"
)
_HEADS: Final = re.compile(
    r"\W{0,3}(?:(?:ky (?:so )?boi|nguoi ky|(?:thoi gian|ngay) ky)\s*:|duoc ky boi|"
    r"(?:digitally |electronically )?signed by|signature (?:not )?(?:valid|verified))"
)
_HEADED: Final = re.compile(r"ky (?:so )?boi|nguoi ky|(?:thoi gian|ngay) ky|signed by|signature ")
"""What such a page holds somewhere, folded: asked first of all its words at once."""
_MAY_HEAD: Final = re.compile(r"\W*$|\W{0,3}[kntdđes]", re.IGNORECASE)
"""What the first word of such a row is like, as it is printed: asked first of every word of a page."""
_PDF_DATE: Final = re.compile(r"D?:?(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?'?)?")
_ZONE: Final = r"(?:\s*([+-])(\d\d)[:']?(\d\d)'?)?"
_PRINTED_TIMES: Final = (
    re.compile(rf"(?P<d>\d\d?)[./-](?P<m>\d\d?)[./-](?P<y>\d{{4}})(?:\D{{1,3}}(\d\d?):(\d\d)(?::(\d\d))?{_ZONE})?"),
    re.compile(rf"(?P<y>\d{{4}})[./-](?P<m>\d\d?)[./-](?P<d>\d\d?)(?:\D{{1,3}}(\d\d?):(\d\d)(?::(\d\d))?{_ZONE})?"),
)


class SignatureField(NamedTuple):
    """A PDF signature field as it stands in the file: the CMS container, the time and the reason written beside it."""

    contents: bytes
    time: str
    reason: str


def from_fields(fields: Iterable[SignatureField]) -> list[ElectronicSignature]:
    """Return who signed according to the file's signature fields, earliest first, each signer and time once."""
    found: dict[tuple[str | None, str | None], ElectronicSignature] = {}
    for field in fields:
        signer, organization = _subject(field.contents)
        time = pdf_time(field.time)
        if signer or organization or time:
            signature = ElectronicSignature(signer=signer, organization=organization, time=time, source="field")
            found.setdefault((signer, time), signature)
    return sorted(found.values(), key=lambda signature: signature.time or "9")


def _subject(contents: bytes) -> tuple[str | None, str | None]:
    """Return common name and organisation of the certificate that signed; None where it cannot be read."""
    from cryptography import x509  # takes a tenth of a second to load, and few documents are signed
    from cryptography.hazmat.primitives.serialization import pkcs7

    try:
        certificates = pkcs7.load_der_pkcs7_certificates(_der(contents))
        issuers = {certificate.issuer for certificate in certificates if certificate.issuer != certificate.subject}
        signing = [certificate for certificate in certificates if certificate.subject not in issuers]
        subject = (signing or certificates)[0].subject
        oid = x509.NameOID
        names, units, organizations = (
            [str(attribute.value).strip() for attribute in subject.get_attributes_for_oid(kind)]
            for kind in (oid.COMMON_NAME, oid.ORGANIZATIONAL_UNIT_NAME, oid.ORGANIZATION_NAME)
        )
    except Exception:  # hostile or broken certificates raise more kinds of errors than are documented
        return None, None
    return names[0] if names else None, ", ".join([*units, *organizations]) or None


def _der(contents: bytes) -> bytes:
    """Return the container without the zeros that fill up its place in the file."""
    if len(contents) < 2 or len(contents) > MAX_CONTENTS:
        return b""
    size = contents[1]
    if size < 0x80:
        return contents[: 2 + size]
    digits = size & 0x7F
    return contents[: 2 + digits + int.from_bytes(contents[2 : 2 + digits], "big")]


def pdf_time(text: str) -> str | None:
    """Return a PDF date (D:20240304162107+07'00') in ISO 8601, None where it is none."""
    match = _PDF_DATE.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second, utc, sign, zone_hours, zone_minutes = match.groups()
    zone = "+00:00" if utc else f"{sign}{zone_hours}:{zone_minutes or '00'}" if sign else ""
    return _iso(f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{zone}")


def printed_time(text: str) -> str | None:
    """Return the date, and the time where there is one, that a printed signature shows, in ISO 8601."""
    for pattern in _PRINTED_TIMES:
        if match := pattern.search(text):
            date = f"{match['y']}-{int(match['m']):02}-{int(match['d']):02}"
            hour, minute, second, sign, zone_hours, zone_minutes = match.groups()[3:]
            if hour is None:
                return _iso(date)
            zone = f"{sign}{zone_hours}:{zone_minutes}" if sign else ""
            return _iso(f"{date}T{int(hour):02}:{minute}:{second or '00'}{zone}")
    return None


def _iso(text: str) -> str | None:
    try:
        datetime.fromisoformat(text)
    except ValueError:  # the 30th of February: not ours to mend
        return None
    return text


def from_print(rows: Iterable[str]) -> ElectronicSignature | None:
    """Return what a printed signature says, row by row; None where it names neither signer nor organisation."""
    values: dict[str, list[str]] = {}
    key = None
    for row in rows:
        match = _KEY.match(fold(row).lower())
        if match is not None:
            key = match.lastgroup
            row = row[match.end() :]
        if key and row.strip():
            values.setdefault(key, []).append(row.strip())
    text = {name: " ".join(parts) for name, parts in values.items()}
    signer, organization = text.get("signer"), text.get("organization")
    if not (signer or organization):
        return None
    return ElectronicSignature(
        signer=signer, organization=organization, time=printed_time(text.get("time", "")), source="printed"
    )


def without_signature(lines: Sequence[str]) -> list[str]:
    """Return the lines that belong to no printed signature; its values may run over lines."""
    kept: list[str] = []
    rows = 0
    for line in lines:
        plain = fold(line).lower()
        if _HEADS.match(plain) or (rows and _KEY.match(plain)):
            rows = MAX_ROWS
        if rows:
            rows -= 3 if not _KEY.match(plain) else 0
        if rows <= 0:
            rows = 0
            kept.append(line)
    return kept


def take_out(words: Sequence[Word], boxes: Sequence[Box] = ()) -> tuple[list[Word], list[Line]]:
    """Part a page's words from those that electronic signatures print: the rest, and the signatures' rows.

    `boxes` are those of the page's signature fields: small words in them are theirs. Elsewhere a signature is known by
    how its rows begin ("Ký bởi: …", "Thời gian ký: …"). The rows have the role "signature".
    """
    stamped = _in_boxes(words, boxes)
    headed = _HEADED.search(fold(" ".join([word.text for word in words])).lower())
    if not headed and not stamped:
        return list(words), []
    placed = [at for at, word in enumerate(words) if word.box is not None and at not in stamped]
    for at in placed if headed else ():
        opens = _MAY_HEAD.match(words[at].text)
        if opens and at not in stamped and _HEADS.match(_ahead(words, at)):
            stamped.update(_block(words, placed, at))
    rows = _rows([words[at] for at in sorted(stamped)])
    rest = [word for at, word in enumerate(words) if at not in stamped]
    return rest, [Line(row, role="signature") for row in rows]


def _in_boxes(words: Sequence[Word], boxes: Sequence[Box]) -> set[int]:
    """Return the words that stand in the boxes of small print.

    A box of print as large as the text's is a number or a date that was filled in on signing, and so the document's
    own. So is a word in a box of small print that goes on outside it.
    """
    sized = [(at, box) for at, word in enumerate(words) if (box := word.box) is not None]
    if not boxes or not sized:
        return set()
    usual = median(box.height for _, box in sized)
    stamped: set[int] = set()
    for area in boxes:
        inside = {at: box for at, box in sized if _holds(area, box)}
        if not inside or len(inside) > MAX_WORDS or median(box.height for box in inside.values()) > SMALL * usual:
            continue
        around = [box for at, box in sized if at not in inside and box.height > SMALL * usual]
        while around:  # what goes on outside takes its neighbours inside along
            kept = {at: box for at, box in inside.items() if any(_beside(box, other) for other in around)}
            inside = {at: box for at, box in inside.items() if at not in kept}
            around = list(kept.values())
        stamped.update(inside)
    return stamped


def _holds(outer: Box, inner: Box) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.y0 + inner.y1) / 2
    return outer.x0 - 2 <= x <= outer.x1 + 2 and outer.y0 - 2 <= y <= outer.y1 + 2


def _beside(one: Box, other: Box) -> bool:
    """Whether two words stand in one row with no more than a word's space between them."""
    height = max(one.height, other.height)
    level = abs(one.y0 + one.y1 - other.y0 - other.y1) < height
    return level and max(one.x0, other.x0) - min(one.x1, other.x1) < height


def _ahead(words: Sequence[Word], at: int) -> str:
    """Return the next few words of the row from `at` on, folded: enough to tell a row's key."""
    first = words[at].box
    row = []
    for word in words[at : at + 4]:
        if first is None or word.box is None or abs(word.box.y1 - first.y1) > first.height:
            break
        row.append(word.text)
    return fold(" ".join(row)).lower()


def _block(words: Sequence[Word], placed: list[int], head: int) -> set[int]:
    """Return the words of the printed signature that begins at `head`: rows under one another, left edges in line.

    A row is taken while it begins with a key or its letters are as small as those of the first.
    """
    start = words[head].box
    assert start is not None
    taken: set[int] = set()
    row_top, extra, height = start.y0 - start.height * 0.5, 0, start.height
    for _ in range(MAX_ROWS):
        row = _row_at(words, placed, start.x0 - 3 * height, row_top, height)
        if not row:
            break
        text = fold(" ".join(words[at].text for at in row)).lower()
        boxes = [box for at in row if (box := words[at].box) is not None]
        keyed = _KEY.match(text) is not None
        extra = 0 if keyed else extra + 1
        if not keyed and (extra > 2 or not 0.75 < median(box.height for box in boxes) / height < 1.25):
            break
        taken.update(row)
        row_top = max(box.y1 for box in boxes) - height * 0.4
    return taken


def _row_at(words: Sequence[Word], placed: list[int], left: float, top: float, height: float) -> list[int]:
    """Return the words of the next row below `top`, from `left` on up to the first wide gap."""
    near = [
        (box.x0, box.x1, at, box)
        for at in placed
        if (box := words[at].box) is not None and box.x0 >= left and top <= box.y0 <= top + 1.9 * height
    ]
    if not near:
        return []
    first_y = min(box.y0 for _, _, _, box in near)
    row: list[int] = []
    end = None
    for x0, x1, at, box in sorted(near):
        if box.y0 > first_y + 0.6 * height:
            continue
        if end is None and x0 > left + 6 * height:
            break  # the row begins elsewhere: it is another column's
        if end is not None and x0 - end > 2 * height:
            break
        row.append(at)
        end = x1
    return row


def _rows(words: list[Word]) -> list[list[Word]]:
    """Return words in rows, top down, each from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.box.y1, word.box.x0) if word.box else (0.0, 0.0)):
        last = rows[-1][0].box if rows else None
        if last is not None and word.box is not None and word.box.y1 - last.y1 < 0.6 * last.height:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.box.x0 if word.box else 0.0) for row in rows]
