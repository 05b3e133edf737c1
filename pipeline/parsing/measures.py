"""Units of measure and things that are counted, as administrative documents print them; longest first in a pattern."""

from __future__ import annotations

from typing import Final

import regex

from pipeline.parsing.counted import THINGS, alternation
from pipeline.parsing.patterns import Bounded

SCALES: Final = ("%", "%/năm", "%/quý", "%/tháng", "‰", "phần trăm", "điểm phần trăm", "điểm %", "bậc", "hạng")
"""What indices are measured in."""

DURATIONS: Final = ("ngày làm việc", "ngày", "giờ", "phút", "tháng", "tuần", "quý", "năm")
"""Mostly time limits, so no quantity unless something says so."""

_MEASURES: Final = (
    "km", "km2", "km²", "m", "m2", "m²", "m3", "m³", "cm", "mm", "ha", "héc ta", "hec ta", "hecta", "héc-ta",
    "mét", "md", "mét dài", "m dài", "mét vuông", "mét khối", "ki lô mét", "tấn", "tạ", "yến",
    "kg", "gam", "mg", "µg", "μg", "lít", "ml", "kw", "kwh", "kwp",
    "mw", "mwh", "mwp", "gw", "gwh", "kva", "mva", "usd", "kbps", "mbps", "gbps", "tbps", "mb/s", "gb/s", "mb", "gb",
    "tb",
    "kbit/s", "mbit/s", "gbit/s", "lần", "vòng", "mũi", "liều", "độ", "xã hội hóa",
)  # fmt: skip

_MONEY: Final = (
    r"(?:nghìn |ngàn |triệu |tỷ |tỉ |nghìn tỷ |triệu tỷ )?(?:đồng(?! (?:chí|bào|hồ|ruộng|loạt|lúa|cỏ))|"
    r"usd|vnđ|vnd|đô la mỹ|đô la|euro|"
    r"eur|(?<=\d{3}\s?)đ(?!/c)|(?:triệu|tỷ|tỉ) đ|tr\.?đ)(?:/liên hiệp htx|/\p{L}+"
    r"(?: (?:tác xã|động|khẩu|đình|nghèo|dân|viên|sinh|nghiệp|án|trình|htx))?){0,3}|"
    r"(?:triệu|tỷ|tỉ)(?= đồng)|"
    r"(?:nghìn tỷ|ngàn tỷ|triệu|tỷ|tỉ)(?=\s*(?:[^\s\p{L}/]|$|"
    r"(?:so|tăng|giảm|đạt|và|chiếm|bằng|trong|năm|vào|cho|từ|để|cùng|trở)(?!\p{L})))"
)
""" "12,5 tỷ đồng", "10.050.000đ", "giải ngân 78,2 tỷ (đạt 49%)"."""


_TIMES: Final = r"(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ) "
_SCALED: Final = Bounded(_TIMES, regex.IGNORECASE)
_NO_THING: Final = r"(?!(?:vào|năm|trong|so|và|được|xuống|lên|trở|của|tại|theo|đến|từ)(?!\p{L}))"
_RATE: Final = rf"(?:\p{{Ll}}++ ){{0,3}}\p{{Ll}}++/10{{0,2}}(?:\.000)*(?: {_NO_THING}\p{{Ll}}+){{1,4}}"
""" "18 ca sinh/1.000 phụ nữ": so many to so many."""
_EACH: Final = (
    r"(?:/(?:vạn dân|(?:phụ|học|sinh|giáo|đảng|lao|nhân|giường|người|trường|trạm|cơ|đơn) "
    r"(?:nữ|sinh|viên|động|khẩu|bệnh|dân|học|y tế|sở|vị)|1(?:00|\.000|0\.000|00\.000) \p{Ll}+|"
    r"hộ gia đình|hợp tác xã|dự án|công trình|ngày đêm|m[23²³]|\p{Ll}+)){0,2}"
)

_POINTS: Final = (
    r"điểm(?= ?(?:[^\p{L}\s]|$|(?:so|trở|tăng|giảm|và|đạt|cho|trong|năm|vào|với|đối|theo|về|trên|tại|hoặc|đến|từ|thì|"
    r"là|"
    r"thuộc|xếp|bằng|cao|thấp|của|nên|do|ở|được|hơn|mỗi|tối|vượt|dưới|mất|trừ|thưởng)(?!\p{L})))"
)
"""A score, not "40 điểm ngập", "35 điểm thu"."""
UNIT: Final = (
    rf"(?:(?P<scale>{alternation(SCALES)}|{_POINTS})|"
    rf"(?P<money>{_MONEY})|"
    rf"(?P<duration>{alternation(DURATIONS)})(?! công(?! tác| bố| khai))(?:/(?:hồ sơ|thủ tục|\p{{Ll}}+))?|"
    rf"(?P<measure>{_RATE}|(?!mũi thi công)(?:{_TIMES})?(?:{alternation(_MEASURES)}){_EACH})|"
    rf"(?P<counted>(?:{_TIMES})?{THINGS}{_EACH}))(?![\p{{L}}\d])"
)
"""A unit on text in lower case; one of the groups scale, money, duration, measure, counted says which kind."""
UNITS: Final = Bounded(UNIT)
"""One for all who ask what stands at an offset: it takes a third of a second to make."""


def thing_at(low: str, at: int, end: int | None = None) -> int | None:
    """Return where the counted thing ends that stands at an offset, None where none does."""
    match = UNITS.match(low, at, len(low) if end is None else end)
    return match.end() if match is not None and match["counted"] and "/" not in match[0] else None


def without_scale(noun: str) -> str:
    """ "triệu lượt khách" -> "lượt khách"."""
    return _SCALED.sub("", noun)
