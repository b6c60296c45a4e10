"""Answers that never come, or never end, for the search's files and its worker: given up, told, and asked for anew."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest

from tests.helpers.broken_search import ASK, SLOW, WATCH, WAYS, WORKER, assert_right, assert_told, prepare
from tests.helpers.patience import PATIENT

if TYPE_CHECKING:
    from tests.site.conftest import Network, OpenPage, Site

TRY = 15_000
"""Milliseconds that the search waits for a file, each of two times."""
START = 20_000
"""Milliseconds that it waits for a worker to start."""
HASTY = """
{
  const { setTimeout: later, fetch: ask } = self
  const asked = {}
  let giveUp = () => {}
  self.setTimeout = (work, wait, ...more) => {
    if (wait === %(wait)d) giveUp = work
    return later(work, wait, ...more)
  }
  self.fetch = (address, ...more) => {
    asked[address] = (asked[address] ?? 0) + 1
    if (String(address).includes("%(part)s") && asked[address] <= %(times)d) later(giveUp, 500)
    return ask(address, ...more)
  }
}
"""
"""Has the search give up a file with ``part`` in its address after half a second, so many ``times``; others, which a
busy machine may bring later than that, it waits for as long as the tests do. Its wait begins just before it asks."""
UNSTARTED = """
{
  const later = self.setTimeout
  self.setTimeout = (work, wait, ...more) => later(work, wait === %d ? 500 : wait, ...more)
}
"""
"""Has the page wait half a second for a worker to start."""
TERMS = "/terms-"


def hasty(times: int) -> str:
    """Return what has the first tries for words given up soon."""
    return PATIENT + HASTY % {"wait": TRY, "part": TERMS, "times": times}


class Endless:
    """Answers without end for the first file with ``part`` in its address that is asked for, so many ``times``."""

    def __init__(self, part: str, times: int, *, trickles: bool = False) -> None:
        self.part = part
        self.times = times
        self.trickles = trickles
        self.asked: Counter[str] = Counter()
        self.gone = threading.Event()

    def __call__(self, handler: BaseHTTPRequestHandler) -> bool:
        if self.part not in handler.path:
            return False
        self.asked[handler.path] += 1
        if handler.path != next(iter(self.asked)) or self.asked[handler.path] > self.times:
            return False
        if self.trickles:
            handler.send_response(200)
            handler.end_headers()
        while not self.gone.wait(0.05):
            try:
                handler.wfile.write(b"\x1f" if self.trickles else b"")
            except OSError:
                break
        return True


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("trickles", [False, True], ids=["never begins", "never ends"])
def test_endless_answers(
    site: Site, new_page: OpenPage, network: Network, right: Callable[[str], list[str]], trickles: bool, way: str
) -> None:
    """A file that never comes, or trickles for ever, is given up twice and told; what comes then is taken."""
    page = new_page().page
    prepare(site.directory, page, way, hasty(2))
    endless = Endless(TERMS, 1000, trickles=trickles)
    page.goto(network(endless) + ASK, wait_until="load")
    assert_told(page, SLOW)
    assert max(endless.asked.values()) > 1
    endless.times = 0
    page.get_by_role("button", name="Try again").click()
    assert_right(page, right(ASK))
    endless.gone.set()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("trickles", [False, True], ids=["never begins", "never ends"])
def test_an_endless_answer_and_then_the_file(
    site: Site, new_page: OpenPage, network: Network, right: Callable[[str], list[str]], trickles: bool, way: str
) -> None:
    """Where the second try brings the file, nothing is told but the answer."""
    page = new_page().page
    prepare(site.directory, page, way, hasty(1))
    endless = Endless(TERMS, 1, trickles=trickles)
    page.goto(network(endless) + ASK, wait_until="load")
    assert_right(page, right(ASK))
    assert max(endless.asked.values()) > 1
    endless.gone.set()


def test_a_worker_that_never_comes(new_page: OpenPage, network: Network, right: Callable[[str], list[str]]) -> None:
    """Where the worker's script does not end, the engine runs in the page after a while and finds the same."""
    page = new_page().page
    page.add_init_script(WATCH + UNSTARTED % START)
    endless = Endless("/worker.js", 1000)
    page.goto(network(endless) + ASK, wait_until="load")
    assert_right(page, right(ASK))
    assert endless.asked
    endless.gone.set()


def test_a_worker_that_is_a_page(site: Site, new_page: OpenPage, right: Callable[[str], list[str]]) -> None:
    """Where a network sends a page in place of the worker's script, the engine runs in the page, too."""
    page = new_page().page
    page.add_init_script(WATCH)
    page.route(WORKER, lambda route: route.fulfill(body="<!doctype html>Please sign in", content_type="text/html"))
    page.goto(site.url(ASK), wait_until="load")
    assert_right(page, right(ASK))
