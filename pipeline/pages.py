"""Open PDF, TIFF, PNG, JPEG and plain text: pages with their text layer at hand and their raster on demand.

All three sources have one shape: `count`, `size(number)`, `layer_page(number)`, `raster(number)`; pages count from 1.
PDFs are measured by pypdfium2 and rendered by Poppler (pdf2image), each page in a process of its own that can be
ended; a page that is one scanned picture is rendered at that picture's own resolution, since resampling only blurs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pdf2image
import pdf2image.exceptions
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageFile, ImageOps, TiffImagePlugin, UnidentifiedImageError

from pipeline.errors import DamagedFile, MissingProgram, PageError, PageTimeout, PasswordProtected, TooLarge

Image.MAX_IMAGE_PIXELS = None  # refused here, by our own limits, with our own words

RENDER_DPI = 300
NATIVE_DPI = (90, 420)  # a full-page picture within these is rendered as it is, else at RENDER_DPI
FULL_PAGE_SHARE = 0.8  # a picture that covers this much of the page is the page
MAX_PAGES = 20_000
MAX_PAGE_POINTS = 14_400  # 200 inches: the largest page that PDF 1.7 allows
MAX_PIXELS = 100_000_000  # of a picture file: 300 dpi A1
MAX_EMBEDDED_PIXELS = 400_000_000
RASTER_PIXELS = 40_000_000  # above this a rendering is made coarser
MAX_TEXT_BYTES = 64 << 20
A4_WIDTH_INCHES = 8.27
HONEST_DPI = (60, 1300)  # cameras write 72 or nothing and some programs 1: what no scanner has is not believed


@dataclass(frozen=True)
class Raster:
    """A picture of a page: (H, W) grey or (H, W, 3) RGB, uint8, and the dots per inch at which it shows the page."""

    pixels: npt.NDArray[np.uint8]
    dpi: float
    warnings: tuple[str, ...] = ()


class PageSource(Protocol):
    """An opened document."""

    count: int
    pdf: pdfium.PdfDocument | None

    def close(self) -> None:
        """Release the file."""

    def size(self, number: int) -> tuple[float, float] | None:
        """Width and height in points of the page as displayed, None for plain text."""

    def layer_page(self, number: int) -> pdfium.PdfPage | None:
        """The PDF page whose text layer can be asked, None for pictures and text."""

    def raster(self, number: int, timeout_seconds: float, pixels: int = RASTER_PIXELS) -> Raster | None:
        """The page's picture, made coarser where it has more than so many pixels; None for plain text."""


def open_source(path: Path, media_type: str) -> PageSource:
    """Open a document whose kind `intake.identify` told; it is closed by its `close`, or when it is forgotten.

    Raises:
        DamagedFile, PasswordProtected, TooLarge: with what to do next.
    """
    return _OPENERS.get(media_type, Picture)(path)


@contextmanager
def open_pages(path: Path, media_type: str) -> Iterator[PageSource]:
    """Open a document for the length of a with block; raises as `open_source` does."""
    source = open_source(path, media_type)
    try:
        yield source
    finally:
        source.close()


