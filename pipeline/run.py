"""The whole flow: a file in, a record out. Only this module knows the order of the stages.

    intake.identify -> pages.open_pages -> for each page: read_page -> finish (restore, parse, record)

A page is the unit of failure: one that cannot be read becomes an empty page with a warning, and the rest goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from diacritics import default_restorer, legacy
from diacritics.collector import collector_resting
from diacritics.normalization import normalize
from pipeline import (
    __version__,
    cleaning,
    handwriting,
    intake,
    layerlines,
    layout,
    ocr,
    restoring,
    seals,
    signatures,
    tesseract,
    textlayer,
)
from pipeline.document import Box, Document, Line, Page, Place, Word
from pipeline.errors import LOST_PAGE, DamagedFile, MissingProgram, PageError, TooLarge, VanbanError
from pipeline.intake import Identity, Input
from pipeline.layer import Layer, Verdict
from pipeline.pages import RASTER_PIXELS, PageSource, PlainText, open_pages, text_lines
from pipeline.parsing import parse
from pipeline.records import (
    DoubtedWord,
    ElectronicSignature,
    Header,
    Mark,
    PageLine,
    PageRecord,
    Record,
    Source,
    Warning,
)

PRODUCER = f"vanban {__version__}"
GENTLE_PIXELS = 4_000_000  # A4 at 200 dpi


@dataclass(frozen=True)
class Settings:
    """What else than the input decides a record, and how long one page may take.

    `gentle` is how a page is read that failed once: from a coarser picture alone, its text layer left untouched. The
    page's warnings say so.
    """

    language: str = "vie"
    page_seconds: float = 120.0
    gentle: bool = False

    def key(self) -> str:
        """What stands in the record: a record made with another key is made again."""
        try:
            version = tesseract.version()
        except MissingProgram:  # text needs none; a scan will say so itself
            version = "none"
        return f"language={self.language} tesseract={version}"


@dataclass(frozen=True)
class Inspected:
    """An input that could be opened."""

    input: Input
    identity: Identity
    page_count: int
    signatures: tuple[ElectronicSignature, ...] = ()
    cargo: tuple[str, ...] = ()


def extract(item: Input, settings: Settings | None = None) -> Record:
    """Read one document, page after page, and return its record.

    Raises:
        InputError: the file is no document, or none of its pages could be read.
        MissingProgram: Tesseract or Poppler is not installed.
    """
    settings = settings or Settings()
    inspected = inspect(item)
    return finish(inspected, read_pages(inspected, settings), settings)


def inspect(item: Input) -> Inspected:
    """Tell what the file is and how many pages it has."""
    identity = intake.identify(item.path)
    with open_pages(item.path, identity.media_type) as source:
        pdf = source.pdf
        if pdf is None:
            return Inspected(item, identity, source.count)
        signed = signatures.from_fields(textlayer.read_signatures(pdf))
        return Inspected(item, identity, source.count, tuple(signed), tuple(textlayer.read_cargo(pdf)))


def read_pages(inspected: Inspected, settings: Settings) -> list[Page]:
    """Read all pages of a document, one after the other, as `read_page` does."""
    path = inspected.input.path
    with open_pages(path, inspected.identity.media_type) as source:
        return [read_page(source, path, number, settings) for number in range(1, inspected.page_count + 1)]


@collector_resting()
def read_page(source: PageSource, path: Path, number: int, settings: Settings) -> Page:
    """Read one page: its text layer where that can be trusted, else its picture. A failure is a page with a warning."""
    if isinstance(source, PlainText):
        return _text_page(source.text)
    try:
        return _read_gently(source, number, settings) if settings.gentle else _read_page(source, number, settings)
    except MissingProgram:
        raise
    except (PageError, TooLarge) as error:
        return failed_page(number, error)
    except Exception as error:  # a page may be hostile in ways nobody thought of: it costs itself, not the document
        return failed_page(number, PageError(f"{type(error).__name__}: {error}", path=path, page=number))


def failed_page(number: int, error: VanbanError) -> Page:
    """Return the empty page that stands for one that could not be read."""
    return Page(number, 0.0, 0.0, "none", warnings=[Warning(page=number, code=error.code, message=error.message)])


def _read_page(source: PageSource, number: int, settings: Settings) -> Page:
    """Use the page's text layer if it can be trusted, else read its picture; signatures stand apart from the body."""
    layer_page = source.layer_page(number)
    if layer_page is None:
        return _read_picture(source, number, settings)
    layer = textlayer.read_layer(layer_page, lambda: source.layer_page(number))
    verdict = textlayer.judge(layer, lambda text: default_restorer().likeness(text))
    if not verdict.usable:
        return _read_picture(source, number, settings, layer, verdict)
    words, stamps = signatures.take_out(textlayer.words(layer, verdict), layer.signature_boxes)
    lines = layout.arrange(words, layer.width, layer.height, layer.ruling) + stamps
    return Page(
        number, layer.width, layer.height, verdict.text_source, lines, rotation_degrees=layer.turned_degrees,
        layer=verdict.scores, warnings=_warnings(number, "layer", layer.warnings + verdict.warnings),
        ruling=[Box(*rule) for rule in layer.ruling],
    )  # fmt: skip


