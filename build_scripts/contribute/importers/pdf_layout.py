"""Undo the layout of a document in pages: columns, running headers, page numbers, wrapped lines.

Nothing is moved that need not be: pieces stay in the order in which the page has them, unless its rows run through two
columns. Lengths are points (1/72 inch), heights count from the foot of a page.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from build_scripts.contribute.importers.pdf_boxes import LONG_LINE, Box, parted, without_boxes
from build_scripts.contribute.importers.pdf_hyphens import Hyphens, is_cut
from build_scripts.contribute.importers.pdf_rows import ENDED, Piece, Row, rows_of, with_markers
from build_scripts.contribute.importers.pdf_running import LEADING, without_running

COLUMN_ROWS = 4
"""Rows with two pieces from which they may be columns."""
COLUMN_FULL = 0.55
"""How much of a column its lines fill; the cells of a table fill less."""
COLUMN_LETTERS = 20
ENOUGH = 6
"""Lines that show how far to the right lines go."""
FULL = 0.25
"""How many times the letters' size may be left of a line that goes to its edge: a hyphen hangs over it, or does not."""
HEADING = 120
"""Letters that a heading, or a sentence that leads to a list, has at the most."""
SPACE = 0.35
"""How many times the letters' size a space is wide at the most, where lines are not stretched."""
STRETCHED = 0.05
"""By how many times the letters' size the spaces of justified lines differ."""

_BULLET = re.compile(r"[•◦‣⁃▪▫■□●○∙·➢▸►\uf0b7\uf0a7]|[-–o*](?=\s)|\(?(?:[0-9]{1,2}|[a-z])[.)](?=\s)")
_SURE_BULLET = re.compile(r"[•◦‣⁃▪▫■□●○∙·➢▸►\uf0b7\uf0a7]")
_TIGHT = re.compile(r"\S[-\xad‐‑–—/]\Z")
"""What goes on in the next line without a space: 2023-2025, and/or."""
_LONE_BULLET = re.compile(r"[•◦‣⁃▪▫■□●○∙·➢▸►\uf0b7\uf0a7–]\Z")


def lay_flat(pages: Sequence[Sequence[Piece]]) -> tuple[list[str], tuple[str, ...], tuple[str, ...]]:
    """Return lines (one a paragraph, blank between them), what was dropped, and what is unsure."""
    rows = [rows_of(with_markers(page), number) for number, page in enumerate(pages)]
    rows, dropped = without_running(rows)
    flow, boxes = without_boxes([_in_columns(page) for page in rows])
    lines, unsure = _laid(flow, boxes)
    return lines, tuple(dict.fromkeys(dropped)), unsure


def _in_columns(rows: Sequence[Row]) -> list[Row]:
    """Return a page's rows in reading order, where they run through two columns; tables keep their rows."""
    gutter = _gutter(rows)
    if gutter is None:
        return list(_with_joints(parted(rows)))
    ordered: list[Row] = []
    sides: tuple[list[Row], list[Row]] = ([], [])
    for row in rows:
        parts: tuple[list[Piece], list[Piece]] = ([], [])
        for piece in row.pieces:
            parts[piece.left >= gutter - 1].append(piece)
        if any(piece.left < gutter - 1 and piece.right > gutter + 1 for piece in row.pieces):
            ordered += [*sides[0], *sides[1], row]
            sides = ([], [])
            continue
        for side, pieces in zip(sides, parts, strict=True):
            side.extend([Row(row.page, pieces)] if pieces else [])
    return [*ordered, *sides[0], *sides[1]]


