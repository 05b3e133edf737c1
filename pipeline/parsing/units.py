"""Units (*cơ quan, đơn vị, chức danh*): bodies, departments, posts and groups of them, as subjects and in lists.

A unit opens with a head word (Sở, UBND, Phòng, Các đơn vị, Lãnh đạo …) and runs to the first word that can only begin
a predicate ("chủ trì", "có trách nhiệm"), to a punctuation mark, or to the next unit of a list. No list of names is
needed: what no gazetteer holds is found by the same rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import regex

from pipeline.parsing.patterns import SECONDS

_QUANTIFIERS: Final = r"(?:các|những|toàn thể|tất cả các|từng|mỗi|một số|đồng chí|các đồng chí|đ/c|tập thể)\s+"

# One syllable: a unit only with a name in capitals after it, or in the plural.
_SHORT_HEADS: Final = (
    "sở bộ ban phòng cục vụ viện trường hội đoàn đài báo tổ đội trạm quỹ khoa thuế nhóm khối ngành tòa toà hạt"
).split()
_HEADS: Final = (
    "ủy ban nhân dân", "uỷ ban nhân dân", "ubnd", "hđnd", "hội đồng nhân dân", "hội đồng", "văn phòng", "trung tâm",
    "chi cục",
    "tổng cục", "học viện", "bệnh viện", "trường đại học", "trường cao đẳng", "trường thpt", "trường", "công an",
    "bộ chỉ huy",
    "bộ tư lệnh", "ban chỉ huy", "tỉnh đoàn", "thành đoàn", "huyện đoàn", "đoàn thanh niên", "liên đoàn",
    "hội liên hiệp",
    "hội nông dân", "hội cựu chiến binh", "hội phụ nữ", "ủy ban mặt trận", "ủy ban mttq", "ubmttq",
    "mặt trận tổ quốc", "mttq", "ủy ban",
    "uỷ ban", "kho bạc", "bảo hiểm xã hội", "bhxh", "ngân hàng", "tòa án", "toà án", "viện kiểm sát", "hải quan",
    "chi nhánh",
    "công ty", "tổng công ty", "tập đoàn", "ban quản lý", "ban chỉ đạo", "ban tổ chức", "ban tuyên giáo",
    "ban thường vụ", "ban chấp hành",
    "ban giám đốc", "ban giám hiệu", "ban lãnh đạo", "tổ công tác", "tổ giúp việc", "tiểu ban", "tỉnh ủy", "tỉnh uỷ",
    "thành ủy",
    "thành uỷ", "huyện ủy", "quận ủy", "thị ủy", "đảng ủy", "đảng uỷ", "chi bộ", "chi ủy", "đảng bộ", "cấp ủy",
    "cấp uỷ", "thường trực",
    "thanh tra", "bộ phận", "đơn vị", "cơ quan", "địa phương", "doanh nghiệp", "cơ sở", "đoàn thể", "chính phủ",
    "quốc hội",
    "vnpt", "viettel", "bưu điện", "điện lực", "chủ đầu tư", "nhà thầu", "nhà trường", "trạm y tế", "công đoàn",
    "phòng khám",
    "lãnh đạo", "thủ trưởng", "trưởng", "phó trưởng", "phó", "giám đốc", "phó giám đốc", "tổng giám đốc",
    "chánh văn phòng",
    "chánh thanh tra", "chánh", "chủ tịch", "phó chủ tịch", "hiệu trưởng", "cục trưởng", "chi cục trưởng",
    "vụ trưởng", "người đứng đầu", "bộ trưởng",
    "bí thư", "phó bí thư", "thành viên", "ủy viên", "tổ trưởng", "trưởng phòng", "trưởng ban", "trưởng khoa",
    "cán bộ", "công chức",
    "viên chức", "người lao động", "giáo viên", "đảng viên", "đoàn viên", "hội viên", "thư ký", "kế toán trưởng",
    "trưởng thôn", "sở", "bộ", "ngành",
    "tổ chức chính trị", "tổ chức đoàn thể", "tổ chức đảng", "tổ chức hội", "tổ chức, cá nhân", "phòng, ban",
    "phòng ban", "phòng chuyên môn",
    "phòng chức năng", "phòng nghiệp vụ", "sở, ban, ngành", "sở, ngành", "ban, ngành", "hợp tác xã", "các cấp",
    "bộ, ngành", "quân sự", "lực lượng", "chủ rừng", "chủ cơ sở", "chủ hộ", "chủ doanh nghiệp", "nhà hát",
    "bảo tàng", "thư viện",
    "nhà xuất bản", "nhà văn hóa", "nhà thiếu nhi", "vườn quốc gia", "ban dân tộc", "cổng thông tin", "tạp chí",
    "cảng vụ", "đồn biên phòng", "bộ đội biên phòng",
    "quân khu", "xí nghiệp", "nhà máy", "hiệp hội", "câu lạc bộ", "tổ dân phố", "ban công tác", "tổ hòa giải",
    "nhà hát", "trưởng bản", "trưởng khu phố", "tổ chức xã hội",
    "nhân dân", "phân hiệu", "trường học", "thành phần", "liên hiệp", "hạt kiểm lâm", "đội thuế", "chánh án",
    "viện trưởng", "tổng cục trưởng", "trạm kiểm lâm",
)  # fmt: skip
_NO_UNIT: Final = regex.compile(
    r"(?:ban (?:hành|đầu)|bộ (?:máy|chỉ số|thủ tục|tiêu chí|quy tắc|luật|đội|tài liệu|đề|dữ liệu|mặt|câu)|"
    r"sở (?:hữu|thích)|"
    r"phòng(?: |, )(?:chống|ngừa|bệnh|cháy|dịch|thủ|vệ|tránh|họp|tuyến)|hội (?:nghị|thảo|thi|nhập|diễn|họp|"
    r"trường|chợ|đàm|đồng thi)|"
    r"báo (?:cáo|chí|cháy|động)|đoàn (?:kết|kiểm tra|công tác)|viện (?:phí|dẫn|trợ)|trường (?:hợp|học thân)|"
    r"vụ (?:việc|án|mùa)|đội ngũ|đài thọ|cục (?:diện|bộ)|"
    r"cơ sở (?:dữ liệu|hạ tầng|vật chất|pháp lý|để|đó)|ngành nghề|khối lượng|nhóm (?:nhiệm vụ|giải pháp|chỉ tiêu|"
    r"tiêu chí|nội dung)|"
    r"đơn vị (?:tính|hành chính)|thanh tra(?:, | )(?:kiểm tra|việc|công tác|các|đột xuất|theo|định kỳ)|"
    r"tổ chức(?! (?:chính trị|đoàn thể|đảng|hội(?! nghị| thảo| thi| họp| chợ| đàm| diễn)|xã hội)|, cá nhân)|"
    r"tổ hợp|bộ phận (?:người|dân)|"
    r"cán bộ(?:,)? (?:hồ sơ|hóa)|bảo hiểm xã hội (?:tự nguyện|bắt buộc|một lần|cho|đối với|đạt|là)|"
    r"nhân dân (?:tệ|tin)|thành phần (?:hồ sơ|kinh tế|tham|dân)|quỹ đất|thuế suất|phó mặc|trưởng thành|"
    r"lãnh đạo(?:,| )(?:chỉ đạo|điều hành)(?!,? (?:các|sở|phòng)))(?!\p{L})"
)
_PREDICATES: Final = (
    "chủ trì|phối hợp|thực hiện|triển khai|chỉ đạo|tổ chức|xây dựng|tham mưu|hướng dẫn|theo dõi|đôn đốc|kiểm tra|"
    "giám sát|tổng hợp|"
    "báo cáo|rà soát|căn cứ|có trách nhiệm|chịu trách nhiệm|tiếp tục|tăng cường|đẩy mạnh|tập trung|bám sát|"
    "nghiêm túc|chủ động|"
    "thường xuyên|kịp thời|khẩn trương|bố trí|cử|lập|phân công|quán triệt|phổ biến|tuyên truyền|đề xuất|trình|"
    "phê duyệt|ban hành|"
    "xem xét|cung cấp|gửi|đăng ký|hoàn thành|bảo đảm|đảm bảo|thẩm định|cân đối|đánh giá|nghiên cứu|cập nhật|công "
    "khai|niêm yết|"
    "tiếp nhận|xử lý|giải quyết|khắc phục|nâng cao|phát huy|duy trì|là (?:cơ quan|đơn vị|đầu mối|thường trực)|"
    "làm (?:đầu mối|tốt|việc)|"
    "giúp|kiện toàn|phát động|vận động|huy động|lồng ghép|khai thác|vận hành|ứng dụng|đầu tư|mua sắm|bổ sung|sửa "
    "đổi|điều chỉnh|kết nối|"
    "chia sẻ|số hóa|số hoá|cần|phải|sẽ|nêu cao|gương mẫu|chấp hành|quản lý|sử dụng|tham gia|hỗ trợ|đồng hành|tạo "
    "điều kiện|phản ánh|kiến nghị|"
    "định kỳ|hằng năm|hàng năm|hằng tháng|hàng tháng|hằng quý|hàng quý|trước ngày|chậm nhất|khi|nếu|trên cơ sở|"
    "theo|thông báo|thống nhất|"
    "quyết định|giao|yêu cầu|đề nghị|trực tiếp|tích cực|đổi mới|phát hiện|ngăn chặn|tuần tra|cùng|có (?:kế hoạch|"
    "văn bản|giải pháp|nhiệm vụ|biện pháp)|"
    "đưa|tập huấn|rút kinh nghiệm|nắm|tiến hành|thành lập|chuẩn bị|đón tiếp|phục vụ|truyền thông|đăng tải|ưu "
    "tiên|quan tâm|chú trọng|tổng kết|"
    "sơ kết|tự|chuyển|gắn|lấy|quyết toán|thanh toán|giải ngân|nhận|kiểm soát|mở|khảo sát|thống kê|phân tích|phân "
    "bổ|phát hành|soạn thảo|dự thảo|"
    "điều phối|điều tra|xác minh|xác định|tuân thủ|không|dựa|tiếp thu|hoàn thiện|cụ thể hóa|cụ thể hoá|lựa chọn|"
    "bàn giao|đầu mối|thường trực|làm|"
    "thẩm tra|thi hành|đối chiếu|nghiên cứu|nghiệm thu|cam kết|đăng|viết|lưu|xuất bản|phân cấp|ký|mời|tiết kiệm|"
    "khuyến khích|phát triển|quy định|lãnh đạo|tư vấn|dàn dựng|trưng bày|mở rộng|trao đổi|diễn tập|trích|điều "
    "hành|nhắc việc|thẩm duyệt|xúc tiến|đề cử|bám|nộp|bình xét|chốt|xét|in ấn|đối thoại|quảng bá|hoàn chỉnh|liên "
    "hệ|biết"
)
_PREDICATE: Final = regex.compile(rf"(?:{_PREDICATES})(?![\p{{L}}])")
_MODIFIER: Final = regex.compile(
    r"(?:được (?:giao(?: (?:chủ trì|theo dõi|nhiệm vụ|phụ trách))?|phân công(?: (?:theo dõi|phụ trách))?|"
    r"cử(?: đến| tham gia)?)|cử đến|"
    r"quản lý nhà nước|sử dụng (?:ngân sách|lao động)|quản lý, sử dụng|có (?:liên quan|thẩm quyền|tthc|chức năng|"
    r"thu)|đăng ký đất đai|"
    r"khám(?: bệnh)?,? chữa bệnh|làm công tác|làm việc tại|tham mưu, giúp việc|tham mưu tổng hợp)(?!\p{L})"
)
_NAMED_VERB: Final = regex.compile(
    r"(?:Quản lý|QLDA)(?: dự án)?(?: đầu tư)? (?=(?:đầu tư|xây dựng)(?!\p{L}))|Kế hoạch\s?[-–,]\s?(?=tổng hợp)|"
    r"Tổ chức[ ,-]{1,3}(?=kiểm tra)|"
    r"Kiểm tra[ ,-]{1,3}(?=(?:thanh tra|giám sát))|Quản lý (?=(?:thanh tra|tổng hợp))"
)
"""Names of departments that hold a verb in lower case: "Ban Quản lý dự án đầu tư xây dựng tỉnh"."""
_HEAD_ALTERNATION: Final = "|".join(sorted((regex.escape(h) for h in _HEADS), key=len, reverse=True))
_START: Final = regex.compile(
    rf"(?P<quantifier>{_QUANTIFIERS})?(?:(?P<head>{_HEAD_ALTERNATION})|"
    rf"(?P<short>{'|'.join(_SHORT_HEADS)}))(?![\p{{L}}])"
)
_TOKEN: Final = regex.compile(r"\s*([\p{L}\p{N}/&.\-–]*[\p{L}\p{N}]|[-–&]|[^\s])")
_BARE_HEADS: Final = frozenset(
    "sở|bộ|ngành|trường|cơ sở|tổ chức|trưởng|phó|chánh|thường trực|nhân dân|thanh tra".split("|")
)
"""Heads that are other words too: units only with a name, or one of these, behind them."""
_OF_A_HEAD: Final = (
    "các ", "phòng", "ban ", "khoa", "thuộc", "khám", "đơn vị", "y tế", "giáo dục", "thôn", "hđnd", "tỉnh", "huyện",
    "sở",
)  # fmt: skip
_STOP: Final = regex.compile(
    r"(?:để|nhằm|xin|thì|mà|đã|là|như|về|vào|khi|do|bằng|sau khi|so với|hiện|đang|vẫn|còn|bị|nếu|và các nội dung|"
    r"tại (?:tờ|công văn|văn bản|báo cáo|quyết định|phiên|cuộc|hội nghị|kế hoạch|phiếu|nghị)|trong (?:quá|việc|"
    r"công tác|phạm vi|thời|năm|triển|giai|lĩnh|xây|thực|lãnh|đó|tổ))(?!\p{L})"
)
"""Words that end a unit without beginning a predicate that gives work."""
_COMPOUNDS: Final = regex.compile(
    r"(?:ngoại giao|đăng ký|công lập|độc lập|chứng nhận|chương trình|quy trình|công trình|lịch trình|lộ trình|"
    r"vận chuyển|tự chủ|đại lý|pháp lý|xử lý|thực tập|"
    r"đăng ký đất đai|bàn giao|phát thanh|tiếp nhận và trả kết quả|quản lý đất đai|bảo vệ|nhân sự|đề án|tín dụng|"
    r"sự nghiệp công|thừa hành|giao thông|giao dịch|giao nhận|trực thuộc|chuyên trách)(?!\p{L})"
)
_LONGEST: Final = 45
_PLACES_AFTER_COMMA: Final = regex.compile(
    r"(?:tổ chức(?=,| và| có| khác| liên| chính)|đơn vị|cơ quan|xã|phường|thị trấn|thị xã|thành phố|huyện|quận|"
    r"đặc khu|ban|ngành|đoàn thể|khu phố|thôn|bản|tỉnh|cơ sở|cá nhân|tổ dân phố|khoa|khối)(?!\p{L})"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A list of units and what follows: their spans, and where the predicate begins (None where there is none)."""

    spans: tuple[tuple[int, int], ...]
    end: int
    predicate: int | None


