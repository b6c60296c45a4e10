"""The page that compares, for everyone: axe, fingers, no scripts, paper, below a path, and nothing of it elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.axe import run_axe
from tests.helpers.compare_page import COMPARE, FOUR, INDEX, PAIR, TEXTS, ready

if TYPE_CHECKING:
    from tests.site.conftest import OpenPage, Site


WIDTHS = [360, 1280]


@pytest.mark.parametrize("width", WIDTHS)
def test_every_state_is_clean_for_axe(site: Site, new_page: OpenPage, width: int) -> None:
    """Empty, chosen, unknown and failed states violate nothing of WCAG 2.2 A and AA, and nothing is cut off."""
    found: list[str] = []
    fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    for address in (COMPARE, PAIR, FOUR, f"{COMPARE}?authorities=nowhere,{'x' * 300}"):
        page = ready(new_page(width, color_scheme="light", reduced_motion="reduce"), site.url(address))
        if "=equity" in address or "=inter" in address:
            page.locator(".compare-grid article").first.wait_for()
        page.evaluate("for (const it of document.querySelectorAll('details')) it.open = true")
        found += [f"{address}: {line}" for line in run_axe(page)]
        assert page.evaluate(fits), address
    for failing in (INDEX, TEXTS):
        page = new_page(width, color_scheme="light", reduced_motion="reduce").page
        page.route(failing, lambda route: route.abort())
        page.goto(site.url(PAIR))
        page.locator(".compare-failure").wait_for()
        found += [f"{failing}: {line}" for line in run_axe(page)]
    assert not found, "\n".join(found)


def test_targets_are_large_enough_for_fingers(site: Site, new_page: OpenPage) -> None:
    """On a touch screen what is pressed here is 44 px high; at 320 px nothing is cut off, or names stay in sight."""
    page = ready(new_page(320, has_touch=True, is_mobile=True), site.url(FOUR))
    page.locator(".compare-grid article").first.wait_for()
    small = page.evaluate(
        """() => [...document.querySelectorAll(".compare :is(button, select, .permalink, summary), .compare-chosen a")]
          .filter((it) => it.checkVisibility() && it.getBoundingClientRect().height < 44).map((it) => it.outerHTML)"""
    )
    assert not small, small
    assert page.evaluate("document.documentElement.scrollWidth <= 320")
    assert page.locator(".scroll:has(#compare-table)").evaluate("it => it.scrollWidth <= it.clientWidth")

    page = ready(new_page(320), site.url("/compare/?authorities=camden,kent,norfolk,leeds"))
    region = page.get_by_role("region", name="Scores side by side")
    region.evaluate("it => it.scrollLeft = 200")
    assert region.locator("tbody th").first.evaluate(
        "it => Math.abs(it.getBoundingClientRect().left - it.closest('.scroll').getBoundingClientRect().left) < 2"
    )


def test_without_scripts_it_says_what_it_needs(site: Site, new_page: OpenPage) -> None:
    """With scripts off no control is shown, and links lead to the pages that would be compared."""
    page = new_page(java_script_enabled=False).open(site.url(PAIR))
    main = page.get_by_role("main")
    assert "needs scripts" in main.inner_text()
    assert main.locator("select:visible, button:visible").count() == 0
    for name in ("Camden", "Westminster", "list of councils", "One table has all scores"):
        assert main.get_by_role("link", name=name, exact=True).first.is_visible()
    assert main.locator(".pair-link:visible").count() == 0
    main.get_by_role("link", name="Camden", exact=True).first.click()
    page.wait_for_url(site.url("/authorities/camden/"))


def test_paper_has_the_comparison_and_its_address(site: Site, new_page: OpenPage) -> None:
    """Printed, there are scores, passages and the address, and nothing to press."""
    page = ready(new_page(), site.url(PAIR))
    page.locator(".compare-grid article").first.wait_for()
    page.emulate_media(media="print")
    assert page.locator("#compare-table").is_visible()
    assert page.locator(".compare-grid article").first.is_visible()
    assert page.locator(".compare :is(select, button):visible").count() == 0
    link = page.locator("#compare-link")
    assert link.get_attribute("href") == site.url(PAIR)
    assert site.url(PAIR) in link.evaluate("it => getComputedStyle(it, '::after').content")


def test_works_below_a_path(sub_site: Site, new_page: OpenPage) -> None:
    """Below a path the data load, links lead into the site, ready pairs open, and nothing else is asked for."""
    watched = new_page()
    page = ready(watched, sub_site.url(COMPARE))
    page.get_by_role("link", name="Camden and Westminster").click()
    page.wait_for_url(sub_site.url("/compare/?authorities=camden,westminster"))
    page.locator("#compare-table td").first.wait_for()
    page.select_option("#compare-topic", "statement:equity")
    page.get_by_role("button", name="Show paragraphs").click()
    link = page.locator("a.permalink").first
    link.wait_for()
    address = link.get_attribute("href") or ""
    assert address.startswith(sub_site.url("/reports/camden-2025-02/equity/#p-"))
    assert all(url.startswith(sub_site.base) for url in watched.requests)
    assert not watched.failures
    link.click()
    page.wait_for_url(address)
    page.go_back()
    page.locator(".compare-grid article").first.wait_for()


def test_other_pages_load_none_of_it(site: Site, new_page: OpenPage) -> None:
    """A page without a comparison asks for nothing of it."""
    watched = new_page()
    watched.open(site.url("/themes/")).wait_for_load_state("networkidle")
    assert not [url for url in watched.requests if "compare" in url and url.endswith(("js", "json"))]
