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
    """A canned question; ``$name`` in its SQL is a parameter, null where it was not given."""

    name: str
    about: str
    parameters: tuple[Parameter, ...]
    sql: str

    def values(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return a value for every parameter.

        Raises:
            UsageError: something unknown, missing, or not of its kind.
        """
        unknown = set(given) - {parameter.name for parameter in self.parameters}
        if unknown:
            raise UsageError(f"the question {self.name} takes no {', '.join(sorted(unknown))}")
        return {parameter.name: _value(parameter, given.get(parameter.name)) for parameter in self.parameters}


def _value(parameter: Parameter, given: Any) -> Any:
    if given is None or given == "":
        if parameter.required:
            raise UsageError(f"{parameter.name} is missing: {parameter.about}", advice="")
        return parameter.default
    text = str(given)
    try:
        if parameter.kind == "number":
            return float(text)
        if parameter.kind == "year":
            return int(text)
        if parameter.kind == "day":
            return _day(text)
    except ValueError:
        expected = {"number": "a number", "year": "a year", "day": "a day, as 2025-12-15 or 15/12/2025"}
        raise UsageError(f"{parameter.name} is to be {expected[parameter.kind]}, not {text!r}", advice="") from None
    if parameter.kind == "choice" and text not in parameter.choices:
        raise UsageError(f"{parameter.name} is one of {', '.join(parameter.choices)}, not {text!r}", advice="")
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

_BASIS: Final = """(
    SELECT string_agg(concat_ws(' ', b.kind, b.number), '; ' ORDER BY b.n)
    FROM "references" b WHERE b.document = d.document AND b.role = 'basis' AND b.number IS NOT NULL)"""

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
        WHERE ($indicator IS NULL OR says(t.indicator, $indicator)) AND ($year IS NULL OR t.year = $year)
          AND ($issuer IS NULL OR says(d.issuer, $issuer) OR says(d.authority, $issuer))
          AND ($least IS NULL OR t.value >= $least) AND ($most IS NULL OR t.value <= $most)
          AND ($direction IS NULL OR t.direction = $direction)
        ORDER BY d.date DESC NULLS LAST, d.file, t.n
        """,
    ),
    Question(
        "results", "what was reached",
        (INDICATOR, YEAR, ISSUER, _text("subject", "words of whose outcome")),
        """
        SELECT d.file, r.n, r.page, d.issuer, d.number, d.date, r.indicator, r.subject, r.direction, r.value, r.max,
               r.unit, r.period, r.baseline, r.section, r.doubts, r.review
        FROM results r JOIN documents d USING (document)
        WHERE ($indicator IS NULL OR says(r.indicator, $indicator)) AND ($year IS NULL OR r.year = $year)
          AND ($issuer IS NULL OR says(d.issuer, $issuer) OR says(d.authority, $issuer))
          AND ($subject IS NULL OR says(r.subject, $subject))
        ORDER BY d.date DESC NULLS LAST, d.file, r.n
        """,
    ),
    Question(
        "promises", "who promised what, on what basis, who is responsible, and what is due, document by document",
        (INDICATOR, YEAR, ISSUER, Parameter("least", "number", "figures of at least this"), BEFORE),
        f"""
        SELECT d.file, t.n, t.page, d.issuer, d.number, d.date, t.display AS promise, t.period, {_BASIS} AS basis,
               (SELECT string_agg(DISTINCT array_to_string(r.units, '; '), '; ') FROM responsibilities r
                WHERE r.document = t.document AND r.role = 'lead') AS lead,
               (SELECT string_agg(concat(show_day(x.due), ' ', x.task), '; ' ORDER BY x.due) FROM deadlines x
                WHERE x.document = t.document AND ($before IS NULL OR x.due < $before)) AS due
        FROM targets t JOIN documents d USING (document)
        WHERE ($indicator IS NULL OR says(t.indicator, $indicator)) AND ($year IS NULL OR t.year = $year)
          AND ($issuer IS NULL OR says(d.issuer, $issuer) OR says(d.authority, $issuer))
          AND ($least IS NULL OR t.value >= $least)
        ORDER BY d.date DESC NULLS LAST, d.file, t.n
        """,
    ),
    Question(
        "due", "what is due, from running text and from tables",
        (BEFORE, SINCE, UNIT, TASK, ISSUER),
        """
        SELECT d.file, x.n, x.page, x.due, x.relation, x.task, x.units, d.issuer, d.number, d.date, x.origin, x.review
        FROM (
            SELECT document, n, page, due, relation, task, units, review, 'deadlines' AS origin
            FROM deadlines ANTI JOIN tasks USING (document, table_id, table_row)
            UNION ALL
            SELECT document, n, page, due, 'by', task, list_concat(lead, coordinate), review, 'tasks'
            FROM tasks WHERE due IS NOT NULL
        ) x JOIN documents d USING (document)
        WHERE ($before IS NULL OR x.due < $before) AND ($since IS NULL OR x.due >= $since)
          AND ($unit IS NULL OR says(array_to_string(x.units, '; '), $unit))
          AND ($task IS NULL OR says(x.task, $task))
          AND ($issuer IS NULL OR says(d.issuer, $issuer) OR says(d.authority, $issuer))
        ORDER BY x.due, d.file, x.n
        """,
    ),
    Question(
        "responsibilities", "who is to do what",
        (UNIT, TASK, ISSUER, ISSUED,
         Parameter("role", "choice", "in which role", choices=("lead", "coordinate", "monitor", "perform"))),
        """
        SELECT d.file, r.n, r.page, r.role, r.units, r.task, d.issuer, d.number, d.date, r.section, r.doubts, r.review
        FROM responsibilities r JOIN documents d USING (document)
        WHERE ($unit IS NULL OR says(array_to_string(r.units, '; '), $unit)) AND ($task IS NULL OR says(r.task, $task))
          AND ($issuer IS NULL OR says(d.issuer, $issuer) OR says(d.authority, $issuer))
          AND ($issued IS NULL OR d.year = $issued) AND ($role IS NULL OR r.role = $role)
        ORDER BY d.date DESC NULLS LAST, d.file, r.n
        """,
    ),
    Question(
        "tasks", "work that tables assign",
        (UNIT, TASK, ISSUER, BEFORE, SINCE),
        """
        SELECT d.file, t.n, t.page, t.task, t.lead, t.coordinate, t.due_text, t.due, t.product, d.issuer, d.number,
               d.date, t.table_id, t.table_row, t.review
        FROM tasks t JOIN documents d USING (document)
        WHERE ($unit IS NULL OR says(array_to_string(list_concat(t.lead, t.coordinate), '; '), $unit))
          AND ($task IS NULL OR says(t.task, $task)) AND ($before IS NULL OR t.due < $before)
          AND ($since IS NULL OR t.due >= $since)
          AND ($issuer IS NULL OR says(d.issuer, $issuer) OR says(d.authority, $issuer))
        ORDER BY d.date DESC NULLS LAST, d.file, t.n
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
        ORDER BY d.date DESC NULLS LAST, d.file, r.n
        """,
    ),
    Question(
        "cited", "what a document rests on, and which of that the store has",
        (_text("number", "its number, as 127/KH-SYT", required=True), ISSUER),
        """
        SELECT c.file, c.n, c.page, c.role, c.kind, c.number, c.date_text AS date, c.title, c.pinpoint, c.cited_file,
               c.how
        FROM citations c JOIN documents d USING (document)
        WHERE d.number_key = number_key($number) AND ($issuer IS NULL OR says(d.issuer, $issuer))
        ORDER BY c.file, c.n
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
                   CASE $within WHEN 'issuer' THEN concat_ws('|', key(d.authority), d.issuer_key)
                                WHEN 'authority' THEN coalesce(key(d.authority), d.issuer_key) ELSE '' END AS body
            FROM targets t JOIN documents d USING (document)
            WHERE t.value IS NOT NULL AND t.year IS NOT NULL
              AND ($indicator IS NULL OR says(t.indicator, $indicator)) AND ($year IS NULL OR t.year = $year)
              AND ($issuer IS NULL OR says(d.issuer, $issuer) OR says(d.authority, $issuer))
        ), differing AS (
            SELECT promise, body FROM promised GROUP BY ALL
            HAVING count(DISTINCT (value, comparator)) > 1
        )
        SELECT file, n, page, issuer, number, date, indicator, direction, comparator, value, unit, year, baseline
        FROM promised SEMI JOIN differing USING (promise, body)
        ORDER BY issuer, indicator, year, date, file, n
        """,
    ),
    Question(
        "progress", "what was promised for a year beside what was reached in it, by the same body",
        (INDICATOR, YEAR, ISSUER),
        """
        SELECT d.file, t.n, t.page, d.issuer, t.indicator, t.comparator, t.value AS promised, t.unit, t.year,
               e.file AS result_file, r.n AS result_n, r.page AS result_page, r.value AS reached, r.max,
               CASE t.comparator WHEN '>=' THEN r.value >= t.value WHEN '>' THEN r.value > t.value
                    WHEN '<=' THEN r.value <= t.value WHEN '<' THEN r.value < t.value
                    ELSE r.value = t.value END AS kept
        FROM targets t JOIN documents d USING (document)
        JOIN results r ON r.indicator_key = t.indicator_key AND r.year = t.year AND r.unit = t.unit
        JOIN documents e ON e.document = r.document AND e.issuer_key = d.issuer_key
             AND e.authority IS NOT DISTINCT FROM d.authority
        WHERE t.direction IN ('reach', 'rank') AND r.direction IN ('level', 'rank')
          AND ($indicator IS NULL OR says(t.indicator, $indicator)) AND ($year IS NULL OR t.year = $year)
          AND ($issuer IS NULL OR says(d.issuer, $issuer) OR says(d.authority, $issuer))
        ORDER BY d.issuer, t.indicator, t.year, d.file, t.n
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
          AND ($issuer IS NULL OR says(d.issuer, $issuer) OR says(d.authority, $issuer))
        ORDER BY f.confidence NULLS FIRST, d.file, f.kind, f.n
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
        GROUP BY authority, issuer ORDER BY documents DESC, issuer, authority
        """,
    ),
)  # fmt: skip
BY_NAME: Final = {question.name: question for question in QUESTIONS}
