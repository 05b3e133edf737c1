"""Where the name of a unit ends (*tên cơ quan, đơn vị*): verbs and commas that belong to it, lists that are one unit.

"Ban Quản lý dự án", "Sở Văn hóa, Thể thao và Du lịch", "Lãnh đạo các phòng, đơn vị". units.py walks over the words and
asks here.
"""

from __future__ import annotations

from typing import Final

from pipeline.parsing.patterns import Bounded
from pipeline.parsing.unit_words import COMPOUNDS, FORCES, NAMED_VERB, PERSON, POST, QUANTIFIERS
from pipeline.parsing.verbs import verb_at

LONGEST_NAME: Final = 6
"""Words that a name has behind its head, at the most."""
_PLACE: Final = r"(?:huyện|xã|phường|tỉnh|thành phố|quận|thị xã|thị trấn|thôn|bản|đặc khu)"
_NAMED_PLURAL: Final = Bounded(
    rf"(?<!\p{{L}})[Cc]ác {_PLACE}(?:, {_PLACE})*:?(?: \p{{Lu}}\p{{Ll}}*)+"
    r"(?:, \p{Lu}\p{Ll}*(?: \p{Lu}\p{Ll}*)*)*\W*$"
)
""" "UBND các huyện Bình Đại, Ba Tri …": places behind a plural go on with the list."""
_LISTED: Final = rf"(?:cơ quan|ngành|ban|địa phương|đơn vị|tổ chức|{_PLACE})"
_PLURAL: Final = Bounded(rf"(?<!\p{{L}})các (?:{_PLACE}|\p{{L}}+)(?:\W*|(?:(?:,| và) {_LISTED})+\s?:\s*)$|^các ")
_LAST_LISTED: Final = Bounded(rf"{_LISTED}\s?:")
""" "Các Bộ, cơ quan: Tài chính, Xây dựng": what is listed by name behind a colon has one head."""
_NAME_ENDS: Final = Bounded(r"[,;](?! \p{Ll})| và \p{Lu}| [-–] ")


_KIND: Final = (
    r"(?:sở|ban(?! (?:quản|chỉ|tổ|thường|chấp|giám|tuyên|dân|công))|ngành|cơ quan(?! (?:ngang|thuộc|chủ))|đơn vị|"
    r"địa phương|đoàn thể|hội(?=,| và)|cá nhân|"
    r"tổ chức(?=,| và| (?:có )?liên quan| chính| đoàn| xã)(?: chính trị)?(?: ?[-–]? ?xã hội)?)(?!\p{L})"
)
PLURAL_LIST: Final = Bounded(
    rf"các (?:sở|bộ(?=, ngành)|phòng(?=, ban)|ban|ngành|cơ quan|tổ chức)(?:, {_KIND})+(?:,? và {_KIND})?|"
    rf"các (?:sở|cơ quan|tổ chức) và {_KIND}"
)
""" "Các sở, ban, ngành, đơn vị, hội, đoàn thể": kinds of bodies under one plural are one unit."""
_ABBREVIATIONS: Final = Bounded(r"(?<=\p{Lu}{2}), (?=\p{Lu}{3,}(?!\p{L}))")
""" "Phòng Thu BHXH, BHYT": abbreviations are listed within a name."""
_GOVERNED: Final = Bounded(r"(?:các )?(?:đơn vị|cơ quan|phòng|ban|ngành|doanh nghiệp|địa phương|tổ chức)(?!\p{L})")
""" "Thủ trưởng các sở, ngành, các địa phương": one head over all of them."""
_NEVER_LAST: Final = (
    "có ", "chịu ", "phải", "cần", "chủ trì", "phối hợp", "thực hiện", "triển khai", "đảm nhận", "đảm nhiệm",
    "đảm trách", "đảm đương",
)  # fmt: skip
"""Verbs that no name ends with: "do Phòng Tài chính đảm nhận"."""
_QUANTIFIED: Final = Bounded(rf"^{QUANTIFIERS}")


def ends_name(text: str, low: str, opened: int, at: int, end: int) -> bool:
    """Whether a verb is the end of a name, and of the text ("Phòng Giám sát quản lý")."""
    verb = verb_at(low, at)
    named = any(word[0].isupper() for word in text[opened:at].split()[1:])
    ended = verb is not None and not low[verb.end : end].strip(" .:;,)") and not low.startswith("làm ", at)
    return named and ended and not low.startswith(_NEVER_LAST, at)


