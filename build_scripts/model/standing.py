"""What follows from scores alone: the ways to the next rating, ranks, and how scores are spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from build_scripts.model.vocabulary import Framework


@dataclass(frozen=True, slots=True)
class Step:
    """The way to a neighbouring rating."""

    rating: str
    points: int
    """How many points of the sum lie between: up to reach it, down to fall to it. At least 1."""


@dataclass(frozen=True, slots=True)
class Rise:
    """Some statements that go from one score to a higher one."""

    number: int
    before: int
    after: int


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


def colours(framework: Framework) -> dict[str, int]:
    """Return rating to the score in whose colour it is shown, best first; where ratings outnumber scores, the last."""
    scores = sorted(framework.score_labels, reverse=True)
    return {name: scores[min(at, len(scores) - 1)] for at, name in enumerate(lowest_totals(framework))}


def standing(scores: Mapping[str, int], framework: Framework) -> Standing:
    """Return where all nine scores of a report put it."""
    total = sum(scores.values())
    percentage = framework.percentage_of(total)
    rating = framework.rating(percentage)
    lowest = lowest_totals(framework)
    names = list(lowest)
    place = names.index(rating)
    up = down = None
    if place > 0:
        up = Step(names[place - 1], lowest[names[place - 1]] - total)
    if place + 1 < len(names):
        down = Step(names[place + 1], total - lowest[rating] + 1)
    return Standing(total, framework.most, percentage, rating, up, down)


def ways(scores: Iterable[int], points: int, best: int) -> list[tuple[Rise, ...]]:
    """Return every way in which scores, none of them above ``best``, can gain exactly so many points together.

    Statements with the same score are not told apart. Ways of the smallest rises come first, then those of the lowest
    scores.
    """
    counts = Counter(scores)
    kinds = [(before, after) for before in sorted(counts) for after in range(before + 1, best + 1)]

    def found(kinds: Sequence[tuple[int, int]], left: int, free: Counter[int]) -> Iterator[tuple[Rise, ...]]:
        if not left:
            yield ()
        elif kinds:
            (before, after), rest = kinds[0], kinds[1:]
            for number in range(min(free[before], left // (after - before)) + 1):
                rise = (Rise(number, before, after),) if number else ()
                for more in found(rest, left - number * (after - before), free - Counter({before: number})):
                    yield (*rise, *more)

    def order(way: tuple[Rise, ...]) -> tuple[list[int], list[int]]:
        each = [(rise.after - rise.before, rise.before) for rise in way for _ in range(rise.number)]
        return sorted((by for by, _ in each), reverse=True), sorted(before for _, before in each)

    return sorted(found(kinds, points, counts), key=order)


def rank(value: int, values: Sequence[int]) -> Rank:
    """Return the place of ``value`` among ``values`` (which hold it), the highest first; ties share a place."""
    return Rank(1 + sum(other > value for other in values), sum(other == value for other in values), len(values))


def spread(scores: Iterable[int], framework: Framework) -> dict[int, int]:
    """Return how many have each score, highest score first, every score named."""
    counts = Counter(scores)
    return {score: counts[score] for score in sorted(framework.score_labels, reverse=True)}
