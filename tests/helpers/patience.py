"""How long tests wait for anything."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

PATIENCE = 240.0
"""Seconds: many times what anything takes on a busy machine, so that only what never comes is missed."""

PATIENT = """
{
  const { setTimeout: later, AbortSignal: { timeout: within } } = self
  self.setTimeout = (work, wait, ...more) => later(work, wait >= 15_000 ? 16 * wait : wait, ...more)
  AbortSignal.timeout = (wait) => within.call(AbortSignal, 16 * wait)
}
"""
"""Has a page, or a worker, wait for files as long as the tests do, so that a busy machine is no slow network."""


def eventually(what: Callable[[], object]) -> None:
    """Wait until something is so; fail when it never is."""
    until = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < until, f"not so after {PATIENCE:.0f} seconds"
        time.sleep(0.05)


def painted(page: Page) -> None:
    """Wait until what the page has now is painted: only then are tables measured, and places of addresses gone to."""
    page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
    )
