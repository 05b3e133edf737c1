from __future__ import annotations

import io
import random
import time
import unicodedata
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from rapidfuzz.distance import Levenshtein
from reportlab.pdfgen.canvas import Canvas

from corpus.build import sources
from diacritics.alphabet import MARKED
from diacritics.folding import fold
from pipeline import textlayer
from pipeline.document import Box, Word
from tests import layer_pages, legacy_twins

REALDOCS = Path(__file__).parents[2] / "shared" / "realdocs"
needs_fonts = pytest.mark.skipif(not layer_pages.has_fonts(), reason="fonts-croscore is not installed")
needs_real = pytest.mark.skipif(not REALDOCS.exists(), reason="the shared documents are not here")


def read(page: pdfium.PdfPage) -> tuple[textlayer.Layer, textlayer.Verdict, list[Word]]:
    layer = textlayer.read_layer(page)
    verdict = textlayer.judge(layer)
    return layer, verdict, textlayer.words(layer, verdict)


def tokens(words: list[Word]) -> list[str]:
    return [token for word in words for token in word.text.split()]


@needs_fonts
@pytest.mark.parametrize("way", range(len(layer_pages.WAYS)))
def test_pages_made_in_all_ways(way: int) -> None:
    layer_pages.register_fonts()
    page = layer_pages.WAYS[way](random.Random(way))
    _, verdict, words = read(pdfium.PdfDocument(page.pdf)[0])
    assert verdict.name in page.right, (page.way, verdict.scores)
    assert verdict.usable == bool(page.right & {"good", "legacy", "unmarked"})
    if page.words:
        found = [token.lower() for token in tokens(words)]
        assert Levenshtein.distance(page.words, found) <= 0.02 * len(page.words)


@needs_fonts
@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_the_twin_of_a_sample_in_a_legacy_encoding_reads_the_same(encoding: str) -> None:
    pdf = legacy_twins.sample(sources(["s05"])[0])
    words, _ = legacy_twins.read(pdf)
    assert legacy_twins.read(legacy_twins.twin(pdf, encoding)) == (words, {"legacy"})


@needs_fonts
def test_a_picture_beside_the_text_is_warned_of() -> None:
    layer_pages.register_fonts()
    layer, verdict, _ = read(pdfium.PdfDocument(layer_pages.part_picture(random.Random(1)).pdf)[0])
    assert layer.ink_cover is not None and 0.2 < layer.ink_cover < 0.7
    assert "in pictures" in verdict.warnings[0]


@needs_fonts
def test_capitals_of_a_capital_font_come_out_as_shown() -> None:
    layer_pages.register_fonts()
    page = layer_pages._legacy("tcvn3", ".VnTime")(random.Random(3))
    _, verdict, words = read(pdfium.PdfDocument(page.pdf)[0])
    assert verdict.name == "legacy"
    assert " ".join(tokens(words)[:2]) in ("KẾ HOẠCH", "BÁO CÁO", "QUYẾT ĐỊNH")


def drawn(*calls: tuple[float, float, str], rotate: int = 0, crop: tuple[float, ...] | None = None) -> pdfium.PdfPage:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(600, 800))
    for x, y, text in calls:
        canvas.setFont("Helvetica", 20)
        canvas.drawString(x, y, text)
    canvas.showPage()
    canvas.save()
    document = pdfium.PdfDocument(buffer.getvalue())
    page = document[0]
    page.set_rotation(rotate)
    if crop:
        page.set_cropbox(*crop)
    moved = io.BytesIO()
    document.save(moved)
    return pdfium.PdfDocument(moved.getvalue())[0]


