"""Laws, ordinances and codes cited by their names (*luật, bộ luật, pháp lệnh*).

The names of those in force, folded, tell where a name with commas ends; they are public facts. A law that the list
lacks is still found, up to the first comma.
"""

from __future__ import annotations

from typing import Final

import regex

from diacritics.folding import fold
from pipeline.parsing.citations import DATE, YEAR, Mention, is_basis, kind_name, pinpoint_before
from pipeline.parsing.header import iso_date
from pipeline.parsing.patterns import Bounded, Pattern
from pipeline.parsing.reading import Block, Reading

_NAMES: Final = """
An ninh mạng|An ninh quốc gia|An toàn thông tin mạng|An toàn thực phẩm|An toàn, vệ sinh lao động|Bảo hiểm xã hội|
Bảo hiểm y tế|
Bảo vệ bí mật nhà nước|Bảo vệ dữ liệu cá nhân|Bảo vệ môi trường|Bảo vệ quyền lợi người tiêu dùng|
Bảo vệ sức khỏe nhân dân|
Ban hành văn bản quy phạm pháp luật|
Ban hành văn bản quy phạm pháp luật của Hội đồng nhân dân và Ủy ban nhân dân|
Ban hành văn bản quy phạm pháp luật của Hội đồng nhân dân, Ủy ban nhân dân|
Ban hành văn bản quy phạm pháp luật của HĐND và UBND|Ban hành văn bản quy phạm pháp luật của HĐND - UBND|
Ban hành văn bản quy phạm pháp luật của HĐND, UBND|
Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân|Bình đẳng giới|
Cán bộ, công chức|
Căn cước|Căn cước công dân|Cảnh sát biển Việt Nam|Chăn nuôi|Chứng khoán|Chuyển giao công nghệ|Chuyển đổi số|
Công an nhân dân|
Công chứng|Công đoàn|Công nghệ cao|Công nghệ thông tin|Công nghiệp công nghệ số|Cạnh tranh|Cư trú|Dân quân tự vệ|Dân số|
Di sản văn hóa|Du lịch|Dược|Dữ liệu|Đa dạng sinh học|Dân sự|Đất đai|Đấu giá tài sản|Đấu thầu|Đầu tư|Đầu tư công|
Đầu tư theo phương thức đối tác công tư|Đê điều|Điện ảnh|Điện lực|Đo đạc và bản đồ|Doanh nghiệp|Đường bộ|Đường sắt|
Giám định tư pháp|Giám sát và phản biện xã hội|Giao dịch điện tử|Giao thông đường bộ|An toàn giao thông đường bộ|
Giao thông đường thủy nội địa|
Giáo dục|Giáo dục đại học|Giáo dục nghề nghiệp|Giá|Hải quan|Hàng không dân dụng Việt Nam|Hình sự|Hòa giải ở cơ sở|
Hoạt động giám sát của Quốc hội và Hội đồng nhân dân|Hôn nhân và gia đình|Hộ tịch|Hợp tác xã|
Hiến, lấy, ghép mô, bộ phận cơ thể người và hiến, lấy xác|
Kế toán|Khám bệnh, chữa bệnh|Khám chữa bệnh|Khí tượng thủy văn|Khiếu nại|Khoa học và công nghệ|
Khoa học, công nghệ và đổi mới sáng tạo|Khoáng sản|
Kiểm toán nhà nước|Kiến trúc|Kinh doanh bảo hiểm|Kinh doanh bất động sản|Lao động|Lâm nghiệp|Lưu trữ|Lý lịch tư pháp|
Luật sư|
Mặt trận Tổ quốc Việt Nam|Ngân hàng Nhà nước Việt Nam|Ngân sách nhà nước|Nghĩa vụ quân sự|Nhà giáo|Nhà ở|
Nhập cảnh, xuất cảnh, quá cảnh, cư trú của người nước ngoài tại Việt Nam|
Nuôi con nuôi|Năng lượng nguyên tử|Người cao tuổi|Người khuyết tật|
Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng|
Phá sản|Phòng bệnh|Phòng, chống bạo lực gia đình|Phòng, chống bệnh truyền nhiễm|Phòng, chống khủng bố|
Phòng, chống ma túy|Phòng, chống mua bán người|
Phòng, chống nhiễm vi rút gây ra hội chứng suy giảm miễn dịch mắc phải ở người (HIV/AIDS)|Phòng, chống rửa tiền|
Phòng, chống tác hại của rượu, bia|
Phòng, chống tác hại của thuốc lá|Phòng, chống tham nhũng|Phòng, chống thiên tai|Phòng cháy và chữa cháy|
Phòng cháy, chữa cháy và cứu nạn, cứu hộ|
Phòng thủ dân sự|Phổ biến, giáo dục pháp luật|Phí và lệ phí|Quản lý, sử dụng tài sản công|Quản lý thuế|Quản lý nợ công|
Quản lý ngoại thương|
Quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ|Quảng cáo|Quốc phòng|Quốc tịch Việt Nam|Quy hoạch|
Quy hoạch đô thị và nông thôn|
Sở hữu trí tuệ|Sĩ quan Quân đội nhân dân Việt Nam|Sử dụng năng lượng tiết kiệm và hiệu quả|Tài nguyên nước|
Tài nguyên, môi trường biển và hải đảo|
Tần số vô tuyến điện|Thanh niên|Thanh tra|Thể dục, thể thao|Thi đua, khen thưởng|Thi hành án dân sự|
Thi hành án hình sự|Thống kê|Thú y|
Thuế giá trị gia tăng|Thuế thu nhập cá nhân|Thuế thu nhập doanh nghiệp|Thuế tiêu thụ đặc biệt|
Thuế xuất khẩu, thuế nhập khẩu|
Thủ đô|Thủy lợi|Thủy sản|Thực hành tiết kiệm, chống lãng phí|Thực hiện dân chủ ở cơ sở|Thương mại|
Tiêu chuẩn và quy chuẩn kỹ thuật|
Tiếp cận thông tin|Tiếp công dân|Tín ngưỡng, tôn giáo|Tố cáo|Tố tụng dân sự|Tố tụng hành chính|Tố tụng hình sự|
Tổ chức Chính phủ|
Tổ chức chính quyền địa phương|Tổ chức Quốc hội|Tổ chức Tòa án nhân dân|Tổ chức Viện kiểm sát nhân dân|
Trách nhiệm bồi thường của Nhà nước|
Trẻ em|Trật tự, an toàn giao thông đường bộ|Trồng trọt|Trợ giúp pháp lý|Trưng cầu ý dân|
Ưu đãi người có công với cách mạng|
Viên chức|Việc làm|Viễn thông|Xây dựng|Xử lý vi phạm hành chính|Xuất bản|Xuất cảnh, nhập cảnh của công dân Việt Nam|
Biên phòng Việt Nam|
Báo chí|Bưu chính|Các tổ chức tín dụng|Chất lượng sản phẩm, hàng hóa|Đặc xá|Điều ước quốc tế|Hàng hải Việt Nam|
Hóa chất|Hỗ trợ doanh nghiệp nhỏ và vừa|Hòa giải, đối thoại tại Tòa án|Thi hành tạm giữ, tạm giam|
Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở|Công nghiệp quốc phòng, an ninh và động viên công nghiệp|
Quản lý, sử dụng vốn nhà nước đầu tư vào sản xuất, kinh doanh tại doanh nghiệp
"""
_PRINTED: Final = [fold(name).lower() for line in _NAMES.split("\n") for name in line.split("|") if name]
LAWS: Final = tuple(dict.fromkeys(form for name in _PRINTED for form in (name, name.replace(",", ""))))
"""With their commas and without."""

