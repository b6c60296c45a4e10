"""Stretches of a text, each (start, end), kept so that whether one is met is found without looking at all of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import itemgetter

Span = tuple[int, int]


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return what these cover, in order, as spans that do not touch one another."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def overlapping(covered: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Return those of ``merged`` spans that have a letter in common with the text from ``start`` to ``end``."""
    first = bisect_right(covered, start, key=itemgetter(1))
    last = first
    while last < len(covered) and covered[last][0] < end:
        last += 1
    return covered[first:last]