def in_name(text: str, at: int) -> bool:
    """Whether a verb stands within the name of a department ("Ban Quản lý dự án đầu tư xây dựng tỉnh")."""
    found = NAMED_VERB.finditer(text, max(0, at - 30), min(len(text), at + 12))
    return any(match.end() == at for match in found)


def within_compound(low: str, at: int) -> bool:
    """Whether a word is the second half of a compound: "Ngoại giao", "Đăng ký", "công lập"."""
    if low[at - 1 : at] != " ":
        return False
    begin = at
    for _ in range(3):  # a compound begins here, or one word before, or two
        match = COMPOUNDS.match(low, begin)
        if match is not None and match.end() > at:
            return True
        begin = low.rfind(" ", 0, max(0, begin - 1)) + 1
    return False


def same_unit(low: str, opened: int, comma: int, following: int) -> bool:
    """ "Lãnh đạo các phòng, đơn vị": under one head, the parts of the list are one unit."""
    head = low[opened:comma]
    if head.startswith(("ubnd", "ủy ban nhân dân", "uỷ ban nhân dân")):
        return low.startswith(("phường", "xã", "huyện", "thành phố", "thị xã"), following)
    if head.startswith("các ") and _LAST_LISTED.match(low, following):
        return True
    governed = (
        "lãnh đạo",
        "thủ trưởng",
        "trưởng",
        "người đứng đầu",
        "giám đốc",
        "hiệu trưởng",
        "chủ tịch",
        "cấp ủy",
        "bí thư",
    )
    if head.startswith(governed) and (" các " in head + " " or "phòng" in head):
        return _GOVERNED.match(low, following) is not None
    if head.startswith("văn phòng ") and head.rstrip().endswith(
        ("hđnd", "hội đồng nhân dân", "đbqh", "đại biểu quốc hội")
    ):
        return low.startswith(("ubnd", "ủy ban nhân dân", "uỷ ban nhân dân", "hđnd", "hội đồng nhân dân"), following)
    person = PERSON.match(head)
    if person is not None:  # "bà Lê Thị Hoa, Phó Chủ tịch UBND xã", not "đồng chí Chủ tịch, Phó Chủ tịch UBND xã"
        return POST.match(head, person.end()) is None and POST.match(low, following) is not None
    if head.startswith(("lực lượng", "các lực lượng")):
        return low.startswith(FORCES, following)
    if head in ("các sở", "sở") and low.startswith(("ban", "ngành"), following):
        return True
    staff = _QUANTIFIED.sub("", head)
    return staff in ("công chức", "cán bộ", "cán bộ, công chức", "cán bộ, công chức, viên chức") and low.startswith(
        ("viên chức", "công chức", "người lao động"), following
    )


def elided(text: str, opened: int, following: int) -> bool:
    """ "Các Sở: Tài chính, Nội vụ": after a plural head, names in capitals go on with the list."""
    if not text[following : following + 1].isupper():
        return False
    before = text[opened:following]
    return _PLURAL.search(before.lower()) is not None or _NAMED_PLURAL.search(before) is not None


def opens_list(text: str, low: str, opened: int, following: int) -> bool:
    """ "Các Sở: Xây dựng, Nội vụ", not "Các Sở: Xây dựng kế hoạch": whether names follow the colon of a plural."""
    if not elided(text, opened, following):
        return False
    verb = verb_at(low, following)
    return verb is None or within_compound(low, following) or _NAME_ENDS.match(text, verb.end) is not None


def name_goes_on(text: str, low: str, at: int, end: int) -> bool:
    """ "Phòng Quản lý Thu - Sổ, Thẻ chủ trì": a few words in capitals, then the predicate."""
    if not text[at : at + 1].isupper():
        return False
    if _ABBREVIATIONS.match(text, at - 2):
        return True
    if low.startswith(("thể thao", "thông tin", "khoa học", "thương binh", "du lịch", "công nghệ", "tài nguyên"), at):
        return True  # "Sở Văn hóa, Thể thao và Du lịch"
    for _ in range(LONGEST_NAME):
        space = text.find(" ", at, min(end, at + 20))
        if space < 0 or text[space - 1] in ",;.:":
            return False
        at = space + 1
        if verb_at(low, at) is not None and text[at].islower():
            return True
    return False