def _read_gently(source: PageSource, number: int, settings: Settings) -> Page:
    """Read a page that failed once, asking less of it and of the machine; its warnings say so."""
    page = _read_picture(source, number, settings)
    message = "the first attempt failed; the page was read from a coarser picture"
    page.warnings.insert(0, Warning(page=number, code="read_gently", message=message))
    return page


def _read_picture(
    source: PageSource, number: int, settings: Settings, layer: Layer | None = None, verdict: Verdict | None = None
) -> Page:
    """Read the page's picture; where it reads poorly and there is a layer, the better of the two line by line."""
    raster = source.raster(number, settings.page_seconds, GENTLE_PIXELS if settings.gentle else RASTER_PIXELS)
    assert raster is not None, "only plain text has no picture"
    clean = cleaning.clean(raster.pixels, raster.dpi)
    words = ocr.read_words(clean, settings.language, settings.page_seconds, apart=settings.gentle)
    turned = layer is None or bool(clean.rotation_degrees)  # then the layer's boxes lie another way
    words, stamps = signatures.take_out(words, () if layer is None or turned else layer.signature_boxes)
    lines, pen = handwriting.without_pen(layout.arrange(words, clean.width, clean.height, clean.ruling))
    marks = seals.collect(clean.overview, clean.overview_dpi, lines, pen)
    lines += stamps
    scores = dict(verdict.scores) if verdict is not None else {}
    if layer is not None and verdict is not None and verdict.name == "garbled" and not turned:
        lines, replaced = layerlines.better_lines(lines, textlayer.words(layer, verdict))
        scores["lines_from_layer"] = float(replaced)
    warnings = _warnings(number, "picture", [*raster.warnings, *clean.warnings])
    if any(handwriting.is_marked(line) for line in lines if line.role == "header_right"):
        message = "the date seems to be written by hand and is not surely read: read it from the page"
        warnings.append(Warning(page=number, code="date_by_hand", message=message))
    if not lines:
        warnings.append(Warning(page=number, code="no_text", message="no text was found on this page"))
    return Page(
        number, clean.width, clean.height, "ocr" if lines else "none", lines, dpi=round(raster.dpi),
        rotation_degrees=clean.rotation_degrees, skew_degrees=round(clean.skew_degrees, 2), layer=scores,
        warnings=warnings, marks=marks, ruling=[Box(*rule) for rule in clean.ruling],
    )  # fmt: skip


def _warnings(number: int, code: str, sentences: Iterable[str]) -> list[Warning]:
    return [Warning(page=number, code=code, message=sentence) for sentence in sentences]


def _text_page(text: str) -> Page:
    """Lines of the file are lines of the page, blank ones too, so that line numbers are those of an editor."""
    decoded = legacy.decode_blocks(text)
    lines = [
        Line([Word(raw, normalize(plain)) for raw, plain in zip(read.split(), meant.split(), strict=True)])
        for read, meant in zip(text_lines(text), text_lines(decoded.text), strict=True)
    ]
    return Page(1, None, None, "decoded_layer" if decoded.encoding else "text", lines)


