"""Watching the source: against a server on this machine that answers in the layout of CQC's pages."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from click.testing import CliRunner, Result
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from build_scripts.commands import watch as watching
from build_scripts.commands import whole_list
from build_scripts.commands.main import main
from build_scripts.contribute.importers import UnreadableError, apart
from build_scripts.model.evidence import Imported
from build_scripts.review.cqc_list import LIST, last_answers, listed_reports
from tests.helpers.collections_of import ANYTOWN, OTHERSHIRE, VALID
from tests.helpers.events import WITHDRAWN
from tests.helpers.projects import ROOT
from tests.unit.test_explain import tokens

PLACE = "/care-services/local-authority-assessment-reports"

PAGE = """\
<!DOCTYPE html><html lang="en"><head><title>Local authority assessment reports - Care Quality Commission</title></head>
<body><header><nav><a href="/">Home</a> <a href="/care-services">Care</a> <a href="{place}">Reports</a></nav></header>
<main><h1>Local authority assessment reports</h1>
<p>We assess how local authorities meet their duties under the Care Act.</p>
<ul>{items}</ul>
<nav aria-label="Pagination"><a href="?page=0">1</a> <a href="?page=1">2</a></nav>
</main><footer><a href="/about-us">About us</a><p>© Care Quality Commission</p></footer></body></html>
"""


class Server:
    """A site in CQC's layout, with the reports of invented authorities."""

    def __init__(self, server: HTTPServer) -> None:
        self.items: list[list[tuple[str, str]]] = [[], []]
        """On each page of the list: last part of the address, words of the link."""
        self.answers: dict[str, int] = {}
        self.moved: dict[str, str] = {}
        self.asked: list[str] = []
        server.expect_request(re.compile(".*")).respond_with_handler(self.answer)
        self.base = server.url_for("").rstrip("/")

    def answer(self, request: Request) -> Response:
        """Return a page of the list, or any other page."""
        self.asked.append(request.path)
        if target := self.moved.get(request.path):
            return Response(status=301, headers={"Location": target})
        number = int(request.args.get("page", 0)) if request.path == PLACE else -1
        rows = self.items[number] if 0 <= number < len(self.items) else []
        items = "".join(f'<li><a href="{PLACE}/{slug}">{words}</a></li>' for slug, words in rows)
        page = PAGE.format(place=PLACE, items=items)
        return Response(page, self.answers.get(request.path, 200), content_type="text/html; charset=utf-8")

    def ask(self, kind: str, data: bytes) -> Imported:
        """Ask this server for an address of CQC's, and give the answer as if it came from there."""
        answer = apart.import_apart(kind, data.replace(b"https://www.cqc.org.uk", self.base.encode()))
        name = answer.address.replace(self.base, "https://www.cqc.org.uk")
        links = tuple((address.replace(self.base, "https://www.cqc.org.uk"), words) for address, words in answer.links)
        return Imported(answer.kind, answer.text, address=name, links=links)


