"""The indicator of a figure (*chỉ tiêu*): what it measures, put together from the words before and behind it.

A counted thing names itself ("có 01 báo cáo bị chậm"); a figure without words of its own measures what the one before
it did ("đạt 84,1%, tăng 39,73%").
"""

from __future__ import annotations

from typing import Final

import regex

from pipeline.parsing.cues import CUT, HAVING, LATE
from pipeline.parsing.measured import GENERIC, LEAST_NAMED, MOST_WORDS, NOT_OF, Wording
from pipeline.parsing.measures import without_scale
from pipeline.parsing.patterns import Bounded
from pipeline.parsing.printed import Figure
from pipeline.parsing.told import SO_FAR, Told
from pipeline.parsing.units import is_unit
from pipeline.parsing.wording import BARE_BODY, BARE_DEED, GROWTH, RANKING_WORDS, RELATIVE, says_no_measure, short_verb

SHARE: Final = Bounded(
    r" (?:so (?:với )?)?(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu)(?: \p{L}+| \d{4}){0,8}?"
    r"(?=,| và |;|\.| so | tăng| \(|$)"
)
_ABOUT: Final = Bounded(r"\s*[^;.]{0,70}?về (?P<about>[^,;.]{3,120})")
_INDEX: Final = Bounded(r"\s+về (?P<about>(?:các )?chỉ số [^;.]{3,160}?)(?= gồm| trong khối|[;.]|$)")
_PART_WORDS: Final = 3
_MOST_OF: Final = Bounded(
    r"(?:cao|thấp|nhiều|ít|lớn|nhỏ|tốt|kém) (?:nhất (?:là|ở|tại|thuộc về) |"
    r"hơn (?:so với )?(?:mức )?(?=(?:bình quân|trung bình) ))",
    regex.IGNORECASE,
)
_ANNOUNCED: Final = Bounded(
    r"theo .*? (?:công bố|phê duyệt|xếp hạng)(?: kết quả| về)?(?P<what> [^,]+), (?P<who>[^,]+)$", regex.IGNORECASE
)
""" "Theo Quyết định số … công bố Chỉ số cải cách hành chính, Sở đạt 84 điểm"."""
_SCORED: Final = frozenset(("scale", "rank"))
_FOR: Final = Bounded(r"(?<!\p{L})(?P<how>cho|tại|ở|đối với) $")
""" "cấp 15 tấn gạo cho 1.022 hộ"."""
_HARM: Final = Bounded(
    r"(?:làm |khiến |gây )?(?:\p{L}+ )?(?:chết|tử vong|bị thương|mất tích|mắc|nhập viện)(?!\p{L})", regex.IGNORECASE
)
""" "…, làm chết 04 người, bị thương 08 người": what befell people is told with what did it."""
_SOMETHING: Final = frozenset(("trường hợp",))
_SOME_WORDS: Final = 5
""" "Tiếp nhận 07 phản ánh, đã trả lời 07/07 trường hợp": of what, the sentence has said before."""
_WITH: Final = Bounded(r"(?<!\p{L})với (?:(?:sự tham gia của|số lượng|tổng số|tổng cộng|gần|hơn|trên|khoảng) )?$")
""" "Tổ chức 02 buổi tọa đàm …, với 100 người tham dự": they took part in what the clause tells of."""
_OCCASION: Final = Bounded(
    r"(?:cuộc thi|hội thi|hội thao|giải|liên hoan|kỳ thi|kỳ họp|lễ hội|hội chợ|chiến dịch|phong trào|"
    r"chương trình|mô hình) \p{L}",
    regex.IGNORECASE,
)
_MATTERS: Final = frozenset(
    "đơn tin vụ việc hồ sơ trường ca văn bản kiến ý dự công nhiệm phản thủ thi phiếu mẫu chỉ".split()
)
"""The first words of what an office deals with: its things are told in full once, and then by their head."""
_DEED_WORDS: Final = 3
_PRIZES: Final = frozenset(("giải", "huy chương"))
_CAUSING: Final = (" làm ", " khiến ")
_SHARES: Final = ("tỷ lệ", "tỉ lệ", "mức độ", "khảo sát", "tỷ trọng", "chỉ số", "tốc độ")
_SERVED_WORDS: Final = 14
_CLAUSE_WORDS: Final = 9
_TOLD_WORDS: Final = 12
_YIELD: Final = Bounded(
    r"(?:tổng )?(?:diện tích(?: gieo trồng| gieo cấy)?|năng suất|sản lượng)(?: bình quân| trung bình)?(?!\p{L})",
    regex.IGNORECASE,
)
""" "Diện tích lúa 12.450 ha, năng suất 61 tạ/ha, sản lượng 76.000 tấn": all of the same crop."""
_PLACED: Final = ("của ", "về ", "ở ", "tại ", "cho ", "trên ", "bằng ")
_ADDED_UP: Final = Bounded(rf"(?:tính )?{SO_FAR}(?: (?:từ đầu năm|đến nay))?")
_MOVING: Final = frozenset(("tăng", "giảm"))
_SHARING: Final = frozenset(("chiếm", "chiếm tỷ lệ", "chiếm tỷ trọng"))
_OBJECT: Final = Bounded(r"(?<!\p{L})(?P<word>đối với|cho|của|tại|đến|tới) $")
""" "triển khai dịch vụ công đối với 89% thủ tục": the words before govern those behind."""


