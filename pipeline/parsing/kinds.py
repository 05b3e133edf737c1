"""The types of documents (*tên loại văn bản*) with their abbreviations: Decree 30/2020/NĐ-CP, Appendix III, the Law on
Promulgation of Legal Documents, and the types of Party documents (Guidance 36-HD/VPTW)."""

from __future__ import annotations

from typing import Final

from diacritics.folding import fold

_LONG_NAME: Final = 8
"""Letters of a type's name that may have one misread and still be no other word."""

ABBREVIATIONS: Final[dict[str, tuple[str, ...]]] = {
    "Nghị quyết": ("NQ",),
    "Quyết định": ("QĐ",),
    "Chỉ thị": ("CT",),
    "Quy chế": ("QC", "QCh"),
    "Quy định": ("QyĐ", "QĐ", "QĐi"),
    "Thông cáo": ("TC",),
    "Thông báo": ("TB",),
    "Hướng dẫn": ("HD",),
    "Chương trình phối hợp": ("CTPH", "CTrPH"),
    "Chương trình": ("CTr", "CT", "CTrHĐ", "CTHĐ"),
    "Kế hoạch": ("KH", "KHHĐ", "KHPH"),
    "Phương án": ("PA",),
    "Đề án": ("ĐA",),
    "Dự án": ("DA", "DAn"),
    "Báo cáo": ("BC",),
    "Biên bản": ("BB",),
    "Tờ trình": ("TTr", "TTh"),
    "Hợp đồng": ("HĐ",),
    "Công văn": ("CV",),
    "Công điện": ("CĐ",),
    "Bản ghi nhớ": ("BGN",),
    "Bản thỏa thuận": ("BTT",),
    "Giấy ủy quyền": ("GUQ",),
    "Giấy mời": ("GM",),
    "Giấy giới thiệu": ("GGT",),
    "Giấy nghỉ phép": ("GNP",),
    "Phiếu gửi": ("PG",),
    "Phiếu chuyển": ("PC",),
    "Phiếu báo": ("PB",),
    "Thư công": (),
    "Luật": ("QH", "L", "LCT"),
    "Bộ luật": ("QH",),
    "Hiến pháp": (),
    "Pháp lệnh": ("PL", "UBTVQH"),
    "Lệnh": ("L",),
    "Nghị định": ("NĐ",),
    "Thông tư": ("TT",),
    "Thông tư liên tịch": ("TTLT",),
    "Nghị quyết liên tịch": ("NQLT",),
    "Văn bản hợp nhất": ("VBHN",),
    "Kết luận": ("KL",),
    "Kết luận thanh tra": ("KL",),
    "Thông tri": ("TT",),
    "Quy trình": ("QTr",),
    "Văn bản": (),
}
"""Type -> abbreviations that its symbol may carry."""

HEADED: Final = tuple(
    sorted((k for k in ABBREVIATIONS if k not in ("Công văn", "Văn bản", "Thư công")), key=len, reverse=True)
)
"""Types that are printed over a title, longest first."""

_FOLDED: Final = {fold(kind).lower(): kind for kind in ABBREVIATIONS}
_HEADED_FOLDED: Final = tuple((kind, fold(kind).lower()) for kind in HEADED)


def kind_named(text: str) -> str | None:
    """Return the type whose name `text` is, whatever its case and marks; None for anything else."""
    return _FOLDED.get(" ".join(fold(text).lower().split()))


def kind_opening(text: str) -> tuple[str, int] | None:
    """Return the type that `text` opens with and where its name ends, None where it opens with none."""
    low = fold(text).lower()
    for kind, name in _HEADED_FOLDED:
        if low.startswith(name) and not low[len(name) : len(name) + 1].isalpha():
            return kind, len(name)
    return None


def kind_misread(text: str) -> tuple[str, int] | None:
    """Return the type that `text` opens with but for a letter misread ("QUYEL ĐỊNH"), and where its name ends."""
    words = text.split()
    for kind in HEADED:
        size = len(kind.split())
        name, read = _letters(kind), _letters(" ".join(words[:size]))
        if len(name) >= _LONG_NAME and _one_off(name, read):
            return kind, len(" ".join(words[:size]))
    return None


def _one_off(name: str, read: str) -> bool:
    """Whether a name was read with at most one letter wrong, missing or too many."""
    at = next((at for at, (a, b) in enumerate(zip(name, read, strict=False)) if a != b), min(len(name), len(read)))
    behind = name[at + 1 :], read[at + 1 :]
    return behind[0] == behind[1] or name[at:] == behind[1] or behind[0] == read[at:]


def kind_of_symbol(symbol: str) -> str | None:
    """Return the type that a symbol ("QĐ-SYT") is first of all the abbreviation of, None where it is of none."""
    head = symbol.replace("/", "-").split("-")[0]
    return next((kind for kind, forms in ABBREVIATIONS.items() if forms and forms[0] == head), None)


def _letters(text: str) -> str:
    return "".join(c for c in fold(text).lower() if c.isalpha())


def symbol_fits(kind: str, symbol: str) -> bool | None:
    """Whether a symbol (KH-UBND, NQ/TU) belongs to a type; None where the symbol carries no known type."""
    pieces = [piece for part in symbol.split("/") for piece in part.split("-")]
    known = {abbreviation for forms in ABBREVIATIONS.values() for abbreviation in forms}
    head = pieces[0]
    if head.startswith(("QH", "UBTVQH")):
        return kind in ("Luật", "Bộ luật", "Nghị quyết", "Pháp lệnh", "Hiến pháp")
    if kind in ("Công văn", "Văn bản"):
        return True  # a letter's symbol is its author's initials, and these may look like any type's
    if head not in known:
        return None
    forms = ABBREVIATIONS.get(kind) or next((ABBREVIATIONS[k] for k in HEADED if kind.startswith(f"{k} ")), ())
    return head in forms  # "Kế hoạch liên tịch" is a plan
