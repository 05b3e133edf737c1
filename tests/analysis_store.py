"""A small store of fictional records, made on the spot: what the tests of tables, questions and exports ask."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline import store
from pipeline.records import (
    Cell,
    Column,
    Deadline,
    Due,
    Evidence,
    Header,
    PageLine,
    PageRecord,
    Record,
    Reference,
    Responsibility,
    Result,
    Row,
    Section,
    Source,
    Table,
    Target,
    Task,
)

PAGE = (
    "Sở Thủy lợi tỉnh Bình Giang\nPhấn đấu Chỉ số hài lòng đạt ít nhất 75 điểm."
    "\nVăn phòng Sở chủ trì, trước ngày 15/12/2025."
)


def evidence(quote: str = "lời trên giấy", page: int | None = 1) -> Evidence:
    box = None if page is None else (72.0, 100.0, 300.0, 112.5)
    return Evidence(page=page, lines=(2, 2), bbox=box, quote=quote, span=(0, max(1, len(quote))))


def target(value: float | None = 75, indicator: str = "Chỉ số hài lòng", **changes: Any) -> Target:
    fields: dict[str, Any] = {
        "indicator": indicator, "direction": "reach", "comparator": ">=", "value": value, "unit": "điểm",
        "period": "2025", "baseline": None, "display": f"{indicator} ≥ {value} điểm", "section": "I",
        "evidence": evidence(f"{indicator} đạt ít nhất {value} điểm"), "confidence": 0.9,
    }  # fmt: skip
    return Target(**{**fields, **changes})


def result(value: float = 70, indicator: str = "Chỉ số hài lòng", **changes: Any) -> Result:
    fields: dict[str, Any] = {
        "indicator": indicator, "subject": "Sở Thủy lợi", "direction": "level", "value": value, "max": 100,
        "unit": "điểm", "period": "2025", "baseline": None, "section": "I", "evidence": evidence(),
    }  # fmt: skip
    return Result(**{**fields, **changes})


def reference(number: str | None, date: str | None = None, **changes: Any) -> Reference:
    fields: dict[str, Any] = {
        "kind": "Quyết định", "number": number, "date": date, "issuer": None, "title": None, "pinpoint": None,
        "role": "basis", "mentions": [evidence()], "evidence": evidence(f"Quyết định số {number}"),
    }  # fmt: skip
    return Reference(**{**fields, **changes})


def duty(*units: str, role: str = "lead", task: str = "tham mưu") -> Responsibility:
    return Responsibility(role=role, units=list(units), task=task, section="I", evidence=evidence())  # type: ignore[arg-type]


def deadline(due: str, task: str = "báo cáo kết quả", units: tuple[str, ...] = ("Văn phòng Sở",)) -> Deadline:
    return Deadline(due=due, relation="before", task=task, units=list(units), section="I", evidence=evidence())


def task() -> Task:
    due = Due.model_validate({"text": "Quý III/2025", "from": "2025-07-01", "to": "2025-09-30"})
    return Task(
        task="Rà soát thủ tục", lead=["Phòng Tổ chức"], coordinate=["Văn phòng Sở"], due=due, product="Báo cáo",
        table="T1", row=1, section="I", evidence=evidence(),
    )  # fmt: skip


def table() -> Table:
    rows = [
        Row(page=1, cells=[Cell(text="I. Thủ tục", col_span=3)], kind="group"),
        Row(page=1, cells=[Cell(text="1", row_span=2), Cell(text="Rà soát thủ tục"), Cell(text="2025")]),
        Row(page=1, cells=[Cell(text="=1+1"), Cell(text="2026")]),
    ]
    columns = [
        Column(label="TT", kind="ordinal"),
        Column(label="Nhiệm vụ", kind="task"),
        Column(label="Năm", kind="due"),
    ]
    return Table(id="T1", title="Phân công", pages=[1], head=["TT", "Nhiệm vụ", "Năm"], rows=rows, columns=columns)


def record(name: str = "a.pdf", text: str = PAGE, header: dict[str, Any] | None = None, **facts: Any) -> Record:
    lines = [PageLine(text=line, raw=line, bbox=None, confidence=0.9) for line in text.split("\n")]
    page = PageRecord(number=1, width=595, height=842, text_source="ocr", confidence=0.9, lines=lines)
    fields: dict[str, Any] = {
        "authority": "UBND TỈNH BÌNH GIANG", "issuer": "SỞ THỦY LỢI", "number": "12/KH-STL", "kind": "Kế hoạch",
        "place": "Bình Giang", "date": "2025-01-20", "title": "Nâng cao sự hài lòng", "recipients": ["Như trên"],
    }  # fmt: skip
    kinds = ("sections", "targets", "results", "references", "responsibilities", "deadlines", "tasks", "tables")
    empty: dict[str, Any] = {kind: [] for kind in (*kinds, "warnings")}
    source = Source(path=name, sha256="0" * 64, bytes=1, media_type="application/pdf", pages=1)
    return Record(
        producer="vanban 0", settings="s", source=source, header=Header(**{**fields, **(header or {})}), pages=[page],
        **{**empty, **facts},
    )  # fmt: skip


def section() -> Section:
    return Section(id="I", label="I.", depth=1, heading="MỤC TIÊU", text="", evidence=evidence("I. MỤC TIÊU"))


def plan() -> Record:
    """A plan with facts of every kind."""
    return record(
        sections=[section()],
        targets=[target(), target(30, "Thời gian giải quyết", direction="decrease", unit="%", doubts=["digit"])],
        results=[result()],
        references=[reference("608/QĐ-UBND", "2025-04-02", issuer="UBND tỉnh Bình Giang"), reference(None)],
        responsibilities=[duty("Văn phòng Sở"), duty("Phòng Tổ chức", role="coordinate")],
        deadlines=[deadline("2025-12-15"), deadline("2026-03-01", units=("Phòng Tổ chức",))],
        tasks=[task()],
        tables=[table()],
    )  # fmt: skip


def decision() -> Record:
    """The decision that the plan names."""
    header = {
        "authority": None, "issuer": "ỦY BAN NHÂN DÂN TỈNH BÌNH GIANG", "number": "608/QĐ-UBND", "kind": "Quyết định",
        "date": "2025-04-02", "title": "Công bố chỉ số",
    }  # fmt: skip
    return record(
        "b.pdf", "Quyết định công bố chỉ số hoà giải ở cơ sở năm 2025", header, targets=[target(90, "PAR INDEX")]
    )


def write(folder: Path, **records: Record) -> Path:
    """Write records as ``NAME.pdf.json``; two underscores in a name stand for a folder."""
    for name, one in records.items():
        store.write_record(one, folder / f"{name.replace('__', '/')}.pdf.json")
    return folder
