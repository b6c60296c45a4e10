"""Evidence to pages, and to the files that are offered beside them.

In: the collection. Out: path below ``docs/`` to bytes: plain Markdown with front matter, for MkDocs or any generator
after it. One module a kind of page, its template in ``templates/``; what all kinds share is in ``frame/``, what
they ask for in ``assets/``. Every
contributed word is escaped on its way in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from build_scripts.model.collection import Collection
from build_scripts.model.progress import UNSEEN, Progress
from build_scripts.pages.authorities import place_pages
from build_scripts.pages.compare import compare_pages
from build_scripts.pages.frame.site import Page, Site
from build_scripts.pages.map import map_pages
from build_scripts.pages.on_statement import cell_pages, count_cell_pages
from build_scripts.pages.reports import count_report_pages, report_pages, text_pages
from build_scripts.pages.scores import score_pages
from build_scripts.pages.search_page import search_pages
from build_scripts.pages.statements import statement_pages
from build_scripts.pages.themes_and_voices import tag_pages
from build_scripts.pages.whole_site import front_pages

KINDS: tuple[Callable[[Site], Iterator[Page]], ...] = (
    front_pages,
    tag_pages,
    place_pages,
    statement_pages,
    report_pages,
    compare_pages,
    score_pages,
    map_pages,
    cell_pages,
    search_pages,
)

OF_WORDS: dict[str, Callable[[Site], Iterator[Page]]] = {
    "data/themes.yml": tag_pages,
    "data/voices.yml": tag_pages,
    "data/authorities.csv": place_pages,
}
"""The pages about what a file names; other pages name it too."""


def render_pages(collection: Collection, repository: str = "", progress: Progress = UNSEEN) -> dict[str, bytes]:
    """Return every generated page: path below ``docs/`` to bytes.

    ``repository`` is the project's address on GitHub, to which pages lead whoever finds a mistake; empty if not known.
    ``progress`` is told of each page of a kind of which there are many: it is nearly all of them.
    """
    site = Site(collection, repository)
    counts = {report_pages: count_report_pages(site), cell_pages: count_cell_pages(site)}
    progress.begin("Making pages", sum(counts.values()))
    files: dict[str, bytes] = {}
    for kind in KINDS:
        for path, data in kind(site):
            files[path] = data
            if kind in counts:
                progress.step()
    return files


def render_awaited(
    collection: Collection, texts: Iterable[tuple[str, str]], words: Iterable[str], repository: str = ""
) -> dict[str, bytes]:
    """Return the pages that somebody waits for who changed these files, as ``render_pages`` makes them.

    ``texts`` are (report id, statement id); ``words`` are paths of files that name what the collection speaks of.
    """
    site = Site(collection, repository)
    kinds = dict.fromkeys(kind for path in words if (kind := OF_WORDS.get(path)))
    return dict(chain(text_pages(site, texts), *(kind(site) for kind in kinds)))
