"""The stages that make files of what was understood: pages, what stands beside them, scripts, the search's index."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from build_scripts.check import check_guides
from build_scripts.pages import render_awaited, render_pages
from build_scripts.pages.assets import SCRIPTS, browser_files
from build_scripts.pages.exports import export_files
from build_scripts.pipeline.run import REPORT_FILE, Run
from build_scripts.search import LUNR, index_files
from build_scripts.search.lunr_module import lunr_modules
from build_scripts.text.guide import read_guide, too_large

_ASSET = re.compile(r"\.(?:css|js)\Z")


def render(run: Run) -> Run:
    """Make every page, unless something is wrong: a page is never made from half-understood data."""
    if run.problems:
        return run
    return replace(run, files={**run.files, **render_pages(run.collection, run.repository, run.progress)})


def render_first(run: Run, paths: Iterable[str]) -> dict[str, bytes]:
    """Return the pages about what stands at these paths, for who waits for them while all others are made."""
    paths = tuple(paths)
    found = [REPORT_FILE.match(path) for path in paths]
    texts = [(each["report"], each["file"].removesuffix(".txt")) for each in found if each]
    return {} if run.problems else render_awaited(run.collection, texts, paths, run.repository)


def export(run: Run) -> Run:
    """Make the files that the site offers beside its pages."""
    return run if run.problems else replace(run, files={**run.files, **export_files(run.schemas, run.collection)})


def read_guides(run: Run) -> Run:
    """Read the pages written by hand; their links must lead somewhere, those to generated pages once these are made."""
    by_hand = {path: page for path, page in run.site.items() if path.endswith(".md")}
    large = {path: problem for path, page in by_hand.items() if (problem := too_large(path, page))}
    guides = tuple(read_guide(path, page) for path, page in by_hand.items() if path not in large)
    pages = {path: page for path, page in {**by_hand, **run.files}.items() if path.endswith(".md")}
    links = check_guides(guides, pages, large, all_made=not run.problems)
    problems = (*large.values(), *links)
    return replace(run, guides=guides, files={} if problems else run.files).found(problems)


def join(run: Run) -> Run:
    """Join style sheets and scripts into the files that pages ask for; ``NotJoinedError`` where that cannot be.

    A folder that has the data alone, as the state before a change may have, has nothing to join.
    """
    sources = {path: data.decode("utf-8", "replace") for path, data in run.site.items() if _ASSET.search(path)}
    if run.problems or not any(path.startswith(f"{SCRIPTS}/") for path in sources):
        return run
    lunr = lunr_modules(sources[LUNR])
    made = {path: text.encode("utf-8") for path, text in lunr.items()} | browser_files({**sources, **lunr})
    return replace(run, files={**run.files, **made})


def index(run: Run) -> Run:
    """Make the search index over the passages, the pages made so far and those written by hand."""
    if run.problems:
        return run
    site = {**run.site, **run.files}
    return replace(run, files={**run.files, **index_files(run.collection, site, run.guides, run.progress)})
