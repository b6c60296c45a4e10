"""Pages that speak of the whole collection: home, methodology, data, and the list of problem codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from build_scripts.model.codes import CODES
from build_scripts.model.collection import Collection, Finding
from build_scripts.model.standing import colours
from build_scripts.pages.england import rating_map
from build_scripts.pages.frame.addresses import report_address
from build_scripts.pages.frame.charts import bar
from build_scripts.pages.frame.site import Page, Site
from build_scripts.pages.quoting import example
from build_scripts.pages.reports import as_of
from build_scripts.pages.scores import short_month
from build_scripts.pages.tables import AUTHORITY_MEANINGS, SEARCH_MEANINGS, score_meanings

LATEST = 6
"""How many reports the home page names."""

FREQUENT = 8
"""How many themes the home page names."""


def front_pages(site: Site) -> Iterator[Page]:
    """Yield home, methodology, data and problems."""
    yield _home(site)
    yield _methodology(site)
    yield _data(site)
    yield _problems(site)


def _home(site: Site) -> Page:
    collection = site.collection
    framework = collection.vocabulary.framework
    latest = sorted(collection.reports, key=lambda report: report.published, reverse=True)[:LATEST]
    frequent = sorted(collection.vocabulary.themes, key=lambda theme: -len(collection.by_tag.get(theme.id, ())))
    ratings = Counter(report.rating for report in collection.current.values())
    meta = {
        "title": "Care Evidence Explorer",
        "description": "What the Care Quality Commission found when it inspected adult social care in England: find "
        "your council, its scores, and what was found on any topic.",
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
        assessed=len(collection.current),
        statements=len(collection.statements),
        ratings=[
            (name, ratings[name], bar(ratings[name], max(ratings.values(), default=0), score))
            for name, score in colours(framework).items()
        ],
        shown=quoted(collection),
        as_of=as_of(collection.current.values()),
        hexagons=rating_map(site, "/"),
        frequent=[(theme.id, len(collection.by_tag.get(theme.id, ()))) for theme in frequent[:FREQUENT]],
        latest=[
            {
                "report": report,
                "address": report_address(report.id),
                "authority": collection.authorities[report.authority].name,
                "month": short_month(report.published),
            }
            for report in latest
        ],
    )


def quoted(collection: Collection) -> Finding | None:
    """Return the passage that the home page shows, the same for the same collection; None where there is none.

    It is an example of the newest report with a section.
    """
    newest = max((finding.evidence.report.published for finding in collection.findings), default="")
    return example(finding for finding in collection.findings if finding.evidence.report.published == newest)


def _methodology(site: Site) -> Page:
    collection = site.collection
    framework = collection.vocabulary.framework
    meta = {
        "title": "Methodology",
        "description": "How sections become paragraphs, how themes and voices are given, and how accurate that is.",
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
        "description": "Scores, councils and paragraphs as files to download, what each column means, and the files "
        "that this site is made from.",
    }
    return site.page(
        "/data/",
        "data.md",
        meta,
        columns={
            "scores": score_meanings(site.collection.statements.values()),
            "authorities": AUTHORITY_MEANINGS,
            "search": SEARCH_MEANINGS,
        },
        authorities=len(site.collection.authorities),
        passages=len(site.collection.findings),
    )


def _problems(site: Site) -> Page:
    meta = {
        "title": "Problems and how to mend them",
        "description": "Every problem that the check of contributed data can report, with what it means.",
        "search": {"exclude": True},
    }
    return site.page("/contribute/problems/", "problems.md", meta, codes=CODES)
