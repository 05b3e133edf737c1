"""Titles of enumerated nodes (*tiêu đề*): what of a labelled paragraph is a title, and what runs straight into prose.

A title is told by its form: no verb that only a sentence has, no figure that is promised or reported, not too long. One
that runs on after a colon ends at the colon.
"""

from __future__ import annotations

from typing import Final

import regex

from diacritics.folding import fold
from pipeline.parsing.patterns import Bounded
from pipeline.parsing.units import is_unit, subject_of
from pipeline.parsing.verbs import verb_at
from pipeline.parsing.view import capitals

_PROSE: Final = Bounded(
    r"^(?:khẩn trương|nghiêm túc|kịp thời|chủ động|để) |"
    r"\b(?:đã(?! (?:đề ra|nêu|ban hành|phê duyệt|cam kết|có hiệu lực pháp luật|"
    r"được (?:phê duyệt|giao)))|sẽ|phải|cần phải|"
    r"có trách nhiệm|chịu trách nhiệm(?! đến cùng)|có hiệu lực(?! pháp luật)|trở lên|tối thiểu|ít nhất|không quá|"
    r"như sau|sau đây|"
    r"(?<!nhiệm vụ )(?<!công việc )được giao|được (?:thực hiện|hưởng|ban hành|bố trí|chia)|chia (?:thành|làm)|thì|"
    r"chủ trì|phối hợp với)\b|"
    r"\b(?:nội dung|nhiệm vụ|chỉ tiêu|"
    r"công việc) sau$|, cụ thể$|\d%"
)
_DONE: Final = Bounded(
    r"(?:(?:những|các|một số|phần|mặt) )*(?:kết quả|nội dung|công việc|việc|nhiệm vụ|giải pháp|biện pháp|hoạt động|"
    r"văn bản|khối lượng|sản phẩm|hạng mục|ưu điểm|tồn tại|hạn chế|khó khăn|vướng mắc|chỉ tiêu|mục tiêu)"
    r"(?P<of>[^,;:]*?) đã \p{L}+(?: (?:được|xong|hiện|thành|khai|hành|ra|đạt))?"
    r"(?: (?:trong |đến )?(?:năm|quý|tháng|\d{1,2} tháng|giai đoạn|thời gian|kỳ)[^,;:.]{0,40})?"
)
""" "Những kết quả đã đạt được trong năm 2030": of what was done the words name the matter, they tell no story."""
_DUE: Final = Bounded(r"\b(?:chậm nhất|trước|vào|xong|đến) ngày \d|\bhoàn thành trong (?:quý|tháng|năm)\b")
""" "Tổ chức Ngày hội vào ngày 10/10/2025." says when: a sentence."""
_LEADS_IN: Final = Bounded(r",? (?:(?:cụ thể )?như )?sau(?: đây)?$")
""" "… các chỉ tiêu sau:" over the children that are meant."""
_OPENS_LIST: Final = Bounded(r" (?:như|gồm)[:.]?$")
""" "Việc huy động các nguồn vốn, bao gồm:" is a sentence that its list goes on with."""
_COUNT: Final = Bounded(
    r"(?<![\d/])(?<!ngày )(?<!năm )(?<!tháng )(?<!quý )(?<!số )(?<!thứ )(?<!- )\b\d{1,3}(?:\.\d{3})*(?:,\d+)? \p{Ll}"
)
_MAKING: Final = (
    "tổ chức", "xây dựng", "mở", "ban hành", "thành lập", "hoàn thành", "đào tạo", "tập huấn", "ký", "trồng",
    "lắp đặt", "hỗ trợ", "duy trì", "phát triển", "đạt", "có", "phấn đấu", "giảm", "tăng",
)  # fmt: skip
"""A making verb with a number of things is no title ("Tổ chức 02 hội nghị: …")."""
SENTENCE_END: Final = Bounded(r"(?<!\b\p{Lu})[.!?]\s+(?=\p{Lu})")
_ORDINAL: Final = Bounded(r"(?:\p{Lu}\p{L}*(?:\s\p{Ll}+){0,2}\s)(?:\d{1,2}|[IVX]{1,4})\.\s+(?=\p{Lu})")
"""A title may number itself once more: "Nhiệm vụ 2. Đào tạo …"."""
_ORDER: Final = Bounded(r"(?:giao|yêu cầu|đề nghị|khuyến khích|phân công)(?: cho)?\s+", regex.IGNORECASE)
_TOPICS: Final = ("Về việc ", "Về công tác ", "Công tác ", "Việc ")
"""A title that opens with its topic may tell of what was done: "Về việc rà soát số nhà đã cấp"."""
GOES_ON: Final = Bounded(r"; trong đó|(?:chậm nhất|trước|xong|đến) ngày \d")
""" "Xây dựng dự án Luật …, trình trước ngày 15/8": what says by when, or goes on to a part, is a sentence."""
_BRACKETED: Final = Bounded(r"\([^()]{0,80}\)")
CAPTION: Final = Bounded(
    r"(?:co quan|don vi|bo phan|phong|trach nhiem)(?:/don vi)? (?:chu tri|phoi hop|thuc hien|theo doi)[^:.;]{0,30}:"
)
_LEADS: Final = Bounded(r"(?:có trách nhiệm )?chủ trì, phối hợp(?: chặt chẽ)?(?: với)? [^:;.]{3,160}:")
""" "Sở Tài chính chủ trì, phối hợp với các sở:", over what they are to do."""
_OF_A_FIGURE: Final = Bounded(r"^(?:tổng số|số|số lượng|tỷ lệ|tỉ lệ) [^:]*: \d")
""" "Tổng số hồ sơ tiếp nhận trong kỳ: 1.245 hồ sơ" says how many: no title."""
_LONG_TITLE: Final = 20
_MERE_DUTY: Final = Bounded(r" (?:(?:có|chịu) trách nhiệm:?|chủ trì:)")
_NAMES: Final = Bounded(r" \p{Lu}\p{L}*(?:(?: [-–])? \p{L}+){0,5}, (?=\p{Lu})")
""" "UBND các xã: An Phú, Bình Hòa khẩn trương rà soát …": the names are the subject's, a sentence goes on with them."""
_TITLE_WORDS: Final = 40
_LONGEST_TITLE_WORDS: Final = 60
"""Of a title that a colon parts from what it heads."""
_DOTTED_TITLE_WORDS: Final = 14


