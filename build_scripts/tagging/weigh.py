"""Weigh what a passage has: how likely it is about each theme, and which of its words say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import exp, log

from build_scripts.model.evidence import Match
from build_scripts.model.weights import UNIT, Weights

ABOUT = 0.5
"""From which likelihood on a passage is about a theme: it is likelier than not."""
_LEAST = UNIT * log(ABOUT / (1 - ABOUT))
"""The sum of weights that makes it so likely."""
CLEAR = 0.75
"""From which likelihood on there is little doubt."""

MOST_WORDS = 3
"""In how many places the words stand that a theme is shown with, at the most."""
LEAST_SHARE = 2
"""Words that weigh less than this part of the heaviest are not shown."""
LEAST_WEIGHT = 100
"""Nor are words that weigh less than this: they stand in passages on anything (``people``, ``different``)."""

Features = Mapping[str, tuple[int, int]]
"""What a passage has, each with the place (start, end) where it stands first, (0, 0) for what is no words of it."""


def weigh(features: Features, weights: Weights) -> Iterator[tuple[str, float]]:
    """Yield the themes that a passage is about, each with how likely that is."""
    sums = [*weights.bias]
    for feature in features:
        for theme, weight in weights.of.get(feature, ()):
            sums[theme] += weight
    for theme, total in enumerate(sums):
        if total >= _LEAST:
            yield weights.themes[theme], 1 / (1 + exp(-total / UNIT))


def words_for(theme: str, features: Features, weights: Weights) -> list[Match]:
    """Return the words of a passage that speak most for a theme, in their order; none where only other things do."""
    number = weights.numbers[theme]
    heavy = sorted(
        (-weight, place, feature)
        for feature, place in features.items()
        if place[1]
        for each, weight in weights.of.get(feature, ())
        if each == number and weight >= LEAST_WEIGHT
    )
    matches: list[Match] = []
    for weight, (start, end), feature in heavy:
        if len(matches) == MOST_WORDS or weight * LEAST_SHARE > heavy[0][0]:
            break
        if not any(match.start < end and start < match.end for match in matches):
            matches.append(Match(start, end, feature))
    return sorted(matches, key=lambda match: match.start)
