"""What a page asks for beside its own words: few files, all of them light, and nothing that its policy forbids."""

from __future__ import annotations

import gzip
import json
import re
from itertools import pairwise
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import Route

from build_scripts.disk.read import read_site
from build_scripts.pages.assets import THEME
from build_scripts.pages.assets.modules import top_names
from build_scripts.pages.assets.sheets import KEPT
from tests.helpers.built_site import BuiltSite
from tests.helpers.modules import all_modules
from tests.helpers.patience import PATIENCE, painted

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler

    from tests.site.conftest import Network, OpenPage, Site

MOST_REQUESTS = 8
MOST_BYTES = {"/search/": 60_000}
"""Of all files but the page itself, packed as a host packs them, where they may be more than others'."""
OTHERS = 40_000

PHONE = 700
"""Narrower screens are phones."""

WATCH = """
window.against = []
addEventListener("securitypolicyviolation", (it) => against.push(`${it.violatedDirective} ${it.blockedURI}`))
"""
"""Notes what is against the page's own security policy."""

KINDS = [
    *("/", "/themes/interpretation/", "/themes/", "/authorities/camden/", "/authorities/", "/statements/equity/"),
    *("/voices/people/", "/regions/london/", "/reports/", "/reports/camden-2025-02/", "/scores/", "/compare/", "/map/"),
    *("/reports/camden-2025-02/equity/", "/data/", "/about/design/", "/404.html", "/search/"),
]


@pytest.mark.parametrize("address", KINDS)
def test_page_asks_for_little_and_for_nothing_forbidden(site: Site, new_page: OpenPage, address: str) -> None:
    """Every kind of page asks for one style sheet, what runs before it is painted, one script, and small pictures;
    Chromium counts nothing against its policy: opened, in dark colours, with the search box in use, printed."""
    watched = new_page(bypass_csp=False)
    watched.page.add_init_script(WATCH)
    page = watched.open(site.url(address))
    asked = [url.removeprefix(site.base) for url in watched.requests[1:] if not url.startswith("data:")]
    files = [site.directory / path for path in asked if path.startswith("assets/")]

    assert len(asked) < MOST_REQUESTS, asked
    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) < MOST_BYTES.get(address, OTHERS), asked
    assert [file.suffix for file in files].count(".css") == 1
    assert [file.suffix for file in files].count(".js") == 2

    page.get_by_role("button", name="Dark colours").click()
    with page.expect_response("**/search/manifest.json"):
        page.locator("#finder-words").focus()
    page.emulate_media(media="print")
    assert page.evaluate("against") == []


MOVED = """
window.moved = []
new PerformanceObserver((list) => moved.push(...list.getEntries().map((each) => each.value)))
  .observe({ type: "layout-shift", buffered: true })
"""
"""Notes how much of the screen moved, and how far, each time that something did."""
DONE = "(what) => document.readyState === 'complete' && document.querySelector(what) !== null"

LATE = {
    "/": "body",
    "/scores/": ".matrix-choices",
    "/scores/?rating=inadequate#matrix": ".matrix-choices",
    "/scores/london/": ".matrix-choices",
    "/compare/": "#compare-authority option",
    "/compare/?authorities=camden,westminster&theme=interpretation": ".compare-grid .passage",
    "/map/": "body",
}
"""Pages that scripts change, and what is there when they have."""


@pytest.mark.parametrize("touch", [True, False], ids=["phone", "laptop"])
def test_nothing_moves_when_scripts_and_data_come_late(site: Site, new_page: OpenPage, *, touch: bool) -> None:
    """What is painted before a page's script and its data are there stays where it is: a shift of 0."""
    page = new_page(*((412, 823) if touch else (1280, 800)), has_touch=touch, is_mobile=touch).page
    page.add_init_script(MOVED)
    held: list[Route] = []
    page.route(re.compile(r"(?<!/first)\.js$|\.json$"), lambda route: held.append(route))
    for address, done in LATE.items():
        page.goto(site.url(address), wait_until="commit")
        page.locator(".colophon").wait_for()
        while not page.evaluate(DONE, done):
            painted(page)
            while held:
                held.pop(0).continue_()
        painted(page)
        assert page.evaluate("moved") == [], address


ENDS = re.compile(r"</(?:h1|h2|p|ul|dl|div|nav|form|button|svg|caption|thead|tr|table|details|figure)>")
FIRST, LATER = 34, 8
"""How many pieces end at the first places where a page may be cut, and how many at places further on."""
ASKS_FOR_MORE = """
const ask = () => {
  const html = document.documentElement?.outerHTML ?? ""
  const at = html.lastIndexOf("<!--piece ")
  if (at < 0 || document.readyState !== "loading") return requestAnimationFrame(ask)
  const piece = Number.parseInt(html.slice(at + 10), 10)
  if (piece === window.had) return requestAnimationFrame(ask)
  window.had = piece
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => fetch(`/painted/${piece}`).then(ask))))
}
ask()
"""
"""Says which piece has been painted: the server sends the next one then."""

