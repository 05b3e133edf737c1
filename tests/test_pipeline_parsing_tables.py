"""Tables and tasks from lines with cells: heads, parts on several pages, groups, notes, periods, units, bad tables."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.parsing import parse
from pipeline.parsing.columns import columns_of, heading_kind
from pipeline.parsing.periods import bounds_of
from pipeline.parsing.tasks import units_of
from pipeline.records import Facts
from tests.table_pages import body, cells, document

CASES = json.loads((Path(__file__).parent / "cases" / "tables.json").read_text("utf-8"))
HEAD = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn", "Sản phẩm"]


def texts(facts: Facts, table: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in facts.tables[table].rows]


def work(*numbers: int) -> list[list[str]]:
    return [
        [str(n), f"Rà soát hồ sơ số nhà {n}", "Phòng Tư pháp", f"Quý {'I' * (1 + n % 3)}/2031", "Báo cáo"]
        for n in numbers
    ]


@pytest.mark.parametrize(("words", "first", "last"), CASES["periods"])
def test_periods_have_the_bounds_that_the_words_give(words: str, first: str | None, last: str | None) -> None:
    bounds = bounds_of(words, "2031")
    assert (bounds.first, bounds.last) == (first, last)
    assert bounds.assumed == (first is not None and "20" not in words)


@given(st.text(alphabet="quýthángnăm 0123456789/-,;IVđếntrước.", max_size=60))
def test_any_words_give_bounds_in_order(words: str) -> None:
    bounds = bounds_of(words, "2031")
    assert bounds.first is None or bounds.last is None or bounds.first <= bounds.last or "den" in words or "-" in words


@pytest.mark.parametrize(("heading", "kind"), CASES["headings"])
def test_headings_say_what_a_column_holds(heading: str, kind: str) -> None:
    assert heading_kind(heading) == kind


@pytest.mark.parametrize(("cell", "lead", "coordinate"), CASES["units"])
def test_units_of_a_cell(cell: str, lead: list[str], coordinate: list[str]) -> None:
    assert units_of(cell.split(" / ")) == (lead, coordinate)


def test_columns_without_a_known_heading_are_told_by_their_content() -> None:
    content = [["1", "2", "3"], ["Trồng cây", "Đắp đê", "Nạo vét mương"], ["Sở Nội vụ", "Phòng Kinh tế", "UBND xã"]]
    kinds = [column.kind for column in columns_of(["", "", "", ""], [*content, ["Quý I/2031", "15/3/2031", "Quý II"]])]
    assert kinds == ["ordinal", "task", "lead", "due"]


def test_a_head_that_no_line_parts_from_its_second_line_is_one() -> None:
    head = [["ST", "Tên nhiệm vụ", "Cơ quan", "Cơ quan", "Thời gian"], ["T", "", "chủ trì", "phối hợp", "hoàn thành"]]
    rows = [[str(n), f"Rà soát hồ sơ số {n}", "Phòng Tư pháp", "Công an xã", "Quý II/2031"] for n in (1, 2, 3)]
    facts = parse(document(cells([*head, *rows])))
    assert [(task.lead, task.coordinate) for task in facts.tasks] == [(["Phòng Tư pháp"], ["Công an xã"])] * 3
    assert facts.tables[0].head[2:] == ["Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành"]


def test_a_task_has_its_units_its_days_and_the_evidence_of_its_cells() -> None:
    facts = parse(document([*cells([HEAD, *work(1, 2)])]))
    first, second = facts.tasks
    assert (first.task, first.lead, first.row, first.table) == ("Rà soát hồ sơ số nhà 1", ["Phòng Tư pháp"], 1, "T1")
    assert first.due is not None and (first.due.from_, first.due.to) == ("2031-04-01", "2031-06-30")
    assert first.evidence.quote == first.task and first.cells["lead"].quote == "Phòng Tư pháp"
    box = first.cells["due"].bbox
    assert box is not None and 280 <= box[0] < 360 and second.evidence.bbox is not None
    told = facts.responsibilities[0]
    assert (told.role, told.units, told.table, told.row) == ("lead", ["Phòng Tư pháp"], "T1", 1)
    assert not facts.deadlines  # a quarter is no day


def test_a_single_day_is_a_deadline_too() -> None:
    row = ["1", "Đo mực nước", "Trạm Thủy văn", "Trước ngày 10/5/2031", "Số liệu"]
    facts = parse(document([*cells([HEAD, row])]))
    assert [(d.due, d.relation, d.table, d.row) for d in facts.deadlines] == [("2031-05-10", "before", "T1", 1)]
    assert facts.deadlines[0].evidence.quote == "Trước ngày 10/5/2031"


def test_a_head_of_two_lines_is_one_label_a_column_and_its_numbering_is_left_out() -> None:
    rows = [
        [("TT", 2, 1), ("Chỉ tiêu", 2, 1), ("Kế hoạch", 1, 2), None],
        [None, None, "2031", "2032"],
        ["(1)", "(2)", "(3)", "(4)"],
        ["1", "Diện tích rừng", "12,5", "14"],
        ["2", "Độ che phủ", "41", "42"],
    ]
    facts = parse(document([*cells(rows)]))
    assert facts.tables[0].head == ["TT", "Chỉ tiêu", "Kế hoạch 2031", "Kế hoạch 2032"]
    assert texts(facts) == rows[3:]
    assert [column.period for column in facts.tables[0].columns] == [None, None, "2031", "2032"]
    assert [(t.indicator, t.value, t.period, t.row) for t in facts.targets][:2] == [
        ("Diện tích rừng", 12.5, "2031", 1),
        ("Diện tích rừng", 14, "2032", 1),
    ]


def test_parts_on_three_pages_are_one_table_without_the_repeated_heads() -> None:
    pages = [[*cells([HEAD, *work(*numbers)])] for numbers in ((1, 2), (3, 4), (5,))]
    facts = parse(document(*pages))
    assert [table.pages for table in facts.tables] == [[1, 2, 3]]
    assert [row[0] for row in texts(facts)] == ["1", "2", "3", "4", "5"]
    assert [row.page for row in facts.tables[0].rows] == [1, 1, 2, 2, 3]


def test_another_head_is_another_table() -> None:
    other = ["STT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch 2031", "Ghi chú"]
    facts = parse(document([*cells([HEAD, *work(1, 2)])], [*cells([other, ["1", "Số hộ", "hộ", "12", ""]])]))
    assert [table.id for table in facts.tables] == ["T1", "T2"]


def test_text_between_two_parts_keeps_them_apart() -> None:
    second = [body("Ngoài ra còn những việc sau đây.", 40), *cells([HEAD, *work(3, 4)])]
    assert len(parse(document([*cells([HEAD, *work(1, 2)])], second)).tables) == 2


def test_a_row_that_the_page_breaks_is_one_row() -> None:
    rest = ["", "kèm danh sách", "và Thuế", "", "tổng hợp"]
    facts = parse(document([*cells([HEAD, *work(1, 2)])], [*cells([HEAD, rest, *work(3)])]))
    assert texts(facts)[1] == ["2", "Rà soát hồ sơ số nhà 2 kèm danh sách", "Phòng Tư pháp và Thuế", "Quý III/2031",
                               "Báo cáo tổng hợp"]  # fmt: skip
    assert len(texts(facts)) == 3


def test_a_cell_over_several_rows_goes_on_over_the_page_and_holds_for_each() -> None:
    span = ["1", "Trồng cây", ("Hạt Kiểm lâm", 2, 1), "Quý I/2031", "Cây"]
    first = [HEAD, span, ["2", "Tỉa cành", None, "Quý II/2031", "Cành"]]
    second = [
        HEAD,
        ["3", "Chặt cây", "", "Quý III/2031", "Gỗ"],
        ["4", "Bán gỗ", "Phòng Kinh tế", "Quý IV/2031", "Tiền"],
    ]
    facts = parse(document([*cells(first)], [*cells(second)]))
    assert [task.lead for task in facts.tasks] == [["Hạt Kiểm lâm"]] * 3 + [["Phòng Kinh tế"]]
    assert facts.tables[0].rows[0].cells[2].row_span == 3


def test_groups_in_groups_are_levels() -> None:
    rows = [
        HEAD,
        ["A", ("LĨNH VỰC ĐẤT ĐAI", 1, 4), None, None, None],
        ["I", ("Đo đạc", 1, 4), None, None, None],
        *work(1),
        ["II", ("Đăng ký", 1, 4), None, None, None],
        *work(2),
        ["B", ("LĨNH VỰC NƯỚC", 1, 4), None, None, None],
        *work(3),
    ]
    facts = parse(document([*cells(rows)]))
    found = [(row.kind, row.level) for row in facts.tables[0].rows]
    assert found == [("group", 0), ("group", 1), ("body", 2), ("group", 1), ("body", 2), ("group", 0), ("body", 1)]
    assert [task.groups for task in facts.tasks] == [
        ["A LĨNH VỰC ĐẤT ĐAI", "I Đo đạc"],
        ["A LĨNH VỰC ĐẤT ĐAI", "II Đăng ký"],
        ["B LĨNH VỰC NƯỚC"],
    ]


def test_a_table_without_a_head_is_doubted() -> None:
    table = parse(document([*cells(work(1, 2, 3))])).tables[0]
    assert (table.head, table.doubts, len(table.rows)) == ([], ["no_head"], 3)


def test_title_and_notes_stand_around_a_table() -> None:
    lines = [body("BẢNG PHÂN CÔNG", 30), *cells([HEAD, *work(1, 2)])]
    notes = [body("Ghi chú: Báo cáo gửi bản giấy.", 200), body("Trên đây là bảng phân công.", 240)]
    table = parse(document([*lines, *notes])).tables[0]
    assert (table.title, table.notes) == ("BẢNG PHÂN CÔNG", ["Ghi chú: Báo cáo gửi bản giấy."])


def test_what_columns_promise_and_what_they_report() -> None:
    rows = [
        ["TT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện 2030", "Kế hoạch 2031", "So với năm 2030 (%)"],
        ["1", "Tỷ lệ hộ nghèo", "%", "2,1", "dưới 1,5%", "71,4"],
        ["2", "Số lớp tập huấn", "lớp", "3", "≥ 5", "166,7"],
        ["3", "Đề án nước sạch", "", "", "Hoàn thành", ""],
    ]
    facts = parse(document([*cells(rows)]))
    assert [(r.indicator, r.value, r.unit, r.period) for r in facts.results] == [
        ("Tỷ lệ hộ nghèo", 2.1, "%", "2030"),
        ("Số lớp tập huấn", 3, "lớp", "2030"),
    ]
    assert [(t.indicator, t.comparator, t.value, t.unit) for t in facts.targets] == [
        ("Tỷ lệ hộ nghèo", "<", 1.5, "%"),
        ("Số lớp tập huấn", ">=", 5, "lớp"),
    ]
    assert facts.targets[0].evidence.quote == "dưới 1,5%"


# --- what is no table ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        [["Khung này có một đoạn văn ngắn"]],
        [["Họ và tên: ........"], ["Nơi ở: ........"]],
        [[("MẪU ĐƠN", 1, 2), None], ["Kính gửi: Trạm Y tế", ""], ["Tôi tên là: .....", ""]],
    ],
)
def test_what_only_looks_like_a_table_stays_text_with_a_warning(rows: list[list[str]]) -> None:
    made = document([body("Đơn xin cấp nước", 30), *cells(rows)])
    facts = parse(made)
    assert not facts.tables and not facts.tasks
    assert [w.code for w in facts.warnings].count("table_as_text") == 1
    printed = {place.line.text for place in made.places}
    wanted = [cell if isinstance(cell, str) else cell[0] for row in rows for cell in row if cell]
    assert {cell for cell in wanted if cell} <= printed


def test_ragged_rows_keep_every_cell() -> None:
    rows = [HEAD, ["1", "Đắp đê"], *work(2), ["3", ("Nạo vét", 1, 3), None, None, "Ảnh"], ["4"]]
    assert [cell for row in texts(parse(document([*cells(rows)]))) for cell in row if cell] == [
        cell if isinstance(cell, str) else cell[0] for row in rows[1:] for cell in row if cell
    ]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_cell_is_ever_lost(data: st.DataObject) -> None:
    columns = data.draw(st.integers(1, 5))
    word = st.text(alphabet="abcăâđeêghiklmnôơpqrstuưvxy IVX123.-", min_size=0, max_size=12).map(str.strip)
    rows = data.draw(st.lists(st.lists(word, min_size=columns, max_size=columns), min_size=1, max_size=8))
    made = document([*cells(rows)], [*cells(rows[::-1])])
    facts = parse(made)
    kept = [cell.text for table in facts.tables for row in table.rows for cell in row.cells]
    kept += [text for table in facts.tables for text in [*table.head, *table.notes, table.title or ""]]
    kept += [place.line.text for place in made.places]
    for row in rows:
        assert all(" ".join(cell.split()) in kept for cell in row if cell.split())


def test_five_thousand_rows_take_time_by_the_row() -> None:
    def seconds(pages: int) -> float:
        made = document(*([*cells([HEAD, *work(*range(25 * page, 25 * page + 25))])] for page in range(pages)))
        begin = time.perf_counter()
        facts = parse(made)
        assert len(facts.tasks) == 25 * pages and len(facts.tables) == 1
        return time.perf_counter() - begin

    seconds(2)
    assert seconds(200) / 5000 < 4 * seconds(25) / 625 + 0.001
