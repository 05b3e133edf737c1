"""`vanban look`: one page with what was found drawn over it, for people who debug a scan."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline import intake
from pipeline.commands.console import Commands, add_command, positive, say
from pipeline.errors import OutputError, UsageError, counted


def register(commands: Commands) -> None:
    """Add the command to the parser."""
    look = add_command(commands, "look", help="draw what was found on a page over its picture")
    look.add_argument("file", type=Path, metavar="FILE", help="a PDF, TIFF, PNG or JPEG")
    look.add_argument("--page", type=positive, default=1, metavar="N", help="which page, counted from 1 (default: 1)")
    look.add_argument("--out", required=True, type=Path, metavar="PAGE.png", help="the picture to write")
    look.add_argument(
        "--page-seconds", type=positive, default=120, metavar="N", help="longest time for the page (default: 120)"
    )
    look.set_defaults(handler=_run)


def _run(options: argparse.Namespace) -> int:
    """Read the page, draw, write; a page that could not be read is drawn bare, and said to be so."""
    if options.out.suffix.lower() != ".png":
        raise UsageError("--out must name a .png file", path=options.out)
    media_type = intake.identify(options.file).media_type
    from pipeline import drawing, run  # loading the readers takes a second that an error need not wait
    from pipeline.pages import open_pages

    settings = run.Settings(page_seconds=options.page_seconds)
    with open_pages(options.file, media_type) as source:
        if options.page > source.count:
            pages = counted(source.count, "page")
            raise UsageError(f"there is no page {options.page}: the document has {pages}", path=options.file)
        raster = source.raster(options.page, options.page_seconds)
        if raster is None:
            raise UsageError("plain text has no picture to look at", path=options.file)
        page = run.read_page(source, options.file, options.page, settings)
    try:
        drawing.draw(raster.pixels, page).save(options.out, optimize=True)
    except OSError as error:
        raise OutputError(
            f"the picture cannot be written ({(error.strerror or str(error)).lower()})", path=options.out
        ) from None
    for warning in page.warnings:
        say(f"Page {page.number}: {warning.message}")
    said = f"Page {page.number} of {options.file.name}: {counted(len(page.lines), 'line')} ({page.text_source})"
    if page.confidence is not None:
        doubts = sum(bool(word.doubts) for line in page.lines for word in line.words)
        said += f", confidence {page.confidence:.2f}, {counted(doubts, 'word')} in doubt"
    say(f"{said} -> {options.out}")
    return 0
