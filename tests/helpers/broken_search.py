"""What tests of a search that goes wrong share: ways in which it runs, and what the page shows of it."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.helpers.patience import PATIENT

ASK = "/search/?q=interpretation"
FAILED = "The search did not work"
WORKER = "**/assets/made/*/worker.js"

FOREIGN = "This network answered with something other than the search’s files."
DAMAGED = "A file of the search arrived damaged."
SLOW = "The search files are taking too long to arrive."
RENEWED = "The site was renewed after you opened this page."

IN_WORKER, NOT_UNPACKING, NO_WORKERS = WAYS = (
    "in a worker",
    "in a worker without DecompressionStream",
    "without module workers",
)

NONE_FOUND = "No paragraph found"
WATCH = f"""
addEventListener("DOMContentLoaded", () => {{
  const results = document.getElementById("search-results")
  const watch = () => (window.saidNone ||= results.textContent.includes("{NONE_FOUND}"))
  new MutationObserver(watch).observe(results, {{ subtree: true, childList: true, characterData: true }})
}})
"""
"""Notes whether the page ever said that nothing was found, however briefly: see ``has_said_none``."""


def prepare(site: Path, page: Page, way: str, before: str = PATIENT) -> None:
    """Have the search of a built site run in this way; ``before`` is a script that runs first where the engine does."""
    page.add_init_script(WATCH)
    if way == NO_WORKERS:
        failing = "class { constructor() { throw new TypeError('module workers are not supported') } }"
        page.add_init_script(f"window.Worker = {failing};{before}")
        return
    if way == NOT_UNPACKING:
        page.add_init_script(before)
        before += "delete self.DecompressionStream;\n"

    (worker,) = site.glob("assets/made/*/worker.js")
    script = before + worker.read_text("utf-8")
    page.route(WORKER, lambda route: route.fulfill(body=script, content_type="text/javascript; charset=utf-8"))


def has_said_none(page: Page) -> bool:
    """Return whether the page has said since it was opened that nothing was found."""
    return bool(page.evaluate("window.saidNone"))


def seen(page: Page) -> list[str]:
    """What the page shows: the count, and the passages."""
    return [page.locator("#search-count").inner_text(), *page.locator(".hit").all_inner_texts()]


def assert_told(page: Page, message: str) -> None:
    """The page says what came and what to do, leads on, and never said that nothing was found."""
    expect(page.locator("#search-count")).to_have_text(FAILED)
    trouble = page.locator("#search-trouble")
    assert message in trouble.inner_text()
    assert re.search(r"[Tt]ry again|Reload the page", trouble.locator("p").first.inner_text())
    assert trouble.get_by_role("link", name="Themes").is_visible()
    expect(page.locator("#finder-status")).to_contain_text(message)
    assert not has_said_none(page)


def assert_right(page: Page, expected: list[str]) -> None:
    """The page shows the right answer, and never said that nothing was found."""
    page.locator(".hit").first.wait_for()
    assert seen(page) == expected
    assert len(expected) > 1
    assert not has_said_none(page)
