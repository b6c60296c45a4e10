"""Undo the layout of a document in pages: columns, running headers, page numbers, wrapped lines, hyphens at their ends.

Nothing is moved that need not be: pieces stay in the order in which the page has them, unless its rows run through two
columns. Lengths are points (1/72 inch), heights count from the foot of a page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

MOST_PEELED = 3
"""Rows of a running header or footer."""
REPEATED = 0.4
"""On which share of all pages a row must stand to be a running one: every other page has its own in a book."""
RUNNING_SIZE = 1.15
"""How many times the size of most letters those of a running row are at the most: a page's own title is larger."""
COLUMN_ROWS = 4
"""Rows with two pieces from which they may be columns."""
COLUMN_FULL = 0.55
"""How much of a column its lines fill; the cells of a table fill less."""
COLUMN_LETTERS = 20
LEADING = 1.3
"""How many times the usual distance of lines another distance must be to part paragraphs."""

_BULLET = re.compile(r"[•◦‣⁃▪▫■□●○∙·➢▸►\uf0b7\uf0a7]|[-–o*](?=\s)|\(?(?:[0-9]{1,2}|[a-z])[.)](?=\s)")
_SURE_BULLET = re.compile(r"[•◦‣⁃▪▫■□●○∙·➢▸►\uf0b7\uf0a7]")
_ENDED = re.compile(r"[.!?:;][\"'’”)\]]*\Z")
_SENTENCE = re.compile(r"\w+\W+\w+\W+\w+\W+\w+[.!?][\"'’”)\]]*\Z")
"""Four words and a full stop: no running row ends so."""
_TIGHT = re.compile(r"\S[-‐‑–—/]\Z")
"""What goes on in the next line without a space: 2023-2025, and/or."""
_LONE_BULLET = re.compile(r"[•◦‣⁃▪▫■□●○∙·➢▸►\uf0b7\uf0a7–]\Z")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[0-9ivxlc]{1,5}(?:\s*(?:of|/|\|)\s*[0-9]{1,5})?\Z", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LAST_PART = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)-\Z")
_FIRST_PART = re.compile(r"[^\W\d_]+")
_PREFIXES = frozenset(
    [
        *("anti", "co", "cross", "ex", "half", "high", "ill", "inter", "long", "low", "mid", "mini", "multi"),
        *("non", "off", "on", "one", "out", "over", "part", "post", "pre", "pro", "re", "self", "semi", "short"),
        *("sub", "two", "under", "well"),
    ]
)
"""Words that go before a hyphen of their own: co-production, long-term."""


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
    hyphenated: bool = False
    """True when the hyphen at its end may only be there because the line ends."""


@dataclass(slots=True)
class _Row:
    """Pieces on one line of a page."""

    page: int
    pieces: list[Piece] = field(default_factory=list)
    joint: str = " "
    """What stands between its pieces: a tab where they are cells."""

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
    def bold(self) -> bool:
        return all(piece.bold for piece in self.pieces)


def lay_flat(pages: Sequence[Sequence[Piece]]) -> tuple[list[str], tuple[str, ...], tuple[str, ...]]:
    """Return lines (one a paragraph, blank between them), what was dropped, and what is unsure."""
    rows = [_rows(page, number) for number, page in enumerate(pages)]
    rows, dropped = _without_running(rows)
    ordered = [row for page in rows for row in _in_columns(page)]
    lines, unsure = _paragraphs(ordered)
    return lines, tuple(dict.fromkeys(dropped)), unsure


def _rows(pieces: Iterable[Piece], page: int) -> list[_Row]:
    """Put together pieces that follow each other on one line."""
    rows: list[_Row] = []
    for piece in pieces:
        last = rows[-1].pieces[-1] if rows else None
        level = last is not None and abs(last.base - piece.base) < 0.4 * max(last.size, piece.size, 1)
        if last is not None and level and piece.left >= last.right - 1:
            rows[-1].pieces.append(piece)
        else:
            rows.append(_Row(page, [piece]))
    return rows


