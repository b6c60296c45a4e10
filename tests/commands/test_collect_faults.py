"""Collecting where something is wrong, at CQC's or here: it costs itself only, is told, and the next run goes on."""

from __future__ import annotations

import errno
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from build_scripts.commands import whole_list
from build_scripts.disk import answers
from build_scripts.disk.write import replace_file
from tests.helpers.collecting import (
    ANYTOWN,
    EQUITY,
    FILES,
    LOGIN,
    NEEDS,
    OTHER,
    REPORTS,
    aside,
    collect,
    words,
    written,
)
from tests.helpers.cqc import PLACE, SITE, Up
from tests.helpers.served import Answer


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
    assert (result.exit_code, "cliffham-2025-05: added to, 1 text\n" in result.output) == (0, True), result.output
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


def test_a_link_in_the_way_is_told(up: Up, tree: Path, tmp_path: Path) -> None:
    """Nothing is written through a link; the other reports arrive."""
    (tree / "data/reports").mkdir()
    (tree / ANYTOWN).symlink_to(tmp_path)
    result = collect(tree, up)
    assert result.exit_code == 1
    assert "EV109 this is a link or a folder" in aside(tree, "anytown-2025-03")
    assert "    5 new\n" in result.output


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
    monkeypatch.setattr(whole_list, "MOST_PAGES", 0)
    assert "it goes on for more than 0 pages" in collect(tree, up).output
