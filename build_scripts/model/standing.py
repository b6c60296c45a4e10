"""What follows from scores alone: distance to the next rating, ranks, and how scores are spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from build_scripts.model.vocabulary import Framework


@dataclass(frozen=True, slots=True)
class Step:
    """The way to a neighbouring rating."""

    rating: str
    points: int
    """How many points of the sum lie between: up to reach it, down to fall to it. At least 1."""
    by_one_statement: bool
    """Whether any one statement, a point up (or down), would cross it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where nine scores put an authority inside its rating."""

    total: int
    most: int
    percentage: int
    rating: str
    up: Step | None
    """To the next better rating, None from the best."""
    down: Step | None
    """To the next worse rating, None from the worst."""


@dataclass(frozen=True, slots=True)
class Rank:
    """A place among others; equal values share it."""

    place: int
    """From 1: one more than how many are strictly better."""
    tied: int
    """How many share the place, this one included."""
    of: int
    """How many were ranked."""


def lowest_totals(framework: Framework) -> dict[str, int]:
    """Return the smallest sum of the nine scores that gives each rating, best rating first.

    The percentage is rounded up (CQC, "How we determine ratings"), so a sum of 23 of 36 is 64% and Good.
    """
    statements = len(framework.statements)
    lowest: dict[str, int] = {}
    for total in range(max(framework.score_labels) * statements, min(framework.score_labels) * statements - 1, -1):
        lowest[framework.rating(framework.percentage_of(total))] = total
    return lowest


def standing(scores: Mapping[str, int], framework: Framework) -> Standing:
    """Return where all nine scores of a report put it."""
    total = sum(scores.values())
    percentage = framework.percentage_of(total)
    rating = framework.rating(percentage)
    lowest = lowest_totals(framework)
    names = list(lowest)
    place = names.index(rating)
    best, worst = max(framework.score_labels), min(framework.score_labels)
    up = down = None
    if place > 0:
        points = lowest[names[place - 1]] - total
        up = Step(names[place - 1], points, points == 1 and min(scores.values()) < best)
    if place + 1 < len(names):
        points = total - lowest[rating] + 1
        down = Step(names[place + 1], points, points == 1 and max(scores.values()) > worst)
    return Standing(total, framework.most, percentage, rating, up, down)


def rank(value: int, values: Sequence[int]) -> Rank:
    """Return the place of ``value`` among ``values`` (which hold it), the highest first; ties share a place."""
    return Rank(1 + sum(other > value for other in values), sum(other == value for other in values), len(values))


def spread(scores: Iterable[int], framework: Framework) -> dict[int, int]:
    """Return how many have each score, highest score first, every score named."""
    counts = Counter(scores)
    return {score: counts[score] for score in sorted(framework.score_labels, reverse=True)}
