"""Responsibilities (*phân công trách nhiệm*): who leads, who coordinates, who monitors, who performs.

Four places say so: a label line ("Đơn vị chủ trì: …"), a node headed by a unit ("2. Văn phòng Sở"), a unit as the
subject of a sentence or bullet, and an order ("Giao …", "Yêu cầu …", "Đề nghị …").
"""

from __future__ import annotations

from typing import Final

import regex

from diacritics.folding import fold
from pipeline.parsing.assignees import BY_WHOM, HELPS, obliged_in, order_in, shares_of, subject_in
from pipeline.parsing.headings import looks_back, names_aims
from pipeline.parsing.labellines import Role, label_line
from pipeline.parsing.partners import lists_partners, opens_with_partners, partners_in
from pipeline.parsing.patterns import Bounded, Pattern
from pipeline.parsing.reading import Block, Node, Reading
from pipeline.parsing.sentences import clauses_of, sentences_of
from pipeline.parsing.unit_words import CAPTION
from pipeline.parsing.units import Subject, is_unit, listed_units, subject_of, unit_starts
from pipeline.records import Responsibility

_LEADS: Final = Pattern(
    "leads",
    r"(?<!(?<!là |làm )(?:cơ quan|đơn vị|tổ chức) )(?<!\p{L})chủ trì(?!\p{L})",
    "có trách nhiệm chủ trì",
    {},
)
_ALSO_LEADS: Final = Pattern(
    "also_leads", r"(?:đồng thời,? )?chủ trì(?!\p{L})(?:,? )?", "chủ trì, phối hợp với bộ tài chính", {}
)
_CITING: Final = Pattern(
    "cites_first", r"(?:căn cứ|thực hiện|thi hành|triển khai|xét|theo|sau khi)(?!\p{L})", "căn cứ luật", {}
)
_SERVICE_TITLES: Final = (
    "trach nhiem",
    "nhiem vu, giai phap",
    "nhiem vu va giai phap",
    "phan cong",
    "to chuc thuc hien",
    "noi dung",
    "nhiem vu",
)
_UNIT_HEADING: Final = Bounded(
    r"^(?:giao|đề nghị|yêu cầu|trách nhiệm(?: của)?|nhiệm vụ của|đối với|về phía|phân công)\s+(?=\p{L})",
    regex.IGNORECASE,
)
_MEMBERS: Final = tuple(f"{lead}{word}" for lead in ("", " ") for word in ("thanh phan", "gom ", "bao gom ", "gom:"))
_GIVES: Final = Bounded(r"giao (?:cho |nhiệm vụ cho |trách nhiệm cho )?")
_GIVEN: Final = ("giao ", "de nghi ", "yeu cau ", "trach nhiem cua ", "nhiem vu cua ")
"""Who is named behind these is given work, however small its letters."""
_PARTNERS: Final = ("phối hợp với:", "phối hợp cùng:", "phối hợp chặt chẽ với:")
""" "Chủ trì, phối hợp với:", over who is to help with what."""
_EACH: Final = ("mỗi ", "từng ")
"""Among goals these give work, where others are described: "Mỗi đơn vị tổ chức 02 buổi …"."""
_DIVIDES: Final = "phân công"
_MERE_DUTY: Final = Bounded(r" (?:có|chịu) trách nhiệm$")
_SCOPES: Final = (
    "doi tuong", "thanh phan", "pham vi", "noi dung kiem tra", "noi dung giam sat", "noi dung thanh tra", "don vi duoc",
)  # fmt: skip
"""Headings over lists of whom a document concerns."""
_OWN_VERBS: Final = (
    "kính ", "yêu cầu", "đề nghị", "thông báo để", "thông báo đến", "thông báo tới", "thông báo như sau", "biết ",
    "biết, ", "làm trưởng", "làm tổ trưởng", "làm phó",
)  # fmt: skip
_APART: Final = "riêng "
"""Stands before a subject of its own: "riêng các xã miền núi hoàn thành trước …"."""
_REPORTING: Final = ("báo cáo", "kính ", "trân trọng", "xin báo cáo")
"""What an author says of itself, and what makes somebody a chairman: no work."""


def responsibilities(reading: Reading) -> None:
    """Fill in ``facts.responsibilities``."""
    headed = _headed_nodes(reading)
    grouping = {node.parent.id for node in reading.nodes if node.parent is not None and node.id in headed}
    grouping |= _told_one_by_one(reading, headed)
    texts = {section.id: section.text for section in reading.facts.sections}
    for node in reading.nodes:
        if node.id in headed and node.id not in grouping:
            _node_performs(reading, node, texts.get(node.id, ""))
    over = ""
    for block in reading.blocks:
        if block.paragraph.zone == "table":
            continue
        under_unit = _under(block.node, headed) if block.part == "node" else False
        _read_block(reading, block, under_unit, over)
        if reading.text(block.paragraph.end - 1, block.paragraph.end) == ":":
            over = reading.text(max(block.paragraph.start, block.paragraph.end - 20), block.paragraph.end)
        elif not block.paragraph.bullet:
            over = ""
    reading.facts.responsibilities.sort(key=lambda fact: fact.evidence.span)


