"""Measure the build on an invented collection: ``python -m benchmarks``, or ``make bench``.

Everything is measured in one run on one machine, beside a peer: MkDocs with its theme as it comes, making one bare page
of each of the same texts. Nothing is written into the project.
"""

from __future__ import annotations

import argparse
import gzip
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.index import show_index
from benchmarks.national import SEED, make_project
from benchmarks.table import Table, megabytes
from build_scripts.commands.build import keeping_all
from build_scripts.disk.read import read_schemas, read_site, read_sources
from build_scripts.disk.write import write_files
from build_scripts.model.evidence import Evidence
from build_scripts.pages.frame.markdown import MARKER, page_text
from build_scripts.pipeline import STAGES
from build_scripts.pipeline.run import Run

PEER_SETTINGS = """
site_name: The same texts as bare pages
site_url: ""
nav: [{Home: index.md}]
not_in_nav: /reports/
theme: {name: material, font: false}
plugins: [search]
"""


def main(arguments: Sequence[str]) -> None:
    """Make the collection, build it, and show the figures."""
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument("--scale", type=float, default=1.0, help="multiple of England's 153 authorities (default: 1)")
    options.add_argument("--seed", type=int, default=SEED, help="another seed invents other texts")
    options.add_argument("--pages-only", action="store_true", help="stop before MkDocs")
    chosen = options.parse_args(arguments)
    table = Table()
    with tempfile.TemporaryDirectory() as folder:
        project, peer = Path(folder) / "project", Path(folder) / "peer"
        table.head(f"An invented collection, {chosen.scale:g} times England")
        with table.timed("invent it (no part of the build)"):
            reports = make_project(project, chosen.scale, chosen.seed)
        run = run_stages(table, project)
        _count(table, run, reports)
        show_index(table, run.files)
        if not chosen.pages_only:
            _sites(table, run, project, peer)


def run_stages(table: Table, project: Path) -> Run:
    """Run every stage as ``evidence build`` does; leave with status 1 when the collection has problems."""
    table.head("Pipeline")
    with table.timed("read"):
        sources, unread = read_sources(project)
        site = read_site(project, MARKER.encode())
    run = Run(dict(sorted(sources.items())), read_schemas(), site, problems=tuple(unread))
    with keeping_all():
        for stage in STAGES:
            with table.timed(stage.__name__):
                run = stage(run)
    if run.problems:
        sys.exit("\n".join(str(problem) for problem in run.problems[:20]))
    with table.timed("write, first time"):
        write_files(project / "docs", run.files, MARKER.encode())
    with table.timed("write again, nothing changed"):
        write_files(project / "docs", run.files, MARKER.encode())
    table.row("peak memory", f"{megabytes(resource.getrusage(resource.RUSAGE_SELF)):,.0f} MB")
    return run


def _count(table: Table, run: Run, reports: int) -> None:
    passages = [passage for item in run.evidence for passage in item.passages]
    table.head("What it holds")
    table.row("reports", f"{reports:,}")
    table.row("texts", f"{len(run.evidence):,}")
    table.row("passages", f"{len(passages):,}")
    table.row("words", f"{sum(len(passage.passage.text.split()) for passage in passages):,}")
    table.row("themes a passage", f"{sum(len(passage.themes) for passage in passages) / len(passages):.1f}")
    table.row("voices a passage", f"{sum(len(passage.voices) for passage in passages) / len(passages):.1f}")
    table.row("generated files", f"{len(run.files):,}")
    table.row("generated size", f"{sum(map(len, run.files.values())) / 1e6:,.1f} MB")


def _sites(table: Table, run: Run, project: Path, peer: Path) -> None:
    """Build the site and its peer and compare them."""
    table.head("MkDocs, our site")
    build_site(table, project, "build the site")
    _site(table, project / "site")
    table.head("MkDocs, the peer: the same texts as bare pages")
    make_peer(run.evidence, peer)
    build_site(table, peer, "build the peer")
    _site(table, peer / "site")
    table.head("Compared")
    pipeline = sum(table.seconds[name] for name in ("read", *(stage.__name__ for stage in STAGES), "write, first time"))
    site, bare = table.seconds["build the site"], table.seconds["build the peer"]
    table.row("pipeline, all of it", f"{pipeline:.1f} s")
    table.row("pipeline : MkDocs", f"{pipeline / site:.2f}")
    table.row("our site : peer, seconds", f"{site / bare:.2f}")
    table.row("our site : peer, seconds a page", f"{site / _pages(project) / (bare / _pages(peer)):.2f}")


def build_site(table: Table, root: Path, name: str) -> None:
    """Build a site in a process of its own, whose time and memory are shown."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "--site-dir", str(root / "site")]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": ""}
    with table.timed(name), (root / "mkdocs.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=log, stderr=log)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit((root / "mkdocs.log").read_text("utf-8"))
    table.row("peak memory", f"{megabytes(used):,.0f} MB")


def _site(table: Table, site: Path) -> None:
    """Show how large a built site is, and its largest pages as they travel."""
    sizes = {path: path.stat().st_size for path in site.rglob("*") if path.is_file()}
    pages = {path: size for path, size in sizes.items() if path.suffix == ".html"}
    largest = sorted(pages, key=lambda path: -pages[path])[:200]
    packed = {path: len(gzip.compress(path.read_bytes(), 6)) for path in largest}
    table.row("pages", f"{len(pages):,}")
    table.row("size of the site", f"{sum(sizes.values()) / 1e6:,.1f} MB")
    for what, of_pages in (("raw", pages), ("gzip'd", packed)):
        page = max(of_pages, key=lambda path: of_pages[path])
        table.row(f"largest page, {what}", f"{of_pages[page] / 1e3:,.0f} KB", f"/{page.relative_to(site).parent}/")
    for index in site.rglob("search_index.json"):
        table.row("search index, raw", f"{index.stat().st_size / 1e6:,.1f} MB")
        table.row("search index, gzip'd", f"{len(gzip.compress(index.read_bytes(), 6)) / 1e6:,.1f} MB")


def make_peer(evidence: Iterable[Evidence], peer: Path) -> None:
    """Write the texts' passages, and nothing else, as pages for MkDocs as it comes."""
    (peer / "docs").mkdir(parents=True)
    (peer / "mkdocs.yml").write_text(PEER_SETTINGS, "utf-8")
    (peer / "docs" / "index.md").write_text("# Home\n", "utf-8")
    for item in evidence:
        body = "\n\n".join(["# Text", *(passage.passage.text for passage in item.passages)])
        file = peer / "docs" / "reports" / item.report.id / f"{item.statement}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page_text({"title": f"{item.report.id}: {item.statement}"}, body), "utf-8")


def _pages(root: Path) -> int:
    return sum(1 for _ in (root / "site").rglob("*.html"))
