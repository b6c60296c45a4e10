"""What the browser tests share: the real site, built and served as a host would, and one Chromium."""

from __future__ import annotations

import fcntl
import os
import random
import re
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    Request,
    Response,
    expect,
    sync_playwright,
)

from benchmarks.national import make_project
from tests.helpers.axe import run_axe
from tests.helpers.broken_search import seen
from tests.helpers.built_site import BuiltSite, is_published, words
from tests.helpers.patience import PATIENCE, PATIENT
from tests.helpers.projects import build_site, copy_few, copy_project

SUB_PATH = "/care-evidence/"
SUB_URL = f"https://anytown.example{SUB_PATH}"
"""Where the site below a path is said to be; it is the same for all workers, wherever each serves it."""
PROJECT = "https://github.com/anytown/explorer"
"""Where the project of the site below a path is said to be."""

_CHROMIUM_ARGUMENTS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


# Playwright would give up after five seconds, or thirty: a busy machine takes longer.
_LIMIT = PATIENCE * 1000
expect.set_options(timeout=_LIMIT)

_WAITS = (0.0, 0.1, 0.3, 0.7)
"""Seconds before an answer on an uneven line."""


def _uneven() -> None:
    """Wait as long as an uneven line may, where the environment says ``UNEVEN``: what looks too early then fails."""
    if os.environ.get("UNEVEN"):
        time.sleep(random.SystemRandom().choice(_WAITS))


class _Pages(SimpleHTTPRequestHandler):
    """Serves a folder below a path as GitHub Pages does: 404.html for whatever is missing."""

    def __init__(self, *args: Any, prefix: str, **kwargs: Any) -> None:
        self.prefix = prefix
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        _uneven()
        path = urlsplit(self.path).path
        inside = path.startswith(self.prefix)
        self.path = f"/{path.removeprefix(self.prefix)}" if inside else "/outside-of-the-site"
        if Path(self.translate_path(self.path)).exists():
            super().do_GET()
            return
        body = (Path(self.directory) / "404.html").read_bytes() if inside else b"outside of the site"
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing: pytest shows what failed."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 64
    """How many browsers' connections may wait: a busy machine drops further ones, which come again a second later."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that left before it had all: pytest shows whatever else goes wrong."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@dataclass
class Site:
    """A built site, served on this machine."""

    directory: Path
    base: str
    """Its address here, with a final slash."""
    built_for: str = ""
    """The address that it was built for, where it knows one."""

    def url(self, address: str) -> str:
        """Return the whole URL of an address such as ``/themes/``."""
        return self.base + address.removeprefix("/")


def _serve(directory: Path, prefix: str) -> tuple[ThreadingHTTPServer, str]:
    server = _Server(("127.0.0.1", 0), partial(_Pages, prefix=prefix, directory=str(directory)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}{prefix}"


def _once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that ``make`` has filled, once for all workers of pytest-xdist: whoever comes first makes it."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent  # each worker has a folder of its own in that of the run
    folder, done = shared / name, shared / f"{name}.done"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


def _build_copy(folder: Path, **addresses: str) -> None:
    """Build the real site from a copy of the project: two builds with other addresses would write to the same pages."""
    build_site(folder / "site", copy_project(folder), **addresses)


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built without knowing its address."""
    return _once(tmp_path_factory, "real", _build_copy) / "site"


@pytest.fixture(scope="session")
def site(built_site: Path) -> Iterator[Site]:
    """The real site at the root of a host."""
    server, base = _serve(built_site, "/")
    yield Site(built_site, base)
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def sub_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The real site below a path, as GitHub's project pages are, built with its address and its project's."""
    make = partial(_build_copy, site_url=SUB_URL, repo_url=PROJECT, contact="evidence@example.org")
    directory = _once(tmp_path_factory, "below-a-path", make) / "site"
    server, base = _serve(directory, SUB_PATH)
    yield Site(directory, base, SUB_URL)
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def invented_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of an invented collection: all nine texts of some authorities, enough for lists of several pages."""

    def make(folder: Path) -> None:
        make_project(folder, scale=4 / 153)
        build_site(folder / "site", folder)

    return _once(tmp_path_factory, "invented", make) / "site"


@pytest.fixture(scope="session")
def reworded_site(tmp_path_factory: pytest.TempPathFactory, built_site: Path) -> Iterator[Site]:
    """A small copy's site, as if a passage of Westminster's text on equity had had three other ids, and one were gone.

    The last passage was p-00000001, was p-00000002 before that, and was p-00000003 as well; p-00000004 is in no text.
    """
    text = "westminster-2024-11/equity"

    def make(folder: Path) -> None:
        copy_few(folder)
        page = (built_site / "reports" / text / "index.html").read_text("utf-8")
        *_, now = re.findall(r'<article class="passage" id="(p-[0-9a-f]{8})"', page)
        followed = ((1, f"{text}/{now}"), (2, f"{text}/p-00000001"), (3, f"{text}/{now}"), (4, ""))
        rows = [f"{text}/p-0000000{number},{successor},a test,2026-01-09\n" for number, successor in followed]
        with (folder / "data" / "redirects.csv").open("a", encoding="utf-8") as file:
            file.writelines(rows)
        build_site(folder / "site", folder)

    directory = _once(tmp_path_factory, "reworded", make) / "site"
    server, base = _serve(directory, "/")
    yield Site(directory, base)
    server.shutdown()
    server.server_close()


