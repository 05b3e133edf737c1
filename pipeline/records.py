"""The types of a record: one JSON object per document, schema ``vanban/1``. The JSON Schema is generated from them.

Field names are fixed: analysts' queries and the scorer read them. None stands for "the page does not say".
A fact cannot be built without its evidence, so every fact leads back to its place on the paper.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Field, field_validator

from pipeline.ordered import ByName, Model

SCHEMA: Final = "vanban/1"


MAX_PAGE: Final = 1_000_000
MAX_WHOLE: Final = 2**53 - 1
Whole = Annotated[int, Field(ge=-MAX_WHOLE, le=MAX_WHOLE)]
"""A whole number that every reader of JSON takes for the same; tables and sheets have room for no larger one."""


class Evidence(Model):
    """Where a fact stands: page and lines count from 1; bbox in PDF points from the top left of the upright page."""

    page: Whole | None
    lines: tuple[Whole, Whole]
    bbox: tuple[float, float, float, float] | None
    quote: str
    span: tuple[Whole, Whole] = Field(description="offsets in the document's text: its lines joined by line feeds")


class Confidence(Model):
    """What a fact's confidence is the least of, each 0 to 1: the rule's own, the mean over the words that stand as they
    were read, and the mean over those that restoration changed (None where it changed none)."""

    rule: float
    reading: float | None = None
    restoration: float | None = None


class Fact(Model):
    """What every fact carries: its evidence, how sure it is (0 to 1), why it may be wrong, and which rule found it."""

    evidence: Evidence
    confidence: float | None = None
    parts: Confidence | None = Field(default=None, description="what the confidence is made of")
    doubts: list[str] = Field(default_factory=list)
    rule: str | None = None


class Signer(Model):
    """Who signed: *quyền hạn, chức vụ, họ tên người ký*."""

    capacity: str | None = None
    position: str | None = None
    name: str | None = None


class ElectronicSignature(Model):
    """An electronic signature (*chữ ký số*): of whom, for which organisation, when (ISO 8601).

    `source` tells whether the file's signature field says so or only the print on the page. Whether the signature is
    valid is not looked into.
    """

    signer: str | None = None
    organization: str | None = None
    time: str | None = None
    source: Literal["field", "printed"]


class Header(Model):
    """Header and foot as Decree 30/2020/NĐ-CP lays a document out; `title` is the *trích yếu*, `recipients` *nơi nhận*.

    `evidence` has one entry for each field that was found.
    """

    authority: str | None = None
    issuer: str | None = None
    number: str | None = None
    kind: str | None = None
    place: str | None = None
    date: str | None = None
    title: str | None = None
    signer: Signer = Field(default_factory=Signer)
    recipients: list[str] = Field(default_factory=list)
    signature: ElectronicSignature | None = Field(default=None, description="the earliest electronic signature")
    further_signatures: list[ElectronicSignature] = Field(default_factory=list, description="those after it")
    evidence: ByName[Evidence] = Field(default_factory=dict)
    doubts: ByName[list[str]] = Field(default_factory=dict)


class Section(Fact):
    """An enumerated node; `id` joins the bare labels of its ancestors and its own by ``/``."""

    id: str
    label: str
    depth: Whole
    heading: str | None
    text: str


Comparator = Literal[">=", ">", "<=", "<", "="]
_SIGNS: Final[dict[Comparator, str]] = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "=": "="}


def in_short(indicator: str, comparator: Comparator, value: float, unit: str | None) -> str:
    """Return a target as people write it in short: ``PAR INDEX ≥ 75,5 điểm``, with the decimal comma."""
    figure, space = f"{value:.15g}".replace(".", ","), "" if not unit or unit.startswith("%") else " "
    return f"{indicator} {_SIGNS[comparator]} {figure}{space}{unit or ''}"


class Target(Fact):
    """A stated quantity, rank or improvement that the document's author commits to (*mục tiêu, chỉ tiêu*)."""

    indicator: str
    direction: Literal["reach", "increase", "decrease", "rank", "improve"]
    comparator: Comparator | None
    value: float | Whole | None
    unit: str | None
    period: str | None
    baseline: str | None
    display: str
    section: str | None
    table: str | None = Field(default=None, description="the table it was read from, see Task")
    row: Whole | None = None


