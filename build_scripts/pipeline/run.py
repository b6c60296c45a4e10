"""What the stages hand on, which holds all that is known so far, and what is remembered from run to run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from build_scripts.model.accuracy import Accuracy
from build_scripts.model.collection import Collection
from build_scripts.model.evidence import Evidence, Redirect, Report, SourceFile, StatementPage, TaggedPassage
from build_scripts.model.guides import Guide
from build_scripts.model.problems import Problem
from build_scripts.model.progress import UNSEEN, Progress
from build_scripts.model.vocabulary import Vocabulary
from build_scripts.tagging.rules import Rules

REPORT_FILE = re.compile(r"data/reports/(?P<report>[^/]+)/(?P<file>.+)\Z", re.DOTALL)
"""The path of a report's file, below the project's root: which report, and which file of it."""


@dataclass
class Memory:
    """What earlier runs understood, for who runs the pipeline again whenever a file has changed.

    What it remembers is kept by the whole of what it was made from, so that a run gives the same with it as without.
    """

    words: tuple[SourceFile | None, ...] = ()
    """The files that the vocabulary was learned from."""
    learned: tuple[Vocabulary, Rules] | None = None
    """None where they had problems: these are found anew each time."""
    parsed: dict[SourceFile, tuple[StatementPage | None, tuple[Problem, ...]]] = field(default_factory=dict)
    """Text to what was parsed, with this vocabulary."""
    tagged: dict[SourceFile, tuple[TaggedPassage, ...]] = field(default_factory=dict)
    """Text to what its words earned, by these rules."""

    def of(self, words: tuple[SourceFile | None, ...]) -> Memory:
        """Return the memory after it forgot what was understood with other words than these."""
        if self.words != words:
            self.words, self.learned = words, None
            self.parsed.clear()
            self.tagged.clear()
        return self


@dataclass(frozen=True)
class Run:
    """What the pipeline knows: its input, and what the stages so far made of it."""

    sources: Mapping[str, SourceFile]
    """Path below the project's root to contributed file."""
    schemas: Mapping[str, Mapping[str, Any]]
    site: Mapping[str, bytes] = field(default_factory=dict)
    """Path below ``docs/`` to what the site has from elsewhere: pages written by hand, scripts and style sheets, the
    theme's sheet, and lunr.js as it comes."""
    published: frozenset[str] = frozenset()
    """Ids of passages that were published before, where there is something to compare with."""
    repository: str = ""
    """Address of the project on GitHub, empty where it is not known."""
    vocabulary: Vocabulary | None = None
    rules: Rules | None = None
    reports: tuple[Report, ...] = ()
    pages: Mapping[tuple[str, str], StatementPage] = field(default_factory=dict)
    """(report id, statement id) to what was parsed."""
    earned: tuple[Evidence, ...] = ()
    """Pages with the tags that the rules gave."""
    evidence: tuple[Evidence, ...] = ()
    """Pages with the tags as contributors corrected them."""
    redirects: tuple[Redirect, ...] = ()
    accuracy: Accuracy | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Path below ``docs/`` to the bytes of each generated file."""
    guides: tuple[Guide, ...] = ()
    """Pages written by hand."""
    problems: tuple[Problem, ...] = ()
    progress: Progress = UNSEEN
    """Who is told how far the run is."""
    memory: Memory = field(default_factory=Memory)
    """What runs before this one understood."""

    def found(self, problems: Iterable[Problem]) -> Run:
        """Return the run with these problems added."""
        return replace(self, problems=(*self.problems, *problems))

    @cached_property
    def folders(self) -> Mapping[str, Sequence[str]]:
        """Folder to the names of the contributed files in it."""
        found: dict[str, list[str]] = {}
        for path in self.sources:
            folder, _, name = path.rpartition("/")
            found.setdefault(folder, []).append(name)
        return found

    @cached_property
    def wrong(self) -> frozenset[str]:
        """Paths of the files that have problems."""
        return frozenset(problem.path for problem in self.problems)

    @property
    def collection(self) -> Collection:
        """All that pages show. Only to be asked for after the stages that make it."""
        if self.vocabulary is None:
            raise ValueError("no vocabulary was learned")
        return Collection(self.vocabulary, self.reports, self.evidence, self.accuracy, self.redirects)

    @property
    def passage_ids(self) -> tuple[str, ...]:
        """Global ids of all passages, in the order of reports and statements."""
        return tuple(
            f"{item.report.id}/{item.statement}/{each.passage.id}" for item in self.evidence for each in item.passages
        )
