"""Ask engines in Chromium, as a reader's browser would, and take times and bytes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Error, Page, sync_playwright

from benchmarks.search.server import ISOLATED, NETWORKS, Network, Sent, Server
from tests.site.conftest import launch_chromium

STAGES = ("cold", "focused", "warm", "repeat")
"""cold: nothing of the engine is there; focused: it was opened before; warm: more queries; repeat: one asked before."""

SLOW = frozenset({"material"})
"""Engines that take minutes to their first result on a slow network: one visitor must do."""

PROBE = 50_000
"""Bytes of the file that a page and a worker fetch to see that both are slowed."""


class NothingFoundError(Exception):
    """An engine did not do what it is measured for."""


@dataclass(frozen=True)
class Figure:
    """One query, from asking to painted results."""

    milliseconds: float
    sent: Sent


Figures = dict[tuple[str, str], list[Figure]]
"""(engine, stage) to what was measured on one network."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the Chromium that `make` found, with exact memory figures at once when they are asked for."""
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright, "--enable-blink-features=ForceEagerMeasureMemory")
        yield browser
        browser.close()


def measure(
    browser: Browser, server: Server, network: Network, engines: Sequence[str], queries: Sequence[str], visitors: int
) -> Figures:
    """Ask every engine the same queries on a network. Raises ``NothingFoundError`` when one finds nothing."""
    figures: Figures = {}
    for visitor in range(visitors):
        first = visitor % len(queries)
        turn = [*queries[first:], *queries[:first]]
        for engine in engines:  # in turn, so that what else the machine does falls on all of them
            if engine in SLOW and visitor:
                continue
            for stage, figure in _session(browser, server, engine, network, turn):
                figures.setdefault((engine, stage), []).append(figure)
    return figures


def _session(
    browser: Browser, server: Server, engine: str, network: Network, queries: Sequence[str]
) -> Iterator[tuple[str, Figure]]:
    """Yield stages and figures of two new visitors: one asks at once, one opens the engine first."""
    first, *others = queries
    with bare_page(browser, server, engine, network) as page:
        yield "cold", ask(page, server, engine, first)
        for query in others:
            yield "warm", ask(page, server, engine, query)
        yield "repeat", ask(page, server, engine, first)
    with bare_page(browser, server, engine) as page:
        settled(page, server, "openEngine()")
        server.network = network  # what is slow is measured in `cold`
        yield "focused", ask(page, server, engine, first)


@contextmanager
def bare_page(browser: Browser, server: Server, engine: str, network: Network = NETWORKS[0]) -> Iterator[Page]:
    """Open an engine's bare page as a new visitor, nothing cached; from then on the network is as slow as it says."""
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    page.set_default_timeout(0)  # Material's index takes minutes
    server.network = NETWORKS[0]
    page.goto(f"{server.address}/{engine}/index.html")
    page.wait_for_function("() => Boolean(globalThis.ask)")
    settled(page, server)
    server.network = network
    try:
        yield page
    finally:
        context.close()


def settled(page: Page, server: Server, script: str = "() => null", value: object = None) -> tuple[Any, Sent]:
    """Run a script in the page, wait until all that it asked for has come, and return its value and what that was."""
    before = server.sent
    answer = page.evaluate(script, value)
    server.settle(page.wait_for_timeout)
    return answer, Sent(server.sent.bytes - before.bytes, server.sent.requests - before.requests)


def ask(page: Page, server: Server, engine: str, query: str) -> Figure:
    """Ask a query and return what it took until ten results were painted, with all that the engine fetched for it."""
    try:
        answer, sent = settled(page, server, "query => ask(query)", query)
    except Error as error:
        raise NothingFoundError(f"{engine} failed on {query!r}: {error.message}") from error
    if not answer["found"] or answer["shown"] != min(10, answer["found"]) or answer["text"] < 50 * answer["shown"]:
        raise NothingFoundError(f"{engine} did not show ten results, or all, for {query!r}: {answer}")
    return Figure(answer["ms"], sent)


def check_networks(browser: Browser, server: Server, engine: str, networks: Sequence[Network]) -> None:
    """See that page and worker are slowed alike; raises ``AssertionError`` when one is faster than its network."""
    (server.folder / engine / "probe.bin").write_bytes(os.urandom(PROBE))
    fetching = "fetch('probe.bin', { cache: 'no-store' }).then((answer) => answer.arrayBuffer())"
    (server.folder / engine / "probe.js").write_text(f"{fetching}.then(() => postMessage(1))", "utf-8")
    ways = {
        "page": f"{fetching}.then(() => undefined)",
        "worker": "new Promise((done) => { new Worker('probe.js', { type: 'module' }).onmessage = () => done() })",
    }
    for network in networks:
        with bare_page(browser, server, engine, network) as page:
            for way, script in ways.items():
                timed = f"const start = performance.now(); await {script}; return performance.now() - start"
                took = page.evaluate(f"async () => {{ {timed} }}")
                least = 1000 * (network.round_trip + (8 * PROBE / network.bits if network.bits else 0))
                assert took >= least, f"{way} on {network.name}: {took:.0f} ms for what needs {least:.0f}"


def worker_memory(browser: Browser, server: Server, engine: str, queries: Sequence[str]) -> float | None:
    """Return the megabytes of the engine's workers after some queries, None where the browser, a shell, tells none."""
    server.headers = ISOLATED
    try:
        with bare_page(browser, server, engine) as page:
            for query in queries:
                ask(page, server, engine, query)
            try:
                parts = page.evaluate("performance.measureUserAgentSpecificMemory()")["breakdown"]
            except Error as error:
                if "is not available" not in error.message:
                    raise
                return None
    finally:
        server.headers = {}
    workers: list[int] = [
        part["bytes"]
        for part in parts
        if any("Worker" in (source.get("scope") or "") for source in part["attribution"])
    ]
    if not workers:
        raise NothingFoundError(f"{engine} has no worker whose memory could be measured: {parts}")
    return sum(workers) / 1e6


def middle(figures: Sequence[Figure]) -> tuple[float, float, float]:
    """Return medians: milliseconds, kilobytes, requests."""
    return (
        median(figure.milliseconds for figure in figures),
        median(figure.sent.bytes for figure in figures) / 1024,
        median(figure.sent.requests for figure in figures),
    )
