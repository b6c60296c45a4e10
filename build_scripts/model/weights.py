"""What was learned from labelled passages: how strongly each thing in a passage speaks for each theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

UNIT = 100
"""How many parts of a weight make one step of log-odds: whole numbers add up to the same on every machine."""


@dataclass(frozen=True)
class Weights:
    """Weights of a logistic regression for each theme, in parts of ``UNIT``.

    Themes are meant by their numbers, since many weights are added up for each passage.
    """

    themes: tuple[str, ...] = ()
    """Ids of the themes that the weights decide."""
    bias: tuple[int, ...] = ()
    """From what every passage begins, for each theme."""
    of: Mapping[str, Sequence[tuple[int, int]]] = field(default_factory=dict, repr=False)
    """Feature of a passage (``word wait``) to (number of a theme, weight)."""

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The themes' ids to their numbers."""
        return {id: number for number, id in enumerate(self.themes)}
