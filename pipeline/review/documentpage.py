"""What the page of a document shows: its pages with the boxes of its facts, and the facts as cards."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple, cast, get_args

from pipeline import corrections
from pipeline.corrections import Correction
from pipeline.records import PageRecord
from pipeline.review import forms
from pipeline.review.cards import KIND_ORDER, Card, Order, Show, all_cards, arrange
from pipeline.review.headlines import headline, written
from pipeline.review.originals import Original
from pipeline.review.phrases import Phrases
from pipeline.review.rendering import path_part, query
from pipeline.review.shelf import Opened

CARDS_ON_A_PAGE: Final = 200
SHOWN_PAGES: Final = 200
SHOWN_LINES: Final = 2_000
LINE_CHARACTERS: Final = 2_000


class FieldView(NamedTuple):
    """A field as shown; `before` is the value that was read, where people gave another."""

    name: str
    value: str
    before: str | None


class InputView(NamedTuple):
    """An input of a form, see `forms.Input`; `rows` is how high it is."""

    name: str
    kind: str
    value: str
    choices: tuple[str, ...]
    needed: bool
    rows: int


@dataclass(frozen=True)
class CardView:
    """A card as the template wants it. `lines` are those of its place, `place` is the address of that: on this page."""

    id: str
    kind: str
    part: str | None
    headline: str
    quote: str
    page: int | None
    lines: tuple[int, int] | None
    place: str
    doubts: tuple[str, ...]
    confidence: float | None
    verdict: str | None
    fields: list[FieldView]
    history: list[str]
    ground: str
    seen: int
    action: str
    edit: str


class BoxView(NamedTuple):
    """A box on a page in points, of the card `card`."""

    card: str
    x: float
    y: float
    width: float
    height: float
    doubtful: bool


@dataclass(frozen=True)
class PageView:
    """A page as shown: the address of its picture, None where there is none; its size in points; boxes; lines."""

    number: int
    picture: str | None
    width: float
    height: float
    boxes: list[BoxView]
    lines: list[str]


@dataclass(frozen=True)
class Wanted:
    """Which facts of a document are asked for, and in what order; `fact` is one that must be among those shown."""

    kind: str | None = None
    show: Show = "all"
    order: Order = "doubt"
    start: int = 0
    fact: str | None = None

    @classmethod
    def from_query(cls, values: Mapping[str, str]) -> Wanted:
        """Read them from an address; what makes no sense there is as if it were not there."""
        show, order, start = values.get("show", ""), values.get("order", ""), values.get("from", "")
        return cls(
            kind=values.get("kind") if values.get("kind") in KIND_ORDER else None,
            show=cast(Show, show) if show in get_args(Show) else "all",
            order=cast(Order, order) if order in get_args(Order) else "doubt",
            start=int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 0,
            fact=values.get("fact"),
        )

    def address(self, name: str, start: int | None = None) -> str:
        """Return the address of a document shown like this."""
        shown = {"kind": self.kind, "show": self.show, "order": self.order, "from": (start or None)}
        return f"/documents/{path_part(name)}{query(shown)}"


def document_context(opened: Opened, original: Original, wanted: Wanted, phrases: Phrases) -> dict[str, Any]:
    """Return what the template of a document wants."""
    record, judged = opened.record, opened.judged
    everything = all_cards(opened)
    chosen = arrange(everything, kind=wanted.kind, show=wanted.show, order=wanted.order)
    place = next((place for place, card in enumerate(chosen) if card.id == wanted.fact), wanted.start)
    wanted = replace(wanted, start=place - place % CARDS_ON_A_PAGE if wanted.fact else wanted.start)
    shown = chosen[wanted.start : wanted.start + CARDS_ON_A_PAGE]
    header = judged.record.header
    scores = [page.confidence for page in record.pages if page.confidence is not None]
    counts = Counter(card.kind for card in everything)
    end = wanted.start + CARDS_ON_A_PAGE
    return {
        "name": opened.name,
        "title": header.title or header.number or opened.name,
        "number": header.number,
        "parts": _title_parts(opened, phrases),
        "confidence": sum(scores) / len(scores) if scores else None,
        "source": record.source.path,
        "notice": original_notice(opened, original, phrases),
        "warnings": record.warnings,
        "stale": [said(entry, phrases) for entry in judged.stale],
        "pages": page_views(opened, original, shown),
        "page_count": len(record.pages),
        "cards": [card_view(card, opened.name, wanted, phrases) for card in shown],
        "progress": progress(opened, phrases),
        "kinds": [(kind, counts[kind]) for kind in KIND_ORDER if counts[kind] or kind == wanted.kind],
        "kind": wanted.kind,
        "show": wanted.show,
        "order": wanted.order,
        "add": f"/add/{path_part(opened.name)}{query({'kind': wanted.kind if wanted.kind != 'header' else None})}",
        "here_path": f"/documents/{path_part(opened.name)}",
        "earlier": wanted.address(opened.name, max(0, wanted.start - CARDS_ON_A_PAGE)) if wanted.start else None,
        "later": wanted.address(opened.name, end) if end < len(chosen) else None,
        "back": wanted.address(opened.name, wanted.start),
        "heading": "h3",
        "form": None,
        "message": None,
    }


def card_view(card: Card, name: str, wanted: Wanted, phrases: Phrases) -> CardView:
    """Return a card as the template wants it."""
    place = card.evidence
    page = place.page if place else None
    shown = {"kind": wanted.kind, "show": wanted.show, "order": wanted.order, "from": wanted.start or None}
    return CardView(
        id=card.id,
        kind=card.kind,
        part=card.key.part,
        headline=headline(card, phrases),
        quote=place.quote if place else "",
        page=page,
        lines=place.lines if place else None,
        place=f"#page-{page}" if page else f"#p1-l{place.lines[0] if place else 1}",
        doubts=card.doubts,
        confidence=card.confidence,
        verdict=card.verdict,
        fields=[
            FieldView(
                field,
                written(field, value, phrases),
                (written(field, card.read[field], phrases) or "—") if field in card.changed else None,
            )
            for field, value in card.values.items()
            if value not in (None, [], "") or field in card.changed
        ],
        history=[said(entry, phrases) for entry in card.entries],
        ground=card.ground,
        seen=card.seen,
        action=f"/judge/{card.id}/{path_part(name)}{query(shown)}",
        edit=f"/edit/{card.id}/{path_part(name)}{query(shown)}",
    )


def input_views(card: Card, phrases: Phrases, typed: Mapping[str, str] | None = None) -> list[InputView]:
    """Return the inputs of a card's form; what was typed stays in them."""
    views = []
    for one in forms.inputs_of(card, phrases):
        value = one.value if typed is None else typed.get(one.name, one.value)
        rows = min(8, max(2, value.count("\n") + 1, len(value) // 50 + 1))
        views.append(InputView(one.name, one.kind, value, one.choices, one.needed, rows))
    return views


def page_views(opened: Opened, original: Original, cards: Sequence[Card]) -> list[PageView]:
    """Return the document's pages with the boxes of these cards, large boxes beneath small ones."""
    boxes: defaultdict[int, list[BoxView]] = defaultdict(list)
    for card in cards:
        place = card.evidence
        if place is not None and place.page is not None and place.bbox is not None:
            x0, y0, x1, y1 = place.bbox
            width, height = round(x1 - x0, 2), round(y1 - y0, 2)
            box = BoxView(card.id, round(x0, 2), round(y0, 2), max(0.0, width), max(0.0, height), bool(card.doubts))
            boxes[place.page].append(box)
    for on_page in boxes.values():
        on_page.sort(key=lambda box: -box.width * box.height)
    return [page_view(page, opened, original, boxes[page.number]) for page in opened.record.pages[:SHOWN_PAGES]]


def page_view(page: PageRecord, opened: Opened, original: Original, boxes: list[BoxView]) -> PageView:
    """Return a page as the template wants it."""
    has_size = bool(page.width and page.height)
    picture = None
    if has_size and original.state == "present":
        version = opened.record.source.sha256[:16]
        picture = f"/pages/{page.number}/{path_part(opened.name)}?v={version}-{page.rotation_degrees}"
    lines = [line.text[:LINE_CHARACTERS] for line in page.lines[:SHOWN_LINES]]
    return PageView(page.number, picture, round(page.width or 0, 2), round(page.height or 0, 2), boxes, lines)


def original_notice(opened: Opened, original: Original, phrases: Phrases) -> str | None:
    """Return what to say about a document whose pages cannot be shown."""
    paper = any(page.width for page in opened.record.pages)
    if original.state == "present" or not paper:
        return None
    if original.state == "not_given":
        return phrases.say("original.not_given")
    return phrases.say(f"original.{original.state}", path=opened.record.source.path)


def progress(opened: Opened, phrases: Phrases) -> str:
    """Return how much of a document has been judged."""
    count = len(corrections.HEADER_FIELDS)
    count += sum(len(getattr(opened.record, kind)) for kind in corrections.FACT_KINDS)
    done = count - corrections.unjudged(opened.judged)
    return phrases.say("doc.progress", done=done, count=count)


def said(entry: Correction, phrases: Phrases) -> str:
    """Return an entry of the log in one line."""
    name = entry.field or entry.key.part or ""
    what = (
        phrases.say(f"log.{entry.action}", field=phrases.word("field", name))
        if name
        else phrases.say(f"log.{entry.action}", field="")
    )
    line = f"{entry.who} · {phrases.moment(entry.when)} · {what}"
    if entry.action != "correct":
        return line
    before = written(name, entry.before, phrases) or phrases.say("edit.empty")
    return f"{line}: {before} → {written(name, entry.after, phrases) or phrases.say('edit.empty')}"


def _title_parts(opened: Opened, phrases: Phrases) -> list[str]:
    header = opened.judged.record.header
    place = ", ".join(part for part in (header.place, phrases.day(header.date or "")) if part)
    signer = f"{phrases.say('doc.signer')}: {header.signer.name}" if header.signer.name else ""
    kind = " ".join(part for part in (header.kind, header.number) if part)
    return [part for part in (kind, header.issuer, place, signer) if part]
