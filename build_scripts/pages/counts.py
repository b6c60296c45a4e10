"""Themes by quality statements, counted: what the evidence map, the theme pages and the cell pages say alike."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from build_scripts.model.evidence import Evidence
from build_scripts.model.vocabulary import Statement, Theme
from build_scripts.pages.frame.addresses import cell_address
from build_scripts.pages.frame.site import Site


@dataclass(frozen=True, slots=True)
class Cell:
    """One theme in the texts on one statement."""

    texts: int
    """How many texts on the statement there are."""
    discussing: int
    """How many of these texts discuss the theme."""
    passages: int
    authorities: int
    """How many authorities the passages are about; two reports of one authority count once."""

    @property
    def kind(self) -> str:
        """``discussed``, ``silent`` (texts are there, none discusses it) or ``missing`` (no text is there)."""
        return "discussed" if self.passages else "silent" if self.texts else "missing"


class Grid:
    """The counts of some texts: of the whole collection, or of one region's or one type's."""

    def __init__(self, evidence: Iterable[Evidence]) -> None:
        self.texts: Counter[str] = Counter()
        """Statement id to how many texts are on it."""
        self.authorities: set[str] = set()
        """Slugs of the authorities that the texts are about."""
        self.passages = 0
        """How many passages the texts have, with or without a theme."""
        self._passages: Counter[tuple[str, str]] = Counter()
        self._discussing: Counter[tuple[str, str]] = Counter()
        self._authorities: dict[tuple[str, str], set[str]] = defaultdict(set)
        for item in evidence:
            self._add(item)

    def _add(self, item: Evidence) -> None:
        self.texts[item.statement] += 1
        self.authorities.add(item.report.authority)
        self.passages += len(item.passages)
        counts = Counter(tag.id for passage in item.passages for tag in passage.themes)
        for theme, number in counts.items():
            self._passages[theme, item.statement] += number
            self._discussing[theme, item.statement] += 1
            self._authorities[theme, item.statement].add(item.report.authority)

    @property
    def most(self) -> int:
        """The highest number of passages in a cell, 0 when there are none."""
        return max(self._passages.values(), default=0)

    @property
    def discussed(self) -> int:
        """How many themes at least one text discusses."""
        return len({theme for theme, _ in self._passages})

    def cell(self, theme: str, statement: str) -> Cell:
        """Return what is counted of a theme, by id, in the texts on a statement."""
        key = theme, statement
        return Cell(
            self.texts[statement], self._discussing[key], self._passages[key], len(self._authorities.get(key, ()))
        )


def theme_cells(site: Site, theme: Theme, grid: Grid) -> list[tuple[Statement, str, Cell]]:
    """Return every statement with the address of the theme's passages in its texts and what is counted there."""
    return [
        (statement, cell_address(theme.id, statement.id), grid.cell(theme.id, statement.id))
        for statement in site.collection.statements.values()
    ]
