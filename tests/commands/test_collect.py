"""Collecting every report of a CQC on this machine: all of it arrives, politely, and a run that ends is resumed."""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from click.testing import CliRunner

from build_scripts.commands import collect as collecting
from build_scripts.commands import over_the_list
from build_scripts.commands.main import main
from build_scripts.disk import answers
from build_scripts.pages import render_pages
from build_scripts.pipeline import UNDERSTANDING
from tests.helpers.collecting import (
    ANYTOWN,
    EQUITY,
    FILES,
    NEEDS,
    aside,
    collect,
    project,
    undated,
    words,
    written,
)
from tests.helpers.cqc import PLACE, SITE, TOWNS, Up, invented_report
from tests.helpers.patience import PATIENCE
from tests.helpers.projects import ROOT, run_project
from tests.helpers.served import Answer


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
    assert f'<a class="cqc" href="{SITE}{NEEDS}">This section on CQC’s website</a>' in html.unescape(page)


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
    assert undated(cut) == undated(whole)


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


def test_two_reports_of_one_authority(up: Up, tree: Path) -> None:
    """A second assessment is a report of its own beside the first."""
    again = {
        path: text.replace("harbour", "lifeboat") for path, text in invented_report("anytown", "2026-09-01").items()
    }
    files = {path.rpartition("/")[2]: text for path, text in again.items()}
    up.cqc.publish("anytown-2026-09", files, "below")
    assert collect(tree, up).exit_code == 0
    assert {f"{ANYTOWN}/equity.txt", "data/reports/anytown-2026-09/equity.txt"} <= written(tree).keys()


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
