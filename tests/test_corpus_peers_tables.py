"""The measure that tables of several programs are held to."""

from __future__ import annotations

from corpus.peers_tables import body_rows, count

TABLE = {
    "rows": [
        {"cells": [{"text": "I", "col_span": 1}, {"text": "Nước", "col_span": 2}]},
        {"cells": [{"text": "1"}, {"text": "Đê", "row_span": 2}, {"text": "Quý I"}]},
        {"cells": [{"text": "2"}, {"text": "Quý II"}]},
    ]
}


def test_cells_stand_in_their_first_column_whatever_covers_them() -> None:
    assert body_rows([TABLE]) == [{0: "I", 1: "Nước"}, {0: "1", 1: "Đê", 2: "Quý I"}, {0: "2", 2: "Quý II"}]


def test_a_cell_counts_in_its_column_and_with_its_row() -> None:
    wanted = body_rows([TABLE])
    assert count(wanted, wanted) == 7
    assert count(wanted, [{}, *wanted[::-1]]) == 7
    assert count(wanted, [{0: "1", 1: "Quý I"}, {2: "Quý II"}]) == 2
    assert count(wanted, []) == 0
