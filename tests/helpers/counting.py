"""Counts the work of what grows, in calls and lines, which are the same on every machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from benchmarks.growing import KINDS
from tests.helpers.projects import ROOT

SMALLER = 8
"""How many times smaller the sizes are than those of the benchmark: counting takes time."""
OURS = str(ROOT / "build_scripts")
TraceFunction = Callable[[FrameType, str, Any], Any]


def counted(name: str) -> tuple[int, int, int]:
    """Return the work of one of the benchmark's kinds in three sizes, each twice the one before."""
    kind = KINDS[name]
    small = kind.size // SMALLER
    kind.make(small)()  # what is made once is made now
    return work(kind.make(small)), work(kind.make(small * 2)), work(kind.make(small * 4))


def work(counted: Callable[[], object]) -> int:
    """Return how many functions of Python were called, with the lines of our own that were run: loops have no calls."""
    count = 0

    def ours(_frame: FrameType, _event: str, _value: object) -> TraceFunction:
        nonlocal count
        count += 1
        return ours

    def any_call(frame: FrameType, _event: str, _value: object) -> TraceFunction | None:
        nonlocal count
        count += 1
        return ours if frame.f_code.co_filename.startswith(OURS) else None

    sys.settrace(any_call)
    try:
        counted()
    finally:
        sys.settrace(None)
    return count