_LAW: Final = Pattern(
    "law_name",
    r"(?<!\p{L})(?P<kind>bộ luật|luật|pháp lệnh|hiến pháp)\s+(?=\p{L})",
    "luật đất đai",
    {"kind": "luật"},
    "Law on Promulgation of Legal Documents",
    ("luật", "pháp lệnh", "hiến pháp"),
)
_CONSTITUTION: Final = Pattern(
    "constitution",
    r"(?<!\p{L})Hiến pháp(?: nước Cộng hòa xã hội chủ nghĩa Việt Nam)?,?(?: năm)? (?P<year>(?:19|20)\d\d)(?!\d)",
    "theo Hiến pháp năm 2013",
    {"year": "2013"},
    needs=("Hiến pháp",),
)
""" "Hiến pháp 2013": its year is all the name it has."""
_LAW_STOP: Final = Bounded(
    r"[,;.:()\"“”]|\s(?:và các|và văn bản|được|có|ngày|năm|số (?=\d)|của|quy định|để|nhằm|theo|tại|trong|đã|từ|"
    r"đến|do|thì|hiện hành|này|đó|cho|với|là|như|khi|"
    r"tăng|giảm|góp phần|vào|tới|cũng|nên|phải|sẽ|chưa|(?<!hàng )không|phù hợp|đối|trên|hoặc|bằng|"
    r"và (?:luật|nghị định|bộ luật|các|hướng dẫn|thông tư|quyết định|quy định))(?!\p{L})"
)
_LONE: Final = Bounded(r",| cua ")
_AMENDING: Final = Bounded(r"sửa đổi(?:, bổ sung)?(?: một số điều)?(?: của)? (?:các )?luật ")
_AND_LAW: Final = Bounded(r"\s*(?:,|và|; )\s*luật (?=\p{L})")
_GOES_ON: Final = Bounded(
    r"[\p{L} ]+, (?!(?:các|luật|nghị|bộ luật|thông|quyết|quy|pháp|văn bản|ngày|năm|số|khoản|điều)(?!\p{L}))\p{Ll}"
)
_NO_LAW: Final = (
    "sư",
    "gia",
    "pháp",
    "lệ",
    "này",
    "định",
    "hiện",
    "của",
    "số",
    "và",
    "có",
    "về",
    "được",
    "lao động công",
    "khoa học",
    "trong",
    "theo",
    "tại",
    "đã",
    "nêu",
    "trên",
)
_NO_NAME_BEFORE: Final = ("pháp ", "kỷ ", "quy ", "dự án ", "dự thảo ", "bộ ", "hộ ")
"""Pháp luật, kỷ luật, dự thảo Luật …: no law in force."""
_DRAFTED: Final = Bounded(r"(?<!Bộ )(?<!Sở )(?:xây dựng|soạn thảo|Xây dựng|Soạn thảo)\s+$")
_TABLED: Final = Bounded(r"\s*\(sửa đổi\),?\s+(?:đã\s+)?(?:trình|đang|được trình|tại kỳ họp)(?!\p{L})")
"""A law that is being written, or amended before the Assembly: "Luật Thuế … (sửa đổi) trình Quốc hội"."""
_PLURAL_BEFORE: Final = ("các ", "những ", "xây dựng ", "ngành ")