def _without_running(pages: list[list[_Row]]) -> tuple[list[list[_Row]], list[str]]:
    """Return the pages without the rows at their head and foot that other pages have in the same place."""
    dropped: list[str] = []
    filled = [page for page in pages if page]
    least = max(min(3, len(filled)), 2, REPEATED * len(filled))
    letters: Counter[float] = Counter()
    for page in filled:
        for row in page:
            letters[round(row.size)] += len(row.text)
    largest = RUNNING_SIZE * max(letters, key=lambda size: letters[size], default=0)
    for at_head in (True, False):
        for _ in range(MOST_PEELED):
            outer = {id(page): _apart(page, at_head) for page in pages if page}
            counts: Counter[tuple[str, int]] = Counter()
            for page in pages:
                for row in outer.get(id(page), ()):
                    # A place between two of the grid's is counted with both.
                    texts, place = _running_texts(row, len(pages)), int(row.base // 6)
                    counts.update({(text, place + shift) for text in texts for shift in (0, 1)})
            peeled = False
            for page in pages:
                for row in outer.get(id(page), ()):
                    texts, place = _running_texts(row, len(pages)), int(row.base // 6)
                    often = max(counts[text, place + shift] for text in texts for shift in (0, 1)) >= least
                    if often and row.size <= largest and not _SENTENCE.search(row.text):
                        dropped.append(row.text)
                        page[:] = [each for each in page if each is not row]
                        peeled = True
            if not peeled:
                break
    return pages, dropped


def _apart(page: Sequence[_Row], at_head: bool) -> list[_Row]:
    """Return all that stands at the height of the page's first, or last, row, where that is apart from the rest."""
    height = (max if at_head else min)(row.base for row in page)
    outer = [row for row in page if abs(row.base - height) < 2]
    rest = [row for row in page if abs(row.base - height) >= 2]
    if not rest:
        return outer
    distances = [abs(one.base - other.base) for one, other in pairwise(rest) if abs(one.base - other.base) >= 2]
    nearest = min(rest, key=lambda row: abs(row.base - height))
    usual = min([*sorted(distances)[len(distances) // 4 :][:1], 2 * nearest.size])
    alike = abs(nearest.size - outer[0].size) < 0.6 and nearest.bold == outer[0].bold
    return [] if alike and abs(nearest.base - height) <= LEADING * usual else outer


def _running_texts(row: _Row, pages: int) -> set[str]:
    """Return the row's words as they are, and with its page number made the same on every page.

    Both, since a number of a page may also stand in what is the same on all: the hour at which it was printed.
    """
    if _PAGE_NUMBER.match(row.text):
        return {"#"}
    changing = {str(row.page + 1), str(pages)}
    return {row.text, _NUMBER.sub(lambda found: "#" if found[0] in changing else found[0], row.text)}


def _in_columns(rows: Sequence[_Row]) -> list[_Row]:
    """Return a page's rows in reading order, where they run through two columns; tables keep their rows."""
    gutter = _gutter(rows)
    if gutter is None:
        return list(_with_joints(rows))
    ordered: list[_Row] = []
    sides: tuple[list[_Row], list[_Row]] = ([], [])
    for row in rows:
        parts: tuple[list[Piece], list[Piece]] = ([], [])
        for piece in row.pieces:
            parts[piece.left >= gutter - 1].append(piece)
        if any(piece.left < gutter - 1 and piece.right > gutter + 1 for piece in row.pieces):
            ordered += [*sides[0], *sides[1], row]
            sides = ([], [])
            continue
        for side, pieces in zip(sides, parts, strict=True):
            side.extend([_Row(row.page, pieces)] if pieces else [])
    return [*ordered, *sides[0], *sides[1]]


def _gutter(rows: Sequence[_Row]) -> float | None:
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


def _with_joints(rows: Sequence[_Row]) -> Iterator[_Row]:
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


def _is_stretched(row: _Row, gaps: Sequence[float]) -> bool:
    """Return whether a row is one of justified text: all of its words lie as far apart."""
    words = all(" " not in piece.text for piece in row.pieces)
    return words and max(gaps) - min(gaps) < 0.3 * row.size and max(gaps) < 4 * row.size


def _paragraphs(rows: Sequence[_Row]) -> tuple[list[str], tuple[str, ...]]:
    """Return a line for each paragraph, heading, item and row of a table, and what is unsure about it."""
    rights = _right_edges(rows)
    leading = _leadings(rows)
    known = Counter(word.casefold() for row in rows for word in _WORD.findall(row.text))
    compounds = Counter(word.casefold() for row in rows for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)+", row.text))
    lines: list[str] = []
    joined: list[str] = []
    kept: list[str] = []
    for number, row in enumerate(rows):
        before = rows[number - 1] if number else None
        if before is None or not _goes_on(before, row, rights[number - 1], leading):
            item = bool(_BULLET.match(row.text))
            if lines and not (item and _BULLET.match(lines[-1])):
                lines.append("")
            lines.append(row.text)
        elif before.pieces[-1].hyphenated or (lines[-1].endswith("-") and _LAST_PART.search(lines[-1])):
            lines[-1] = _rejoined(lines[-1], row.text, known, compounds, joined, kept)
        else:
            lines[-1] += ("" if _TIGHT.search(lines[-1][-2:]) else " ") + row.text
    unsure = []
    if joined:
        unsure.append(f"hyphens at the ends of lines were taken out of {', '.join(dict.fromkeys(joined[:20]))}")
    if kept:
        unsure.append(f"hyphens at the ends of lines were kept in {', '.join(dict.fromkeys(kept[:20]))}")
    return lines, tuple(unsure)


def _right_edges(rows: Sequence[_Row]) -> list[float]:
    """Return, for each row, how far to the right lines go where it stands: in its own block, or one like it."""
    blocks: list[list[int]] = []
    for number, row in enumerate(rows):
        before = rows[number - 1] if number else None
        alike = before is not None and abs(before.size - row.size) < 0.6 and abs(before.left - row.left) < 40
        if alike and before is not None and before.page == row.page and row.base < before.base:
            blocks[-1].append(number)
        else:
            blocks.append([number])
    widest: dict[int, float] = defaultdict(float)
    for row in rows:
        widest[round(row.left / 40)] = max(widest[round(row.left / 40)], row.right)
    edges: list[float] = []
    for block in blocks:
        # Two lines do not show how far a third would go: all lines that begin here do.
        own = max(rows[number].right for number in block)
        edges += [own if len(block) > 2 else widest[round(rows[block[0]].left / 40)]] * len(block)
    return edges


def _leadings(rows: Sequence[_Row]) -> dict[int, float]:
    """Return, for each size of letters, the distance between the lines of a paragraph: the least that is common.

    Sizes that have few lines, such as those of headings, go by the size that most lines have.
    """
    distances: dict[int, list[float]] = defaultdict(list)
    for before, row in pairwise(rows):
        if before.page == row.page and abs(before.size - row.size) < 0.6 and before.base - row.base > 0.9 * row.size:
            distances[round(row.size)].append(before.base - row.base)
    usual = {size: _least_common(found) for size, found in distances.items()}
    most = max(distances, key=lambda size: len(distances[size]), default=0)
    share = usual[most] / most if most else LEADING
    return {size: min(distance, share * size) for size, distance in usual.items()}


def _least_common(distances: Sequence[float]) -> float:
    """Return the least distance that is one of ten or more, so that one odd line does not count."""
    counts = Counter(round(distance) for distance in distances)
    common = [distance for distance in distances if counts[round(distance)] * 10 >= len(distances)]
    return min(common or distances)


def _goes_on(before: _Row, row: _Row, right: float, leading: dict[int, float]) -> bool:
    """Return whether a row goes on with the paragraph of the row before it."""
    if "\t" in (before.joint, row.joint) and (len(before.pieces) > 1 or len(row.pieces) > 1):
        return False
    if abs(before.size - row.size) >= 0.6 or before.bold != row.bold or _SURE_BULLET.match(row.text):
        return False
    # A dash or number opens an item only where nothing is left open: else it is one inside a sentence.
    if _BULLET.match(row.text) and (_ENDED.search(before.text[-6:]) or _BULLET.match(before.text)):
        return False
    if _LONE_BULLET.match(before.text) or (before.pieces[-1].hyphenated and row.text[:1].islower()):
        return True
    # No line of an item begins left of its bullet; further left than an indent is another column.
    if _BULLET.match(before.text) and 3 < before.left - row.left < 60:
        return False
    if before.page == row.page and before.base > row.base:
        if before.base - row.base > LEADING * leading.get(round(row.size), 1e9):
            return False
        # The first line of a paragraph may be set in; below a bullet the others are.
        if row.left - before.left > 6 and not _BULLET.match(before.text):
            return False
    first = row.text.split(maxsplit=1)[0]
    width = (row.right - row.left) * len(first) / max(len(row.text), 1)
    # Letters differ in width; a justified line ends at the edge in any case.
    return before.right + 0.25 * before.size + width * 1.25 > right - 1


def _rejoined(
    line: str, following: str, known: Counter[str], compounds: Counter[str], joined: list[str], kept: list[str]
) -> str:
    """Return two lines as one: without the hyphen between them where only the line's end had put it there.

    The document's own words decide: the word elsewhere without a hyphen, elsewhere with one; or else what such words
    mostly are.
    """
    last, first = _LAST_PART.search(line), _FIRST_PART.match(following)
    if not last or not first or not following[:1].islower():
        return line + following
    parts, rest = last[1].casefold(), first[0].casefold()
    if "-" in parts and compounds[f"{parts}-{rest}"] == 0:
        head, _, parts_last = parts.rpartition("-")
        single = known[parts_last + rest] > 0 and compounds[f"{head}-{parts_last}{rest}"] >= 0
    elif compounds[f"{parts}-{rest}"]:
        single = False
    elif known[parts + rest]:
        single = True
    else:
        single = parts not in _PREFIXES and not (known[parts] > 1 and known[rest] > 1)
    if re.match(r"(?:and|or|to)\b", following):  # short- and long-term
        return f"{line} {following}"
    (joined if single else kept).append(f"{last[1]}{'' if single else '-'}{first[0]}")
    return (line[:-1] if single else line) + following
