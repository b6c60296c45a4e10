"""The search page before anybody asks: the build's own answer, without the engine, which takes over from there."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, Route, expect

if TYPE_CHECKING:
    from tests.site.conftest import OpenPage, Site

OPENING = "**/search/opening.json"
ENGINE = re.compile(r"/worker\.js$|/manifest\.json$")


def shown(page: Page) -> list[str | None]:
    """The passages in sight, by their ids."""
    page.locator(".hit").first.wait_for()
    return [link.get_attribute("data-id") for link in page.locator(".hit .permalink").all()]


def test_opens_without_the_engine_and_goes_on_with_it(site: Site, new_page: OpenPage) -> None:
    """Passages and all numbers beside the filters are there before the engine is asked for; a choice brings it."""
    watched = new_page()
    page = watched.open(site.url("/search/"))
    first = shown(page)
    for summary in page.locator("#search-facets summary").all():
        if not summary.evaluate("it => it.parentElement.open"):
            summary.evaluate("it => it.click()")
    rows = page.locator("#search-facets li")
    numbers = page.locator("#search-facets li .number").all_text_contents()
    assert len(numbers) == rows.count() > 200
    assert all(re.fullmatch(r"[\d,]+ paragraphs?", number) for number in numbers)
    assert not [url for url in watched.requests if ENGINE.search(url)]

    page.locator("#search-filters").hover()
    page.get_by_role("checkbox", name=re.compile("^Camden")).check()
    expect(page.locator("#search-count")).to_have_text(re.compile("from 1 of"))
    page.get_by_role("button", name=re.compile("^Remove Council: Camden")).click()
    expect(page.locator("#search-count")).to_have_text(re.compile("from 2 of"))
    assert shown(page) == first
    assert not watched.failures


@pytest.mark.parametrize("body", ["", "null", "{}", "<!doctype html>", None])
def test_where_the_answer_does_not_come_the_engine_gives_it(site: Site, new_page: OpenPage, body: str | None) -> None:
    """Another file in its place, half of one, or none at all: the page shows what it would have shown."""
    page = new_page().page
    page.route(OPENING, lambda route: route.abort() if body is None else route.fulfill(body=body))
    page.goto(site.url("/search/"))
    assert shown(page) == shown(new_page().open(site.url("/search/")))


def test_an_answer_of_another_build_is_replaced(site: Site, new_page: OpenPage) -> None:
    """Where the site was published anew since, more of the results come all from one build, and go on to the end."""
    page = new_page().page

    def other(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=json.dumps({**answer.json(), "build": "another"}))

    page.route(OPENING, other)
    page.goto(site.url("/search/"))
    first = shown(page)
    more = page.locator("#search-more-button")
    more.click()
    expect(more).not_to_have_attribute("aria-disabled", "true")
    expect(page.locator("#search-results")).not_to_have_attribute("aria-busy", "true")
    while more.is_visible():
        before = page.locator(".hit").count()
        more.click()
        expect(page.locator(".hit")).not_to_have_count(before)
    everything = shown(page)
    assert everything[: len(first)] == first
    assert len(set(everything)) == len(everything) == int(page.locator("#search-count").inner_text().split()[0])