def indicator_of(wording: Wording, figure: Figure, following: Figure | None, lead: str, behind: str, told: Told) -> str:
    """Return what a figure measures; `told` is what the figures before it measured."""
    words = _own_words(wording, figure, following, lead, behind, told)
    prize = figure.unit.lower() in _PRIZES and told.whole != ""
    if prize and 0 < len(words.split()) <= _PART_WORDS - 1:
        return f"{words} {told.whole.removeprefix(figure.unit).strip()}"  # "12 giải học sinh giỏi, gồm 01 giải nhì"
    if told.whole and not figure.cues and figure.kind in ("measure", "money") and 0 < len(words.split()) <= _PART_WORDS:
        return f"{told.whole} {words}"
    return words


def _own_words(wording: Wording, figure: Figure, following: Figure | None, lead: str, behind: str, told: Told) -> str:
    counted = figure.kind in ("counted", "thing")
    if counted and not (wording.stated(figure, lead) and len(lead.split()) >= 2):
        return _counted(wording, figure, following, lead, behind, told)
    words = lead
    if behind:
        governed = _OBJECT.search(wording.low, max(wording.start, figure.cue_start - 12), figure.cue_start)
        if governed is not None and lead:
            verb = _governing(lead, governed["word"])
        elif lead and figure.unit == "lần":
            verb, behind = lead, behind.partition(",")[0]  # "dự sinh hoạt chi bộ 01 lần mỗi quý"
        elif lead and _SHARING & set(figure.cues):
            verb = f"{lead} chiếm"  # "Thời lượng học trực tuyến chiếm 40% tổng thời lượng"
        else:
            verb = "" if told.own and len(behind.split()) > 2 else short_verb(lead)
        words = " ".join(part for part in (verb, behind) if part)
    words = _ranked(wording, figure, lead) or words
    if "/" in figure.unit and figure.kind == "measure":
        if figure.cues and figure.cues[-1].endswith("tỷ lệ"):
            words = f"tỷ lệ {figure.unit}"  # "đạt tỷ lệ 1,5 giáo viên/lớp" names itself
        elif not words and "bình quân" in figure.cues:
            words = f"bình quân {figure.unit.partition('/')[0]} {told.last}".strip()
        elif not words and not told.own:
            words = figure.unit
    late = _late(figure)
    words = f"{words} {late}".strip() if late and words else words
    if late and told.own and told.unit == figure.unit:
        words = f"{words} {told.own}"
    return _filled(figure, words, told)