def chromium_path() -> str | None:
    """Return the browser that `make test` found, or None for Playwright's own."""
    noted = Path(sys.prefix) / "chromium-path"
    found = os.environ.get("CHROMIUM") or (noted.read_text(encoding="utf-8").strip() if noted.exists() else "")
    return found or None


def launch_chromium(playwright: Playwright, *further: str) -> Browser:
    """Start the browser that `make test` found, headless; ``further`` are arguments beside the usual ones."""
    arguments = [*_CHROMIUM_ARGUMENTS, *further]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses its sandbox to root
    return playwright.chromium.launch(executable_path=chromium_path(), args=arguments, timeout=_LIMIT)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests."""
    with sync_playwright() as playwright:
        chromium = launch_chromium(playwright)
        yield chromium
        chromium.close()


def patient_page(browser: Browser) -> Page:
    """Open a page that nobody watches, and that waits as long as the tests do."""
    page = browser.new_page()
    page.set_default_timeout(_LIMIT)
    return page


@dataclass
class Watched:
    """A page, and what it asked for and complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    """Answers other than 200 and 304 (the browser has it already), failed requests, console errors, exceptions."""

    def open(self, url: str) -> Page:
        """Go to a page and wait until its scripts have run: modules run before the load event."""
        self.page.goto(url, wait_until="load")
        return self.page


OpenPage = Callable[..., Watched]


@pytest.fixture
def new_page(browser: Browser) -> Iterator[OpenPage]:
    """Makes fresh pages; keyword arguments are those of Playwright's ``new_context``.

    Axe, and waiting for a condition, put scripts into a page, which its own policy forbids: it does not hold here but
    where a test asks for it with ``bypass_csp=False``.
    """
    contexts: list[BrowserContext] = []

    def make(width: int = 1280, height: int = 800, **options: Any) -> Watched:
        given = {"viewport": {"width": width, "height": height}, "bypass_csp": True, **options}
        context = browser.new_context(**given)
        context.set_default_timeout(_LIMIT)
        contexts.append(context)
        watched = Watched(context.new_page())
        watched.page.add_init_script(PATIENT)

        def answered(response: Response) -> None:
            if response.status not in (200, 304):
                watched.failures.append(f"{response.status} {response.url}")

        def failed(request: Request) -> None:
            # A page that is left takes its open requests with it; that is no fault of the site.
            if request.failure != "net::ERR_ABORTED":
                watched.failures.append(f"{request.failure} {request.url}")

        page = watched.page
        page.on("request", lambda request: watched.requests.append(request.url))
        page.on("response", answered)
        page.on("requestfailed", failed)
        page.on("console", lambda line: watched.failures.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: watched.failures.append(str(error)))
        return watched

    yield make
    for context in contexts:
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")  # a request that a test holds back ends with its page
        context.close()


Network = Callable[[Callable[[BaseHTTPRequestHandler], bool]], str]
"""Serves the site on this machine through a function that may answer in its place, and says whether it did."""


@pytest.fixture
def network(site: Site) -> Iterator[Network]:
    """Serves the site through a function that may answer in its place, which it says; returns the address."""
    servers: list[ThreadingHTTPServer] = []

    def serve(answers: Callable[[BaseHTTPRequestHandler], bool]) -> str:
        class Handler(SimpleHTTPRequestHandler):
            def do_GET(self) -> None:
                _uneven()
                if not answers(self):
                    super().do_GET()

            def log_message(self, *args: object) -> None:
                """Say nothing: pytest shows what failed."""

        server = _Server(("127.0.0.1", 0), partial(Handler, directory=str(site.directory)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def right(site: Site, browser: Browser) -> Callable[[str], list[str]]:
    """What a browser in which nothing goes wrong shows for an address: the count, and the passages."""

    @cache
    def shown(address: str) -> list[str]:
        page = patient_page(browser)
        page.goto(site.url(address))
        page.locator(".hit").first.wait_for()
        found = seen(page)
        page.context.close()
        return found

    return shown


@pytest.fixture(scope="session")
def texts(built_site: Path) -> dict[str, str]:
    """Address of each passage to its words, as the text pages have them, without what is ours."""
    built = BuiltSite(built_site)
    return {
        f"{address}#{node.attributes['id']}": " ".join(words(part) for part in node.css("p, li") if is_published(part))
        for address in built.pages
        if re.fullmatch(r"/reports/[^/]+/[^/]+/", address)
        for node in built.nodes(address, "article.passage")
    }


AxeInAllViews = Callable[..., list[str]]


@pytest.fixture
def axe_in_all_views(new_page: OpenPage) -> AxeInAllViews:
    """Runs axe-core on a URL in light and dark, on a phone and on a laptop: a line for each violation.

    With ``opened``, every disclosure of the page is opened first.
    """

    def run(url: str, *, opened: bool = False) -> list[str]:
        found: list[str] = []
        watched = new_page(color_scheme="light", reduced_motion="reduce")
        for width in (360, 1280):
            watched.page.set_viewport_size({"width": width, "height": 800})
            page = watched.open(url)
            if opened:
                page.evaluate("for (const it of document.querySelectorAll('details')) it.open = true")
            found += [f"{width} {line}" for line in run_axe(page)]
        return found

    return run