class Pdf:
    """A PDF document."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.pdf = pdfium.PdfDocument(path)
            self.count = len(self.pdf)
        except pdfium.PdfiumError as error:
            if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD:
                raise PasswordProtected("the PDF asks for a password", path=path) from None
            raise DamagedFile("the PDF cannot be opened, it is truncated or damaged", path=path) from None
        if self.count < 1:
            raise DamagedFile("the PDF has no pages", path=path)
        if self.count > MAX_PAGES:
            raise TooLarge(f"the PDF declares {self.count:,} pages, at most {MAX_PAGES:,} are read", path=path)

    def close(self) -> None:
        """Release the file."""
        self.pdf.close()

    def layer_page(self, number: int) -> pdfium.PdfPage:
        """Return the pdfium page.

        Raises:
            PageError: the page's own objects are damaged.
        """
        try:
            return self.pdf[number - 1]
        except (pdfium.PdfiumError, IndexError):
            raise PageError("the page is damaged", path=self.path, page=number) from None

    def size(self, number: int) -> tuple[float, float]:
        """Width and height in points as displayed, /Rotate and the crop box respected."""
        width, height = self.layer_page(number).get_size()
        return float(width), float(height)

    def raster(self, number: int, timeout_seconds: float, pixels: int = RASTER_PIXELS) -> Raster:
        """Render the page through Poppler.

        Raises:
            TooLarge, PageTimeout, PageError, MissingProgram.
        """
        width, height = self.size(number)
        if max(width, height) > MAX_PAGE_POINTS or min(width, height) < 1:
            raise TooLarge(f"the page measures {width:.0f} x {height:.0f} points", path=self.path, page=number)
        dpi, grey = self._resolution(number)
        dpi = min(dpi, (pixels * 72 * 72 / (width * height)) ** 0.5)
        try:
            images = pdf2image.convert_from_path(
                self.path, dpi=dpi, first_page=number, last_page=number, use_cropbox=True, grayscale=grey,
                timeout=max(1, int(timeout_seconds)),
            )  # fmt: skip
        except pdf2image.exceptions.PDFInfoNotInstalledError:
            raise MissingProgram("Poppler (pdftoppm, pdfinfo) is not installed") from None
        except pdf2image.exceptions.PDFPopplerTimeoutError:
            raise PageTimeout(f"not rendered in {timeout_seconds:.0f} s", path=self.path, page=number) from None
        except (pdf2image.exceptions.PDFPageCountError, pdf2image.exceptions.PDFSyntaxError, OSError, ValueError):
            images = []
        if not images:
            raise PageError("Poppler could not render the page", path=self.path, page=number)
        return Raster(np.asarray(images[0]), dpi)

    def _resolution(self, number: int) -> tuple[float, bool]:
        """Return the dots per inch to render at, and whether the page holds bilevel or grey pictures only."""
        page = self.layer_page(number)
        width, height = page.get_size()
        native, grey, pictures = 0.0, True, 0
        for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
            pictures += 1
            pixels_x, pixels_y = item.get_px_size()
            if pixels_x * pixels_y > MAX_EMBEDDED_PIXELS:
                message = f"the page holds a picture of {pixels_x:,} x {pixels_y:,} pixels"
                raise TooLarge(message, path=self.path, page=number)
            left, bottom, right, top = item.get_pos() if hasattr(item, "get_pos") else item.get_bounds()
            area = (right - left) * (top - bottom)
            if area >= FULL_PAGE_SHARE * width * height:
                # a picture turned by its matrix has its pixels the other way round: compare areas, not sides
                native = max(native, 72 * (pixels_x * pixels_y / area) ** 0.5)
            metadata = item.get_metadata()
            grey = grey and metadata.bits_per_pixel <= 8 and metadata.colorspace in _GREY_SPACES
        if pictures == 0:
            return RENDER_DPI, False  # drawn pages may hold coloured text and seals
        return (native if NATIVE_DPI[0] <= native <= NATIVE_DPI[1] else RENDER_DPI), grey


class Picture:
    """A TIFF (with one page or many), PNG or JPEG file."""

    pdf = None

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._image = Image.open(path)
            self.count = getattr(self._image, "n_frames", 1)
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError, EOFError):
            raise DamagedFile("the picture cannot be opened, it is truncated or damaged", path=path) from None
        if self.count > MAX_PAGES:
            raise TooLarge(f"the file holds {self.count:,} pictures, at most {MAX_PAGES:,} are read", path=path)

    def close(self) -> None:
        """Release the file."""
        self._image.close()

    def layer_page(self, number: int) -> None:
        """Pictures have no text layer."""
        return None

    def size(self, number: int) -> tuple[float, float]:
        """Width and height in points, from the picture's own resolution where it is honest, else as an A4 sheet."""
        image = self._frame(number)
        dpi = _dpi(image)
        width, height = image.size
        if image.getexif().get(0x0112, 1) in (5, 6, 7, 8):
            width, height = height, width
        return width * 72 / dpi, height * 72 / dpi

    def raster(self, number: int, timeout_seconds: float, pixels: int = RASTER_PIXELS) -> Raster:
        """Decode the picture; one that breaks off is read as far as it goes, with a warning."""
        image = self._frame(number)
        dpi, warnings = _dpi(image), []
        try:
            image.load()
        except (OSError, SyntaxError, ValueError):
            ImageFile.LOAD_TRUNCATED_IMAGES = True
            try:
                image = self._frame(number)
                image.load()
            except Exception:  # Pillow's decoders raise almost anything on damaged data
                raise PageError("the picture is damaged", path=self.path, page=number) from None
            finally:
                ImageFile.LOAD_TRUNCATED_IMAGES = False
            warnings.append("the picture is truncated: what is missing was read as blank")
        image = ImageOps.exif_transpose(image)
        if image.width * image.height > pixels:
            factor = (pixels / (image.width * image.height)) ** 0.5
            image = image.resize((int(image.width * factor), int(image.height * factor)), Image.Resampling.BOX)
            dpi *= factor
        grey = image.mode in ("1", "L", "I", "I;16", "F")
        return Raster(np.asarray(_flat(image, "L" if grey else "RGB")), dpi, tuple(warnings))

    def _frame(self, number: int) -> Image.Image:
        try:
            self._image.seek(number - 1)
        except (EOFError, OSError, ValueError, SyntaxError):
            raise PageError("the picture is damaged", path=self.path, page=number) from None
        width, height = self._image.size
        if width * height > MAX_PIXELS:
            raise TooLarge(f"the picture has {width:,} x {height:,} pixels", path=self.path, page=number)
        return self._image


