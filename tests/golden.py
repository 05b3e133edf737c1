"""Snapshots of our own output, to see what a change changes. They are diffed, never called truth.

`python -m tests.golden` writes them anew; commit them alone, with the reason.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.intake import Input
from pipeline.records import Record
from pipeline.run import extract

ROOT = Path(__file__).parents[1]
SAMPLES = sorted((ROOT / "corpus" / "built" / "text").glob("s*.pdf"))  # the unseen ones stay unseen
FOLDER = Path(__file__).parent / "golden"


def snapshot(path: Path) -> str:
    """Return the facts of a document, one a line, without boxes: what a person can read in a diff."""
    return "\n".join(_lines(extract(Input(path, path.name)))) + "\n"


def _lines(record: Record) -> list[str]:
    header = record.header
    names = [name for name in type(header).model_fields if name not in ("evidence", "doubts")]
    return [
        *(f"{name}: {getattr(header, name)}" for name in names),
        *(_line("section", s.id, s.heading) for s in record.sections),
        *(
            _line("target", t.section, t.display, t.direction, t.comparator, t.value, t.unit, t.period, t.baseline)
            for t in record.targets
        ),
        *(
            _line("result", r.section, r.indicator, r.direction, r.value, r.max, r.unit, r.period, r.baseline)
            for r in record.results
        ),
        *(
            _line("reference", r.role, r.kind, r.number, r.date, r.issuer, r.title, len(r.mentions))
            for r in record.references
        ),
        *(_line("responsibility", r.section, r.role, "; ".join(r.units), r.task) for r in record.responsibilities),
        *(_line("deadline", d.section, d.relation, d.due, "; ".join(d.units), d.task) for d in record.deadlines),
        *(_line("table", t.id, t.pages, " / ".join(t.head), len(t.rows)) for t in record.tables),
        *(
            _line(
                "task",
                t.table,
                t.row,
                t.task,
                "; ".join(t.lead),
                "; ".join(t.coordinate),
                t.due and (t.due.text, t.due.from_, t.due.to),
                t.product,
            )
            for t in record.tasks
        ),
        *(_line("warning", w.page, w.code, w.message) for w in record.warnings),
    ]


def _line(*values: object) -> str:
    return " | ".join("" if value is None else str(value) for value in values)


def main() -> None:
    """Write every snapshot."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.txt"):
        old.unlink()
    for path in SAMPLES:
        (FOLDER / f"{path.stem}.txt").write_text(snapshot(path), "utf-8")


if __name__ == "__main__":
    main()
