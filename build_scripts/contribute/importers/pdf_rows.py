"""What a page of a document is laid out with: pieces of lines, and the lines that they make.

Lengths are points (1/72 inch), heights count from the foot of a page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand side by side."""

    text: str
    left: float
    right: float
    base: float
    """Height of the line they stand on."""
    size: float
    bold: bool = False
    first: float = 0.0
    """Width of its first word, which a line before it had no room for."""
    space: float = 0.0
    """Width of most of its spaces."""
    mark: int = -1
    """The block that the document's tags put it into, -1 where they name none."""


@dataclass(slots=True)
class Row:
    """Pieces on one line of a page."""

    page: int
    pieces: list[Piece] = field(default_factory=list)
    joint: str = " "
    """What stands between its pieces: a tab where they are cells."""
    edge: float = 0.0
    """How far to the right lines go where it stands."""
    justified: bool = False
    """Whether they all do, but the last of a paragraph."""
    wraps: bool = False
    """Whether a line where it stands is known to go on in the next."""

    @property
    def text(self) -> str:
        return self.joint.join(piece.text for piece in self.pieces)

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def right(self) -> float:
        return self.pieces[-1].right

    @property
    def base(self) -> float:
        return self.pieces[0].base

    @property
    def size(self) -> float:
        return max(piece.size for piece in self.pieces)

    @property
    def space(self) -> float:
        return max(piece.space for piece in self.pieces)

    @property
    def bold(self) -> bool:
        return all(piece.bold for piece in self.pieces)


def rows_of(pieces: Iterable[Piece], page: int) -> list[Row]:
    """Put together pieces that follow each other on one line."""
    rows: list[Row] = []
    for piece in pieces:
        last = rows[-1].pieces[-1] if rows else None
        level = last is not None and abs(last.base - piece.base) < 0.4 * max(last.size, piece.size, 1)
        if last is not None and level and piece.left >= last.right - 1:
            rows[-1].pieces.append(piece)
        else:
            rows.append(Row(page, [piece]))
    return rows
