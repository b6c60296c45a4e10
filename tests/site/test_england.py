"""England in hexagons: each a link that says what it shows, one stop for Tab, whole on the narrowest phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.helpers.built_site import BuiltSite

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site.conftest import OpenPage, Site

FOCUSED = "document.activeElement.querySelector('title')?.textContent ?? ''"


def test_map_is_one_stop_and_arrows_lead_on(site: Site, new_page: OpenPage) -> None:
    """Tab comes to the map once; arrows go to the nearest council that way, Home and End to the first and last."""
    watched = new_page()
    page = watched.open(site.url("/scores/"))
    stops = page.locator("svg.hexagons a[tabindex='0']")
    assert stops.count() == 1
    assert page.locator("svg.hexagons a").count() == 153

    page.locator(".england > .past").focus()
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED).startswith("Barking and Dagenham: ")
    steps = []
    for key in ("End", "Home", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
        steps.append(page.evaluate(FOCUSED).split(":")[0])
    assert steps[:2] == ["York", "Barking and Dagenham"]
    assert steps[3] == steps[5] == "Barking and Dagenham"
    assert len({*steps}) == 4
    assert stops.count() == 1
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".england > .past")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(site.url("/authorities/barking-and-dagenham/"))
    assert not watched.failures


def test_hexagons_have_names_for_those_who_hear_them(site: Site, new_page: OpenPage) -> None:
    """A link's name is its council with rating and percentage; where no report is here it says so."""
    page = new_page().open(site.url("/"))
    england = page.get_by_role("group", name="Map of England")
    expect(england.get_by_role("link", name="Kent: Requires improvement, 56%", exact=True)).to_have_count(1)
    expect(england.get_by_role("link", name="Barnsley: no report here yet", exact=True)).to_have_count(1)


def test_map_shows_what_is_chosen(site: Site, new_page: OpenPage) -> None:
    """On the page of all scores the map shows a statement's scores, or what is here, in sign, colour and words."""
    watched = new_page()
    page = watched.open(site.url("/scores/"))
    kent = page.locator("svg.hexagons a[href*='/kent/']")
    for button, said, kind in (
        ("Equity", "3Kent: score 3, good standard", "s3"),
        ("What is here", "0Kent: 0 sections here", ""),
        ("Rating", "RKent: Requires improvement, 56%", "s2"),
    ):
        page.locator(".england-ways").get_by_role("button", name=button, exact=True).click()
        shown = kent.evaluate("it => it.querySelector('text').textContent + it.querySelector('title').textContent")
        assert (shown, kent.get_attribute("class")) == (said, kind)
        key = page.locator(".hexagon-key").filter(visible=True)
        assert key.count() == 1
        assert key.locator("li", has=page.locator("b", has_text=re.compile(f"^{said[0]}$"))).count() == 1
    assert page.locator(".england-ways [aria-pressed='true']").all_inner_texts() == ["Rating"]
    assert not watched.failures


def test_each_map_has_a_key_to_all_that_it_shows(built_site: Path) -> None:
    """Every sign and colour of a map stands with its meaning in the key below it; a number of paragraphs by example."""
    built = BuiltSite(built_site)
    for address in (
        "/",
        "/scores/",
        "/statements/equity/",
        "/authorities/kent/",
        "/themes/interpretation/",
        "/voices/people/",
    ):
        (england,) = built.trees[address].css(".rated" if address == "/" else ".england")
        key = {(each.attributes.get("class"), each.text()) for each in england.css(".hexagon-key:not([hidden]) b")}
        meanings = [each.text().strip() for each in england.css(".hexagon-key:not([hidden]) li")]
        kinds = {kind for kind, _ in key}
        numbers = "how many paragraphs" in " ".join(meanings)
        assert all(len(words) > 3 for words in meanings), address
        for hexagon in england.css("svg a"):
            (sign,) = (text.text() for text in hexagon.css("text"))
            shown = hexagon.attributes.get("class")
            colour = (shown or "").removesuffix("own").strip() or None
            assert colour in kinds if numbers else (colour, sign) in key, (address, shown, sign)
        assert ("own" in kinds) == ("/authorities/" in address)
        assert ("dot" in kinds) == bool(england.css("path.rest"))


@pytest.mark.parametrize("address", ["/", "/scores/", "/statements/equity/", "/authorities/kent/"])
def test_map_is_whole_on_the_narrowest_phone(site: Site, new_page: OpenPage, address: str) -> None:
    """At 320 px the whole map stands inside the screen, and nothing runs over."""
    page = new_page(width=320, height=640).open(site.url(address))
    box = page.locator("svg.hexagons").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert box["width"] > 200
    assert page.evaluate("document.documentElement.scrollWidth") == 320


OFF_CENTRE = """all => all.map((it) => {
  const words = document.createRange()
  words.selectNodeContents(it)
  const [outer, inner] = [it, words].map((each) => each.getBoundingClientRect())
  return Math.abs(outer.top + outer.bottom - inner.top - inner.bottom) / 2
})"""
"""How many pixels the words of each stand above or below its middle."""


@pytest.mark.parametrize("scripts", [True, False])
def test_words_of_what_the_map_can_show_stand_in_their_middle(site: Site, new_page: OpenPage, *, scripts: bool) -> None:
    """Under a finger too, where they are taller than their words: as buttons, and as links without scripts."""
    page = new_page(390, has_touch=True, is_mobile=True, java_script_enabled=scripts).open(site.url("/scores/"))
    if scripts:
        page.locator(".england-ways button").first.wait_for()
    off = page.locator(".england-ways :is(a, button)").evaluate_all(OFF_CENTRE)
    assert len(off) == 11
    assert max(off) < 2


def test_without_scripts_each_hexagon_leads_to_its_council(built_site: Path) -> None:
    """Each hexagon is a link to a page that is there, and a link leads past them to an anchor that is there."""
    built = BuiltSite(built_site)
    for address, number in (("/", 153), ("/scores/", 153), ("/statements/equity/", 153), ("/authorities/kent/", 21)):
        targets = built.links_of(address, "svg.hexagons a")
        assert len(set(targets)) == number
        assert all(built.holds(target) for target in targets)
        (past,) = built.attributes(address, ".england > a.past", "href")
        assert past.removeprefix("#") in built.anchors[address]
