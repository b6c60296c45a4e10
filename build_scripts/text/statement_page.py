"""From the text of a statement page, as CQC publishes it, to its parts: score, expectations, commitment, passages.

One parser for every way in which the pages were seen to vary. Nothing is dropped in silence: a line that is not part
of the report's text is kept as boilerplate, and one that is not understood is a problem too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from build_scripts.model.evidence import SourceFile, StatementPage
from build_scripts.model.problems import Problem, quoted
from build_scripts.model.vocabulary import Framework
from build_scripts.text.clean import Line, clean_lines
from build_scripts.text.furniture import SortedLines, doubts, is_paragraph, sort_lines
from build_scripts.text.header import (
    HEADER_LINES,
    Boilerplate,
    Header,
    header_problems,
    is_title,
    read_header,
    statement_names,
)
from build_scripts.text.letters import ends_sentence, fold_name, starts_lower
from build_scripts.text.paragraphs import after_colon, attach_bullets, find_wrapping, unwrap
from build_scripts.text.passages import Block, check_blocks, looks_heading, make_blocks, make_passages

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
    second_page: list[Line] = field(default_factory=list)
    """All lines from where a second page begins below the key findings."""


def parse_statement_page(source: SourceFile, framework: Framework) -> tuple[StatementPage | None, tuple[Problem, ...]]:
    """Return the parts of a statement page and what is wrong with it.

    The page is None when there is nothing to read (EV101, EV102); otherwise it holds all that could be read, and every
    word of the text stands in it once. Problems EV501 to EV505 and EV507 to EV511; whether the text is the one that
    its file name and ``report.yml`` say is for the check stage.
    """
    lines, problems = clean_lines(source)
    if not lines:
        return None, problems
    parts = _split(lines, framework)
    header = read_header(parts.lines["header"], framework)
    _take_second_page(parts, header, source.path, framework)
    names = _heading_names(header.statement, framework)
    known = {fold_name(name) for name in names}
    sorted_findings = _drop_furniture(parts, framework, known)
    expectations, commitment, findings = (parts.lines[part] for part in ("expectations", "commitment", "findings"))
    wrapping = find_wrapping([*expectations, *commitment, *findings])
    blocks = make_blocks(unwrap(findings, wrapping, known, looks_heading), known)
    headings, passages = make_passages(blocks, known)
    dropped = (*parts.boilerplate, *header.boilerplate, *header.unknown, *parts.second_page)
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
        *problems,
        *header_problems(source.path, header, framework),
        *_second_scores(source.path, header, [*expectations, *commitment, *parts.second_page[:1]]),
        *_page_problems(source.path, parts, sorted_findings),
        *doubts(source.path, sorted_findings),
        *_part_problems(source.path, parts, framework),
        *_findings_problems(source.path, parts, blocks, names),
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
        elif current != "header" and name in openings[current] and not parts.lines[current]:
            parts.boilerplate.append(line)
        else:
            parts.lines[current].append(replace(line, after_blank=True) if divided else line)
        divided = False
    return parts


def _take_second_page(parts: _Parts, header: Header, path: str, framework: Framework) -> None:
    """Take from the key findings all from the line where another page begins."""
    fixed = {*framework.expectations_lines, *framework.commitment_lines, *framework.findings_lines}
    own = header.statement or path.rpartition("/")[2].removesuffix(".txt")
    others = {fold_name(name) for name, id in statement_names(framework).items() if id != own}
    boilerplate = Boilerplate(framework)
    openings = set(map(fold_name, fixed))
    findings = parts.lines["findings"]

    def opens_page(line: Line) -> bool:
        return fold_name(line.text) in openings or _is_score(line)

    navigation = closed = announced = False
    for index, line in enumerate(findings):
        whole = len(line.text) <= LONGEST_OPENING and not (starts_lower(line.text) or ends_sentence(line.text))
        name = fold_name(line.text) if whole else ""
        # A name alone may be a sub-heading; another page has its score or a fixed line a few lines below.
        below = findings[index + 1 : index + 1 + HEADER_LINES]
        named = name in others and not (navigation or announced) and any(map(opens_page, below))
        if name in openings or named or is_title(line.text) or (header.scores and _is_score(line)):
            parts.second_page = findings[index:]
            del findings[index:]
            return
        # "Next" and the like stand above the name of the page that they lead to; so does the copyright line.
        closed = boilerplate.is_copyright(line.text) or (closed and not is_paragraph(line))
        navigation = closed or boilerplate.matches_anywhere(line.text)
        announced = after_colon(line, announced)


def _drop_furniture(parts: _Parts, framework: Framework, known: Collection[str]) -> SortedLines:
    """Take the lines that are a page's furniture out of the parts; return what was found among the key findings."""
    last = list(parts.openings)[-1] if parts.openings else ""
    found: dict[str, SortedLines] = {}
    for part in list(parts.lines)[1:]:
        headings = known if part == "findings" else None
        found[part] = sort_lines(parts.lines[part], framework, headings=headings, is_last=part == last)
        parts.lines[part] = found[part].text
        parts.boilerplate += found[part].furniture
    return found["findings"]


def _is_score(line: Line) -> bool:
    return len(line.text) <= 20 and bool(_LATER_SCORE.match(line.text))


def _second_scores(path: str, header: Header, lines: Sequence[Line]) -> Iterator[Problem]:
    """Yield where a score stands after the first (EV502)."""
    later = [(line.text, line.number) for line in lines if _is_score(line)]
    scores = [*((f"Score: {score}", number) for score, number in header.scores), *later]
    for text, number in scores[1:]:
        what = f"a second score, “{text}”, after that of line {scores[0][1]}"
        yield Problem(path, number, "EV502", what, "keep one statement page in a file, and its own score only")


def _page_problems(path: str, parts: _Parts, findings: SortedLines) -> Iterator[Problem]:
    """Yield what stands below the page's end (EV502); a second score is told of by ``_second_scores``."""
    if parts.second_page and not _is_score(parts.second_page[0]):
        line = parts.second_page[0]
        what = f"a second statement page begins with “{line.text}”"
        mend = "keep one statement page in a file: put the other into a file of its own, or delete it"
        yield Problem(path, line.number, "EV502", what, mend)
    if findings.below_copyright:
        line, copyright = findings.below_copyright
        what = f"{quoted(line.text)} stands below the copyright line, line {copyright.number}"
        mend = f"delete line {copyright.number} if the key findings go on below it, or else what is not theirs"
        yield Problem(path, line.number, "EV502", what, mend)


def _part_problems(path: str, parts: _Parts, framework: Framework) -> Iterator[Problem]:
    """Yield which parts are missing or empty (EV507); only the expectations may be absent."""
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


def _findings_problems(path: str, parts: _Parts, blocks: Sequence[Block], names: Sequence[str]) -> Iterator[Problem]:
    """Yield what is wrong with the key findings (EV508 to EV511)."""
    opening = parts.openings.get("findings")
    last = blocks[-1].line if blocks else 0
    if opening and all(
        block.kind == "heading" or (block.line == last and block.kind == "paragraph" and looks_heading(block.text))
        for block in blocks
    ):
        what = f"only headings follow “{opening.text}”" if blocks else f"no paragraph follows “{opening.text}”"
        yield Problem(path, opening.number, "EV508", what, "copy the key findings to their end from CQC's page")
        return
    for problem in check_blocks(path, blocks, names):
        # The last lines above a second page may be that page's too: navigation, an unknown name.
        if not (parts.second_page and problem.line == last):
            yield problem
