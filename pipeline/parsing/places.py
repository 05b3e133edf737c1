"""Provinces (*tỉnh, thành phố trực thuộc trung ương*) before and after 1 July 2025: names, spellings, validity.

Resolution 202/2025/QH15 made 34 of 63. Names of provinces are public facts; of communes there are thousands, and
patterns find what no list holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from diacritics.folding import fold
from pipeline.parsing.patterns import Bounded, any_of

MERGED_ON: Final = "2025-07-01"
_RENAMED_ON: Final = "2025-01-01"
"""When Thừa Thiên Huế became the city of Huế."""
_CITIES: Final = frozenset(("Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế"))
_SUCCESSORS: Final = """
Tuyên Quang < Tuyên Quang, Hà Giang; Lào Cai < Lào Cai, Yên Bái; Thái Nguyên < Thái Nguyên, Bắc Kạn
Phú Thọ < Phú Thọ, Vĩnh Phúc, Hòa Bình; Bắc Ninh < Bắc Ninh, Bắc Giang; Hưng Yên < Hưng Yên, Thái Bình
Hải Phòng < Hải Phòng, Hải Dương; Ninh Bình < Ninh Bình, Hà Nam, Nam Định; Quảng Trị < Quảng Trị, Quảng Bình
Đà Nẵng < Đà Nẵng, Quảng Nam; Quảng Ngãi < Quảng Ngãi, Kon Tum; Gia Lai < Gia Lai, Bình Định
Khánh Hòa < Khánh Hòa, Ninh Thuận; Lâm Đồng < Lâm Đồng, Đắk Nông, Bình Thuận; Đắk Lắk < Đắk Lắk, Phú Yên
Hồ Chí Minh < Hồ Chí Minh, Bà Rịa - Vũng Tàu, Bình Dương; Đồng Nai < Đồng Nai, Bình Phước; Tây Ninh < Tây Ninh, Long An
Cần Thơ < Cần Thơ, Sóc Trăng, Hậu Giang; Vĩnh Long < Vĩnh Long, Bến Tre, Trà Vinh; Đồng Tháp < Đồng Tháp, Tiền Giang
Cà Mau < Cà Mau, Bạc Liêu; An Giang < An Giang, Kiên Giang; Huế < Thừa Thiên Huế; Hà Nội < Hà Nội; Cao Bằng < Cao Bằng
Điện Biên < Điện Biên; Lai Châu < Lai Châu; Sơn La < Sơn La; Lạng Sơn < Lạng Sơn; Quảng Ninh < Quảng Ninh
Thanh Hóa < Thanh Hóa; Nghệ An < Nghệ An; Hà Tĩnh < Hà Tĩnh
"""
"""Each of the 34 < what it was made of."""
_ALIASES: Final = {
    "tp hcm": "Hồ Chí Minh", "tphcm": "Hồ Chí Minh", "hcm": "Hồ Chí Minh", "sai gon": "Hồ Chí Minh",
    "dak lak": "Đắk Lắk", "dac lac": "Đắk Lắk", "dak nong": "Đắk Nông", "dac nong": "Đắk Nông",
    "ba ria vung tau": "Bà Rịa - Vũng Tàu", "br vt": "Bà Rịa - Vũng Tàu", "thua thien hue": "Thừa Thiên Huế",
    "bac can": "Bắc Kạn", "kontum": "Kon Tum",
}  # fmt: skip


_SLUG_WORD: Final = Bounded(r"[a-z0-9]+")


@dataclass(frozen=True)
class Province:
    """A province: its name, whether it is a city, the first and the last day of its being, and what came after it."""

    name: str
    city: bool
    since: str | None
    until: str | None
    successor: str | None

    @property
    def slug(self) -> str:
        """Its name as part of a key: lai-chau."""
        return slug(self.name)

    def was(self, day: str) -> bool:
        """Whether it was a province on a day (YYYY-MM-DD)."""
        return (self.since is None or day >= self.since) and (self.until is None or day < self.until)


def slug(text: str) -> str:
    """Return words folded, in lower case, joined by hyphens."""
    return "-".join(_SLUG_WORD.findall(fold(text).lower()))


@cache
def provinces() -> dict[str, Province]:
    """Return every province that is or was, by its slug."""
    found: dict[str, Province] = {}
    for entry in _SUCCESSORS.replace("\n", ";").split(";"):
        name, _, parts = entry.partition("<")
        names = [part.strip() for part in parts.split(",") if part.strip()]
        for old in names:
            ended = old != name.strip()
            until = (_RENAMED_ON if len(names) == 1 else MERGED_ON) if ended else None
            found[slug(old)] = Province(old, old in _CITIES, None, until, name.strip() if ended else None)
        if names and name.strip() not in names:
            found[slug(name)] = Province(name.strip(), name.strip() in _CITIES, _RENAMED_ON, None, None)
    return found


@cache
def _named() -> Bounded:
    spellings = {" ".join(key.split("-")) for key in provinces()} | set(_ALIASES)
    return Bounded(rf"(?<![a-z0-9])(?:{any_of(spellings)})(?![a-z0-9])")


@lru_cache(maxsize=4096)
def province_in(text: str) -> Province | None:
    """Return the last province that a text names ("Sở Y tế tỉnh Lai Châu"), None where it names none."""
    words = slug(text).replace("-", " ")
    found = [match[0] for match in _named().finditer(words)]
    if not found:
        return None
    name = _ALIASES.get(found[-1], found[-1])
    return provinces().get(slug(name))
