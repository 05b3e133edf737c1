"""The foot (*nơi nhận, quyền hạn, chức vụ, họ tên*): recipients on the left, the signature on the right.

Decree 30/2020/NĐ-CP, Appendix I, II.7 and II.9. A reader without columns runs both into one line; capitals behind a
semicolon, and a name behind the last item, are the signature's.
"""

from __future__ import annotations

from typing import Final

from diacritics.folding import fold
from diacritics.normalization import tone_key
from diacritics.syllables import is_syllable
from pipeline.document import Place
from pipeline.parsing import patterns
from pipeline.parsing.labels import bullet_end
from pipeline.parsing.patterns import Bounded
from pipeline.parsing.pieces import Found, Piece, cut_piece, piece_of
from pipeline.parsing.units import unit_starts
from pipeline.parsing.view import capitals

_NAME_SPLIT: Final = Bounded(r"^(?P<left>.{3,}?[;.,])\s+(?P<right>(?:\p{Lu}\p{Ll}{0,6}\s+){1,4}\p{Lu}\p{Ll}{0,6})$")
_FILED: Final = Bounded(r"(?P<kept>Lưu\b.*\.)\s+\p{Ll}{1,2}$")
_CAPS_TAIL: Final = Bounded(r"[;.]\s+(?P<tail>\p{Lu}{2,}(?:\s+[\p{Lu}\-–,]+)+)$")
_ABBREVIATION: Final = 3
"""Capitals no longer than this are a recipient's ("…; VP ĐU"), not a signature's."""
_ITEMS: Final = Bounded(r"[;.]\s+[-–]\s*(?=\p{L})")
_DAMAGED: Final = Bounded(r"(?!P\b)[\p{Lu}\d|!]{1,3}\s?[.,]\s*(?=\p{Lu}{2})")
"""What a seal left of KT., TM. or TL. ("VI. GIÁM ĐỐC"): the post behind it is not the signer's."""
_POSITIONS: Final = {
    fold(f"{rank}{name}"): f"{rank}{name}"
    for rank in ("", "PHÓ ")
    for name in (
        "GIÁM ĐỐC", "TỔNG GIÁM ĐỐC", "CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "TRƯỞNG PHÒNG", "TRƯỞNG BAN", "BÍ THƯ",
        "CHI CỤC TRƯỞNG", "CỤC TRƯỞNG", "HIỆU TRƯỞNG", "CHÁNH THANH TRA", "VIỆN TRƯỞNG",
    )
}  # fmt: skip
"""Positions by their folded names: one of which only marks were misread can be no other."""
_SIGNED: Final = ("da ky", "ky boi", "ky thay", "nguoi ky", "thoi gian ky", "co quan:", "ngay ky")


def read_foot(places: list[Place], found: Found) -> None:
    """Fill in recipients and signer."""
    left: list[Piece] = []
    right: list[Piece] = []
    listing = False
    for place in places:
        piece = piece_of(place)
        if not any(c.isalnum() for c in piece.text) or any(s in fold(piece.text).lower() for s in _SIGNED):
            continue
        match = patterns.RECIPIENTS.search(fold(piece.text).lower())
        if match and not listing:
            listing = True
            before = cut_piece(piece, 0, match.start())
            if before.text:
                right.append(before)
            piece = cut_piece(piece, match.end(), len(piece.text))
            if not piece.text:
                continue
        here, there = _columns(piece, listing)
        if here is not None:
            left.append(here)
        if there is not None:
            right.append(there)
    _read_recipients(left, found)
    _read_signer(right, found)


def _columns(piece: Piece, listing: bool) -> tuple[Piece | None, Piece | None]:
    """Cut a line of the foot into what belongs to the recipients and what to the signature."""
    if _stands_for_another(piece.text):
        return None, piece
    for pattern in (patterns.CAPACITY, patterns.POSITION):
        match = pattern.search(piece.text if pattern is patterns.CAPACITY else fold(piece.text))
        if match and len(match[0].split()) >= 1:
            if match.start() == 0:
                return None, piece
            before = piece.text[: match.start()].rstrip()
            if before.endswith((";", ".", ":", ",")) or pattern is patterns.CAPACITY or bullet_end(piece.text):
                return cut_piece(piece, 0, match.start()), cut_piece(piece, match.start(), len(piece.text))
    caps = _CAPS_TAIL.search(piece.text)
    if listing and caps and any(len(word) > _ABBREVIATION for word in caps["tail"].split()):
        return cut_piece(piece, 0, caps.start("tail")), cut_piece(piece, caps.start("tail"), len(piece.text))
    if not listing or (capitals(piece.text) and not bullet_end(piece.text)):
        return None, piece
    if bullet_end(piece.text) or "Lưu" in piece.text[:8]:
        split = _NAME_SPLIT.match(piece.text)
        if split and not split["right"].startswith(("Lưu", "Sở", "Ban", "Văn", "Phòng", "Cổng", "Báo", "Đài")):
            return cut_piece(piece, 0, split.end("left")), cut_piece(piece, split.start("right"), len(piece.text))
        return piece, None
    if patterns.PERSON.match(piece.text) and not piece.text.endswith((";", ".")):
        return None, piece
    return piece, None


