"""What the search page does when something fails: it says what, keeps what it has, and offers what it can."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Route, expect

from tests.helpers.broken_search import WORKER
from tests.helpers.patience import painted

if TYPE_CHECKING:
    from tests.site.conftest import OpenPage, Site

DATA = "**/assets/search/**"
ASK = "/search/?q=interpretation"
FAILED = "The search did not work"


def missing(route: Route) -> None:
    """Answer as a host does that does not have the file."""
    route.fulfill(status=404, body="not here")


def corrupt(route: Route) -> None:
    """Answer with the file, its middle overwritten."""
    if route.request.url.endswith(".js"):
        route.continue_()
        return
    body = bytearray(route.fetch().body())
    middle = len(body) // 2
    body[middle : middle + 16] = bytes(16)
    route.fulfill(body=bytes(body))


def html_instead(route: Route) -> None:
    """Answer as a network does that wants a login first."""
    if route.request.url.endswith(".js"):
        route.continue_()
        return
    route.fulfill(body="<html>Please log in</html>", content_type="text/html")


def cut_off(route: Route) -> None:
    """Answer as a connection does that is gone."""
    route.abort("internetdisconnected")


@pytest.mark.parametrize("answer", [missing, corrupt, html_instead, cut_off])
def test_files_that_do_not_come(site: Site, new_page: OpenPage, answer: Callable[[Route], None]) -> None:
    """Missing, corrupt or foreign files: the page says so, leads on, and trying again works once mended."""
    page = new_page().page
    page.route(DATA, answer)
    page.goto(site.url(ASK), wait_until="load")
    expect(page.locator("#search-count")).to_have_text(FAILED)
    trouble = page.locator("#search-trouble")
    assert len(trouble.locator("p").first.inner_text()) > 20
    assert not re.search(r"undefined|TypeError|Error:|\[object", trouble.inner_text())
    assert trouble.get_by_role("link", name="Themes").is_visible()
    expect(page.locator("#finder-status")).to_contain_text(FAILED)
    assert page.locator("#search-results").get_attribute("aria-busy") is None
    filters = page.locator("#search-filters")
    assert filters.locator("summary:visible").count() == 0  # no group of filters stands there with nothing in it
    assert "There are no filters while the search does not work." in filters.inner_text()
    page.unroute(DATA)
    again = trouble.get_by_role("button", name="Try again")
    again.press("Enter")
    page.locator(".hit").first.wait_for()
    assert page.evaluate("document.activeElement.id") == "search-count"
    filters.locator("summary").first.wait_for()
    expect(filters).not_to_contain_text("no filters")


def test_offline_after_a_first_answer(site: Site, new_page: OpenPage) -> None:
    """When the connection goes, what is in sight stays until something else is asked; then the page says so."""
    watched = new_page()
    page = watched.open(site.url(ASK))
    page.locator(".hit").first.wait_for()
    shown = page.locator(".hit").count()
    page.context.set_offline(True)
    page.evaluate("dispatchEvent(new Event('offline'))")
    assert page.locator(".hit").count() == shown
    page.locator("#finder-words").fill("governance wellbeing zebra")
    page.keyboard.press("Enter")
    expect(page.locator("#search-results")).not_to_have_attribute("aria-busy", "true")
    said = page.locator("#search-results").inner_text()
    page.context.set_offline(False)
    assert FAILED in said or "No paragraph" in said or "paragraphs, from" in said
    page.locator("#finder-words").fill("interpretation")
    page.keyboard.press("Enter")
    page.locator(".hit").first.wait_for()


@pytest.mark.parametrize(
    "browser_without",
    [
        "delete window.Worker",
        "window.Worker = class { constructor() { throw new TypeError('module workers are not supported') } }",
    ],
)
def test_browser_without_module_workers(site: Site, new_page: OpenPage, browser_without: str) -> None:
    """A browser without workers, or without modules in them, finds the same: the engine runs in the page."""
    watched = new_page()
    watched.page.add_init_script(browser_without)
    page = watched.open(site.url(ASK))
    page.locator(".hit").first.wait_for()
    found = page.locator("#search-count").inner_text()
    assert found == new_page().open(site.url(ASK)).locator("#search-count:has-text('councils')").inner_text()
    assert not watched.failures


def test_browser_that_is_too_old(site: Site, new_page: OpenPage) -> None:
    """A browser that cannot unpack the index is told so, with the ways to browse, and no button that would not help."""
    watched = new_page()
    lacking = "delete self.DecompressionStream;\n"

    def older(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=lacking + answer.text())

    watched.page.route(WORKER, older)
    watched.page.add_init_script(lacking)
    page = watched.open(site.url(ASK))
    expect(page.locator("#search-count")).to_have_text(FAILED)
    trouble = page.locator("#search-trouble")
    assert trouble.get_by_role("link", name="Councils").is_visible()
    assert "too old" in trouble.inner_text()
    assert trouble.get_by_role("button").count() == 0
    assert not watched.failures


def test_a_script_that_does_not_come(site: Site, new_page: OpenPage) -> None:
    """Without workers the engine is a script of its own: when it fails, the page says so and trying again loads it."""
    page = new_page().page
    page.add_init_script("delete window.Worker")
    page.route("**/made/*/start.js", lambda route: route.abort())
    page.goto(site.url(ASK), wait_until="load")
    expect(page.locator("#search-count")).to_have_text(FAILED)
    page.unroute("**/made/*/start.js")
    page.get_by_role("button", name="Try again").click()
    page.locator(".hit").first.wait_for()


def test_more_results_that_do_not_come(site: Site, new_page: OpenPage) -> None:
    """When more results fail, those in sight stay, the button says what happened, and works once it is mended."""
    page = new_page().open(site.url("/search/"))
    page.locator(".hit").first.wait_for()
    page.wait_for_load_state("networkidle")
    page.evaluate("caches?.keys?.()")
    page.route(DATA, cut_off)
    page.click("#search-more-button")
    expect(page.locator("#search-more-button")).not_to_have_attribute("aria-disabled", "true")
    if page.locator(".hit").count() == 10:
        assert "No more could be loaded." in page.locator("#search-more").inner_text()
        page.unroute(DATA)
        page.click("#search-more-button")
    expect(page.locator(".hit")).to_have_count(20)


def test_an_old_answer_never_covers_a_newer_one(site: Site, new_page: OpenPage) -> None:
    """However slowly the first answer comes, what stands there at the end is the answer to the address."""
    page = new_page().open(site.url("/search/"))
    page.locator(".hit").first.wait_for()
    box = page.locator("#finder-words")
    for query in ("interpretation", "carers", "pathway"):
        box.fill(query)
        box.press("Enter")
    expect(page.locator("#search-results")).not_to_have_attribute("aria-busy", "true")
    fresh = new_page().open(site.url("/search/?q=pathway"))
    expect(fresh.locator("#search-results")).not_to_have_attribute("aria-busy", "true")
    fresh.locator(".hit, .browse").first.wait_for()
    expected = fresh.locator("#search-count").inner_text()
    expect(page.locator("#search-count")).to_have_text(expected)


def test_results_do_not_jump_while_they_load(site: Site, new_page: OpenPage) -> None:
    """The page keeps room for its results: while they come, nothing moves into sight and out again."""
    page = new_page().page
    page.add_init_script(
        """window.shift = 0
        new PerformanceObserver((list) => {
          for (const it of list.getEntries()) if (!it.hadRecentInput) window.shift += it.value
        }).observe({ type: "layout-shift", buffered: true })"""
    )
    page.goto(site.url(ASK), wait_until="load")
    page.locator(".hit").first.wait_for()
    page.locator("#search-facets .number:visible").first.wait_for()
    painted(page)
    assert page.evaluate("window.shift") < 0.1
