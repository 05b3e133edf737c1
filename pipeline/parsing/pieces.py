"""Pieces of the lines of header and foot, and the values found in them with their places."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.document import Place
from pipeline.records import Header


@dataclass
class Piece:
    """A stretch of one line; `start` is its offset in the document."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends in the document."""
        return self.start + len(self.text)


@dataclass
class Found:
    """Values with their spans in the document, as the component collects them."""

    header: Header = field(default_factory=Header)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    year: str | None = None

    def put(self, name: str, value: str | None, pieces: list[Piece]) -> None:
        """Set a field, where the page gives it a value."""
        if value:
            target = self.header.signer if name in ("capacity", "position", "name") else self.header
            setattr(target, name, value)
            key = f"signer.{name}" if target is self.header.signer else name
            self.spans[key] = (pieces[0].start, pieces[-1].end)

    def doubt(self, name: str, why: str) -> None:
        """Flag a field."""
        self.header.doubts.setdefault(name, []).append(why)


def piece_of(place: Place) -> Piece:
    """Return a line as a piece, without the spaces around it."""
    text = place.text
    lead = len(text) - len(text.lstrip())
    return Piece(text.strip(), place.start + lead)


def cut_piece(piece: Piece, start: int, end: int) -> Piece:
    """Return a part of a piece, without the spaces around it."""
    text = piece.text[start:end]
    lead = len(text) - len(text.lstrip())
    return Piece(text.strip(), piece.start + start + lead)
