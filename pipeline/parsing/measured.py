"""What a figure measures (*chỉ tiêu, nội dung đo*): the words before it or behind it, in the document's own wording.

"Tỷ lệ … đạt 95%" names it before, "100% hồ sơ được giải quyết đúng hạn" behind. What an indicator is made of them is
told in indicators.py.
"""

from __future__ import annotations

from typing import Final

import regex

from pipeline.parsing.cues import LEVELS, STATING
from pipeline.parsing.doublets import parting_comma
from pipeline.parsing.patterns import Bounded
from pipeline.parsing.printed import Figure
from pipeline.parsing.senses import UP_MARK, Change, changed
from pipeline.parsing.units import subject_of
from pipeline.parsing.wording import BARE_BODY, MEASURED, RANKING_WORDS, RELATIVE, says_no_measure, shortened, tidy

NOT_OF: Final = Bounded(
    r"(?:so với|so|kể|trở lên|trở xuống|vào|trong năm|trong giai đoạn|năm|và|đến|theo|với|"
    r"để(?! (?:xảy ra|gián đoạn|quá hạn|chậm|mất|tồn đọng|thất thoát))|nhằm|tại|do|"
    r"kế hoạch(?! vốn)|"
    r"chỉ tiêu|dự toán|mục tiêu|cùng kỳ|mỗi|hằng|hàng|"
    r"trong đó|trước|thì|nhưng|là|trên tổng|số với|ở|bằng|qua|nghị quyết|yêu cầu|trong tổng|của|nên|"
    r"vì|mà|nhờ|thông qua|bởi|sau khi|quy định|Trung ương giao|tỉnh giao|trên(?= toàn| địa bàn))(?!\p{L})|[^\p{L}\d“\"]"
)
"""Words behind a figure that do not name what it is a figure of."""
_CUTS: Final = Bounded(
    r",? so (?:với|cùng|dự|kế|năm) |,? trong đó|,? góp phần |,? nhằm |, (?:bảo|đảm) đảm |, (?:đáp ứng|qua đó|từ đó|"
    r"phấn đấu|đồng thời|tạo (?:điều kiện|tiền đề)) |"
    r",? với (?:tổng |số |diện tích|kinh phí|giá trị|trị giá|công suất|quy mô|chiều dài|mức|vốn|doanh thu|sản lượng|"
    r"khối lượng|trọng lượng)|"
    r" đều (?=ở|là|do|thuộc)|,? theo (?=điều \d|khoản \d|nghị định|thông tư|luật |quyết định (?:số|của))|"
    r",? do (?=vi phạm|ảnh hưởng|thiếu|thời tiết|mưa|nguyên nhân|chưa|không|hết|một số)|"
    r":|,? hoàn thành (?=trước|trong|chậm|đến|vào|xong)|,? (?:trước|đến|chậm nhất|từ) ngày | vào (?:cuối |đầu |năm|"
    r"ngày|tháng)| trở (?:lên|"
    r"xuống)(?!\p{L})|"
    r" và (?=(?:đơn giản|nâng cao|rút ngắn|cắt giảm|bảo đảm|đảm bảo|tăng cường|phấn đấu)(?!\p{L}))|"
    r",? (?:nhiều|cao|thấp|ít|lớn) nhất (?=là|ở|tại)|, (?:chủ yếu|tập trung|điển hình|nhất là|hầu hết|đa số|phần lớn) |"
    r",? trong (?:năm|giai đoạn|quý|tháng) |, (?:trong vòng|không quá|đạt|tăng|giảm|bằng|chiếm|không có|"
    r"không xảy ra|không còn) "
)
_RUN_ON: Final = Bounded(r",? (?:(?<!việc )làm|khiến|gây|đưa|phục vụ|giúp|(?:tổng )?trị giá|kinh phí)\s*$")
""" "02 vụ tai nạn lao động làm 03 người bị thương": the next figure's own words begin."""
_NAMELY: Final = Bounded(r",? (?:là|gồm|như) (?=\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+)|(?<=không đạt|chưa đạt|đạt thấp) là ")
""" "03 xã đạt thấp là Tân Lộc, Phú An": their names are no part of what is counted."""
_BRACKET: Final = Bounded(r" \((?P<inside>[^()]*)\)?")
_PREDICATE: Final = Bounded(r"(?<!\p{L})(?:được|phải|có|đạt|bị|chưa|không)(?!\p{L})")
_OTHER: Final = Bounded(r", (?:công tác|việc|tỷ lệ|tỉ lệ|tổng|chỉ số|chất lượng|cơ cấu|giá trị|thu nhập) ")
"""A subject of its own, behind a statement that is complete."""
_PLANNED: Final = ("kế hoạch", "chỉ tiêu", "dự toán", "nhiệm vụ")
""" "hoàn thành 100% kế hoạch thu": here the plan is what is measured."""
GENERIC: Final = Bounded(
    r"(?:với )?(?:tổng )?(?:số )?(?:số tiền|kinh phí|trị giá|giá trị|diện tích|công suất|quy mô|vốn|vốn đầu tư|"
    r"vốn đăng ký|số thu|doanh thu|tổng chi phí|chi phí|mức hỗ trợ|"
    r"làm lợi|số vốn đăng ký|khối lượng|trọng lượng|tổng trọng lượng|số lượng|chiều dài)",
    regex.IGNORECASE,
)
"""Measures that need to be told of what: "xử phạt 12 trường hợp với số tiền 2,3 tỷ đồng"."""
MOST_WORDS: Final = 20
LEAST_NAMED: Final = 4
_NUMBER_OF: Final = Bounded(r"(?:tổng )?(?:số|lượng) (?!liệu|tiền|hóa|hoá)", regex.IGNORECASE)
""" "Số doanh nghiệp …: 12 doanh nghiệp" names what is counted."""
_OF_PEOPLE: Final = frozenset(
    ("nhóm", "ổ nhóm", "băng nhóm", "vụ", "vụ việc", "vụ án", "tụ điểm", "nhóm hộ", "tổ", "hội")
)
""" "04 nhóm với 23 người sinh hoạt trái phép": what the people do, their group does."""
_SAVING: Final = Bounded(r"(?<!\p{L})(?:tiết kiệm|cắt giảm|giảm)(?: được)?$")
""" "Phương án … giúp tiết kiệm 412 triệu đồng chi phí tuân thủ"."""
_EVERY: Final = Bounded(r"(?:mỗi|một|trong|hằng|hàng|/) ?(?:tuần|tháng|quý|năm|ngày|buổi)(?!\p{L})")
_FUNDS: Final = ("vốn ", "số vốn ", "nguồn vốn ", "tổng vốn ")
_WITHIN: Final = (("trong vòng",), ("không quá",))
_DONE_TO: Final = Bounded(r"(?<!\p{L})được [^,;:]+, \p{L}+(?: \p{L}+)?$")
_VERB_OF_REACHING: Final = Bounded(
    r"(?:vượt|đạt|hoàn thành|cao hơn|thấp hơn|tăng|giảm)(?! trưởng)(?!\p{L})", regex.IGNORECASE
)
_ASIDE: Final = Bounded(r" \((?=[^()]*\d)[^()]*\)")
_LABEL: Final = Bounded(r"(?:chỉ tiêu|mục tiêu|nhiệm vụ|tiêu chí|nội dung)(?: (?:số )?\d+)?", regex.IGNORECASE)
_AMONG_THEM: Final = Bounded(r"^.*,? trong đó,? (?=\p{L}+ \p{L})", regex.DOTALL | regex.IGNORECASE)
_ENSURED: Final = Bounded(r"^.*, (?:bảo đảm|đảm bảo)(?= \p{L}+)(?! (?:cho|việc|an)(?!\p{L}))", regex.DOTALL)
""" "tăng cường mũi thi công, bảo đảm khối lượng đạt 45%": what comes last is measured."""
_ORDER: Final = Bounded(r"(?:giao(?: cho)?|yêu cầu|đề nghị|phân công)\s+")
_RUN_IN: Final = Bounded(
    r"(?:(?:đặc biệt|cụ thể|theo đó|trong đó|qua đó|ngoài ra|bên cạnh đó|đồng thời|tuy nhiên|kết quả|đến nay|hiện nay|"
    r"năm nay)(?:,|:)?\s+){1,3}"
)
_JOINTLY: Final = Bounded(r"(?:chủ trì,?\s*)?(?:phối hợp)(?: chặt chẽ)?,?(?: với| cùng với| cùng)\s+")
_TAKING_PART: Final = ("tham gia", "tham dự", "dự thi")
_NONE_OF: Final = Bounded(
    r"^(?:không (?:có|để|xảy ra|phát sinh|ghi nhận)|thuộc nhóm)(?!\p{L})[^,;]*,", regex.IGNORECASE
)
""" "412 ca mắc, không có tử vong, giảm 34,5%": what did not happen has no figure."""
_OPENERS: Final = ("và ", "đồng thời ", "cùng với ", "trong đó, ", "trong đó ")
_BOUNDARIES: Final = (", ", " và ", "; ", ") ", " nên ", " thì ", " nhưng ", " song ", " còn ")
_LINKS: Final = Bounded(r"^.*(?<!\p{L})(?:nên|do đó|vì vậy|trong khi|nhưng|song) (?=\p{L}+ \p{L}+)", regex.DOTALL)


