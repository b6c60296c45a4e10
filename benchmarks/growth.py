"""How time grows with what is contributed: ``python -m benchmarks growth``, or ``make bench ARGS=growth``.

Each kind (``growing.py``) is made in three sizes. The exponent is 1 where twice as much takes twice the time, and 2
where it takes four times as long. ``tests/commands/test_growth.py`` counts the work of the same kinds, but for what
patterns and the methods of strings do with a long line.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Callable, Sequence

from benchmarks.growing import KINDS, WITHIN
from benchmarks.table import Table
from build_scripts.commands.build import keeping_all

MOST = 1.15
"""The exponent that no kind may pass."""

SHORTEST = 0.02
"""Seconds that a turn takes at the least, a hundred times what the clock may be wrong by."""


def exponent(one: float, four: float) -> float:
    """Return the power by which what grew from one size to four times the size did."""
    return math.log(four / one, 4)


def seconds(measured: Callable[[], object], times: int) -> float:
    """Return the processor time of the quickest of some turns; what is too quick to be measured is done more often."""
    taken: list[float] = []
    with keeping_all():  # as a build does
        for _ in range(times):
            done, started = 0, time.process_time()
            while not done or time.process_time() - started < SHORTEST:
                measured()
                done += 1
            taken.append((time.process_time() - started) / done)
    return min(taken)


def main(arguments: Sequence[str]) -> None:
    """Measure each kind in its three sizes; leave with status 1 where one grows too fast."""
    options = argparse.ArgumentParser(prog="python -m benchmarks growth", description=__doc__)
    options.add_argument("--times", type=int, default=5, help="turns, of which the quickest counts (default: 5)")
    options.add_argument("--only", default="", help="kinds whose names have these words")
    chosen = options.parse_args(arguments)
    table = Table()
    table.head(f"How time grows: n, 2n, 4n, and the exponent, {MOST} at the most")
    steep = []
    for name, kind in {**KINDS, **WITHIN}.items():
        if chosen.only in name:
            taken = [seconds(kind.make(size), chosen.times) for size in (kind.size, kind.size * 2, kind.size * 4)]
            power = exponent(taken[0], taken[2])
            steep += [name] if power > MOST else []
            table.row(name, f"{power:.2f}", f"n = {kind.size:,}: " + ", ".join(f"{each:.4f} s" for each in taken))
    if steep:
        sys.exit(f"growing too fast: {', '.join(steep)}")