def title_of(body: str, follows: bool, titled: bool = False, deeper: bool = False) -> tuple[str | None, int]:
    """Return a node's title and how much of its paragraph the title takes; None where it runs straight into prose.

    What stands over labels of its own (`deeper`) may be longer, and made of several parts.
    """
    if not body:
        return None, 0
    ordinal = _ORDINAL.match(body)
    if ordinal:
        title, length = title_of(body[ordinal.end() :], follows, titled, deeper)
        return (None, 0) if title is None else (body[: ordinal.end()] + title, ordinal.end() + length)
    if capitals(body):
        return body.strip(" .:"), len(body)
    colon = body.find(":")
    if body.startswith("Về ") and colon > 0 and not SENTENCE_END.search(body[:colon]):
        return body[:colon].strip(), colon + 1  # "Về việc …; về …: giao …": what an answer is about, however long
    caption = CAPTION.match(fold(body).lower())
    if caption:
        return body[:colon].strip(), colon + 1  # "Đơn vị thực hiện: Sở Y tế chủ trì; …"
    if (of_units := _title_of_units(body, colon, follows)) is not None:
        return of_units
    if colon > 0 and body[colon + 1 : colon + 2] in ("", " "):
        title, rest = body[:colon].strip(), body[colon + 1 :].strip()
        if _is_title_before_colon(title, rest):
            return title, colon + 1
        if rest:
            return None, 0
    if deeper and _is_title_of_parts(body):
        return body.strip(" :."), len(body)
    return _title_without_colon(body, follows, titled)


