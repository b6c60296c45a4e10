"""The scores that a summary gives: beside or below the names of the statements, in lists and in tables.

A list of contents looks the same, with the numbers of pages in place of scores, and is told apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from build_scripts.contribute.signs import without_bullet
from build_scripts.model.vocabulary import SCORES, Framework
from build_scripts.text.header import named_statement, statement_names
from build_scripts.text.letters import fold_name

LONGEST_NAME = 100
"""Characters of a line that may be a statement's name."""
CONTENTS_LINES = 12
"""Within how many lines below “Contents” its first entry stands."""

# Lines are as long as who made them wants: spaces and dots are taken once (*+), not tried again and again.
_BELOW = re.compile(
    r"(?P<word>(?:overall |quality statement )?score\s*+[:–—-]?\s*+)?(?P<score>[0-9]{1,3})(?:\s*+[-–—:]\s.{1,60})?\Z",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?P<name>.{5,90}?)\s*+(?P<between>[\t:|–—-]|\.{2,}+|…++)?[\s.…]*+(?P<word>score\s*+[:–—-]?\s*+)?(?P<score>[0-9]{1,3})\Z",
    re.IGNORECASE,
)
_IN_WORDS = r".{0,60}?\b(?:one|two|three|four|outstanding|good|requires improvement|inadequate|standard|shortfalls?)\b"
_WORDED = re.compile(
    rf"(?P<name>.{{5,90}}?)(?:[^\S\t]*+[\t:|–—-]\s*+|\s++(?:was |were |is )?(?:scored|rated|given|got)\s){_IN_WORDS}",
    re.IGNORECASE,
)
_ALL_WORDS = re.compile(rf"{_IN_WORDS}(?: out of four)?[.,;]?\Z", re.IGNORECASE)
_CONTENTS = frozenset(["contents", "table of contents", "list of contents", "index", "page", "in this report"])


@dataclass(frozen=True, slots=True)
class _Entry:
    statement: str
    number: int
    is_sure: bool
    """Whether the word “score” stands with it."""
    lines: tuple[str, ...]
    is_contents: bool


def found_scores(
    lines: Sequence[str], framework: Framework, pages: Mapping[str | None, int | None]
) -> tuple[tuple[tuple[str, int], ...], set[str]]:
    """Return the scores that stand with the statements' names, in the framework's order, and the lines that said so.

    ``pages`` are the scores of statement pages in the same document. Numbers without the word “score” count only as a
    whole list of them, all of them scores, that neither stands under “Contents” nor contradicts a page's own.
    """
    entries = _entries([line.strip() for line in lines if line.strip()], framework)
    sure = [each for each in entries if each.is_sure and each.number in SCORES]
    bare = [each for each in entries if not each.is_sure]
    if _are_scores(bare, len(framework.statements), pages):
        sure += bare
    order = [item.id for item in framework.statements]
    scores = dict.fromkeys((each.statement, each.number) for each in sure)
    return tuple(sorted(scores, key=lambda each: order.index(each[0]))), {line for each in sure for line in each.lines}


def scores_in_words(lines: Sequence[str], framework: Framework) -> dict[str, str]:
    """Return the statements whose names have words beside or below them that may be scores, and these lines.

    “Safeguarding: three”, “Governance was rated good”: what number is meant, only CQC's page says for sure.
    """
    names = {fold_name(name): id for name, id in statement_names(framework).items()}
    found: dict[str, str] = {}
    plain = [without_bullet(line.strip()) for line in lines if line.strip()]
    for line, following in pairwise([*plain, ""]):
        beside = _WORDED.match(line)
        statement = named_statement(beside["name"], names) if beside else None
        if statement:
            found.setdefault(statement, line)
        elif len(line) <= LONGEST_NAME and _ALL_WORDS.match(following) and (below := named_statement(line, names)):
            found.setdefault(below, f"{line}: {following}")
    return found


def _are_scores(bare: Sequence[_Entry], statements: int, pages: Mapping[str | None, int | None]) -> bool:
    many = len({each.statement for each in bare}) * 2 > statements
    all_scores = all(each.number in SCORES and not each.is_contents for each in bare)
    return many and all_scores and all(pages.get(each.statement) in (None, each.number) for each in bare)


def _entries(lines: Sequence[str], framework: Framework) -> list[_Entry]:
    names = {fold_name(name): id for name, id in statement_names(framework).items()}
    entries: list[_Entry] = []
    contents = -1
    for number, (raw, below) in enumerate(pairwise([*lines, ""])):
        line, following = without_bullet(raw), without_bullet(below)
        if fold_name(line) in _CONTENTS:
            contents = number
        in_contents = contents >= 0 and number - contents <= CONTENTS_LINES
        found: _Entry | None = None
        if cells := _cells(line, names):
            found = _Entry(cells[0], cells[1], cells[2], (raw,), in_contents)
        elif statement := named_statement(line, names) if len(line) <= LONGEST_NAME else None:
            if said := _BELOW.match(following):
                found = _Entry(statement, int(said["score"]), bool(said["word"]), (raw, below), in_contents)
        elif (said := _BESIDE.match(line)) and (statement := named_statement(said["name"], names)):
            dotted = bool(said["between"]) and said["between"][0] in ".…"
            found = _Entry(statement, int(said["score"]), bool(said["word"]), (raw,), in_contents or dotted)
        if found:
            entries.append(found)
            contents = number if in_contents else contents
    return entries


def _cells(line: str, names: Mapping[str, str]) -> tuple[str, int, bool] | None:
    """Return what a row of a table gives, the name in whichever cell: the first may be that of an area."""
    cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
    for cell, following in pairwise(cells):
        if len(cell) <= LONGEST_NAME and (statement := named_statement(cell, names)):
            said = _BELOW.match(following)
            return (statement, int(said["score"]), bool(said["word"])) if said else None
    return None
