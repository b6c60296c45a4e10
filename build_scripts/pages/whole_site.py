"""Pages that speak of the whole collection: home, methodology, data, and the list of problem codes."""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts.model.codes import CODES
from build_scripts.model.wording import long_date, month
from build_scripts.pages.frame.addresses import report_address
from build_scripts.pages.frame.site import Page, Site

LATEST = 6
"""How many reports the home page names."""


def front_pages(site: Site) -> Iterator[Page]:
    """Yield home, methodology, data and problems."""
    yield _home(site)
    yield _methodology(site)
    yield _data(site)
    yield _problems(site)


def _home(site: Site) -> Page:
    collection = site.collection
    latest = sorted(collection.reports, key=lambda report: report.published, reverse=True)[:LATEST]
    frequent = sorted(collection.vocabulary.themes, key=lambda theme: -len(collection.by_tag.get(theme.id, ())))
    meta = {
        "title": "Care Evidence Explorer",
        "description": "What the Care Quality Commission found about adult social care in England, passage by passage: "
        "by theme, council, quality statement and voice.",
        "hide": ["toc"],
    }
    return site.page(
        "/",
        "home.md",
        meta,
        reports=len(collection.reports),
        texts=len(collection.evidence),
        passages=len(collection.findings),
        authorities=len(collection.authorities),
        assessed=len(collection.reports_of),
        statements=len(collection.statements),
        frequent=[(theme.id, len(collection.by_tag.get(theme.id, ()))) for theme in frequent[:12]],
        latest=[
            {
                "report": report,
                "address": report_address(report.id),
                "authority": collection.authorities[report.authority].name,
                "published": long_date(report.published),
                "month": month(report.published),
            }
            for report in latest
        ],
    )


def _methodology(site: Site) -> Page:
    collection = site.collection
    framework = collection.vocabulary.framework
    meta = {
        "title": "Methodology",
        "description": "How CQC’s texts become passages, how themes and voices are given, and how accurate that is.",
    }
    return site.page(
        "/about/methodology/",
        "methodology.md",
        meta,
        framework=framework,
        accuracy=collection.accuracy,
        theme_entries=collection.vocabulary.themes,
        voice_entries=collection.vocabulary.voices,
        most=framework.most,
        texts=len(collection.evidence),
        passages=len(collection.findings),
    )


def _data(site: Site) -> Page:
    meta = {
        "title": "Data",
        "description": "The files that this site is made from, the schemas that they satisfy, and what each key means.",
    }
    return site.page("/data/", "data.md", meta)


def _problems(site: Site) -> Page:
    meta = {
        "title": "Problems and how to mend them",
        "description": "Every problem that the check of contributed data can report, with what it means.",
        "search": {"exclude": True},
    }
    return site.page("/contribute/problems/", "problems.md", meta, codes=CODES)
