"""Collecting every report of a CQC on this machine: all of it arrives, politely, and no trouble loses anything."""

from __future__ import annotations

import csv
import errno
import hashlib
import html
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from click.testing import CliRunner, Result

from build_scripts.commands import collect as collecting
from build_scripts.commands import over_the_list
from build_scripts.commands.main import main
from build_scripts.disk import answers
from build_scripts.disk.write import replace_file
from build_scripts.pages import render_pages
from build_scripts.pipeline import UNDERSTANDING
from tests.helpers.cqc import PLACE, SITE, TOWNS, Up, cqc_of, invented_files, invented_report, serving_cqc
from tests.helpers.events import REGRADED, WITHDRAWN
from tests.helpers.patience import PATIENCE
from tests.helpers.projects import ROOT, run_project
from tests.helpers.served import Answer
from tests.helpers.strategies import FRAMEWORK

FILES = invented_files()
NAMES = dict(row.split(",")[:2] for row in FILES["data/authorities.csv"].splitlines()[1:])
ANYTOWN = "data/reports/anytown-2025-03"
REPORTS = sorted({path.split("/")[2] for path in FILES if path.startswith("data/reports/")})
NEEDS = f"{PLACE}/anytown-0325/theme1/needs"
EQUITY = f"{PLACE}/anytown-0325/theme1/equity"


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a page that is busy be asked for again at once."""
    monkeypatch.setattr("build_scripts.contribute.importers.asking.time.sleep", lambda seconds: None)


@pytest.fixture
def up() -> Iterator[Up]:
    """A CQC with a report on each of six invented authorities, in three styles of address."""
    with serving_cqc(cqc_of(FILES, FRAMEWORK, NAMES)) as site:
        yield site


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A project that has the words and the facts, and no report."""
    return project(tmp_path / "project")


def project(root: Path) -> Path:
    """Write a project without reports."""
    for path, text in {**FILES, "docs/index.md": ""}.items():
        if "/reports/" not in path:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, "utf-8")
    return root


def collect(root: Path, up: Up, *options: str) -> Result:
    """Run the command; a traceback is a failure of the test."""
    given = ["--root", str(root), "collect", "--list", up.list, "--pause", "0", *options]
    result = CliRunner().invoke(main, given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def written(root: Path) -> dict[str, bytes]:
    """Return the collection as it is."""
    files = sorted((root / "data").rglob("*"))
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files if file.is_file()}


def words(text: str | bytes) -> list[str]:
    """Return the words in order."""
    return (text if isinstance(text, str) else text.decode()).split()


def aside(root: Path, name: str) -> str:
    """Return what is said of a report that was put aside."""
    return (root / "collected" / "aside" / name / "problems.txt").read_text("utf-8")


def test_all_of_it_arrives(up: Up, tree: Path) -> None:
    """Every text comes in word for word, with facts, the address of each page, its day and its hash; all is well."""
    result = collect(tree, up)
    assert result.exit_code == 0, result.output
    assert "anytown-2025-03: new, 9 texts\n" in result.output
    assert "    6 new\n" in result.output
    assert "   54 texts written\n" in result.output
    here = written(tree)
    for path, text in FILES.items():
        if path.endswith(".txt"):
            assert words(here[path]) == words(text), path
    facts = yaml.safe_load(here[f"{ANYTOWN}/report.yml"])
    assert {**facts, **yaml.safe_load(FILES[f"{ANYTOWN}/report.yml"])} == facts
    assert facts["source"] == f"{SITE}{PLACE}/anytown-0325"
    page = facts["pages"]["assessing-needs"]
    assert page["address"] == f"{SITE}{NEEDS}"
    assert page["sha256"] == hashlib.sha256(up.cqc.pages[NEEDS].encode()).hexdigest()
    assert run_project(tree).problems == ()
    assert f"{SITE}{PLACE}/Cliffham1/theme3/safeguarding" in here["data/reports/cliffham-2025-05/report.yml"].decode()
    assert "bayside-0425-theme1-needs" in here["data/reports/bayside-2025-04/report.yml"].decode()