def of_plan(wording: Wording, figure: Figure, words: str) -> str:
    """ "bằng 117,6% dự toán tỉnh giao": whose plan it is of, unless that outweighs the measure."""
    if figure.unit != "%":
        return words
    share = SHARE.match(wording.low, figure.end, wording.end)
    if share is None or not LEAST_NAMED <= len(share[0].split()) <= 2 * len(words.split()):
        return words
    return f"{words} {wording.text[share.start() : share.end()].strip()}"


def _counted(wording: Wording, figure: Figure, following: Figure | None, lead: str, behind: str, told: Told) -> str:
    noun = without_scale(figure.unit)
    served = _FOR.search(wording.low, max(wording.start, figure.cue_start - 9), figure.cue_start)
    if not lead and (known := _as_told(wording, figure, behind, served, told)):
        return known
    told_of = behind.lower().startswith(_PLACED) or figure.max is not None
    tail = behind if told_of or not NOT_OF.match(behind.lower()) else ""
    tail = tail or wording.shared_tail(figure, following)
    so_far = told.added_up and (not lead or _ADDED_UP.fullmatch(lead.lower()) is not None)
    own = told.own if told.unit == figure.unit else ""
    late = _late(figure)
    if not tail and not late and ((so_far and (own or told.same)) or (not lead and own)):
        return f"lũy kế {own or told.same}" if told.added_up else own  # "… là 253 ca, lũy kế 1.123 ca"
    most = MOST_WORDS if not tail and wording.behind_colon(figure) else _CLAUSE_WORDS
    having = bool(figure.cues) and figure.cues[0] in HAVING
    owner = having and not tail and len(lead.split()) <= _CLAUSE_WORDS
    verb = lead if owner or _owned(wording, figure, lead) else "" if having else short_verb(lead, most)
    if not having and lead and served and served["how"] == "cho":
        done = lead.rpartition(" đã ")[2]
        verb = done if len(done.split()) <= _SERVED_WORDS else verb
    if _OCCASION.match(lead) and len(lead.split()) <= _SERVED_WORDS:
        verb = lead  # "Cuộc thi trực tuyến tìm hiểu Luật Công đoàn thu hút 9.308 người dự thi"
    verb = f"{verb} {CUT}".strip() if figure.cues[-1:] == (CUT,) else verb
    if told.event and wording.low.endswith(_CAUSING, wording.start, figure.cue_start):
        verb = "làm"  # "02 vụ tai nạn lao động làm 03 người bị thương"
    if verb and not tail and len(verb.split()) <= _DEED_WORDS and noun.lower().split()[0] in _MATTERS:
        tail = _matter(noun, told.same, 2 * len(verb.split()) + 2)
    named = tail.lower().startswith(noun.lower())  # "35/40 (87,5%) xã đạt chuẩn": the unit is part of the words behind
    named = named or verb.lower() == noun.lower()  # "nhân lực: 629"
    words = [part for part in (verb, "" if named else noun, tail, late) if part]
    whole = " ".join([*_over(wording, figure, lead, told, " ".join(words)), *words])
    taking_part = told.own and not lead and len(whole.split()) <= len(noun.split()) + _PART_WORDS - 1
    if taking_part and _WITH.search(wording.low, max(wording.start, figure.cue_start - 30), figure.cue_start):
        return f"{whole} {told.own}"
    if told.divided and whole.lower() == noun.lower():
        return told.divided
    if figure.max is not None and told.counted and noun.lower() in _SOMETHING and len(whole.split()) <= _SOME_WORDS:
        return f"{whole} {told.counted}"
    return f"{told.event} {whole}" if told.event and _HARM.match(whole) is not None else whole


