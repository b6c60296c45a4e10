"""Measure searching on an invented collection: ``python -m benchmarks search``, or ``make bench ARGS=search``.

In one run in Chromium, on three networks: ours, Pagefind with one fragment for each passage, Pagefind with whole pages,
and the search that MkDocs Material brings, all over the same texts, all until the first ten results are painted.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from benchmarks.index import show_index
from benchmarks.national import SEED, invent_collection, learn_vocabulary
from benchmarks.search.browser import (
    STAGES,
    Figures,
    NothingFoundError,
    bare_page,
    check_networks,
    chromium,
    measure,
    middle,
    settled,
    worker_memory,
)
from benchmarks.search.judged import run as judged
from benchmarks.search.queries import choose_queries, commonest
from benchmarks.search.server import NETWORKS, Network, Server
from benchmarks.search.sites import ENGINES, join_ours, make_index, make_others, make_ours
from benchmarks.table import Table, megabytes
from build_scripts.model.collection import Collection

SCORINGS = 31
"""How often the commonest words are scored: what is told is the median."""


def main(arguments: Sequence[str]) -> None:
    """Make collection and indexes, ask, and show the figures; leave with status 1 when an engine finds nothing."""
    options = argparse.ArgumentParser(prog="python -m benchmarks search", description=__doc__)
    options.add_argument("--scale", type=float, default=1.0, help="multiple of England's 153 authorities (default: 1)")
    options.add_argument("--seed", type=int, default=SEED, help="another seed invents other texts and queries")
    options.add_argument("--visitors", type=int, default=5, help="of each engine on each network (default: 5)")
    options.add_argument(
        "--networks", type=int, default=len(NETWORKS), help="how many, the fastest first (default: all)"
    )
    options.add_argument("--queries", type=int, default=8, help="different ones for each visitor (default: 8)")
    options.add_argument("--ours-only", action="store_true", help="leave out the others")
    options.add_argument("--judged", action="store_true", help="measure what is found for judged queries, and no times")
    chosen = options.parse_args(arguments)
    if chosen.judged:
        judged.show(chosen.scale, chosen.seed)
        return
    table = Table()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table.head(f"An invented collection, {chosen.scale:g} times England")
        with table.timed("invent it"):
            collection = invent_collection(learn_vocabulary(), chosen.scale, chosen.seed)
        table.row("passages", f"{sum(len(item.passages) for item in collection.evidence):,}")
        _index(table, collection, folder)
        engines = ["ours"] if chosen.ours_only else list(ENGINES)
        if not chosen.ours_only:
            make_others(table, collection, folder)
        queries = choose_queries(collection, chosen.queries, chosen.seed)
        with chromium() as browser, Server(folder) as server:
            try:
                networks = NETWORKS[: chosen.networks]
                check_networks(browser, server, "ours", networks)
                table.head(f"Until ten results are painted: medians; {_versions(browser)}")
                print("  milliseconds / KB / requests, and ours as a part of theirs: milliseconds / KB")
                for network in networks:
                    _compare(network, measure(browser, server, network, engines, queries, chosen.visitors), engines)
                _engine(table, browser, server, networks, queries, commonest(collection))
            except NothingFoundError as error:
                sys.exit(f"error: {error}")


def _index(table: Table, collection: Collection, folder: Path) -> None:
    """Build our index, show what that took, and lay it out to be served."""
    table.head("Our index")
    with table.timed("build it"):
        files = make_index(collection)
    used = megabytes(resource.getrusage(resource.RUSAGE_SELF))
    table.row("peak memory", f"{used:,.0f} MB", "with the collection's own")
    show_index(table, files)
    make_ours(files, folder)
    join_ours(folder)


def _versions(browser: Browser) -> str:
    return f"Chromium {browser.version}, Pagefind {version('pagefind')}, Material {version('mkdocs-material')}"


def _compare(network: Network, figures: Figures, engines: Sequence[str]) -> None:
    """Print the figures of all on one network, and ours as a part of each of the others'."""
    print(f"  {network.name:<26}" + "".join(f"{stage:>22}" for stage in STAGES), flush=True)
    cells = {engine: [middle(figures[engine, stage]) for stage in STAGES] for engine in engines}
    for engine in engines:
        texts = (f"{time:,.0f} / {size:,.1f} / {requests:.0f}" for time, size, requests in cells[engine])
        print(f"    {ENGINES[engine]:<24}" + "".join(f"{text:>22}" for text in texts))
    for engine in engines[1:]:
        parts = zip(cells["ours"], cells[engine], strict=True)
        texts = (f"{own[0] / other[0]:.2f} / {_part(own[1], other[1])}" for own, other in parts)
        print(f"    {'ours : ' + ENGINES[engine]:<24}" + "".join(f"{text:>22}" for text in texts), flush=True)


def _part(own: float, other: float) -> str:
    return f"{own / other:.2f}" if other else "-"


def _engine(
    table: Table, browser: Browser, server: Server, networks: Sequence[Network], queries: Sequence[str], words: str
) -> None:
    """Print what only ours does: counts, scoring by itself, memory."""
    table.head("Our engine by itself")
    for network in networks:
        with bare_page(browser, server, "ours", network) as page:
            page.evaluate("query => ask(query)", queries[0])
            settled(page, server)
            counting = "([query, lists]) => count(query, lists)"
            filters, sent = settled(page, server, counting, [queries[0], []])
            opened = [settled(page, server, counting, [queries[0], [each]]) for each in filters["lists"]]
        if not any(answer["counted"] for answer, _ in opened):  # in a few passages some list may have nothing
            raise NothingFoundError(f"no list of themes or voices was counted for {queries[0]!r}")
        note = f"{sent.bytes / 1024:.1f} KB, {sent.requests} requests"
        table.row(f"filters beside the results, {network.name}", f"{filters['ms']:.0f} ms", note)
        slowest, largest = (max(each) for each in zip(*((a["ms"], s.bytes / 1024) for a, s in opened), strict=True))
        every = sum(each.bytes for _, each in opened) / 1024
        note = f"{largest:.1f} KB; all {len(opened)} of them {every:.1f} KB"
        table.row(f"a list of themes that is opened, {network.name}", f"{slowest:.0f} ms at most", note)
    with bare_page(browser, server, "ours") as page:
        scored = page.evaluate("([query, times]) => score(query, times)", [words, SCORINGS])
    note = f"{words}: {scored['total']:,} passages"
    table.row("scoring the commonest three words", f"{median(scored['milliseconds']):.1f} ms", note)
    used = worker_memory(browser, server, "ours", [*queries, words])
    told = "not told by a headless shell" if used is None else f"{used:.1f} MB"
    table.row("memory of the worker", told, f"after {len(queries) + 1} queries")
