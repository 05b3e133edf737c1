"""Enumerated nodes (*phần, chương, mục, điều, khoản, điểm* and what plans use): their tree, their headings, their text.

Which style of label stands under which is learnt from the document: a label whose style is open already is a sibling
there, a new style opens below, a style seen above the innermost one closes it. Words (Chương, Điều) keep the order
of Decree 30/2020/NĐ-CP; "1.1." stands under its "1.".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import regex
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.parsing.headings import default_mood, heading_mood
from pipeline.parsing.labels import LETTERS, WORD_RANKS, Label
from pipeline.parsing.patterns import SECONDS
from pipeline.parsing.reading import Block, Mood, Node, Reading
from pipeline.parsing.units import is_unit, subject_of
from pipeline.parsing.view import View, capitals
from pipeline.records import Section

_PREAMBLE: Final = (
    "can cu",
    "thuc hien",
    "theo",
    "xet",
    "tren co so",
    "thi hanh",
    "tiep theo",
    "phuc dap",
    "nham",
    "de ",
)
_CLOSING: Final = (
    "tren day la", "trong qua trinh", "qua trinh trien khai", "qua trinh thuc hien", "can cu noi dung",
    "can cu ke hoach nay",
    "nhan duoc", "de nghi", "yeu cau", "ke hoach nay", "chi thi nay", "cong van nay", "thong bao nay", "nghi quyet nay",
    "van ban nay", "giao", "so ", "ubnd", "uy ban nhan dan", "tran trong", "rat mong", "kinh de nghi", "kinh trinh",
    "noi dung",
    "moi vuong mac", "neu co kho khan", "neu co vuong mac", "trong thoi gian", "(gui kem", "(co ", "(kem theo",
    "chuong trinh nay",
    "trong trien khai", "thu truong", "cac co quan", "cac don vi", "cac so", "thong tin chi tiet", "chi tiet lien he",
)  # fmt: skip
_SURE_CLOSING: Final = ("tren day la", "trong qua trinh", "qua trinh trien khai", "qua trinh thuc hien",
    "kinh de nghi", "tran trong",
    "ke hoach nay", "chi thi nay", "nhan duoc", "can cu noi dung", "can cu ke hoach nay", "moi vuong mac",
    "neu co kho khan")  # fmt: skip
_PROSE: Final = regex.compile(
    r"\b(?:đã|sẽ|phải|cần phải|có trách nhiệm|chịu trách nhiệm|có hiệu lực|trở lên|tối thiểu|ít nhất|không quá|"
    r"như sau|sau đây|"
    r"được (?:giao|thực hiện|hưởng|ban hành|bố trí|chia)|chia (?:thành|làm)|thì|chủ trì|phối hợp với)\b|"
    r"\b(?:nội dung|nhiệm vụ|chỉ tiêu|"
    r"công việc) sau$|, cụ thể$|\d%"
)
_COUNT: Final = regex.compile(
    r"(?<![\d/])(?<!ngày )(?<!năm )(?<!tháng )(?<!quý )(?<!số )(?<!thứ )(?<!- )\b\d{1,3}(?:\.\d{3})*(?:,\d+)? \p{Ll}"
)
_MAKING: Final = (
    "tổ chức", "xây dựng", "mở", "ban hành", "thành lập", "hoàn thành", "đào tạo", "tập huấn", "ký", "trồng",
    "lắp đặt", "hỗ trợ", "duy trì", "phát triển", "đạt", "có", "phấn đấu", "giảm", "tăng",
)  # fmt: skip
"""A making verb with a number of things is no title ("Tổ chức 02 hội nghị: …")."""
_SENTENCE_END: Final = regex.compile(r"(?<!\b\p{Lu})[.!?]\s+(?=\p{Lu})")
_ORDINAL: Final = regex.compile(r"(?:\p{Lu}\p{L}*(?:\s\p{Ll}+){0,2}\s)(?:\d{1,2}|[IVX]{1,4})\.\s+(?=\p{Lu})")
"""A title may number itself once more: "Nhiệm vụ 2. Đào tạo …"."""
_ORDER: Final = regex.compile(r"(?:giao|yêu cầu|đề nghị|khuyến khích|phân công)(?: cho)?\s+", regex.IGNORECASE)
_TOPICS: Final = ("Về việc ", "Về công tác ", "Công tác ", "Việc ")
"""A title that opens with its topic may tell of what was done: "Về việc rà soát số nhà đã cấp"."""
_BRACKETED: Final = regex.compile(r"\([^()]{0,80}\)")
_TITLE_WORDS: Final = 40
_DOTTED_TITLE_WORDS: Final = 14


@dataclass
class _Stack:
    """The open nodes, outermost first, and what the document has shown about which style stands over which."""

    open: list[tuple[Label, Node]] = field(default_factory=list)
    above: dict[str, set[str]] = field(default_factory=dict)
    used: dict[tuple[int, str], int] = field(default_factory=dict)

    def place(self, label: Label) -> Label:
        """Close what the label ends; return the label, its style corrected where it is ambiguous."""
        label = self._settle(label)
        rank = WORD_RANKS.get(label.style)
        if rank is not None:
            while self.open and WORD_RANKS.get(self.open[-1][0].style, 99) >= rank:
                self.open.pop()
        elif label.style.startswith("1.1"):
            self._close_to_prefix(label)
        elif any(at.style == label.style for at, _ in self.open):
            while self.open.pop()[0].style != label.style:
                pass
        elif label.style in ("I", "A") and label.value > 1 and label.style not in self._below:
            self.open.clear()  # its numbering began on a page that is not here, over what is open
        else:
            while self.open and label.style in self.above.get(self.open[-1][0].style, ()):
                self.open.pop()
        return label

    @property
    def _below(self) -> set[str]:
        """The styles that the document has shown under another one."""
        return {style for style, over in self.above.items() if over}

    def _settle(self, label: Label) -> Label:
        """I., V. and X. are letters where the letter before them is open and the numeral does not follow."""
        if label.style != "I" or len(label.bare) != 1:
            return label
        letter = LETTERS.find(label.bare.lower()) + 1
        last = {at.style: at.value for at, _ in self.open}
        if last.get("A") == letter - 1 and last.get("I") != label.value - 1:
            return Label(label.text, label.bare, "A", letter, label.end)
        return label

    def _close_to_prefix(self, label: Label) -> None:
        prefix = label.bare.rpartition(".")[0]
        for depth in range(len(self.open) - 1, -1, -1):
            if self.open[depth][0].bare == prefix and self.open[depth][0].style[0] == "1":
                del self.open[depth + 1 :]
                return
        for depth in range(len(self.open) - 1, -1, -1):
            style = self.open[depth][0].style
            if style == label.style or style.startswith(label.style + ".1"):
                del self.open[depth:]
                return
        while self.open and label.style in self.above.get(self.open[-1][0].style, ()):
            self.open.pop()

    def push(self, label: Label, node: Node) -> None:
        """Open a node under what is open."""
        self.above.setdefault(label.style, set()).update(at.style for at, _ in self.open if at.style != label.style)
        self.open.append((label, node))

    @property
    def top(self) -> Node | None:
        return self.open[-1][1] if self.open else None


@Language.component("vanban_sections")
def sections(doc: Doc) -> Doc:
    """Fill in ``facts.sections`` and the blocks that the other components read."""
    reading: Reading = doc._.reading
    view = reading.view
    stack = _Stack()
    default = default_mood(reading.facts.header.kind)
    labels: list[Label | None] = []
    last: dict[tuple[int, str], int] = {}
    attached = False
    for index, paragraph in enumerate(view.paragraphs):
        block = Block(paragraph, index, paragraph.start + paragraph.bullet, mood=default)
        label = paragraph.label if paragraph.zone != "table" else None
        if paragraph.zone == "attachment" and not attached:
            attached = True  # what is attached numbers its nodes anew
            stack.open.clear()
        if label is not None:
            label = stack.place(label)
            node = _node(reading, stack, label, block)
            _note_gap(reading, last, label, node, block)
            block.labelled = True
        labels.append(label)
        block.node = stack.top
        block.part = "preamble" if block.node is None else "node"
        block.mood = block.node.mood if block.node is not None else default
        if block.node is not None:
            block.node.paragraphs.append(index)
        reading.blocks.append(block)
    _find_headings(reading, labels, default)
    _part_closing(reading)
    for node in reading.nodes:
        reading.facts.sections.append(_section(reading, node, labels))
    return doc


def _node(reading: Reading, stack: _Stack, label: Label, block: Block) -> Node:
    parent = stack.top
    path = f"{parent.id}/{label.bare}" if parent else label.bare
    key = (id(parent), label.bare)
    stack.used[key] = stack.used.get(key, 0) + 1
    if stack.used[key] > 1:
        path += f"#{stack.used[key]}"
    node = Node(path, None, block.paragraph.start, parent, label.style, "goal")
    if parent is not None:
        parent.children += 1
    stack.push(label, node)
    reading.nodes.append(node)
    return node


def _note_gap(reading: Reading, last: dict[tuple[int, str], int], label: Label, node: Node, block: Block) -> None:
    """Warn where a number is missing between two siblings."""
    key = (id(node.parent), label.style)
    before = last.get(key)
    if before is not None and label.value > before + 1 and not (label.style == "a" and before == 4):
        page = reading.evidence(block.paragraph.start, block.paragraph.end).page
        reading.warn(
            "numbering_gap", f"{node.id}: the label before it is number {before}, this one {label.value}", page
        )
    last[key] = label.value


def _find_headings(reading: Reading, labels: list[Label | None], default: Mood) -> None:
    view = reading.view
    titled: dict[int, bool] = {}  # whether an earlier child of the same node is a title over text of its own
    for node in reading.nodes:
        index = node.paragraphs[0]
        block, label = reading.blocks[index], labels[index]
        if label is None:
            continue
        start = block.paragraph.start + label.end
        body = view.text[start : block.paragraph.end].strip()
        if not body and index + 1 < len(reading.blocks):
            # "CHƯƠNG I" / "QUY ĐỊNH CHUNG": the title stands on the next line
            body = _title_below(reading, node, labels)
            if body:
                node.heading = body
            block.words = block.paragraph.end
        else:
            follows = len(node.paragraphs) > 1 or _deeper_follows(reading, node, index)
            titled.setdefault(id(node.parent), False)
            node.heading, length = _heading(body, follows, titled[id(node.parent)])
            titled[id(node.parent)] |= node.heading is not None and follows
            offset = view.text.find(body[:1], start) if body else start
            block.words = offset + length if node.heading is not None else offset
        node.mood = heading_mood(node, default)
        for at in node.paragraphs:
            reading.blocks[at].mood = node.mood


def _title_below(reading: Reading, node: Node, labels: list[Label | None]) -> str:
    """Take the title of a word-labelled node from the lines under it."""
    parts: list[str] = []
    for index in node.paragraphs[1:3]:
        block = reading.blocks[index]
        text = reading.text(block.paragraph.start, block.paragraph.end)
        if labels[index] is not None or block.paragraph.bullet or text.startswith("("):
            break
        if not capitals(text) and (parts or len(text.split()) > 20 or text.endswith((".", ";"))):
            break
        parts.append(text)
        block.words = block.paragraph.end
        if not capitals(text):
            break
    return " ".join(parts).strip(" .:")


def _deeper_follows(reading: Reading, node: Node, index: int) -> bool:
    following = index + 1
    if following >= len(reading.blocks):
        return False
    inner = reading.blocks[following].node
    return inner is not None and inner.parent is node


def _heading(body: str, follows: bool, titled: bool = False) -> tuple[str | None, int]:
    """Return a node's title and how much of its paragraph the title takes; None where it runs straight into prose."""
    if not body:
        return None, 0
    ordinal = _ORDINAL.match(body, timeout=SECONDS)
    if ordinal:
        title, length = _heading(body[ordinal.end() :], follows, titled)
        return (None, 0) if title is None else (body[: ordinal.end()] + title, ordinal.end() + length)
    if capitals(body):
        return body.strip(" .:"), len(body)
    colon = body.find(":")
    if body.startswith("Về ") and colon > 0 and not _SENTENCE_END.search(body[:colon], timeout=SECONDS):
        return body[:colon].strip(), colon + 1  # "Về việc …; về …: giao …": what an answer is about, however long
    units = subject_of(body, body.lower(), 0, len(body))
    if colon > 0 and units is not None and units.end > colon + 1 and units.predicate is not None:
        return None, 0  # "Các Sở: Tài chính, Nội vụ rà soát …"
    if 0 < colon < 200 and body[colon + 1 : colon + 2] in ("", " "):
        title, rest = body[:colon].strip(), body[colon + 1 :].strip()
        if _is_title(title) and (rest or len(title.split()) <= _TITLE_WORDS):
            return title, colon + 1
        if rest:
            return None, 0
    if is_unit(body) and len(body.split()) <= _TITLE_WORDS:
        return body.strip(" .:"), len(body)  # "Thủ trưởng các sở; Chủ tịch UBND các xã": units are parted by semicolons
    if body.endswith((";", ",")) or _SENTENCE_END.search(body, timeout=SECONDS) or "; " in body:
        return None, 0
    if body.endswith("."):
        title = body.strip(" .")
        most = 2 * _DOTTED_TITLE_WORDS if titled else _DOTTED_TITLE_WORDS
        return (title, len(body)) if follows and len(title.split()) <= most and _is_title(title) else (None, 0)
    most = 2 * _TITLE_WORDS if follows else _TITLE_WORDS
    return (body.strip(" .:"), len(body)) if _is_title(body, most) else (None, 0)


