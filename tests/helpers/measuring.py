"""Looking away: what the measuring of coverage need not see twice."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

FIRST = 10
"""How many examples of a property are measured: the others go the same ways, and coverage doubles their time."""

_P = ParamSpec("_P")
_R = TypeVar("_R")


@contextmanager
def unwatched() -> Iterator[None]:
    """Let nothing be traced meanwhile in this thread: only for what other tests, or other turns, run in its sight."""
    trace = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(trace)
        _nothing()  # coverage's tracer is itself again at the next call, and has missed as many calls as returns


def _nothing() -> None:
    """Be called."""


def watched_at_first(test: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return the test of a property, traced for its first examples alone."""
    done = 0

    @wraps(test)
    def one(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        nonlocal done
        done += 1
        if done <= FIRST:
            return test(*args, **kwargs)
        with unwatched():
            return test(*args, **kwargs)

    return one