class Wording:
    """The words of one clause, from `start` to `end` of the view."""

    def __init__(self, text: str, low: str, start: int, end: int) -> None:
        self.text, self.low, self.start, self.end = text, low, start, end

    # --- before -----------------------------------------------------------------------------------------------------

    def before(self, left: int, figure: Figure, first: bool, free: bool) -> str:
        """Return the words before a figure that name what is measured.

        `first`: it is the first of its clause; `free`: what follows the figure before it is not still that one's.
        """
        words = self.text[left : figure.cue_start]
        if first:
            words = self._without_subject(left, figure)
        elif not free and words.lstrip()[:1] not in (",", ";", ")", ":", "("):
            # "đạt 96,8% kế hoạch, tăng …": what follows a figure up to the comma is still its own
            comma = min((at for sign in _BOUNDARIES if (at := words.find(sign)) >= 0), default=-1)
            words = words[comma:] if comma >= 0 else ""
        words = _AMONG_THEM.sub("", self._within(words, figure))
        if not first:
            words = words.lstrip(" ).,;")
            for opener in _OPENERS:
                if words.lower().startswith(opener):
                    words = words[len(opener) :]
            if words.lower().startswith("so với"):
                words = words.partition(",")[2]
            words = _LINKS.sub("", _NONE_OF.sub("", words))
        promise = words.lower().rfind("phấn đấu")
        if promise >= 0:
            rest = words[promise + len("phấn đấu") :]
            if tidy(rest) or (words[:promise].rstrip().endswith(",") and self._named_behind(figure)):
                words = rest
            else:
                words = words[:promise]
        words = tidy(_ENSURED.sub("", words))
        short = tidy(shortened(words))
        if not first and figure.kind == "rank" and _VERB_OF_REACHING.match(short):
            return ""  # "…, vượt kịch bản, đứng thứ 4/34"
        if first and GENERIC.fullmatch(short):
            return " ".join(words.split()[:MOST_WORDS])  # "Giảm chi quản lý hành chính với kinh phí 139 triệu đồng"
        return short

    def _within(self, words: str, figure: Figure) -> str:
        """Return what stands within an open bracket or behind a colon, where that names a measure; "Lắp mới trạm phát
        sóng: 58 trạm" names it before the colon."""
        words = _ASIDE.sub("", words)
        bracket = words.rfind("(")
        if bracket >= 0 and ")" not in words[bracket:]:
            inner = words[bracket + 1 :].strip(" ,:")
            says = inner and not says_no_measure(inner) and not _LABEL.fullmatch(tidy(inner))
            words = inner if says else words[:bracket]
        colon = words.rfind(":")
        if (
            colon >= 0
            and words.count(")", colon) <= words.count("(", colon)
            and not (bracket >= 0 and len(words[:colon].split()) < 9)
        ):
            behind = words[colon + 1 :].strip()
            behind = "" if BARE_BODY.fullmatch(tidy(behind)) else behind
            if f"{behind.lower()} ".startswith(RELATIVE):
                return f"{words[:colon]} {behind}"  # "Tỷ lệ hồ sơ đúng hạn: cấp huyện 98%, cấp xã 99%"
            named = behind or self._named_behind(figure) or _LABEL.fullmatch(words[:colon].strip())
            words = words[colon + 1 :] if named else words[:colon].rpartition(": ")[2]
        return words

    def _without_subject(self, left: int, figure: Figure) -> str:
        """ "Sở A chủ trì, phối hợp với Sở B kiểm tra …" -> "kiểm tra …"."""
        right = figure.cue_start
        run_in = _RUN_IN.match(self.low, left, right)
        left = run_in.end() if run_in else left
        order = _ORDER.match(self.low, left, right)
        subject = subject_of(self.text, self.low, order.end() if order else left, self.end)
        if subject is not None and subject.predicate is not None and subject.predicate < right:
            took_part = figure.kind == "counted" and self.low.startswith(_TAKING_PART, subject.predicate)
            left = left if took_part else subject.predicate  # who took part is what is counted
        joint = _JOINTLY.search(self.low, left, right)
        if joint:
            other = subject_of(self.text, self.low, joint.end(), self.end)
            if other is not None and other.predicate is not None and other.predicate < right:
                left = other.predicate
        return self.text[left:right]

    # --- behind -----------------------------------------------------------------------------------------------------

    def behind(self, figure: Figure, aside: Figure | None, following: Figure | None) -> tuple[int, int]:
        """Return the span of the words behind a figure.

        It begins behind "trở lên" and a figure set beside in brackets (`aside`: "15/18 xã (83,3%) đạt chuẩn"), and
        ends before the next figure's own words, or at the end of the clause.
        """
        begin = figure.end if aside is None else aside.end + 1
        mark = UP_MARK.match(self.low, begin, self.end)
        begin = mark.end() if mark else begin
        return begin, max(begin, self._behind_end(begin, figure, following))

    def _behind_end(self, begin: int, figure: Figure, following: Figure | None) -> int:
        stop = self.end
        if following is not None:
            stop = self._before_next(begin, figure, following)
        for bracket in _BRACKET.finditer(self.low, begin, stop):
            inside = bracket["inside"]
            if any(c.isdigit() for c in inside) or not bracket[0].endswith(")") or inside.startswith("trong đó"):
                stop = bracket.start()
                break
        named = _NAMELY.search(self.text, begin, stop)
        stop = named.start() if named is not None else stop
        closing = self.low.find(")", begin, stop)
        if closing >= 0 and "(" not in self.low[begin:closing]:
            stop = closing
        run_on = _RUN_ON.search(self.low, begin, stop) if following is not None else None
        stop = run_on.start() if run_on is not None else stop
        cut = _CUTS.search(self.low, begin, stop)
        if cut is not None and cut[0].startswith(" trở ") and self._goes_on(cut.end(), stop):
            cut = _CUTS.search(self.low, cut.end(), stop)
        stop = cut.start() if cut else stop
        said = _PREDICATE.search(self.low, begin, stop)
        other = _OTHER.search(self.low, said.end(), stop) if said else None
        return other.start() if other else stop

    def _goes_on(self, begin: int, stop: int) -> bool:
        """Whether what is measured goes on behind "trở lên": "90% số hộ trở lên được dùng nước sạch"."""
        rest = self.low[begin:stop].lstrip(" ")
        return bool(rest) and NOT_OF.match(rest) is None

    def _before_next(self, begin: int, figure: Figure, following: Figure) -> int:
        before = self.low[begin : following.cue_start].rstrip()
        if following.kind == "duration" and following.cues[:1] in _WITHIN and _DONE_TO.search(before):
            return following.cue_start  # "100% hồ sơ được tiếp nhận, giải quyết trong vòng 05 ngày"
        if before.endswith("("):
            return begin + len(before) - 1  # "… trước hạn và đúng hạn (99,5%)"
        comma = parting_comma(self.low, begin, following.cue_start + 1)
        joined = self.low.rfind(" và ", begin, following.cue_start + 1)
        if begin <= comma < joined and _joins_verbs(
            self.low[comma + 1 : joined], self.low[joined + 4 : following.cue_start]
        ):
            joined = comma
        stop = max(comma, joined)
        own = self.low[max(stop, begin) : following.cue_start].strip(" ,")
        said = _PREDICATE.search(self.low, begin, max(stop, begin))
        if figure.unit[:1] == "%" and own and said is None and following.cues[:1] == ("có",):
            return self.end  # "100% xã, phường mỗi quý có 04 tin, bài": the second figure is what the first is of
        return stop if stop >= begin else following.cue_start

    def measured_behind(self, figure: Figure, lead: str, chained: bool, begin: int) -> bool:
        """Whether what is measured stands behind the figure, from `begin`: "100% hồ sơ …", "có 01 báo cáo …".

        `chained`: the figure follows another of its clause.
        """
        if figure.kind in ("rank", "group") or figure.unit.startswith("/"):
            return False
        stated = self.stated(figure, lead)
        if not lead and chained and stated:
            return False  # "…, đạt tỷ lệ 87,3% dân số": a share of what was told
        behind = self.low[begin : begin + 24].lstrip()
        if figure.kind in ("counted", "thing"):
            return not (stated and len(lead.split()) >= 2)
        if not behind:
            return False
        if figure.unit == "lần" and lead and _EVERY.match(behind):
            return True  # "Phát thanh ít nhất 03 lần mỗi tuần trên loa ấp"
        if NOT_OF.match(behind):
            return lead.lower() in RANKING_WORDS and not chained and behind.startswith(_PLANNED)
        if figure.kind in ("duration", "money", "measure"):
            short = len(lead.split()) <= 4 or _SAVING.search(lead) is not None
            return short or bool(figure.cues and changed(f"{figure.cues[0]} x")[0])
        if figure.unit[:1] not in ("%", "p") or (figure.cues and lead.lower().startswith(MEASURED)):
            return False
        if lead and not chained and figure.cues[:1] == ("chiếm",):
            return True
        if behind.startswith(_FUNDS):
            return True  # "giải ngân đạt 95% vốn Chương trình …"
        return not (stated and len(lead.split()) > 2)

    def _named_behind(self, figure: Figure) -> bool:
        """Whether words behind a share name what it is a share of: "30% doanh nghiệp"."""
        behind = self.low[figure.end : min(self.end, figure.end + 24)].lstrip()
        if figure.unit[:1] != "%" or not behind or behind.startswith(_PLANNED):
            return False
        return NOT_OF.match(behind) is None

    def stated(self, figure: Figure, lead: str) -> bool:
        """Whether the words before a figure say of what it is: "… đạt 12 xã", "Số đơn vị tham gia: 12 đơn vị"."""
        stating = set(figure.cues).intersection(STATING)
        behind = self.low[figure.end : min(self.end, figure.end + 24)].lstrip(" ")
        counted = figure.kind in ("counted", "thing")
        described = counted and behind and not NOT_OF.match(behind)
        if stating and not (described and stating == {"được"}):
            return True
        named = _NUMBER_OF.match(lead) is not None and len(lead.split()) >= LEAST_NAMED
        return counted and named

    def behind_colon(self, figure: Figure) -> bool:
        """Whether a figure stands right behind a colon."""
        return self.up_to(figure, 3).rstrip().endswith(":")

    def up_to(self, figure: Figure, most: int) -> str:
        """Return the signs of the clause right before a figure and its cues, `most` of them."""
        return self.low[max(self.start, figure.cue_start - most) : figure.cue_start]

    def shared_tail(self, figure: Figure, following: Figure | None) -> str:
        """ "01 công chức, 32 viên chức không hoàn thành": the words behind the last count for all."""
        if following is None or following.kind != figure.kind or (following.cues and not figure.cues):
            return ""
        between = self.low[figure.end : following.cue_start].strip(" ,")
        grouped = between == "với" and figure.unit.lower() in _OF_PEOPLE
        if between not in ("", "và") and not grouped:
            return ""
        begin, stop = self.behind(following, None, None)
        tail = self.text[begin:stop].strip(" ,.:;()")
        return "" if any(c.isdigit() for c in tail) else tail


def _joins_verbs(before: str, behind: str) -> bool:
    """ "…, truy thu và phạt 18,6 tỷ đồng": both words lead up to the figure that follows."""
    most = 5 if before.lstrip().startswith(MEASURED) else 3  # "…, tỷ lệ trước hạn và đúng hạn 98,7%"
    return 0 < len(before.split()) <= most and 0 < len(behind.split()) <= 3 and not _PREDICATE.search(before)


def moved(figure: Figure, lead: str, change: Change) -> tuple[Change, str]:
    """ "Giảm tỷ lệ hộ nghèo 1,5%" falls by so much, "Giảm tỷ lệ hộ nghèo còn 1,5%" to so much; return the words too."""
    way, words = changed(lead)
    if way is None:
        return change, lead
    if set(figure.cues).intersection(LEVELS):
        return change, words
    return (way, words) if change == "level" else (change, lead)
