"""What CQC may do to an invented report after publishing it: as contributors write it, and as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from build_scripts.model.evidence import Event, Figures, Report
from build_scripts.model.vocabulary import RatingBand, Version, Vocabulary
from tests.helpers.anytown import vocabulary
from tests.helpers.collections_of import ANYTOWN, Edit
from tests.helpers.strategies import FRAMEWORK

SOURCE = "https://www.cqc.org.uk/invented/news"
_SOURCE = f'    source: "{SOURCE}"\n'
WITHDRAWN = f'  - what: withdrawn\n    date: "2025-02-02"\n    why: to correct an error\n{_SOURCE}'
RESTORED = f'  - what: restored\n    date: "2025-02"\n    why: the error was corrected\n{_SOURCE}'
BEFORE = "    before:\n      rating: Good\n      percentage: 73\n      scores:\n        equity: 2\n"
REGRADED = f'  - what: regraded\n    date: "2025-06-01"\n    why: after a review of its ratings\n{_SOURCE}{BEFORE}'
"""Items of ``events`` of Anytown's report, which was published on 10 January 2025 with 3 nine times."""


def events(*items: str) -> Edit:
    """Return the edit that gives Anytown's report these events, from line 18 on."""
    return ANYTOWN, "checked: one source\n", f"checked: one source\nevents:\n{''.join(items)}"


def withdrawn(report: Report, date: str = "2026-02-02") -> Report:
    """Return the report as one that CQC has withdrawn."""
    return replace(report, events=(*report.events, Event("withdrawn", date, "to correct an error", SOURCE)))


def regraded(report: Report, now: Mapping[str, int], date: str = "2026-05-14") -> Report:
    """Return the report with other scores for some statements, as CQC regraded it."""
    scores = {**report.scores, **now}
    percentage = FRAMEWORK.percentage_of(sum(scores.values()))
    before = Figures(report.rating, report.percentage, report.scores)
    after = Figures(FRAMEWORK.rating(percentage), percentage, scores)
    event = Event("regraded", date, "a review of its ratings", SOURCE, before, after)
    events = (*report.events, event)
    return replace(report, events=events, rating=after.rating, percentage=after.percentage, scores=after.scores)


def two_versions(words: Vocabulary | None = None) -> Vocabulary:
    """Return the vocabulary with a second, invented version of the framework, under which Good begins at 80%."""
    words = words or vocabulary()
    bands = tuple(
        RatingBand(band.name, *_EDGES.get(band.name, (band.lowest, band.highest))) for band in FRAMEWORK.ratings
    )
    second = Version("second", "An invented second framework", "It scores other evidence.", "2026-01", bands)
    return replace(words, framework=replace(words.framework, versions=(*words.framework.versions, second)))


_EDGES = {"Requires improvement": (39, 79), "Good": (80, 87)}
