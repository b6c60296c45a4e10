"""Read ``data/tiles.csv``: where each authority stands in a map of England made of hexagons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from build_scripts.facts.csv_text import read_rows
from build_scripts.model.evidence import Authority, SourceFile
from build_scripts.model.problems import Problem, nearest, shown

TILES = "data/tiles.csv"
TILE_COLUMNS = ("authority", "column", "row")
MOST_CELLS = 100
"""Columns and rows that a map may have: England has 15 and 21."""

_CELL = re.compile(rf"[0-9]{{1,{len(str(MOST_CELLS - 1))}}}\Z")


def place_authorities(
    authorities: Sequence[Authority], source: SourceFile
) -> tuple[tuple[Authority, ...], tuple[Problem, ...]]:
    """Return the authorities with their places, and problems EV101, EV102, EV107, EV108, EV205, EV207, EV209, EV301,
    EV304.

    A map shows all authorities or none, so with a problem none has a place.
    """
    rows, unread = read_rows(source, TILE_COLUMNS)
    problems = [*unread]

    def problem(line: int, code: str, what: str, mend: str) -> None:
        problems.append(Problem(source.path, line, code, what, mend))

    known = [authority.slug for authority in authorities]
    cells: dict[str, tuple[int, int]] = {}
    taken: dict[object, int] = {}
    for line, (slug, *numbers) in rows:
        if slug not in known:
            what = f"unknown authority {shown(slug)}"
            problem(line, "EV301", what, f"{nearest(slug, known)}use a slug of data/authorities.csv")
        if not all(_CELL.match(number) for number in numbers):
            what = f"column and row must be whole numbers below {MOST_CELLS} (got {shown(','.join(numbers))})"
            problem(line, "EV207", what, "count from 0, from the west and from the north")
            continue
        cell = (int(numbers[0]), int(numbers[1]))
        for what, key in ((shown(slug), slug), (f"the place {cell[0]},{cell[1]}", cell)):
            if key in taken:
                problem(line, "EV304", f"{what} stands in line {taken[key]} too", "keep one of the two rows")
            taken.setdefault(key, line)
        cells[slug] = cell
    if not problems:
        for slug in known:
            if slug not in cells:
                problem(1, "EV205", f"no row for {shown(slug)}", "add its column and row, in a place that is free")
    if problems:
        return tuple(authorities), tuple(problems)
    return tuple(replace(authority, cell=cells[authority.slug]) for authority in authorities), ()