@pytest.mark.parametrize(
    ("rotate", "crop", "size", "turned", "centre"),
    [
        (0, None, (600, 800), 0, (120, 93)),
        (90, None, (600, 800), 270, (120, 93)),
        (180, None, (600, 800), 180, (120, 93)),
        (270, None, (600, 800), 90, (120, 93)),
        (0, (50, 100, 600, 780), (550, 680), 0, (70, 73)),
        (90, (50, 100, 600, 780), (550, 680), 270, (70, 73)),
    ],
)
def test_boxes_are_of_the_page_with_its_text_upright(
    rotate: int, crop: tuple[float, ...] | None, size: tuple[float, float], turned: int, centre: tuple[float, float]
) -> None:
    """The word stands 100 points from the left and its base line 700 from the bottom, 40 points long."""
    layer = textlayer.read_layer(drawn((100, 700, "Hamm"), rotate=rotate, crop=crop))
    assert (layer.width, layer.height, layer.turned_degrees) == (*size, turned)
    [word] = layer.words
    assert ((word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2) == pytest.approx(centre, abs=10)
    assert word.box.x0 < word.box.x1 and word.box.y0 < word.box.y1


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_text_drawn_in_any_direction_on_a_page_turned_any_way(rotate: int, angle: int) -> None:
    """Two lines, the second under the first as one reads."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(600, 800))
    canvas.setPageRotation(rotate)
    canvas.translate(300, 400)
    canvas.rotate(angle)
    canvas.drawString(0, 0, "tren dau")
    canvas.drawString(0, -20, "duoi")
    canvas.showPage()
    canvas.save()
    layer = textlayer.read_layer(pdfium.PdfDocument(buffer.getvalue())[0])
    boxes = {word.raw: word.box for word in layer.words}
    first, second, under = boxes["tren"], boxes["dau"], boxes["duoi"]
    assert first.x1 < second.x0 and abs(first.y0 - second.y0) < 2
    assert under.y0 > first.y0 + 15 and abs(under.x0 - first.x0) < 2
    assert (layer.turned_degrees + rotate) % 360 == angle


def layer_of(words: list[tuple[str, float, float]], font: str = "Tinos") -> textlayer.Layer:
    """A one-line layer: (text, left, right) in points, letters ten points high."""
    last = len(words) - 1
    return textlayer.Layer(
        600,
        800,
        0,
        [
            textlayer.LayerWord(text, Box(left, 100, right, 110), ((0, 0),), False, at == last)
            for at, (text, left, right) in enumerate(words)
        ],
        [font],
        sum(len(text) for text, _, _ in words),
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([("ĐIỀ", 0, 18), ("U", 18.2, 25), ("KHO", 28, 46), ("ẢN", 46.1, 60)], ["ĐIỀU", "KHOẢN"]),
        ([("ch", 0, 9), ("ỉ", 11.5, 14), ("đạ", 17, 27), ("o", 29.5, 34)], ["chỉ", "đạo"]),
        ([("k", 0, 5), ("ế", 5.1, 10), ("ho", 13, 23), ("ạ", 23.1, 28), ("ch,", 28.1, 40)], ["kế", "hoạch,"]),
        ([("các", 0, 15), ("ông", 18, 32), ("bà", 35, 45)], ["các", "ông", "bà"]),
        ([("TH", 0, 15), ("ở", 18, 23)], ["TH", "ở"]),
        ([("Đ", 0, 7), ("ồng", 30, 45)], ["Đ", "ồng"]),
    ],
)
def test_split_syllables(words: list[tuple[str, float, float]], expected: list[str]) -> None:
    layer = layer_of(words)
    verdict = textlayer.judge(layer)
    mended = textlayer.words(layer, verdict)
    assert [word.text for word in mended] == expected
    assert " ".join(word.raw for word in mended) == " ".join(text for text, _, _ in words)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Ðiều", "Điều"),
        ("Tỉnһ", "Tỉnһ"),  # a Cyrillic letter without a Latin twin: left alone
        ("Сăn", "Căn"),
        ("оffiсе", "office"),
        ("Москва", "Москва"),
        ("２０２４", "2024"),
        ("ﬁnal", "final"),
        ("to\u0302\u0301t", "tốt"),
        ("hô\u200bi", "hôi"),
        ("m²", "m²"),
        ("\uf0b7", "•"),
        ("\uf02d", "-"),
    ],
)
def test_look_alikes(raw: str, text: str) -> None:
    layer = layer_of([(raw, 0, 20)])
    assert [(word.raw, word.text) for word in textlayer.words(layer, textlayer.judge(layer))] == [(raw, text)]


def test_a_hyphen_at_the_end_of_a_line_stays() -> None:
    page = drawn((100, 700, "so 12/UBND-"), (100, 670, "KGVX va"))
    assert tokens(read(page)[2]) == ["so", "12/UBND-", "KGVX", "va"]


def test_an_english_page_is_left_to_its_layer() -> None:
    page = drawn(
        *((50, 700 - 30 * row, "the report of the Ministry was sent to all of the offices") for row in range(12))
    )
    _, verdict, _ = read(page)
    assert verdict.name == "foreign" and verdict.usable


@pytest.mark.parametrize(
    ("ground", "white", "mode", "seen"),
    [(False, True, 0, False), (True, True, 0, True), (False, False, 3, False), (False, False, 0, True)],
)
def test_text_that_nobody_can_see_is_left_out(ground: bool, white: bool, mode: int, seen: bool) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(600, 800))
    if ground:
        canvas.setFillGray(0.2)
        canvas.rect(80, 680, 300, 60, stroke=0, fill=1)
    if white:
        canvas.setFillGray(1)
    text = canvas.beginText(100, 700)
    text.setFont("Helvetica", 20)
    text.setTextRenderMode(mode)
    text.textOut("van ban")
    canvas.drawText(text)
    canvas.showPage()
    canvas.save()
    layer, verdict, words = read(pdfium.PdfDocument(buffer.getvalue())[0])
    assert tokens(words) == (["van", "ban"] if seen else [])
    assert bool(verdict.warnings) is not seen
    assert layer.outside_count == (0 if seen else 6)


def test_cargo_is_named_and_left_alone() -> None:
    document = pdfium.PdfDocument.new()
    document.new_page(600, 800)
    assert textlayer.read_cargo(document) == []
    document.new_attachment("a.exe").set_data(b"MZ")
    assert textlayer.read_cargo(document) == ["the file carries 1 attachments, which were not read"]


def test_too_much_text_is_capped_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(textlayer, "MAX_CHARACTERS", 50)
    layer, verdict, words = read(drawn(*((50, 700 - 30 * row, "van ban hanh chinh") for row in range(12))))
    assert sum(len(word.raw) for word in words) <= 50
    assert layer.character_count > 200
    assert "50 were read" in verdict.warnings[0]


def test_a_hostile_page_takes_bounded_time() -> None:
    """Twenty thousand one-letter words in letters of a point's height, each an object of its own."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(600, 800))
    canvas.setFont("Helvetica", 1)
    for at in range(20_000):
        canvas.drawString(4 * (at % 140), 5 * (at // 140), "áéb"[at % 3])
    canvas.showPage()
    canvas.save()
    started = time.process_time()
    _, verdict, _ = read(pdfium.PdfDocument(buffer.getvalue())[0])
    assert time.process_time() - started < 8
    assert float(verdict.scores["characters"]) >= 20_000


@needs_real
@pytest.mark.parametrize("folder", ["garbled_layer", "scans"])
def test_no_bad_layer_of_real_scans_is_trusted(folder: str) -> None:
    for path in sorted((REALDOCS / folder).glob("*.pdf")):
        for page in pdfium.PdfDocument(path):
            assert not read(page)[1].usable, path.name


@needs_real
def test_real_text_layers_are_good() -> None:
    for path in sorted((REALDOCS / "text_layer").glob("*.pdf")):
        assert [read(page)[1].name for page in pdfium.PdfDocument(path)] == ["good"] * len(pdfium.PdfDocument(path))


@needs_real
def test_legacy_documents_against_their_transcripts() -> None:
    """Marked letters and words that are right, case aside, in the order of the transcript or moved as a whole.

    Spaces inside syllables and before punctuation are the transcript's own slips, so words are compared without them:
    a gold word is right if its letters are, at its place, in a run of right letters.
    """
    marks = marks_right = words = words_right = 0
    for path in sorted((REALDOCS / "legacy_font").glob("*.pdf")):
        gold = unicodedata.normalize("NFC", path.with_suffix(".txt").read_text("utf-8")).lower().split()
        found = "".join(token for page in pdfium.PdfDocument(path) for token in tokens(read(page)[2])).lower()
        right = right_letters("".join(gold), found)
        at = 0
        for word in gold:
            span = right[at : at + len(word)]
            words, words_right = words + 1, words_right + all(span)
            marks += sum(letter in MARKED for letter in word)
            marks_right += sum(ok for letter, ok in zip(word, span, strict=True) if letter in MARKED)
            at += len(word)
    print(
        f"\nlegacy transcripts: diacritic accuracy {marks_right / marks:.4f}, word accuracy {words_right / words:.4f}"
    )
    assert marks_right / marks >= 0.99
    assert words_right / words >= 0.98


def right_letters(gold: str, found: str) -> list[bool]:
    """Return for each gold letter whether it was found, aligned on the letters without marks.

    What the page order moves (a heading's left and right block) is looked for again among what was left over.
    """
    right, taken = [False] * len(gold), [False] * len(found)
    for block in Levenshtein.opcodes(fold(gold), fold(found)).as_matching_blocks():
        for k in range(block.size):
            right[block.a + k] = gold[block.a + k] == found[block.b + k]
            taken[block.b + k] = True
    spare = "".join(letter for letter, used in zip(found, taken, strict=True) if not used)
    for start, end in runs(right):
        if end - start >= 4 and gold[start:end] in spare:
            right[start:end] = [True] * (end - start)
    return right


def runs(right: list[bool]) -> list[tuple[int, int]]:
    """Return the spans of letters that were not found."""
    spans, start = [], None
    for at, ok in enumerate([*right, True]):
        if ok and start is not None:
            spans.append((start, at))
            start = None
        elif not ok and start is None:
            start = at
    return spans
