"""Read ``data/weights.csv``: what ``make learn`` wrote of words, and the themes and voices that they speak for."""

from __future__ import annotations

from build_scripts.facts.csv_text import read_rows
from build_scripts.model.evidence import SourceFile
from build_scripts.model.problems import Problem, shown
from build_scripts.model.weights import Weights

WEIGHTS = "data/weights.csv"
WEIGHT_COLUMNS = ("id", "kind", "words", "weight")
"""``kind`` and ``words`` are what a passage may have (``pair``, ``wait list``), ``weight`` is how much that speaks for
the theme or voice, in hundredths of log-odds."""
BIAS = "always"
"""The kind of the first row of a theme or voice: from what its sum begins."""
REMEDY = "take the file as `make learn` wrote it"


def read_weights(source: SourceFile) -> tuple[Weights | None, tuple[Problem, ...]]:
    """Return the weights, or None and problems EV101, EV102, EV107, EV108, EV207, EV209.

    Themes and voices that the vocabulary does not have (any more) are kept: nothing asks for them.
    """
    rows, unread = read_rows(source, WEIGHT_COLUMNS)
    problems = [*unread]
    numbers: dict[str, int] = {}
    bias: list[int] = []
    of: dict[str, list[tuple[int, int]]] = {}
    for line, (id, kind, words, written) in rows:
        try:
            weight = int(written)
        except ValueError:
            problems.append(
                Problem(source.path, line, "EV207", f"weight must be a whole number (got {shown(written)})", REMEDY)
            )
            continue
        if (kind == BIAS) == (id in numbers):
            what = f"the rows of {shown(id)} must begin with its one row {BIAS!r}"
            problems.append(Problem(source.path, line, "EV209", what, REMEDY))
        elif kind == BIAS:
            numbers[id] = len(numbers)
            bias.append(weight)
        else:
            of.setdefault(f"{kind} {words}", []).append((numbers[id], weight))
    return (None, tuple(problems)) if problems else (Weights(tuple(numbers), tuple(bias), of), ())
