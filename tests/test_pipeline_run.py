"""What a document keeps when one of the stages fails."""

from pathlib import Path

import pytest

from pipeline import restoring, run
from pipeline.intake import Input


def test_a_fault_in_restoration_leaves_the_text_as_it_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("KE HOACH\nCian ctr Quyét dinh s6 608/QD-UBND\n", "utf-8")

    def broken(*arguments: object) -> None:
        raise ValueError("edit does not fit the text")

    monkeypatch.setattr(restoring, "restore_pages", broken)
    record = run.extract(Input(path, "letter.txt"))
    assert [line.text for line in record.pages[0].lines if line.text][1] == "Cian ctr Quyét dinh s6 608/QD-UBND"
    assert [warning.code for warning in record.warnings if warning.code == "restoration_failed"]