def unit_starts(text: str, low: str, at: int) -> bool:
    """Whether a unit opens at an offset."""
    return _head_end(text, low, at) is not None


def _head_end(text: str, low: str, at: int) -> int | None:
    """Where the head word of a unit that opens at an offset ends; None where none opens."""
    match = _START.match(low, at, timeout=SECONDS)
    if match is None:
        return None
    head_at = match.start("head") if match["head"] else match.start("short")
    if _NO_UNIT.match(low, head_at, timeout=SECONDS):
        return None
    after = text[match.end() : match.end() + 2].lstrip()
    named = bool(after) and after[0].isupper()
    if match["short"] and not match["quantifier"]:
        return match.end() if named or (text[at] == "S" and match["short"] == "sở") else None
    if match["head"] in _BARE_HEADS and not match["quantifier"]:
        if match["head"] == "sở":
            return match.end() if text[at].isupper() else None
        rest = low[match.end() : match.end() + 24].lstrip()
        return match.end() if named or rest.startswith(_OF_A_HEAD) else None
    return match.end()


def subject_of(text: str, low: str, start: int, end: int) -> Subject | None:
    """Return the list of units that ``text[start:end]`` opens with, None where it opens with none."""
    if not unit_starts(text, low, start):
        return None
    spans: list[tuple[int, int]] = []
    opened, tokens = start, 0
    at = _head_end(text, low, start) or start
    while at < end and tokens < _LONGEST * (1 + len(spans)):
        tokens += 1
        token = _TOKEN.match(text, at, end, timeout=SECONDS)
        if token is None:
            break
        begin, word = token.start(1), token[1]
        if begin > opened or spans:
            stop = _stops(text, low, opened, begin, word)
            if stop == "predicate" and _ends_name(text, low, opened, begin, end):
                stop = None  # "Phòng Giám sát quản lý": the last word of a title is no predicate
            if stop == "predicate":
                return _subject(spans, text, opened, begin, begin)
            if stop == "end":
                return _subject(spans, text, opened, begin, None)
            if stop == "modifier":
                modifier = _MODIFIER.match(low, begin, timeout=SECONDS)
                at = modifier.end() if modifier else token.end()
                continue
        if word == "(":
            close = text.find(")", begin, min(end, begin + 160))
            if close < 0:
                return _subject(spans, text, opened, begin, None)
            spans_after = _after_bracket(low, close + 1)
            if spans_after is not None:
                return _subject(spans, text, opened, begin, spans_after)
            at = close + 1
            continue
        if word in (",", ";", "và", "hoặc", "cùng", "&"):
            following = _skip(text, token.end(), end)
            starts = unit_starts(text, low, following)
            if (
                word == ","
                and not starts
                and text[following : following + 1].islower()
                and _predicate_at(low, following)
            ):
                return _subject(spans, text, opened, begin, following)
            if starts and (word != ";" or text[following].isupper()):
                if not _same_unit(low, opened, begin, following):
                    spans.append((opened, begin))
                    opened = following
                at = (_head_end(text, low, following) or following) if opened == following else token.end()
                continue
            if word == ";":
                return _subject(spans, text, opened, begin, None)
            if word == "," and not (
                _PLACES_AFTER_COMMA.match(low, following, timeout=SECONDS)
                or _elided(text, opened, following)
                or _name_goes_on(text, low, following, end)
            ):
                return _subject(spans, text, opened, begin, _later_predicate(text, low, following, end))
        elif word in (".", ":", "!", "?", "…", "/.") or word in '"”“':
            following = _skip(text, token.end(), end)
            if word == ":" and _elided(text, opened, following) and not _predicate_at(low, following):
                at = token.end()
                continue
            return _subject(spans, text, opened, begin, None)
        at = token.end()
    return _subject(spans, text, opened, min(at, end), None)


