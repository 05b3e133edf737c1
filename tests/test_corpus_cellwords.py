"""Words of transcribed cells that stand in their cell."""

from __future__ import annotations

from corpus.cellwords import score_cell_words, transcribed_rows

ROWS = transcribed_rows("TRẠM BƠM\n1 | Đo mực nước | Tổ một\n2 | Vá đê | Tổ hai\n=== STAMPS\nx | y")


def table(*rows: list[str], page: int = 3) -> dict[str, object]:
    return {"pages": [page], "head": [], "rows": [{"cells": [{"text": text} for text in row]} for row in rows]}


def test_lines_with_bars_are_rows_up_to_the_stamps() -> None:
    assert ROWS == [["1", "Đo mực nước", "Tổ một"], ["2", "Vá đê", "Tổ hai"]]


def test_words_count_in_their_cell_alone() -> None:
    right = table(["1", "Đo mực nước", "", "Tổ một"], ["2", "Vá đê", "Tổ hai"])
    assert score_cell_words(ROWS, [right], 3) == (11, 11)
    assert score_cell_words(ROWS, [right], 4) == (11, 0)
    assert score_cell_words(ROWS, [table(["1", "Đo mực nước Tổ một"], ["2 Vá đê", "Tổ hai"])], 3) == (11, 8)
    assert score_cell_words(ROWS, [], 3) == (11, 0)
