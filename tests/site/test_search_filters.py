"""The search page's filters: their numbers and lists, what is chosen and how it is taken off again, on a phone too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.helpers.search_page import PHONE, addresses, answered, ask, count, facet, group, numbers

if TYPE_CHECKING:
    from tests.site.conftest import OpenPage, Site


def test_numbers_beside_the_filters_are_what_they_leave(site: Site, new_page: OpenPage) -> None:
    """Each value's number is how many passages it leaves; values of one filter are OR, filters are AND."""
    page = ask(new_page(), site, "?q=people")
    voices = facet(page, "Voice").locator("li:not([hidden])")
    first, second = numbers(voices)[:2]
    voices.first.get_by_role("checkbox").check()
    expect(page.locator("#search-count")).to_have_text(re.compile(rf"^{first} paragraphs?,"))
    expect(page.locator("#search-show-results")).to_have_text(re.compile(rf"^Show {first} paragraphs?$"))
    scores = facet(page, "Score").locator("li:not([hidden])")
    assert sum(numbers(scores)) == first
    voices.nth(1).get_by_role("checkbox").check()
    expect(page.locator("#search-chosen li").nth(2)).to_be_attached()
    answered(page)
    either = count(page)
    assert first <= either <= first + second
    scores.first.get_by_role("checkbox").check()
    expect(page.locator("#search-chosen li").nth(3)).to_be_attached()
    answered(page)
    assert count(page) <= either


def test_score_4_leaves_camden(site: Site, new_page: OpenPage) -> None:
    """Filtered by score 4, only Camden's passages stay, and every badge says 4."""
    page = ask(new_page(), site, "?q=interpretation&score=4")
    assert {address.split("/")[2] for address in addresses(page)} == {"camden-2025-02"}
    assert set(page.locator(".hit .score b").all_inner_texts()) == {"4"}


def test_a_theme_can_be_left_out(site: Site, new_page: OpenPage) -> None:
    """Theme and its opposite part all passages between them; one takes the place of the other, as a removable tag."""
    page = ask(new_page(), site, "")
    everything = count(page)
    row = group(page, "Access and communication").locator("li:not([hidden])").first
    label = row.locator("label span").first.evaluate("it => it.firstChild.textContent")
    row.get_by_role("checkbox").check()
    expect(page.locator("#search-count")).not_to_have_text(re.compile(f"^{everything} "))
    with_theme = count(page)
    leave_out = row.get_by_role("button", name=re.compile("^Not"))
    assert leave_out.get_attribute("aria-pressed") == "false"
    leave_out.click()
    expect(page.locator("#search-count")).to_have_text(re.compile(f"^{everything - with_theme} "))
    assert leave_out.get_attribute("aria-pressed") == "true"
    assert not row.get_by_role("checkbox").is_checked()
    assert "not-theme=" in page.url
    tags = page.locator("#search-chosen button")
    assert tags.count() == 1
    assert (tags.first.text_content() or "").startswith(f"Remove Not theme: {label}")


def test_chosen_filters_are_removed_one_by_one_or_all(site: Site, new_page: OpenPage) -> None:
    """Each filter is a button that removes it; the focus goes to the next one, then to the heading of the results."""
    page = ask(new_page(), site, "?voice=staff&score=4&year=2025")
    tags = page.locator("#search-chosen button")
    assert tags.count() == 4  # the last one clears all
    assert (tags.first.text_content() or "").startswith("Remove Voice: Staff")
    tags.first.press("Enter")
    page.wait_for_url(site.url("/search/?score=4&year=2025"))
    expect(tags).to_have_count(3)
    assert page.evaluate("document.activeElement.closest('#search-chosen') !== null")
    page.get_by_role("button", name="Clear all filters").press("Enter")
    page.wait_for_url(site.url("/search/"))
    expect(tags).to_have_count(0)
    assert page.evaluate("document.activeElement.id") == "search-count"


def test_values_that_the_collection_does_not_have_change_nothing(site: Site, new_page: OpenPage) -> None:
    """Unknown values of an address are named as such, can be removed, and do not stand in the way of results."""
    watched = new_page()
    page = ask(watched, site, "?q=people&theme=no-such-theme&score=9&sort=sideways&group=5&voice=%3Cb%3E&shown=x")
    plain = ask(new_page(), site, "?q=people")
    assert count(page) == count(plain) > 0
    tags = page.locator("#search-chosen button")
    assert "Theme: no-such-theme (there is none)" in tags.first.inner_text()
    assert "<b>" not in page.locator("#search-chosen").inner_text()
    page.get_by_role("button", name="Clear all filters").click()
    page.wait_for_url(re.compile(r"\?q=people$"))
    assert not watched.failures


