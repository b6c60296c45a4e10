"""The lines that every statement page has, as other programs break or adorn them, made what CQC's page says.

A narrow column wraps “Key findings for this quality statement”, a design spaces its letters, a document numbers it.
A line that is taken for one of them is told, so that a person can compare it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from build_scripts.model.problems import quoted
from build_scripts.model.vocabulary import Framework
from build_scripts.text.header import statement_names
from build_scripts.text.letters import fold_name

MOST_LINES = 4
"""Lines over which a fixed line or a name may be broken."""
MOST_DIGITS = 3
"""Figures that may adorn one: its number, that of a note, the score."""
LONGEST = 120
"""Characters of a line that may be one, its letters apart."""

_NOT_LETTERS = re.compile(r"[\W\d_]+")
_OUTER = re.compile(r"\A(?:[\W_]|[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]?\s)*|[\W\d_]*\Z")
_SCORE = re.compile(r"(?i:s ?c ?o ?r ?e)\s*+[:–—-]?\s*+([1-4])\Z")
_SPACED = re.compile(r"(?:\w ){3,}\w")
_PAGE = re.compile(r"page [0-9]{1,4} of [0-9]{1,4}\Z", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:(?:is|was) this page (?:useful|helpful)\b|did you find this page\b|give (?:us )?feedback about this page\b"
    r"|help us improve (?:this|our)\b|(?:we|this (?:web)?site) uses? (?:\w+ )?cookies\b|(?:accept|reject|manage|allow)"
    r" (?:(?:all|analytics|optional|your) )?cookies\b|cookies? (?:settings|policy|preferences)\b)",
    re.IGNORECASE,
)
"""How the words begin that a site itself sets below any page."""
_ANSWER = re.compile(r"(?:yes|no|maybe|send|submit|close)(?:,? this page is (?:not )?useful)?\W*\Z", re.IGNORECASE)


def mend_fixed_lines(lines: Sequence[str], framework: Framework) -> tuple[list[str], tuple[str, ...]]:
    """Return the lines with each broken or adorned fixed line, statement's name and known heading as one whole line.

    Also returns a sentence for each that was concluded. A line that is whole already is left as it is.
    """
    fixed = _by_letters([*framework.expectations_lines, *framework.commitment_lines, *framework.findings_lines])
    headings = [heading for item in framework.statements for heading in item.headings]
    names = _by_letters([*statement_names(framework), *headings])
    whole = {fold_name(name) for name in (*fixed.values(), *names.values())}
    filled = [number for number, line in enumerate(lines) if line.strip()]
    made = list(lines)
    notes: list[str] = []
    place = 0
    while place < len(filled):
        taken, name = _taken(lines, filled[place : place + MOST_LINES], fixed, names, whole)
        if taken:
            first, *rest = filled[place : place + taken]
            said = " ".join(lines[each].strip() for each in (first, *rest))
            notes += [f"{quoted(said)} was read as “{name}”"] if said != name else []
            made[first] = name
            for each in rest:
                made[each] = ""
        elif _SPACED.search(line := lines[filled[place]].strip()) and (score := _SCORE.match(line)):
            made[filled[place]] = f"Score: {score[1]}"
        place += max(taken, 1)
    return made, tuple(dict.fromkeys(notes))


def is_page_number(line: str) -> bool:
    """Return whether a line says which page of how many it ends, as printed pages do."""
    return len(line) < LONGEST and bool(_PAGE.match(line.strip()))


def closing_lines(lines: Sequence[str]) -> list[int]:
    """Return the places of the lines at the end that a site sets below any page: a question about it, its cookies."""
    taken: list[int] = []
    sure = 0
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number].strip()
        if len(line) > LONGEST or not (not line or _CLOSING.match(line) or _ANSWER.match(line)):
            break
        taken += [number] if line else []
        sure = len(taken) if _CLOSING.match(line) else sure
    return taken[:sure]


def fixed_lines_in(lines: Iterable[str], framework: Framework) -> list[str]:
    """Return the lines that only a statement page has: fixed ones, and known headings of the key findings."""
    known = [*framework.expectations_lines, *framework.commitment_lines, *framework.findings_lines]
    known += [heading for item in framework.statements for heading in item.headings]
    names = set(map(fold_name, known))
    return [line.strip() for line in lines if len(line) <= LONGEST and fold_name(line) in names]


def _by_letters(names: Iterable[str]) -> dict[str, str]:
    """Return the first of the names that have the same letters, by their letters."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(_letters(name), name)
    return found


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text.casefold())


def _taken(
    lines: Sequence[str], ahead: Sequence[int], fixed: Mapping[str, str], names: Mapping[str, str], whole: set[str]
) -> tuple[int, str]:
    """Return how many of the lines ahead make one that is known, and which; none where the first is whole already."""
    texts: list[str] = []
    best = (0, "")
    for number, each in enumerate(ahead, 1):
        line = lines[each].strip()
        if len(line) > LONGEST or "\t" in line or not _letters(line):
            break
        texts.append(line)
        joined = " ".join(texts)
        letters = _letters(joined)
        if number > 1 and (fold_name(line) in whole or _SCORE.match(line)):
            break
        name = fixed.get(letters, "")
        if not name and (number > 1 or _SPACED.search(joined)):
            name = names.get(letters, "")
        if name and sum(map(str.isdigit, joined)) <= MOST_DIGITS:
            best = (number, name)
    taken, name = best
    first = fold_name(_OUTER.sub("", texts[0])) if texts else ""
    if taken == 1 and fold_name(texts[0]) in whole:
        return 0, ""
    # A shorter fixed line that is whole may open a longer one; a name that is whole goes before other words.
    if taken > 1 and first in whole and _letters(name) not in fixed:
        return 0, ""
    return taken, name
