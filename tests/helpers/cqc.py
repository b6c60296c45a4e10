"""A CQC to collect from, on this machine: a list in pages, reports, statement pages, robots.txt, and their faults.

It is made from a collection as contributors would write it, so that whatever is collected can be compared with it.
"""

from __future__ import annotations

import hashlib
import logging
import re
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import yaml
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from build_scripts.model.vocabulary import Framework
from build_scripts.model.wording import long_date
from tests.helpers.collections_of import VALID
from tests.helpers.documents import PATHS, SCORES, as_text, statement_units
from tests.helpers.projects import copy_project
from tests.helpers.served import Answer
from tests.helpers.strategies import FRAMEWORK

PLACE = "/care-services/local-authority-assessment-reports"
SITE = "https://www.cqc.org.uk"

ON_A_PAGE = 10
"""Reports on a page of the list."""

ROBOTS = "User-agent: *\nDisallow: /search/\nDisallow: /*?sort=\n"

STYLES = ("below", "beside", "single")
"""``halton-0725/theme1/needs`` of 2025 on, ``halton-0824-theme1-needs`` before, and names of no month: ``Halton1``."""

_REPORT = re.compile(r"data/reports/(?P<id>[^/]+)/(?P<file>[^/]+)\Z")

_PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>{title} - Care Quality Commission</title></head>
<body><header><nav><a href="/">Home</a> <a href="{place}">Reports</a></nav></header>
<main><nav aria-label="Breadcrumb"><a href="{place}">Local authority assessment reports</a></nav>
{main}
</main><footer><a href="/about-us">About us</a><p>© Care Quality Commission</p></footer></body></html>
"""


def collection_files(folder_files: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return report id to its files, name to text, of a collection's files."""
    found: dict[str, dict[str, str]] = {}
    for path, text in folder_files.items():
        if match := _REPORT.match(path):
            found.setdefault(match["id"], {})[match["file"]] = text
    return found