def _ends_name(text: str, low: str, opened: int, at: int, end: int) -> bool:
    """Whether a verb is the end of a name, and of the text ("Phòng Giám sát quản lý")."""
    match = _PREDICATE.match(low, at, timeout=SECONDS)
    named = any(word[0].isupper() for word in text[opened:at].split()[1:])
    return named and match is not None and not low[match.end() : end].strip(" .:;,)")


def _predicate_at(low: str, at: int) -> bool:
    return _PREDICATE.match(low, at, timeout=SECONDS) is not None


def _skip(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def _subject(spans: list[tuple[int, int]], text: str, opened: int, stop: int, predicate: int | None) -> Subject | None:
    while stop > opened and (text[stop - 1].isspace() or text[stop - 1] in ",;:.-–"):
        stop -= 1
    if stop <= opened:
        return None
    found = (*spans, (opened, stop))
    return Subject(tuple((a, a + len(text[a:b].rstrip(" ,;"))) for a, b in found), stop, predicate)


def _stops(text: str, low: str, opened: int, begin: int, word: str) -> str | None:
    """Whether a word ends the unit: a predicate, in lower case, outside of a name."""
    if not word[0].islower():
        return None
    if _MODIFIER.match(low, begin, timeout=SECONDS):
        return "modifier"
    if not _predicate_at(low, begin):
        return "end" if _STOP.match(low, begin, timeout=SECONDS) else None
    if _within_compound(low, begin):
        return None
    if any(
        match.end() == begin for match in _NAMED_VERB.finditer(text, max(0, begin - 30), begin + 12, timeout=SECONDS)
    ):
        return None
    return "predicate"


def _within_compound(low: str, at: int) -> bool:
    """Whether a word is the second half of a compound: "Ngoại giao", "Đăng ký", "công lập"."""
    space = low.rfind(" ", 0, max(0, at - 1))
    return any(m.start() <= at < m.end() for m in _COMPOUNDS.finditer(low, space + 1, at + 24, timeout=SECONDS)) and (
        low[at - 1] == " " and low[space + 1 : at].strip() != ""
    )


def _after_bracket(low: str, at: int) -> int | None:
    at = _skip(low, at, len(low))
    return at if _PREDICATE.match(low, at, timeout=SECONDS) else None


def _same_unit(low: str, opened: int, comma: int, following: int) -> bool:
    """ "Lãnh đạo các phòng, đơn vị": under one head, the parts of the list are one unit."""
    head = low[opened:comma]
    if head.startswith(("ubnd", "ủy ban nhân dân", "uỷ ban nhân dân")):
        return low.startswith(("phường", "xã", "huyện", "thành phố", "thị xã"), following)
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
        return low.startswith(
            ("đơn vị", "cơ quan", "phòng", "ban", "ngành", "doanh nghiệp", "địa phương", "tổ chức"), following
        )
    if head.startswith(("các sở", "sở")) and low.startswith(("ban", "ngành"), following):
        return True
    return head in ("công chức", "cán bộ", "cán bộ, công chức") and low.startswith(
        ("viên chức", "công chức", "người lao động"), following
    )


def _elided(text: str, opened: int, following: int) -> bool:
    """ "Các Sở: Tài chính, Nội vụ": after a plural head, names in capitals go on with the list."""
    return text[opened : opened + 4].lower() == "các " and text[following : following + 1].isupper()


def _name_goes_on(text: str, low: str, at: int, end: int) -> bool:
    """ "Phòng Quản lý Thu - Sổ, Thẻ chủ trì": a word or two in capitals, then the predicate."""
    if not text[at : at + 1].isupper():
        return False
    if low.startswith(("thể thao", "thông tin", "khoa học", "thương binh", "du lịch", "công nghệ", "tài nguyên"), at):
        return True  # "Sở Văn hóa, Thể thao và Du lịch"
    for _ in range(3):
        space = text.find(" ", at, min(end, at + 20))
        if space < 0:
            return False
        at = space + 1
        if _predicate_at(low, at) and text[at].islower():
            return True
    return False


def _later_predicate(text: str, low: str, at: int, end: int) -> int | None:
    """ "Sở Y tế, trong phạm vi …, chỉ đạo": look behind one more comma for the predicate."""
    comma = text.find(",", at, min(end, at + 120))
    if comma < 0:
        return None
    after = _skip(text, comma + 1, end)
    return after if after < end and text[after].islower() and _PREDICATE.match(low, after, timeout=SECONDS) else None


def is_unit(text: str) -> bool:
    """Whether the whole of `text` is a unit or a list of units (a heading such as "2. Văn phòng Sở")."""
    low = text.lower()
    subject = subject_of(text, low, 0, len(text))
    return subject is not None and subject.predicate is None and subject.end >= len(text.rstrip(" .:;)"))