def _as_told(wording: Wording, figure: Figure, behind: str, served: regex.Match[str] | None, told: Told) -> str:
    """What a number of things without words before it measures, where that was told; "" where it was not."""
    noun = without_scale(figure.unit)
    bracketed = wording.text.startswith("(", figure.start - 1) and wording.text.startswith(")", figure.end)
    if told.last and bracketed:
        return told.last  # "… là 71,1% (32/45 trường)"
    moving = bool(_MOVING & set(figure.cues))
    moves = moving or (told.moved and not figure.cues and not behind)
    if told.same and moves and (not behind or behind.split()[0] in told.same.split()):
        return told.same
    if told.own and served:
        whom = behind if behind.lower().startswith(noun.lower()) else f"{noun} {behind}".strip()
        return f"{told.own} {served['how']} {whom}" if told.unit != figure.unit else told.own
    if told.own and not behind and moving and not _of_another(noun, told):
        return told.own  # "09 cán bộ bị kỷ luật, tăng 02 trường hợp so với …"
    return ""


def _of_another(noun: str, told: Told) -> bool:
    """ "giảm 21 phòng, giảm 12 phó trưởng phòng": things of a name of their own are no others than they say."""
    return " " in noun and noun.lower() not in _SOMETHING and noun.lower() not in told.own.lower()


def _matter(noun: str, told: str, most: int) -> str:
    """ "Tiếp nhận 98 tin báo, tố giác về tội phạm; đã giải quyết 93 tin": the things as they were told before, where
    that adds no more than so many words."""
    words = told.split()
    head = noun.lower().split()[0]
    at = next((at for at, word in enumerate(words) if word.lower() == head), len(words))
    return " ".join(words[at:]) if len(words) - at <= most + len(noun.split()) else ""


def _late(figure: Figure) -> str:
    """ "hoàn thành trễ hạn 02 nhiệm vụ": a cue that says how it was done is part of what is measured."""
    return next((cue for cue in figure.cues if cue in LATE), "")


def _owned(wording: Wording, figure: Figure, lead: str) -> bool:
    """ "Kiểm tra việc chấp hành quy định của ít nhất 10 cơ quan": what is done stands before, whatever its length."""
    if len(lead.split()) > MOST_WORDS:
        return False
    return wording.up_to(figure, 5).endswith((" của ", " tại "))


def _over(wording: Wording, figure: Figure, lead: str, told: Told, words: str) -> list[str]:
    """The words before a figure of a list that hold for it too: its topic, or the verb of the one before.

    They are left out where they would outweigh its own.
    """
    over = [told.topic] if told.topic else []
    if told.added_up:
        over.append("lũy kế")
    if not over and not lead and not figure.cues:
        verb = "" if GENERIC.match(told.lead) else short_verb(told.lead, _CLAUSE_WORDS)
        apart = wording.up_to(figure, 5).rstrip().endswith(("với", "cho"))
        over = [verb] if len(verb.split()) >= (3 if apart else 1) and not verb.lower().startswith("toàn ") else []
    room = 2 * len(words.split()) if lead or words.lower() != figure.unit.lower() else _CLAUSE_WORDS
    while over and sum(len(part.split()) for part in over) > room:
        over.pop()
    return over


def _ranked(wording: Wording, figure: Figure, lead: str) -> str:
    """ "xếp hạng 1/5 về Chỉ số …", "nhóm 10 tỉnh dẫn đầu về …"."""
    if figure.kind not in ("rank", "group"):
        return ""
    about = _INDEX.match(wording.low, figure.end, wording.end)
    if about is None and (figure.kind == "group" or not lead):
        about = _ABOUT.match(wording.low, figure.end, wording.end)
    return wording.text[about.start("about") : about.end("about")].strip() if about else ""


