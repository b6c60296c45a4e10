"""From the text of a statement page, as CQC publishes it, to its parts: score, expectations, commitment, passages.

One parser for every way in which the pages were seen to vary. Nothing is dropped in silence: a line that is not part
of the report's text is kept as boilerplate, and one that is not understood is a problem too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from build_scripts.clean import Line, clean_lines
from build_scripts.header import Header, boilerplate_matcher, header_problems, read_header
from build_scripts.model import SourceFile, StatementPage
from build_scripts.paragraphs import attach_bullets, find_wrapping, fold_name, unwrap
from build_scripts.passages import check_blocks, looks_heading, make_blocks, make_passages, passage_id
from build_scripts.problems import Problem
from build_scripts.vocabulary import Framework

__all__ = ["parse_statement_page", "passage_id"]

LONGEST_OPENING = 80
"""Characters: longer than any fixed line of a page."""

_LATER_SCORE = re.compile(r"score\s*:\s*[0-9]{1,3}%?\Z", re.IGNORECASE)
_WORDS = re.compile(r"[^\W_]")


@dataclass(slots=True)
class _Parts:
    """The lines of a page, sorted."""

    lines: dict[str, list[Line]]
    """The lines of ``header``, ``expectations``, ``commitment`` and ``findings``."""
    openings: dict[str, Line] = field(default_factory=dict)
    """Part to the line that opens it."""
    boilerplate: list[Line] = field(default_factory=list)


def parse_statement_page(source: SourceFile, framework: Framework) -> tuple[StatementPage | None, tuple[Problem, ...]]:
    """Return the parts of a statement page and what is wrong with it.

    The page is None when there is nothing to read (EV101, EV102); otherwise it holds all that could be read, and every
    word of the text stands in it once. Problems EV501 to EV505 and EV507 to EV511; whether the text is the one that
    its file name and ``report.yml`` say is for the check stage.
    """
    lines, problems = clean_lines(source)
    if problems:
        return None, problems
    parts = _split(lines, framework)
    expectations, commitment, findings = (parts.lines[part] for part in ("expectations", "commitment", "findings"))
    header = read_header(parts.lines["header"], framework)
    names = _heading_names(header.statement, framework)
    known = {fold_name(name) for name in names}
    wrapping = find_wrapping([*expectations, *commitment, *findings])
    blocks = make_blocks(unwrap(findings, wrapping, known, looks_heading), known)
    headings, passages = make_passages(blocks, known)
    dropped = (*parts.boilerplate, *header.boilerplate, *header.unknown)
    page = StatementPage(
        statement=header.statement,
        authority_name=header.authority,
        score=header.score,
        score_label=header.label,
        expectations=tuple(paragraph.text for paragraph in unwrap(expectations, wrapping)),
        commitment=tuple(paragraph.text for paragraph in unwrap(commitment, wrapping)),
        headings=headings,
        passages=passages,
        boilerplate=tuple(sorted((line.number, line.text) for line in dropped)),
    )
    found = [
        *header_problems(source.path, header, framework),
        *_second_scores(source.path, header, [*expectations, *commitment, *findings]),
        *_part_problems(source.path, parts, bool(passages), framework),
        *check_blocks(source.path, blocks, names),
    ]
    return page, tuple(sorted(found))


def _heading_names(statement: str | None, framework: Framework) -> tuple[str, ...]:
    """Return the known headings of the statement, or of all when the text names none."""
    return tuple(name for item in framework.statements if statement in (None, item.id) for name in item.headings)


def _split(lines: Sequence[Line], framework: Framework) -> _Parts:
    """Sort the lines into the parts that the fixed lines open, in the order in which CQC's pages have them."""
    openings = {
        "expectations": frozenset(map(fold_name, framework.expectations_lines)),
        "commitment": frozenset(map(fold_name, framework.commitment_lines)),
        "findings": frozenset(map(fold_name, framework.findings_lines)),
    }
    order = ["header", *openings]
    parts = _Parts({part: [] for part in order})
    current, divided = "header", False
    for line in attach_bullets(lines):
        if not _WORDS.search(line.text):
            parts.boilerplate.append(line)
            divided = True
            continue
        name = fold_name(line.text) if len(line.text) <= LONGEST_OPENING else ""
        opened = next((part for part in order[order.index(current) + 1 :] if name in openings[part]), None)
        if opened:
            current = opened
            parts.openings[current] = line
        else:
            parts.lines[current].append(replace(line, after_blank=True) if divided else line)
        divided = False
    is_boilerplate = boilerplate_matcher(framework)
    while current != "header" and parts.lines[current] and is_boilerplate(parts.lines[current][-1].text):
        parts.boilerplate.append(parts.lines[current].pop())
    return parts


def _second_scores(path: str, header: Header, lines: Sequence[Line]) -> Iterator[Problem]:
    """Yield where a score stands after the first (EV502)."""
    later = [(line.text, line.number) for line in lines if len(line.text) <= 20 and _LATER_SCORE.match(line.text)]
    scores = [*((f"Score: {score}", number) for score, number in header.scores), *later]
    for text, number in scores[1:]:
        what = f"a second score, “{text}”, after that of line {scores[0][1]}"
        yield Problem(path, number, "EV502", what, "keep one statement page in a file, and its own score only")


def _part_problems(path: str, parts: _Parts, has_passages: bool, framework: Framework) -> Iterator[Problem]:
    """Yield which parts are missing or empty (EV507, EV508); only the expectations may be absent."""
    wanted = {"commitment": framework.commitment_lines[0], "findings": framework.findings_lines[0]}
    for part, name in wanted.items():
        if part not in parts.openings:
            mend = "copy the whole text from CQC's page; each part opens with its line"
            yield Problem(path, 1, "EV507", f"the text has no line “{name}”", mend)
    for part in ("expectations", "commitment"):
        if part in parts.openings and not parts.lines[part]:
            opening = parts.openings[part]
            what = f"nothing stands between “{opening.text}” and the next part"
            yield Problem(path, opening.number, "EV507", what, "copy what stands there on CQC's page")
    if "findings" in parts.openings and not has_passages:
        opening = parts.openings["findings"]
        what = f"no passage follows “{opening.text}”"
        yield Problem(path, opening.number, "EV508", what, "copy the key findings to their end from CQC's page")
