"""The components in the order in which they run, one a kind of fact: each may read what those before it found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from models.figures import FigureModel, load_figures
from pipeline.document import Document
from pipeline.parsing.attached import attachments
from pipeline.parsing.checks import checks
from pipeline.parsing.deadlines import deadlines
from pipeline.parsing.header import header
from pipeline.parsing.paragraphs import rejoin
from pipeline.parsing.reading import Reading
from pipeline.parsing.references import references
from pipeline.parsing.responsibilities import responsibilities
from pipeline.parsing.results import results
from pipeline.parsing.sections import sections
from pipeline.parsing.tablefigures import table_figures
from pipeline.parsing.tables import tables
from pipeline.parsing.targets import targets
from pipeline.parsing.tasks import tasks
from pipeline.parsing.zones import Zones, divide

COMPONENTS: Final[tuple[Callable[[Reading], None], ...]] = (
    header,
    sections,
    references,
    targets,
    results,
    responsibilities,
    deadlines,
    tables,
    tasks,
    table_figures,
    attachments,
    checks,
)


def read(document: Document, model: FigureModel | None = None) -> Reading:
    """Return a document read by all components; ``reading.facts`` are its facts.

    `model` judges figures in place of the one that is shipped. A component that runs into a time limit, or fails, costs
    its own facts and not the others'; a warning says so.
    """
    try:
        zones = divide(document)
    except TimeoutError:
        zones = Zones(body=[place for place in document.places if place.text.strip()])
    reading = Reading(document, zones, rejoin(zones), model=model or load_figures())
    for component in COMPONENTS:
        kind = component.__name__
        try:
            component(reading)
        except TimeoutError:
            reading.warn("pattern_timeout", f"{kind}: the text took too long to search; facts may be missing")
        except Exception as error:  # a fault of ours costs the rest of its kind, not the document
            reading.warn("rule_failed", f"{kind}: {type(error).__name__}: {error}; facts may be missing")
    return reading
