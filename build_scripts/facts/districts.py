"""Read ``data/districts.csv``: districts, old ones too, and counties, and which authorities care for adults there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from build_scripts.facts.csv_text import is_line, read_rows
from build_scripts.model.evidence import Authority, SourceFile
from build_scripts.model.problems import Problem, nearest, shown

DISTRICTS = "data/districts.csv"
DISTRICT_COLUMNS = ("district", "authority")
"""``district`` is a non-metropolitan district in its county, one that was abolished since 2009, a town or a part of a
city, or a county or an everyday area of several authorities, in a row for each of them."""


def add_districts(
    authorities: Sequence[Authority], source: SourceFile
) -> tuple[tuple[Authority, ...], tuple[Problem, ...]]:
    """Return the authorities with their districts, and problems EV101, EV102, EV107, EV108, EV207, EV209, EV301, EV304.

    A name means one thing, so no district is called as an authority is.
    """
    rows, unread = read_rows(source, DISTRICT_COLUMNS)
    problems = [*unread]

    def problem(line: int, code: str, what: str, mend: str) -> None:
        problems.append(Problem(source.path, line, code, what, mend))

    districts: dict[str, list[str]] = {authority.slug: [] for authority in authorities}
    names = {name.casefold(): each.slug for each in authorities for name in (*each.names, each.full_name)}
    seen: dict[tuple[str, str], int] = {}
    for line, (district, slug) in rows:
        if slug not in districts:
            what = f"unknown authority {shown(slug)}"
            problem(line, "EV301", what, f"{nearest(slug, list(districts))}use a slug of data/authorities.csv")
            continue
        if not is_line(district):
            what = f"district must be one line without spaces around it (got {shown(district)})"
            problem(line, "EV207", what, "remove the spaces")
        if district.casefold() in names:
            what = f"{shown(district)} is a name of the authority {shown(names[district.casefold()])}"
            problem(line, "EV304", what, "remove the row: the search knows it already")
        if (district, slug) in seen:
            what = f"{shown(f'{district},{slug}')} stands in line {seen[district, slug]} too"
            problem(line, "EV304", what, "keep one of the two rows")
        seen.setdefault((district, slug), line)
        districts[slug].append(district)
    if problems:
        return tuple(authorities), tuple(problems)
    return tuple(replace(each, districts=tuple(districts[each.slug])) for each in authorities), ()