class Result(Fact):
    """A measured outcome that the document reports as reached (*kết quả*)."""

    indicator: str
    subject: str | None
    direction: Literal["level", "increase", "decrease", "rank"]
    value: float | Whole
    max: float | Whole | None
    unit: str | None
    period: str | None
    baseline: str | None
    section: str | None
    table: str | None = Field(default=None, description="the table it was read from, see Task")
    row: Whole | None = None


class Reference(Fact):
    """Another document named by this one; `mentions` are all its places, `evidence` the first of them."""

    kind: str
    number: str | None
    date: str | None
    issuer: str | None
    title: str | None
    pinpoint: str | None
    role: Literal["basis", "mention"]
    mentions: list[Evidence]


class Responsibility(Fact):
    """Units given something to do (*chủ trì, phối hợp, theo dõi, thực hiện*); `unit_keys` go with `units`, in order."""

    role: Literal["lead", "coordinate", "monitor", "perform"]
    units: list[str]
    unit_keys: list[str] = Field(default_factory=list, description="the same body, the same key, however printed")
    task: str
    section: str | None
    table: str | None = Field(default=None, description="the table it was read from, see Task")
    row: Whole | None = None


class Deadline(Fact):
    """A date by which, or on which, something is due."""

    due: str
    relation: Literal["before", "by", "on"]
    task: str
    units: list[str]
    unit_keys: list[str] = Field(default_factory=list, description="as those of a responsibility")
    section: str | None
    table: str | None = Field(default=None, description="the table it was read from, see Task")
    row: Whole | None = None


ColumnKind = Literal[
    "ordinal", "task", "indicator", "measure", "lead", "coordinate", "due", "product", "value", "score", "note", "other"
]
"""What a table's column holds; ``measure`` is the unit of measure (*đơn vị tính*), units that work are ``lead``."""


class Due(Model):
    """When a task is to be done: the words, and the days they begin and end with (ISO), None where they give none."""

    text: str
    from_: str | None = Field(default=None, alias="from")
    to: str | None = None

    model_config = ConfigDict(extra="forbid", validate_assignment=True, populate_by_name=True)


class Task(Fact):
    """A table row that assigns work (*nhiệm vụ*); `evidence` is that of the cell which names the work.

    `row` counts the rows of the table's body from 1; `groups` are the headings of the groups that the row stands in,
    the widest first; `cells` is the evidence of each further field by its name.
    """

    task: str
    lead: list[str]
    coordinate: list[str]
    due: Due | None
    product: str | None
    table: str
    row: Whole
    section: str | None
    groups: list[str] = Field(default_factory=list)
    cells: ByName[Evidence] = Field(default_factory=dict)


class Cell(Model):
    """A cell of a table; a span above 1 means that it covers further rows or columns."""

    text: str
    row_span: Whole = 1
    col_span: Whole = 1
    bbox: tuple[float, float, float, float] | None = None
    confidence: float | None = None
    doubts: list[str] = Field(default_factory=list)


class Row(Model):
    """A row of a table's body, on the page where it begins.

    A row of kind ``group`` heads those after it ("I. Lĩnh vực …"); `level` counts the groups that a row stands in.
    """

    page: Whole | None
    cells: list[Cell]
    kind: Literal["body", "group", "total"] = "body"
    level: Whole = 0


class Column(Model):
    """A column of a table: its heading, what it holds, and the year (or quarter …) that its heading names."""

    label: str
    kind: ColumnKind
    period: str | None = None


class Table(Model):
    """A table with its (repeated) head taken out of the rows; `notes` stand under it, `section` is the node it is in.

    `columns` has one entry a column, in their order, as `head` has.
    """

    id: str
    title: str | None
    pages: list[Whole]
    head: list[str]
    rows: list[Row]
    columns: list[Column] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list)
    section: str | None = None
    doubts: list[str] = Field(default_factory=list)