def _headed_nodes(reading: Reading) -> set[str]:
    """The nodes whose heading is a unit."""
    found = set()
    for node in reading.nodes:
        if node.heading and node.mood == "goal" and node.style not in ("phu luc", "phan", "chuong"):
            if _is_scope(node.parent):
                continue
            bare = _UNIT_HEADING.sub("", node.heading)
            title = _MERE_DUTY.sub("", bare)
            given = fold(node.heading).lower().startswith(_GIVEN)
            kind_of = not given and title.islower() and not title.startswith(("các ", "từng ", "mỗi ", "toàn thể "))
            if is_unit(title) and not kind_of and len(title.split()) < 30 and _says_more(reading, node):
                found.add(node.id)
    return found


def _told_one_by_one(reading: Reading, headed: set[str]) -> set[str]:
    """The nodes headed by a plural ("Đề nghị các cơ quan") all of whose children say who of them does what."""
    children: dict[str, list[bool]] = {}
    for node in reading.nodes:
        if node.parent is not None and node.parent.id in headed and " các " in f" {node.parent.heading} ".lower():
            block = reading.blocks[node.paragraphs[0]]
            start = block.words if node.heading is None else block.paragraph.end
            told = start < block.paragraph.end and subject_in(reading, start, block.paragraph.end) is not None
            children.setdefault(node.parent.id, []).append(told)
    return {parent for parent, told in children.items() if len(told) > 1 and all(told)}


def _is_scope(node: Node | None) -> bool:
    """Whether a node, or one above it, lists whom or what the document concerns."""
    while node is not None:
        if fold(node.heading or "").lower().startswith(_SCOPES):
            return True
        node = node.parent
    return False


def _says_more(reading: Reading, node: Node) -> bool:
    """Whether a node has words besides its heading: a list of units alone gives no work."""
    first = reading.blocks[node.paragraphs[0]]
    if reading.view.folded.startswith(_MEMBERS, first.words):
        return False  # "Ban lãnh đạo: gồm …" tells who belongs to it
    return node.children > 0 or len(node.paragraphs) > 1 or first.words < first.paragraph.end


def _under(node: Node | None, headed: set[str]) -> bool:
    while node is not None:
        if node.id in headed:
            return True
        node = node.parent
    return False


def _node_performs(reading: Reading, node: Node, content: str) -> None:
    block = reading.blocks[node.paragraphs[0]]
    text, low = reading.view.text, reading.view.low
    start = text.find(node.heading or "", block.paragraph.start)
    prefix = _UNIT_HEADING.match(node.heading or "")
    start += prefix.end() if prefix else 0
    subject = subject_of(text, low, start, block.paragraph.end)
    if subject is None:
        return
    title_end = text.find(node.heading or "", block.paragraph.start) + len(node.heading or "")
    if subject.predicate is None and subject.end < title_end:
        subject = listed_units(text, low, start, title_end)  # "Ủy ban Tài chính, Ngân sách": all of the title
    task = " ".join(content.split()) or (node.heading or "")
    # "Văn phòng: chủ trì …" runs on as one clause, as does "Văn phòng: Chủ trì, phối hợp với …" where nothing follows;
    # "Văn phòng: Chủ trì …" heads what it has to do
    said = text[block.words : block.paragraph.end].lstrip()
    alone = not node.children and len(node.paragraphs) == 1
    leads = said.startswith(("chủ trì", "Chủ trì, phối hợp") if alone else "chủ trì")
    role: Role = "lead" if leads else "perform"
    units = reading.heading_units[node.id] = _units(reading, subject)
    reading.facts.responsibilities.append(
        Responsibility(
            role=role,
            units=units,
            task=task[:2000],
            section=node.id,
            **reading.fact(block.paragraph.start, max(block.words, block.paragraph.start + 1), "unit_heading"),
        )
    )


def _units(reading: Reading, subject: Subject) -> list[str]:
    return [" ".join(reading.text(a, b).split()) for a, b in subject.spans]


def _read_block(reading: Reading, block: Block, under_unit: bool, over: str) -> None:
    """Read a paragraph; `over` is the end of what heads the list that it stands in, "" for none."""
    paragraph = block.paragraph
    start = _clause_in_title(reading, block) or block.words
    stop = _read_bracket(reading, block) or paragraph.end
    if start >= stop:
        return
    opened = paragraph.start + (paragraph.label.end if paragraph.label is not None else paragraph.bullet)
    start = _read_label_line(reading, block, opened) or start
    for begin, end in sentences_of(reading.view, start, stop):
        if begin > opened and CAPTION.match(reading.view.low, begin, end) and _read_label_line(reading, block, begin):
            return
        _read_sentence(reading, block, begin, end, under_unit, over)


