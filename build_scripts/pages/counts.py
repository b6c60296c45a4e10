"""Themes, or voices, by quality statements, counted: what the evidence map, their pages and the cells' pages say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from build_scripts.model.evidence import Evidence
from build_scripts.model.vocabulary import Statement, Theme, Voice
from build_scripts.pages.frame.addresses import cell_address
from build_scripts.pages.frame.site import Site


@dataclass(frozen=True, slots=True)
class Cell:
    """One theme or voice in the texts on one statement."""

    texts: int
    """How many texts on the statement there are."""
    discussing: int
    """How many of these texts have it."""
    passages: int
    authorities: int
    """How many authorities the passages are about; two reports of one authority count once."""


class Grid:
    """The counts of some texts: of the whole collection, or of one region's or one type's."""

    def __init__(self, evidence: Iterable[Evidence], kind: Literal["theme", "voice"] = "theme") -> None:
        self.kind = kind
        """What is counted."""
        self.texts: Counter[str] = Counter()
        """Statement id to how many texts are on it."""
        self.authorities: set[str] = set()
        """Slugs of the authorities that the texts are about."""
        self.passages = 0
        """How many passages the texts have, whatever they are about."""
        self._passages: Counter[tuple[str, str]] = Counter()
        self._discussing: Counter[tuple[str, str]] = Counter()
        self._authorities: dict[tuple[str, str], set[str]] = defaultdict(set)
        for item in evidence:
            self._add(item)

    def _add(self, item: Evidence) -> None:
        self.texts[item.statement] += 1
        self.authorities.add(item.report.authority)
        self.passages += len(item.passages)
        tags = ((passage.themes if self.kind == "theme" else passage.voices) for passage in item.passages)
        for id, number in Counter(tag.id for of_passage in tags for tag in of_passage).items():
            self._passages[id, item.statement] += number
            self._discussing[id, item.statement] += 1
            self._authorities[id, item.statement].add(item.report.authority)

    @property
    def most(self) -> int:
        """The highest number of passages in a cell, 0 when there are none."""
        return max(self._passages.values(), default=0)

    @property
    def discussed(self) -> int:
        """How many themes or voices at least one text has."""
        return len({id for id, _ in self._passages})

    def cell(self, id: str, statement: str) -> Cell:
        """Return what is counted of a theme or voice, by id, in the texts on a statement."""
        key = id, statement
        return Cell(
            self.texts[statement], self._discussing[key], self._passages[key], len(self._authorities.get(key, ()))
        )


def entry_cells(site: Site, entry: Theme | Voice, grid: Grid) -> list[tuple[Statement, str, Cell]]:
    """Return every statement with the address of the passages in its texts and what is counted there."""
    return [
        (statement, cell_address(grid.kind, entry.id, statement.id), grid.cell(entry.id, statement.id))
        for statement in site.collection.statements.values()
    ]
