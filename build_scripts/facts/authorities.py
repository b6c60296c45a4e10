"""Read ``data/authorities.csv``: the 153 councils with adult social care duties."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from build_scripts.facts.csv_text import is_line, read_rows
from build_scripts.model.evidence import Authority, SourceFile
from build_scripts.model.problems import Problem, nearest, shown
from build_scripts.model.vocabulary import AUTHORITY_TYPES

AUTHORITY_COLUMNS = ("slug", "name", "full_name", "ons_code", "region", "type", "also")
"""Those of a row; ``full_name`` is its own name for itself, as a reference has it.

``also`` has other names that people use, a semicolon between two, or nothing."""

MOST_AUTHORITIES = 1_000
"""England has 153 councils with these duties; those that were before them may stay in the table."""

AUTHORITY_REGIONS = (
    *("East Midlands", "East of England", "London", "North East", "North West"),
    *("South East", "South West", "West Midlands", "Yorkshire and The Humber"),
)
"""The nine regions of England as ONS writes them."""

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
"""The slugs that an authority may have; tools/deliver.py takes reports of all of these."""
_ONS_CODE = re.compile(r"E[0-9]{8}\Z")


def read_authorities(source: SourceFile) -> tuple[tuple[Authority, ...], tuple[Problem, ...]]:
    """Return the authorities of the CSV file, or none and problems EV101, EV102, EV107, EV108, EV207, EV209, EV304.

    None, because an authority whose row is broken must not be unknown to its reports as well.
    """
    rows, unread = read_rows(source, AUTHORITY_COLUMNS, may_be_empty=("also",), most=MOST_AUTHORITIES)
    problems = [*unread]

    def problem(line: int, code: str, what: str, mend: str) -> None:
        problems.append(Problem(source.path, line, code, what, mend))

    seen: dict[str, int] = {}
    authorities = [_authority(row, line, seen, problem) for line, row in rows]
    if not rows and not problems:
        problem(1, "EV102", "the file lists no authority", "add a row for each, under the first line")
    return () if problems else tuple(authorities), tuple(problems)


def _authority(
    row: Sequence[str], line: int, seen: dict[str, int], problem: Callable[[int, str, str, str], None]
) -> Authority:
    """Return the authority of a row, and tell what is wrong with it."""
    slug, name, full_name, ons_code, region, type, also = row
    others = tuple(each.strip() for each in also.split(";")) if also else ()
    authority = Authority(slug, name, full_name, ons_code, region, type, others)
    own = (slug, name, full_name, ons_code, *others)
    twice = [value for value in own if value in seen]
    if twice:
        listed = " and ".join(map(shown, twice))
        verb = "stands" if len(twice) == 1 else "stand"
        mend = (
            "keep one of the two rows"
            if {slug, name, full_name, ons_code} & set(twice)
            else "keep it in one of the two rows"
        )
        problem(line, "EV304", f"{listed} {verb} in line {seen[twice[0]]} too", mend)
    for value in own:
        seen.setdefault(value, line)
    for column, allowed in (("region", AUTHORITY_REGIONS), ("type", tuple(AUTHORITY_TYPES))):
        value = getattr(authority, column)
        if value not in allowed:
            what = f"{column} must be one of {', '.join(allowed)} (got {shown(value)})"
            problem(line, "EV207", what, f"{nearest(value, allowed)}write it exactly so")
    for column, form, words in (
        ("slug", SLUG, "lower-case words joined by hyphens"),
        ("ons_code", _ONS_CODE, "E and eight digits, e.g. E09000007"),
    ):
        if not form.match(getattr(authority, column)):
            what = f"{column} must be {words} (got {shown(getattr(authority, column))})"
            problem(line, "EV207", what, "remove spaces and signs that do not belong there")
    for column in ("name", "full_name"):
        value = getattr(authority, column)
        if not is_line(value):
            what = f"{column} must be one line without spaces around it (got {shown(value)})"
            problem(line, "EV207", what, "remove the spaces")
    if not all(each.isprintable() and each for each in authority.also):
        what = f"also must be names with a semicolon between two (got {shown(also)})"
        problem(line, "EV207", what, "remove the semicolon that has no name beside it")
    return authority
