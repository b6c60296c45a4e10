"""Where a passage only names things: lists of three or more, examples, asides, names of teams and of titles.

What is found there is a mention. Each look goes once over a sentence, so that time grows with the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from build_scripts.tagging.ahead import Ahead
from build_scripts.tagging.matcher import Text

FEWEST_ITEMS = 3
"""How many things make a list; two that are joined are both what is spoken of."""
ITEM_WORDS = 6
"""How many words an item of a list may have; more are a statement of their own."""
LINE_WORDS = 6
"""The same for an item that stands on a line of its own."""

TITLE_WORDS = 3
"""How many words before "team" or the like may be its name; more say something."""

_AND = re.compile(r"\b(?:and|or) ")
_EXAMPLES = ("such as", "including", "for example", "for instance", "among them", "ranging from", "made up of")
_ASIDES = (
    *("next to", "next door to", "alongside", "beside", "as well as", "in keeping with", "in line with"),
    *("instead of", "rather than", "in place of", "in the hope of"),
)
_STATES = re.compile(
    r"\b(?:is|are|was|were|been|be|has|have|had|did|does|can|could|would|should|will|may|might|must|who|which|that|what"
    r"|said|told|goes|came|went|took|made|got|gave|saw|met|held|ran|felt|knew|found|visited|published|meant|led|spoke)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(_STATES.pattern + r"|\d", re.IGNORECASE)
_PAST = re.compile(r"(?<=[a-z] )[a-z]{2,}ed\b")
_STOP = re.compile(r"[,;:.!?()](?=[ \n]|\Z)|\n|\Z")
_SENTENCE_STOP = re.compile(r"[;:.!?](?=[ \n]|\Z)|\n|\Z")
_TITLE = re.compile(
    r" (?:teams?|officers?|workers?|managers?|leads?|nurses?|departments?|directors?|practitioners?)\b",
    re.IGNORECASE,
)


def stretches(text: Text) -> list[tuple[int, int]]:
    """Return the stretches of a text that name things in passing, each (start, end)."""
    folded = text.folded
    found: list[tuple[int, int]] = []
    for start, end in pairwise([*text.sentences, len(folded)]):
        if folded.find(", ", start, end) >= 0:
            found += _lists(folded, start, end)
    sentence_stop, told, stop = Ahead(_SENTENCE_STOP, folded), Ahead(_TOLD, folded), Ahead(_STOP, folded)
    for start, end in _after(_EXAMPLES, folded):
        last = sentence_stop.at(end)
        if told.at(end) >= last:
            found.append((start, last))
    for start, end in _after(_ASIDES, folded):
        found.append((start, stop.at(end)))
    found += _lines(folded)
    return found


def is_title(text: Text, start: int, end: int) -> bool:
    """Return whether the few words that stand here are the name of a team or of somebody's post."""
    return text.folded.count(" ", start, end) < TITLE_WORDS and _TITLE.match(text.folded, end) is not None


def _after(openings: Sequence[str], folded: str) -> Iterator[tuple[int, int]]:
    """Yield where each of these words stands; looking for plain words is many times as fast as for a pattern."""
    for words in openings:
        place = folded.find(f" {words} ")
        while place >= 0:
            yield place + 1, place + 1 + len(words)
            place = folded.find(f" {words} ", place + 1)


def _lists(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the lists of three or more short items in a sentence: ``a, b and c``."""
    pieces = list(_pieces(folded, start, end))
    first = 0
    while first < len(pieces) - 1:
        last = first + 1
        while last < len(pieces) - 1 and _is_item(folded, pieces[last]):
            last += 1
        joined = _AND.search(folded, *pieces[last])
        close = _close(folded, pieces[last], joined.start() if joined else None)
        inside = joined is not None and joined.start() > pieces[last][0]  # "b and c" are two items
        if close is not None and last - first + 1 + inside >= FEWEST_ITEMS:
            yield _open(folded, pieces[first], _longest(folded, pieces[first + 1 : last + 1])), close
        first = last


def _pieces(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    place = start
    while place < end:
        comma = folded.find(", ", place, end)
        yield place, end if comma < 0 else comma
        place = end if comma < 0 else comma + 2


def _is_item(folded: str, piece: tuple[int, int]) -> bool:
    return (
        len(folded[piece[0] : piece[1]].split()) <= ITEM_WORDS
        and _AND.search(folded, *piece) is None
        and _STATES.search(folded, *piece) is None
        and _PAST.search(folded, *piece) is None
    )


def _longest(folded: str, pieces: Sequence[tuple[int, int]]) -> int:
    return min(ITEM_WORDS, max(len(folded[a:b].split()) for a, b in pieces))


def _open(folded: str, piece: tuple[int, int], words: int) -> int:
    """Return where the first item starts: so many words before the first comma."""
    place = piece[1]
    for _ in range(words):
        before = folded.rfind(" ", piece[0], place)
        if before < 0:
            return piece[0]
        if folded[before - 1] in ":;(" or _STATES.match(folded, before + 1):
            break
        place = before
    return place + 1


def _close(folded: str, piece: tuple[int, int], joined: int | None) -> int | None:
    """Return where the last item ends, which stands behind *and*; None where it is a statement."""
    if joined is None or len(folded[piece[0] : joined].split()) > ITEM_WORDS:
        return None
    place = joined
    for _ in range(ITEM_WORDS):
        after = folded.find(" ", place + 1, piece[1])
        if _STATES.match(folded, place + 1):
            return None
        if after < 0:
            return piece[1]
        place = after
    return place


def _lines(folded: str) -> Iterator[tuple[int, int]]:
    """Yield the runs of short items in a list that has a line for each."""
    place, opened = 0, -1
    for line in folded.split("\n") if "\n" in folded else ():
        is_short = len(line.split()) <= LINE_WORDS
        if is_short and opened < 0:
            opened = place
        if not is_short and opened >= 0:
            yield opened, place - 1
            opened = -1
        place += len(line) + 1
    if opened >= 0:
        yield opened, len(folded)
