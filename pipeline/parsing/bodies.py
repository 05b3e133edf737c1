"""Names of departments and ministries (*sở, bộ*), before and after 2025: public facts, to read a damaged heading by.

A name in a heading of which only spaces and marks were lost ("SOY TE") can be no other; it is spelled out, and flagged.
"""

from __future__ import annotations

from typing import Final

from diacritics.folding import fold
from pipeline.parsing.places import province_in

_FIELDS: Final = """
Y TẾ|NỘI VỤ|TÀI CHÍNH|XÂY DỰNG|TƯ PHÁP|CÔNG THƯƠNG|GIÁO DỤC VÀ ĐÀO TẠO|KHOA HỌC VÀ CÔNG NGHỆ|NÔNG NGHIỆP VÀ MÔI TRƯỜNG
NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN|TÀI NGUYÊN VÀ MÔI TRƯỜNG|VĂN HÓA, THỂ THAO VÀ DU LỊCH|VĂN HÓA VÀ THỂ THAO|DU LỊCH
THÔNG TIN VÀ TRUYỀN THÔNG|GIAO THÔNG VẬN TẢI|LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI|KẾ HOẠCH VÀ ĐẦU TƯ|DÂN TỘC VÀ TÔN GIÁO
NGOẠI VỤ|NGOẠI GIAO|QUỐC PHÒNG|CÔNG AN|QUY HOẠCH - KIẾN TRÚC|AN TOÀN THỰC PHẨM
"""


def _compact(text: str) -> str:
    return "".join(c for c in fold(text).lower() if c.isalpha())


_KNOWN: Final = {
    _compact(f"{head} {name}"): f"{head} {name}"
    for head in ("SỞ", "BỘ")
    for line in _FIELDS.split("\n")
    for name in line.split("|")
    if name
}


def known_body(text: str) -> str | None:
    """Return the name that `text` is but for its spaces and marks, None for anything else.

    A province may stand behind it ("SỞ Y TÉ KIÊN GIANG").
    """
    words = text.split()
    for end in range(len(words), max(0, len(words) - 5), -1):
        name = _KNOWN.get(_compact(" ".join(words[:end])))
        if name is not None and (end == len(words) or province_in(" ".join(words[end:]))):
            return " ".join([name, *words[end:]])
    return None
