"""What the columns of a table hold, told by their headings and, where these say nothing, by their content.

    TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành | Sản phẩm      ordinal task lead …
    STT | Nội dung công việc | Đơn vị thực hiện | Thời hạn | Kết quả đầu ra | Ghi chú         ordinal task lead …
    TT | Chỉ tiêu | ĐVT | Kế hoạch 2025 | Thực hiện 2024                                      … measure value value

A heading is read folded and in lower case, so that a scan's lost tone marks do not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from diacritics.folding import fold
from pipeline.parsing.measures import UNITS
from pipeline.parsing.patterns import Bounded
from pipeline.parsing.units import unit_starts
from pipeline.records import Column, ColumnKind

_WORDINGS: Final[tuple[tuple[ColumnKind, str], ...]] = (
    ("ordinal", r"^(?:s?t ?t|so tt|so thu tu|thu tu|muc|stt[/. ].*)$"),
    ("measure", r"\bdon vi (?:tinh|do)\b|^d\.?v\.?t\b|^don vi \(|\bdvt\b"),
    ("coordinate", r"^(?!.*\bchu tri\b).*\bphoi hop\b"),
    (
        "lead",
        r"\bchu tri\b|\bphu trach\b|\bdau moi\b|\bphan cong\b|\btrach nhiem\b|"
        r"\b(?:don vi|co quan|bo phan|phong|nguoi|to chuc|ca nhan|dia phuong|noi)\b.*\b(?:thuc hien|tham muu|trien khai"
        r"|bao cao|giai quyet|theo doi|quan ly)\b|^(?:don vi|co quan|chu the)(?: \(.*\))?$",
    ),
    (
        "due",
        r"\bthoi (?:gian|han|diem|hanh)\b|\btien do\b|\bmoc\b|\bhan (?:hoan thanh|xong|nop|bao cao)\b|"
        r"\bngay (?:hoan thanh|thuc hien|to chuc)\b|^hoan thanh$|\bky han\b|^ngay(?:,? thang)?$|\blo trinh\b",
    ),
    (
        "product",
        r"\bsan pham\b|\bdau ra\b|\bket qua (?:du kien|can dat|phai dat|yeu cau|mong doi)\b|"
        r"\b(?:hinh thuc|loai|ten) van ban\b|\bho so can nop\b",
    ),
    ("note", r"\bghi chu\b|\bchu thich\b|\bluu y\b|^ghi$"),
    ("score", r"\bdiem\b(?! (?:truong|cau|ban|du lich))"),
    (
        "value",
        r"\bnam \d{4}|^\d{4}$|\b20\d\d\b|\bquy [1-4ivx]+\b|\bso (?:luong|lieu|tien|ho|nguoi|giuong|luot)\b|\bty le\b|"
        r"\bke hoach\b|\bthuc hien\b(?! nhiem vu)|\bkinh phi\b|\bso sanh\b|^dat\b|\bhien trang\b|\buoc\b|\bcung ky\b|"
        r"\b(?:don )?gia\b|\bthanh tien\b|\bgia tri\b|\btong (?:so|cong|von)\b|^cong$|\bthang \d|\bdu toan\b|"
        r"\bmuc tieu nam\b|\bket qua\b|\btang\b|\bgiam\b",
    ),
    (
        "task",
        r"\bnhiem vu\b|\bcong viec\b|\bhoat dong\b|\bgiai phap\b|\bviec\b|\bnoi dung (?:cong viec|thuc hien|trien khai"
        r"|nhiem vu|cong tac|hoat dong|chu yeu|yeu cau|kiem tra|bao cao)\b|\bquy trinh\b|\bcac buoc\b|\bten (?:van ban"
        r"|de an|du an)\b",
    ),
    (
        "indicator",
        r"\bchi (?:tieu|so)\b|\btieu chi\b|\bmuc tieu\b|\bten chi tieu\b|\bdanh muc\b|\bloai\b|\bten\b|\blinh vuc\b",
    ),
    ("task", r"\bnoi dung\b"),
)  # fmt: skip
"""The first that a heading fits counts: "Cơ quan chủ trì thực hiện" is lead, "Thực hiện năm 2024" a value."""
_PATTERNS: Final = tuple((kind, Bounded(pattern)) for kind, pattern in _WORDINGS)
_WORK: Final = Bounded(r"\bnhiem vu\b|\bcong viec\b|\bhoat dong\b|\bgiai phap\b|\bviec\b|\btrien khai\b")
_PERIOD: Final = Bounded(
    r"giai doan \d{4} ?[-–] ?\d{4}|(?:\d{1,2} thang (?:dau|cuoi) )?(?:nam )?20\d\d|"
    r"quy (?:[1-4]|iv|i{1,3})(?:/20\d\d)?|thang \d{1,2}(?:/20\d\d)?"
)
_NUMBER: Final = Bounded(
    r"[<>≤≥=~+\-–−]{0,2}\s?\d{1,3}(?:[.\s]?\d{3})*(?:,\d+)?\s?%?(?:/\d+(?:,\d+)?)?|\d+[.,]\d+\s?%?|[-–]|x|X"
)
_ORDINAL: Final = Bounded(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[IVXLC]{1,6}|\p{L})[.)]?|[-+*]")
_DUE: Final = Bounded(
    r"\d{1,2}/\d{1,2}/\d{4}|\b(?:quy (?:[1-4]|i)|thang \d|nam 20|thuong xuyen|hang (?:nam|quy|thang|tuan)|dinh ky)"
)
_FEW: Final = 3
"""Cells that are needed to tell a column without a known heading by its content."""
_LONGEST_DUE: Final = 60
_MANY: Final = 60
"""Cells of a column that are looked at for its content."""


def heading_kind(label: str) -> ColumnKind:
    """Return what a heading says of its column, ``other`` where it says nothing known."""
    plain = " ".join(fold(label).lower().replace("\n", " ").split()).strip(" .:*")
    for kind, pattern in _PATTERNS:
        if pattern.search(plain):
            return kind
    return "other"


def columns_of(head: Sequence[str], content: Sequence[Sequence[str]]) -> list[Column]:
    """Return the columns of a table.

    Args:
        head: one heading a column; empty strings for a table without a head.
        content: the texts of each column's cells, group rows and empty cells left out.
    """
    kinds = [
        _settled(heading_kind(label), label, cells, index == 0)
        for index, (label, cells) in enumerate(zip(head, content, strict=True))
    ]
    measures = "measure" in kinds or kinds.count("value") + kinds.count("score") > 0
    for index, (kind, label) in enumerate(zip(kinds, head, strict=True)):
        plain = fold(label).lower()
        if kind == "task" and measures and not _WORK.search(plain):
            kinds[index] = "indicator"  # "Nội dung" over figures
        if kind == "indicator" and not measures and set(kinds) & {"lead", "due"} and "task" not in kinds:
            kinds[index] = "task"  # "Tiêu chí" beside units and days
    _name_what_rows_are_of(kinds, content)
    return [
        Column(label=label, kind=kind, period=_period(label)) for kind, label in zip(kinds, head, strict=True)
    ]  # fmt: skip


def _settled(kind: ColumnKind, label: str, cells: Sequence[str], first: bool) -> ColumnKind:
    """Hold a heading against the content: words are no values, and what has no known heading is told by content."""
    cells = [cell for cell in cells if cell][:_MANY]
    if not cells:
        return kind
    numeric = _share(cells, _NUMBER)
    if kind == "value" and numeric < 0.3 and not any(c.isdigit() for cell in cells for c in cell):
        plain = fold(label).lower()
        return "product" if "ket qua" in plain else "lead" if _unit_share(cells) >= 0.5 else "other"
    if kind in ("indicator", "task") and numeric >= 0.8:
        return "value"  # "Chỉ tiêu" over a column of figures
    if kind == "lead" and _share([cell.lower() for cell in cells], UNITS) >= 0.5:
        return "measure"  # "Đơn vị" over "người", "%", "lượt"
    if kind == "other":
        return _by_content(cells, numeric, first)
    return kind


def _by_content(cells: Sequence[str], numeric: float, first: bool) -> ColumnKind:
    if first and _share(cells, _ORDINAL) >= 0.8 and len({*cells}) == len(cells):
        return "ordinal"
    if numeric >= 0.6:
        return "value"
    if _share([cell.lower() for cell in cells], UNITS) >= 0.6:
        return "measure"
    if len(cells) < _FEW:
        return "other"
    brief = [fold(cell).lower() for cell in cells if len(cell) <= _LONGEST_DUE]
    if sum(_DUE.search(cell) is not None for cell in brief) >= 0.6 * len(cells):
        return "due"
    return "lead" if _unit_share(cells) >= 0.7 else "other"


def _name_what_rows_are_of(kinds: list[ColumnKind], content: Sequence[Sequence[str]]) -> None:
    """Where no heading names the work, the widest column of words is what the rows are of."""
    if "task" in kinds or "indicator" in kinds:
        return
    others = [index for index, kind in enumerate(kinds) if kind == "other"]
    widest = max(others, key=lambda index: sum(len(cell) for cell in content[index][:_MANY]), default=None)
    if widest is not None and any(len(cell.split()) > 1 for cell in content[widest][:_MANY]):
        kinds[widest] = "task" if set(kinds) & {"lead", "due", "coordinate"} else "indicator"


def _share(cells: Sequence[str], pattern: Bounded) -> float:
    return sum(pattern.fullmatch(cell) is not None for cell in cells) / len(cells)


def _unit_share(cells: Sequence[str]) -> float:
    return sum(unit_starts(cell, cell.lower(), 0) for cell in cells) / len(cells)


def _period(label: str) -> str | None:
    """Return the year, quarter … that a heading names, as printed."""
    found = list(_PERIOD.finditer(fold(label).lower()))
    return label[found[-1].start() : found[-1].end()] if found else None
