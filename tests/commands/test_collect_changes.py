"""Collecting what CQC has changed since: other texts and scores, reports that are gone; told, and handed over."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from tests.helpers.collecting import ANYTOWN, LOGIN, NEEDS, OTHER, aside, collect, written
from tests.helpers.cqc import PLACE, Up
from tests.helpers.events import REGRADED, WITHDRAWN
from tests.helpers.projects import run_project
from tests.helpers.served import Answer


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
    assert "1 paragraph new or reworded, 1 gone" in (folder / "difference.md").read_text("utf-8")
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


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (("authority: anytown", "authority: anytown\n\tx"), "EV201"),
        (("rating: Good", "rating: Gud"), "EV207"),
        (("checked: one source\n", ""), "EV205"),
    ],
    ids=["no YAML", "a rating that is none", "a key is missing"],
)
def test_nothing_is_added_to_a_broken_report(up: Up, tree: Path, edit: tuple[str, str], code: str) -> None:
    """A report.yml that has problems stays as it is: the report is put aside, with them."""
    collect(tree, up)
    file = tree / ANYTOWN / "report.yml"
    whole = file.read_text("utf-8").partition("pages:\n")[0]
    assert whole.count(edit[0]) == 1
    file.write_text(whole.replace(*edit), "utf-8")
    before = written(tree)
    result = collect(tree, up, "--limit", "1")
    assert (result.exit_code, written(tree)) == (1, before), result.output
    assert f"anytown-2025-03: put aside, report.yml: {code} " in result.output
    assert f"{ANYTOWN}/report.yml:" in aside(tree, "anytown-2025-03")


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
    assert "It changes the facts of 1 report; changes 1 section." in told
    assert "The check finds nothing wrong." in told
    assert "### Links that would break" in told
    assert "anytown-2025-03/assessing-needs/p-" in told
    new = (into / "reports/fordwick-2025-08/description.md").read_text("utf-8")
    assert "It adds 1 report; adds 9 sections. The collection then has 3 reports, 27 sections" in new
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
