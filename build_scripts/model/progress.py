"""How a long run says how far it is. Whoever starts the run decides whether and how anybody sees it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """What a run tells of itself while it goes on. Nothing that is made may depend on it."""

    def begin(self, stage: str, steps: int = 0) -> None:
        """Say that a stage begins, told in words ("Tagging texts"), and how many steps it has; 0 when nobody knows."""

    def step(self) -> None:
        """Say that one of the stage's steps is done."""


class Unseen:
    """Progress that nobody looks at."""

    def begin(self, stage: str, steps: int = 0) -> None:
        """Do nothing."""

    def step(self) -> None:
        """Do nothing."""


UNSEEN = Unseen()
