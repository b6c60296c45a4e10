"""From lines to paragraphs and list items: undo the wrapping of a PDF, and leave lines that were never wrapped alone.

CQC's pages give a paragraph a line. A PDF, or an editor, cuts paragraphs at about 80 columns, and often drops the
blank lines too; then a paragraph ends at a line that is short: the next line's first word would still have fitted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from build_scripts.text.clean import Line
from build_scripts.text.letters import ends_sentence, fold_name, starts_lower, stops_short

WIDEST_WRAP = 160
"""Columns: a page with longer lines was not wrapped, unless many of its lines go on in the next."""

RAGGED = 0.35
"""How much of the width a line inside a paragraph may leave empty: a PDF's letters differ in width."""

CLEAR_GAP = 0.1
"""How much of the width a paragraph's last line must leave empty where lines are ragged."""

CLEARER_GAP = 0.15
"""The same for a heading or item, which has no end of a sentence to show its own end."""

_BULLET = re.compile(r"(?P<sure>[•◦‣⁃▪▫■□●○∙·➢▸►\uf0b7\uf0a7])\s*|(?P<unsure>[-–—*o])\s+")

_LONE_BULLET = re.compile(r"[•◦‣⁃▪▫■□●○∙·➢▸►\uf0b7\uf0a7\-–—*o]\Z")

_NUMBER = re.compile(r"(?:\(?(?P<number>\d{1,2})[.)]|\(?(?P<letter>[a-z])\))\s+")

_TIGHT_END = re.compile(r"\S[-‐‑–—/]\Z")

_SUSPENDED = re.compile(r"(?:and|or|to|and/or)\b(?!-)")
"""Words that follow a hyphen which belongs to a later word: short- and long-term."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, a heading or an item of a list: what stands between two breaks."""

    line: int
    """First line of the file that holds it."""
    text: str
    after_blank: bool
    is_item: bool = False
    """True when a bullet or number opened it. The bullet is not part of ``text``; a number, being a word, is."""


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How a text was cut into lines."""

    width: int
    slack: int
    """Columns that a line may leave empty, counted with the next line's first word, and still go on in the next."""

    def fits(self, line: Line, following: Line) -> bool:
        """Return whether the next line's first word would have fitted, so that ``line`` ends what it belongs to."""
        slack = self.slack
        if slack >= 0:
            slack = max(slack, int(self.width * (CLEAR_GAP if ends_sentence(line.text) else CLEARER_GAP)))
        return self.width - _needed(line, following) > slack or len(line.text) > self.width * 1.25


@dataclass(frozen=True, slots=True)
class _Marker:
    """The bullet or number that may open a list item."""

    kind: str
    order: int
    """Place in its list; 0 for a bullet."""
    sure: bool
    """False where the sign also occurs in running text, such as a dash."""