def test_a_text_leads_to_its_own_page(up: Up, tree: Path) -> None:
    """The page of a collected text links CQC's own page of that statement, and says when that was taken over."""
    collect(tree, up)
    made = render_pages(run_project(tree, UNDERSTANDING).collection)
    page = made["reports/anytown-2025-03/assessing-needs/index.md"].decode()
    assert f'<a href="{SITE}{NEEDS}">This section on CQC’s website</a>' in html.unescape(page)


def test_it_is_polite(up: Up, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """robots.txt comes first, one page is asked for at a time and once, and the site learns who asks."""
    monkeypatch.setenv("REPO_URL", "https://example.org/evidence")
    collect(tree, up)
    assert up.cqc.asked[:2] == ["/robots.txt", PLACE]
    assert len(set(up.cqc.asked)) == len(up.cqc.asked) == 2 + 6 * 11
    assert up.cqc.together == 1
    (agent,) = up.cqc.agents
    assert agent.startswith("care-evidence-explorer/")
    assert "(+https://example.org/evidence; " in agent


def test_nothing_is_sent_twice(up: Up, tree: Path) -> None:
    """The next run asks whether the pages it has still hold; nothing is sent, read anew or written again."""
    collect(tree, up)
    before = written(tree)
    asked = len(up.cqc.asked)
    result = collect(tree, up)
    assert result.exit_code == 0
    assert "    6 nothing new\n" in result.output
    assert set(up.cqc.asked[asked:]) - set(up.cqc.unchanged) == {"/robots.txt"}
    assert written(tree) == before


def test_offline_nothing_is_asked_for(up: Up, tree: Path) -> None:
    """With what is kept alone the same collection is made again; what is not kept is told."""
    collect(tree, up)
    before, asked = written(tree), len(up.cqc.asked)
    for file in sorted((tree / "data/reports").rglob("*.*")):
        file.unlink()
    result = collect(tree, up, "--offline")
    assert (result.exit_code, len(up.cqc.asked)) == (0, asked), result.output
    assert written(tree) == before
    for file in (tree / "collected").rglob("*anytown-0325-theme1-needs*"):
        file.unlink()
    result = collect(tree, up, "--offline")
    assert result.exit_code == 1
    assert "it is not among the answers that are kept" in aside(tree, "anytown-2025-03")


def run_apart(root: Path, up: Up) -> subprocess.Popen[bytes]:
    """Start the command as a program of its own."""
    command = [sys.executable, "-m", "build_scripts", "--root", str(root), "collect", "--list", up.list, "--pause", "0"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def stopped_at(root: Path, up: Up, request: int, stop: signal.Signals) -> tuple[int, str]:
    """Run the command until a request of this number comes, stop it then, and return its status and what it said."""
    seen = 0

    def counting() -> None:
        nonlocal seen
        seen += 1
        if seen == request:
            os.kill(process.pid, stop)

    up.cqc.before = counting
    process = run_apart(root, up)
    said, _ = process.communicate(timeout=PATIENCE)
    up.cqc.before = lambda: None
    return process.returncode, said.decode()


@pytest.mark.parametrize("request_number", [17, *(pytest.param(each, marks=pytest.mark.soak) for each in (1, 3, 60))])
def test_a_killed_run_is_gone_on_with(up: Up, tmp_path: Path, request_number: int) -> None:
    """Killed at any page, the next run asks for nothing that had come, and ends in the same bytes as a whole one."""
    whole, cut = project(tmp_path / "whole"), project(tmp_path / "cut")
    collect(whole, up)
    up.cqc.asked.clear()
    status, _ = stopped_at(cut, up, request_number, signal.SIGKILL)
    assert status == -signal.SIGKILL
    for folder in (cut / "data").glob("reports/*"):
        assert len(list(folder.iterdir())) == 10 or folder.name.startswith("."), "half a report"
    came = up.cqc.asked[1 : request_number - 1]
    up.cqc.asked.clear()
    assert collect(cut, up).exit_code == 0
    assert not set(came) & set(up.cqc.asked)
    assert written(cut) == written(whole)


def test_an_interrupted_run_says_how_far_it_came(up: Up, tree: Path) -> None:
    """Ctrl-C ends a run in good order: what is done stays, and the table says what is left."""
    status, said = stopped_at(tree, up, 30, signal.SIGINT)
    assert status == 3, said
    assert "Stopped: it was interrupted. The next run goes on from here\n" in said
    assert "Traceback" not in said
    assert json.loads((tree / "collected/summary.json").read_text())["left"] == 4
    assert sorted(each.name for each in (tree / "data/reports").iterdir()) == ["anytown-2025-03", "bayside-2025-04"]


def test_two_runs_cannot_meet(up: Up, tree: Path) -> None:
    """While one run holds the folder, another says so and does nothing."""
    with answers.alone(tree):
        result = collect(tree, up)
    assert result.exit_code == 3
    assert result.stderr.endswith("Error: another run is collecting at this moment: wait until it has ended\n")
    assert up.cqc.asked == []


def test_a_full_disk_is_told(up: Up, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When nothing can be kept any more, one line says what to do; the next run goes on, and nothing is half there."""
    write, left = replace_file, 20

    def full(file: Path, data: bytes) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(errno.ENOSPC, "No space left on device", str(file))
        write(file, data)

    with monkeypatch.context() as patched:
        patched.setattr(answers, "replace_file", full)
        result = collect(tree, up)
    assert result.exit_code == 3
    assert "No space left on device: free some space, and run it again; it goes on where it stopped\n" in result.stderr
    asked = set(up.cqc.asked[:-1]) - {"/robots.txt"}
    up.cqc.asked.clear()
    assert collect(tree, up).exit_code == 0
    assert not asked & set(up.cqc.asked)


LOGIN = b"<!doctype html><title>Log in</title><main><h1>Log in</h1><form><input name=user></form></main>"
OTHER = b"<!doctype html><title>Anytown</title><main><h1>Anytown</h1><div>All about equity, told anew.</div></main>"

FAULTS: Mapping[str, tuple[Answer, str]] = {
    "busy-for-ever": (Answer(status=503), "EV706 the site answered 503 (service unavailable)"),
    "gone": (Answer(status=404), "EV706 the site answered 404 (not found)"),
    "forbidden": (Answer(status=403), "EV706 the site answered 403 (forbidden)"),
    "broken-off": (Answer(b"x", headers={"Content-Length": "9"}), "EV706 the answer broke off"),
    "moved-away": (
        Answer(status=302, headers={"Location": "http://127.0.0.2:9/"}),
        "EV706 it leads to another site, '127.0.0.2:9'",
    ),
    "login-page": (Answer(LOGIN), "EV707 nothing in it is the text of a quality statement. It calls itself 'Log in'"),
    "empty-page": (Answer(b"", headers={"Content-Length": "0"}), "EV704 there is nothing in it"),
    "changed-layout": (
        Answer(OTHER),
        "EV707 nothing in it is the text of a quality statement. It calls itself 'Anytown'",
    ),
}


def test_a_page_with_a_fault_costs_itself_only(up: Up, tree: Path) -> None:
    """A statement's page that cannot be had is put aside with the reason; all else arrives, and the next run has it."""
    of_statement = {name: [path for path in up.cqc.pages if path.endswith(name)] for name in ("equity", "needs")}
    paths = [*of_statement["equity"], *of_statement["needs"]][: len(FAULTS)]
    lost = [f"data/reports/{id}/equity.txt" for id in REPORTS]
    lost = [*lost, *(f"data/reports/{id}/assessing-needs.txt" for id in REPORTS)][: len(FAULTS)]
    for path, (answer, _) in zip(paths, FAULTS.values(), strict=True):
        up.cqc.instead[path] = answer
    result = collect(tree, up)
    assert result.exit_code == 1, result.output
    assert "cliffham-2025-05: put aside, 8 texts, put aside equity: " in result.output
    for path, file, (_, said) in zip(paths, lost, FAULTS.values(), strict=True):
        assert f"{SITE}{path}:1: {said}\n" in aside(tree, file.split("/")[2])
    here = {path for path in written(tree) if path.startswith("data/reports/")}
    assert here == {path for path in FILES if path.startswith("data/reports/")} - {*lost}
    up.cqc.instead.clear()
    result = collect(tree, up)
    assert (result.exit_code, "cliffham-2025-05: more texts, 1 text\n" in result.output) == (0, True), result.output
    assert not [*(tree / "collected/aside").glob("*")]
    for file in lost:
        assert words(written(tree)[file]) == words(FILES[file])


def test_what_passes_by_itself_is_no_fault(up: Up, tree: Path) -> None:
    """A page that is busy at first, slow or moved within the site is read, and known by the address it has now."""
    page = up.cqc.pages[EQUITY].encode()
    up.cqc.instead[EQUITY] = Answer(status=301, headers={"Location": f"{EQUITY}-new"})
    up.cqc.pages[f"{EQUITY}-new"] = page.decode()
    up.cqc.instead[NEEDS] = Answer(up.cqc.pages[NEEDS].encode(), faults=2, pieces=3, pause=0.05)
    assert collect(tree, up).exit_code == 0
    assert f'    address: "{SITE}{EQUITY}-new"\n' in written(tree)[f"{ANYTOWN}/report.yml"].decode()
    assert up.cqc.asked.count(NEEDS) == 3


def test_a_site_that_refuses_is_left_alone(up: Up, tree: Path) -> None:
    """After five pages in a row that were refused, nothing more is asked for, and the run says so."""
    for path in up.cqc.pages:
        up.cqc.instead[path] = Answer(status=403)
    result = collect(tree, up)
    assert result.exit_code == 3
    last = "the last because the site answered 403 (forbidden). The next run goes on from here\n"
    assert f"Stopped: 5 pages in a row could not be had, {last}" in result.output
    assert len(up.cqc.asked) == 2 + 5
    assert "Error" not in result.output


def test_a_site_that_asks_for_a_long_pause_gets_it(up: Up, tree: Path) -> None:
    """Where Retry-After asks for longer than a run can wait, the run ends and says for how long."""
    up.cqc.instead[NEEDS] = Answer(status=429, headers={"Retry-After": "7200"})
    result = collect(tree, up)
    assert result.exit_code == 3
    said = "the site answered 429 (too many requests) and asks to be left alone for 120 minutes: run it again then"
    assert f"Stopped: {said}. " in result.output
    assert up.cqc.asked.count(NEEDS) == 1


@pytest.mark.parametrize(
    ("robots", "status", "said"),
    [
        (f"User-agent: *\nDisallow: {PLACE}\n", 200, "robots.txt asks that this page is not fetched by programs"),
        (
            "User-agent: care-evidence-explorer\nDisallow: /*-reports$\n",
            200,
            "robots.txt asks that this page is not fetched",
        ),
        ("", 503, "robots.txt cannot be read (the site answered 503 (service unavailable)), so nothing is asked for"),
    ],
)
def test_robots_txt_is_obeyed(up: Up, tree: Path, robots: str, status: int, said: str) -> None:
    """What robots.txt forbids, with wildcards as well, is not asked for; one that cannot be read forbids all."""
    up.cqc.robots = robots
    if status != 200:
        up.cqc.instead["/robots.txt"] = Answer(status=status)
    result = collect(tree, up)
    assert result.exit_code == 3
    assert f"Stopped: the list cannot be read: the site's {said}" in result.output or said in result.output
    assert set(up.cqc.asked) <= {"/robots.txt", PLACE}


def test_a_list_that_cannot_be_right_concludes_nothing(up: Up, tree: Path) -> None:
    """A list without reports, as after a change of layout, is told; nothing is taken for gone, and it is asked anew."""
    collect(tree, up)
    up.cqc.instead[PLACE] = Answer(OTHER)
    result = collect(tree, up)
    assert result.exit_code == 3
    assert "Stopped: https://www.cqc.org.uk" in result.output
    assert "no report is on the list: its layout has changed, or it is another page\n" in result.output
    up.cqc.instead.clear()
    assert collect(tree, up).exit_code == 0


def test_a_text_that_cqc_changed_is_shown_and_not_taken(up: Up, tree: Path) -> None:
    """What differs is told in words, with the links that would change; --replace takes it, and no link is lost."""
    collect(tree, up)
    before = written(tree)
    up.cqc.pages[NEEDS] = up.cqc.pages[NEEDS].replace("Nobody was turned away.", "Hardly anybody was turned away.")
    result = collect(tree, up, "--changed")
    assert result.exit_code == 1
    assert "anytown-2025-03: differs from the text here\n" in result.output
    assert written(tree) == before
    folder = tree / "collected/aside/anytown-2025-03"
    assert "1 passage new or reworded, 1 gone" in (folder / "difference.md").read_text("utf-8")
    (row,) = csv.reader((folder / "redirects.csv").read_text("utf-8").splitlines())
    assert [re.sub("[0-9a-f]{8}", "…", each) for each in row[:3]] == [
        "anytown-2025-03/assessing-needs/p-…",
        "anytown-2025-03/assessing-needs/p-…",
        "the wording changed",
    ]
    assert b"Hardly anybody" in (folder / "assessing-needs.txt").read_bytes()
    result = collect(tree, up, "--changed", "--replace")
    assert (result.exit_code, "anytown-2025-03: text replaced, 1 text\n" in result.output) == (0, True), result.output
    after = written(tree)
    assert {path for path in after if after[path] != before.get(path)} == {
        f"{ANYTOWN}/assessing-needs.txt",
        f"{ANYTOWN}/report.yml",
        "data/redirects.csv",
    }
    assert ",".join(row) in after["data/redirects.csv"].decode()
    assert run_project(tree).problems == ()
    assert collect(tree, up, "--replace").exit_code == 0
    assert written(tree) == after


def test_a_replacement_that_was_killed_between_its_steps_is_gone_on_with(up: Up, tree: Path) -> None:
    """Where the rows of redirects are written and the text is not yet, the next run takes the text and no row twice."""
    collect(tree, up)
    up.cqc.pages[NEEDS] = up.cqc.pages[NEEDS].replace("Nobody was turned away.", "Hardly anybody was turned away.")
    before = written(tree)
    collect(tree, up, "--replace")
    after = written(tree)
    for path in (f"{ANYTOWN}/assessing-needs.txt", f"{ANYTOWN}/report.yml"):
        (tree / path).write_bytes(before[path])
    assert collect(tree, up, "--replace").exit_code == 0
    assert written(tree) == after


def test_other_scores_are_no_new_text(up: Up, tree: Path) -> None:
    """A report that was regraded is put aside, whole, until report.yml says so; its texts keep the scores they had."""
    collect(tree, up)
    before = written(tree)
    summary = f"{PLACE}/anytown-0325/summary"
    up.cqc.pages[summary] = up.cqc.pages[summary].replace("<p>Score: 2</p>", "<p>Score: 3</p>", 1)
    result = collect(tree, up)
    assert (result.exit_code, written(tree)) == (1, before)
    assert "EV403 it gives assessing-needs the score 3, but" in aside(tree, "anytown-2025-03")
    happened = REGRADED.replace("73", "64").replace("equity: 2", "assessing-needs: 2")
    facts = (tree / ANYTOWN / "report.yml").read_text("utf-8").replace("percentage: 64", "percentage: 67")
    facts = facts.replace("assessing-needs: 2", "assessing-needs: 3", 1) + f"events:\n{happened}"
    (tree / ANYTOWN / "report.yml").write_text(facts, "utf-8")
    result = collect(tree, up, "--authority", "anytown")
    assert (result.exit_code, "anytown-2025-03: nothing new" in result.output) == (0, True), result.output


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("10 March 2025", "10 March 2024", "names the month 2025-03, but the report was published 2024-03-10"),
        ("10 March 2025", "10 March 2023", "EV713 it says that it was published 2023-03-10, before any report"),
        ("Anytown", "Bathshire", "EV506 the text names 'Bathshire Council' but report.yml says 'anytown'"),
        (
            "<p>Score: 3</p>",
            "",
            "EV712 anytown-2025-03 is not in the collection, and a new report needs its nine scores",
        ),
    ],
)
def test_what_only_a_person_can_judge_is_put_aside(up: Up, tree: Path, old: str, new: str, said: str) -> None:
    """Of a report with a wrong year, an unknown name or a missing fact nothing is written, and the reason is told."""
    for path in up.cqc.pages:
        if "anytown" in path:
            up.cqc.pages[path] = up.cqc.pages[path].replace(old, new)
            if not new:
                up.cqc.pages[path] = re.sub(r"<p>\d - Evidence.*?</p>", "", up.cqc.pages[path])
    result = collect(tree, up)
    assert result.exit_code == 1, result.output
    (folder,) = (tree / "collected/aside").iterdir()
    assert said in (folder / "problems.txt").read_text("utf-8")
    assert not [path for path in written(tree) if "anytown" in path]
    assert "    5 new\n" in result.output


def test_two_reports_of_one_authority(up: Up, tree: Path) -> None:
    """A second assessment is a report of its own beside the first."""
    again = {
        path: text.replace("harbour", "lifeboat") for path, text in invented_report("anytown", "2026-09-01").items()
    }
    files = {path.rpartition("/")[2]: text for path, text in again.items()}
    up.cqc.publish("anytown-2026-09", files, "below")
    assert collect(tree, up).exit_code == 0
    assert {f"{ANYTOWN}/equity.txt", "data/reports/anytown-2026-09/equity.txt"} <= written(tree).keys()


def test_a_report_that_left_the_list_is_told(up: Up, tree: Path) -> None:
    """A report whose page is gone, and one that the list does not name any more, are named; nothing is removed."""
    collect(tree, up)
    before = written(tree)
    up.cqc.instead[f"{PLACE}/anytown-0325"] = Answer(status=410)
    result = collect(tree, up)
    assert result.exit_code == 1
    assert "anytown-2025-03: gone from CQC's site" in result.output
    up.cqc.instead.clear()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("build_scripts.review.cqc_list.FEWEST", 0.5)
        up.cqc.listed = up.cqc.listed[1:]
        result = collect(tree, up)
        assert result.exit_code == 1
        assert "anytown-2025-03: gone from CQC's site, report.yml: EV713 CQC's list does not name" in result.output
        assert written(tree) == before
        withdrawal = WITHDRAWN.replace("2025-02-02", "2025-04-02")
        with (tree / ANYTOWN / "report.yml").open("a", encoding="utf-8") as report:
            report.write(f"events:\n{withdrawal}")
        assert collect(tree, up).exit_code == 0  # report.yml says that it was withdrawn
    up.cqc.listed.append((f"{PLACE}/anytown-0325", "Anytown"))
    assert collect(tree, up, "--authority", "anytown").exit_code == 1
    assert "EV713 data/reports/anytown-2025-03/report.yml says that CQC withdrew it" in aside(tree, "anytown-2025-03")


def test_only_what_was_asked_for(up: Up, tree: Path) -> None:
    """Authorities, new reports, reports that are here, and a number of them can be chosen; a trial writes nothing."""

    def names(*options: str) -> list[str]:
        result = collect(tree, up, *options)
        assert result.exit_code == 0, result.output
        return re.findall(r"^([a-z-]+)-20\d\d-\d\d: ", result.stderr, re.MULTILINE)

    assert names("--authority", "bayside", "--authority", "Estuary on Sea", "--dry-run") == [
        "bayside",
        "estuary-on-sea",
    ]
    assert list((tree / "data").glob("reports/*")) == []
    assert names("--authority", "bayside") == ["bayside"]
    assert names("--new", "--limit", "2") == ["anytown", "cliffham"]
    assert names("--changed") == ["anytown", "bayside", "cliffham"]
    assert names("--new") == ["dunesbury", "estuary-on-sea", "fordwick"]
    assert names() == list(TOWNS)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--list", "https://example.org/reports"), "--list must be an address of https://www.cqc.org.uk/"),
        (("--list", "ftp://127.0.0.1/"), "--list must be an address of https://www.cqc.org.uk/"),
        (("--pause", "0.5"), "--pause must be from 1 to 3600 seconds (got 0.5)"),
        (("--authority", "nowhere"), "--authority 'nowhere' is no authority of data/authorities.csv"),
        (("--limit", "0"), "Invalid value for '--limit'"),
        ((), "CQC's site is told who asks: set REPO_URL"),
    ],
)
def test_wrong_use(tree: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], said: str) -> None:
    """What cannot be meant is refused before anything is asked for, with status 2."""
    monkeypatch.delenv("REPO_URL", raising=False)
    result = CliRunner().invoke(main, ["--root", str(tree), "collect", *options])
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())