def _filled(figure: Figure, words: str, told: Told) -> str:
    """A figure without a measure of its own, or of part of one, measures what was told before."""
    if (back := _pointing_back(figure, words, told)) != "":
        return back
    grows = told.own != "" and GROWTH.fullmatch(words) is not None
    relative = told.own != "" and f"{words.lower()} ".startswith(RELATIVE)
    if not words or grows or relative or words.lower() in RANKING_WORDS:
        return f"{words} {told.last}".strip() if words.lower() not in ("tăng", "giảm") else told.last
    if told.own and len(told.own.split()) <= _TOLD_WORDS and GENERIC.fullmatch(words):
        return " ".join((words, told.own) if told.topic in told.own else (words, told.own, told.topic))
    if told.own and figure.kind == "money" and BARE_DEED.fullmatch(words):
        return f"{words} {_matter(told.unit, told.own, _TOLD_WORDS)}".strip()
    if figure.kind in _SCORED and (announced := _ANNOUNCED.match(words)) is not None and _is_body(announced["who"]):
        return str(announced["what"]).strip()
    if figure.kind in _SCORED and figure.unit != "%" and _is_body(words):
        return told.last or told.before or words  # "năm nay Sở đạt 97/100 điểm": the body is no measure
    return words


def _is_body(words: str) -> bool:
    """Whether words name a body, which scores and ranks but is no measure."""
    return is_unit(words) or BARE_BODY.fullmatch(words) is not None


def _pointing_back(figure: Figure, words: str, told: Told) -> str:
    """Words that narrow a measure told before, as the whole measure; "" for words of another kind."""
    if told.last and says_no_measure(words):
        return told.last  # "…, giảm lần lượt 0,08% và 0,11%"
    if told.last and _MOST_OF.match(words) is not None:
        of_all = min((m for m in told.measures if m and told.last.startswith(m)), key=len, default=told.last)
        return f"{of_all} {_MOST_OF.sub('', words)}"  # "…, cao nhất là xã A (96,3%), thấp nhất là xã B (48,1%)"
    if told.last and words.lower().startswith("riêng "):
        return f"{told.last} {words[len('riêng ') :]}"
    return _narrowed(figure, words, told)


def _narrowed(figure: Figure, words: str, told: Told) -> str:
    """Short words in the place of those that they narrow; "" where they are of another kind."""
    wider = told.own or next(iter(told.measures), "")
    if told.own and _YIELD.fullmatch(words):
        return f"{words} {_YIELD.sub('', told.own).strip()}"
    relative = f"{words.lower()} ".startswith(RELATIVE)
    named = 1 < len(words.split()) <= _PART_WORDS and not relative and not GENERIC.fullmatch(words)
    if named and (fuller := next((m for m in told.measures if words in m), "")):
        return fuller  # "tỷ lệ suy dinh dưỡng thể thấp còi còn 17%; so với năm trước, thể thấp còi giảm 0,5%"
    if figure.unit == "%" and figure.cues[:1] != ("tăng",) and (like := _likewise(words, told.own)):
        return like
    if words.lower().startswith("mỗi ") and told.own and len(words.split()) <= _PART_WORDS:
        return f"{told.own}, {words}"
    return _in_place(words, wider) if relative else ""  # "… cấp tỉnh 99%; cấp huyện 98%"


def _likewise(words: str, own: str) -> str:
    """ "Tỷ lệ hài lòng của người bệnh nội trú đạt 92%, ngoại trú đạt 88%": the second is of the same measure; "" where
    the words name a measure of their own."""
    count = len(words.split())
    if not 0 < count <= _PART_WORDS + 1 or not own.lower().startswith(_SHARES) or words.lower().startswith(_SHARES):
        return ""
    if like := _in_place(words, own):
        return like  # "… cấp huyện được xử lý trên mạng đạt 90%, cấp xã đạt 85%"
    before = own.split()[:-count]
    return " ".join([*before, words]) if len(before) >= 2 else ""


def _in_place(words: str, own: str) -> str:
    """Put words in the place of those that begin alike in another measure; "" where none do."""
    mine, other = words.split(), own.split()
    at = next((at for at, word in enumerate(other) if word.lower() == mine[0].lower()), 0)
    return " ".join([*other[:at], words, *other[at + len(mine) :]]) if at >= 2 else ""


def _governing(lead: str, preposition: str) -> str:
    """Return the words before with the preposition that joins them to those behind."""
    return f"{lead.removesuffix(preposition).removesuffix('đối').strip()} {preposition}"