def _is_title(text: str, most: int = _TITLE_WORDS) -> bool:
    """Whether words before a colon or a line's end are a title, not a sentence."""
    if len(text.split()) > most or "; " in text or _SENTENCE_END.search(text, timeout=SECONDS):
        return False
    if not text.startswith(_TOPICS) and _PROSE.search(text.lower().rstrip(": "), timeout=SECONDS):
        return False
    if _COUNT.search(_BRACKETED.sub("", text, timeout=SECONDS), timeout=SECONDS) and text.lower().startswith(_MAKING):
        return False
    order = _ORDER.match(text, timeout=SECONDS)
    subject = subject_of(text, text.lower(), order.end() if order else 0, len(text))
    return subject is None or subject.predicate is None


def _part_closing(reading: Reading) -> None:
    """Give the closing paragraphs after the last node of the body to no node."""
    body = [b for b in reading.blocks if b.paragraph.zone == "body"]
    first = None
    for block in reversed(body):
        if block.labelled or block.paragraph.bullet or block.part == "preamble":
            break
        folded = reading.view.folded[block.paragraph.start : block.paragraph.start + 60].lstrip("(*- ")
        if _is_all_of_its_node(reading, block) and not folded.startswith(_SURE_CLOSING):
            break  # "V. KIẾN NGHỊ" / "Đề nghị Sở …" is what the node says
        if folded.startswith(_CLOSING):
            first = block
        elif first is None and block is not body[-1]:
            break
        if folded.startswith(_SURE_CLOSING):
            first = block
    if first is None:
        return
    opening = reading.view.folded[first.paragraph.start : first.paragraph.start + 60]
    sure = any(
        reading.view.folded[b.paragraph.start : b.paragraph.start + 60].startswith(_SURE_CLOSING)
        for b in body
        if b.index >= first.index
    )
    if not sure and not opening.startswith(("de nghi", "yeu cau")):
        return
    for block in body:
        if block.index >= first.index:
            block.part = "closing"
            if block.node is not None and block.index in block.node.paragraphs:
                block.node.paragraphs.remove(block.index)


