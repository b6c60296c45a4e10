"""The search page in every window and for everyone: fingers, small screens, axe, paper, no scripts, below a path."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.axe import run_axe
from tests.helpers.search_page import PHONE, SEARCH, ask, count, facet, filters_settled

if TYPE_CHECKING:
    from tests.site.conftest import OpenPage, Site


def test_targets_are_large_enough_for_fingers(site: Site, new_page: OpenPage) -> None:
    """On a touch screen every control of the page is 44 px high, links inside sentences apart."""
    page = ask(new_page(PHONE, has_touch=True, is_mobile=True), site, "?q=BSL&voice=staff&score=4")
    if not count(page):
        page = ask(new_page(PHONE, has_touch=True, is_mobile=True), site, "?q=people&voice=staff")
    page.click("#search-filters-button")
    page.evaluate("for (const it of document.querySelectorAll('details.facet')) it.open = true")
    page.locator("#search-facets li:visible").first.wait_for()
    filters_settled(page)
    small = page.evaluate(
        """() => [...document.querySelectorAll(
          "#search :is(button, select, summary, label, .chip, .permalink, .hit-title a, input[type=search])"
        )].filter((it) => it.checkVisibility() && !it.closest("p") && it.getAttribute("for") === null)
          .map((it) => [it.outerHTML.slice(0, 120), it.getBoundingClientRect().height])
          .filter(([, height]) => height < 43.5)"""
    )
    assert not small, small


def test_nothing_is_cut_off_at_320_pixels(site: Site, new_page: OpenPage) -> None:
    """At 320 px nothing scrolls sideways: results, open filters, help, long words of a query."""
    page = ask(new_page(320), site, f"?q=interpretation+{'longword' * 12}&theme=interpretation&theme={'x' * 40}")
    page.click("#search-filters-button")
    page.evaluate("for (const it of document.querySelectorAll('details')) it.open = true")
    filters_settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("width", [390, 1440])
def test_help_opens_below_the_box(site: Site, new_page: OpenPage, width: int) -> None:
    """The box stays where it is, as wide as before, when how to search is opened."""
    page = ask(new_page(width), site, "?q=waiting+lists")
    box = page.locator("#finder-words")
    before = box.bounding_box()
    page.locator(".search-help > summary").click()
    expect(page.locator(".search-help dl")).to_be_visible()
    after = box.bounding_box()
    assert before is not None
    assert after is not None
    assert (before["x"], before["y"]) == (after["x"], after["y"])
    assert after["width"] >= before["width"] - 1


WATCH_SHIFTS = """window.shifts = 0
new PerformanceObserver((list) => { for (const each of list.getEntries()) window.shifts += each.value })
  .observe({ type: "layout-shift", buffered: true })"""


@pytest.mark.parametrize(("width", "height", "screens"), [(390, 844, 1.5), (1440, 900, 1.0)])
def test_an_answer_begins_in_sight_and_moves_nothing(
    site: Site, new_page: OpenPage, width: int, height: int, screens: float
) -> None:
    """The first paragraph begins within the first screen, below a council's box too; what comes late has its room."""
    watched = new_page(width, height)
    watched.page.add_init_script(WATCH_SHIFTS)
    for query in ("camden", "accessibility"):
        page = ask(watched, site, f"?q={query}")
        page.locator("#search-pages a").first.wait_for()
        if width > PHONE:
            expect(facet(page, "Score").locator("li .number").first).to_be_visible()
        top = page.locator(".hit").first.evaluate("it => it.getBoundingClientRect().top + scrollY")
        assert top < screens * height, query
        assert page.evaluate("shifts") < 0.02, query


@pytest.mark.parametrize("width", [360, 1280])
def test_every_state_is_clean_for_axe(site: Site, new_page: OpenPage, width: int) -> None:
    """No state violates WCAG 2.2 A or AA for axe: results, everything open, nothing found, trouble."""
    watched = new_page(width, color_scheme="light", reduced_motion="reduce")

    def both(page: Page, state: str) -> list[str]:
        if width > PHONE and state != "trouble":
            filters_settled(page)  # what changes under axe's hands is neither the one nor the other
        return [f"{state} {line}" for line in run_axe(page)]

    page = ask(watched, site, "?q=camden+langauge+bsl&theme=interpretation&not-theme=workforce")
    found = both(page, "results")
    found += both(ask(watched, site, "?q=leeds+interpretor"), "named")
    page = ask(watched, site, "?group=authority")
    if width == 360:
        page.click("#search-filters-button")
    page.evaluate("for (const it of document.querySelectorAll('details')) it.open = true")
    expect(page.locator(".hit-around:not(:has(p))")).to_have_count(0)
    filters_settled(page)
    found += both(page, "all open")
    found += both(ask(watched, site, "?q=%22zebra+crossing%22&score=4"), "nothing")
    page.route("**/assets/search/**", lambda route: route.abort())
    page = ask(watched, site, "?q=people")
    assert "did not work" in page.locator("#search-count").inner_text()
    found += both(page, "trouble")
    assert not found, "\n".join(found)


def test_paper_has_the_passages_and_what_was_asked(site: Site, new_page: OpenPage) -> None:
    """A print has words, references, the query and its address, and nothing to press."""
    page = ask(new_page(), site, "?q=interpretation&score=4")
    page.emulate_media(media="print")
    for part in (
        ".finder",
        ".search-help",
        "#search-filters",
        "#search-tools",
        "#search-chosen",
        ".hit-actions button",
    ):
        assert not page.locator(part).first.is_visible(), part
    paper = page.locator("#search-paper")
    assert paper.is_visible()
    assert "Looked for: interpretation. Filters: Score 4: " in paper.inner_text()
    assert page.url in paper.inner_text()
    assert page.locator(".hit").first.is_visible()
    place = page.locator(".hit .permalink").first.evaluate("it => getComputedStyle(it, '::after').content")
    assert "camden-2025-02/equity/p-" in place


def test_without_scripts_the_page_leads_to_the_other_ways(site: Site, new_page: OpenPage) -> None:
    """Without scripts there is no box that would do nothing, but a way to every kind of page."""
    page = new_page(java_script_enabled=False).open(site.url(f"{SEARCH}?q=interpretation"))
    assert page.get_by_text("Searching needs scripts").is_visible()
    for part in (".finder", "#search", ".search-filters-button"):
        assert not page.locator(part).first.is_visible(), part
    for name, address in (("theme", "themes"), ("council", "authorities"), ("quality statement", "statements")):
        link = page.locator(".needs-scripts").get_by_role("link", name=name, exact=True)
        assert link.get_attribute("href") == f"../{address}/"


def test_works_below_a_path(sub_site: Site, new_page: OpenPage) -> None:
    """Below a path the search answers, every link leads into the site, and nothing else is asked for."""
    watched = new_page()
    page = ask(watched, sub_site, "?q=interpretation")
    assert count(page) > 0
    page.locator(".hit-title a").first.click()
    page.wait_for_url(re.compile(re.escape(sub_site.url("/reports/")) + r".*\?mark=.*#p-"))
    expect(page.locator("mark.looked-for").first).to_be_visible()
    assert all(url.startswith((sub_site.base, "blob:")) for url in watched.requests)
    assert not watched.failures