class PlainText:
    """Text that some other program left; it has lines but no pages, sizes or pictures."""

    pdf = None

    def __init__(self, path: Path) -> None:
        if path.stat().st_size > MAX_TEXT_BYTES:
            raise TooLarge(f"the text is larger than {MAX_TEXT_BYTES >> 20} MiB", path=path)
        self.count = 1
        self.text = decode(path.read_bytes())

    def close(self) -> None:
        """Nothing is held open."""

    def size(self, number: int) -> None:
        """Text has no size."""
        return None

    def layer_page(self, number: int) -> None:
        """Text has no layer."""
        return None

    def raster(self, number: int, timeout_seconds: float, pixels: int = RASTER_PIXELS) -> None:
        """Text has no picture."""
        return None


def decode(data: bytes) -> str:
    """Decode text bytes: by their byte order mark, as UTF-8, else byte for byte (a legacy Vietnamese encoding).

    What the bytes of a legacy encoding stand for is told later, from how they read.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4:  # cut off within its last letter
            return data.decode("utf-8", "replace")
        return data.decode("cp1252", "replace") if _has_no_holes(data) else data.decode("latin-1")


def text_lines(text: str) -> list[str]:
    """Split text at line feeds, as editors count lines; form feeds and rarer separators are space within a line."""
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")


def _has_no_holes(data: bytes) -> bool:
    return not any(byte in data for byte in b"\x81\x8d\x8f\x90\x9d")  # bytes that Windows-1252 leaves open


def _dpi(image: Image.Image) -> float:
    """Dots per inch that the file states, or those that make the picture's shorter side an A4 sheet's."""
    stated = image.info.get("dpi", (0, 0))[0]
    if isinstance(stated, TiffImagePlugin.IFDRational):
        stated = float(stated) if stated.denominator else 0
    guess = min(image.size) / A4_WIDTH_INCHES
    return float(stated) if HONEST_DPI[0] <= stated <= HONEST_DPI[1] and 0.4 < stated / guess < 2.5 else guess


def _flat(image: Image.Image, mode: str) -> Image.Image:
    """Convert to `mode` on white: transparent parts of a PNG are paper."""
    if "A" in image.getbands() or "transparency" in image.info:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    if image.mode in ("I", "I;16", "F"):  # 16-bit scans: keep the upper eight
        image = Image.fromarray((np.asarray(image, dtype=np.float64) / 257).clip(0, 255).astype(np.uint8))
    return image.convert(mode)


_GREY_SPACES = (pdfium_c.FPDF_COLORSPACE_DEVICEGRAY, pdfium_c.FPDF_COLORSPACE_CALGRAY)
_OPENERS: dict[str, type[Pdf] | type[PlainText] | type[Picture]] = {
    "application/pdf": Pdf,
    "text/plain": PlainText,
}

__all__ = ["RASTER_PIXELS", "PageSource", "PlainText", "Raster", "decode", "open_pages", "open_source", "text_lines"]