def _read_bracket(reading: Reading, block: Block) -> int | None:
    """ "Rà soát thủ tục (Phòng Nội vụ chủ trì)": who is to do it may stand in brackets behind it; return where."""
    text, low = reading.view.text, reading.view.low
    close = block.paragraph.start + len(text[block.paragraph.start : block.paragraph.end].rstrip(" .;:")) - 1
    opened = text.rfind("(", block.paragraph.start, close)
    if text[close] != ")" or opened < 0 or ")" in text[opened:close] or block.mood != "goal" or block.part != "node":
        return None
    if CAPTION.match(low, opened + 1, close):
        return None
    order = _GIVES.match(low, opened + 1)
    start = order.end() if order is not None else opened + 1
    subject = subject_of(text, low, start, close)
    if subject is None or not (order or (subject.predicate is not None and BY_WHOM.match(low, subject.predicate))):
        return None
    task = " ".join(text[block.words : opened].split()) or _task_of_node(block.node)
    role = "perform" if subject.predicate is None else _role(reading, start, subject.predicate, close)
    _add(reading, block, role, subject, task.strip(" .;,:"), (opened, close + 1), "bracket")
    _coordination(reading, block, subject.predicate or subject.end, close)
    return opened


def _clause_in_title(reading: Reading, block: Block) -> int | None:
    """Where the title of a node begins that gives work itself: "1. Sở Y tế chủ trì, phối hợp với các sở:"."""
    title = block.node.heading if block.node is not None and block.labelled else None
    if title is None:
        return None
    low = title.lower()
    subject = subject_of(title, low, 0, len(title))
    leads = subject is not None and subject.predicate is not None and _LEADS.match(low, subject.predicate) is not None
    gives = leads or opens_with_partners(low)
    return reading.view.text.find(title, block.paragraph.start, block.paragraph.end) if gives else None


def _read_label_line(reading: Reading, block: Block, start: int) -> int | None:
    """ "- Đơn vị chủ trì: Văn phòng Sở.": return where the line is read up to, None where it is no label line."""
    line = label_line(reading, start, block.paragraph.end)
    if line is None:
        return None
    task = _task_of_node(block.node)
    for share in line.shares:
        _add(reading, block, share.role, share.subject, task, share.span, "label_line")
    return block.paragraph.end if line.spoken is None else _read_spoken_line(reading, block, line.spoken, task)


def _read_spoken_line(reading: Reading, block: Block, start: int, task: str) -> int:
    """ "Cơ quan thực hiện: Sở Y tế chủ trì, phối hợp với …; Sở Nội vụ phối hợp": a line that says itself who leads."""
    line_end = sentences_of(reading.view, start, block.paragraph.end)[0][1]
    for begin, end in clauses_of(reading.view, start, line_end):
        subject = subject_in(reading, begin, end)
        if subject is None or subject.predicate is None:
            continue
        span = (block.paragraph.start if begin == start else begin, end)
        _add(reading, block, _role(reading, start, subject.predicate, end), subject, task, span, "label_line")
        _coordination(reading, block, subject.predicate, end)
    return line_end


def _role(reading: Reading, sentence: int, predicate: int, end: int) -> Role:
    """The role that a predicate gives: "chủ trì …"; "… phối hợp", where nothing is said but that."""
    if _leads(reading, predicate, end):
        return "lead"
    helps = HELPS.match(reading.view.low, predicate, end)
    led = helps is not None and _LEADS.search(reading.view.low, sentence, predicate) is not None
    return "coordinate" if helps is not None and (led or helps["work"] is None) else "perform"


def _leads(reading: Reading, start: int, end: int) -> bool:
    """Whether a predicate gives the lead: "chủ trì" as its verb, not of a body that it speaks of."""
    low, stop = reading.view.low, min(end, start + 60)
    clause = low.find("; ", start, stop)
    return _LEADS.search(low, start, stop if clause < 0 else clause) is not None


def _task_of_node(node: Node | None) -> str:
    """The heading of the node whose work it is: not "Trách nhiệm thực hiện", but the one above."""
    while node is not None:
        folded = fold(node.heading or "").lower()
        if node.heading and not folded.startswith(_SERVICE_TITLES):
            return node.heading
        node = node.parent
    return ""


def _add(
    reading: Reading,
    block: Block,
    role: Role,
    subject: Subject,
    task: str,
    span: tuple[int, int],
    rule: str,
) -> None:
    reading.facts.responsibilities.append(
        Responsibility(
            role=role,
            units=_units(reading, subject),
            task=task,
            section=block.section,
            **reading.fact(*span, rule),
        )
    )


