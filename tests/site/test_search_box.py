"""The search box on every page: an ARIA combobox, loaded on focus only, and a plain form without it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.helpers.axe import run_axe
from tests.helpers.patience import eventually

if TYPE_CHECKING:
    from tests.site.conftest import OpenPage, Site

TEXT = "/reports/camden-2025-02/equity/"

OF_THE_SEARCH = ("box.js", "worker.js", "manifest.json")
"""Files that are asked for first when somebody turns to the box."""


def box(page: Page) -> Locator:
    """The search box."""
    return page.get_by_role("combobox", name="Search the evidence")


def wait_for(page: Page, held: list[Route]) -> None:
    """Let the page go on until it has asked for what is held back."""

    def asked() -> bool:
        page.wait_for_timeout(20)
        return bool(held)

    eventually(asked)


def suggest(page: Page, text: str) -> Locator:
    """Type and wait for suggestions; returns the options."""
    box(page).press_sequentially(text)
    # All at once: the list for the letters typed so far may be complete as well, and this one at first is not.
    complete = page.locator("#finder-list:not([hidden])[aria-busy=false]")
    expect(complete.locator(".finder-all", has_text=f"{text}”")).to_be_visible()
    return page.get_by_role("option")


def active(page: Page) -> str:
    """The words of the option that is named as active, empty when there is none."""
    words: str = page.evaluate(
        "document.getElementById(document.getElementById('finder-words').getAttribute('aria-activedescendant') ?? '')"
        "?.innerText ?? ''"
    )
    return words


def test_a_part_of_the_page_that_fails_takes_nothing_else_with_it(site: Site, new_page: OpenPage) -> None:
    """An error in one part of every page's script is reported, and the parts after it and the search box work."""
    watched = new_page()

    def broken(route: Route) -> None:
        script = route.fetch().text()
        start = "function folds() {"
        assert script.count(start) == 1
        route.fulfill(
            body=script.replace(start, f"{start} throw new Error('folded is broken');"), content_type="text/javascript"
        )

    watched.page.route("**/site.js", broken)
    page = watched.open(site.url(TEXT))
    page.get_by_role("button", name=re.compile("colour|dark", re.IGNORECASE)).click()
    expect(page.locator("html")).to_have_attribute("data-md-color-scheme", "slate")
    assert suggest(page, "camden").count() > 1
    assert len(watched.failures) == 1
    assert "folded is broken" in watched.failures[0]


def test_nothing_of_the_search_is_loaded_before_focus(site: Site, new_page: OpenPage) -> None:
    """A page asks for no engine, index or suggestion before its box has the focus, and for no search of the theme's."""
    watched = new_page()
    page = watched.open(site.url(TEXT))
    page.wait_for_load_state("networkidle")
    assert not [url for url in watched.requests if "/search/" in url]
    assert not page.locator("script[src*=search], link[href*='/search/'][rel=modulepreload]").count()
    box(page).focus()
    page.wait_for_function("performance.getEntriesByType('resource').some((it) => it.name.endsWith('/box.js'))")
    assert not watched.failures


def test_enter_asks_and_suggests_nothing_more(site: Site, new_page: OpenPage) -> None:
    """Once Enter has asked for what was typed, no list opens over the answer; it does for what is typed next."""
    page = new_page().open(site.url("/search/"))
    words = page.locator("#finder-words")
    words.fill("interpretation")
    words.press("Enter")
    expect(page.locator("#search-count")).to_have_text(re.compile(r"^\d paragraphs,"))
    page.wait_for_timeout(600)
    expect(page.locator("#finder-list")).to_be_hidden()
    words.fill("interpreters")
    expect(page.locator("#finder-list")).to_contain_text("Search for “interpreters”")


def test_what_the_search_needs_first_is_asked_for_at_once(site: Site, new_page: OpenPage) -> None:
    """Nothing of the search comes before the box is turned to; then worker and manifest do not wait for each other.

    Nor does the catalogue that the manifest names wait for the worker, which asks for words and for no catalogue.
    """
    watched = new_page()
    page = watched.open(site.url(TEXT))
    assert not [url for url in watched.requests if url.endswith(OF_THE_SEARCH)]
    held: list[Route] = []
    page.route("**/worker.js", lambda route: held.append(route))
    with page.expect_response("**/search/manifest.json"), page.expect_request("**/search/catalogue-*.bin"):
        box(page).focus()
    wait_for(page, held)
    held[0].continue_()
    assert suggest(page, "interpret").count()
    first = [url.rpartition("/")[2] for url in watched.requests if url.endswith(OF_THE_SEARCH)]
    assert sorted(first) == sorted(OF_THE_SEARCH)
    found = [match[1] for url in watched.requests if (match := re.search(r"/search/(catalogue|terms)-", url))]
    assert found.count("catalogue") == 1
    assert found.index("catalogue") < found.index("terms")
    assert not watched.failures