def laws_named(reading: Reading, block: Block, numbered: list[Mention]) -> list[Mention]:
    """Laws by their names."""
    text, low = reading.view.text, reading.view.low
    start, end = block.paragraph.start, block.paragraph.end
    out: list[Mention] = []
    for match in _LAW.finditer(low, start, end):
        if any(m.start <= match.start() < m.start + len(m.kind) + 1 for m in numbered):
            continue
        amending = next((m for m in out if m.start < match.start() < m.end), None)
        name_at = match.end()
        stop = _law_name_end(text, low, name_at, end)
        name = text[name_at:stop].strip(" ,")
        if stop <= name_at or not _names_law(text, low, match, name, stop):
            continue
        kind = kind_name(match["kind"])
        mention = Mention(kind, None, None, None, name, None, is_basis(reading, block), match.start(), stop, "law_name")
        date = DATE.match(low, stop, end) or YEAR.match(low, stop, end)
        if date and amending is None:  # the date behind "Luật sửa đổi … Luật A và Luật B" is the amending law's
            groups = date.groupdict()
            mention.date = (
                iso_date(groups["day"], groups["month"], groups["year"]) if "day" in groups else groups["year"]
            )
            mention.end = date.end()
            reading.taken.append((date.start(), date.end()))
        mention.pinpoint = pinpoint_before(text, low, start, match.start())
        out.append(mention)
    for match in _CONSTITUTION.finditer(text, start, end):
        basis = is_basis(reading, block)
        mention = Mention("Hiến pháp", None, match["year"], None, None, None, basis, *match.span(), "law_name")
        mention.pinpoint = pinpoint_before(text, low, start, match.start())
        out.append(mention)
    return out


def _law_name_end(text: str, low: str, at: int, end: int) -> int:
    """The longest known name that stands here; for a law that the list lacks, up to the first stop."""
    amended = _AMENDING.match(low, at, end)
    if amended and not _AMENDING.match(low, amended.end(), end):
        until = _law_name_end(text, low, amended.end(), end)
        while (more := _AND_LAW.match(low, until, end)) is not None:
            until = _law_name_end(text, low, more.end(), end)
        return until
    folded = fold(low[at : at + 120])
    known = (n for n in LAWS if folded.startswith(n) and not folded[len(n) : len(n) + 1].isalpha())
    name = max(known, key=len, default="")
    if name and (text[at].isupper() or _LONE.search(name) or folded.startswith(" va ", len(name))):
        return min(end, at + len(name))  # in small letters more words may belong to it: "luật đầu tư nước ngoài"
    stop = _LAW_STOP.search(low, at, min(end, at + 120))
    if text[at].islower():
        return stop.start() if stop else min(end, at + 120)
    if stop and stop[0] == "," and _GOES_ON.match(low, at, end) and len(low[at : stop.start()].split()) < 3:
        stop = _LAW_STOP.search(low, stop.end(), min(end, at + 120))  # "Luật Quản lý, sử dụng vốn …"
    return stop.start() if stop else min(end, at + 120)


def _names_law(text: str, low: str, match: regex.Match[str], name: str, stop: int) -> bool:
    """Whether what stands behind the type is the name of one in force."""
    before = low[max(0, match.start() - 14) : match.start()]
    if before.endswith(_NO_NAME_BEFORE) or _DRAFTED.search(text, 0, match.start()) or _TABLED.match(low, stop):
        return False
    if before.endswith(_PLURAL_BEFORE):
        return name[:1].isupper()
    first = name.lower().split()[0] if name else ""
    if (
        name.lower() in ("", "sửa đổi")
        or name.lower().startswith("quy định")
        or first in _NO_LAW
        or len(name.split()) > 30
    ):
        return False
    if name[0].isupper() or name.startswith("sửa đổi"):
        return True
    known = len(name.split()) > 1 and any(fold(name).lower().startswith(law) for law in LAWS)
    return known or (
        before.endswith(("vi phạm ", "thi hành ", "chấp hành ", "thực hiện ", "theo ")) and len(name.split()) >= 2
    )
