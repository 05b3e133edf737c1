"""Words as read -> words as printed; what was read stays in `Word.raw`."""

from __future__ import annotations

from diacritics.symbols import with_repaired_symbols
from pipeline.document import Page

READ_BY_MACHINE = ("ocr", "restored")


def restore_pages(pages: list[Page]) -> list[Page]:
    """Repair the document symbols of pages that an OCR engine read; change the pages in place and return them."""
    for page in pages:
        if page.text_source in READ_BY_MACHINE:
            for line in page.lines:
                for word in line.words:
                    word.text = with_repaired_symbols(word.text)
    return pages
