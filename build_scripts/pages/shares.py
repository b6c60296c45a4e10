"""Shares that a reader may rather see than read: a region's scores beside England's, a theme's sections by score.

Each is drawn, and said in numbers beside it. A share of fewer than ``ENOUGH`` would be chance, and the page says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection as Some
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from build_scripts.model.evidence import Evidence
from build_scripts.model.standing import spread
from build_scripts.pages.comparisons import Group, current_reports, england_group
from build_scripts.pages.frame.charts import bar, stack
from build_scripts.pages.frame.site import Site, short_name

ENOUGH = 5
"""Councils, or sections of one score, of which a share is told."""


@dataclass(frozen=True, slots=True)
class Share:
    """Of the sections with one score, those that have a theme or a voice."""

    score: int
    number: int
    of: int
    """How many sections with this score are here."""
    drawn: Markup
    """Nothing where there are too few."""


def beside_england(site: Site, group: Group) -> dict[str, Any]:
    """Return the scores of a group's councils beside those of all of England, by statement, lowest score first."""
    collection = site.collection
    england = england_group(tuple(collection.authorities.values()))
    here, everywhere = current_reports(collection, group), current_reports(collection, england)
    if len(here) < ENOUGH:
        return {"few": len(here), "rows": []}

    def rows() -> Iterator[dict[str, Any]]:
        for id in collection.statements:
            own, all_ = (
                spread((report.scores[id] for report in reports.values()), collection.vocabulary.framework)
                for reports in (here, everywhere)
            )
            yield {
                "id": id,
                "name": short_name(id),
                "numbers": [(score, own[score], all_[score]) for score in sorted(own)],
                "drawn": stack(own),
                "beside": stack(all_),
            }

    return {"few": 0, "here": len(here), "england": len(everywhere), "rows": list(rows())}


def shares_by_score(site: Site, having: Some[Evidence]) -> list[Share]:
    """Return for each score that a section here has, highest first, how many of these sections are among ``having``."""
    of = Counter(_score(item) for item in site.collection.evidence)
    numbers = Counter(_score(item) for item in having)

    def share(score: int) -> Share:
        drawn = bar(numbers[score], of[score], score) if of[score] >= ENOUGH else Markup("")
        return Share(score, numbers[score], of[score], drawn)

    return [share(score) for score in sorted(of, reverse=True)]


def _score(item: Evidence) -> int:
    return item.report.scores[item.statement]
