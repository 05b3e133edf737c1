"""A page's picture made fit to be read: what is undone, what is taken out, and what must stay."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw

from pipeline import cleaning
from pipeline.document import Page
from pipeline.ruling import grids
from tests.scanned import drawing, pixels

DPI = 150


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_turned_page_comes_out_upright(degrees: int) -> None:
    turned = drawing().rotate(degrees, expand=True, fillcolor="white")  # counter-clockwise
    page = cleaning.clean(pixels(turned), DPI)
    assert page.rotation_degrees == degrees
    assert page.width < page.height
    upright = cleaning.clean(pixels(drawing()), DPI).gray
    assert np.abs(page.gray.astype(int) - upright.astype(int)).mean() < 2


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_turned_page_of_short_cells_comes_out_upright(degrees: int) -> None:
    column = pixels(drawing(lines=("kho tư liệu", "đã nộp đủ"), repeat=8))
    cells = np.minimum(np.minimum(column, np.roll(column, 240, axis=1)), np.roll(column, 480, axis=1))
    ruled = table(Image.fromarray(cells), [65, 305, 545, 800], list(range(84, 720, 78)))
    turned = ruled.rotate(degrees, expand=True, fillcolor="white")
    assert cleaning.clean(pixels(turned), DPI).rotation_degrees == degrees


@pytest.mark.parametrize("degrees", [-4.0, -1.3, -0.4, 0.6, 2.2, 4.5])
def test_skew_is_measured_and_undone(degrees: float) -> None:
    skewed = drawing().rotate(-degrees, resample=Image.Resampling.BICUBIC, fillcolor="white")
    page = cleaning.clean(pixels(skewed), DPI)
    assert page.skew_degrees == pytest.approx(degrees, abs=0.15)
    assert page.rotation_degrees == 0
    assert abs(cleaning.clean(page.gray, page.dpi).skew_degrees) < 0.25


def test_a_straight_page_is_left_straight() -> None:
    assert cleaning.clean(pixels(drawing()), DPI).skew_degrees == 0.0


def test_a_red_seal_goes_and_the_black_print_under_it_stays() -> None:
    plain = drawing()
    sealed = plain.copy()
    pen = ImageDraw.Draw(sealed)
    for radius in range(60, 130, 9):
        pen.ellipse((300 - radius, 300 - radius, 300 + radius, 300 + radius), outline=(215, 40, 50), width=4)
    darkest = np.minimum(pixels(sealed).min(axis=2), 255)
    black = pixels(plain).max(axis=2) < 60
    sealed_black = Image.fromarray(np.where(black[..., None], pixels(plain), pixels(sealed)))
    gray = cleaning.clean(pixels(sealed_black), DPI).gray
    clean = cleaning.clean(pixels(plain), DPI).gray
    assert (darkest < 100).sum() > (pixels(plain).min(axis=2) < 100).sum()  # the seal was there
    assert ((gray < 100) & (clean > 200)).mean() < 0.0005
    assert ((clean < 60) & (gray > 150)).sum() < 0.001 * (clean < 60).sum()


def test_print_that_is_coloured_throughout_is_kept() -> None:
    blue = pixels(drawing()).copy()
    ink = blue.max(axis=2) < 128
    blue[ink] = (20, 30, 190)
    assert (cleaning.clean(blue, DPI).gray < 128).sum() > 0.5 * ink.sum()


def test_a_shadow_over_the_page_is_evened() -> None:
    page = pixels(drawing().convert("L")).astype(float)
    shade = np.linspace(1.0, 0.45, page.shape[1])[None, :]
    gray = cleaning.clean((page * shade).astype(np.uint8), DPI).gray
    paper = np.asarray(gray)[: int(0.4 * DPI)]
    assert paper.min() > 215


def test_black_borders_go_and_the_text_stays() -> None:
    page = pixels(drawing().convert("L")).copy()
    page[:, :25] = 5
    page[-30:, :] = 8
    gray = cleaning.clean(page, DPI).gray
    assert (gray[:, :20] > 200).mean() > 0.98
    assert (gray[-25:, :] > 200).mean() > 0.98
    assert (gray < 100).sum() > 0.9 * (pixels(drawing().convert("L")) < 100).sum()


def test_specks_of_a_bilevel_scan_go_and_full_stops_stay() -> None:
    page = np.where(pixels(drawing(dpi=200).convert("L")) < 128, 0, 255).astype(np.uint8)
    ink_before = (page == 0).sum()
    spots = np.random.default_rng(5).integers(0, min(page.shape), (400, 2))
    specked = page.copy()
    specked[spots[:, 0], spots[:, 1]] = 0
    gray = cleaning.drop_specks(specked, 200)
    assert ((gray == 0) & (page == 255)).sum() < 60  # what grew together with a letter cannot be told from it
    assert (gray == 0).sum() >= 0.99 * ink_before


def table(page: Image.Image, xs: list[int], ys: list[int]) -> Image.Image:
    """Rule a table at these places, without the line between the first two cells of the last row."""
    pen = ImageDraw.Draw(page)
    for y in ys:
        pen.line((xs[0], y, xs[-1], y), fill="black", width=2)
    for x in xs:
        pen.line((x, ys[0], x, ys[-2] if x == xs[1] else ys[-1]), fill="black", width=2)
    return page


def test_the_cells_of_a_ruled_table_are_found_with_their_spans() -> None:
    xs, ys = [80, 200, 480, 780], [700, 760, 840, 900, 980]
    page = cleaning.clean(pixels(table(drawing(repeat=2), xs, ys)), DPI)
    (grid,) = grids(page.ruling)
    assert (grid.row_count, grid.column_count, len(grid.cells)) == (4, 3, 11)
    spanning = [cell for cell in grid.cells if cell.column_span == 2]
    assert [(cell.row, cell.column) for cell in spanning] == [(3, 0)]
    assert grid.box.x0 == pytest.approx(80 * 72 / DPI, abs=3)
    assert grid.box.y1 == pytest.approx(980 * 72 / DPI, abs=3)


def test_text_alone_makes_no_table() -> None:
    assert grids(cleaning.clean(pixels(drawing()), DPI).ruling) == []


@pytest.mark.parametrize("value", [0, 128, 255])
def test_a_page_of_one_colour_is_no_trouble(value: int) -> None:
    page = cleaning.clean(np.full((400, 300), value, np.uint8), DPI)
    assert (page.rotation_degrees, page.skew_degrees, page.marks) == (0, 0.0, [])


def test_a_photograph_is_not_turned_by_chance() -> None:
    noise = np.random.default_rng(1).normal(128, 50, (60, 45, 3)).clip(0, 255).astype(np.uint8)
    photograph = np.asarray(Image.fromarray(noise).resize((900, 1200), Image.Resampling.BICUBIC), dtype=np.uint8)
    assert cleaning.clean(photograph, DPI).rotation_degrees == 0


@pytest.mark.parametrize("shape", [(1, 1), (1, 900), (900, 1), (3, 3, 3)])
def test_tiny_pictures_are_no_trouble(shape: tuple[int, ...]) -> None:
    assert cleaning.clean(np.zeros(shape, np.uint8), 300).gray.ndim == 2


def test_sixty_megapixels_are_made_smaller_with_a_warning() -> None:
    page = cleaning.clean(np.full((10_000, 6_000), 255, np.uint8), 300)
    assert page.fine.size <= cleaning.MAX_PIXELS
    assert page.width == pytest.approx(6_000 * 72 / 300, rel=0.01)
    assert len(page.warnings) == 1


def test_six_hundred_dpi_are_read_at_half_of_that() -> None:
    page = cleaning.clean(pixels(drawing(dpi=600).convert("L")), 600)
    assert page.fine_dpi == pytest.approx(300, abs=1)
    assert page.width == pytest.approx(5.83 * 72, abs=1)
    assert page.warnings == []


@pytest.mark.parametrize(
    "image", [np.zeros((5, 5), np.float64), np.zeros((5, 5, 4), np.uint8), np.zeros((0, 5), np.uint8)]
)
def test_what_is_no_picture_is_refused(image: npt.NDArray[np.generic]) -> None:
    with pytest.raises(ValueError):
        cleaning.clean(image, DPI)


@pytest.mark.parametrize("degrees", [-2.3, 1.7])
def test_a_place_on_the_level_page_is_found_again_on_the_skewed_scan(degrees: float) -> None:
    """Within three pixels, at the edge of the page where the skew moves most."""
    bar = (760, 930, 800, 944)
    sheet, alone = drawing(), Image.new("L", drawing().size, 255)
    for picture in (sheet, alone):
        ImageDraw.Draw(picture).rectangle(bar, fill=0 if picture.mode == "L" else "black")
    turned = [picture.rotate(-degrees, Image.Resampling.BICUBIC, fillcolor="white") for picture in (sheet, alone)]
    ys, xs = np.nonzero(pixels(turned[1]) < 128)
    seen = (xs.min(), ys.min(), xs.max(), ys.max())
    clean = cleaning.clean(pixels(turned[0]), DPI)
    page = Page(1, clean.width, clean.height, "ocr", skew_degrees=round(clean.skew_degrees, 2))
    found = [[value * DPI / 72 for value in page.as_scanned(mark)] for mark in clean.marks]
    nearest = min(found, key=lambda box: sum(abs(a - b) for a, b in zip(box, seen, strict=True)))
    assert nearest == pytest.approx(seen, abs=3.0)
