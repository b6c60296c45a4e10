"""What an authority's page says of its scores: where they put it, among whom, and what changed since an earlier one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from build_scripts.model.collection import Collection
from build_scripts.model.evidence import Authority, Report, region_slug
from build_scripts.model.standing import lowest_totals, rank, spread, standing
from build_scripts.model.vocabulary import AUTHORITY_TYPES, Framework
from build_scripts.model.wording import month
from build_scripts.pages.events import methods
from build_scripts.pages.frame.addresses import report_address, text_address
from build_scripts.pages.frame.charts import Band, score_cells, totals_chart
from build_scripts.pages.frame.site import Site

TYPE_NOUNS = {
    "london-borough": ("London borough", "London boroughs"),
    "metropolitan-borough": ("metropolitan borough", "metropolitan boroughs"),
    "county": ("county", "counties"),
    "unitary": ("unitary council", "unitary councils"),
}
"""Type of authority to what one and several of them are called inside a sentence."""

SIMILAR = 3
"""How many similar authorities a page offers to compare with: four fit side by side, this one included."""


@dataclass(frozen=True, slots=True)
class Group:
    """Authorities that are alike in one way: of one type, of one region, or all of England."""

    id: str
    """``type``, ``region`` or ``england``: its anchor on a page."""
    name: str
    """What they are called as a heading: ``Counties``, ``South East``, ``England``."""
    noun: str
    """What they are called inside a sentence: ``counties``, ``councils in South East``."""
    address: str
    """Address of their scores."""
    members: tuple[Authority, ...]
    """All of them by name, assessed or not."""
    one: str
    """What one of them is called inside a sentence."""

    def counted(self, number: int) -> str:
        """Return a number of them in words: ``1 county``, ``21 counties``."""
        return f"{number} {self.one if number == 1 else self.noun}"


def groups_of(collection: Collection, authority: Authority) -> tuple[Group, ...]:
    """Return whom an authority is compared with: its type, then its region, then England.

    The region is left out where it has the same members as the type, as London has.
    """
    everyone = tuple(sorted(collection.authorities.values(), key=lambda each: each.name))
    alike = type_group(authority.type, everyone)
    near = region_group(authority.region, everyone)
    return (alike, *([near] if near.members != alike.members else []), england_group(everyone))


def type_group(type: str, everyone: Sequence[Authority]) -> Group:
    """Return the authorities of one type."""
    one, plural = TYPE_NOUNS[type]
    members = tuple(each for each in everyone if each.type == type)
    return Group("type", plural[:1].upper() + plural[1:], plural, f"/scores/{type}/", members, one)


def region_group(region: str, everyone: Sequence[Authority]) -> Group:
    """Return the authorities of one region."""
    members = tuple(each for each in everyone if each.region == region)
    words = f"councils in {region}", f"/scores/{region_slug(region)}/", members, f"council in {region}"
    return Group("region", region, *words)


def england_group(everyone: Sequence[Authority]) -> Group:
    """Return all authorities."""
    return Group("england", "England", "councils in England", "/scores/", tuple(everyone), "council in England")


def current_reports(collection: Collection, group: Group) -> dict[str, Report]:
    """Return slug to newest report for the members of a group that have one."""
    return {each.slug: collection.current[each.slug] for each in group.members if each.slug in collection.current}


def same_rules(collection: Collection, reports: Mapping[str, Report], own: Report | None) -> dict[str, Report]:
    """Return those of the reports that can be ranked: rated as one's own was, or else as most of all newest ones."""
    version = own.framework if own else next(iter(collection.versions), "")
    return {slug: report for slug, report in reports.items() if report.framework == version}


