"""What was learned from labelled passages: how strongly each thing in a passage speaks for each theme and voice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

UNIT = 100
"""How many parts of a weight make one step of log-odds: whole numbers add up to the same on every machine."""


@dataclass(frozen=True)
class Weights:
    """Weights of a logistic regression for each theme and voice, in parts of ``UNIT``.

    These are meant by their numbers, since many weights are added up for each passage.
    """

    ids: tuple[str, ...] = ()
    """The themes and voices that the weights decide."""
    bias: tuple[int, ...] = ()
    """From what every passage begins, for each of them."""
    of: Mapping[str, Sequence[tuple[int, int]]] = field(default_factory=dict, repr=False)
    """Feature of a passage (``word wait``) to (number of a theme or voice, weight)."""

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The ids to their numbers."""
        return {id: number for number, id in enumerate(self.ids)}