@pytest.fixture
def cqc(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server whose addresses stand for those of CQC's site, and no pause between two requests."""
    monkeypatch.setattr(watching, "PAUSE", 0)
    with HTTPServer("127.0.0.1", threaded=True) as server:
        made = Server(server)
        monkeypatch.setattr(watching, "import_apart", made.ask)
        yield made


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The invented collection, its reports at addresses of CQC's list."""
    root = tmp_path / "project"
    for path, words in {**VALID, "docs/index.md": ""}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(words, "utf-8")
    for path, slug in ((ANYTOWN, "anytown-0125"), (OTHERSHIRE, "othershire-0225")):
        file = root / path
        words = file.read_text("utf-8")
        start = words.index("source: ")
        end = words.index("\n", start)
        file.write_text(f'{words[:start]}source: "{LIST}/{slug}"{words[end:]}', "utf-8")
    return root


def evidence(root: Path, *arguments: str) -> Result:
    """Run the command; a traceback is a failure of the test."""
    result = CliRunner().invoke(main, ["--root", str(root), "watch", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


KNOWN = [("anytown-0125", "Anytown"), ("othershire-0225", "Othershire")]


def test_new_reports_are_noticed(cqc: Server, tree: Path, tmp_path: Path) -> None:
    """What is on any page of the list and not in the collection is in one notice, with its name and address."""
    summary = ("thirdtown-0326-summary", "Thirdtown")  # a page of a report, and no report more
    cqc.items = [KNOWN, [("thirdtown-0326", "Thirdtown"), ("anytown-0126", "Anytown"), summary]]
    into = tmp_path / "notice"
    result = evidence(tree, "reports", "--into", str(into), "--date", "2026-11-26")
    assert result.exit_code == 0, result.output
    assert result.output == "4 reports are on the list, 2 of them not here\n"
    assert (into / "title.txt").read_text("utf-8") == "2 reports are on CQC’s list and not here yet\n"
    body = (into / "issue.md").read_text("utf-8")
    assert body.startswith("<!-- care-evidence: new-reports -->\nCompared on 2026-11-26: 4 reports are on CQC’s list")
    assert f"- `Thirdtown`: `{LIST}/thirdtown-0326`\n- `Anytown`: `{LIST}/anytown-0126`\n" in body


def test_a_list_on_this_machine_stands_for_cqcs(
    cqc: Server, tree: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In a rehearsal what is in the collection by CQC's address is here, and what is not is named by CQC's, too."""
    monkeypatch.setattr(watching, "import_apart", apart.import_apart)
    cqc.items = [KNOWN, [("anytown-0126", "Anytown")]]
    result = evidence(tree, "reports", "--list", f"{cqc.base}{PLACE}", "--into", str(tmp_path / "notice"))
    assert result.exit_code == 0, result.output
    assert "3 reports are on the list, 1 of them not here" in result.output
    assert f"- `Anytown`: `{LIST}/anytown-0126`" in (tmp_path / "notice/issue.md").read_text("utf-8")


def test_a_list_without_end_is_left(cqc: Server, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list that goes on and on is no list, and nothing is concluded from it."""
    monkeypatch.setattr(whole_list, "MOST_PAGES", 1)
    cqc.items = [KNOWN, KNOWN]
    result = evidence(tree, "reports")
    assert result.exit_code == 1
    assert "it goes on for more than 1 pages" in result.output


def test_data_that_cannot_be_understood_are_not_compared(cqc: Server, tree: Path) -> None:
    """Nothing is asked of CQC's site while the collection itself cannot be understood."""
    (tree / "data/framework.yml").write_text(": :\n")
    result = evidence(tree, "reports")
    assert result.exit_code == 1
    assert f"the collection cannot be understood: 'evidence --root {tree} check' says why" in result.output
    assert cqc.asked == []


def test_a_library_that_is_missing_is_told(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is installed that can ask a site, the line says what to run."""

    def missing(_kind: str, _data: bytes) -> Imported:
        raise apart.NotInstalledError("urllib3")

    monkeypatch.setattr(watching, "import_apart", missing)
    result = evidence(tree, "reports")
    assert result.exit_code == 1
    assert "asking a site needs a library that is not installed (urllib3): run make watch" in result.output


def test_an_earlier_notice_is_not_written_over(cqc: Server, tree: Path, tmp_path: Path) -> None:
    """The folder for the notice must not be there, so that an old notice is never taken for a new one."""
    cqc.items = [KNOWN, []]
    result = evidence(tree, "reports", "--into", str(tmp_path))
    assert result.exit_code == 2
    assert "is there already: remove it, or give another folder with --into" in result.output
    assert not (tmp_path / "marker.txt").exists()


def test_nothing_new_closes_the_notice(cqc: Server, tree: Path, tmp_path: Path) -> None:
    """When all of the list is here, only the marker is left, by which an open notice is closed."""
    cqc.items = [KNOWN, []]
    into = tmp_path / "notice"
    assert evidence(tree, "reports", "--into", str(into)).exit_code == 0
    assert [file.name for file in into.iterdir()] == ["marker.txt"]


def test_a_report_without_recorded_address_is_known(cqc: Server, tree: Path) -> None:
    """A report whose address is not recorded here is known by its authority and month."""
    cqc.items = [KNOWN, []]
    file = tree / OTHERSHIRE
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith("source:")), "utf-8")
    assert evidence(tree, "reports").output == "2 reports are on the list, 0 of them not here\n"
    shutil.rmtree(tree / "data/reports/othershire-2025-02")
    assert "1 report is on CQC’s list" in evidence(tree, "reports").output


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([[], []], "no report is on the list: its layout has changed, or it is another page"),
        ([[("thirdtown-0326", "Thirdtown")], []], "only 0 of the 2 reports that are known to be on the list were seen"),
    ],
)
def test_an_impossible_list_is_no_news(cqc: Server, tree: Path, items: list[list[tuple[str, str]]], said: str) -> None:
    """A list that lacks what is known to be on it is a failure, not a list of new reports."""
    cqc.items = items
    result = evidence(tree, "reports")
    assert result.exit_code == 1
    assert said in result.stderr


@pytest.mark.parametrize("status", [404, 500, 403])
def test_a_list_that_does_not_answer_is_told(cqc: Server, tree: Path, status: int) -> None:
    """A fault while reading the list is one line and a failure."""
    cqc.answers[PLACE] = status
    result = evidence(tree, "reports")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {LIST} cannot be read: the site answered {status}")


def test_hostile_names_on_the_list_are_words(cqc: Server, tree: Path) -> None:
    """What the site calls a report appears in the notice as code only."""
    evil = "@everyone #1 &lt;img src=x onerror=alert(1)&gt; [x](javascript:alert(1)) `code`"
    cqc.items = [KNOWN, [("thirdtown-0326", evil)]]
    body = evidence(tree, "reports").output
    made = list(tokens(body[body.index("Compared") :]))
    assert not any("html" in token.type or token.type in ("image", "link_open") for token in made)
    assert not any("@" in token.content for token in made if token.type == "text")
    assert "@everyone #1 <img" in body


def test_addresses_are_asked_for(cqc: Server, tree: Path, tmp_path: Path) -> None:
    """A page that is gone, one that moved and one that answers are told apart, each with the day it last answered."""
    cqc.answers[f"{PLACE}/anytown-0125"] = 404
    before = tmp_path / "before.md"
    before.write_text(f"- `{LIST}/anytown-0125` last answered 2026-11-19\n", "utf-8")
    into = tmp_path / "notice"
    result = evidence(tree, "addresses", "--before", str(before), "--into", str(into), "--date", "2026-11-26")
    assert result.exit_code == 0, result.output
    body = (into / "issue.md").read_text("utf-8")
    assert (into / "title.txt").read_text("utf-8") == "CQC’s pages: 1 of 2 answered on 2026-11-26\n"
    assert "### Gone" in body
    assert (
        f"- `anytown-2025-01` `{LIST}/anytown-0125`: `the site answered 404 (not found)`; last answered 2026-11-19"
        in body
    )
    assert last_answers(body) == {f"{LIST}/anytown-0125": "2026-11-19", f"{LIST}/othershire-0225": "2026-11-26"}


def test_withdrawn_reports_are_not_asked_for(cqc: Server, tree: Path) -> None:
    """Nobody expects an answer from the page of a report that CQC has withdrawn."""
    cqc.answers[f"{PLACE}/anytown-0125"] = 404
    with (tree / ANYTOWN).open("a", encoding="utf-8") as file:
        file.write(f"events:\n{WITHDRAWN}")
    body = evidence(tree, "addresses", "--date", "2026-11-26").output
    assert "1 of 1 answered" in body
    assert "anytown" not in body


def test_moved_pages_are_told(cqc: Server, tree: Path) -> None:
    """A page that leads to another address is named with that address."""
    cqc.moved[f"{PLACE}/anytown-0125"] = f"{PLACE}/anytown-council-0125"
    body = evidence(tree, "addresses", "--date", "2026-11-26").output
    assert "### Moved" in body
    assert f"- `anytown-2025-01` `{LIST}/anytown-0125`: `{LIST}/anytown-council-0125`" in body


def test_a_fault_of_the_network_is_not_taken_for_gone(cqc: Server, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that could not be reached, or a busy site, is told as such, and keeps the day when it last answered."""

    def broken(kind: str, data: bytes) -> Imported:
        if b"anytown" in data:
            raise UnreadableError("EV706", "the site does not answer", "try again")
        return cqc.ask(kind, data)

    monkeypatch.setattr(watching, "import_apart", broken)
    body = evidence(tree, "addresses", "--date", "2026-11-26").output
    assert "### Gone" not in body
    assert f"- `anytown-2025-01` `{LIST}/anytown-0125`: `the site does not answer`; never seen to answer" in body


def test_no_network_at_all_concludes_nothing(cqc: Server, tree: Path, tmp_path: Path) -> None:
    """When nothing answers, that is a failure in one line, and no notice takes the place of the last."""
    cqc.answers = {f"{PLACE}/anytown-0125": 403, f"{PLACE}/othershire-0225": 403}
    into = tmp_path / "notice"
    result = evidence(tree, "addresses", "--into", str(into))
    assert result.exit_code == 1
    assert "none of 2 pages could be reached (the site answered 403 (forbidden)); nothing is concluded" in result.stderr
    assert not into.exists()


class Site:
    """CQC's site as a command finds it whose clock is this one: each request takes as long as it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, seconds: float, what: str = "") -> None:
        self.now = 0.0
        self.seconds = seconds
        self.silent: Callable[[str], str] = lambda address: what
        """Address to what went wrong with it, empty where it answers."""
        self.asked: list[str] = []
        monkeypatch.setattr(watching, "time", SimpleNamespace(monotonic=lambda: self.now, sleep=self.sleep))
        monkeypatch.setattr(watching, "import_apart", self.ask)

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds

    def ask(self, kind: str, data: bytes) -> Imported:
        """Answer a request, or be silent."""
        address = data.decode()
        self.asked.append(address)
        self.now += self.seconds
        if what := self.silent(address):
            raise UnreadableError("EV706", what, "try again")
        links = ((f"{LIST}?page={len(self.asked)}", "more"), (f"{LIST}/anytown-{len(self.asked)}", "Anytown"))
        return Imported("html", "", address=address, links=links)


@pytest.fixture
def many(tree: Path) -> Path:
    """The collection with reports of thirty more addresses."""
    words = (tree / OTHERSHIRE).read_text("utf-8").replace("othershire-0225", "othershire-0225{}")
    for number in range(30):
        month = f"20{30 + number}-02"
        file = tree / f"data/reports/othershire-{month}/report.yml"
        file.parent.mkdir()
        file.write_text(words.format(number).replace('published: "2025-02', f'published: "{month}'), "utf-8")
    return tree


def test_a_slow_site_is_not_asked_for_longer_than_there_is_time(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the time is over, the rest is not asked for: the notice says how many, and keeps what was known of them."""
    site = Site(monkeypatch, seconds=119)
    monkeypatch.setattr(watching, "PAUSE", 1)
    before = tmp_path / "before.md"
    before.write_text(f"- `{LIST}/anytown-0125` last answered 2026-11-19\n", "utf-8")
    result = evidence(many, "addresses", "--before", str(before), "--date", "2026-11-26")
    assert result.exit_code == 0, result.output
    assert len(site.asked) == 11
    assert site.now <= watching.BUDGET + apart.LONGEST
    title = "CQC’s pages: 11 of 11 answered on 2026-11-26, 21 were not asked for"
    assert title in result.stdout
    why = "21 more were not asked for, because asking took longer than 20 minutes: nothing is concluded about them."
    assert f"Asked on 2026-11-26: 11 of 11 addresses of CQC’s pages answered. {why}\n" in result.stdout
    days = last_answers(result.stdout)
    assert days.pop(f"{LIST}/anytown-0125") == "2026-11-19"
    assert days == dict.fromkeys(site.asked, "2026-11-26")


def test_what_was_not_asked_for_comes_first_the_next_time(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Week by week every address has its turn, however few there is time for."""
    site = Site(monkeypatch, seconds=119)
    first = evidence(many, "addresses", "--date", "2026-11-26")
    asked = set(site.asked)
    for day in ("2026-12-03", "2026-12-10"):
        (many / "before.md").write_text(first.stdout, "utf-8")
        site.now, site.asked = 0.0, []
        first = evidence(many, "addresses", "--before", str(many / "before.md"), "--date", day)
        asked |= set(site.asked)
    assert len(asked) == 32


def test_a_silent_site_ends_the_asking_early(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When nothing comes from several addresses in a row, that is said at once, and nothing is concluded."""
    site = Site(monkeypatch, seconds=40, what="the site does not answer")
    result = evidence(many, "addresses")
    assert result.exit_code == 1
    assert len(site.asked) == watching.MOST_SILENT
    said = (
        "none of 5 pages could be reached (the site does not answer), 27 more were not asked for; nothing is concluded"
    )
    assert said in result.stderr


def test_a_site_that_falls_silent_is_told(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What had answered before is in the notice; a page here and there that is silent does not end the asking."""
    site = Site(monkeypatch, seconds=40)
    site.silent = lambda address: "the site stopped answering" if len(site.asked) > 6 or len(site.asked) % 2 else ""
    result = evidence(many, "addresses", "--date", "2026-11-26")
    assert result.exit_code == 0
    assert len(site.asked) == 11
    assert "3 of 11 addresses of CQC’s pages answered. 21 more were not asked for, because nothing came from 5 " in (
        result.stdout
    )


@pytest.mark.parametrize("what", ["the site answered 403 (forbidden)", "it leads to another site, 'example.org'"])
def test_a_site_that_refuses_is_not_silent(many: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """A site that says no says something: all of it is asked for."""
    site = Site(monkeypatch, seconds=1, what=what)
    assert f"none of 32 pages could be reached ({what}); nothing is concluded" in evidence(many, "addresses").stderr
    assert len(site.asked) == 32


def test_a_slow_list_is_given_up(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list, too, is read for as long as there is time."""
    site = Site(monkeypatch, seconds=119)
    result = evidence(tree, "reports")
    assert result.exit_code == 1
    assert "reading it takes longer than 20 minutes; nothing is concluded" in result.stderr
    assert site.now <= watching.BUDGET + apart.LONGEST


def test_the_job_outlives_the_asking() -> None:
    """The job's own limit leaves five minutes and more for installing and for the last address."""
    job = yaml.safe_load((ROOT / ".github/workflows/watch.yml").read_text("utf-8"))["jobs"]["look"]
    assert job["timeout-minutes"] * 60 >= watching.BUDGET + apart.LONGEST + 5 * 60


def test_only_reports_of_the_list_count() -> None:
    """Links elsewhere, to the list itself and below a report are no reports; further pages of the list are followed."""
    links = [
        (f"{LIST}/anytown-0125", "Anytown"),
        (f"{LIST}/anytown-0125/", ""),
        (f"{LIST}/anytown-0125#top", "Read more"),
        (f"{LIST}/anytown-0125/equity", "Equity"),
        (f"{LIST}?page=2", "3"),
        (f"{LIST}?page=2&x=1", "3"),
        (LIST, "Reports"),
        ("https://evil.example/care-services/local-authority-assessment-reports/x-0125", "X"),
        ("javascript:alert(1)", "X"),
    ]
    reports, pages = listed_reports(LIST, links)
    assert [(each.address, each.words) for each in reports] == [(f"{LIST}/anytown-0125", "Anytown")]
    assert pages == (f"{LIST}?page=2",)


@pytest.mark.parametrize("command", ["reports", "addresses"])
def test_a_day_that_is_none_is_refused_before_anything_is_asked(tree: Path, command: str) -> None:
    """A date that does not exist ends the command at once, with status 2."""
    result = evidence(tree, command, "--date", "2025-99-99")
    assert result.exit_code == 2
    assert "--date must be a day like 2026-11-26 (got '2025-99-99')" in result.output