def attach_bullets(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines with each bullet that stands alone, as some PDFs give it, put before the next line."""
    attached: list[Line] = []
    bullet: Line | None = None
    for line in lines:
        if bullet:
            line = replace(
                line, number=bullet.number, text=f"{bullet.text} {line.text}", after_blank=bullet.after_blank
            )
        bullet = line if _LONE_BULLET.match(line.text) else None
        if not bullet:
            attached.append(line)
    return (*attached, bullet) if bullet else tuple(attached)


def find_wrapping(lines: Sequence[Line]) -> Wrapping | None:
    """Return how the lines were wrapped, None when each is a paragraph of its own.

    The sign of wrapping is a line that stops in the middle of a sentence: a small letter begins the next, or its own
    last word cannot be the last.
    """
    pairs = list(_running_pairs(lines))
    if not pairs:
        return None
    running = max(len(line.text) for line, _ in pairs)
    if running > WIDEST_WRAP or (max(len(line.text) for line in lines) > WIDEST_WRAP and len(pairs) * 5 < len(lines)):
        return None
    width = max(len(line.text) for line in lines if len(line.text) <= running * 1.25)
    slacks = (width - _needed(*pair) for pair in pairs)
    return Wrapping(width, max([-1, *(slack for slack in slacks if slack <= width * RAGGED)]))


def _running_pairs(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """Yield each line that surely goes on in the next, with the next; a list after a colon proves nothing."""
    announced = False
    for line, following in pairwise(lines):
        announced = after_colon(line, announced)
        if announced or following.after_blank or ends_sentence(line.text) or _marker(following.text):
            continue
        if starts_lower(following.text) or stops_short(line.text):
            yield line, following


def _needed(line: Line, following: Line) -> int:
    return len(line.text) + 1 + len(following.text.split(maxsplit=1)[0])


def after_colon(line: Line, before: bool) -> bool:
    """Return whether what follows the line may be a list that a colon announced and whose bullets were lost."""
    return line.text.endswith(":") or (before and not (ends_sentence(line.text) or _marker(line.text)))


def _marker(text: str) -> _Marker | None:
    if found := _BULLET.match(text):
        sign = found["sure"] or found["unsure"]
        return _Marker(sign, 0, bool(found["sure"])) if found.end() < len(text) else None
    if (found := _NUMBER.match(text)) and found.end() < len(text):
        if found["number"]:
            return _Marker("1", int(found["number"]), False)
        return _Marker("a", ord(found["letter"]) - ord("a") + 1, False)
    return None


def unwrap(
    lines: Sequence[Line],
    wrapping: Wrapping | None,
    known: Collection[str] = (),
    looks_heading: Callable[[str], bool] = lambda text: False,
) -> tuple[Paragraph, ...]:
    """Return the paragraphs and list items of the lines.

    :param known: headings as ``fold_name`` gives them, which always stand alone
    :param looks_heading: whether a line could be a heading by its shape
    """
    breaks = _heading_breaks(lines, known) if wrapping else {}
    paragraphs: list[Paragraph] = []
    rows: list[Line] = []
    current: _Marker | None = None
    announced = False
    for index, line in enumerate(lines):
        before = rows[-1] if rows else None
        announced = before is not None and after_colon(before, announced)
        marker = _marker(line.text)
        if marker and not _opens_item(marker, current, before, line, wrapping):
            marker = None
        if before is not None and not marker:
            following = lines[index + 1] if index + 1 < len(lines) else None
            if index in breaks:
                going_on = not breaks[index]
            else:
                going_on = _goes_on(before, line, following, wrapping, announced, looks_heading)
        else:
            going_on = False
        if rows and not going_on:
            paragraphs.append(_join(rows, current))
            rows = []
        if not rows:
            current = marker
        rows.append(line)
    if rows:
        paragraphs.append(_join(rows, current))
    return tuple(paragraphs)


def _opens_item(
    marker: _Marker, current: _Marker | None, before: Line | None, line: Line, wrapping: Wrapping | None
) -> bool:
    """Return whether the sign opens a list item, and is not a dash or number of running text."""
    in_list = current is not None and current.kind == marker.kind
    if current is not None and in_list and marker.order:
        return marker.order == current.order + 1
    if marker.order > 1:
        return False
    if marker.sure or in_list or wrapping is None or before is None or line.after_blank:
        return True
    return ends_sentence(before.text) or before.text.endswith((":", ";")) or wrapping.fits(before, line)


def _goes_on(
    before: Line,
    line: Line,
    following: Line | None,
    wrapping: Wrapping | None,
    announced: bool,
    looks_heading: Callable[[str], bool],
) -> bool:
    """Return whether ``line`` belongs to the paragraph of the line before it."""
    small = starts_lower(line.text)
    if before.hyphenated and small:
        return True
    if wrapping is None:
        return False
    fits, ended = wrapping.fits(before, line), ends_sentence(before.text)
    if line.after_blank:
        # A page break in the middle of a sentence leaves a blank line too.
        return small and not (fits or ended or announced)
    if fits:
        return small and not (ended or announced)
    # A heading after a last line that happens to be full: the heading itself is short.
    if ended and following is not None and looks_heading(line.text):
        return not wrapping.fits(line, following) or (starts_lower(following.text) and not _marker(following.text))
    return True


def _heading_breaks(lines: Sequence[Line], known: Collection[str]) -> dict[int, bool]:
    """Return, for the lines of known headings and the line after each, whether a paragraph starts there."""
    longest = max(map(len, known), default=0) + 4
    breaks: dict[int, bool] = {}
    for index in range(len(lines)):
        text = ""
        for end in range(index, min(index + 3, len(lines))):
            text = f"{text} {lines[end].text}"
            if (index in breaks and not breaks[index]) or len(text) > longest:
                break
            if fold_name(text) in known:
                breaks |= {index: True, **dict.fromkeys(range(index + 1, end + 1), False), end + 1: True}
                break
    return breaks


def _join(rows: Sequence[Line], marker: _Marker | None) -> Paragraph:
    """Return the rows as one paragraph, without its bullet."""
    parts = [rows[0].text]
    for before, row in pairwise(rows):
        parts += ["" if _joins_tightly(before, row) else " ", row.text]
    text = "".join(parts)
    if marker and not marker.order and (bullet := _BULLET.match(text)):
        text = text[bullet.end() :]
    return Paragraph(rows[0].number, text, rows[0].after_blank, marker is not None)


def _joins_tightly(before: Line, row: Line) -> bool:
    """Return whether no space belongs between two lines: after a soft hyphen, or the hyphen of a compound."""
    if before.hyphenated and starts_lower(row.text):
        return True
    return bool(_TIGHT_END.search(before.text[-2:])) and not _SUSPENDED.match(row.text)
