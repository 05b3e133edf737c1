"""Words that restoration changed after OCR are told helped from harmed."""

from typing import Any

from corpus.mended import judge
from corpus.truth import Truth


def record(*lines: tuple[str, str], source: str = "ocr") -> dict[str, Any]:
    return {"pages": [{"number": 1, "text_source": source, "lines": [{"raw": r, "text": t} for r, t in lines]}]}


TRUTH = Truth("a", {1: "Sở Y tế tổ chức thực hiện\nđúng thời hạn"})


def test_helped_harmed_and_moved() -> None:
    mended = judge(
        record(("Sở Y tế tố chức thực hiện", "Sở Y tế tổ chức thức hiện"), ("dùng thời hạn", "dung thời hạn")), TRUTH
    )
    assert (mended.words, mended.helped) == (10, [("tố", "tổ")])
    assert mended.harmed == [("thực", "thức")]
    assert mended.moved == [("dùng", "dung")]


def test_words_run_apart_are_judged_as_one() -> None:
    mended = judge(record(("Sở Y tế t ổ chức thực hiện", "Sở Y tế tổ chức thực hiện")), TRUTH)
    assert mended.helped == [("t ổ", "tổ")]
    assert not mended.harmed and not mended.moved


def test_text_that_was_not_read_by_ocr_is_left_out() -> None:
    assert judge(record(("tố", "tổ"), source="layer"), TRUTH).words == 0
