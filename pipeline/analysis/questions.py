"""Canned questions: a name, what may be given, and the SQL that answers it.

A text that is given without marks matches whatever it may stand for; given with marks it means itself. What is not
given does not narrow the answer. Every answer begins with what leads back to the paper: file, n and page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from pipeline.errors import UsageError

Kind = Literal["text", "number", "year", "day", "choice"]


@dataclass(frozen=True)
class Parameter:
    """Something that may be given; `required` ones come without a dash on the command line."""

    name: str
    kind: Kind
    about: str
    required: bool = False
    choices: tuple[str, ...] = ()
    default: Any = None


@dataclass(frozen=True)
class Question:
    """A canned question; ``$name`` in its SQL is a parameter, null where it was not given.

    ``$rows`` limits the answer: the first hundred of a million rows need not be sorted with all the others.
    """

    name: str
    about: str
    parameters: tuple[Parameter, ...]
    sql: str

    def values(self, given: Mapping[str, Any], rows: int | None = None) -> dict[str, Any]:
        """Return a value for every parameter; where only `rows` rows are wanted, one more is asked for, to know of it.

        Raises:
            UsageError: something unknown, missing, or not of its kind.
        """
        unknown = set(given) - {parameter.name for parameter in self.parameters}
        if unknown:
            raise UsageError(f"the question {self.name} takes no {', '.join(sorted(unknown))}")
        values = {parameter.name: _value(parameter, given.get(parameter.name)) for parameter in self.parameters}
        return {**values, "rows": None if rows is None else rows + 1}


def _value(parameter: Parameter, given: Any) -> Any:
    if given is None or given == "":
        if parameter.required:
            raise UsageError(f"{parameter.name} is missing: {parameter.about}")
        return parameter.default
    text = str(given)
    name = parameter.name if parameter.required else f"--{parameter.name}"
    try:
        if parameter.kind == "number":
            return float(text)
        if parameter.kind == "year":
            return int(text)
        if parameter.kind == "day":
            return _day(text)
    except ValueError:
        wanted = {"number": "a number", "year": "a year, as 2025", "day": "a day, as 2025-12-15 or 15/12/2025"}
        raise UsageError(f"{name} must be {wanted[parameter.kind]}, not {text!r}") from None
    if parameter.kind == "choice" and text not in parameter.choices:
        raise UsageError(f"{name} must be one of {', '.join(parameter.choices)}, not {text!r}")
    return text


def _day(text: str) -> date:
    if "/" in text:
        day, month, year = text.split("/")
        return date(int(year), int(month), int(day))
    return date.fromisoformat(text)


def _text(name: str, about: str, *, required: bool = False) -> Parameter:
    return Parameter(name, "text", about, required)


INDICATOR: Final = _text("indicator", "words of what is measured")
ISSUER: Final = _text("issuer", "words of the body that issued the document")
UNIT: Final = _text("unit", "words of who is to do it")
TASK: Final = _text("task", "words of what is to be done")
YEAR: Final = Parameter("year", "year", "the year it is for")
BEFORE: Final = Parameter("before", "day", "due before this day")
SINCE: Final = Parameter("since", "day", "due on or after this day")
ISSUED: Final = Parameter("issued", "year", "year of the document")

QUESTIONS: Final = (
    Question(
        "targets", "who promised what",
        (INDICATOR, YEAR, ISSUER, Parameter("least", "number", "figures of at least this"),
         Parameter("most", "number", "figures of at most this"),
         Parameter("direction", "choice", "what kind of promise",
                   choices=("reach", "increase", "decrease", "rank", "improve"))),
        """
        SELECT d.file, t.n, t.page, d.issuer, d.number, d.date, t.indicator, t.direction, t.comparator, t.value, t.unit,
               t.period, t.baseline, t.section, t.doubts, t.review
        FROM targets t JOIN documents d USING (document)
        WHERE ($indicator IS NULL OR found(t.indicator, t.indicator_key, $indicator))
          AND ($year IS NULL OR t.year = $year)
          AND ($issuer IS NULL OR found(d.issuer, d.issuer_key, $issuer) OR says(d.authority, $issuer))
          AND ($least IS NULL OR t.value >= $least) AND ($most IS NULL OR t.value <= $most)
          AND ($direction IS NULL OR t.direction = $direction)
        ORDER BY d.date DESC NULLS LAST, d.file, t.n LIMIT $rows
        """,
    ),
    Question(
        "results", "what was reached",
        (INDICATOR, YEAR, ISSUER, _text("subject", "words of whose outcome")),
        """
        SELECT d.file, r.n, r.page, d.issuer, d.number, d.date, r.indicator, r.subject, r.direction, r.value, r.max,
               r.unit, r.period, r.baseline, r.section, r.doubts, r.review
        FROM results r JOIN documents d USING (document)
        WHERE ($indicator IS NULL OR found(r.indicator, r.indicator_key, $indicator))
          AND ($year IS NULL OR r.year = $year)
          AND ($issuer IS NULL OR found(d.issuer, d.issuer_key, $issuer) OR says(d.authority, $issuer))
          AND ($subject IS NULL OR says(r.subject, $subject))
        ORDER BY d.date DESC NULLS LAST, d.file, r.n LIMIT $rows
        """,
    ),
    Question(
        "promises", "who promised what, on what basis, who is responsible, and what is due, document by document",
        (INDICATOR, YEAR, ISSUER, Parameter("least", "number", "figures of at least this"), BEFORE),
        """
        WITH chosen AS (
            SELECT d.file, t.n, t.page, d.issuer, d.number, d.date, t.display AS promise, t.period, document
            FROM targets t JOIN documents d USING (document)
            WHERE ($indicator IS NULL OR found(t.indicator, t.indicator_key, $indicator))
              AND ($year IS NULL OR t.year = $year)
              AND ($issuer IS NULL OR found(d.issuer, d.issuer_key, $issuer) OR says(d.authority, $issuer))
              AND ($least IS NULL OR t.value >= $least)
            ORDER BY d.date DESC NULLS LAST, d.file, t.n LIMIT $rows
        ), bases AS (
            SELECT document, string_agg(concat_ws(' ', kind, number), '; ' ORDER BY n) AS basis
            FROM "references" SEMI JOIN chosen USING (document)
            WHERE role = 'basis' AND number IS NOT NULL GROUP BY document
        ), leads AS (
            SELECT document, string_agg(DISTINCT array_to_string(units, '; '), '; ') AS lead
            FROM responsibilities SEMI JOIN chosen USING (document) WHERE role = 'lead' GROUP BY document
        ), dues AS (
            SELECT document, string_agg(concat(show_day(due), ' ', task), '; ' ORDER BY due, n) AS due
            FROM deadlines SEMI JOIN chosen USING (document) WHERE $before IS NULL OR due < $before GROUP BY document
        )
        SELECT file, n, page, issuer, number, date, promise, period, basis, lead, due
        FROM chosen LEFT JOIN bases USING (document) LEFT JOIN leads USING (document) LEFT JOIN dues USING (document)
        ORDER BY date DESC NULLS LAST, file, n
        """,
    ),
    Question(
        "due", "what is due, from running text and from tables",
        (BEFORE, SINCE, UNIT, TASK, ISSUER),
        """
        SELECT d.file, x.n, x.page, x.due, x.relation, x.task, x.units, d.issuer, d.number, d.date, x.origin, x.review
        FROM (
            SELECT document, n, page, due, relation, task, task_key, units, units_key, review, 'deadlines' AS origin
            FROM deadlines ANTI JOIN tasks USING (document, table_id, table_row)
            UNION ALL
            SELECT document, n, page, due, 'by', task, task_key, list_concat(lead, coordinate), units_key, review,
                   'tasks'
            FROM tasks WHERE due IS NOT NULL
        ) x JOIN documents d USING (document)
        WHERE ($before IS NULL OR x.due < $before) AND ($since IS NULL OR x.due >= $since)
          AND ($unit IS NULL OR found(array_to_string(x.units, '; '), x.units_key, $unit))
          AND ($task IS NULL OR found(x.task, x.task_key, $task))
          AND ($issuer IS NULL OR found(d.issuer, d.issuer_key, $issuer) OR says(d.authority, $issuer))
        ORDER BY x.due, d.file, x.n LIMIT $rows
        """,
    ),
    Question(
        "responsibilities", "who is to do what",
        (UNIT, TASK, ISSUER, ISSUED,
         Parameter("role", "choice", "in which role", choices=("lead", "coordinate", "monitor", "perform"))),
        """
        SELECT d.file, r.n, r.page, r.role, r.units, r.task, d.issuer, d.number, d.date, r.section, r.doubts, r.review
        FROM responsibilities r JOIN documents d USING (document)
        WHERE ($unit IS NULL OR found(array_to_string(r.units, '; '), r.units_key, $unit))
          AND ($task IS NULL OR found(r.task, r.task_key, $task))
          AND ($issuer IS NULL OR found(d.issuer, d.issuer_key, $issuer) OR says(d.authority, $issuer))
          AND ($issued IS NULL OR d.year = $issued) AND ($role IS NULL OR r.role = $role)
        ORDER BY d.date DESC NULLS LAST, d.file, r.n LIMIT $rows
        """,
    ),
    Question(
        "tasks", "work that tables assign",
        (UNIT, TASK, ISSUER, BEFORE, SINCE),
        """
        SELECT d.file, t.n, t.page, t.task, t.lead, t.coordinate, t.due_text, t.due, t.product, d.issuer, d.number,
               d.date, t.table_id, t.table_row, t.review
        FROM tasks t JOIN documents d USING (document)
        WHERE ($unit IS NULL OR found(array_to_string(list_concat(t.lead, t.coordinate), '; '), t.units_key, $unit))
          AND ($task IS NULL OR found(t.task, t.task_key, $task)) AND ($before IS NULL OR t.due < $before)
          AND ($since IS NULL OR t.due >= $since)
          AND ($issuer IS NULL OR found(d.issuer, d.issuer_key, $issuer) OR says(d.authority, $issuer))
        ORDER BY d.date DESC NULLS LAST, d.file, t.n LIMIT $rows
        """,
    ),
    Question(
        "cites", "which documents name a document",
        (_text("number", "its number, as 608/QĐ-UBND", required=True), Parameter("date", "day", "its day"),
         Parameter("role", "choice", "as their basis, or in passing", choices=("basis", "mention"))),
        """
        SELECT d.file, r.n, r.page, d.issuer, d.number, d.date, d.title, r.role, r.kind AS cited_kind,
               r.number AS cited_number, r.date_text AS cited_date, r.issuer AS cited_issuer, r.pinpoint, r.quote
        FROM "references" r JOIN documents d USING (document)
        WHERE r.number_key = number_key($number) AND ($date IS NULL OR r.date = $date)
          AND ($role IS NULL OR r.role = $role)
        ORDER BY d.date DESC NULLS LAST, d.file, r.n LIMIT $rows
        """,
    ),
    Question(
        "cited", "what a document rests on, and which of that the store has",
        (_text("number", "its number, as 127/KH-SYT", required=True), ISSUER),
        """
        SELECT c.file, c.n, c.page, c.role, c.kind, c.number, c.date_text AS date, c.title, c.pinpoint, c.cited_file,
               c.how
        FROM citations c JOIN documents d USING (document)
        WHERE d.number_key = number_key($number) AND ($issuer IS NULL OR found(d.issuer, d.issuer_key, $issuer))
        ORDER BY c.file, c.n LIMIT $rows
        """,
    ),
    Question(
        "conflicts", "the same indicator promised differently for the same year by one body",
        (INDICATOR, YEAR, ISSUER,
         Parameter("within", "choice", "among promises of one issuer, of one authority, or of all",
                   choices=("issuer", "authority", "all"), default="issuer")),
        """
        WITH promised AS (
            SELECT d.file, t.n, t.page, d.issuer, d.number, d.date, t.indicator, t.comparator, t.value, t.unit, t.year,
                   t.direction, t.baseline, hash(t.indicator_key, t.direction, t.unit, t.year, t.baseline) AS promise,
                   CASE $within WHEN 'issuer' THEN hash(d.authority, d.issuer_key)
                                WHEN 'authority' THEN hash(coalesce(d.authority, d.issuer_key)) ELSE 0 END AS body
            FROM targets t JOIN documents d USING (document)
            WHERE t.value IS NOT NULL AND t.year IS NOT NULL
              AND ($indicator IS NULL OR found(t.indicator, t.indicator_key, $indicator))
              AND ($year IS NULL OR t.year = $year)
              AND ($issuer IS NULL OR found(d.issuer, d.issuer_key, $issuer) OR says(d.authority, $issuer))
        ), differing AS (
            SELECT promise, body FROM promised GROUP BY ALL
            HAVING min(value) < max(value) OR min(comparator) < max(comparator)
        )
        SELECT file, n, page, issuer, number, date, indicator, direction, comparator, value, unit, year, baseline
        FROM promised SEMI JOIN differing USING (promise, body)
        ORDER BY issuer, indicator, year, date, file, n LIMIT $rows
        """,
    ),
    Question(
        "progress", "what was promised for a year beside what was reached in it, by the same body",
        (INDICATOR, YEAR, ISSUER),
        """
        WITH reached AS (
            SELECT hash(d.issuer_key, d.authority, r.indicator_key, r.unit, r.year) AS what,
                   arg_max((document, r.n), (coalesce(d.date, DATE '0001-01-01'), document, r.n)) AS last
            FROM results r JOIN documents d USING (document)
            WHERE r.direction IN ('level', 'rank') AND r.year IS NOT NULL AND ($year IS NULL OR r.year = $year)
              AND ($indicator IS NULL OR found(r.indicator, r.indicator_key, $indicator))
            GROUP BY ALL
        )
        SELECT d.file, t.n, t.page, d.issuer, t.indicator, t.comparator, t.value AS promised, t.unit, t.year,
               e.file AS result_file, r.n AS result_n, r.page AS result_page, r.value AS reached, r.max,
               CASE t.comparator WHEN '>=' THEN r.value >= t.value WHEN '>' THEN r.value > t.value
                    WHEN '<=' THEN r.value <= t.value WHEN '<' THEN r.value < t.value
                    ELSE r.value = t.value END AS kept
        FROM targets t JOIN documents d USING (document)
        JOIN reached ON what = hash(d.issuer_key, d.authority, t.indicator_key, t.unit, t.year)
        JOIN results r ON r.document = last[1] AND r.n = last[2]
        JOIN documents e ON e.document = r.document
        WHERE t.direction IN ('reach', 'rank')
          AND ($issuer IS NULL OR found(d.issuer, d.issuer_key, $issuer) OR says(d.authority, $issuer))
        ORDER BY d.issuer, t.indicator, t.year, d.file, t.n LIMIT $rows
        """,
    ),
    Question(
        "doubtful", "facts that may be wrong and that nobody has judged, the least sure first",
        (ISSUER, Parameter("kind", "choice", "of one kind only",
                           choices=("targets", "results", "references", "responsibilities", "deadlines", "tasks"))),
        """
        SELECT d.file, f.n, f.page, f.kind, f.text, f.doubts, f.confidence, d.issuer, d.number, d.date
        FROM facts f JOIN documents d USING (document)
        WHERE len(f.doubts) > 0 AND f.review IS NULL AND ($kind IS NULL OR f.kind = $kind)
          AND ($issuer IS NULL OR found(d.issuer, d.issuer_key, $issuer) OR says(d.authority, $issuer))
        ORDER BY f.confidence NULLS FIRST, d.file, f.kind, f.n LIMIT $rows
        """,
    ),
    Question(
        "bodies", "who issued how much, and how well it could be read",
        (ISSUER, ISSUED),
        """
        SELECT authority, issuer, count(*) AS documents, min(date) AS first, max(date) AS last,
               CAST(sum(n_targets) AS BIGINT) AS targets, CAST(sum(n_results) AS BIGINT) AS results,
               CAST(sum(n_deadlines) AS BIGINT) AS deadlines, CAST(sum(doubtful) AS BIGINT) AS doubtful,
               round(avg(confidence), 3) AS confidence
        FROM documents
        WHERE ($issuer IS NULL OR says(issuer, $issuer) OR says(authority, $issuer))
          AND ($issued IS NULL OR year = $issued)
        GROUP BY authority, issuer ORDER BY documents DESC, issuer, authority LIMIT $rows
        """,
    ),
)  # fmt: skip
BY_NAME: Final = {question.name: question for question in QUESTIONS}
