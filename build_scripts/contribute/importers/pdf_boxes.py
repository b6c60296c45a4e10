"""Put in their place the rows of a page that are drawn before, after or amid those between which they stand, and find
the boxes beside the text, so that no line of either runs into the other.

Programs draw what floats first (browsers) or last (LibreOffice), and last what a style sheet gives a place, wherever it
stands. A box has nothing but itself at its heights and the text beside it; the text goes on above or below it, in its
width.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from build_scripts.contribute.importers.pdf_rows import ENDED, Piece, Row, is_marker

MOST_ROWS = 400
"""Rows of a page on which boxes are looked for: each is compared with each, and a page of text has some 60."""
MOST_MOVED = 20
"""Boxes, and runs of rows in another place, of a page."""
LONG_LINE = 30
"""Letters of a line from which it is one of a paragraph, and no entry of a list or cell of a table."""
WIDTH = 6
"""Rows above and below a gap that show how wide the text is."""
GAP = 8
"""Points that are empty between a text and a box beside it at the least."""
FAR = 2.2
"""How many times the letters' size the lines of a text and of a box beside it are apart at the most."""
BELOW = 2.5
"""Lines below the words of a box that may still be beside its edge."""

_CLOSED = re.compile(r"[.!?][\"'’”)\]]*\Z")


@dataclass(frozen=True, slots=True)
class Box:
    """Rows that stand beside the text."""

    rows: list[Row]
    beside: list[Row]
    """The rows of the text that it stands beside, the highest first."""


def without_boxes(pages: Sequence[Sequence[Row]]) -> tuple[list[Row], list[Box]]:
    """Return the rows of a document's text in reading order, and the boxes that were out of their place in it."""
    flow = [_moved(page, _in_gap) for page in pages]
    boxes: list[Box] = []
    for number, page in enumerate(flow):
        for _ in range(MOST_MOVED if len(page) <= MOST_ROWS else 0):
            before = next((each[-1] for each in reversed(flow[:number]) if each), None)
            after = next((each[0] for each in flow[number + 1 :] if each), None)
            box = next(_misplaced(page, before, after), None)
            if box is None:
                break
            boxes.append(box)
            page[:] = _without(page, box.rows)
        page[:] = _moved(page, _at_edge)
    for number, box in enumerate(boxes, 1):
        for row in box.beside:
            row.lane = number
    return [row for page in flow for row in page], boxes


def parted(rows: Sequence[Row]) -> list[Row]:
    """Return a page's rows, those of a text and of a box beside it apart, where a program draws them line by line.

    Cells of a table stand side by side too; but no column of them is a text that runs on from line to line.
    """
    ordered: list[Row] = []
    place = 0
    while place < len(rows):
        number, sides = _side_by_side(rows[place:] if len(rows) <= MOST_ROWS else rows[place : place + 1])
        running = [side for side in sides if _runs_on(side)]
        if len(running) == 1:
            box = sides[running[0] is sides[0]]
            ordered += [*running[0], *(replace(row, is_aside=True) for row in box)]
        else:
            ordered += [*sides[0], *sides[1]] if running else rows[place : place + number]
        place += number
    return ordered


def _side_by_side(rows: Sequence[Row]) -> tuple[int, tuple[list[Row], list[Row]]]:
    """Return how many rows, one at the least, stand on both sides of one gap from the first one on, and both sides."""
    sides: tuple[list[Row], list[Row]] = ([], [])
    start, end = -math.inf, math.inf
    number = 0
    for number, row in enumerate(rows):
        pieces = row.pieces
        level = pieces if number else _level(rows)
        is_double = len(level) == 2 and not is_marker(level[0].text)
        is_near = not number or -row.size < rows[number - 1].base - row.base < FAR * row.size
        if (not is_double and (not number or len(pieces) > 1)) or not is_near:
            break
        if is_double:
            start, end = max(start, level[0].right), min(end, level[1].left)
        elif pieces[0].left >= end - 1:
            end = min(end, pieces[0].left)
        else:
            start = max(start, pieces[0].right)
        if end - start < GAP:
            break
        for piece in pieces:
            sides[piece.left >= end - 1].append(Row(row.page, [piece]))
    else:
        number = len(rows)
    return (number, sides) if all(map(_is_dense, sides)) else (1, ([], []))


def _is_dense(side: Sequence[Row]) -> bool:
    """Return whether three rows or more follow each other, line by line, on one side: labels beside a text do not."""
    return len(side) > 2 and all(one.base - other.base < FAR * one.size for one, other in pairwise(side))


def _level(rows: Sequence[Row]) -> list[Piece]:
    """Return the pieces on the first line of some rows, from the left; a box may stand a bit lower than the text."""
    pieces = rows[0].pieces
    if len(pieces) == 1 and len(rows) > 1 and abs(rows[0].base - rows[1].base) < 0.9 * rows[0].size:
        pieces = sorted([*pieces, *rows[1].pieces], key=lambda piece: piece.left)
    return pieces


def _runs_on(side: Sequence[Row]) -> bool:
    """Return whether the lines of one side are those of a text: most go on in the next with a small letter."""
    lines = [row.text for row in side]
    running = sum(
        len(line) >= LONG_LINE and not ENDED.search(line[-6:]) and following[:1].islower()
        for line, following in pairwise(lines)
    )
    return 2 * running >= len(lines) - 1 > 1


def _without(page: Sequence[Row], rows: Sequence[Row]) -> list[Row]:
    taken = set(map(id, rows))
    return [row for row in page if id(row) not in taken]