def _read_recipients(pieces: list[Piece], found: Found) -> None:
    items: list[list[Piece]] = []
    ended = True
    for piece in pieces:
        for part in _split_items(piece):
            bullet = bullet_end(part.text)
            kept = bool(items) and items[-1][0].text.startswith("Lưu")
            if kept and not bullet:
                continue  # Lưu is the last; what stands below is the signature, or what a seal left of it
            if bullet or ended or not items:
                items.append([cut_piece(part, bullet, len(part.text))])
            else:
                items[-1].append(part)
            ended = part.text.endswith((";", ".", "./."))
    texts = [_without_noise(" ".join(p.text for p in item)).strip(" ;.,-–") for item in items]
    found.header.recipients = [text for text in texts if text]
    if items:
        found.spans["recipients"] = (items[0][0].start, items[-1][-1].end)


def _without_noise(item: str) -> str:
    """ "Sở Nội vụ; = Ô": behind the closing semicolon stands what a seal or a signature left."""
    item = item.rstrip()
    filed = _FILED.match(item)
    if filed:
        return filed["kept"]
    for sign in (";", "."):
        head, found, tail = item.rpartition(sign)
        if found and head and 0 < len(tail.strip()) <= 8 and not unit_starts(tail.strip(), tail.strip().lower(), 0):
            words = tail.strip(" .;,").split()
            if sign == ";" or any(not c.isalnum() and c not in ",()/" for c in tail.strip()):
                return head if not all(word.isupper() and word.isalpha() and len(word) > 1 for word in words) else item
    return item


def _split_items(piece: Piece) -> list[Piece]:
    """Several items on one line: "- Như trên; - Lưu: VT."."""
    parts, at = [], 0
    for match in _ITEMS.finditer(piece.text):
        parts.append(cut_piece(piece, at, match.start() + 1))
        at = match.start() + 1
    parts.append(cut_piece(piece, at, len(piece.text)))
    return parts


def _read_signer(pieces: list[Piece], found: Found) -> None:
    own = [piece for piece in pieces if not _stands_for_another(piece.text)]
    if len(own) < len(pieces):
        found.doubt("signer.capacity", "not_printed")
    capacity: list[Piece] = []
    position: list[Piece] = []
    name: Piece | None = None
    for piece in own:
        if patterns.CAPACITY.match(piece.text) and not position:
            capacity.append(piece)
        elif name is None and patterns.POSITION.match(fold(piece.text)):
            position.append(piece)
        elif capitals(piece.text) and not (position and patterns.PERSON.match(piece.text)):
            if _legible(piece.text) and name is None and (position or capacity):  # else what a seal leaves of letters
                (position or capacity).append(piece)
        elif patterns.PERSON.match(piece.text) and name is None:
            name = piece if capacity or position or _whole_name(piece, own) else None
    if capacity:
        found.put("capacity", " ".join(p.text for p in capacity), capacity)
    if position:
        _put_position(position, found)
    if name is not None:
        found.put("name", name.text, [name])


def _whole_name(piece: Piece, pieces: list[Piece]) -> bool:
    """Whether a block's last line is a whole name by itself, a seal over the post; of two words one may be lost."""
    return piece is pieces[-1] and len(piece.text.split()) >= 3


def _stands_for_another(text: str) -> bool:
    """Whether a line was "KT. GIÁM ĐỐC" before its first letters were lost."""
    damaged = None if patterns.CAPACITY.match(text) else _DAMAGED.match(text)
    return damaged is not None and patterns.POSITION.match(fold(text[damaged.end() :])) is not None


def _put_position(pieces: list[Piece], found: Found) -> None:
    if len(pieces) > 1 and len({fold(piece.text).strip(" .,") for piece in pieces}) == 1:
        found.doubt("signer.position", "not_printed")  # "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC", its left half under a seal
        return
    if len(pieces) > 1 and fold(pieces[-1].text).startswith("PHO ") and not found.header.signer.capacity:
        # "GIÁM ĐỐC" over "PHÓ GIÁM ĐỐC": KT. was written by hand, or the seal covers it; the deputy signed
        pieces = pieces[-1:]
        found.doubt("signer.capacity", "not_printed")
    text = " ".join(piece.text for piece in pieces)
    known = _POSITIONS.get(fold(text), text)
    if tone_key(known) != tone_key(text):
        found.doubt("signer.position", "name_repaired")
    found.put("position", known, pieces)


def _legible(text: str) -> bool:
    """Whether all words could be Vietnamese: a seal over the signature leaves some that could not."""
    words = [word.strip(".,()-–") for word in text.split()]
    return all(is_syllable(word) for word in words if word) and any(len(word) > 1 for word in words)
