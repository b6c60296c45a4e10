"""What a page of a document is laid out with: pieces of lines, and the lines that they make.

Lengths are points (1/72 inch), heights count from the foot of a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

MARKER_GAP = 60
"""Points between the beginning of a bullet or number and that of its item at the most."""
ENDED = re.compile(r"[.!?:;][\"'’”)\]]*\Z")
"""How a line ends that nothing need follow: with the end of a sentence."""

_MARKER = re.compile(r"(?:[•◦‣⁃▪▫■□●○∙·➢▸►\uf0b7\uf0a7–]|\(?(?:[0-9]{1,3}|[a-z]|[ivx]{1,5})[.)])\Z")
_RAISED = re.compile(r"(?:[0-9]{1,3}(?:[,–-][0-9]{1,3}){0,5}|[*†‡]{1,3}|[ivx]{1,5}|st|nd|rd|th)(?:\s|\Z)")
_ORDINAL = frozenset(["st", "nd", "rd", "th"])


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
    is_aside: bool = False
    """Whether it is of a box, as the text that runs on beside it shows."""
    lane: int = 0
    """The number of the box that makes it shorter, 0 where none does."""

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


def is_marker(text: str) -> bool:
    """Return whether a piece is nothing but the bullet or number of an item."""
    return bool(_MARKER.match(text))


def _is_raised(last: Piece, piece: Piece) -> bool:
    """Return whether a piece begins with what stands small and high right behind the last one: a note's number."""
    beside = -1 <= piece.left - last.right < 0.12 * last.size and piece.mark == last.mark
    return beside and 0.15 * last.size < piece.base - last.base < 0.7 * last.size and bool(_RAISED.match(piece.text))


def _with_raised(last: Piece, piece: Piece) -> Piece:
    """Return two pieces as one, a note's number in brackets; letters, as in 4th, belong to the word."""
    sign, _, rest = piece.text.partition(" ")
    sign = sign if sign in _ORDINAL else f"[{sign}]"
    text = f"{last.text}{sign}{' ' if rest else ''}{rest}"
    return replace(last, text=text, right=piece.right)


def with_markers(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces of a page with bullets and numbers, which some programs draw last, before their items."""
    made = list(pieces)
    for piece in pieces:
        if not _MARKER.match(piece.text):
            continue
        beside = [
            each
            for each in made
            if abs(each.base - piece.base) < 2 and 0 < each.left - piece.left < MARKER_GAP and each is not piece
        ]
        own = next((place for place, each in enumerate(made) if each is piece), 0)
        first = min((place for place, each in enumerate(made) if any(each is item for item in beside)), default=own)
        if first < own:
            made.insert(first, replace(made.pop(own), mark=made[first].mark))
    return made


def rows_of(pieces: Iterable[Piece], page: int) -> list[Row]:
    """Put together pieces that follow each other on one line."""
    rows: list[Row] = []
    for piece in pieces:
        last = rows[-1].pieces[-1] if rows else None
        level = last is not None and abs(last.base - piece.base) < 0.4 * max(last.size, piece.size, 1)
        if last is not None and _is_raised(last, piece):
            rows[-1].pieces[-1] = _with_raised(last, piece)
        elif last is not None and level and piece.left >= last.right - 1:
            rows[-1].pieces.append(piece)
        else:
            rows.append(Row(page, [piece]))
    return rows