IN_PIECES = [
    *((address, width) for address in KINDS if address != "/404.html" for width in (412, 1280)),
    *(("/scores/london/", 412), ("/scores/london/", 1280), ("/statements/", 1280), ("/map/", 800)),
    *(("/search/?q=waiting+list", 412), ("/search/?q=waiting+list", 1280)),
]


def _in_pieces(html: str) -> list[bytes]:
    """Return a page cut behind elements of its body: at the end of each piece but the last its number in a comment."""
    ends = [found.end() for found in ENDS.finditer(html, html.index("<body>"))]
    later = ends[FIRST:]
    cuts = [*ends[:FIRST], *later[:: max(1, len(later) // LATER)]]
    parts = [html[start:end] for start, end in pairwise([0, *cuts, len(html)])]
    return [*(f"{part}<!--piece {at}-->".encode() for at, part in enumerate(parts[:-1])), parts[-1].encode()]


@pytest.mark.parametrize(("address", "width"), IN_PIECES)
def test_nothing_moves_when_a_page_comes_in_pieces(
    site: Site, network: Network, new_page: OpenPage, address: str, width: int
) -> None:
    """What a slow connection brings first stays where it is, piece by piece, until all is there: a shift of 0."""
    touch = width < PHONE
    page = new_page(width, 823, has_touch=touch, is_mobile=touch).page
    page.add_init_script(MOVED)
    page.add_init_script(ASKS_FOR_MORE)
    path = address.partition("?")[0]
    pieces = _in_pieces((site.directory / path.strip("/") / "index.html").read_text("utf-8"))
    painted_piece = [Event() for _ in pieces]

    def answers(request: BaseHTTPRequestHandler) -> bool:
        asked = request.path.partition("?")[0]
        if asked.startswith("/painted/"):
            painted_piece[int(asked.rpartition("/")[2])].set()
        elif asked != path:
            return False
        request.send_response(200)
        request.send_header("Content-Type", "text/html; charset=utf-8")
        request.end_headers()
        for piece, is_painted in zip(pieces, painted_piece, strict=True) if asked == path else ():
            request.wfile.write(piece)
            if piece is not pieces[-1]:
                assert is_painted.wait(PATIENCE)
        return True

    page.goto(f"{network(answers)}{address}", wait_until="load")
    if "?" in address:
        page.locator(".hit").first.wait_for()
    painted(page)
    assert page.evaluate("window.had") == len(pieces) - 2
    assert page.evaluate("moved") == []


def test_search_and_its_results_are_within_the_policy(site: Site, new_page: OpenPage) -> None:
    """So is the search page, with results."""
    watched = new_page(bypass_csp=False)
    watched.page.add_init_script(WATCH)
    page = watched.open(site.url("/search/?q=interpretation"))
    page.locator(".hit").first.wait_for()
    assert page.evaluate("against") == []


def test_classes_of_the_theme_are_those_that_are_kept(root: Path, built_site: Path) -> None:
    """Every class that pages share with the theme's style sheet is on the list of those whose rules stay, and used."""
    theme = read_site(root, b"\0")[THEME].decode("utf-8")
    pages = BuiltSite(built_site)
    classes = {
        name
        for address in pages.trees
        for each in pages.attributes(address, "[class]", "class")
        for name in each.split()
    }

    assert {name for name in classes if name.startswith("md-")} | {"highlight"} == KEPT
    assert all(f".{name}" in theme for name in KEPT)


def test_scripts_and_sheets_are_published_joined_alone(site: Site) -> None:
    """What they were joined from is not on the site, nor what the theme brings and no page asks for."""
    (made,) = (site.directory / "assets/made").iterdir()
    found = [file for kind in ("js", "css", "map") for file in site.directory.rglob(f"*.{kind}")]
    assert len(found) > 10
    assert {file.parent for file in found} == {made}


def test_no_module_has_a_name_that_is_the_browsers(site: Site, new_page: OpenPage, root: Path) -> None:
    """Joined, every module sees the names at the top of all: none may stand before what a browser gives to scripts."""
    names = sorted({name for module in all_modules(root).values() for name in top_names(module)})
    assert len(names) > 500
    page = new_page().open(site.url("/404.html"))
    # What every object has, such as valueOf, nobody calls by its bare name.
    given = f"{json.dumps(names)}.filter((name) => name in globalThis && !(name in Object.prototype))"
    assert page.evaluate(given) == []
    script = f"postMessage({given})"
    in_worker = "(address) => new Promise((done) => { new Worker(address).onmessage = ({ data }) => done(data) })"
    assert page.evaluate(in_worker, f"data:text/javascript,{quote(script)}") == []
