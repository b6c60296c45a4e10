"""Read a CSV file strictly: the columns that it must have, every row filled, the line of each."""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence
from io import StringIO

from build_scripts.facts.yaml_text import read_text
from build_scripts.model.evidence import SourceFile
from build_scripts.model.problems import Problem, shown

MOST_ROWS = 50_000
"""Rows of a file: twice as many as England's reports have passages, all of which may one day be retired."""

Rows = tuple[tuple[int, Sequence[str]], ...]
"""Rows below the header, each with the line where it begins."""


def read_rows(
    source: SourceFile, columns: Sequence[str], may_be_empty: Collection[str] = (), most: int = MOST_ROWS
) -> tuple[Rows, tuple[Problem, ...]]:
    """Return the rows that fill the columns, and problems EV101, EV102, EV107, EV108 and EV209 for all else.

    ``may_be_empty`` are the columns without which a row is still whole; of more than ``most`` rows none is returned.
    """
    text, unusual = read_text(source)
    if text is None:
        return (), unusual
    if not text.strip():
        mend = f"the first line must be {','.join(columns)}"
        return (), (*unusual, Problem(source.path, 1, "EV102", "the file is empty", mend))
    rows: list[tuple[int, Sequence[str]]] = []
    problems = [*unusual]
    needed = [at for at, column in enumerate(columns) if column not in may_be_empty]
    reader = csv.reader(StringIO(text), strict=True)
    line = 1
    try:
        if (header := tuple(next(reader, []))) != tuple(columns):
            what = f"the columns are {shown(','.join(header))}"
            problems.append(Problem(source.path, 1, "EV209", what, f"the first line must be {','.join(columns)}"))
            return (), tuple(problems)
        line = reader.line_num + 1
        for number, row in enumerate(reader, 1):
            if number > most:
                what = f"the file has more than {most:,} rows"
                return (), (Problem(source.path, line, "EV107", what, "remove the rows that do not belong there"),)
            if len(row) == len(columns) and all(row[at].strip() for at in needed):
                rows.append((line, row))
            else:
                problems.append(_unfilled(source.path, line, row, len(columns), len(needed)))
            line = reader.line_num + 1
    except csv.Error as error:
        what = f"the row that begins here cannot be read ({error})"
        mend = "a value with a comma or a quote stands in double quotes, a quote in it is doubled"
        problems.append(Problem(source.path, line, "EV209", what, mend))
    return tuple(rows), tuple(problems)


def is_line(value: str) -> bool:
    """Return whether a value is one line that can be seen, without spaces around it, as names and reasons are."""
    return value == value.strip() and value.isprintable()


def _unfilled(path: str, line: int, row: Sequence[str], columns: int, needed: int) -> Problem:
    if not any(row):
        return Problem(path, line, "EV209", "the line is empty", "remove the empty line")
    what = f"the row {shown(','.join(row))} does not fill the {columns} columns"
    every = "fill every column" if needed == columns else f"write {columns} columns, as the first line has them"
    return Problem(path, line, "EV209", what, f"{every}; put a value with a comma in double quotes")