def _is_all_of_its_node(reading: Reading, block: Block) -> bool:
    """Whether a paragraph is the first behind a heading that has nothing else."""
    node = block.node
    if node is None or node.heading is None or len(node.paragraphs) < 2:
        return False
    first = reading.blocks[node.paragraphs[0]]
    return node.paragraphs[1] == block.index and first.words >= first.paragraph.end


def _section(reading: Reading, node: Node, labels: list[Label | None]) -> Section:
    view = reading.view
    first = reading.blocks[node.paragraphs[0]]
    label = labels[first.index]
    assert label is not None
    text = _own_text(view, reading, node)
    end = first.words if node.heading is not None and first.words > first.paragraph.start else first.paragraph.end
    return Section(
        id=node.id,
        label=label.text,
        depth=_depth(node),
        heading=node.heading,
        text=text,
        **reading.fact(first.paragraph.start, end, "label", 0.95),
    )


def _depth(node: Node) -> int:
    depth, at = 1, node.parent
    while at is not None:
        depth, at = depth + 1, at.parent
    return depth


def _own_text(view: View, reading: Reading, node: Node) -> str:
    """The node's words between its heading and the next label, one paragraph a line, bullets kept."""
    parts = []
    for index in node.paragraphs:
        block = reading.blocks[index]
        start = block.words if block.labelled or block.words >= block.paragraph.end else block.paragraph.start
        parts.append(view.text[start : block.paragraph.end].strip())
    return "\n".join(part for part in parts if part)
