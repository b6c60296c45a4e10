"""Pages of authorities and regions: all 153, whether the collection has a report or not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from build_scripts.model.collection import tag_counts
from build_scripts.model.evidence import Authority, Report, region_slug
from build_scripts.model.standing import standing
from build_scripts.model.vocabulary import AUTHORITY_TYPES
from build_scripts.model.wording import long_date, month
from build_scripts.pages.briefing import change, line, routes, scores_say
from build_scripts.pages.comparisons import comparison, groups_of, history, region_group, similar
from build_scripts.pages.england import like_map
from build_scripts.pages.events import notices
from build_scripts.pages.frame.addresses import report_address
from build_scripts.pages.frame.site import Page, Site
from build_scripts.pages.reports import how_checked, score_rows
from build_scripts.pages.shares import beside_england

THEMES_FIRST = 12
"""How many themes a council's page names before the others are folded."""


def place_pages(site: Site) -> Iterator[Page]:
    """Yield the indexes of authorities and regions, and the page of each."""
    vocabulary = site.collection.vocabulary
    names = sorted({authority.region for authority in vocabulary.authorities})
    regions = [_region(site, name) for name in names]
    total = len(vocabulary.authorities)
    meta = {
        "title": "Councils",
        "description": f"All {total} councils in England with adult social care duties, by region, with CQC’s "
        "ratings where their report is here.",
    }
    assessed = sum(region["assessed"] for region in regions)
    yield site.page("/authorities/", "authorities.md", meta, regions=regions, assessed=assessed, total=total)
    meta = {
        "title": "Regions",
        "description": "Councils with adult social care duties by the nine regions of England.",
    }
    yield site.page("/regions/", "regions.md", meta, regions=regions)
    for region in regions:
        yield _region_page(site, region)
    for authority in vocabulary.authorities:
        yield _authority_page(site, authority)


def _region(site: Site, name: str) -> dict[str, Any]:
    """Return a region with its authorities by name, each with its newest report or none."""
    rows = []
    for authority in sorted(site.collection.vocabulary.authorities, key=lambda each: each.name):
        if authority.region == name:
            report = next(iter(site.collection.reports_of.get(authority.slug, ())), None)
            rows.append(
                {
                    "authority": authority,
                    "type": AUTHORITY_TYPES[authority.type],
                    "report": report,
                    "month": month(report.published) if report else "",
                    "withdrawn": next(iter(site.collection.withdrawn_of.get(authority.slug, ())), None),
                }
            )
    address = f"/regions/{region_slug(name)}/"
    return {
        "name": name,
        "slug": region_slug(name),
        "address": address,
        "rows": rows,
        "assessed": sum(row["report"] is not None for row in rows),
    }


def _region_page(site: Site, region: dict[str, Any]) -> Page:
    collection = site.collection
    texts = [
        item for item in collection.evidence if collection.authorities[item.report.authority].region == region["name"]
    ]
    meta = {
        "title": region["name"],
        "description": f"Councils with adult social care duties in {region['name']}, with CQC’s ratings where their "
        "report is here.",
    }
    themes_here = site.themes_in_order(tag_counts(texts))
    everyone = sorted(collection.authorities.values(), key=lambda authority: authority.name)
    beside = beside_england(site, region_group(region["name"], everyone))
    return site.page(
        region["address"], "region.md", meta, region=region, beside=beside, texts=len(texts), themes_here=themes_here
    )


def _authority_page(site: Site, authority: Authority) -> Page:
    collection = site.collection
    reports = collection.reports_of.get(authority.slug, ())
    current = reports[0] if reports else None
    framework = collection.vocabulary.framework.under(current.framework if current else "")
    withdrawn = collection.withdrawn_of.get(authority.slug, ())
    texts = [item for item in collection.evidence if item.report.authority == authority.slug]
    counts = tag_counts(texts)
    rated = f": rated {current.rating}, {current.percentage}%" if current else ""
    meta: dict[str, Any] = {
        "title": authority.name,
        "description": f"Adult social care in {authority.name}{rated}. CQC’s scores and sections, "
        "and the themes that we give them.",
        "authority": authority.name,
        "hide": ["toc"],
    }
    if current:
        meta |= {"rating": current.rating, "percentage": current.percentage, "published": current.published}
    place = standing(current.scores, framework) if current else None
    return site.page(
        f"/authorities/{authority.slug}/",
        "authority.md",
        meta,
        authority=authority,
        hexagons=like_map(site, f"/authorities/{authority.slug}/", authority),
        type=AUTHORITY_TYPES[authority.type],
        region=region_slug(authority.region),
        report=current,
        report_address=report_address(current.id) if current else "",
        month=month(current.published) if current else "",
        published=long_date(current.published) if current else "",
        retrieved=long_date(current.retrieved) if current else "",
        checked=how_checked(current) if current else "",
        notices=notices(site, (*([current] if current else []), *withdrawn)),
        place=place,
        scores_say=scores_say(current, framework) if current else "",
        line=line(site, current, place) if current and place else "",
        change=change(current, place, framework) if current and place else None,
        routes=routes(site, authority, current) if current else [],
        scores=score_rows(site, current) if current else [],
        comparisons=[comparison(site, group, authority) for group in groups_of(collection, authority)],
        similar=similar(collection, authority),
        history=history(site, reports),
        reports=len(reports),
        rows=[row for report in reports for row in _text_rows(site, report, len(reports) > 1)],
        themes_here=site.themes_in_order(counts),
        themes_first=THEMES_FIRST,
        rated=collection.current,
        themes_silent=[id for id in site.theme_labels if not counts[id]],
    )


def _text_rows(site: Site, report: Report, with_month: bool) -> list[dict[str, Any]]:
    """Return a report's statements, each with its text where the collection has it, and its month if need be."""
    named = f", {month(report.published)}" if with_month else ""
    return [{**row, "name": f"{row['name']}{named}"} for row in score_rows(site, report)]