def _gutter(rows: Sequence[Row]) -> float | None:
    """Return where the empty band between two columns begins on the right, None where there is none."""
    double = [row for row in rows if len(row.pieces) > 1]
    if len(double) < COLUMN_ROWS:
        return None
    gaps = [max(pairwise(row.pieces), key=lambda pair: pair[1].left - pair[0].right) for row in double]
    start, end = max(left.right for left, _ in gaps), min(right.left for _, right in gaps)
    if start >= end:
        return None
    least, most = min(row.left for row in double), max(row.right for row in double)
    lefts, rights = (
        [sum(len(piece.text) for piece in row.pieces if (piece.left < end - 1) == is_left) for row in double]
        for is_left in (True, False)
    )
    full = median(left.right - row.left for row, (left, _) in zip(double, gaps, strict=True)) / max(start - least, 1)
    full_right = median(row.right - right.left for row, (_, right) in zip(double, gaps, strict=True)) / max(
        most - end, 1
    )
    if min(full, full_right) < COLUMN_FULL or min(median(lefts), median(rights)) < COLUMN_LETTERS:
        return None
    return end


def _with_joints(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows, with tabs in those that are rows of a table: cells far apart, or below each other."""
    starts = Counter(round(piece.left / 3) for row in rows for piece in row.pieces[1:])
    for row in rows:
        gaps = [right.left - left.right for left, right in pairwise(row.pieces)]
        if gaps and not _is_marker(row.pieces[0].text) and not _is_stretched(row, gaps):
            aligned = all(starts[round(piece.left / 3)] > 1 for piece in row.pieces[1:])
            row.joint = "\t" if aligned or min(gaps) > 3 * row.size else " "
        yield row


def _is_marker(text: str) -> bool:
    """Return whether the first piece of a row is the bullet or number of an item."""
    found = _BULLET.match(f"{text} ")
    return found is not None and found.end() == len(text)


def _is_stretched(row: Row, gaps: Sequence[float]) -> bool:
    """Return whether a row is one of justified text: all of its words lie as far apart."""
    words = all(" " not in piece.text for piece in row.pieces)
    return words and max(gaps) - min(gaps) < 0.3 * row.size and max(gaps) < 4 * row.size


def is_item(text: str) -> bool:
    """Return whether a bullet or number opens a line."""
    return bool(_BULLET.match(text))


def join_rows(rows: Sequence[str], hyphens: Hyphens) -> str:
    """Return the rows of a paragraph as one line."""
    line = rows[0]
    for row in rows[1:]:
        whole = hyphens.joined(line, row)
        line = whole if whole is not None else line + ("" if _TIGHT.search(line[-2:]) else " ") + row
    return line


def _laid(flow: Sequence[Row], boxes: Sequence[Box]) -> tuple[list[str], tuple[str, ...]]:
    """Return a line for each paragraph, heading, item and row of a table, boxes behind the paragraphs that they stand
    beside, and what is unsure about it.
    """
    leading = _leadings([*flow, *(row for box in boxes for row in box.rows)])
    hyphens = Hyphens([row.text for rows in (flow, *(box.rows for box in boxes)) for row in rows])
    unsure: list[str] = []
    lines, places = _paragraphs(flow, leading, hyphens, unsure)
    behind = sorted(((_end(lines, _beside(box, flow, places)), box) for box in boxes), key=lambda pair: pair[0])
    for place, box in reversed(behind):
        words, _ = _paragraphs(box.rows, leading, hyphens, unsure)
        lines[place:place] = ["", *words]
        where = (
            f"a box beside the text of page {box.rows[0].page + 1} was put behind the paragraph that it stands beside"
        )
        unsure.append(f"{where}: “{box.rows[0].text} …”")
    return [line.replace("\xad", "-") for line in lines], (*hyphens.unsure(), *unsure)


def _beside(box: Box, flow: Sequence[Row], places: Mapping[int, int]) -> int:
    """Return the line that a box stands beside; where that is all in boxes itself, the last one of its page."""
    beside = (places[id(row)] for row in box.beside if id(row) in places)
    above = (places[id(row)] for row in flow if row.page <= box.rows[0].page)
    return next(beside, max(above, default=0))


def _end(lines: Sequence[str], place: int) -> int:
    """Return where the paragraph ends to which a line belongs: a heading its first one, a list all of its items."""

    def run(start: int) -> int:
        return next((each for each in range(start, len(lines)) if not lines[each]), len(lines))

    end = run(place)
    while end < len(lines) and len(lines[end - 1]) < HEADING and not _BULLET.match(lines[end - 1]):
        if ENDED.search(lines[end - 1][-6:]) and not lines[end - 1].endswith(":"):
            break
        end = run(end + 1)
    return end


def _paragraphs(
    rows: Sequence[Row], leading: dict[int, float], hyphens: Hyphens, unsure: list[str]
) -> tuple[list[str], dict[int, int]]:
    """Return a line for each paragraph, and to which line each row belongs; add what is unsure about it."""
    _find_edges(rows)
    lines: list[str] = []
    places: dict[int, int] = {}
    for number, row in enumerate(rows):
        before = rows[number - 1] if number else None
        if before is None or not _goes_on(before, row, leading):
            item = bool(_BULLET.match(row.text))
            if lines and not (item and _BULLET.match(lines[-1])):
                lines.append("")
            lines.append(row.text)
        elif (whole := hyphens.joined(lines[-1], row.text)) is not None:
            lines[-1] = whole
        else:
            if not _is_below(before, row) and not before.justified and ENDED.search(lines[-1][-6:]):
                unsure.append(f"a paragraph may end with “…{lines[-1][-30:]}”, where a page or column does")
            lines[-1] += ("" if _TIGHT.search(lines[-1][-2:]) else " ") + row.text
        places[id(row)] = len(lines) - 1
    return lines, places


def _find_edges(rows: Sequence[Row]) -> None:
    """Set how far to the right lines go where each row stands: in its own block, or in those like it."""
    blocks: list[list[Row]] = []
    rights: dict[tuple[int, ...], list[float]] = defaultdict(list)
    for before, row in zip([None, *rows], rows, strict=False):
        alike = before and abs(before.size - row.size) < 0.6 and abs(before.left - row.left) < 40
        if before and alike and _is_below(before, row) and before.lane == row.lane:
            blocks[-1].append(row)
        else:
            blocks.append([row])
        for place in _places(row):
            rights[place].append(row.right)
    ordered = {place: sorted(each) for place, each in rights.items()}
    wrapping: set[tuple[int, ...]] = set()
    for block in blocks:
        seen = (sorted(row.right for row in block), *(ordered[place] for place in _places(block[0])))
        enough = next((each for each in seen if len(each) >= ENOUGH), seen[-1])
        common = _common_right(block)
        for above, row in pairwise(block):
            if row.text[:1].islower() or not ENDED.search(above.text[-6:]):
                wrapping.update(_places(above))
        for row in block:
            # The widest may be a title across columns, or hang over.
            row.edge, row.justified = (enough[-3:][0], False) if common is None else (common, True)
    for row in rows:
        row.wraps = not wrapping.isdisjoint(_places(row))


def _places(row: Row) -> tuple[tuple[int, ...], ...]:
    """Return what a row has in common with others that may go as far to the right, the closest first."""
    left, size = round(row.left / 40), round(row.size)
    if row.lane:
        return ((row.page, left, -row.lane),)
    return (row.page, left, size), (row.page, left), (-1, left, size), (-1, left)


def _common_right(block: Sequence[Row]) -> float | None:
    """Return where the lines of a justified block end, None where it is ragged: its lines end wherever words do.

    Ragged lines that end alike by chance have spaces that are alike, too.
    """
    ends: dict[int, list[float]] = defaultdict(list)
    for row in block:
        for place in (0, 1):  # one between two of the grid's is counted with both
            ends[math.floor(4 * row.right) + place].append(row.space)
    end, spaces = max(ends.items(), key=lambda item: len(item[1]))
    common = len(spaces) >= 3 and 3 * len(spaces) >= len(block)
    return end / 4 if common and max(spaces) - min(spaces) > STRETCHED * block[0].size else None


def _is_below(before: Row, row: Row) -> bool:
    """Return whether a row is in the same column as the one before it, as far as it can be seen."""
    return before.page == row.page and row.base < before.base


def _leadings(rows: Sequence[Row]) -> dict[int, float]:
    """Return, for each size of letters, the distance between the lines of a paragraph: the least that is common.

    Sizes that have few lines, such as those of headings, go by the size that most lines have.
    """
    distances: dict[int, list[float]] = defaultdict(list)
    sure: dict[int, list[float]] = defaultdict(list)
    for before, row in pairwise(rows):
        if before.page == row.page and abs(before.size - row.size) < 0.6 and before.base - row.base > 0.9 * row.size:
            distances[round(row.size)].append(before.base - row.base)
            if row.text[:1].islower() and not ENDED.search(before.text[-6:]):
                sure[round(row.size)].append(before.base - row.base)
    # A line that goes on with a small letter is sure to be of the same paragraph as the one above it.
    usual = {size: min(sure.get(size) or [_least_common(found)]) for size, found in distances.items()}
    most = max(distances, key=lambda size: len(distances[size]), default=0)
    share = usual[most] / most if most else LEADING
    return {size: min(distance, share * size) for size, distance in usual.items()}


def _least_common(distances: Sequence[float]) -> float:
    """Return the least distance that is one of ten or more, so that one odd line does not count."""
    counts = Counter(round(distance) for distance in distances)
    common = [distance for distance in distances if counts[round(distance)] * 10 >= len(distances)]
    return min(common or distances)


def _goes_on(before: Row, row: Row, leading: dict[int, float]) -> bool:
    """Return whether a row goes on with the paragraph of the row before it."""
    if "\t" in (before.joint, row.joint) and (len(before.pieces) > 1 or len(row.pieces) > 1):
        return False
    if abs(before.size - row.size) >= 0.6 or before.bold != row.bold or _SURE_BULLET.match(row.text):
        return False
    # A dash or number opens an item only where nothing is left open: else it is one inside a sentence.
    if _BULLET.match(row.text) and (ENDED.search(before.text[-6:]) or _BULLET.match(before.text)):
        return False
    if _LONE_BULLET.match(before.text) or is_cut(before.text, row.text):
        return True
    # No line of an item begins left of its bullet; further left than an indent is another column.
    if _BULLET.match(before.text) and 3 < before.left - row.left < 60:
        return False
    if _is_below(before, row):
        if before.base - row.base > LEADING * leading.get(round(row.size), 1e9):
            return False
        # The first line of a paragraph may be set in; below a bullet the others are.
        if row.left - before.left > 6 and not _BULLET.match(before.text):
            return False
    if _is_one_heading(before, row, leading):
        return True
    # Where no line is known to go on in the next, a full stop in a long one is its paragraph's end.
    if not before.wraps and ENDED.search(before.text[-6:]) and not row.text[:1].islower():
        return False
    if _is_beside_a_box(before, row):
        return True
    room = before.edge - before.right
    return room < (FULL * before.size if before.justified else SPACE * before.size + row.pieces[0].first)


def _is_beside_a_box(before: Row, row: Row) -> bool:
    """Return whether two lines are of one paragraph though the first ends early: words that no end parts from it."""
    is_open = row.text[:1].islower() and not ENDED.search(before.text[-6:])
    return is_open and _is_below(before, row) and abs(before.left - row.left) < 3 and len(before.text) >= LONG_LINE


def _is_one_heading(before: Row, row: Row, leading: dict[int, float]) -> bool:
    """Return whether two lines are those of one heading, or of a paragraph that is set around a middle."""
    if not _is_below(before, row) or before.base - row.base > 1.35 * row.size or ENDED.search(before.text[-6:]):
        return False
    usual = max(leading, key=lambda size: leading[size], default=0)
    if row.size > 1.15 * usual and row.text[:1].islower():
        return True
    middles = (before.left + before.right) / 2 - (row.left + row.right) / 2
    return abs(middles) < 1.5 and abs(before.left - row.left) > 4 and row.text[:1].islower()