def test_a_link_in_the_way_is_told(up: Up, tree: Path, tmp_path: Path) -> None:
    """Nothing is written through a link; the other reports arrive."""
    (tree / "data/reports").mkdir()
    (tree / ANYTOWN).symlink_to(tmp_path)
    result = collect(tree, up)
    assert result.exit_code == 1
    assert "EV109 this is a link or a folder" in aside(tree, "anytown-2025-03")
    assert "    5 new\n" in result.output


def test_what_came_of_it_is_told_thrice(up: Up, tree: Path) -> None:
    """The table, the JSON and the Markdown have the same numbers, and name what was put aside and why."""
    up.cqc.instead[EQUITY] = Answer(status=404)
    result = collect(tree, up)
    told = json.loads((tree / "collected/summary.json").read_text("utf-8"))
    assert (told["listed"], told["left"], told["asked"], told["kept"]["files"]) == (6, 0, 68, 67)
    states = [each["state"] for each in told["outcomes"]]
    assert (states.count("new"), states.count("aside")) == (5, 1)
    markdown = (tree / "collected/summary.md").read_text("utf-8")
    told_last = result.stdout[result.stdout.index("6 reports of 6 on the list:") : result.stdout.index("All of this")]
    assert f"```text\n{told_last}```" in markdown
    assert "### `anytown-2025-03`: put aside\n" in markdown
    assert "`EV706 the site answered 404 (not found)`" in markdown


