"""Weigh what a passage has: how likely each theme and voice is, and which of its words say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import exp, log

from build_scripts.model.evidence import Match
from build_scripts.model.weights import UNIT, Weights

ABOUT = 0.55
"""From which likelihood on a passage is about a theme: F1 on ``tests/readers/held.yml`` is the same from 0.5 to 0.6."""
HEARD = 0.4
"""From which likelihood on it has a voice: on ``held.yml`` as many are wrong as are missed."""
CLEAR = 0.75
"""From which likelihood on there is little doubt."""

MOST_WORDS = 3
"""In how many places the words stand that a tag is shown with, at the most."""
LEAST_SHARE = 2
"""Words that weigh less than this part of the heaviest are not shown."""
LEAST_WEIGHT = 100
"""Nor are words that weigh less than this: they stand in passages on anything (``people``, ``different``)."""
LEAST_OF_VOICE = 20
"""The same for a voice, for which many little words speak."""

Features = Mapping[str, tuple[int, int]]
"""What a passage has, each with the place (start, end) where it stands first, (0, 0) for what is no words of it."""


def weigh(features: Features, weights: Weights, likelihood: float = ABOUT) -> Iterator[tuple[str, float]]:
    """Yield the themes or voices that a passage has with at least this likelihood, each with its own."""
    least = UNIT * log(likelihood / (1 - likelihood))
    sums = [*weights.bias]
    for feature in features:
        for number, weight in weights.of.get(feature, ()):
            sums[number] += weight
    for number, total in enumerate(sums):
        if total >= least:
            yield weights.ids[number], 1 / (1 + exp(-total / UNIT))


def words_for(id: str, features: Features, weights: Weights, least: int = LEAST_WEIGHT) -> list[Match]:
    """Return the words that speak most for a theme or voice, in their order; none where only other things do.

    ``least`` is what they weigh at the least.
    """
    number = weights.numbers[id]
    heavy = sorted(
        (-weight, place, feature)
        for feature, place in features.items()
        if place[1]
        for each, weight in weights.of.get(feature, ())
        if each == number and weight >= least
    )
    matches: list[Match] = []
    for weight, (start, end), feature in heavy:
        if len(matches) == MOST_WORDS or weight * LEAST_SHARE > heavy[0][0]:
            break
        if not any(match.start < end and start < match.end for match in matches):
            matches.append(Match(start, end, feature))
    return sorted(matches, key=lambda match: match.start)
