"""Pages are restored where only bad text is left; what was read stays, and doubt is told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from diacritics import default_restorer
from pipeline import pages, restoring
from pipeline.document import Box, Document, Line, Page, TextSource, Word
from pipeline.parsing import parse

ROOT = Path(__file__).parents[1]
STRIPPED = "Thuc hien Ke hoach so 15/KH-UBND ngay 02/4/2025 cua Uy ban nhan dan tinh ve cai cach hanh chinh"
PLAIN = "Thực hiện Kế hoạch số 15/KH-UBND ngày 02/4/2025 của Ủy ban nhân dân tỉnh về cải cách hành chính"


def page(text: str, source: TextSource, confidence: float = 1.0) -> Page:
    lines = [Line([Word(t, t, Box(10 * i, 0, 10 * i + 8, 10), confidence) for i, t in enumerate(line.split())])
             for line in text.split("\n")]  # fmt: skip
    return Page(1, None, None, source, lines)


def test_text_without_marks_becomes_a_restored_page() -> None:
    made = restoring.restore_pages([page(f"{STRIPPED}\n\n{STRIPPED}", "text")], default_restorer)[0]
    assert made.text_source == "restored"
    assert [line.text for line in made.lines] == [PLAIN, "", PLAIN]
    assert made.lines[0].raw == STRIPPED


def test_correct_text_stays_as_it_is() -> None:
    made = restoring.restore_pages([page(PLAIN, "text")], default_restorer)[0]
    assert (made.text_source, made.lines[0].text) == ("text", PLAIN)


def test_a_strange_word_that_the_document_says_often_and_surely_is_its_own() -> None:
    lines = ["Sốt xuất huyết có 168 cas mắc", "tay chân miệng có 249 cas mắc", "ngộ độc thực phẩm có 12 cas mắc"]
    said_once = restoring.restore_pages([page(lines[0], "ocr", 0.9)], default_restorer)[0]
    assert said_once.lines[0].text == lines[0].replace("cas", "ca")
    often = restoring.restore_pages([page(line, "ocr", 0.9) for line in lines], default_restorer)
    assert [made.lines[0].text for made in often] == lines
    assert not any(word.doubts for made in often for word in made.lines[0].words)
    unsure = restoring.restore_pages([page(line, "ocr", 0.5) for line in lines], default_restorer)
    assert [made.lines[0].text for made in unsure] == [line.replace("cas", "ca") for line in lines]


def test_a_rare_word_that_the_document_says_often_is_not_made_a_common_one() -> None:
    lines = ["công tác gieo sạ lúa vụ đông xuân", "diện tích gieo sạ đạt kế hoạch", "tiến độ gieo sạ của các xã"]
    said_once = restoring.restore_pages([page(lines[0], "ocr", 0.9)], default_restorer)[0]
    assert said_once.lines[0].text == lines[0].replace("sạ", "mạ")
    often = restoring.restore_pages([page(line, "ocr", 0.9) for line in lines], default_restorer)
    assert [made.lines[0].text for made in often] == lines


def test_marks_are_still_put_on_words_that_stand_often() -> None:
    line = "Thuc hien Kế hoạch công tác của Ủy ban nhân dân tỉnh, các sở, ban, ngành"
    made = restoring.restore_pages([page(line, "ocr", 0.9) for _ in range(3)], default_restorer)
    assert [one.lines[0].text for one in made] == [line.replace("Thuc hien", "Thực hiện")] * 3


def test_a_good_layer_is_not_touched() -> None:
    made = restoring.restore_pages([page(STRIPPED, "layer")], default_restorer)[0]
    assert made.lines[0].text == STRIPPED


def test_a_number_that_cannot_be_is_kept_and_every_fact_over_it_doubted() -> None:
    text = (
        "III. TO CHUC THUC HIEN\n"
        "1. Van phong So chu tri, phoi hop voi cac phong giai quyet 8],73% ho so con lai truoc ngay 15/12/2031.\n"
        "2. Cac phong thuc hien Ke hoach so 15/KH-UBND ngay 02/4/2031 cua Uy ban nhan dan tinh ve cai cach hanh chinh."
    )
    made = restoring.restore_pages([page(text, "text")], default_restorer)[0]
    (word,) = (word for word in made.lines[1].words if word.raw == "8],73%")
    assert (word.text, word.doubts, word.alternatives) == ("8],73%", ("number_impossible",), ("81,73%",))
    facts = parse(Document([made]))
    over = [fact for fact in (*facts.responsibilities, *facts.deadlines) if "8],73%" in fact.evidence.quote]
    assert over and all("number_impossible" in fact.doubts for fact in over)


def test_joined_words_keep_the_box_and_the_raw_text_of_both() -> None:
    line = Line([Word("nghi", "nghi", Box(0, 0, 5, 9), 0.4, ("smudged",)), Word("êm", "êm", Box(6, 1, 9, 10), 0.6)])
    restored = [restoring.RestoredWord("nghiêm", 0, 2, 0.9, ("nghiệm",))]
    assert restoring._apply(line, restored)
    word = line.words[0]
    assert (word.raw, word.text, word.box) == ("nghi êm", "nghiêm", Box(0, 0, 9, 10))
    assert (word.confidence, word.doubts, word.alternatives) == (0.4, ("smudged",), ("nghiệm",))


def test_legacy_bytes_are_decoded_before_they_are_restored() -> None:
    data = "QuyÕt ®Þnh cña Gi¸m ®èc Së Y tÕ vÒ viÖc thµnh lËp Héi ®ång".encode("cp1252")
    restored = restoring.restore_bytes(data, pages.decode)
    assert restored.encoding == "tcvn3"
    assert restored.restoration.text == "Quyết định của Giám đốc Sở Y tế về việc thành lập Hội đồng"


def vanban_restore(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "pipeline", "restore", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=120, cwd=ROOT, check=False)


def test_the_command_gives_one_line_for_one_line() -> None:
    done = vanban_restore(stdin=f"{STRIPPED}\n\n12 34\n".encode())
    assert (done.returncode, done.stdout.decode()) == (0, f"{PLAIN}\n\n12 34\n")


def test_the_edits_replay_exactly(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{STRIPPED}\n{STRIPPED}", "utf-8")
    edits = [json.loads(line) for line in vanban_restore("--edits", str(tmp_path / "a.txt")).stdout.splitlines()]
    text, source = f"{STRIPPED}\n{STRIPPED}", f"{PLAIN}\n{PLAIN}"
    for edit in reversed(edits):
        assert text[edit["start"] : edit["end"]] == edit["before"]
        text = text[: edit["start"]] + edit["after"] + text[edit["end"] :]
    assert text == source
    assert {edit["line"] for edit in edits} == {1, 2}


def test_an_explanation_shows_what_was_read() -> None:
    done = vanban_restore("--explain", stdin=f"Không đổi\n{STRIPPED}\n".encode())
    assert "Kế[Ke] hoạch[hoach]" in done.stdout.decode()


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n")
    done = vanban_restore(str(tmp_path / "a.pdf"), str(tmp_path / "gone.txt"))
    assert done.returncode == 4
    assert b"vanban extract" in done.stderr and b"gone.txt" in done.stderr
