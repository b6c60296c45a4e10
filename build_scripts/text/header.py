"""Read the lines of a statement page that stand above its parts: title, statement, score, explanation, navigation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from build_scripts.model.days import MONTHS
from build_scripts.model.problems import Problem, nearest, quoted
from build_scripts.model.vocabulary import Framework
from build_scripts.text.clean import Line
from build_scripts.text.letters import ends_sentence, fold_name, starts_lower

BOILERPLATE_REST = 60
"""Characters that ``*`` in a boilerplate line stands for at the most: a paragraph is never taken for boilerplate."""
LONGEST_LINE = 200
"""Characters: a longer line is text that has lost the line above it, not a title or name."""

HEADER_LINES = 6
"""Within how many lines below the name of a statement its page's score or first fixed line stands."""

_TITLE = re.compile(r"(?P<authority>\S.*?)\s*[:–—-]\s*local authority assessment(?: report)?\Z", re.IGNORECASE)
_AUTHORITY = re.compile(r"\b(?:council|borough|corporation)\b|\b(?:city|county) of\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?:quality statement\b\s*)?(?:[1-9]\b)?\s*[.:)–—-]?\s*", re.IGNORECASE)
_SCORE = re.compile(r"(?:overall )?score\b\s*[:–—-]?\s*(?P<score>.{0,20})\Z", re.IGNORECASE)
_EXPLANATION = re.compile(r"(?:(?P<score>[0-9]{1,2})\s*[:–—-]\s*)?(?P<label>\S.*)\Z")
_COPYRIGHT = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)
_DATE = re.compile(rf"(?:[0-9]{{1,2}} )?(?:{'|'.join(MONTHS)}) [0-9]{{4}}\Z", re.IGNORECASE)


@dataclass(slots=True)
class Header:
    """What the lines above the first part say."""

    authority: str | None = None
    statement: str | None = None
    scores: list[tuple[str, int]] = field(default_factory=list)
    """Each score as written, and its line."""
    label: str | None = None
    label_score: str | None = None
    """The score that the explanation itself names."""
    label_line: int = 1
    boilerplate: list[Line] = field(default_factory=list)
    unknown: list[Line] = field(default_factory=list)
    """Lines that are none of a statement page's."""

    @property
    def score(self) -> int | None:
        """The first score, None when there is none or it is not one of CQC's."""
        return int(self.scores[0][0]) if self.scores and self.scores[0][0] in ("1", "2", "3", "4") else None


class Boilerplate:
    """Tells the lines that are navigation, a date, or say whose the text is."""

    def __init__(self, framework: Framework) -> None:
        lines = framework.boilerplate_lines
        self._places = frozenset(map(fold_name, framework.place_lines))
        self._exact = self._places | {fold_name(line) for line in lines if not line.endswith("*")}
        self._starts = tuple(fold_name(line[:-1]) for line in lines if line.endswith("*"))
        self._areas = frozenset(map(fold_name, framework.areas.values()))
        self._statements = frozenset(map(fold_name, statement_names(framework)))

    def matches(self, text: str) -> bool:
        """Return whether a line above the parts, or below the last passage, may be boilerplate."""
        if len(text) > BOILERPLATE_REST * 2:
            return False
        name = fold_name(text)
        if name in self._exact or name in self._areas or _DATE.match(text):
            return True
        return any(name.startswith(start) and len(name) - len(start) <= BOILERPLATE_REST for start in self._starts)

    def matches_anywhere(self, text: str) -> bool:
        """Return whether a line among paragraphs is boilerplate: the words of a wrapped sentence never are."""
        if not self.matches(text):
            return False
        if _COPYRIGHT.search(text):
            return True
        if starts_lower(text) or ends_sentence(text):
            return False
        name = fold_name(text)
        rests = (name.removeprefix(start).strip(" :-") for start in self._starts if name.startswith(start))
        return name in self._exact or any(
            not rest or rest in self._statements or _DATE.match(rest.removeprefix("on ")) for rest in rests
        )

    def matches_at_end(self, text: str) -> bool:
        """Return whether the last line, which is not boilerplate anywhere, is here."""
        ends = ends_sentence(text) or (starts_lower(text) and "://" not in text)
        return not ends and fold_name(text) not in self._exact and self.matches(text)

    def is_place(self, text: str) -> bool:
        """Return whether the line names a place of the site, as a sub-heading may do too."""
        return len(text) <= BOILERPLATE_REST * 2 and fold_name(text) in self._places

    def is_area(self, text: str) -> bool:
        """Return whether the line names one of CQC's areas."""
        return len(text) <= BOILERPLATE_REST * 2 and fold_name(text) in self._areas

    def leads_on(self, text: str) -> bool:
        """Return whether the name of another page follows, as below “Next”."""
        return self.matches(text) and fold_name(text).startswith(("next", "previous"))

    def is_copyright(self, text: str) -> bool:
        """Return whether the line says whose the text is, as the last line of a page does."""
        return bool(_COPYRIGHT.search(text)) and self.matches(text)


def statement_names(framework: Framework) -> dict[str, str]:
    """Return every name that CQC gives a statement, in its own letters, with the statement's id."""
    return {name: item.id for item in framework.statements for name in (item.name, *item.wordings)}


