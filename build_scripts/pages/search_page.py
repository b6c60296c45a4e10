"""The search page: what a reader asks with, and what scripts fill. Without scripts it leads to the other ways in."""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts.pages.frame.site import Page, Site

SCRIPTS = (
    "search/page/page.js",
    "search/page/address.js",
    "search/page/client.js",
    "search/page/filters-view.js",
    "search/page/open.js",
    "search/page/results-view.js",
    "search/page/summary-view.js",
    "search/trouble.js",
    "copy.js",
    "make.js",
    "reference.js",
    "wording.js",
)
"""What the page runs, and all that it imports."""

PRELOAD = {"search/engine/worker.js": "module", "search/manifest.json": "fetch"}
"""What every search asks for first."""


def search_pages(site: Site) -> Iterator[Page]:
    """Yield ``/search/``."""
    meta = {
        "title": "Search the evidence",
        "description": "Find what inspectors found: every passage, by its words, theme, voice, score, "
        "quality statement, authority and year.",
        "hide": ["toc"],
        "scripts": list(SCRIPTS),
        "preload": PRELOAD,
        "search": {"exclude": True},  # it does not find itself
    }
    collection = site.collection
    yield site.page(
        "/search/",
        "search.md",
        meta,
        passages=len(collection.findings),
        texts=len(collection.evidence),
    )