def ordinal(number: int) -> str:
    """Return a place in letters and figures: ``1st``, ``12th``, ``23rd``."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def comparison(site: Site, group: Group, authority: Authority) -> dict[str, Any]:
    """Return what a page says of a group: how many are assessed, their points and scores, the authority among them."""
    everyone = current_reports(site.collection, group)
    own = everyone.get(authority.slug)
    reports = same_rules(site.collection, everyone, own)
    framework = _rules(site, reports)
    totals = {slug: sum(report.scores.values()) for slug, report in reports.items()}
    total = totals.get(authority.slug)
    names = {each.slug: each for each in group.members}
    tied = [names[slug] for slug in reports if totals[slug] == total and slug != authority.slug]
    place = rank(total, list(totals.values())) if total is not None else None
    ratings = Counter(report.rating for report in reports.values())
    return {
        "group": group,
        "assessed": len(reports),
        "missing": [each for each in group.members if each.slug not in everyone],
        "other_rules": [each for each in group.members if each.slug in everyone and each.slug not in reports],
        "ratings": [(name, ratings[name]) for name in lowest_totals(framework)],
        "place": ordinal(place.place) if place else "",
        "tied": sorted(tied, key=lambda each: each.name),
        "chart": _chart(framework, group, totals, authority, total),
        "totals": _totals_rows(framework, totals, names),
        "statements": _statement_rows(site, reports, own, authority.name),
    }


def _rules(site: Site, reports: Mapping[str, Report]) -> Framework:
    """Return the framework as it was for reports that are all of one version."""
    return site.collection.vocabulary.framework.under(next((each.framework for each in reports.values()), ""))


def _chart(framework: Framework, group: Group, totals: dict[str, int], authority: Authority, own: int | None) -> Markup:
    label = f"Chart of points: how many of the {group.noun} have each sum. The table below it has the same numbers."
    return totals_chart(Counter(totals.values()), bands(framework), label, own, authority.name)


def bands(framework: Framework) -> list[Band]:
    """Return the ratings in points, the worst first."""
    found: list[Band] = []
    highest = framework.most
    for name, lowest in lowest_totals(framework).items():
        found.insert(0, Band(name, lowest, highest))
        highest = lowest - 1
    return found


def _totals_rows(framework: Framework, totals: dict[str, int], names: dict[str, Authority]) -> list[dict[str, Any]]:
    """Return a row for each sum that occurs, the highest first, with those who have it."""
    rows = []
    for total in sorted(set(totals.values()), reverse=True):
        percentage = framework.percentage_of(total)
        who = sorted((names[slug] for slug in totals if totals[slug] == total), key=lambda each: each.name)
        rows.append(
            {"total": total, "percentage": percentage, "rating": framework.rating(percentage), "authorities": who}
        )
    return rows


def _statement_rows(site: Site, reports: dict[str, Report], own: Report | None, name: str) -> list[dict[str, Any]]:
    """Return a row for each statement: how the group's scores are spread, and how many others are above and below."""
    framework = site.collection.vocabulary.framework
    rows = []
    for statement in framework.statements:
        counts = spread((report.scores[statement.id] for report in reports.values()), framework)
        score = own.scores[statement.id] if own else None
        evidence = site.collection.texts.get((own.id, statement.id)) if own else None
        row = {
            "id": statement.id,
            "name": statement.name,
            "score": score,
            "cells": score_cells(counts, score, name),
            "passages": len(evidence.passages) if evidence else 0,
        }
        if score is not None:
            row |= {
                "higher": sum(number for other, number in counts.items() if other > score),
                "same": counts[score] - 1,
                "lower": sum(number for other, number in counts.items() if other < score),
            }
        rows.append(row)
    return rows


def similar(collection: Collection, authority: Authority) -> list[tuple[Authority, str]]:
    """Return assessed authorities of the same type and why each is similar: same region first, then the nearest sum.

    To one that is not assessed itself no sum is nearer than another, so that names decide.
    """
    report = collection.current.get(authority.slug)
    own = sum(report.scores.values()) if report else 0

    def order(other: Authority) -> tuple[bool, int, str]:
        apart = abs(sum(collection.current[other.slug].scores.values()) - own) if report else 0
        return other.region != authority.region, apart, other.name

    found = [
        other
        for slug, other in collection.authorities.items()
        if slug in collection.current and slug != authority.slug and other.type == authority.type
    ]
    kind = AUTHORITY_TYPES[authority.type]
    return [
        (other, f"{kind}, same region" if other.region == authority.region else f"{kind}, {other.region}")
        for other in sorted(found, key=order)[:SIMILAR]
    ]


def history(site: Site, reports: Sequence[Report]) -> dict[str, Any] | None:
    """Return the scores of an authority's reports side by side, the oldest first, and None where there is only one."""
    if len(reports) < 2:
        return None
    framework = site.collection.vocabulary.framework
    oldest_first = list(reversed(reports))
    before, now = oldest_first[-2:]
    places = [standing(report.scores, framework.under(report.framework)) for report in oldest_first]
    pairs = [(report, methods(site, [report])) for report in (before, now)]
    return {
        "reports": [
            {
                "month": month(report.published),
                "address": report_address(report.id),
                "place": place,
                "regraded": bool(report.regrades),
            }
            for report, place in zip(oldest_first, places, strict=True)
        ],
        "rows": [
            {
                "id": statement.id,
                "name": statement.name,
                "scores": [
                    (report.scores[statement.id], text_here(site, report, statement.id)) for report in oldest_first
                ],
                "change": change(now.scores[statement.id] - before.scores[statement.id]),
            }
            for statement in framework.statements
        ],
        "change": change(places[-1].total - places[-2].total),
        "before": month(before.published),
        "now": month(now.published),
        "methods": [(month(report.published), *found) for report, of in pairs for found in of],
        "same_rules": before.framework == now.framework,
    }


def text_here(site: Site, report: Report, statement: str) -> str:
    """Return the address of a report's text on a statement, empty where it is not in the collection."""
    return text_address(report.id, statement) if (report.id, statement) in site.collection.texts else ""


def change(points: int) -> str:
    """Return a change of points with its sign, in words where there is none: ``+2``, ``−1``, ``no change``."""
    return f"{'+' if points > 0 else '−'}{abs(points)}" if points else "no change"
