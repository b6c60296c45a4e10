"""Tell the furniture among the lines of a part, such as navigation, from its text: by words, place and company."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from build_scripts.model.problems import Problem, quoted
from build_scripts.model.vocabulary import Framework
from build_scripts.text.clean import Line
from build_scripts.text.header import BOILERPLATE_REST, Boilerplate, statement_names
from build_scripts.text.letters import ends_sentence, fold_name, starts_lower
from build_scripts.text.paragraphs import after_colon

_TEXT, _FURNITURE, _EITHER = "text", "furniture", "either"


@dataclass(slots=True)
class SortedLines:
    """The lines of one part."""

    text: list[Line] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
    doubtful: list[tuple[Line, Line, Line]] = field(default_factory=list)
    """Lines of the text that may be furniture, each with the first and last line of the run that it stands in."""
    below_copyright: tuple[Line, Line] | None = None
    """The first paragraph that stands below a copyright line, and that line."""


def sort_lines(
    lines: Sequence[Line], framework: Framework, *, headings: Collection[str] | None = None, is_last: bool = False
) -> SortedLines:
    """Return the lines of a part as text and furniture, in order.

    What is short below the copyright line is furniture. A line such as “Home”, which the page's navigation and a
    sub-heading may both be, is furniture where nothing follows, and a heading where it stands alone above a passage;
    beside furniture it is kept as doubtful. Where a colon announced a list of lines with capitals it may be an item.

    :param headings: the known headings as ``fold_name`` gives them; None for a part that has no headings
    :param is_last: whether it is the last part of its page
    """
    boilerplate = Boilerplate(framework)
    found = SortedLines()
    run: list[tuple[Line, str]] = []
    item: Line | None = None
    for line, kind, may_be_item in _kinds(lines, boilerplate, framework, headings, found):
        if kind != _TEXT:
            run.append((line, kind))
            continue
        divided = _end_run(run, found, above_text=headings is not None)
        found.text.append(replace(line, after_blank=True) if divided else line)
        item = found.text[-1] if may_be_item else None
        run = []
    _end_run(run, found, above_text=False)
    last = found.text
    while is_last and last and boilerplate.matches_at_end(last[-1].text):
        if last[-1] is item and boilerplate.is_area(item.text):
            break
        found.furniture.append(last.pop())
    return found


def _kinds(
    lines: Sequence[Line],
    boilerplate: Boilerplate,
    framework: Framework,
    headings: Collection[str] | None,
    found: SortedLines,
) -> Iterator[tuple[Line, str, bool]]:
    """Yield each line with what its words and the lines above it make it, and whether it may be a list's item."""
    statements = set(map(fold_name, statement_names(framework)))
    copyright: Line | None = None
    above: tuple[Line, str] | None = None
    last: Line | None = None
    announced = False
    for line in lines:
        if copyright and is_paragraph(line) and not boilerplate.matches(line.text):
            found.below_copyright = found.below_copyright or (line, copyright)
            copyright = None
        is_copyright = boilerplate.is_copyright(line.text)
        may_be_item = announced and last is not None and (last.text.endswith(":") or not starts_lower(last.text))
        name = fold_name(line.text) if len(line.text) <= BOILERPLATE_REST * 2 else ""
        kind = _TEXT
        if copyright or is_copyright:
            kind = _FURNITURE
            copyright = line if is_copyright and headings is not None else copyright
        elif may_be_item or name in (headings or ()):
            pass
        elif above and above[1] != _TEXT and name in statements:
            kind = _FURNITURE if boilerplate.leads_on(above[0].text) else _EITHER
        elif boilerplate.matches_anywhere(line.text):
            kind = _EITHER if boilerplate.is_place(line.text) else _FURNITURE
        above = (line, kind)
        if kind == _TEXT:
            announced = after_colon(line, announced)
            last = line
        yield line, kind, may_be_item


def _end_run(run: Sequence[tuple[Line, str]], found: SortedLines, *, above_text: bool) -> bool:
    """Take a run of what may be furniture: all of it, or above text all but the last line that may be a heading.

    Return whether its last line was taken out, so that what stands above and below it was apart.
    """
    either = [line for line, kind in run if kind == _EITHER] if above_text else []
    found.furniture += [line for line, _ in run if not either or line is not either[-1]]
    if either:
        divided = either[-1] is not run[0][0]
        found.text.append(replace(either[-1], after_blank=True) if divided else either[-1])
    if either and len(run) > 1:
        found.doubtful.append((either[-1], run[0][0], run[-1][0]))
    return bool(run) and not (either and either[-1] is run[-1][0])


def doubts(path: str, found: SortedLines) -> Iterator[Problem]:
    """Yield which lines may be headings or furniture (EV512)."""
    for line, first, last in found.doubtful:
        what = f"{quoted(line.text)} may be a sub-heading or, like what stands beside it, the page's own navigation"
        mend = (
            f"delete those of the lines {first.number} to {last.number} that are the page's own; a sub-heading then "
            "stands alone above its paragraph"
        )
        yield Problem(path, line.number, "EV512", what, mend)


def is_paragraph(line: Line) -> bool:
    """Return whether a line below the copyright line is of a paragraph, and not of navigation."""
    return len(line.text) > BOILERPLATE_REST or ends_sentence(line.text)