def test_an_authority_without_text_leaves_nothing(site: Site, new_page: OpenPage) -> None:
    """A known authority that has no text in the collection is a filter like any other."""
    page = ask(new_page(), site, "?authority=leeds")
    assert page.locator("#search-count").inner_text() == "No paragraph found"
    expect(page.locator("#search-chosen button").first).to_contain_text("Council: Leeds")


def test_filters_come_when_the_window_grows(site: Site, new_page: OpenPage) -> None:
    """Filters that come into sight with a wider window have their values and numbers."""
    page = ask(new_page(PHONE), site, "?q=people")
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(facet(page, "Score").get_by_role("checkbox").first).to_be_visible()


def test_filters_can_be_narrowed_by_typing(site: Site, new_page: OpenPage) -> None:
    """Long lists of values have a box that narrows them, and a control for all of them; the choice stays in sight."""
    page = ask(new_page(), site, "")
    themes, people = facet(page, "Theme"), group(page, "People and communities")
    values = people.locator("li:not([hidden])")
    expect(values).to_have_count(10)
    people.get_by_role("button", name=re.compile("^Show all")).click()
    assert values.count() > 10
    people.get_by_role("button", name="Show fewer").click()
    values = themes.locator(".facet-group:not([hidden]) li:not([hidden])")
    narrow = themes.get_by_label("Narrow this list")
    narrow.fill("interpret")
    assert values.count() == 1
    assert "Interpretation" in values.first.inner_text()
    values.first.get_by_role("checkbox").check()
    page.wait_for_url(site.url("/search/?theme=interpretation"))
    expect(values.first.locator(".number")).to_have_text(re.compile(r"^\d+ paragraphs?$"))
    narrow.fill("zzz")
    assert values.count() == 0
    assert "None is called that." in themes.inner_text()
    narrow.fill("")
    assert values.filter(has_text="Interpretation").get_by_role("checkbox").first.is_checked()


def test_a_list_of_themes_is_only_fetched_when_it_is_opened(site: Site, new_page: OpenPage) -> None:
    """Filters fetch no numbers of themes and voices; a list that is opened, or has a chosen theme, does."""
    watched = new_page()
    page = ask(watched, site, "?q=people")
    expect(facet(page, "Score").locator("li .number").first).to_have_text(re.compile(r"^\d+ paragraph"))

    def fetched() -> list[str]:
        return [url.rpartition("/")[2] for url in watched.requests if "/columns-" in url]

    assert facet(page, "Theme").get_attribute("open") is not None
    assert not fetched()
    group(page, "Workforce")
    assert fetched() == ["3.bin"]
    watched.requests.clear()
    page = ask(watched, site, "?q=people&theme=workforce")
    assert facet(page, "Theme").locator(".facet-group[open] > summary").all_inner_texts() == ["Workforce"]
    group(page, "Workforce")
    assert set(fetched()) <= {"3.bin", "theme-35.bin"}


def test_filters_on_a_phone(site: Site, new_page: OpenPage) -> None:
    """On a phone the filters open in place behind one button that says how many are chosen, and give the focus back."""
    page = ask(new_page(PHONE, 844, has_touch=True, is_mobile=True), site, "?q=people")
    panel, button = page.locator("#search-filters"), page.locator("#search-filters-button")
    assert not panel.is_visible()
    assert button.inner_text() == "Filters"
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    facet(page, "Score").get_by_role("checkbox", name=re.compile("^4")).check()
    expect(button).to_have_text("Filters (1 chosen)")
    page.wait_for_url(re.compile("score=4"))
    answered(page)
    show = page.get_by_role("button", name=re.compile(r"^Show \d+ paragraphs?$"))
    expect(show).to_have_text(f"Show {count(page)} paragraphs")
    show.click()
    assert not panel.is_visible()
    assert page.evaluate("document.activeElement.id") == "search-count"
    button.click()
    page.keyboard.press("Escape")
    assert not panel.is_visible()
    assert page.evaluate("document.activeElement.id") == "search-filters-button"
