"""What each engine needs to search the same texts: index, scripts, and one bare page to measure in."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from benchmarks.build import build_site, make_peer
from benchmarks.table import Table
from build_scripts.disk.read import read_site
from build_scripts.model.collection import Collection
from build_scripts.pages.assets.modules import doors, joined
from build_scripts.pages.frame.markdown import MARKER
from build_scripts.search import LUNR, index_files
from build_scripts.search.lunr_module import lunr_modules
from build_scripts.text.guide import read_guide
from tests.helpers.projects import ROOT

OPEN, WORKER, START = (
    f"assets/javascripts/search/{each}.js" for each in ("page/open", "engine/worker", "engine/start")
)
"""What our own page asks for: how to open the search, its worker, and the engine where there is no worker."""

PAGES = Path(__file__).with_name("pages")

ENGINES = {
    "ours": "ours: passages",
    "pagefind-passages": "Pagefind: passages",
    "pagefind-pages": "Pagefind: pages",
    "material": "Material: pages",
}
"""Folder of each engine's site to how tables name it."""


def make_index(collection: Collection) -> dict[str, bytes]:
    """Return the files of our index over a collection and the guides, and lunr.js, by their path below ``docs/``."""
    site = read_site(ROOT, MARKER.encode())
    guides = [read_guide(path, page) for path, page in site.items() if path.endswith(".md")]
    lunr = lunr_modules(site[LUNR].decode("utf-8"))
    return index_files(collection, site, guides) | {path: text.encode("utf-8") for path, text in lunr.items()}


def make_ours(files: Mapping[str, bytes], folder: Path) -> None:
    """Make our site below ``folder``: the index's files, by their path below ``docs/``, and the scripts as they are."""
    scripts = "assets/javascripts"
    shutil.copytree(ROOT / "docs" / scripts, folder / "ours" / scripts)
    for path, data in files.items():
        file = folder / "ours" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    put_page(folder, "ours")


def join_ours(folder: Path) -> None:
    """Join what our site's page asks for, as the build does, each at the place of the module that it begins with."""
    root = folder / "ours"
    modules = {file.relative_to(root).as_posix(): file.read_text("utf-8") for file in root.rglob("assets/**/*.js")}
    entries = (OPEN, WORKER, START)
    opened = {path: path for path in (*entries, *(target for entry in entries for target in doors([entry], modules)))}
    for path, text in {path: joined([path], modules, path, opened) for path in opened}.items():
        (root / path).write_text(text, "utf-8")


def make_others(table: Table, collection: Collection, folder: Path) -> None:
    """Make the sites of the others below ``folder``."""
    table.head("Making the indexes of the others")
    with table.timed("Pagefind, passages"):
        _index_with_pagefind(_passages(collection), folder / "pagefind-passages")
    with table.timed("Pagefind, pages"):
        _index_with_pagefind(_whole_pages(collection), folder / "pagefind-pages")
    peer, material = folder / "peer", folder / "material"
    make_peer(collection.evidence, peer)
    build_site(table, peer, "Material, pages")
    shutil.copytree(peer / "site" / "search", material / "search")
    (worker,) = (peer / "site" / "assets" / "javascripts" / "workers").glob("search.*.min.js")
    shutil.copy(worker, material / "worker.js")
    shutil.rmtree(peer)
    for engine in ENGINES:
        if engine != "ours":
            put_page(folder, engine)


def put_page(folder: Path, engine: str) -> None:
    """Put the bare page of an engine, and the scripts that drive the engine, into its site."""
    for name in ("index.html", "measure.js"):
        shutil.copy(PAGES / name, folder / engine / name)
    shutil.copy(PAGES / f"{engine.partition('-')[0]}.js", folder / engine / "engine.js")
    if engine == "ours":
        shutil.copy(PAGES / "scoring.js", folder / engine / "scoring.js")


def _index_with_pagefind(pages: Iterator[tuple[str, str, str]], site: Path) -> None:
    """Let Pagefind index HTML pages as it does a whole site, and keep what its script reads."""
    html = site / "html"
    for address, title, body in pages:
        file = html / address / "index.html"
        file.parent.mkdir(parents=True)
        head = f'<html lang="en"><head><title>{escape(title)}</title></head>'
        file.write_text(f"{head}<body>{body}</body></html>", "utf-8")
    command = [sys.executable, "-m", "pagefind", "--quiet"]
    subprocess.run([*command, "--site", str(html), "--output-path", str(site / "pagefind")], check=True)
    shutil.rmtree(html)


def _passages(collection: Collection) -> Iterator[tuple[str, str, str]]:
    """Yield address, title and HTML of each passage, as a page of its own."""
    for item in collection.evidence:
        for tagged in item.passages:
            address = f"reports/{item.report.id}/{item.statement}/{tagged.passage.id}"
            yield address, f"{item.report.id}: {item.statement}", f"<p>{escape(tagged.passage.text)}</p>"


def _whole_pages(collection: Collection) -> Iterator[tuple[str, str, str]]:
    """Yield address, title and HTML of each statement page."""
    for item in collection.evidence:
        body = "".join(f"<p>{escape(tagged.passage.text)}</p>" for tagged in item.passages)
        yield f"reports/{item.report.id}/{item.statement}", f"{item.report.id}: {item.statement}", body
