"""Enumerated nodes (*phần, chương, mục, điều, khoản, điểm* and what plans use): their tree, their headings, their text.

Which label stands under which, and what a spoiled one was, scheme.py learns from the document; what of a node's words
is its title, titles.py tells.
"""

from __future__ import annotations

from typing import Final

from pipeline.parsing.headings import default_mood, heading_mood
from pipeline.parsing.labels import Label
from pipeline.parsing.reading import Block, Mood, Node, Reading
from pipeline.parsing.scheme import Scheme
from pipeline.parsing.titles import CAPTION, GOES_ON, SENTENCE_END, title_of
from pipeline.parsing.view import Paragraph, View, capitals
from pipeline.records import Section

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
_INLINE: Final = {"(i)": "; (ii) ", "(1)": "; (2) ", "(a)": "; (b) "}
_DECISIONS: Final = frozenset(("Quyết định", "Nghị quyết"))
_DECIDING: Final = (
    "Phê duyệt ", "Ban hành ", "Thành lập ", "Kiện toàn ", "Công nhận ", "Công bố ", "Thông qua ", "Bãi bỏ ", "Sửa đổi",
    "Nhất trí ", "Điều chỉnh ", "Bổ sung ", "Giao ", "Bổ nhiệm ", "Cho phép ", "Tặng ", "Giải thể ", "Sáp nhập ",
)  # fmt: skip


def sections(reading: Reading) -> None:
    """Fill in ``facts.sections`` and the blocks that the other components read."""
    view = reading.view
    scheme = Scheme.of(None if p.zone == "table" else p.label for p in view.paragraphs)
    default = default_mood(reading.facts.header.kind)
    labels: list[Label | None] = []
    last: dict[tuple[int, str], int] = {}
    attached = False
    for index, paragraph in enumerate(view.paragraphs):
        block = Block(paragraph, index, paragraph.start + paragraph.bullet, mood=default)
        if paragraph.zone == "attachment" and not attached:
            attached = True
            scheme.close()
        label = _label(reading, scheme, paragraph)
        if label is not None:
            scheme.place(label)
            node = _node(reading, scheme, label, block)
            _note_gap(reading, last, label, node, block)
            block.labelled = True
        labels.append(label)
        block.node = scheme.top
        block.part = "preamble" if block.node is None else "node"
        block.mood = block.node.mood if block.node is not None else default
        if block.node is not None:
            block.node.paragraphs.append(index)
        reading.blocks.append(block)
    _find_headings(reading, labels, default)
    _part_closing(reading)
    for node in reading.nodes:
        reading.facts.sections.append(_section(reading, node, labels))


def _label(reading: Reading, scheme: Scheme, paragraph: Paragraph) -> Label | None:
    """Return the label of a paragraph as its siblings have it; one that was read anew is kept with the paragraph."""
    if paragraph.zone == "table" or paragraph.bullet:
        return None if paragraph.zone == "table" else paragraph.label
    text = reading.text(paragraph.start, min(paragraph.end, paragraph.start + 200))
    if paragraph.label is not None and _runs_on_inline(reading, paragraph, paragraph.label):
        paragraph.label = None
        return None
    label = scheme.reread(paragraph.label, text, reading.scanned)
    if label is not None and label != paragraph.label and label.text != getattr(paragraph.label, "text", None):
        paragraph.reread = True
    paragraph.label = label
    return label


def _runs_on_inline(reading: Reading, paragraph: Paragraph, label: Label) -> bool:
    """ "(1) …; (2) …" in one paragraph is a list in a sentence, wherever the lines end."""
    following = _INLINE.get(label.style)
    return (
        following is not None
        and label.value == 1
        and reading.view.text.find(following, paragraph.start, paragraph.end) >= 0
    )


def _node(reading: Reading, scheme: Scheme, label: Label, block: Block) -> Node:
    parent = scheme.top
    path = f"{parent.id}/{label.bare}" if parent else label.bare
    key = (id(parent), label.bare)
    scheme.used[key] = scheme.used.get(key, 0) + 1
    if scheme.used[key] > 1:
        path += f"#{scheme.used[key]}"
    node = Node(path, None, block.paragraph.start, parent, label.style, "goal")
    node.loud = capitals(reading.text(block.paragraph.start + label.end, block.paragraph.end))
    if parent is not None:
        parent.children += 1
    scheme.push(label, node)
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
            deeper = _deeper_follows(reading, node, index)
            follows = len(node.paragraphs) > 1 or deeper
            titled.setdefault(id(node.parent), False)
            node.heading, length = title_of(body, follows, titled[id(node.parent)], deeper)
            titles = deeper and body[-1:] not in ".:;,"  # "Điều 1. Giao chỉ tiêu cho các đơn vị", over its parts
            if label.style == "dieu" and block.paragraph.zone == "body" and not titles and _decides(reading, body):
                node.heading, length = None, 0
            elif node.heading is None and _is_captioned(reading, node) and not _is_sentence(body):
                node.heading, length = body.strip(" .:;"), len(body)
            titled[id(node.parent)] |= node.heading is not None and follows
            offset = view.text.find(body[:1], start) if body else start
            block.words = offset + length if node.heading is not None else offset
        node.mood = heading_mood(node, default)
        for at in node.paragraphs:
            reading.blocks[at].mood = node.mood


def _decides(reading: Reading, body: str) -> bool:
    """Whether an article of a decision says what is decided ("Điều 1. Phê duyệt Kế hoạch …"): that is no title."""
    return reading.facts.header.kind in _DECISIONS and body.startswith(_DECIDING)


def _is_captioned(reading: Reading, node: Node) -> bool:
    """Whether a node's words are followed by who does it and when ("Đơn vị chủ trì: …"): they say what."""
    blocks = (reading.blocks[at] for at in node.paragraphs[1:])
    return any(CAPTION.match(reading.view.folded, block.words) for block in blocks)


def _is_sentence(body: str) -> bool:
    return SENTENCE_END.search(body) is not None or GOES_ON.search(body) is not None


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


def _part_closing(reading: Reading) -> None:
    """Give the closing paragraphs after the last node of the body to no node."""
    body = [b for b in reading.blocks if b.paragraph.zone == "body"]
    first = None
    for block in reversed(body):
        if block.labelled or block.paragraph.bullet or block.part == "preamble":
            break
        folded = reading.view.folded[block.paragraph.start : block.paragraph.start + 60].lstrip("(*- ")
        if _is_all_of_its_node(reading, block) and not folded.startswith(("tren day la", "tran trong")):
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
        **reading.fact(first.paragraph.start, end, *_standing(first.paragraph)),
    )


def _standing(paragraph: Paragraph) -> tuple[str, tuple[str, ...]]:
    """Rule and doubts of a node."""
    return ("label_reread", ("label_repaired",)) if paragraph.reread else ("label", ())


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