def test_suggestions_are_grouped_by_kind(site: Site, new_page: OpenPage) -> None:
    """Themes, authorities and statements are suggested, then passages with marked words, then the whole search."""
    page = new_page().open(site.url(TEXT))
    options = suggest(page, "interpret")
    box_ = box(page)
    assert box_.get_attribute("aria-expanded") == "true"
    listed = page.locator(f"#{box_.get_attribute('aria-controls')}")
    assert listed.get_attribute("role") == "listbox"
    assert listed.get_by_role("group", name="Themes").get_by_role("option", name=re.compile("^Interpretation")).count()
    passages = listed.get_by_role("group", name="Paragraphs").get_by_role("option")
    assert passages.count() >= 1
    assert passages.locator("mark").first.inner_text().lower().startswith("interpret")
    assert "for “interpret”" in options.last.inner_text()
    assert not listed.locator("a, button, input").count()
    expect(page.locator("#finder-status")).to_contain_text(re.compile(r"\d+ suggestion.*Use up and down arrows"))
    box_.fill("")
    expect(listed).to_be_hidden()
    expect(suggest(page, "camden").filter(has_text="Camden").first).to_be_visible()


def test_keys_of_the_box(site: Site, new_page: OpenPage) -> None:
    """Arrows go round through the options and the box, Home and End to the ends, Escape closes and keeps the words."""
    page = new_page().open(site.url(TEXT))
    options = suggest(page, "interpret")
    texts = options.all_inner_texts()
    assert active(page) == ""
    for key, at in (("ArrowDown", 0), ("ArrowDown", 1), ("End", -1), ("Home", 0)):
        page.keyboard.press(key)
        assert active(page) == texts[at], key
        assert options.nth(at % len(texts)).get_attribute("aria-selected") == "true"
        assert page.locator("[role=option][aria-selected=true]").count() == 1
    page.keyboard.press("ArrowUp")
    assert active(page) == ""
    page.keyboard.press("ArrowUp")
    assert active(page) == texts[-1]
    page.keyboard.press("ArrowDown")
    assert active(page) == ""
    page.keyboard.press("Home")  # in the box itself: to the start of the words
    assert box(page).evaluate("it => it.selectionStart") == 0
    page.keyboard.press("Escape")
    assert box(page).get_attribute("aria-expanded") == "false"
    assert not page.get_by_role("listbox").is_visible()
    assert box(page).input_value() == "interpret"
    assert page.evaluate("document.activeElement.id") == "finder-words"
    page.keyboard.press("ArrowDown")
    assert box(page).get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert box(page).get_attribute("aria-expanded") == "false"
    assert page.evaluate("document.activeElement.matches('.finder__button')")
    assert page.url == site.url(TEXT)


def test_the_active_option_stays_when_passages_join_the_names(site: Site, new_page: OpenPage) -> None:
    """What is named comes first; who has gone to one of it is still there when passages stand below."""
    page = new_page().open(site.url(TEXT))
    suggest(page, "interpret")
    held: list[Route] = []
    named: list[str] = []  # the active option; files are held back until somebody has gone to it
    page.route("**/*.bin", lambda route: route.continue_() if named else held.append(route))
    box(page).fill("carers")
    early = page.locator("#finder-list[aria-busy=true]")
    expect(early.locator(".finder-all", has_text="carers”")).to_be_visible()
    page.keyboard.press("ArrowDown")
    named.append(active(page))
    assert named != [""]
    for route in held:
        route.continue_()
    expect(page.locator("#finder-list[aria-busy=false]").get_by_role("group", name="Paragraphs")).to_be_visible()
    assert [active(page)] == named


def test_enter_follows_the_active_option_or_searches(site: Site, new_page: OpenPage) -> None:
    """Enter on a theme opens it, on a passage its place with the words marked, without an option the search page."""
    watched = new_page()
    page = watched.open(site.url("/themes/"))
    suggest(page, "interpret")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(site.url("/themes/interpretation/"))
    suggest(page, "interpret")
    page.get_by_role("group", name="Paragraphs").get_by_role("option").first.click()
    page.wait_for_url(re.compile(r"/reports/.*\?mark=.*#p-"))
    expect(page.locator(".passage:target mark.looked-for").first).to_be_visible()
    suggest(page, "interpret")
    page.keyboard.press("Enter")
    page.wait_for_url(site.url("/search/?q=interpret"))
    assert not watched.failures


