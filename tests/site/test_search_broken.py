"""What comes in place of the search's files is known, fetched once more, and told: never that nothing was found.

Each case is tried in a worker, in a worker that cannot unpack files, and in a browser without module workers.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Callable
from functools import cache
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, Route, expect

from tests.helpers.broken_search import (
    ASK,
    DAMAGED,
    FOREIGN,
    IN_WORKER,
    NONE_FOUND,
    NOT_UNPACKING,
    WATCH,
    WAYS,
    assert_right,
    assert_told,
    has_said_none,
    prepare,
)
from tests.helpers.patience import PATIENT, eventually

if TYPE_CHECKING:
    from tests.site.conftest import Network, OpenPage, Site

TERMS = "**/assets/search/terms-*/*.bin"


@cache
def bomb() -> bytes:
    """200 MB of nothing, in 194 KB."""
    return gzip.compress(bytes(200_000_000))


def neighbour(file: Path) -> bytes:
    """Another file of the same folder; of a file that is in none, another of its kind."""
    return next(other for other in sorted(file.parent.glob("*.bin")) if other != file).read_bytes()


WRONG: dict[str, tuple[str, Callable[[Path], bytes]]] = {
    "a neighbour's file": (FOREIGN, neighbour),
    "the page of a hotel's network": (FOREIGN, lambda _: b"<!doctype html><title>Welcome</title>Please sign in"),
    "nothing": (FOREIGN, lambda _: b""),
    "one byte": (FOREIGN, lambda _: b"\xff"),
    "a file without its end": (DAMAGED, lambda file: file.read_bytes()[:-9]),
    "a file that unpacks to 200 MB": (DAMAGED, lambda _: bomb()),
}


class Wrong:
    """Answers for some files of the search: wrongly at first, ``times`` times each."""

    def __init__(self, page: Page, files: str, answer: Callable[[Route], None]) -> None:
        self.times = 1000
        self.asked: Counter[str] = Counter()
        """How often each file was asked for."""
        self.answer = answer
        page.route(files, self)

    def __call__(self, route: Route) -> None:
        self.asked[route.request.url] += 1
        if self.asked[route.request.url] <= self.times:
            self.answer(route)
        else:
            route.continue_()

    def once_more(self, times: int) -> None:
        """Begin anew, with so many wrong answers for each file."""
        self.times = times
        self.asked.clear()


def bytes_for(site: Site, make: Callable[[Path], bytes]) -> Callable[[Route], None]:
    """Answer with what ``make`` makes of the file that was asked for, as if all were well."""

    def answer(route: Route) -> None:
        file = site.directory / route.request.url.removeprefix(site.base)
        route.fulfill(body=make(file), content_type="application/octet-stream")

    return answer


def go_wrong_twice(page: Page, address: str, message: str, wrong: Wrong, expected: list[str]) -> None:
    """A file that is wrong twice is told of; “Try again”, and where it is right the second time, so is the answer."""
    page.goto(address, wait_until="load")
    assert_told(page, message)
    assert max(wrong.asked.values()) > 1
    wrong.once_more(1)
    page.get_by_role("button", name="Try again").click()
    assert_right(page, expected)
    assert max(wrong.asked.values()) > 1


def test_nothing_found_is_noticed(site: Site, new_page: OpenPage) -> None:
    """What every test here looks at afterwards does notice that nothing was found, though another answer follows."""
    page = new_page().page
    prepare(site.directory, page, IN_WORKER)
    page.goto(site.url("/search/?q=zzzzzz"), wait_until="load")
    expect(page.locator("#search-count")).to_have_text(NONE_FOUND)
    page.locator("#finder-words").fill("interpretation")
    page.locator("#finder-words").press("Enter")
    page.locator(".hit").first.wait_for()
    assert has_said_none(page)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("what", WRONG)
def test_wrong_postings(site: Site, new_page: OpenPage, right: Callable[[str], list[str]], what: str, way: str) -> None:
    """Whatever comes in place of postings: it is asked for past the cache, then told; right bytes bring the answer."""
    page = new_page().page
    prepare(site.directory, page, way)
    message, make = WRONG[what]
    go_wrong_twice(page, site.url(ASK), message, Wrong(page, TERMS, bytes_for(site, make)), right(ASK))


@pytest.mark.parametrize("what", ["a neighbour's file", "the page of a hotel's network"])
@pytest.mark.parametrize(
    ("folder", "asked"),
    [
        ("texts", "?q=interpretation"),
        ("places", "?q=%22talking+mats%22"),
        ("columns", "?q=people&theme=unpaid-carers"),
        ("words", "?q=*ability"),
    ],
)
def test_wrong_files_of_other_kinds(
    site: Site, new_page: OpenPage, right: Callable[[str], list[str]], folder: str, asked: str, what: str
) -> None:
    """The same holds of texts, the places of words, what filters need, and the list of all words."""
    page = new_page().page
    prepare(site.directory, page, IN_WORKER)
    message, make = WRONG[what]
    wrong = Wrong(page, f"**/assets/search/{folder}-**", bytes_for(site, make))
    go_wrong_twice(page, site.url(f"/search/{asked}"), message, wrong, right(f"/search/{asked}"))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("message", "body"),
    [
        (FOREIGN, b"<!doctype html>Please sign in"),
        (FOREIGN, b""),
        (FOREIGN, b'{"name": "an app", "icons": []}'),
        (DAMAGED, None),
    ],
    ids=["a page", "nothing", "another manifest", "without its end"],
)
def test_wrong_manifests(
    site: Site, new_page: OpenPage, right: Callable[[str], list[str]], message: str, body: bytes | None, way: str
) -> None:
    """And of the manifest, which the page may have fetched for the worker."""
    page = new_page().page
    prepare(site.directory, page, way)
    answer = bytes_for(site, lambda file: file.read_bytes()[:-99] if body is None else body)
    wrong = Wrong(page, "**/search/manifest.json", answer)
    page.goto(site.url(ASK), wait_until="load")
    assert_told(page, message)
    wrong.once_more(1)
    page.get_by_role("button", name="Try again").click()
    assert_right(page, right(ASK))


def test_a_wrong_file_in_the_cache(network: Network, new_page: OpenPage, right: Callable[[str], list[str]]) -> None:
    """A page that the browser keeps in place of a file is passed by: the second try goes to the network."""
    asked: Counter[str] = Counter()

    def sign_in(handler: BaseHTTPRequestHandler) -> bool:
        asked[handler.path] += 1
        if not handler.path.endswith((".bin", "manifest.json")) or asked[handler.path] > 1:
            return False
        handler.send_response(200)
        handler.send_header("Cache-Control", "max-age=86400")
        handler.end_headers()
        handler.wfile.write(b"<!doctype html>Please sign in")
        return True

    page = new_page().page
    page.add_init_script(WATCH)
    page.goto(network(sign_in) + ASK, wait_until="load")
    assert_right(page, right(ASK))
    # Files that the answer does not need may come after it.
    eventually(lambda: {asked[path] for path in list(asked) if path.endswith(".bin")} == {2})


def test_a_page_instead_is_no_old_browser(site: Site, new_page: OpenPage) -> None:
    """A browser that can unpack nothing is told of the network first, where that is what is wrong."""
    page = new_page().page
    prepare(site.directory, page, NOT_UNPACKING, PATIENT + "delete self.DecompressionStream;\n")
    wrong = Wrong(page, "**/*.bin", bytes_for(site, WRONG["the page of a hotel's network"][1]))
    page.goto(site.url(ASK), wait_until="load")
    assert_told(page, FOREIGN)
    wrong.once_more(0)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#search-trouble")).to_contain_text("too old")
    assert not has_said_none(page)
