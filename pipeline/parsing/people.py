"""Who is told to act without being a body (*người dân, hộ, chủ cơ sở, cá nhân*): people and persons.

"Chủ tàu cá lắp thiết bị …", "Học sinh nộp phiếu …", "Ông Trần Văn Bình trực chốt …". They are units only as the
subject of what they are to do or behind an order: elsewhere they are whom a document speaks of.
"""

from __future__ import annotations

from typing import Final

import regex

from pipeline.parsing.patterns import any_of
from pipeline.parsing.reading import Reading
from pipeline.parsing.unit_words import QUANTIFIERS
from pipeline.parsing.units import Subject, subject_behind, subject_of

_PEOPLE: Final = (
    "học sinh", "sinh viên", "học viên", "phụ huynh", "cha mẹ học sinh", "người dân", "bà con", "nông dân", "ngư dân",
    "tiểu thương", "lái xe", "tài xế", "già làng", "người có uy tín", "chức sắc", "hộ", "gia đình",
    "chủ tàu", "chủ phương tiện", "chủ nuôi", "chủ vườn", "chủ trang trại", "chủ nhà trọ", "chủ nhà", "chủ hàng",
    "chủ vật nuôi", "chủ tọa", "chủ các", "chủ lò", "chủ thửa đất", "chủ sử dụng", "chủ sở hữu", "trang trại",
    "khách sạn", "nhà hàng", "nhà nghỉ", "siêu thị", "nhà thuốc", "quầy thuốc", "hãng tàu", "hãng xe", "nhà xe",
    "điểm bán hàng", "thí sinh", "vận động viên", "tổ viên", "người sử dụng đất", "người nộp thuế", "người tham gia",
    "đối tượng được kiểm tra, giám sát", "đối tượng được kiểm tra", "đối tượng được giám sát",
)  # fmt: skip
_PERSONS: Final = ("ông", "bà", "đồng chí", "đ/c", "thầy", "cô", "anh", "chị")
_HEAD: Final = regex.compile(
    rf"(?P<quantifier>{QUANTIFIERS})?(?:(?P<people>{any_of(_PEOPLE)})|(?P<person>{any_of(_PERSONS)}))(?!\p{{L}})"
)
_PLACE: Final = regex.compile(r"(?:Tỉnh|Thành phố|tỉnh|thành phố)(?P<name>(?: \p{Lu}\p{Ll}+)+)?(?= )")
_OVER_ALL: Final = ("chính phủ", "thủ tướng", "văn phòng chính phủ", "bộ ", "ban bí thư", "ban chấp hành trung ương")
_NAME: Final = regex.compile(r" \p{Lu}")
_STATE: Final = regex.compile(
    r"(?:tham gia|hoàn thành|sử dụng|biết|nắm|nhận|theo|khi|nếu|cùng|không|tự|trên cơ sở|trong|tiếp|phấn đấu|làm|"
    r"khai thác|phát triển|chuyển|mua|vay|phát hiện|tăng|giảm)(?!\p{L})"
)
"""What people are said to do where nobody tells them to."""


def actor_of(text: str, low: str, start: int, end: int) -> Subject | None:
    """Return the units that ``text[start:end]`` opens with, or the people or the person that is told to act."""
    subject = subject_of(text, low, start, end)
    if subject is not None:
        return subject
    head = _HEAD.match(low, start, end)
    if head is None or not _opens(text, head):
        return None
    subject = subject_behind(text, low, start, head.end(), end)
    if subject is None or subject.predicate is None or _STATE.match(low, subject.predicate):
        return None
    return subject


def place_of(reading: Reading, start: int, end: int) -> Subject | None:
    """ "Thành phố Hà Sơn và tỉnh Lam Giang đẩy nhanh …": the places that a body over them tells to act.

    A place that issues the document itself is whom it speaks of; a body of the state's own means by "Tỉnh" the one
    that it speaks with.
    """
    text, low = reading.view.text, reading.view.low
    head = _PLACE.match(text, start, end)
    if head is None:
        return None
    own = f"{reading.facts.header.issuer or ''} {reading.facts.header.authority or ''}".casefold()
    if head["name"] is None and not own.startswith(_OVER_ALL):
        return None
    subject = subject_behind(text, low, start, head.end(), end)
    if subject is None or subject.predicate is None or low.startswith("cần ", subject.predicate):
        return None  # "Tỉnh Hà Sơn cần nỗ lực hơn nữa" urges and gives no work
    return subject if head["name"] is None or head["name"].strip().casefold() not in own else None


def names_person(text: str, low: str, at: int) -> bool:
    """Whether a person is named at an offset: "Đồng chí Trần Văn Bình"."""
    head = _HEAD.match(low, at)
    return head is not None and head["person"] is not None and _opens(text, head)


def lists_people(low: str, start: int, end: int) -> bool:
    """Whether a text ends with people: who follows their comma is one more of them ("cho học sinh, sinh viên …")."""
    return low.endswith(_PEOPLE, start, end)


def _opens(text: str, head: regex.Match[str]) -> bool:
    """Whether a head names somebody: a person by a name of its own."""
    if head["people"]:
        return True
    return _NAME.match(text, head.end()) is not None