class DoubtedWord(Model):
    """A word that a person should look at: why, and what else it was read as."""

    text: str
    bbox: tuple[float, float, float, float] | None
    doubts: list[str]
    alternatives: list[str] = Field(default_factory=list)


class PageLine(Model):
    """A line as restored, as read, its box and its confidence."""

    text: str
    raw: str
    bbox: tuple[float, float, float, float] | None
    confidence: float
    role: str = "body"
    doubts: list[str] = Field(default_factory=list)
    doubted: list[DoubtedWord] = Field(default_factory=list, description="which words the doubts are about")


class Mark(Model):
    """What was put on the paper beside the print, and where."""

    kind: Literal["seal", "stamp", "signature", "handwriting"]
    bbox: tuple[float, float, float, float]


class PageRecord(Model):
    """One page: where its text came from and its lines in reading order."""

    number: Whole
    width: float | None
    height: float | None
    text_source: Literal["layer", "decoded_layer", "ocr", "restored", "text", "none"]
    confidence: float | None
    dpi: Whole | None = None
    rotation_degrees: Whole = 0
    skew_degrees: float = 0.0
    layer: ByName[float | str | bool] = Field(default_factory=dict)
    marks: list[Mark] = Field(default_factory=list, description="seals, stamps, signatures, a pen's writing")
    lines: list[PageLine]


class Source(Model):
    """The file that the record was made from."""

    path: str
    sha256: str
    bytes: Whole
    media_type: str
    pages: Whole


class Warning(Model):
    """Something a person should know: which page, a code for machines, a sentence for people."""

    page: Whole | None = None
    code: str
    message: str


class Attachment(Model):
    """A document within the document (*văn bản ban hành kèm theo, phụ lục*): its own header over its own nodes.

    Its facts stand in the record's lists with the others; `sections` are the ids of its nodes. `promulgated_by` is the
    number of the document that its header says it came with.
    """

    header: Header
    promulgated_by: str | None
    pages: tuple[Whole, Whole] | None
    sections: list[str]
    evidence: Evidence


class Facts(Model):
    """What parsing finds in a document's text."""

    header: Header = Field(default_factory=Header)
    sections: list[Section] = Field(default_factory=list)
    targets: list[Target] = Field(default_factory=list)
    results: list[Result] = Field(default_factory=list)
    references: list[Reference] = Field(default_factory=list)
    responsibilities: list[Responsibility] = Field(default_factory=list)
    deadlines: list[Deadline] = Field(default_factory=list)
    tables: list[Table] = Field(default_factory=list)
    tasks: list[Task] = Field(default_factory=list)
    attachments: list[Attachment] = Field(default_factory=list)
    warnings: list[Warning] = Field(default_factory=list)


class Record(Model):
    """The whole record, as it stands in ``OUT/<name>.json``."""

    schema_: Literal["vanban/1"] = Field(default=SCHEMA, alias="schema")
    producer: str
    settings: str = Field(description="what else than the input decides the record; part of the skip key")
    source: Source
    header: Header
    sections: list[Section]
    targets: list[Target]
    results: list[Result]
    references: list[Reference]
    responsibilities: list[Responsibility]
    deadlines: list[Deadline]
    tables: list[Table]
    tasks: list[Task] = Field(default_factory=list)
    attachments: list[Attachment] = Field(default_factory=list)
    pages: list[PageRecord]
    warnings: list[Warning]

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    @field_validator("pages")
    @classmethod
    def _each_once(cls, pages: list[PageRecord]) -> list[PageRecord]:
        numbers = [page.number for page in pages]
        if numbers != sorted(set(numbers)) or (numbers and not 1 <= numbers[0] <= numbers[-1] <= MAX_PAGE):
            raise ValueError("pages stand in their order, each once, counted from 1")
        return pages


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a record, as committed in ``pipeline/record.schema.json``."""
    return Record.model_json_schema(by_alias=True)
