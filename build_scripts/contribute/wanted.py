"""What a contributor said of a report beside its sources, and what is still to be asked or mended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from build_scripts.model.problems import Problem


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a contributor said, by options or in answer to a question; empty where nothing."""

    authority: str = ""
    """Slug or name."""
    statement: str = ""
    published: str = ""
    scores: Mapping[str, int] = field(default_factory=dict)
    """Statement id to score; the score of the one text that is added has the key ``""``."""
    source: str = ""
    retrieved: str = ""
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that no source gives and that is needed."""

    option: str
    """The option that gives it, e.g. ``--authority``."""
    what: str
    """Which fact it is, as a sentence about the sources."""
    example: str
    choices: tuple[str, ...] = ()


class NotYetError(Exception):
    """No draft can be made: something is wrong with the sources, or something must be asked first."""

    def __init__(self, problems: Iterable[Problem] = (), questions: Iterable[Question] = ()) -> None:
        super().__init__()
        self.problems = tuple(sorted(set(problems)))
        self.questions = tuple(questions)