def _title_of_units(body: str, colon: int, follows: bool) -> tuple[str | None, int] | None:
    """The same for a paragraph that opens with units; None where it has nothing to do with them."""
    title, whole = body.strip(" :"), len(body)
    order = _ORDER.match(body)
    if order and colon in (-1, whole - 1) and follows and is_unit(body[order.end() :]):
        return title, whole  # "Giao Giám đốc các sở; Chủ tịch UBND các xã:", over what they are to do
    units = subject_of(body, body.lower(), 0, whole)
    if units is None:
        return None
    if colon > 0 and units.end > colon + 1 and units.predicate is not None:
        return None, 0  # "Các Sở: Tài chính, Nội vụ rà soát …"
    if units.end == colon and _NAMES.match(body, colon + 1) and not _orders(body.lower(), colon + 2):
        return None, 0
    over = _MERE_DUTY.fullmatch(body, units.end) or _LEADS.fullmatch(body, units.predicate or 0)
    return (title, whole) if over else None  # "Văn phòng Sở có trách nhiệm:", over what it is to do


def _orders(low: str, at: int) -> bool:
    """Whether what a colon opens says what is to be done: a verb with an object ("Xây dựng, Y tế" are names)."""
    verb = verb_at(low, at)
    return verb is not None and low[verb.end : verb.end + 1] != ","


def _is_title_before_colon(title: str, rest: str) -> bool:
    """Whether words before a colon are a title: one over what begins with a capital may be longer."""
    if rest[:1].isupper():
        return _is_title(title, _LONGEST_TITLE_WORDS)
    if rest[:1].islower() and len(title.split()) > _LONG_TITLE:
        return False  # "… các sản phẩm có lợi thế: xoài, nhãn": what the colon opens is a list in the sentence
    return _is_title(title) and not _OF_A_FIGURE.match(f"{title.lower()}: {rest}")


def _is_title_of_parts(body: str) -> bool:
    """Whether all of a paragraph over labelled ones is their title: "Hoàn thiện thể chế; xóa bỏ rào cản"."""
    title = _LEADS_IN.sub("", body.rstrip(" .:"))
    if body.endswith((";", ",", "!", "?")) or len(title.split()) > 2 * _TITLE_WORDS:
        return False
    if body.endswith(".") and _DUE.search(title.lower()):
        return False
    return all(_is_title(part.strip(), counted=True) for part in title.split("; "))


def _title_without_colon(body: str, follows: bool, titled: bool) -> tuple[str | None, int]:
    """The same for a paragraph that no colon parts into a title and what it says."""
    if is_unit(body) and len(body.split()) <= _TITLE_WORDS and not body.endswith((";", ",")):
        return body.strip(" .:"), len(body)  # "Thủ trưởng các sở; Chủ tịch UBND các xã": units are parted by semicolons
    sentence = SENTENCE_END.search(body)
    if sentence and is_unit(_BRACKETED.sub("", body[: sentence.start()])):
        return body[: sentence.start()], sentence.end()  # "Bệnh viện Mắt (vốn 12 tỷ đồng). Đã xong phần móng; …"
    if body.endswith((";", ",", "!", "?")) or sentence:
        return None, 0
    if "; " in body:
        return (body, len(body)) if follows and body[-1] not in ".:" and _is_title_of_parts(body) else (None, 0)
    if body.endswith("."):
        title = body.strip(" .")
        most = 2 * _DOTTED_TITLE_WORDS if titled else _DOTTED_TITLE_WORDS
        whole = follows and len(title.split()) <= most and not _DUE.search(title.lower()) and _is_title(title)
        return (title, len(body)) if whole else (None, 0)
    most = 2 * _TITLE_WORDS if follows else _TITLE_WORDS
    return (body.strip(" .:"), len(body)) if _is_title(body, most) else (None, 0)


def _is_title(text: str, most: int = _TITLE_WORDS, counted: bool = False) -> bool:
    """Whether words before a colon or a line's end are a title, not a sentence; over parts it may count things."""
    if len(text.split()) > most or "; " in text or SENTENCE_END.search(text) or _OPENS_LIST.search(text):
        return False
    said = text.lower().rstrip(": ")
    done = _DONE.fullmatch(said)
    if not text.startswith(_TOPICS) and _PROSE.search(said if done is None else done["of"]):
        return False
    if not counted and _COUNT.search(_BRACKETED.sub("", text)) and text.lower().startswith(_MAKING):
        return False
    order = _ORDER.match(text)
    subject = subject_of(text, text.lower(), order.end() if order else 0, len(text))
    return subject is None or subject.predicate is None
