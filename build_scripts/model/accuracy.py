"""How well rules do against labels given by hand: values, and the figures that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FEWEST_LABELLED = 10
"""With fewer labelled passages a figure would be chance: one passage moves it by more than a tenth."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How often a rule and the labels agreed: numbers of passages."""

    both: int = 0
    only_rule: int = 0
    only_label: int = 0

    @property
    def labelled(self) -> int:
        """Passages that carry the label: the sample size of the recall."""
        return self.both + self.only_label

    @property
    def is_enough(self) -> bool:
        """Whether enough passages are labelled for a figure that says something."""
        return self.labelled >= FEWEST_LABELLED

    @property
    def precision(self) -> float | None:
        """Share of the rule's passages that carry the label, None when the rule found none."""
        found = self.both + self.only_rule
        return self.both / found if found else None

    @property
    def recall(self) -> float | None:
        """Share of the labelled passages that the rule found, None when none is labelled."""
        return self.both / self.labelled if self.labelled else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall, None when neither label nor rule occurs."""
        weight = 2 * self.both + self.only_rule + self.only_label
        return 2 * self.both / weight if weight else None


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The rules measured: per theme, per voice, and all together (micro-averaged)."""

    passages: int
    """How many passages were labelled."""
    texts: int
    """How many texts these passages stand in, and of how many reports and quality statements."""
    reports: int
    statements: int
    themes: Mapping[str, Measure] = field(default_factory=dict)
    voices: Mapping[str, Measure] = field(default_factory=dict)
    all_themes: Measure = field(default_factory=Measure)
    all_voices: Measure = field(default_factory=Measure)
    sure_themes: Measure = field(default_factory=Measure)
    """All themes, leaving out what the labels call doubtful."""
    sure_voices: Measure = field(default_factory=Measure)