def named_statement(text: str, names: Mapping[str, str]) -> str | None:
    """Return the statement that a line names, with or without its number; ``names`` are folded names to ids."""
    return names.get(_NUMBER.sub("", fold_name(text), count=1))


def is_title(text: str) -> bool:
    """Return whether a line among paragraphs is the title that opens a page."""
    return len(text) <= LONGEST_LINE and not starts_lower(text) and bool(_TITLE.match(text))


def read_header(lines: Sequence[Line], framework: Framework) -> Header:
    """Return what the lines say; of several statements named, the last above the score is the page's."""
    header = Header()
    names = {fold_name(name): id for name, id in statement_names(framework).items()}
    boilerplate = Boilerplate(framework)
    named: list[tuple[Line, str]] = []
    used = False
    for line, following in zip_longest(lines, lines[1:]):
        if used:
            used = False
        elif len(line.text) > LONGEST_LINE:
            header.unknown.append(line)
        elif title := _TITLE.match(line.text):
            _take_title(header, title["authority"], line)
        elif statement := named_statement(line.text, names):
            if not (header.scores and named):
                header.statement = statement
            named.append((line, statement))
        elif _SCORE.match(line.text):
            used = _take_score(header, line, following)
        elif boilerplate.matches(line.text):
            header.boilerplate.append(line)
        elif _is_explanation(line.text, header, framework):
            _take_explanation(header, line)
        elif following and (title := _wrapped_title(line, following)):
            _take_title(header, title["authority"], line)
            used = True
        elif header.authority is None and _AUTHORITY.search(line.text) and len(line.text.split()) <= 8:
            header.authority = line.text
        else:
            header.unknown.append(line)
    _drop_other_names(header, named)
    return header


def _take_title(header: Header, authority: str, line: Line) -> None:
    if header.authority is None:
        header.authority = authority
    else:
        header.boilerplate.append(line)


def _wrapped_title(line: Line, following: Line) -> re.Match[str] | None:
    if len(following.text) > LONGEST_LINE or _TITLE.match(following.text):
        return None
    return _TITLE.match(f"{line.text} {following.text}")


def _take_score(header: Header, line: Line, following: Line | None) -> bool:
    """Note the score; return whether it stood in the line below ``Score:``."""
    found = _SCORE.match(line.text)
    score = found["score"].strip() if found else ""
    below = not score and following is not None and following.text.isdecimal() and len(following.text) < 4
    header.scores.append((following.text if below and following else score, line.number))
    return below


def _is_explanation(text: str, header: Header, framework: Framework) -> bool:
    found = _EXPLANATION.match(text)
    if not found or header.label is not None:
        return False
    named = any(fold_name(text).endswith(fold_name(label)) for label in framework.score_labels.values())
    return named or (bool(found["score"]) and bool(header.scores))


def _take_explanation(header: Header, line: Line) -> None:
    found = _EXPLANATION.match(line.text)
    if found:
        header.label, header.label_score, header.label_line = found["label"], found["score"], line.number


def _drop_other_names(header: Header, named: Sequence[tuple[Line, str]]) -> None:
    """Keep one line that names the page's statement; the others are navigation."""
    own = [line for line, statement in named if statement == header.statement]
    header.boilerplate += [line for line, _ in named if line is not own[-1]]


def header_problems(path: str, header: Header, framework: Framework) -> Iterator[Problem]:
    """Yield what is wrong above the first part (EV501, EV503, EV504, EV505, EV507)."""
    allowed = ", ".join(map(str, framework.score_labels))
    if not header.scores:
        mend = "add the line as CQC's page has it, under the statement's name"
        yield Problem(path, 1, "EV501", "the text has no line like “Score: 3”", mend)
    elif header.score is None:
        score, line = header.scores[0]
        what = f"score {score!r} is not one of {allowed}"
        yield Problem(
            path, line, "EV503", what, "write the statement's own score as CQC's page has it, e.g. “Score: 3”"
        )
    if header.label and header.score is not None:
        expected = framework.score_labels[header.score]
        named = header.label_score in (None, str(header.score))
        if not (named and fold_name(header.label).endswith(fold_name(expected))):
            shown = f"{header.label_score} - {header.label}" if header.label_score else header.label
            what = f"the score is {header.score} but the line under it says “{shown}”"
            mend = f"CQC explains {header.score} as “{expected}”: copy both lines from its page"
            yield Problem(path, header.label_line, "EV504", what, mend)
    yield from _unknown_problems(path, header, framework)


def _unknown_problems(path: str, header: Header, framework: Framework) -> Iterator[Problem]:
    unknown = list(header.unknown)
    first = header.scores[0][1] if header.scores else None
    above = [line for line in unknown if first and line.number < first and len(line.text) <= 100]
    if header.statement is None and above:
        name = above[-1]
        unknown.remove(name)
        names = [statement.name for statement in framework.statements]
        what = f"{name.text!r} is the name of no quality statement"
        mend = f"{nearest(name.text, names)}data/framework.yml has the names that are known"
        yield Problem(path, name.number, "EV505", what, mend)
    if unknown:
        more = f" (and {len(unknown) - 1} lines more)" if len(unknown) > 1 else ""
        what = f"{quoted(unknown[0].text)}{more} stands above the first part and is not a line of a statement page"
        mend = "put the line that opens its part above it, e.g. “Key findings for this quality statement”, or delete it"
        yield Problem(path, unknown[0].number, "EV507", what, mend)
