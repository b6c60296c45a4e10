"""Read the invented passages that are learned from: each sentence with the themes that it is about and its voices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PASSAGES = Path(__file__).parent / "passages"
"""A file for each quality statement; README.md says how they are written."""
READERS = ("seen", "hidden", "fresh", "reports")
"""Files of tests/readers/ that are learned from; what is not named here measures."""

_MARKS = re.compile(r" (?P<kind>[#~!]) (?P<ids>[a-z][a-z -]*?)(?= [#~!] |\Z)")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a passage."""

    text: str
    about: tuple[str, ...]
    """Themes."""
    voices: tuple[str, ...]
    """Whose evidence it reports."""


@dataclass(frozen=True)
class Invented:
    """A passage that somebody invented and labelled."""

    line: int
    """Where it stands in its file."""
    statement: str
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The whole passage."""
        return " ".join(sentence.text for sentence in self.sentences)


def read_passages(path: Path) -> Iterator[Invented]:
    """Yield the passages of a file."""
    lines = [*path.read_text(encoding="utf-8").split("\n"), ""]
    first = 0
    for number, line in enumerate(lines):
        if line.startswith("@ "):
            first = number
        elif not line and number > first:
            sentences = tuple(_sentence(each) for each in lines[first + 1 : number])
            yield Invented(first + 1, lines[first].removeprefix("@ "), sentences)
            first = number + 1


def _sentence(line: str) -> Sentence:
    """Return the words of a line, the themes behind its ``#`` and the voices behind its ``!``."""
    marks = list(_MARKS.finditer(line))

    def behind(kind: str) -> tuple[str, ...]:
        return tuple(id for mark in marks if mark["kind"] == kind for id in mark["ids"].split())

    return Sentence(line[: marks[0].start()] if marks else line, behind("#"), behind("!"))
