"""The page that compares when something is wrong: bad addresses, hostile names, data that do not come or come late."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import Route, expect

from tests.helpers.compare_page import INDEX, PAIR, TEXTS, chosen, ready
from tests.helpers.patience import painted

if TYPE_CHECKING:
    from tests.site.conftest import OpenPage, Site


SCRIPT = "<script>window.hurt=1</script>"
BAD = {
    "authorities=nowhere,camden": ("Left out of this address: “nowhere” (not the id of a council).", ["Camden"]),
    "authorities=camden,camden,kent": ("Left out of this address: Camden a second time.", ["Camden", "Kent"]),
    "authorities=camden,kent,brent,westminster,barnet": (
        "Left out of this address: Barnet (four is the most).",
        ["Camden", "Kent", "Brent", "Westminster"],
    ),
    f"authorities={quote(SCRIPT)},camden": (
        "Left out of this address: 1 entry (not the id of a council).",
        ["Camden"],
    ),
    "authorities=__proto__,constructor,..%2F..%2Fadmin": (
        "Left out of this address: “constructor” and 2 more (not the id of a council).",
        [],
    ),
    "authorities=%E2%80%AEcamden%00,%FF%FE": (
        "Left out of this address: 2 entries (not the id of a council).",
        [],
    ),
    "authorities=camden&theme=nothing": ("Left out of this address: “nothing” (not the id of a theme).", ["Camden"]),
    "authorities=camden&theme=interpretation&statement=equity": (
        "Left out of this address: Equity in experience and outcomes (one theme or statement at a time).",
        ["Camden"],
    ),
    f"authorities={'x,' * 3000}": ("Left out of this address: “x” (not the id of a council).", []),
    f"theme={quote('javascript:alert(1)')}&authorities=": (
        "Left out of this address: 1 entry (not the id of a theme).",
        [],
    ),
}


@pytest.mark.parametrize("query", BAD, ids=[query[:40] for query in BAD])
def test_bad_address_gives_one_line(site: Site, new_page: OpenPage, query: str) -> None:
    """What an address holds that cannot be is told in one line; the rest is shown, nothing runs, the address stays."""
    line, left = BAD[query]
    watched = new_page()
    watched.page.on("dialog", lambda dialog: watched.failures.append(dialog.message))
    url = site.url(f"/compare/?{query}")
    page = ready(watched, url)
    expect(page.locator("#compare-problem")).to_have_text(line)
    assert chosen(page) == left
    assert page.url == url
    assert not watched.failures
    assert page.evaluate("window.hurt") is None
    assert all(request.startswith(site.base) for request in watched.requests)
    page.select_option("#compare-authority", "leeds")
    page.get_by_role("button", name="Add", exact=True).click()
    if len(left) < 4:
        expect(page.locator("#compare-problem")).to_have_text("")


def test_list_that_does_not_load_says_so_and_can_be_tried_again(site: Site, new_page: OpenPage) -> None:
    """Without its list the page says what failed and offers to try again, which then does what the address asks."""
    page = new_page().page
    page.route(INDEX, lambda route: route.abort())
    page.goto(site.url(PAIR))
    expect(page.locator("#compare-status")).to_have_text(re.compile("list of councils could not be loaded"))
    assert not page.locator("#compare-add").is_visible()
    page.unroute(INDEX)
    page.get_by_role("button", name="Try again").press("Enter")
    page.locator(".compare-grid article").first.wait_for()
    assert chosen(page) == ["Camden", "Westminster"]
    assert page.locator(".compare-failure").count() == 0
    expect(page.locator("#compare-authority")).to_be_focused()


@pytest.mark.parametrize("body", ["<h1>Sign in</h1>", "{}", "[", ""])
def test_passages_that_do_not_load_say_so(site: Site, new_page: OpenPage, body: str) -> None:
    """What is no list of passages counts as not loaded; the others are shown, and it can be tried again."""
    page = new_page().page
    page.route(TEXTS, lambda route: route.fulfill(status=200, body=body))
    page.goto(site.url(PAIR))
    box = page.locator(".compare-failure")
    expect(box).to_contain_text("The paragraphs of Westminster could not be loaded.")
    expect(page.locator("#compare-status")).to_have_text("The paragraphs of Westminster could not be loaded.")
    assert page.get_by_role("region", name="Camden", exact=True).locator("article").count() > 0
    page.unroute(TEXTS)
    box.get_by_role("button").click()
    page.get_by_role("region", name="Westminster", exact=True).locator("article").first.wait_for()
    assert box.count() == 0
    expect(page.locator("#compare-passages-heading")).to_be_focused()


def test_late_answer_does_not_replace_a_newer_choice(site: Site, new_page: OpenPage) -> None:
    """Passages that arrive after the reader has chosen something else are not shown."""
    page = new_page().page
    waiting: list[Route] = []
    page.route(TEXTS, lambda route: waiting.append(route))
    with page.expect_request(TEXTS):
        page.goto(site.url(PAIR))
    page.get_by_role("button", name="Remove Westminster").click()
    page.get_by_role("region", name="Camden", exact=True).locator("article").first.wait_for()
    (late,) = waiting
    with page.expect_request_finished(lambda request: request.url == late.request.url):
        late.continue_()
    painted(page)
    assert page.locator(".compare-grid > section").count() == 1


def test_hostile_names_are_text(site: Site, new_page: OpenPage) -> None:
    """Names and words full of markup show letter by letter, wherever the page puts them."""
    hostile = "O'Neill & <b onclick=hurt()>x</b><img src=x onerror=window.hurt=1>"
    index = json.loads((site.directory / "compare/authorities.json").read_text("utf-8"))
    texts = json.loads((site.directory / "compare/camden.json").read_text("utf-8"))
    next(each for each in index["authorities"] if each["slug"] == "camden")["name"] = hostile
    for passage in texts["passages"]:
        passage |= {"text": hostile, "heading": hostile, "voices": [hostile]}
    watched = new_page()
    watched.page.route(INDEX, lambda route: route.fulfill(json=index))
    watched.page.route("**/compare/camden.json", lambda route: route.fulfill(json=texts))
    page = ready(watched, site.url(PAIR.replace("theme=interpretation", "statement=equity")))
    page.locator(".compare-grid article").first.wait_for()
    assert chosen(page)[0] == hostile
    assert page.locator(".compare-grid article p").first.text_content() == hostile
    assert page.title().startswith(hostile)
    assert page.locator("main b[onclick], main img").count() == 0
    assert page.evaluate("window.hurt") is None
    assert not watched.failures
