"""The page where authorities stand side by side. Scripts fill it; without them it links what it would compare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from build_scripts.model.collection import Collection
from build_scripts.model.evidence import Authority, Report
from build_scripts.model.vocabulary import AUTHORITY_TYPES
from build_scripts.pages.frame.site import Page, Site


@dataclass(frozen=True, slots=True)
class Pair:
    """Two similar authorities, ready to be compared."""

    first: Authority
    second: Authority
    why: str
    """In what they are alike: ``same type: County; same region: South East``."""


def compare_pages(site: Site) -> Iterator[Page]:
    """Yield ``/compare/``."""
    vocabulary = site.collection.vocabulary
    themes = [
        (label, sorted((each for each in vocabulary.themes if each.group == id), key=lambda each: each.label))
        for id, label in vocabulary.groups.items()
    ]
    meta = {
        "title": "Compare councils",
        "description": "Two to four councils side by side: rating, percentage, nine scores, and what their sections "
        "say about one theme or quality statement.",
        "hide": ["toc"],
        "script": "compare",
    }
    yield site.page(
        "/compare/",
        "compare.md",
        meta,
        statements=vocabulary.framework.statements,
        groups=[(label, of_group) for label, of_group in themes if of_group],
        pairs=ready_pairs(site.collection),
        assessed=len(site.collection.reports_of),
        total=len(vocabulary.authorities),
    )


def ready_pairs(collection: Collection) -> list[Pair]:
    """Return one pair of each type of authority that has two reports, alike in region too where that can be.

    Pairs with texts come first, then those whose scores differ most: the likest places with the least like findings.
    """
    newest = [(collection.authorities[slug], reports[0]) for slug, reports in sorted(collection.reports_of.items())]
    with_text = {item.report.id for item in collection.evidence}
    pairs = []
    for type, name in AUTHORITY_TYPES.items():
        of_type = [each for each in newest if each[0].type == type]
        best = min(combinations(of_type, 2), key=lambda pair: _fitness(with_text, *pair), default=None)
        if best:
            (one, _), (other, _) = sorted(best, key=lambda each: each[0].name)
            same = one.region == other.region
            region = f"same region: {one.region}" if same else f"regions: {one.region}, {other.region}"
            pairs.append(Pair(one, other, f"same type: {name}; {region}"))
    return pairs


def _fitness(
    with_text: set[str], one: tuple[Authority, Report], other: tuple[Authority, Report]
) -> tuple[bool, int, int, str, str]:
    """Return what sorts the better pair first; ``with_text`` are the ids of reports that have a text."""
    texts = sum(report.id in with_text for _, report in (one, other))
    apart = abs(sum(one[1].scores.values()) - sum(other[1].scores.values()))
    return one[0].region != other[0].region, -texts, -apart, one[0].slug, other[0].slug