def _read_sentence(reading: Reading, block: Block, start: int, end: int, under_unit: bool, over: str) -> None:
    view = reading.view
    may = _may_have_subject(reading, block, bool(over))
    may = may and (not names_aims(block.node) or view.low.startswith(_EACH, start))
    at = start
    for begin, stop in shares_of(reading, start, end):
        if begin < at:
            continue
        found = subject_in(reading, begin, end) if may else obliged_in(reading, begin, end)
        if found is not None and not _speaks_of_itself(reading, block, found):
            subject, rule = found, "subject"
        else:
            order = order_in(reading, block, begin, stop, under_unit, end)
            if order is None:
                if block.mood == "goal" and block.part == "node":
                    _coordination(reading, block, begin, stop)
                continue
            subject, rule = order, "order"
        first = subject.predicate if subject.predicate is not None else subject.end
        stop = max(stop, min(end, first + 1))
        finish = _own_end(reading, block, first, end, may)
        task = " ".join(view.text[first:finish].split()).strip(" .;,:")
        helps = block.paragraph.bullet and over.endswith(_PARTNERS)
        role = "coordinate" if helps else _role(reading, start, first, finish)
        _add(reading, block, role, subject, task, (subject.spans[0][0], finish), rule)
        if role == "perform":
            _lead_besides(reading, block, subject, first, finish)
        _coordination(reading, block, first, finish)
        at = finish


def _lead_besides(reading: Reading, block: Block, subject: Subject, start: int, end: int) -> None:
    """ "Bộ Y tế hướng dẫn các tỉnh …; chủ trì, phối hợp với Bộ Tài chính …": a clause of its own gives the lead."""
    for begin, stop in clauses_of(reading.view, start, end):
        also = _ALSO_LEADS.match(reading.view.low, begin, stop)
        if begin > start and also is not None:
            task = " ".join(reading.text(also.end(), stop).split()).strip(" .;,:")
            _add(reading, block, "lead", subject, task, (begin, stop), "subject")
            return


def _speaks_of_itself(reading: Reading, block: Block, subject: Subject) -> bool:
    """ "UBND tỉnh giao Sở Y tế …", "Văn phòng thông báo để các sở biết": an author that gives work has none by that;
    at the end of a document its author reports."""
    predicate = subject.predicate or 0
    issuer = (reading.facts.header.issuer or "").casefold()
    ends = block.part == "closing" or reading.facts.header.kind == "Báo cáo"
    if (ends and reading.view.low.startswith(_REPORTING, predicate)) or reading.view.low.startswith(
        _DIVIDES, predicate
    ):
        units = _units(reading, subject)
        if len(units) == 1 and issuer.startswith(units[0].casefold()):
            return True
    if reading.view.low.startswith(_OWN_VERBS, predicate):
        return True
    gives = _GIVES.match(reading.view.low, predicate)
    return gives is not None and unit_starts(reading.view.text, reading.view.low, gives.end())


def _own_end(reading: Reading, block: Block, at: int, end: int, may: bool) -> int:
    """A subject's clauses run on to the one with a subject of its own, or an order to somebody else."""
    for begin, stop in shares_of(reading, at, end, predicate=at):
        if begin > at and lists_partners(reading.view.text, reading.view.low, at, begin):
            continue
        if begin > at and may and subject_in(reading, begin, end) is not None:
            return begin - len(_APART) if reading.view.text.endswith(_APART, at, begin) else begin
        if begin > at and order_in(reading, block, begin, stop, True, end) is not None:
            return begin
    return end


def _may_have_subject(reading: Reading, block: Block, after_colon: bool) -> bool:
    """Only a part that promises gives work: not the preamble, not a report's results.

    A letter without nodes has no preamble but what it cites, and its first paragraph, which says what it is about.
    """
    if block.part == "preamble":
        letter = not reading.nodes and block.index > reading.blocks[0].index
        cites = _CITING.match(reading.view.low, block.words, block.paragraph.end) is not None
        return (after_colon or (letter and not cites)) and block.mood == "goal"
    if block.part == "node" and _is_scope(block.node):
        return False
    return block.part == "closing" or (block.mood == "goal" and not looks_back(reading, block))


def _coordination(reading: Reading, block: Block, start: int, end: int) -> None:
    """The units that are to work together with another."""
    text, low = reading.view.text, reading.view.low
    for begin, subject in partners_in(text, low, start, end):
        task = " ".join(text[subject.predicate or subject.end : end].split()).strip(" .;,:")
        span = (begin, max(subject.end, min(end, subject.spans[0][0] + 200)))
        _add(reading, block, "coordinate", subject, task, span, "coordination")
