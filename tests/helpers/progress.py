"""What a run told of its progress."""

from __future__ import annotations


class Noted:
    """Progress that is only noted."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.stages: list[tuple[str, int]] = []
        """Each stage's words, and how many steps it said to have."""
        self.steps: list[int] = []
        """How many steps each then took."""

    def begin(self, stage: str, steps: int = 0) -> None:
        """Note the stage."""
        self.stages.append((stage, steps))
        self.steps.append(0)

    def step(self) -> None:
        """Count."""
        self.steps[-1] += 1
