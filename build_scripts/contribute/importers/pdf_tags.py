"""The tags of a PDF: which of its words are a paragraph, a heading, an item, a cell; Word, LibreOffice and Chromium
write them.

Where they cover a document's words, they say what places on a page can only suggest.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import pypdfium2.raw as raw

from build_scripts.contribute.importers.pdf_hyphens import Hyphens
from build_scripts.contribute.importers.pdf_layout import is_item, join_rows
from build_scripts.contribute.importers.pdf_rows import ENDED, Piece, rows_of, with_markers

MOST_ELEMENTS = 200_000
"""Elements of a page's tree that are looked at."""
COVERED = 0.9
"""Share of a document's letters that its tags must place for them to be believed."""

_BLOCKS = frozenset(
    [
        *("P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Title", "Caption", "TOCI", "Note", "FENote", "BlockQuote"),
        *("LI", "TD", "TH", "Code", "BibEntry", "Figure", "Formula"),
    ]
)
_HOLDERS = frozenset(["Document", "Part", "Sect", "Div", "Art", "L", "Table", "TR", "THead", "TBody", "TFoot", "TOC"])
_CELLS = frozenset(["TD", "TH"])
_NO_CELL = frozenset(["H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "Table"])
"""What a cell of a table of figures does not hold: such a cell only places parts of a page."""
_GOES_ON = frozenset(["P", "LI"])
_LONG = 60
"""Letters of a row that is no running header."""


@dataclass(slots=True)
class Tags:
    """The blocks of a page in reading order, by their numbers."""

    blocks: dict[int, int] = field(default_factory=dict)
    """Marked content to the number of its block."""
    kinds: dict[int, str] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)
    """Cell to the row of its table."""

    def mark(self, drawn: object) -> int:
        """Return the block of a drawn text, -1 where no tag names it."""
        return self.blocks.get(raw.FPDFPageObj_GetMarkedContentID(drawn), -1) if drawn else -1


@dataclass(frozen=True, slots=True)
class _Step:
    """An element of the tree that is still to be looked at, and what holds it."""

    element: Any
    block: int = -1
    row: int = -1
    item: int = -1
    """The item of a list whose first paragraph has not been met."""


def tags_of(page: object) -> Tags | None:
    """Return the tags of a page, None where it has none."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return None
    tags = Tags()
    try:
        number = raw.FPDF_StructTree_CountChildren(tree)
        _walk(tags, [_Step(raw.FPDF_StructTree_GetChildAtIndex(tree, place)) for place in range(number)])
    finally:
        raw.FPDF_StructTree_Close(tree)
    return tags if tags.blocks else None


def _walk(tags: Tags, roots: list[_Step]) -> None:
    """Number the blocks below the roots; without recursion, since a document may nest as deep as it likes."""
    waiting = roots[::-1]
    last = 0
    begun: set[int] = set()
    for _ in range(MOST_ELEMENTS):
        if not waiting:
            return
        step = waiting.pop()
        if not step.element:
            continue
        kind = _type(step.element)
        number = raw.FPDF_StructElement_CountChildren(step.element)
        children = [raw.FPDF_StructElement_GetChildAtIndex(step.element, place) for place in range(number)]
        block, row, item = step.block, step.row, step.item
        is_cell = kind in _CELLS and not any(child and _type(child) in _NO_CELL for child in children)
        in_cell = block in tags.rows
        if kind in _HOLDERS or (kind in _CELLS and not is_cell):
            block, item = -1, -1
            last += 1
            row = last if kind == "TR" else -1 if kind in _CELLS else row
        elif kind in _BLOCKS and not in_cell:
            if item >= 0 and item not in begun and kind == "P":
                begun.add(item)  # the first paragraph of an item stands on the line of its bullet
            else:
                last += 1
                block = last
                tags.kinds[block] = "P" if kind == "P" and item >= 0 else kind
                if is_cell and row >= 0:
                    tags.rows[block] = row
                item = block if kind == "LI" else item
        for place, child in enumerate(children):
            content = -1 if child else raw.FPDF_StructElement_GetChildMarkedContentID(step.element, place)
            if content >= 0:
                if block < 0:
                    last += 1
                    block = last
                    tags.kinds[block] = "P"
                tags.blocks.setdefault(content, block)
        waiting += [_Step(child, block, row, item) for child in reversed(children) if child]


def _type(element: object) -> str:
    size = raw.FPDF_StructElement_GetType(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDF_StructElement_GetType(element, buffer, size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def are_believed(pages: Sequence[tuple[Sequence[Piece], Tags | None]]) -> bool:
    """Return whether tags place nearly all words of a document, all but what pages repeat around theirs."""
    tagged = sum(len(piece.text) for pieces, _ in pages for piece in pieces if piece.mark >= 0)
    rest = [piece.text for pieces, _ in pages for piece in _among(pieces)]
    blocks = sum(len({piece.mark for piece in pieces}) for pieces, _ in pages)
    return tagged > COVERED * (tagged + sum(map(len, rest))) and blocks > 1 and not any(len(t) > _LONG for t in rest)


def _among(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces without a tag that stand among those with one: above and below are headers and footers."""
    heights = [piece.base for piece in pieces if piece.mark >= 0]
    low, high = min(heights, default=-1e9), max(heights, default=1e9)
    return [piece for piece in pieces if piece.mark < 0 and low <= piece.base <= high]


def lay_tagged(
    pages: Sequence[tuple[Sequence[Piece], Tags | None]],
) -> tuple[list[str], tuple[str, ...], tuple[str, ...]]:
    """Return lines (one a block, blank between them), what no tag names and so was dropped, and what is unsure."""
    blocks: list[tuple[str, int, list[str]]] = []
    dropped: list[str] = []
    for number, (pieces, tags) in enumerate(pages):
        tags = tags or Tags()
        dropped += [row.text for row in rows_of([piece for piece in pieces if piece.mark < 0], number)]
        marked = sorted((piece for piece in with_markers(pieces) if piece.mark >= 0), key=lambda piece: piece.mark)
        for place, (mark, group) in enumerate(groupby(marked, key=lambda piece: piece.mark)):
            rows = [row.text for row in rows_of(group, number)]
            row = tags.rows.get(mark, -1)
            kind = tags.kinds.get(mark, "P")
            if place == 0 and number and blocks and _goes_on(blocks[-1], kind, rows[0]):
                blocks[-1][2].extend(rows)
            else:
                blocks.append((kind, number * MOST_ELEMENTS + row if row >= 0 else -1, rows))
    hyphens = Hyphens([row for *_, rows in blocks for row in rows])
    lines: list[str] = []
    before = ("", -1)
    for kind, row, rows in blocks:
        words = join_rows(rows, hyphens)
        words = f"• {words}" if kind == "LI" and not is_item(words) else words  # a bullet that is drawn is no letter
        if row >= 0 and row == before[1]:
            lines[-1] += f"\t{words}"
        else:
            apart = not (before[0] == kind == "LI" or (row >= 0 and before[1] >= 0))
            lines += ["", words] if lines and apart else [words]
        before = (kind, row)
    return [line.replace("\xad", "-") for line in lines], tuple(dict.fromkeys(dropped)), hyphens.unsure()


def _goes_on(before: tuple[str, int, list[str]], kind: str, first: str) -> bool:
    """Return whether the first block of a page goes on with the last of the page before it."""
    if before[0] not in _GOES_ON or kind not in _GOES_ON or before[1] >= 0:
        return False
    return first[:1].islower() or (not ENDED.search(before[2][-1][-6:]) and not is_item(first))
