"""The search page: what a reader asks with, and what scripts fill. Without scripts it leads to the other ways in."""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts.pages.frame.site import Page, Site

ASKED = ["search/manifest.json", "worker.js"]
"""What every question asks for first; the page as it opens has an answer (``search/opening.py``)."""


def search_pages(site: Site) -> Iterator[Page]:
    """Yield ``/search/``."""
    meta = {
        "title": "Search the evidence",
        "description": "Find what inspectors found: every paragraph, by its words, theme, voice, score, "
        "quality statement, council and year.",
        "hide": ["toc"],
        "script": "search",
        "asked": ASKED,
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
