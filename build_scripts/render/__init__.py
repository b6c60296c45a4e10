"""Turn the collection into pages: plain Markdown with front matter, for MkDocs or any generator after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from build_scripts.collection import Collection
from build_scripts.render.compare import compare_pages
from build_scripts.render.front import front_pages
from build_scripts.render.map import map_pages
from build_scripts.render.places import place_pages
from build_scripts.render.reports import report_pages
from build_scripts.render.scores import score_pages
from build_scripts.render.search import search_pages
from build_scripts.render.site import Page, Site
from build_scripts.render.statements import statement_pages
from build_scripts.render.tags import tag_pages

KINDS: tuple[Callable[[Site], Iterator[Page]], ...] = (
    front_pages,
    tag_pages,
    place_pages,
    statement_pages,
    report_pages,
    compare_pages,
    score_pages,
    map_pages,
    search_pages,
)


def render_pages(collection: Collection, repository: str = "") -> dict[str, bytes]:
    """Return every generated page: path below ``docs/`` to bytes.

    ``repository`` is the project's address on GitHub, to which pages lead whoever finds a mistake; empty if not known.
    """
    site = Site(collection, repository)
    return {path: data for kind in KINDS for path, data in kind(site)}
