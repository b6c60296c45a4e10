"""The part of an address by which a browser opens the very words of a passage on CQC's page: a text directive.

``:~:text=[prefix-,]start[,end]`` (https://wicg.github.io/scroll-to-text-fragment/): a browser that knows it scrolls to
the first place where ``start`` stands and marks all from there to the next ``end``. Each of the two stands inside one
paragraph or item; ``prefix`` may end the one before. Other browsers open the page as if nothing had been asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from build_scripts.model.evidence import Passage, StatementPage
from build_scripts.text.letters import fold

FEWEST = 3
"""Words of a beginning: fewer might stand in what a page has around its text, which is not known here."""

SHORT = 8
"""Words of a paragraph that is asked for as a whole."""

LONGEST = 40
"""Words of a part of a directive at the most: what so many do not tell apart, more would at the cost of long addresses
and of time that grows with the square of a paragraph."""

_WORD = re.compile(r"\w+")


def text_directives(page: StatementPage) -> dict[str, str]:
    """Return passage id to the shortest directive that leads to its words alone; empty where none does.

    Words are compared without case, signs and kinds of quotes: what is unique then is so to every browser.
    """
    blocks = list(_blocks(page))
    lines = [f"{_plain(text)}\n" for text, _ in blocks]
    whole, at = "".join(lines), 0
    found: dict[str, str] = {}
    for place, (_, passage) in enumerate(blocks):
        if passage and passage.id not in found:
            before = blocks[place - 1][0] if place else ""
            end = at + sum(map(len, lines[place : place + len(passage.items)]))
            found[passage.id] = _directive(passage, before, range(at, end), whole)
        at += len(lines[place])
    return found


def _blocks(page: StatementPage) -> Iterator[tuple[str, Passage | None]]:
    """Yield each paragraph and item of a text in order, with the passage that it is of."""
    for text in (*page.expectations, *page.commitment):
        yield text, None
    yield "", None  # the line that opens the key findings, of which there are several wordings
    under: int | None = None
    for passage in page.passages:
        if passage.heading != under and passage.heading is not None:
            yield page.headings[passage.heading].text, None
        under = passage.heading
        for item in passage.items:
            yield item, passage
    for _, text in page.boilerplate:
        yield text, None


def _plain(text: str) -> str:
    """Return the words as they are compared, each with a space on both sides."""
    return f" {' '.join(_WORD.findall(fold(text).casefold()))} "


def _directive(passage: Passage, before: str, own: range, whole: str) -> str:
    """Return the directive of a passage whose words are ``own`` of all words, below the paragraph ``before``."""
    words = passage.items[0].split()
    first = words[:LONGEST]
    if not _plain(passage.items[0]).strip():
        return ""
    fewest = len(words) if len(passage.items) == 1 and len(words) <= SHORT else min(FEWEST, len(words))
    start = next((n for n in range(fewest, len(first) + 1) if _is_own(_plain(_join(first[:n])), own, whole)), 0)
    prefix = "" if start else _prefix(before.split(), _plain(_join(first[:fewest])), own, whole)
    if not (start or prefix):
        # Of equal beginnings a browser takes the first.
        start = len(first) if whole.find(_plain(_join(first))) == own.start else 0
        if not start:
            return ""
    start = start or fewest
    parts = [*([f"{_encoded(prefix)}-"] if prefix else []), _encoded(_join(first[:start])), *_end(passage, start)]
    return f":~:text={','.join(parts)}"


def _is_own(words: str, own: range, whole: str) -> bool:
    """Return whether words stand first where a passage begins, and nowhere beside it."""
    return whole.find(words) == own.start and whole.find(words, own.stop) < 0


def _prefix(before: Sequence[str], start: str, own: range, whole: str) -> str:
    """Return the fewest last words of the paragraph before that make the beginning unique; empty where none do."""
    for n in range(1, min(len(before), LONGEST) + 1):
        words = f"{_plain(_join(before[-n:]))}\n"
        at = own.start - len(words)
        if _is_own(f"{words}{start}", range(at, own.stop), whole):
            return _join(before[-n:])
    return ""


def _end(passage: Passage, start: int) -> list[str]:
    """Return the fewest last words that do not stand between the beginning and themselves, where any are left; as many
    of the last item as may be where none are so, as where it stands there twice."""
    rest = [passage.items[0].split()[start:], *(item.split() for item in passage.items[1:])]
    between = "\n".join(_plain(_join(words)) for words in rest)
    last = rest[-1][-LONGEST:]
    for n in range(1, len(last) + 1):
        words = _plain(_join(last[-n:]))
        if words.strip() and between.find(words) == len(between) - len(words):
            return [_encoded(_join(last[-n:]))]
    return [_encoded(_join(last))] if last else []


def _join(words: Sequence[str]) -> str:
    return " ".join(words)


def _encoded(words: str) -> str:
    """Return words as a directive has them: commas and hyphens would be read as its own signs."""
    return quote(words, safe="").replace("-", "%2D")