@dataclass
class Cqc:
    """A site in CQC's layout; what it serves can be changed while it is up."""

    framework: Framework
    names: Mapping[str, str]
    """Slug to the authority's name."""
    pages: dict[str, str] = field(default_factory=dict)
    """Path to page."""
    listed: list[tuple[str, str]] = field(default_factory=list)
    """Path of each report on the list, and the words of its link."""
    instead: dict[str, Answer] = field(default_factory=dict)
    """Path to what comes in place of its page."""
    robots: str = ROBOTS
    asked: list[str] = field(default_factory=list)
    """Path of every request, in order."""
    unchanged: list[str] = field(default_factory=list)
    """Paths for which 304 was said."""
    agents: set[str] = field(default_factory=set)
    before: Callable[[], None] = lambda: None
    """Called with each request before it is answered."""
    together: int = 0
    """How many requests were being answered at most at the same time."""
    _now: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def publish(self, report: str, files: Mapping[str, str], style: str) -> str:
        """Put a report onto the site and return the path of its page."""
        facts = yaml.safe_load(files["report.yml"])
        name, month = facts["authority"].replace("-", ""), facts["published"]
        short = f"{name}-{month[5:7]}{month[2:4]}" if style != "single" else f"{name.capitalize()}1"
        place = f"{PLACE}/{short}"
        between = "-" if style == "beside" else "/"
        title = f"{self.names[facts['authority']]}: local authority assessment"
        links = {}
        for statement in self.framework.statements:
            if text := files.get(f"{statement.id}.txt"):
                path = f"{place}{between}{PATHS[statement.id].replace('/', between)}"
                self.pages[path] = statement_page(text, self.framework)
                links[statement.name] = path
        summary = f"{place}{between}summary"
        self.pages[summary] = summary_page(title, facts, self.framework)
        items = "".join(
            f'<li><a href="{path}">{words}</a></li>' for words, path in {"Summary": summary, **links}.items()
        )
        published = f"<p>Published: {long_date(facts['published'])}</p>"
        self.pages[place] = _page(title, f"<h1>{escape(title)}</h1>{published}<ul>{items}</ul>")
        self.listed.append((place, self.names[facts["authority"]]))
        return place

    def answer(self, request: Request) -> Response:
        """Return what the site says to a request."""
        with self._lock:
            self._now += 1
            self.together = max(self.together, self._now)
        try:
            self.before()
            return self._answer(request)
        finally:
            with self._lock:
                self._now -= 1

    def _answer(self, request: Request) -> Response:
        path = request.path
        self.asked.append(path)
        self.agents.add(request.headers.get("User-Agent", ""))
        if found := self.instead.get(path):
            if found.faults:
                found.faults -= 1
                return Response("busy", 503, {"Retry-After": "0"})
            return found.response()
        if path == "/robots.txt":
            return Response(self.robots, mimetype="text/plain")
        page = self._list(int(request.args.get("page", 0))) if path == PLACE else self.pages.get(path)
        if page is None:
            return Response(_page("Page not found", "<h1>Page not found</h1>"), 404, mimetype="text/html")
        tag = f'"{hashlib.sha256(page.encode()).hexdigest()[:16]}"'
        if request.headers.get("If-None-Match") == tag:
            self.unchanged.append(path)
            return Response(status=304, headers={"ETag": tag})
        return Response(page, headers={"ETag": tag}, content_type="text/html; charset=utf-8")

    def _list(self, number: int) -> str:
        rows = self.listed[number * ON_A_PAGE : (number + 1) * ON_A_PAGE]
        items = "".join(f'<li><a href="{path}">{escape(words)}</a></li>' for path, words in rows)
        count = -(-len(self.listed) // ON_A_PAGE)
        pages = "".join(f'<a href="?page={each}">{each + 1}</a> ' for each in range(count))
        main = f"<h1>Local authority assessment reports</h1><ul>{items}</ul><nav>{pages}</nav>"
        return _page("Local authority assessment reports", main)


def statement_page(text: str, framework: Framework) -> str:
    """Return a text as a page that has the same words in the same order, navigation and the like around them."""
    headings = {*framework.commitment_lines, *framework.findings_lines, *framework.expectations_lines}
    for statement in framework.statements:
        headings |= {statement.name, *statement.headings}
    title, *lines = [line for line in text.split("\n") if line.strip()]
    body, items = [f"<h1>{escape(title)}</h1>"], []
    for line in [*lines, ""]:
        if line.startswith("• "):
            items.append(f"<li>{escape(line[2:])}</li>")
            continue
        if items:
            body.append(f"<ul>{''.join(items)}</ul>")
            items = []
        tag = "h2" if line in headings else "p"
        body.append(f"<{tag}>{escape(line)}</{tag}>" if line else "")
    return _page(title, "\n".join(body))


def summary_page(title: str, facts: Mapping[str, object], framework: Framework) -> str:
    """Return a report's summary: rating, percentage and the nine scores."""
    scores = facts["scores"]
    assert isinstance(scores, dict)
    rows = "".join(f"<h3>{each.name}</h3><p>Score: {scores[each.id]}</p>" for each in framework.statements)
    main = f"<h1>{escape(title)}</h1><p>Published: {long_date(str(facts['published']))}</p><h2>Overall summary</h2>"
    main += f"<h2>Local authority rating and score</h2><p>{facts['rating']}</p><p>Score: {facts['percentage']}%</p>"
    return _page(title, f"{main}<h2>Quality statement scores</h2>{rows}")


def _page(title: str, main: str) -> str:
    return _PAGE.format(title=escape(title), place=PLACE, main=main)


@dataclass
class Up:
    """The site while it is up."""

    cqc: Cqc
    base: str

    @property
    def list(self) -> str:
        """Address of its list."""
        return f"{self.base}{PLACE}"


@contextmanager
def serving_cqc(cqc: Cqc, port: int = 0) -> Iterator[Up]:
    """Serve the site on 127.0.0.1."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line for each page would drown everything else
    with HTTPServer("127.0.0.1", port, threaded=True) as server:
        server.expect_request(re.compile(".*")).respond_with_handler(cqc.answer)
        yield Up(cqc, server.url_for("").rstrip("/"))


def cqc_of(files: Mapping[str, str], framework: Framework, names: Mapping[str, str]) -> Cqc:
    """Return a site with every report of a collection, in the three styles of address in turn."""
    made = Cqc(framework, names)
    for number, (report, own) in enumerate(collection_files(files).items()):
        made.publish(report, own, STYLES[number % len(STYLES)])
    return made


TOWNS = ("anytown", "bayside", "cliffham", "dunesbury", "estuary-on-sea", "fordwick")
"""Invented authorities, each with one report."""


def invented_files() -> dict[str, str]:
    """Return a collection of these authorities: words and facts as contributors would write them, and all texts."""
    rows = ["slug,name,full_name,ons_code,region,type,also"]
    rows += [
        f"{slug},{_town(slug)},{_town(slug)} Council,E0000000{number},North East,unitary,"
        for number, slug in enumerate(TOWNS)
    ]
    files = {path: text for path, text in VALID.items() if path.startswith("data/") and "/reports/" not in path}
    files |= {"data/authorities.csv": "\n".join(rows) + "\n", "data/redirects.csv": "retired,successor,reason,date\n"}
    for number, slug in enumerate(TOWNS):
        files |= invented_report(slug, f"2025-{number + 3:02}-1{number}")
    return files


def invented_report(slug: str, published: str) -> dict[str, str]:
    """Return the files of one report, whose texts no other authority has."""
    folder = f"data/reports/{slug}-{published[:7]}"
    facts = {"authority": slug, "published": published, "rating": "Good", "percentage": 64, "scores": dict(SCORES)}
    files = {f"{folder}/report.yml": yaml.safe_dump(facts, sort_keys=False)}
    for statement in SCORES:
        changed = {"Anytown": _town(slug), "4 July 2025": long_date(published)}
        text = as_text(statement_units(statement))
        for old, new in changed.items():
            text = text.replace(old, new)
        files[f"{folder}/{statement}.txt"] = text
    return files


def _town(slug: str) -> str:
    return slug.title().replace("-On-Sea", " on Sea")


def rehearse(root: Path, port: int) -> None:
    """Make a project of invented councils at ``root``, serve their CQC on ``port``, and say how to collect from it."""
    if root.exists():
        sys.exit(f"{root} is there already: remove it first")
    copy_project(root)
    for real in ("data/reports", "tests/gold"):
        shutil.rmtree(root / real)
    (root / "data/tiles.csv").unlink()  # a map shows all councils or none
    (root / "data/districts.csv").unlink()  # a district needs its county
    files = invented_files()
    (root / "data/authorities.csv").write_text(files["data/authorities.csv"], "utf-8")
    names = dict(row.split(",")[:2] for row in files["data/authorities.csv"].splitlines()[1:])
    with serving_cqc(cqc_of(files, FRAMEWORK, names), port) as up:
        print(f"An invented CQC answers at {up.base} until Ctrl-C. In another terminal:\n")  # noqa: T201
        given = f"--list {up.list} --pause 0"
        print(f"  cd {root} && ../.venv/bin/evidence collect {given}", flush=True)  # noqa: T201
        with suppress(KeyboardInterrupt):
            signal.pause()


if __name__ == "__main__":
    rehearse(Path(sys.argv[1]), int(sys.argv[2]))