def test_pointer_on_an_option(site: Site, new_page: OpenPage) -> None:
    """A click on an option opens it; one elsewhere closes the list and changes nothing."""
    page = new_page().open(site.url("/themes/"))
    options = suggest(page, "interpret")
    page.locator("h1").click()
    assert not options.first.is_visible()
    box(page).focus()
    page.keyboard.press("ArrowDown")
    options.first.click()
    page.wait_for_url(site.url("/themes/interpretation/"))


def test_an_unfinished_composition_is_left_alone(site: Site, new_page: OpenPage) -> None:
    """While an input method composes, its keys are its own and nothing is suggested; then it is as if typed."""
    page = new_page().open(site.url("/themes/"))
    suggest(page, "interpret")
    fire = """(it, [kind, key]) => it.dispatchEvent(key
      ? new KeyboardEvent(kind, { key, isComposing: true, bubbles: true, cancelable: true })
      : new CompositionEvent(kind, { bubbles: true }))"""
    box(page).evaluate(fire, ["compositionstart", ""])
    for key in ("ArrowDown", "Enter"):
        assert box(page).evaluate(fire, ["keydown", key]) is True, "the key was taken from the input method"
        assert active(page) == ""
    box(page).evaluate(fire, ["compositionend", ""])
    page.keyboard.press("ArrowDown")
    assert active(page) != ""


def test_form_works_without_the_engine(site: Site, sub_site: Site, new_page: OpenPage) -> None:
    """Where nothing of the engine comes, Enter still leads to the search page, at any depth and below a path."""
    for served in (site, sub_site):
        for address in (TEXT, "/404.html", "/"):
            page = new_page().page
            page.route("**/made/*/box.js", lambda route: route.abort())
            page.goto(served.url(address), wait_until="load")
            page.locator("#finder-words").fill("sign language")
            page.keyboard.press("Enter")
            page.wait_for_url(served.url("/search/?q=sign+language"))


def test_trouble_with_suggestions_is_said_and_forgotten(site: Site, new_page: OpenPage) -> None:
    """When suggestions cannot be loaded, the live region says so; when they can again, they come."""
    page = new_page().page
    page.route("**/assets/search/**", lambda route: route.abort())
    page.goto(site.url("/themes/"), wait_until="load")
    box(page).press_sequentially("interp")
    expect(page.locator("#finder-status")).to_have_text("Suggestions could not be loaded. Press Enter to search.")
    assert box(page).get_attribute("aria-expanded") == "false"
    page.unroute("**/assets/search/**")
    assert suggest(page, "r").count() > 0


@pytest.mark.parametrize("width", [360, 1280])
def test_open_suggestions_are_clean_for_axe(site: Site, new_page: OpenPage, width: int) -> None:
    """No violation with the suggestions open and one active, light and dark; the list stays on the screen."""
    page = new_page(width, color_scheme="light", reduced_motion="reduce").open(site.url(TEXT))
    suggest(page, "interpret")
    page.keyboard.press("ArrowDown")
    found = run_axe(page)
    assert not found, "\n".join(found)
    edges = page.get_by_role("listbox").bounding_box()
    assert edges
    assert edges["x"] >= 0
    assert edges["x"] + edges["width"] <= width


def test_options_are_large_enough_for_fingers(site: Site, new_page: OpenPage) -> None:
    """On a touch screen box, button and options are 44 px high."""
    page = new_page(360, has_touch=True, is_mobile=True).open(site.url("/themes/"))
    suggest(page, "interpret")
    heights = page.locator("[role=option], .finder__input, .finder__button").evaluate_all(
        "all => all.map((it) => it.getBoundingClientRect().height)"
    )
    assert min(heights) >= 43.5


def test_there_is_one_box_on_each_page(site: Site, new_page: OpenPage) -> None:
    """Home and the search page have the box in their text, all others in the header; never two of them."""
    watched = new_page()
    for address in ("/", "/search/", TEXT):
        page = watched.open(site.url(address))
        assert page.locator("[role=search]").count() == 1
        assert page.locator("main [role=search]").count() == (address != TEXT)


def test_suggestions_under_way_do_not_open_a_list_that_was_closed(site: Site, new_page: OpenPage) -> None:
    """What was asked for before Escape or Enter opens nothing and says nothing when it comes."""
    page = new_page().open(site.url(TEXT))
    suggest(page, "interpret")
    held: list[Route] = []
    closed: list[bool] = []
    page.route("**/*.bin", lambda route: route.continue_() if closed else held.append(route))
    box(page).fill("sensory")
    wait_for(page, held)
    box(page).press("Escape")
    closed.append(True)
    for route in held:
        route.continue_()
    page.wait_for_timeout(1500)
    assert box(page).get_attribute("aria-expanded") == "false"
    assert not page.locator("#finder-list").is_visible()
    assert not page.locator("#finder-status").inner_text()