def test_a_library_that_is_missing_is_told(up: Up, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where what reads pages is not installed, the line says what to run."""
    from build_scripts.contribute.importers.apart import NotInstalledError, Reader

    def missing(*_: object) -> None:
        raise NotInstalledError("selectolax")

    monkeypatch.setattr(Reader, "read", missing)
    result = collect(tree, up)
    assert result.exit_code == 3
    assert "reading pages needs a library that is not installed (selectolax): run make collect" in result.stderr


def test_words_that_cannot_be_read_are_told(tree: Path, up: Up) -> None:
    """Nothing is asked for while the project's own words have no sense."""
    (tree / "data/framework.yml").write_text(": :\n")
    result = collect(tree, up)
    assert result.exit_code == 1
    assert "the project's own words cannot be read" in result.stderr
    assert up.cqc.asked == []


def test_the_list_ends(up: Up, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list that goes on and on is no list."""
    monkeypatch.setattr(over_the_list, "MOST_PAGES", 0)
    assert "it goes on for more than 0 pages" in collect(tree, up).output


def test_reports_are_handed_over(up: Up, tree: Path, tmp_path: Path) -> None:
    """For pull requests each new or changed report has its files and a description; data/ stays as it is."""
    collect(tree, up, "--authority", "anytown", "--authority", "bayside")
    up.cqc.pages[NEEDS] = up.cqc.pages[NEEDS].replace("Nobody was turned away.", "Hardly anybody was turned away.")
    up.cqc.instead[f"{PLACE}/Cliffham1"] = Answer(OTHER)
    up.cqc.instead[f"{PLACE}/dunesbury-0625/summary"] = Answer(LOGIN)
    before, into = written(tree), tmp_path / "into"
    result = collect(tree, up, "--into", str(into), "--minutes", "9")
    assert (result.exit_code, written(tree)) == (0, before), result.output
    files = sorted(file.relative_to(into).as_posix() for file in into.rglob("*") if file.is_file())
    assert sorted(each.name for each in (into / "reports").iterdir()) == [
        "anytown-2025-03",
        "dunesbury-2025-06",
        "estuary-on-sea-2025-07",
        "fordwick-2025-08",
    ]
    changed = [path for path in files if path.startswith("reports/anytown")]
    assert changed == [
        "reports/anytown-2025-03/description.md",
        f"reports/anytown-2025-03/files/{ANYTOWN}/assessing-needs.txt",
        f"reports/anytown-2025-03/files/{ANYTOWN}/report.yml",
    ]
    told = (into / "reports/anytown-2025-03/description.md").read_text("utf-8")
    assert "It changes the facts of 1 report; changes 1 text." in told
    assert "The check finds nothing wrong." in told
    assert "### Links that would break" in told
    assert "anytown-2025-03/assessing-needs/p-" in told
    new = (into / "reports/fordwick-2025-08/description.md").read_text("utf-8")
    assert "It adds 1 report; adds 9 texts. The collection then has 3 reports, 27 texts" in new
    put_aside = (into / "reports/dunesbury-2025-06/description.md").read_text("utf-8")
    assert "### Put aside, and not among the files" in put_aside
    layout = (into / "notice-layout/issue.md").read_text("utf-8")
    assert layout.startswith("<!-- care-evidence: layout -->\n")
    assert "Expected: the page of a report with links" in layout
    assert "seen: `Anytown All about equity, told anew.`" in layout
    unread = (into / "notice-unread/issue.md").read_text("utf-8")
    assert unread.startswith("<!-- care-evidence: new-reports -->\n")
    assert "- `Cliffham1` " in unread
    again = collect(tree, up, "--into", str(into))
    assert (again.exit_code, "is there already" in again.output) == (2, True)


def test_when_all_is_well_the_notices_close(up: Up, tree: Path, tmp_path: Path) -> None:
    """Where nothing is left to tell there are markers alone, by which open notices are closed."""
    collect(tree, up)
    collect(tree, up, "--into", str(tmp_path / "into"))
    files = sorted(file.relative_to(tmp_path).as_posix() for file in (tmp_path / "into").rglob("*") if file.is_file())
    assert files == ["into/notice-layout/marker.txt", "into/notice-unread/marker.txt"]


def test_limited_time_looks_at_others_each_week(up: Up, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With limited time new reports come first, then those that are here from a place that moves on each week."""
    collect(tree, up, "--authority", "anytown", "--authority", "bayside", "--authority", "cliffham")
    monkeypatch.setattr(over_the_list, "PLACES_A_WEEK", 1)
    orders = set()
    for week in range(3):
        now = datetime(2026, 11, 2, tzinfo=UTC) + timedelta(weeks=week)
        monkeypatch.setattr(collecting, "datetime", SimpleNamespace(now=lambda zone, now=now: now))
        said = re.findall(r"^([a-z-]+)-20", collect(tree, up, "--minutes", "5", "--dry-run").stderr, re.MULTILINE)
        assert said[:3] == ["dunesbury", "estuary-on-sea", "fordwick"]
        assert sorted(said[3:]) == ["anytown", "bayside", "cliffham"]
        orders.add(said[3])
    assert orders == {"anytown", "bayside", "cliffham"}
    moments = iter(range(0, 10_000, 200))
    monkeypatch.setattr(over_the_list, "time", SimpleNamespace(monotonic=lambda: next(moments)))
    result = collect(tree, up, "--minutes", "5", "--dry-run")
    assert "not come to\n" in result.stdout