@collector_resting()
def finish(inspected: Inspected, pages: list[Page], settings: Settings) -> Record:
    """Restore the text of all pages, find the facts, and make the record.

    Raises:
        DamagedFile: none of the pages could be read. TooLarge: each was more than may be read.
    """
    path, identity = inspected.input.path, inspected.identity
    failures = [w for page in pages for w in page.warnings if w.code in LOST_PAGE]
    if pages and len(failures) == len(pages):
        error = TooLarge if all(failure.code == TooLarge.code for failure in failures) else DamagedFile
        which = "its only page cannot" if len(pages) == 1 else f"none of its {len(pages)} pages can"
        raise error(f"{which} be read: {failures[0].message}", path=path)
    document = Document(_restored(pages))
    facts = parse(document)
    _add_signatures(facts.header, inspected.signatures, pages)
    cargo = [Warning(code="not_read", message=sentence) for sentence in inspected.cargo]
    return Record(
        producer=PRODUCER,
        settings=settings.key(),
        source=Source(
            path=inspected.input.name,
            sha256=identity.sha256,
            bytes=identity.size_bytes,
            media_type=identity.media_type,
            pages=inspected.page_count,
        ),
        **{name: getattr(facts, name) for name in type(facts).model_fields if name != "warnings"},
        pages=_page_records(document),
        warnings=cargo + [w for page in document.pages for w in page.warnings] + facts.warnings,
    )


def _restored(pages: list[Page]) -> list[Page]:
    """Return the pages with their text as printed; a fault of ours costs the restoration, never the document."""
    try:
        return restoring.restore_pages(pages, default_restorer)
    except Exception as error:
        message = f"{type(error).__name__}: {error}; the text stands as it was read"
        pages[0].warnings.append(Warning(page=pages[0].number, code="restoration_failed", message=message))
        return pages


def _add_signatures(header: Header, signed: Sequence[ElectronicSignature], pages: Sequence[Page]) -> None:
    """Put the electronic signatures into the header: those of the file's fields, else what is printed on the pages."""
    if not signed:
        printed = [
            signatures.from_print(line.text for line in page.lines if line.role == "signature") for page in pages
        ]
        signed = [signature for signature in printed if signature is not None]
    header.signature = signed[0] if signed else None
    header.further_signatures = list(signed[1:])


def _page_records(document: Document) -> list[PageRecord]:
    places = iter(document.places)
    return [_page_record(page, list(islice(places, len(page.lines)))) for page in document.pages]


def _page_record(page: Page, places: list[Place]) -> PageRecord:
    return PageRecord(
        number=page.number,
        width=page.width,
        height=page.height,
        text_source=page.text_source,
        confidence=None if page.confidence is None else round(page.confidence, 4),
        dpi=page.dpi,
        rotation_degrees=page.rotation_degrees,
        skew_degrees=page.skew_degrees,
        layer=page.layer,
        marks=[Mark(kind=mark.kind, bbox=_rounded(page.as_scanned(mark.box))) for mark in page.marks],
        lines=[_line_record(place) for place in places],
    )


def _line_record(place: Place) -> PageLine:
    line, page = place.line, place.page
    box = page.box_as_scanned(line.words) if page.skew_degrees else place.box
    doubted = [word for word in line.words if word.doubts]
    return PageLine(
        text=place.text,
        raw=line.raw,
        bbox=None if box is None else _rounded(box),
        confidence=round(line.confidence, 4),
        role=line.role,
        doubts=sorted({doubt for word in doubted for doubt in word.doubts}),
        doubted=[_doubted_word(word, page) for word in doubted],
    )


def _doubted_word(word: Word, page: Page) -> DoubtedWord:
    box = page.box_as_scanned([word])
    return DoubtedWord(
        text=word.text,
        bbox=None if box is None else _rounded(box),
        doubts=list(word.doubts),
        alternatives=list(word.alternatives),
    )


def _rounded(box: Box) -> tuple[float, float, float, float]:
    return round(box.x0, 2), round(box.y0, 2), round(box.x1, 2), round(box.y1, 2)
