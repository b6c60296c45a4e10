"""The matrix of scores: every authority in the collection by nine statements; all of them, each type, each region."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from build_scripts.model.collection import Collection
from build_scripts.model.evidence import Authority, Report, region_slug
from build_scripts.model.standing import Rank, Standing, lowest_totals, rank, spread, standing
from build_scripts.model.vocabulary import AUTHORITY_TYPES, Framework
from build_scripts.model.wording import month
from build_scripts.pages.comparisons import Group, england_group, region_group, same_rules, type_group
from build_scripts.pages.england import rating_map
from build_scripts.pages.events import methods
from build_scripts.pages.frame.site import Page, Site, short_name
from build_scripts.pages.reports import as_of


@dataclass(frozen=True, slots=True)
class Row:
    """An authority with its newest report."""

    authority: Authority
    region: str
    """The region's slug."""
    report: Report
    reports: int
    """How many reports of the authority the collection has."""
    standing: Standing
    places: Mapping[str, Rank]
    """``type``, ``region`` or ``england`` to the place among those of it in the collection, by points."""


@dataclass(frozen=True, slots=True)
class Table:
    """A group of authorities with the rows of those that are in the collection."""

    group: Group
    key: str
    """The group as addresses name it: ``county``, ``south-east``, ``england``."""
    rows: tuple[Row, ...]
    """Most points first, then by name."""
    missing: tuple[Authority, ...]
    """Those that are not in the collection, by name."""

    @property
    def ratings(self) -> Counter[str]:
        """Rating to how many have it."""
        return Counter(row.report.rating for row in self.rows)


def score_pages(site: Site) -> Iterator[Page]:
    """Yield the matrix of all authorities, and that of each type and each region."""
    everyone = sorted(site.collection.authorities.values(), key=lambda authority: authority.name)
    rows = score_rows(site.collection)
    types = {type: type_group(type, everyone) for type in AUTHORITY_TYPES}
    regions = {region_slug(name): region_group(name, everyone) for name in sorted({each.region for each in everyone})}
    tables = {
        "type": [_table(group, key, rows) for key, group in types.items() if group.members],
        "region": [_table(group, key, rows) for key, group in regions.items()],
    }
    yield _page(site, _table(england_group(everyone), "england", rows), tables, tables["type"])
    for table in (*tables["type"], *tables["region"]):
        yield _page(site, table, tables, [table])


def score_rows(collection: Collection) -> tuple[Row, ...]:
    """Return every authority that has a report in the collection, most points first, then by name."""
    framework = collection.vocabulary.framework
    current = collection.current
    standings = {slug: standing(each.scores, framework.under(each.framework)) for slug, each in current.items()}

    def place(slug: str, like: Sequence[str]) -> Rank:
        """Return the place among those that were rated by the same rules."""
        ranked = same_rules(collection, {other: current[other] for other in like}, current[slug])
        return rank(standings[slug].total, [standings[other].total for other in ranked])

    rows = []
    for slug, report in current.items():
        own = collection.authorities[slug]
        others = [collection.authorities[other] for other in standings]
        places = {
            "type": place(slug, [other.slug for other in others if other.type == own.type]),
            "region": place(slug, [other.slug for other in others if other.region == own.region]),
            "england": place(slug, [other.slug for other in others]),
        }
        reports = len(collection.reports_of[slug])
        rows.append(Row(own, region_slug(own.region), report, reports, standings[slug], places))
    return tuple(sorted(rows, key=lambda row: (-row.standing.total, row.authority.name)))


def place_text(place: Rank) -> str:
    """Return a place as it is printed: ``3 of 13``, or ``=5 of 13`` where others share it."""
    return f"{'=' if place.tied > 1 else ''}{place.place} of {place.of}"


def short_month(value: str) -> str:
    """Return the month of an ISO day or month, its name cut to three letters: ``Nov 2024``."""
    name, year = month(value).split()
    return f"{name[:3]} {year}"


def _table(group: Group, key: str, rows: Sequence[Row]) -> Table:
    inside = {authority.slug for authority in group.members}
    here = tuple(row for row in rows if row.authority.slug in inside)
    known = {row.authority.slug for row in here}
    return Table(group, key, here, tuple(each for each in group.members if each.slug not in known))


def _page(site: Site, whole: Table, groups: Mapping[str, Sequence[Table]], tables: Sequence[Table]) -> Page:
    """Return the page of ``whole``, its matrix cut into ``tables``; ``groups`` are all that have a page."""
    framework = site.collection.vocabulary.framework
    reports = [row.report for row in whole.rows]
    rules = [_rules(site, id, whole.rows) for id in site.collection.versions or ("",)]
    title = "Scores" if whole.group.id == "england" else f"Scores: {whole.group.name}"
    meta = {
        "title": title,
        "description": "CQC’s ratings, and scores for the nine quality statements, like with like: "
        f"{whole.group.name}, {len(whole.rows)} of {len(whole.group.members)} here.",
        "hide": ["toc"],  # the matrix needs the width
        "script": "scores",
    }
    return site.page(
        whole.group.address,
        "scores.md",
        meta,
        hexagons=rating_map(site, whole.group.address, with_more=True) if whole.group.id == "england" else "",
        title=title,
        as_of=as_of(reports),
        whole=whole,
        groups=groups,
        tables=tables,
        fields=_fields(whole),
        by="region" if whole.group.id == "region" else "type",
        ratings=list(lowest_totals(framework)),
        statements=[(statement, short_name(statement.id)) for statement in framework.statements],
        spreads=_spreads(whole.rows, framework),
        rules=rules,
        version_names={one["id"]: one["name"] for one in rules},
        methods=methods(site, reports),
        withdrawn=site.collection.withdrawn_of,
        most=framework.most,
        type_names=AUTHORITY_TYPES,
        place_text=place_text,
        region_slug=region_slug,
        short_month=short_month,
    )


def _fields(whole: Table) -> int:
    """Return how many fields a script will put above the matrix, which has their room until then: `scores/controls.js`.

    A name and a way back are always there, type, region and rating where there are several, and in England what is
    compared.
    """
    facets = zip(*((row.authority.type, row.region, row.report.rating) for row in whole.rows), strict=True)
    return 2 + sum(len(set(values)) > 1 for values in facets) + (whole.group.id == "england")


def _rules(site: Site, version: str, rows: Sequence[Row]) -> dict[str, Any]:
    """Return a version's name, its ratings with the lowest sum of each, and how many of its rows are on an edge."""
    framework = site.collection.vocabulary.framework
    lowest = lowest_totals(framework.under(version))
    own = [row.standing.total for row in rows if row.report.framework == version]
    known = framework.version(version)
    return {
        "id": version,
        "name": known.name if known else "",
        "lowest": lowest,
        "here": len(own),
        "edges": [(rating, total, own.count(total)) for rating, total in list(lowest.items())[:-1]],
    }


def _spreads(rows: Sequence[Row], framework: Framework) -> dict[int, list[int]]:
    """Return, for each score from the highest, how many have it in each statement."""
    columns = [spread((row.report.scores[each.id] for row in rows), framework) for each in framework.statements]
    return {score: [column[score] for column in columns] for score in sorted(framework.score_labels, reverse=True)}