def _moved(page: Sequence[Row], placed: Callable[[Sequence[Row], Sequence[Row]], int | None]) -> list[Row]:
    """Return a page's rows, each run that ``placed`` has a place for among the others put there."""
    ordered = list(page)
    for _ in range(MOST_MOVED if len(page) <= MOST_ROWS else 0):
        for rows in _runs(ordered):
            rest = _without(ordered, rows)
            place = placed(rows, rest) if rest and not any(_are_level(row, rows) for row in rest) else None
            if place is not None and ordered[place : place + len(rows)] != rows:
                ordered = [*rest[:place], *rows, *rest[place:]]
                break
        else:
            break
    return ordered


def _in_gap(rows: Sequence[Row], rest: Sequence[Row]) -> int | None:
    """Return where rows stand between two others that follow each other above and below them; None elsewhere."""
    for place in range(1, len(rest)):
        above, below = rest[:place], rest[place:]
        if above[-1].base > rows[0].base and below[0].base < rows[-1].base and _is_gap(above, rows, below):
            return place
    return None


def _at_edge(rows: Sequence[Row], rest: Sequence[Row]) -> int | None:
    """Return where rows stand that are above, or below, all others of a page; None elsewhere."""
    if rows[-1].base > max(row.base for row in rest):
        return 0
    return len(rest) if rows[0].base < min(row.base for row in rest) else None


def _is_gap(above: Sequence[Row], rows: Sequence[Row], below: Sequence[Row]) -> bool:
    """Return whether rows stand in the width of the text above and below them, whose nearest lines may be short."""
    return any(_overlap(row, rows[0]) for row in above[-WIDTH:]) and any(
        _overlap(row, rows[-1]) for row in below[:WIDTH]
    )


def _are_level(row: Row, rows: Sequence[Row]) -> bool:
    """Return whether a row stands at the heights of others, in their width."""
    return rows[-1].base <= row.base <= rows[0].base and any(_overlap(row, each) for each in rows)


def _misplaced(page: Sequence[Row], before: Row | None, after: Row | None) -> Iterator[Box]:
    """Yield the boxes of a page that are drawn where the text does not have them.

    :param before: the last row of the page before
    :param after: the first row of the page after
    """
    place = {id(row): number for number, row in enumerate(page)}
    for rows in _runs(page):
        beside = _beside(rows, page)
        if not beside:
            continue
        if rows[0].is_aside:
            yield Box(rows, [*beside, *_below(rows, beside, page)])
            continue
        first, last = place[id(rows[0])], place[id(rows[-1])]
        text = sorted(place[id(row)] for row in beside)
        is_first = last < text[0] and _stands_lower(rows, page[last + 1 : text[0]], opens=first == 0)
        is_last = text[-1] < first and any(_is_lower(row, rows) for row in page[text[0] : first])
        around = (page[first - 1] if first else before, page[last + 1] if last + 1 < len(page) else after)
        if is_first or is_last or (len(beside) > 1 and _interrupts(rows, *around)):
            yield Box(rows, [*beside, *_below(rows, beside, page)])


def _runs(page: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield the rows that follow each other both on the page and below each other, with nothing between them."""
    run: list[Row] = []
    for row in page:
        if run and not (
            row.base < run[-1].base
            and _overlap(row, run[-1])
            and row.is_aside == run[-1].is_aside
            and not _is_parted(run[-1], row, page)
        ):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _is_parted(above: Row, below: Row, page: Sequence[Row]) -> bool:
    """Return whether another row stands between two that follow each other."""
    return any(
        below.base + 1 < row.base < above.base - 1 and (_overlap(row, above) or _overlap(row, below)) for row in page
    )


def _overlap(one: Row, other: Row) -> bool:
    """Return whether a row stands, in part, above or below another."""
    return one.left < other.right - 1 and other.left < one.right - 1


def _beside(rows: Sequence[Row], page: Sequence[Row]) -> list[Row]:
    """Return what stands at the heights of some rows, the highest first; nothing where any of it is not beside them."""
    own = set(map(id, rows))
    room = 0.5 * rows[0].size
    level = [row for row in page if id(row) not in own and rows[-1].base - room <= row.base <= rows[0].base + room]
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    if any(row.left < right - 1 and left < row.right - 1 for row in level):
        return []
    return sorted(level, key=lambda row: -row.base)


def _stands_lower(rows: Sequence[Row], between: Sequence[Row], *, opens: bool) -> bool:
    """Return whether rows that come before others stand below them: in their width, or below a page's headings."""
    return any(
        row.base > rows[0].base + row.size
        and (any(_overlap(row, each) for each in rows) or (opens and row.size > 1.15 * rows[-1].size))
        for row in between
    )


def _is_lower(row: Row, rows: Sequence[Row]) -> bool:
    return row.base < rows[-1].base and any(_overlap(row, each) for each in rows)


def _interrupts(rows: Sequence[Row], before: Row | None, after: Row | None) -> bool:
    """Return whether rows stand amid a sentence that goes on behind them, and are whole sentences themselves."""
    if before is None or after is None or len(rows) < 2:
        return False
    is_open = len(before.text) >= LONG_LINE and not ENDED.search(before.text[-6:]) and after.text[:1].islower()
    return is_open and not rows[0].text[:1].islower() and bool(_CLOSED.search(rows[-1].text[-6:]))


def _below(rows: Sequence[Row], beside: Sequence[Row], page: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows right below those beside a box that are as narrow: its edge reaches below its words."""
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    following = [row for row in page if row.base < beside[-1].base and abs(row.left - beside[-1].left) < 3]
    for above, row in pairwise([beside[-1], *sorted(following, key=lambda row: -row.base)]):
        is_near = above.base - row.base < 2 * row.size and row.base > rows[-1].base - BELOW * rows[-1].size
        if not is_near or (row.left < right - 1 and left < row.right - 1):
            return
        yield row
