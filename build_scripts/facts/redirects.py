"""Read ``data/redirects.csv``: where passages went whose published ids are no longer in the texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from build_scripts.facts.csv_text import is_line, read_rows
from build_scripts.model.days import is_day
from build_scripts.model.evidence import Redirect, SourceFile, text_path
from build_scripts.model.problems import Problem, shown

REDIRECTS = "data/redirects.csv"

REDIRECT_COLUMNS = ("retired", "successor", "reason", "date")


LONGEST_REASON = 200
"""Characters: a reason is one sentence on a page."""


PASSAGE_ID = re.compile(r"[a-z0-9-]+/[a-z-]+/p-[0-9a-f]{8}(-[1-9][0-9]{0,3})?\Z")
"""A passage's global id: ``<report>/<statement>/p-<8 hex digits>``, ``-2`` for a true repeat."""


def read_redirects(source: SourceFile) -> tuple[tuple[Redirect, ...], tuple[Problem, ...]]:
    """Return the redirects of the CSV file, and problems EV101, EV102, EV107, EV108, EV207, EV209, EV304.

    A file with its first line only is well: nothing was ever retired. A row that retires what is no paragraph's id is
    told of and left out: no link can lead there.
    """
    rows, unread = read_rows(source, REDIRECT_COLUMNS, may_be_empty=("successor",))
    problems = [*unread]

    def problem(line: int, code: str, what: str, mend: str) -> None:
        problems.append(Problem(source.path, line, code, what, mend))

    redirects: dict[str, Redirect] = {}
    for line, row in rows:
        retired, successor, reason, day = row
        redirect = Redirect(retired, successor, reason, day, line)
        _check_row(redirect, problem)
        if not PASSAGE_ID.match(retired):
            continue
        if redirect.retired in redirects:
            what = f"{shown(redirect.retired)} is retired in line {redirects[redirect.retired].line} too"
            problem(line, "EV304", what, "keep one of the two rows")
        redirects.setdefault(redirect.retired, redirect)
    return tuple(redirects.values()), tuple(problems)


def _check_row(redirect: Redirect, problem: Callable[[int, str, str, str], None]) -> None:
    for column in ("retired", "successor"):
        id = getattr(redirect, column)
        if not PASSAGE_ID.match(id) and (id or column == "retired"):
            what = f"{column} must be <report>/<statement>/p-<8 hex digits> (got {shown(id)})"
            mend = "'evidence ids' lists the ids of all paragraphs, and with --base writes whole rows"
            problem(redirect.line, "EV207", what, mend)
    reason = redirect.reason
    if not is_line(reason) or len(reason) > LONGEST_REASON:
        what = f"reason must be one line of at most {LONGEST_REASON} characters without spaces around it"
        problem(redirect.line, "EV207", f"{what} (got {shown(reason)})", "say it in one short sentence")
    if not is_day(redirect.date):
        what = f"date must be a day like 2026-11-26 (got {shown(redirect.date)})"
        problem(redirect.line, "EV207", what, "write the day on which the text was changed here")


def check_redirects(
    redirects: Sequence[Redirect], ids: Collection[str], is_doubtful: Callable[[str], bool]
) -> Iterator[Problem]:
    """Yield redirects that retire a passage which is there (EV604), lead nowhere (EV602) or in a circle (EV605).

    ``ids`` are those of all passages; ``is_doubtful`` says of an id whether its text has problems of its own, so that
    a passage which is missing may yet come back.
    """
    rows = {each.retired: each for each in redirects}
    for each in redirects:
        if each.retired in ids:
            what = f"paragraph {shown(each.retired)} is in the collection, so it is not retired"
            yield Problem(REDIRECTS, each.line, "EV604", what, "remove the row: the paragraph's link works by itself")
        elif _leads_nowhere(each, rows, ids) and not is_doubtful(each.successor):
            what = f"no paragraph {shown(each.successor)} in the collection, which the words are said to have gone to"
            mend = "write the id of the paragraph that has them now, or nothing when they are gone"
            yield Problem(REDIRECTS, each.line, "EV602", what, mend)
    for circle in _circles(rows):
        first = min(circle, key=lambda each: each.line)
        lines = ", ".join(str(each.line) for each in sorted(circle, key=lambda each: each.line))
        what = f"the rows in lines {lines} lead back to {shown(first.retired)}"
        if len(circle) == 1:
            what = f"{shown(first.retired)} is said to have gone to itself"
        mend = "let one of them name a paragraph that is in the collection, or none"
        yield Problem(REDIRECTS, first.line, "EV605", what, mend)


def _leads_nowhere(redirect: Redirect, rows: Collection[str], ids: Collection[str]) -> bool:
    """Return whether a successor is written down that is no passage; one that is no id is told of elsewhere."""
    successor = redirect.successor
    return bool(PASSAGE_ID.match(successor)) and successor not in rows and successor not in ids


def _circles(rows: Mapping[str, Redirect]) -> Iterator[list[Redirect]]:
    """Yield the rows of each circle once."""
    done: set[str] = set()
    for start in rows:
        path: list[str] = []
        at = start
        while at in rows and at not in done:
            done.add(at)
            path.append(at)
            at = rows[at].successor
        if at in path:
            yield [rows[id] for id in path[path.index(at) :]]


def check_published(
    published: Collection[str],
    ids: Collection[str],
    redirects: Sequence[Redirect],
    paths: Collection[str],
    is_doubtful: Callable[[str], bool],
) -> Iterator[Problem]:
    """Yield published ids that have disappeared without a row (EV606): at their text, or else at the redirects.

    ``published`` are ids that links may lead to, ``paths`` those of all contributed files.
    """
    for id in gone(published, ids, redirects):
        if is_doubtful(id):
            continue
        text = text_of(id)
        what = f"the published paragraph {shown(id)} is gone, and {REDIRECTS} does not say where its words went"
        mend = "'evidence ids --base' proposes a row for it; or put its words back, if they were not meant to change"
        yield Problem(text if text in paths else REDIRECTS, 1, "EV606", what, mend)


def gone(published: Iterable[str], ids: Iterable[str], redirects: Iterable[Redirect]) -> list[str]:
    """Return the published ids that lead nowhere now, in their order."""
    return sorted(set(published) - {*ids, *(each.retired for each in redirects)})


def text_of(id: str) -> str:
    """Return the path of the text that a passage's global id names."""
    report, statement, _ = id.split("/")
    return text_path(report, statement)
