"""What a person sees of a record: tables with their groups, levels, spans and notes, and the tasks."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from pipeline.display import answer_view, record_view
from pipeline.parsing import parse
from pipeline.records import Cell, Column, Due, PageRecord, Record, Row, Source, Table
from tests import analysis_store
from tests.table_pages import body, cells, document

ROWS = [
    ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"],
    ["I", ("ĐẤT ĐAI [bold]", 1, 3), None, None],
    ["1", "Đo đạc", ("Phòng Kinh tế", 2, 1), "Quý I/2031"],
    ["2", "Cấp giấy", None, "Thường xuyên"],
    ["3", "Thu phí", "Chi cục Thuế", ""],
]


def shown(width: int) -> str:
    made = document([*cells(ROWS), body("Ghi chú: Báo cáo theo quý.", 200)])
    facts = parse(made)
    record = Record(
        producer="vanban 0",
        settings="s",
        source=Source(path="a.pdf", sha256="0" * 64, bytes=1, media_type="application/pdf", pages=1),
        **{name: getattr(facts, name) for name in type(facts).model_fields if name != "warnings"},
        pages=[PageRecord(number=1, width=595, height=842, text_source="layer", confidence=1.0, lines=[])],
        warnings=facts.warnings,
    )
    console = Console(width=width, record=True, file=None, quiet=False)
    with console.capture() as capture:
        console.print(record_view(record))
    return capture.get()


def test_a_table_shows_groups_levels_spans_and_notes() -> None:
    text = shown(120)
    assert "Table T1" in text and "Ghi chú: Báo cáo theo quý." in text
    assert "ĐẤT ĐAI [bold]" in text  # what a document prints in brackets is no markup
    row = next(line for line in text.splitlines() if "Cấp giấy" in line and "″" in line)
    assert row.index("  Cấp giấy") < row.index("″") < row.index("Thường xuyên")


def test_tasks_show_the_days_of_their_period() -> None:
    text = " ".join(shown(160).split())
    assert "T1/2" in text and "Quý I/2031 [2031-01-01 – 2031-03-31]" in text


def test_what_a_damaged_record_claims_costs_neither_time_nor_memory() -> None:
    cells = [Cell(text="1", row_span=2**40, col_span=2**40), Cell(text="việc", col_span=-5)]
    rows = [Row(page=1, cells=cells, level=2**40), Row(page=1, cells=[])]
    columns = [Column(label="x", kind="other"), Column(label="y", kind="task")]
    tables = [
        Table(id="T1", title=None, pages=[1], head=[], rows=rows, columns=columns),
        Table(id="T2", title=None, pages=[1], head=[], rows=[Row(page=1, cells=[], level=1)], columns=columns),
    ]
    section = analysis_store.section().model_copy(update={"depth": 2**40})
    record = analysis_store.record(tables=tables, sections=[section])
    console = Console(width=80, file=StringIO())
    console.print(record_view(record))
    assert "MỤC TIÊU" in console.file.getvalue()  # type: ignore[attr-defined]


def printed(view: RenderableType, width: int) -> list[str]:
    console = Console(width=width, file=StringIO())
    console.print(view)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]  # type: ignore[attr-defined]


def test_an_answer_that_is_too_wide_is_shown_row_under_row() -> None:
    rows = [["a.pdf", "hai mươi", "một hai ba bốn năm sáu"], ["b.pdf", "", ""]]
    assert printed(answer_view(["file", "n", "indicator"], rows), 27) == [
        "file       a.pdf",
        "n          hai mươi",
        "indicator  một hai ba bốn",
        "           năm sáu",
        "",
        "file       b.pdf",
        "",
    ]


def test_an_answer_s_figures_stand_under_each_other() -> None:
    lines = printed(answer_view(["file", "value"], [["a.pdf", "7.5"], ["b.pdf", "1234567.25"]]), 80)
    assert lines[3:5] == [" a.pdf          7.5", " b.pdf   1234567.25"]


@pytest.mark.parametrize("width", [40, 50, 60, 70, 80, 100, 200])
def test_no_date_and_no_number_is_cut_and_no_line_is_too_long(width: int) -> None:
    due = Due(text="Ngày 15/11/2031", from_="2031-11-15", to="2031-11-15")
    told = {"task": "Đo đạc, chỉnh lý bản đồ địa chính tại các xã còn lại", "lead": ["Phòng Kinh tế và Hạ tầng"]}
    task = analysis_store.task().model_copy(update={**told, "due": due, "product": "1.234.567 thửa"})
    citation = analysis_store.reference("1234/2031/NQ-HĐND", "2031-01-24")
    result = analysis_store.result(1234567.0, max=7654321.5)
    lines = printed(record_view(analysis_store.record(tasks=[task], references=[citation], results=[result])), width)
    for whole in ("15/11/2031", "[2031-11-15]", "1.234.567", "1234/2031/NQ-HĐND", "2031-01-24", "1234567/7654321.5"):
        assert any(whole in line for line in lines), whole
    assert max(map(cell_len, lines)) <= width


def test_a_column_that_is_empty_takes_no_room() -> None:
    assert "coordinate" not in shown(160) and "lead" in shown(160)
