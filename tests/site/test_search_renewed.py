"""A site that was renewed after a page of it was opened: the search goes on with the new files, or says to reload."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, Route, expect

from tests.helpers.broken_search import ASK, RENEWED, WAYS, assert_right, assert_told, has_said_none, prepare

if TYPE_CHECKING:
    from tests.site.conftest import OpenPage, Site

DATA = "**/assets/search/**"


def renewing(site: Site, other: Path) -> Callable[[Route], None]:
    """Answer for the data of a site as if it were the other site by now; scripts stay."""

    def answer(route: Route) -> None:
        file = other / route.request.url.removeprefix(site.base)
        if route.request.url.endswith(".js"):
            route.fallback()
        elif file.exists():
            route.fulfill(path=file)
        else:
            route.fulfill(status=404, body="not here")

    return answer


def settled(page: Page) -> None:
    """Wait until all that belongs to an answer is there: passages, and last the numbers beside the filters."""
    page.locator(".hit").first.wait_for()
    expect(page.locator("#search-holdings")).not_to_be_empty()
    page.locator("#search-filters [type=checkbox]").first.wait_for(state="attached")


@pytest.mark.parametrize("way", WAYS)
def test_a_site_renewed_meanwhile(site: Site, invented_site: Path, new_page: OpenPage, way: str) -> None:
    """Old files are gone, and the page was opened before: it goes on with the new ones, in either state."""
    page = new_page().page
    prepare(site.directory, page, way)
    page.goto(site.url(ASK), wait_until="load")
    settled(page)
    old = page.locator("#search-holdings").inner_text()
    page.route(DATA, renewing(site, invented_site))
    page.locator("#finder-words").fill("people")
    page.locator("#finder-words").press("Enter")
    expect(page.locator("#search-holdings")).not_to_have_text(old)
    page.locator(".hit").first.wait_for()
    passages = int(re.sub(r"\D.*", "", page.locator("#search-count").inner_text().replace(",", "")))
    assert passages > 27, "more than the whole collection of before"
    assert not has_said_none(page)


def test_more_of_a_site_renewed_meanwhile(site: Site, invented_site: Path, new_page: OpenPage) -> None:
    """More results never stand below those of another build: the list begins anew, and its count is the new one."""
    page = new_page().page
    page.goto(site.url("/search/"), wait_until="load")
    settled(page)
    before = page.locator("#search-count").inner_text()
    page.route(DATA, renewing(site, invented_site))
    page.locator("#search-more-button").click()
    expect(page.locator("#search-count")).not_to_have_text(before)
    expect(page.locator("#search-more-button")).not_to_have_attribute("aria-disabled", "true")
    expect(page.locator(".hit")).to_have_count(10)
    addresses = page.eval_on_selector_all(".hit .permalink", "(links) => links.map((link) => link.pathname)")
    assert len(addresses) == 10
    assert [address for address in addresses if not (invented_site / address[1:]).exists()] == []


@pytest.mark.parametrize("way", WAYS)
def test_a_site_renewed_for_other_scripts(
    site: Site, new_page: OpenPage, right: Callable[[str], list[str]], way: str
) -> None:
    """Where the scripts of a page that was opened before cannot read the new files, it says so and reloads."""
    page = new_page().page
    prepare(site.directory, page, way)
    page.goto(site.url("/search/?q=people"), wait_until="load")
    settled(page)

    manifest = json.loads((site.directory / "assets/search/manifest.json").read_text("utf-8"))

    def renewed(route: Route) -> None:
        if route.request.url.endswith("manifest.json"):
            route.fulfill(json={**manifest, "format": 99})
        elif route.request.url.endswith(".bin"):
            route.fulfill(status=404, body="not here")
        else:
            route.fallback()

    page.route(DATA, renewed)
    page.locator("#finder-words").fill("interpretation")
    page.locator("#finder-words").press("Enter")
    assert_told(page, RENEWED)
    page.unroute(DATA, renewed)
    page.get_by_role("button", name="Reload the page").click()
    assert_right(page, right(ASK))
